"""Editions that stand beside one another in one document: the columns of a table, the halves of a line or the lines of
a cell each in a language of their own. One of them is read, the others are set aside.

A single line or cell in two languages (a label of a form, a term with its translation) is no edition: a document is of
two languages where its titles or cells are paired again and again, or where the columns of a table answer one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

import msgspec

from coursepack import languages
from coursepack.model.blocks import Run
from coursepack.model.document import Grid
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.plans.cells import PlanCell, matrix
from coursepack.outline.stream import grid_parts
from coursepack.text.halves import BETWEEN, are_alike, halves, paired
from coursepack.text.language import language
from coursepack.text.lines import MARK

_EVENLY = 0.3
"""Of the letters of a document that the languages of two editions have at least, each."""
_PAIRS = 2
"""Lines with such halves that make a document one of several editions."""
_CELLS = 3
"""Cells with such halves that do."""
_SHARE = 0.8
"""Of a column's letters that are in one language, and of its cells that are filled beside its partner's."""
_PROSE = 60
"""Letters of a cell, on average, in columns that answer one another whatever they say."""
_LISTED = 15
"""Letters of a cell, on average, in a list that two columns give in two languages."""
_FEW_WORDS = 4
"""Words of a column's head that names a language."""
_LEAST_CHARACTERS = 4
"""Of a cell with words."""

_Rows = list[list[PlanCell]]


def keep_side(source: OutlineSource, wanted: str, *, declared: bool = False) -> Counter[str]:
    """Leave what is in ``wanted`` where editions stand beside one another; how many letters were set aside by language.

    ``declared``: course.toml says that there are several editions.
    """
    found = _Sides(source, wanted, declared)
    tables = {at: rows for at, piece in enumerate(source.stream.pieces) if (rows := _rows(source, piece))}
    columns = found.of_tables(tables, shared=True) or found.of_lists(tables)
    if not (columns or declared or found.are_paired(tables.values())):
        return found.gone
    shared = declared or found.is_shared(tables.values())
    if not shared and not (columns := found.of_tables(tables, shared=False)):
        return found.gone
    if shared:
        columns = found.of_tables(tables, shared=shared, surely=True)
    result: list[Piece] = []
    for at, piece in enumerate(source.stream.pieces):
        if at in tables:
            result.extend(found.table(piece, tables[at], columns.get(at, {})))
        else:
            result.append(found.half(piece))
    source.stream.pieces[:] = result
    return found.gone


def _rows(source: OutlineSource, piece: Piece) -> _Rows:
    rows = matrix(source, piece) if isinstance(piece.object, Grid) else []
    width = max(map(len, rows), default=0)
    return [[*row, *(PlanCell() for _ in range(width - len(row)))] for row in rows]


