"""Classes that their titles' numbers alone count, or the word for a unit that comes once: «1. Leaves and light»,
«§ 1. …», «Module 1. …», each over its text, in a paper of a whole course in which nothing else counts classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from coursepack.outline.drafts import SESSIONS
from coursepack.outline.tree.ordinals import CLOSES, HeadingNumber
from coursepack.outline.tree.signals import Segment, weights

FORM = "numbered"
_UNITS = frozenset({"unit", "week"})
_PART = 4
"""What the words behind a number say of a part of a course, at least, where they name it."""
_FROM = 1
"""What classes are counted from."""


def run(found: Sequence[Segment]) -> dict[int, HeadingNumber]:
    """The places of the classes → how each is counted; nothing where headings of the form count anything else."""
    heads = [one for one in found if one.is_text and one.heading >= weights()["heading"]["least"]]
    by_form: defaultdict[str, list[tuple[Segment, HeadingNumber]]] = defaultdict(list)
    for one in heads:
        if (count := _count(one)) is not None:
            by_form[count.form].append((one, count))
    for members in by_form.values():
        values = [count.value for _, count in members]
        rises = values == list(range(_FROM, len(values) + _FROM))
        if rises and not any(_names_part(*member) for member in members) and _are_stated(found, heads, members):
            return {one.at: count for one, count in members}
    return {}


def _count(one: Segment) -> HeadingNumber | None:
    """The number that a heading begins with before a title: alone, or behind the word for a unit; none where a word
    behind it counts a class: «№ 1 практикалық жұмыс»."""
    if any(c.words and c.parted and c.kind in SESSIONS for c in one.counted):
        return None
    before = (c for c in one.counted if c.parted and c.depth == 1 and not c.start and c.end < len(one.text))
    found = next((c for c in before if not c.words or c.kind in _UNITS), None)
    return None if found is None or found.form.startswith(CLOSES) or one.text[-1:] in ";,?:" else found


def _names_part(one: Segment, count: HeadingNumber) -> bool:
    """Whether the words of a heading name a part of a course, or of a class: «2. Assessment»."""
    return max(one.labels.values(), default=0) >= _PART or any(m.whole and m.group != "numbered" for m in one.marks)


def _are_stated(
    found: Sequence[Segment], heads: Sequence[Segment], members: Sequence[tuple[Segment, HeadingNumber]]
) -> bool:
    """Whether text stands right below each, or below its first headings without a number."""
    ats = [one.at for one, _ in members]
    counted = {*ats}
    ends = dict(pairwise([*ats, len(found)]))
    parts = [one.at for one in heads if one.at not in counted and _names_part(one, members[0][1])]
    return all(
        any(map(_is_sentence, found[at + 1 : min([end, *(p for p in parts if p > at)])])) for at, end in ends.items()
    )


def _is_sentence(one: Segment) -> bool:
    """Whether a line is text, be it one short sentence."""
    return one.is_text and one.mark is None and one.text[-1:] in ".!?…" and one.text.count(" ") >= _WORDS


_WORDS = 2
