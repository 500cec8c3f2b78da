"""Titles that stand in the case their paper asks for: «Программа | производственной практики» names «Производственная
практика»."""

from __future__ import annotations

import re

from coursepack import languages

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def _forms(name: str) -> dict[str, str]:
    """«практики=практика»: a form as it stands behind a paper → that of a title."""
    return dict(pair.split("=") for pair in languages.words(name))


_NOUNS = _forms("genitive-nouns")
_ENDINGS = _forms("genitive-endings")


def nominative(title: str) -> str:
    """A title that begins with adjectives and a noun behind the name of a paper, in the case of a title; any other as
    it is."""
    made: list[str] = []
    at = 0
    for found in _WORD.finditer(title):
        word = found[0]
        between, at = title[at : found.start()], found.end()
        if (noun := _NOUNS.get(word.lower())) is not None:
            return "".join(made) + between + _cased(word, noun) + title[at:]
        ending = next((end for end in _ENDINGS if word.lower().endswith(end) and len(word) > len(end) + 2), None)
        if ending is None:
            return title
        made.append(between + _cased(word, word.lower().removesuffix(ending) + _ENDINGS[ending]))
    return title


def _cased(word: str, said: str) -> str:
    if word.isupper():
        return said.upper()
    return said[0].upper() + said[1:] if word[0].isupper() else said
