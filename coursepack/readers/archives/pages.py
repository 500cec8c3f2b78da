"""Builds HTML pages from the pieces that a learning platform stores: one page for each section."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from lxml import etree

from coursepack.files.member import Member
from coursepack.names import file_name
from coursepack.readers.html.tree import Element, parse

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ADDRESSES = ("src", "href", "poster", "data")
_LONGEST_NAME = 80
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
Find = Callable[[str], str | None]
"""Maps an address in a text to a path in the folder; None where it leads to nothing outside the platform."""


class RestoredPage:
    """An HTML page: headings, and foreign markup below them."""

    def __init__(self, title: str = "") -> None:
        self._root = etree.Element("html")
        head = etree.SubElement(self._root, "head")
        etree.SubElement(head, "meta", charset="utf-8")
        etree.SubElement(head, "title").text = title
        self._body = etree.SubElement(self._root, "body")
        self.filled = False
        """Whether it has content other than headings."""

    def heading(self, level: int, text: str) -> None:
        if text.strip():
            etree.SubElement(self._body, _HEADINGS[min(level, 6) - 1]).text = _xml_safe(text)

    def markup(self, html: str, find: Find, below: int = 0) -> None:
        """Appends foreign HTML; its headings are shifted below level ``below``."""
        body = parse(html)
        if body is not None:
            self.tree(body, find, below)

    def tree(self, body: Element, find: Find, below: int = 0) -> None:
        """Appends the children of a parsed element, as ``markup`` does. The element is changed."""
        if not ("".join(map(str, body.itertext())).strip() or body.find(".//*[@src]") is not None):
            return
        _shift_headings(body, below)
        for element in body.iter("*"):
            if element.tag == "main" or element.get("role") == "main":
                element.tag = "div"  # the main part of one page, not of the combined page
                if "role" in element.attrib:
                    del element.attrib["role"]
            for name in _ADDRESSES:
                if name in element.attrib:
                    _replace_address(element, name, find)
        body.tag = "div"
        body.tail = None
        self._body.append(body)
        self.filled = True

    def text(self, text: str) -> None:
        """Appends plain text; a blank line separates paragraphs."""
        for part in text.replace("\r\n", "\n").split("\n\n"):
            if part.strip():
                etree.SubElement(self._body, "p").text = _xml_safe(part.strip())
                self.filled = True

    def link(self, address: str, text: str) -> None:
        """Appends a paragraph with a link to a file of the folder, or elsewhere."""
        etree.SubElement(etree.SubElement(self._body, "p"), "a", href=_xml_safe(address)).text = _xml_safe(text)
        self.filled = True

    def term(self, term: str, html: str, find: Find) -> None:
        """Appends an entry of a glossary."""
        self.markup(f"<p><b>{escape(term)}</b> – {_inner_html(html)}</p>", find)

    def member(self, name: str) -> Member:
        data = etree.tostring(self._root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
        return Member(name, data)


def _xml_safe(text: str) -> str:
    """The text without characters that XML 1.0 does not allow."""
    return _NOT_IN_XML.sub("", text)


def _shift_headings(body: Element, below: int) -> None:
    found = list(body.iter(*_HEADINGS))
    step = below + 1 - min((int(str(element.tag)[1]) for element in found), default=below + 1)
    for element in found:
        element.tag = f"h{min(6, max(1, int(str(element.tag)[1]) + max(0, step)))}"


def _replace_address(element: Element, name: str, find: Find) -> None:
    address = find(str(element.attrib[name]))
    if address is None:
        del element.attrib[name]
    else:
        element.set(name, address)


def _inner_html(html: str) -> str:
    """The inner HTML of one paragraph."""
    body = parse(html)
    if body is None:
        return ""
    if len(body) == 1 and body[0].tag == "p" and not (body.text or "").strip():
        body = body[0]
    inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in body)
    return escape(body.text or "") + inner


class MemberNames:
    """Unique names for members. A number keeps their order; a letter before it shows that it is no number of the
    course."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, letter: str, number: int, title: str, ending: str = "") -> str:
        """«s03 Cells.html»."""
        own = file_name(" ".join(title.replace("/", " ").split()), "")[:_LONGEST_NAME].strip(" .")
        return self.free(f"{letter}{number:02d} {own}".strip(), ending)

    def free(self, stem: str, ending: str) -> str:
        result, count = f"{stem}{ending}", 1
        while result.casefold() in self._taken:
            count += 1
            result = f"{stem} ({count}){ending}"
        self._taken.add(result.casefold())
        return result
