"""A table as Typst sets it: columns, cells by their places, what is drawn around them (ECMA-376 Part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coursepack.render.typst.known import PASSED, children, number, on, refuse, value
from coursepack.render.typst.styles import Borders, Styles
from coursepack.render.wml import Element, w

Block = dict[str, Any]
Fill = Callable[[list[Element]], list[Block]]

_CELL = ("tcW", "gridSpan", "vMerge", "shd", "vAlign")


def table(element: Element, styles: Styles, fill: Fill) -> Block:
    """The table; ``fill`` makes the blocks of a cell. Raises ``UnknownElementError``."""
    properties = element.find(w("tblPr"))
    borders = styles.borders(properties) if properties is not None else Borders()
    columns: list[float] = []
    rows: list[Element] = []
    for child in children(element, "tblPr", "tblGrid", "tr"):
        if child.tag == w("tblGrid"):
            columns = [number(column, "w") or 0 for column in child]
        elif child.tag == w("tr"):
            rows.append(child)
    cells: list[Block] = []
    open_: dict[int, Block] = {}
    heads: list[bool] = []
    for down, row in enumerate(rows):
        head, whole, high = _row(row)
        heads.append(head)
        before = len(cells)
        _cells(row, down, whole, open_, cells, fill)
        if high and len(cells) > before:
            cells[before]["high"] = high
    sides = borders.sides
    drawn = any(sides.values())
    kept = [_kept(cells, down) for down in range(len(rows))]
    together = len(rows) > 1 and all(kept[:-1])
    layout = not drawn or len(columns) == 1
    header = next((n for n, head in enumerate(heads) if not head), 0)
    chains = [] if together or layout else _chains(kept, header, cells)
    return {
        "k": "table",
        "columns": columns,
        "rows": len(rows),
        # Only rows at the top are repeated; a head that is all there is heads nothing.
        "header": header,
        # Cells without lines, or one under another, only say where things stand.
        "layout": layout,
        "together": together,
        "chains": chains,
        # Whether the last row stays on one page with what stands below.
        "ends": bool(kept) and kept[-1] and not layout,
        "stroke": sides,
        "inset": borders.margins,
        "indent": borders.indent,
        "align": borders.align,
        "cells": cells,
        "before": 0.0,
        "after": 0.0,
    }


def parted(block: Block) -> tuple[Block, Block] | None:
    """The table without its last row, and that row as a table; None where it is all there is, or a cell reaches into
    it."""
    last = block["rows"] - 1
    if last <= block["header"] or any(c["y"] < last < c["y"] + c["rowspan"] for c in block["cells"]):
        return None
    above = [cell for cell in block["cells"] if cell["y"] < last]
    below = [{**cell, "y": 0} for cell in block["cells"] if cell["y"] == last]
    chains = [[first, min(count, last - first)] for first, count in block["chains"]]
    rest = {**block, "rows": last, "cells": above, "chains": [chain for chain in chains if chain[1] > 1]}
    tail = {**block, "rows": 1, "cells": below, "chains": [], "header": 0, "together": False, "gap": 0.0}
    return rest, tail


def _kept(cells: list[Block], down: int) -> bool:
    """True for a row each of whose cells begins with a line that stays on one page with the next."""
    first = [cell["body"][0] for cell in cells if cell["y"] == down and cell["body"]]
    return bool(first) and all(_first_line(block).get("keep") for block in first)


def _first_line(block: Block) -> Block:
    while block["k"] == "list":
        block = block["items"][0]["body"][0]
    return block


def _chains(kept: list[bool], header: int, cells: list[Block]) -> list[list[int]]:
    """Rows below the head that stay on one page, (first row, how many): Typst keeps the rows of an unbreakable cell
    together. A cell over all of them is made so; where there is none, the chain asks for one of its own.

    The head needs no chain: the engine never leaves it alone."""
    found: list[list[int]] = []
    down = header
    while down < len(kept):
        last = down
        while last < len(kept) - 1 and kept[last]:
            last += 1
        tall = next((c for c in cells if c["y"] == down and c["rowspan"] > 1), None)
        if last > down and tall is not None and down + tall["rowspan"] > last:
            tall["kept"] = True
        elif last > down:
            found.append([down, last - down + 1])
        down = last + 1
    return found


def _row(row: Element) -> tuple[bool, bool, float]:
    """Whether it is a head, whether it stays whole, and how high it is at least, in points."""
    head = whole = False
    high = 0.0
    for properties in row.findall(w("trPr")):
        for child in children(properties, "cantSplit", "tblHeader", "trHeight"):
            if child.tag == w("tblHeader"):
                head = on(child)
            elif child.tag == w("cantSplit"):
                whole = on(child)
            elif value(child, "hRule") == "exact":
                raise refuse(child)
            else:
                high = number(child) or 0.0
    return head, whole, high


def _cells(row: Element, down: int, whole: bool, open_: dict[int, Block], cells: list[Block], fill: Fill) -> None:
    column = 0
    for element in children(row, "trPr", "tc"):
        if element.tag != w("tc"):
            continue
        properties = element.find(w("tcPr"))
        found: dict[str, Element] = {}
        for child in children(properties, *_CELL) if properties is not None else ():
            found[child.tag] = child
        span = int(value(found.get(w("gridSpan"))) or "1")
        merge = found.get(w("vMerge"))
        if merge is not None and (value(merge) or "continue") == "continue" and column in open_:
            open_[column]["rowspan"] += 1
            column += span
            continue
        cell: Block = {"x": column, "y": down, "colspan": span, "rowspan": 1, "whole": whole}
        shade = value(found.get(w("shd")), "fill")
        if shade and shade != "auto":
            cell["fill"] = shade
        if value(found.get(w("vAlign"))) not in {None, "top"}:
            if value(found[w("vAlign")]) not in {"center", "bottom"}:
                raise refuse(found[w("vAlign")])
            cell["middle"] = value(found[w("vAlign")])
        cell["body"] = fill([child for child in element if child.tag != w("tcPr") and child.tag not in PASSED])
        for covered in range(column, column + span):
            open_.pop(covered, None)
        if merge is not None:
            open_[column] = cell
        cells.append(cell)
        column += span
