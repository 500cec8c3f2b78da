"""The alphabets that lists are counted with, and which of them a list follows: «а, ә, б», «а, б, в» or «a, b, c»."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from coursepack import languages

# Signs that no list is counted with.
_UNCOUNTED = {ord(letter): None for letter in languages.words("uncounted")}
_ALPHABETS = tuple(
    (code, characters.lower())
    for code, lexicon in zip(languages.in_order(), languages.lexicons(), strict=True)
    for characters in (lexicon.option_letters, *lexicon.counted.values(), lexicon.alphabet.translate(_UNCOUNTED))
)


@lru_cache(maxsize=4096)
def positions(characters: Sequence[str], language: str) -> tuple[int, ...]:
    """The places, from 1, of a list's ``letters`` (lower case) in the alphabet that the list follows.

    That is the one that has most of them, most right after one another; of several the one of ``language``, the code
    of the text's own. A letter that the alphabet does not have stands where another one has it, else at 1.
    """
    nearest = sorted(_ALPHABETS, key=lambda known: known[0] != language)
    alphabets = [alphabet for _, alphabet in nearest]
    followed = max(alphabets, key=lambda alphabet: _fit(characters, alphabet))
    return tuple(_place(letter, (followed, *alphabets)) for letter in characters)


def _fit(characters: Sequence[str], alphabet: str) -> tuple[int, int]:
    places = [alphabet.find(letter) for letter in characters]
    known = sum(place >= 0 for place in places)
    return known, sum(0 <= before == after - 1 for before, after in itertools.pairwise(places))


def _place(letter: str, alphabets: Sequence[str]) -> int:
    return next((alphabet.index(letter) + 1 for alphabet in alphabets if letter in alphabet), 1)


def place_of(letter: str) -> int | None:
    """The place, from 1, of a letter in the first alphabet that has it; None for a sign of none."""
    places = (alphabet.find(letter.lower()) for _, alphabet in _ALPHABETS)
    return next((place + 1 for place in places if place >= 0), None)


_WORD = re.compile(r"\w+")
_BETWEEN = 5
"""Letters of a word between two letters of an alphabet, or behind them, at most: «A to D», «А-дан Д-ға дейін»."""


def is_divider(text: str) -> bool:
    """Whether a line parts a dictionary by letters and says nothing else: «B», «– Б –», «A to D», «А … Г»."""
    found = _WORD.findall(text) if len(text) <= _LONGEST_DIVIDER else []
    letters = [one for one in found if len(one) == 1 and one.isalpha()]
    others = [one for one in found if len(one) > 1]
    if not letters or not all(map(str.isupper, letters)) or len(letters) + len(others) != len(found):
        return False
    return not others or (len(letters) > 1 and all(one.islower() and len(one) <= _BETWEEN for one in others))


_LONGEST_DIVIDER = 24
