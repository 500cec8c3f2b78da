"""Glossaries: «term – definition» lines, or a table with a column of terms."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from coursepack.model.blocks import Paragraph, Run, Table, block_text
from coursepack.model.course import Term
from coursepack.model.document import Grid
from coursepack.outline.blocks import list_mark
from coursepack.outline.found import Source
from coursepack.outline.pieces import Part, Piece
from coursepack.outline.stream import grid_parts
from coursepack.outline.tree.signals import lead

_PARTED = re.compile(r"(?<!\s)(?:\s+[–—-]\s+|\s*:\s+|\s*=\s*)")


def terms(source: Source, pieces: Sequence[Piece], first: int) -> list[Term]:
    """The terms of a glossary, ids counting on from ``first``."""
    made: list[Term] = []
    for piece in pieces:
        if piece.object is not None:
            made.extend(_table(source, piece, first + len(made)))
            continue
        mark = list_mark(piece)
        bare = source.builder.unmarked(piece, mark, "glossary")
        if at := lead(bare):  # the term stands in bold type, whatever parts it from its meaning
            source.stream.texts.claim(bare, "content", part="glossary")
            made.append(_led(source, bare, at, first + len(made)))
            continue
        parted = _PARTED.search(bare.text)
        if parted is None or parted.start() > 120 or parted.end() >= len(bare.text):
            if made and not source.marks.is_approval(bare.text):
                blocks = source.builder.blocks([bare], "glossary", headings=False)
                last = made[-1]
                made[-1] = Term(id=last.id, term=last.term, definition=(*last.definition, *blocks), place=last.place)
            else:
                source.aside([bare], "not understood")
            continue
        source.stream.texts.claim(bare, "content", part="glossary")
        made.append(
            Term(
                id=f"term-{first + len(made)}",
                term=bare.text[: parted.start()].strip(" «»"),
                definition=(Paragraph(content=(Run(text=bare.text[parted.end() :].strip()),)),),
                place=source.builder.where(piece),
            )
        )
    return made


def _led(source: Source, piece: Piece, at: int, number: int) -> Term:
    signs = " .:–—-«»"
    return Term(
        id=f"term-{number}",
        term=piece.text[:at].strip(signs),
        definition=(Paragraph(content=(Run(text=piece.text[at:].lstrip(signs)),)),),
        place=source.builder.where(piece),
    )


def _head_parts(source: Source, grid: Grid) -> list[Part]:
    """The letters of the first row, where it names the columns."""
    cells = (block_text(source.builder.units(cell.units)).strip() for cell in grid.rows[0])
    if "term" not in {source.marks.holds(text) for text in cells}:
        return []
    return grid_parts(Grid(rows=grid.rows[:1], number=grid.number), source.stream.texts.clean)


def _table(source: Source, piece: Piece, first: int) -> list[Term]:
    table = piece.object
    head = _head_parts(source, table) if isinstance(table, Grid) else []
    rest = [part for part in piece.parts if part not in head]
    source.stream.texts.claim(Piece("", head), "mark", part="glossary", reason="table head")
    source.stream.texts.claim(Piece("", rest), "content", part="glossary")
    if isinstance(table, Grid):
        table = source.builder.table(table, source.builder.where(piece))
    if not isinstance(table, Table):
        return []
    made: list[Term] = []
    top = [block_text(cell.blocks).strip() for cell in table.rows[0].cells] if table.rows else []
    heads = [source.marks.holds(text) for text in top]
    if "term" in heads:
        return _columns(source, table, heads, [source.marks.language_of(text) for text in top], first)
    for row in table.rows[table.header_rows :]:
        cells = list(row.cells)
        texts = [block_text(cell.blocks).strip() for cell in cells]
        if texts and re.fullmatch(r"\d*\.?", texts[0]):
            texts, cells = texts[1:], cells[1:]
        if len(texts) < 2 or not texts[0] or not texts[1]:
            more = tuple(block for cell in row.cells for block in cell.blocks)
            if made and more:
                last = made[-1]
                made[-1] = msgspec.structs.replace(last, definition=(*last.definition, *more))
            continue
        made.append(
            Term(
                id=f"term-{first + len(made)}",
                term=texts[0],
                definition=cells[1].blocks,
                place=source.builder.where(piece),
            )
        )
    return made


def _columns(
    source: Source, table: Table, heads: list[str | None], languages: list[str | None], first: int
) -> list[Term]:
    """A table with a head: the term in the language of the source, its names in others, its definition."""
    names = [at for at, kind in enumerate(heads) if kind == "term"]
    own = next((at for at in names if languages[at] == source.stream.language), names[0])
    others = [at for at in names if at != own and languages[at]]
    meanings = [at for at, kind in enumerate(heads) if kind == "definition" or (kind is None and at > own)]
    made: list[Term] = []
    for row in table.rows[1:]:
        texts = [block_text(cell.blocks).strip() for cell in row.cells]
        if len(texts) != len(heads) or not texts[own]:
            continue
        made.append(
            Term(
                id=f"term-{first + len(made)}",
                term=texts[own],
                definition=tuple(block for at in meanings for block in row.cells[at].blocks),
                translations={languages[at] or "": texts[at] for at in others if texts[at]},
                place=table.place,
            )
        )
    return made
