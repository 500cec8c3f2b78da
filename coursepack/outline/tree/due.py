"""When a piece of work is due, as documents print it: «Due September 25.», «(due 14 March)», «Deadline: week 4»,
«(сдать на 5-й неделе)», «5-аптада тапсыру»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from coursepack import languages
from coursepack.outline.markers import fold, ordinals
from coursepack.outline.tree import dates
from coursepack.outline.tree.words import alternatives, phrases

_LONGEST = 60
"""Characters of a day with its hour and place."""
_MOST_WORDS = 9
_REACH = 100
"""The characters at an end of a text within which a due date is searched."""
_BEFORE_DAY, _HAND_IN = phrases("work", "before-day"), phrases("work", "hand-in")
_CLOCK = r"\d{1,2}(?::[0-5]\d(?:\s?[ap]\.?m\.?)?|(?:\.[0-5]\d)?\s?[ap]\.?m\.?)"  # «12.10» is a day
_BEFORE_DAY_WORDS = re.compile(rf"(?:(?:{alternatives(_BEFORE_DAY)}|{_CLOCK}),?[\s-]+){{1,5}}")
"""Words, or an hour, before a day: «by noon on», «no later than 17:00,»."""
_UNTIL = re.compile(rf"(?:{alternatives(phrases('work', 'until'))})\s+(?=\S)")
_EDGES = re.compile(rf"(?:[^\W\d_]{{1,3}}\s+){{0,2}}(?:{alternatives(phrases('work', 'edges'))})[\s.]*")
"""An edge of the term, or a class, in place of a day: «the last day of term», «к последнему занятию»."""
_TOKEN = re.compile(r"[^\W\d_]+")
_TOKEN_START = re.compile(r"(?<![\w:.])\w")
_HOUR = re.compile(r"\d[:.]\d\d")
_LABEL = rf"(?:{alternatives([*phrases('work', 'due'), *_HAND_IN])})(?:\s*[:–—-])?\s+"
_LABELS = re.compile(_LABEL)
_VALUE = rf"(?P<value>[^;()\[\]\n]{{3,{_LONGEST}}})"
_WHOLE = re.compile(rf"\W{{0,4}}(?P<label>{_LABEL}){_VALUE}[\s.]*")
_FIRST = re.compile(rf"\W{{0,4}}(?P<label>{_LABEL})(?P<value>[^;()\[\]\n]{{3,{_LONGEST}}}?)[.;]\s+(?=\S)")
_LAST = re.compile(rf"(?<=[.!?;,)])\s+(?P<label>{_LABEL}){_VALUE}[.!]?\W{{0,2}}$")
_BRACKETS = re.compile(rf"\s*[(\[](?P<label>{_LABEL})?{_VALUE}[)\]]\W{{0,2}}$")
# A day before the verb of handing in.
_DAY_THEN_VERB = re.compile(rf"\W{{0,4}}(?P<label>)(?P<value>[^.;()\[\]\n]{{3,{_LONGEST}}})[\s.]*")
_DAY_THEN_VERB_AT_END = re.compile(
    rf"(?<=[.!?;,)])\s+(?P<label>)(?P<value>[^.,;()\[\]\n]{{3,{_LONGEST}}})[.!]?\W{{0,2}}$"
)
_PARTS = re.compile(r"[(\[](?P<in>[^()\[\]]{3,60}[;,|][^()\[\]]{2,60})[)\]]\W{0,2}$")
_PART_SEPARATOR = re.compile(r"\s*[;,|]\s*")
"""Separates a due date from other values in brackets after a text: «(12 points; due week 5)»."""
_ALONE = re.compile(r"\s*[(\[](?P<in>[^()\[\]]+)[)\]][\s.,;]*")
_HANDING, _TOWARDS = re.compile(alternatives(_HAND_IN)), re.compile(alternatives(_BEFORE_DAY))
_BY_WHEN = re.compile(alternatives(phrases("work", "by-when")))
_BY_EDGE = re.compile(alternatives(phrases("work", "by-edge")))

# --- weeks


def _ordinals_in_words() -> str:
    """Ordinal numbers in words, folded, as a pattern: «fifth», not «five»."""
    every = (data.get("words", {}).get("ordinal", ()) for data in languages.every("outline"))
    return _any(fold(entry.partition("/")[0]).rstrip("*") for entries in every for entry in entries)


def _numbers_in_words() -> str:
    """Cardinal and ordinal numbers in words, folded, as a pattern."""
    return _any(ordinals())


def _any(stems: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, stems), key=len, reverse=True))


_STEM = languages.pattern("week-stem")
_WEEK = re.compile(
    rf"(?<![^\W\d_]){_STEM}[^\W\d_]*\.?\s*(?:[№#]\s*)?(?:\d{{1,2}}\s*[-–]\s*)?(?P<behind>\d{{1,2}})(?![\d%])"
    rf"|(?<![\d.,])(?P<before>\d{{1,2}})\s*(?:[-–]\s*)?(?:{languages.pattern('ordinal')}\s*[-–]?\s*)?"
    rf"(?!{languages.pattern('weeks')}){_STEM}[^\W\d_]*\.?"
    rf"|(?<![^\W\d_])(?P<words>{_ordinals_in_words()})[^\W\d_]*\s+(?!{languages.pattern('weeks')}){_STEM}[^\W\d_]*"
    rf"|(?<![^\W\d_]){_STEM}[^\W\d_]*\s+(?P<word>{_numbers_in_words()})(?![^\W\d_])"
)
_SPAN = re.compile(rf"\d{{1,2}}\s+{languages.pattern('weeks-bare')}")
"""A duration, unless the words before it show that it is a week of the course: «2 недели»."""
_DUE_WORDS = re.compile(alternatives([*_BEFORE_DAY, *_HAND_IN]))
_NEAR_WEEK_WORDS = [*_BEFORE_DAY, *phrases("work", "by-when"), *phrases("work", "by-edge")]
_NEAR_WEEK = rf"(?:{alternatives(_NEAR_WEEK_WORDS)}|(?<!\w)(?:{dates.WEEKDAYS})[^\W\d_]{{0,8}}(?![^\W\d_]))"
_TAIL = re.compile(
    rf"(?:^|(?P<sign>[,;:|]|\s[–—-])?\s+)(?P<value>(?:{_NEAR_WEEK}(?:\.?[\s,:–—-]+))*+(?:{_WEEK.pattern})"
    rf"(?:,?\s+{_NEAR_WEEK})*+)(?:\s+(?:{alternatives(_HAND_IN)}))?[\s.!]*$"
)
"""A week at the end of a text, with the function words, days and words for «by when» around it."""
_HANDED_BEFORE = re.compile(rf"(?:{alternatives(_HAND_IN)})$")
_CLAUSE = re.compile(r"[,;:.!?|()\[\]–—]")
_NUMBER_ALONE = re.compile(rf"\s*\d{{1,2}}\s*(?:[-–]\s*)?(?:{languages.pattern('ordinal')})?\s*")


@dataclass(frozen=True, slots=True)
class DueWeek:
    """A week of the course that a text names; ``alone``: apart from words such as «by» and «due» the text has nothing
    else."""

    number: int
    alone: bool


def week(text: str) -> DueWeek | None:
    """The week that a short text names: «к 5-й неделе», «week 5», «бесінші аптада тапсыру»."""
    folded = fold(text)
    found = _WEEK.search(folded)
    if found is None or _SPAN.fullmatch(folded.strip(" .,")):
        return None
    printed = found["behind"] or found["before"]
    number = int(printed) if printed else ordinals()[found["words"] or found["word"]]
    others = _DUE_WORDS.sub(" ", f"{folded[: found.start()]} {folded[found.end() :]}")
    return DueWeek(number, not re.search(r"\w", others))


def named(value: str) -> DueWeek | None:
    """The week in a due date: alone, or with a day of that week or an hour."""
    found = week(value)
    return found if found is not None and _is_bare(value) else None


# --- days


@dataclass(frozen=True, slots=True)
class Due:
    """When work is due, as printed, and its range of characters in the text."""

    value: str
    start: int
    end: int


def whole(text: str) -> Due | None:
    """A line that says when work is due and nothing else."""
    if len(text) >= _REACH:
        return None
    within = inner(text)
    if within is not None:
        due = whole(within)
        return replace(due, start=0, end=len(text)) if due is not None else None
    folded = fold(text)
    return _due_of_match(text, _WHOLE.fullmatch(folded)) or _week_due_of_match(text, _DAY_THEN_VERB.fullmatch(folded))


def inner(text: str) -> str | None:
    """The content of brackets that are a whole line: «(5-аптада тапсыру)»."""
    found = _ALONE.fullmatch(text)
    return found["in"].strip() if found is not None else None


def inside(text: str) -> Due | None:
    """A due date in a sentence at the beginning or the end of a text, or in brackets after it."""
    return next(_inside(text), None)


def _inside(text: str) -> Iterator[Due]:
    folded, tail = fold(text), max(len(text) - _REACH, 0)
    for found in (_FIRST.match(folded[:_REACH]), _LAST.search(folded, tail), _BRACKETS.search(folded, tail)):
        if (due := _due_of_match(text, found)) is not None:
            yield due
    if (due := _week_due_of_match(text, _DAY_THEN_VERB_AT_END.search(folded, tail))) is not None:
        yield due


def behind(text: str) -> Due | None:
    """What ``inside`` finds, or a week at the end of a text with words for «by when»: «… до конца 5-й недели», «… due
    Fri wk 5»."""
    found = inside(text)
    if found is not None:
        return found
    tail = _tail(text)
    if tail is None:
        return None
    if _says_when(tail["value"]):
        return _due_of(text, tail)
    # The verb of handing in belongs to the sentence, so the week stays in it.
    handed = _HANDING.search(fold(text[tail.end("value") :])) or _HANDED_BEFORE.search(fold(text[: tail.start()]))
    return Due(text[tail.start("value") : tail.end("value")].strip(" ,."), len(text), len(text)) if handed else None


_BEFORE_TITLE = re.compile(r"\W{0,3}(?P<value>\w[^–—:\t;]{3,40}?)(?:\s+[-–—]\s+|\s*[:\t]\s*|\.\s+)(?=\S)")


def before(text: str) -> Due | None:
    """A day separated by a sign from the work after it: «24 September – mistakes in tables», «12 қазан. Қорғау»."""
    found = _BEFORE_TITLE.match(text)
    if found is None:
        return None
    small = _BEFORE_DAY_WORDS.match(fold(found["value"]))
    day = fold(found["value"])[small.end() if small else 0 :]
    return Due(found["value"].strip(), 0, found.end()) if dates.day(day) is not None else None


def behind_title(text: str) -> Due | None:
    """What ``behind`` finds, or a week separated by a sign from a title: «Эссе, 5-я неделя», «Essay — week 5»."""
    found = behind(text)
    if found is not None:
        return found
    tail = _tail(text)
    return _due_of(text, tail) if tail is not None and _is_set_off(text, tail) else None


def _tail(text: str) -> re.Match[str] | None:
    """A week at the end of a text, with a day or an hour at most."""
    found = _TAIL.search(fold(text), max(len(text) - _REACH, 0))
    if found is None or not text[: found.start()].strip() or _SPAN.fullmatch(found["value"]):
        return None
    return found if _is_bare(_LABELS.sub("", found["value"], count=1)) else None


def _due_of(text: str, tail: re.Match[str]) -> Due:
    label = _LABELS.match(tail["value"])
    start = tail.start("value") + (label.end() if label is not None else 0)
    return Due(text[start : tail.end("value")].strip(" ,."), tail.start(), tail.end())


def _says_when(value: str) -> bool:
    """Whether the words around a week mean «by when»: «не позднее», «by the end of»; not «к 5-й неделе», which may be
    the week of anything."""
    if _BY_WHEN.search(value) is not None or _names_day(value):
        return True
    rest = _BY_EDGE.sub(" ", value, count=1)
    return rest != value and _DUE_WORDS.search(rest) is not None


def _is_set_off(text: str, found: re.Match[str]) -> bool:
    """Whether a sign separates a week from a title, and not from another number: «5-я, 6-я неделя»."""
    if not found["sign"]:
        return False
    return _NUMBER_ALONE.fullmatch(fold(_CLAUSE.split(text[: found.start()])[-1])) is None


def without(text: str) -> str:
    """A text without the sentence or the brackets that give the due date."""
    found = inside(text)
    return text if found is None else f"{text[: found.start]} {text[found.end :]}".strip(" ,;.")


def says(text: str) -> bool:
    """Whether a text gives a due date with a label or a verb of handing in."""
    found = whole(text) or inside(text)
    if found is None:
        brackets = _PARTS.search(text, max(len(text) - _REACH, 0))
        return brackets is not None and any(whole(part) is not None for part in _PART_SEPARATOR.split(brackets["in"]))
    folded = fold(text[found.start : found.end])
    return _LABELS.search(folded) is not None or _HANDING.search(folded) is not None


def says_week(text: str) -> bool:
    """Whether a title ends with the week in which work is due, with at most a day of that week."""
    found = behind_title(text)
    return found is not None and named(found.value) is not None


_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def within(text: str) -> str | None:
    """The day that a sentence of a text names with a word for handing in: «Submit it on paper by noon on 5 May.»"""
    for sentence in _SENTENCE.split(text):
        folded = fold(sentence)
        handed = _LABELS.search(folded) or _HANDING.search(folded)
        if handed is None:
            continue
        last = sentence[handed.end() :].strip(" .,;!:")
        if len(last) <= _LONGEST and is_day(last):
            return bare(last)
        for token in _TOKEN_START.finditer(folded, handed.end()):
            value = sentence[token.start() :].strip(" .,;!")
            small = _BEFORE_DAY_WORDS.match(folded, token.start())
            if small is not None and len(value) <= _LONGEST and is_day(value):
                return bare(value)
        if (day := _day_before(sentence, folded, handed.start())) is not None:
            return day
    return None


_UP_TO = re.compile(rf"[\s,]*(?:(?:{alternatives(_BEFORE_DAY)})\s+){{1,3}}")
"""The words between a day and the verb of handing in: «20 қарашаға дейін тапсырыңыз»."""


def _day_before(sentence: str, folded: str, end: int) -> str | None:
    """The day right before a word for handing in, with the words between them."""
    for token in _TOKEN_START.finditer(folded, max(end - _LONGEST, 0), end):
        day = dates.day(folded[token.start() : end])
        if day is not None and _UP_TO.fullmatch(folded, token.start() + day.end, end):
            return sentence[token.start() : end].strip()
    return None


def bare(day: str) -> str:
    """A day without the word for «by» before it."""
    found = _UNTIL.match(fold(day))
    return day[found.end() :] if found else day


def is_day(text: str) -> bool:
    """Whether a short text is a day, with an hour or a place behind it: «Friday 6 February», «end of October»."""
    folded = fold(text)
    small = _BEFORE_DAY_WORDS.match(folded)
    rest = folded[small.end() :] if small else folded
    if not rest or len(text) > _LONGEST or len(text.split()) > _MOST_WORDS:
        return False
    if (
        dates.day(rest) is not None
        or _EDGES.fullmatch(folded)
        or (_WEEK.match(rest) and not _SPAN.fullmatch(folded.strip(" .,")))
    ):
        return True
    first, *more = _TOKEN.findall(rest) or [""]
    if (dates.is_name("weekday", first) and len(first) > 2) or (dates.is_short_day(first) and week(rest) is not None):
        return (
            bool(small)
            or not more
            or dates.day(rest[len(first) :].lstrip(" ,.")) is not None
            or any(map(str.isdigit, rest))
        )
    return bool(small) and len(first) > 2 and dates.is_name("month", first)


def _due_of_match(text: str, found: re.Match[str] | None) -> Due | None:
    """The due date of a match; None if its value is no day, or is a week without a label and with other words."""
    if found is None:
        return None
    value = text[found.start("value") : found.end("value")].strip(" ,.")
    if not is_day(value) or not (found["label"] or _is_bare(value)):
        return None
    return Due(value, found.start(), found.end())


def _is_bare(value: str) -> bool:
    named_week = week(value)
    return named_week is None or named_week.alone or bool(_HOUR.search(value)) or _names_day(value)


def _names_day(value: str) -> bool:
    return any(map(_is_weekday, _TOKEN.findall(fold(value))))


def _is_weekday(word: str) -> bool:
    """Whether a word next to a week is a day of it: «friday», «пт»."""
    return (len(word) > 2 and dates.is_name("weekday", word)) or dates.is_short_day(word)


def _week_due_of_match(text: str, found: re.Match[str] | None) -> Due | None:
    """The due date of a match that is a week alone with a verb of handing in or words for «by when»: «До конца 5-й
    недели»."""
    value = text[found.start("value") : found.end("value")].strip(" ,.") if found is not None else ""
    if found is None or not (_HANDING.search(found["value"]) or _TOWARDS.search(found["value"]) or _names_day(value)):
        return None
    return Due(value, found.start(), found.end()) if _is_week_alone(value) else None


def _is_week_alone(value: str) -> bool:
    """Whether a text names a week, a day of it and words around a day, and nothing else."""
    named_week = week(value)
    if named_week is None or named_week.alone:
        return named_week is not None
    rest = _DUE_WORDS.sub(" ", _WEEK.sub(" ", fold(value), count=1))
    return all(map(_is_weekday, _TOKEN.findall(rest))) and not any(map(str.isdigit, rest))
