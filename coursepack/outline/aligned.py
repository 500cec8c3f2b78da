"""Tables of plain text whose columns stand one below another, the cells of a row over one line or several.

Such tables come from programs that turn documents into text, from the simple, multiline and grid tables of pandoc and
reStructuredText, and from people with a typewriter's face. Between two columns all lines are blank. Rows are parted by
blank lines or rules, or each begins in the first column.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_CELL = re.compile(r"\S+(?: \S+)*")
_DASHES = re.compile(r"\S+")
_RULE = re.compile(r"\s*(?:[-=─═]{2,}\s*)+")
_LEAST_ROWS = 3
_LEAST_COLUMNS = 3
_FILLED = 0.6
"""The share of cells that hold something."""
_LONGEST_CELL = 300  # characters

_MANY = 50
_SLIGHT = 2
_INDENT = 3
_LONGEST_HEADING = 70

Span = tuple[int, int]
Join = Callable[[Sequence[str]], str]


@dataclass(slots=True)
class _Line:
    """The cells of one line; ``parted``: below a blank line or a rule; ``begins``: a row begins here in any case;
    ``count``: lines with the rules below it."""

    cells: list[str]
    parted: bool
    begins: bool = False
    count: int = 1


class Aligned:
    """The lines of a text, each taken apart once: cells stand two blanks or more apart. ``parted`` says of each line
    whether a blank line or a rule stands above it; ``join`` makes one text of the lines of a cell."""

    def __init__(self, raws: Sequence[str], parted: Sequence[bool], join: Join) -> None:
        self.raws = raws
        self.parted = parted
        self.join = join
        self._tried = 0  # what was no table over many lines is not tried from each of them
        self.rules = [_RULE.fullmatch(raw) is not None for raw in raws]
        self.spans = [
            [found.span() for found in (_DASHES if rule else _CELL).finditer(raw)] if "\t" not in raw else []
            for raw, rule in zip(raws, self.rules, strict=True)
        ]

    def table(self, at: int) -> tuple[int, list[list[str]]] | None:
        """The table that begins with the line ``at``, its head or a rule over that: one past its last line, and its
        rows; None where there is none."""
        if len(self.spans[at]) < _LEAST_COLUMNS or at < self._tried:
            return None
        lines = self._lines(at)
        self._tried = at + len(lines) if len(lines) > _MANY else 0
        rows = _rows(lines, self.join)
        while len(rows) >= _LEAST_ROWS and sum(map(bool, rows[-1][1])) < 2:  # what stands below in one column alone
            rows.pop()
        cells = [cell for _, row in rows if sum(map(bool, row)) > 1 for cell in row]
        if len(rows) < _LEAST_ROWS or sum(map(bool, cells)) < _FILLED * len(cells):
            return None
        if max(map(len, cells)) > _LONGEST_CELL:
            return None
        taken = sum(line.count for line in lines[: sum(count for count, _ in rows)])
        return at + self.rules[at] + taken, [row for _, row in rows]

    def _lines(self, at: int) -> list[_Line]:
        """The head and the lines below it, as far as they keep to its columns; rules are none."""
        columns = list(self.spans[at])
        held: list[tuple[int, list[int]]] = []
        below: dict[int, int] = {}
        for nth in range(at, len(self.spans)):
            places, columns = self._fitting(columns, nth)
            if places is None and nth > at and self._is_between(columns, nth):
                held.append((nth, [0]))
                continue
            if places is None:
                break
            if not self.rules[nth]:
                held.append((nth, places))
            elif held:
                below[held[-1][0]] = below.get(held[-1][0], 0) + 1
        between = {nth for nth, places in held if places == [0] and self.spans[nth][0][1] > columns[0][1]}
        return [
            _Line(
                _filled(len(columns), places, [self.raws[nth][start:end] for start, end in self.spans[nth]]),
                self.parted[nth] or (nth > at and self.rules[nth - 1]),
                nth in between or nth - 1 in between,
                1 + below.get(nth, 0),
            )
            for nth, places in held
        ]

    def _fitting(self, columns: list[Span], at: int) -> tuple[list[int] | None, list[Span]]:
        """The columns in which the cells of a line stand, none where it does not keep to them; and the columns with
        them."""
        places = _places(columns, self.spans[at])
        widened = None if places is None else _widened(columns, self.spans[at], places)
        return (None, columns) if widened is None else (places, widened)

    def _is_between(self, columns: list[Span], at: int) -> bool:
        """Whether a line is the heading of the rows below it: one short text from the first column on."""
        if len(self.spans[at]) != 1 or at + 1 == len(self.spans):
            return False
        start, end = self.spans[at][0]
        near = abs(start - columns[0][0]) <= _INDENT and end - start <= _LONGEST_HEADING
        below, _ = self._fitting(columns, at + 1)
        if not near or below is None or len(set(below)) < 2:
            return False
        return all(
            _lines_up(columns[place], span) for place, span in zip(below[1:], self.spans[at + 1][1:], strict=True)
        )


def _lines_up(column: Span, span: Span) -> bool:
    return abs(span[0] - column[0]) <= _SLIGHT or abs(span[1] - column[1]) <= _SLIGHT


def _filled(width: int, places: Sequence[int], texts: Sequence[str]) -> list[str]:
    cells = [""] * width
    for place, text in zip(places, texts, strict=True):
        cells[place] = f"{cells[place]} {text}".strip()
    return cells


def _places(columns: Sequence[Span], spans: Sequence[Span]) -> list[int] | None:
    """The column of each stretch of letters: that below which it stands, else the nearest; None where one stands below
    two columns, or where there are none."""
    found: list[int] = []
    for start, end in spans:
        under = [nth for nth, (left, right) in enumerate(columns) if start < right and left < end]
        if len(under) > 1:
            return None
        found.append(under[0] if under else min(range(len(columns)), key=lambda nth: _far(columns[nth], start, end)))
    return found or None


def _far(column: Span, start: int, end: int) -> int:
    return max(column[0] - end, start - column[1])


def _widened(columns: Sequence[Span], spans: Sequence[Span], places: Sequence[int]) -> list[Span] | None:
    """The columns with what stands in them; None where two would touch, or where a column would hold what stands far
    from it."""
    result = list(columns)
    for (start, end), place in zip(spans, places, strict=True):
        if _far(result[place], start, end) > _AWAY:
            return None
        result[place] = (min(result[place][0], start), max(result[place][1], end))
    return result if all(a[1] < b[0] for a, b in itertools.pairwise(result)) else None


_AWAY = 12
"""Blanks between a column's letters and others that still are of it: a short number below a long centred head."""


