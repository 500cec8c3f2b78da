"""Classes whose headings name their kind before a title and count nothing: «Seminar: Reading food labels (week 2)»,
«Lab – Spectra»."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from coursepack.outline.plans.forms import SESSIONS
from coursepack.outline.tree import dates
from coursepack.outline.tree.ordinals import CLOSES, HeadingNumber, counted
from coursepack.outline.tree.shape import tells
from coursepack.outline.tree.signals import Segment, weights
from coursepack.outline.tree.words import says_when, words

FORM = "led"
"""The form of classes whose kind stands before their title, without a number."""
_SEVERAL = 2
_WORD = r"[^\W\d_]+(?:[’'-][^\W\d_]+)*"
_LED = re.compile(
    rf"(?P<label>{_WORD}(?: {_WORD})?)\s*(?P<aside>\([^()]{{1,24}}\)|,[^:,]{{1,16}})?\s*(?::|\s[–—-])\s+"
    rf"(?=[^\W\d_]|[«“\"‘(])"
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")


@dataclass(frozen=True, slots=True)
class Led:
    """The kind of class that a line begins with, where its title begins and ends, and its week."""

    kind: str
    label: str
    start: int
    end: int
    week: int | None


def led(text: str) -> Led | None:
    """What a line says that begins with a kind of class and goes on with a title."""
    found = _LED.match(text)
    kind = words().kind(found["label"]) if found is not None else None
    if found is None or kind not in SESSIONS or _CLOCK.search(text) or dates.day(text[found.end() :]) is not None:
        return None
    if says_when(found["label"]):
        return None
    title = text[found.end() :]
    closed = next((one for one in counted(title) if one.kind == "week" and one.form.startswith(CLOSES)), None)
    aside = (found["aside"] or "").strip(" ,()")
    beside = next((one for one in counted(aside) if one.kind == "week" and one.end >= len(aside)), None)
    if aside and beside is None:  # «Seminar (Tuesdays): …» says more than is understood
        return None
    week = closed or beside
    end = found.end() + closed.start if closed is not None else len(text)
    return Led(kind or "", found["label"].casefold(), found.end(), end, week.value if week is not None else None)


def runs(found: Sequence[Segment], counted_at: Collection[int]) -> Iterator[tuple[str, dict[int, HeadingNumber]]]:
    """Kind and members of such classes, where there are several, or one beside classes that are counted
    (``counted_at``), most of them over text."""
    led_lines = [(one, lead) for one in found if one.is_text and (lead := led(one.text)) is not None]
    heads = [
        (one, lead)
        for one, lead in led_lines
        if _may_head(one, counted_at) and not _stands_over(one, found, counted_at)
    ]
    if len(heads) < (1 if counted_at else _SEVERAL) or _are_inside([one for one, _ in heads], found, counted_at):
        return
    with_text = sum(one.at + 1 < len(found) and _is_text(found[one.at + 1]) for one, _ in heads)
    if with_text * 2 < len(heads):
        return
    for kind in dict.fromkeys(lead.kind for _, lead in heads):
        own = [(one, lead) for one, lead in heads if lead.kind == kind]
        yield (
            kind,
            {
                one.at: HeadingNumber(FORM, lead.label, nth, lead.start, kind=kind)
                for nth, (one, lead) in enumerate(own, 1)
            },
        )


def _may_head(one: Segment, counted_at: Collection[int]) -> bool:
    plain = one.at not in counted_at and one.text[-1:] not in ":;"
    return plain and one.heading >= weights()["heading"]["least"]


def _stands_over(one: Segment, found: Sequence[Segment], counted_at: Collection[int]) -> bool:
    """Whether a line before all classes that are counted names the paper that holds them, «Seminar plans: Law»: it is
    the first line of the document, or its style is of a higher level than theirs."""
    if not counted_at or one.at > min(counted_at):
        return False
    levels = [found[at].piece.heading or _PLAIN for at in counted_at]
    return one is found[0] or (one.piece.heading or _PLAIN) < min(levels)


_PLAIN = 10
"""The level of a line without the style of a heading, below all that have one."""


def _is_text(one: Segment) -> bool:
    return not one.is_text or tells(one) or one.mark is not None or one.asks is not None


def _are_inside(heads: Sequence[Segment], found: Sequence[Segment], counted_at: Collection[int]) -> bool:
    """Whether they stand inside classes that are counted: between them, as headings of a lower level."""
    first, last = min(one.at for one in heads), max(one.at for one in heads)
    before = [at for at in counted_at if at < first]
    after = [at for at in counted_at if at > last]
    if not before or not (after or any(first < at < last for at in counted_at)):
        return False
    levels = {found[at].piece.heading for at in before}
    return any(one.piece.heading not in levels for one in heads) or None in levels
