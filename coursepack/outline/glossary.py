"""Glossaries: «term – definition» lines, or a table with a column of terms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.course import Paragraph, Run, Table, Term, block_text
from coursepack.document import Grid
from coursepack.outline.blocks import list_mark
from coursepack.outline.found import Source
from coursepack.outline.pieces import Piece

_PARTED = re.compile(r"\s+[–—-]\s+|\s*:\s+|\s*=\s*")


def terms(source: Source, pieces: Sequence[Piece], first: int) -> list[Term]:
    """The terms of a glossary, ids counting on from ``first``."""
    made: list[Term] = []
    for piece in pieces:
        if piece.object is not None:
            made.extend(_table(source, piece, first + len(made)))
            continue
        mark = list_mark(piece)
        bare = source.builder.unmarked(piece, mark, "glossary")
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


def _table(source: Source, piece: Piece, first: int) -> list[Term]:
    source.stream.texts.claim(piece, "content", part="glossary")
    table = piece.object
    if isinstance(table, Grid):
        table = source.builder.table(table, source.builder.where(piece))
    if not isinstance(table, Table):
        return []
    made: list[Term] = []
    for row in table.rows[table.header_rows :]:
        cells = list(row.cells)
        texts = [block_text(cell.blocks).strip() for cell in cells]
        if texts and re.fullmatch(r"\d*\.?", texts[0]):
            texts, cells = texts[1:], cells[1:]
        if len(texts) < 2 or not texts[0] or not texts[1]:
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
