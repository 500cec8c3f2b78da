"""Answers below review questions that a letter leads in, the first of the word for one: «A: a small opening»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from coursepack.outline.tree.words import phrases

_LEAST = 2
"""Answers that begin alike, at least: «A: leaf» alone may be one to choose from."""


def led_by_letter(texts: Sequence[str], questions: int) -> dict[int, int]:
    """The places of lines without a number below ``asked`` questions → where the answer begins; nothing where not each
    question has one, or where other letters stand there as well."""
    found = {at: led.end() for at, text in enumerate(texts) if (led := _letter().match(text))}
    return found if len(found) == questions >= _LEAST else {}


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases('answered', 'letter')))})\s?[:.)]\s+(?=\S)")
