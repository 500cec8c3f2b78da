"""The units of a document as pieces: paragraphs line by line, tables, pictures and formulas as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from coursepack.model.blocks import (
    Block,
    Blocks,
    Cell,
    Code,
    Formula,
    Inline,
    Inlines,
    NoteMark,
    Paragraph,
    Row,
    Run,
    Table,
    inline_text,
    with_text,
)
from coursepack.model.document import Display, Document, Drawing, Grid, Line, Listing, Para, Unit
from coursepack.readers.inline import trim
from coursepack.readers.layouts.pieces import LayoutPiece, of_inlines

_OPEN_TAG = re.compile(r"<\s?/?\s?[a-z]{0,12}\s?\d{0,2}\s?$", re.IGNORECASE)


def pieces(document: Document, signed: re.Pattern[str]) -> Iterator[LayoutPiece]:
    """The pieces of a document; a table in which something matches ``signed`` is laid out cell by cell."""
    found = _with_blanks(_pieces(document.units, signed))
    return _whole_tags(found) if document.wrapped else found


def _pieces(units: Iterable[Unit], signed: re.Pattern[str]) -> Iterator[LayoutPiece]:
    for unit in units:
        match unit:
            case Line():
                if unit.role in {"", "footnote"}:
                    yield LayoutPiece(unit.number, " ".join(unit.text.split()), wrapped=True)
            case Para():
                yield from _lines(unit)
            case Listing():
                yield from _listing(unit, signed)
            case Grid() if signed.search(_letters(unit)):
                for row in unit.rows:
                    for cell in row:
                        yield from _pieces(cell.units, signed)
            case Grid():
                yield LayoutPiece(unit.number, block=_table(unit))
            case Drawing():
                yield LayoutPiece(unit.number, block=unit.figure)
            case Display():
                yield LayoutPiece(unit.number, block=Formula(math=unit.math))


def _lines(unit: Para) -> Iterator[LayoutPiece]:
    """The lines of a paragraph; what a list counts it with is a part of the first, but for tags."""
    content: list[Inline] = []
    items: list[Inline] = [item for item in unit.content if not isinstance(item, NoteMark)]
    for item in items:
        if not isinstance(item, Run) or "\n" not in item.text:
            content.append(item)
            continue
        first, *more = item.text.split("\n")
        content.append(with_text(item, first))
        for line in more:
            yield of_inlines(unit.number, trim(content), heading=unit.heading is not None)
            content = [with_text(item, line)]
    yield of_inlines(unit.number, trim(content), heading=unit.heading is not None)


def _listing(unit: Listing, signed: re.Pattern[str]) -> Iterator[LayoutPiece]:
    """A listing; a test that is set in letters of one width is none."""
    if signed.search(unit.text):
        yield from (LayoutPiece(unit.number, line.strip()) for line in unit.text.split("\n"))
    else:
        yield LayoutPiece(unit.number, block=Code(text=unit.text, language=unit.language))


def _with_blanks(found: Iterable[LayoutPiece]) -> Iterator[LayoutPiece]:
    blank = False
    for piece in found:
        if piece.block is None and not piece.text.strip():
            blank = True
            continue
        yield replace(piece, blank=True, wrapped=False) if blank else piece
        blank = False


def _whole_tags(found: Iterable[LayoutPiece]) -> Iterator[LayoutPiece]:
    """A tag that the page's edge cut is put together: at most one line is looked ahead."""
    held: LayoutPiece | None = None
    for piece in found:
        if held is not None and held.block is None and piece.block is None and _OPEN_TAG.search(held.text[-20:]):
            held = replace(held, text=held.text.rstrip() + piece.text.lstrip())
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _letters(grid: Grid) -> str:
    return "\n".join(_unit_letters(unit) for row in grid.rows for cell in row for unit in cell.units)


def _unit_letters(unit: Unit) -> str:
    match unit:
        case Line() | Listing():
            return unit.text
        case Para():
            return inline_text(unit.content)
        case Grid():
            return _letters(unit)
    return ""


def _table(grid: Grid) -> Table:
    rows = tuple(
        Row(
            cells=tuple(
                Cell(
                    blocks=_blocks(cell.units),
                    colspan=cell.colspan,
                    rowspan=cell.rowspan,
                    header=number < grid.header_rows,
                )
                for cell in row
            )
        )
        for number, row in enumerate(grid.rows)
    )
    return Table(rows=rows, header_rows=grid.header_rows, align=grid.align)


def _blocks(units: Iterable[Unit]) -> Blocks:
    return tuple(block for unit in units for block in _block(unit))


def _block(unit: Unit) -> Iterator[Block]:
    match unit:
        case Line():
            yield Paragraph(content=(Run(text=unit.text),))
        case Para(content=content) if content:
            yield Paragraph(content=_without_notes(content))
        case Listing():
            yield Code(text=unit.text, language=unit.language)
        case Grid():
            yield _table(unit)
        case Drawing():
            yield unit.figure
        case Display():
            yield Formula(math=unit.math)


def _without_notes(content: Inlines) -> Inlines:
    return tuple(item for item in content if not isinstance(item, NoteMark))
