"""Letters of two scripts that look alike (``scripts.toml``)."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from coursepack import languages, prepared

CIRCLED = "\u2460-\u249b\u24b6-\u24e9\u2776-\u2793"
"""A class of letters and numbers in circles or brackets (Enclosed Alphanumerics, Dingbats), for expressions."""

_DATA = prepared.toml((Path(__file__).parent / "scripts.toml").read_text("utf-8"))


def _pairs(name: str) -> dict[str, str]:
    found = _DATA[name]
    return dict(zip(found["letters"], found["like"], strict=True))


LATIN_TO_CYRILLIC = _pairs("latin-to-cyrillic")
CYRILLIC_TO_LATIN = _pairs("cyrillic-to-latin")
NO_LATIN_WORD = frozenset(_DATA["latin-to-cyrillic"]["never"])
LIKE_LATIN = str.maketrans(_DATA["capitals"]["cyrillic"], _DATA["capitals"]["latin"])
"""Cyrillic capitals → the Latin ones that they look like."""
TIMES: str = _DATA["times"]["signs"]
"""Signs between factors, and the letters of both scripts that are typed for them."""
FOLDED = str.maketrans(_pairs("folded"))
"""Letters that are typed for one another → one of them."""
ANSWERS = str.maketrans(_DATA["capitals"]["answers"], _DATA["capitals"]["answers-latin"])
"""Cyrillic letters of a key → the Latin ones that are meant."""
OTHER_OPTIONS = next(
    (
        found.option_letters
        for found in languages.lexicons()
        if found.detection.script != "latin" and not found.detection.letters
    ),
    "",
)
"""The letters that options are counted with in the script that is not Latin."""
ROMAN_TWINS = _pairs("roman")
"""Cyrillic capitals that stand for the letters of a Roman number → those."""
COMMON_CYRILLIC: str = _DATA["common"]["cyrillic"]
"""The commonest letters of texts in Cyrillic."""


def uncircled(sign: str) -> str:
    """What stands in a circle or brackets: «②» is 2, «ⓑ» is B."""
    number = unicodedata.numeric(sign, None)
    return unicodedata.normalize("NFKC", sign).strip("().").upper() if number is None else str(int(number))


def plain_cross(text: str) -> str:
    """A text in small letters; an X alone of either script, as a tick, is the Latin one."""
    return "x" if text.upper().translate(LIKE_LATIN) == "X" else text.lower()
