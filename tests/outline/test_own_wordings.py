"""Syllabuses, weeks, staff, rules and exam papers in wordings of their own: what each part of a small paper becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course, GradeWeight
from coursepack.outline.hanging import defining
from coursepack.outline.markers import standard
from coursepack.outline.tree import masthead
from coursepack.outline.tree.grading import of_lines
from coursepack.outline.tree.people import room_of
from coursepack.outline.tree.values import semester
from coursepack.text.lines import Wrapped


def read(folder: Path, name: str, text: str) -> Course:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (loaded,) = find_projects([path])
    return build.understand(loaded).course


OUTLINE = """UNIT OUTLINE

Unit title:        Fire Ecology
Unit code:         ENVS2015
Teaching period:   Semester 2, 2025

1. UNIT OVERVIEW

This unit looks at fire as a process, a tool and a hazard. Students work
with records of past fires and take part in one field day.

2. UNIT LEARNING OUTCOMES

On successful completion students will be able to:

ULO1  describe how fuel and weather govern fire behaviour
ULO2  interpret fire scars and charcoal records
ULO3  debate cultural burning with reference to evidence

3. ASSESSMENT SUMMARY

Field report .............. 40%
Final examination ......... 60%

4. TEACHING SCHEDULE

Week 1 (28 July)      Introduction to fire science
Week 2 (4 August)     Fuel and flammability
Week 3 (11 August)    Fire weather
Week 4 (18 August)    Plants that need fire
Week 5 (25 August)    Animals and refuges
"""


def test_headings_in_capitals_that_begin_with_unit_are_counted_headings(tmp_path: Path) -> None:
    course = read(tmp_path, "outline.txt", OUTLINE)
    sessions = [one.title for week in course.weeks for one in week.sessions]
    assert sessions[:2] == ["Introduction to fire science", "Fuel and flammability"]
    assert (course.about.semester, course.about.year) == ("2", "2025")
    assert list(course.about.outcomes) == [
        "describe how fuel and weather govern fire behaviour",
        "interpret fire scars and charcoal records",
        "debate cultural burning with reference to evidence",
    ]


STAFF = """# CSE 431: Building Compilers

Tidewater University, Fall 2025

## People

| Name | Role | Office hours | Contact |
|------|------|--------------|---------|
| Ines Calloway | Instructor | Tue 3-4pm | icalloway@tidewater.example |
| Mei Lin | TA | | mlin@tidewater.example |

## Schedule

| Date | Topic |
|------|-------|
| Mon 8/25 | Regular languages |
| Wed 8/27 | Parsing top down |
"""


def test_each_row_of_a_table_of_staff_is_one_person_and_a_title_no_room(tmp_path: Path) -> None:
    course = read(tmp_path, "home.md", STAFF)
    told = [(one.name, one.post, one.email, one.room) for one in course.about.teachers]
    assert told == [
        ("Ines Calloway", "Instructor", "icalloway@tidewater.example", None),
        ("Mei Lin", "TA", "mlin@tidewater.example", None),
    ]
    assert (course.title, course.about.code) == ("Building Compilers", "CSE 431")


def test_weeks_with_short_texts_are_classes(tmp_path: Path) -> None:
    told = "\n".join(
        f"Week {week}\n------\n\n**{title}**\n\n"
        f"The first of two short sentences on {title.lower()} in this week of our course.\n\n"
        f"Another short sentence says a little more about {title.lower()} to all who came.\n"
        for week, title in enumerate(["The hive", "The year", "Swarms"], 1)
    )
    course = read(tmp_path, "pack.md", f"Bees for Beginners\n==================\n\n{told}")
    made = [(one.number, one.title) for week in course.weeks for one in week.sessions]
    assert made == [(1, "The hive"), (2, "The year"), (3, "Swarms")]


PLAN = """# Seventeen syllables

**What I am after.** I want the class to hear a syllable before they count one.

**Bring along.** A bell, index cards, one printed poem for each pair.

**Opening (5 min).** I ring the bell and we listen until it has died away.

**Main part (25 min).** Pairs clap the words of the poem and mark the beats on a card.

