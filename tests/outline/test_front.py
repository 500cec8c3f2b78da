"""What the head of a document says of its course: labels anywhere on a line, values by their form, people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.course import Hours, Teacher
from coursepack.outline.markers import standard
from coursepack.outline.tree import masthead
from coursepack.outline.tree.grading import of_lines
from coursepack.outline.tree.labelled import labelled, value_of
from coursepack.outline.tree.people import Person, hours_of
from coursepack.outline.tree.values import bare, institutions, led_by_code, of_form, of_line, semester
from coursepack.outline.tree.words import words
from tests.outline.documents import Word, read


def said(text: str) -> list[tuple[str, str]]:
    return [(one.kind, value_of(text, one)) for one in labelled(standard(), text)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "Instructor: Dr. Ann Lee Email: lee@uni.example Office hours: Mon 2:30-4",
            [("teacher", "Dr. Ann Lee"), ("email", "lee@uni.example"), ("office-hours", "Mon 2:30-4")],
        ),
        ("Office: Hall 5. Office Hours: Tu 1:00p", [("room", "Hall 5."), ("office-hours", "Tu 1:00p")]),
        (
            "Преподаватель: Орлова А. П.; ауд.: 214; тел.: 8 701 555 01 02",
            [("teacher", "Орлова А. П."), ("room", "214"), ("phone", "8 701 555 01 02")],
        ),
        ("Пән коды / Код / Code: BIO 1201", [("code", "BIO 1201")]),
        ("Taught by Prof. Ada Bell (bell@uni.example)", [("teacher", "Prof. Ada Bell (bell@uni.example)")]),
        ("Course meeting: Tuesday 12:00", [("other", "Tuesday 12:00")]),
        ("The bell rings at 9:30 in room 5", []),
    ],
)
def test_labels_of_a_line(line: str, found: list[tuple[str, str]]) -> None:
    assert said(line) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dr Fiona Reid (Module Leader)", {"name": "Dr Fiona Reid", "post": "Module Leader"}),
        ("Ann Lee, Ph.D.", {"name": "Ann Lee", "degree": "Ph.D."}),
        ("Rosa Diaz, MSN, RN", {"name": "Rosa Diaz, MSN, RN"}),
        (
            "Ada Bell (bell@uni.example), Music 22, office hours by appointment",
            {"name": "Ada Bell", "email": "bell@uni.example", "room": "Music 22", "office_hours": "by appointment"},
        ),
        ("Петров И. И., к.п.н., доцент", {"name": "Петров И. И.", "degree": "к.п.н.", "post": "доцент"}),
        (
            "магистр А. Н. Жанов (zhanov@uni.example, 317-каб.",
            {"name": "А. Н. Жанов", "degree": "магистр", "email": "zhanov@uni.example", "room": "317-каб."},
        ),
        (
            "Орлов А. П., ауд. 407, консультации вт 14:00–15:00",
            {"name": "Орлов А. П.", "room": "407", "office_hours": "вт 14:00–15:00"},
        ),
        ("аға оқытушы Ж. Сапарова", {"name": "Ж. Сапарова", "post": "аға оқытушы"}),
    ],
)
def test_a_person(text: str, found: dict[str, str]) -> None:
    assert Person(text).said == found


def test_values_by_their_form() -> None:
    assert led_by_code("ECO 210-02 #1935 – Field Ecology") == ("ECO 210-02", "Field Ecology")
    assert led_by_code("C161: Cosmology") == ("C161", "Cosmology")
    assert led_by_code("WEEK 12 Review") is None
    assert [(v.name, v.value) for v in institutions("Pine University, Department of Music")] == [
        ("university", "Pine University"),
        ("department", "Department of Music"),
    ]
    assert [(v.name, v.value) for v in institutions("ФГБОУ ВО «Южный университет им. А. Гая»")] == [
        ("university", "Южный университет им. А. Гая")
    ]
    assert [v.value for v in of_form("направление 09.03.02 «Информатика», 2 курс") if v.name == "programme"] == [
        "09.03.02 «Информатика»"
    ]
    assert (semester("күзгі семестр"), semester("4 семестр"), semester("Fall 2022")) == ("күзгі", "4", "Fall 2022")
    assert (bare("«Физика»"), bare('09.03.02 "ИТ"')) == ("Физика", '09.03.02 "ИТ"')


HEAD = """# ECO 210 | Field Ecology

