"""Glossaries: «term – definition» lines, or a table with a column of terms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import starmap

import msgspec

from coursepack.model.blocks import Blocks, Paragraph, Run, Table, block_text
from coursepack.model.course import Term
from coursepack.model.document import Grid
from coursepack.outline.alphabets import is_divider
from coursepack.outline.blocks import list_label
from coursepack.outline.found import NOT_UNDERSTOOD, OutlineSource
from coursepack.outline.pieces import Piece, UnitRange, trim
from coursepack.outline.stream import grid_parts
from coursepack.outline.tree.defined import bold_terms, defined
from coursepack.outline.tree.signals import lead
from coursepack.place import Place

_PAIR_SIZE = 2
_LONGEST_NAME = 4
"""The most words of a column's name."""
_EDGE_SIGNS = " «»†‡*"
_EDGE_PUNCTUATION = " .,:–—-«»†‡*"
_LONGEST_TERM = 60
"""The most characters of a term on its own line."""
_DIVIDER_REASON = "letter of a dictionary"
_SEPARATOR = re.compile(r"(?<!\s)(?:\s*\t\s*|\s*::\s+|\s+(?:--|[–—-])\s+|\s*:\s+|\s*=\s*)")


def terms(source: OutlineSource, pieces: Sequence[Piece], first: int) -> list[Term]:
    """The terms of a glossary, with ids numbered from ``first``. What is no term continues the last meaning."""
    result = _Terms(source, first)
    dividers = [piece for piece in pieces if piece.object is None and is_divider(piece.text)]
    source.stream.texts.claim(dividers, "mark", part="glossary", reason=_DIVIDER_REASON)
    pieces = [piece for piece in pieces if not any(piece is one for one in dividers)]
    heads = _terms_above_meanings(pieces)
    bold = bold_terms(pieces)
    for at, piece in enumerate(pieces):
        grid = piece.object
        if at in heads:
            result.head(piece)
        elif isinstance(grid, Grid | Table):
            _table(result, piece, grid)
        elif grid is not None:
            result.more([piece])
        else:
            _line(result, piece, bold.get(at, 0))
    return result.terms


class _Terms:
    """The terms of a glossary as they are found."""

    def __init__(self, source: OutlineSource, first: int) -> None:
        self.source = source
        self.terms: list[Term] = []
        self._first = first

    def add(
        self, term: str, definition: Blocks, place: Place | None, translations: dict[str, str] | None = None
    ) -> None:
        name = f"term-{self._first + len(self.terms)}"
        self.terms.append(Term(id=name, term=term, definition=definition, translations=translations or {}, place=place))

    def head(self, piece: Piece) -> None:
        """Adds a term on its own line; its meaning follows."""
        bare = self.source.builder.unmarked(piece, list_label(piece), "glossary")
        self.source.stream.texts.claim(bare, "content", part="glossary")
        self.add(bare.text.strip(_EDGE_PUNCTUATION), (), self.source.builder.where(bare))

    def more(self, pieces: Sequence[Piece]) -> None:
        """Pieces that are no term continue the last meaning; before the first term they are excluded."""
        if self.terms:
            self.join(self.source.builder.blocks(pieces, "glossary", headings=False))
        else:
            self.source.aside(pieces, NOT_UNDERSTOOD)

    def join(self, blocks: Blocks) -> None:
        """Appends blocks to the last meaning."""
        last = self.terms[-1]
        self.terms[-1] = msgspec.structs.replace(last, definition=(*last.definition, *blocks))


def _terms_above_meanings(pieces: Sequence[Piece]) -> set[int]:
    """The indexes of lines that are terms above their meanings: every second line where short lines and sentences
    alternate throughout; otherwise headings."""
    pairs = list(zip(pieces[::2], pieces[1::2], strict=False))
    if len(pieces) % _PAIR_SIZE == 0 and len(pairs) >= _PAIR_SIZE and all(starmap(_is_pair, pairs)):
        return set(range(0, len(pieces), _PAIR_SIZE))
    return {at for at, one in enumerate(pieces[:-1]) if one.is_heading or one.heading is not None}


def _is_pair(term: Piece, meaning: Piece) -> bool:
    """Whether a line is a term, and the next one a sentence that may be its meaning."""
    if term.object is not None or meaning.object is not None or lead(term) or defined(term) is not None:
        return False
    named = 0 < len(term.text) <= _LONGEST_TERM and term.text[-1] not in ".;?!" and not _SEPARATOR.search(term.text)
    return named and len(meaning.text) > len(term.text) and meaning.text.rstrip()[-1:] in ".;…"


