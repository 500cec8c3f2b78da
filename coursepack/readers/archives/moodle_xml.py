"""Moodle XML in the making: elements that the openers of archives share."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator

from lxml import etree

Element = etree._Element
FILE = "questions.xml"
BEGIN, END = b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n', b"</quiz>\n"
Files = Iterable[tuple[str, Iterator[bytes]]]
"""Path from ``/`` on and content of what a text shows."""


def sub(parent: Element, tag: str, **attributes: str) -> Element:
    return etree.SubElement(parent, tag, attributes)


def leaf(parent: Element, tag: str, value: str) -> None:
    etree.SubElement(parent, tag).text = value


def field(parent: Element, tag: str, text: str, form: str = "html", files: Files = ()) -> Element:
    """A text with its files."""
    result = sub(parent, tag, format=form)
    leaf(result, "text", text)
    for path, content in files:
        folder, _, name = path.rpartition("/")
        file = sub(result, "file", name=name, path=f"{folder}/", encoding="base64")
        file.text = base64.b64encode(b"".join(content)).decode("ascii")
    return result


def question(kind: str, name: str) -> Element:
    result = etree.Element("question", type=kind)
    leaf(sub(result, "name"), "text", name)
    return result


def category(path: Iterable[str]) -> bytes:
    """What says of the questions below it where they belong."""
    result = etree.Element("question", type="category")
    said = "/".join(name.replace("/", "//") for name in path)
    leaf(sub(result, "category"), "text", f"$course$/top/{said}" if said else "$course$/top")
    return written(result)


def written(element: Element) -> bytes:
    return etree.tostring(element, encoding="utf-8") + b"\n"
