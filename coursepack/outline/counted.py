"""Numbers without a mark of their own at the starts of lines: «12  Text», «9.1986 …», told by the run they stand in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from coursepack.text.lines import MARK

_BARE = re.compile(r"(\d{1,3})\s+(?=[«“\"(]?[^\W\d_]|\d{4}(?!\d))")
_YEAR = re.compile(r"\(?(\d{1,3})[.)](?=\d{4}(?!\d))")
NEAR = 5  # lines that an item of a list is long at most
LEAST = 4  # numbers that make a run


def counted(texts: Sequence[str], inside: Collection[int]) -> dict[int, int]:
    """Lines (not those ``inside`` tables) that begin with such a number, and how many letters it takes."""
    found: dict[int, int] = {}
    run: list[tuple[int, int, int]] = []
    known: dict[int, int] = {}
    years: list[tuple[int, int, int]] = []
    for at, text in enumerate(texts):
        if at in inside:
            continue
        bare = _BARE.match(text)
        year = _YEAR.match(text)
        mark = MARK.match(text)
        if mark and mark["n"]:
            known[at] = int(mark["n"])
        elif year:
            years.append((at, int(year[1]), year.end()))
        elif bare and not text[bare.end() :].lstrip('«“"(')[:1].islower():
            value = int(bare[1])
            if not run or value != run[-1][1] + 1 or at - run[-1][0] > NEAR:
                _keep(run, found)
                run = []
            run.append((at, value, bare.end()))
    _keep(run, found)
    known.update((at, int(texts[at][:end].strip())) for at, end in found.items())
    known.update((at, value) for at, value, _ in years)
    found.update((at, end) for at, value, end in years if _has_neighbour(known, at, value))
    return found


def _has_neighbour(known: Mapping[int, int], at: int, value: int) -> bool:
    """Whether the number before or after stands near."""
    return any(known.get(at - far) == value - 1 or known.get(at + far) == value + 1 for far in range(1, NEAR + 1))


def _keep(run: Sequence[tuple[int, int, int]], found: dict[int, int]) -> None:
    if len(run) >= LEAST:
        found.update((at, end) for at, _, end in run)
