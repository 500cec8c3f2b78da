"""Likeness: which texts say nearly the same, which name was meant, what an edit changed. The one home of difflib.

Every measure lies in 0..1. Where a reader decides from which likeness on two texts are one, the threshold stands
there; how likeness is counted stands here.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher, get_close_matches

NEAR = 0.72
"""From this ratio of common letters two texts are taken for one text and its rewording."""
_COMMON = 60
"""A word in more texts than this tells nothing about which one it is."""
_CANDIDATES = 6
_LONGEST_BY_LETTERS = 40
"""Words; the letters of longer texts are not compared: that is quadratic, and their words tell enough."""


def near(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The known name that was probably meant («did you mean …?»); None when none has ``cutoff`` of its letters."""
    found = get_close_matches(name, list(known), 1, cutoff=cutoff)
    return found[0] if found else None


def folded(text: str) -> str:
    """Letters and digits only, lower case, one blank between words: what makes a text the same text."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()))


def stems(text: str, length: int = 5, word: str = r"\w+") -> set[str]:
    """The first letters of the words (what the expression ``word`` finds): endings change, beginnings stay."""
    return {found[:length] for found in re.findall(word, text)}


def jaccard(one: AbstractSet[str], two: AbstractSet[str]) -> float:
    """What two sets share of all that is in either (Jaccard index); 0 for two empty ones."""
    return len(one & two) / len(one | two) if one or two else 0.0


def overlap(one: AbstractSet[str], two: AbstractSet[str]) -> float:
    """What two sets share of the smaller one (overlap coefficient); 0 when one is empty."""
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


def common(one: AbstractSet[str], two: AbstractSet[str]) -> int:
    """How many members two sets share, for who measures many pairs and knows the sizes."""
    return len(one & two)


def dice(one: Collection[str], two: Collection[str]) -> float:
    """What two lists share, repetitions counted, of both (Sørensen-Dice coefficient); 1 for two empty ones."""
    if not one and not two:
        return 1.0
    return 2 * sum((Counter(one) & Counter(two)).values()) / (len(one) + len(two))


def ratio(one: str, two: str, least: float = 0.0) -> float:
    """Ratcliff and Obershelp's share of common letters; 0 when a quick bound says that it is below ``least``."""
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return matcher.ratio() if not least or matcher.quick_ratio() >= least else 0.0


def likeness(one: str, two: str, least: float = 0.0) -> float:
    """How much of two texts is common: by letters, of long ones by words. What is below ``least`` may be given as 0."""
    first, second = one.split(), two.split()
    if max(len(first), len(second)) > _LONGEST_BY_LETTERS or not (first or second):
        return dice(first, second)
    return ratio(one, two, least)


def edits(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """A list as runs of items: (whether it stayed, what stood there before, what stands there now)."""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield tag == "equal", old[a:b], new[c:d]


def match(old: Sequence[str], new: Sequence[str]) -> list[tuple[int | None, bool]]:
    """For each new text the index of the old one it repeats (or None) and whether it was reworded.

    Exact texts are paired first, in order; what is left is paired with its nearest if that is near enough. An old
    text is used once. Linear but for near ones.
    """
    before, after = [folded(text) for text in old], [folded(text) for text in new]
    found: list[tuple[int | None, bool]] = [(index, False) for index in _exact(before, after)]
    used = {index for index, _ in found}
    rest = [index for index in range(len(old)) if index not in used]
    holders: dict[str, list[int]] = defaultdict(list)
    for index in rest:
        for stem in stems(before[index]):
            holders[stem].append(index)
    taken: set[int] = set()
    for position, (index_found, _) in enumerate(found):
        if index_found is not None or not rest:
            continue
        best, best_ratio = None, NEAR
        for index in _candidates(after[position], holders):
            if index not in taken and (share := ratio(before[index], after[position])) >= best_ratio:
                best, best_ratio = index, share
        if best is not None:
            taken.add(best)
            found[position] = (best, True)
    return found


def _exact(old: Sequence[str], new: Sequence[str]) -> list[int | None]:
    waiting: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(old):
        waiting[text].append(index)
    return [same.pop(0) if (same := waiting.get(text)) else None for text in new]


def _candidates(text: str, holders: dict[str, list[int]]) -> list[int]:
    """The old texts that share most words with this one."""
    votes = Counter(index for stem in sorted(stems(text)) if len(holders[stem]) <= _COMMON for index in holders[stem])
    return [index for index, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_CANDIDATES]]
