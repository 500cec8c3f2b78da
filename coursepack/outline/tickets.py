"""Printed exam tickets: their questions join the exam list, once each; the ticket keeps which it draws."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack import languages
from coursepack.model.blocks import block_text
from coursepack.model.course import ExamTicket
from coursepack.model.questions import Essay, Question
from coursepack.outline.blocks import list_mark
from coursepack.outline.drafts import Draft
from coursepack.outline.exam import plain_question
from coursepack.outline.found import Source
from coursepack.outline.pieces import Piece
from coursepack.outline.points import split_items

_PARTED = re.compile(r"\d{1,2}\.\d{1,2}[.)]?\s+")
_HEAD = re.compile(languages.pattern("ticket-head"), re.IGNORECASE)


def tickets(source: Source, drafts: Sequence[Draft], known: list[Question], first: int) -> list[ExamTicket]:
    """The tickets of drafts; their questions are added to ``known`` where they are new."""
    made: list[ExamTicket] = []
    by_text = {plain_question(block_text(question.text)): question.id for question in known}
    for draft in drafts:
        number = draft.number or first + len(made)
        ticket = f"ticket-{number:02d}"
        source.mark(draft, ticket)
        ids: list[str] = []
        whole = [
            one
            for piece in draft.get("body")
            for one in (split_items(piece, source.stream.texts) if piece.object is None else [piece])
        ]
        marked = any(_mark(piece) for piece in whole)
        for piece in whole:
            mark = _mark(piece)
            if piece.object is not None or not piece.text or _is_head(source, piece, bool(mark), marked):
                source.aside([piece], "head or signature of a ticket")
                continue
            bare = piece
            if mark:
                head, bare = source.stream.texts.cut(piece, mark)
                source.stream.texts.claim(head, "mark", part=ticket, reason="number")
            blocks = source.builder.asked([bare], ticket)
            key = plain_question(block_text(blocks))
            if key not in by_text:
                n = len(known) + 1
                by_text[key] = f"exam-{n:03d}"
                known.append(Essay(id=f"exam-{n:03d}", text=blocks, number=n, place=source.builder.where(piece)))
            ids.append(by_text[key])
        if ids:
            where = source.builder.where(
                *([draft.opened] if draft.opened and draft.opened.parts else []), *draft.pieces()
            )
            made.append(ExamTicket(id=ticket, number=number, questions=tuple(ids), place=where))
    return made


def _mark(piece: Piece) -> int:
    """Where a question's text begins after its number; 0 when it bears none."""
    if piece.object is not None:
        return 0
    parted = _PARTED.match(piece.text)
    if parted:
        return parted.end()
    mark = list_mark(piece)
    return mark.end if mark and mark.value else 0


def _is_head(source: Source, piece: Piece, numbered: bool, some_numbered: bool) -> bool:
    """The lines of a ticket that ask nothing."""
    if numbered or (piece.label and list_mark(piece)):
        return False
    if (
        source.marks.is_approval(piece.text)
        or source.marks.names_paper(piece.text)
        or _HEAD.match(piece.text.strip(' «"'))
    ):
        return True
    return some_numbered and not piece.text.endswith("?")