@dataclass
class _Sides:
    source: OutlineSource
    wanted: str
    declared: bool

    def __post_init__(self) -> None:
        self.gone: Counter[str] = Counter()

    # --- what is paired

    def are_paired(self, tables: Iterable[_Rows]) -> bool:
        """Whether lines or cells of the document are paired again and again."""
        lines = (piece.text for piece in self.source.stream.pieces if piece.object is None)
        if sum(map(self._is_paired, lines)) >= _PAIRS:
            return True
        cells = [cell for rows in tables for row in rows for cell in row if cell.text]
        return sum(self.wanted in self._of_cell(cell) for cell in cells) >= _CELLS

    def _is_paired(self, line: str) -> bool:
        return self.wanted in halves(line)

    def _of_cell(self, cell: PlanCell) -> list[str]:
        """The languages of a cell's lines, or of the halves of its only one; nothing where they are no pair."""
        lines = [piece.text for piece in cell.pieces if piece.text]
        return halves(lines[0]) if len(lines) == 1 else paired(lines)

    def is_shared(self, tables: Iterable[_Rows]) -> bool:
        """Whether two languages share the document about evenly, as two editions of one text do."""
        texts = [piece.text for piece in self.source.stream.pieces if piece.object is None]
        texts += [piece.text for rows in tables for row in rows for cell in row for piece in cell.pieces]
        characters: Counter[str] = Counter()
        for text in (half for whole in texts for half in BETWEEN.split(whole)):
            if (code := language(text)) in languages.known():
                characters[code] += len(text)
        others = characters.total() - characters[self.wanted]
        return min(others, characters[self.wanted]) >= _EVENLY * characters.total() > 0

    def of_tables(
        self, tables: Mapping[int, _Rows], *, shared: bool, surely: bool = False
    ) -> dict[int, dict[int, str]]:
        """The tables of which columns answer one another → those columns → their languages. ``shared``: two languages
        share the document, so that prose in both may be two editions; ``surely``: it is one of several editions, so
        that cells about as long are enough."""
        answer = _are_alike if surely else partial(self._answer, shared=shared)
        found = {at: self._columns(rows, answer) for at, rows in tables.items()}
        return {at: columns for at, columns in found.items() if columns}

    def of_lists(self, tables: Mapping[int, _Rows]) -> dict[int, dict[int, str]]:
        """Such tables below a title in both languages that have no head and whose rows are counted: a list of questions
        in two languages."""
        lines = (piece.text for piece in self.source.stream.pieces if piece.object is None)
        if not (any(map(self._is_paired, lines)) and self.is_shared(tables.values())):
            return {}
        lists = {at: rows for at, rows in tables.items() if _counts_rows(rows)}
        return self.of_tables(lists, shared=True, surely=True)

    def _columns(self, rows: _Rows, answer: Callable[[Sequence[tuple[str, str]]], bool]) -> dict[int, str]:
        spoken = {at: found for at in range(len(rows[0])) if (found := _of_column([row[at] for row in rows]))}
        by_language: dict[str, list[int]] = {}
        for at, code in spoken.items():
            by_language.setdefault(code, []).append(at)
        sizes = {len(columns) for columns in by_language.values()}
        if self.wanted not in by_language or len(by_language) < 2 or len(sizes) != 1:
            return {}
        own = by_language.pop(self.wanted)
        pairs = [pair for columns in by_language.values() for pair in zip(own, columns, strict=True)]
        beside = [_beside(rows, *pair) for pair in pairs]
        return spoken if all(beside) and any(map(answer, beside)) else {}

    def _answer(self, texts: Sequence[tuple[str, str]], *, shared: bool) -> bool:
        """Whether the cells of two columns say the same: they have one head, open the same parts, or are prose both."""
        first, *below = texts
        prose = all(sum(len(pair[side]) for pair in texts) > _PROSE * len(texts) for side in (0, 1))
        heads = set(self.source.marks.columns(first[0])) & set(self.source.marks.columns(first[1]))
        is_confirmed = bool(heads) or (shared and (prose or all(map(_names_language, first))))
        return (is_confirmed and bool(below)) or any(self._open_the_same(a, b) for a, b in texts)

    def _open_the_same(self, one: str, other: str) -> bool:
        """Whether two texts open the same part: «1-дәріс. …» beside «Лекция 1. …»."""
        kinds = [
            {
                (mark.kind, mark.number)
                for mark in self.source.marks.find(text)
                if mark.group == "numbered" or mark.whole
            }
            for text in (one, other)
        ]
        return bool(kinds[0] & kinds[1])

    # --- what is left of it

    def table(self, piece: Piece, rows: _Rows, columns: dict[int, str]) -> list[Piece]:
        """A table without the columns and the lines of other editions; the lines of its only column."""
        foreign = {at: code for at, code in columns.items() if code != self.wanted}
        for at, code in foreign.items():
            for row in rows:
                if not row[at].covered and row[at].across == 1:
                    self._excluded(row[at].pieces, code)
        for at in (at for at in range(len(rows[0])) if at not in columns):
            cells = [row[at] for row in rows if row[at].text]
            usual = _usual(self._of_cell(cell) for cell in cells)
            for cell in cells:
                self._lines(cell, usual)
        self._head(rows[0], columns.keys() - foreign.keys())
        kept = [at for at in range(len(rows[0])) if at not in foreign]
        if columns and len(kept) == 1:
            return self._as_lines(rows)
        if not isinstance(piece.object, Grid):
            return [piece]
        grid = _without(piece.object, set(foreign)) or piece.object
        return [replace(piece, object=grid, parts=grid_parts(grid, self.source.stream.texts.clean))]

    def _head(self, row: Sequence[PlanCell], columns: Iterable[int]) -> None:
        """Set the heads of columns aside that only say in which language they are."""
        for cell in (row[at] for at in sorted(columns)):
            if _names_language(cell.text):
                self.source.stream.texts.set_aside(cell.pieces, "column head")

    def _as_lines(self, rows: _Rows) -> list[Piece]:
        pieces = [one for row in rows for cell in row if not cell.covered for one in cell.pieces if one.text]
        live = [one for one in pieces if not self._is_blank(one)]
        for one in live:
            one.language = one.language or self.wanted
        return [self.half(one) for one in live]

    def _is_blank(self, piece: Piece) -> bool:
        clean = self.source.stream.texts.clean
        return not any(clean[part.unit][part.start : part.end].strip() for part in piece.parts)

    def _lines(self, cell: PlanCell, usual: Sequence[str]) -> None:
        """Set the lines of a cell aside that are of another edition; ``usual`` are the languages of the lines of most
        cells of its column."""
        lines: list[tuple[Piece, Piece | None]] = [(piece, None) for piece in cell.pieces if piece.text]
        if len(lines) == 1 and not self.declared:
            return
        if len(lines) == 1:
            lines = self._parted(lines[0][0])
        found = self._of_cell(cell) or (usual if are_alike([one.text for one, _ in lines], len(usual)) else ())
        if self.wanted not in found:
            return
        for code, (piece, between) in zip(found, lines, strict=True):
            if between is not None:
                self.source.stream.texts.set_aside([between], "between two languages")
            if code != self.wanted:
                self._excluded([piece], code)

    def _excluded(self, pieces: Sequence[Piece], code: str) -> None:
        """Set what stands in a table aside."""
        self.gone[code] += sum(len(piece.text) for piece in pieces)
        self.source.stream.texts.set_aside(pieces, f"the {languages.name(code)} edition")

    def half(self, piece: Piece) -> Piece:
        """The half of a line that is wanted, behind the number that stands before all of them. The line where it has no
        such halves, or where no other edition is to have the others: as it is printed, nothing of it is lost."""
        if piece.object is not None or not self.declared:
            return piece
        number = MARK.match(piece.text)
        found = halves(piece.text) or (self._halves_of_item(piece.text[number.end() :]) if number else [])
        if self.wanted not in found:
            return piece
        texts = self.source.stream.texts
        mark, rest = texts.cut(piece, number.end()) if number else (None, piece)
        kept = piece
        for code, (half, between) in zip(found, self._parted(rest), strict=True):
            if between is not None:
                texts.claim(between, "mark", reason="between two languages")
            if code == self.wanted:
                kept = half
            else:
                self.source.aside([half], f"the {languages.name(code)} edition")
                self.gone[code] += len(half.text)
        if mark is not None:
            kept = replace(
                kept,
                text=f"{mark.text} {kept.text}",
                parts=[*mark.parts, *kept.parts],
                content=None if kept.content is None else (*mark.inlines(), Run(text=" "), *kept.content),
            )
        return replace(
            kept, label=piece.label, gap=piece.gap, glued=piece.glued, language=self.wanted, count=piece.count
        )

    def _halves_of_item(self, text: str) -> Sequence[str]:
        """The languages of the halves of an item that its letters do not tell: those of the other items."""
        return self.usual if ":" not in text and are_alike(BETWEEN.split(text), len(self.usual)) else ()

    @cached_property
    def usual(self) -> Sequence[str]:
        """The languages of the halves of most items that have some."""
        items = (piece.text for piece in self.source.stream.pieces if piece.object is None)
        return _usual([halves(text) for text in items if MARK.match(text) and BETWEEN.search(text)])

    def _parted(self, piece: Piece) -> list[tuple[Piece, Piece | None]]:
        """The halves of a line, each with what stands between it and the next."""
        texts = self.source.stream.texts
        result: list[tuple[Piece, Piece | None]] = []
        rest = piece
        while (found := BETWEEN.search(rest.text)) is not None:
            half, rest = texts.cut(rest, found.start())
            between, rest = texts.cut(rest, 1)
            result.append((half, between))
        return [*result, (rest, None)]


