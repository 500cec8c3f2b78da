"""Days of the week in words: «Friday», «пт», «жұмасы»."""

from __future__ import annotations

import re
from functools import cache

from babel.dates import get_day_names

from coursepack import languages

_TOKEN = re.compile(r"[^\W\d_]+")
_ENDING = 5
"""Letters by which a form of a name is longer than the name without its last letter, at most."""
_CUT = 3
"""Letters of a name that is cut short and stands in no list, at least."""
_WEEK = 7


def weekday(text: str) -> int | None:
    """The day of the week, Monday 0, that the first word names which is such a name in any form, or cut short."""
    return next((day for token in _TOKEN.findall(text.casefold()) if (day := _day(token)) is not None), None)


@cache
def _day(token: str) -> int | None:
    if token in _short():
        return _short()[token]
    found = ((len(name), day) for name, day in _names() if _is_form(token, name))
    return max(found, default=(0, None))[1]


def _is_form(token: str, name: str) -> bool:
    cut = len(token) >= _CUT and name.startswith(token)
    return cut or (token.startswith(name[:-1]) and len(token) < len(name) + _ENDING)


@cache
def _short() -> dict[str, int]:
    """Two letters that lists of the languages have."""
    stems = (data.get("dates", {}).get("weekdays", ()) for data in languages.every("labels"))
    return {stem: at % _WEEK for days in stems for at, stem in enumerate(days) if len(stem) < _CUT}


@cache
def _names() -> tuple[tuple[str, int], ...]:
    tags = languages.locales()
    return tuple((name.casefold(), day) for tag in tags for day, name in get_day_names("wide", locale=tag).items())
