"""Electronic books (.epub, EPUB 2 and 3.3) → ``Document``: the pages of the spine in their order, each as a web page.

A page whose headings say nothing has the name that the book's contents give it. Pictures come out of the book alone.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from coursepack import limits
from coursepack.files import media, sources
from coursepack.files.hashes import sha256
from coursepack.files.media import KINDS
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.model.document import Document, Unit
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.readers import File, Reader
from coursepack.readers.html.gathered import Gathered
from coursepack.readers.html.page import HtmlPage, tree
from coursepack.readers.html.tree import Element, all_text
from coursepack.readers.inline import local

_CONTAINER = "META-INF/container.xml"
_ENCRYPTED = "META-INF/encryption.xml"
_SCRAMBLED = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
_PAGES = frozenset({KINDS["xhtml"].type, KINDS["html"].type, KINDS["svg"].type})
_DC = "{http://purl.org/dc/elements/1.1/}"
_PROPERTIES = {"title": "title", "creator": "author", "language": "language", "subject": "subject"}


@dataclass(frozen=True)
class _ManifestItem:
    """An entry of the manifest (EPUB 3.3, 5.6): where it lies, its media type, what it is beside."""

    member: str
    media_type: str
    properties: frozenset[str]


def read(name: str, data: bytes) -> Document:
    """The text of a book. Raises ``CoursepackError``: no book, protected, damaged, without text."""
    package = _open(name, data)
    book = _Book(name, package)
    units = list(book.units())
    if not units:
        raise CoursepackError("no text in it, expected a book", Place(name), "a book of pictures: OCR can read those")
    return Document(
        file=name,
        sha256=sha256(data),
        medium="epub",
        units=tuple(units),
        assets=dict(sorted(book.gathered.assets.items())),
        properties=book.properties(),
        findings=(*book.findings, *book.gathered.findings(name, "epub")),
    )


def _open(name: str, data: bytes) -> Package:
    if not KINDS["zip"].begins(data):
        raise CoursepackError("no zip archive, expected a book (.epub)", Place(name))
    package = Package.of_bytes(name, data)
    for problem in package.problems:
        if not package.entries or problem.code == "container-encrypted":
            raise CoursepackError(problem.message, problem.place, problem.advice)
    if _CONTAINER not in package:
        raise CoursepackError(f"no {_CONTAINER} in it, expected a book (.epub)", Place(name))
    if _ENCRYPTED in package and (found := _protected(package)):
        raise CoursepackError("protected against copying", found, "use a copy of the book that is not protected")
    return package


def _protected(package: Package) -> Place | None:
    """Where a member is said to be encrypted; fonts that are only scrambled (EPUB 3.3, 4.4) are no text."""
    try:
        root = package.xml(_ENCRYPTED)
    except XmlError:
        return None
    methods = {one.get("Algorithm", "") for one in root.iter("*") if local(one.tag) == "EncryptionMethod"}
    return package.place(_ENCRYPTED) if methods - _SCRAMBLED else None


class _Book:
    """A book as it is read: its manifest and spine, the names that its contents give to pages."""

    def __init__(self, name: str, package: Package) -> None:
        self.name = name
        self.package = package
        self.findings: list[Finding] = []
        self._at = ""
        self.gathered = Gathered(self._find)
        self._page = HtmlPage(name, self.gathered)
        self._opf = self._package_document()
        self._root = self._xml(self._opf)
        self._items = self._manifest()
        self._titles = self._contents()

    # --- its parts

    def _xml(self, member: str) -> Element:
        """The root of an XML member. Raises ``CoursepackError``."""
        if member not in self.package:
            raise CoursepackError(f"{member} is not in it, expected a book (.epub)", Place(self.name))
        try:
            return self.package.xml(member, keep="xml-marks")
        except XmlError as problem:
            place = Place(self.name, problem.line, problem.line, member=member)
            raise CoursepackError(f"not well-formed XML: {problem}", place) from None

    def _package_document(self) -> str:
        files = (found for found in self._xml(_CONTAINER).iter("*") if local(found.tag) == "rootfile")
        path = next((found.get("full-path", "") for found in files), "")
        return posixpath.normpath(path) if path else ""

    def _manifest(self) -> dict[str, _ManifestItem]:
        items = (found for found in self._root.iter("*") if local(found.tag) == "item")
        return {
            item.get("id", ""): _ManifestItem(
                self._resolved(self._opf, item.get("href", "")),
                item.get("media-type", ""),
                frozenset(item.get("properties", "").split()),
            )
            for item in items
        }

    @staticmethod
    def _resolved(member: str, address: str) -> str:
        """The member that an address in another means."""
        plain = unquote(address.partition("#")[0].partition("?")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(member), plain)) if plain else member

    def properties(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for element in self._root.iter("*"):
            key = _PROPERTIES.get(str(element.tag).removeprefix(_DC)) if str(element.tag).startswith(_DC) else None
            if key and (text := " ".join(all_text(element).split())):
                found.setdefault(key, text)
        return found

    def _contents(self) -> dict[str, str]:
        """Page → its name in the book's contents (EPUB 3.3, 5.4.1; NCX of EPUB 2)."""
        found: dict[str, str] = {}
        for item in self._items.values():
            try:
                if "nav" in item.properties:
                    for link in self._markup(item.member).iter("a"):
                        self._named(found, item.member, link.get("href", ""), all_text(link))
                elif item.media_type == "application/x-dtbncx+xml":
                    for point in (one for one in self._xml(item.member).iter("*") if local(one.tag) == "navPoint"):
                        parts = {local(part.tag): part for part in point.iterchildren("*")}
                        if {"navLabel", "content"} <= parts.keys():
                            label = all_text(parts["navLabel"])
                            self._named(found, item.member, parts["content"].get("src", ""), label)
            except CoursepackError:
                continue
        return found

    def _named(self, found: dict[str, str], at: str, address: str, label: str) -> None:
        if "#" not in address and label.strip():
            found.setdefault(self._resolved(at, address), " ".join(label.split()))

    def _markup(self, member: str) -> Element:
        if self.package.size(member) > limits.of("page-bytes"):
            message = f"a page of {self.package.size(member)} bytes; at most {limits.of('page-bytes')} are read"
            raise CoursepackError(message, self.package.place(member), limits.raised("page-bytes"))
        try:
            return tree(self.name, self.package.read(member))
        except CoursepackError as problem:
            raise CoursepackError(problem.message, self.package.place(member), problem.advice) from None

    # --- its text

    def units(self) -> Iterator[Unit]:
        """The units of all pages in the order of the spine; what cannot be read is reported."""
        for reference in (found for found in self._root.iter("*") if local(found.tag) == "itemref"):
            item = self._items.get(reference.get("idref", ""))
            if item is None or item.media_type not in _PAGES or "nav" in item.properties:
                if item is not None and item.media_type not in _PAGES:
                    self._report(item.member, f"a page of another kind ({item.media_type[:40]}) was not read")
                continue
            if item.member not in self.package:
                self._report(item.member, "a page that the book does not hold")
                continue
            try:
                self._at = item.member
                yield from self._page.units(self._markup(item.member), self._titles.get(item.member, ""))
            except CoursepackError as problem:
                self._report(item.member, f"a page was not read: {problem.message}")

    def _report(self, member: str, message: str) -> None:
        self.findings.append(warning("epub-left-out", message, self.package.place(member)))

    def _find(self, address: str, limit: str) -> tuple[bytes | None, str]:
        """A picture or a file of the book."""
        member = self._resolved(self._at, address)
        if member not in self.package:
            return None, "the book does not hold"
        if self.package.size(member) > limits.of(limit):
            return None, f"is larger than {limits.of(limit)} bytes; {limits.raised(limit)}"
        if limit == "file-bytes" and media.named(member) is KINDS["css"]:
            return None, sources.ELSEWHERE
        return self.package.read(member), ""


def _read(file: File) -> Document:
    return read(file.name, file.data)


reader = Reader(read=_read)
