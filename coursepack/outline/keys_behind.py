"""Keys of the tests in lectures that stand behind all of them: «Ответы. Лекция 1: 1-A, 2-B. Лекция 2: …»."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.outline.bank.key_text import is_list
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource
from coursepack.outline.question_lists import holds_choices


def without_keys(source: OutlineSource, classes: Sequence[PartDraft]) -> list[PartDraft]:
    """The drafts of classes; one that holds nothing but keys gives them to the class of its number."""
    kept: list[PartDraft] = []
    questions: dict[tuple[str, int | None], PartDraft] = {}
    for draft in classes:
        key = (draft.kind, draft.number)
        first = questions.get(key) if draft.number is not None else None
        if first is None or not _is_keys(draft):
            kept.append(draft)
            if _is_question(draft):
                questions.setdefault(key, draft)
            continue
        for piece in draft.pieces():
            first.add("answers", piece)
        source.mark(draft, "")
        source.drafts.remove(draft)
    return kept


def _is_question(draft: PartDraft) -> bool:
    return bool(draft.get("tests")) or holds_choices(draft.get("review"))


def _is_keys(draft: PartDraft) -> bool:
    pieces = draft.pieces()
    return bool(pieces) and all(piece.object is None and is_list(piece.text) for piece in pieces)