Pine University, Department of Biology

Fall 2023 · 4 credits

**Instructor:** Ann Lee (said as it is read)

**Drop-In Hours:** Monday, 2-4 PM

**Email:** lee@pine.example

**TA:** Bo Chen, chen@pine.example

## About the course

The course follows the life of one pond through the year, and asks what keeps its dwellers in balance.

## Rules

Late work. Reports lose five points a day.

Phones. They stay in the bag.

## Grading

### Reports: 60%

Four reports are due.

### Final exam: 40%

It is written.

## Texts

Required: Begon, M. Ecology. Oxford: Wiley, 2006.

Optional: Odum, E. Fundamentals of Ecology. Philadelphia: Saunders, 1971.
"""


def detected(tmp_path: Path, text: str, name: str = "syllabus.md") -> dict[str, Any]:
    (tmp_path / name).write_text(text, "utf-8")
    return read(tmp_path / name)


def test_the_head_of_a_us_syllabus(tmp_path: Path) -> None:
    found = detected(tmp_path, HEAD)
    about = found["about"]
    assert (found["title"], found["roles"]) == ("Field Ecology", ["syllabus"])
    assert (about.code, about.credits, about.semester) == ("ECO 210", 4.0, "Fall 2023")
    assert (about.university, about.department) == ("Pine University", "Department of Biology")
    assert about.teachers == (
        Teacher(name="Ann Lee", email="lee@pine.example", office_hours="Monday, 2-4 PM"),
        Teacher(name="Bo Chen", email="chen@pine.example", post="TA"),
    )
    assert [(w.name, w.percent) for w in about.grading.weights] == [("Reports", 60.0), ("Final exam", 40.0)]
    assert [(p.title, block_text(p.blocks)) for p in about.policies][:2] == [
        ("Late work", "Reports lose five points a day."),
        ("Phones", "They stay in the bag."),
    ]
    assert about.literature.basic == ("Begon, M. Ecology. Oxford: Wiley, 2006.",)
    assert about.literature.additional == ("Odum, E. Fundamentals of Ecology. Philadelphia: Saunders, 1971.",)


def test_hours_by_kind_in_rows(tmp_path: Path) -> None:
    made = Word().p("Силлабус", "Дисциплина: Почвоведение", "Кафедра: кафедра почв", "Преподаватель: Орлова А. П.")
    made.table([["Вид работы", "Часы"], ["Лекции", "30"], ["Семинары", "15"], ["СРС", "75"], ["Всего", "120"]])
    found = read(made.save(tmp_path / "силлабус.docx"))
    assert found["about"].hours == Hours(lecture=30, seminar=15, independent=75, total=120)
    assert found["title"] == "Почвоведение"


def test_a_programme_behind_its_approval(tmp_path: Path) -> None:
    """The title page goes on behind an approval, sentences say requisites and shares, letters part the literature."""
    made = Word().p("Северный институт рек", "УТВЕРЖДАЮ", "Проректор ______________ Иванов И. И.")
    made.b("РАБОЧАЯ ПРОГРАММА ДИСЦИПЛИНЫ", "Б1.В.07 Гидрометрия").p("Форма обучения: очная", "Саратов 2025")
    made.h("1. Цель дисциплины", 2).p("Подготовить студента к измерениям уровней, глубин и расходов воды на реках.")
    made.h("2. Место дисциплины в структуре", 2)
    made.p("Дисциплина опирается на курсы: Физика, Геодезия. Она необходима для курса «Речной сток».")
    made.h("3. Отметка", 2).p("Как складывается отметка: практика 30 %, самостоятельная работа 40 %, экзамен 30 %.")
    made.h("4. Литература", 2).p("а) основная", "Карасев И. Ф. Речные измерения. – СПб. : Гидромет, 2018.")
    made.p("б) дополнительная", "Быков В. Д. Задачник наблюдателя. – Саратов, 2020.")
    made.p("Программу составил: доц. Лужин П. Е.")
    found = read(made.save(tmp_path / "рпд.docx"))
    about = found["about"]
    assert (found["title"], about.code) == ("Гидрометрия", "Б1.В.07")
    assert (about.study_form, about.city) == ("очная", "Саратов")
    assert about.prerequisites == ("Физика", "Геодезия")
    assert about.postrequisites == ("Речной сток",)
    shares = [(one.name, one.percent) for one in about.grading.weights]
    assert shares == [("практика", 30), ("самостоятельная работа", 40), ("экзамен", 30)]
    assert about.literature.basic == ("Карасев И. Ф. Речные измерения. – СПб. : Гидромет, 2018.",)
    assert about.literature.additional == ("Быков В. Д. Задачник наблюдателя. – Саратов, 2020.",)
    assert [one.name for one in about.teachers] == ["Лужин П. Е."]
    assert about.policies == ()


def test_values_of_one_line() -> None:
    """An institution, a year and a half of it on one line are a value each; a name with a place stays whole."""
    found = [(one.name, one.value) for one in of_line("Арқа энергетика колледжі, 2025/2026 оқу жылы, І жартыжылдық")]
    assert found == [
        ("university", "Арқа энергетика колледжі"),
        ("year", "2025/2026"),
        ("semester", "І жартыжылдық"),
    ]
    assert [one.value for one in institutions("Институт рек, озёр и морей")] == ["Институт рек, озёр и морей"]


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("Бағаның жартысын (50%) жоба, 20 пайызын әңгіме, қалған 30 пайызын емтихан", [50, 20, 30]),
        ("40 процентов экзамен, 60 процентов проект", [40, 60]),
        ("Homework 40 percent, exam 60 percent", [40, 60]),
    ],
)
def test_shares_in_a_sentence(text: str, shares: list[float]) -> None:
    assert [one.percent for one in of_lines([text])] == shares


def test_a_label_cut_short() -> None:
    """«сост.» is a teacher's label before a name alone; «сроки» is no day."""
    assert said("сост. Орлова А. П., кафедра почв") == [("teacher", "Орлова А. П., кафедра почв")]
    assert said("сост. по учебнику А. П. Орловой") == []
    assert [hours_of(part) for part in ("сроки жёсткие", "ср 14", "среда")] == [None, "ср 14", "среда"]


