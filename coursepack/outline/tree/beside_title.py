"""What a line of a title page gives in brackets or behind the title in quotes: «PLANS OF SEMINARS «Soils» (programme
6B05203, 3rd year)»; «Soils» 6B05203 Soil science."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coursepack.outline.tree.values import QUOTED, FieldValue, of_form

_IN_BRACKETS = re.compile(r"\(([^()]{4,160})\)\s*\.?\s*$")
_HEARD = frozenset({"programme", "study_year"})


def values(text: str) -> Iterator[FieldValue]:
    """The values of the course that end a line: those in its last brackets, or behind its only quotes."""
    quoted = list(QUOTED.finditer(text))
    bracketed = _IN_BRACKETS.search(text)
    if bracketed is not None:
        rest = bracketed[1]
    elif len(quoted) == 1 and not text[: quoted[0].start()].strip():
        rest = text[quoted[0].end() :].lstrip(" ,;–—-")
    else:
        return
    yield from (one for one in of_form(rest) if one.name in _HEARD)
