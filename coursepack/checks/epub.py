"""EPUB: what a reading system needs before it opens a book. epubcheck looks deeper; this is looked at without Java.

Sources: EPUB 3.3, 4.2 (container), 5 (package document), 6.1 (content documents), 7 (navigation).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Generator, Iterator
from html.entities import name2codepoint
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from coursepack.checks import Grammar, epub_rules
from coursepack.checks.epub_rules import DC, OPF, PAGE, XHTML, ManifestItem, PackageDocument
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.place import CoursepackError, Finding, error, warning

MIMETYPE: Final = "mimetype"
CONTAINER: Final = "META-INF/container.xml"
_TYPE = b"application/epub+zip"
_OCF = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>\[]*>", re.IGNORECASE)
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]*);")
_XML_NAMES = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_REFERENCES = {"a": "href", "link": "href", "img": "src", "audio": "src", "video": "src", "source": "src",
               "track": "src", "script": "src", "iframe": "src", "object": "data"}  # fmt: skip


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The container, then the package document, then each page and where it leads."""
    yield from _mimetype(package)
    member = yield from _container(package)
    if member is None:
        return
    root = yield from _xml(package, member)
    if root is None:
        return
    book = PackageDocument(package, member, root, grammar.closed)
    yield from _metadata(book)
    yield from _manifest(book)
    yield from _spine(book)
    yield from _navigation(book)
    yield from _pages(book)


# --- container ----------------------------------------------------------------------------------------------------


def _mimetype(package: Package) -> Iterator[Finding]:
    """4.2.6.2: the first file, not compressed, these letters alone."""
    place = package.place(MIMETYPE)
    if MIMETYPE not in package:
        yield error("epub-mimetype", "there is no file mimetype", package.place())
        return
    if package.size(MIMETYPE) > len(_TYPE) or package.read(MIMETYPE) != _TYPE:
        yield error("epub-mimetype", f"mimetype does not say {_TYPE.decode()}", place)
    if package.container in {"zip", "memory"} and package.names()[0] != MIMETYPE:
        yield error("epub-mimetype", "mimetype is not the first file of the archive", place)
    if package.container == "zip" and package.path is not None:
        try:
            with zipfile.ZipFile(package.path) as archive:
                found = archive.getinfo(MIMETYPE)
        except (OSError, KeyError, zipfile.BadZipFile):
            return  # the container's layer tells
        if found.compress_type != zipfile.ZIP_STORED:
            yield error("epub-mimetype", "mimetype is compressed", place)


def _container(package: Package) -> Generator[Finding, None, str | None]:
    """The path of the package document (4.2.6.3.1)."""
    root = (yield from _xml(package, CONTAINER)) if CONTAINER in package else None
    if root is None:
        if CONTAINER not in package:
            yield error("epub-container", f"there is no {CONTAINER}", package.place())
        return None
    first = next(root.iter(f"{_OCF}rootfile"), None)
    named = "" if first is None else str(first.get("full-path", ""))
    if first is not None and first.get("media-type") != "application/oebps-package+xml":
        message = f"the media-type of the package document is {first.get('media-type')!r}"
        yield error("epub-container", message, package.place(CONTAINER), "application/oebps-package+xml")
    if named not in package:
        yield error("epub-container", f"the package document {named!r} is not there", package.place(CONTAINER))
        return None
    return named


def _xml(package: Package, member: str) -> Generator[Finding, None, etree._Element | None]:
    try:
        return package.xml(member, change=_without_type)
    except XmlError as problem:
        yield error("epub-xml", f"not well-formed: {problem}", package.place(member, problem.line))
    except CoursepackError as problem:
        yield error("epub-xml", problem.message, problem.place, problem.advice)
    return None


def _without_type(data: bytes) -> bytes:
    """XML without its document type (6.1.1: no external one counts). Books of EPUB 2 name the letters of XHTML 1.1."""
    found = _DOCTYPE.search(data)
    if found is None:
        return data
    data = data[: found.start()] + data[found.end() :]
    return _NAMED.sub(_letter, data) if b"XHTML" in found[0].upper() else data


def _letter(found: re.Match[bytes]) -> bytes:
    point = name2codepoint.get(found[1].decode())
    return found[0] if point is None or found[1] in _XML_NAMES else b"&#%d;" % point


# --- package document ---------------------------------------------------------------------------------------------


def _metadata(book: PackageDocument) -> Iterator[Finding]:
    """5.5.3: identifier, title, language; dcterms:modified, once."""
    place = book.package.place(book.member)
    for name in ("identifier", "title", "language"):
        if not any((each.text or "").strip() for each in book.root.iter(f"{DC}{name}")):
            yield error("epub-metadata", f"the book does not state dc:{name}", place)
    unique = book.root.get("unique-identifier")
    if not any(each.get("id") == unique for each in book.root.iter(f"{DC}identifier")):
        yield error("epub-metadata", "unique-identifier names no dc:identifier", place)
    if not (book.root.get("version") or "").startswith("3"):
        return
    dated = [each for each in book.root.iter(f"{OPF}meta") if each.get("property") == "dcterms:modified"]
    if len(dated) != 1:
        yield error("epub-metadata", f"dcterms:modified is stated {len(dated)} times, expected once", place)
    stated = {str(each.get("property")) for each in book.root.iter(f"{OPF}meta")}
    for name in ("accessMode", "accessibilityFeature", "accessibilityHazard"):
        if f"schema:{name}" not in stated:
            yield warning("epub-access", f"the book does not state schema:{name} (EPUB Accessibility 1.1, 2.2)", place)


