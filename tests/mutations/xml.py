"""Every small thing that can go wrong in an XML document, done one at a time.

For each kind of element in a document (its path of names) its first instance is lost, doubled, renamed, moved, given a
stranger beside or inside; each attribute is lost, emptied, spoilt; its text is lost or spoilt.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from coursepack.files.xml import parse_xml

Element = etree._Element


@dataclass(frozen=True)
class Mutation:
    """What was done (``lost``), to what (``manifest/metadata/schema``), and the document after it."""

    name: str
    target: str
    data: bytes


def signature(element: Element) -> str:
    """The names from the root to an element, without namespaces; questions of different types are distinguished."""
    names = [_name(element), *(_name(above) for above in element.iterancestors())]
    return "/".join(reversed(names))


def _name(element: Element) -> str:
    name = etree.QName(element).localname
    if name == "question":
        kind = element.get("type") or element.findtext("qtype") or ""
    elif name == "item" and element.get("ident"):
        # QTI 1.2 in Common Cartridge: the first field of an item's metadata is its profile.
        kind = next((field.text or "" for field in element.iter("{*}fieldentry")), "")
    else:
        kind = ""
    return f"{name}[{kind}]" if kind else name


def _first_of_each(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in root.iter(etree.Element):
        found.setdefault(signature(element), element)
    return found


def lost(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def doubled(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.insert(parent.index(element) + 1, copy.deepcopy(element))


def renamed(element: Element) -> None:
    element.tag = str(element.tag) + "x"


def other_namespace(element: Element) -> None:
    element.tag = f"{{http://example.com/other}}{etree.QName(element).localname}"


def moved_up(element: Element) -> None:
    parent, before = element.getparent(), element.getprevious()
    if parent is None or before is None or before.tag == element.tag:
        raise NotApplicableError
    parent.insert(parent.index(before), element)


def stranger(element: Element) -> None:
    namespace = etree.QName(element).namespace
    element.append(element.makeelement(f"{{{namespace}}}stranger" if namespace else "stranger"))


def text_lost(element: Element) -> None:
    if not (element.text or "").strip():
        raise NotApplicableError
    element.text = None


def text_spoilt(element: Element) -> None:
    if not (element.text or "").strip() or len(element.text or "") > 40 or len(element):
        raise NotApplicableError
    element.text = "no such value"


def unknown_attribute(element: Element) -> None:
    element.set("stranger", "1")


class NotApplicableError(Exception):
    """This cannot be done to that element."""


_TO_ELEMENTS: tuple[Callable[[Element], None], ...] = (
    lost,
    doubled,
    renamed,
    other_namespace,
    moved_up,
    stranger,
    text_lost,
    text_spoilt,
    unknown_attribute,
)


def _attribute_lost(element: Element, name: str) -> None:
    del element.attrib[name]


def _attribute_empty(element: Element, name: str) -> None:
    element.set(name, "")


def _attribute_spoilt(element: Element, name: str) -> None:
    element.set(name, "no such value")


_TO_ATTRIBUTES = {"lost": _attribute_lost, "empty": _attribute_empty, "spoilt": _attribute_spoilt}


def mutations(data: bytes) -> Iterator[Mutation]:
    """Every mutation of a document, the same ones in the same order each time."""
    paths = list(_first_of_each(parse_xml(data)))
    for path in paths:
        for change in _TO_ELEMENTS:
            root = parse_xml(data)
            try:
                change(_first_of_each(root)[path])
            except NotApplicableError:
                continue
            after = _written(root)
            if after != _written(parse_xml(data)):
                yield Mutation(change.__name__, path, after)
        for name in _first_of_each(parse_xml(data))[path].attrib:
            for what, change_attribute in _TO_ATTRIBUTES.items():
                root = parse_xml(data)
                change_attribute(_first_of_each(root)[path], str(name))
                after = _written(root)
                yield Mutation(f"attribute {what}", f"{path}/@{etree.QName(str(name)).localname}", after)


def _written(root: Element) -> bytes:
    """With a declaration in double quotes: Moodle knows its backups by it."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="UTF-8", xml_declaration=False)
