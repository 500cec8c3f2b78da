"""HTML of a package: what a page shows from the package must be there.

A layer of its own for SCORM and archives; cartridges call ``references`` for their pages, topics and questions.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from lxml import etree, html

from coursepack import limits
from coursepack.checks import Grammar
from coursepack.checks.addresses import LONGEST
from coursepack.checks.contents import bare_page, cut_page, error_page, page_encoding
from coursepack.files.package import Package
from coursepack.files.xml import crowded
from coursepack.place import Finding, error, warning

SUFFIXES = (".html", ".htm", ".xhtml")
_SHOWN_IN_PAGE = ("img", "audio", "video", "source", "track", "embed")
_ATTRIBUTES = ("src", "href", "data", "poster")
# Tokens that LMSs put for their own addresses; the package's own files have FILEBASE.
_TOKEN = re.compile(r"\$(?!IMS[-_]CC[-_]FILEBASE\$)[A-Z0-9_-]+\$")
_FILEBASE = re.compile(r"\$IMS[-_]CC[-_]FILEBASE\$/?|%24IMS[-_]CC[-_]FILEBASE%24/?")
_AUTHORS_OWN = re.compile(r"\s*(?:file:|[a-z]:[\\/]|https?://(?:localhost|127\.0\.0\.1)[:/])", re.IGNORECASE)
_MAY_REFER = re.compile(r"\b(?:src|href|data|poster)\s*=", re.IGNORECASE)


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Every page: readable, in UTF-8 or a declared encoding, its local references in the package."""
    for name in package.names():
        if name.lower().endswith(SUFFIXES):
            yield from page(package, name, grammar)


def page(package: Package, name: str, grammar: Grammar) -> Iterator[Finding]:
    """One page of a package."""
    most = limits.now()
    if package.size(name) > most.page_bytes and not package.own:
        message = f"a page of {package.size(name)} bytes was not looked into; at most {most.page_bytes} are"
        yield warning("html-large", message, package.place(name), limits.raised("page-bytes"))
        return
    data = package.read(name)
    if not data.strip():
        yield (error if grammar.closed else warning)("html-empty", "the page is empty", package.place(name))
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if grammar.closed:
            yield error("html-encoding", "the page is not UTF-8", package.place(name))
        text = data.decode("latin-1")
    if not grammar.closed:
        yield from page_encoding(package, name, data)
        yield from cut_page(package, name, data)
        yield from error_page(package, name, data)
        yield from bare_page(package, name, data)
    yield from references(package, name, text, grammar)


def references(package: Package, member: str, text: str, grammar: Grammar, *, line: int = 0) -> Iterator[Finding]:
    """Local references in a text of HTML that stands in ``member``: pictures and media must be in the package.

    A link to a page that is not there is a warning: pages live without it. In ours both are errors.
    """
    if not _MAY_REFER.search(text):
        return
    most = limits.now()
    if text.count("<") + text.count("=") > most.xml_marks and not package.own:
        message = f"more than {most.xml_marks} tags and attributes: what it refers to was not looked up"
        yield warning("html-large", message, package.place(member, line), limits.raised("xml-marks"))
        return
    if crowded(text):
        message = "a tag with hundreds of attributes: what the page refers to was not looked up"
        yield warning("html-large", message, package.place(member, line))
        return
    try:
        root = html.fromstring(_without_declaration(text))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return  # nothing to show: a comment, or blanks
    reported: set[str] = set()
    for element in root.iter("*"):
        for attribute in _ATTRIBUTES:
            address = element.get(attribute)
            if address is None or address in reported:
                continue
            if _AUTHORS_OWN.match(str(address)):
                reported.add(str(address))
                message = f"<{element.tag} {attribute}={str(address)[:100]!r}> is on the author's own machine"
                yield warning("html-own-machine", message, package.place(member, line), "add the file to the package")
                continue
            if found(package, member, str(address)):
                continue
            reported.add(str(address))
            shown = element.tag.lower() in _SHOWN_IN_PAGE
            make = error if shown or grammar.closed else warning
            message = f"<{element.tag} {attribute}={str(address)!r}> is not in the package"
            yield make("html-reference", message, package.place(member, line), "add the file or take the reference out")


def _without_declaration(text: str) -> str:
    # lxml refuses text with an encoding declaration.
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def found(package: Package, member: str, address: str) -> bool:
    """True when an address needs no file, or its file is in the package."""
    address = address.strip()
    if len(address) > LONGEST:
        return address.startswith("data:")  # longer than any name in a package
    if not address or address.startswith(("#", "//", "?", "{", "data:", "javascript:", "mailto:")):
        return True
    if _TOKEN.search(unquote(address)):
        return True
    token = _FILEBASE.search(address)
    path = address[token.end() :] if token else address
    try:
        parts = urlsplit(path)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return True
    if path.startswith("/"):
        return True  # an address of the site it was exported from
    folders = [posixpath.dirname(member)]
    if token:
        folders += ["", "web_resources"]
    name = path.partition("#")[0].partition("?")[0]
    for spelling in dict.fromkeys((name, unquote(name), unquote(path))):
        for folder in folders:
            # Steps out of the package stop at its root, as browsers do with a site's.
            candidate = posixpath.normpath(posixpath.join("/", folder, spelling)).lstrip("/")
            if candidate in package or package.is_folder(candidate):
                return True
    return False
