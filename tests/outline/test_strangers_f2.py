"""Forms in which colleges and universities write plans, work and titles, as strangers sent them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.outline.tree import course_title, grading, work
from coursepack.outline.tree.values import of_form

Row = Sequence[str]


def _course(folder: Path, paragraphs: Sequence[str | Sequence[Row]]) -> Course:
    """A course of one document; a paragraph that begins with «*» is bold, with «^» bold and centred, a list of rows a
    table."""
    folder.mkdir()
    file = docx.Document()
    for each in paragraphs:
        if isinstance(each, str):
            paragraph = file.add_paragraph()
            paragraph.add_run(each.lstrip("*^")).bold = each[:1] in {"*", "^"} or None
            if each[:1] == "^":
                paragraph.alignment = WD_PARAGRAPH_ALIGNMENT.CENTER
            continue
        table = file.add_table(0, len(each[0]))
        for row in each:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    file.save(str(folder / "plan.docx"))
    (loaded,) = discovery.find_projects([folder])
    return build.understand(loaded).course


@pytest.mark.parametrize(
    ("line", "title", "code"),
    [
        ("по дисциплине ОП.07 «Техническая механика»", "Техническая механика", "ОП.07"),
        ("по дисциплине «ОП.07 Техническая механика»", "Техническая механика", "ОП.07"),
        ("по учебной дисциплине МДК.01.02 Кройка для группы П-11", "Кройка", "МДК.01.02"),
        ("по предмету: ЕН.01 «Математика»", "Математика", "ЕН.01"),
    ],
)
def test_code_before_title(line: str, title: str, code: str) -> None:
    assert course_title._cleaned(line) == (title, code)
    assert not [value for value in of_form(line) if value.name == "programme"]


@pytest.mark.parametrize(
    ("line", "end", "points", "day"),
    [
        ("доклад «Мосты» — сдать до 12.10.2025 (макс. 8 б.)", "доклад «Мосты»", 8, "12.10.2025"),
        ("доклад «Мосты» (сдать до 12.10.2025, макс. 8 б.)", "доклад «Мосты»", 8, "12.10.2025"),
        ("доклад «Мосты» — срок: 12.10, макс. 8 баллов", "доклад «Мосты»", 8, "12.10"),
        ("доклад «Мосты» — сдать до 12.10.2025 (до 8 баллов)", "доклад «Мосты»", 8, "12.10.2025"),
        ("Bridges report — due 12 Oct (max. 8 pts)", "Bridges report", 8, "12 Oct"),
        ("Bridges report — due 12 Oct (up to 8 points)", "Bridges report", 8, "12 Oct"),
        ("«Көпірлер» баяндамасы (макс. 8 балл)", "«Көпірлер» баяндамасы", 8, None),
    ],
)
def test_most_points_behind_work(line: str, end: str, points: float, day: str | None) -> None:
    found = work.behind(line)
    assert found is not None
    assert (line[: found[0]], found[1].points, found[1].due) == (end, points, day)


@pytest.mark.parametrize(
    ("line", "shares"),
    [
        ("Лабораторные — 40 баллов, доклад — 20 баллов, зачёт — 40 баллов. Итого 100. «Хорошо» — от 70.", [40, 20, 40]),
        ("Labs – 40 points, talk – 20 points, exam – 40 points. Total: 100. Pass from 50.", [40, 20, 40]),
    ],
)
def test_points_of_hundred_before_scale(line: str, shares: list[float]) -> None:
    assert [share.percent for share in grading.of_lines([line])] == shares


def test_practical_sheets_before_list_of_work(tmp_path: Path) -> None:
    course = _course(
        tmp_path / "sheets",
        [
            "*Практическая работа № 1. Замер пролёта",
            "Задание: измерьте пролёт моста по чертежу.",
            "*Практическая работа № 2. Подбор балки",
            "Задание: подберите сечение балки.",
            "^Самостоятельная работа (СРС)",
            "СРС № 1: доклад «Мосты» — сдать до 12.10.2025 (макс. 8 б.)",
            "СРС № 2: глоссарий темы — сдать до 26.10.2025 (макс. 4 б.)",
        ],
    )
    sessions = [(one.number, one.title) for week in course.weeks for one in week.sessions]
    tasks = [(one.number, one.due, one.points) for week in course.weeks for one in week.assignments]
    assert sessions == [(1, "Замер пролёта"), (2, "Подбор балки")]
    assert tasks == [(1, "12.10.2025", 8.0), (2, "26.10.2025", 4.0)]


@pytest.mark.parametrize("form", ["ПР № {n} «{t}»", "Практ. № {n} «{t}»", "ПЗ № {n} {t}", "Пр. {n}. {t}"])
def test_shortened_classes_count_themselves(tmp_path: Path, form: str) -> None:
    rows = [("№ урока", "Дата", "Наименование разделов и тем", "Кол-во часов", "Вид занятия")]
    topics = ["Опоры мостов", "Замер пролёта", "Фермы", "Подбор балки", "Вантовые мосты"]
    for n, topic in enumerate(topics, 1):
        practical = n % 2 == 0
        name = form.format(n=n // 2, t=topic) if practical else topic
        rows.append((str(n), f"{n + 2:02}.09", name, "2", "Практика" if practical else "Урок-лекция"))
    course = _course(tmp_path / "plan", ["^Календарно-тематический план", "^по дисциплине ОП.07 «Мосты и опоры»", rows])
    held = [(one.kind, one.number, (one.title or "").strip("«»")) for week in course.weeks for one in week.sessions]
    assert course.title == "Мосты и опоры"
    assert held == [
        ("lecture", 1, "Опоры мостов"),
        ("practical", 1, "Замер пролёта"),
        ("lecture", 3, "Фермы"),
        ("practical", 2, "Подбор балки"),
        ("lecture", 5, "Вантовые мосты"),
    ]


@pytest.mark.parametrize("label", ["Рецензент", "Эксперт", "Пікір беруші", "Reviewer"])
def test_reviewer_teaches_nothing(tmp_path: Path, label: str) -> None:
    course = _course(
        tmp_path / "front",
        [
            "^Рабочая программа дисциплины",
            "^ОП.07 Мосты и опоры",
            "Преподаватель: Ахметова Лариса Петровна",
            f"{label}: д.т.н., профессор Сомов А.Д.",
            "*1. Содержание дисциплины",
            "Лекция 1. Опоры мостов",
            "Опора моста несёт пролётное строение и передаёт нагрузку на грунт.",
            "Лекция 2. Фермы",
            "Ферма состоит из стержней, которые соединены в узлах.",
        ],
    )
    assert [one.name for one in course.about.teachers] == ["Ахметова Лариса Петровна"]


def test_work_of_a_row_and_of_the_list_is_one(tmp_path: Path) -> None:
    plan = [("Неделя", "Вид занятия", "Тема", "Часы")]
    for week, topic in enumerate(["Опоры мостов", "Фермы", "Балки", "Ванты"], 1):
        plan.append((str(week), f"Лекция {week}", topic, "2"))
        plan.append((str(week), f"Практическое занятие {week}", f"{topic}: задачи", "2"))
    plan.insert(5, ("2", "СРО 1", "Приём РГР", ""))
    plan.append(("4", "СРО 2", "Защита", ""))
    listed = [
        ("Задание", "Срок сдачи", "Баллы"),
        ("СРО 1. РГР «Расчёт опоры» (по вариантам)", "2 неделя, до 12.10.2025", "30"),
        ("СРО 2. Мини-проект «Мост моего города»", "4 неделя, до 26.10.2025", "40"),
        ("СРО 3. Конспект «Ванты»", "4 неделя, до 26.10.2025", "10"),
    ]
    course = _course(tmp_path / "plan", ["^СИЛЛАБУС", "*1. Календарный план", plan, "*2. Задания для СРО", listed])
    found = [(one.number, block_text(one.blocks), one.points) for week in course.weeks for one in week.assignments]
    assert found == [
        (1, "РГР «Расчёт опоры» (по вариантам)", 30.0),
        (2, "Мини-проект «Мост моего города»", 40.0),
        (3, "Конспект «Ванты»", 10.0),
    ]
