"""A table as Typst sets it: columns, cells by their places, what is drawn around them (ECMA-376 Part 1, 17.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coursepack.render.typst.known import PASSED, children, number, on, refuse, value
from coursepack.render.typst.lists import paragraphs
from coursepack.render.typst.styles import Borders, StyleSheet
from coursepack.render.wml import Element, w

Block = dict[str, Any]
Fill = Callable[[list[Element]], list[Block]]

_CELL = ("tcW", "gridSpan", "vMerge", "shd", "vAlign")


def table(element: Element, styles: StyleSheet, fill: Fill) -> Block:
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
    layout = not drawn or len(columns) == 1
    header = next((n for n, head in enumerate(heads) if not head), 0)
    return {
        "k": "table",
        "columns": columns,
        "rows": len(rows),
        # Only rows at the top are repeated; a head that is all there is heads nothing.
        "header": header,
        # Cells without lines, or one under another, only say where things stand.
        "layout": layout,
        # Of each row, whether it stays on one page with the next (``together`` says what comes of it).
        "kept": [_kept(cells, down) for down in range(len(rows))],
        "stroke": sides,
        "inset": borders.margins,
        "indent": borders.indent,
        "align": borders.align,
        "cells": cells,
        "before": 0.0,
        "after": 0.0,
    }


def _kept(cells: list[Block], down: int) -> bool:
    """True for a row each of whose lines stays on one page with the next."""
    lines = [line for cell in cells if cell["y"] == down for line in paragraphs(cell["body"])]
    return bool(lines) and all(line.get("keep") for line in lines)


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
