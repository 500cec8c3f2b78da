"""Terms in bold type that a verb, or nothing, parts from their meanings: «**Curd** is the solid part into which milk
sets», «**apron** the part of the stage before the curtain»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from coursepack.model.blocks import Run
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.words import alternatives, phrases

_LONGEST = 60
_LEAST = 12
"""Letters of a meaning, at least."""


def defined(piece: Piece) -> tuple[int, int] | None:
    """Where a term in bold type at the beginning of its sentence ends, and where its meaning begins behind the verb."""
    end = _bold_end(piece)
    term = piece.text[:end].strip()
    found = _verb().match(piece.text, end) if 1 < len(term) < _LONGEST else None
    return (end, found.end()) if found is not None and len(piece.text) - found.end() >= _LEAST else None


def _bold_end(piece: Piece) -> int:
    """Where the bold words that a line begins with end; 0 where none do, or all of it is bold."""
    if piece.content is None or piece.bold or piece.object is not None:
        return 0
    end = 0
    for item in piece.content:
        if not isinstance(item, Run) or not (item.bold or not item.text.strip()):
            break
        end += len(item.text)
    return end


def bold_terms(pieces: Sequence[Piece]) -> dict[int, int]:
    """The places of lines that begin with a term in bold type, with nothing between it and its meaning in small
    letters, and where the term ends; none where they are few among the lines."""
    ends = {at: end for at, one in enumerate(pieces) if (end := _bare_end(one))}
    texts = sum(one.object is None and bool(one.text) and not one.heading for one in pieces)
    return ends if len(ends) >= _SEVERAL and len(ends) * 100 >= _PERCENT * texts else {}


def _bare_end(piece: Piece) -> int:
    end = _bold_end(piece)
    term, meaning = piece.text[:end].strip(), piece.text[end:].strip()
    named = 1 < len(term) < _LONGEST and term[-1].isalnum() and len(term.split()) <= _WORDS
    said = len(meaning) >= _LEAST and meaning[0].isalpha() and meaning[0].islower()
    return end if named and said and piece.heading is None and defined(piece) is None else 0


_SEVERAL = 4
_PERCENT = 40
_WORDS = 5


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{alternatives(phrases('defined', 'verbs'))})[\s:–—-]+", re.IGNORECASE)