def _line(result: _Terms, piece: Piece, bold: int = 0) -> None:
    """A line of a glossary; ``bold``: where the term ends, if only bold type separates it from the meaning."""
    source = result.source
    bare = piece if bold else source.builder.unmarked(piece, list_label(piece), "glossary")
    if at := bold or lead(bare):  # the term is bold, whatever separates it from its meaning
        source.stream.texts.claim(bare, "content", part="glossary")
        begins = len(bare.text) - len(bare.text[at:].lstrip(_EDGE_PUNCTUATION))
        result.add(bare.text[:at].strip(_EDGE_PUNCTUATION), _meaning(source, bare, begins), source.builder.where(bare))
        return
    if (bounds := defined(bare)) is not None:
        before, meaning = source.stream.texts.cut(bare, bounds[1])
        named, verb = source.stream.texts.cut(before, bounds[0])
        source.stream.texts.claim([named, meaning], "content", part="glossary")
        source.stream.texts.claim(verb, "mark", part="glossary", reason="verb of a definition")
        result.add(
            bare.text[: bounds[0]].strip(_EDGE_PUNCTUATION),
            _meaning(source, bare, bounds[1]),
            source.builder.where(bare),
        )
        return
    parted = _separator(bare.text)
    if parted is None or parted.start() > 120 or parted.end() >= len(bare.text):
        if source.marks.is_approval(bare.text):
            source.aside([bare], NOT_UNDERSTOOD)
        else:
            result.more([bare])
        return
    source.stream.texts.claim(bare, "content", part="glossary")
    term = bare.text[: parted.start()].strip(_EDGE_SIGNS)
    result.add(term, _meaning(source, bare, parted.end()), source.builder.where(piece))


def _separator(text: str) -> re.Match[str] | None:
    """What separates a term from its meaning; a dash in brackets does not: «Albedo (Latin albus – white) – …»."""
    found = _SEPARATOR.finditer(text)
    return next((one for one in found if text.count("(", 0, one.start()) <= text.count(")", 0, one.start())), None)


def _meaning(source: OutlineSource, piece: Piece, begins: int) -> Blocks:
    """What follows the term, with its formulas, links and pictures."""
    _, meaning = source.stream.texts.cut(piece, begins)
    return (Paragraph(content=trim(meaning.inlines()) or (Run(text=meaning.text),)),)


def _column_kinds(source: OutlineSource, cells: Sequence[str]) -> list[str | None]:
    """The kind of each column by the cells of the first row; empty where that row names no columns. A cell next to the
    name of a column is a name, too, or else a meaning: then the first row is a term that happens to be called as such
    columns are («Term | a word that …»)."""
    found = [source.marks.holds(text) for text in cells]
    if "term" not in found:
        return []
    named = cells[found.index("term")]
    others = [text for text, kind in zip(cells, found, strict=True) if kind is None]
    return found if "definition" in found or _are_names([named, *others]) else []


def _are_names(cells: Sequence[str]) -> bool:
    """Whether the cells of a row may name columns: a few words each, all or none of them with a capital."""
    full = [text for text in cells if text]
    return (
        all(len(text.split()) <= _LONGEST_NAME for text in full)
        and len({text[0].isupper() for text in full}) < _PAIR_SIZE
    )


def _head_parts(source: OutlineSource, grid: Grid) -> list[UnitRange]:
    """The character ranges of the first row, where it names the columns."""
    if not _column_kinds(source, [block_text(source.builder.units(cell.units)).strip() for cell in grid.rows[0]]):
        return []
    return grid_parts(Grid(rows=grid.rows[:1], number=grid.number), source.stream.texts.clean)


def _head_lines(source: OutlineSource, piece: Piece, table: Table) -> list[UnitRange]:
    """The lines that make up the first row of a plain-text table, where it names the columns."""
    cells = [block_text(cell.blocks).strip() for cell in table.rows[0].cells] if table.rows else []
    if not _column_kinds(source, cells):
        return []
    left = sum(map(str.isalnum, "".join(cells)))
    lines: list[UnitRange] = []
    for part in piece.parts:
        if left <= 0:
            break
        lines.append(part)
        left -= sum(map(str.isalnum, source.stream.texts.ledger.units[part.unit][part.start : part.end]))
    return lines


def _table(result: _Terms, piece: Piece, grid: Grid | Table) -> None:
    source = result.source
    head = _head_parts(source, grid) if isinstance(grid, Grid) else _head_lines(source, piece, grid)
    table = source.builder.table(grid, source.builder.where(piece)) if isinstance(grid, Grid) else grid
    source.stream.texts.claim(Piece("", head), "mark", part="glossary", reason="table head")
    top = [block_text(cell.blocks).strip() for cell in table.rows[0].cells] if table.rows else []
    heads = _column_kinds(source, top)
    before = len(result.terms)
    if not heads and result.terms and _holds_numbers(table):
        result.more([piece])
        return
    dividers = _dividers(table)
    if heads:
        left = _columns(result, table, heads, [source.marks.language_of(text) for text in top], dividers)
    else:
        # The header row of lines with wide gaps is a guess, and every Markdown table has one.
        is_head = isinstance(grid, Grid) and (table.header_rows != 1 or _are_names(top))
        heads_of_rows = table.header_rows if is_head else 0
        left = _rows(result, piece, table, heads_of_rows, dividers)
    if len(result.terms) == before:
        result.more([replace(piece, parts=[part for part in piece.parts if part not in head])])
        return
    divider_parts = [part for at in dividers for part in _row_parts(source, piece, grid, at)]
    source.stream.texts.claim(Piece("", divider_parts), "mark", part="glossary", reason=_DIVIDER_REASON)
    lost = [part for at in left if at not in dividers for part in _row_parts(source, piece, grid, at)]
    source.aside([Piece("", lost)], NOT_UNDERSTOOD)
    numbers = [part for part in _numbers(source, grid) if part not in (*lost, *head, *divider_parts)]
    source.stream.texts.claim(Piece("", numbers), "mark", part="glossary", reason="number")
    done = [*head, *lost, *numbers, *divider_parts]
    source.stream.texts.claim(Piece("", [p for p in piece.parts if p not in done]), "content", part="glossary")


