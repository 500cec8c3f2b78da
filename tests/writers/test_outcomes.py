"""Outcomes × weeks × assessments in the syllabus and as a sheet; hours and credits; what tasks are marked by."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import openpyxl

from coursepack.model.course import About, Assignment, Course, GradeWeight, Grading, Hours, Interim, OutcomeLink, Week
from coursepack.pages import criteria
from coursepack.project.course_toml import CriterionEntry, LevelEntry
from coursepack.publish import artifact_chunks
from tests.papers import cells, headings, lines, opened, sound, table_with, write
from tests.samples import b

MAP = (
    OutcomeLink(outcome=1, weeks=(1, 2), assessments=("АБ1", "Емтихан")),
    OutcomeLink(outcome=2, weeks=(3,), assessments=("Емтихан",)),
)


def course(*links: OutcomeLink, weeks: int = 3, **about: Any) -> Course:
    grading = Grading(weights=(GradeWeight(name="Емтихан", percent=100),), interim=(Interim(after_week=2, name="АБ1"),))
    said: dict[str, Any] = {"outcomes": ("ОН1. Білу", "ОН2. Талдау"), "outcome_map": links, "grading": grading} | about
    made = tuple(Week(id=f"w{n:02d}", number=n) for n in range(1, weeks + 1))
    return Course(id="kurs", title="Курс", language="kk", about=About(**said), weeks=made)


def test_the_matrix_says_where_each_outcome_is_taught_and_assessed() -> None:
    for layout in ("paragraphs", "grid"):
        made = write("syllabus", course(*MAP), syllabus=layout).artifacts[0]
        assert cells(table_with(made, "Нәтиже")) if layout == "paragraphs" else True
        assert "Оқыту нәтижелерінің матрицасы" in lines(made)
        assert not sound(made)
    made = write("syllabus", course(*MAP)).artifacts[0]
    by_week, by_control = [table for table in opened(made).tables if table.rows[0].cells[0].text == "Нәтиже"]
    assert cells(by_week) == [["Нәтиже", "1", "2", "3"], ["ОН1", "+", "+", ""], ["ОН2", "", "", "+"]]
    assert cells(by_control) == [["Нәтиже", "АБ1", "Емтихан"], ["ОН1", "+", "+"], ["ОН2", "", "+"]]


def test_outcomes_without_a_label_are_counted() -> None:
    made = write("syllabus", course(*MAP, outcomes=("Білу", "Талдау"))).artifacts[0]
    assert [row[0] for row in cells(table_with(made, "Нәтиже"))] == ["Нәтиже", "ОН 1", "ОН 2"]


def test_many_weeks_are_several_tables() -> None:
    made = write("syllabus", course(*MAP, weeks=30)).artifacts[0]
    tables = [cells(table) for table in opened(made).tables if table.rows[0].cells[0].text == "Нәтиже"]
    assert [len(table[0]) - 1 for table in tables] == [18, 12, 2]


def test_the_sheet_is_the_whole_matrix_and_always_the_same() -> None:
    one, other = (write("syllabus", course(*MAP)).artifacts[1] for _ in range(2))
    assert one.name == "kurs-outcomes.xlsx"
    data = b"".join(artifact_chunks(one))
    assert data == b"".join(artifact_chunks(other))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(data)).worksheets
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [None, "Оқыту нәтижелері", "1-апта", "2-апта", "3-апта", "АБ1", "Емтихан"],
        ["ОН1", "ОН1. Білу", "+", "+", None, "+", "+"],
        ["ОН2", "ОН2. Талдау", None, None, "+", None, "+"],
    ]


def test_nothing_is_mapped_that_nobody_declared() -> None:
    written = write("syllabus", course())
    assert [artifact.name for artifact in written.artifacts] == ["kurs-syllabus.docx"]
    assert "Оқыту нәтижелерінің матрицасы" not in lines(written.artifacts[0])


def test_what_does_not_fit_is_told() -> None:
    links = (OutcomeLink(outcome=1, weeks=(1, 9), assessments=("Коллоквиум",)), OutcomeLink(outcome=5, weeks=(2,)))
    found = {f.code: f.message for f in write("syllabus", course(*links)).findings}
    assert found["papers-outcome-unknown"] == "outcome_map names outcomes 5, and 2 are declared"
    assert found["papers-outcome-unmapped"] == "outcomes 2 are taught and assessed nowhere in outcome_map"
    assert found["papers-outcome-weeks"] == "outcome_map names weeks 9, which the course does not have"
    assert found["papers-outcome-assessments"].endswith("do not occur elsewhere in the course: Коллоквиум")
    assert not any(f.code.startswith("papers-outcome") for f in write("syllabus", course(*MAP)).findings)


def test_hours_stand_with_the_credits_that_they_are_worth() -> None:
    hours = Hours(lecture=15, seminar=30, independent=75, supervised=30, total=150)
    made = write("syllabus", course(credits=5, hours=hours)).artifacts[0]
    assert cells(table_with(made, "Жұмыс түрі")) == [
        ["Жұмыс түрі", "Сағат саны", "ECTS кредиттері"],
        ["Дәріс", "15", "0,5"],
        ["Семинар", "30", "1"],
        ["СӨЖ", "75", "2,5"],
        ["СОӨЖ", "30", "1"],
        ["Барлығы", "150", "5"],
    ]


def test_credits_of_other_hours_are_none_of_ects() -> None:
    """«3 кредит, 135 сағат»: the old credit of 45 hours."""
    made = write("syllabus", course(credits=3, hours=Hours(lecture=30, total=135))).artifacts[0]
    assert "ECTS кредиттері" not in lines(made)


def test_what_a_task_is_marked_by_is_as_wide_as_the_page() -> None:
    levels = (LevelEntry(points=3, text="ашылған"), LevelEntry(points=6, text="терең"))
    rubric = criteria.table(
        (CriterionEntry(name="Мазмұны", levels=levels), CriterionEntry(name="Тілі", points=4)), "kk"
    )
    task = Assignment(id="w01-independent", kind="independent", number=1, title="Эссе", blocks=(*b("Жазыңыз."), rubric))
    made_of = msgspec.structs.replace(course(), weeks=(Week(id="w01", number=1, assignments=(task,)),))
    made = write("syllabus", made_of).artifacts[0]
    assert headings(made, 3) == ["1 СӨЖ. Эссе"]
    table = cells(table_with(made, "Критерий"))
    assert [row[0] for row in table[1:]] == ["Мазмұны", "Тілі"]
    assert lines(made).count("Мазмұны") == 1
