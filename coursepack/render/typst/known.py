"""What of WordprocessingML the translator knows; anything else is refused by its name, never passed over."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from coursepack.render.wml import Element, M, W, w

POINT = 20
"""Twips in a point."""


class UnknownElementError(Exception):
    """An element that the translator does not know; its text names it («w:sdt»)."""


_PREFIX = {W: "w", M: "m"}

# Elements that change nothing on the page: marks of the spelling checker, of earlier layouts, of printers.
PASSED = frozenset(
    w(name)
    for name in (
        "bookmarkEnd",
        "proofErr",
        "lastRenderedPageBreak",
        "noProof",
        "suppressAutoHyphens",
        "widowControl",
        "bCs",
        "iCs",
        "szCs",
        "tblLook",
        "tblDescription",
        "docGrid",
        "cols",
    )
)


def named(element: Element) -> str:
    """«w:sdt»."""
    name = etree.QName(element)
    return f"{_PREFIX.get(name.namespace or '', name.namespace)}:{name.localname}"


def refuse(element: Element) -> UnknownElementError:
    return UnknownElementError(named(element))


def children(element: Element, *names: str) -> Iterator[Element]:
    """The children that print something. Raises ``UnknownElementError`` for one that is not among ``names``."""
    allowed = {w(name) for name in names}
    for child in element:
        if not isinstance(child.tag, str) or child.tag in PASSED:
            continue
        if child.tag not in allowed:
            raise refuse(child)
        yield child


def value(element: Element | None, name: str = "val") -> str | None:
    return None if element is None else element.get(w(name))


def number(element: Element | None, name: str = "val") -> float | None:
    """A measure in points."""
    found = value(element, name)
    return None if found is None else int(float(found)) / POINT


def on(element: Element) -> bool:
    """A property that is there is on, unless it says otherwise (17.17.4)."""
    return value(element) not in {"0", "false", "off", "none"}
