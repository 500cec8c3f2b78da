"""Pages of a PDF → its ``Document``. Runs in the child process of ``readers.pdf`` and nowhere else: pdfium ends the
process that asks it for more than there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from coursepack import limits
from coursepack.files.media import KINDS
from coursepack.model.document import Document, Line
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.readers.pdf import furniture
from coursepack.readers.pdf.chars import PageLetters, read_page
from coursepack.readers.pdf.layout import PageLine, page_lines
from coursepack.readers.pdf.spacing import blank_lines, usual_pitch

_FEWEST_LETTERS = 3
"""A page with fewer letters and a picture is a scan."""
_PROPERTIES = {"Title": "title", "Author": "author", "Subject": "subject", "Keywords": "keywords"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_LONGEST_PROPERTY = 1000
"""Letters of a title or an author; more is no such thing."""


def document(data: bytes, *, name: str, sha256: str) -> Document:
    """The document in a PDF. Raises ``CoursepackError``: encrypted, damaged, a scan without text, beyond its budget."""
    file = _open(name, data)
    try:
        return _document(name, sha256, file)
    finally:
        file.close()


def _open(name: str, data: bytes) -> Any:
    import pypdfium2

    if not KINDS["pdf"].stands_early(data):
        raise CoursepackError("not a PDF (it does not begin with %PDF-)", Place(name), "look what the file really is")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower() or "security" in str(problem).lower():
            advice = "save it without a password"
            raise CoursepackError("encrypted with a password", Place(name), advice) from None
        raise CoursepackError("damaged: no program can open this PDF", Place(name), "make it anew") from None


def _document(name: str, sha256: str, file: Any) -> Document:
    now = limits.now()
    _keep("pages", len(file), now.pdf_pages, Place(name))
    _count_letters(name, file)
    findings: list[Finding] = []
    pages: list[list[PageLine]] = []
    unread: list[int] = []
    unknown = tilted = letters = pictures = lines = 0
    for number, (page, pictured) in enumerate(_pages(file, unread), 1):
        pages.append(page_lines(page))
        unknown += page.unknown
        tilted += page.tilted
        letters += len(page.letters)
        lines += len(pages[-1])
        _keep("lines", lines, now.pdf_lines, Place(name))
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
        sha256=sha256,
        medium="pdf",
        units=tuple(_lines(pages)),
        wrapped=True,
        properties=_properties(name, file, findings),
        findings=tuple(findings),
    )


def _keep(what: str, count: int, most: int, place: Place, limit: str = "") -> None:
    """Raise ``CoursepackError`` for more than ``most``."""
    if count > most:
        where = f"page {place.page} has " if place.page else ""
        advice = f"split it, or allow more: --limit {limit or 'pdf-' + what}=…"
        raise CoursepackError(f"{where}{count} {what}, expected at most {most}", place, advice)


def _count_letters(name: str, file: Any) -> None:
    """Raise ``CoursepackError`` for a file of too many letters before the tenfold work of placing them is begun."""
    import pypdfium2

    now = limits.now()
    letters = 0
    for index in range(len(file)):
        try:
            with closing(file[index]) as page, closing(page.get_textpage()) as text_page:
                count = text_page.count_chars()
        except pypdfium2.PdfiumError:  # told when it is read
            continue
        _keep("letters", count, now.pdf_page_letters, Place(name, page=index + 1), "pdf-page-letters")
        letters += count
        _keep("letters", letters, now.pdf_letters, Place(name))


def _pages(file: Any, unread: list[int]) -> Iterator[tuple[PageLetters, int]]:
    import pypdfium2

    for index in range(len(file)):
        try:
            yield _page(file, index)
        except pypdfium2.PdfiumError:
            unread.append(index + 1)
            yield PageLetters([], 0, 0, 0, 0), 0


def _page(file: Any, index: int) -> tuple[PageLetters, int]:
    """The letters of a page and how many pictures it draws."""
    import pypdfium2.raw as pdfium

    with closing(file[index]) as page, closing(page.get_textpage()) as text_page:
        pictured = sum(1 for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3))
        return read_page(page, text_page), pictured


def _lines(pages: list[list[PageLine]]) -> Iterator[Line]:
    roles = furniture.roles(pages)
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


def _properties(name: str, file: Any, findings: list[Finding]) -> dict[str, str]:
    try:
        found = file.get_metadata_dict(skip_empty=True)
    except UnicodeDecodeError:
        return {}
    properties: dict[str, str] = {}
    for theirs, ours in _PROPERTIES.items():
        value = found.get(theirs, "")
        if len(value) > _LONGEST_PROPERTY:
            message = f"the file's own {ours} has {len(value)} letters, left out"
            findings.append(note("pdf-property", message, Place(name)))
        elif value := " ".join(_CONTROL.sub("", value).split()):
            properties[ours] = value
    return properties


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
