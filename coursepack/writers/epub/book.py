"""The parts of a book that are not its text: package document, contents, cover (EPUB 3.3; EPUB Accessibility 1.1)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote
from xml.sax.saxutils import escape

from lxml import etree

from coursepack.files import media
from coursepack.files.member import Member
from coursepack.files.xml import legal
from coursepack.ims.lom import clean
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.writers.epub import xhtml
from coursepack.writers.epub.chapters import BookChapter, MediaSummary, PageList
from coursepack.writers.epub.xhtml import Element, element

ROOM = "EPUB"
PACKAGE = f"{ROOM}/package.opf"
CONTAINER = "META-INF/container.xml"
MIMETYPE = b"application/epub+zip"
OPF = "http://www.idpf.org/2007/opf"
DC = "http://purl.org/dc/elements/1.1/"
_XML = "http://www.w3.org/XML/1998/namespace"
NAV, COVER, ANSWERS, PICTURE = "nav.xhtml", "cover.xhtml", "text/answers.xhtml", "cover.svg"
UNDATED = "1980-01-01"
"""The day of a book whose course declares none: that of the files in our archives. No clock is asked."""
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
CONFORMS = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"

CONTAINER_XML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">\n'
    f'<rootfiles><rootfile full-path="{PACKAGE}" media-type="application/oebps-package+xml"/></rootfiles>\n'
    "</container>\n"
).encode()


@dataclass(frozen=True)
class Book:
    """What the package document is made of. ``certified_by``: who found the book accessible, where somebody did."""

    course: Course
    say: Words
    chapters: Sequence[BookChapter]
    seen: MediaSummary
    pages: PageList
    answers: bool
    certified_by: str | None = None

    @property
    def title(self) -> str:
        return clean(self.course.title) or self.course.id


# --- package document (EPUB 3.3, 5) -------------------------------------------------------------------------------


def package(book: Book, members: Iterable[Member]) -> bytes:
    """The package document; ``members`` are all files of the book beside it."""
    root = etree.Element(f"{{{OPF}}}package", nsmap={None: OPF})  # type: ignore[dict-item]  # the stubs know no default prefix
    root.set("version", "3.0")
    root.set("unique-identifier", "id")
    root.set(f"{{{_XML}}}lang", book.course.language)
    root.set("prefix", "a11y: http://www.idpf.org/epub/vocab/package/a11y/#")
    _metadata(etree.SubElement(root, f"{{{OPF}}}metadata", nsmap={"dc": DC}), book)
    manifest = etree.SubElement(root, f"{{{OPF}}}manifest")
    for member in sorted(members, key=lambda each: each.path):
        path = member.path.removeprefix(f"{ROOM}/")
        item = etree.SubElement(manifest, f"{{{OPF}}}item", id=item_id(path), href=quote(path))
        item.set("media-type", media.named(path).type)
        if found := _properties(path, member):
            item.set("properties", found)
    spine = etree.SubElement(root, f"{{{OPF}}}spine")
    order = [COVER, NAV, *(chapter.member for chapter in book.chapters), *([ANSWERS] if book.answers else [])]
    for path in order:
        etree.SubElement(spine, f"{{{OPF}}}itemref", idref=item_id(path))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def item_id(path: str) -> str:
    """An XML name for a file of the book."""
    return "f-" + re.sub(r"[^A-Za-z0-9._-]", lambda found: f"_{ord(found[0]):x}_", path)


def _properties(path: str, member: Member) -> str:
    found = {NAV: ["nav"], PICTURE: ["cover-image"]}.get(path, [])
    if path.endswith(".xhtml") and f'xmlns="{xhtml.MATHML}"'.encode() in member.read():
        found = [*found, "mathml"]
    return " ".join(found)


def _metadata(parent: Element, book: Book) -> None:
    course, about = book.course, book.course.about
    named = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:coursepack:{course.id}:{course.language}")
    _dc(parent, "identifier", f"urn:uuid:{named}", id="id")
    _dc(parent, "title", book.title)
    _dc(parent, "language", course.language)
    for teacher in about.teachers:
        _dc(parent, "creator", teacher.name)
    for name, text in (
        ("publisher", about.university),
        ("rights", about.rights),
        ("description", " ".join(block_text(about.aim).split())),
    ):
        _dc(parent, name, text)
    for word in about.keywords:
        _dc(parent, "subject", word)
    _meta(parent, "dcterms:modified", f"{_day(course)}T00:00:00Z")
    _access(parent, book)


def _day(course: Course) -> str:
    """The last day that the course declares of itself."""
    stated = (
        (course.about.approval.department_date, course.about.approval.council_date) if course.about.approval else ()
    )
    days = [day for day in stated if day and _ISO.fullmatch(day)]
    return max(days, default=UNDATED)


def _access(parent: Element, book: Book) -> None:
    """EPUB Accessibility 1.1, 2.2: what is known, and no claim that nobody made."""
    seen = book.seen
    modes = ["textual"]
    modes += ["visual"] if seen.pictures or seen.films else []
    modes += ["auditory"] if seen.sounds or seen.films else []
    for mode in modes:
        _meta(parent, "schema:accessMode", mode)
    spoken = seen.sounds + seen.films
    if not seen.unnamed and not spoken:
        _meta(parent, "schema:accessModeSufficient", "textual")
    elif len(modes) > 1:
        _meta(parent, "schema:accessModeSufficient", ",".join(modes))
    for feature, there in (
        ("tableOfContents", True),
        ("readingOrder", True),
        ("structuralNavigation", True),
        ("displayTransformability", True),
        ("alternativeText", seen.pictures > 0 and not seen.unnamed),
        ("MathML", seen.formulas > 0),
        ("captions", seen.captions > 0),
        ("pageBreakMarkers", bool(book.pages.found)),
        ("pageNavigation", bool(book.pages.found)),
    ):
        if there:
            _meta(parent, "schema:accessibilityFeature", feature)
    still = not seen.films and not seen.moving
    for hazard in ("none",) if still and not seen.sounds else ("unknown",):
        _meta(parent, "schema:accessibilityHazard", hazard)
    _meta(parent, "schema:accessibilitySummary", " ".join(_summary(book)))
    if book.pages.found and book.pages.source:
        _meta(parent, "pageBreakSource", book.pages.source)
    if book.certified_by and not seen.unnamed:
        _meta(parent, "dcterms:conformsTo", CONFORMS, id="conforms")
        by = _meta(parent, "a11y:certifiedBy", book.certified_by)
        by.set("refines", "#conforms")


def _summary(book: Book) -> Iterable[str]:
    seen, say = book.seen, book.say
    yield say("The text can be read in any size and by a screen reader; its headings and contents can be walked.")
    if seen.formulas:
        yield say("Formulas are MathML.")
    if seen.unnamed:
        yield say("Pictures without a description: {number}.", number=len(seen.unnamed))
    elif seen.pictures:
        yield say("Every picture has a description.")
    if seen.sounds + seen.films:
        yield say("Sounds and films: {number}; with captions: {captions}.", number=seen.sounds + seen.films,
                  captions=seen.captions)  # fmt: skip


def _dc(parent: Element, name: str, text: str | None, **attributes: str) -> None:
    if text and (words := legal(" ".join(text.split()))):
        etree.SubElement(parent, f"{{{DC}}}{name}", attributes).text = words


def _meta(parent: Element, name: str, text: str, **attributes: str) -> Element:
    result = etree.SubElement(parent, f"{{{OPF}}}meta", {"property": name} | attributes)
    result.text = legal(" ".join(text.split()))
    return result


# --- contents (EPUB 3.3, 7) ---------------------------------------------------------------------------------------


def contents(book: Book) -> bytes:
    """The navigation document: parts and their chapters with their headings, landmarks, the list of pages."""
    say = book.say
    parts = []
    for title, group in groupby(book.chapters, key=lambda chapter: chapter.part):
        chapters = list(group)
        inner = [element("li", _link(chapter.title, chapter.member), *_headings(chapter)) for chapter in chapters]
        parts.append(element("li", _link(title, chapters[0].member), element("ol", *inner)))
    if book.answers:
        parts.append(element("li", _link(say("Answers"), ANSWERS)))
    toc = xhtml.typed(element("nav", element("h1", say("Contents")), element("ol", *parts), id="toc"), "toc", "doc-toc")
    marks = [("cover", say("Cover"), COVER), ("toc", say("Contents"), f"{NAV}#toc")]
    marks += [("bodymatter", say("Text"), book.chapters[0].member)]
    if book.answers:
        marks.append(("backmatter", say("Answers"), ANSWERS))
    entries = [element("li", xhtml.typed(_link(text, address), kind)) for kind, text, address in marks]
    head = element("h2", say("Parts of the book"))
    landmarks = xhtml.typed(element("nav", head, element("ol", *entries), hidden="hidden"), "landmarks")
    navs = [toc, landmarks]
    if found := book.pages.found:
        rows = [element("li", _link(str(n), f"text/{name}.xhtml#{target}")) for n, (name, target) in found.items()]
        head = element("h2", say("Pages"))
        pages = element("nav", head, element("ol", *rows), hidden="hidden")
        navs.append(xhtml.typed(pages, "page-list", "doc-pagelist"))
    for each in navs:
        each.set("aria-label", str(each[0].text))
    return xhtml.written(
        xhtml.document(say("Contents"), book.course.language, navs, style="style.css", kind="frontmatter")
    )


def _headings(chapter: BookChapter) -> list[Element]:
    """The headings of a chapter as nested lists; a level that is left out counts as one."""
    top = element("ol")
    open_: list[tuple[int, Element]] = [(0, top)]
    for name, text, level in chapter.toc:
        while open_[-1][0] >= level:
            open_.pop()
        holder = open_[-1][1]
        if holder.tag != f"{{{xhtml.XHTML}}}ol":
            lists = holder.findall(f"{{{xhtml.XHTML}}}ol")
            inner = lists[0] if lists else element("ol")
            if not lists:
                holder.append(inner)
            holder = inner
        row = element("li", _link(text, f"{chapter.member}#{name}"))
        holder.append(row)
        open_.append((level, row))
    return [top] if len(top) else []


def _link(text: str, address: str) -> Element:
    return element("a", text or "…", href=quote(address, safe="/#"))


def answers(book: Book) -> bytes:
    """The answers of all review questions, chapter by chapter, each with a way back."""
    say = book.say
    body = [element("h1", say("Answers"))]
    for chapter in book.chapters:
        if not chapter.answers:
            continue
        body.append(element("h2", chapter.title))
        for name, heading, blocks in chapter.answers:
            back = element("a", heading, href=f"{chapter.id}.xhtml#{name}")
            back.set("aria-label", f"{heading}: {say('back to the question')}")
            box = element("section", element("h3", back, id=f"{name}-answer-h"), *blocks, id=f"{name}-answer")
            box.set("aria-labelledby", f"{name}-answer-h")
            body.append(box)
    result = xhtml.document(say("Answers"), book.course.language, body, style="../style.css", kind="backmatter")
    return xhtml.written(result)


# --- cover --------------------------------------------------------------------------------------------------------


def cover(book: Book) -> bytes:
    """The first page, in letters: what is said of the course, no picture of it."""
    about = book.course.about
    body = [element("p", clean(about.university), class_="by")] if about.university else []
    body.append(element("h1", book.title))
    body += [element("p", clean(teacher.name), class_="by") for teacher in about.teachers]
    if about.year:
        body.append(element("p", clean(about.year), class_="by"))
    box = element("section", *body, class_="cover")
    return xhtml.written(xhtml.document(book.title, book.course.language, [box], style="style.css", kind="cover"))


_WIDE, _HIGH, _LINE, _MOST = 600, 800, 17, 9
"""Of the picture of the cover: its size, letters in a line, lines."""


def cover_picture(book: Book) -> bytes:
    """What a shelf shows: the title on a plain ground (SVG, a core media type)."""
    lines: list[str] = [""]
    for word in book.title.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _LINE:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > _MOST:
        lines = [*lines[: _MOST - 1], f"{lines[_MOST - 1]} …"]
    size = min(56, int(1000 / max(len(line) for line in lines))) if lines[0] else 56
    first = _HIGH // 2 - (len(lines) - 1) * size * 13 // 20
    rows = "\n".join(
        f'<text x="{_WIDE // 2}" y="{first + n * size * 13 // 10}" font-size="{size}">{escape(legal(line))}</text>'
        for n, line in enumerate(lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" height="{_HIGH}">\n'
        f"<title>{escape(legal(book.title))}</title>\n"
        f'<rect width="{_WIDE}" height="{_HIGH}" fill="#f3f0e9"/>\n'
        f'<rect x="40" y="40" width="{_WIDE - 80}" height="{_HIGH - 80}" fill="none" stroke="#0b5a8a"'
        ' stroke-width="4"/>\n'
        f'<g text-anchor="middle" font-family="sans-serif" font-weight="bold" fill="#22201c">\n{rows}\n</g>\n</svg>\n'
    ).encode()
