"""Findings, fates and reasons in plain words of the page's language; what has none there stays as it is."""

from __future__ import annotations

from functools import cache

from coursepack.languages import messages
from coursepack.languages.catalogues import Words
from coursepack.review import speech

_FATES = {
    "content": "content",
    "mark": "label",
    "aside": "left out",
    "unclaimed": "nothing was made of it",
}


@cache
def _known(language: str) -> frozenset[str]:
    return frozenset(speech.interface_words(language).messages())


def finding(say: Words, code: str) -> str:
    """What a code of a finding means; empty where its message alone says it."""
    name = f"finding: {code}"
    return say(name) if name in _known(say.language) else ""


def fate(say: Words, name: str) -> str:
    """What became of letters."""
    return say(_FATES.get(name, name))


def reason(say: Words, name: str) -> str:
    """Why letters are a label or left out."""
    key = f"why: {name}"
    return say(key) if key in _known(say.language) else said(say, name)


def said(say: Words, message: str) -> str:
    """A message in the page's own words where it has some, else in those of the command line."""
    return say(message) if message in _known(say.language) else messages.of(say.language)(message)


def decimal(say: Words, number: float, digits: int) -> str:
    """A number as the language of the page writes it."""
    return f"{number:.{digits}f}".replace(".", say("decimal sign"))


def size(say: Words, number: int) -> str:
    """A size in bytes, for people."""
    value, unit = float(number), "B"
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            break
        value /= 1000
    return f"{decimal(say, value, 0 if unit == 'B' else 1)} {say(f'unit: {unit}')}"
