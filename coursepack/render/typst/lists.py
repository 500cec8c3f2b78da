"""Paragraphs that bear marks → lists in one another, as a screen reader tells them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Block = dict[str, Any]
_SAME = 0.5
"""Points within which two indents are one."""


def paragraphs(body: Iterable[Block]) -> Iterator[Block]:
    """The paragraphs of a body, those of lists among them, not those of tables in it."""
    for block in body:
        if block["k"] == "list":
            for item in block["items"]:
                yield from paragraphs(item["body"])
        elif block["k"] != "table":
            yield block


def grouped(blocks: list[Block]) -> list[Block]:
    """The blocks, items of one list in one block; what is indented as an item's text belongs to the item."""
    found: list[Block] = []
    place = 0
    while place < len(blocks):
        if "mark" not in blocks[place]:
            found.append(blocks[place])
            place += 1
        else:
            result, place = _list(blocks, place, 0)
            found.append(result)
    return found


def _list(blocks: list[Block], place: int, outer: float) -> tuple[Block, int]:
    """The list that begins at ``place``, and the place behind it. ``outer`` is where the text around it begins."""
    first = blocks[place]
    left = first.get("left", 0.0)
    found: Block = {
        "k": "list",
        "gap": first["gap"],
        "bullet": first["bullet"],
        "hanging": max(-first.get("first", 0.0), 0.0),
        "indent": left - max(-first.get("first", 0.0), 0.0) - outer,
        "items": [],
    }
    if "start" in first:
        found["start"] = first["start"]
    while place < len(blocks) and _goes_on(blocks[place], first, left):
        item = {"mark": blocks[place]["mark"], "gap": blocks[place]["gap"], "body": [_under(blocks[place], left)]}
        place += 1
        while place < len(blocks) and _belongs(blocks[place], left):
            if "mark" in blocks[place]:
                inner, place = _list(blocks, place, left)
                item["body"].append(inner)
            else:
                item["body"].append({**blocks[place], "left": blocks[place]["left"] - left})
                place += 1
        found["items"].append(item)
    return found, place


def _goes_on(block: Block, first: Block, left: float) -> bool:
    same = abs(block.get("left", 0.0) - left) < _SAME
    return "mark" in block and same and block["list"] == first["list"] and not block.get("break")


def _belongs(block: Block, left: float) -> bool:
    indent = block.get("left", 0.0)
    if "mark" in block:
        return bool(indent > left + _SAME)
    return block["k"] in {"p", "code"} and indent > left - _SAME and indent > 0 and "level" not in block


def _under(block: Block, left: float) -> Block:
    """An item's first paragraph as it stands beside the mark."""
    kept = {name: value for name, value in block.items() if name not in {"mark", "list", "bullet", "first", "start"}}
    return {**kept, "left": block.get("left", 0.0) - left, "gap": 0.0}
