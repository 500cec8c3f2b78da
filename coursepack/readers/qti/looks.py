"""What items say by classes as HTML says the same: underlined, coloured, aligned, how a list counts; names of files.

QTI has no elements or attributes for these. The names are those of the vocabulary of QTI 3.0 (1EdTech, QTI 3.0 Best
Practices and Implementation Guide, «Shared CSS Vocabulary») and, where it has none, of our own packages
(``ims.asi_html``).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable

from lxml import etree

Element = etree._Element

_RENAMED = {"qti-underline": "u", "strike": "s", "qti-italic": "i", "qti-bold": "b"}
"""What a ``span`` of this class is called in HTML."""
_BLOCKS = {"div": ("figure", "figure"), "p": ("caption", "figcaption")}
"""Blocks of this name and class, and what HTML calls them."""
_MARKERS = "lower-alpha|upper-alpha|lower-roman|upper-roman|decimal|none"


def _style(element: Element, said: str) -> None:
    before = element.get("style", "").strip().rstrip(";")
    element.set("style", f"{before}; {said}" if before else said)


def _set(name: str) -> Callable[[Element, str], None]:
    return lambda element, value: element.set(name, value)


def _styled(template: str) -> Callable[[Element, str], None]:
    return lambda element, value: _style(element, template.format(value))


_LOOKS: tuple[tuple[re.Pattern[str], Callable[[Element, str], None]], ...] = (
    (re.compile(r"qti-align-(left|center|right)"), _styled("text-align: {0}")),
    (re.compile(r"colour-([0-9a-f]{6})"), _styled("color: #{0}")),
    (re.compile(r"highlight-([0-9a-f]{6})"), _styled("background-color: #{0}")),
    (re.compile(rf"list-({_MARKERS})"), _styled("list-style-type: {0}")),
    (re.compile(rf"qti-list-style-type-({_MARKERS})"), _styled("list-style-type: {0}")),
    (re.compile(r"start-(-?\d{1,9})"), _set("start")),
    (re.compile(r"dir-(rtl|ltr)"), _set("dir")),
)


def seen(root: Element) -> None:
    """All of it, in place."""
    for element in root.iter("*"):
        names = element.get("class", "").split()
        for name in names:
            for pattern, work in _LOOKS:
                if found := pattern.fullmatch(name):
                    work(element, found[1])
        if element.tag == "a":
            _named(element)
        elif element.tag == "span":
            _renamed(element, [_RENAMED[name] for name in names if name in _RENAMED])
        elif element.tag in _BLOCKS and _BLOCKS[element.tag][0] in names:
            element.tag = _BLOCKS[element.tag][1]


def _named(link: Element) -> None:
    """A link whose letters are the name of a file is to be saved under it, whatever the package calls the file."""
    text = " ".join("".join(map(str, link.itertext())).split())
    ending = posixpath.splitext(link.get("href", "").partition("?")[0])[1].lower()
    if ending and "/" not in text and text.lower().endswith(ending) and not link.get("download"):
        link.set("download", text)


def _renamed(element: Element, tags: list[str]) -> None:
    """The elements of HTML, one in another where there are several; what colours the letters stays with the first."""
    for tag in tags[1:]:
        inner = etree.Element(tag)
        inner.text, element.text = element.text, None
        inner.extend(list(element))
        element.append(inner)
    if tags:
        element.tag = tags[0]
