"""What EPUB 3.3 asks of the items, pages, styles and metadata of a book, one by one: rules that need no other file.

Sources: EPUB 3.3, 3.3 (core media types), 4.2.6.3 (META-INF), 5.4–5.7 (package document), 6.1–6.3 (content documents),
7.3 (navigation), D.1 (reserved prefixes); HTML Living Standard (content models); BCP 47.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

from lxml import etree

from coursepack.checks.detect import head
from coursepack.checks.xml import line_of
from coursepack.files import media
from coursepack.files.package import Package
from coursepack.place import Finding, error, warning

OPF: Final = "{http://www.idpf.org/2007/opf}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
XHTML: Final = "{http://www.w3.org/1999/xhtml}"
PAGE: Final = media.KINDS["xhtml"].type
_ENCRYPTION: Final = "META-INF/encryption.xml"
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*|[xi](-[A-Za-z0-9]{1,8})+")
_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_VERSIONS = frozenset({"2.0", "3.0", "3.1"})
_PROPERTIES = frozenset(
    [
        "cover-image",
        "mathml",
        "nav",
        "remote-resources",
        "scripted",
        "svg",
        "switch",
        "data-nav",
        "dictionary",
        "glossary",
        "index",
        "search-key-map",
    ]
)
_PREFIXES = frozenset(["a11y", "dcterms", "marc", "media", "onix", "rendition", "schema", "xsd", "msv", "prism"])
_FONTS_ALONE = frozenset({"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"})
"""Ways to hide a font that reading systems undo."""
_GONE = frozenset(
    [
        "acronym",
        "applet",
        "basefont",
        "big",
        "center",
        "dir",
        "font",
        "frame",
        "frameset",
        "isindex",
        "marquee",
        "noframes",
        "strike",
        "tt",
    ]
)
_BLOCKS = frozenset(
    [
        "div",
        "p",
        "ul",
        "ol",
        "dl",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "aside",
        "blockquote",
        "figure",
        "pre",
        "nav",
        "hr",
    ]
)
_LISTS = frozenset({"ul", "ol", "menu"})
_FETCHED = {"img": "src", "link": "href", "script": "src", "iframe": "src"}
_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)|@import\s+['\"]([^'\"]+)['\"]")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MOST = 3
"""Findings of one kind and page."""


@dataclass(frozen=True)
class ManifestItem:
    """An item of the manifest."""

    member: str
    media_type: str
    properties: frozenset[str]
    fallback: str = ""


@dataclass
class PackageDocument:
    """The package document as read; ``items`` by id."""

    package: Package
    member: str
    root: etree._Element
    closed: bool
    items: dict[str, ManifestItem] = field(default_factory=dict)

    @property
    def third(self) -> bool:
        """A book of EPUB 3."""
        return (self.root.get("version") or "").startswith("3")


def check(book: PackageDocument, roots: dict[str, etree._Element]) -> Iterator[Finding]:
    """Everything; ``roots`` are the pages that could be read."""
    yield from _package(book)
    if not book.third:
        return
    for item in book.items.values():
        if item.member in book.package:
            yield from _item(book, item)
    read = {item.member: item for item in book.items.values()}
    in_spine = {book.items[idref].member for idref in _spine(book) if idref in book.items}
    for member, root in roots.items():
        yield from _page(book, read[member], root)
        yield from _beside(book, member, root, in_spine, set(roots))
    for item in book.items.values():
        if item.media_type == media.KINDS["css"].type and item.member in book.package:
            yield from _style(book, item.member, set(read))
    yield from _hidden(book)


def _spine(book: PackageDocument) -> list[str]:
    return [str(each.get("idref")) for each in book.root.iter(f"{OPF}itemref")]


# --- package document -----------------------------------------------------------------------------------------------


def _package(book: PackageDocument) -> Iterator[Finding]:
    place = book.package.place(book.member)
    if (version := book.root.get("version") or "") not in _VERSIONS:
        yield error("epub-version", f"the version is {version!r}, expected 3.0 (or 2.0)", place)
    for each in book.root.iter(f"{DC}language"):
        found = (each.text or "").strip()
        if found and not _LANGUAGE.fullmatch(found):
            yield error("epub-metadata", f"{found!r} is no language tag (BCP 47)", place, "for example kk, ru, en")
    if not book.third:
        return
    ids = {str(each.get("id")) for each in book.root.iter() if each.get("id")}
    declared = set(re.findall(r"([\w.-]+):\s", book.root.get("prefix") or "")) | _PREFIXES
    for each in book.root.iter(f"{OPF}meta"):
        said, refines = each.get("property") or "", each.get("refines") or ""
        if said == "dcterms:modified" and not _MODIFIED.fullmatch((each.text or "").strip()):
            message = f"dcterms:modified is {(each.text or '').strip()!r}, expected YYYY-MM-DDThh:mm:ssZ"
            yield error("epub-metadata", message, place)
        if refines.startswith("#") and refines[1:] not in ids:
            yield error("epub-metadata", f"metadata refine {refines!r}, which is not there", place)
        if ":" in said and said.partition(":")[0] not in declared:
            yield error("epub-metadata", f"the prefix of {said!r} is not declared", place)


def _item(book: PackageDocument, item: ManifestItem) -> Iterator[Finding]:
    """5.6.2: a type, the right one; what is no core type has a fallback."""
    place = book.package.place(item.member)
    if not item.media_type:
        yield error("epub-item-type", "the manifest does not say what kind of file it is (media-type)", place)
        return
    if unknown := sorted(name for name in item.properties - _PROPERTIES if ":" not in name):
        message = f"the property {unknown[0]!r} of an item is unknown"
        yield error("epub-properties", message, book.package.place(book.member))
    if item.media_type == "text/html":
        yield error("epub-item-type", f"the manifest calls it text/html, expected {PAGE}", place)
    if not item.media_type.startswith("image/"):
        return
    kinds = [kind for kind in media.KINDS.values() if item.media_type in kind.types]
    if not any(kind.epub for kind in kinds) and not item.fallback:
        message = f"pictures of the kind {item.media_type} need not be shown, and no fallback is named"
        yield warning("epub-foreign", message, place, "make it PNG, JPEG, GIF, WebP or SVG")
    begun = head(book.package, item.member, 1024)
    if begun and kinds and all(kind.signatures for kind in kinds) and not any(kind.resembles(begun) for kind in kinds):
        yield error("epub-item-type", f"the manifest calls it {item.media_type}, and it begins otherwise", place)


def _hidden(book: PackageDocument) -> Iterator[Finding]:
    if _ENCRYPTION not in book.package:
        return
    root = book.package.xml(_ENCRYPTION)
    ways = {str(each.get("Algorithm")) for each in root.iter("{*}EncryptionMethod")}
    if strange := sorted(ways - _FONTS_ALONE):
        message = f"parts of the book are encrypted ({strange[0][:80]}): without the key they cannot be read"
        yield warning("epub-encrypted", message, book.package.place(_ENCRYPTION))


# --- pages ----------------------------------------------------------------------------------------------------------


def _page(book: PackageDocument, item: ManifestItem, root: etree._Element) -> Iterator[Finding]:
    place = book.package.place(item.member)
    if root.tag != f"{XHTML}html":
        yield error("epub-page", f"the root is {str(root.tag)[:80]!r}, expected html of XHTML", place)
        return
    title = root.find(f"{XHTML}head/{XHTML}title")
    if title is None or not "".join(map(str, title.itertext())).strip():
        yield warning("epub-title", "the page has no title", place)
    yield from _reported(book, item, root)
    counts: dict[str, int] = {}
    for element in root.iter(etree.Element):
        for code, message in _element(element):
            counts[code] = counts.get(code, 0) + 1
            if counts[code] <= _MOST:
                yield warning(code, message, book.package.place(item.member, line_of(element)))
    if "nav" in item.properties:
        yield from _contents(book, item.member, root)


def _reported(book: PackageDocument, item: ManifestItem, root: etree._Element) -> Iterator[Finding]:
    """5.6.2.1: what a page holds beside text, its item says."""
    names = {etree.QName(each).localname for each in root.iter(etree.Element)}
    tags = {str(each.tag) for each in root.iter(etree.Element)}
    remote = any(
        urlsplit(each.get(attribute, "")).scheme in {"http", "https"}
        for tag, attribute in (("audio", "src"), ("video", "src"), ("source", "src"))
        for each in root.iter(XHTML + tag)
    )
    runs = [each for each in root.iter(f"{XHTML}script") if each.get("type", "").lower() in _SCRIPTS]
    holds = {
        "mathml": "{http://www.w3.org/1998/Math/MathML}math" in tags,
        "svg": "{http://www.w3.org/2000/svg}svg" in tags,
        "scripted": bool(runs) or "form" in names,
        "remote-resources": remote,
    }
    for name, there in holds.items():
        if there and name not in item.properties:
            message = f"the page contains something that the properties of its item do not state: {name!r}"
            yield error("epub-properties", message, book.package.place(item.member))


_SCRIPTS = frozenset({"", "module", *media.KINDS["script"].types, "application/ecmascript"})


def _element(element: etree._Element) -> Iterator[tuple[str, str]]:
    name = str(element.tag)
    if not name.startswith(XHTML):
        return
    name = name.removeprefix(XHTML)
    parent = element.getparent()
    above = "" if parent is None else str(parent.tag).removeprefix(XHTML)
    if name in _GONE:
        yield "epub-element", f"<{name}> is no element of HTML any more"
    if name in _BLOCKS and above == "p":
        yield "epub-element", f"<{name}> is inside a paragraph"
    if name == "li" and above not in _LISTS:
        yield "epub-element", "<li> is outside a list"
    if name == "img" and element.get("alt") is None:
        yield "epub-alt", "a picture has no alternative text (alt)"
    if (attribute := _FETCHED.get(name)) and urlsplit(element.get(attribute, "")).scheme in {"http", "https"}:
        yield "epub-remote", f"<{name}> is fetched from a network, which a book may not: {element.get(attribute)}"


def _contents(book: PackageDocument, member: str, root: etree._Element) -> Iterator[Finding]:
    """7.3: lists with entries, entries with words."""
    place = book.package.place(member)
    for nav in root.iter(f"{XHTML}nav"):
        if any(not len(each) for each in nav.iter(f"{XHTML}ol")):
            yield error("epub-nav", "a list in the table of contents is empty", place)
        for link in nav.iter(f"{XHTML}a"):
            if not "".join(map(str, link.itertext())).strip() and link.find(f".//{XHTML}img") is None:
                yield error("epub-nav", f"an entry of the table of contents has no text: {link.get('href')}", place)
                break


def _beside(
    book: PackageDocument, member: str, root: etree._Element, in_spine: set[str], pages: set[str]
) -> Iterator[Finding]:
    """5.7: what a page leads to is read in its turn."""
    reported: set[str] = set()
    for link in root.iter(f"{XHTML}a"):
        try:
            parts = urlsplit(link.get("href", "").strip())
        except ValueError:
            continue
        if parts.scheme or parts.netloc or not parts.path:
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(member), unquote(parts.path)))
        if target in pages and target not in in_spine and target not in reported:
            reported.add(target)
            message = f"a link leads to {target}, which is not in the spine: some readers do not open it"
            yield warning("epub-spine", message, book.package.place(member))


def _style(book: PackageDocument, member: str, listed: set[str]) -> Iterator[Finding]:
    place = book.package.place(member)
    text = _COMMENT.sub("", book.package.read(member).decode("utf-8", "replace"))
    if text.count("{") != text.count("}"):
        yield warning("epub-style", "braces do not match: the style is damaged or was cut off", place)
    for found in _URL.finditer(text):
        address = (found[1] or found[2] or "").strip()
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme in {"http", "https"}:
            yield warning("epub-remote", f"the style fetches {address[:100]!r} from a network", place)
        elif not parts.scheme and parts.path:
            target = posixpath.normpath(posixpath.join(posixpath.dirname(member), unquote(parts.path)))
            if target not in listed:
                yield error("epub-link", f"{address[:100]!r} is not in the book", place)
