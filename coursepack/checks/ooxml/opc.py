"""Open Packaging Conventions: content types and relationships (ECMA-376 Part 2, sections 9 and 10).

What every DOCX must obey, ours or another's, before anybody looks at its words.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from lxml import etree

from coursepack.checks.xml import violations
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.place import CoursepackError, Finding, LimitError, error, warning

Element = etree._Element

TYPES = "[Content_Types].xml"
_TYPES_NS = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


def line_of(element: Element) -> int:
    """The line of an element in its part, 0 when it is not known."""
    line: Any = element.sourceline
    return line or 0


@dataclass
class Relationship:
    """One relationship: ``kind`` is the last word of its type, ``target`` a member's path (or an outside address)."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass
class Opc:
    """What was read of a package: content types by part, relationships by source part (``""`` is the package)."""

    types: dict[str, str] = field(default_factory=dict)
    relationships: dict[str, list[Relationship]] = field(default_factory=dict)
    trees: dict[str, Element] = field(default_factory=dict)

    def main(self) -> Relationship | None:
        """The relationship to the main document."""
        return next((r for r in self.relationships.get("", ()) if r.kind == "officeDocument"), None)

    def related(self, source: str, kind: str) -> list[str]:
        """The members that a part refers to by a kind of relationship."""
        found = (r.target for r in self.relationships.get(source, ()) if r.kind == kind and not r.external)
        return list(dict.fromkeys(found))


def read(package: Package, opc: Opc, *, closed: bool) -> Iterator[Finding]:
    """Fill ``opc`` from the package and tell what is wrong with it."""
    yield from _well_formed(package, opc)
    yield from _content_types(package, opc, closed=closed)
    yield from _relationships(package, opc)


def _well_formed(package: Package, opc: Opc) -> Iterator[Finding]:
    for name in package.names():
        if not (name.endswith((".xml", ".rels")) or name == TYPES):
            continue
        try:
            opc.trees[name] = package.xml(name, keep="word-marks")
        except XmlError as problem:
            yield error("ooxml-malformed", f"not well-formed XML: {problem}", package.place(name, problem.line))
        except LimitError as problem:
            yield error("ooxml-large", problem.message, package.place(name), problem.advice)
        except CoursepackError as problem:
            yield error("ooxml-damaged", problem.message, package.place(name), problem.advice)


def _content_types(package: Package, opc: Opc, *, closed: bool) -> Iterator[Finding]:
    if TYPES not in package:
        yield error("ooxml-content-types", f"{TYPES} is missing: no program opens the file", package.place())
        return
    root = opc.trees.get(TYPES)
    if root is None:
        return
    yield from violations(package, TYPES, root, "ooxml/content-types.xsd", "ooxml-content-types")
    defaults = {e.get("Extension", "").lower(): e.get("ContentType", "") for e in root.iter(f"{_TYPES_NS}Default")}
    overrides = {
        unquote(e.get("PartName", "")).lstrip("/").lower(): (e.get("ContentType", ""), line_of(e))
        for e in root.iter(f"{_TYPES_NS}Override")
    }
    for name in package.names():
        if name == TYPES or name.endswith("/"):
            continue
        kind = overrides.pop(name.lower(), (None, 0))[0] or defaults.get(name.rpartition(".")[2].lower())
        if kind is None:
            yield error(
                "ooxml-content-type", "no content type for this part", package.place(name), f"name it in {TYPES}"
            )
        elif name.endswith(".rels") and kind != _RELS_TYPE:
            yield error(
                "ooxml-content-type", f"relationships of type {kind!r}, expected {_RELS_TYPE!r}", package.place(name)
            )
        else:
            opc.types[name] = kind
    for name, (_, line) in overrides.items():
        tell = error if closed else warning  # a part that is needed is asked for by a relationship
        yield tell(
            "ooxml-part-missing", f"{name} has a content type but is not in the package", package.place(TYPES, line)
        )


def _source(rels: str) -> str | None:
    """The part whose relationships a member holds: ``word/_rels/document.xml.rels`` → ``word/document.xml``."""
    folder, name = posixpath.split(rels)
    parent, last = posixpath.split(folder)
    if last != "_rels" or not name.endswith(".rels"):
        return None
    return posixpath.join(parent, name.removesuffix(".rels")) if name != ".rels" else parent


def _relationships(package: Package, opc: Opc) -> Iterator[Finding]:
    if "_rels/.rels" not in package:
        yield error("ooxml-rels-missing", "_rels/.rels is missing: nothing names the main document", package.place())
    for name, root in opc.trees.items():
        source = _source(name) if name.endswith(".rels") else None
        if source is None:
            continue
        if source and source not in package:
            yield error(
                "ooxml-rels-orphan", f"relationships of {source!r}, which is not in the package", package.place(name)
            )
        yield from violations(package, name, root, "ooxml/relationships.xsd", "ooxml-rels")
        opc.relationships[source] = list(_read(root, source))
        for relation, element in zip(opc.relationships[source], _elements(root), strict=True):
            if not relation.external and relation.target not in package and not relation.target.startswith("#"):
                yield error(
                    "ooxml-target-missing",
                    f"relationship {relation.id!r} ({relation.kind}) points to {relation.target!r}, "
                    "which is not in the package",
                    package.place(name, line_of(element)),
                )


def _elements(root: Element) -> list[Element]:
    return [e for e in root if isinstance(e.tag, str) and e.tag.endswith("}Relationship")]


def _read(root: Element, source: str) -> Iterator[Relationship]:
    folder = posixpath.dirname(source)
    for element in _elements(root):
        external = element.get("TargetMode") == "External"
        target = element.get("Target", "")
        if not external and not target.startswith("#"):
            path = unquote(target.partition("#")[0])
            joined = path if path.startswith("/") else posixpath.join("/", folder, path)
            target = posixpath.normpath(joined).lstrip("/")
        kind = element.get("Type", "").rstrip("/").rpartition("/")[2]
        yield Relationship(element.get("Id", ""), kind, target, external)
