"""Letters that somebody typed before the choices of a question in a format that has none: «A) one», «B) two»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.readers.aiken import alphabet_of

_TYPED = re.compile(r"\s*([^\W\d_])[).]\s+(?=\S)")
LETTERS_OFF = "question whose options have letters typed before them, taken off"


def without_letters(texts: Sequence[str]) -> list[str] | None:
    """The choices without letters typed before all of them in order, which would go wrong where choices are shuffled or
    lettered anew; None where they have none."""
    found = [_TYPED.match(text) for text in texts]
    letters = "".join(one[1] for one in found if one)
    if len(texts) < 2 or len(letters) < len(texts) or alphabet_of(letters.upper()) is None:
        return None
    return [text[one.end() :] for text, one in zip(texts, found, strict=True) if one]