def _rows(lines: Sequence[_Line], join: Join) -> list[tuple[int, list[str]]]:
    """Lines as rows, each with how many lines it takes: parted by blank lines or rules, or each begun in the first
    column, up to the first that is parted from the others."""
    cells, parted = [line.cells for line in lines], [line.parted for line in lines]
    if are_parted(cells, parted):
        return grouped(cells, [line.parted or line.begins for line in lines], join)
    end = next((at for at in range(2, len(lines)) if parted[at]), len(lines))
    return grouped(cells[:end], [bool(line.cells[0]) or line.parted or line.begins for line in lines[:end]], join)


def are_parted(lines: Sequence[Sequence[str]], parted: Sequence[bool]) -> bool:
    """Whether blank lines or rules part the rows of a table of several lines each; not where most lines between two of
    those look like rows themselves: with a first cell, that does not go on in small letters, and another."""
    going_on = [cells for cells, begins in zip(lines[1:], parted[1:], strict=True) if not begins]
    alike = sum(bool(cells[0]) and not cells[0][0].islower() and any(cells[1:]) for cells in going_on)
    return any(parted[2:]) and alike * 2 <= len(going_on)


def grouped(lines: Sequence[list[str]], begins: Sequence[bool], join: Join) -> list[tuple[int, list[str]]]:
    """Lines of cells as rows, where they begin; each with how many lines it takes."""
    groups: list[list[list[str]]] = []
    for cells, first in zip(lines, begins, strict=True):
        if first or not groups:
            groups.append([])
        groups[-1].append(cells)
    return [(len(group), [_joined(column, join) for column in zip(*group, strict=True)]) for group in groups]


def _joined(texts: Sequence[str], join: Join) -> str:
    lines = [text for text in texts if text]
    return join(lines) if lines else ""
