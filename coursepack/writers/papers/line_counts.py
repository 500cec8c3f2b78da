"""About how many lines paragraphs and rows of a paper take."""

from __future__ import annotations

from math import ceil

from coursepack.render.wml import TEXT_WIDTH, Element, text_of, w
from coursepack.writers.papers.fitted import width

_ENGLISH_METRIC, _LINE = 12700, 13.8
"""Units of a drawing in a point (20.1.2.1), points from line to line."""
_SIDES = 190
"""Twips at both sides of a cell's text."""
_NARROWEST = 300
"""Twips of the narrowest cell that is reckoned with."""


def line_count(line: Element, room: int = TEXT_WIDTH) -> int:
    """Of a paragraph in a column of ``room`` twips."""
    left = line.find(f"{w('pPr')}/{w('ind')}")
    indent = int(left.get(w("left"), "0")) if left is not None else 0
    room = max(room - indent, _NARROWEST)
    text = sum(max(ceil(width(piece) / room), 1) for piece in text_of(line).split("\n"))
    return text + ceil(_drawn(line) / _LINE)


def row_lines(row: Element) -> int:
    """Of the highest cell of a row."""
    cells = row.findall(w("tc"))
    return max((_cell(cell, TEXT_WIDTH // len(cells)) for cell in cells), default=1)


def _cell(cell: Element, share: int) -> int:
    measure = cell.find(f"{w('tcPr')}/{w('tcW')}")
    stated = measure.get(w("w"), "") if measure is not None and measure.get(w("type")) == "dxa" else ""
    room = (int(stated) if stated.isdigit() else share) - _SIDES
    return sum(line_count(line, room) for line in cell.iter(w("p")))


def _drawn(line: Element) -> float:
    """Points that drawings in it are high."""
    extents = (each for each in line.iter() if isinstance(each.tag, str) and each.tag.endswith("}extent"))
    return sum(int(each.get("cy", "0")) / _ENGLISH_METRIC for each in extents)
