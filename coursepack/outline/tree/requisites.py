"""Courses that a sentence says a course builds on or leads to: «It builds on the courses: Physics, Geodesy»."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coursepack.outline.tree.signals import weights
from coursepack.outline.tree.values import QUOTED, bare
from coursepack.outline.tree.words import words

_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+|(?<=[»”\"][.!?])\s+")
_NAMES = re.compile(r":\s+(\S.*)$")
_WORD = re.compile(r"[^\W\d_]+")
_PARTED = re.compile(r"\s*[;,]\s+")


def told(text: str) -> dict[str, list[str]]:
    """``prerequisites`` and ``postrequisites`` that the sentences of a text name in quotes or behind a colon; empty
    where a sentence says anything else."""
    if len(text) > weights()["limits"]["shares"]:
        return {}
    found: dict[str, list[str]] = {}
    for sentence in _SENTENCE.split(text.strip()):
        kind, names = words().requisite(sentence), _names(sentence)
        if kind is None or kind == "course" or not names:
            return {}
        found.setdefault(kind, []).extend(names)
    return found


def _names(sentence: str) -> Sequence[str]:
    """The names behind the word for a course; «For the course you need: goggles» names none."""
    quoted, listed = list(QUOTED.finditer(sentence)), _NAMES.search(sentence)
    start = quoted[0].start() if quoted else listed.start() if listed else 0
    before = _WORD.findall(sentence[:start])
    if not before or words().requisite(before[-1]) != "course":
        return []
    if quoted:
        return [one[1].strip() for one in quoted]
    return [name for part in _PARTED.split(listed[1]) if (name := bare(part))] if listed else []
