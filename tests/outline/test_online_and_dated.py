"""Courses as they are kept on the net and told by days: classes that two numbers count, headings between rules, work
set inside a class, meetings of which a plan gives the day, columns beside the weeks."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import MultipleChoice
from coursepack.outline.tree import dates, work
from coursepack.outline.tree.labelled import before_label
from coursepack.text.programs import programs
from tests.outline.documents import Word

ICE = "Ice is water that froze. It floats on the sea in winter."
FLOW = "Ice flows by its own weight. The middle is quicker than the sides."
STONES = "Moraines are heaps of stones. They tell how far the ice once came."
AGES = "Ice ages came and went. The last one ended long ago."


def _course(folder: Path) -> Course:
    (loaded,) = find_projects([folder])
    return build.understand(loaded).course


def _read(folder: Path, **files: str) -> Course:
    for name, text in files.items():
        (folder / name.replace("_md", ".md").replace("_txt", ".txt")).write_text(text, "utf-8")
    return _course(folder)


def _classes(course: Course) -> list[tuple[str, int | None, str | None, str]]:
    return [(one.kind, one.number, one.title, block_text(one.blocks)) for week in course.weeks for one in week.sessions]


def _works(course: Course) -> list[tuple[int | None, str | None, str | None, float | None, str]]:
    return [
        (one.number, one.title, one.due, one.points, block_text(one.blocks))
        for week in course.weeks
        for one in week.assignments
    ]


# --- two numbers count a class

TWO = [("lecture", 1, "Ice", ICE), ("lecture", 2, "How it flows", FLOW), ("lecture", 3, "Moraines", STONES)]


@pytest.mark.parametrize(
    "head", ["Lesson {n} {t}", "Lecture {n}: {t}", "Лекция {n}. {t}", "Дәріс {n} – {t}", "Video {n}  {t}"]
)
def test_the_second_number_is_no_part_of_the_title(tmp_path: Path, head: str) -> None:
    told = zip(("1.1", "1.2", "2.1"), TWO, strict=True)
    text = "\n\n".join(f"{head.format(n=n, t=title)}\n{body}" for n, (_, _, title, body) in told)
    assert _classes(_read(tmp_path, glaciers_txt=f"Glaciers\n\n{text}\n")) == TWO


def test_classes_with_two_numbers_count_through_the_files_of_the_course(tmp_path: Path) -> None:
    second = f"# Module 2\n\n## Lesson 2.1. Moraines\n\n{STONES}\n\n## Lesson 2.2. Ages\n\n{AGES}\n"
    first = f"# Module 1\n\n## Lesson 1.1. Ice\n\n{ICE}\n\n## Lesson 1.2. How it flows\n\n{FLOW}\n"
    assert _classes(_read(tmp_path, a_md=second, b_md=first)) == [*TWO, ("lecture", 4, "Ages", AGES)]


def test_points_of_two_numbers_inside_a_lecture_stay_its_headings(tmp_path: Path) -> None:
    text = f"# Lecture 1. Ice\n\n## 1.1 Water\n\n{ICE}\n\n# Lecture 2. Flow\n\n## 2.1 Weight\n\n{FLOW}\n"
    read = _classes(_read(tmp_path, ice_md=text))
    assert [(number, title) for _, number, title, _ in read] == [(1, "Ice"), (2, "Flow")]


# --- plain text with rules

EXPORT = f"""[PAGE 1]
Course: Ice and Water: An Introduction
Course ID: ICEx-101   Run: 2025

=========================================
MODULE 1: Ice
=========================================

--- Video 1.1  Ice
{ICE}

--- Graded Quiz: Module 1 quiz (2 questions, 20%)
Question 1
Ice is
  ( ) sand
  (x) water
  ( ) salt

Question 2
Which of these float?
  [x] ice
  [ ] stone
  [x] wood

=========================================
MODULE 2: Land
=========================================

--- Video 2.1  Moraines
{STONES}

