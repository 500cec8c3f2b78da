"""Pictures: bytes of pixels come through as they are, an SVG without what runs, loads or moves."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from coursepack.files.media import KINDS
from coursepack.files.xml import XmlError, parse_xml
from coursepack.markup import tree

# XML 1.0, productions 28 and 23: a document type without declarations of its own, and the declared encoding.
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+svg\b[^\[<>]*>")
_ENCODING = re.compile(rb"^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_UTF8 = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})


def clean(data: bytes, reported: Counter[str] | None = None) -> bytes | None:
    """The picture as it may travel: the same bytes when nothing is wrong with them, None when it cannot be read.

    Refused: what is not well-formed, a document type with declarations (entities), a root that is not ``svg``.
    """
    if not KINDS["svg"].begins(data):
        return data
    reported = Counter() if reported is None else reported
    try:
        root = parse_xml(_DOCTYPE.sub(b"", data, count=1))
    except XmlError:
        root = None
    if root is None or etree.QName(root).localname != "svg" or etree.QName(root).namespace not in {None, tree.SVG}:
        reported["a picture in SVG that cannot be read safely: save it as plain SVG or as PNG"] += 1
        return None
    before = etree.tostring(root)
    count = reported.total()
    tree.picture(reported).clean(root)
    for node in (*root.itersiblings(preceding=True), *root.itersiblings()):
        if not isinstance(node, etree._Comment):
            reported["an instruction to the browser (<?…?>) in a picture"] += 1
    if reported.total() == count and etree.tostring(root) == before and _is_utf8(data):
        return data
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, with_tail=False)


def _is_utf8(data: bytes) -> bool:
    """True when every reader takes the bytes for the same letters, as it was cleaned by."""
    declared = _ENCODING.match(data)
    if declared is not None and declared[1].lower() not in _UTF8:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
