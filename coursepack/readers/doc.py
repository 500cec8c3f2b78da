"""Files of old programs (.doc, .rtf; slides: .ppt, .odp) → ``Document``, through LibreOffice when it is there.

LibreOffice makes a .docx or .pptx of it, and that is read. One under an old name is read without LibreOffice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import msgspec

from coursepack.files import locked, office
from coursepack.files.hashes import sha256
from coursepack.files.media import KINDS
from coursepack.model.document import Document, Notes
from coursepack.place import CoursepackError, Place, note
from coursepack.readers import Reader
from coursepack.readers.docx import reader as docx
from coursepack.readers.pptx import reader as pptx


class _OfficeKind(NamedTuple):
    """A kind of file: in words, its ending, LibreOffice's import filter (None: one for each version of
    Office), and what to do where LibreOffice cannot."""

    words: str
    ending: str
    read_as: str | None
    lacking: str = ""


_KINDS = (
    ("ole", _OfficeKind("an old Word document", ".doc", None)),
    ("rtf", _OfficeKind("an RTF document", ".rtf", "Rich Text Format")),
    ("zip", _OfficeKind("an OpenDocument text", ".odt", "writer8")),
)
_IMPRESS = "install LibreOffice Impress, or save it as .pptx"
_SLIDES = (
    ("ole", _OfficeKind("an old PowerPoint presentation", ".ppt", None, _IMPRESS)),
    ("zip", _OfficeKind("an OpenDocument presentation", ".odp", "impress8", _IMPRESS)),
)
# Web pages and XML under the name of a document, by what stands near their beginning.
_MARKUP = (
    (b"office:document", _OfficeKind("a flat OpenDocument text", ".fodt", "OpenDocument Text Flat XML")),
    (b"word/2003/wordml", _OfficeKind("an XML document of Word 2003", ".xml", "MS Word 2003 XML")),
    (b"<html", _OfficeKind("a web page under the name of a document", ".html", "HTML (StarWriter)")),
    (b"<!doctype html", _OfficeKind("a web page under the name of a document", ".html", "HTML (StarWriter)")),
)


def read(name: str, data: bytes, *, encoding: str | None = None) -> Document:
    """The document in an old format. Raises ``CoursepackError``: no LibreOffice, encrypted, not such a document."""
    if KINDS["zip"].begins(data) and b"word/document.xml" in data:
        return docx.read(name, data)
    return _converted(name, data, _kind(name, data), "docx", docx.read)


def read_slides(name: str, data: bytes, *, speaker_notes: Notes = "teacher") -> Document:
    """The lecture in an old presentation. Raises ``CoursepackError``: no LibreOffice, encrypted, no presentation."""
    if KINDS["zip"].begins(data) and b"ppt/presentation.xml" in data:
        return pptx.read(name, data, speaker_notes=speaker_notes)
    kind = next((kind for known, kind in _SLIDES if KINDS[known].begins(data)), None)
    if kind is None:
        message = "no presentation of PowerPoint or OpenDocument"
        raise CoursepackError(message, Place(name), "check what the file really is")
    return _converted(name, data, kind, "pptx", partial(pptx.read, speaker_notes=speaker_notes))


def _converted(
    name: str, data: bytes, kind: _OfficeKind, target: str, reading: Callable[[str, bytes], Document]
) -> Document:
    """What LibreOffice makes of a file, read by the reader of that format."""
    locked.refuse(name, data)
    if office.program() is None:
        advice = f"save it as .{target} in the program that made it or in LibreOffice, or install LibreOffice"
        message = f"{kind.words} is read through LibreOffice, which is not installed here"
        raise CoursepackError(message, Place(name), advice)
    try:
        result = office.converted(f"source{kind.ending}", data, target, read_as=kind.read_as)
    except CoursepackError as problem:
        raise CoursepackError(problem.message, Place(name), problem.advice or kind.lacking) from None
    found = reading(name, result)
    reported = (
        note("doc-converted", f"{kind.words}, read through LibreOffice", Place(name)),
        *office.guards(Place(name)),
    )
    medium = kind.ending[1:]
    return msgspec.structs.replace(found, sha256=sha256(data), medium=medium, findings=(*reported, *found.findings))


def _kind(name: str, data: bytes) -> _OfficeKind:
    for known, kind in _KINDS:
        if KINDS[known].begins(data):
            return kind
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<?xml")):
        for sign, kind in _MARKUP:
            if sign in head:
                return kind
    raise CoursepackError("no document of Word, RTF or OpenDocument", Place(name), "check what the file really is")


reader = Reader(read=lambda file: read(file.name, file.data, encoding=file.encoding))
slides = Reader(read=lambda file: read_slides(file.name, file.data, speaker_notes=file.speaker_notes))
