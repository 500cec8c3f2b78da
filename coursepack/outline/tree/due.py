"""When a piece of work is due, as documents print it: «Due September 25.», «(due 14 March)», «Deadline: week 4»,
«(сдать на 5-й неделе)», «5-аптада тапсыру»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coursepack import languages
from coursepack.outline.marks import fold, ordinals
from coursepack.outline.tree import dates
from coursepack.outline.tree.words import alternatives, phrases

_LONGEST = 60
"""Characters of a day with its hour and place."""
_MOST_WORDS = 9
_REACH = 100
"""Characters at an end of a text in which it says when it is due."""
_BEFORE_DAY, _HAND_IN = phrases("work", "before-day"), phrases("work", "hand-in")
_SMALL = re.compile(rf"(?:(?:{alternatives(_BEFORE_DAY)})[\s-]+){{1,4}}")
_UNTIL = re.compile(rf"(?:{alternatives(phrases('work', 'until'))})\s+(?=\S)")
_TOKEN = re.compile(r"[^\W\d_]+")
_HOUR = re.compile(r"\d[:.]\d\d")
_LABEL = rf"(?:{alternatives([*phrases('work', 'due'), *_HAND_IN])})(?:\s*[:–—-])?\s+"
_LABELS = re.compile(_LABEL)
_VALUE = rf"(?P<value>[^;()\[\]\n]{{3,{_LONGEST}}})"
_WHOLE = re.compile(rf"\W{{0,4}}(?P<label>{_LABEL}){_VALUE}[\s.]*")
_FIRST = re.compile(rf"\W{{0,4}}(?P<label>{_LABEL})(?P<value>[^;()\[\]\n]{{3,{_LONGEST}}}?)[.;]\s+(?=\S)")
_LAST = re.compile(rf"(?<=[.!?;,)])\s+(?P<label>{_LABEL}){_VALUE}[.!]?\W{{0,2}}$")
_BRACKETS = re.compile(rf"\s*[(\[](?P<label>{_LABEL})?{_VALUE}[)\]]\W{{0,2}}$")
# A day before the word that says what is to be done by it.
_HANDED = re.compile(rf"\W{{0,4}}(?P<label>)(?P<value>[^.;()\[\]\n]{{3,{_LONGEST}}})[\s.]*")
_HANDED_LAST = re.compile(rf"(?<=[.!?;,)])\s+(?P<label>)(?P<value>[^.,;()\[\]\n]{{3,{_LONGEST}}})[.!]?\W{{0,2}}$")
_PARTS = re.compile(r"[(\[](?P<in>[^()\[\]]{3,60}[;,|][^()\[\]]{2,60})[)\]]\W{0,2}$")
_PARTED = re.compile(r"\s*[;,|]\s*")
"""What brackets behind a text say beside when it is due: «(12 points; due week 5)»."""
_HANDING, _TOWARDS = re.compile(alternatives(_HAND_IN)), re.compile(alternatives(_BEFORE_DAY))

# --- weeks


def _ordered() -> str:
    """Numbers in words before what they order, folded, as a pattern: «fifth», not «five»."""
    every = (languages.data(code, "outline.toml")["words"]["ordinal"] for code in languages.in_order())
    return _any(fold(entry.partition("/")[0]).rstrip("*") for entries in every for entry in entries)


def _counted() -> str:
    """Numbers in words, folded, as a pattern."""
    return _any(ordinals())


def _any(stems: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, stems), key=len, reverse=True))


_STEM = languages.pattern("week-stem")
_WEEK = re.compile(
    rf"(?<![^\W\d_]){_STEM}[^\W\d_]*\.?\s*(?:[№#]\s*)?(?:\d{{1,2}}\s*[-–]\s*)?(?P<behind>\d{{1,2}})(?![\d%])"
    rf"|(?<![\d.,])(?P<before>\d{{1,2}})\s*(?:[-–]\s*)?(?:{languages.pattern('ordinal')}\s*[-–]?\s*)?"
    rf"(?!{languages.pattern('weeks')}){_STEM}[^\W\d_]*\.?"
    rf"|(?<![^\W\d_])(?P<words>{_ordered()})[^\W\d_]*\s+(?!{languages.pattern('weeks')}){_STEM}[^\W\d_]*"
    rf"|(?<![^\W\d_]){_STEM}[^\W\d_]*\s+(?P<word>{_counted()})(?![^\W\d_])"
)
_SPAN = re.compile(rf"\d{{1,2}}\s+{languages.pattern('weeks-bare')}")
"""How long something takes, where nothing before it says that it is a week of the course: «2 недели»."""
_AROUND = re.compile(alternatives([*_BEFORE_DAY, *_HAND_IN]))


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the course that a text names; ``alone``: beside the words that stand around a day it names no more."""

    number: int
    alone: bool


