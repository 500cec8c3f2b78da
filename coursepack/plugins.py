"""Readers, writers and checks by name, through entry points of the installed distributions.

Built-in ones are found the same way as anybody else's. The metadata of the distributions are read once, an object is
loaded when it is used. Where two claim a name, the built-in one has it, then that of the distribution whose name comes
first; the other is reported. What a plugin raises is a ``PluginError`` that names it; an error of a built-in one is
our own, and is not caught.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, EntryPoint, distributions
from typing import Any

import msgspec

from coursepack.place import CoursepackError, Finding, warning
from coursepack.similar import near

OURS = "coursepack"
READERS, WRITERS, CHECKS = "coursepack.readers", "coursepack.writers", "coursepack.checks"
ARCHIVES = "coursepack.archives"
_KINDS = {READERS: "reader", WRITERS: "writer", CHECKS: "check", ARCHIVES: "opener of archives"}


class PluginError(CoursepackError):
    """A reader, writer or check of another distribution cannot be loaded, or failed; the message names it."""


@dataclass(frozen=True)
class PluginPoint:
    """An entry point: ``distribution`` and ``version`` are those of the distribution that brings it."""

    group: str
    name: str
    value: str
    distribution: str
    version: str
    entry: EntryPoint

    @property
    def built_in(self) -> bool:
        return self.distribution == OURS

    def __str__(self) -> str:
        return f"the {_KINDS[self.group]} {self.name!r} ({self.value}) of {self.distribution} {self.version}"

    @contextmanager
    def guard(self, what: str = "failed") -> Iterator[None]:
        """What the plugin raises is raised as a ``PluginError``, SystemExit too; what stops the program is not."""
        try:
            yield
        except (KeyboardInterrupt, GeneratorExit, MemoryError, PluginError):
            raise
        except BaseException as problem:
            if self.built_in:
                raise
            raise self._of(problem, what) from problem

    def _of(self, problem: BaseException, what: str) -> PluginError:
        """A plugin that says itself what is wrong, and where, is believed."""
        if isinstance(problem, CoursepackError):
            return PluginError(f"{self} says: {problem.message}", problem.place, problem.advice)
        return self.error(f"{what}: {_said(problem)}")

    def error(self, what: str) -> PluginError:
        return PluginError(
            f"{self} {what}", advice=f"update or remove {self.distribution}, or report it to its authors"
        )


def _said(problem: BaseException) -> str:
    """The type and text of what was raised, or its type alone where it has no text that can be had."""
    try:
        text = str(problem)
    except Exception:
        text = ""
    return f"{type(problem).__name__}: {text}" if text else type(problem).__name__


@cache
def _found() -> tuple[tuple[PluginPoint, ...], tuple[Finding, ...]]:
    """Every entry point of our groups, the one that has the name first, and what could not be read of them."""
    points: dict[tuple[str, str], list[PluginPoint]] = {}
    seen: set[str] = set()
    findings = []
    for distribution in distributions():
        try:
            found = _points(distribution)
        except Exception as problem:  # somebody else's metadata
            text = f"the entry points of an installed distribution cannot be read: {_said(problem)}"
            findings.append(warning("plugin-metadata", text))
            continue
        names = {point.distribution for point in found}
        for point in found if not names & seen else ():  # the first on the path is the one that is imported
            points.setdefault((point.group, point.name), []).append(point)
        seen |= names
    ordered = []
    for key in sorted(points):
        first, *others = sorted(points[key], key=lambda point: (not point.built_in, point.distribution, point.value))
        ordered.append(first)
        findings += [
            warning("plugin-name-taken", f"{other} is not used: {first} has that name", None, "ask its authors")
            for other in others
        ]
    return tuple(ordered), tuple(findings)


def _points(distribution: Distribution) -> list[PluginPoint]:
    ours = [entry for entry in distribution.entry_points if entry.group in _KINDS]
    if not ours:
        return []
    name = distribution.metadata["Name"] or "a distribution without a name"
    version = distribution.version or "?"
    return [PluginPoint(entry.group, _key(entry), entry.value, name, version, entry) for entry in ours]


def _key(entry: EntryPoint) -> str:
    """The endings of files are distinguished without their case."""
    return entry.name.lower() if entry.group in {READERS, ARCHIVES} else entry.name


def told() -> tuple[Finding, ...]:
    """Names that two claim, and metadata that cannot be read."""
    return _found()[1]


def points(group: str) -> dict[str, PluginPoint]:
    """Name → entry point, sorted by name."""
    return {point.name: point for point in _found()[0] if point.group == group}


def names(group: str) -> list[str]:
    """The names of a group, sorted."""
    return list(points(group))


def point(group: str, name: str, what: str = "") -> PluginPoint:
    """The entry point of that name. Raises ``CoursepackError`` that lists the known ones."""
    known = points(group)
    if name in known:
        return known[name]
    meant = near(name, known)
    hint = f"; did you mean {meant}?" if meant else ""
    raise CoursepackError(f"unknown {what or _KINDS[group]} {name!r}, expected one of {', '.join(known)}{hint}")


@cache
def _loaded(point: PluginPoint) -> Any:
    """The object, or why it cannot be had: what fails is not tried again."""
    try:
        with point.guard("cannot be loaded"):
            return point.entry.load()
    except PluginError as problem:
        return problem


def load(point: PluginPoint, is_one: Callable[[Any], bool], expected: str) -> Any:
    """The object of an entry point. Raises ``PluginError``: cannot be imported, or is not what is ``expected``."""
    found = _loaded(point)
    if isinstance(found, PluginError):
        raise PluginError(found.message, found.place, found.advice) from found.__cause__
    if not is_one(found):
        raise point.error(f"is not {expected}")
    return found


def each(values: object, kinds: tuple[type, ...], point: PluginPoint, what: str) -> Iterator[Any]:
    """The ``values``, one by one. Raises ``PluginError`` where one is none of ``kinds``."""
    if not isinstance(values, Iterable):
        raise point.error(f"gave {type(values).__name__} for {what}, expected several")
    for value in values:
        if not isinstance(value, kinds):
            expected = " or ".join(kind.__name__ for kind in kinds)
            raise point.error(f"gave {type(value).__name__} among {what}, expected {expected}")
        yield value


def findings(values: object, point: PluginPoint) -> tuple[Finding, ...]:
    """The findings of a plugin, every field of them of its type. Raises ``PluginError``."""
    with point.guard("gave a finding that is none"):
        result = each(values, (Finding,), point, "its findings")
        return tuple(msgspec.convert(msgspec.to_builtins(finding), Finding) for finding in result)


def clear() -> None:
    """Forget what was found: another path, or other distributions, are installed now."""
    _found.cache_clear()
    _loaded.cache_clear()
