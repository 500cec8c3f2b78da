"""Tables of pages → tables of the document: lines of a cell joined, what goes on over a page's end put together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coursepack.model.blocks import Run
from coursepack.model.document import Grid, GridCell, Para
from coursepack.readers.pdf.layout import PageCell, PageLine, PageTable
from coursepack.readers.pdf.ruled import columns, same_columns, span
from coursepack.text.characters import GONE
from coursepack.text.lines import MARK, Vocabulary, first_word, glue

_SPACED = 1.3
"""So many times the least pitch of a cell parts two paragraphs."""
_MOST_PADDING = 12.0
_MOST_HEAD = 3
"""Rows of a head that is repeated."""


@dataclass
class Joined:
    """A table over all its pages: rows of cells, how many of them are its head."""

    xs: list[list[float]]
    rows: list[list[PageCell]]
    head: int

    @classmethod
    def of(cls, table: PageTable) -> Joined:
        return cls([table.xs], list(table.rows), _head(table.rows))

    def take(self, table: PageTable) -> list[list[PageCell]] | None:
        """Go on with the table of the next page; the rows of a head printed again there, or None for another table."""
        if not same_columns(columns(edge for xs in self.xs for edge in xs), table.xs):
            return None
        again = _repeated(self.rows, table.rows)
        if not again and self.head and _head(table.rows):
            return None
        rows = table.rows[again:]
        self.head = max(self.head, again)
        self.xs.append(table.xs)
        if rows and self.rows and _goes_on(self.rows[-1], rows[0]):
            self.rows[-1] = [
                PageCell(before.lines + cell.lines, before.box, before.rowspan)
                for before, cell in zip(self.rows[-1], rows[0], strict=True)
            ]
            rows = rows[1:]
        self.rows.extend(rows)
        return table.rows[:again]

    def grid(self, number: Callable[[], int], vocabulary: Vocabulary, broken: list[str]) -> Grid:
        """The table as it stands in the document; ``number`` counts its paragraphs, ``broken`` takes what may be one
        word over two lines."""
        edges = columns(edge for xs in self.xs for edge in xs)
        first: list[int] = []
        result = []
        for row in self.rows:
            cells = []
            for cell in row:
                texts = paragraphs(cell, vocabulary, broken)
                units = tuple(Para(content=(Run(text=text),), number=number()) for text in texts)
                first.extend(unit.number for unit in units[:1])
                cells.append(GridCell(units=units, colspan=span(cell.box, edges), rowspan=cell.rowspan))
            result.append(tuple(cells))
        return Grid(rows=tuple(result), number=first[0], header_rows=self.head)


def row_text(row: Sequence[PageCell]) -> str:
    """A row on one line, tabs between its cells."""
    return "\t".join(" ".join(line.text for line in cell.lines) for cell in row)


def _head(rows: Sequence[Sequence[PageCell]]) -> int:
    """1 where the first row alone is bold."""
    bold = [all(line.bold for cell in row for line in cell.lines) for row in rows[:2]]
    return int(len(bold) > 1 and bold[0] and not bold[1] and any(cell.lines for cell in rows[0]))


def _repeated(known: Sequence[Sequence[PageCell]], rows: Sequence[Sequence[PageCell]]) -> int:
    """How many rows at the top are those of the table's head."""
    count = 0
    for one, other in zip(known[:_MOST_HEAD], rows, strict=False):
        text = row_text(one)
        if not text.strip() or " ".join(text.split()) != " ".join(row_text(other).split()):
            break
        count += 1
    return count


def _goes_on(before: Sequence[PageCell], row: Sequence[PageCell]) -> bool:
    """Whether a row is the rest of the one that the page's end cut: an empty first cell, a sentence that goes on."""
    if len(before) != len(row) or len(row) < 2 or row[0].lines or not before[0].lines:
        return False
    begins = [cell.lines[0].text[:1] for cell in row if cell.lines]
    return bool(begins) and any(letter.islower() for letter in begins)


# --- the lines of a cell ------------------------------------------------------------------------------------------


def paragraphs(cell: PageCell, vocabulary: Vocabulary, broken: list[str]) -> list[str]:
    """The texts of a cell."""
    return [glue(_lines(cell, group, vocabulary, broken), vocabulary)[0] for group in _groups(cell)]


def _lines(cell: PageCell, group: Sequence[PageLine], vocabulary: Vocabulary, broken: list[str]) -> list[str]:
    """The lines of a paragraph; a word that a narrow column broke without a hyphen is one where it stands elsewhere
    whole, and reported where it may be one."""
    texts = [_clean(line.text) for line in group]
    padding = min((line.left - cell.box.left for line in cell.lines), default=0.0)
    for at, line in enumerate(group[:-1]):
        head, tail = texts[at], texts[at + 1].split(" ", 1)[0].rstrip(_STOPS)
        room = cell.box.right - padding - line.right
        fills = padding <= _MOST_NARROW and room < (line.right - line.left) / len(line.text)
        if fills and len(head) >= _LEAST_HEAD and _INSIDE.sub("", f"{head}{tail}").isalpha() and tail.islower():
            if vocabulary.words[f"{head}{tail}".lower()]:
                texts[at] += GONE
            elif vocabulary.words[head.lower()] < 2 and vocabulary.words[tail] < 2:
                broken.append(f"{head} {tail}")
    return texts


_STOPS = ".,;:!?)"
_INSIDE = re.compile(r"(?<=[^\W\d_])[-'’](?=[^\W\d_])")
"""What a word may hold beside letters: «l’oxygène», «absorbent-elles»."""
_MOST_NARROW = 8.0
"""Points between the edge of a cell and its text, above which nothing tells how wide its lines may be."""
_LEAST_HEAD = 4


def _clean(text: str) -> str:
    text = " ".join(text.split())
    return text[:-1] + GONE if text.endswith("\u00ad") else text


def _groups(cell: PageCell) -> Iterator[list[PageLine]]:
    lines = cell.lines
    if not lines:
        return
    padding = min(min(line.left - cell.box.left, cell.box.right - line.right) for line in lines)
    width = cell.box.right - cell.box.left - 2 * max(0.0, min(padding, _MOST_PADDING))
    pitches = [after.top - before.top for before, after in pairwise(lines) if after.top > before.top]
    usual = min(pitches, default=0.0)
    group = [lines[0]]
    for before, line in pairwise(lines):
        if line.top - before.top > _SPACED * usual or _ends(before, line, width):
            yield group
            group = []
        group.append(line)
    yield group


def _ends(before: PageLine, line: PageLine, width: float) -> bool:
    """Whether a paragraph ends with a line: an item follows, or the next word would have fitted beside it."""
    mark = MARK.match(line.text)
    if mark and (mark["bullet"] or mark["number"]):
        return True
    if line.text[:1].islower() and before.text[-1] not in ".!?;:":
        return False
    if before.text.endswith(("-", "\u00ad")):
        return False
    word = (line.right - line.left) * len(first_word(line.text)) / len(line.text)
    return before.right - before.left + 0.25 * before.size + word < width - 0.5 * before.size
