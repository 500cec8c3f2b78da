"""Estimated heights of blocks: what the engine is told to keep together must fit on one page.

Typst sets an unbreakable block that is too high beyond the foot of the page, where it is not visible. An estimate one
line too high costs nothing here, one line too low costs the end of a text: text is assumed wider, and every estimate is
rounded up.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from coursepack.text.widths import times

Block = dict[str, Any]

_SIZE = 12.0
"""The default type size in points."""
_LINE = 1.15
"""Line to line, in ems of Times-like faces."""
_WIDER = 1.12
"""The factor by which text is assumed wider: for bold type, and for the space left at the end of a line."""
_LEAST = 36.0
"""Points: the narrowest line that is assumed."""
_FORMULA = 2.2
"""The height of a line with a formula, in ems."""


def height(blocks: list[Block], width: float, size: float = _SIZE) -> float:
    """The height in points of the blocks one under another in a column of ``width`` points; ``size``: their type
    size."""
    around: float = sum(block.get(name, 0.0) for block in blocks for name in ("gap", "start", "end"))
    return around + sum(_HEIGHTS[block["k"]](block, width, size) for block in blocks)


def rows(table: Block, size: float = _SIZE) -> list[float]:
    """The height of each row in points. The excess height of a cell that spans several rows is added to the last of
    them."""
    found = [0.0] * table["rows"]
    inset = table["inset"]
    sides = inset.get("left", 0.0) + inset.get("right", 0.0)
    ends = inset.get("top", 0.0) + inset.get("bottom", 0.0) + 1
    for cell in sorted(table["cells"], key=lambda cell: (cell["y"] + cell["rowspan"], cell["x"])):
        room = sum(table["columns"][cell["x"] : cell["x"] + cell["colspan"]]) - sides
        needed = max(height(cell["body"], room, size) + ends, cell.get("high", 0.0))
        last = cell["y"] + cell["rowspan"] - 1
        found[last] = max(found[last], needed - sum(found[cell["y"] : last]))
    return found


def _paragraph(block: Block, width: float, size: float) -> float:
    font_size: float = block["letters"].get("size", size)
    leading: float = block.get("leading", 0.0)
    room = max(width - block.get("left", 0.0) - block.get("right", 0.0), _LEAST)
    if not block["runs"]:
        return float(block.get("height", font_size * _LINE))
    return sum(_line(line, room, font_size) + leading for line in _lines(block["runs"]))


def _lines(runs: list[Block]) -> Iterator[list[Block]]:
    """The runs between two line breaks; links are replaced by their text."""
    line: list[Block] = []
    for run in flat(runs):
        if run["k"] == "br":
            yield line
            line = []
        else:
            line.append(run)
    yield line


def flat(runs: list[Block]) -> Iterator[Block]:
    for run in runs:
        if run["k"] in {"link", "anchor"}:
            yield from flat(run["runs"])
        else:
            yield run


def _line(runs: list[Block], room: float, size: float) -> float:
    largest: float = max((run.get("size", size) for run in runs), default=size)
    wide: float = sum(times(_words(run)) * run.get("size", size) / 1000 for run in runs)
    pictures: float = sum(run["height"] for run in runs if run["k"] == "picture")
    high = largest * (_FORMULA if any(run["k"] == "math" for run in runs) else _LINE)
    return max(ceil(wide * _WIDER / room), 1) * high + pictures


def _words(run: Block) -> str:
    words: str = run.get("t") or run.get("alt") or _COUNTED
    return words


_COUNTED = "0000"
"""A stand-in as wide as a number that the engine sets."""


def _listing(block: Block, width: float, size: float) -> float:
    font_size: float = block["letters"].get("size", size)
    leading: float = block.get("leading", 0.0)
    in_line = max(int(max(width, _LEAST) / (font_size * 0.6)), 1)
    lines = sum(max(ceil(len(line) / in_line), 1) for line in block["text"].split("\n"))
    return lines * (font_size * 1.2 + leading)


def _list(block: Block, width: float, size: float) -> float:
    room = width - block["indent"] - block["hanging"]
    gaps: float = sum(item["gap"] for item in block["items"])
    return gaps + sum(height(item["body"], room, size) for item in block["items"])


def _table(block: Block, width: float, size: float) -> float:
    return sum(rows(block, size))


def _contents(block: Block, width: float, size: float) -> float:
    return sum(height([{**entry, "k": "p"}], width, size) for entry in block["entries"].values())


def _piece(block: Block, width: float, size: float) -> float:
    return height(block["body"], width, size)


_HEIGHTS = {
    "p": _paragraph,
    "code": _listing,
    "list": _list,
    "table": _table,
    "toc": _contents,
    "piece": _piece,
}
