"""Encodings of Cyrillic texts, and texts that were read in a wrong one."""

from __future__ import annotations

import pytest

from coursepack.outline.markers import standard
from coursepack.outline.stream import stream
from coursepack.readers.text import decode, read
from coursepack.text.encodings import misread

KAZAKH = (
    "Қазақстан тарихы пәні бойынша дәрістер. Ғылым мен білім өзара байланысты, әлеуметтік ұғымдар түсіндіріледі.\n"
    "Өнер, үндестік, һәм ұлттық дүниетаным туралы мәтін: «Тілің тұтқыр ғой».\n"
)
RUSSIAN = (
    "Лекция первая. Почвоведение как наука о почве, её происхождении и свойствах.\n"
    "Ёмкость поглощения; тёмное вещество. Вопросы для повторения: что такое подзол?\n"
)
UKRAINIAN = "Лекція перша. Ґрунтознавство як наука про ґрунти, їхнє походження та властивості. Є питання?\n"
SERBIAN = "Предавање прво. Љубав према књижевности, њена историја и ђаци који уче језик. Шта је то?\n"
UNICODE = ["utf-8", "utf-16-le", "utf-16-be"]
CYRILLIC = ["cp1251", "koi8_u", "cp866", "mac_cyrillic", "iso8859_5"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((KAZAKH, encoding) for encoding in ("kz1048", "ptcp154", *UNICODE)),
        *((RUSSIAN, encoding) for encoding in (*CYRILLIC, "koi8_r", *UNICODE)),
        *((RUSSIAN.upper(), encoding) for encoding in CYRILLIC),
        *((UKRAINIAN, encoding) for encoding in ("cp1251", "koi8_u", "mac_cyrillic", *UNICODE)),
        *((SERBIAN, encoding) for encoding in ("cp1251", "mac_cyrillic", "iso8859_5", *UNICODE)),
        *(("Что такое подзол?\n", encoding) for encoding in CYRILLIC),
        ("Course «Soils»: " + "plain letters " * 20 + RUSSIAN * 4, "cp1251"),
        ("Café crème à la carte, déjà vu, élève\n", "cp1252"),
    ],
)
def test_the_text_is_read_in_the_encoding_that_it_is_in(text: str, encoding: str) -> None:
    assert decode("a.txt", text.encode(encoding))[0] == text


def test_the_encoding_is_told() -> None:
    for text, encoding, said in ((KAZAKH, "kz1048", "kz1048"), (RUSSIAN, "cp1251", "windows-1251")):
        (finding,) = read("a.txt", text.encode(encoding)).findings
        assert finding.message == f"read as {said}"


@pytest.mark.parametrize("encoding", ["cp1251", "latin_1"])
def test_utf_8_that_was_read_as_something_else_is_told(encoding: str) -> None:
    broken = "Тарих туралы мәтін".encode().decode(encoding)
    document = read("a.txt", f"Дұрыс жол осында.\n{broken}\n".encode())
    found = [
        f for f in stream(document, "textbook", standard()).findings if getattr(f, "code", "") == "reading-mojibake"
    ]
    assert len(found) == 1
    assert "3 passages" in str(getattr(found[0], "message", ""))


def test_windows_1251_that_was_read_as_latin_is_told() -> None:
    words = RUSSIAN.encode("cp1251").decode("cp1252")
    assert misread(words)[:2] == ["Ëåêöèÿ", "ïåðâàÿ"]


@pytest.mark.parametrize("text", [KAZAKH, RUSSIAN, UKRAINIAN, "élève Größe Ærøskøbing naïveté øøøø æææææ", "Ð°Ñ"])
def test_a_text_that_is_right_is_no_such_text(text: str) -> None:
    assert misread(text) == []
