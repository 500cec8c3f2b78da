"""Lists that are counted with letters: places in the alphabet that the list follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import List, block_text
from coursepack.outline.alphabets import positions


@pytest.mark.parametrize("language", ["kk", "ru", "en", ""])
@pytest.mark.parametrize(
    ("letters", "places"),
    [
        ("аәбв", (1, 2, 3, 4)),
        ("абвг", (1, 2, 3, 4)),
        ("абвгдежзик", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
        ("абвгдеё", (1, 2, 3, 4, 5, 6, 7)),
        ("шщыэ", (24, 25, 26, 27)),
        ("abc", (1, 2, 3)),
        ("ғд", (6, 7)),
    ],
)
def test_a_list_says_by_its_steps_which_alphabet_it_follows(
    letters: str, places: tuple[int, ...], language: str
) -> None:
    assert positions(tuple(letters), language) == places


def test_letters_of_several_alphabets_are_counted_as_their_language_does() -> None:
    assert [positions(("в", "г"), language) for language in ("kk", "ru")] == [(4, 5), (3, 4)]
    assert positions(tuple("aбc"), "ru") == (1, 2, 3)
    assert positions(tuple("я中"), "ru") == (28, 1)
    assert [positions(("б",), language) for language in ("kk", "ru", "en")] == [(3,), (2,), (3,)]


def lists(folder: Path, text: str) -> list[tuple[str, int, list[str]]]:
    path = folder / "дәріс.txt"
    path.write_text(text, "utf-8")
    (loaded,) = discovery.find_projects([path])
    blocks = next(build.understand(loaded).course.sessions())[1].blocks
    return [
        (block.marker, block.start, [block_text(item.blocks) for item in block.items])
        for block in blocks
        if isinstance(block, List)
    ]


KK = "Мемлекет – қоғамдық өмірді ұйымдастыратын институт. Ол белгілі бір аумақта билік жүргізеді және заң шығарады.\n"
RU = "Государство есть особая организация власти, которая действует на своей территории. Оно издаёт законы и следит.\n"


@pytest.mark.parametrize(
    ("head", "text", "letters"),
    [
        ("1-дәріс. Билік", KK, "бвгғ"),
        ("1-дәріс. Билік", KK, "абвг"),
        ("1-дәріс. Билік", KK, "бвгд"),
        ("Лекция 1. Власть", RU, "бвгд"),
        ("Лекция 1. Власть", RU, "дежз"),
    ],
)
def test_where_a_list_begins(tmp_path: Path, head: str, text: str, letters: str) -> None:
    starts = {"бвгғ": 3, "абвг": 1, "бвгд": 2, "дежз": 5}
    words = ["полиция", "сенат", "банк", "партия"]
    items = "".join(f"{letter}) {word};\n" for letter, word in zip(letters, words, strict=True))
    found = lists(tmp_path, f"{head}\n\n{text}{text}\n{items}\n{text}")
    assert found == [("lower-alpha", starts[letters], [f"{word};" for word in words])]


def test_lists_in_two_alphabets_stand_beside_each_other(tmp_path: Path) -> None:
    items = "а) полиция;\nб) сенат;\nв) банк.\n", "а) полиция;\nә) сенат;\nб) банк.\n"
    found = lists(tmp_path, f"1-дәріс. Билік\n\n{KK}{KK}\n{items[0]}\n{KK}\n{items[1]}\n{KK}")
    assert [(marker, start, len(texts)) for marker, start, texts in found] == [("lower-alpha", 1, 3)] * 2
