"""Lines that come back once in most classes of a document: each heads a part of its class, though nothing sets it
off."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coursepack.outline.tree.signals import Segment

_CLASSES = 3
_PERCENT = 66
_SHORT = 50
_KINDS = frozenset({"lecture", "seminar", "practical", "laboratory", "meeting", "week", "unit", "task"})


def once_in_each(found: Sequence[Segment]) -> set[int]:
    """The places of short lines that stand once in each of most classes which a word counts, over something that is not
    the same everywhere."""
    classes: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, one in enumerate(found):
        counted = next((c for c in one.counted if c.words and c.parted and c.kind in _KINDS), None)
        if counted is not None and one.is_text:
            classes[counted.kind or "", counted.form].append(at)
    result: set[int] = set()
    for heads in classes.values():
        if len(heads) >= _CLASSES:
            result |= _in_classes(found, heads)
    return result


def _in_classes(found: Sequence[Segment], heads: Sequence[int]) -> set[int]:
    ats: defaultdict[str, list[int]] = defaultdict(list)
    held: Counter[str] = Counter()
    for start, end in zip(heads, [*heads[1:], len(found)], strict=True):
        counts = Counter(_bare(one) for one in found[start + 1 : end] if one.is_text)
        lines = [at for at in range(start + 1, end) if _may_head(found, at, end) and counts[_bare(found[at])] == 1]
        for at in lines:
            ats[_words(found[at])].append(at)
        held.update({_words(found[at]) for at in lines})
    once = {
        text: places
        for text, places in ats.items()
        if held[text] == len(places) and len(places) >= _CLASSES and len(places) * 100 >= _PERCENT * len(heads)
    }
    return {at for text, places in once.items() if _differ(found, places) for at in places}


def _differ(found: Sequence[Segment], places: Sequence[int]) -> bool:
    """Whether what stands below a line is not the same everywhere: the lines of a page's foot are."""
    below = [_words(found[at + 1]) for at in places]
    return len(set(below)) * 2 > len(below)


def _words(one: Segment) -> str:
    return one.text.rstrip(" .:")


def _bare(one: Segment) -> str:
    """The words of a line without its mark: a point of a plan may come back as a heading."""
    return one.text[one.mark.end if one.mark is not None else 0 :].strip(" .:")


def _may_head(found: Sequence[Segment], at: int, end: int) -> bool:
    one = found[at]
    if not one.is_text or not one.text or len(one.text) > _SHORT or at + 1 >= end or one.counted:
        return False
    listed = one.mark is not None or one.option or one.asks is not None or bool(one.data)
    return not listed and one.text[:1].isupper() and one.text[-1] not in ".,;!?…"
