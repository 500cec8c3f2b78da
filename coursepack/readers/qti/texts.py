"""Texts of items → blocks, with the pictures and files that lie in the package."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from coursepack import limits
from coursepack.files import media
from coursepack.files.package import Package
from coursepack.model.blocks import Blocks, Media, Picture
from coursepack.place import CoursepackError
from coursepack.readers import pictures, question_text
from coursepack.readers.attached import attached, beside
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.qti import looks
from coursepack.readers.streams import ReadingSession

Element = etree._Element
_BASE = re.compile(r"(?:\$|%24)IMS-CC-FILEBASE(?:\$|%24)/?", re.IGNORECASE)
_BLACKBOARD = re.compile(r"@X@EmbeddedFile\.\w+@X@(.*)", re.DOTALL)
_XID = re.compile(r"xid-(\d+_\d+)")
_NAMED = re.compile(r"data:[^,;]*;name=([^,;]*);", re.IGNORECASE)
"""A file inside a document, which keeps its name (RFC 2397 allows parameters)."""
_OUTSIDE = ("http:", "https:", "data:", "mailto:", "//")
_FOLDERS = ("", "web_resources/", "Uploaded Media/", "resources/")
"""Where systems keep what they call the base of files."""


@dataclass(frozen=True)
class PackageFiles:
    """What a document shows lies in its ``package``, addressed from the ``folder`` of the document and the ``root`` of
    the package; where a document is alone, beside it in ``near``."""

    package: Package
    folder: str = ""
    root: str = ""
    near: Path | None = None

    def at(self, member: str) -> PackageFiles:
        """The same for the texts of that member."""
        return PackageFiles(self.package, posixpath.dirname(member), self.root, self.near)

    def find(self, address: str) -> str | None:
        """The member that an address means."""
        path = unquote(address).partition("?")[0].partition("#")[0].strip().replace("\\", "/")
        if not path or path.lower().startswith(_OUTSIDE):
            return None
        if found := _BLACKBOARD.match(path):
            return self._blackboard(found[1])
        based = _BASE.sub("", path)
        ways = [posixpath.join(self.folder, based), *(posixpath.join(self.root, each, based) for each in _FOLDERS)]
        tried = (posixpath.normpath(way).lstrip("/") for way in (ways if based == path else ways[::-1]))
        return next((way for way in tried if way in self.package), None)

    def _blackboard(self, path: str) -> str | None:
        """Blackboard names what lies in csfiles/ by a number."""
        found = _XID.search(path)
        mark = f"__xid-{found[1]}." if found else f"/{path.rpartition('/')[2]}"
        return next((name for name in self.package.names() if mark in f"/{name}"), None)

    def read(self, address: str, limit: str) -> bytes | None:
        """The bytes under an address, None where there are none or more than the limit allows."""
        member = self.find(address)
        if member is not None:
            if self.package.size(member) > limits.of(limit):
                return None
            try:
                return self.package.read(member)
            except CoursepackError:
                return None
        if self.near is None or address.lower().startswith(_OUTSIDE):
            return None
        return beside(self.near, address, limit=limit, follow_links=False)[0]


class ItemTexts:
    """Blocks of one item after another; pictures and files go to the session's assets."""

    def __init__(self, session: ReadingSession) -> None:
        self.session = session
        self.files: PackageFiles | None = None
        self.html = HtmlReader(picture=self._picture, file=self._file, lost=session.lost, top=3)

    def of_tree(self, element: Element) -> Blocks:
        """The blocks inside an element of HTML without a namespace."""
        for each in element.iter("object"):
            _as_image(each)
        looks.seen(element)
        try:
            return self.html.of_tree(element)
        except RecursionError:
            return self.html.blocks(etree.tostring(element, encoding="unicode", method="html"))

    def of_html(self, html: str) -> Blocks:
        return question_text.blocks(html, "html", self.html)

    def of_plain(self, text: str) -> Blocks:
        return question_text.blocks(text, "plain", self.html)

    def _picture(self, address: str, alt: str, width: int | None, height: int | None) -> Picture | None:
        inline = pictures.inline(address)
        data = inline[0] if inline else self._bytes(address, "picture-bytes")
        return question_text.picture(data, alt, width, height, self.session)

    def _file(self, address: str) -> Media | None:
        inline = pictures.inline(address)
        found = inline[0] if inline else self._bytes(address, "file-bytes")
        if found is None or (inline and _is_markup(address, found)):
            return None
        result = attached(found, _name(address) if inline else address)
        self.session.assets.data.setdefault(result.asset, found)
        return result

    def _bytes(self, address: str, limit: str) -> bytes | None:
        return None if self.files is None else self.files.read(address, limit)


Find = Callable[[str], str | None]
_MARKUP = ("+xml", "/xml", "html", "javascript", "ecmascript")
"""Ends of media types whose files a browser runs."""
_BEFORE_MARKUP = b"\xef\xbb\xbf\xfe\xff\x00 \t\r\n"


def _name(address: str) -> str:
    """What the file of a ``data:`` address is called."""
    named = _NAMED.match(address)
    return named[1] if named else f"file{media.ending(_kind(address))}"


def _kind(address: str) -> str:
    """The media type that a ``data:`` address states."""
    return address[len("data:") :].partition(",")[0].partition(";")[0].strip().lower()


def _is_markup(address: str, data: bytes) -> bool:
    """Whether a ``data:`` address holds a page or a drawing, which could run what nobody cleaned: by its type or by
    its bytes, whatever type it states."""
    return _kind(address).endswith(_MARKUP) or data.lstrip(_BEFORE_MARKUP).startswith(b"<")


def _as_image(element: Element) -> None:
    """An ``object`` that is a picture as HTML shows one; what it holds are the words that stand for it."""
    address = element.get("data", "")
    if not (element.get("type", "").startswith("image/") or media.named(address).is_picture):
        return
    alt = " ".join("".join(map(str, element.itertext())).split())
    tail, size = element.tail, {name: element.get(name, "") for name in ("width", "height") if element.get(name)}
    element.clear()
    element.tag, element.tail = "img", tail
    for name, value in {"src": address, "alt": alt, **size}.items():
        element.set(name, value)
