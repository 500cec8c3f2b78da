"""Lines that say one thing in several languages, a half each: «Занятия / Сабақтар»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from coursepack import languages
from coursepack.text.language import language
from coursepack.text.lines import MARK

BETWEEN = re.compile(r"\s+[/|]\s+")
"""What stands between the halves of a line."""
_ADDRESS = re.compile(r"\S@\S|https?://|\bwww\.")
_LONGEST = 240
"""Characters of a line with halves."""
_LEAST_CHARACTERS = 4
"""Of a half that is in a language of its own."""
_LIKE = 3.0
"""How many times longer than the other one of two halves is at most."""


def half_of(title: str, wanted: str) -> str:
    """The half of a title in ``wanted``; the title where it does not stand in several languages."""
    found = halves(title)
    return BETWEEN.split(title)[found.index(wanted)] if wanted in found else title


def halves(line: str) -> list[str]:
    """The languages of the halves of a line; nothing where it has none, or where it gives a value."""
    if BETWEEN.search(line) is None or len(line) > _LONGEST or ":" in line or "\t" in line:
        return []
    number = MARK.match(line)
    return paired(BETWEEN.split(line[number.end() :] if number else line))


def are_alike(texts: Sequence[str], count: int) -> bool:
    """Whether so many texts are about as long, as those are that say the same, and none is an address."""
    lengths = [sum(map(str.isalpha, text)) for text in texts]
    return (
        len(texts) == count > 1
        and min(lengths) >= _LEAST_CHARACTERS
        and max(lengths) <= _LIKE * min(lengths)
        and not any(map(_ADDRESS.search, texts))
    )


def paired(texts: Sequence[str]) -> list[str]:
    """The languages of texts that say the same, each in its own; nothing where they do not."""
    if len(texts) > len(languages.known()) or not are_alike(texts, len(texts)):
        return []
    found = [language(text) for text in texts]
    if found.count("") == 1:
        found[found.index("")] = _other(texts[found.index("")], found)
    apart = all(one != other for one, other in combinations(found, 2))
    return found if apart and set(found) <= set(languages.known()) else []


def _other(text: str, found: Sequence[str]) -> str:
    """The language without letters of its own that a text too short to tell is in, beside others."""
    is_latin = text[:1].isascii()
    plain = [
        code
        for code in languages.in_order()
        if not (how := languages.lexicon(code).detection).letters and (how.script == "latin") == is_latin
    ]
    left = [code for code in plain if code not in found]
    return left[0] if len(left) == 1 else ""
