"""Work and classes that are counted in ways of their own: «1-үй жұмысы», «Задача 4.1 (2 б.)», «Выезд 1 (5 мая)»."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Course
from coursepack.outline.tree import work
from tests.outline import documents

TASKS = {
    "kk": ["Кестелерді жасаңыз және толтырыңыз.", "Сұрауды жазыңыз және тексеріңіз.", "Индекс қосып, салыстырыңыз."],
    "ru": ["Создайте таблицы и заполните их.", "Напишите запрос и проверьте его.", "Добавьте индекс и сравните."],
    "en": ["Create the tables and fill them.", "Write the query and check it.", "Add an index and compare."],
}


def read(folder: Path, name: str, text: str) -> Course:
    (folder / name).write_text(text, encoding="utf-8")
    course = documents.read(folder)["course"]
    assert isinstance(course, Course)
    return course


@pytest.mark.parametrize(
    ("language", "title", "heading"),
    [
        ("kk", "Мәліметтер қоры: үйге берілетін тапсырмалар", "{n}-үй жұмысы. {title}"),
        ("kk", "Мәліметтер қоры: үйге арналған жұмыс", "№{n} үй тапсырмасы. {title}"),
        ("ru", "Базы данных: задания на дом", "{n}-я домашняя работа. {title}"),
        ("en", "Databases: a sheet of tasks", "Homework {n}: {title}"),
    ],
)
def test_homework_is_counted_before_its_name(tmp_path: Path, language: str, title: str, heading: str) -> None:
    titles = ["Alpha", "Beta", "Gamma"]
    lines = [f"# {title}", ""]
    for at, (name, task) in enumerate(zip(titles, TASKS[language], strict=True), 1):
        lines += [f"## {heading.format(n=at, title=name)}", "", task, ""]
    course = read(tmp_path, "work.md", "\n".join(lines))
    set_work = [one for week in course.weeks for one in week.assignments]
    assert [(one.number, one.title) for one in set_work] == list(enumerate(titles, 1))
    assert [block_text(one.blocks) for one in set_work] == TASKS[language]
    assert {one.kind for one in set_work} == {"homework"}
    assert course.title == title.partition(":")[0]


@pytest.mark.parametrize(
    ("language", "head", "label"),
    [
        ("ru", "Листок № 3. Ряды", "Задача 3.{n} (2 б.) "),
        ("ru", "Домашнее задание № 3. Ряды", "Задача 3.{n}. "),
        ("en", "Problem Set 3: Series", "Problem 3.{n} (2 marks) "),
        ("kk", "Есептер парағы 3. Қатарлар", "Есеп 3.{n} (2 балл). "),
    ],
)
def test_the_problems_of_a_sheet_bear_two_numbers(tmp_path: Path, language: str, head: str, label: str) -> None:
    lines = [f"# {head}", "", *(f"{label.format(n=at)}{task}\n" for at, task in enumerate(TASKS[language], 1))]
    course = read(tmp_path, "sheet.md", "\n".join(lines))
    (sheet,) = [one for week in course.weeks for one in week.assignments]
    assert sheet.number == 3
    assert block_text(sheet.blocks).split("\n") == TASKS[language]


@pytest.mark.parametrize(
    ("heading", "days", "kind"),
    [
        ("Выезд {n} ({day}). {title}", ["5 мая", "12 мая", "19 мая"], "practical"),
        ("Outing {n} ({day}): {title}", ["5 May", "12 May", "19 May"], "practical"),
        ("Сабантой {n} ({day}). {title}", ["5 мамыр", "12 мамыр", "19 мамыр"], None),
    ],
)
def test_a_day_stands_between_the_number_and_the_title(
    tmp_path: Path, heading: str, days: list[str], kind: str | None
) -> None:
    titles = ["Alpha and more", "Beta and more", "Gamma and more"]
    lines = ["# Forest", ""]
    for at, (title, day) in enumerate(zip(titles, days, strict=True), 1):
        lines += [f"## {heading.format(n=at, day=day, title=title)}", "", "- first point", "- second point", ""]
    course = read(tmp_path, "plan.md", "\n".join(lines))
    sessions = [one for _, one in course.sessions()]
    assert [one.title for one in sessions] == titles
    assert [one.number for one in sessions] == [1, 2, 3]
    assert kind is None or {one.kind for one in sessions} == {kind}


def test_a_label_before_a_colon_is_no_title(tmp_path: Path) -> None:
    text = "# Soil Physics Laboratory\n\nContact: room 4, the soil laboratory\n\n## 1-дәріс. Су\n\nСу туралы.\n"
    assert read(tmp_path, "lab.md", text).title == "Soil Physics Laboratory"


@pytest.mark.parametrize("line", ["4. Өзіндік жұмыс", "5. Домашняя работа", "6) Homework"])
def test_the_numbers_of_sections_count_no_work(line: str) -> None:
    found = work.named(line)
    assert found is None or not work.leads(line, found)


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("Лабораторный практикум для 3 курса химического факультета", 3),
        ("Слова выписаны студентами 2 курса", 2),
    ],
)
def test_a_paper_is_for_a_year_of_study(tmp_path: Path, line: str, year: int) -> None:
    text = (
        f"ТОКСИКОЛОГИЯ\n{line}\n\nРабота 1. Нитраты\n\n1. Взвесьте пробу.\n2. Запишите массу.\n\nРабота 2. Свинец\n\n"
    )
    course = read(tmp_path, "labs.txt", f"{text}1. Взвесьте пробу.\n2. Запишите массу.\n")
    assert course.about.study_year == year
    assert course.about.faculty is None


def test_points_of_classes_are_read(tmp_path: Path) -> None:
    text = "# Лес\n\n## Поход 1. Сосны\n\n- виды\n- возраст\n\n## Поход 2. Ели\n\n- виды\n- возраст\n"
    course = read(tmp_path, "plan.md", text)
    assert [[inline_text(t.content) for t in one.topics] for _, one in course.sessions()] == [["виды", "возраст"]] * 2
