"""A manifest as the SCORM checks see it: its elements by name, its resources, and where each stands."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from coursepack.checks.addresses import LONGEST, Bases
from coursepack.checks.needs import owned
from coursepack.files.package import Package
from coursepack.ims.scorm_manifest import Edition
from coursepack.place import Place

Element = etree._Element
_NAME = re.compile(r"[^\W\d][\w.\-\u00b7]*")


def local(element: Element) -> str:
    """The local name of an element; "" for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def said(element: Element, name: str) -> str | None:
    """An attribute's value, blanks folded as XML Schema folds names and references; None when it is not there."""
    value = element.get(name)
    return None if value is None else " ".join(value.split())


def line_of(element: Element) -> int:
    """The line of an element, from 1; 0 when unknown."""
    found: Any = element.sourceline
    return int(found or 0)


def resolve(base: str, href: str) -> str | None:
    """The member's path that an href means, or None for an address outside the package."""
    joined = base + href
    if len(joined) > LONGEST:
        return joined  # longer than any name in a package: it need not be taken apart
    try:
        parts = urlsplit(joined)
    except ValueError:
        return posixpath.normpath(joined)
    if parts.scheme and len(parts.scheme) > 1:
        return None
    if parts.netloc:
        return None
    return posixpath.normpath(unquote(parts.path)) if parts.path else ""


@dataclass(frozen=True)
class ScormManifest:
    """The manifest of a package, with sub-manifests inside it."""

    package: Package
    member: str
    root: Element
    edition: Edition
    closed: bool
    _bases: Bases = field(default_factory=Bases)

    def place(self, element: Element) -> Place:
        return self.package.place(self.member, line_of(element))

    @cached_property
    def namespace(self) -> str:
        return etree.QName(self.root).namespace or ""

    def children(self, element: Element, name: str) -> list[Element]:
        """The children of that name in the manifest's own namespace."""
        return element.findall(f"{{{self.namespace}}}{name}" if self.namespace else name)

    def title(self, element: Element) -> str:
        found = self.children(element, "title")
        return "".join(found[0].itertext()).strip() if found else ""  # type: ignore[arg-type]  # text, no bytes

    @cached_property
    def items(self) -> list[Element]:
        return list(self.root.iter(f"{{{self.namespace}}}item" if self.namespace else "item"))

    @cached_property
    def item_names(self) -> set[str | None]:
        return {said(item, "identifier") for item in self.items}

    @cached_property
    def resource_list(self) -> list[Element]:
        return [
            resource
            for holder in self.root.iter(f"{{{self.namespace}}}resources" if self.namespace else "resources")
            for resource in self.children(holder, "resource")
        ]

    @cached_property
    def resources(self) -> dict[str, Element]:
        return {said(resource, "identifier") or "": resource for resource in reversed(self.resource_list)}

    @cached_property
    def needs(self) -> dict[str, list[str]]:
        """What each resource depends on."""
        return {
            name: [said(need, "identifierref") or "" for need in self.children(resource, "dependency")]
            for name, resource in self.resources.items()
        }

    @cached_property
    def owners(self) -> dict[str, frozenset[str]]:
        """The resources that list a file, by the path that its href means."""
        return owned({name: list(self._files(resource)) for name, resource in self.resources.items()})

    def _files(self, resource: Element) -> Iterator[str]:
        for file in self.children(resource, "file"):
            path = resolve(self.base(resource), (file.get("href") or "").strip())
            if path is not None:
                yield path

    @cached_property
    def submanifests(self) -> set[str]:
        return {
            said(element, "identifier") or ""
            for element in self.root.iter()
            if local(element) == "manifest" and element is not self.root
        }

    def scorm_type(self, resource: Element) -> str | None:
        """The value of scormtype (1.2) or scormType (2004), in the edition's own namespace."""
        return resource.get(f"{{{self.edition.adlcp}}}{self.edition.scorm_type}")

    def base(self, resource: Element) -> str:
        """The xml:base of a resource and all that is around it, joined."""
        return self._bases.of(resource)

    @staticmethod
    def is_name(text: str) -> bool:
        """True for an NCName (xs:ID)."""
        return bool(_NAME.fullmatch(text))
