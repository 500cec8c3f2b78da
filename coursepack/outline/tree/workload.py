"""What sentences say of a course's load and of when it is studied: «Общая трудоёмкость – 4 зачётные единицы (144 часа):
лекции – 18 ч., …», «Пән төртінші курста, жетінші семестрде оқылады»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from coursepack import languages
from coursepack.outline.markers import fold, ordinals
from coursepack.outline.tree.values import of_form
from coursepack.outline.tree.words import alternatives, phrases, words

_LONGEST = 700
"""Characters of a paragraph that is looked at."""
_MOST_YEARS = 8
KINDS = frozenset({"lecture", "seminar", "practical", "laboratory", "independent", "supervised", "total"})
"""Of which kinds hours are counted."""
_AMOUNT = languages.expression(r"(?<![\d.,–-])(?P<n>\d{1,3})\s*(?:@hours@|@hours-short@(?!\w))\.?", re.IGNORECASE)
_ENDS = re.compile(r"[,;:()]|\.\s")
"""What parts the amounts of a sentence from one another."""


def of_sentence(text: str) -> dict[str, object]:
    """Fields of ``model.course.About`` → what a paragraph says of them: ``credits``, ``semester``, ``study_year``, and
    ``hours``, kind → number."""
    if len(text) > _LONGEST:
        return {}
    folded = fold(text)
    load, studied = _workload().search(folded), _studied().search(folded)
    if not (load or studied or _AMOUNT.search(text)):
        return {}
    found: dict[str, object] = {}
    given: dict[str, object] = {one.name: one.value for one in of_form(text) if one.name == "credits"}
    if hours := dict(_hours(text)):
        given["hours"] = hours
    if load or len(given) > 1:
        found |= given
    if studied and words().front("course", text):
        found |= _when(text, folded)
    return found


def of_value(text: str) -> dict[str, object]:
    """What the value of a label for the load says: «72 (3 кредит)», «48, в т. ч. теория 24, практика 16», «Барлығы 150:
    дәріс – 15, СӨЖ – 75», «80 академиялық сағат (онлайн 40, бетпе-бет 40)» — credits, and hours by kind. Empty where a
    part of it with a number is none of these; what brackets count in kinds that are none of hours stays out."""
    found: dict[str, object] = {}
    hours: dict[str, float] = {}
    outside = _BRACKETS.sub(lambda brackets: f"; {brackets[1]}" if _is_load(brackets[1]) else "", text)
    for part in filter(None, (one.strip(" .–—-") for one in _PARTED.split(outside))):
        if not any(map(str.isdigit, part)):
            continue
        credit = next((one.value for one in of_form(part) if one.name == "credits"), None)
        amount = _NAMED.fullmatch(part) or _NAMED_BEHIND.fullmatch(part)
        if credit is not None:
            found.setdefault("credits", credit)
            continue
        name = (amount["name"] or "").strip(" :–—-") if amount else ""
        kind = _kind(name) if name else "total"
        if amount is None or kind not in KINDS or (not name and hours):
            return {}
        hours.setdefault(kind, float(amount["n"].replace(",", ".")))
    return found | ({"hours": hours} if hours else {})


def counts_hours(text: str) -> bool:
    """Whether a value counts hours: «80 academic hours»."""
    return _COUNTED.search(text) is not None


def only_counts_hours(text: str) -> bool:
    """Whether a line gives amounts of hours and nothing else: «2 hours a week, 68 hours in all»."""
    return len(_COUNTED.findall(text)) > 1 or (counts_hours(text) and bool(of_value(text)))


_COUNTED = languages.expression(r"\d\s*(?:(?:@academic-hours@)\.?\s*)?(?:@hours@|@hours-short@(?!\w))", re.IGNORECASE)


def _kind(name: str) -> str | None:
    """The kind of hours that a name says in a value: of classes, of work, of all, or of theory, which are lectures."""
    theory = next((True for one in phrases("load", "theory") if fold(name).strip().startswith(fold(one))), False)
    return words().hours(name) or ("lecture" if theory else None)


def _is_load(text: str) -> bool:
    """Whether brackets behind an amount give credits, or hours of kinds."""
    parts = [one.strip() for one in _PARTED.split(text) if one.strip()]
    named = [_NAMED.fullmatch(one) or _NAMED_BEHIND.fullmatch(one) for one in parts]
    known = [one is not None and (not one["name"] or _kind(one["name"]) in KINDS) for one in named]
    return any(one.name == "credits" for one in of_form(text)) or (bool(known) and all(known))


_NO_AMOUNT = re.compile(r"\s*\([^()\d]*\)")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_PARTED = languages.expression(r"[;:,\n+]|(?<=\d)\.\s|(?<!\w)(?:@of-which@)(?!\w)", re.IGNORECASE)
_UNIT = r"\s*(?:(?:@academic-hours@)\.?\s*)?(?:(?:@hours@|@hours-short@(?!\w))\.?)?"
_NAMED = languages.expression(rf"(?P<name>[^\d:]*?)\s*[–—:-]?\s*(?P<n>\d{{1,3}}(?:\.\d)?){_UNIT}", re.IGNORECASE)
_NAMED_BEHIND = languages.expression(
    rf"(?P<n>\d{{1,3}}(?:\.\d)?){_UNIT}\s*[–—-]?\s*(?P<name>[^\d:]{{3,30}})", re.IGNORECASE
)


def _hours(text: str) -> Iterator[tuple[str, float]]:
    """The amounts of hours in a sentence by kind, each named before it or behind it; the first that nothing names is
    that of all."""
    text = _NO_AMOUNT.sub("", text)  # «lectures (read by A. Lee) – 15 hours»
    amounts = list(_AMOUNT.finditer(text))
    taken, named = 0, False
    for at, found in enumerate(amounts):
        end = amounts[at + 1].start() if at + 1 < len(amounts) else len(text)
        before = _ENDS.split(text[taken : found.start()])[-1]
        behind = _ENDS.split(text[found.end() : end])[0]
        taken = found.end()
        kind = words().hours(before.strip(" –—-")) if before.strip() else None
        if kind is None and (kind := words().hours(behind.strip())) is not None:
            taken += len(behind)
        if (kind is None and named) or kind not in {None, *KINDS}:
            continue  # «15 meetings of 2 hours»: of one of them
        named = True
        yield kind or "total", float(found["n"])


def _when(text: str, folded: str) -> dict[str, object]:
    """The semester and the year of study of a sentence that says when a course is studied."""
    found: dict[str, object] = {one.name: one.value for one in of_form(text) if one.name in {"semester", "study_year"}}
    for name, pattern in _ordered():
        found_week = pattern.search(folded)
        if found_week is None or name in found:
            continue
        number = int(found_week["n"]) if found_week["n"] else ordinals()[found_week["o"]]
        if name == "semester":
            found[name] = found_week["n"] or text[found_week.start("w") : found_week.end("w")]
        elif number <= _MOST_YEARS:
            found[name] = number
    return found


@cache
def _ordered() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """A number, or one in words, before a semester or a year of study."""
    stems = "|".join(sorted(map(re.escape, ordinals()), key=len, reverse=True))
    number = rf"(?<!\w)(?:(?P<n>\d{{1,2}})(?:\s*-?\s*{languages.pattern('ordinal')})?|(?P<w>(?P<o>{stems})\w*))[\s-]+"
    kinds = (("semester", _any("semester")), ("study_year", _any("study-year")))
    return tuple((name, re.compile(rf"{number}(?:{kind})(?!s)\w{{0,4}}(?!\w)")) for name, kind in kinds)


def _any(name: str) -> str:
    return "|".join(map(fold, languages.words(name))) or languages.pattern(name)


@cache
def _workload() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(phrases('load', 'workload'))})")


@cache
def _studied() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(phrases('load', 'studied'))})")
