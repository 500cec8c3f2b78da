"""IMS Content Packaging: a manifest from resources and a tree of items.

Source: IMS Content Packaging 1.1.4/1.2 Information Model, sections 3 (manifest) and 4 (organizations, resources).
Elements are written in the standard's order; what a profile adds (SCORM's attributes, elements after the title) comes
as attributes and elements of the caller.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

Element = etree._Element

MANIFEST = "imsmanifest.xml"


@dataclass(frozen=True)
class Resource:
    """A resource: identifier, type, its files (hrefs as written, the first one first) and what it depends on.

    ``attributes`` are more attributes in Clark notation; ``metadata`` becomes the content of ``<metadata>``.
    """

    identifier: str
    type: str
    files: tuple[str, ...]
    href: str | None = None
    dependencies: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    metadata: Element | tuple[Element, ...] | None = None


@dataclass(frozen=True)
class Item:
    """A place in the organization. ``extra`` are elements after the title (``adlcp:masteryscore`` …)."""

    identifier: str
    title: str | None = None
    identifierref: str | None = None
    children: tuple[Item, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    extra: tuple[Element, ...] = ()


def add_item(parent: Element, namespace: str, item: Item) -> Element:
    """Append an item with its children."""
    element = etree.SubElement(parent, f"{{{namespace}}}item", {"identifier": item.identifier})
    if item.identifierref:
        element.set("identifierref", item.identifierref)
    for name, value in item.attributes.items():
        element.set(name, value)
    if item.title is not None:
        etree.SubElement(element, f"{{{namespace}}}title").text = item.title
    for child in item.children:
        add_item(element, namespace, child)
    for extra in item.extra:
        element.append(extra)
    return element


def add_resource(parent: Element, namespace: str, resource: Resource) -> Element:
    """Append a resource with its files and dependencies."""
    element = etree.SubElement(
        parent, f"{{{namespace}}}resource", {"identifier": resource.identifier, "type": resource.type}
    )
    if resource.href is not None:
        element.set("href", resource.href)
    for name, value in resource.attributes.items():
        element.set(name, value)
    if resource.metadata is not None:
        found = resource.metadata if isinstance(resource.metadata, tuple) else (resource.metadata,)
        etree.SubElement(element, f"{{{namespace}}}metadata").extend(found)
    for file in resource.files:
        etree.SubElement(element, f"{{{namespace}}}file", {"href": file})
    for dependency in resource.dependencies:
        etree.SubElement(element, f"{{{namespace}}}dependency", {"identifierref": dependency})
    return element


def serialize(root: Element, *, indent: bool = True) -> bytes:
    """The document as UTF-8, the same bytes for the same tree; indented where blanks mean nothing."""
    if indent:
        etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


_KEPT = 24 * 2**20
"""Bytes that a spool keeps as they are; more are deflated."""


class ByteSpool:
    """Bytes written once and read many times; many are kept deflated: a bank of 100,000 questions takes few megabytes.

    A file for writing (``etree.xmlfile``), then a ``Member``'s content: each call yields the bytes anew.
    """

    def __init__(self) -> None:
        self._packer: Any = None
        self._parts: list[bytes] = []
        self._size = 0
        self._closed = False

    def write(self, data: bytes) -> int:
        self._size += len(data)
        if self._packer is None and self._size > _KEPT:
            self._packer = zlib.compressobj(1)
            self._parts = [self._packer.compress(part) for part in self._parts]
        self._parts.append(self._packer.compress(data) if self._packer else data)
        return len(data)

    def flush(self) -> None:
        """Part of the file protocol; nothing to do."""

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            if self._packer:
                self._parts.append(self._packer.flush())

    def __call__(self) -> Iterator[bytes]:
        self.close()
        if not self._packer:
            yield from self._parts
            return
        unpacker = zlib.decompressobj()
        for part in self._parts:
            if data := unpacker.decompress(part):
                yield data
        if data := unpacker.flush():
            yield data
