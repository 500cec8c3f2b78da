"""Forms of a word, by its beginning and the endings of its language (``<code>/reading.toml``): no dictionary, no parts
of speech. A form whose beginning changes otherwise is not known.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from coursepack.languages import data, known
from coursepack.place import CoursepackError, Place

LEAST_BEGINNING = 3
"""Letters that stay the same; a shorter word has one form."""


class Endings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that end in one of ``cut`` (any word, without it) are known by what stands before, and by one of each of
    these ``endings`` at most, in their order."""

    endings: tuple[tuple[str, ...], ...]
    cut: tuple[str, ...] = ("",)


class ReadingSpeed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a text is read: ``words_a_minute`` by an adult in silence; ``forms``, the first that fits a word; ``turns``,
    what a last letter becomes before an ending; ``fleeting`` vowels that may be lost before the last letter; ``same``,
    letters that may be written as others."""

    words_a_minute: int = 200
    forms: tuple[Endings, ...] = ()
    turns: dict[str, str] = msgspec.field(default_factory=dict)
    fleeting: str = ""
    same: dict[str, str] = msgspec.field(default_factory=dict)


@cache
def reading(code: str) -> ReadingSpeed:
    """What is known of a language; nothing but a usual speed of one that has no ``reading.toml``. Raises
    ``CoursepackError`` for one that cannot be used."""
    if code not in known():
        return ReadingSpeed()
    try:
        return msgspec.convert(data(code, "reading.toml"), ReadingSpeed)
    except msgspec.ValidationError as problem:
        raise CoursepackError(
            f"not a file of a language: {problem}", Place(f"{code}/reading.toml"), "see docs/languages.md"
        ) from None


@cache
def _same() -> dict[str, str]:
    """Letters of any language that may be written as others."""
    return {letter: other for code in known() for letter, other in reading(code).same.items()}


def folded(word: str) -> str:
    """A word as it is compared: case aside, and letters that may be written as others."""
    return word.casefold().translate({ord(letter): other for letter, other in _same().items()})


@cache
def form_of(word: str, code: str) -> re.Pattern[str]:
    """What a form of the word matches as a whole. An abbreviation stays in capitals; its endings may stand behind a
    hyphen.

    >>> [bool(form_of("Policy", "en").fullmatch(text)) for text in ("policies", "policy's", "policing")]
    [True, True, False]
    """
    found = reading(code)
    if len(word) > 1 and word.isupper():
        return re.compile(f"{re.escape(word)}(?:-?(?i:{_endings(found, '')}))?")
    plain = folded(word)
    if len(plain) < LEAST_BEGINNING:
        return re.compile(f"(?i:{re.escape(plain)})")
    stem = next((cut for cut in _cuts(found, plain)), None)
    beginning = plain if stem is None else plain.removesuffix(stem)
    forms = _endings(found, stem or "")
    whole = [re.escape(plain), *(f"{re.escape(one)}{forms}" for one in _beginnings(found, beginning) if forms)]
    pattern = f"(?i:{'|'.join(whole)})"
    for letter, other in _same().items():
        pattern = pattern.replace(letter, other).replace(other, f"[{other}{letter}]")
    return re.compile(pattern)


def _cuts(found: ReadingSpeed, plain: str) -> list[str]:
    fitting = (cut for forms in found.forms for cut in sorted(forms.cut, key=len, reverse=True))
    return [cut for cut in fitting if plain.endswith(cut) and len(plain) - len(cut) >= LEAST_BEGINNING]


def _endings(found: ReadingSpeed, cut: str) -> str:
    """The endings that stand behind a word without ``cut``, as a pattern; empty where none is known."""
    forms = next((forms for forms in found.forms if cut in forms.cut), None)
    if forms is None:
        return ""
    slots = ("|".join(sorted(map(re.escape, slot), key=len, reverse=True)) for slot in forms.endings)
    return "".join(f"(?:{slot})?" for slot in slots)


def _beginnings(found: ReadingSpeed, stem: str) -> list[str]:
    """A beginning and what becomes of it before an ending."""
    result = [stem]
    if stem[-1] in found.turns:
        result.append(stem[:-1] + found.turns[stem[-1]])
    if len(stem) > LEAST_BEGINNING and stem[-2] in found.fleeting and stem[-1] not in found.fleeting:
        result.append(stem[:-2] + stem[-1])
    return result
