"""AST-Test, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import (
    Answer,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    Question,
    ShortAnswer,
)
from coursepack.place import Finding, Place
from coursepack.readers import read_questions
from tests.readers.word import p, package

CHOICE = "I: 1; mt=0,1\nS: Ячейку очищает\n+: клавиша Delete\n-: меню\n"
WHOLE = f"""F1: Информатика
V1: Общие задания
V2: Текстовые
{CHOICE}
I: 2
Q: Введите число
S: Энергия равна ### Дж
+: 9,9
TOL: 0,1
V2: Иные
I: 3
S: Единица длины
+: метр#$#
+: м
I: 4
S: Сопоставьте
L1: Пушкин
R1: Александр
L2: Толстой
R2: Лев
R3: Антон
V1: Порядок
I: 5
S: Расставьте
2: второе
1: первое
I: 6
S: Опишите
своими словами
"""


def read(folder: Path, text: str) -> tuple[list[Question], list[Finding]]:
    path = folder / "a.txt"
    path.write_text(text, "utf-8")
    found = read_questions(path)
    return list(found.bank.questions()), found.findings


def test_every_kind_of_task(tmp_path: Path) -> None:
    made, findings = read(tmp_path, WHOLE)
    assert findings == []
    assert [type(question) for question in made] == [MultipleChoice, Numerical, ShortAnswer, Matching, Ordering, Essay]
    choice, number, word, pairs, order, essay = made
    assert isinstance(choice, MultipleChoice)
    assert [(block_text(one.content), one.fraction) for one in choice.choices] == [("клавиша Delete", 1), ("меню", 0)]
    assert isinstance(number, Numerical)
    assert number.answers == (NumericalAnswer(value="9.9", tolerance="0.1"),)
    assert block_text(number.text) == "Введите число\nЭнергия равна _____ Дж"
    assert isinstance(word, ShortAnswer)
    assert word.answers == (Answer(text="метр*"), Answer(text="м"))
    assert isinstance(pairs, Matching)
    assert [(block_text(one.question), block_text(one.answer)) for one in pairs.pairs] == [
        ("Пушкин", "Александр"),
        ("Толстой", "Лев"),
        ("", "Антон"),
    ]
    assert isinstance(order, Ordering)
    assert [block_text(item.content) for item in order.items] == ["первое", "второе"]
    assert block_text(essay.text) == "Опишите\nсвоими словами"
    assert [question.category for question in made] == [
        *[("Общие задания", "Текстовые")] * 2,
        *[("Общие задания", "Иные")] * 2,
        *[("Порядок",)] * 2,
    ]
    assert choice.place == Place("a.txt", 4, 7)


def test_in_word(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(package("".join(p(line) for line in WHOLE.splitlines())))
    made = list(read_questions(path).bank.questions())
    assert [type(question).__name__ for question in made] == [
        *("MultipleChoice", "Numerical", "ShortAnswer", "Matching", "Ordering", "Essay")
    ]


def test_numbered_lines_of_a_stem_are_no_order(tmp_path: Path) -> None:
    (question,), findings = read(tmp_path, CHOICE.replace("очищает\n", "очищает\n1: сначала\n2: потом\n12:30 время\n"))
    assert findings == []
    assert block_text(question.text) == "Ячейку очищает\n1: сначала\n2: потом\n12:30 время"


def test_several_right_ones(tmp_path: Path) -> None:
    (question,), _ = read(tmp_path, CHOICE + "+: клавиша Backspace\n")
    assert isinstance(question, MultipleChoice)
    assert (question.single, [one.fraction for one in question.choices]) == (False, [0.5, -1, 0.5])


@pytest.mark.parametrize(
    ("task", "message"),
    [
        ("I:\n+: а\n-: б\n", "a task without its stem (S:)"),
        ("I:\nS: а\n-: б\n-: в\n", "no answer is right (+:)"),
        ("I:\nS: а\n+: б\n-:\n", "an empty answer"),
        ("I:\nS: а\n+: метр\nTOL: 1\n", "a tolerance (TOL:) of 'метр', which is no number"),
        ("I:\nS: а\n+: 1\nTOL: мало\n", "the tolerance 'мало' is no number"),
        ("I:\nS: а\nL1: б\nR2: в\nL2: г\n", "L1 has no R1"),
        ("I:\nS: а\nL1: б\nR1: в\n", "1 pairs, expected two or more"),
        ("I:\nS: а\nL1: б\nR1: в\nR1: г\nL2: д\nR2: е\n", "R1: is there twice"),
        ("I:\nS: а\n1: б\n", "items to put in order, expected two or more with text in each"),
        ("I:\nS: а\n+: б\nL1: в\nR1: г\n", "a task with fields of several kinds: +:, L:"),
    ],
)
def test_tasks_that_are_none(task: str, message: str, tmp_path: Path) -> None:
    made, findings = read(tmp_path, CHOICE + task)
    assert len(made) == 1
    assert [(finding.code, finding.message, finding.place) for finding in findings] == [
        ("ast-question", message, Place("a.txt", 5, 5))
    ]


def test_what_stands_before_the_first_field_is_told(tmp_path: Path) -> None:
    _, findings = read(tmp_path, "Тест по информатике\n" + CHOICE)
    assert [finding.message for finding in findings] == ["left out: before the first field: «Тест по информатике»"]
