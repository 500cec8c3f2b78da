"""Terms that a verb parts from their meanings: «**Curd** is the solid part into which milk sets»."""

from __future__ import annotations

import re
from functools import cache

from coursepack.model.blocks import Run
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.words import alternatives, phrases

_LONGEST = 60
_LEAST = 12
"""Letters of a meaning, at least."""


def defined(piece: Piece) -> tuple[int, int] | None:
    """Where a term in bold type at the beginning of its sentence ends, and where its meaning begins behind the verb."""
    if piece.content is None or piece.bold:
        return None
    end = 0
    for item in piece.content:
        if not isinstance(item, Run) or not (item.bold or not item.text.strip()):
            break
        end += len(item.text)
    term = piece.text[:end].strip()
    found = _verb().match(piece.text, end) if 1 < len(term) < _LONGEST else None
    return (end, found.end()) if found is not None and len(piece.text) - found.end() >= _LEAST else None


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{alternatives(phrases('defined', 'verbs'))})[\s:–—-]+", re.IGNORECASE)
