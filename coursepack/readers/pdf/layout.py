"""Letters of a page → its lines in reading order, by geometry alone.

Letters on one baseline make a row; a row is cut where columns part; blanks come from the gaps between letters. A ruled
table or a picture stands among the rows as one letter as wide as it is.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from coursepack.readers.pdf.chars import FontStyle, PageCharacter, PageCharacters
from coursepack.readers.pdf.page_graphics import BoundingBox, RuledLine
from coursepack.readers.pdf.pictures import PagePicture
from coursepack.readers.pdf.ruled import RuledTable, tables

_BLANK = 0.13
"""A gap wider than this part of the letters' size parts two words."""
_DRAWN = 0.04
"""The same where the page draws a blank between them."""
_BLANKS = 4
"""So many blanks at most stand between two words."""
_WIDE = 1.7
"""A gap wider than this parts cells of a table, reported as a tab."""
_MARGIN = 0.1
"""So much of a page's height is margin above and below."""
_RIM = 0.065
"""So much of it no page leaves to its text."""
_FEWEST_ROWS = 3
"""So many rows side by side make columns."""
_MOST_ROWS = 300
_MOST_CUTS = 3
"""Columns are cut in two so many times."""
_RAISED = 0.85
"""Raised signs are so many times as large as their line's letters at most."""
_SIGN = re.compile(r"[\d*†‡]")
_GUTTER = 0.8
"""The strip between two columns is so wide at least, in sizes of the letters."""


@dataclass(frozen=True)
class PageLine:
    """A line of a page: text, edges, distance of its top from the page's top, size and look of its letters.

    ``column`` has the edges of its column where the page has several side by side.
    ``edge`` says that it stands in the page's upper or lower margin, where running titles and page numbers are; ``rim``
    that it stands where hardly anything else does. ``raised`` are places of raised signs that may be marks of notes.
    ``looks`` are places of letters that are bold, coloured or underlined, by name.
    """

    text: str
    left: float
    right: float
    top: float
    size: float
    bold: bool
    italic: bool
    edge: bool
    rim: bool = False
    column: tuple[float, float] | None = None
    raised: tuple[tuple[int, int], ...] = ()
    looks: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True)
class PageCell:
    """A cell of a table: its lines, its box, and how many rows it reaches down."""

    lines: list[PageLine]
    box: BoundingBox
    rowspan: int


@dataclass(frozen=True)
class PageTable:
    """A ruled table: edges of its columns from the left, and rows of cells, each cell in the row where it begins."""

    xs: list[float]
    rows: list[list[PageCell]]


@dataclass(frozen=True)
class PageContent:
    """What a page holds: its lines in order, and what stands before the line of an index (their number: at the end)."""

    lines: list[PageLine]
    objects: list[tuple[int, PageTable | PagePicture]]


Row = list[PageCharacter]
_OBJECT = "\ufffc"
"""Stands for a table or a picture among the rows; its ``order`` says which one."""


def page_content(page: PageCharacters, pictures: Sequence[PagePicture] = ()) -> PageContent:
    """The lines of a page from its first to its last, its tables and pictures."""
    ruled, characters = tables(page.drawn.rules, page.letters)
    objects: list[tuple[BoundingBox, PageTable | PagePicture]] = [
        *((table.box, _page_table(table, page.height)) for table in ruled),
        *((one.box, one) for one in pictures),
    ]
    rows = _rows(characters)
    edges: dict[int, tuple[float, float]] = {}
    rows = _in_columns(_with_objects(rows, [box for box, _ in objects]), edges)
    content = PageContent([], [])
    strokes = _Strokes(page.drawn.rules)
    for row in rows:
        if row[0].text == _OBJECT:
            content.objects.append((len(content.lines), objects[row[0].order][1]))
        elif (line := _line(row, page.height, edges.get(row[0].order), strokes)) is not None:
            content.lines.append(line)
    return content


def _with_objects(rows: list[Row], boxes: list[BoundingBox]) -> list[Row]:
    """The rows and, each as a row of one letter, what stands between them."""
    result: list[Row] = []
    waiting = [(box, order) for order, box in enumerate(boxes)]
    waiting.sort(key=lambda each: (_middle(each[0]), -each[0].left))
    for row in rows:
        while waiting and _middle(waiting[-1][0]) > row[0].y:
            result.append(_object(*waiting.pop()))
        result.append(row)
    return result + [_object(*each) for each in reversed(waiting)]


