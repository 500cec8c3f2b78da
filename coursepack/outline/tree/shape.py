"""What a section's content looks like, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack.outline.tree import grading
from coursepack.outline.tree.signals import _PERCENT, Segment, weights

_SENTENCE = re.compile(r"[.!?…][»”\")\]]*$")
LONG = 140
"""Characters from which a paragraph is prose rather than an item."""
_LONGEST_ASKED = 400
_MOST_SHARES = 25
"""Lines among which shares of the mark are looked for."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Shares (0..1) of the segments that ask, are options, terms, books, list items, short points; of the letters that
    stand in prose; ``shares``: short lines make a whole of the mark. ``lettered``: letters count options. ``does`` is
    the share of those that say what to do, among those that ask, ``orders`` of those that are sentences of a text;
    ``due`` of those that say when work is due; ``said``
    of those that say something: whole sentences that do not ask, days, times, shares of a mark. ``count`` is how many
    segments have text; ``percents`` the sum of the shares of a whole.
    """

    count: int = 0
    asks: float = 0
    does: float = 0
    orders: float = 0
    options: float = 0
    lettered: bool = False
    terms: float = 0
    books: float = 0
    items: float = 0
    short: float = 0
    prose: float = 0
    percents: float = 0
    said: float = 0
    shares: bool = False
    due: float = 0
    tables: int = 0


def shape(segments: Sequence[Segment]) -> Shape:
    """The shape of segments."""
    texts = _texts(segments)
    tables = sum(not one.is_text for one in segments)
    if not texts:
        return Shape(tables=tables)
    count = len(texts)
    stems = [one for one in texts if not one.option]
    questions = [one for one in stems if one.asks is not None and len(one.text) < _LONGEST_ASKED]
    characters = sum(len(one.text) for one in texts) or 1
    percents = [float(found[1].replace(",", ".")) for one in texts for found in _PERCENT.finditer(one.text)]
    return Shape(
        count=count,
        asks=len(questions) / max(len(stems), 1),
        does=sum(one.asks == "task" for one in questions) / max(len(questions), 1),
        orders=sum(one.asks == "task" and tells(one) for one in questions) / max(len(questions), 1),
        options=_offered(texts),
        lettered=any((one.option and one.letter.isalpha()) or one.inline for one in texts),
        terms=sum(one.term for one in texts) / count,
        books=sum(one.book for one in texts) / count,
        items=sum(one.mark is not None for one in texts) / count,
        short=sum(len(one.text) < LONG and not _SENTENCE.search(one.text) for one in texts) / count,
        prose=sum(len(one.text) for one in texts if is_prose(one)) / characters,
        percents=sum(percents) if len(percents) > 1 else 0.0,
        said=sum(map(_says, texts)) / count,
        shares=_share(texts),
        due=sum(one.due for one in texts) / count,
        tables=tables,
    )


def _texts(segments: Sequence[Segment]) -> list[Segment]:
    return [one for one in segments if one.is_text and one.text]


def offered(segments: Sequence[Segment]) -> tuple[int, float]:
    """How many segments have text, and the share of answers to choose from, as in their shape."""
    texts = _texts(segments)
    return len(texts), _offered(texts) if texts else 0


def share_mark(segments: Sequence[Segment]) -> bool:
    """Whether short lines make a whole of the mark, as in their shape."""
    return _share(_texts(segments))


def _share(texts: Sequence[Segment]) -> bool:
    return len(texts) <= _MOST_SHARES and _are_shares([one.text for one in texts])


def _are_shares(texts: Sequence[str]) -> bool:
    """Whether lines make a whole of the mark."""
    if sum("%" in text for text in texts) > 1:
        return bool(grading.of_lines(texts))
    return any(map(_DIGIT.search, texts)) and bool(grading.of_hundred(texts))


_DIGIT = re.compile(r"\d")
_WHEN = re.compile(r"\d{1,2}:\d\d|\d\s?[ap]\.?m\b|\b(?:19|20)\d\d\b|\d\s?%", re.IGNORECASE)
_SENTENCE_WORDS = 6


def _offered(texts: Sequence[Segment]) -> float:
    """The share of answers to choose from, where those on one line count as if each had a line of its own."""
    beside = [one for one in texts if one.inline > 1]
    stems = sum(not one.letter for one in beside)  # «Who was it? A) … B) …»
    answers = sum(one.inline for one in beside)
    return (sum(one.option and one.inline < 2 for one in texts) + answers) / (
        len(texts) - len(beside) + stems + answers
    )


def _says(one: Segment) -> bool:
    """A whole sentence that does not ask, no numbered item, or a line that says when, or what share of the mark."""
    if one.asks is not None:
        return False
    whole = one.text.rstrip().endswith((".", "!")) and len(one.text.split()) >= _SENTENCE_WORDS
    return (whole and (one.mark is None or not one.mark.value)) or _WHEN.search(one.text) is not None


def is_prose(one: Segment) -> bool:
    """A paragraph of sentences that is no item of a list."""
    return one.is_text and one.mark is None and len(one.text) >= LONG and bool(_SENTENCE.search(one.text))


def ends_as_sentence(line: str) -> bool:
    """A line that a full stop ends and that holds more words than titles that end so do."""
    return line.rstrip().endswith(".") and len(line.split()) >= weights()["limits"]["sentence"]


_STATED = 60
"""Characters from which a sentence alone is a paragraph of text."""


def tells(one: Segment) -> bool:
    """A paragraph of sentences, be it short."""
    return one.mark is None and (is_prose(one) or (len(one.text) > _STATED and one.text[-1:] in ".!?"))