def test_names_beside_their_shares() -> None:
    """A share before its name, also in brackets; the lead before a colon is no name."""
    kazakh = "Бағаның жартысын (50%) жоба, 20 пайызын әңгіме, қалған 30 пайызын емтихан"
    assert [one.name for one in of_lines([kazakh])] == ["жоба", "әңгіме", "емтихан"]
    assert [one.name for one in of_lines(["Assessment: exam 40 %, project 60 %"])] == ["exam", "project"]


def test_a_heading_in_several_languages() -> None:
    """What most words of two of its languages name; one chance word in each names nothing."""
    assert words().labels("Бағалау / Оценивание / Assessment")["grading"] == 10
    assert words().labels("Кітапхана ісі / Library studies").get("literature", 0) < 5


@pytest.mark.parametrize(
    ("line", "university"),
    [
        ("«ПРИКАМСКИЙ ГОСУДАРСТВЕННЫЙ ТЕХНИЧЕСКИЙ УНИВЕРСИТЕТ»", "ПРИКАМСКИЙ ГОСУДАРСТВЕННЫЙ ТЕХНИЧЕСКИЙ УНИВЕРСИТЕТ"),
        ("“Polar State University”", "Polar State University"),
    ],
)
def test_an_institution_in_quotes(line: str, university: str) -> None:
    assert list(masthead.institutions(line)) == [("university", university)]
