"""Which texts say nearly the same: exact first, then by shared words and order of letters. Linear but for near ones."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

NEAR = 0.72
"""From this ratio of common letters (difflib) two texts are taken for one text and its rewording."""
_COMMON = 60
"""A word in more texts than this tells nothing about which one it is."""
_CANDIDATES = 6


def folded(text: str) -> str:
    """Letters and digits only, lower case, one blank between words: what makes a text the same text."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def _stems(text: str) -> set[str]:
    # Kazakh and Russian endings change, beginnings stay: five letters know a word again.
    return {word[:5] for word in folded(text).split()}


def ratio(one: str, two: str) -> float:
    """How much of two texts is common, 0..1, after folding."""
    return SequenceMatcher(None, folded(one), folded(two), autojunk=False).ratio()


def match(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, bool]]:
    """For each new text the index of the old one it repeats (or None) and whether it was reworded.

    Exact texts are paired first, in order; what is left is paired with its nearest if that is near enough. An old
    text is used once.
    """
    waiting: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(old):
        waiting[folded(text)].append(index)
    found: list[tuple[int | None, bool]] = []
    for text in new:
        same = waiting.get(folded(text))
        found.append((same.pop(0), False) if same else (None, False))
    used = {index for index, _ in found}
    rest = [index for index in range(len(old)) if index not in used]
    words: dict[str, list[int]] = defaultdict(list)
    for index in rest:
        for stem in _stems(old[index]):
            words[stem].append(index)
    taken: set[int] = set()
    for position, (index_found, _) in enumerate(found):
        if index_found is not None or not rest:
            continue
        votes = Counter(
            index for stem in sorted(_stems(new[position])) if len(words[stem]) <= _COMMON for index in words[stem]
        )
        best, best_ratio = None, NEAR
        for index, _count in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_CANDIDATES]:
            if index not in taken and (near := ratio(old[index], new[position])) >= best_ratio:
                best, best_ratio = index, near
        if best is not None:
            taken.add(best)
            found[position] = (best, True)
    return found
