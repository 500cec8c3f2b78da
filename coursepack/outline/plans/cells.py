"""The cells of a table where they stand: rows and columns, spans filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coursepack.model.blocks import Table, block_text
from coursepack.model.document import Grid
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import cell_text, in_cell
from coursepack.outline.tree import dates

_SPANNED = 20_000  # cells of one table that are nothing but spans


@dataclass
class PlanCell:
    """A cell of a table where it stands: its pieces, empty when a span covers it; ``down`` how many rows it spans;
    ``covered``: one that spans this place stands before it or above."""

    pieces: list[Piece] = field(default_factory=list)
    text: str = ""
    down: int = 1
    across: int = 1
    covered: bool = False


def matrix(source: OutlineSource, piece: Piece) -> list[list[PlanCell]]:
    """The cells of a table in rows and columns, spans filled with empty cells."""
    if not isinstance(piece.object, Grid):
        return _line_matrix(piece)
    taken: dict[tuple[int, int], PlanCell] = {}
    width = 0
    room = _SPANNED  # what is made of spans grows with the table, not with the numbers that it declares
    for at, row in enumerate(piece.object.rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            pieces = in_cell(cell, source.stream.texts)
            down, across = max(1, min(cell.rowspan, 200)), max(1, min(cell.colspan, 60))
            room -= down * across - 1
            if room < 0:
                down = across = 1
            result = PlanCell(pieces, cell_text(pieces), down, across)
            _place(result, at, column, taken)
            column += across
            width = max(width, column)
    return _rectangle(taken, len(piece.object.rows), width)


def _place(cell: PlanCell, row: int, column: int, taken: dict[tuple[int, int], PlanCell]) -> None:
    taken[row, column] = cell
    for down in range(cell.down):
        for across in range(cell.across):
            if down or across:
                taken.setdefault((row + down, column + across), PlanCell(covered=True))


def _rectangle(taken: Mapping[tuple[int, int], PlanCell], rows: int, width: int) -> list[list[PlanCell]]:
    ends = [width] * rows
    if width * rows > _SPANNED + len(taken):  # one wide row among many: the others end with their last cell
        ends = [0] * rows
        for at, column in taken:
            if at < rows:
                ends[at] = max(ends[at], column + 1)
    return [[taken.get((at, column), PlanCell()) for column in range(end)] for at, end in enumerate(ends)]


_DAYS = 3
"""Cells of one column that begin with a day from which the days are a column of their own."""


def with_days_apart(rows: list[list[PlanCell]]) -> list[list[PlanCell]]:
    """The rows with a column of days before that whose cells begin with one on a line of its own, «August 27 –
    September 2» over «Diversity»; the same rows where no column has such cells."""
    at = next((at for at in range(len(rows[0]) if rows else 0) if _begin_with_days([row[at] for row in rows])), None)
    return rows if at is None else [[*row[:at], *_day_apart(row[at]), *row[at + 1 :]] for row in rows]


def _begin_with_days(cells: list[PlanCell]) -> bool:
    own = [cell for cell in cells if cell.text and cell.across == 1]
    dated = sum(_leads_with_day(cell) for cell in own)
    return dated >= _DAYS and dated * 3 >= len(own) * 2


def _leads_with_day(cell: PlanCell) -> bool:
    return len(cell.pieces) > 1 and dates.is_days_alone(cell.pieces[0].text)


def _day_apart(cell: PlanCell) -> list[PlanCell]:
    """A cell as two: its day and what stands below it."""
    if cell.across > 1:
        return [replace(cell, across=cell.across + 1), PlanCell(covered=True)]
    if not _leads_with_day(cell):
        return [PlanCell(covered=cell.covered), cell]
    day, *rest = cell.pieces
    return [
        replace(cell, pieces=[day], text=day.text),
        replace(cell, pieces=rest, text="\n".join(one.text for one in rest)),
    ]


def _line_matrix(piece: Piece) -> list[list[PlanCell]]:
    """A table of wrapped text: its cells have texts, but no letters of their own to claim."""
    if not isinstance(piece.object, Table):
        return []
    return [
        [PlanCell([Piece(text, [])] if (text := block_text(cell.blocks).strip()) else [], text) for cell in row.cells]
        for row in piece.object.rows
    ]
