"""What a member is called and what is in it: an empty picture, a page of an error that was saved as a picture, letters
in another encoding than the page says.

Whole packages are exported with such files, and nobody sees it before a learner does. Nothing of it stops an import.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from coursepack.checks import whole
from coursepack.checks.detect import head
from coursepack.files import media
from coursepack.files.package import DAMAGE, Package
from coursepack.place import CoursepackError, Finding, warning

_PICTURE = re.compile(
    rb"\x89PNG|\xff\xd8\xff|GIF8|BM|RIFF....WEBP|II\*\x00|MM\x00\*|\x00\x00\x01\x00|....ftyp|8BPS|\s*<(?:\?xml|svg|!--)",
    re.DOTALL,
)
"""Beginnings of pictures that browsers show whatever a file is called."""
_WITHIN = 1024
"""Bytes in which a PDF says that it is one, for readers that look further than its first byte."""
_PDF = media.KINDS["pdf"]
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_RUN = frozenset({".css", ".js", ".mjs", ".json", ".woff", ".woff2", ".ttf", ".otf"})
"""Endings of what a page asks for to look and work as it should."""
_FONTS = frozenset({".woff", ".woff2", ".ttf", ".otf"})
_TAIL = 1 << 16
_LARGEST = 32 << 20
"""Bytes of a picture whose end is looked at."""
_SMALL_PAGE = 8 << 10
_ERROR_TITLE = re.compile(
    rb"<title[^>]*>\s*(?:(?:error\s*)?(?:403|404|410|50[0234])\b[^<]*|[^<]{0,40}"
    rb"(?:not found|forbidden|bad gateway|service unavailable|internal server error)[^<]{0,40})</title",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    rb"<(?:img|svg|video|audio|object|embed|i?frame|canvas|script|input|button|textarea|form|math|hr)\b|http-equiv",
    re.IGNORECASE,
)
"""What a page can show, or lead to, without a letter."""
_EXCLUDED = re.compile(
    rb"<(title|style|noscript)\b[^>]*>.*?</\1\s*>|<!--.*?-->|<[^>]*>|&(?:nbsp|#160);", re.IGNORECASE | re.DOTALL
)
_CLOSED = re.compile(rb"</(?:html|body|frameset)\s*>", re.IGNORECASE)
"""Either end will do: pages are written without one of them, and seldom without both."""
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_BLANK = re.compile(r"blank|empty|dummy|spacer", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.-]+)""", re.IGNORECASE)


def media_findings(package: Package) -> Iterator[Finding]:
    """Pictures, films, sounds and PDFs that are empty, or something else."""
    for name in package.names():
        kind = media.named(name)
        if not (kind.shown and (kind.is_picture or media.played(name) != "file")) and kind is not _PDF:
            continue
        if package.size(name) == 0:
            yield warning("content-empty", "the file is empty", package.place(name), "add the file again")
        elif stated := _other(kind, head(package, name, _WITHIN)):
            yield warning("content-other", stated, package.place(name), "add the file itself again")
        elif kind.pixels and _ends_early(package, name):
            message = "the picture is incomplete: the file was cut off"
            yield warning("content-cut", message, package.place(name), "add the file again")
    yield from _run(package)
    yield from whole.findings(package)


def _run(package: Package) -> Iterator[Finding]:
    """Styles, scripts and fonts in whose place a server's page was saved, and fonts of no bytes."""
    for name in package.names():
        ending = posixpath.splitext(name)[1].lower()
        if ending not in _RUN:
            continue
        if ending in _FONTS and package.size(name) == 0:
            yield warning("content-empty", "the file is empty", package.place(name), "add the file again")
        elif package.size(name) and _PAGE.match(head(package, name, _WITHIN)):
            message = (
                "is a web page, not a style sheet, script or font: probably an error page that was saved in its place"
            )
            yield warning("content-other", message, package.place(name), "add the file itself again")


def _ends_early(package: Package, name: str) -> bool:
    """Whether a picture lacks what stands at the end of its kind."""
    kind = media.picture(head(package, name, 8))
    end = kind.end if kind else b""
    if not end or package.size(name) > _LARGEST:
        return False
    tail = b""
    try:
        for chunk in package.chunks(name):
            tail = (tail + chunk)[-_TAIL:]
    except (CoursepackError, *DAMAGE):
        return False  # the container's check names the damage
    return end not in tail


def _other(kind: media.MediaKind, data: bytes) -> str:
    """What is wrong about the beginning of a file that is called so; nothing about one that could not be read."""
    if not data:
        return ""
    if _PAGE.match(data):
        return "is a web page, not a picture, film, sound or PDF: probably an error page that was saved in its place"
    if kind.pixels and not _PICTURE.match(data):
        return "is not a picture: its first bytes are not those of one"
    if kind is _PDF and not any(_PDF.begins(line) for line in (data, *data.splitlines())):
        return "is not a PDF: its first bytes are not those of one"
    return ""


def page_encoding(package: Package, name: str, data: bytes) -> Iterator[Finding]:
    """A page whose bytes are not in the encoding that it says, or that browsers take (UTF-8)."""
    stated = _CHARSET.search(data[:1024])
    encoding = stated[1].decode().lower() if stated else "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or encoding not in {"utf-8", "utf8"}:
        return
    place, advice = package.place(name), "save it as UTF-8"
    if b"\0" in data:
        yield warning("html-encoding", "the page holds NUL bytes: it is in UTF-16, or no page", place, advice)
        return
    try:
        # A © in a comment is seen by nobody; blanks keep the place of the next byte.
        _COMMENT.sub(lambda found: b" " * len(found[0]), data).decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        message = f"the page is not in UTF-8, from byte {problem.start} on: browsers will show wrong characters"
        yield warning("html-encoding", message, place, advice)


def error_page(package: Package, name: str, data: bytes) -> Iterator[Finding]:
    """A short page whose title is what a web server says when it has none."""
    called = posixpath.basename(name).lower()
    if len(data) <= _SMALL_PAGE and "404" not in called and "error" not in called and _ERROR_TITLE.search(data):
        message = "the page is an error page of a web server that was saved in place of the real page"
        yield warning("html-error-page", message, package.place(name), "add the page itself again")


def cut_page(package: Package, name: str, data: bytes) -> Iterator[Finding]:
    """A page that ends within a tag, or that opened its body and has no end."""
    if data.rfind(b"<") > data.rfind(b">") and not data[data.rfind(b"<") + 1 :][:1].isspace():
        yield warning(
            "html-cut", "the page ends inside a tag: the file was cut off", package.place(name), "export it again"
        )
    elif b"<html" in (begin := data[:_TAIL].lower()) and b"<body" in begin and not _CLOSED.search(data):
        message = "the page has a beginning and no end: it may have been cut off"
        yield warning("html-cut", message, package.place(name), "export it again")


def bare_page(package: Package, name: str, data: bytes) -> Iterator[Finding]:
    """A short page on which nobody sees anything; players keep one that is called so, to fill a frame with."""
    if _BLANK.search(posixpath.basename(name)):
        return
    if len(data) <= _SMALL_PAGE and not _SHOWS.search(data) and not _EXCLUDED.sub(b"", data).strip():
        yield warning("html-nothing", "the page is empty: no text, no picture", package.place(name))
