"""Tables of statements with a column for true and one for false, «Yes | No», and a sign in one of them on each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack import languages
from coursepack.outline.bank.lines import RIGHT
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import cell_text
from coursepack.text.scripts import plain_cross

_NUMBER = re.compile(r"№?\s?(?P<n>\d{1,4})[.)]?")
_TICKS = RIGHT | {"x", "v", "1", "☑", "☒"}
_BLANK = frozenset({"", "-", "–", "—", "☐", "□"})
_FEWEST = 2
_SHORTEST = 5
"""The fewest letters of a statement."""

Cell = Sequence[Piece]


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement of such a table: its number as printed or 0, its cell, whether it is true (None where no sign says
    so), and the other cells of its row."""

    number: int
    stated: Cell
    truth: bool | None
    beside: tuple[Cell, ...]


def judged_rows(rows: Sequence[Sequence[Cell]]) -> list[Judged] | None:
    """The statements of a table below its head; None for any other table."""
    columns = _columns([cell_text(cell) for cell in rows[0]]) if rows else None
    if columns is None or len(rows) <= _FEWEST or any(len(row) != len(rows[0]) for row in rows):
        return None
    found = [_judged(row, columns) for row in rows[1:]]
    result = [one for one in found if one is not None]
    signed = sum(one.truth is not None for one in result)
    return result if len(result) == len(found) and signed * _FEWEST > len(result) else None


def _columns(top: Sequence[str]) -> tuple[int, int] | None:
    """The columns of true and of false, next to one another behind that of the statements."""
    words = [text.strip(' .:«»"()').casefold() for text in top]
    true, false = ([at for at, word in enumerate(words) if word in _words(name)] for name in ("true", "false"))
    pairs = [(a, b) for a in true for b in false if abs(a - b) == 1 and min(a, b)]  # «No» may head the numbers
    return pairs[0] if len(pairs) == 1 else None


def _words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in languages.words(name))


def _judged(row: Sequence[Cell], columns: tuple[int, int]) -> Judged | None:
    """A row as a statement; None where it holds anything else."""
    signs = [plain_cross(cell_text(row[at]).strip()) for at in columns]
    ticked = [sign in _TICKS for sign in signs]
    if not all(is_tick or sign in _BLANK for is_tick, sign in zip(ticked, signs, strict=True)) or all(ticked):
        return None
    first = min(columns)
    numbers = [_NUMBER.fullmatch(cell_text(cell).strip()) for cell in row[:first]]
    texts = [at for at in range(first) if numbers[at] is None and cell_text(row[at]).strip()]
    if len(texts) != 1 or sum(map(str.isalpha, cell_text(row[texts[0]]))) < _SHORTEST:
        return None
    number = next((int(one["n"]) for one in numbers if one is not None), 0)
    beside = tuple(cell for at, cell in enumerate(row) if at != texts[0])
    return Judged(number, row[texts[0]], ticked[0] if any(ticked) else None, beside)
