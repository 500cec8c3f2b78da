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
    for draft in classes:
        asked = next((one for one in kept if _is_same(one, draft) and _is_asked(one)), None)
        if asked is None or not _is_keys(draft):
            kept.append(draft)
            continue
        for piece in draft.pieces():
            asked.add("answers", piece)
        source.mark(draft, "")
        source.drafts.remove(draft)
    return kept


def _is_same(one: Draft, other: Draft) -> bool:
    return one.number is not None and (one.kind, one.number) == (other.kind, other.number)


def _is_asked(draft: Draft) -> bool:
    return bool(draft.get("tests")) or holds_choices(draft.get("review"))


def _is_keys(draft: Draft) -> bool:
    pieces = draft.pieces()
    return bool(pieces) and all(piece.object is None and is_list(piece.text) for piece in pieces)
