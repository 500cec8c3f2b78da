"""Which answers of a question are right as a key names them: a letter, a number, the words of an answer.

What can be read in two ways is an error with its place; where a key line, a list or table of keys, a sign and a look
differ, the first of them holds and it is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coursepack.outline.bank.key_text import (
    digits_of,
    latin,
    letter_before,
    letters_of,
    unremarked,
)
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import places_of
from coursepack.outline.bank.parts import DraftQuestion


@dataclass(frozen=True, slots=True)
class KeyPlaces:
    """The places of the right answers as a key names them, in its order; ``other`` those that it may mean as well;
    None for a key that names no answer."""

    right: tuple[int, ...] | None
    other: tuple[int, ...] = ()


def judge(key: str, item: DraftQuestion, texts: Sequence[str], *, lettered: bool = False) -> KeyPlaces:
    """What a key means among the answers of a question, the ``texts`` of which are given; ``lettered``: all other keys
    of the bank are letters, so that «A» is no answer «A»."""
    labels = [latin(option.label) for option in item.options]
    key = unremarked(key)
    names = letters_of(key)
    same = tuple(at for at, text in enumerate(texts) if _plain(text) == _plain(key))
    if names is None and len(same) != 1:
        names = digits_of(key) or None
    if names is not None:
        named = _named(names, labels)
        if named is not None:
            if not any(labels) and (others := _elsewhere(key, len(labels))):
                return KeyPlaces(named, others)
            clash = len(same) == 1 and same != named and len(names) == 1
            if clash and names[0].isdecimal() and any(label.isalpha() for label in labels):
                return KeyPlaces(same)
            return KeyPlaces(named, same if clash and not lettered else ())
    if len(same) == 1:
        return KeyPlaces(same)
    before = letter_before(key)
    if before:
        named = _named([before[0]], labels)
        equal_places = tuple(at for at, text in enumerate(texts) if _plain(text) == _plain(before[1]))
        if named is not None:
            return KeyPlaces(named, equal_places if len(equal_places) == 1 and equal_places != named else ())
    several = tuple(
        at for part in re.split(r"\s*[;\n]\s*", key) for at, text in enumerate(texts) if _plain(text) == _plain(part)
    )
    return KeyPlaces(several or None)


def are_letters(stated: Iterable[tuple[str, DraftQuestion, Sequence[str]]]) -> bool:
    """Whether the keys of a bank are letters: several can mean nothing else, and none is the text of an answer."""
    plain = 0
    for key, item, texts in stated:
        named = [one for one in letters_of(key) or () if one.isalpha()]
        alike = any(_plain(text) == _plain(key) for text in texts)
        if alike and not named:
            return False
        labels = {latin(option.label) for option in item.options}
        plain += bool(named) and not alike and labels.issuperset(named)
    return plain >= limits()["judged"]


def _named(names: Sequence[str], labels: Sequence[str]) -> tuple[int, ...] | None:
    """The answers that letters, or numbers, name; None where one of them names none."""
    if all(name in labels for name in names) and len(set(names)) == len(names):
        return tuple(labels.index(name) for name in names)
    if all(name.isdecimal() and 0 < int(name) <= len(labels) for name in names):
        return tuple(int(name) - 1 for name in names)
    if len(names) == 1 and (digits := digits_of(names[0])) and all(one in labels for one in digits):
        return tuple(labels.index(one) for one in digits)  # «231», «13»: each digit names an answer
    unlabelled = not any(labels)
    if unlabelled and all(len(name) == 1 and name.isalpha() for name in names):
        places = tuple(ord(name) - ord("A") for name in names)
        return places if all(0 <= place < len(labels) for place in places) else None
    return None


def _elsewhere(key: str, count: int) -> tuple[int, ...]:
    """Of answers without letters that a key counts by one: the other one that it may mean, since «В» is the third
    letter of the Cyrillic alphabet and looks like the second of the Latin one."""
    letter = key.strip(" .()").upper()
    if len(letter) != 1:
        return ()
    places = {place for place in places_of(letter).values() if place < count}
    return tuple(sorted(places)) if len(places) > 1 else ()


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .;,").lower()