def _middle(box: BoundingBox) -> float:
    return (box.bottom + box.top) / 2


def _object(box: BoundingBox, order: int) -> Row:
    return [
        PageCharacter(
            _OBJECT, box.left, box.right, _middle(box), order, FontStyle(1.0, bold=False, italic=False, turn=0)
        )
    ]


def _page_table(table: RuledTable, height: float) -> PageTable:
    def cell_lines(characters: list[PageCharacter]) -> list[PageLine]:
        return [line for row in _rows(characters) if (line := _line(row, height)) is not None]

    rows = [[PageCell(cell_lines(cell.letters), cell.box, cell.rowspan) for cell in row] for row in table.rows]
    return PageTable(table.xs, rows)


def _rows(characters: list[PageCharacter]) -> list[Row]:
    """Rows from top to bottom; raised and lowered small letters (exponents, note marks) join the row beside them."""
    rows: list[Row] = []
    for letter in sorted((item for item in characters if item.text.strip()), key=lambda item: (-item.y, item.x)):
        row = rows[-1] if rows else None
        if row is not None and abs(row[0].y - letter.y) <= 0.25 * max(letter.look.size, row[0].look.size):
            row.append(letter)
        else:
            rows.append([letter])
    return [sorted(row, key=lambda item: item.x) for row in _scripts_joined(rows)]


def _size(row: Row) -> float:
    return median(letter.look.size for letter in row)


def _scripts_joined(rows: list[Row]) -> list[Row]:
    joined: list[Row] = []
    waiting: list[Row] = []
    sizes = [_size(row) for row in rows]
    for index, row in enumerate(rows):
        below = index + 1 < len(rows) and _is_script(row, rows[index + 1], sizes[index], sizes[index + 1])
        if joined and not waiting and _is_script(row, joined[-1], sizes[index], _size(joined[-1])):
            joined[-1].extend(row)
        elif below:
            waiting.append(row)
        else:
            joined.append(row + [letter for script in waiting for letter in script])
            waiting = []
    return joined


def _is_script(row: Row, host: Row, size: float, host_size: float) -> bool:
    """True for small letters that stand between the lines of their host, each beside a letter of it."""
    if size > 0.85 * host_size or abs(row[0].y - host[0].y) > 0.6 * host_size or len(row) > 0.3 * len(host) + 2:
        return False
    edges = [(letter.x, letter.right) for letter in host]
    reach = 0.6 * host_size
    first = min(letter.x for letter in row)
    return any(left - reach <= first <= right + reach for left, right in edges)


# --- columns ------------------------------------------------------------------------------------------------------


def _in_columns(rows: list[Row], edges: dict[int, tuple[float, float]], depth: int = 0) -> list[Row]:
    """Rows in reading order: in each stretch of two columns the left one, then the right.

    ``edges`` takes those of the column of each row that stands in one, by the ``order`` of its first letter.

    Columns are believed where a blank strip parts a few rows and the page's content draws one side wholly before the
    other; a table without rules draws its cells row by row.
    """
    ordered: list[Row] = []
    at = 0
    while at < len(rows):
        band = _band(rows, at) if depth < _MOST_CUTS else None
        if band is None:
            ordered.append(rows[at])
            at += 1
            continue
        end, gutter = band
        halves = [_halves(row, gutter) for row in rows[at:end]]
        for side in (0, 1):
            column = [half[side] for half in halves if half[side]]
            sides = min(row[0].x for row in column), max(row[-1].right for row in column)
            edges.update((row[0].order, sides) for row in column if row[0].text != _OBJECT)
            ordered += _in_columns(column, edges, depth + 1)
        at = end
    return ordered


