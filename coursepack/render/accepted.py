"""A document as a person sees it who accepts all changes: without content controls around what they hold."""

from __future__ import annotations

from coursepack.render.wml import Element, w

_THROUGH = frozenset(w(name) for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"))
"""What stands around runs, paragraphs, cells and rows alike (17.5.2, 17.5.1, 17.13.5.18, 17.13.5.25)."""
_GONE = frozenset(
    w(name) for name in ("sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "del", "moveFrom")
)  # 17.13.5.14, 17.13.5.22


def accept(root: Element) -> None:
    """Take content controls and marks of changes out of a document's tree, what was put in stays."""
    for element in [each for each in root.iter() if each.tag in _THROUGH or each.tag in _GONE]:
        parent = element.getparent()
        if parent is None or element.getparent() is None:
            continue
        # A mark inside of properties (17.13.5.19) says that a paragraph or row came in, and holds nothing.
        if element.tag in _THROUGH and parent.tag not in {w("rPr"), w("trPr")}:
            place = parent.index(element)
            parent[place : place + 1] = list(element)
        else:
            parent.remove(element)
