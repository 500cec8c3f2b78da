"""A small table of short cells (CSV or a workbook) as a document: it may be the keys of a test and nothing else."""

from __future__ import annotations

from pathlib import Path

from coursepack.files.hashes import sha256
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Run
from coursepack.model.document import Document, Grid, GridCell, Para, Unit
from coursepack.place import CoursepackError
from coursepack.readers.sheet.reader import BOOKS, csv_rows, sheets
from coursepack.readers.streams import ReadingSession

_LONGEST = 60
"""Letters of a cell that holds a number, a key or the title above them."""
_MOST = 3000
"""Rows of keys."""
_ENDINGS = frozenset({*BOOKS, ".csv"})


def table_of_keys(path: Path, name: str) -> Document | None:
    """The table as a document called ``name``; None for one with long cells, with many rows, or that cannot be read."""
    if path.suffix.lower() not in _ENDINGS:
        return None
    units: list[Unit] = []
    count = 0
    try:
        parts = sheets(path) if path.suffix.lower() in BOOKS else [("", csv_rows(ReadingSession(path, [], Assets())))]
        for _, rows in parts:
            held: list[list[str]] = []
            for _, cells in rows:
                if len(held) >= _MOST or any(len(cell) > _LONGEST for cell in cells):
                    return None
                held.extend([[cell.strip() for cell in cells]] if any(map(str.strip, cells)) else [])
            found, count = _units(held, count)
            units += found
    except (CoursepackError, OSError):
        return None
    return Document(file=name, sha256=sha256(path.read_bytes()), medium="sheet", units=tuple(units)) if units else None


def _units(rows: list[list[str]], count: int) -> tuple[list[Unit], int]:
    """The rows of a sheet as a table, titles above it as paragraphs; how many cells there are."""
    width = max(map(len, rows), default=0)
    result: list[Unit] = []
    body: list[tuple[GridCell, ...]] = []
    for row in rows:
        cells = [*row, *[""] * (width - len(row))]
        paras = [Para(content=(Run(text=cell),) if cell else (), number=count + at) for at, cell in enumerate(cells, 1)]
        count += width
        if sum(map(bool, row)) == 1 and not body:
            result.append(next(para for para in paras if para.content))
            continue
        body.append(tuple(GridCell(units=(para,)) for para in paras))
    if body:
        first = body[0][0].units[0]
        result.append(Grid(rows=tuple(body), number=first.number if isinstance(first, Para) else count))
    return result, count
