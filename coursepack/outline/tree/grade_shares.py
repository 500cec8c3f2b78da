"""Shares of the mark that sentences or a formula give: «The student hands in a portfolio (50 points), a lesson (30
points) and a test (20 points)», «Mark = (T1 + T2)/2 × 0.6 + exam × 0.4»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursepack import languages
from coursepack.model.course import GradeWeight
from coursepack.outline.markers import fold
from coursepack.text.scripts import TIMES

_AMOUNT = re.compile(
    rf"(?<![\d.,/])(?P<n>\d{{1,3}})\s*-?\s*(?P<unit>%|(?:{languages.pattern('points')})[^\W\d_]*)?"
    r"(?:\s*\(\d{1,3}\s?%\))?(?=\s*(?:[,;.)]|$)|\s)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+|(?<=[%)\d][.!?])\s+(?=[^\W\d_])|\n")
_ALSO = re.compile(
    rf"^[\s,;)]*(?:(?:{languages.pattern('also')})\s+)?(?:{languages.pattern('article')}\s+)?", re.IGNORECASE
)
_VERB = re.compile(rf"\s+(?:{languages.pattern('share-verb')})$", re.IGNORECASE)
_EACH = re.compile(rf"\s*\(?(?:{languages.pattern('share-each')})(?!\w)\)?", re.IGNORECASE)
_BY = re.compile(rf"\s(?:{languages.pattern('share-by')})\s*$", re.IGNORECASE)
_SEVERAL = {
    fold(word): number
    for code in languages.in_order()
    for number, words in enumerate(languages.data(code, "outline.toml")["words"].get("cardinal", ()), 1)
    for word in words.split("/")
}
_WORD = re.compile(r"[^\W_]+")
_OF = re.compile(rf"^[\s,;)]*(?:{languages.pattern('share-of')})(?!\w)", re.IGNORECASE)
_UP_TO = re.compile(rf"\s+(?:{languages.pattern('share-most')})$", re.IGNORECASE)
_LEAD = re.compile(rf"^.*(?<!\w)(?:{languages.pattern('share-lead')})\W+(?=[^\W\d_])", re.IGNORECASE)
_COLON = re.compile(r"^[^:]{2,80}:\s+")
_EDGES = " \t,;:(–—-="
_FACTOR = re.compile(rf"(?:^|[{TIMES}]\s*|\s)(?P<n>0[.,]\d{{1,2}})(?!\d)(?:\s*[{TIMES}])?")
_PLUS = re.compile(r"\s*\+\s*(?![^()]*\))")
_RESULT = re.compile(r"^[^=]*=\s*|^[^:=]{2,60}:\s+")
_SPAN = range(2, 70)
_MOST = 12


def of_sentences(texts: Sequence[str]) -> tuple[GradeWeight, ...]:
    """The shares that one sentence of a section on grading gives, each behind its name, a hundred in all."""
    for sentence in (one for text in texts for one in _SENTENCE.split(text) if one.strip()):
        if shares := _read_aloud(sentence) or _factors(sentence):
            return shares
    return ()


def without_lead(name: str) -> str:
    """The name of the first part of the mark without the words before it: «The mark is made up of | homework»."""
    return _LEAD.sub("", name)


def _read_aloud(sentence: str) -> tuple[GradeWeight, ...]:
    amounts = [one for one in _AMOUNT.finditer(sentence) if _is_amount(sentence, one)]
    if not 1 < len(amounts) <= _MOST or not any(one["unit"] for one in amounts):
        return ()
    each = [_EACH.match(sentence, one.end()) for one in amounts]
    starts = [0, *(again.end() if again else one.end() for one, again in zip(amounts[:-1], each[:-1], strict=True))]
    names_before = [sentence[start : one.start()] for start, one in zip(starts, amounts, strict=True)]
    names_before[0] = without_lead(_COLON.sub("", names_before[0]))
    names = [_name(text) for text in names_before]
    fits = all(len(name) in _SPAN and any(map(str.isalpha, name)) for name in names)
    values = [
        float(one["n"]) * (_several(text) if again or _BY.search(text) else 1)
        for one, again, text in zip(amounts, each, names_before, strict=True)
    ]
    return _whole(list(zip(names, values, strict=True))) if fits else ()


def _several(name: str) -> int:
    """How many parts of the mark a name counts, 1 where it counts none: «the two midterms»."""
    found = (int(word) if word.isdecimal() else _SEVERAL.get(fold(word)) for word in _WORD.findall(name))
    return next((number for number in found if number), 1)


def _is_amount(sentence: str, one: re.Match[str]) -> bool:
    """Whether a number is an amount of points: with its unit, or alone between a name and a comma."""
    behind = sentence[one.end() :].lstrip()[:1]
    return bool(one["unit"]) or behind in {",", ";", ".", ")", ""}


def _name(text: str) -> str:
    bare = _ALSO.sub("", _OF.sub("", text)).strip(_EDGES)
    return _VERB.sub("", _UP_TO.sub("", _BY.sub("", bare))).strip(_EDGES)


def _factors(sentence: str) -> tuple[GradeWeight, ...]:
    """The terms of a sum, each with its factor; what a comma parts from the last explains them: «…, where E is …»."""
    parts = _PLUS.split(_RESULT.sub("", sentence).strip(" ."))
    found = [_FACTOR.search(part) for part in parts]
    if len(parts) < 2 or not all(found):
        return ()
    pairs = [
        (
            (part[: one.start()] + part[one.end() :]).split(",")[0].strip(f" {TIMES},;="),
            float(one["n"].replace(",", ".")) * 100,
        )
        for part, one in zip(parts, found, strict=True)
        if one is not None
    ]
    return _whole([(name, round(value, 2)) for name, value in pairs]) if all(name for name, _ in pairs) else ()


def _whole(pairs: Sequence[tuple[str, float]]) -> tuple[GradeWeight, ...]:
    named = len({name for name, _ in pairs}) == len(pairs)
    hundred = sum(value for _, value in pairs) == 100
    return tuple(_weights(pairs)) if named and hundred else ()


def _weights(pairs: Sequence[tuple[str, float]]) -> Iterator[GradeWeight]:
    for name, value in pairs:
        yield GradeWeight(name=name, percent=value)
