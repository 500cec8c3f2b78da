"""Matching questions whose points and answers stand beside one another, in rows of text or of a table, set apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from coursepack.model.document import Grid
from coursepack.outline.bank.beside import ROWS, runs
from coursepack.outline.pieces import Piece, Texts
from coursepack.outline.stream import flatten

_PAIR = 2


def apart(texts: Texts, pieces: Sequence[Piece]) -> tuple[list[Piece], frozenset[int]]:
    """The pieces; rows that hold a point and an answer each, «1) key   a) a field», are cut, those of a table as well:
    points first. And the places of the halves that bear numbers, which count no questions."""
    made: list[Piece] = []
    numbered: set[int] = set()

    def add(halves: Sequence[tuple[Piece, Piece]], *, letters_first: bool) -> None:
        first = len(made) + len(halves) * letters_first
        numbered.update(range(first, first + len(halves)))
        for side in zip(*halves, strict=True):
            made.extend(side)

    for run in runs([piece.text if piece.object is None and not piece.label else "" for piece in pieces]):
        at, found = run[0]
        table = _table(texts, pieces[at])
        if table is not None:
            made.extend(table.head)
            add(table.halves, letters_first=table.letters_first)
        elif len(run) == 1:
            made.append(pieces[at])
        elif found is not None:
            parts = [texts.cut(pieces[at], found.start("answer")) for at, found in run if found]
            halves = [(point, replace(answer, glued=False)) for point, answer in parts]
            add(halves, letters_first=found.re is ROWS[1])
    return made, frozenset(numbered)


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of points beside answers: the cells of its head, the rows of its body."""

    head: list[Piece]
    halves: list[tuple[Piece, Piece]]
    letters_first: bool


def _table(texts: Texts, piece: Piece) -> _Table | None:
    """A table whose rows, the first one apart, hold a point and an answer each that count on."""
    grid = piece.object
    if not isinstance(grid, Grid) or any(len(row) != _PAIR for row in grid.rows):
        return None
    cells = [[flatten(Grid(rows=((cell,),), number=grid.number), texts) for cell in row] for row in grid.rows]
    lines = ["  ".join(_labelled(one) for cell in row for one in cell) for row in cells]
    for first in (0, 1):
        found = runs(lines[first:])
        if len(next(found, ())) == len(lines) - first > 1 and all(len(c) == 1 for row in cells[first:] for c in row):
            head = [one for row in cells[:first] for cell in row for one in cell]
            letters = lines[first].lstrip("(")[:1].isalpha()
            return _Table(head, [(a[0], b[0]) for a, b in cells[first:]], letters)
    return None


def _labelled(piece: Piece) -> str:
    return f"{piece.label} {piece.text}" if piece.label else piece.text
