"""Work outside class and tasks in class: sheets, lists, laboratory works, lesson plans, each worded several ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Assignment, Course, Session
from coursepack.outline.tree import due, work


def read(tmp_path: Path, text: str, name: str = "source.md") -> Course:
    """The course of one document without a course.toml."""
    (tmp_path / name).write_text(text, "utf-8")
    (loaded,) = find_projects([tmp_path / name])
    return build.understand(loaded).course


def works(course: Course) -> list[Assignment]:
    return [one for week in course.weeks for one in week.assignments]


def said(one: Assignment) -> list[str]:
    return [" ".join(block_text((block,)).split()) for block in one.blocks]


def the_class(course: Course) -> Session:
    ((_, session),) = course.sessions()
    return session


def tasks(session: Session) -> list[str]:
    return [" ".join(block_text(task.blocks).split()) for task in session.tasks]


@pytest.mark.parametrize(
    ("line", "kind", "number", "start"),
    [
        ("Problem Set 2", "homework", 2, 0),
        ("Botany: Problem Set 2", "homework", 2, 8),
        ("HW3: Sorting", "homework", 3, 0),
        ("Project B. Late Trains", "independent", 2, 0),
        ("Домашнее задание № 3", "homework", 3, 0),
        ("Самостоятельная работа №2. Тема", "independent", 2, 0),
        ("3-үй тапсырмасы. Тақырып", "homework", 3, 2),
        ("Контрольная работа 1", "paper", 1, 0),
    ],
)
def test_names_of_work(line: str, kind: str, number: int, start: int) -> None:
    found = work.named(line)
    assert found is not None
    assert (found.kind, found.number, found.start) == (kind, number, start if line[0].isalpha() else 2)


@pytest.mark.parametrize("line", ["Project Management", "The project is due", "Essays of the century", "Budget 3"])
def test_other_lines_name_no_work(line: str) -> None:
    assert work.named(line) is None


@pytest.mark.parametrize(
    ("line", "week", "points", "due"),
    [
        ("Мерзімі: 2-апта. Ең жоғары ұпай: 5", 2, 5, None),
        ("Due: week 4. Points: 20", 4, 20, None),
        ("Срок сдачи: 5 неделя, 10 баллов", 5, 10, None),
        ("Due: Friday of Week 5", 5, None, "Friday of Week 5"),
        ("20 points", None, 20, None),
        ("Due: Friday, January 29, 4:00 pm", None, None, "Friday, January 29, 4:00 pm"),
        ("Due date: 12/05/2026, 23:59 | Worth: 15 marks", None, 15, "12/05/2026, 23:59"),
        ("Deadline: Monday 5 May, 10 points", None, 10, "Monday 5 May"),
        ("10 points, due Monday 5 May", None, 10, "Monday 5 May"),
        ("Friday 6 February  |  10 points", None, 10, "Friday 6 February"),
        ("Hand in by: end of October", None, None, "end of October"),
        ("Сдать до 15 марта. 20 баллов", None, 20, "15 марта"),
    ],
)
def test_due_and_points_of_a_line(line: str, week: int | None, points: float | None, due: str | None) -> None:
    assert work.terms(line) == work.WorkTerms(week, points, True, due)


WEEKS = {  # a week of the course, in words of three languages; None: so many weeks, or another matter
    "(12 баллов; сдать на 5-й неделе)": 5,
    "(к 5-й неделе)": 5,
    "(до конца 5-й недели)": 5,
    "(сдаётся на пятой неделе)": 5,
    "(5-аптада тапсыру)": 5,
    "(12 балл; 5-аптада тапсырылады)": 5,
    "(5 апта ішінде)": 5,
    "(5-аптаның соңына дейін)": 5,
    "(бесінші аптада тапсыру)": 5,
    "(өткізу мерзімі 5-апта)": 5,
    "(12 points; due week 5)": 5,
    "(to be submitted by the end of week 5)": 5,
    "(due in the fifth week)": 5,
    "(due week five)": 5,
    "(2 недели)": None,
    "(в течение 5 недель)": None,
    "(5 апта)": None,
    "(5 weeks)": None,
    "(one week)": None,
    "(5-апта тақырыптары бойынша)": None,
}


@pytest.mark.parametrize("said_", WEEKS)
def test_the_week_by_which_work_is_due(said_: str) -> None:
    found = due.inside(f"Эссе {said_}") or work.behind(f"Эссе {said_}")
    week = None
    if isinstance(found, due.Due):
        named = due.week(found.value)
        week = named.number if named and named.alone else None
    elif found is not None:
        week = found[1].week
    assert week == WEEKS[said_]


SENTENCES = {
    "Задания для самостоятельной работы": ("СРО {}. ", "{}-й неделе", "До конца {}-й недели."),
    "Студенттің өздік жұмысына арналған тапсырмалар": ("{}-СӨЖ. ", "{}-аптада тапсыру", "{}-аптада тапсырылады."),
    "Assignments for independent work": ("Assignment {}. ", "due week {}", "Hand in by week {}."),
}


@pytest.mark.parametrize("head", SENTENCES)
def test_weeks_behind_tasks(tmp_path: Path, head: str) -> None:
    """In brackets behind the task, and in a sentence of its own at the end of its text."""
    mark, bracket, sentence = SENTENCES[head]
    bracket = f"к {bracket}" if "й" in bracket else bracket
    lines = [f"{mark.format(n)}Topic of the {n} essay ({bracket.format(n + 4)})" for n in range(1, 4)]
    found = works(read(tmp_path, f"{head}\n\n" + "\n".join(lines) + "\n", "source.txt"))
    assert [(one.due_week, one.due) for one in found] == [(5, None), (6, None), (7, None)]
    assert said(found[0]) == ["Topic of the 1 essay"]
    lines = [f"{mark.format(n)}A topic\nWrite three pages on it. {sentence.format(n + 4)}\n" for n in range(1, 4)]
    found = works(read(tmp_path, f"{head}\n\n" + "\n".join(lines) + "\n", "other.txt"))
    assert [(one.due_week, one.due) for one in found] == [(5, None), (6, None), (7, None)]
    assert "Write three pages on it." in said(found[0])[-1]
    assert "5" not in " ".join(said(found[0]))


ALONE = {  # a heading, what counts the tasks, and what brackets on a line of their own say below each
    "Задания для самостоятельной работы": (
        "СРО {}. ",
        ("({}-я неделя)", "(сдать на {}-й неделе)", "[до конца {}-й недели]", "(12 баллов; сдать на {}-й неделе)"),
    ),
    "Студенттің өздік жұмысына арналған тапсырмалар": (
        "{}-СӨЖ. ",
        ("({}-апта)", "({}-аптада тапсыру)", "[{}-аптаның соңына дейін]", "(мерзімі: {}-апта)"),
    ),
    "Assignments for independent work": (
        "Assignment {}. ",
        ("(week {})", "(due week {})", "[by the end of week {}]", "(12 points; due week {})"),
    ),
}
FORMS = {"abbreviation": "{mark}", "number": "{n}. ", "bullet": "- "}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("head", ALONE)
def test_brackets_on_a_line_of_their_own_say_when_work_is_due(tmp_path: Path, head: str, gap: str, form: str) -> None:
    """They are no heading of a week: each task stays, with its title and its week."""
    mark, brackets = ALONE[head]
    for at, bracket in enumerate(brackets):
        begins = [FORMS[form].format(mark=mark.format(n), n=n) for n in range(1, 4)]
        lines = [f"{begin}Kinds of maps{gap}{bracket.format(n + 4)}\n" for n, begin in enumerate(begins, 1)]
        found = works(read(tmp_path, f"{head}\n\n" + "\n".join(lines), f"{at}.txt"))
        assert [(one.due_week, one.due) for one in found] == [(5, None), (6, None), (7, None)], bracket
        assert [said(one) for one in found] == [["Kinds of maps"]] * 3, bracket


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("(5-аптада тапсыру)", "5-аптада тапсыру"),
        ("[Due: week 5]", "week 5"),
        ("(срок: 5-я неделя).", "5-я неделя"),
        ("(5 недель)", None),
        ("(см. тему 5-й недели)", None),
        ("(week 5) maps (week 6)", None),
    ],
)
def test_brackets_that_are_all_of_a_line(line: str, value: str | None) -> None:
    found = due.whole(line)
    assert (found and (found.value, found.start, found.end)) == (value and (value, 0, len(line)))


LISTS = {
    "Assignments for independent work": (
        "Assignment 1. Write a plan (10 points).",
        "Assignment 2. Describe the data (due week 3, 20 points).",
        "Assignment 3. Draw a chart. Maximum: 15 points",
        "Assignment 4. Measure three points of the curve (two pages).",
    ),
    "Задания для самостоятельной работы": (
        "СРО 1. Написать план (10 баллов).",
        "СРО 2. Описать данные (срок: 3 неделя, 20 баллов).",
        "СРО 3. Начертить график, 15 баллов.",
        "СРО 4. Отметить три точки (2 страницы).",
    ),
    "Студенттің өздік жұмысына арналған тапсырмалар": (
        "1-СӨЖ. Жоспар жазу [10 ұпай].",
        "2-СӨЖ. Деректерді сипаттау (мерзімі: 3-апта, 20 балл).",
        "3-СӨЖ. Сызба салу. Ең жоғары балл: 15",
        "4-СӨЖ. Үш нүктені белгілеу (2 бет).",
    ),
}


@pytest.mark.parametrize("head", LISTS)
def test_points_behind_the_tasks_of_a_list(tmp_path: Path, head: str) -> None:
    found = works(read(tmp_path, f"{head}\n\n" + "\n".join(LISTS[head]) + "\n", "source.txt"))
    by_number = {one.number: one for one in found}
    assert {number: one.points for number, one in by_number.items()} == {1: 10, 2: 20, 3: 15, 4: None}
    assert (by_number[2].due_week, by_number[2].due) == (3, None)
    printed = " ".join(text for one in found for text in said(one))
    assert "10" not in printed
    assert "20" not in printed
    assert "2" in printed or "two pages" in printed


def test_a_line_of_text_says_no_terms() -> None:
    assert work.terms("Measure three points of the curve.") is None


def test_a_sheet_of_problems_is_one_piece_of_work(tmp_path: Path) -> None:
    course = read(
        tmp_path,
        "# CS 240: Homework 3 (30 points)\n\nDue: week 5\n\n**Problem A.** Prove that the sum of two even numbers is "
        "even.\n\n```python\npass\n```\n\n1. Write push.\n2. Write pop.\n",
    )
    (one,) = works(course)
    assert (one.kind, one.number, one.title, one.points, one.due_week) == ("homework", 3, None, 30, 5)
    assert said(one)[:2] == ["Problem A. Prove that the sum of two even numbers is even.", "pass"]
    assert said(one)[2] == "Write push. Write pop."
    assert course.exam is None
    assert course.readings == ()


def test_a_sheet_in_russian_has_its_topic_for_a_title(tmp_path: Path) -> None:
    text = "Домашнее задание №2\nТема: Линейные уравнения\nСрок сдачи: 6 неделя. Баллы: 15\n\n1. Решите систему.\n"
    (one,) = works(read(tmp_path, text + "2. Найдите матрицу.\n", "source.txt"))
    assert (one.kind, one.number, one.title, one.points, one.due_week) == ("homework", 2, "Линейные уравнения", 15, 6)
    assert said(one) == ["Решите систему. Найдите матрицу."]


def test_work_that_nothing_names_is_known_by_its_parts(tmp_path: Path) -> None:
    course = read(
        tmp_path, "# Weather Station\n\n## Requirements\n\nRead the sensor.\n\n## Submission\n\nHand in a zip file.\n"
    )
    (one,) = works(course)
    assert (one.kind, one.title) == ("homework", "Weather Station")
    assert said(one) == ["Requirements", "Read the sensor.", "Submission", "Hand in a zip file."]


KAZAKH = """3-тапсырма. Эссе
Өз ауылыңыздың тарихы туралы жазыңыз.
Мерзімі: 5-апта

