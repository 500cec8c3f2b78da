"""Words that are wider than their place: Word breaks them anywhere, Typst would set them over what stands beside."""

from __future__ import annotations

import re
from typing import Any
from unicodedata import combining

from coursepack.render.typst.heights import flat
from coursepack.text.widths import times

Block = dict[str, Any]

_PARTS = re.compile(r"([ \t\n\u2000-\u200b\u2028\u2029\u2e80-\u9fff\uac00-\ud7af/‐–—-]+)")
"""Where the engine itself breaks a line: between words, and at every letter of Chinese, Japanese and Korean."""
_BOLD = 1.14
"""Bold letters of Times are so much wider at the most."""
_LEAST = 14.0
"""Points: no line is taken to be narrower."""


def break_words(blocks: list[Block], width: float, size: float) -> None:
    """Give each word of the blocks that is wider than its line a place to break in it, where the line is full.

    ``width`` and ``size`` (of letters that say nothing else) in points.
    """
    for block in blocks:
        _KINDS.get(block["k"], _passed)(block, width, size)


def _paragraph(block: Block, width: float, size: float) -> None:
    letters = {"size": size, **block["letters"]}
    room = max(width - block.get("left", 0.0) - block.get("right", 0.0), _LEAST)
    for run in flat(block["runs"]):
        if "t" in run:
            own = {**letters, **run}
            unit = own["size"] / 1000 * (_BOLD if own.get("bold") else 1)
            run["t"] = "".join(
                part if place % 2 else _cut(part, room / unit) for place, part in enumerate(_PARTS.split(run["t"]))
            )


def _cut(word: str, room: float) -> str:
    """The word with a place to break before each letter that has no room."""
    if times(word) <= room:
        return word
    made, filled = "", 0
    for letter in word:
        if made and filled + times(letter) > room and not combining(letter):
            made, filled = f"{made}\u200b", 0
        made, filled = made + letter, filled + times(letter)
    return made


def _list(block: Block, width: float, size: float) -> None:
    for item in block["items"]:
        break_words(item["body"], width - block["indent"] - block["hanging"], size)


def _table(block: Block, width: float, size: float) -> None:
    sides = block["inset"].get("left", 0.0) + block["inset"].get("right", 0.0)
    for cell in block["cells"]:
        room = sum(block["columns"][cell["x"] : cell["x"] + cell["colspan"]]) - sides
        break_words(cell["body"], room, size)


def _passed(block: Block, width: float, size: float) -> None:
    """Listings and contents keep their lines."""


_KINDS = {"p": _paragraph, "list": _list, "table": _table}