**For home.** Bring a poem that somebody at home has said aloud to you.
"""


def test_a_lesson_in_paragraphs_with_bold_labels_is_no_glossary(tmp_path: Path) -> None:
    course = read(tmp_path, "lesson.md", PLAN)
    assert course.glossary == ()
    assert [len(week.sessions) for week in course.weeks] == [1]
    assert [len(week.assignments) for week in course.weeks] == [1]


@pytest.mark.parametrize(
    ("line", "said"),
    [("Ings Building 2.07", True), ("Hobbs Hall", True), ("Building Compilers", False), ("Hydro House Plants", False)],
)
def test_a_room_ends_with_its_house(line: str, said: bool) -> None:
    assert (room_of(line) is not None) is said


def test_a_code_is_no_year_and_a_season_keeps_its_year() -> None:
    assert masthead.year("Unit code ENVS2015") is None
    assert semester("Spring 2024 — 3 credit hours") == "Spring 2024"
    assert semester("Spring 2024–25") == "Spring"


def test_a_number_with_a_stop_before_words_in_capitals_counts_a_heading() -> None:
    marks = standard()
    assert not marks.find("2. UNIT LEARNING OUTCOMES")
    assert [one.kind for one in marks.find("1. Lecture Introduction")] == ["lecture"]


def test_shares_behind_dots_and_terms_behind_colons() -> None:
    assert of_lines(["Field report ....... 40%", "Final examination ....... 60%"]) == (
        GradeWeight(name="Field report", percent=40),
        GradeWeight(name="Final examination", percent=60),
    )
    terms = ("crumb: the inside of a loaf", "proof: the last rise", "biga: a stiff dough")
    assert defining([Wrapped("Words met"), Wrapped(terms[0], gap=1), *map(Wrapped, terms[1:])]) == [1, 2, 3]


def test_a_wrapped_line_with_a_colon_between_meanings_behind_dashes_is_no_term() -> None:
    lines = ("Knowledge – news and facts, and how they are", "spread: the press, schools", "Force – arms and courts")
    assert defining([Wrapped("It rests on:"), *map(Wrapped, lines)]) == []
    assert defining([Wrapped("It says so."), *(Wrapped(f"they said: word {word}") for word in "abc")]) == []


def test_points_in_square_brackets_alone_are_no_part_of_a_question(tmp_path: Path) -> None:
    lines = ["Final Examination", "", "Answer ALL questions.", ""]
    asked = ["Define void ratio and porosity.", "Describe the oedometer test.", "Compare two kinds of strength."]
    lines += [f"{number}. {text} [{5 * number}]" for number, text in enumerate(asked, 1)]
    course = read(tmp_path, "exam.txt", "\n".join(lines))
    assert course.exam is not None
    assert [block_text(one.text) for one in course.exam.questions][-3:] == asked


@pytest.mark.parametrize(
    "titles",
    [
        ("25% - Quizzes.", "30% - Midterm.", "45% - Final exam."),
        ("Quizzes (25%).", "Midterm – 30%.", "Final exam (45%):"),
    ],
)
def test_a_title_with_a_share_of_the_mark_is_an_entry_of_the_grading(titles: tuple[str, ...], tmp_path: Path) -> None:
    rows = "".join(f"| {week} | {topic} |\n" for week, topic in enumerate(("Ponds", "Meadows", "Forests"), 1))
    told = ("Short quizzes are given each week.", "Due a week later.", "It covers the whole course and every reading.")
    (tmp_path / "syllabus.md").write_text(
        "# BIO 210 Field Ecology\n\n## How you are marked\n\n"
        + "".join(f"**{title}** {text}\n\n" for title, text in zip(titles, told, strict=True))
        + f"## Schedule\n\n| Week | Topic |\n| --- | --- |\n{rows}",
        "utf-8",
    )
    (loaded,) = find_projects([tmp_path / "syllabus.md"])
    course = build.understand(loaded).course
    assert (course.exam, course.glossary, course.about.policies) == (None, (), ())
    assert course.about.grading is not None
    shares = [(one.name, one.percent) for one in course.about.grading.weights]
    assert shares == [("Quizzes", 25), ("Midterm", 30), ("Final exam", 45)]


def test_dashes_in_a_plan_are_no_work_and_no_reading(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(
        "# HIS 101 The Silk Road\n\n| Week | Topic | Reading | Due |\n| --- | --- | --- | --- |\n"
        "| 1 | Deserts | -- | -- |\n| 2 | Oases | Ch. 1 | – |\n| 3 | Caravans | — | Map of routes |\n"
        "| 4 | Cities | — | --- |\n",
        "utf-8",
    )
    (loaded,) = find_projects([tmp_path / "plan.md"])
    course = build.understand(loaded).course
    works = [(week.number, block_text(one.blocks)) for week in course.weeks for one in week.assignments]
    assert works == [(3, "Map of routes")]