=========================================
GLOSSARY (from the course wiki)
=========================================
Firn :: old snow that is not yet ice
Moraine :: a heap of stones
"""


def test_an_export_parted_by_rules(tmp_path: Path) -> None:
    course = _read(tmp_path, export_txt=EXPORT)
    assert (course.title, course.about.code) == ("Ice and Water: An Introduction", "ICEx-101")
    assert _classes(course) == [("lecture", 1, "Ice", ICE), ("lecture", 2, "Moraines", STONES)]
    review = course.weeks[0].sessions[0].review
    asked = [one for one in review if isinstance(one, MultipleChoice)]
    assert [
        (block_text(one.text), [block_text(each.content) for each in one.choices if (each.fraction or 0) > 0])
        for one in asked
    ] == [("Ice is", ["water"]), ("Which of these float?", ["ice", "wood"])]
    assert [one.term for one in course.glossary] == ["Firn", "Moraine"]


def test_videos_inside_lectures_are_no_classes(tmp_path: Path) -> None:
    text = (
        f"# Lecture 1. Ice\n\n{ICE}\n\n## Video 1\n\n{FLOW}\n\n# Lecture 2. Land\n\n{STONES}\n\n## Video 2\n\n{AGES}\n"
    )
    read = _classes(_read(tmp_path, ice_md=text))
    assert [(kind, number, title) for kind, number, title, _ in read] == [("lecture", 1, "Ice"), ("lecture", 2, "Land")]


def test_a_line_of_equal_signs_is_no_program() -> None:
    assert programs(["=========", "MODULE 3 / WEEK 3: Floods", "========="]) == []


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Rivers and Floods: An Introduction", "Rivers and Floods: An Introduction"),
        ("Baking   Shift: B-23", "Baking"),
        ("Baking Group: B-23", "Baking"),
    ],
)
def test_a_title_ends_before_another_label_and_keeps_its_own_colon(title: str, kept: str) -> None:
    assert before_label(title) == kept


# --- work inside a class


def test_work_under_a_heading_of_a_class_keeps_title_day_and_points(tmp_path: Path) -> None:
    text = (
        f"# Glaciers\n\n## Lecture 1. Ice\n\n{ICE}\n\n### Assignment: Draw a glacier\n\n"
        "Due: Nov 30, 2025    40 points\n\nChoose a glacier. Draw it from above.\n\n"
        f"## Lecture 2. Land\n\n{STONES}\n\n### Map a moraine\n\nDue: 4 Dec. 20 points\n\nWalk along it.\n"
    )
    course = _read(tmp_path, ice_md=text)
    assert _classes(course) == [("lecture", 1, "Ice", ICE), ("lecture", 2, "Land", STONES)]
    assert _works(course) == [
        (None, "Draw a glacier", "Nov 30, 2025", 40.0, "Choose a glacier. Draw it from above."),
        (None, "Map a moraine", "4 Dec", 20.0, "Walk along it."),
    ]


# --- days

PLAN = (
    ("Sept. 9.", "Why ice?", "Bring a coat."), ("Sept. 16.", "How it flows.", "Nye, ch. 2."),
    ("Sept. 23.", "Moraines.", "Benn, ch. 7."),
)  # fmt: skip


def test_a_text_that_its_day_leads_is_the_class_of_the_plan(tmp_path: Path) -> None:
    plan = Word().h("Seminar on Ice").h("Week by week", 2)
    for day, title, told in PLAN:
        plan.p(f"{day} {title} {told}")
    plan.p("Dec. 16. Final paper due by noon in my box. No exam.").save(tmp_path / "syllabus.docx")
    texts = Word()
    long = f"{FLOW} " * 4
    for day, title, asked in (("Sept. 16", "How it flows", "Is it quick?"), ("Sept. 23", "Moraines", "Who made them?")):
        texts.h(f"{day} — {title}").p(long.strip()).p("For discussion").p(f"1. {asked}").p("2. Is it cold?")
    texts.save(tmp_path / "handouts.docx")
    course = _course(tmp_path)
    assert [title for _, _, title, _ in _classes(course)] == ["Why ice?", "How it flows", "Moraines"]
    assert [text[:12] for *_, text in _classes(course)][1:] == [FLOW[:12], FLOW[:12]]
    assert [(title, due) for _, title, due, _, _ in _works(course)] == [("Final paper", "Dec. 16")]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Final paper due by noon", "Final paper"), ("Essay 1 is due", "Essay 1"), ("Report due*", "Report"),
        ("Floods due to rain", ""), ("Due by noon", ""), ("Presentations", ""),
    ],
)  # fmt: skip
def test_what_a_line_says_to_be_handed_in(line: str, title: str) -> None:
    assert line[: work.handed_in(line)] == title


@pytest.mark.parametrize("text", ["17 / 19 Feb", "17/19 Feb", "31 Mar / 2 Apr"])
def test_two_days_with_a_stroke_between_are_days(text: str) -> None:
    assert dates.day(text) is not None


def test_a_row_that_is_not_counted_has_no_number_and_a_report_its_day(tmp_path: Path) -> None:
    rows = (
        ("Wk", "Tue / Thu", "Expt", "Title", "Report due*", "Pts"),
        ("1", "3 / 5 Feb", "–", "Check-in and safety film", "–", "–"),
        ("2", "10 / 12 Feb", "1", "Sulfate by weight", "17 / 19 Feb", "10"),
        ("3", "17 / 19 Feb", "2", "Vinegar", "24 / 26 Feb", "10"),
        ("4", "24 / 26 Feb", "3", "Hard water", "3 / 5 Mar", "12"),
    )
    Word().h("Chemistry Laboratory").h("Experiments", 2).table(rows).save(tmp_path / "schedule.docx")
    course = _course(tmp_path)
    assert [(number, title) for _, number, title, _ in _classes(course)] == [
        (None, "Check-in and safety film"), (1, "Sulfate by weight"), (2, "Vinegar"), (3, "Hard water"),
    ]  # fmt: skip
    assert [(number, due, points, text) for number, _, due, points, text in _works(course)] == [
        (1, "17 / 19 Feb", 10.0, "Report"), (2, "24 / 26 Feb", 10.0, "Report"), (3, "3 / 5 Mar", 12.0, "Report"),
    ]  # fmt: skip
