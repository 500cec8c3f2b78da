"""Addresses in a manifest: what stands before them (``xml:base``), and how long one may be that names a member."""

from __future__ import annotations

from lxml import etree

Element = etree._Element

LONGEST = 3 * 4096
"""Characters of an address that may name a member: each byte of a name may be percent-encoded."""
XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"


class Bases:
    """The ``xml:base`` of elements, each with all that is around it (XML Base, 4.2), joined as text.

    What is around an element is worked out once, and no further than an address may be long.
    """

    def __init__(self) -> None:
        self._known: dict[Element, str] = {}

    def of(self, element: Element) -> str:
        """The base of an element, its own included."""
        around: list[Element] = []
        here: Element | None = element
        while here is not None and here not in self._known:
            around.append(here)
            here = here.getparent()
        for inner in reversed(around):
            above = inner.getparent()
            base = ("" if above is None else self._known[above]) + (inner.get(XML_BASE) or "")
            self._known[inner] = base[: LONGEST + 1]
        return self._known[element]
