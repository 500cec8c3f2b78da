"""The names of kinds that are not checked: who hands one in is told what it is.

Signatures of files (PRONOM, the formats' own specifications), and what lies in an archive.
"""

from __future__ import annotations

import re
from typing import Final

from coursepack.files.package import Package

GIFT: Final = "GIFT"
AIKEN: Final = "Aiken"
CONVERTED: Final = frozenset({GIFT, AIKEN})
"""Question files that ``coursepack convert`` reads."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an old Office (DOC, XLS, PPT)"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\0", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_AIKEN = (re.compile(rb"^[A-Z][.)][ \t]", re.MULTILINE), re.compile(rb"^ANSWER:[ \t]*[A-Z]", re.MULTILINE))
# An answer in braces: its sign, or a word for true and false (Moodle, question/format/gift).
_GIFT = re.compile(rb"(?:^|[^\\])\{\s*(?:[=~#]|(?:T|F|TRUE|FALSE)\s*[}#]|\})", re.MULTILINE)
_NAMED = re.compile(rb"^::.+?::", re.MULTILINE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_ROOT = re.compile(rb"<(?![?!])((?:[\w.-]+:)?[\w.-]+)")
# An object begins with a name or ends, a list with a value (RFC 8259): an answer of GIFT begins otherwise.
_JSON = re.compile(rb"\{\s*(?:\"[^\"\n]*\"\s*:|\}\s*\Z)|\[\s*(?:[\[{\"\]\d-]|(?:true|false|null)\b)")
_SEEN = 1 << 16

# A member that only this kind has → its name.
_MEMBERS: tuple[tuple[str, str], ...] = (
    ("ppt/presentation.xml", "PPTX"),
    ("[Content_Types].xml", "an Office document of no known kind"),
    ("h5p.json", "an H5P package"),
    ("moodle.xml", "a backup of Moodle 1.9"),
    ("contentv3.xml", "a project of eXeLearning"),
    ("content.xml", "a project of eXeLearning"),
    ("runstructure.xml", "a course of OpenOlat"),
    ("course.xml", "a course of Open edX (OLX)"),
)
_ODF = "application/vnd.oasis.opendocument."


def of_bytes(data: bytes) -> str:
    """The kind of a file by its first bytes."""
    for mark, name in _SIGNATURES:
        if data.startswith(mark):
            return name
    text = data[:_SEEN].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _PAGE.search(text[:1024]):
        return "a web page"
    if text.startswith(b"<"):
        root = _ROOT.search(text)
        return f"XML whose root is <{root[1].decode('utf-8', 'replace')}>" if root else "XML without a root"
    if _JSON.match(text):
        return "JSON"
    if all(mark.search(text) for mark in _AIKEN):
        return AIKEN
    if _GIFT.search(text) or (_NAMED.search(text) and b"{" in text):
        return GIFT
    return "an unknown kind" if b"\0" in text else "text"


def of_archive(package: Package) -> str:
    """The kind of an archive or folder by what lies in it."""
    if "mimetype" in package and package.size("mimetype") < 256:
        kind = package.read("mimetype").decode("ascii", "replace").strip()
        if kind.startswith(_ODF):
            return f"OpenDocument ({kind.removeprefix(_ODF)})"
    for member, name in _MEMBERS:
        if member in package:
            return name
    return "an archive without imsmanifest.xml, moodle_backup.xml or [Content_Types].xml"
