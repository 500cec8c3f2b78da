"""Plans as departments draw them: days that look like times, points below titles, controls with their points, hours in
all; rules as pairs of a line and a paragraph; groups of students that meet at times of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from coursepack import build, discovery
from coursepack.model.course import Course
from coursepack.outline import Understood

Rows = tuple[tuple[str, ...], ...]


def understood(path: Path) -> Understood:
    (loaded,) = discovery.find_projects([path])
    found = build.understand(loaded)
    assert [one for one in found.findings if one.code.startswith("ledger")] == []
    return found


def read(folder: Path, text: str) -> Course:
    (folder / "syllabus.md").write_text(text, encoding="utf-8")
    return understood(folder / "syllabus.md").course


def table(rows: Rows) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]]) + "\n"


GRID: dict[str, Rows] = {
    "ru": (
        ("Дата", "№", "Что проходим", "Вид", "Часов", "Что на дом"),
        ("02.09", "1", "Караул", "л", "2", "Выписать обязанности."),
        ("04.09", "2", "Укладка рукавов", "пр", "2", "–"),
        ("09.09", "3", "План объекта", "с", "4", "Начертить план."),
        ("", "", "Всего", "", "8", ""),
    ),
    "kk": (
        ("Күні", "№", "Не өтеміз", "Сабақ түрі", "Сағат", "Үйге"),
        ("02.09", "1", "Қарауыл", "дәріс", "2", "Міндеттерді жазу."),
        ("04.09", "2", "Жеңдерді салу", "практика", "2", "–"),
        ("09.09", "3", "Нысан жоспары", "семинар", "4", "Жоспар сызу."),
        ("", "", "Барлығы", "", "8", ""),
    ),
}


@pytest.mark.parametrize("language", GRID)
def test_days_are_no_times_below_a_head_that_says_date(language: str, tmp_path: Path) -> None:
    course = read(tmp_path, f"# Тактика\n\n{table(GRID[language])}")
    found = [(one.kind, one.number, one.title, one.hours) for week in course.weeks for one in week.sessions]
    titles = [row[2] for row in GRID[language][1:4]]
    assert found == [
        ("lecture", 1, titles[0], 2),
        ("practical", 2, titles[1], 2),
        ("seminar", 3, titles[2], 4),
    ]
    assert course.about.hours is not None
    assert course.about.hours.total == 8
    assert [task.kind for week in course.weeks for task in week.assignments] == ["homework", "homework"]


def cells(folder: Path, rows: tuple[tuple[str, str], ...]) -> Course:
    document = Document()
    document.add_heading("Тактика", 0)
    grid = document.add_table(rows=0, cols=2)
    for week, text in (("Неделя", "Тема"), *rows):
        row = grid.add_row().cells
        row[0].text = week
        row[1].text = text
    path = folder / "plan.docx"
    document.save(str(path))
    return understood(path).course


def test_lines_that_begin_small_are_points_where_a_cell_lists_several(tmp_path: Path) -> None:
    course = cells(
        tmp_path,
        (
            ("1", "Караул: люди и роли\nбоевой расчёт\nсмена дежурства\nжурналы"),
            ("2", "Разведка\nвнешний осмотр"),
            ("3", "Подвалы и чердаки"),
        ),
    )
    found = [(one.title, one.topics) for week in course.weeks for one in week.sessions]
    assert [title for title, _ in found] == ["Караул: люди и роли", "Разведка", "Подвалы и чердаки"]
    assert [len(topics) for _, topics in found] == [3, 1, 0]


def test_a_title_in_two_lines_stays_one(tmp_path: Path) -> None:
    course = cells(tmp_path, (("1", "Караул и его\nобязанности на месте"), ("2", "Разведка"), ("3", "Вода")))
    titles = [one.title for week in course.weeks for one in week.sessions]
    assert titles == ["Караул и его обязанности на месте", "Разведка", "Вода"]


@pytest.mark.parametrize(
    ("name", "points"),
    [("Midterm Exam", 100), ("Midterm Exam 1", None), ("Рубежный контроль", 30), ("Midterm 12", None)],
)
def test_points_behind_the_name_of_a_control(name: str, points: int | None, tmp_path: Path) -> None:
    document = Document()
    grid = document.add_table(rows=0, cols=3)
    topics = ("Топырақ құрамы", "Су айналымы", "Ауа қабаттары", "Күн сәулесі")
    rows = [("Апта", "Тақырып", "Балл"), *((f"{n}", title, "5") for n, title in enumerate(topics[:3], 1))]
    for row in rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    whole = grid.add_row().cells
    whole[0].merge(whole[2]).text = f"{name}{' ' * 40}{points}" if points else name
    for cell, text in zip(grid.add_row().cells, ("4", topics[3], "5"), strict=True):
        cell.text = text
    path = tmp_path / "plan.docx"
    document.save(str(path))
    course = understood(path).course
    assert [one.unit for week in course.weeks for one in week.sessions] == [None] * 4
    assert course.about.grading is not None
    [control] = course.about.grading.interim
    assert (control.name, control.after_week, control.points) == (name, 3, points)


MODULES = """# FIN 4350 International finance

