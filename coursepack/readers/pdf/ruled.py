"""Rules of a page → the tables that they draw: rows of cells with their edges."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from coursepack.readers.pdf.chars import PageCharacter
from coursepack.readers.pdf.page_graphics import BoundingBox, RuledLine

_NEAR = 3.0
"""Rules that stand so near (points) are one edge, and touch what they do not quite reach."""
_BEYOND = 8.0
"""Rules that reach so far beyond the last one across draw a table without sides."""
_DRAWN = 0.6
"""So much of a cell's side must be drawn to part it from the next."""
_FRAMED = 0.8
"""So much of a table's upper and lower edge is drawn; a diagram has no such edges."""
_MOST_CROSSINGS = 50_000
_MOST_TABLES = 60
"""A page with more is a drawing."""
_FILLED = 6
"""One of so many cells at least holds letters, two of several rows; the squares of a diagram are empty."""


@dataclass(slots=True)
class RuledCell:
    """A cell: its box, how many rows it reaches down, and its letters."""

    box: BoundingBox
    rowspan: int
    letters: list[PageCharacter] = field(default_factory=list)


@dataclass(slots=True)
class RuledTable:
    """Edges of columns from the left, of rows from the top; rows of cells, each cell in the row where it begins."""

    xs: list[float]
    ys: list[float]
    rows: list[list[RuledCell]]
    at: dict[tuple[int, int], RuledCell]

    @property
    def box(self) -> BoundingBox:
        return BoundingBox(self.xs[0], self.ys[-1], self.xs[-1], self.ys[0])

    def cell(self, x: float, y: float) -> RuledCell | None:
        """The cell that holds a point."""
        column = bisect_right(self.xs, x) - 1
        row = bisect_left(self.ys, -y, key=lambda edge: -edge) - 1
        return self.at.get((row, column))


def tables(
    rules: Iterable[RuledLine], characters: Iterable[PageCharacter]
) -> tuple[list[RuledTable], list[PageCharacter]]:
    """The tables of a page from the top, letters in their cells; and the letters that stand in none."""
    result = [table for part in _touching(rules) if (table := _table(part)) is not None]
    if len(result) > _MOST_TABLES:
        result = []
    result = [one for one in result if not any(other is not one and _inside(one.box, other.box) for other in result)]
    placed = [(letter, _cell_of(letter, result)) for letter in characters]
    for letter, cell in placed:
        if cell is not None:
            cell.letters.append(letter)
    kept = [table for table in result if _is_filled(table)]
    within = {id(cell) for table in kept for row in table.rows for cell in row}
    rest = [letter for letter, cell in placed if cell is None or id(cell) not in within]
    return sorted(kept, key=lambda table: (-table.ys[0], table.xs[0])), rest


def _inside(one: BoundingBox, other: BoundingBox) -> bool:
    return (
        other.left - _NEAR <= one.left
        and one.right <= other.right + _NEAR
        and other.bottom - _NEAR <= one.bottom
        and one.top <= other.top + _NEAR
    )


def _cell_of(letter: PageCharacter, result: Sequence[RuledTable]) -> RuledCell | None:
    x, y = (letter.x + letter.right) / 2, letter.y + 0.3 * letter.look.size
    for table in result:
        if table.xs[0] <= x <= table.xs[-1] and table.ys[-1] <= y <= table.ys[0]:
            return table.cell(x, y)
    return None


def _is_filled(table: RuledTable) -> bool:
    cells = [cell for row in table.rows for cell in row]
    filled = sum(bool(cell.letters) for cell in cells)
    return filled > (len(table.rows) > 1) and filled * _FILLED >= len(cells)


# --- rules that make one table ------------------------------------------------------------------------------------


class _TablePart(NamedTuple):
    level: list[RuledLine]
    upright: list[RuledLine]


def _touching(rules: Iterable[RuledLine]) -> Iterator[_TablePart]:
    """Groups of rules that meet, each with rules of both ways."""
    level: list[RuledLine] = []
    upright: list[RuledLine] = []
    for rule in rules:
        (upright if rule.upright else level).append(rule)
    level, upright = _merged(level), _merged(upright)
    heights = [rule.at for rule in level]
    group = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    crossings = 0
    for nth, rule in enumerate(upright, len(level)):
        for other in range(bisect_left(heights, rule.start - _NEAR), bisect_right(heights, rule.end + _NEAR)):
            crossings += 1
            if crossings > _MOST_CROSSINGS:
                return
            if level[other].start - _NEAR <= rule.at <= level[other].end + _NEAR:
                group[root(nth)] = root(other)
    parts: dict[int, _TablePart] = defaultdict(lambda: _TablePart([], []))
    for nth, rule in enumerate([*level, *upright]):
        part = parts[root(nth)]
        (part.upright if rule.upright else part.level).append(rule)
    yield from (part for part in parts.values() if part.level and part.upright)


