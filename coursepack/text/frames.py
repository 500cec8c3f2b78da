"""Frames that are drawn around text with signs: «+-----+», «| text |», «+-----+»."""

from __future__ import annotations

import re
from collections.abc import Sequence

BORDER = "_–—=*~+|─━═│║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╭╮╰╯-"
"""Signs of lines that hold nothing else: rules and the borders of frames."""
_EDGE = re.compile(rf"\s*[{re.escape(BORDER)}#]{{5,}}\s*")
_SIDED = re.compile(r"(?P<before>\s*)(?P<left>[|│║!*#])(?P<text>.*?)(?P<right>[|│║!*#])(?P<after>\s*)")
_SIDES = "|│║"


def unframed(texts: Sequence[str]) -> dict[int, str]:
    """The lines inside frames by their places, the signs at both sides as blanks: each as long as it was.

    A frame is two lines of nothing but signs with lines between that all begin and end with the same one, none of
    which parts cells inside.
    """
    found: dict[int, str] = {}
    top: int | None = None
    for at, text in enumerate(texts):
        if _EDGE.fullmatch(text):
            if top is not None:
                found.update(_inside(texts, top + 1, at))
            top = at
        elif top is not None and _sided(text) is None and text.strip():
            top = None
    return found


def _sided(text: str) -> re.Match[str] | None:
    match = _SIDED.fullmatch(text)
    return match if match is not None and match["left"] == match["right"] else None


def _inside(texts: Sequence[str], start: int, end: int) -> dict[int, str]:
    matches = {at: match for at in range(start, end) if (match := _sided(texts[at])) is not None}
    cells = any(sign in match["text"] for match in matches.values() for sign in _SIDES)
    if cells or not any(match["text"].strip() for match in matches.values()):
        return {}
    return {at: f"{match['before']} {match['text']} {match['after']}" for at, match in matches.items()}
