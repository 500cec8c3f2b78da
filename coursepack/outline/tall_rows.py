"""Tables in which a question spans several rows, one answer in each: the cells of the question are merged, or blank
below the first row; a sign in the last column marks right answers.
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
_FALSE_SIGNS = frozenset({"0", "no"})
_TRUE_SIGNS = frozenset({"1", "yes", "x", "v"})

Cell = Sequence[Piece]


@dataclass(slots=True)
class Tall:
    """A question that spans several rows: the cells of its number (``number``) and text (``asked``), its answers, the
    cells with their letters and signs (``beside``), and which answers are right."""

    number: Cell
    asked: Cell
    answers: list[Cell] = field(default_factory=list)
    beside: list[Cell] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)


def tall_rows(rows: Sequence[Sequence[Cell]]) -> tuple[int, list[Tall]] | None:
    """How many rows precede the first question, and the questions; None for any other table."""
    width = max((len(row) for row in rows), default=0)
    if not _FEWEST <= width <= _WIDEST or len(rows) <= _FEWEST * _FEWEST:
        return None
    even = [[*[[]] * (width - len(row)), *row] for row in rows]
    blanks = [next((at for at, cell in enumerate(row) if _has_content(cell)), width) for row in even]
    inner = [blank for blank in blanks if blank]
    lead = min(inner, default=0)
    if not 0 < lead <= _FEWEST or len(inner) < len(rows) // _FEWEST or lead >= width:
        return None
    first = next((at for at, row in enumerate(even) if _begins_question(row, lead) and blanks[at : at + 2][-1]), None)
    if first is None or first > 1 or any(blank not in {0, lead} for blank in blanks[first:]):
        return None
    result = _questions(even[first:], blanks[first:], lead)
    return (first, result) if result and _are_questions(result, lead) else None


def _begins_question(row: Sequence[Cell], lead: int) -> bool:
    return _has_content(row[lead - 1]) and (lead == 1 or _NUMBER.fullmatch(cell_text(row[0]).strip()) is not None)


def _has_content(cell: Cell) -> bool:
    return any(one.text or one.content or one.object is not None for one in cell)


def _questions(rows: Sequence[Sequence[Cell]], blanks: Sequence[int], lead: int) -> list[Tall]:
    result: list[Tall] = []
    column = _answer_column([row[lead:] for row in rows])
    if column is None:
        return []
    for row, blank in zip(rows, blanks, strict=True):
        cells = row[lead:]
        if not blank:
            result.append(Tall(row[0] if lead > 1 else (), row[lead - 1]))
        sign_cells = cells[column + 1 :]
        result[-1].answers.append(cells[column])
        result[-1].beside += [*cells[:column], *sign_cells]
        result[-1].right.append(any(_is_right(cell_text(cell)) for cell in sign_cells))
    return result


def _answer_column(rows: Sequence[Sequence[Cell]]) -> int | None:
    """The index of the column of answers: at most one column of letters precedes it, at most one of signs follows."""
    columns = list(zip(*rows, strict=True))
    lettered = len(columns) > 1 and all(_LETTER.fullmatch(cell_text(cell).strip()) for cell in columns[0])
    at = int(lettered)
    signs = columns[at + 1 :]
    are_signs = all(_is_sign(cell_text(cell)) for column in signs for cell in column)
    return at if len(signs) <= 1 and are_signs and all(map(_has_content, columns[at])) else None


def _is_sign(text: str) -> bool:
    plain = text.strip()
    return bool(RIGHT.fullmatch(plain) or WRONG.fullmatch(plain)) or plain.lower() in _FALSE_SIGNS | _TRUE_SIGNS


def _is_right(text: str) -> bool:
    plain = text.strip()
    return RIGHT.fullmatch(plain) is not None or plain.lower() in _TRUE_SIGNS


def _are_questions(result: Sequence[Tall], lead: int) -> bool:
    """Whether each question has several answers, and either signs that mark some of them as right, or consecutive
    numbers and no signs: no other table looks like this."""
    sizes = all(_FEWEST <= len(one.answers) <= limits()["most-answers"] for one in result)
    keyed_count = sum(0 < sum(one.right) < len(one.answers) for one in result)
    values = [int(found["n"]) for one in result if one.number and (found := _NUMBER.fullmatch(_text(one.number)))]
    rising = lead > 1 and len(values) == len(result) and all(b == a + 1 for a, b in pairwise(values))
    keyed = keyed_count * 100 >= len(result) * limits()["throughout"]
    return len(result) >= _FEWEST and sizes and (keyed or (rising and not any(map(any, (one.right for one in result)))))


def _text(cell: Cell) -> str:
    return cell_text(cell).strip()
