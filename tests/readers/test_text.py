"""Plain text in the encodings that occur."""

from __future__ import annotations

import pytest

from coursepack.model.document import Line
from coursepack.place import CoursepackError
from coursepack.readers.text import read

TEXT = "1-дәріс. Билік ұғымы\r\nБилік – қоғамды басқару.\r\n"
RUSSIAN = "Лекция 1. Понятие власти\nВласть есть способность влиять на других людей.\n"


def lines(data: bytes, encoding: str | None = None) -> list[str]:
    return [unit.text for unit in read("a.txt", data, encoding=encoding).units if isinstance(unit, Line)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode(encoding: str) -> None:
    assert lines(TEXT.encode(encoding))[:2] == ["1-дәріс. Билік ұғымы", "Билік – қоғамды басқару."]


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "cp866"])
def test_old_encodings(encoding: str) -> None:
    document = read("a.txt", (RUSSIAN * 5).encode(encoding))
    assert next(u.text for u in document.units if isinstance(u, Line)) == "Лекция 1. Понятие власти"
    assert [f.code for f in document.findings] == ["reading-encoding"]


def test_the_encoding_that_was_named_is_believed() -> None:
    assert lines(RUSSIAN.encode("cp1251"), "cp1251")[0] == "Лекция 1. Понятие власти"
    with pytest.raises(CoursepackError, match="not utf-8 at byte 0"):
        lines(RUSSIAN.encode("cp1251"), "utf-8")
    with pytest.raises(CoursepackError, match="is unknown"):
        lines(b"a", "klingon")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends(ending: str) -> None:
    assert lines(f"a{ending}{ending}b".encode()) == ["a", "", "b"]


def test_form_feeds_begin_pages() -> None:
    units = [u for u in read("a.txt", "а\nб\n\fв\n".encode()).units if isinstance(u, Line)]
    assert [(u.text.strip(), u.page, u.page_start) for u in units][:3] == [
        ("а", 1, False),
        ("б", 1, False),
        ("в", 2, True),
    ]


def test_a_letter_and_its_breve_are_one() -> None:
    assert lines("и\u0306".encode())[0] == "й"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.4\n...", "a PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (bytes(range(256)) * 4, "binary"),
        (b"\x89PNG\r\n", "picture"),
        (b"  \n \n", "no text"),
    ],
)
def test_what_is_no_text_is_refused_with_a_word(data: bytes, word: str) -> None:
    with pytest.raises(CoursepackError, match=word):
        read("a.txt", data)
