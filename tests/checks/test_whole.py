"""Files inside of packages that were cut off or lost bytes."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from coursepack.checks import contents, whole
from coursepack.files.package import Package

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>Билік</title><path d="M0 0"/></svg>'.encode()
FONT = struct.pack(">4s4sI", b"wOF2", b"\0\1\0\0", 64) + bytes(52)


def archive(comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", "<w/>" * 200)
        made.comment = comment
    return out.getvalue()


def said(name: str, data: bytes) -> list[tuple[str, str]]:
    package = Package.of_members("a.zip", [(name, data)])
    return [(one.code, one.message) for one in whole.findings(package)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", SVG),
        ("a.svg", b'<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a.dtd">' + SVG),
        ("a.svg", b"<!-- of a program -->\n" + SVG),
        ("a.svgz", b"\x1f\x8b"),
        ("a.woff2", FONT),
        ("a.woff", FONT.replace(b"wOF2", b"wOFF")),
        ("a.woff", b"no font of the web at all"),
        ("a.docx", archive()),
        ("a.zip", archive(b"a comment")),
        ("a.docx", b"no archive: another check says so"),
        ("a.txt", SVG[:20]),
        ("a.svg", b""),
    ],
)
def test_what_is_whole_is_let_pass(name: str, data: bytes) -> None:
    assert said(name, data) == []


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.svg", SVG[:-9], "the drawing cannot be shown: "),
        ("a.SVG", SVG.replace(b"<path", b"<pa\0h"), "the drawing cannot be shown: "),
        ("a.svg", SVG + b"<html></html>", "the drawing cannot be shown: "),
        ("a.woff2", FONT[:-1], "the font says that it has 64 bytes, and has 63: it was cut off or changed"),
        ("a.woff", FONT + b"\0", "the font says that it has 64 bytes, and has 65: it was cut off or changed"),
        ("a.woff2", b"wOF2", "the font ends before its beginning does"),
        ("a.docx", archive()[:-1], "the file ends before its directory does: it was cut off, and no program opens it"),
        ("a.xlsx", archive()[:200], "the file ends before its directory does: it was cut off, and no program opens it"),
        ("a.pptx", archive()[:40] + archive()[104:], "its directory says that it is longer than it is: bytes of it w"),
    ],
)  # fmt: skip
def test_what_lost_bytes_is_told(name: str, data: bytes, message: str) -> None:
    ((code, text),) = said(name, data)
    assert code == "content-cut"
    assert text.startswith(message)


PAGE = b"<!DOCTYPE html><html><head><title>A</title></head><body><p>Text.</p></body></html>"


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (PAGE, []),
        (PAGE.removesuffix(b"</html>"), []),
        (PAGE.replace(b"</body>", b""), []),
        (b"<p>Only a piece of a page", []),
        (b"<!DOCTYPE html><title>A</title><p>HTML 5 lets ends be left out", []),
        (PAGE.removesuffix(b"</p></body></html>"), ["html-cut"]),
        (PAGE[:-16], ["html-cut"]),
        (PAGE.replace(b"Text.", b"&nbsp; <!-- a --> "), ["html-nothing"]),
        (b"<html><head><title>A</title><style>p {}</style></head><body></body></html>", ["html-nothing"]),
        (PAGE.replace(b"Text.", b'<img src="a.png">'), []),
        (PAGE.replace(b"<p>Text.</p>", b'<script src="a.js"></script>'), []),
        (b'<html><head><meta http-equiv="refresh" content="0; url=a.html"></head><body></body></html>', []),
    ],
)
def test_pages_that_end_early_or_show_nothing(data: bytes, codes: list[str]) -> None:
    package = Package.of_members("a.zip", [("a.html", data)])
    found = [*contents.cut_page(package, "a.html", data), *contents.bare_page(package, "a.html", data)]
    assert [one.code for one in found] == codes


def test_a_page_that_is_called_blank_may_show_nothing() -> None:
    data = PAGE.replace(b"Text.", b"")
    package = Package.of_members("a.zip", [("story/blank.html", data), ("story/a.html", data)])
    assert list(contents.bare_page(package, "story/blank.html", data)) == []
    assert [one.code for one in contents.bare_page(package, "story/a.html", data)] == ["html-nothing"]


def test_letters_of_another_encoding_in_a_comment_are_seen_by_nobody() -> None:
    package = Package.of_members("a.zip", [("a.html", PAGE)])
    hidden, shown = PAGE.replace(b"<p>", b"<!-- \xa9 2013 --><p>"), PAGE.replace(b"Text", b"\xa9 2013")
    assert list(contents.page_encoding(package, "a.html", hidden)) == []
    [told] = contents.page_encoding(package, "a.html", hidden.replace(b"Text", b"\xa9"))
    assert (told.code, f"byte {hidden.index(b'Text')} " in told.message) == ("html-encoding", True)
    assert [one.code for one in contents.page_encoding(package, "a.html", shown)] == ["html-encoding"]
