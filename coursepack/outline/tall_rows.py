"""Tables in which a question stands beside several rows, an answer each: its cells are merged, or blank below the first
one; a sign in the last column tells right answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from coursepack.outline.bank.limits import limits
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import cell_text
from coursepack.outline.table_of_one import RIGHT, WRONG

_NUMBER = re.compile(r"№?\s?(?P<n>\d{1,4})[.)]?")
_LETTER = re.compile(r"[(\[]?(?P<letter>[^\W\d_])[).\]:]?")
_FEWEST = 2
_WIDEST = 5
_NOUGHTS = frozenset({"0", "no"})
_ONES = frozenset({"1", "yes", "x", "v"})

Cell = Sequence[Piece]


@dataclass(slots=True)
class Tall:
    """A question of such a table: the cells of its number and text, its answers, and what stands beside each, signs and
    letters; which answers are right."""

    number: Cell
    asked: Cell
    answers: list[Cell] = field(default_factory=list)
    beside: list[Cell] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)


def tall_rows(rows: Sequence[Sequence[Cell]]) -> tuple[int, list[Tall]] | None:
    """How many rows stand over the first question, and the questions; None for another table."""
    width = max((len(row) for row in rows), default=0)
    if not _FEWEST <= width <= _WIDEST or len(rows) <= _FEWEST * _FEWEST:
        return None
    even = [[*[[]] * (width - len(row)), *row] for row in rows]
    blanks = [next((at for at, cell in enumerate(row) if _holds(cell)), width) for row in even]
    inner = [blank for blank in blanks if blank]
    lead = min(inner, default=0)
    if not 0 < lead <= _FEWEST or len(inner) < len(rows) // _FEWEST or lead >= width:
        return None
    first = next((at for at, row in enumerate(even) if _begins(row, lead) and blanks[at : at + 2][-1]), None)
    if first is None or first > 1 or any(blank not in {0, lead} for blank in blanks[first:]):
        return None
    result = _questions(even[first:], blanks[first:], lead)
    return (first, result) if result and _are_questions(result, lead) else None


def _begins(row: Sequence[Cell], lead: int) -> bool:
    return _holds(row[lead - 1]) and (lead == 1 or _NUMBER.fullmatch(cell_text(row[0]).strip()) is not None)


def _holds(cell: Cell) -> bool:
    return any(one.text or one.content or one.object is not None for one in cell)


def _questions(rows: Sequence[Sequence[Cell]], blanks: Sequence[int], lead: int) -> list[Tall]:
    result: list[Tall] = []
    column = _of_answers([row[lead:] for row in rows])
    if column is None:
        return []
    for row, blank in zip(rows, blanks, strict=True):
        cells = row[lead:]
        if not blank:
            result.append(Tall(row[0] if lead > 1 else (), row[lead - 1]))
        stated = cells[column + 1 :]
        result[-1].answers.append(cells[column])
        result[-1].beside += [*cells[:column], *stated]
        result[-1].right.append(any(_is_right(cell_text(cell)) for cell in stated))
    return result


def _of_answers(rows: Sequence[Sequence[Cell]]) -> int | None:
    """The column of answers: behind one of letters or none, before one of signs or none."""
    columns = list(zip(*rows, strict=True))
    lettered = len(columns) > 1 and all(_LETTER.fullmatch(cell_text(cell).strip()) for cell in columns[0])
    at = int(lettered)
    signs = columns[at + 1 :]
    stated = all(_is_sign(cell_text(cell)) for column in signs for cell in column)
    return at if len(signs) <= 1 and stated and all(map(_holds, columns[at])) else None


def _is_sign(text: str) -> bool:
    plain = text.strip()
    return bool(RIGHT.fullmatch(plain) or WRONG.fullmatch(plain)) or plain.lower() in _NOUGHTS | _ONES


def _is_right(text: str) -> bool:
    plain = text.strip()
    return RIGHT.fullmatch(plain) is not None or plain.lower() in _ONES


def _are_questions(result: Sequence[Tall], lead: int) -> bool:
    """Whether each has several answers, a few of them right where signs say so, and numbers count on where there are
    any: nothing else looks so."""
    sizes = all(_FEWEST <= len(one.answers) <= limits()["most-answers"] for one in result)
    stated = sum(0 < sum(one.right) < len(one.answers) for one in result)
    values = [int(found["n"]) for one in result if one.number and (found := _NUMBER.fullmatch(_text(one.number)))]
    rising = lead > 1 and len(values) == len(result) and all(b == a + 1 for a, b in pairwise(values))
    keyed = stated * 100 >= len(result) * limits()["throughout"]
    return len(result) >= _FEWEST and sizes and (keyed or (rising and not any(map(any, (one.right for one in result)))))


def _text(cell: Cell) -> str:
    return cell_text(cell).strip()
