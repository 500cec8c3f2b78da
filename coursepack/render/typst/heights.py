"""How high blocks are, about: what the engine may keep on one page must have room on one.

Typst sets what may not be broken over the foot of a page, where nobody sees it. A line more than it takes costs nothing
here, a line less costs the end of a text: letters are counted wider, and every guess goes up.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any

from coursepack.text.widths import times

Block = dict[str, Any]

_SIZE = 12.0
"""Points of letters that nothing else is said of."""
_LINE = 1.15
"""Line to line, in ems of Times-like faces."""
_WIDER = 1.12
"""Of a line: bold letters, and the room that is left at its end because the next word is too long."""
_LEAST = 36.0
"""Points: no line is taken to be narrower."""
_FORMULA = 2.2
"""Ems that a line with a formula is high."""


def height(blocks: list[Block], width: float, size: float = _SIZE) -> float:
    """Points that the blocks take one under another in ``width`` points; ``size``: of their letters."""
    around: float = sum(block.get(name, 0.0) for block in blocks for name in ("gap", "start", "end"))
    return around + sum(_HEIGHTS[block["k"]](block, width, size) for block in blocks)


def rows(table: Block, size: float = _SIZE) -> list[float]:
    """The height of each row. A cell over several rows counts in the last of them, as far as it is higher."""
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
    characters: float = block["letters"].get("size", size)
    leading: float = block.get("leading", 0.0)
    room = max(width - block.get("left", 0.0) - block.get("right", 0.0), _LEAST)
    if not block["runs"]:
        return float(block.get("height", characters * _LINE))
    return sum(_line(line, room, characters) + leading for line in _lines(block["runs"]))


def _lines(runs: list[Block]) -> Iterator[list[Block]]:
    """What stands between two breaks; links are what they show."""
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
"""As wide as a number that the engine sets."""


def _listing(block: Block, width: float, size: float) -> float:
    characters: float = block["letters"].get("size", size)
    leading: float = block.get("leading", 0.0)
    in_line = max(int(max(width, _LEAST) / (characters * 0.6)), 1)
    lines = sum(max(ceil(len(line) / in_line), 1) for line in block["text"].split("\n"))
    return lines * (characters * 1.2 + leading)


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
