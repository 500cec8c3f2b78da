"""What a section's content looks like, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack.outline.tree import grading
from coursepack.outline.tree.signals import _PERCENT, Segment

_SENTENCE = re.compile(r"[.!?…][»”\")\]]*$")
LONG = 140
"""Characters from which a paragraph is prose rather than an item."""
_LONGEST_ASKED = 400
_MOST_SHARES = 25
"""Lines among which shares of the mark are looked for."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Shares (0..1) of the segments that ask, are options, terms, books, list items, short points, or say when work is
    due; of the letters that stand in prose. ``lettered``: letters count options. ``does`` is the share of those that
    say what to do, among those that ask. ``count`` is how many segments have text; ``percents`` the sum of the shares
    of a whole; ``shares``: short lines make a whole of the mark.
    """

    count: int = 0
    asks: float = 0
    does: float = 0
    options: float = 0
    lettered: bool = False
    terms: float = 0
    books: float = 0
    items: float = 0
    short: float = 0
    prose: float = 0
    percents: float = 0
    shares: bool = False
    due: float = 0
    tables: int = 0


def shape(segments: Sequence[Segment]) -> Shape:
    """The shape of segments."""
    texts = [one for one in segments if one.is_text and one.text]
    tables = sum(not one.is_text for one in segments)
    if not texts:
        return Shape(tables=tables)
    count = len(texts)
    stems = [one for one in texts if not one.option]
    asked = [one for one in stems if one.asks is not None and len(one.text) < _LONGEST_ASKED]
    letters = sum(len(one.text) for one in texts) or 1
    percents = [float(found[1].replace(",", ".")) for one in texts for found in _PERCENT.finditer(one.text)]
    return Shape(
        count=count,
        asks=len(asked) / max(len(stems), 1),
        does=sum(one.asks == "task" for one in asked) / max(len(asked), 1),
        options=sum(one.option for one in texts) / count,
        lettered=any(one.option and one.letter.isalpha() for one in texts),
        terms=sum(one.term for one in texts) / count,
        books=sum(one.book for one in texts) / count,
        items=sum(one.mark is not None for one in texts) / count,
        short=sum(len(one.text) < LONG and not _SENTENCE.search(one.text) for one in texts) / count,
        prose=sum(len(one.text) for one in texts if is_prose(one)) / letters,
        percents=sum(percents) if len(percents) > 1 else 0.0,
        shares=count <= _MOST_SHARES
        and sum("%" in one.text for one in texts) > 1
        and bool(grading.of_lines([one.text for one in texts])),
        due=sum(one.due for one in texts) / count,
        tables=tables,
    )


def is_prose(one: Segment) -> bool:
    """A paragraph of sentences that is no item of a list."""
    return one.is_text and one.mark is None and len(one.text) >= LONG and bool(_SENTENCE.search(one.text))
