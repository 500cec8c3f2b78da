"""Tickets that a table lays out: a cell, a row, a column or some rows each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course

Questions = Sequence[Sequence[str]]
ASKED: dict[str, Questions] = {
    "ru": (
        ("Предмет агрономии", "Виды севооборотов", "Определите сорняк по образцу"),
        ("Понятие об урожае", "Орошение полей", "Рассчитайте норму высева"),
        ("Роль воды в почве", "Защита растений", "Определите тип почвы"),
        ("Гумус и его роль", "Эрозия почв", "Рассчитайте дозу навоза"),
    ),
    "kk": (
        ("Агрономия пәні", "Ауыспалы егіс түрлері", "Арамшөпті үлгі бойынша анықтаңыз"),
        ("Өнім ұғымы", "Егінді суару", "Себу мөлшерін есептеңіз"),
        ("Судың топырақтағы рөлі", "Өсімдікті қорғау", "Топырақ түрін анықтаңыз"),
        ("Гумустың рөлі", "Топырақ эрозиясы", "Көң мөлшерін есептеңіз"),
    ),
    "en": (
        ("The subject of agronomy", "Kinds of crop rotation", "Identify the weed in the sample"),
        ("The notion of yield", "Irrigation of fields", "Calculate the seeding rate"),
        ("Water in the soil", "Plant protection", "Identify the kind of soil"),
        ("Humus and its role", "Soil erosion", "Calculate the dose of manure"),
    ),
}
WORDS = {  # the paper, the ticket, a question, what stands over the questions, who signs
    "ru": ("Экзаменационные билеты", "Билет № {n}", "Вопрос {n}", "Вопросы", "Преподаватель ____________"),
    "kk": ("Емтихан билеттері", "№ {n} билет", "{n}-сұрақ", "Сұрақтар", "Оқытушы ____________"),
    "en": ("Exam tickets", "Ticket {n}", "Question {n}", "Questions", "Teacher ____________"),
}


def _cells(document: Any, rows: int, columns: int) -> Any:
    table = document.add_table(rows, columns)
    table.style = "Table Grid"
    return table


def _grid(document: Any, asked: Questions, words: Sequence[str]) -> None:
    table = _cells(document, 2, 2)
    for at, questions in enumerate(asked):
        cell = table.cell(at // 2, at % 2)
        cell.text = words[1].format(n=at + 1)
        for number, question in enumerate(questions, 1):
            cell.add_paragraph(f"{number}. {question}")


def _rows_below(document: Any, asked: Questions, words: Sequence[str]) -> None:
    table = _cells(document, 0, 2)
    for at, questions in enumerate(asked, 1):
        row = table.add_row()
        row.cells[0].merge(row.cells[1]).text = words[1].format(n=at)
        for number, question in enumerate(questions, 1):
            row = table.add_row()
            row.cells[0].text, row.cells[1].text = str(number), question


def _head_in_table(document: Any, asked: Questions, words: Sequence[str]) -> None:
    for at, questions in enumerate(asked, 1):
        table = _cells(document, 2, 2)
        table.cell(0, 0).text = table.cell(0, 1).text = "____________"
        table.cell(1, 0).merge(table.cell(1, 1)).text = words[1].format(n=at)
        for number, question in enumerate(questions, 1):
            document.add_paragraph(f"{number}. {question}")
        document.add_paragraph(words[4])


def _row_each(document: Any, asked: Questions, _: Sequence[str]) -> None:
    table = _cells(document, len(asked), 2)
    for at, questions in enumerate(asked):
        table.cell(at, 0).text = str(at + 1)
        table.cell(at, 1).text = "\n".join(questions)


def _column_each(document: Any, asked: Questions, words: Sequence[str]) -> None:
    table = _cells(document, 4, len(asked) + 1)
    table.cell(0, 0).text = words[3]
    for at, questions in enumerate(asked, 1):
        table.cell(0, at).text = words[1].format(n=at)
        for number, question in enumerate(questions, 1):
            table.cell(number, 0).text = words[2].format(n=number)
            table.cell(number, at).text = question


def _columns_of_kinds(document: Any, asked: Questions, words: Sequence[str]) -> None:
    table = _cells(document, len(asked) + 1, 4)
    for at, text in enumerate((words[1].split(" ")[0], *(words[2].format(n=n) for n in (1, 2, 3)))):
        table.cell(0, at).text = text
    table.cell(0, 0).text = words[1].format(n="").strip(" №")
    for at, questions in enumerate(asked, 1):
        for column, text in enumerate((str(at), *questions)):
            table.cell(at, column).text = text


FORMS = (_grid, _rows_below, _head_in_table, _row_each, _column_each, _columns_of_kinds)


def _read(path: Path) -> Course:
    course = build.understand(discovery.find_projects([path])[0]).course
    assert course is not None
    return course


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", list(ASKED))
def test_each_ticket_has_its_questions(
    tmp_path: Path, language: str, form: Callable[[Any, Questions, Sequence[str]], None]
) -> None:
    document = docx.Document()
    words = WORDS[language]
    document.add_paragraph(words[0])
    form(document, ASKED[language], words)
    document.save(str(tmp_path / "file.docx"))
    course = _read(tmp_path / "file.docx")
    assert course.exam is not None
    texts = {one.id: block_text(one.text) for one in course.exam.questions}
    tickets = [tuple(texts[name] for name in ticket.questions) for ticket in course.exam.tickets]
    assert tickets == list(ASKED[language])
    assert len(texts) == 12


@pytest.mark.parametrize(
    ("title", "heads"),
    [
        ("Oral examination – Music Theory", ("CARD A", "CARD B", "CARD C")),
        ("Biology viva: question sets", ("Set 1", "Set 2", "Set 3")),
        ("Экзаменационные билеты по агрономии", ("Б-1", "Б-2", "Б-3")),
        ("Экзаменационные билеты", ("Билет А", "Билет Б", "Билет В")),
        ("Емтихан билеттері", ("Жинақ 1", "Жинақ 2", "Жинақ 3")),
    ],
)
@pytest.mark.parametrize("label", ["{n}. ", "{a}) "])
def test_any_line_that_counts_on_over_as_many_questions_heads_a_ticket(
    tmp_path: Path, title: str, heads: Sequence[str], label: str
) -> None:
    asked = ASKED["en"][:3]
    lines = [title, ""]
    for head, questions in zip(heads, asked, strict=True):
        lines.append(head)
        lines.extend(label.format(n=n, a="abc"[n - 1]) + text for n, text in enumerate(questions, 1))
        lines.append("")
    (tmp_path / "file.txt").write_text("\n".join(lines), encoding="utf-8")
    course = _read(tmp_path / "file.txt")
    assert course.exam is not None
    texts = {one.id: block_text(one.text) for one in course.exam.questions}
    assert [tuple(texts[name] for name in one.questions) for one in course.exam.tickets] == list(asked)
    assert [one.number for one in course.exam.tickets] == [1, 2, 3]
