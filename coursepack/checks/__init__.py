"""Checks: layers that look at a package and say what is wrong with it.

A product is a list of layers; every layer works on a ``Package`` (``files.package``), whether its members are still in
memory or came from somebody else's archive. Two grammars: *closed* for our own output (exactly what we write), *open*
for others' files (the whole standard, lax at extension points).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from coursepack.files.package import Package
from coursepack.model.artifact import Artifact
from coursepack.place import CoursepackError, Finding, error


@dataclass(frozen=True)
class Grammar:
    """How strictly to look. ``schemas`` is a folder of official XSDs that the user added (``--schemas``)."""

    closed: bool = False
    schemas: Path | None = None


Layer = Callable[[Package, Grammar], Iterable[Finding]]

# Name of a layer → where it is. Loaded when first used, so that the command line starts quickly.
LAYERS: dict[str, str] = {
    "container": "coursepack.checks.container:check",
    "official": "coursepack.checks.added_schemas:check",
    "xml": "coursepack.checks.xml:check",
    "html": "coursepack.checks.html:check",
    "ims": "coursepack.checks.ims:check",
    "qti": "coursepack.checks.cartridge.qti:check_layer",
    "lms-moodle": "coursepack.checks.lms:moodle",
    "lms-canvas": "coursepack.checks.lms:canvas",
    "lms-openedx": "coursepack.checks.lms:openedx",
    "cartridge": "coursepack.checks.cartridge.package:check",
    "ooxml": "coursepack.checks.ooxml.document:check",
    "ooxml-open": "coursepack.checks.ooxml.document:check_open",
    "scorm": "coursepack.checks.scorm.package:check",
    "mbz": "coursepack.checks.mbz.backup:check",
    "moodle-xml": "coursepack.checks.moodle.xml:check",
    "gift": "coursepack.checks.plain_questions:check_gift",
    "aiken": "coursepack.checks.plain_questions:check_aiken",
    "csv": "coursepack.checks.plain_questions:check_csv",
}


def layer(name: str) -> Layer:
    """The layer of that name."""
    module, _, function = LAYERS[name].partition(":")
    found: Layer = getattr(import_module(module), function)
    return found


def check(package: Package, layers: Sequence[str], grammar: Grammar) -> list[Finding]:
    """All findings of these layers, in their order, the container's own problems first."""
    findings = list(package.problems)
    for name in layers:
        try:
            findings.extend(layer(name)(package, grammar))
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
