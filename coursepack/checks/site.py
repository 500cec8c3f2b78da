"""A static web site: pages that lead to each other, ask nothing from outside, and are all kept by its worker.

That files are there is looked at in ``html``. Sources: HTML Living Standard (3.2.6.1: an id is once on a page; 4.2.2: a
title); W3C Content Security Policy Level 3; W3C Service Workers.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import msgspec
from lxml import etree, html

from coursepack.checks import Grammar
from coursepack.files import media
from coursepack.files.hashes import of_files
from coursepack.files.package import Package
from coursepack.files.xml import crowded
from coursepack.place import Finding, Place, error

START = "index.html"
WORKER = "sw.js"
_LOADED = {"script": "src", "link": "href", "img": "src", "audio": "src", "video": "src", "source": "src",
           "track": "src", "iframe": "src", "embed": "src", "object": "data"}  # fmt: skip
"""What a browser fetches without being asked."""
_RUNS = frozenset({None, "", "module", *media.KINDS["script"].types})
"""Types of a script that a browser runs."""
_SCRIPT = "shared/site.js"
_LIST = re.compile(rb"\Aconst SITE = (\{[^\n]*\});\n")


@dataclass(frozen=True)
class _SitePage:
    name: str
    root: etree._Element
    ids: frozenset[str]


class _Kept(msgspec.Struct):
    """What the worker is reported."""

    version: str
    files: list[str]


def check(package: Package, _grammar: Grammar) -> Iterator[Finding]:
    """Every page by itself, then where its links lead, then the worker's list."""
    if START not in package:
        yield error("site-start", f"no {START} in the root: a server shows nothing", package.place())
    pages: dict[str, _SitePage] = {}
    for name in package.names():
        if name.endswith(".html"):
            page = _read(package, name)
            if page is None:
                yield error("site-page", "the page cannot be read", package.place(name))
                continue
            pages[name] = page
            yield from _alone(package, page)
    for page in pages.values():
        yield from _links(package, page, pages)
    yield from _worker(package)


def _read(package: Package, name: str) -> _SitePage | None:
    text = package.read(name).decode("utf-8", "replace")
    if crowded(text):
        return None
    try:
        root = html.document_fromstring(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return _SitePage(name, root, frozenset(str(each.get("id")) for each in root.iter("*") if each.get("id")))


def _alone(package: Package, page: _SitePage) -> Iterator[Finding]:
    place = package.place(page.name)
    if not (page.root.get("lang") or "").strip():
        yield error("site-language", "the page does not say its language", place)
    if not (page.root.findtext(".//title") or "").strip():
        yield error("site-title", "the page has no title", place)
    stated = page.root.xpath("//meta[translate(@http-equiv,'CEINOPRSTUY','ceinoprstuy')='content-security-policy']")
    if not stated:
        yield error("site-policy", "the page has no content security policy", place)
    counted = Counter(str(each.get("id")) for each in page.root.iter("*") if each.get("id"))
    for name, times in counted.items():
        if times > 1:
            yield error("site-id", f"the id {name!r} is on the page {times} times", place)
    yield from _inside(page, place)
    for element in page.root.iter(*_LOADED):
        address = (element.get(_LOADED[str(element.tag)]) or "").strip()
        if address.startswith("//") or urlsplit(address).scheme not in {"", "data"}:
            yield error("site-outside", f"<{element.tag}> is fetched from outside: {address}", place)


def _inside(page: _SitePage, place: Place) -> Iterator[Finding]:
    """What the page's own policy stops, and pictures without words."""
    if any(each.get("src") is None and each.get("type") in _RUNS for each in page.root.iter("script")):
        yield error("site-inline", "a script is in the page, but its policy blocks it", place)
    names = (str(name) for each in page.root.iter("*") for name in each.attrib)
    if handler := next((name for name in names if name.startswith("on")), ""):
        yield error("site-inline", f"{handler} stands in the page: its policy stops it", place)
    if any(each.get("alt") is None for each in page.root.iter("img")):
        yield error("site-alt", "a picture has no alternative text (alt)", place)


def _links(package: Package, page: _SitePage, pages: dict[str, _SitePage]) -> Iterator[Finding]:
    reported: set[str] = set()
    for link in page.root.iter("a"):
        address = (link.get("href") or "").strip()
        if not address or address in reported:
            continue
        reported.add(address)
        try:
            parts = urlsplit(address)
        except ValueError:
            continue
        if parts.scheme or parts.netloc:
            continue
        path = unquote(parts.path)
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path)) if path else page.name
        place = package.place(page.name)
        if parts.path.startswith("/") or target.startswith("../"):
            yield error("site-link", f"the link {address!r} leaves the site's folder", place)
        elif target not in package:
            yield error("site-link", f"the link {address!r} leads nowhere", place)
        elif (target in pages and parts.fragment) and unquote(parts.fragment) not in pages[target].ids:
            yield error("site-link", f"nothing on {target} is called {unquote(parts.fragment)!r}", place)


def _worker(package: Package) -> Iterator[Finding]:
    """The worker's list names every file but films, and none that is not there: one missing stops all of it."""
    for name in package.names():
        if name.endswith((".js", ".css")) and not package.size(name):
            yield error("site-empty", "the file is empty", package.place(name))
    if WORKER not in package:
        if _SCRIPT in package and WORKER.encode() in package.read(_SCRIPT):
            yield error("site-worker", f"{WORKER} is not there, and the pages ask for it", package.place(_SCRIPT))
        return
    found = _LIST.match(package.read(WORKER))
    try:
        kept_list = msgspec.json.decode(found[1], type=_Kept) if found else None
    except msgspec.DecodeError:
        kept_list = None
    place = package.place(WORKER)
    if kept_list is None:
        yield error("site-worker", "the worker does not say which files it keeps", place)
        return
    kept = set(kept_list.files) - {"./"}
    for name in sorted(kept - set(package.names())):
        yield error("site-worker", f"{name} is to be kept and is not there: nothing will be kept", place)
    if (
        kept <= set(package.names())
        and kept_list.version
        != of_files((name, package.read(name)) for name in kept_list.files if name != "./")[: len(kept_list.version)]
    ):
        message = "files were changed after the worker was made: who was here before is shown the old ones"
        yield error("site-version", message, place, "build the site again")
    films = {name for name in package.names() if (media.named(name).types or ("",))[0].startswith("video/")}
    for name in sorted(set(package.names()) - kept - films - {WORKER}):
        yield error("site-worker", f"{name} is not kept for reading without a network", place)
