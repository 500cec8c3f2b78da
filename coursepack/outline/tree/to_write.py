"""Lines with a blank on which a learner writes what is asked: «Why? ____», «Stress = ____», «Thinking: ____»."""

from __future__ import annotations

import re

from coursepack.outline.markers import Markers
from coursepack.outline.tree.named import persons
from coursepack.outline.tree.words import words

_TO_WRITE = re.compile(r"(?P<asks>[^\W_][^_]{0,120}?)\s*(?P<sign>[?=:])\s*_{3,}[\s.]*")
_LONGEST = 8
"""Words before the blank; more are a sentence."""
_OF_PEOPLE = ("to-fill", "reviewer", "chair", "post", "university", "faculty", "department", "ministry")
"""Kinds of words of a title page that say who writes there, or of which institution."""


def asks_learner(text: str, marks: Markers) -> bool:
    """Whether the only blank of a line follows what a learner is asked; what people write of themselves («Name: ____»)
    and sign asks nobody, nor does a label of a course's data."""
    found = _TO_WRITE.fullmatch(text.strip())
    if found is None or len(found["asks"].split()) > _LONGEST:
        return False
    asks = found["asks"]
    if marks.is_approval(asks) or persons(asks) or any(words().front(kind, asks) for kind in _OF_PEOPLE):
        return False
    return found["sign"] != ":" or marks.about_label(asks) is None
