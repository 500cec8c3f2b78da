"""XML of QTI as one tree whatever its version: names of QTI 2, no namespaces, no comments.

A DOCTYPE that only points to the published DTD of QTI 1.2 is passed over unread, as programs of that time wrote one
into every file; one with anything in it is refused like all others (docs/security.md).
"""

from __future__ import annotations

import re
from typing import BinaryIO, cast

from lxml import etree

from coursepack.ims.qti_terms import plain_name

Element = etree._Element
_DOCTYPE = re.compile(
    rb"""<!DOCTYPE\s+[\w:.-]+(?:\s+SYSTEM\s+(?:"[^"<>]*"|'[^'<>]*')|\s+PUBLIC\s+(?:"[^"<>]*"|'[^'<>]*')"""
    rb"""(?:\s+(?:"[^"<>]*"|'[^'<>]*'))?)?\s*>"""
)
_HEAD = 1 << 16
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_BETWEEN = re.compile(rb"<!--.*?-->|<\?.*?\?>|<![^<>]*>", re.DOTALL)
_PREFIX = "qti-"


def without_doctype(data: bytes) -> bytes:
    """The document with blanks for a DOCTYPE that only points elsewhere, so that its lines stay."""
    return _DOCTYPE.sub(lambda found: re.sub(rb"[^\n]", b" ", found[0]), data[:_HEAD], count=1) + data[_HEAD:]


class Plain:
    """A stream of XML without such a DOCTYPE."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._head: bytes | None = None

    def read(self, size: int = -1) -> bytes:
        if self._head is None:
            self._head = without_doctype(self._file.read(_HEAD))
        if self._head:
            data, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
            return data if size >= 0 else data + self._file.read()
        return self._file.read(size)


def stream(file: BinaryIO) -> BinaryIO:
    return cast("BinaryIO", Plain(file))


def root_name(head: bytes) -> str:
    """The name of the root in QTI 2, recognised from the document's beginning; empty where none is seen."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head.decode("utf-16", "ignore").encode()
    found = _ROOT.search(_BETWEEN.sub(b"", head))
    return plain_name(found[2].decode("ascii", "ignore")) if found else ""


def plain(root: Element) -> Element:
    """The same tree, in place: names of QTI 2 without namespaces, no comments and no instructions."""
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for element in root.iter("*"):
        name = str(element.tag)
        local = name.rpartition("}")[2] if name[:1] == "{" else name.rpartition(":")[2]
        ours = local.startswith(_PREFIX)
        element.tag = plain_name(local) if ours else local
        if ours or any(key[:1] == "{" for key in element.attrib):
            _attributes(element, ours=ours)
    return root


def _attributes(element: Element, *, ours: bool) -> None:
    found = [(str(key), str(value)) for key, value in element.attrib.items()]
    element.attrib.clear()
    for key, value in found:
        local = key.rpartition("}")[2]
        name = plain_name(local) if ours and not local.startswith(("data-", "aria-")) else local
        if name not in element.attrib:
            element.set(name, value)


def words(element: Element) -> str:
    """The letters of an element, blanks folded."""
    return " ".join("".join(map(str, element.itertext())).split())
