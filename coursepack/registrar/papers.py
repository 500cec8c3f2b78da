"""Printed papers, page by page: the text of each page of PDFs as a part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from coursepack import languages
from coursepack.files.package import Package
from coursepack.model.document import Document, Line
from coursepack.place import CoursepackError, Place
from coursepack.readers.pdf import reader
from coursepack.registrar import bag, edition, ocfl
from coursepack.registrar.parts import CoursePart, Revision

FORM = "papers"


def is_paper(path: Path) -> bool:
    """Whether a path is one printed paper."""
    return path.suffix.lower() == ".pdf" and path.is_file()


def read(path: Path) -> Revision:
    """The pages of a PDF, or of all PDFs of a bag or a build, by their names. Raises ``CoursepackError``."""
    if is_paper(path):
        return Revision(str(path), path.name, languages.SOURCE, tuple(_pages("", path.name, path.read_bytes())), FORM)
    package = ocfl.open_version(path) if ocfl.is_object(path) else Package.of_path(path)
    names = sorted(name for name in package.names() if name.lower().endswith(".pdf") and _is_product(name))
    if not names:
        message = "holds no printed paper: no product is a PDF"
        raise CoursepackError(message, Place(str(path)), "build with --pdf, or name two PDF files")
    course = next((name for name in package.names() if PurePosixPath(name).name == "course.json"), None)
    known = edition.read_course(package.read(course), package.place(course)) if course else None
    parts = [part for name in names for part in _pages(PurePosixPath(name).name, name, package.read(name))]
    title, language = (known.title, known.language) if known else (path.name, languages.SOURCE)
    return Revision(str(path), title, language, tuple(parts), FORM)


def _is_product(name: str) -> bool:
    return name.startswith(bag.PRODUCTS) or "/" not in name or f"/{bag.PRODUCTS}" in name


def _pages(paper: str, name: str, data: bytes) -> Iterator[CoursePart]:
    for number, text in _texts(reader.read(name, data)).items():
        yield CoursePart("page", f"{paper}:{number}".lstrip(":"), str(number), text, paper)


def _texts(document: Document) -> dict[int, str]:
    """Page → its lines as printed."""
    lines: dict[int, list[str]] = defaultdict(list)
    for unit in document.units:
        if isinstance(unit, Line):
            lines[unit.page or 1].append(unit.text.strip())
    return {page: "\n".join(filter(None, stated)) for page, stated in sorted(lines.items())}
