"""How the keys of a table are meant where one can be read in two ways: «4» is the fourth option, or the option «4».

The other keys of the table tell: letters, or numbers that are no text of an option, count options; keys that are the
text of an option mean texts. Where none tells, the row is an error.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from coursepack.readers.sheet.rows import KeyNumbering, QuestionRow
from coursepack.readers.streams import ReadingSession

_LOOKED_AT = 500
"""Rows that tell how keys are meant."""


def meant(session: ReadingSession, rows: Iterable[QuestionRow]) -> Iterator[QuestionRow]:
    """The rows of a table, each knowing how the numbers and letters of its keys are meant."""
    rows = iter(rows)
    first = list(islice(rows, _LOOKED_AT))
    found = Counter(kind for row in first for kind in _reported(row))
    numbers = _decided(found["number"], found["letter"] + found["text"])
    letters = _decided(found["letter"], found["number"] + found["text"])
    from_nought = found["nought"] > 0 and not found["last"]
    if from_nought:
        at = next(row.number for row in first if row.get("key").strip() == "0")
        session.warning("sheet-key-from-0", "the numbers of keys are taken to count options from 0", at, _ADVICE)
    for row in chain(first, rows):
        row.counted = KeyNumbering(numbers, letters, 0 if from_nought else 1)
        yield row


_ADVICE = "if they count from 1, correct the rows whose key is 0"


def _decided(places: int, texts: int) -> bool | None:
    """Whether keys of a kind are places rather than texts; None where both or neither is reported."""
    return places > 0 if bool(places) != bool(texts) else None


def _reported(row: QuestionRow) -> Iterator[str]:
    """What the key of a row tells of all keys."""
    key = row.get("key").strip()
    options = [one.casefold() for one in row.lines()]
    if not key or len(options) < 2:
        return
    same = key.casefold() in options
    if key.isdecimal() and int(key) <= len(options):
        if not same:
            yield "number"
            yield from {0: ("nought",), len(options): ("last",)}.get(int(key), ())
    elif len(key) == 1 and key.isalpha():
        if not same:
            yield "letter"
    elif same:
        yield "text"
