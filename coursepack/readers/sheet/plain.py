"""A workbook that holds no questions as a document: its sheets with their titles and tables, such as the calendar plan
of a course."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from coursepack.files.hashes import sha256
from coursepack.model.blocks import Run
from coursepack.model.document import Document, Grid, GridCell, Para, Unit
from coursepack.place import CoursepackError
from coursepack.readers.sheet.reader import BOOKS, sheets

_MOST = 3000
"""Rows of a plan."""
_WIDEST = 40
_HEAD = 0.6
"""Of the cells of the fullest row, those that the head of a table has filled at least."""
_FEWEST = 2


def document_of_sheets(path: Path, name: str) -> Document | None:
    """The workbook as a document called ``name``; None for another file, for one with very many rows or columns, and
    for one that cannot be read."""
    if path.suffix.lower() not in BOOKS:
        return None
    units: list[Unit] = []
    try:
        for _, rows in sheets(path):
            held: list[list[str]] = []
            for _, cells in rows:
                held.append([cell.strip() for cell in cells])
                if len(held) > _MOST or len(cells) > _WIDEST:
                    return None
            for block in _blocks(held):
                units.extend(_units(block, len(units) and _last(units)))
    except (CoursepackError, OSError):
        return None
    return Document(file=name, sha256=sha256(path.read_bytes()), medium="sheet", units=tuple(units)) if units else None


def _blocks(rows: Sequence[list[str]]) -> Iterator[list[list[str]]]:
    """The rows between blank ones."""
    block: list[list[str]] = []
    for row in [*rows, []]:
        if any(row):
            block.append(row)
        elif block:
            yield block
            block = []


def _units(rows: Sequence[list[str]], count: int) -> Iterator[Unit]:
    """The rows of a block: lines above its table as paragraphs, a cell each, and the table."""
    width = max(max(at for at, cell in enumerate(row, 1) if cell) for row in rows)
    filled = [sum(map(bool, row)) for row in rows]
    least = max(_FEWEST, _HEAD * max(filled))
    head = next((at for at, number in enumerate(filled) if number >= least), len(rows))
    if len(rows) - head < _FEWEST:
        head = len(rows)
    for row in rows[:head]:
        for cell in filter(None, row):
            count += 1
            yield Para(content=(Run(text=cell),), number=count)
    if head == len(rows):
        return
    first = count + 1
    body: list[tuple[GridCell, ...]] = []
    for row in rows[head:]:
        cells = [*row, *[""] * (width - len(row))][:width]
        paras = [Para(content=(Run(text=cell),) if cell else (), number=count + at) for at, cell in enumerate(cells, 1)]
        count += width
        body.append(tuple(GridCell(units=(para,)) for para in paras))
    yield Grid(rows=tuple(body), number=first)


def _last(units: Sequence[Unit]) -> int:
    """The number of the last paragraph."""
    last = units[-1]
    if isinstance(last, Grid):
        inner = last.rows[-1][-1].units[-1]
        return inner.number if isinstance(inner, Para) else last.number
    return last.number if isinstance(last, Para) else 0
