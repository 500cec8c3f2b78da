"""Drawings inside a page (``<svg>``) → pictures of their own (SVG 2, 5.1; embedded in HTML: Living Standard, 4.8.16).

An HTML parser writes all names in small letters; here they stand again as SVG spells them. What may not travel is the
cleaner's matter (``markup.pictures``).
"""

from __future__ import annotations

import base64
import re
from functools import cache
from typing import NamedTuple

from lxml import etree

from coursepack.files.media import KINDS
from coursepack.markup.tables import allowed
from coursepack.markup.tree import SVG
from coursepack.readers.html.tree import Element, all_text

_XLINK = "http://www.w3.org/1999/xlink"
_HREFS = ("href", "xlink:href")
_FOREIGN = "foreignobject"
_SHOWN = frozenset(
    {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "image", "use", _FOREIGN}
)
_EXCLUDED = frozenset({"defs", "symbol", "marker", "pattern", "clippath", "mask", "title", "desc", "metadata"})
"""What holds things that are drawn only where something refers to them."""
_NUMBER = re.compile(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class InlineDrawing(NamedTuple):
    """The address of the picture, and the words that stand for it: its title, or the letters in it."""

    address: str
    alt: str


def adorns(element: Element) -> bool:
    """True for a drawing that the page itself keeps from who listens to it (WAI-ARIA 1.2, 6.6 and 5.3.2), or hides."""
    stated = element.get("aria-hidden") == "true" or element.get("role") in {"presentation", "none"}
    return stated or _HIDDEN.search(element.get("style", "")) is not None


def drawing(element: Element) -> InlineDrawing | None:
    """The drawing in an ``svg`` element of no namespace; None for one that shows nothing by itself."""
    shown = list(_shown(element))
    if not shown:
        return None
    if len(shown) == 1 and shown[0].tag == "image" and (address := _href(shown[0])):
        return InlineDrawing(address, _words(element))
    data = etree.tostring(_copied(element), encoding="UTF-8", xml_declaration=True)
    return InlineDrawing(f"data:{KINDS['svg'].type};base64,{base64.b64encode(data).decode()}", _words(element))


def _href(element: Element) -> str:
    return next((found for name in _HREFS if (found := element.get(name))), "")


def _shown(element: Element) -> list[Element]:
    ids = {part.get("id") for part in element.iter("*")} - {None}
    found: list[Element] = []
    todo = [element]
    while todo:
        for part in todo.pop().iterchildren("*"):
            name = _local(part)
            if name in _EXCLUDED:
                continue
            elsewhere = name == "use" and _href(part).removeprefix("#") not in ids
            if name in _SHOWN and not elsewhere:
                found.append(part)
            todo.append(part)
    return found


def _words(element: Element) -> str:
    """Its label, title or description; else the letters that it shows."""
    named = [element.get("aria-label"), *(all_text(part) for part in element.iterchildren("title", "desc"))]
    stated = next((" ".join(text.split()) for text in named if text and text.strip()), "")
    return stated or " ".join(
        word for part in element.iter("text", "foreignobject", "foreignObject") for word in all_text(part).split()
    )


def _local(element: Element) -> str:
    return str(element.tag).lower()


@cache
def _spelled() -> dict[str, str]:
    """Names in small letters → as SVG spells them (HTML Living Standard, 13.2.6.1)."""
    svg, active = allowed().svg, allowed().active
    return {name.lower(): name for name in (*active.elements, *svg.attributes, *svg.elements)}


def _copied(element: Element) -> Element:
    """The drawing as XML of its own; what has a prefix is an editor's and stays behind."""
    names: dict[str | None, str] = {None: SVG, "xlink": _XLINK}
    root = etree.Element(f"{{{SVG}}}svg", nsmap=names)  # type: ignore[arg-type]
    todo = [(element, root)]
    while todo:
        source, result = todo.pop()
        _attributes(source, result)
        result.text = source.text
        for child in source.iterchildren("*"):
            name = _local(child)
            if ":" in name:
                continue
            new = etree.SubElement(result, f"{{{SVG}}}{_spelled().get(name, str(child.tag))}")
            new.tail = child.tail
            if name == _FOREIGN:
                _label(child, new)
            else:
                todo.append((child, new))
    etree.cleanup_namespaces(root)
    return root


def _label(source: Element, result: Element) -> None:
    """A piece of a page inside a drawing is a label in the middle of its place."""
    result.tag = f"{{{SVG}}}text"
    result.set("x", f"{_length(source, 'x') + _length(source, 'width') / 2:g}")
    result.set("y", f"{_length(source, 'y') + _length(source, 'height') / 2:g}")
    result.set("text-anchor", "middle")
    result.set("dominant-baseline", "middle")
    result.text = " ".join(all_text(source).split())


def _length(element: Element, key: str) -> float:
    found = _NUMBER.match(element.get(key, ""))
    return float(found[0]) if found else 0.0


def _attributes(source: Element, result: Element) -> None:
    for key, value in source.attrib.items():
        name = str(key)
        if name in _HREFS:
            result.set(f"{{{_XLINK}}}href", value)
        elif ":" not in name and name != "xmlns" and re.fullmatch(r"[A-Za-z_][\w.-]*", name):
            result.set(_spelled().get(name, name), value)
