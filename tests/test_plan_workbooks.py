"""A table with weeks and a column of work is the plan of a course, no bank; one that asks or offers is a bank."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from coursepack import build, discovery, readers
from coursepack.model.course import Course

WORK = {
    "en": ("Week", "Topic", "Task", ("Read chapter 1", "Solve tasks 1-5", "Prepare a talk")),
    "ru": ("Неделя", "Тема", "Задание", ("Составить глоссарий", "Решить задачи 1-5", "Подготовить доклад")),
    "kk": ("Апта", "Тақырып", "Тапсырма", ("Глоссарий құрастыру", "Есептер шығару", "Баяндама дайындау")),
}


def book(folder: Path, rows: list[list[object]], name: str = "page.xlsx") -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = folder / name
    made.save(path)
    return path


def course(folder: Path) -> Course:
    (loaded,) = discovery.find_projects([folder])
    return build.understand(loaded).course


@pytest.mark.parametrize("language", WORK)
def test_a_plan_with_a_column_of_work_is_a_plan(language: str, tmp_path: Path) -> None:
    week, topic, task, work = WORK[language]
    topics = ("Botany", "Cells", "Tissues")
    path = book(tmp_path, [[week, topic, task], *([n, topics[n - 1], work[n - 1]] for n in (1, 2, 3))])
    assert not readers.is_bank(path)
    made = course(tmp_path)
    assert made.exam is None
    assert [one.title for week in made.weeks for one in week.sessions] == list(topics)


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["Неделя", "Задание"], [1, "Составить глоссарий"]),
        (["Лекция", "Тема", "Задание"], [1, "Клетка", "Конспект"]),
        (["№", "Дата", "Тема занятия", "Задание"], [1, "05.09", "Клетка", "Конспект"]),
        (["№", "Задание", "Форма отчёта", "Срок", "Баллы"], [1, "Решить задачи", "файл", "3 неделя", 5]),
        (["№", "Тапсырма", "Мерзімі"], [1, "Есептер шығару", "3 апта"]),
    ],
)
def test_tables_of_work_beside_days_or_classes_hold_no_questions(
    heads: list[object], row: list[object], tmp_path: Path
) -> None:
    assert not readers.is_bank(book(tmp_path, [heads, row, row, row]))
    text = "\n".join(";".join(map(str, one)) for one in (heads, row, row, row))
    (tmp_path / "page.csv").write_text(text, "utf-8")
    assert not readers.is_bank(tmp_path / "page.csv")


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["Неделя", "Задание", "А", "Б", "В", "Ответ"], [1, "Ядро – это", "органоид", "ткань", "орган", "А"]),
        (["Неделя", "Вопрос"], [1, "Опишите ткани"]),
        (["Неделя", "Задание"], [1, "Что такое ядро?"]),
        (["Тема", "Задание", "Баллы"], ["Клетка", "Опишите ткани", 5]),
    ],
)  # fmt: skip
def test_what_asks_or_offers_is_a_bank(heads: list[object], row: list[object], tmp_path: Path) -> None:
    assert readers.is_bank(book(tmp_path, [heads, row, row, row]))
