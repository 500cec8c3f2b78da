"""Plans with a column for each meeting of a week: «Week | Mon | Wed | Fri», «Class 1 | Class 2»."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from coursepack.outline.plans.cells import PlanCell
from coursepack.outline.plans.forms import amount, is_day, is_empty
from coursepack.outline.tree import dates
from coursepack.outline.tree.words import says_when, words

MEETING = "meeting"
"""The kind of a column whose cells are a class each."""
LED = "led"
"""The kind of a column whose cells say of which kind their class is, each for itself."""
_CLOCK = re.compile(r"\(?\d{1,2}(?:[:.]\d\d)?(?:\s*[–—-]\s*\d{1,2}(?:[:.]\d\d)?)?(?:\s*[ap]\.?m\.?)?\)?", re.IGNORECASE)
_COUNTED = re.compile(r"(?P<name>[^\W\d_]+)\s+(?:\d|[^\W\d_]|[IVX]{1,3})")
_SEVERAL = 2
_MOST = 0.5
_LED = re.compile(r"(?P<label>[^\W\d_]+(?: [^\W\d_]+)?)\s*:\s+(?=\S)")
_STOPPED = re.compile(r"(?P<label>[^\W\d_]+(?: [^\W\d_]+)?)(?:\s*[:.]|\s[–—-])\s+(?=\S)")


def columns(heads: Mapping[int, Sequence[str]], rows: Sequence[Sequence[PlanCell]]) -> list[int]:
    """The columns of meetings: several whose heads are days of the week, name weeks that take turns, or count classes
    with one word, over texts."""
    head_texts = {at: texts[-1] for at, texts in heads.items() if texts and texts[-1]}
    days = [at for at, text in head_texts.items() if dates.are_weekdays(_CLOCK.sub("", text))]
    halves = [at for at, text in head_texts.items() if words().front("half", _CLOCK.sub("", text))]
    found = next((some for some in (days, halves) if len(some) >= _SEVERAL), None) or _counted(head_texts)
    cells = [row[at].text for at in found for row in rows if not is_empty(row[at].text)]
    worded = sum(amount(text) is None and not is_day(text) for text in cells)
    return found if cells and worded >= _MOST * len(cells) else []


def _counted(stated: Mapping[int, str]) -> list[int]:
    """The columns whose heads are one word for a class and a count: «Meeting A», «Meeting B»."""
    matched = {at: found for at, text in stated.items() if (found := _COUNTED.fullmatch(text.strip()))}
    names = {found["name"].casefold() for found in matched.values()}
    known = len(names) == 1 and words().kind(next(iter(names))) in {"meeting", "lecture"}
    return list(matched) if known and len(matched) >= _SEVERAL else []


BETWEEN_CLASSES = " ·•|;,/–—-"
"""What parts the classes that one line names."""
_PART_OF_LINE = re.compile(r"(?:\s*[·•|;]\s*|\s[/–—-]\s|,\s+|\.\s+)(?=[^\W\d_])")


def kinds_on_line(text: str, at: int) -> list[tuple[int, str, int]]:
    """Where the labels of classes begin on a line behind ``at``, their kinds, and where the titles begin: «Week 1 ·
    Lecture: Rivers · Lab: Maps». None where one kind comes twice."""
    first = at + len(text[at:]) - len(text[at:].lstrip(BETWEEN_CLASSES))
    starts = dict.fromkeys([first, *(found.end() for found in _PART_OF_LINE.finditer(text, at))])
    found = [(start, kind_before(text[start:])) for start in starts]
    kinds = [(start, led[0], start + led[1]) for start, led in found if led is not None]
    return kinds if len({kind for _, kind, _ in kinds}) == len(kinds) else []


def kind_before(text: str, *, stopped: bool = False) -> tuple[str, int] | None:
    """The kind of class that a label before a title names, and where the title begins: «Lab: your first page»;
    ``stopped``: a full stop or a dash may part them, too."""
    found = (_STOPPED if stopped else _LED).match(text)
    kind = words().kind(found["label"]) if found is not None and not says_when(found["label"]) else None
    kind = "lecture" if kind == "meeting" else kind
    counts = kind in {"lecture", "seminar", "practical", "laboratory"}
    return (kind or "", found.end()) if found is not None and counts else None
