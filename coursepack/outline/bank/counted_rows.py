"""Tables in which a number stands before each question and a letter before each of its answers, in a column of their
own: «1 | Which gas …», «A | oxygen», «B | neon»; a tick may stand behind right answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack.outline.bank.lines import RIGHT, begins, follows
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import cell_text
from coursepack.text.scripts import plain_cross

_NUMBER = re.compile(r"№?\s?(?P<n>\d{1,4})[.)]?")
_LETTER = re.compile(r"[(\[]?(?P<letter>[^\W\d_])[).\]:]?")
_LEAST = 2
_TICKS = RIGHT | {"x", "1"}
_BLANK = frozenset({"", "-", "–", "—", "0"})

_Cells = Sequence[Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A row of such a table: the number of a question, or the letter of an answer and whether it is ticked."""

    number: int = 0
    letter: str = ""
    right: bool = False


def counted_rows(rows: Sequence[_Cells]) -> tuple[int, list[CountedRow]] | None:
    """How many rows stand over the first question, and what the others are; None for another table."""
    marks = [cell_text(row[0]).strip() if row else "" for row in rows]
    first = next((at for at, mark in enumerate(marks) if _NUMBER.fullmatch(mark)), len(rows))
    if first > 1:
        return None
    found = [_counted(row, mark) for row, mark in zip(rows[first:], marks[first:], strict=True)]
    result = [one for one in found if one is not None]
    return (first, result) if len(result) == len(found) and _are_questions(result) else None


def _counted(row: _Cells, mark: str) -> CountedRow | None:
    """What a row is by its first cell; the second one holds something, and others ticks."""
    beside = [plain_cross(cell_text(cell).strip()) for cell in row[_LEAST:]]
    if len(row) < _LEAST or not any(one.text or one.content or one.object is not None for one in row[1]):
        return None
    if number := _NUMBER.fullmatch(mark):
        return None if any(beside) else CountedRow(number=int(number["n"]))
    letter = _LETTER.fullmatch(mark)
    if letter is None or not {*beside} <= _TICKS | _BLANK:
        return None
    return CountedRow(letter=letter["letter"], right=any(one in _TICKS for one in beside))


def _are_questions(rows: Sequence[CountedRow]) -> bool:
    """Whether numbers that count on stand over letters from the first on."""
    number, letter, questions = 0, "", 0
    for row in rows:
        if row.number:
            if questions and (row.number != number + 1 or not letter):
                return False
            number, letter, questions = row.number, "", questions + 1
        elif not (follows(letter, row.letter) if letter else questions and begins(row.letter)):
            return False
        else:
            letter = row.letter
    return questions >= _LEAST and bool(letter) and len(rows) >= (_LEAST + 1) * questions