def _dividers(table: Table) -> set[int]:
    """The rows with a letter of the alphabet that divide a table of terms."""
    texts = (" ".join(block_text(cell.blocks) for cell in row.cells).strip() for row in table.rows)
    return {at for at, text in enumerate(texts) if is_divider(text)}


def _holds_numbers(table: Table) -> bool:
    """Whether most cells right of the first column, below the first row, are numbers: data, not meanings."""
    texts = [block_text(cell.blocks).strip() for row in table.rows[1:] for cell in row.cells[1:]]
    return bool(texts) and sum(text[:1].isdigit() for text in texts) * 2 > len(texts)


_NUMBER = re.compile(r"\d{1,3}[.)]?")


def _numbers(source: OutlineSource, grid: Grid | Table) -> list[UnitRange]:
    """The character ranges of the cells that number the rows."""
    if not isinstance(grid, Grid):
        return []
    first = [row[:1] for row in grid.rows if len(row) > _PAIR_SIZE]
    cells = [row for row in first if _NUMBER.fullmatch(block_text(source.builder.units(row[0].units)).strip())]
    return grid_parts(Grid(rows=tuple(cells), number=grid.number), source.stream.texts.clean)


def _row_parts(source: OutlineSource, piece: Piece, grid: Grid | Table, at: int) -> list[UnitRange]:
    """The character ranges of one row; for a plain-text table, those of its line."""
    if isinstance(grid, Grid):
        return grid_parts(Grid(rows=grid.rows[at : at + 1], number=grid.number), source.stream.texts.clean)
    return piece.parts[at : at + 1] if len(piece.parts) == len(grid.rows) else []


def _rows(result: _Terms, piece: Piece, table: Table, heads: int, dividers: set[int]) -> list[int]:
    """Adds the terms of a table whose ``heads`` header rows name no columns, without the ``dividers``. Returns the rows
    before the first term."""
    left: list[int] = []
    before = len(result.terms)
    place = result.source.builder.where(piece)
    for at, row in enumerate(table.rows):
        cells = list(row.cells)
        texts = [block_text(cell.blocks).strip() for cell in cells]
        if texts and re.fullmatch(r"\d*\.?", texts[0]):
            texts, cells = texts[1:], cells[1:]
        if at in dividers:
            continue
        if at >= heads and len(texts) > 1 and texts[0] and texts[1]:
            more = (block for cell in cells[2:] for block in cell.blocks)
            result.add(texts[0].strip(_EDGE_SIGNS), (*cells[1].blocks, *more), place)
        elif len(result.terms) > before and at >= heads:
            result.join(tuple(block for cell in row.cells for block in cell.blocks))
        else:
            left.append(at)
    return left


def _columns(
    result: _Terms, table: Table, heads: list[str | None], languages: list[str | None], dividers: set[int]
) -> list[int]:
    """Adds the terms of a table with named columns: the term in the language of the source, its names in others, its
    definition; ``dividers`` are skipped. Returns the rows that have no term."""
    names = [at for at, kind in enumerate(heads) if kind == "term"]
    term_column = next((at for at in names if languages[at] == result.source.stream.language), names[0])
    others = [at for at in names if at != term_column and languages[at]]
    meanings = [at for at, kind in enumerate(heads) if kind == "definition" or (kind is None and at > term_column)]
    left: list[int] = []
    before = len(result.terms)
    for at, row in enumerate(table.rows[1:], 1):
        if at in dividers:
            continue
        texts = [block_text(cell.blocks).strip() for cell in row.cells]
        if len(texts) != len(heads) or not texts[term_column]:
            if len(result.terms) > before:
                result.join(tuple(block for cell in row.cells for block in cell.blocks))
            else:
                left.append(at)
            continue
        definition = tuple(block for at in meanings for block in row.cells[at].blocks)
        names_in = {languages[at] or "": texts[at] for at in others if texts[at]}
        result.add(texts[term_column].strip(_EDGE_SIGNS), definition, table.place, names_in)
    return left
