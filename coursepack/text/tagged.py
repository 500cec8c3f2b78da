"""The tags of tests as universities of Kazakhstan exchange them, for their reader, writers and check.

``<question>``, ``<question1>`` … by level, ``<variant>``, ``<variantright>``: in any letter case, with blanks inside,
no closing ones but strays. No vendor publishes a specification (docs/question-banks.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from coursepack import languages

TAG = re.compile(
    r"<[ \t\xa0]{0,2}(?P<close>/?)[ \t\xa0]{0,2}(?P<name>question|variant[ \t\xa0]?right|variant|right)"
    r"[ \t\xa0]{0,2}(?P<level>\d{0,2})[ \t\xa0]{0,2}>",
    re.IGNORECASE,
)
QUESTION, VARIANT, RIGHT = "question", "variant", "right"
LEVEL_TAG = "level-"
"""Begins the tag of the model that carries a question's level."""
_LEAST_WRAPPED = 50
"""A line that goes on in the next one has so many letters."""


def name_of(tag: re.Match[str]) -> str | None:
    """What a tag begins: ``question``, ``variant`` or ``right``; None for a closing one."""
    name = tag["name"].lower()
    return None if tag["close"] else RIGHT if name.endswith(RIGHT) else name


def alike(text: str) -> str:
    """Equal for variants that a student cannot distinguish."""
    return " ".join(text.split()).casefold()


def goes_on(before: str, line: str) -> bool:
    """True for a line that goes on with the one before it: that is long and has no end, this begins with a small
    letter."""
    return len(before) >= _LEAST_WRAPPED and (before[-1].isalpha() or before[-1] == ",") and line[:1].islower()


def level_of(tags: Iterable[str]) -> int:
    """The level that a question's tags name, 0 for none."""
    named = (tag.removeprefix(LEVEL_TAG) for tag in tags if tag.startswith(LEVEL_TAG))
    return next((int(text) for text in named if text.isdecimal() and len(text) < 3), 0)


def level_name(level: int, language: str) -> str:
    """What a category of questions of one level is called."""
    own = languages.lexicon(language).level if language in languages.known() else ""
    return (own or languages.lexicon(languages.SOURCE).level).format(level)
