"""Lines that begin with a day, one after the other: the meetings of a course that no word and no number counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import babel

from coursepack import languages, prepared
from coursepack.outline.markers import fold
from coursepack.outline.tree.ordinals import HeadingNumber


def _listed(name: str) -> list[list[str]]:
    """Beginnings of names of days or months, a list a language."""
    every = (data.get("dates", {}) for data in languages.every("labels"))
    return [[fold(stem) for stem in stems_by_name[name]] for stems_by_name in every if name in stems_by_name]


def _any(name: str) -> str:
    stems = sorted({stem for names in _listed(name) for stem in names}, key=lambda stem: (-len(stem), stem))
    return "|".join(map(re.escape, stems))


_MONTHS = [{names[at] for names in _listed("months")} for at in range(12)]
WEEKDAYS = _any("weekdays")
"""A pattern of the beginnings of the days' names."""
_WEEKDAY = rf"(?:{WEEKDAYS})[^\W\d_]{{0,8}}\.?"
_MONTH = rf"(?:{_any('months')})[^\W\d_]{{0,6}}\.?"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_SPAN = rf"(?:(?:\s*[–&/-]\s*|\s+(?:{_any('and')})\s+){_NUMBER}(?!\d))?"
"""The last day of several, or the other of two: «3–5 May», «3 and 5 May», «3 / 5 May»."""
_DAY = re.compile(
    rf"(?:(?:{_any('before')})\s+)?(?:{_WEEKDAY},?\s+)?(?:"
    rf"(?P<d>{_NUMBER}){_SPAN}(?:\s+|-(?=[^\W\d_]))(?P<m>{_MONTH})(?:(?:,?\s*|-)(?P<y>(?:19|20)\d\d)|-\d\d)?"
    rf"|(?P<m2>{_MONTH})(?:\s+|-(?=\d))(?P<d2>{_NUMBER})(?:\s*[–-]\s*{_MONTH}\s+{_NUMBER}|{_SPAN})(?:,?\s*(?P<y2>(?:19|20)\d\d))?"
    r"|(?P<d3>\d{1,2})(?:/(?P<m3>\d{1,2})(?:/\d{2,4})?|\.(?P<m5>\d\d)\.\d{2,4}|(?<=\d\d)\.(?P<m6>[01]\d))"
    r"(?:\s*[–-]\s*\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?)?"
    rf"|(?P<y7>(?:19|20)\d\d)\s*(?:{_any('year')})\s+(?P<d7>{_NUMBER}){_SPAN}\s+(?P<m7>{_MONTH})"
    r"|(?P<y4>(?:19|20)\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)"
    rf")(?![\w%])(?:\s*\(?{_WEEKDAY}(?!\w)\)?)?\s*[.:,)|–—-]*\s*",
    re.IGNORECASE,
)
_WHOLE_WEEKDAY = re.compile(_WEEKDAY, re.IGNORECASE)
_SHORT_DAYS = {name for days in _listed("weekdays") for name in days}
_LETTERS = {characters for names in _listed("weekday-letters") for characters in names}
_TOKENS = re.compile(r"[^\W\d_]+")
_LONGEST = 60
_LEAST = 3
_SHORTEST = 3
"""Letters of a name that is cut short."""
_ENDING = 4
_HALF_YEAR = 6
_WEEK = 7
FORM = "date"
"""The form of a series of meetings that their days count."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day at the beginning of a line, its two numbers in the order of the year where names or a sign tell it;
    ``end``: where the text behind it begins; ``year`` where it is printed."""

    end: int
    month: int
    day: int
    year: int | None


def day(text: str) -> Day | None:
    """The day that a line begins with."""
    found = _DAY.match(fold(text[:_LONGEST]))
    if found is None:
        return None
    groups = {name[0]: value for name, value in found.groupdict().items() if value}
    if not groups["m"].isdigit() and not is_name("month", groups["m"]):
        return None
    number = int(re.findall(r"\d+", groups["d"])[0])
    return Day(found.end(), _month(groups["m"]), number, int(groups["y"]) if "y" in groups else None)


_BESIDE = re.compile(r"\s*(?:[,|–—-]\s*)?[(\[]?\s*(?:[^\W\d_]{3,8}:\s*)?(?=\w)")
_CLOSED = re.compile(r"\s*[)\]]?\s*[.:|–—-]*\s*")


def past_day(text: str, end: int) -> int | None:
    """Where the text behind a day begins that stands beside a number: «Lecture 3 (4 May). …», «…, date: 4 May»."""
    beside = _BESIDE.match(text, end)
    found = day(text[beside.end() :]) if beside is not None else None
    closed = _CLOSED.match(text, beside.end() + found.end) if beside is not None and found is not None else None
    return closed.end() if closed is not None else None