def _band(rows: list[Row], start: int) -> tuple[int, float] | None:
    """Behind which row the columns end that begin with a row, and where they part; None where none begin.

    Lines of two columns stand on one baseline, or the next line of the one beside that of the other.
    """
    for gap in _gaps(_with_beside(rows, start))[1:-1]:
        strip, last, both, drawn = gap, start, 0, _Drawn()
        for at in range(start, min(len(rows), start + _MOST_ROWS)):
            row = rows[at]
            narrower = _narrower(strip, row)
            if narrower is None or not drawn.takes(*_halves(row, (narrower[0] + narrower[1]) / 2)):
                break
            strip = narrower
            if _side(row, strip) == _BOTH or (at > start and _faces(rows[at - 1], row, strip)):
                both += 1
            last = at
        if both >= _FEWEST_ROWS:
            return last + 1, (strip[0] + strip[1]) / 2
    return None


_BOTH = 0


def _side(row: Row, strip: tuple[float, float]) -> int:
    """On which side of a strip a row stands: -1 the left one, 1 the right one, 0 both."""
    left = len(_halves(row, (strip[0] + strip[1]) / 2)[0])
    return _BOTH if 0 < left < len(row) else -1 if left else 1


def _is_beside(before: Row, row: Row) -> bool:
    """Whether two rows stand at one height, though not on one baseline."""
    objects = _OBJECT in {before[0].text, row[0].text}
    return not objects and before[0].y - row[0].y < min(before[0].look.size, row[0].look.size)


def _faces(before: Row, row: Row, strip: tuple[float, float]) -> bool:
    """Whether a row stands beside the one before it, across the strip."""
    return _is_beside(before, row) and _side(before, strip) * _side(row, strip) < 0


def _with_beside(rows: list[Row], start: int) -> Row:
    """A row, with the next one where that stands beside it."""
    if start + 1 < len(rows) and _is_beside(rows[start], rows[start + 1]):
        return sorted([*rows[start], *rows[start + 1]], key=lambda letter: letter.x)
    return rows[start]


class _Drawn:
    """What was drawn of two columns so far: all of the left one comes before all of the right one."""

    def __init__(self) -> None:
        self.left, self.right = -1.0, math.inf

    def takes(self, left: Row, right: Row) -> bool:
        """Whether a row goes on with them."""
        for part, side in ((left, 0), (right, 1)):
            orders = [letter.order for letter in part if letter.text != _OBJECT]
            if orders and side == 0:
                self.left = max(self.left, min(orders))
            elif orders:
                self.right = min(self.right, *orders)
        return self.left < self.right


def _gaps(row: Row) -> list[tuple[float, float]]:
    """Where nothing of a row stands, from before its first letter to behind its last."""
    found = [(-math.inf, row[0].x)]
    end = row[0].right
    for letter in row[1:]:
        if letter.x - end >= _GUTTER * letter.look.size:
            found.append((end, letter.x))
        end = max(end, letter.right)
    return [*found, (end, math.inf)]


def _narrower(strip: tuple[float, float], row: Row) -> tuple[float, float] | None:
    """What a row leaves of a blank strip, None where it is no strip any more."""
    least = _GUTTER * row[0].look.size
    for start, end in _gaps(row):
        left, right = max(strip[0], start), min(strip[1], end)
        if right - left >= least:
            return left, right
    return None


def _halves(row: Row, gutter: float) -> tuple[Row, Row]:
    return [x for x in row if x.right <= gutter], [x for x in row if x.right > gutter]


# --- a line -------------------------------------------------------------------------------------------------------


class _Strokes:
    """The strokes along the lines of a page, by their height."""

    def __init__(self, rules: Sequence[RuledLine]) -> None:
        self.rules = sorted((one for one in rules if not one.upright), key=lambda one: one.at)
        self.heights = [one.at for one in self.rules]

    def under(self, base: float, size: float) -> list[RuledLine]:
        """Those that lie right below a line of letters."""
        first, end = bisect_left(self.heights, base - _UNDER * size), bisect_right(self.heights, base + _ON * size)
        return self.rules[first:end]


_UNDER = 0.3
"""How far below its line a stroke under letters lies at most, in sizes of the letters."""
_ON = 0.05


