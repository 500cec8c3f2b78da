"""Long questions cut to what tells them from each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coursepack.writers import cut

_LIMIT = 160
"""Letters that are printed of a text."""
_HEAD = 60
"""Letters of its beginning, where another text begins like it."""
_BEFORE = 20
"""Letters of what both have, before the place from which they differ."""


def told_apart(texts: Sequence[str]) -> list[str]:
    """The texts within 160 letters; of those that begin alike for longer than that, the beginning and the place from
    which they differ. A text is printed whole where even so it could be taken for another one."""
    groups: dict[str, list[str]] = defaultdict(list)
    for text in dict.fromkeys(texts):
        groups[cut(text, _LIMIT)].append(text)
    found = {text: short for short, group in groups.items() for text, short in _of_group(short, group)}
    seen = Counter(found.values())
    return [found[text] if seen[found[text]] == 1 else text for text in texts]


def _of_group(short: str, group: Sequence[str]) -> Iterator[tuple[str, str]]:
    if len(group) == 1:
        yield group[0], short
        return
    # In order of the letters, the one that a text shares most with stands beside it.
    ordered = sorted(group)
    shared = [0, *(_alike(*pair) for pair in pairwise(ordered)), 0]
    for place, text in enumerate(ordered):
        yield text, _with_place(text, max(shared[place], shared[place + 1]))


def _alike(one: str, other: str) -> int:
    """Letters that both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _with_place(text: str, differs: int) -> str:
    """Its beginning, and a word or two before the letter from which no other text is like it."""
    start = text.rfind(" ", 0, max(differs - _BEFORE, 0)) + 1
    if start <= _HEAD:
        return cut(text, _LIMIT)
    return f"{cut(text, _HEAD)} {cut(text[start:], _LIMIT - _HEAD)}"