def is_day_alone(text: str) -> bool:
    """Whether a line is a day and nothing else."""
    found = day(text)
    return found is not None and found.end >= len(text)


_BETWEEN = re.compile(r"\s*[–—-]\s*")


def is_days_alone(text: str) -> bool:
    """Whether a line is a day, or two with a dash between them, and nothing else: «August 27 – September 2»."""
    text = text.strip()
    return is_day_alone(text) or all(map(is_day_alone, _BETWEEN.split(text, maxsplit=1)))


def are_weekdays(text: str) -> bool:
    """Whether a text names nothing but days of the week: «Mon», «M/W/F», «дс»."""
    tokens = _TOKENS.findall(fold(text)) if len(text) <= _LONGEST else []
    return bool(tokens) and not any(letter.isdigit() for letter in text) and all(map(_names_weekday, tokens))


def weekday(text: str) -> int | None:
    """Which day of the week, from 0, a line begins with: «Monday: Granite country»."""
    found = _WHOLE_WEEKDAY.match(fold(text[:_LONGEST]))
    name = found[0].rstrip(".") if found is not None else ""
    if not name or found is None or not is_name("weekday", name) or text[found.end() : found.end() + 1].isalpha():
        return None
    stems = (
        (len(stem), at % _WEEK) for days in _listed("weekdays") for at, stem in enumerate(days) if name.startswith(stem)
    )
    return max(stems)[1]


def _names_weekday(token: str) -> bool:
    return token in _LETTERS or (bool(_WHOLE_WEEKDAY.fullmatch(token)) and is_name("weekday", token))


def is_short_day(word: str) -> bool:
    """Whether a folded word is a day's name cut short to two letters: «пт», «жм»."""
    return len(word) < _SHORTEST and word in _SHORT_DAYS


@cache
def is_name(kind: Literal["month", "weekday"], word: str) -> bool:
    """Whether a folded word is the name of a month or of a day, in any form or cut short: «sept.», not «decision»."""
    word = word.rstrip(".")
    if len(word) < _SHORTEST:
        return word in _LETTERS or any(name.startswith(word) for name in _full_names(kind))
    return any(name.startswith(word) or _inflects(name, word) for name in _full_names(kind))


def _inflects(name: str, word: str) -> bool:
    """Whether a word is a name with another ending: «қыркүйекке», «среду», «Mondays»."""
    stem = name[:-1] if len(name) > _SHORTEST + 1 else name
    return word.startswith(stem) and (len(name) > _SHORTEST or word == name) and len(word) - len(name) <= _ENDING


@cache
def _full_names(kind: Literal["month", "weekday"]) -> frozenset[str]:
    """The names of months or days in all languages and forms, folded."""
    key = "\n".join((kind, babel.__version__, *languages.locales()))
    return frozenset(map(fold, prepared.recall("names", key, lambda: _names(kind))))


def _names(kind: Literal["month", "weekday"]) -> list[str]:
    """As Babel has them: it reads half a megabyte a language for them."""
    from babel.dates import get_day_names, get_month_names

    names = get_month_names if kind == "month" else get_day_names
    return sorted(
        {
            name
            for tag in languages.locales()
            for context in ("format", "stand-alone")
            for name in names("wide", context, locale=tag).values()
        }
    )


def _month(printed: str) -> int:
    """The number of a month by its number or its name."""
    if printed.isdigit():
        return int(printed)
    return max((len(stem), at) for at, stems in enumerate(_MONTHS, 1) for stem in stems if printed.startswith(stem))[1]


def runs(lines: Sequence[tuple[int, str]]) -> Iterator[dict[int, HeadingNumber]]:
    """Lines, each a place and a text, that begin with days one after the other, ``_LEAST`` or more: the count of each
    by its place. Days of years far apart are a chronicle."""
    run: list[tuple[int, Day]] = []
    for at, found in [*((at, day(text)) for at, text in lines), (-1, None)]:
        if found is not None and (not run or goes_on(run[-1][1], found)):
            run.append((at, found))
        elif found is not None or at < 0:
            if len(run) >= _LEAST:
                yield {
                    place: HeadingNumber(FORM, "", nth, one.end, kind="meeting")
                    for nth, (place, one) in enumerate(run, 1)
                }
            run = [] if found is None else [(at, found)]


def goes_on(before: Day, found: Day) -> bool:
    """Whether a day follows another within a year: in the order of day and month, of month and day, or into January."""
    if before.year and found.year:
        return (before.year, before.month, before.day) < (found.year, found.month, found.day) < (
            before.year + 1, before.month, before.day,
        )  # fmt: skip
    a, b = (before.month, before.day), (found.month, found.day)
    return a < b or a[::-1] < b[::-1] or before.month - found.month > _HALF_YEAR
