"""Tables in text that lost its columns: a head that begins with «№», numbered rows, cells that begin with capitals."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack import languages
from coursepack.model.blocks import Cell, Paragraph, Row, Run, Table
from coursepack.outline.aligned import Aligned, Join, are_parted, grouped
from coursepack.outline.bank.lines import inline_starts
from coursepack.outline.bank.paired_lines import row_of
from coursepack.outline.footnotes import MARK
from coursepack.place import Place
from coursepack.text.characters import GONE

_CAPITAL = languages.expression(r"\s+(?=[@A@])")
_HEAD = languages.expression(r"№(?:\s*@item-head@)?\s+(?=[^\W\d_])")
_ROW = re.compile(r"(?P<n>\d{1,3})[.)]?\s+(?P<rest>\S.*)")
_SPACES = re.compile(r"\s{2,}")
_ITEM = re.compile(r"[^\w\s]|\(?[^\W\d_][.)]")
_GRID = re.compile(r"\s*\|?.*\S\s*\|\s*\S.*")


@dataclass(slots=True)
class LineTable:
    """A table found in lines ``first``..``last``; the first row is its head."""

    first: int
    last: int
    rows: list[list[str]]

    def block(self, place: Place) -> Table:
        result = [
            Row(
                cells=tuple(
                    Cell(
                        blocks=(Paragraph(content=(Run(text=text.replace(GONE, "").replace(MARK, "")),)),)
                        if text
                        else (),
                        header=nth == 0,
                    )
                    for text in row
                )
            )
            for nth, row in enumerate(self.rows)
        ]
        return Table(rows=tuple(result), header_rows=1, place=place)


def line_tables(texts: Sequence[str], raws: Sequence[str], parted: Sequence[bool], join: Join) -> list[LineTable]:
    """The tables among lines (``texts`` with single spaces, ``raws`` as they stand, ``parted``: below a blank line or
    a rule); ``join`` makes one text of the lines of a cell."""
    found: list[LineTable] = []
    at = 0
    columns, lined_up = _Columns(raws), Aligned(raws, parted, join)
    while at < len(texts):
        table = _ruled(texts, parted, at, join) or _spaced(raws, at) or _aligned(lined_up, at)
        table = table or columns.table(at) or _numbered(texts, at)
        if table and not (_holds_answers(texts, raws, table) or _lists_worth(table)):
            free = found[-1].last + 1 if found else 0
            table = _with_head(texts, raws, table, free)
            found.append(table)
            at = table.last + 1
        else:
            at += 1
    return found


def _holds_answers(texts: Sequence[str], raws: Sequence[str], table: LineTable) -> bool:
    """Whether most rows, lines between them that hold nothing in columns apart, are answers to choose from that stand
    beside one another: «A) one   B) two   C) three», or points with answers beside them: «1) key   a) field»."""
    places = range(table.first, table.last + 1)
    parted = [at for at in places if _SPACES.search(raws[at].strip()) or "\t" in raws[at].strip()]
    held = [_offers(texts[at]) or _offers(raws[at].strip()) for at in parted or places]
    return sum(held) * 2 >= len(held)


def _lists_worth(table: LineTable) -> bool:
    """Whether rows are questions, each with what it is worth in brackets at the edge of the page: «3. State …  (4)».
    Below a question over several lines its amount may stand alone."""
    rows = [[cell for cell in row if cell] for row in table.rows]
    worth = sum(_WORTH.fullmatch(row[-1]) is not None for row in rows)
    return worth == len(rows) and all(_POINT.match(row[0]) or len(row) == 1 for row in rows)


_POINT = re.compile(r"\(?(?:\d{1,3}|[^\W\d_]|[ivx]{1,4})[.)](?:\s|$)")
_WORTH = re.compile(r"(?:[(\[]\s*\d{1,3}(?:[.,]5)?\s*(?:[^\W\d_]{1,9}\.?)?\s*[)\]]\s*)+")


def _offers(text: str) -> bool:
    return len(inline_starts(text)) > 1 or row_of(text) is not None


def _aligned(lines: Aligned, at: int) -> LineTable | None:
    found = lines.table(at)
    return LineTable(at, found[0] - 1, found[1]) if found else None


def _ruled(texts: Sequence[str], parted: Sequence[bool], at: int, join: Join) -> LineTable | None:
    """Rows with «|» between their cells, as many in each; over several lines where rules part them."""
    if "|" not in texts[at] or not _GRID.fullmatch(texts[at]):
        return None
    framed = texts[at].strip().startswith("|")
    width = len(_cells(texts[at], framed=framed))
    if width < 2:
        return None
    lines: list[list[str]] = []
    begins: list[bool] = []
    end = at
    while end < len(texts) and "|" in texts[end] and len(cells := _cells(texts[end], framed=framed)) == width:
        if not all(re.fullmatch(r":?-{2,}:?|", cell) for cell in cells):
            lines.append(cells)
            begins.append(parted[end])
        end += 1
    rows = [row for _, row in grouped(lines, begins, join)] if are_parted(lines, begins) else lines
    return LineTable(at, end - 1, rows) if len(rows) > 1 else None


def _cells(text: str, *, framed: bool) -> list[str]:
    """The cells of a row. Where no frame stands around the table a sign at the edge has an empty cell beside it:
    «| Part I | 6 |» below «No. | Topic | Hours | Day»."""
    text = text.strip()
    inner = text.removeprefix("|").removesuffix("|") if framed else text
    return [cell.strip() for cell in inner.split("|")]


def _spaced(raws: Sequence[str], at: int) -> LineTable | None:
    """Three rows or more with tabs between their cells, as many in each."""
    if "\t" not in raws[at].strip():
        return None
    width = raws[at].strip().count("\t")
    rows: list[list[str]] = []
    end = at
    while end < len(raws):
        raw = raws[end].strip()
        if raw.count("\t") == width:
            rows.append([re.sub(r"\s+", " ", cell).strip() for cell in raw.split("\t")])
        elif not (rows and width > 1 and _goes_on(raws, end, width, rows[-1])):
            break
        end += 1
    if len(rows) < 3 or width == 0:
        return None
    if width == 1 and (
        any(len(cell) > 120 for row in rows for cell in row) or sum(map(_is_item, rows)) * 2 > len(rows)
    ):
        return None
    return LineTable(at, end - 1, rows)


def _is_item(row: Sequence[str]) -> bool:
    """Whether a row is an item of a list, a tab behind its bullet or letter."""
    return _ITEM.fullmatch(row[0]) is not None


def _with_head(texts: Sequence[str], raws: Sequence[str], table: LineTable, free: int) -> LineTable:
    """The table with the line above it as its head, when that has as many words as the table has columns."""
    above = table.first - 1
    if above < free or "\t" in raws[above].strip() or not table.rows[0][0].rstrip(".)").isdigit():
        return table
    words = texts[above].split()
    if len(words) != len(table.rows[0]) or not all(word[:1].isupper() or word == "№" for word in words):
        return table
    return LineTable(above, table.last, [words, *table.rows])


def _goes_on(raws: Sequence[str], at: int, width: int, row: list[str]) -> bool:
    """A line between two rows that goes on with the row's one long cell; it is taken in."""
    raw = raws[at].strip()
    after = raws[at + 1].strip() if at + 1 < len(raws) else ""
    longest = max(range(len(row)), key=lambda column: len(row[column]))
    others = max((len(cell) for column, cell in enumerate(row) if column != longest), default=0)
    last = not after or after.count("\t") not in {0, width}
    if "\t" in raw or not raw or len(raw) > len(row[longest]) + 25 or others > 12 or len(row[longest]) < 6:
        return False
    if after.count("\t") != width and not (last and raw[:1].islower()):
        return False
    row[longest] = f"{row[longest]} {raw}"
    return True