4-тапсырма. Сауалнама (15 балл)
Он көршіңізден сауалнама алыңыз.
Мерзімі: 7-апта
"""
ENGLISH = """Homework 1. City Trees
Download the inventory.
Due: week 2

Homework 2. Late Trains
Collect departures.
Due: week 4
"""
RUSSIAN = """Контрольная работа 1
Тема. Графы
Задание 1. Найдите путь.

Контрольная работа 2
Тема. Деревья
Задание 1. Постройте дерево.
"""


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (KAZAKH, [(3, "Эссе", 5), (4, "Сауалнама", 7)]),
        (ENGLISH, [(1, "City Trees", 2), (2, "Late Trains", 4)]),
        (RUSSIAN, [(1, "Графы", None), (2, "Деревья", None)]),
    ],
)
def test_a_list_has_a_piece_of_work_an_item(
    tmp_path: Path, text: str, titles: list[tuple[int, str, int | None]]
) -> None:
    found = works(read(tmp_path, text, "source.txt"))
    assert [(one.number, one.title, one.due_week) for one in found] == titles
    assert all(len(said(one)) == 1 for one in found)


def test_tasks_without_titles_are_text(tmp_path: Path) -> None:
    text = "Exercise 1. Find the derivative.\n\nExercise 2. Find the integral.\n\nExercise 3. Sketch both curves.\n"
    found = works(read(tmp_path, text, "source.txt"))
    assert [(one.number, one.title, said(one)) for one in found] == [
        (1, None, ["Find the derivative."]),
        (2, None, ["Find the integral."]),
        (3, None, ["Sketch both curves."]),
    ]


LAB = """# Лабораторная работа № 4. Стек и очередь

