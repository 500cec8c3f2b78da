"""Tables in which each question fills a row and its answers stand side by side in the cells below: «1. Which gas …?»
over «oxygen | neon | argon».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from coursepack.outline.bank.lines import offers_answers
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import cell_text

_NUMBER = re.compile(r"№?\s?(?P<n>\d{1,4})\s?[.):]\s*\S")
_ASKING = ("?", ":", "–", "—", "…", "_")
_FEWEST_BANDS = 3
_FEWEST, _MOST = 2, 8

Cell = Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Band:
    """A question of such a table with the cells of its answers."""

    asked: Cell
    answers: tuple[Cell, ...]


def banded_rows(rows: Sequence[Sequence[Cell]]) -> tuple[int, list[Band]] | None:
    """How many rows precede the first question, and the questions; None for any other table, and where the answers bear
    letters of their own."""
    filled = [[cell for cell in row if _has_content(cell)] for row in rows]
    first = next((at for at, (row, below) in enumerate(pairwise(filled)) if len(row) == 1 < len(below)), None)
    if first is None or first > 1 or max(map(len, rows)) < _FEWEST:
        return None
    found: list[Band] = []
    for row in filled[first:]:
        if len(row) == 1:
            found.append(Band(row[0], ()))
        elif row:
            found[-1] = Band(found[-1].asked, (*found[-1].answers, *row))
    return (first, found) if _are_questions(found) else None


def _has_content(cell: Cell) -> bool:
    return any(one.text or one.content or one.object is not None for one in cell)


def _are_questions(bands: Sequence[Band]) -> bool:
    """Whether three bands or more hold as many answers each, and their first cells count on or ask."""
    sizes = {len(one.answers) for one in bands}
    if len(bands) < _FEWEST_BANDS or len(sizes) > 1 or not _FEWEST < min(sizes) <= _MOST:
        return False
    texts = [cell_text(one.asked).strip() for one in bands]
    numbers = [int(number["n"]) if (number := _NUMBER.match(text)) else 0 for text in texts]
    counted = numbers == list(range(1, len(numbers) + 1))
    asking = sum(text.endswith(_ASKING) for text in texts)
    answers = [cell for one in bands for cell in one.answers]
    plain = not any(cell_text(cell).rstrip().endswith("?") for cell in answers)
    lettered = any(offers_answers([piece for cell in one.answers for piece in cell]) for one in bands)
    return plain and not lettered and asking * _FEWEST >= len(bands) - counted * len(bands) // _FEWEST
