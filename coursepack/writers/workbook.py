"""The parts of an Excel workbook, the same bytes whenever it is written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import partial

from coursepack.files.member import Member

_CORE = "docProps/core.xml"


def members_of(book: bytes) -> Iterator[Member]:
    """The parts of a workbook; the one that holds a clock is written without it."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in archive.namelist():
            if name == _CORE:
                yield Member(name, _without_clock(archive.read(name)))
            else:
                yield Member(name, partial(_part, book, name))


def _part(book: bytes, name: str) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive, archive.open(name) as file:
        while chunk := file.read(1 << 16):
            yield chunk


def _without_clock(core: bytes) -> bytes:
    from lxml import etree

    from coursepack.files.xml import parse_xml

    root = parse_xml(core)
    for child in list(root):
        if etree.QName(child).localname in {"created", "modified"}:
            root.remove(child)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
