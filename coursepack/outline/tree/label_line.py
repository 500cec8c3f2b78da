"""Lines in the head of a course that begin with a label in words of their own: «House rules: Come on time.»"""

from __future__ import annotations

from coursepack.outline.drafts import ABOUT
from coursepack.outline.markers import Markers
from coursepack.outline.tree import requisites
from coursepack.outline.tree.labelled import Labelled, labelled
from coursepack.outline.tree.words import words

_LONGEST, _MOST_WORDS = 60, 8
"""Letters and words of a label."""
_LEAST = 5
"""What the words of a label say, at least."""
_ALIKE = {"aims": "course-aim"}
"""What names a part of a class where no class stands around it."""
_OF_HEAD = frozenset(
    {"description", "course-aim", "objectives", "outcomes", "prerequisites", "postrequisites", "policy"}
)
_STATED = 2
"""Blanks in what a rule says, at least."""


def part_before(text: str) -> Labelled | None:
    """The field of the course that the words before a colon name more than any other, with its text."""
    label, colon, value = text.partition(":")
    long = len(label) > _LONGEST or len(label.split()) > _MOST_WORDS
    if not colon or long or not value.strip() or not label[:1].isupper():
        return None
    scores: dict[str, int] = {}
    for label_name, score in words().labels(label).items():
        name = _ALIKE.get(label_name, label_name)
        if name in ABOUT:
            scores[name] = max(scores.get(name, 0), score)
    best, *others = sorted(scores.items(), key=lambda pair: -pair[1]) or [("", 0)]
    if best[0] not in _OF_HEAD or best[1] < _LEAST or any(score == best[1] for _, score in others):
        return None
    if requisites.told(text):
        return None  # «It builds on the courses: …» names each of them
    sentence = value.rstrip()[-1:] in ".!?" or value.strip().count(" ") >= _STATED
    if best[0] == "policy" and not sentence:
        return None
    return Labelled(best[0], 0, len(text) - len(value.lstrip()), len(text))


def behind_own_label(marks: Markers, text: str, name: str) -> int:
    """Where the text of a field begins on a line that says the name of the field again, as the heading above it did:
    «Prerequisites: BIO 101» under «Prerequisites and postrequisites»; 0 without a label. A dash is one behind the
    names of courses only: «The aim of the course – to give …» is a sentence."""
    if (found := part_before(text)) is not None and found.kind == name:
        return found.value
    dashed = next(iter(labelled(marks, text)), None) if name.endswith("requisites") else None
    return dashed.value if dashed is not None and (dashed.kind, dashed.start) == (name, 0) else 0
