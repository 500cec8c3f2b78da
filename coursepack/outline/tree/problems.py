"""Sheets of problems: numbers that count on through a document, whatever stands over them, and most of the problems
say what they are worth, «Draw the diagram. [4]»."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from coursepack.outline.bank.weights import Weight, weight_in
from coursepack.outline.tree import due
from coursepack.outline.tree.signals import Segment

_FEWEST = 3
"""Problems of a sheet."""
_FIRST = 12
"""Lines at the beginning that say when the answers are handed in."""


def is_sheet(lines: Sequence[Segment]) -> bool:
    """Whether a document sets problems: they count from 1, and before the first it says when they are handed in."""
    found = starts(lines)
    first = _count(lines[found[0]]) if len(found) >= _FEWEST else None
    if first is None or first[0] != 1:
        return False
    return any(due.within(one.text) or due.inside(one.text) for one in lines[: min(found[0], _FIRST)] if one.is_text)


def starts(lines: Sequence[Segment]) -> list[int]:
    """Where the problems begin that count on from the first number, where most of them say what they are worth."""
    found: list[int] = []
    following: tuple[int, str] | None = None
    for at, one in enumerate(lines):
        count = _count(one)
        if count is not None and following in {None, count}:
            found.append(at)
            following = count[0] + 1, count[1]
    worth = sum(bool(worth_in(lines[start:end])) for start, end in pairwise([*found, len(lines)]))
    return found if worth * 3 >= len(found) * 2 else []


def _count(one: Segment) -> tuple[int, str] | None:
    """The number that counts a line, and the signs around it."""
    mark = one.mark if one.is_text and not one.piece.level else None
    if mark is None or not mark.value or not mark.printed[:1].isdigit():
        return None
    return mark.value, mark.printed.strip("0123456789")


def worth_in(own: Sequence[Segment]) -> list[tuple[Segment, Weight]]:
    """The lines of a problem that say what it is worth, or its parts are, and where they do."""
    weights_of = ((one, weight_in(one.text, bare=True)) for one in own if one.is_text)
    return [(one, weight) for one, weight in weights_of if weight is not None]