def _merged(rules: list[RuledLine]) -> list[RuledLine]:
    """Rules of one way by their place; pieces of one stroke as one rule."""
    result: list[RuledLine] = []
    for line in _lines(sorted(rules, key=lambda rule: rule.at)):
        at = line[0].at
        for rule in sorted(line, key=lambda rule: rule.start):
            if result and result[-1].at == at and rule.start <= result[-1].end + _NEAR:
                result[-1] = RuledLine(rule.upright, at, result[-1].start, max(result[-1].end, rule.end))
            else:
                result.append(RuledLine(rule.upright, at, rule.start, rule.end))
    return result


def _lines(rules: Sequence[RuledLine]) -> Iterator[list[RuledLine]]:
    line: list[RuledLine] = []
    for rule in rules:
        if line and rule.at - line[0].at > _NEAR / 2:
            yield line
            line = []
        line.append(rule)
    if line:
        yield line


# --- cells --------------------------------------------------------------------------------------------------------


def _table(part: _TablePart) -> RuledTable | None:
    """The table that touching rules draw: two columns at least, framed above and below; None for other drawings."""
    xs = _edges(part.upright, min(r.start for r in part.level), max(r.end for r in part.level))
    ys = _edges(part.level, min(r.start for r in part.upright), max(r.end for r in part.upright))
    if len(xs) < 3 or len(ys) < 2:
        return None
    walls = _walls(part.upright, xs, ys)
    floors = _walls(part.level, ys, xs)
    if not all(_covered(part.level, edge, xs[0], xs[-1]) for edge in (ys[0], ys[-1])):
        return None
    ys.reverse()
    last = len(ys) - 1
    at: dict[tuple[int, int], RuledCell] = {}
    rows: list[list[RuledCell]] = []
    for row in range(last):
        result: list[RuledCell] = []
        for column in range(len(xs) - 1):
            if (row, column) in at:
                continue
            right = column + 1
            while right < len(xs) - 1 and (right, last - 1 - row) not in walls and (row, right) not in at:
                right += 1
            down = row + 1
            while down < last and _open(range(column, right), down, last, walls, floors):
                down += 1
            cell = RuledCell(BoundingBox(xs[column], ys[down], xs[right], ys[row]), down - row)
            at.update(((r, c), cell) for r in range(row, down) for c in range(column, right))
            result.append(cell)
        rows.append(result)
    return RuledTable(xs, ys, rows, at) if any(len(row) > 1 for row in rows) else None


def _open(columns: range, row: int, last: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]) -> bool:
    """Whether a cell of these columns reaches down into the row: no rule above it there, none between."""
    above = last - row
    return not any((above, column) in floors for column in columns) and not any(
        (column, above - 1) in walls for column in columns[1:]
    )


def _edges(rules: Sequence[RuledLine], first: float, last: float) -> list[float]:
    """Where the rules stand, each place once, and the ends of those across where they reach far beyond."""
    places: list[float] = []
    for rule in rules:
        if not places or rule.at - places[-1] > _NEAR:
            places.append(rule.at)
    if places[0] - first > _BEYOND:
        places.insert(0, first)
    if last - places[-1] > _BEYOND:
        places.append(last)
    return places


def _walls(rules: Sequence[RuledLine], places: Sequence[float], across: Sequence[float]) -> set[tuple[int, int]]:
    """(edge, gap between two edges across) that a rule draws."""
    found: set[tuple[int, int]] = set()
    for rule in rules:
        edge = max(bisect_right(places, rule.at) - 1, 0)
        first = max(bisect_right(across, rule.start) - 1, 0)
        for gap in range(first, len(across) - 1):
            start, end = across[gap], across[gap + 1]
            if start >= rule.end:
                break
            if min(end, rule.end) - max(start, rule.start) >= _DRAWN * (end - start):
                found.add((edge, gap))
    return found


def _covered(rules: Sequence[RuledLine], edge: float, first: float, last: float) -> bool:
    drawn = sum(min(rule.end, last) - max(rule.start, first) for rule in rules if abs(rule.at - edge) <= _NEAR)
    return drawn >= _FRAMED * (last - first)


def same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two tables have the same sides, and the one's edges of columns are among the other's."""
    if abs(one[0] - other[0]) > _NEAR or abs(one[-1] - other[-1]) > _NEAR:
        return False
    few, many = sorted((one, other), key=len)
    return all(any(abs(edge - known) <= _NEAR for known in many) for edge in few)


def columns(edges: Iterable[float]) -> list[float]:
    """Edges of columns of all pages of a table, each once."""
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > _NEAR:
            found.append(edge)
    return found


def span(box: BoundingBox, edges: Sequence[float]) -> int:
    """How many columns a cell takes."""
    middles = [(left + right) / 2 for left, right in pairwise(edges)]
    return max(1, sum(box.left < middle < box.right for middle in middles))
