"""A formula of the model (``Math.mathml``) as a tree that may be shown."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from coursepack.markup import tree
from coursepack.safe_io import XmlError, parse_xml

Element = etree._Element


def parse(mathml: str, told: Counter[str] | None = None) -> Element | None:
    """The ``<math>`` element, clean; None for a text that is none."""
    try:
        root = parse_xml(mathml.encode("utf-8", "replace"))
    except XmlError:
        return None
    return clean(root, told)


def clean(root: Element, told: Counter[str] | None = None) -> Element | None:
    """The same element, cleaned in place; None when it is no ``<math>``."""
    told = Counter() if told is None else told
    if etree.QName(root).localname != "math" or etree.QName(root).namespace not in {None, tree.MATHML}:
        told["a formula that is none: only its words stay"] += 1
        return None
    tree.formula(told).clean(root)
    return root
