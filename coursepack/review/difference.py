"""What a change of course.toml did to the course, line by line of its contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec

from coursepack.model.course import Course, Exam, Week
from coursepack.outline import Understood
from coursepack.registrar.parts import of_course

T = TypeVar("T")
MOST = 12
"""Lines of each side that are shown."""


@dataclass(frozen=True)
class Difference:
    """Lines that are gone and lines that came, and how many more of each; ``other``: a change that no line tells."""

    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    more: int = 0
    other: bool = False


def difference(before: Understood, after: Understood) -> Difference:
    """The difference between two readings."""
    old, new = (list(_lines(one)) for one in _apart(before.course, after.course))
    gone, come = _without(old, new), _without(new, old)
    more = max(len(gone) - MOST, 0) + max(len(come) - MOST, 0)
    other = not gone and not come and _bare(before.course) != _bare(after.course)
    return Difference(tuple(gone[:MOST]), tuple(come[:MOST]), more, other)


def _apart(one: Course, other: Course) -> tuple[Course, Course]:
    """Two courses without the large parts that both have at the same place, the same objects: what did not change is
    not compared line by line."""
    weeks, others = ({week.number: week for week in course.weeks} for course in (one, other))
    parted = [
        tuple(_week(week, there.get(week.number)) for week in here.values())
        for here, there in ((weeks, others), (others, weeks))
    ]
    exams = _exams(one.exam, other.exam)
    return (
        msgspec.structs.replace(one, weeks=parted[0], exam=exams[0], glossary=_own(one.glossary, other.glossary)),
        msgspec.structs.replace(other, weeks=parted[1], exam=exams[1], glossary=_own(other.glossary, one.glossary)),
    )


def _week(one: Week, other: Week | None) -> Week:
    if other is None:
        return one
    sessions, tasks = _own(one.sessions, other.sessions), _own(one.assignments, other.assignments)
    return msgspec.structs.replace(one, sessions=sessions, assignments=tasks)


def _exams(one: Exam | None, other: Exam | None) -> tuple[Exam | None, Exam | None]:
    if one is None or other is None or one.title != other.title:
        return one, other
    return (
        msgspec.structs.replace(one, questions=_own(one.questions, other.questions)),
        msgspec.structs.replace(other, questions=_own(other.questions, one.questions)),
    )


def _own(parts: tuple[T, ...], others: tuple[T, ...]) -> tuple[T, ...]:
    """The parts that are not among the others."""
    known = set(map(id, others))
    return tuple(part for part in parts if id(part) not in known)


def _bare(course: Course) -> Course:
    return msgspec.structs.replace(course, sources=())


def _without(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    left = Counter(others)
    found = []
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            found.append(line)
    return found


def _lines(course: Course) -> Iterator[str]:
    """The course as the registrar compares two of them: its parts, each with its lines."""
    for part in of_course(course).parts:
        name = " · ".join(one for one in (part.where, part.title) if one)
        if part.kind in _TITLED:
            yield name
        for line in part.text.split("\n"):
            if line.strip():
                yield f"{name}: {_short(line)}" if name else _short(line)
    yield from (f"{one.id} = {one.variant_of}" for one in course.questions() if one.variant_of)


_TITLED = frozenset({"lecture", "seminar", "task", "section", "reading"})
"""Parts whose title is a line of its own."""


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 110 else f"{text[:109]}…"
