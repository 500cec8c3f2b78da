"""Checks: layers that look at a package and say what is wrong with it.

A product is a list of layers; every layer works on a ``Package`` (``files.package``), whether its members are still in
memory or came from somebody else's archive. Two grammars: *closed* for our own output (exactly what we write), *open*
for others' files (the whole standard, lax at extension points).

A layer is found through the entry-point group ``coursepack.checks``; its value is a ``Layer``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from coursepack import plugins
from coursepack.files.package import Package
from coursepack.model.artifact import Artifact
from coursepack.place import CoursepackError, Finding, error


@dataclass(frozen=True)
class Grammar:
    """How strictly to look. ``schemas`` is a folder of official XSDs that the user added (``--schemas``)."""

    closed: bool = False
    schemas: Path | None = None


Layer = Callable[[Package, Grammar], Iterable[Finding]]


def names() -> list[str]:
    """The names of all installed layers, sorted."""
    return plugins.names(plugins.CHECKS)


def layer(name: str) -> Layer:
    """The layer of that name. Raises ``CoursepackError`` that lists the known ones, or names a plugin that fails."""
    found = plugins.point(plugins.CHECKS, name)
    result: Layer = plugins.load(found, callable, "a function")
    return result if found.built_in else partial(_of_others, found, result)


def _of_others(point: plugins.PluginPoint, result: Layer, package: Package, grammar: Grammar) -> tuple[Finding, ...]:
    with point.guard():
        return plugins.findings(result(package, grammar), point)


def check(package: Package, layers: Sequence[str], grammar: Grammar) -> list[Finding]:
    """All findings of these layers, in their order, the container's own problems first.

    Raises ``CoursepackError`` for a layer that is not known, or is another's and fails.
    """
    findings = list(package.problems)
    for name in layers:
        found = layer(name)
        try:
            findings.extend(found(package, grammar))
        except plugins.PluginError:
            raise
        except CoursepackError as problem:
            findings.append(error(f"{name}-unreadable", problem.message, problem.place))
    return findings


def check_artifact(artifact: Artifact, grammar: Grammar | None = None) -> list[Finding]:
    """The findings on a product that is still in memory, by the closed grammar."""
    package = Package.of_members(artifact.name, ((member.path, member.content) for member in artifact.members))
    if artifact.container == "file":
        package.container = "file"
    grammar = grammar or Grammar(closed=True)
    added = ("official",) if grammar.schemas else ()
    return check(package, (*artifact.layers, *added), grammar)
