"""Keys of the tests in lectures that stand behind all of them: «Ответы. Лекция 1: 1-A, 2-B. Лекция 2: …»."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.outline.asked import holds_choices
from coursepack.outline.bank.said import is_list
from coursepack.outline.drafts import Draft
from coursepack.outline.found import Source


def without_keys(source: Source, classes: Sequence[Draft]) -> list[Draft]:
    """The drafts of classes; one that holds nothing but keys gives them to the class of its number."""
    kept: list[Draft] = []
    asked: dict[tuple[str, int | None], Draft] = {}
    for draft in classes:
        key = (draft.kind, draft.number)
        first = asked.get(key) if draft.number is not None else None
        if first is None or not _is_keys(draft):
            kept.append(draft)
            if _is_asked(draft):
                asked.setdefault(key, draft)
            continue
        for piece in draft.pieces():
            first.add("answers", piece)
        source.mark(draft, "")
        source.drafts.remove(draft)
    return kept


def _is_asked(draft: Draft) -> bool:
    return bool(draft.get("tests")) or holds_choices(draft.get("review"))


def _is_keys(draft: Draft) -> bool:
    pieces = draft.pieces()
    return bool(pieces) and all(piece.object is None and is_list(piece.text) for piece in pieces)
