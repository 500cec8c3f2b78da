"""Exam lists in tables whose heads name no questions: a number and a few words a row, below the name of the list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanCell
from coursepack.outline.tree.words import words

_NUMBER = re.compile(r"(?P<n>\d{1,3})\s*[.)]?")
_FEWEST = 5
"""Questions of such a table."""
_NAMED = 4
"""Evidence of a line that names a list of an exam."""
_HEAD = 3
"""The level of a heading that a row over all columns is."""
_LONGEST = 120


def names_exam(piece: Piece) -> bool:
    """Whether a line names a list of what an exam asks, and no other list more."""
    if piece.object is not None or not piece.text or len(piece.text) > _LONGEST or piece.text[-1] in ".;?!":
        return False
    named = words().labels(piece.text)
    return named.get("exam", 0) >= max([_NAMED, *named.values()])


def exam_rows(source: OutlineSource, rows: Sequence[Sequence[PlanCell]]) -> list[Piece]:
    """The lines of a table that counts what an exam asks: its rows, each with its number, and the headings between
    them, which take all of a row; nothing where it holds more, or where its numbers do not count on."""
    first = next((at for at, row in enumerate(rows) if _number(row) is not None), len(rows))
    body = rows[first:]
    counts = [row for row in body if _number(row) is not None]
    texts = [[cell for cell in row[1:] if cell.text] for row in counts]
    filled = {at for row in counts for at, cell in enumerate(row[1:]) if cell.text}
    numbers = [_number(row) or 0 for row in counts]
    on = all(after in {before + 1, 1} for before, after in pairwise(numbers)) and numbers[:1] == [1]
    if len(counts) < _FEWEST or not on or len(filled) != 1 or not all(texts) or first > 2:
        return []
    if any(sum(bool(cell.text) for cell in row) != 1 for row in body if _number(row) is None):
        return []
    heads = [row for row in rows[:first] if sum(bool(cell.text) for cell in row) > 1]
    for row in heads:
        source.stream.texts.claim([one for cell in row for one in cell.pieces], "mark", reason="table head")
    return list(_lines(source, [row for row in rows if row not in heads]))


def _number(row: Sequence[PlanCell]) -> int | None:
    """The number that a row begins with."""
    found = _NUMBER.fullmatch(row[0].text) if row else None
    return int(found["n"]) if found else None


def _lines(source: OutlineSource, rows: Sequence[Sequence[PlanCell]]) -> Iterator[Piece]:
    for row in rows:
        number = _number(row)
        pieces = [one for cell in row for one in cell.pieces if one.text]
        if number is None:
            yield from (replace(one, heading=_HEAD, is_heading=True) for one in pieces)
            continue
        source.stream.texts.claim(row[0].pieces, "mark", part="exam", reason="number")
        first, *more = (one for cell in row[1:] for one in cell.pieces if one.text)
        yield replace(first, label=f"{number}.", gap=False, bold=False)
        yield from (replace(one, plain=True) for one in more)