**Цель работы:** изучить структуры данных.

**Оборудование:** ПК, компилятор.

## Ход работы

### Задание 1. Реализовать стек

Напишите класс.

| Метод | Что делает |
| --- | --- |
| push | кладёт |

### Задание 2. Реализовать очередь

1. Напишите класс.
2. Проверьте его.

## Контрольные вопросы

1. Что такое стек?
"""


def test_tasks_that_headings_count_hold_all_below_them(tmp_path: Path) -> None:
    session = the_class(read(tmp_path, LAB))
    assert (session.kind, session.number, session.title) == ("laboratory", 4, "Стек и очередь")
    assert tasks(session) == [
        "Реализовать стек Напишите класс. Метод Что делает push кладёт",
        "Реализовать очередь Напишите класс. Проверьте его.",
    ]
    assert block_text(session.equipment) == "ПК, компилятор."
    assert len(session.review) == 1


def test_variants_of_a_laboratory_work_are_its_tasks(tmp_path: Path) -> None:
    variants = "".join(f"### Вариант {n}\n\nНапишите класс {n}.\n\n- поле;\n- метод.\n\n" for n in (1, 2, 3))
    session = the_class(read(tmp_path, f"# Лабораторная работа №3\n\n## Задание\n\n{variants}"))
    assert tasks(session) == [f"Напишите класс {n}. поле; метод." for n in (1, 2, 3)]


def test_tasks_on_their_lines_among_the_text_of_a_laboratory_work(tmp_path: Path) -> None:
    text = (
        "# Lab 2: Sorting\n\n## Part A: Bubble sort\n\nBubble sort swaps neighbours.\n\n**Task 1.** Implement it.\n\n"
        "**Task 2.** Count the swaps.\n\n## Questions\n\n1. Which method needs fewer swaps?\n2. Why?\n"
    )
    session = the_class(read(tmp_path, text))
    assert (session.kind, session.number) == ("laboratory", 2)
    assert tasks(session) == ["Implement it.", "Count the swaps."]


def test_a_class_is_named_behind_the_title_of_its_course(tmp_path: Path) -> None:
    course = read(tmp_path, "# Legal History – Tutorial 1: The Codes\n\nA code is a book of laws.\n\nWhat is a code?\n")
    session = the_class(course)
    assert (course.title, session.kind, session.number, session.title) == ("Legal History", "practical", 1, "The Codes")


PRACTICAL = """Практическое занятие № 3
Тема: Анализ воды
Цель: научиться определять жёсткость воды.
Порядок работы:
1. Налейте воду в пробирку.
2. Добавьте мыло.
Контрольные вопросы:
1. Что такое жёсткость?
Домашнее задание: § 12.
"""


def test_homework_of_a_class_is_work_outside_it(tmp_path: Path) -> None:
    course = read(tmp_path, PRACTICAL, "source.txt")
    session = the_class(course)
    assert tasks(session) == ["Налейте воду в пробирку.", "Добавьте мыло."]
    assert [(one.kind, said(one)) for one in works(course)] == [("homework", ["§ 12."])]


STAGES = """# {title}

