"""What a whole document is: a course, one class, a list of questions, tests, tickets, terms, tasks, or a text to read.

The kinds are weighed against one another over the whole document; the best wins, ties go by their order here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from coursepack.outline.choices import is_key, layout
from coursepack.outline.tree.sections import SESSIONS, Section
from coursepack.outline.tree.shape import is_prose, shape
from coursepack.outline.tree.signals import Segment
from coursepack.outline.tree.words import words

Mode = Literal["course", "tests", "tickets", "questions", "glossary", "tasks", "session", "reading"]

# How a document of a role is read: as one of these kinds, the one that fits it best.
OF_ROLE: dict[str, tuple[Mode, ...]] = {
    "lecture": ("session", "course"),
    "lecture-plan": ("session", "course"),
    "seminar-plan": ("session", "course"),
    "practical-plan": ("session", "course"),
    "laboratory-plan": ("session", "course"),
    "questions": ("questions",),
    "tests": ("tests",),
    "tickets": ("tickets",),
    "glossary": ("glossary",),
    "assignments": ("tasks",),
    "textbook": ("course",),
    "syllabus": ("course",),
    "assessment-fund": ("course",),
}
_LISTS: dict[str, Mode] = {
    "exam": "questions",
    "tests": "tests",
    "assignments": "tasks",
    "glossary": "glossary",
    "tickets": "tickets",
}
_CLASS = frozenset(
    {"outline", "aims", "review", "tasks", "equipment", "text", "keywords", "homework", "summary", "literature"}
)
_DATA = frozenset({
    "description", "course-aim", "objectives", "prerequisites", "postrequisites", "grading", "policy", "plan", "exam",
    "tickets", "assignments", "contact", "lectures", "seminars", "practicals", "laboratories", "outcomes", "tests",
})  # fmt: skip
_SURE = 6
_CONTACTS = frozenset({"teacher", "assistant", "email", "phone", "room", "office-hours", "credits", "semester", "code"})
_FIRST = 25


def mode_of(root: Section, plans: int = 0, heard: int = 0, glossaries: int = 0, among: Sequence[Mode] = ()) -> Mode:
    """What the document is, ``among`` some kinds or all. ``plans`` counts its tables of a plan, ``heard`` the fields
    that its tables gave, ``glossaries`` tables of terms."""
    scores = weighed(root, plans, heard, glossaries)
    return max(among or scores, key=lambda mode: scores[mode])


def weighed(root: Section, plans: int = 0, heard: int = 0, glossaries: int = 0) -> dict[Mode, float]:
    """How much speaks for each kind of document."""
    sections = [one for one in root.walk() if one.head is not None]
    kinds = Counter(one.series.kind for one in sections if one.series is not None)
    every = list(_segments(root))
    found = shape(every)
    prose = found.prose
    named = {name for one in sections for name in _named(one)}
    top = _top(root)
    members = [one for one in sections if one.series is not None and one.series.kind in SESSIONS]
    told = any(one.children or any(is_prose(segment) for segment in one.own) for one in members)
    classes = 0 if top in _LISTS and not told else len(members)
    classes += _alike(root) if kinds["ticket"] < 2 else 0
    if not classes:
        outer = [one for one in sections if one.series is not None and one.series.kind in {"unit", "week"}]
        classes = sum(any(is_prose(segment) for segment in one.everything()) for one in outer)
    data = sum(name in _DATA for name in named)
    heads = {name for one in (*every, *(s.head for s in sections)) if one and one.at < _FIRST for name in one.data}
    scores: dict[Mode, float] = {
        "course": (12 + min(classes, 6) if classes > 1 else 0)
        + 2.5 * data
        + 8 * min(plans, 1)
        + 1.5 * (heard + len(heads & _CONTACTS))
        + 2 * (kinds["week"] + kinds["unit"] > 1),
        "tests": (16 if _option_runs(every) > 1 or any(is_key(one.text) for one in every) else 4)
        * found.options
        * (1 - prose)
        if found.options >= 0.3
        else 0,
        "tickets": (11 if kinds["ticket"] > 1 else 0) + (9 if _bare_counts(root) else 0),
        "questions": 9 * found.asks * (1 - prose)
        if found.asks >= 0.5 and found.count > 2
        else 2 * found.items * (1 - prose),
        "glossary": (11 * found.terms if found.terms >= 0.5 and found.terms * found.count > 2 else 0)
        + (8 if glossaries and not classes else 0),
        "tasks": 7 if classes < 2 and _tasks(root) > 1 else 0,
        "session": 2 * sum(name in _CLASS for name in named)
        + (8 if counting(root) is not None else 4 if _titled(root) else 0)
        + 2 * prose,
        "reading": 2.5 + prose,
    }
    if top in _LISTS:
        scores[_LISTS[top]] += 6 if prose < 0.3 else 0
    scores["tests"] += 12 * _laid_out(every) if top == "tests" or prose < 0.1 else 0
    return scores


def _tasks(root: Section) -> int:
    """How many lines count tasks: «Task 2. …», «3-тапсырма»."""
    every = [*_segments(root), *(one.head for one in root.walk() if one.head is not None)]
    return sum(any(c.kind == "task" and c.parted for c in one.counted) for one in every)


def _titled(root: Section) -> bool:
    """Whether one of the first lines names the topic of a class: «Тема: …»."""
    first = [*root.own[:5], *(one.head for one in list(root.walk())[:5] if one.head is not None)]
    return any(m.kind == "title" and m.group == "field" for one in first for m in one.marks)


def _option_runs(every: Sequence[Segment]) -> int:
    """How many lists of answers stand below something."""
    return sum(one.option and not before.option and not is_prose(before) for before, one in pairwise(every))


def _laid_out(every: Sequence[Segment]) -> float:
    """The share of the lines that are answers by where they stand."""
    texts = [one.piece for one in every if one.is_text and one.text]
    return len(layout(texts).below) / max(len(texts), 1)


def _alike(root: Section) -> int:
    """How many siblings hold equal headings: the members of a series that nothing counts."""
    for section in root.walk():
        inner = [
            {child.head.folded.rstrip(" .:") for child in one.children if child.head}
            for one in section.children
            if one.children
        ]
        if len(inner) > 1 and set.intersection(*inner):
            return len(inner)
    return 0


def _segments(root: Section) -> list[Segment]:
    """All that is no heading."""
    return [one for section in root.walk() for one in section.own]


def _named(section: Section) -> set[str]:
    head = section.head
    if head is None:
        return set()
    known = {mark.kind for mark in head.marks if mark.whole and mark.group in {"heading", "field"}}
    return known | {name for name, value in head.labels.items() if value >= _SURE}


def _top(root: Section) -> str | None:
    """The list that one of the first lines names."""
    first = sorted([*root.own[:8], *(one.head for one in root.walk() if one.head is not None)], key=lambda one: one.at)[
        :8
    ]
    for one in first:
        if not one.is_text or len(one.text) > 120:
            continue
        ranked = sorted(words().labels(one.text).items(), key=lambda pair: -pair[1])
        if ranked and ranked[0][1] >= 4 and ranked[0][0] in _LISTS:
            return ranked[0][0]
    return None


def _bare_counts(root: Section) -> bool:
    """Whether numbers alone on their lines count on over lists that begin anew."""
    series = [one for one in root.walk() if one.series is not None and one.series.form == "#bare"]
    return len(series) > 2


def counting(root: Section) -> Segment | None:
    """The line among the first that counts the class which the document is."""
    first = [*root.own[:6], *(one.head for one in list(root.walk())[:6] if one.head is not None)]
    for segment in first:
        if any(c.parted and c.kind in SESSIONS for c in segment.counted):
            return segment
    return None
