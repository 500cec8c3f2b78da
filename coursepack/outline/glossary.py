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

_PAIR = 2
_NAME = 4
"""Words of a column's name at most."""
_AROUND = " «»†‡*"
_SIGNS = " .,:–—-«»†‡*"
_LONGEST = 60
"""Letters of a term on its own line at most."""
_LETTER = "letter of a dictionary"
_PARTED = re.compile(r"(?<!\s)(?:\s*\t\s*|\s*::\s+|\s+(?:--|[–—-])\s+|\s*:\s+|\s*=\s*)")


def terms(source: OutlineSource, pieces: Sequence[Piece], first: int) -> list[Term]:
    """The terms of a glossary, ids counting on from ``first``. What is no term is more of the last meaning."""
    result = _Terms(source, first)
    parting = [piece for piece in pieces if piece.object is None and is_divider(piece.text)]
    source.stream.texts.claim(parting, "mark", part="glossary", reason=_LETTER)
    pieces = [piece for piece in pieces if not any(piece is one for one in parting)]
    heads = _over_meanings(pieces)
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
        """A term on its own line: its meaning is what follows."""
        bare = self.source.builder.unmarked(piece, list_label(piece), "glossary")
        self.source.stream.texts.claim(bare, "content", part="glossary")
        self.add(bare.text.strip(_SIGNS), (), self.source.builder.where(bare))

    def more(self, pieces: Sequence[Piece]) -> None:
        """Pieces that are no term: more of the last meaning, or nothing that is understood."""
        if self.terms:
            self.join(self.source.builder.blocks(pieces, "glossary", headings=False))
        else:
            self.source.aside(pieces, NOT_UNDERSTOOD)

    def join(self, blocks: Blocks) -> None:
        """More blocks of the last meaning."""
        last = self.terms[-1]
        self.terms[-1] = msgspec.structs.replace(last, definition=(*last.definition, *blocks))


def _over_meanings(pieces: Sequence[Piece]) -> set[int]:
    """Which lines are terms that stand over their meanings: each second one where a short line and a sentence take
    turns throughout, or headings."""
    pairs = list(zip(pieces[::2], pieces[1::2], strict=False))
    if len(pieces) % _PAIR == 0 and len(pairs) >= _PAIR and all(starmap(_is_pair, pairs)):
        return set(range(0, len(pieces), _PAIR))
    return {at for at, one in enumerate(pieces[:-1]) if one.is_heading or one.heading is not None}


def _is_pair(term: Piece, meaning: Piece) -> bool:
    """Whether a line is a term, and the next one a sentence that may be its meaning."""
    if term.object is not None or meaning.object is not None or lead(term) or defined(term) is not None:
        return False
    named = 0 < len(term.text) <= _LONGEST and term.text[-1] not in ".;?!" and not _PARTED.search(term.text)
    return named and len(meaning.text) > len(term.text) and meaning.text.rstrip()[-1:] in ".;…"


def _line(result: _Terms, piece: Piece, bold: int = 0) -> None:
    """A line of a glossary; ``bold``: where its term ends that only its type parts from the meaning."""
    source = result.source
    bare = piece if bold else source.builder.unmarked(piece, list_label(piece), "glossary")
    if at := bold or lead(bare):  # the term stands in bold type, whatever parts it from its meaning
        source.stream.texts.claim(bare, "content", part="glossary")
        begins = len(bare.text) - len(bare.text[at:].lstrip(_SIGNS))
        result.add(bare.text[:at].strip(_SIGNS), _meaning(source, bare, begins), source.builder.where(bare))
        return
    if (stated := defined(bare)) is not None:
        before, meaning = source.stream.texts.cut(bare, stated[1])
        named, verb = source.stream.texts.cut(before, stated[0])
        source.stream.texts.claim([named, meaning], "content", part="glossary")
        source.stream.texts.claim(verb, "mark", part="glossary", reason="verb of a definition")
        result.add(bare.text[: stated[0]].strip(_SIGNS), _meaning(source, bare, stated[1]), source.builder.where(bare))
        return
    parted = _PARTED.search(bare.text)
    if parted is None or parted.start() > 120 or parted.end() >= len(bare.text):
        if source.marks.is_approval(bare.text):
            source.aside([bare], NOT_UNDERSTOOD)
        else:
            result.more([bare])
        return
    source.stream.texts.claim(bare, "content", part="glossary")
    term = bare.text[: parted.start()].strip(_AROUND)
    result.add(term, _meaning(source, bare, parted.end()), source.builder.where(piece))


def _meaning(source: OutlineSource, piece: Piece, begins: int) -> Blocks:
    """What stands behind the term, with its formulas, links and pictures."""
    _, stated = source.stream.texts.cut(piece, begins)
    return (Paragraph(content=trim(stated.inlines()) or (Run(text=stated.text),)),)


def _heads(source: OutlineSource, cells: Sequence[str]) -> list[str | None]:
    """What the columns hold, by the cells of the first row; nothing where it names none. One beside the name of a
    column is a name, too, or a meaning: then the term is called as such columns are («Term | a word that …»)."""
    found = [source.marks.holds(text) for text in cells]
    if "term" not in found:
        return []
    named = cells[found.index("term")]
    others = [text for text, kind in zip(cells, found, strict=True) if kind is None]
    return found if "definition" in found or _are_names([named, *others]) else []


def _are_names(cells: Sequence[str]) -> bool:
    """Whether the cells of a row may name columns: a few words each, all or none of them with a capital."""
    full = [text for text in cells if text]
    return all(len(text.split()) <= _NAME for text in full) and len({text[0].isupper() for text in full}) < _PAIR