def _manifest(book: PackageDocument) -> Iterator[Finding]:
    """5.6: every file once, every id once, and nothing that is not there."""
    package, folder = book.package, posixpath.dirname(book.member)
    place = package.place(book.member)
    ids: Counter[str] = Counter(str(each.get("id")) for each in book.root.iter() if each.get("id"))
    for name, times in ids.items():
        if times > 1:
            yield error("epub-id", f"the id {name!r} is there {times} times", place)
    for each in book.root.iter(f"{OPF}item"):
        address = each.get("href", "")
        if urlsplit(address).scheme:
            continue  # a resource of the web
        member = posixpath.normpath(posixpath.join(folder, unquote(address)))
        if member not in package:
            yield error("epub-manifest", f"{address!r} is in the manifest and not in the book", place)
        properties = frozenset((each.get("properties") or "").split())
        book.items[str(each.get("id"))] = ManifestItem(
            member, each.get("media-type", ""), properties, each.get("fallback", "")
        )
    counted = Counter(item.member for item in book.items.values())
    for member, times in counted.items():
        if times > 1:
            yield error("epub-manifest", f"{member} is in the manifest {times} times", place)
    for member in package.names():
        known = member in counted or member in {book.member, MIMETYPE} or member.startswith("META-INF/")
        if not known:
            # A book may carry what is no part of it (4.2.2); what a page asks for must be listed (``_pages``).
            make = error if book.closed else warning
            yield make("epub-unlisted", "the file is not in the manifest", package.place(member))


def _spine(book: PackageDocument) -> Iterator[Finding]:
    place = book.package.place(book.member)
    found = [str(each.get("idref")) for each in book.root.iter(f"{OPF}itemref")]
    if not found:
        yield error("epub-spine", "the spine is empty: there is nothing to read", place)
    for name, times in Counter(found).items():
        if name not in book.items:
            yield error("epub-spine", f"the spine names {name!r}, which the manifest does not", place)
        if times > 1:
            yield error("epub-spine", f"{name!r} is in the spine {times} times", place)


def _navigation(book: PackageDocument) -> Iterator[Finding]:
    """7.3: one navigation document with a table of contents. A book of EPUB 2 has an NCX in its place."""
    place = book.package.place(book.member)
    navs = [item for item in book.items.values() if "nav" in item.properties]
    if not (book.root.get("version") or "").startswith("3"):
        return
    if len(navs) != 1:
        yield error("epub-nav", f"{len(navs)} navigation documents, expected one", place)
    for item in navs:
        root = (yield from _xml(book.package, item.member)) if item.member in book.package else None
        if root is None:
            continue
        kinds = [str(each.get(_OPS_TYPE)) for each in root.iter(f"{XHTML}nav")]
        if kinds.count("toc") != 1:
            yield error("epub-nav", "no table of contents (nav, epub:type toc)", book.package.place(item.member))


# --- pages --------------------------------------------------------------------------------------------------------


def _pages(book: PackageDocument) -> Iterator[Finding]:
    """6.1: well-formed, every id once; what a page shows or leads to is in the book."""
    roots: dict[str, etree._Element] = {}
    for item in book.items.values():
        if item.media_type == PAGE and item.member in book.package:
            root = yield from _xml(book.package, item.member)
            if root is not None:
                roots[item.member] = root
    ids = {member: Counter(str(e.get("id")) for e in root.iter() if e.get("id")) for member, root in roots.items()}
    listed = {item.member for item in book.items.values()}
    for member, root in roots.items():
        place = book.package.place(member)
        for name, times in ids[member].items():
            if times > 1:
                yield error("epub-id", f"the id {name!r} is there {times} times", place)
        reported: set[str] = set()
        for element in root.iter(*(f"{XHTML}{tag}" for tag in _REFERENCES)):
            address = element.get(_REFERENCES[etree.QName(element).localname], "").strip()
            if not address or address in reported:
                continue
            reported.add(address)
            if stated := _wrong(address, member, ids, listed):
                yield error("epub-link", stated, place)
    yield from epub_rules.check(book, roots)


def _wrong(address: str, member: str, ids: dict[str, Counter[str]], listed: set[str]) -> str | None:
    """What is wrong about an address on a page, or None."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"{address!r} is no address"
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(member), path)) if path else member
    if target not in listed:
        return f"{address!r} is not in the book"
    if parts.fragment and target in ids and unquote(parts.fragment) not in ids[target]:
        return f"nothing in {target} is called {unquote(parts.fragment)!r}"
    return None
