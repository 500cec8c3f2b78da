"""Forms that papers are printed in: dots that lead to a value, headings over text that is set in, terms of work behind
its title, shares of a hundred, days with dashes, letters in several sizes."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.outline.leaders import parted
from coursepack.outline.tree import dates, due, work
from coursepack.outline.tree.grading import of_hundred, of_lines
from coursepack.outline.tree.ordinals import counted
from coursepack.outline.tree.people import Person
from coursepack.outline.tree.values import is_code, led_by_code, of_line
from coursepack.text.language import language


def _course(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


LED = """NORTH SHORE COLLEGE
Course Syllabus

HB 204 ............ Harbour Biology
CREDITS ........... 3
INSTRUCTOR ........ Dr Mary Quill
WITH .............. Ann Lee, alee@nsc.example
E-mail ............ mquill@nsc.example
Prerequisites ..... BIO 101
Dean .............. ______________

WHAT THE COURSE IS
   This course looks at life between the tides. Students visit the
   harbour each week and keep a notebook.

LEARNING OUTCOMES
   1. Name forty species of the shore.
   2. Keep a field notebook.

THE BOOK
   Hill, R. The Shore Book. London: Tide, 2019.

WEEK BY WEEK
   Week 1. Zones of the shore
   Week 2. Algae
   Week 3. Limpets and barnacles
"""


def test_values_behind_dots_and_headings_over_text_that_is_set_in(tmp_path: Path) -> None:
    (tmp_path / "syllabus.txt").write_text(LED, "utf-8")
    course = _course(tmp_path / "syllabus.txt")
    about = course.about
    assert course.title == "Harbour Biology"
    assert about is not None
    assert (about.code, about.credits, about.university) == ("HB 204", 3.0, "NORTH SHORE COLLEGE")
    assert [one.name for one in about.teachers] == ["Dr Mary Quill", "Ann Lee"]
    assert about.prerequisites == ("BIO 101",)
    assert block_text(about.description) == (
        "This course looks at life between the tides. Students visit the harbour each week and keep a notebook."
    )
    assert about.outcomes == ("Name forty species of the shore.", "Keep a field notebook.")
    assert about.literature.basic == ("Hill, R. The Shore Book. London: Tide, 2019.",)
    assert [week.sessions[0].title for week in course.weeks] == ["Zones of the shore", "Algae", "Limpets and barnacles"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Credits ........ 4", ("Credits", "4")),
        ("Кредиты .. 5", ("Кредиты", "5")),
        ("Оқытушы …… Ахметова А.Б.", ("Оқытушы", "Ахметова А.Б.")),
        ("Dean ........ ______", None),
        ("He stopped... and went on", None),
    ],
)
def test_dots_lead_from_a_label_to_its_value(text: str, said: tuple[str, str] | None) -> None:
    assert parted(text) == said


@pytest.mark.parametrize(
    ("text", "title", "points", "day", "week"),
    [
        ("Draw it on paper — 15 pts — by Fri 20 Oct", "Draw it on paper", 15, "Fri 20 Oct", None),
        ("Sheet A (week 2, 20 marks, in by Friday 12 May)", "Sheet A", 20, "Friday 12 May", 2),
        ("Lab report | 15 pts | due week 5", "Lab report", 15, None, 5),
        ("Реферат — 20 баллов — до 12 октября", "Реферат", 20, "12 октября", None),
        ("Эссе – 10 ұпай – 5-апта", "Эссе", 10, None, 5),
    ],
)
def test_terms_stand_behind_the_title_of_work(
    text: str, title: str, points: float, day: str | None, week: int | None
) -> None:
    found = work.behind(text)
    assert found is not None
    assert (text[: found[0]], found[1].points, found[1].due, found[1].week) == (title, points, day, week)


def test_a_title_with_a_number_behind_a_dash_says_no_terms() -> None:
    assert work.behind("The lab is on the fifth floor – 12") is None
    assert due.bare("by noon on Friday") == "noon on Friday"
    assert due.bare("Friday") == "Friday"


WORKS = """# Mobile Studio

Pick one real person and build an app that saves that person ten minutes a day.

## Step by step

**Find your person** — 10 pts — by Fri 6 Oct

Sit with the person for an hour and write down every step of one dull task.

**Draw it on paper** — 15 pts — by Fri 20 Oct

Sketch each screen on a card.

- at least six cards

**Hand over** — 20 pts — by Tue 12 Dec

Give the app to your person and film three minutes of use.

## Small print

