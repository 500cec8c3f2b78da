"""When a class is held, behind its number and instead of a title: «Lecture 2 (weeks 3-4)»."""

from __future__ import annotations

import re
from typing import NamedTuple

from coursepack import languages
from coursepack.outline.markers import fold
from coursepack.outline.tree import dates

_N = r"\d{1,2}"
_SPAN = rf"(?P<first>{_N})(?:\s*[-–,]\s*{_N})*"
_WEEK = rf"{languages.pattern('week-stem')}[^\W\d_]*\.?"
_WEEKS = re.compile(
    rf"{_SPAN}\s*(?:[-–]\s*)?(?:(?:{languages.pattern('ordinal')})\s*[-–]?\s*)?{_WEEK}"
    rf"|{_WEEK}\s*(?:№\s*)?{_SPAN.replace('first', 'behind')}"
)
_AROUND = " ()[].,:;–—-\t"


class ClassDate(NamedTuple):
    """When a class is held: its first week where one is named."""

    week: int | None


def class_date(text: str) -> ClassDate | None:
    """When a class is held, where a short text says that and nothing else."""
    bare = text.strip(_AROUND)
    if not bare or len(bare) > _LONGEST:
        return None
    found = _WEEKS.fullmatch(fold(bare))
    if found is not None:
        return ClassDate(int(found["first"] or found["behind"]))
    return ClassDate(None) if text.strip()[0] in "([" and dates.is_day_alone(bare) else None


_LONGEST = 40
