"""Roman numerals are read and written in one place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from roman_numerals import MAX, RomanNumeral

import coursepack
from coursepack.outline.markers import Markers
from coursepack.text import roman

HOUSE = Path(coursepack.__file__).parent


def counts_in_roman(tree: ast.AST) -> bool:
    """Whether a module has values of Roman letters: a mapping {"x": 10} or pairs (10, "X")."""
    for node in ast.walk(tree):
        pairs: list[tuple[ast.expr | None, ast.expr]] = []
        if isinstance(node, ast.Dict):
            pairs = list(zip(node.keys, node.values, strict=True))
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            pairs = [(node.elts[0], node.elts[1])]
        for pair in pairs:
            values = {item.value for item in pair if isinstance(item, ast.Constant)}
            if values in ({10, "x"}, {10, "X"}, {5, "v"}, {5, "V"}):
                return True
    return False


@pytest.mark.long
def test_nothing_else_counts_in_roman() -> None:
    sources = {path.relative_to(HOUSE).as_posix(): path.read_text("utf-8") for path in sorted(HOUSE.rglob("*.py"))}
    assert [name for name, source in sources.items() if "roman_numerals" in source] == ["text/roman.py"]
    assert [name for name, source in sources.items() if counts_in_roman(ast.parse(source))] == []


def test_classical_numerals_are_the_librarys() -> None:
    for number in range(1, MAX + 1):
        numeral = RomanNumeral(number)
        assert roman.write(number) == numeral.to_uppercase()
        assert roman.read(numeral.to_uppercase()) == roman.read(numeral.to_lowercase()) == number


@pytest.mark.parametrize(("number", "numeral"), [(4000, "MMMM"), (4999, "MMMMCMXCIX"), (32767, "M" * 32 + "DCCLXVII")])
def test_above_the_classical_numerals_thousands_are_repeated(number: int, numeral: str) -> None:
    assert roman.write(number) == numeral
    assert roman.read(numeral) == number


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("IIII", 4),
        ("VIIII", 9),
        ("xxxx", 40),
        ("IC", 99),
        ("Iv", 4),
        ("ІІ", 2),
        ("ХІХ", 19),
        ("хі", 11),
        ("ХXІI", 22),
        ("МСМ", 1900),
    ],
)
def test_numerals_as_people_write_them(numeral: str, number: int) -> None:
    assert roman.read(numeral) == number


@pytest.mark.parametrize("text", ["", " ", "IVA", "1", "И", "ı", "İ", "Ⅳ", "I V", "ИИ", "ß"])
def test_what_is_no_numeral(text: str) -> None:
    assert roman.read(text) is None


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("Лекция IV. Власть", 4),
        ("Лекция ІV. Власть", 4),
        ("Лекция ХІІ. Власть", 12),
        ("Лекция IIII. Власть", 4),
        ("Дәріс ХІ. Билік", 11),
        ("ІІ дәріс. Билік", 2),
        ("Lecture XIV. Power", 14),
        ("Lecture iv. Power", None),
        ("Лекция С. Власть", None),
        ("Лекция М. Власть", None),
        ("Lecture L. Power", None),
    ],
)
def test_numbers_of_headings_in_letters_of_either_script(heading: str, number: int | None) -> None:
    found = [mark.number for mark in Markers().find(heading) if mark.number is not None]
    assert found == ([] if number is None else [number])
