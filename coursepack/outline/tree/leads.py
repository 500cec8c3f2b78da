"""Lines that a list completes: «At the end of the course the student shall be able to», «You will go home with:»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from coursepack.outline.markers import fold
from coursepack.outline.tree.words import words

if TYPE_CHECKING:
    from coursepack.outline.tree.signals import Segment

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_AFTER = " \t:–—-…."
_LONGEST = 220
_KEPT = 16_384
"""Lines of which what leads in them is kept."""
_TEXTS = frozenset({"outcomes", "objectives"})
"""Fields that a label on the line may name instead: «Course objectives: this course will enable students to»."""


def leads(found: Sequence[Segment], at: int) -> str | None:
    """The field of a course whose list a line leads in: its last words say so, and items follow."""
    one = found[at]
    if not one.is_text or one.mark is not None or len(one.text) > _LONGEST or one.text[-1:] in ".?!;":
        return None
    field = words().leads(_TOKEN.findall(fold(one.text.rstrip(_AFTER))))
    if field is None or not _is_item(found, at + 1):
        return None
    label, colon, rest = one.text.partition(":")
    named = words().labels(label) if colon and rest.strip(_AFTER) else {}
    return max((name for name in named if name in _TEXTS), key=lambda name: named[name], default=field)


_LONGEST_LEAD = 16
_NEXT = re.compile(r"[.!?]\s+\S")
_LONGEST_TOLD = 320


@lru_cache(_KEPT)
def sentence(text: str) -> tuple[str, int] | None:
    """The field that a sentence about a class gives after words that a list could complete, and where that begins: «By
    the end of this session you can | name three museums»."""
    if len(text) > _LONGEST_TOLD:
        return None
    tokens: list[str] = []
    for found in _TOKEN.finditer(text):
        tokens.append(fold(found[0]))
        field = words().leads(tokens) if len(tokens) > 1 else None
        if field is not None:
            named = words().kind(text[: found.end()]) is not None
            rest = len(text) - len(text[found.end() :].lstrip(_AFTER))
            return (field, rest) if named and rest < len(text) and not _NEXT.search(text, rest) else None
        if len(tokens) > _LONGEST_LEAD or text[found.end() : found.end() + 1] in ".?!":
            return None
    return None


def goes_on(first: Segment, before: Segment, one: Segment) -> bool:
    """Whether a line is one more item of the list that a lead begins: counted or marked as the first, or in the middle
    of the sentence."""
    if not one.is_text:
        return False
    if first.mark is not None:
        return one.mark is not None
    counted = {found.form for found in first.counted if found.words}
    if counted:
        return any(found.form in counted for found in one.counted)
    return one.text[:1].islower() or (before.text.endswith((";", ",")) and before.mark is None)


def _is_item(found: Sequence[Segment], at: int) -> bool:
    """Whether a list begins there: a mark, a count, or the middle of a sentence."""
    one = found[at] if at < len(found) else None
    if one is None or not one.is_text or not one.text or one.option:
        return False
    return one.mark is not None or bool(one.counted) or one.text[:1].islower() or one.text.endswith(";")