class _Columns:
    """Lines of cells with two spaces or more between them, each line taken apart once."""

    def __init__(self, raws: Sequence[str]) -> None:
        self.raws = raws
        self.width: list[int] = []  # how many cells; 0 where one is too long
        self.before = [0]  # letters of the lines before
        for raw in raws:
            cells = _SPACES.split(raw.strip())
            self.width.append(len(cells) if max(map(len, cells)) <= 45 else 0)
            self.before.append(self.before[-1] + sum(len(" ".join(cell.split())) for cell in cells))
        self.end = list(range(1, len(raws) + 1))  # behind the last line with as many cells
        for at in range(len(raws) - 2, -1, -1):
            if self.width[at] == self.width[at + 1]:
                self.end[at] = self.end[at + 1]

    def table(self, at: int) -> LineTable | None:
        """Three rows or more of three short cells or more, as many in each."""
        width, end = self.width[at], self.end[at]
        characters = self.before[end] - self.before[at]
        if width < 3 or end - at < 3 or characters > 22 * (end - at) * width:
            return None
        rows = [[" ".join(cell.split()) for cell in _SPACES.split(raw.strip())] for raw in self.raws[at:end]]
        return LineTable(at, end - 1, rows)


def _numbered(texts: Sequence[str], at: int) -> LineTable | None:
    """A head «№ Name Other» and rows numbered from 1 whose cells begin with capital letters."""
    head = _HEAD.match(texts[at])
    if head is None or texts[at].endswith((".", ";", ":", ",")) or len(texts[at]) > 120:
        return None
    names = _by_capitals(texts[at][head.end() :])
    if len(names) < 2:
        return None
    bodies: list[str] = []
    end = at + 1
    while end < len(texts):
        row = _ROW.match(texts[end])
        if row and int(row["n"]) == len(bodies) + 1:
            bodies.append(row["rest"])
        elif (
            bodies
            and len(texts[end]) < 60
            and not texts[end].endswith((".", ":"))
            and _row_follows(texts, end, len(bodies) + 1)
        ):
            bodies[-1] += " " + texts[end]
        else:
            break
        end += 1
    if len(bodies) < 2:
        return None
    columns = len(names)
    return LineTable(
        at, end - 1, [["№", *names], *([str(n), *row] for n, row in enumerate(_split(bodies, columns), 1))]
    )