def _usual(found: Iterable[Sequence[str]]) -> Sequence[str]:
    """The languages of most of several lines with halves; nothing where no order is usual."""
    counts = Counter(map(tuple, found))
    known_orders = [(count, order) for order, count in counts.items() if order]
    count, order = max(known_orders, default=(0, ()))
    return order if count * 2 >= counts.total() else ()


def _counts_rows(rows: _Rows) -> bool:
    """Whether the first column counts the rows from 1, beside cells of several words."""
    counted = [row[0].text.strip(" .)") for row in rows] == [str(nth) for nth in range(1, len(rows) + 1)]
    cells = [cell.text for row in rows for cell in row[1:] if cell.text]
    return counted and len(rows) > 1 and sum(map(len, cells)) >= _LISTED * len(cells)


def _beside(rows: _Rows, one: int, other: int) -> list[tuple[str, str]]:
    """The cells of two columns beside one another; nothing where one is often blank."""
    texts = [(row[one].text, row[other].text) for row in rows if not (row[one].covered or row[other].covered)]
    filled = [(a, b) for a, b in texts if a or b]
    together = [(a, b) for a, b in filled if a and b]
    return together if len(together) >= len(filled) * _SHARE else []


def _are_alike(texts: Sequence[tuple[str, str]]) -> bool:
    """Whether most cells of two columns are about as long, and none says by itself the same in several languages."""
    alike = sum(are_alike(pair, 2) for pair in texts)
    return alike * 2 > len(texts) and not any(halves(text) for pair in texts for text in pair)


