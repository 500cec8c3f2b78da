"""What course.toml says of the places of a ticket: which questions each is drawn from."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec

_RANGES = r"^\s*\d{1,4}(\s*-\s*\d{1,4})?(\s*,\s*\d{1,4}(\s*-\s*\d{1,4})?)*\s*$"
_PART = r"^[1-9]\d?/[1-9]\d?$"


class Draw(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many questions (``count``) of every ticket are those that all of this holds for: ``part`` of the list («2/3»,
    the second third), ``numbers`` of the list («1-40, 57»), ``level`` of difficulty, ``outcome`` (its place in
    ``about.outcomes``; where it is taught says ``about.outcome_map``), ``weeks`` («1-7»). ``title`` stands above them
    («Practical task»). A question belongs to the first place that takes it."""

    count: Annotated[int, msgspec.Meta(ge=1, le=20)] = 1
    part: Annotated[str, msgspec.Meta(pattern=_PART)] | None = None
    numbers: Annotated[str, msgspec.Meta(pattern=_RANGES)] | None = None
    level: Annotated[int, msgspec.Meta(ge=1, le=99)] | None = None
    outcome: Annotated[int, msgspec.Meta(ge=1)] | None = None
    weeks: Annotated[str, msgspec.Meta(pattern=_RANGES)] | None = None
    title: Annotated[str, msgspec.Meta(min_length=1)] | None = None


def within(ranges: str, number: int) -> bool:
    """Whether «1-40, 57» names the number."""
    for first, last in re.findall(r"(\d+)(?:\s*-\s*(\d+))?", ranges):
        if int(first) <= number <= int(last or first):
            return True
    return False