def _head_parts(source: OutlineSource, grid: Grid) -> list[UnitRange]:
    """The letters of the first row, where it names the columns."""
    if not _heads(source, [block_text(source.builder.units(cell.units)).strip() for cell in grid.rows[0]]):
        return []
    return grid_parts(Grid(rows=grid.rows[:1], number=grid.number), source.stream.texts.clean)


def _head_lines(source: OutlineSource, piece: Piece, table: Table) -> list[UnitRange]:
    """The lines of a table in plain text that are its first row, where that names the columns."""
    cells = [block_text(cell.blocks).strip() for cell in table.rows[0].cells] if table.rows else []
    if not _heads(source, cells):
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
    heads = _heads(source, top)
    before = len(result.terms)
    if not heads and result.terms and _holds_numbers(table):
        result.more([piece])
        return
    parting = _dividers(table)
    if heads:
        left = _columns(result, table, heads, [source.marks.language_of(text) for text in top], parting)
    else:
        # Of lines with wide gaps it is a guess, and Markdown has no table without a head.
        is_head = isinstance(grid, Grid) and (table.header_rows != 1 or _are_names(top))
        heads_of_rows = table.header_rows if is_head else 0
        left = _rows(result, piece, table, heads_of_rows, parting)
    if len(result.terms) == before:
        result.more([replace(piece, parts=[part for part in piece.parts if part not in head])])
        return
    characters = [part for at in parting for part in _row_parts(source, piece, grid, at)]
    source.stream.texts.claim(Piece("", characters), "mark", part="glossary", reason=_LETTER)
    lost = [part for at in left if at not in parting for part in _row_parts(source, piece, grid, at)]
    source.aside([Piece("", lost)], NOT_UNDERSTOOD)
    numbers = [part for part in _numbers(source, grid) if part not in (*lost, *head, *characters)]
    source.stream.texts.claim(Piece("", numbers), "mark", part="glossary", reason="number")
    done = [*head, *lost, *numbers, *characters]
    source.stream.texts.claim(Piece("", [p for p in piece.parts if p not in done]), "content", part="glossary")


def _dividers(table: Table) -> set[int]:
    """The rows that part a table of terms by letters."""
    texts = (" ".join(block_text(cell.blocks) for cell in row.cells).strip() for row in table.rows)
    return {at for at, text in enumerate(texts) if is_divider(text)}


def _holds_numbers(table: Table) -> bool:
    """Whether most cells behind the first column, below the first row, are numbers: data, and no meanings."""
    texts = [block_text(cell.blocks).strip() for row in table.rows[1:] for cell in row.cells[1:]]
    return bool(texts) and sum(text[:1].isdigit() for text in texts) * 2 > len(texts)


_NUMBER = re.compile(r"\d{1,3}[.)]?")


def _numbers(source: OutlineSource, grid: Grid | Table) -> list[UnitRange]:
    """The letters of the cells that count the rows."""
    if not isinstance(grid, Grid):
        return []
    first = [row[:1] for row in grid.rows if len(row) > _PAIR]
    cells = [row for row in first if _NUMBER.fullmatch(block_text(source.builder.units(row[0].units)).strip())]
    return grid_parts(Grid(rows=tuple(cells), number=grid.number), source.stream.texts.clean)


def _row_parts(source: OutlineSource, piece: Piece, grid: Grid | Table, at: int) -> list[UnitRange]:
    """The letters of one row; of a table in plain text, of its line."""
    if isinstance(grid, Grid):
        return grid_parts(Grid(rows=grid.rows[at : at + 1], number=grid.number), source.stream.texts.clean)
    return piece.parts[at : at + 1] if len(piece.parts) == len(grid.rows) else []


def _rows(result: _Terms, piece: Piece, table: Table, heads: int, parting: set[int]) -> list[int]:
    """The terms of a table below its ``heads`` rows, none of which says so, without those that are ``parting`` it by
    letters; the rows before the first term, which are
    none."""
    left: list[int] = []
    before = len(result.terms)
    place = result.source.builder.where(piece)
    for at, row in enumerate(table.rows):
        cells = list(row.cells)
        texts = [block_text(cell.blocks).strip() for cell in cells]
        if texts and re.fullmatch(r"\d*\.?", texts[0]):
            texts, cells = texts[1:], cells[1:]
        if at in parting:
            continue
        if at >= heads and len(texts) > 1 and texts[0] and texts[1]:
            more = (block for cell in cells[2:] for block in cell.blocks)
            result.add(texts[0].strip(_AROUND), (*cells[1].blocks, *more), place)
        elif len(result.terms) > before and at >= heads:
            result.join(tuple(block for cell in row.cells for block in cell.blocks))
        else:
            left.append(at)
    return left


def _columns(
    result: _Terms, table: Table, heads: list[str | None], languages: list[str | None], parting: set[int]
) -> list[int]:
    """A table with a head: the term in the language of the source, its names in others, its definition; the rows that
    have none."""
    names = [at for at, kind in enumerate(heads) if kind == "term"]
    own = next((at for at in names if languages[at] == result.source.stream.language), names[0])
    others = [at for at in names if at != own and languages[at]]
    meanings = [at for at, kind in enumerate(heads) if kind == "definition" or (kind is None and at > own)]
    left: list[int] = []
    before = len(result.terms)
    for at, row in enumerate(table.rows[1:], 1):
        if at in parting:
            continue
        texts = [block_text(cell.blocks).strip() for cell in row.cells]
        if len(texts) != len(heads) or not texts[own]:
            if len(result.terms) > before:
                result.join(tuple(block for cell in row.cells for block in cell.blocks))
            else:
                left.append(at)
            continue
        definition = tuple(block for at in meanings for block in row.cells[at].blocks)
        names_in = {languages[at] or "": texts[at] for at in others if texts[at]}
        result.add(texts[own].strip(_AROUND), definition, table.place, names_in)
    return left
