"""Tables with an answer a row are the questions that they hold, as CSV and as XLSX."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice
from coursepack.readers import read_questions

BELOW = [
    ["№", "Вопрос", "Вариант ответа", "Верный"],
    ["1", "Что такое клетка?", "единица жизни", "1"], ["", "", "камень", ""], ["", "", "вода", ""],
    ["2", "Столицы?", "Алматы", "1"], ["", "", "Астана", "1"], ["", "", "Париж", "0"],
]  # fmt: skip
AGAIN = [
    ["Вопрос", "Ответ", "Правильность"],
    ["Что такое клетка?", "единица жизни", "верно"],
    ["Что такое клетка?", "камень", "неверно"],
    ["Что такое клетка?", "вода", "неверно"],
    *(["Столицы?", name, said] for name, said in (("Алматы", "верно"), ("Астана", "верно"), ("Париж", "неверно"))),
]
OVER = [
    ["question", "option", "correct"],
    ["Что такое клетка?", "", ""], ["", "A) единица жизни", "+"], ["", "B) камень", ""], ["", "C) вода", ""],
    ["Столицы?", "", ""], ["", "A) Алматы", "x"], ["", "B) Астана", "x"], ["", "C) Париж", ""],
]  # fmt: skip
KAZAKH = [
    ["Сұрақ", "Жауап нұсқалары", "Дұрыс жауап"],
    ["Что такое клетка?", "единица жизни", "+"], ["", "камень", "-"], ["", "вода", "-"],
    ["Столицы?", "Алматы", "+"], ["", "Астана", "+"], ["", "Париж", "-"],
]  # fmt: skip
LETTER = [
    ["Вопрос", "Вариант", "Ключ"],
    ["Что такое клетка?", "единица жизни", "A"], ["", "камень", ""], ["", "вода", ""],
    ["Столицы?", "Алматы", "A, B"], ["", "Астана", ""], ["", "Париж", ""],
]  # fmt: skip


def saved(rows: list[list[str]], path: Path) -> Path:
    if path.suffix == ".csv":
        path.write_text("\n".join(";".join(row) for row in rows), "utf-8")
    else:
        book = Workbook()
        sheet = book.worksheets[0]
        for row in rows:
            sheet.append([cell or None for cell in row])
        book.save(path)
    return path


@pytest.mark.parametrize("rows", [BELOW, AGAIN, OVER, KAZAKH, LETTER])
@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_an_answer_a_row(rows: list[list[str]], name: str, tmp_path: Path) -> None:
    made = read_questions(saved(rows, tmp_path / name))
    first, second = made.bank.questions()
    assert isinstance(first, MultipleChoice)
    assert isinstance(second, MultipleChoice)
    assert [(block_text(c.content), c.fraction) for c in first.choices] == [
        ("единица жизни", 1), ("камень", 0), ("вода", 0),
    ]  # fmt: skip
    assert [(block_text(c.content), c.fraction) for c in second.choices] == [
        ("Алматы", 0.5), ("Астана", 0.5), ("Париж", -1),
    ]  # fmt: skip
    assert [block_text(q.text) for q in (first, second)] == ["Что такое клетка?", "Столицы?"]
    assert [f.code for f in made.findings if f.severity != "note"] == []


def test_a_column_that_is_named_right_is_the_key_where_a_question_is_a_row(tmp_path: Path) -> None:
    rows = [["Вопрос", "A", "B", "Верно"], ["Один?", "да", "нет", "B"], ["Два?", "да", "нет", "A"]]
    made = list(read_questions(saved(rows, tmp_path / "t.csv")).bank.questions())
    right = [[c.fraction for c in q.choices] for q in made if isinstance(q, MultipleChoice)]
    assert right == [[0, 1], [1, 0]]
