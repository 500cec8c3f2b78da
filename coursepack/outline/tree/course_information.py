"""The grid at the head of a syllabus: labels beside their values, above them, or over several rows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coursepack.model.document import Grid
from coursepack.outline.drafts import ABOUT
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanCell
from coursepack.outline.stream import grid_parts
from coursepack.outline.tree.front import Front

Rows = Sequence[Sequence[PlanCell]]


def names_course(front: Front, rows: Rows) -> bool:
    """Whether a grid of several columns holds the data of a course; another stays a table."""
    full = [cell for row in rows for cell in row if cell.text]
    if any(mark.kind == "ticket" for cell in full for mark in front.source.marks.find(cell.text)):
        return False
    named = [kinds for cell in full if (kinds := _kinds(front, cell.text))]
    return len(set().union(*named)) > 2 and len(named) * 6 >= len(full)


def _kinds(front: Front, text: str) -> set[str]:
    """The fields that a cell names: as a label, or in lines of labels with their values."""
    alone = front.kind_of(text)
    return {alone} if alone else {one.kind for one in front.labels(text)}


def course_information(front: Front, grid: Grid, rows: Rows) -> list[Piece]:
    """Hear labels with their values beside or below them; other cells are handed back as text."""
    rest: list[Piece] = []
    done: set[int] = set()
    at = 0
    while at < len(rows):
        first = rows[at][0]
        if first.down > 1 and front.kind_of(first.text) in ABOUT:
            front.pair(first.text, first.pieces, _beside(front, grid, at, first.down))
            at += first.down
            continue
        done |= _below(front, rows, at)
        rest.extend(_row(front, [cell for cell in rows[at] if cell.text and id(cell) not in done]))
        at += 1
    return rest


def _row(front: Front, row: Sequence[PlanCell]) -> list[Piece]:
    """Labels with their values beside them are heard, and lines that say what they are."""
    rest: list[Piece] = []
    named = [bool(front.kind_of(cell.text)) for cell in row]
    column = 0
    while column < len(row):
        if (
            column + 1 < len(row)
            and not named[column + 1]
            and front.pair(row[column].text, row[column].pieces, row[column + 1].pieces)
        ):
            column += 2
            continue
        rest.extend(replace(one, bold=False) for one in row[column].pieces if not front.line(one, head=True))
        column += 1
    return rest


def _below(front: Front, rows: Rows, at: int) -> set[int]:
    """A row of labels over a row of values («Пәннің коды | Пәннің атауы | Кредит саны»): the cells it took."""
    row = rows[at]
    labels = {column: kind for column, cell in enumerate(row) if (kind := front.kind_of(cell.text))}
    full = [column for column, cell in enumerate(row) if cell.text]
    if len(labels) < 2 or len(labels) * 2 < len(full) or any(c + 1 in full and c + 1 not in labels for c in full[:1]):
        return set()
    head = max(row[column].down for column in labels)
    if at + head >= len(rows):
        return set()
    values = {column: value for column in labels if (value := _under(row, rows[at + head], column)) is not None}
    if len(values) < 2 or len(values) * 2 < len(labels) or any(front.kind_of(v.text) for v in values.values()):
        return set()
    taken: set[int] = set()
    for column, value in values.items():
        front.pair(row[column].text, row[column].pieces, value.pieces)
        taken |= {id(row[column]), id(value)}
    reason = "hours a week" if head > 1 and _weekly(front, rows[at : at + head]) else "passport"
    for line in rows[at : at + head + 1]:
        for cell in line:
            if cell.text and id(cell) not in taken:
                front.source.stream.texts.claim(cell.pieces, "mark", part="about", reason=reason)
                taken.add(id(cell))
    return taken


def _under(row: Sequence[PlanCell], below: Sequence[PlanCell], column: int) -> PlanCell | None:
    """The cell with a text under the columns that a label covers."""
    covered = range(column, min(column + row[column].across, len(below)))
    return next((below[at] for at in covered if below[at].text), None)


def _weekly(front: Front, head: Rows) -> bool:
    return any(front.source.marks.column(cell.text) in {"week", "hours"} for row in head for cell in row)


def _beside(front: Front, grid: Grid, at: int, down: int) -> list[Piece]:
    """The part of a table beside a label that spans several rows, as a table of its own."""
    rows = tuple(row[1:] if nth == 0 else row for nth, row in enumerate(grid.rows[at : at + down]))
    inner = Grid(rows=rows, number=grid.number)
    return [Piece("", grid_parts(inner, front.source.stream.texts.clean), object=inner)]
