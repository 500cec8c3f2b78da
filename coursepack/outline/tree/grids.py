"""A grid that is a whole syllabus, parted where its plan begins and ends."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.model.document import Grid
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanCell
from coursepack.outline.stream import grid_parts

_ABOVE = 2
"""Rows of data over a plan, at least."""
_COLUMNS = 3
"""Columns that the head of a plan names, at least, one of them the week."""
_LONGEST_HEAD = 40
_ROWS = 3
_PAIR = 2
_STATED = 12
"""Letters of a value beside a label, which no sum of points has."""

Rows = Sequence[Sequence[PlanCell]]


def parted_at_plan(source: OutlineSource, piece: Piece, rows: Rows) -> list[Piece]:
    """The data over the plan, the plan, the data under it, each a table; the piece alone where it is no such grid."""
    grid = piece.object
    if not isinstance(grid, Grid) or len(rows) != len(grid.rows) or len(rows) < _ABOVE + _ROWS:
        return [piece]
    start = next((at for at, row in enumerate(rows) if _heads_plan(source, row)), 0)
    if start < _ABOVE or not all(_tells(grid, rows, at) for at in range(1, start)):
        return [piece]
    end = next((at for at in range(start + 1, len(rows)) if _tells(grid, rows, at)), len(rows))
    if end - start < _ROWS:
        return [piece]
    return [
        _part(source, grid, first, last) for first, last in ((0, start), (start, end), (end, len(rows))) if last > first
    ]


def _heads_plan(source: OutlineSource, row: Sequence[PlanCell]) -> bool:
    kinds = {source.marks.column(cell.text) for cell in row if 0 < len(cell.text) < _LONGEST_HEAD} - {None}
    return "week" in kinds and len(kinds) >= _COLUMNS


def _tells(grid: Grid, rows: Rows, at: int) -> bool:
    """Whether a row is a label beside its value, or values alone: few cells, more than a sum of points in the last."""
    texts = [cell.text for cell in rows[at] if cell.text]
    few = len(grid.rows[at]) <= _PAIR
    return bool(texts) and not texts[0].strip(" .)").isdigit() and (not few or len(texts[-1]) > _STATED)


def _part(source: OutlineSource, grid: Grid, first: int, last: int) -> Piece:
    part = Grid(rows=grid.rows[first:last], number=grid.number)
    return Piece("", grid_parts(part, source.stream.texts.clean), object=part)
