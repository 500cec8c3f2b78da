"""Papers of colleges, institutes and universities by others: titles, loads, plans and work in Kazakh and Russian."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.outline.tree import dates, due
from coursepack.outline.tree.requisites import listed
from coursepack.outline.tree.workload import of_value


def _read(folder: Path) -> Course:
    (loaded,) = find_projects([folder])
    return build.understand(loaded).course


def _classes(course: Course) -> list[tuple[str, int | None, str | None]]:
    return [(one.kind, one.number, one.title) for week in course.weeks for one in week.sessions]


def _work(course: Course) -> list[tuple[int | None, str, str | None, int | None, float | None]]:
    return [
        (one.number, one.title or block_text(one.blocks), one.due, one.due_week, one.points)
        for week in course.weeks
        for one in week.assignments
    ]


TITLES = {
    "kk": (
        ("Тоңазытқыш техникасының негіздері", "және оны күту"),
        "пәнінің жұмыс оқу бағдарламасы",
        (
            "Пән индексі: ТТ 05",
            "Сағат саны: 96 (4 кредит)",
            "Құрастырған арнайы пәндер оқытушысы: Омаров Ерлан Серікұлы",
        ),
        "Алдын ала меңгерілетін пәндер: Физика; Сызу",
        ("ТТ 05", 4.0, 96.0, "Омаров Ерлан Серікұлы", ("Физика", "Сызу")),
    ),
    "ru": (
        ("Основы холодильной техники", "и её обслуживание"),
        "рабочая программа дисциплины",
        ("Индекс дисциплины: ОП.08", "Всего часов: 96 (4 кредита)", "Преподаватель: Белова Анна Игоревна"),
        "Связь с предыдущими дисциплинами: Физика, Черчение",
        ("ОП.08", 4.0, 96.0, "Белова Анна Игоревна", ("Физика", "Черчение")),
    ),
}


@pytest.mark.parametrize("language", sorted(TITLES))
def test_a_title_over_two_lines_and_the_data_of_a_college_below_it(tmp_path: Path, language: str) -> None:
    title, paper, data, built_on, (code, credits_, hours, teacher, courses) = TITLES[language]
    word = Document()
    for line in (*title, paper):
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    for line in (*data, built_on):
        word.add_paragraph(line)
    lecture, names = {"kk": ("Дәріс", ("Сығымдағыш", "Буландырғыш")), "ru": ("Лекция", ("Компрессор", "Испаритель"))}[
        language
    ]
    for number, name in enumerate(names, 1):
        word.add_heading(f"{lecture} {number}. {name}", 1)
        word.add_paragraph(f"{name}: 1, 2, 3. " * 12)
    word.save(str(tmp_path / "programme.docx"))
    course = _read(tmp_path)
    about = course.about
    assert course.title == " ".join(title)
    assert (about.code, about.credits, about.hours.total if about.hours else None) == (code, credits_, hours)
    assert [one.name for one in about.teachers] == [teacher]
    assert about.prerequisites == courses
    assert [one.title for one in about.policies] == []
    assert _classes(course) == [("lecture", 1, names[0]), ("lecture", 2, names[1])]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("72 (3 кредит)", {"credits": 3.0, "hours": {"total": 72.0}}),
        (
            "48, в т. ч. теория 24, практика 16, самостоятельная работа 8",
            {"hours": {"total": 48.0, "lecture": 24.0, "practical": 16.0, "independent": 8.0}},
        ),
        (
            "Барлығы 150: дәріс – 15, семинар – 15, зертханалық – 15, СОӨЖ – 30, СӨЖ – 75",
            {
                "hours": {
                    "total": 150.0,
                    "lecture": 15.0,
                    "seminar": 15.0,
                    "laboratory": 15.0,
                    "supervised": 30.0,
                    "independent": 75.0,
                }
            },
        ),
        ("80 академиялық сағат (онлайн 40, бетпе-бет 40)", {"hours": {"total": 80.0}}),
        ("72 ак. ч.", {"hours": {"total": 72.0}}),
        ("2 часа в неделю", {}),
    ],
)
def test_the_load_in_one_value(value: str, said: dict[str, object]) -> None:
    assert of_value(value) == said


def test_courses_of_one_value_are_parted_where_each_is_a_name() -> None:
    assert listed("Математика 1, Физика") == ("Математика 1", "Физика")
    assert listed("педагогикалық білім, кемінде 1 жыл өтіл") == ("педагогикалық білім, кемінде 1 жыл өтіл",)
    assert listed("Материалтану; Сызу, құрастыру") == ("Материалтану", "Сызу, құрастыру")


def test_a_day_behind_its_year() -> None:
    for text in ("2025 жылғы 10 қазан", "2025 ж. 10 қазан", "2025 жылдың 10 қазаны"):
        found = dates.day(text)
        assert found is not None
        assert (found.year, found.month, found.day) == (2025, 10, 10)
    said = due.inside("Тапсыру мерзімі: 2025 жылғы 10 қазан. Ең жоғары балл – 20.")
    assert said is not None
    assert said.value == "2025 жылғы 10 қазан"


def test_classes_cut_short_with_a_stroke_and_controls_of_a_plan(tmp_path: Path) -> None:
    rows = [
        ("1", "Свет и тень", "Т", "2", "03.09"),
        ("2", "Л/р № 1. Измерение освещённости", "Л", "2", "05.09"),
        ("3", "П/р № 1. Построение тени", "П", "2", "10.09"),
        ("4", "Цвет", "Т", "2", "12.09"),
        ("5", "Контрольная работа № 1", "К", "2", "17.09"),
        ("6", "л.р. 2. Смешение цветов", "Л", "2", "19.09"),
        ("7", "Дифференцированный зачёт", "К", "2", "24.09"),
    ]
    head = "| № п/п | Наименование разделов и тем | Вид | Кол-во часов | Дата |\n|---|---|---|---|---|\n"
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    title = "# Календарно-тематический план\n\nУчебная дисциплина: ОП.02 Основы освещения\n\n## Содержание КТП\n\n"
    text = f"{title}{head}{table}"
    (tmp_path / "plan.md").write_text(text, "utf-8")
    course = _read(tmp_path)
    assert (course.title, course.about.code) == ("Основы освещения", "ОП.02")
    assert _classes(course) == [
        ("lecture", 1, "Свет и тень"),
        ("laboratory", 1, "Измерение освещённости"),
        ("practical", 1, "Построение тени"),
        ("lecture", 4, "Цвет"),
        ("laboratory", 2, "Смешение цветов"),
    ]
    assert course.about.grading is not None
    assert [(one.after_week, one.name, one.points) for one in course.about.grading.interim] == [
        (5, "Контрольная работа № 1", None),
        (7, "Дифференцированный зачёт", None),
    ]


WORK = {
    "ru": (
        "Неделя",
        "Лекция",
        "СРО",
        "График выполнения и сдачи СРО",
        "Вид СРО",
        "Выдача, неделя",
        "Сдача, неделя",
        "Дата сдачи",
    ),
    "kk": (
        "Апта",
        "Дәріс",
        "СӨЖ",
        "СӨЖ тапсырмаларын орындау кестесі",
        "СӨЖ түрі",
        "Берілу аптасы",
        "Тапсыру аптасы",
        "Тапсыру күні",
    ),
}


@pytest.mark.parametrize("language", sorted(WORK))
def test_the_list_of_deadlines_and_the_rows_of_the_plan_are_one(tmp_path: Path, language: str) -> None:
    week, lecture, work, head, kind, issued, handed, day = WORK[language]
    names = ("Atlas", "Relief", "Scale")
    rows = "".join(
        f"| {n} | {lecture} {n}. Map {n} | 1 |\n| {n} | {work} {n}. {name} | 6 |\n" for n, name in enumerate(names, 1)
    )
    listing = "".join(f"| {n} | {name} | {n} | {n + 2} | 2{n}.09.25 | {n * 10} |\n" for n, name in enumerate(names, 1))
    hours, points, topic = {"ru": ("Часы", "Балл", "Тема занятия"), "kk": ("Сағат", "Балл", "Сабақтың тақырыбы")}[
        language
    ]
    text = (
        f"# Maps\n\n## 1\n\n| {week} | {topic} | {hours} |\n|---|---|---|\n{rows}\n"
        f"## {head}\n\n| № | {kind} | {issued} | {handed} | {day} | {points} |\n|---|---|---|---|---|---|\n{listing}"
    )
    (tmp_path / "syllabus.md").write_text(text, "utf-8")
    assert _work(_read(tmp_path)) == [(n, name, f"2{n}.09.25", n + 2, n * 10.0) for n, name in enumerate(names, 1)]


def test_a_law_among_exam_questions_is_no_teacher(tmp_path: Path) -> None:
    questions = (
        "Предмет статистики",
        "Выборка и её объём",
        "Неравенство Чебышёва",
        "Теорема Ляпунова",
        "Закон Пуассона",
    )
    (tmp_path / "exam.md").write_text("# Вопросы к экзамену\n\n" + "\n\n".join(questions) + "\n", "utf-8")
    (tmp_path / "syllabus.md").write_text(
        "# Силлабус\n\nДисциплина: Статистика\n\nПреподаватель: Ким Ольга Петровна\n\n"
        "## Тематический план\n\n| Неделя | Лекция |\n|---|---|\n| 1 | Выборка |\n| 2 | Среднее |\n",
        "utf-8",
    )
    course = _read(tmp_path)
    assert [one.name for one in course.about.teachers] == ["Ким Ольга Петровна"]
    assert course.exam is not None
    assert [block_text(one.text) for one in course.exam.questions] == list(questions)


CONTENTS = {
    "kk": (
        "3. ПӘННІҢ МАЗМҰНЫ",
        "3.1 Дәрістер",
        "3.2 Зертханалық сабақтар",
        "Апта",
        "Тақырып",
        "Сабақтың тақырыбы",
        "Сағат",
    ),
    "ru": (
        "3. СОДЕРЖАНИЕ ДИСЦИПЛИНЫ",
        "3.1 Лекции",
        "3.2 Лабораторные занятия",
        "Неделя",
        "Тема",
        "Тема занятия",
        "Часы",
    ),
}


@pytest.mark.parametrize("language", sorted(CONTENTS))
def test_classes_of_a_kind_under_the_contents_of_the_course_are_of_that_kind(tmp_path: Path, language: str) -> None:
    head, lectures, laboratories, week, topic, of_class, hours = CONTENTS[language]
    said = "".join(f"| {n} | Field {n} | 2 |\n" for n in range(1, 5))
    done = "".join(f"| {n} | {n} | Seed {n} | 3 |\n" for n in range(1, 5))
    text = (
        f"# Fields\n\n## {head}\n\n### {lectures}\n\n| {week} | {topic} | {hours} |\n|---|---|---|\n{said}\n"
        f"### {laboratories}\n\n| № | {week} | {of_class} | {hours} |\n|---|---|---|---|\n{done}"
    )
    (tmp_path / "programme.md").write_text(text, "utf-8")
    assert _classes(_read(tmp_path)) == [
        one for n in range(1, 5) for one in (("lecture", n, f"Field {n}"), ("laboratory", n, f"Seed {n}"))
    ]
