"""What the codes of findings mean, in every language that messages are in: the one table of codes.

``codes.toml`` has the severities that each code is reported with, ``<language>/codes.toml`` what it means and what to
do. A key with ``*`` is a family: codes that are made of the name of a format and what happened to it
(``*-left-out``). ``python -m tools.codes`` holds the table against the source.

>>> explained("container-encrypted").severities
(<Severity.ERROR: 'error'>,)
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from coursepack.languages import SOURCE, data, known
from coursepack.place import Severity

FILE = "codes.toml"


class Explanation(msgspec.Struct, frozen=True):
    """What a code means: ``text`` says what was found and what follows of it, ``advice`` what to do."""

    code: str
    severities: tuple[Severity, ...]
    text: str
    advice: str


@cache
def severities() -> dict[str, tuple[Severity, ...]]:
    """Code or family → the severities that it is reported with, the worst first."""
    table = tomllib.loads((Path(__file__).parent / FILE).read_text("utf-8"))
    return {code: tuple(map(Severity, found)) for code, found in table.items()}


@cache
def families() -> tuple[tuple[str, str, str], ...]:
    """The families as (beginning, end, key), the one that says most first."""
    parted = (key.partition("*") for key in severities() if "*" in key)
    found = ((beginning, end, f"{beginning}*{end}") for beginning, _, end in parted)
    return tuple(sorted(found, key=lambda each: (-len(each[2]), each[2])))


def entry(code: str) -> str | None:
    """The key of the table that a code stands under: itself or its family; None for one that is not known."""
    if code in severities() and "*" not in code:
        return code
    for beginning, end, key in families():
        if code.startswith(beginning) and code.endswith(end) and len(code) > len(beginning) + len(end):
            return key
    return None


def explained(code: str, language: str = SOURCE) -> Explanation:
    """What a code means in a language, in English where that has no words for it.

    Raises ``KeyError`` for a code that is not in the table: one of a plugin, or none.
    """
    key = entry(code)
    if key is None:
        raise KeyError(code)
    words = (data(language, FILE).get(key) if language in known() else None) or data(SOURCE, FILE)[key]
    return Explanation(code, severities()[key], words["text"], words["advice"])
