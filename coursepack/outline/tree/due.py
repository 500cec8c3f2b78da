"""When a piece of work is due, as documents print it: «Due September 25.», «(due 14 March)», «Deadline: week 4»."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coursepack import languages
from coursepack.outline.marks import fold
from coursepack.outline.tree import dates
from coursepack.outline.tree.words import alternatives, phrases

_LONGEST = 60
"""Characters of a day with its hour and place."""
_MOST_WORDS = 9
_REACH = 100
"""Characters at an end of a text in which it says when it is due."""
_SMALL = re.compile(rf"(?:(?:{alternatives(phrases('work', 'before-day'))})[\s-]+){{1,4}}", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+")
_WEEK = languages.expression(
    r"@week-stem@[^\W\d_]*\s*(?:№\s*)?\d{1,2}(?!\d)|\d{1,2}[-–\s]*(?:@ordinal-plain@\s*)?@week-stem@", re.IGNORECASE
)
_LABEL = rf"(?:{alternatives(phrases('work', 'due'))})(?:\s*[:–—-])?\s+"
_LABELS = re.compile(_LABEL, re.IGNORECASE)
_VALUE = rf"(?P<value>[^;()\[\]\n]{{3,{_LONGEST}}})"
_WHOLE = re.compile(rf"\W{{0,4}}{_LABEL}{_VALUE}[\s.]*", re.IGNORECASE)
_FIRST = re.compile(rf"\W{{0,4}}{_LABEL}(?P<value>[^;()\[\]\n]{{3,{_LONGEST}}}?)[.;]\s+(?=\S)", re.IGNORECASE)
_LAST = re.compile(rf"(?<=[.!?;,)])\s+{_LABEL}{_VALUE}[.!]?\W{{0,2}}$", re.IGNORECASE)
_BRACKETS = re.compile(rf"\s*[(\[](?:{_LABEL})?{_VALUE}[)\]]\W{{0,2}}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Due:
    """When work is due, as printed, and where in the text that is said."""

    value: str
    start: int
    end: int


def whole(text: str) -> Due | None:
    """A line that says when work is due and nothing else."""
    return _made(_WHOLE.fullmatch(text)) if len(text) < _REACH else None


def inside(text: str) -> Due | None:
    """A sentence at the beginning or the end of a text, or brackets behind it, that say when work is due."""
    tail = max(len(text) - _REACH, 0)
    found = (_FIRST.match(text[:_REACH]), _LAST.search(text, tail), _BRACKETS.search(text, tail))
    return next((due for one in found if (due := _made(one)) is not None), None)


def without(text: str) -> str:
    """A text without the sentence or the brackets that say when work is due."""
    found = inside(text)
    return text if found is None else f"{text[: found.start]} {text[found.end :]}".strip(" ,;.")


def says(text: str) -> bool:
    """Whether a text says by a label when work is due."""
    found = whole(text) or inside(text)
    return found is not None and _LABELS.search(text[found.start : found.end]) is not None


def is_day(text: str) -> bool:
    """Whether a short text is a day, with an hour or a place behind it: «Friday 6 February», «end of October»."""
    small = _SMALL.match(text)
    rest = text[small.end() :] if small else text
    if not rest or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    if _WEEK.match(rest) or dates.day(rest) is not None:
        return True
    first, *more = _TOKEN.findall(fold(rest)) or [""]
    if dates.is_name("weekday", first) and len(first) > 2:
        return (
            bool(small)
            or not more
            or dates.day(rest[len(first) :].lstrip(" ,.")) is not None
            or any(map(str.isdigit, rest))
        )
    return bool(small) and len(first) > 2 and dates.is_name("month", first)


def _made(found: re.Match[str] | None) -> Due | None:
    if found is None:
        return None
    value = found["value"].strip(" ,.")
    return Due(value, found.start(), found.end()) if is_day(value) else None