def _line(
    row: Row, height: float, column: tuple[float, float] | None = None, strokes: _Strokes | None = None
) -> PageLine | None:
    size = _size(row)
    row = _once(row, size)
    gaps = [after.x - before.right for before, after in pairwise(row)]
    # Letters set apart for emphasis (р а з р я д к а) are no words of their own.
    apart = _apart(row, gaps, size)
    blanks = [gap for gap in gaps if gap > apart + _BLANK * size]
    # A line stretched to both edges has wide gaps everywhere; cells stand wider apart than their words.
    cells = max(_WIDE * size, 2.5 * min(blanks)) if len(blanks) > 1 else 2 * _WIDE * size
    parts = [row[0].text]
    for (before, letter), gap in zip(pairwise(row), gaps, strict=True):
        if gap > cells:
            parts.append("\t")
        elif gap > apart + (_DRAWN if letter.spaced and _drawn_after(before, letter) else _BLANK) * min(
            before.look.size, letter.look.size, size
        ):
            parts.append(" ")
        parts.append(letter.text)
    text = "".join(parts).strip()
    if not text:
        return None
    base = median(letter.y for letter in row)
    raised = [letter.look.size < _RAISED * size and letter.y > base + 0.1 * size for letter in row]
    words = [letter for letter in row if letter.text.isalnum()] or row
    return PageLine(
        text=text,
        left=round(row[0].x, 1),
        right=round(max(letter.right for letter in row), 1),
        top=round(height - base - 0.8 * size, 1),
        size=round(size, 1),
        bold=all(letter.look.bold for letter in words),
        italic=all(letter.look.italic for letter in words),
        edge=not height * _MARGIN <= base <= height * (1 - _MARGIN),
        rim=not height * _RIM <= base <= height * (1 - _RIM),
        raised=_raised(text, row, raised) if any(raised) else (),
        looks=tuple(_looks(text, row, strokes.under(base, size) if strokes else ())),
        column=column and (round(column[0], 1), round(column[1], 1)),
    )


def _drawn_after(before: PageCharacter, letter: PageCharacter) -> bool:
    """Whether only blanks were drawn between two letters; a substitute font's letters come later than their line."""
    return 0 < letter.order - before.order <= _BLANKS


def _looks(text: str, row: Row, strokes: Sequence[RuledLine]) -> Iterator[tuple[str, int, int]]:
    """Where letters of a row are bold, coloured or underlined in its text."""
    under = [any(one.start <= (letter.x + letter.right) / 2 <= one.end for one in strokes) for letter in row]
    reported = {
        "bold": [letter.look.bold for letter in row],
        "colour": [letter.look.coloured for letter in row],
        "underline": under,
    }
    for name, held in reported.items():
        if any(held):
            yield from ((name, start, end) for start, end in _spans(text, row, held))


def _spans(text: str, row: Row, held: Sequence[bool]) -> list[tuple[int, int]]:
    """The places of letters in a text, those beside one another together, with the blanks between them."""
    found: list[tuple[int, int]] = []
    at, before = 0, False
    for letter, is_held in zip(row, held, strict=True):
        start = text.index(letter.text, at)
        at = start + len(letter.text)
        if is_held and before:
            found[-1] = (found[-1][0], at)
        elif is_held:
            found.append((start, at))
        before = is_held
    return found


def _raised(text: str, row: Row, raised: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    """Where raised figures and signs stand in the text of a row."""
    flags: list[bool] = []
    at = 0
    for letter, up in zip(row, raised, strict=True):
        place = text.index(letter.text, at)
        flags += [False] * (place - at) + [up and _SIGN.fullmatch(letter.text) is not None] * len(letter.text)
        at = place + len(letter.text)
    marked = "".join("^" if flag else " " for flag in flags)
    return tuple(found.span() for found in re.finditer(r"\^+", marked))


def _apart(row: Row, gaps: list[float], size: float) -> float:
    """How far the letters of a word stand apart; a row of figures in narrow columns is no such word."""
    if len(gaps) < 4 or sum(letter.text.isalpha() for letter in row) < 0.8 * len(row):
        return 0.0
    middle = median(gaps)
    return middle if 0 < middle < size else 0.0


def _once(row: Row, size: float) -> Row:
    """Without letters that are drawn twice, a hair apart: bold of the poor."""
    kept = row[:1]
    for letter in row[1:]:
        # Letters of one ligature stand in one place too; they are drawn one right after the other.
        twice = letter.text == kept[-1].text and letter.x - kept[-1].x < 0.12 * size
        if not twice or abs(letter.order - kept[-1].order) == 1:
            kept.append(letter)
    return kept
