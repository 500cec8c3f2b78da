"""Pages of a PDF → its ``Document``. Runs in the child process of ``readers.pdf`` and nowhere else: pdfium aborts the
process when it runs out of memory.
"""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import PurePosixPath
from typing import Any

from coursepack import languages, limits
from coursepack.files import media
from coursepack.files.hashes import sha256 as digest
from coursepack.files.media import KINDS
from coursepack.model.blocks import Figure
from coursepack.model.document import Document, Drawing, Line, Unit
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.readers.pdf import furniture
from coursepack.readers.pdf.cells import Joined, row_text
from coursepack.readers.pdf.chars import PageCharacters, read_page
from coursepack.readers.pdf.layout import PageCell, PageContent, PageLine, PageTable, page_content
from coursepack.readers.pdf.pictures import PagePicture, read_pictures
from coursepack.readers.pdf.spacing import blank_lines, usual_pitch
from coursepack.readers.pictures import sniff
from coursepack.text.lines import Vocabulary

_SHOWN = 5
_FEWEST_CHARACTERS = 3
"""A page with fewer characters and a picture is a scan."""
_PROPERTIES = {"Title": "title", "Author": "author", "Subject": "subject", "Keywords": "keywords"}
_PIXELS = 96 / 72
"""CSS pixels per point."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")
_LONGEST_PROPERTY = 1000
"""The most characters of a title or an author; a longer value is left out."""


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
        raise CoursepackError("not a PDF (it does not begin with %PDF-)", Place(name), "check what the file really is")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower() or "security" in str(problem).lower():
            advice = "save it without a password"
            raise CoursepackError("encrypted with a password", Place(name), advice) from None
        raise CoursepackError("damaged: no program can open this PDF", Place(name), "create it again") from None


def _document(name: str, sha256: str, file: Any) -> Document:
    now = limits.now()
    _check_count("pages", len(file), now.pdf_pages, Place(name))
    _count_characters(name, file)
    findings: list[Finding] = []
    pages: list[PageContent] = []
    unread: list[int] = []
    unknown = tilted = letters = pictures = lines = 0
    for number, (page, shown) in enumerate(_pages(file, unread), 1):
        pictured = len(page.drawn.images)
        pages.append(page_content(page, shown))
        unknown += page.unknown
        tilted += page.tilted
        letters += len(page.letters)
        lines += _count_lines(pages[-1])
        _check_count("lines", lines, now.pdf_lines, Place(name))
        pictures += pictured
        if pictured and len(page.letters) < _FEWEST_CHARACTERS:
            unread.append(number)
    if not letters:
        what = "a scan: its pages are pictures without a text layer" if unread else "a PDF without any text"
        raise CoursepackError(what, Place(name), _recognition(name))
    left_out = pictures - _without_furniture(pages)
    findings.extend(_findings(name, unread, unknown, tilted, letters, left_out))
    units = _PdfUnits(pages)
    made = tuple(units.made())
    if units.broken:
        some = ", ".join(f"«{one}»" for one in units.broken[:_SHOWN])
        message = f"{len(units.broken)} times a narrow column of a table may have broken a word: {some}"
        findings.append(warning("pdf-broken", message, Place(name), "use the document that the PDF was made of"))
    return Document(
        file=name,
        sha256=sha256,
        medium="pdf",
        units=made,
        wrapped=True,
        assets=units.assets,
        properties=_properties(name, file, findings),
        findings=tuple(findings),
    )


def _check_count(what: str, count: int, most: int, place: Place, limit: str = "") -> None:
    """Raise ``CoursepackError`` for more than ``most``."""
    if count > most:
        where = f"page {place.page} has " if place.page else ""
        advice = f"split it, or allow more: --limit {limit or 'pdf-' + what}=…"
        raise CoursepackError(f"{where}{count} {what}, expected at most {most}", place, advice)


def _count_characters(name: str, file: Any) -> None:
    """Raise ``CoursepackError`` for a file of too many characters, before the ten times slower work of placing them."""
    import pypdfium2

    now = limits.now()
    letters = 0
    for index in range(len(file)):
        try:
            with closing(file[index]) as page, closing(page.get_textpage()) as text_page:
                count = text_page.count_chars()
        except pypdfium2.PdfiumError:  # reported when it is read
            continue
        _check_count("letters", count, now.pdf_page_letters, Place(name, page=index + 1), "pdf-page-letters")
        letters += count
        _check_count("letters", letters, now.pdf_letters, Place(name))


def _pages(file: Any, unread: list[int]) -> Iterator[tuple[PageCharacters, list[PagePicture]]]:
    import pypdfium2

    for index in range(len(file)):
        try:
            yield _page(file, index)
        except pypdfium2.PdfiumError:
            unread.append(index + 1)
            yield PageCharacters([], 0, 0, 0, 0), []


def _page(file: Any, index: int) -> tuple[PageCharacters, list[PagePicture]]:
    """The characters of a page and its pictures; no pictures where it is a scan."""
    with closing(file[index]) as page, closing(page.get_textpage()) as text_page:
        letters = read_page(page, text_page)
        images = letters.drawn.images if len(letters.letters) >= _FEWEST_CHARACTERS else []
        return letters, read_pictures(file, page, images, letters.width, letters.height)


def _count_lines(page: PageContent) -> int:
    return len(page.lines) + sum(1 for _ in _cell_lines(page))


def _cell_lines(page: PageContent) -> Iterator[PageLine]:
    for _, one in page.objects:
        if isinstance(one, PageTable):
            yield from (line for row in one.rows for cell in row for line in cell.lines)


def _without_furniture(pages: list[PageContent]) -> int:
    """Removes pictures that are repeated at one place on several pages, as logos are; returns how many are left."""
    seen = Counter((one.data, one.box) for page in pages for _, one in page.objects if isinstance(one, PagePicture))
    for page in pages:
        page.objects[:] = [
            (before, one)
            for before, one in page.objects
            if not isinstance(one, PagePicture) or seen[one.data, one.box] == 1
        ]
    return sum(count for count in seen.values() if count == 1)


class _PdfUnits:
    """The units of a document, numbered in order."""

    def __init__(self, pages: list[PageContent]) -> None:
        self.pages = pages
        lines = [page.lines for page in pages]
        self.roles, self.notes = furniture.roles_and_notes(lines)
        self.usual = usual_pitch(lines)
        self.broken: list[str] = []
        self.vocabulary = Vocabulary([line.text for line in _all_lines(pages)] if any(p.objects for p in pages) else [])
        self.number = 0
        self.assets: dict[str, bytes] = {}
        self.tables, self.again = _tables_over_pages(pages, self.roles)

    def made(self) -> Iterator[Unit]:
        """The units from the first page to the last."""
        for page, content in enumerate(self.pages):
            objects = dict[int, list[int]]()
            for nth, (before, _) in enumerate(content.objects):
                objects.setdefault(before, []).append(nth)
            for index in range(len(content.lines) + 1):
                for nth in objects.get(index, ()):
                    yield from self._object(page, nth)
                if index < len(content.lines):
                    yield from self._line(page, index, apart=index not in objects)

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _object(self, page: int, nth: int) -> Iterator[Unit]:
        for row in self.again.get((page, nth), ()):
            yield Line(text=row_text(row), number=self._next(), page=page + 1, role="repeated-head")
        one = self.pages[page].objects[nth][1]
        if isinstance(one, PagePicture):
            yield Drawing(figure=self._figure(one), number=self._next())
        elif table := self.tables.get((page, nth)):
            yield table.grid(self._next, self.vocabulary, self.broken)

    def _figure(self, picture: PagePicture) -> Figure:
        kind, key, box = sniff(picture.data), digest(picture.data), picture.box
        self.assets[key] = picture.data
        return Figure(
            asset=key,
            media_type=kind.media_type if kind else media.KINDS["png"].type,
            width=round((box.right - box.left) * _PIXELS),
            height=round((box.top - box.bottom) * _PIXELS),
        )

    def _line(self, page: int, index: int, *, apart: bool) -> Iterator[Unit]:
        lines = self.pages[page].lines
        line = lines[index]
        for _ in range(blank_lines(lines[index - 1], line, self.usual) if index and apart else 0):
            yield Line(text="", number=self._next(), page=page + 1)
        yield Line(
            text=line.text,
            number=self._next(),
            page=page + 1,
            page_start=index == 0,
            left=line.left,
            right=line.right,
            top=line.top,
            size=line.size,
            column=line.column,
            notes=tuple(self.notes.marks.get((page, index), ())),
            bold=line.bold,
            italic=line.italic,
            looks=line.looks,
            role=self.roles.get((page, index), ""),
        )


def _all_lines(pages: list[PageContent]) -> Iterator[PageLine]:
    for page in pages:
        yield from page.lines
        yield from _cell_lines(page)


_Tables = dict[tuple[int, int], Joined]
_Heads = dict[tuple[int, int], list[list[PageCell]]]


def _tables_over_pages(pages: list[PageContent], roles: Mapping[tuple[int, int], str]) -> tuple[_Tables, _Heads]:
    """Tables by page and place on it, each where it begins; and the repeated heads where a table continues on a new
    page."""
    tables: _Tables = {}
    again: _Heads = {}
    open_: Joined | None = None
    for page, content in enumerate(pages):
        body = [index for index in range(len(content.lines)) if not roles.get((page, index))]
        for nth, (before, table) in enumerate(content.objects):
            if not isinstance(table, PageTable):
                open_ = None
                continue
            first = nth == 0 and (not body or before <= body[0])
            head = open_.take(table) if open_ and first else None
            if head is None:
                open_ = tables[page, nth] = Joined.of(table)
            else:
                again[page, nth] = head
            if body and before <= body[-1]:
                open_ = None
        if body and not content.objects:
            open_ = None
    return tables, again


def _properties(name: str, file: Any, findings: list[Finding]) -> dict[str, str]:
    try:
        found = file.get_metadata_dict(skip_empty=True)
    except UnicodeDecodeError:
        return {}
    properties: dict[str, str] = {}
    for theirs, ours in _PROPERTIES.items():
        value = found.get(theirs, "")
        if len(value) > _LONGEST_PROPERTY:
            message = f"the file's own {ours} has {len(value)} characters, left out"
            findings.append(note("pdf-property", message, Place(name)))
        elif value := " ".join(_CONTROL.sub("", value).split()):
            properties[ours] = value
    return properties


def _recognition(name: str, option: str = "") -> str:
    """How to get the text of a scan: the command of a program that adds a text layer below the pictures."""
    data = "+".join(found for code in languages.known() if (found := languages.lexicon(code).recognised))
    file = PurePosixPath(name)
    made = file.with_name(f"{file.stem}-text.pdf").name
    call = f"ocrmypdf -l {data} {option}{shlex.quote(file.name)} {shlex.quote(made)}"
    return f"OCRmyPDF recognises the text: {call}; use what it makes"


def _findings(name: str, unread: list[int], unknown: int, tilted: int, letters: int, pictures: int) -> list[Finding]:
    place = Place(name)
    found: list[Finding] = []
    if unread:
        listed = ", ".join(str(number) for number in sorted(set(unread))[:20])
        message = f"no text on page {listed}: pictures only, not read"
        found.append(warning("pdf-scanned", message, place, _recognition(name, "--skip-text ")))
    if unknown > max(20, letters // 100):
        message = f"{unknown} of {letters} characters have no Unicode in this PDF and cannot be read"
        found.append(warning("pdf-letters", message, place, "use the DOCX that the PDF was made of"))
    if tilted:
        found.append(
            note("pdf-tilted", f"{tilted} characters that run askew (a watermark, a side title) left out", place)
        )
    if pictures and not unread:
        message = f"{pictures} pictures left out: too small, as large as the page, or the same on several pages"
        found.append(note("pdf-pictures", message, place))
    return found
