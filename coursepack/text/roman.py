"""Roman numerals as documents write them: capital or small, «IIII» beside «IV», in letters of either script."""

from __future__ import annotations

from itertools import pairwise

from roman_numerals import RomanNumeral

from coursepack.text.scripts import ROMAN_TWINS

LETTERS = "IVXLCDM"
TWINS = ROMAN_TWINS
"""Cyrillic capitals that are typed for Roman ones → those."""
_VALUES = {
    form: int(RomanNumeral.from_string(TWINS.get(letter, letter)))
    for letter in (*LETTERS, *TWINS)
    for form in (letter, letter.lower())
}


def write(number: int) -> str:
    """A number from 1 on in capitals. Above 3,999, where the classical numerals end, «M» is repeated, as Word does."""
    thousands, rest = divmod(number, 1000)
    return "M" * thousands + (RomanNumeral(rest).to_uppercase() if rest else "")


def read(text: str) -> int | None:
    """The number that a numeral stands for; None where a letter is no Roman one.

    ``RomanNumeral.from_string`` takes well-formed numerals only. People write «IIII» and «VIIII» too, so any order of
    letters is added up, a smaller one before a larger one subtracted; for well-formed numerals that is the same.
    """
    values = [_VALUES.get(letter, 0) for letter in text]
    if not values or not all(values):
        return None
    return sum(-value if value < after else value for value, after in pairwise([*values, 0]))