Unmarked borrowing costs the step.
"""


def test_lines_that_end_with_their_terms_are_pieces_of_work(tmp_path: Path) -> None:
    (tmp_path / "brief.md").write_text(WORKS, "utf-8")
    course = _course(tmp_path / "brief.md")
    found = [one for week in course.weeks for one in week.assignments]
    assert [(one.title, one.points, one.due) for one in found] == [
        ("Find your person", 10, "Fri 6 Oct"),
        ("Draw it on paper", 15, "Fri 20 Oct"),
        ("Hand over", 20, "Tue 12 Dec"),
    ]
    assert block_text(found[1].blocks) == "Sketch each screen on a card.\nat least six cards"
    assert "Unmarked" not in "".join(block_text(one.blocks) for one in found)


def test_shares_of_a_hundred_need_no_sign() -> None:
    said = of_hundred(["Sunday hand-overs: 30. Clinic work: 20. Closed-book final: 50."])
    assert [(one.name, one.percent) for one in said] == [
        ("Sunday hand-overs", 30),
        ("Clinic work", 20),
        ("Closed-book final", 50),
    ]
    assert [one.percent for one in of_lines(["Емтихан: 40 ұпай", "СӨЖ: 60 ұпай"])] == [40, 60]
    assert of_hundred(["The final is 40 points. Essay 60."]) == ()
    assert of_hundred(["Week 1: 40", "Week 2: 60"]) == ()


@pytest.mark.parametrize("text", ["27-Aug-2015", "27-Aug", "Aug-27", "3-сентября 2020"])
def test_days_are_typed_with_dashes(text: str) -> None:
    assert dates.is_day_alone(text)


@pytest.mark.parametrize("text", ["EX.NO:1", "Ex. No: 1", "Experiment No: 1", "EXP. NO. 1 Titration"])
def test_a_sign_with_a_colon_counts_experiments(text: str) -> None:
    assert [(one.kind, one.value) for one in counted(text)] == [("laboratory", 1)]


@pytest.mark.parametrize("text", ["FALL 2016", "Fall 2021"])
def test_a_season_with_its_year_is_no_code(text: str) -> None:
    assert not is_code(text)
    assert led_by_code(f"{text}: Homework") is None
    assert not any(one.name == "code" for one in of_line(text))
    assert is_code("BOT 210")


CITED = """# Coding in Python

## Readings

Chapter 6: Dynamic typing pp. 181-193

Chapter 10: Introducing statements

Chapter 11: Assignments and prints pp. 349-382

## Homework

Write a program which prompts the user for an age and prints it.
"""


def test_chapters_that_are_cited_with_their_pages_are_no_classes(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(CITED, "utf-8")
    sessions = [one for week in _course(tmp_path / "notes.md").weeks for one in week.sessions]
    assert not {one.title for one in sessions} & {"Dynamic typing pp. 181-193", "Introducing statements"}


def test_brackets_behind_a_share_are_no_part_of_it() -> None:
    said = of_lines(
        ["1. Midterm (in May): 20%", "2. Homeworks (5): 45% (+1 homework for graduates)", "3. Project: 35%"]
    )
    assert [(one.name, one.percent) for one in said] == [
        ("Midterm (in May)", 20),
        ("Homeworks (5)", 45),
        ("Project", 35),
    ]


def test_an_initial_between_two_names_is_part_of_the_name() -> None:
    assert Person("Dr. Craig W. Stone").said == {"name": "Dr. Craig W. Stone"}
    assert Person("Prof. A. B. Stone").said == {"name": "Prof. A. B. Stone"}
    assert Person("Senior Lecturer Orlova A. P.").said == {"post": "Senior Lecturer", "name": "Orlova A. P."}


def test_a_short_english_paper_without_small_words_is_english() -> None:
    assert language(
        "Statistics I. Instructor: Craig Stone. Tentative class schedule. Getting data, summarizing data"
    ) == ("en")


def test_a_word_document_with_a_larger_title_and_a_schedule_without_a_head(tmp_path: Path) -> None:
    document = docx.Document()
    title = document.add_paragraph().add_run("Consumer Behaviour")
    title.bold, title.font.size = True, Pt(13)
    document.add_paragraph("Hai Long University of Commerce / BBA / Term 2")
    document.add_paragraph().add_run("Class schedule").bold = True
    rows = [("27-Aug-2015", "Getting data"), ("3-Sep-2015", "Summarizing data"), ("10-Sep-2015", "Plots and tables")]
    table = document.add_table(rows=0, cols=2)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph().add_run("Ground rules").bold = True
    for label, text in (("Homework (70%):", "It is collected every week."), ("Late policy:", "Nothing late is read.")):
        paragraph = document.add_paragraph()
        paragraph.add_run(label).bold = True
        paragraph.add_run(f" {text}")
    document.save(str(tmp_path / "course.docx"))
    course = _course(tmp_path / "course.docx")
    assert course.title == "Consumer Behaviour"
    assert course.about is not None
    assert course.about.university == "Hai Long University of Commerce"
    assert [week.sessions[0].title for week in course.weeks] == ["Getting data", "Summarizing data", "Plots and tables"]
