"""What kind of classes a document itself says that it holds: «Seminars in philosophy» over topics that a number counts
or a day dates."""

from __future__ import annotations

from coursepack.outline.markers import fold
from coursepack.outline.tree.modes import is_stated
from coursepack.outline.tree.sections import OUTER, SESSIONS, OutlineSection
from coursepack.outline.tree.shape import is_prose
from coursepack.outline.tree.signals import Segment
from coursepack.outline.tree.words import phrases, words

_FIRST = 5
_LONGEST = 120
_DONE = frozenset({"seminar", "practical", "laboratory"})
_OF_COURSE = ("grading", "policy", "prerequisites", "plan")
_ANY = frozenset(map(fold, phrases("any-class", "words")))


def call_classes(root: OutlineSection, *, declared: str = "lecture") -> str | None:
    """The kind of class that the first lines of a document name, or its role (``declared``) does, which its series
    take; None where they name none or several, where a word counts classes of another kind, where they hold lectures'
    text, or in a paper of a course."""
    members = [one for one in root.walk() if one.series is not None and one.series.kind in SESSIONS | OUTER]
    if len(members) < _SEVERAL or any(map(_is_of_course, root.heads())):
        return None
    if sum(map(is_stated, members)) * 2 > len(members) or not all(map(_is_any, members)):
        return None
    first = min(one.head.at for one in members if one.head is not None)
    kinds = {kind for one in _head(root, first) for kind in _kinds(one.text)} if declared == "lecture" else {declared}
    if len(kinds) != 1 or not kinds <= _DONE:
        return None
    kind = kinds.pop()
    for one in members:
        if one.series is not None and one.series.kind in SESSIONS:
            one.series.kind = kind
    return kind


_SEVERAL = 2


def _is_of_course(one: Segment) -> bool:
    """Whether a heading names what a paper of a whole course has."""
    return max(one.labels.get(name, 0) for name in _OF_COURSE) >= _NAMED


_NAMED = 8


def _is_any(section: OutlineSection) -> bool:
    """Whether the word that counts a class fits any kind of it: «Topic 1», «Week 1», «12 January»."""
    counted, series = section.counted, section.series
    if counted is None or not counted.words or series is None:
        return True
    return series.kind not in _DONE | {"lecture"} or fold(counted.words) in _ANY


def _head(root: OutlineSection, first: int) -> list[Segment]:
    """The lines of a document before its first class and its first text."""
    lines = sorted((*root.own, *root.heads()), key=lambda one: one.at)
    found: list[Segment] = []
    for one in lines[:_FIRST]:
        if one.at >= first or is_prose(one):
            break
        if one.is_text and len(one.text) <= _LONGEST and not any(field in _DATA for field in one.data):
            found.append(one)
    return found


_DATA = frozenset({"room", "address", "teachers", "hours"})


def _kinds(text: str) -> list[str]:
    """The kinds of class that the words of a line name; «practical classes (seminars)» are seminars."""
    kinds = [words().kind(word.strip(_SIGNS)) for word in fold(text).replace("-", " ").split()]
    named = [kind for kind in kinds if kind in _DONE | {"lecture"}]
    return [kind for kind in named if kind != "practical"] if {*named} == {"practical", "seminar"} else named


_SIGNS = '()[].,:;«»"“”'
