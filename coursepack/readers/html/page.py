"""Web pages (.html, .xhtml: saved pages, exports of Google Docs, Moodle books, pandoc's) → ``Document``.

Nothing is fetched: pictures stand in the page or lie beside it. Formulas come as MathML or TeX; what only leads around
is left out and reported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from html.entities import html5
from pathlib import Path

from lxml import etree

from coursepack import limits
from coursepack.files.hashes import sha256
from coursepack.files.media import KINDS
from coursepack.files.xml import XmlError, crowded, parse_xml, xml_marks
from coursepack.markup import language
from coursepack.model.blocks import Blocks, Heading, Paragraph, Run
from coursepack.model.document import Document, Unit
from coursepack.place import CoursepackError, Place
from coursepack.readers import File, Reader, text
from coursepack.readers.attached import beside
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.html.furniture import text_of_page
from coursepack.readers.html.gathered import Gathered
from coursepack.readers.html.shaped import shape, sheets_of
from coursepack.readers.html.tree import Element, all_text
from coursepack.readers.html.units import units
from coursepack.readers.inline import local

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""")
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[<>]*>", re.IGNORECASE)
_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,40});")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
REMARK = "a comment by a reviewer of the document, left out"
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})


@dataclass
class HtmlPage:
    """A page as it is read: paragraphs are counted from 1, in a book on from page to page."""

    name: str
    gathered: Gathered
    count: int = 0

    def units(self, root: Element, title: str = "") -> list[Unit]:
        """The units of a page, or of a book's page, from its ``html`` element; ``title`` heads one without headings."""
        body = next(root.iter("body"), root)
        styles = sheets_of(root)
        main = text_of_page(body, self.gathered.lost)
        if remarks := shape(main, styles):
            self.gathered.lost[REMARK] += remarks
        blocks = self._blocks(main)
        if title and blocks and not any(isinstance(block, Heading) for block in blocks):
            blocks = (Heading(level=1, content=(Run(text=title),)), *blocks)
        return units(self, blocks, with_notes=True)

    def _blocks(self, main: Element) -> Blocks:
        found = self.gathered
        reader = HtmlReader(picture=found.picture, file=found.file, captions=found.file, lost=found.lost)
        try:
            return reader.of_tree(main)
        except RecursionError:
            self.gathered.lost["a page with too deeply nested tags: its text is kept"] += 1
            return tuple(
                Paragraph(content=(Run(text=line.strip()),)) for line in all_text(main).split("\n") if line.strip()
            )


def read(
    name: str, data: bytes, *, encoding: str | None = None, folder: Path | None = None, follow_links: bool = False
) -> Document:
    """The text of a web page; ``folder`` is where its pictures lie. Raises ``CoursepackError``: no page, too large."""
    root = tree(name, data, encoding)
    find = partial(beside, folder, follow_links=follow_links, document=name)
    gathered = Gathered(lambda address, limit: find(address, limit=limit))
    page = HtmlPage(name, gathered)
    found = page.units(root)
    if not found:
        raise CoursepackError(
            "no text in it, expected a web page", Place(name), "a page that scripts fill: save it as PDF"
        )
    return Document(
        file=name,
        sha256=sha256(data),
        medium="html",
        units=tuple(found),
        assets=dict(sorted(gathered.assets.items())),
        properties=properties(root),
        findings=tuple(gathered.findings(name, "html")),
    )


def tree(name: str, data: bytes, encoding: str | None = None) -> Element:
    """The root of a page. What is sound XML is read as such, for there ``<a/>`` is closed; anything else as browsers
    read it, more or less. Raises ``CoursepackError``."""
    most = limits.now().xml_marks
    if xml_marks(data) > most:
        raise CoursepackError(
            f"a page of more than {most} tags and attributes", Place(name), limits.raised("xml-marks")
        )
    if any(KINDS[kind].begins(data) for kind in ("zip", "pdf", "ole")):
        raise CoursepackError("no web page", Place(name), "give the file its right ending")
    markup, _ = text.decode(name, data, encoding or _charset(data))
    markup = _CONTROL.sub("", markup)
    if crowded(markup):
        raise CoursepackError("a tag with too many attributes", Place(name))
    root = _as_xml(markup) if markup.lstrip()[:1] == "<" and "http://www.w3.org/1999/xhtml" in markup[:4096] else None
    return _as_html(name, markup) if root is None else root


def _charset(data: bytes) -> str | None:
    """The encoding that a page names, where it fits its bytes (HTML Living Standard, 13.2.3.2)."""
    if data[:3] == b"\xef\xbb\xbf" or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return None
    found = _DECLARED.search(data[:1024]) or _CHARSET.search(data[:8192])
    stated = found[1].decode("ascii") if found else ""
    try:
        data.decode(stated)
    except (LookupError, UnicodeError):
        return None
    return stated


def _as_xml(markup: str) -> Element | None:
    """The page as XML, its names without namespaces; None when it is not well-formed."""
    markup = _PROLOG.sub("", _DOCTYPE.sub("", markup, count=1), count=1)
    markup = _ENTITY.sub(lambda found: found[0] if found[1] in _OF_XML else html5.get(f"{found[1]};", found[0]), markup)
    try:
        root = parse_xml(markup.encode())
    except XmlError:
        return None
    for element in root.iter("*"):
        element.tag = local(element.tag)
        for key in [str(key) for key in element.attrib if str(key).startswith("{")]:
            value = str(element.attrib.pop(key))
            if local(key) not in element.attrib:
                element.set(local(key), value)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root


def _as_html(name: str, markup: str) -> Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = etree.fromstring(_PROLOG.sub("", markup, count=1).encode(), parser)
    except etree.XMLSyntaxError as problem:
        raise CoursepackError(f"no web page: {problem.msg}", Place(name)) from None
    if root is None:
        raise CoursepackError("no web page", Place(name))
    return root


def properties(root: Element) -> dict[str, str]:
    """The title, the author and the language that a page states."""
    title = next(root.iter("title"), None)
    found = {} if title is None else {"title": " ".join(all_text(title).split())}
    for meta in root.iter("meta"):
        if meta.get("name", "").lower() in {"author", "keywords", "description"}:
            found.setdefault(meta.get("name", "").lower(), " ".join(meta.get("content", "").split()))
    found["language"] = language.tag(root.get("lang")) or ""
    return {key: value for key, value in found.items() if value}


def _read(file: File) -> Document:
    return read(file.name, file.data, encoding=file.encoding, folder=file.folder, follow_links=file.follow_links)


reader = Reader(read=_read)
