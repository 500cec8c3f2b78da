"""A page in one file, as browsers save it: quoted letters, pictures by address and by id, and what is none."""

from __future__ import annotations

import base64
import contextlib
import quopri
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursepack import limits, readers
from coursepack.files.hashes import sha256
from coursepack.model.blocks import inline_text
from coursepack.model.document import Para
from coursepack.place import CoursepackError
from coursepack.readers.html.mhtml import read
from tests.samples import PNG

PAGE = (
    "<html><head><meta charset='{charset}'><title>Жасуша</title></head><body><h1>1-дәріс. Жасуша</h1><p>Мәтін.</p>"
    "<img src='https://e.kz/a/p.png' alt='бір'><img src='p2.png' alt='екі'><img src='cid:x@y' alt='үш'>"
    "<img src='https://e.kz/gone.png'><script>run()</script></body></html>"
)


def part(kind: str, data: bytes, *headers: str) -> bytes:
    head = [f"Content-Type: {kind}", "Content-Transfer-Encoding: base64", *headers]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + base64.encodebytes(data) + b"\r\n"


def saved(charset: str = "utf-8", *more: bytes) -> bytes:
    page = quopri.encodestring(PAGE.format(charset=charset).encode(charset))
    first = (
        f"Content-Type: text/html; charset={charset}\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        "Content-Location: https://e.kz/a/page.html\r\n\r\n"
    ).encode() + page
    parts = [
        first,
        part("image/png", PNG, "Content-Location: https://e.kz/a/p.png"),
        part("image/png", PNG + b" ", "Content-Location: https://e.kz/a/p2.png"),
        part("image/png", PNG + b"  ", "Content-ID: <x@y>"),
        part("text/css", b"p{}", "Content-Location: https://e.kz/a.css"),
        *more,
    ]
    head = b'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
    return head + b"".join(b"--B\r\n" + each + b"\r\n" for each in parts) + b"--B--\r\n"


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_saved_page_is_read_with_its_pictures(charset: str) -> None:
    found = read("a.mhtml", saved(charset))
    assert [inline_text(unit.content) for unit in found.units if isinstance(unit, Para)][:2] == [
        "1-дәріс. Жасуша",
        "Мәтін.",
    ]
    assert sorted(found.assets) == sorted(sha256(PNG + blank) for blank in (b"", b" ", b"  "))
    assert found.properties["title"] == "Жасуша"
    assert [finding.message for finding in found.findings if "picture" in finding.message] == [
        "1 × a picture that is elsewhere: save it next to the text: https://e.kz/gone.png"
    ]


def test_it_is_found_by_its_ending(tmp_path: Path) -> None:
    for name in ("a.mhtml", "b.MHT"):
        (tmp_path / name).write_bytes(saved())
        assert readers.is_document_file(tmp_path / name)
        assert len(readers.read(tmp_path / name, name).assets) == 3


@pytest.mark.parametrize(
    "data",
    [
        b"just text",
        b"\0\1\2" * 99,
        b"Content-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--\r\n",
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        b"Content-Type: multipart/mixed; boundary=B\r\n\r\n" * 3000,
    ],
)
def test_what_is_no_saved_page_is_told(data: bytes) -> None:
    with pytest.raises(CoursepackError, match=r"no web page in it|nested too deep|no text in it"):
        read("a.mhtml", data)


def test_a_picture_beyond_the_limit_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(limits.VARIABLE, "picture-bytes=10")
    found = read("a.mhtml", saved())
    assert found.assets == {}
    assert "3 × a picture that is larger than 10 bytes" in " ".join(each.message for each in found.findings)


@given(st.lists(st.tuples(st.integers(0, 3000), st.binary(min_size=1, max_size=4)), max_size=6))
def test_a_damaged_one_is_read_or_told(changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(saved())
    for at, new in changes:
        data[at : at + len(new)] = new
    with contextlib.suppress(CoursepackError):
        read("a.mhtml", bytes(data))
