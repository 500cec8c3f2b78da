"""Questions of a test of which one answer is the same in most and right in nearly all: the label of a key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question
from coursepack.outline.bank.limits import limits
from coursepack.place import Place

_TWO = 2


def same_answer(questions: Sequence[Question]) -> Iterator[tuple[Place | None, str]]:
    """The questions of three answers and more with one that most have, where it is nearly always the right one
    among others."""
    chosen = [one for one in questions if isinstance(one, MultipleChoice) and len(one.choices) > _TWO]
    found = [{block_text(c.content).strip().casefold(): c.fraction > 0 for c in one.choices} for one in chosen]
    held = Counter(text for each in found for text in each if text)
    for text, count in held.items():
        if count <= limits()["least-ends"] or count * 2 <= len(chosen):
            continue  # before anything is counted again: every answer of a bank of thousands comes here
        true_count = sum(each.get(text, False) for each in found)
        others = {frozenset(each) for each in found if text in each}
        if len(others) * 2 > count and true_count * 100 >= count * limits()["nearly-all"]:
            for one, each in zip(chosen, found, strict=True):
                if text in each:
                    yield one.place, f"«{text[:40]}» is right in most questions: the label of a key?"
