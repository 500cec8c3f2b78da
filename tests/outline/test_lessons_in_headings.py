"""A plan of one lesson whose parts are headings is that lesson, not a course; its head says who holds it and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.outline import Understood

LESSON = """# Autumn Leaves

**Setting:** Little Oaks Nursery, Hove
**Age group:** 3–4 years
**Group size:** 8 children
**Practitioner:** Sarah Whitlock

## Learning intentions

- name three colours of leaves;
- sort leaves by shape or size.

## Introduction (10 min)

Sit the children in a circle. Pass round a bag of leaves and let each child choose one.

## Main activity (20 min)

1. Sort the leaves into trays.
2. Make a leaf picture.

## Plenary (10 min)

Each child shows a picture and tells one thing about a leaf.

## Home link

Ask families to collect five leaves on the way home.
"""


def understood(folder: Path, name: str, text: str) -> Understood:
    (folder / name).write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([folder / name])
    return build.understand(loaded)


def test_stages_with_their_time_make_a_lesson(tmp_path: Path) -> None:
    found = understood(tmp_path, "lesson.md", LESSON)
    ((lesson,),) = [week.sessions for week in found.course.weeks if week.sessions]
    assert lesson.title == "Autumn Leaves"
    assert [*lesson.outcomes] == ["name three colours of leaves;", "sort leaves by shape or size."]
    assert len(lesson.tasks) == 2
    assert not lesson.outline
    assert found.course.about.policies == ()
    assert found.course.introduction is None
    (homework,) = [one for week in found.course.weeks for one in week.assignments]
    assert homework.kind == "homework"


def test_the_head_says_who_holds_it_and_where(tmp_path: Path) -> None:
    found = understood(tmp_path, "lesson.md", LESSON)
    about = found.course.about
    assert [one.name for one in about.teachers] == ["Sarah Whitlock"]
    assert about.university == "Little Oaks Nursery, Hove"
    aside = [entry.reason for ledger in found.ledgers for entry in ledger.entries if entry.fate == "aside"]
    assert "data of one lesson" in aside


@pytest.mark.parametrize(
    ("text", "prerequisites"),
    [
        ("BIOL 101 or CHEM 110, with a grade of C or better.", ["BIOL 101 or CHEM 110, with a grade of C or better."]),
        ("Geology 101, Chemistry 1", ["Geology 101", "Chemistry 1"]),
    ],
)
def test_a_comma_before_a_condition_parts_no_courses(text: str, prerequisites: list[str], tmp_path: Path) -> None:
    weeks = "\n\n".join(f"Week {n}: Topic of it {n}" for n in (1, 2, 3))
    found = understood(tmp_path, "a.md", f"# Soil\n\n## Prerequisites\n\n{text}\n\n## Schedule\n\n{weeks}\n")
    assert [*found.course.about.prerequisites] == prerequisites


def test_sentences_of_a_whole_paragraph_name_courses(tmp_path: Path) -> None:
    text = """РАБОЧАЯ ПРОГРАММА ДИСЦИПЛИНЫ
Мелиорация
Год набора 2024
Самара 2025

1. Место дисциплины
Дисциплина опирается на курсы «Почвы» и «Гидрология». Она необходима для изучения дисциплины «Земледелие».

2. Содержание
Тема 1. Водный режим
Тема 2. Орошение
Тема 3. Осушение
"""
    about = understood(tmp_path, "a.txt", text).course.about
    assert (about.prerequisites, about.postrequisites) == (("Почвы", "Гидрология"), ("Земледелие",))
    assert (about.year, about.city) == ("2025", "Самара")


def test_hours_under_a_heading_of_their_own_are_no_rule(tmp_path: Path) -> None:
    text = "# Crime\n\n## Module summary\n\nThis module tells of places and of crime in them.\n\n"
    text += "## Learning and teaching\n\nLectures 12 hours; seminars 12 hours; independent study 176 hours.\n\n"
    text += "## Plan\n\nWeek 1: Chicago\n\nWeek 2: Routines\n\nWeek 3: Design\n"
    about = understood(tmp_path, "a.md", text).course.about
    assert about.policies == ()
    assert about.hours is not None
    assert (about.hours.lecture, about.hours.seminar, about.hours.independent) == (12, 12, 176)


@pytest.mark.parametrize("line", ["{n}-апта. Дәріс: {a}. Семинар: {b}", "Неделя {n}. Лекция: {a}. Семинар: {b}"])
def test_a_full_stop_parts_the_classes_of_a_week(line: str, tmp_path: Path) -> None:
    pairs = [("Su", "Suv"), ("Ot", "Otyn"), ("Tau", "Taular")]
    text = "Экология\n\n" + "\n".join(line.format(n=n, a=a, b=b) for n, (a, b) in enumerate(pairs, 1)) + "\n"
    course = understood(tmp_path, "a.txt", text).course
    found = [(week.number, one.kind, one.title) for week in course.weeks for one in week.sessions]
    assert found == [
        (n, kind, title)
        for n, pair in enumerate(pairs, 1)
        for kind, title in zip(("lecture", "seminar"), pair, strict=True)
    ]
