"""The name of a paper that goes on behind a title on its line: «Soils programme of the course», «Healing food
exam questions for students», as lines of a title page are joined."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from coursepack import languages
from coursepack.outline.markers import fold
from coursepack.outline.tree.words import words as words_of

_PARTED = re.compile(r"\s[–—-]\s|: ")
_FEWEST = 2
"""Words of a paper's name, at least: «Business plan» is a title."""


@cache
def _names() -> frozenset[str]:
    """The words for papers as they stand in dictionaries, so that none is the end of «the theory of plans»."""
    return frozenset(
        fold(one)
        for data in languages.every("labels")
        for one in data.get("front", {}).get("paper", [])
        if " " not in one
    )


def without(text: str, only_paper: Callable[[str], bool]) -> str:
    """A title without the small words at its end that name nothing but a paper; empty where none stand there."""
    words = [] if _PARTED.search(text) or only_paper(text) else text.split()
    for at in range(1, len(words) - _FEWEST + 1):
        if words[at].islower() and fold(words[at]) in _names():
            rest, title = " ".join(words[at:]), " ".join(words[:at])
            kind = words_of().front("paper-kind", words[at - 1])
            if only_paper(rest) and not kind and not only_paper(title):
                return title.rstrip(" :,–—-")
    return ""
