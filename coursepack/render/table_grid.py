"""A table as a grid: whose cell each place is, and how wide its columns are. Word wants every place said (17.4)."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from coursepack.model.blocks import Cell, Side, Table, block_text

Part = Literal["here", "side", "below", "none"]
GridPlace = tuple[Cell | None, Part]
GridRow = list[GridPlace]
MAX_COLUMNS = 63
"""Word's limit for a table."""


def rectangle(block: Table) -> list[GridRow]:
    """The table as a grid: each place says whose cell it is and whether the cell begins («here»), goes on from the
    place on its left («side») or, at its left edge, from the row above («below»). Every cell is a rectangle: a span
    ends where the table or a cell from above begins. Short rows are filled with empty places."""
    places: dict[tuple[int, int], GridPlace] = {}
    width = 0
    for index, line in enumerate(block.rows):
        column = 0
        for source in line.cells:
            while (index, column) in places:
                column += 1
            within = range(column, min(column + max(source.colspan, 1), MAX_COLUMNS))
            taken = (at for at, place in enumerate(within) if (index, place) in places)
            wide = next(taken, len(within))
            for down in range(min(max(source.rowspan, 1), len(block.rows) - index)):
                for right in range(wide):
                    part: Part = "side" if right else "below" if down else "here"
                    places[index + down, column + right] = (source, part)
            column += max(source.colspan, 1)
        width = max(width, min(column, MAX_COLUMNS))
    return [
        [places.get((index, column), (None, "none")) for column in range(width)] for index in range(len(block.rows))
    ]


def side_of(block: Table, column: int, span: int) -> Side | None:
    """Where the text of a cell stands, as its column says; a cell over several columns says nothing."""
    return block.align[column] if span == 1 and column < len(block.align) else None


def sides(block: Table) -> list[list[Side | None]]:
    """The same for each row's own cells, in their order."""
    return [
        [
            side_of(block, column, source.colspan)
            for column, (source, part) in enumerate(line)
            if source is not None and part == "here"
        ]
        for line in rectangle(block)
    ]


def column_widths(block: Table, grid: list[GridRow], room: int) -> list[int]:
    """Widths in twips: a column gets room for its longest word, and the rest by the length of its text."""
    count = len(grid[0])
    words, texts = [2] * count, [1] * count
    for line in grid:
        for column, (source, part) in enumerate(line):
            if source is not None and part == "here" and source.colspan == 1:
                text = block_text(source.blocks)
                words[column] = max(words[column], *(len(word) for word in text.split() or [""]))
                texts[column] = max(texts[column], min(len(text), 240))
    least = [min(length, 18) * 125 + 190 for length in words]
    if sum(least) >= room:
        return _shares([float(width) for width in least], room)
    spare = room - sum(least)
    return _shares([width + spare * length / sum(texts) for width, length in zip(least, texts, strict=True)], room)


def _shares(weights: list[float], room: int) -> list[int]:
    """Whole numbers in these proportions that add up to ``room``."""
    total, edge, edges = sum(weights), 0.0, [0]
    for weight in weights:
        edge += weight
        edges.append(round(room * edge / total))
    return [right - left for left, right in pairwise(edges)]