| {head} |
| --- | --- | --- |
| {ask} | 10 {min} | 1) {question} |
| {do} | 20 {min} | {task} |
"""


@pytest.mark.parametrize(
    "words",
    [
        {
            "title": "План урока № 5. Почва", "head": "Этап | Время | Деятельность учителя", "ask": "Разминка",
            "do": "Работа", "min": "мин", "question": "Что такое почва?", "task": "Задание 1. Измерьте глубину.",
        },
        {
            "title": "Lesson 5. Soil", "head": "Stage | Time | Teacher", "ask": "Warm-up", "do": "Work", "min": "min",
            "question": "What is soil?", "task": "Activity 1: Measure the depth.",
        },
        {
            "title": "5-сабақ. Топырақ", "head": "Кезең | Уақыт | Мұғалімнің әрекеті", "ask": "Сергіту",
            "do": "Жұмыс", "min": "мин", "question": "Топырақ деген не?", "task": "1-тапсырма. Тереңдігін өлшеңіз.",
        },
    ],
)  # fmt: skip
def test_stages_of_a_lesson_in_a_table(tmp_path: Path, words: dict[str, str]) -> None:
    session = the_class(read(tmp_path, STAGES.format(**words)))
    assert [block_text(question.text) for question in session.review] == [words["question"]]
    assert tasks(session) == [words["task"].partition(". ")[2] or words["task"].partition(": ")[2]]


BEHIND = {  # what stands behind a title or a sentence: the week, and the day of it as printed; None: no week by which …
    "Эссе — 5-я неделя": (5, None),
    "Эссе, 5 неделя": (5, None),
    "Эссе до конца 5-й недели": (5, None),
    "Эссе, в пятницу 5-й недели": (5, "в пятницу 5-й недели"),
    "Эссе (пт 5-й недели)": (5, "пт 5-й недели"),
    "Эссе, срок: 5-я неделя": (5, None),
    "Эссе сдать на 5-й неделе": (5, None),
    "Эссе – 5-апта": (5, None),
    "Эссе 5-аптаның соңына дейін": (5, None),
    "Эссе 5-аптада тапсыру": (5, None),
    "Эссе 5-аптаның жұмасына дейін": (5, "5-аптаның жұмасына дейін"),
    "Essay, wk 5": (5, None),
    "Essay by the end of week 5": (5, None),
    "Essay, Friday of week 5": (5, "Friday of week 5"),
    "Essay due Fri wk 5": (5, "Fri wk 5"),
    "Темы 1 – 5 недели": None,
    "Стадии: 4-я, 5-я неделя": None,
    "Опишите развитие до 5-й недели": None,
    "Эссе о реформах на 5-й неделе": None,
    "Эссе за 5 недель": None,
    "Essay about what we read in week 5": None,
    "Essay, 5 weeks": None,
    "Эссе, 5 апта": None,
    "Эссе, 5-апта тақырыптары бойынша": None,
}


@pytest.mark.parametrize("title", BEHIND)
def test_the_week_behind_a_title(title: str) -> None:
    found = due.behind_title(title)
    named = due.named(found.value) if found is not None else None
    told = (named.number, None if named.alone else found.value) if named and found else None
    assert told == BEHIND[title]


ITEMS = {
    "Задания для самостоятельной работы": ("{}-я неделя", "12 баллов, {} неделя", "до конца {}-й недели"),
    "Студенттің өздік жұмысына арналған тапсырмалар": ("{}-апта", "12 балл, {}-апта", "{}-аптаның соңына дейін"),
    "Assignments for independent work": ("week {}", "12 points, Fri wk {}", "by the end of week {}"),
}


@pytest.mark.parametrize("head", ITEMS)
def test_bare_weeks_behind_the_items_of_a_list(tmp_path: Path, head: str) -> None:
    """Items that numbers alone count: no word says that the week is one by which work is due, but the heading."""
    for at, (form, sign) in enumerate(zip(ITEMS[head], (" ({})", " — {}", " [{}]"), strict=True)):
        lines = [f"{n}. Essay «Steppe»{sign.format(form.format(n + 4))}" for n in range(1, 4)]
        folder = tmp_path / str(at)
        folder.mkdir()
        found = works(read(folder, f"{head}\n\n" + "\n".join(lines) + "\n", "source.txt"))
        assert [one.due_week for one in found] == [5, 6, 7], form
        assert [one.points for one in found] == [12 if "12" in form else None] * 3
        assert {text for one in found for text in [one.title, *said(one)] if text} == {"Essay «Steppe»"}


def test_weeks_behind_titles_elsewhere_are_weeks(tmp_path: Path) -> None:
    """Classes of a plan keep their weeks; none of them is work."""
    lines = [f"Лекция {n}. Степь и её народы, часть {n} (неделя {n})\n\nТекст о степи.\n" for n in range(1, 4)]
    course = read(tmp_path, "Лекции\n\n" + "\n".join(lines), "source.txt")
    assert [session.number for _, session in course.sessions()] == [1, 2, 3]
    assert works(course) == []