Instructor: Chris Barker

## Course outline

### Module 1

Chapter 1. Money

Chapter 2. Banks

Exam 1 (about week 4)

### Module 2

Chapter 3. Bonds

Chapter 4. Shares

Exam 2 (midterm)
"""


def test_exams_below_listed_chapters_are_controls(tmp_path: Path) -> None:
    course = read(tmp_path, MODULES)
    found = [(one.title, one.topics) for week in course.weeks for one in week.sessions]
    assert found == [("Money", ()), ("Banks", ()), ("Bonds", ()), ("Shares", ())]
    assert course.about.grading is not None
    controls = [(one.name, one.after_week) for one in course.about.grading.interim]
    assert controls == [("Exam 1 (about week 4)", 2), ("Exam 2 (midterm)", 4)]


def test_groups_that_meet_at_times_are_no_classes(tmp_path: Path) -> None:
    groups = "\n**Section 2 (10:00 am, Tue) - room 5**\n\n**Section 3 (11:30 am, Thu) - room 6**\n"
    course = read(tmp_path, MODULES + groups)
    assert [one.title for week in course.weeks for one in week.sessions] == ["Money", "Banks", "Bonds", "Shares"]


RULES = {
    "en": ("Conditions", "Dress", "Boots are worn in the yard. Rings stay at home.", "Missed drill", "It is made up."),
    "ru": (
        "Условия",
        "Форма одежды",
        "Приходят в боевой одежде. Кольца снимают.",
        "Обувь и перчатки",
        "Их выдают на складе.",
    ),
    "kk": ("Шарттар", "Киім", "Сабаққа арнайы киіммен келеді. Сақина тағылмайды.", "Қалған сабақ", "Ол қайта өтіледі."),
}


@pytest.mark.parametrize("language", RULES)
def test_lines_above_paragraphs_are_rules_of_their_own(language: str, tmp_path: Path) -> None:
    head, first, one, second, two = RULES[language]
    text = f"# Тактика\n\n{table(GRID['ru'])}\n## {head}\n\n{first}\n\n{one}\n\n{second}\n\n{two}\n"
    found = [policy.title for policy in read(tmp_path, text).about.policies]
    assert found == [first, second]


def test_a_syllabus_without_classes_is_a_warning(tmp_path: Path) -> None:
    text = "# Waves\n\n## Course description\n\nWhat waves are and how they are measured, from ponds to stars.\n"
    (tmp_path / "syllabus.md").write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "syllabus.md"])
    built = build.build(loaded, tmp_path / "out")
    found = [(one.code, one.severity) for one in built.findings if one.code == "course-empty"]
    assert found == [("course-empty", "warning")]
    assert built.folder is not None


def test_lines_to_sign_are_no_gaps_and_tables_count(tmp_path: Path) -> None:
    document = Document()
    grid = document.add_table(rows=0, cols=2)
    for row in (("Апта", "Тақырып"), *((f"{n}", f"Бейнелерді тану теориясының {n}-тақырыбы") for n in range(1, 16))):
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Курс жайында ескерту", 1)
    document.add_paragraph("Бұл құжат бір жылға арналған.")
    document.add_paragraph("Әдістеме бюросының төрайымы ___________________ Гусманова Ф.Р.")
    document.add_paragraph("Кафедра меңгерушісі _________________________________ Урмашев Б.А.")
    document.add_paragraph("Дәріскер ____________________________________________ Гусманова Ф.Р.")
    path = tmp_path / "силлабус.docx"
    document.save(str(path))
    codes = {one.code for one in understood(path).findings}
    assert codes & {"bank-unread", "outline-unlabelled"} == set()


SCHEDULE = (
    ("Section 1: Plants", "Section 1: Plants", "Section 1: Plants"),
    ("August 20 – August 26\nStart here", "Reading: Ch. 1 – Diversity", "Quiz 1"),
    ("August 27 – September 2\nLeaves", "Reading: Ch. 3 – Forms", "Quiz 2"),
    ("September 3 – 9\n5-7 no class\nRoots and stems", "Reading: Ch. 4 – Roots", "Quiz 3"),
)
GOES_ON = (
    ("September 10 – September 16\nFlowers", "Reading: Ch. 5 – Flowers", "Quiz 4"),
    ("September 17 – September 23\nSeeds", "Reading: Ch. 6 – Seeds", "Quiz 5"),
    ("September 24 – September 30\nFruit", "Reading: Ch. 7 – Fruit", "Quiz 6"),
)


def test_days_over_topics_in_one_cell_and_a_plan_on_two_pages(tmp_path: Path) -> None:
    """The second table begins with a row of the plan, though its words name columns."""
    document = Document()
    document.add_heading("Botany 201", 0)
    document.add_paragraph("Dr. Ann Lee, Professor")
    head = ("Course topics & date range", "Course activities", "Due dates")
    for rows in ((head, *SCHEDULE), GOES_ON):
        grid = document.add_table(rows=0, cols=3)
        for row in rows:
            added = grid.add_row().cells
            if len({*row}) == 1:
                added[0].merge(added[2]).text = row[0]
                continue
            for cell, text in zip(added, row, strict=True):
                first, *more = text.split("\n")
                cell.text = first
                for line in more:
                    cell.add_paragraph(line)
        document.add_paragraph("")
    path = tmp_path / "syllabus.docx"
    document.save(str(path))
    course = understood(path).course
    titles = [(week.number, one.title) for week in course.weeks for one in week.sessions]
    assert titles == list(enumerate(("Start here", "Leaves", "Roots and stems", "Flowers", "Seeds", "Fruit"), 1))


def test_named_exams_with_numbers_and_holidays_are_no_classes(tmp_path: Path) -> None:
    rows = (
        ("Week", "Topic"),
        ("1", "Basic Python"),
        ("2", "Selection"),
        ("3", "Programming Exam #1"),
        ("4", "Labor Day"),
        ("5", "How examinations of data work"),
    )
    course = read(tmp_path, f"# CS 1510 Introduction to computing\n\n{table(rows)}")
    titles = [(week.number, one.title) for week in course.weeks for one in week.sessions]
    assert titles == [(1, "Basic Python"), (2, "Selection"), (5, "How examinations of data work")]
    assert course.about.grading is not None
    assert [(one.name, one.after_week) for one in course.about.grading.interim] == [("Programming Exam #1", 3)]


def test_who_teaches_below_the_data_of_a_course(tmp_path: Path) -> None:
    text = (
        "# Systems\n\n## Course information\n\n### Instructor\n\n- Vivek Rao\n- vivek@uni.example\n- 318 Riley Hall\n\n"
    )
    text += (
        "### Course description\n\nEnvironmental systems hold many processes at once, and some of them conflict.\n\n"
    )
    course = read(tmp_path, text + "## Plan of lectures\n\n1. Water\n2. Air\n3. Soil\n")
    [teacher] = course.about.teachers
    assert (teacher.name, teacher.email) == ("Vivek Rao", "vivek@uni.example")
    assert [policy.title for policy in course.about.policies] == []


def test_the_head_of_days_decides_where_nothing_else_counts(tmp_path: Path) -> None:
    rows = (
        ("Дата", "О том и о сём", "Часов"),
        ("02.09", "Караул", "2"),
        ("04.09", "Рукава", "2"),
        ("09.09", "План", "4"),
    )
    course = read(tmp_path, f"# Тактика\n\nПреподаватель: Гарипов Р. Ш.\n\n{table(rows)}")
    assert [one.title for week in course.weeks for one in week.sessions] == ["Караул", "Рукава", "План"]


def test_what_stands_above_a_rule_that_has_a_name_is_kept(tmp_path: Path) -> None:
    text = f"# Тактика\n\n{table(GRID['ru'])}\n## Условия\n\nКольца снимают до занятий.\n\n"
    course = read(tmp_path, text + "### Пропуск занятий\n\nЕго отрабатывают в ту же неделю.\n")
    assert [policy.title for policy in course.about.policies] == ["Условия", "Пропуск занятий"]


def test_an_exam_with_nothing_below_it_is_no_list_of_questions(tmp_path: Path) -> None:
    course = read(tmp_path, MODULES + "\n## Final exam questions\n\n## Late work\n\nIt loses a mark a day.\n")
    assert course.exam is None
    assert [policy.title for policy in course.about.policies] == ["Late work"]
