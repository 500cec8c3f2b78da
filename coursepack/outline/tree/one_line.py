"""Several questions on one line: a sign, or the end of a sentence, makes as many of every line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack import languages

_SIGNS = (
    re.compile(r";\s+(?=\S)"),
    re.compile(r"\s[/|]\s+(?=\S)"),
    languages.expression(r"(?<=[^\W\d_]{2}[.?!])\s+(?=[@A@«“\"])"),
)
"""What parts the questions of a line, the surest first."""
_SEVERAL = 3
_QUESTIONS = range(1, 6)


def parted_alike(texts: Sequence[str]) -> list[list[int]] | None:
    """Where the second question of each line and those behind it begin, where one sign makes as many of every line."""
    if len(texts) < _SEVERAL:
        return None
    for sign in _SIGNS:
        ends = [[found.end() for found in sign.finditer(text)] for text in texts]
        if len({len(each) for each in ends}) == 1 and len(ends[0]) in _QUESTIONS:
            return ends
    return None
