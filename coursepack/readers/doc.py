"""Old word processors' files (.doc, .rtf, .odt) → ``Document``, through LibreOffice when it is there.

LibreOffice makes a .docx of it, and that is read. A .docx under an old name is read without LibreOffice.
"""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from coursepack.files import office
from coursepack.files.hashes import sha256
from coursepack.files.media import KINDS
from coursepack.model.document import Document
from coursepack.place import CoursepackError, Place, note
from coursepack.readers import Reader
from coursepack.readers.docx import reader as docx


class _Kind(NamedTuple):
    """A kind of file: in words, its ending, and LibreOffice's import filter (None: one for each version of Word)."""

    words: str
    ending: str
    read_as: str | None


_KINDS = (
    ("ole", _Kind("an old Word document", ".doc", None)),
    ("rtf", _Kind("an RTF document", ".rtf", "Rich Text Format")),
    ("zip", _Kind("an OpenDocument text", ".odt", "writer8")),
)
# Web pages and XML under the name of a document, by what stands near their beginning.
_MARKUP = (
    (b"office:document", _Kind("a flat OpenDocument text", ".fodt", "OpenDocument Text Flat XML")),
    (b"word/2003/wordml", _Kind("an XML document of Word 2003", ".xml", "MS Word 2003 XML")),
    (b"<html", _Kind("a web page under the name of a document", ".html", "HTML (StarWriter)")),
    (b"<!doctype html", _Kind("a web page under the name of a document", ".html", "HTML (StarWriter)")),
)


def read(name: str, data: bytes, *, encoding: str | None = None) -> Document:
    """The document in an old format. Raises ``CoursepackError``: no LibreOffice, encrypted, not such a document."""
    if KINDS["zip"].begins(data) and b"word/document.xml" in data:
        return docx.read(name, data)
    kind = _kind(name, data)
    if KINDS["ole"].begins(data) and "EncryptedPackage".encode("utf-16-le") in data:
        raise CoursepackError("encrypted with a password", Place(name), "save it without a password")
    if office.program() is None:
        advice = "save it as .docx in Word or LibreOffice, or install LibreOffice"
        message = f"{kind.words} is read through LibreOffice, which is not installed here"
        raise CoursepackError(message, Place(name), advice)
    try:
        made = office.converted(f"source{kind.ending}", data, "docx", read_as=kind.read_as)
    except CoursepackError as problem:
        raise CoursepackError(problem.message, Place(name), problem.advice) from None
    found = docx.read(name, made)
    told = (note("doc-converted", f"{kind.words}, read through LibreOffice", Place(name)), *office.guards(Place(name)))
    medium = kind.ending[1:]
    return msgspec.structs.replace(found, sha256=sha256(data), medium=medium, findings=(*told, *found.findings))


def _kind(name: str, data: bytes) -> _Kind:
    for known, kind in _KINDS:
        if KINDS[known].begins(data):
            return kind
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<?xml")):
        for sign, kind in _MARKUP:
            if sign in head:
                return kind
    raise CoursepackError("no document of Word, RTF or OpenDocument", Place(name), "look what the file really is")


reader = Reader(read=lambda file: read(file.name, file.data, encoding=file.encoding))
