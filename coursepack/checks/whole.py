"""Files of a package that hold less than they say: drawings, fonts, documents and archives that a copy cut off or that
lost bytes on the way. Nothing of it stops an import, and a learner sees a gap, a square or nothing."""

from __future__ import annotations

import posixpath
import struct
from collections.abc import Iterator

from coursepack.checks.detect import head
from coursepack.files.package import DAMAGE, Package
from coursepack.files.xml import XmlError, parse_xml, xml_marks
from coursepack.files.zip_records import END_SIGNATURE, LOCAL_SIGNATURE
from coursepack.limits import now
from coursepack.place import CoursepackError, Finding, warning

_LARGEST = 32 << 20
"""Bytes of a file that is looked through."""
_FONT_HEAD = struct.Struct(">4s4xI")
"""WOFF 1.0, 4, and WOFF 2.0, 4.1: signature, flavour, length of the whole file."""
_END = struct.Struct("<4s4H2IH")
"""The end of the directory of a ZIP (APPNOTE 4.3.16)."""
_TAIL = (1 << 16) + _END.size
_ZIP64 = 0xFFFFFFFF
_ZIPS = (".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".zip", ".epub", ".h5p", ".imscc", ".mbz")


def findings(package: Package) -> Iterator[Finding]:
    """What is cut, by what the file itself says of its length, its end or its elements."""
    for name in package.names():
        if not 0 < package.size(name) <= _LARGEST:
            continue
        try:
            stated = _cut(package, name, posixpath.splitext(name)[1].lower())
        except (CoursepackError, *DAMAGE):
            continue  # the container's check names the damage
        if stated:
            yield warning("content-cut", stated, package.place(name), "add the file again")


def _cut(package: Package, name: str, ending: str) -> str:
    """How a file is less than it says; empty for a whole one, and for other kinds."""
    if ending == ".svg":
        return _drawing(package, name)
    if ending in {".woff", ".woff2"}:
        return _font(package, name)
    return _archive(package, name) if ending in _ZIPS else ""


def _drawing(package: Package, name: str) -> str:
    """Browsers show nothing of a drawing that is no whole XML. One with a DOCTYPE is not looked into."""
    data = b"".join(package.chunks(name))
    most = now()
    if b"<!DOCTYPE" in data or len(data) > most.xml_bytes or xml_marks(data) > most.xml_marks:
        return ""
    try:
        parse_xml(data)
    except XmlError as problem:
        return f"the drawing cannot be shown: {problem}"
    return ""


def _font(package: Package, name: str) -> str:
    """A font says how long it is, and browsers refuse one that is not."""
    data = head(package, name, _FONT_HEAD.size)
    if len(data) < _FONT_HEAD.size:
        return "the font ends before its beginning does"
    signature, length = _FONT_HEAD.unpack(data[: _FONT_HEAD.size])
    if signature not in {b"wOFF", b"wOF2"} or length == package.size(name):
        return ""
    size = package.size(name)
    return f"the font says that it has {length} bytes, and has {size}: it was cut off or changed"


def _archive(package: Package, name: str) -> str:
    """A document of Office or an archive opens by what stands at its end."""
    if not head(package, name, 4).startswith(LOCAL_SIGNATURE):
        return ""
    tail = b""
    for chunk in package.chunks(name):
        tail = (tail + chunk)[-_TAIL:]
    at = tail.rfind(END_SIGNATURE)
    if at < 0 or at + _END.size > len(tail):
        return "the file ends before its directory does: it was cut off, and no program opens it"
    *_, size, start, _comment = _END.unpack_from(tail, at)
    before = package.size(name) - len(tail) + at
    if _ZIP64 in {size, start} or size + start <= before:
        return ""
    return "its directory says that it is longer than it is: bytes of it were lost"
