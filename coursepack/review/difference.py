"""What a change of course.toml did to the course, line by line of its contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from coursepack.model.course import Course
from coursepack.outline import Understood
from coursepack.registrar.parts import of_course

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
    old, new = list(_lines(before.course)), list(_lines(after.course))
    gone, come = _without(old, new), _without(new, old)
    more = max(len(gone) - MOST, 0) + max(len(come) - MOST, 0)
    other = not gone and not come and _bare(before.course) != _bare(after.course)
    return Difference(tuple(gone[:MOST]), tuple(come[:MOST]), more, other)


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