def _row_follows(texts: Sequence[str], at: int, number: int) -> bool:
    """Whether the row of that number comes within the next lines: this one then belongs to the row before it."""
    return any((row := _ROW.match(text)) and int(row["n"]) == number for text in texts[at + 1 : at + 4])


def _by_capitals(text: str) -> list[str]:
    """Cells that begin with a capital letter each."""
    return [cell.strip() for cell in _CAPITAL.split(text.strip()) if cell.strip()]


def _split(bodies: Sequence[str], columns: int) -> list[list[str]]:
    """Each row in as many cells; of several cuts at capitals, the one after the word that ends most cells wins."""
    cells = [_by_capitals(body) for body in bodies]
    if columns != 2:
        return [_pad(row, columns) for row in cells]
    ends: Counter[str] = Counter()
    for row in cells:
        ends.update({" ".join(row[:cut]).split()[-1] for cut in range(1, len(row))})
    result: list[list[str]] = []
    for row in cells:
        if len(row) < 2:
            result.append([row[0] if row else "", ""])
            continue
        cut = max(range(1, len(row)), key=lambda c: (ends[" ".join(row[:c]).split()[-1]], -c))
        result.append([" ".join(row[:cut]), " ".join(row[cut:])])
    return result


def _pad(row: list[str], columns: int) -> list[str]:
    if len(row) > columns:
        return [*row[: columns - 1], " ".join(row[columns - 1 :])]
    return row + [""] * (columns - len(row))