def week(text: str) -> Week | None:
    """The week that a short text names: «к 5-й неделе», «week 5», «бесінші аптада тапсыру»."""
    folded = fold(text)
    found = _WEEK.search(folded)
    if found is None or _SPAN.fullmatch(folded.strip(" .,")):
        return None
    printed = found["behind"] or found["before"]
    number = int(printed) if printed else ordinals()[found["words"] or found["word"]]
    beside = _AROUND.sub(" ", f"{folded[: found.start()]} {folded[found.end() :]}")
    return Week(number, not re.search(r"\w", beside))


# --- days


@dataclass(frozen=True, slots=True)
class Due:
    """When work is due, as printed, and where in the text that is said."""

    value: str
    start: int
    end: int


def whole(text: str) -> Due | None:
    """A line that says when work is due and nothing else."""
    if len(text) >= _REACH:
        return None
    folded = fold(text)
    return _made(text, _WHOLE.fullmatch(folded)) or _handed(text, _HANDED.fullmatch(folded))


def inside(text: str) -> Due | None:
    """A sentence at the beginning or the end of a text, or brackets behind it, that say when work is due."""
    return next(_inside(text), None)


def _inside(text: str) -> Iterator[Due]:
    folded, tail = fold(text), max(len(text) - _REACH, 0)
    for found in (_FIRST.match(folded[:_REACH]), _LAST.search(folded, tail), _BRACKETS.search(folded, tail)):
        if (due := _made(text, found)) is not None:
            yield due
    if (due := _handed(text, _HANDED_LAST.search(folded, tail))) is not None:
        yield due


def without(text: str) -> str:
    """A text without the sentence or the brackets that say when work is due."""
    found = inside(text)
    return text if found is None else f"{text[: found.start]} {text[found.end :]}".strip(" ,;.")


def says(text: str) -> bool:
    """Whether a text says by a label, or by a word for handing in, when work is due."""
    found = whole(text) or inside(text)
    if found is None:
        beside = _PARTS.search(text, max(len(text) - _REACH, 0))
        return beside is not None and any(whole(part) is not None for part in _PARTED.split(beside["in"]))
    said = fold(text[found.start : found.end])
    return _LABELS.search(said) is not None or _HANDING.search(said) is not None


def says_week(text: str) -> bool:
    """Whether a text says at its end by which week work is due, and names no more beside the week."""
    found = inside(text)
    said = week(found.value) if found is not None else None
    return said is not None and said.alone


def bare(day: str) -> str:
    """A day without the word before it that says that work is due by then."""
    found = _UNTIL.match(fold(day))
    return day[found.end() :] if found else day


def is_day(text: str) -> bool:
    """Whether a short text is a day, with an hour or a place behind it: «Friday 6 February», «end of October»."""
    folded = fold(text)
    small = _SMALL.match(folded)
    rest = folded[small.end() :] if small else folded
    if not rest or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    if dates.day(rest) is not None or (_WEEK.match(rest) and not _SPAN.fullmatch(folded.strip(" .,"))):
        return True
    first, *more = _TOKEN.findall(rest) or [""]
    if dates.is_name("weekday", first) and len(first) > 2:
        return (
            bool(small)
            or not more
            or dates.day(rest[len(first) :].lstrip(" ,.")) is not None
            or any(map(str.isdigit, rest))
        )
    return bool(small) and len(first) > 2 and dates.is_name("month", first)


def _made(text: str, found: re.Match[str] | None) -> Due | None:
    """What was found, where it is a day: a week that no label introduces stands alone or with a day or an hour."""
    if found is None:
        return None
    value = text[found.start("value") : found.end("value")].strip(" ,.")
    if not is_day(value) or not (found["label"] or _is_bare(value)):
        return None
    return Due(value, found.start(), found.end())


def _is_bare(value: str) -> bool:
    said = week(value)
    return said is None or said.alone or bool(_HOUR.search(value)) or _names_day(value)


def _names_day(value: str) -> bool:
    return any(len(word) > 2 and dates.is_name("weekday", word) for word in _TOKEN.findall(fold(value)))


def _handed(text: str, found: re.Match[str] | None) -> Due | None:
    """A week alone beside a word that says that work is handed in, or by when: «До конца 5-й недели»."""
    if found is None or not (_HANDING.search(found["value"]) or _TOWARDS.search(found["value"])):
        return None
    value = text[found.start("value") : found.end("value")].strip(" ,.")
    said = week(value)
    return Due(value, found.start(), found.end()) if said is not None and said.alone else None
