"""Footnotes of a PDF: small lines at the foot of a page that begin with the sign of a raised mark in its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from coursepack.readers.pdf.layout import PageLine

_SMALLER = 0.93
"""Footnotes are in letters so many times as large as those beside their marks at most."""
_LABEL = re.compile(r"(\d{1,3}|[*†‡]{1,3})[).]?\s*(?=\S)")
_WORD = re.compile(r"(?:[^\W\d_]{3}|[.,;:!?»”)\]])$")

Line = tuple[int, int]
"""Page and line, both counted from 0."""


class Notes(NamedTuple):
    """Lines of footnotes, and where the marks of notes stand in other lines (first letter, behind the last)."""

    lines: set[Line]
    marks: dict[Line, list[tuple[int, int]]]


def read_notes(pages: Sequence[Sequence[PageLine]], numbers: Collection[Line]) -> Notes:
    """The footnotes of all pages; ``numbers`` are page numbers."""
    notes = Notes(set(), {})
    for page, lines in enumerate(pages):
        marked = max((line.size for line in lines if line.raised), default=0.0)
        foot = _foot(lines, marked, page, numbers)
        labels = {index: match[1] for index in foot if (match := _LABEL.match(lines[index].text))}
        marks = _marks(lines[: foot[0]] if foot else [], labels.values())
        noted = [index for index, label in labels.items() if label in marks]
        if not noted:
            continue
        notes.lines.update((page, index) for index in foot if index >= noted[0])
        for index, start, end in marks.values():
            notes.marks.setdefault((page, index), []).append((start, end))
    return notes


def _foot(lines: Sequence[PageLine], marked: float, page: int, numbers: Collection[Line]) -> list[int]:
    """Lines at the foot of a page that are smaller than those with marks; its number may stand below them."""
    found: list[int] = []
    for index in range(len(lines) - 1, 0, -1):
        if (page, index) in numbers:
            continue
        if lines[index].size > _SMALLER * marked:
            break
        found.append(index)
    return found[::-1]


def _marks(lines: Sequence[PageLine], labels: Iterable[str]) -> dict[str, tuple[int, int, int]]:
    """Label → line and place of its mark: the first raised sign after a word, for a power stands after a short one."""
    raised: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        for start, end in line.raised:
            raised[line.text[start:end]].append((index, start, end))
    found = {}
    for label in labels:
        places = raised.get(label, [])
        after_words = [place for place in places if _WORD.search(lines[place[0]].text[: place[1]])]
        if places:
            found[label] = (after_words or places)[0]
    return found
