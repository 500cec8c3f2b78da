"""Texts to read beside the classes: what says that a document is one, and the draft of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.outline import naming
from coursepack.outline.found import OutlineSource
from coursepack.outline.readings import is_article
from coursepack.outline.tree.pack import pack
from coursepack.outline.tree.sections import OUTER, OutlineSection
from coursepack.outline.tree.shape import is_prose, shape
from coursepack.outline.tree.signals import Segment, weights

_AGAIN = 2
_FIRST = 6
"""Among how many lines at the beginning a document says what it is."""


def to_read(source: OutlineSource, root: OutlineSection) -> float:
    """How much says that a document is a text to read: its name or folder, its first lines, how articles begin."""
    every = root.everything()
    first = [one for one in every if one.is_text][:_FIRST]
    weight = weights()["reading"]
    found = 0
    if naming.read(source.document.file).role in {"reading", "article"}:
        found += weight["named"]
    if any(calls_reading(one) for one in first):
        found += weight["said"]
    if is_article(source, [one.piece for one in every]):
        found += weight["article"]
    if not root.children and first and is_prose(first[0]):
        found += weight["bare"]
    if is_form(every):
        found += weight["form"]
    if not _counts_classes(root) and pack(in_order(root)) is not None:
        found += weight["pack"]
    return found + shape(every).prose if found else 0


def is_form(every: Sequence[Segment]) -> bool:
    """Whether most lines of a document are to be filled in and none asks: «Name: ________», an annex of some paper."""
    lines = [one for one in every if one.is_text and one.text]
    blank = sum(_TO_FILL.fullmatch(one.text) is not None for one in lines)
    return (
        blank >= _FIELDS and blank * 2 > len(lines) and not any(one.asks == "question" or one.option for one in lines)
    )


_TO_FILL = re.compile(r"[^\W\d_][^:_]{1,60}:?\s*[_.…]{4,}+(?:\([^()]*+\)|[\W_])*+")
"""A label and a blank, perhaps with what is meant in brackets; a name behind it makes it a line to sign."""
_FIELDS = 3
"""Lines to fill in that make a form."""


def _counts_classes(root: OutlineSection) -> bool:
    """Whether a word that is known counts several classes or units: «Module 1», «Module 2» are no texts of a pack,
    though each ends with its sources."""
    counted = [one.series.kind for one in root.walk() if one.series is not None]
    return sum(kind in {"lecture", *OUTER} for kind in counted) > 1


def in_order(root: OutlineSection) -> list[Segment]:
    """All segments of a document as they stand in it."""
    return sorted(root.everything(), key=lambda one: one.at)


def calls_reading(one: Segment) -> bool:
    """Whether a line says nothing but that a text to read follows: «Reading 3»; one that comes back is the label of
    what is read for each class."""
    return one.repeated < _AGAIN and one.labels.get("reading", 0) >= weights()["reading"]["sure"]
