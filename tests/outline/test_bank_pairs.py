"""Matching questions: points and answers beside one another, and the forms of their keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import Matching
from coursepack.outline.bank.key_text import matched, pairs_stated
from tests.outline.documents import Word


def _course(path: Path) -> Course:
    course = build.understand(discovery.find_projects([path])[0]).course
    assert course is not None
    return course


def _pairs(path: Path) -> list[tuple[str, list[str]]]:
    exam = _course(path).exam
    assert exam is not None
    return [
        (
            " ".join(block_text(one.text).split()),
            [f"{block_text(pair.question)} = {block_text(pair.answer)}" for pair in one.pairs]
            if isinstance(one, Matching)
            else [type(one).__name__],
        )
        for one in exam.questions
    ]


def _text(folder: Path, text: str) -> list[tuple[str, list[str]]]:
    path = folder / "file.txt"
    path.write_text(text, encoding="utf-8")
    return _pairs(path)


TWO = [
    ("Match the words.", ["cat = кот", "dog = пёс"]),
    ("Match the capital.", ["Rome = Italy", "Paris = France"]),
]
ROWS = """1. Match the words.
1) cat  a) кот
2) dog  b) пёс
{0}1-a, 2-b{1}

2. Match the capital.
1) Rome  a) France
2) Paris  b) Italy
{0}1-b, 2-a{1}
"""


@pytest.mark.parametrize(("before", "behind"), [("Key: ", ""), ("", ""), ("(", ")"), ("«", "»"), ("Answer – ", ".")])
def test_a_document_of_rows_of_pairs_alone_is_a_test(tmp_path: Path, before: str, behind: str) -> None:
    assert _text(tmp_path, ROWS.format(before, behind)) == TWO


def test_a_word_for_what_is_asked_stands_over_rows(tmp_path: Path) -> None:
    text = "Сәйкестендіріңіз\n\n" + ROWS.format("Жауабы: ", "")
    assert _text(tmp_path, text) == TWO


def test_keys_of_pairs_stand_at_the_end_by_number(tmp_path: Path) -> None:
    text = ROWS.replace("{0}1-a, 2-b{1}\n", "").replace("{0}1-b, 2-a{1}\n", "")
    text += "\n3. Match colours.\n1. red   A. синий\n2. blue   B. красный\n3. green   C. зелёный\n"
    text += "\nAnswers\n1. 1-a, 2-b\n2. 1-b, 2-a\n3. 1-B, 2-A, 3-C\n"
    colours = ("Match colours.", ["red = красный", "blue = синий", "green = зелёный"])
    assert _text(tmp_path, text) == [*TWO, colours]


def test_letters_beside_numbers_in_a_table_with_a_head(tmp_path: Path) -> None:
    word = Word().p("Тест")
    for n, (rows, key) in enumerate(
        [
            ([("cat", "кот"), ("dog", "пёс"), ("cow", "корова")], "А-1, Б-2, В-3"),
            ([("Рим", "Франция"), ("Париж", "Италия"), ("Мадрид", "Испания")], "А2Б1В3"),
            ([("один", "two"), ("два", "one"), ("три", "three")], "213"),
        ],
        1,
    ):
        word.p(f"{n}. Установите соответствие:")
        body = [[f"{c}) {a}", f"{i}) {b}"] for c, i, (a, b) in zip("АБВ", "123", rows, strict=True)]
        word.table([["СЛОВО", "ПЕРЕВОД"], *body]).p(f"Ответ: {key}")
    assert _pairs(word.save(tmp_path / "a.docx")) == [
        ("Установите соответствие: СЛОВО ПЕРЕВОД", ["cat = кот", "dog = пёс", "cow = корова"]),
        ("Установите соответствие: СЛОВО ПЕРЕВОД", ["Рим = Италия", "Париж = Франция", "Мадрид = Испания"]),
        ("Установите соответствие: СЛОВО ПЕРЕВОД", ["один = one", "два = two", "три = three"]),
    ]


def test_what_pairs_say() -> None:
    assert matched("А2Б1В3") == (("A", "2"), ("Б", "1"), ("B", "3"))
    assert pairs_stated("(1-a, 2-b)") == pairs_stated("Key: 1-a, 2-b") == (("1", "A"), ("2", "B"))
    assert pairs_stated("Ответ: ① Б ② А") == (("1", "Б"), ("2", "A"))  # no digit stands in it
    assert pairs_stated("1-a кот, 2-b пёс") == pairs_stated("Unit 1 and 2") == ()
