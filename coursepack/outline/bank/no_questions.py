"""What was taken for a test by its name or the heading over it, and asks nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coursepack.outline.bank.items import items_of
from coursepack.outline.bank.parts import DraftQuestion
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.words import words
from coursepack.place import Place, warning
from coursepack.project.course_toml import Role

_GIVEN: frozenset[Role] = frozenset({"tests", "questions", "keys", "tickets"})
"""Roles that say what a document is: whoever wrote one into course.toml is told where it does not fit."""


def asks_nothing(pieces: Sequence[Piece]) -> bool:
    """Whether no line of a test is a question: none bears a number, has answers or a key, or asks. Tables and other
    objects may hold questions, whatever stands around them."""
    if any(piece.object is not None for piece in pieces):
        return False
    read = items_of(pieces)
    return not (read.keys or read.named or any(map(_is_question, read.items)))


def _is_question(item: DraftQuestion) -> bool:
    first = item.lead.text
    has_question_form = item.number is not None or item.closed or item.bracketed or item.answer
    return bool(has_question_form) or first.rstrip(' »"”)').endswith(("?", ":")) or words().asks(first) is not None


def holds_none(drafts: Iterable[PartDraft]) -> bool:
    """Whether the parts of a document that are tests ask nothing and hold no keys."""
    held = [draft for draft in drafts if draft.kind in {"tests", "answers"}]
    return all(draft.kind == "tests" and asks_nothing(draft.get("body")) for draft in held)


def as_texts(source: OutlineSource, drafts: Sequence[PartDraft]) -> None:
    """The parts below a heading that names a test become texts to read where they ask nothing; it is reported. Nobody
    said that they are tests, so they are no mistake of the author's."""
    if source.entry.role in _GIVEN or not holds_none(drafts):
        return
    for draft in drafts:
        if draft.kind == "tests" and (body := draft.get("body")):
            draft.kind = "reading"
            message = "no question was found below a heading that announces a test: it is kept as text"
            place = source.builder.where(*draft.title[:1], *body[:1]) or Place(source.document.file)
            source.findings.append(warning("bank-empty", message, place))
