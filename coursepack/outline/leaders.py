"""Lines on which dots lead from a label to its value: «CREDITS ....... 4»."""

from __future__ import annotations

import re
from collections.abc import Sequence

_DOTS = r"\s*(?:\.{4,}|\s\.{2,}\s|…{2,}|(?:\.\s){3,}\.)\s*"
_LED = re.compile(rf"[^\W\d_].{{0,60}}?[^\W_].{{0,2}}?{_DOTS}\S")
_PARTED = re.compile(rf"(?P<label>[^\W\d_].{{0,60}}?){_DOTS}(?P<value>[^\W_].*?)\s*", re.DOTALL)


def led(texts: Sequence[str]) -> set[int]:
    """Lines with such dots, where one beside them has some too, and the line below the last: each is a paragraph."""
    found = [bool(_LED.match(text)) for text in texts]
    run = {
        at for at, one in enumerate(found) if one and (any(found[max(at - 1, 0) : at]) or any(found[at + 1 : at + 2]))
    }
    return run | {at + 1 for at in run if at + 1 < len(texts) and texts[at + 1][:1].isupper()}


def parted(text: str) -> tuple[str, str] | None:
    """The label and the value between which dots lead; None for lines without such dots."""
    found = _PARTED.fullmatch(text)
    return (found["label"], found["value"]) if found else None
