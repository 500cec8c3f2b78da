"""Tables of a Word document: merged cells reported as spans (ECMA-376-1, 17.4)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from lxml import etree

from coursepack.model.blocks import Side
from coursepack.model.document import Grid, GridCell, Unit
from coursepack.readers.docx.styles import W, fill_of, on, val
from coursepack.readers.office.numbers import whole
from coursepack.readers.opc import DELETED, OfficePackage

Element = etree._Element

_PAIR = 2
_THROUGH = frozenset(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"))


class CellReader(Protocol):
    parts: OfficePackage
    count: int

    def blocks(self, parent: Element) -> list[Unit]: ...

    def sides(self, cell: Element) -> set[Side | None]: ...


@dataclass
class _Cell:
    column: int
    colspan: int
    units: tuple[Unit, ...]
    sides: set[Side | None]
    rowspan: int = 1
    fill: str = ""


def read_table(reader: CellReader, table: Element) -> Grid | None:
    """The table as a ``Grid``; None when it holds no cell."""
    first = reader.count + 1
    rows: list[list[_Cell]] = []
    open_spans: dict[int, _Cell] = {}
    heads = 0
    for row in _inner(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            reader.parts.reported[DELETED] += 1
            continue
        if on(properties, "tblHeader") and heads == len(rows):
            heads += 1
        rows.append(_row(reader, row, whole(val(properties, "gridBefore")), open_spans))
    if not any(rows):
        return None
    _leave_telling_fills(rows)
    return Grid(
        rows=tuple(
            tuple(GridCell(units=c.units, colspan=c.colspan, rowspan=c.rowspan, fill=c.fill) for c in row)
            for row in rows
        ),
        number=first,
        header_rows=heads,
        align=_align(rows[heads:]),
    )


def _align(rows: list[list[_Cell]]) -> tuple[Side | None, ...]:
    """The side of each column whose cells all say the same; cells without letters and wide ones say nothing."""
    columns: dict[int, set[Side | None]] = {}
    for cell in chain.from_iterable(rows):
        stated = cell.sides if cell.colspan == 1 else set[Side | None]()
        columns.setdefault(cell.column, set()).update(stated)
    if not any(columns.values()):
        return ()
    found = [columns.get(at, set()) for at in range(max(columns) + 1)]
    align = tuple(next(iter(sides)) if len(sides) == 1 else None for sides in found)
    return align if any(align) else ()


def _leave_telling_fills(rows: list[list[_Cell]]) -> None:
    """Keep the fills of cells that tell them from others: whole rows, and columns below their head, are only set
    off."""
    below: dict[int, list[_Cell]] = {}
    for row in rows[1:]:
        for cell in row:
            below.setdefault(cell.column, []).append(cell)
    plain = [row for row in rows if len({cell.fill for cell in row}) < _PAIR]
    plain += [column for column in below.values() if len(column) > 1 and len({cell.fill for cell in column}) < _PAIR]
    for cell in chain.from_iterable(plain):
        cell.fill = ""


def _row(reader: CellReader, row: Element, column: int, open_spans: dict[int, _Cell]) -> list[_Cell]:
    cells: list[_Cell] = []
    going_on: set[int] = set()
    for element in _inner(row, f"{W}tc"):
        properties = element.find(f"{W}tcPr")
        if properties is not None and properties.find(f"{W}cellDel") is not None:
            reader.parts.reported[DELETED] += 1
            continue
        span = max(1, min(whole(val(properties, "gridSpan"), 1), 1000))
        merge = val(properties, "vMerge")
        across = val(properties, "hMerge")
        units = tuple(reader.blocks(element))
        if across in {"continue", ""} and cells:
            # The old way to merge across: the cell before swallows this one.
            cells[-1].colspan += span
            cells[-1].units += units
        elif merge in {"continue", ""} and column in open_spans:
            above = open_spans[column]
            above.rowspan += 1
            # Word shows nothing of a covered cell; what a program left there is not lost all the same.
            above.units += units
            going_on.add(column)
        else:
            cell = _Cell(column, span, units, reader.sides(element), fill=fill_of(properties))
            cells.append(cell)
            open_spans.pop(column, None)
            if merge is not None:
                open_spans[column] = cell
                going_on.add(column)
        column += span
    for ended in [c for c in open_spans if c not in going_on]:
        del open_spans[ended]
    return cells


def _inner(parent: Element, wanted: str) -> list[Element]:
    """Rows or cells, those inside content controls too."""
    found: list[Element] = []
    for child in parent.iterchildren("*"):
        if child.tag == wanted:
            found.append(child)
        elif child.tag in _THROUGH:
            found.extend(_inner(child, wanted))
    return found
