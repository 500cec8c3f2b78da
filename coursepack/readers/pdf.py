"""PDF with a text layer → ``Document`` of lines with geometry.

A larger gap than usual between two lines is told as blank lines, as a text file would show it. ``Line.text`` has a
tab where cells of a table part and keeps the hyphen at the end of a line as it is printed
(U+00AD where the file says that it is a soft one). Page numbers and running titles have a ``role`` and stay in place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from coursepack.document import Document, Line
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.readers import pdf_furniture
from coursepack.readers.pdf_chars import PageLetters, read_page
from coursepack.readers.pdf_layout import PageLine, page_lines
from coursepack.readers.pdf_spacing import blank_lines, usual_pitch
from coursepack.safe_io import sha256

MAX_PAGES = 5000
_FEWEST_LETTERS = 3
"""A page with fewer letters and a picture is a scan."""
_PROPERTIES = {"Title": "title", "Author": "author", "Subject": "subject", "Keywords": "keywords"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")


def read(name: str, data: bytes, *, encoding: str | None = None) -> Document:
    """The document in a PDF. Raises ``CoursepackError``: encrypted, damaged, a scan without text."""
    file = _open(name, data)
    try:
        return _document(name, data, file)
    finally:
        file.close()


def _open(name: str, data: bytes) -> Any:
    import pypdfium2

    if b"%PDF-" not in data[:1024]:
        raise CoursepackError("not a PDF (it does not begin with %PDF-)", Place(name), "look what the file really is")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower() or "security" in str(problem).lower():
            advice = "save it without a password"
            raise CoursepackError("encrypted with a password", Place(name), advice) from None
        raise CoursepackError("damaged: no program can open this PDF", Place(name), "make it anew") from None


def _document(name: str, data: bytes, file: Any) -> Document:
    findings: list[Finding] = []
    if len(file) > MAX_PAGES:
        raise CoursepackError(f"{len(file)} pages; at most {MAX_PAGES} are read", Place(name))
    pages: list[list[PageLine]] = []
    unread: list[int] = []
    unknown = tilted = letters = pictures = 0
    for number, (page, pictured) in enumerate(_pages(file, unread), 1):
        pages.append(page_lines(page))
        unknown += page.unknown
        tilted += page.tilted
        letters += len(page.letters)
        pictures += pictured
        if pictured and len(page.letters) < _FEWEST_LETTERS:
            unread.append(number)
    if not any(pages):
        what = "a scan: its pages are pictures without a text layer" if unread else "a PDF without any text"
        advice = "let a program recognise the text (OCR) and save it as DOCX or as a PDF with text"
        raise CoursepackError(what, Place(name), advice)
    findings.extend(_findings(name, unread, unknown, tilted, letters, pictures))
    return Document(
        file=name,
        sha256=sha256(data),
        medium="pdf",
        units=tuple(_lines(pages)),
        wrapped=True,
        properties=_properties(file),
        findings=tuple(findings),
    )


def _pages(file: Any, unread: list[int]) -> Iterator[tuple[PageLetters, int]]:
    import pypdfium2
    import pypdfium2.raw as pdfium

    for index in range(len(file)):
        try:
            page = file[index]
        except pypdfium2.PdfiumError:
            unread.append(index + 1)
            yield PageLetters([], 0, 0, 0, 0), 0
            continue
        try:
            pictured = sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
            yield read_page(page), pictured
        except pypdfium2.PdfiumError:
            unread.append(index + 1)
            yield PageLetters([], 0, 0, 0, 0), 0
        finally:
            page.close()


def _lines(pages: list[list[PageLine]]) -> Iterator[Line]:
    roles = pdf_furniture.roles(pages)
    usual = usual_pitch(pages)
    number = 0
    for page, lines in enumerate(pages):
        for index, line in enumerate(lines):
            for _ in range(blank_lines(lines[index - 1], line, usual) if index else 0):
                number += 1
                yield Line(text="", number=number, page=page + 1)
            number += 1
            yield Line(
                text=line.text,
                number=number,
                page=page + 1,
                page_start=index == 0,
                left=line.left,
                right=line.right,
                top=line.top,
                size=line.size,
                bold=line.bold,
                italic=line.italic,
                role=roles.get((page, index), ""),
            )


def _properties(file: Any) -> dict[str, str]:
    try:
        found = file.get_metadata_dict(skip_empty=True)
    except UnicodeDecodeError:
        return {}
    cleaned = {ours: " ".join(_CONTROL.sub("", found.get(theirs, "")).split()) for theirs, ours in _PROPERTIES.items()}
    return {key: value for key, value in cleaned.items() if value}


def _findings(name: str, unread: list[int], unknown: int, tilted: int, letters: int, pictures: int) -> list[Finding]:
    place = Place(name)
    found: list[Finding] = []
    if unread:
        listed = ", ".join(str(number) for number in sorted(set(unread))[:20])
        found.append(warning("pdf-scanned", f"no text on page {listed}: pictures only, not read", place))
    if unknown > max(20, letters // 100):
        message = f"{unknown} of {letters} letters have no Unicode in this PDF and cannot be read"
        found.append(warning("pdf-letters", message, place, "use the DOCX that the PDF was made of"))
    if tilted:
        found.append(note("pdf-tilted", f"{tilted} letters that run askew (a watermark, a side title) left out", place))
    if pictures and not unread:
        found.append(note("pdf-pictures", f"{pictures} pictures are not carried over from a PDF", place))
    return found
