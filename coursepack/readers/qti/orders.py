"""How an order that is right in part is marked: the way that gives what the rules of an item give."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from itertools import permutations

from coursepack.model.questions import OrderGrading
from coursepack.moodle.ordering import share
from coursepack.readers.qti.key import NEAR, ItemKeys

_MOST_WHOLE = 4
"""Items of which every order is tried; of more only some."""
_WAYS: tuple[OrderGrading, ...] = typing.get_args(OrderGrading)


def tried(count: int) -> list[tuple[int, ...]]:
    """Orders of so many items, by their right places, that tell the ways of marking apart."""
    right = tuple(range(count))
    if count <= _MOST_WHOLE:
        return list(permutations(right))
    swapped = [(*right[:at], at + 1, at, *right[at + 2 :]) for at in range(count - 1)]
    turned = [(*right[at:], *right[:at]) for at in range(1, count)]
    return [right, right[::-1], *swapped, *turned, (right[-1], *right[1:-1], right[0])]


def grading(keys: ItemKeys, response: str, right: Sequence[str], best: float, stated: str) -> OrderGrading | None:
    """The way of marking that the rules follow, None where they follow none that is known; of several that say the same
    the one that the item names (``said``). Raises ``UnsureError``."""
    scores = {placed: keys.score(response, [right[place] for place in placed]) for placed in tried(len(right))}
    found = [
        way
        for way in _WAYS
        if all(abs(share(way, placed) * best - score) <= NEAR * max(1.0, best) for placed, score in scores.items())
    ]
    return next((way for way in found if way == stated), found[0] if found else None)
