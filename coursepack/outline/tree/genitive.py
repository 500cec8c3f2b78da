"""Titles that stand in the case their paper asks for: «Программа | производственной практики» names «Производственная
практика»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack import languages

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _forms(pairs: Sequence[str]) -> dict[str, str]:
    """«form=title»: a form as it stands behind a paper → that of a title."""
    return dict(pair.split("=") for pair in pairs)


_NOUNS = _forms(languages.words("genitive-nouns"))
_ENDINGS = _forms(languages.words("genitive-endings"))


def nominative(title: str) -> str:
    """A title that begins with adjectives and a noun behind the name of a paper, in the case of a title; any other as
    it is."""
    result: list[str] = []
    at = 0
    for found in _WORD.finditer(title):
        word = found[0]
        between, at = title[at : found.start()], found.end()
        if (noun := _NOUNS.get(word.lower())) is not None:
            return "".join(result) + between + _cased(word, noun) + title[at:]
        ending = next((end for end in _ENDINGS if word.lower().endswith(end) and len(word) > len(end) + 2), None)
        if ending is None:
            return title
        result.append(between + _cased(word, word.lower().removesuffix(ending) + _ENDINGS[ending]))
    return title


def _cased(word: str, said: str) -> str:
    if word.isupper():
        return said.upper()
    return said[0].upper() + said[1:] if word[0].isupper() else said