def _of_column(cells: Sequence[PlanCell]) -> str:
    """The language of a column of words; "" for another, and where it is of several."""
    texts = [cell.text for cell in cells if not cell.covered and cell.text]
    worded = [text for text in texts if sum(map(str.isalpha, text)) >= _LEAST_CHARACTERS]
    if not worded or len(worded) * 2 < len(texts):
        return ""
    code = language(" ".join(worded))
    characters = {True: 0, False: 0}
    for text in worded:
        if found := language(text):
            characters[found == code] += len(text)
    return code if code in languages.known() and characters[True] >= characters[False] else ""


def _names_language(text: str) -> bool:
    """Whether the head of a column is the name of a language and little else: «Қазақша», «Русский текст»."""
    words_ = text.lower().split()
    return len(words_) <= _FEW_WORDS and any(word.startswith(languages.words("language-named")) for word in words_)


def _without(grid: Grid, columns: set[int]) -> Grid | None:
    """A grid without some of its columns; nothing where its cells span several."""
    width = max(map(len, grid.rows), default=0)
    if not columns or any(len(row) != width or any(cell.colspan > 1 for cell in row) for row in grid.rows):
        return None
    rows = tuple(tuple(cell for at, cell in enumerate(row) if at not in columns) for row in grid.rows)
    align = tuple(side for at, side in enumerate(grid.align) if at not in columns)
    return msgspec.structs.replace(grid, rows=rows, align=align)
