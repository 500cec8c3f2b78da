"""A formula of the model (``Math.mathml``) as a tree that may be shown."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from coursepack.files.xml import XmlError, parse_xml
from coursepack.markup import tree

Element = etree._Element
NONE = "an invalid formula: only its text is kept"


def parse(mathml: str, reported: Counter[str] | None = None) -> Element | None:
    """The ``<math>`` element, clean; None for a text that is none."""
    root = _root(mathml)
    if root is None:
        if reported is not None:
            reported[NONE] += 1
        return None
    return clean(root, reported)


def text(mathml: str, reported: Counter[str]) -> str:
    """The formula as text: as it was when nothing had to go, empty when it is none."""
    if not mathml:
        return ""  # only its words are known
    before, root = _root(mathml), parse(mathml, reported)
    if before is None or root is None:
        return ""
    source = etree.tostring(root, encoding="unicode", with_tail=False)
    return mathml if source == etree.tostring(before, encoding="unicode", with_tail=False) else source


def _root(mathml: str) -> Element | None:
    try:
        return parse_xml(mathml.encode("utf-8", "replace"))
    except XmlError:
        return None


def clean(root: Element, reported: Counter[str] | None = None) -> Element | None:
    """The same element, cleaned in place; None when it is no ``<math>``."""
    reported = Counter() if reported is None else reported
    if etree.QName(root).localname != "math" or etree.QName(root).namespace not in {None, tree.MATHML}:
        reported[NONE] += 1
        return None
    tree.formula(reported).clean(root)
    return root
