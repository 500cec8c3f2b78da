"""Classes that two numbers count, that of their module and their own: «Lesson 1.2. How ice flows», «Дәріс 2.1», «Video
3.1  Floods», «Практическая работа 2_5». They count through the course, in whichever of its files they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from coursepack.outline.drafts import PartDraft
from coursepack.outline.tree.ordinals import HeadingNumber
from coursepack.outline.tree.signals import Segment
from coursepack.outline.tree.words import phrases

_FIRST = re.compile(r"(?<![\d.])(\d{1,2})[._]$")
_SECOND = re.compile(r"(\d{1,2})(?![\w%]|[.,/]\d)(?:\s*[.:)\]–—-]+(?=\s|$))?\s*")
SPARE = {"lecture": frozenset(phrases("spare", "lecture"))}
"""Words that count classes where no others do, by the kind of class."""
_CLASSES = frozenset({"lecture", "seminar", "practical", "laboratory", "meeting", "week", "unit"})


def count_through(found: Sequence[Segment]) -> None:
    """Give the classes of a document that two numbers count their places among those of their kind."""
    forms: defaultdict[str, list[tuple[Segment, int, HeadingNumber]]] = defaultdict(list)
    for segment in found:
        for nth, one in enumerate(segment.counted):
            counted = paired(segment.text, one) if _counts_class(one) else None
            if counted is not None:
                forms[one.form].append((segment, nth, counted))
    for members in forms.values():
        places = {pair: place for place, pair in enumerate(sorted({one.pair or () for _, _, one in members}), 1)}
        for segment, nth, one in members:
            segment.counted[nth] = replace(one, value=places[one.pair or ()])


def _counts_class(one: HeadingNumber) -> bool:
    return one.kind in _CLASSES or (one.kind is None and any(one.words in names for names in SPARE.values()))


def paired(text: str, one: HeadingNumber) -> HeadingNumber | None:
    """What a number counts where another stands right behind its dot: both, and the title behind them."""
    first = _FIRST.search(text[: one.end]) if one.words and not one.start else None
    second = _SECOND.match(text, one.end) if first is not None else None
    if first is None or second is None:
        return None
    pair = (int(first[1]), int(second[1]))
    return replace(one, end=second.end(), parted=True, printed=f"{pair[0]}.{pair[1]}", pair=pair)


def number(drafts: Sequence[PartDraft]) -> None:
    """Count the classes of a course that two numbers count, kind by kind. Where others of the kind bear one number, it
    is not known which of theirs these are: they have none."""
    for kind in {draft.kind for draft in drafts if draft.pair is not None}:
        own = [draft for draft in drafts if draft.kind == kind]
        if any(draft.number is not None for draft in own if draft.pair is None):
            continue
        places = {pair: place for place, pair in enumerate(sorted({draft.pair or () for draft in own} - {()}), 1)}
        for draft in own:
            draft.number = places.get(draft.pair or ())
