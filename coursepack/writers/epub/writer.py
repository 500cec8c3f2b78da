"""The course as a book: EPUB 3.3, readable in any reading system and without a browser.

Sources: EPUB 3.3 (container: 4.2, mimetype: 4.2.6.2; package document: 5; content documents: 6; navigation: 7), EPUB
Accessibility 1.1. No scripts, no addresses that are fetched from outside, no keys of exams.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from coursepack.files.member import Member
from coursepack.languages.catalogues import words
from coursepack.model.artifact import Artifact, Written
from coursepack.model.course import Course
from coursepack.place import CoursepackError, Finding, Place, note, warning
from coursepack.writers import Context, Writer
from coursepack.writers.epub import book as made
from coursepack.writers.epub import xhtml
from coursepack.writers.epub.book import ROOM, Book
from coursepack.writers.epub.chapters import BookChapter, Chapters
from coursepack.writers.epub.xhtml import Element, element
from coursepack.writers.scorm.html import ScoFiles

FORMAT = "epub"
LAYERS = ("container", "epub")
STYLE = "style.css"


class EpubOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[epub]`` of course.toml.

    ``answers``: those of review questions stand at the end of the book, or nowhere. ``certified_by``: who has found
    the book to meet WCAG 2.2 AA; only then does it say so.
    """

    answers: Literal["end", "none"] = "end"
    certified_by: str | None = None


def write(course: Course, context: Context) -> Written:
    """The book."""
    options = context.options if isinstance(context.options, EpubOptions) else EpubOptions()
    say = words(course.language, FORMAT)
    files = ScoFiles(context.assets)
    maker = Chapters(course, say, files, context.practice, answers=options.answers == "end")
    chapters = maker.all()
    if not chapters:
        found = warning("epub-empty", "the course contains no text to read: no book is made", Place(course.id))
        return Written((), (found,))
    keyed = any(chapter.answers for chapter in chapters)
    book = Book(course, say, chapters, maker.seen, maker.pages, keyed, options.certified_by)
    members = list(_text(book))
    members.append(Member(f"{ROOM}/{STYLE}", _style(context.templates)))
    members += [Member(f"{ROOM}/{path}", files.used[path]) for path in sorted(files.used)]
    first = [Member("mimetype", made.MIMETYPE), Member(made.CONTAINER, made.CONTAINER_XML)]
    whole = (*first, Member(made.PACKAGE, made.package(book, members)), *members)
    artifact = Artifact(f"{course.id}.epub", FORMAT, whole, LAYERS, title=book.title)
    return Written((artifact,), tuple(_findings(book, files)))


def _text(book: Book) -> Iterable[Member]:
    yield Member(f"{ROOM}/{made.COVER}", made.cover(book))
    yield Member(f"{ROOM}/{made.PICTURE}", made.cover_picture(book))
    yield Member(f"{ROOM}/{made.NAV}", made.contents(book))
    documents = [(chapter, _document(book, chapter)) for chapter in book.chapters]
    known = {f"{chapter.id}.xhtml": xhtml.ids(root) for chapter, root in documents}
    if book.answers:
        known["answers.xhtml"] = frozenset(
            f"{name}-answer" for chapter in book.chapters for name, _, _ in chapter.answers
        )
    for chapter, root in documents:
        xhtml.out_of_nowhere(root, known, f"{chapter.id}.xhtml")
        yield Member(f"{ROOM}/{chapter.member}", xhtml.written(root))
    if book.answers:
        yield Member(f"{ROOM}/{made.ANSWERS}", made.answers(book))


def _document(book: Book, chapter: BookChapter) -> Element:
    body = [element("h1", chapter.title), *chapter.body]
    return xhtml.document(chapter.title, book.course.language, body, style=f"../{STYLE}")


def _style(folders: Iterable[Path]) -> bytes:
    for folder in folders:
        path = folder / FORMAT / STYLE
        if path.is_file():
            return path.read_bytes()
    raise CoursepackError(f"{FORMAT}/{STYLE} is missing, expected it in a templates folder")


def _findings(book: Book, files: ScoFiles) -> Iterable[Finding]:
    for _, name in sorted(set(files.missing)):
        yield warning("epub-missing", f"no document brought {name}")
    for name, place in dict.fromkeys(book.seen.left_out):
        stated = f"{name!r} is mentioned but left out: a book can contain only pictures, sounds (MP3, AAC) and films"
        yield warning("epub-file", stated, place, "the web site and the packages contain it")
    if book.certified_by and book.seen.unnamed:
        stated = f"{len(book.seen.unnamed)} pictures have no description: the book does not say that it is accessible"
        yield warning("epub-claim", stated, Place(book.course.id), "describe them, or remove certified_by")
    elif book.seen.unnamed:
        yield note("epub-picture", f"pictures without a description: {len(book.seen.unnamed)}", Place(book.course.id))


writer = Writer(
    name=FORMAT,
    summary="EPUB 3.3: the course as a book for reading systems, with its accessibility stated",
    write=write,
    table=FORMAT,
    options=EpubOptions,
    default=False,
)
