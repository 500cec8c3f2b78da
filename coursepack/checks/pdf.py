"""A paper in PDF: it opens, has pages and letters, brings its fonts along, and what it claims to be.

Whether it keeps all of PDF/A and PDF/UA is for veraPDF; whether its signatures hold is for ``coursepack verify``.

Sources: ISO 32000-1, 7.5.5 (end of file), 9.9 (embedded fonts); ISO 19005-1, 6.1.3, 6.3.4, 6.7.11 (encryption, fonts,
the claim in XMP).
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from ctypes import create_string_buffer
from typing import Any

import pypdfium2
from pypdfium2 import raw

from coursepack.checks import Grammar
from coursepack.files.package import Package
from coursepack.place import Finding, Place, error, note, warning

_PART = re.compile(rb"""pdfaid:part(?:\s*=\s*["']|>)\s*(\d)""")
_LEVEL = re.compile(rb"""pdfaid:conformance(?:\s*=\s*["']|>)\s*([A-Za-z])""")
_UA = re.compile(rb"""pdfuaid:part(?:\s*=\s*["']|>)\s*(\d)""")
_END = 2048
_PAGES = 500
"""Pages whose fonts are looked at."""
_OBJECTS = 20_000
"""Objects of a page that are looked at."""
_NAME = 256
_THIRD = "PDF/A-3 may contain any file"


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The layer ``pdf``."""
    for member in package.names():
        yield from _file(package, member, package.read(member))


def _file(package: Package, member: str, data: bytes) -> Iterator[Finding]:
    place, again = package.place(), "get the file again"
    if b"%%EOF" not in data[-_END:]:
        yield warning(
            "pdf-cut", "the end of the file is not that of a PDF: it was cut off, or something was appended", place
        )
    claim = _claimed(data)
    try:
        document: Any = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        message = "a password is needed" if "assword" in str(problem) else str(problem)
        yield error("pdf-unreadable", f"cannot be opened: {message}", place, again)
        return
    with contextlib.closing(document):
        if not len(document):
            yield error("pdf-pages", "there is no page", place, again)
            return
        characters, strange = _looked_through(document)
        if not characters:
            message = "no page contains text: the pages are pictures, which cannot be searched or read aloud"
            yield warning("pdf-no-text", message, place)
        if strange:
            make = error if claim else warning
            message = f"{len(strange)} fonts are not in the file: {', '.join(sorted(strange)[:5])}"
            yield make("pdf-font", message, place, "embed the fonts: other machines show other characters")
        if claim and raw.FPDF_GetSecurityHandlerRevision(document.raw) >= 0:
            yield error("pdf-encrypted", f"it claims to be {claim}, which may not be encrypted", place)
        attached = [document.get_attachment(number).get_name() for number in range(document.count_attachments())]
        yield from _claims(place, claim, _UA.search(data) is not None, attached)
    if b"/JavaScript" in data:
        make = error if claim else warning
        yield make("pdf-script", "it contains a script, which archives do not accept", place, "create it without")
    message = "not checked: the rules of PDF/A and PDF/UA (veraPDF does), signatures (coursepack verify)"
    yield note("pdf-not-checked", message, place)


def _claimed(data: bytes) -> str:
    """What it says to be in its XMP, «PDF/A-3a»; «» where it says nothing."""
    part, level = _PART.search(data), _LEVEL.search(data)
    return f"PDF/A-{part[1].decode()}{level[1].decode().lower() if level else ''}" if part else ""


def _claims(place: Place, claim: str, accessible: bool, attached: list[str]) -> Iterator[Finding]:
    if claim or accessible:
        told = " + ".join(filter(None, [claim, "PDF/UA" if accessible else ""]))
        yield note("pdf-claim", f"it claims to be {told}", place)
    else:
        yield note("pdf-claim", "it does not claim to be PDF/A", place)
    if attached:
        yield note("pdf-attached", f"attached to it: {', '.join(attached)}", place)
    if "" in attached:
        yield warning("pdf-attached", "an attached file has no name", place, "many programs do not show it")
    if attached and claim.startswith("PDF/A-1"):
        yield warning("pdf-attached", f"it claims to be {claim}, to which no file may be attached", place, _THIRD)
    elif claim.startswith("PDF/A-2") and any(not name.lower().endswith(".pdf") for name in attached):
        yield warning("pdf-attached", f"it claims to be {claim}, to which only PDF/A may be attached", place, _THIRD)


def _looked_through(document: Any) -> tuple[int, set[str]]:
    """How many letters there are, and the names of fonts that are not in the file."""
    characters, strange = 0, set[str]()
    for number in range(min(len(document), _PAGES)):
        page = document[number]
        with contextlib.closing(page):
            text = page.get_textpage()
            with contextlib.closing(text):
                characters += max(text.count_chars(), 0)
            for at in range(min(raw.FPDFPage_CountObjects(page.raw), _OBJECTS)):
                found = raw.FPDFPage_GetObject(page.raw, at)
                if raw.FPDFPageObj_GetType(found) != raw.FPDF_PAGEOBJ_TEXT:
                    continue
                font = raw.FPDFTextObj_GetFont(found)
                if font and raw.FPDFFont_GetIsEmbedded(font) == 0:
                    strange.add(_name(font))
    return characters, strange


def _name(font: Any) -> str:
    given = getattr(raw, "FPDFFont_GetBaseFontName", None) or raw.FPDFFont_GetFamilyName
    buffer = create_string_buffer(_NAME)
    given(font, buffer, _NAME)
    return buffer.value.decode("utf-8", "replace") or "?"
