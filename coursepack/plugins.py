"""What is found by entry points: readers, writers and checks, ours and those of other distributions alike.

What another distribution brings may fail in any way; then it is named, and everything else goes on. Of two that claim
one name ours goes first, then the distribution whose name comes first.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from coursepack.place import CoursepackError

OURS = "coursepack"


@cache
def _points(group: str) -> dict[str, EntryPoint]:
    """Name → the entry point that counts. Looked for once: it reads the metadata of every installed package."""
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=group), key=_rank):
        found.setdefault(point.name, point)
    return found


def _rank(point: EntryPoint) -> tuple[bool, str, str]:
    return not _is_ours(point), _distribution(point), point.value


def _distribution(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else ""


def _is_ours(point: EntryPoint) -> bool:
    return _distribution(point) == OURS


def names(group: str) -> list[str]:
    """The names that are installed, sorted."""
    return sorted(_points(group))


def hidden(group: str) -> list[str]:
    """What cannot be reached because another of its name goes first, in words."""
    counted = {id(point) for point in _points(group).values()}
    return [
        f"{point.name} of {_distribution(point)}, for {_distribution(_points(group)[point.name])} has one too"
        for point in sorted(entry_points(group=group), key=_rank)
        if point.name in _points(group) and id(point) not in counted and not _same(point, _points(group)[point.name])
    ]


def _same(one: EntryPoint, other: EntryPoint) -> bool:
    return (one.value, _distribution(one)) == (other.value, _distribution(other))


def ours(group: str, name: str) -> bool:
    """True for one that ships with coursepack."""
    return name in _points(group) and _is_ours(_points(group)[name])


def called(group: str, name: str) -> str:
    """«'name' (module:object of distribution)», for messages."""
    point = _points(group)[name]
    return f"{name!r} ({point.value} of {_distribution(point) or 'an unknown distribution'})"


def load(group: str, what: str, name: str) -> Any:
    """The object behind an entry point; ``what`` says what it is («writer»).

    Raises ``CoursepackError``: a name that is not known lists the known ones, one that cannot be imported is named.
    """
    point = _points(group).get(name)
    if point is None:
        near = difflib.get_close_matches(name, names(group), 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise CoursepackError(f"unknown {what} {name!r}, expected one of {', '.join(names(group))}{hint}")
    try:
        return point.load()
    except (Exception, SystemExit) as problem:
        told = f"{type(problem).__name__}: {problem}"
        raise CoursepackError(f"the {what} {called(group, name)} cannot be loaded: {told}") from None


@contextmanager
def guarded(group: str, what: str, name: str) -> Iterator[None]:
    """What another distribution's code raises becomes a ``CoursepackError`` that names it; ours raises as it is."""
    try:
        yield
    except (Exception, SystemExit) as problem:
        if ours(group, name) or isinstance(problem, CoursepackError):
            raise
        told = f"{type(problem).__name__}: {problem}"
        raise CoursepackError(f"the {what} {called(group, name)} failed: {told}") from problem
