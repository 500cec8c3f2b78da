"""Old word processors' files (.doc, .rtf, .odt) → ``Document``, through LibreOffice when it is there.

LibreOffice makes a .docx of it, and that is read. A .docx under an old name is read without LibreOffice.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

from coursepack import office
from coursepack.document import Document
from coursepack.place import CoursepackError, Place, note
from coursepack.readers import docx
from coursepack.safe_io import sha256

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = (
    (_OLE, ".doc", "an old Word document"),
    (b"{\\rtf", ".rtf", "an RTF document"),
    (b"PK\x03\x04", ".odt", "an OpenDocument text"),
)


def read(name: str, data: bytes, *, encoding: str | None = None) -> Document:
    """The document in an old format. Raises ``CoursepackError``: no LibreOffice, encrypted, not such a document."""
    if data.startswith(b"PK") and b"word/document.xml" in data:
        return docx.read(name, data)
    ending, what = _kind(name, data)
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise CoursepackError("encrypted with a password", Place(name), "save it without a password")
    if office.program() is None:
        advice = "save it as .docx in Word or LibreOffice, or install LibreOffice"
        raise CoursepackError(f"{what} is read through LibreOffice, which is not installed here", Place(name), advice)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source{ending}"
        source.write_bytes(data)
        try:
            made = office.convert(source, "docx", Path(folder)).read_bytes()
        except CoursepackError as problem:
            raise CoursepackError(problem.message, Place(name), problem.advice) from None
    found = docx.read(name, made)
    told = note("doc-converted", f"{what}, read through LibreOffice", Place(name))
    return msgspec.structs.replace(found, sha256=sha256(data), medium=ending[1:], findings=(told, *found.findings))


def _kind(name: str, data: bytes) -> tuple[str, str]:
    for magic, ending, what in _KINDS:
        if data.startswith(magic):
            return ending, what
    head = data[:1024].lstrip().lower()
    if head.startswith((b"<html", b"<!doctype html", b"<?xml")):
        return ".html" if b"<html" in head else ".xml", "a web page or XML under the name of a document"
    raise CoursepackError("no document of Word, RTF or OpenDocument", Place(name), "look what the file really is")
