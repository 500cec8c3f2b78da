"""Answers to choose from that no letter counts, of which one stands out below each number: they head nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_LEAST = 3
"""Questions that look alike."""
_ANSWERS = range(3, 9)
_SHARE = 60
"""Share of the questions that have as many short lines below, one of them set off."""


class Standing(NamedTuple):
    """What is seen of a line here: the number that it begins with, whether it is short, whether a look sets it off."""

    number: int | None
    short: bool
    set_off: bool


def lit_answers(lines: Sequence[Standing]) -> set[int]:
    """The places of the short lines below numbers that count on, as many below most of them, of which one is set off,
    not at the same place in each: right answers among others, and no headings."""
    runs: list[list[int]] = []
    for at, one in enumerate(lines):
        if one.number is None:
            continue
        before = lines[runs[-1][-1]].number if runs else None
        if before is not None and one.number == before + 1:
            runs[-1].append(at)
        elif one.number == 1:
            runs.append([at])  # «50 degrees» among answers counts nothing
    return {at for run in runs if len(run) >= _LEAST for at in _of_run(lines, run)}


def _of_run(lines: Sequence[Standing], run: Sequence[int]) -> set[int]:
    blocks = [range(a + 1, b) for a, b in pairwise(run)]
    size, _ = Counter(len(block) for block in blocks).most_common(1)[0]
    blocks.append(range(run[-1] + 1, min(run[-1] + 1 + size, len(lines))))
    alike = [block for block in blocks if len(block) == size and all(lines[at].short for at in block)]
    found = [[at - block.start for at in block if lines[at].set_off] for block in alike]
    single = [places[0] for places in found if len(places) == 1]
    if size not in _ANSWERS or len(single) < _LEAST or len(single) * 100 < len(run) * _SHARE or len(set(single)) < 2:
        return set()
    return {at for block in alike for at in block}
