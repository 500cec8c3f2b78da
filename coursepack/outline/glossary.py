"""Glossaries: «term – definition» lines, or a table with a column of terms."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.model.blocks import Paragraph, Run, Table, block_text
from coursepack.model.course import Term
from coursepack.model.document import Grid
from coursepack.outline.blocks import list_mark
from coursepack.outline.found import Source
from coursepack.outline.pieces import Piece

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
    meaning = next((at for at, kind in enumerate(heads) if kind == "definition"), None)
    if meaning is None and len(names) == 1:
        meaning = next((at for at, kind in enumerate(heads) if kind is None and at > own), None)
    made: list[Term] = []
    for row in table.rows[1:]:
        texts = [block_text(cell.blocks).strip() for cell in row.cells]
        if len(texts) != len(heads) or not texts[own]:
            continue
        made.append(
            Term(
                id=f"term-{first + len(made)}",
                term=texts[own],
                definition=row.cells[meaning].blocks if meaning is not None else (),
                translations={languages[at] or "": texts[at] for at in others if texts[at]},
                place=table.place,
            )
        )
    return made
