"""Terms in bold type that a verb, or nothing, parts from their meanings: «**Curd** is the solid part into which milk
sets», «**apron** the part of the stage before the curtain»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice

from coursepack.model.blocks import Run
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.words import alternatives, phrases, words

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
    """Where the bold or italic words that a line begins with end; 0 where none do, or all of it is such."""
    if piece.content is None or piece.bold or piece.object is not None:
        return 0
    end = 0
    for item in piece.content:
        if not isinstance(item, Run) or not (item.bold or item.italic or not item.text.strip()):
            return end
        end += len(item.text)
    return 0


def bold_terms(pieces: Sequence[Piece]) -> dict[int, int]:
    """The places of lines that begin with a term in bold type, with nothing between it and its meaning in small
    letters, and where the term ends; none where they are few among the lines."""
    ends = {at: end for at, one in enumerate(pieces) if (end := _bare_end(one))}
    texts = sum(one.object is None and bool(one.text) and not one.heading for one in pieces)
    return ends if len(ends) >= _SEVERAL and len(ends) * 100 >= _PERCENT * texts else {}


def called_words(pieces: Iterable[Piece]) -> bool:
    """Whether one of the first lines, of a few words, says that words or terms follow: «Words of the stage»."""
    first = islice((one.text for one in pieces if one.object is None and one.text), _FIRST)
    named = (text for text in first if text[-1] not in ".!?;:" and len(text.split()) <= _WORDS)
    return any({"keywords", "glossary"} & {*words().labels(text)} for text in named)


_FIRST = 2


def _bare_end(piece: Piece) -> int:
    end = _bold_end(piece)
    term, meaning = piece.text[:end].strip(), piece.text[end:].strip()
    named = 1 < len(term) < _LONGEST and term[-1].isalnum() and len(term.split()) <= _WORDS
    begins = meaning[1:].lstrip() if meaning[:1] in _BEFORE_MEANING else meaning
    is_meaning = len(meaning) >= _LEAST and begins[:1].isalpha() and begins[0].islower()
    return end if named and is_meaning and piece.heading is None and defined(piece) is None else 0


_BEFORE_MEANING = ("(", ",")
"""Signs between a term in bold type and its meaning: «**apron** (noun) The part of …», «**wings**, the spaces …»."""
_SEVERAL = 4
_PERCENT = 40
_WORDS = 5


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{alternatives(phrases('defined', 'verbs'))})[\s:–—-]+", re.IGNORECASE)
