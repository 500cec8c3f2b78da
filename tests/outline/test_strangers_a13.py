"""Folders and files as English-speaking departments hand them over: what stands in two places is once, in its week."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, readers
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import Essay, MultipleChoice, TrueFalse
from coursepack.outline.draft import ScannedFile, draft
from coursepack.outline.tree import work
from coursepack.outline.tree.values import number
from coursepack.place import Severity
from tests.outline.documents import Word


def _read(folder: Path, **files: str) -> Course:
    for name, text in files.items():
        (folder / name.replace("_md", ".md")).write_text(text, "utf-8")
    (loaded,) = find_projects([folder])
    read = build.understand(loaded)
    assert [one.code for one in read.findings if one.severity is Severity.ERROR] == []
    return read.course


def _classes(course: Course) -> list[tuple[int, str, str | None]]:
    return [(week.number, one.kind, one.title) for week in course.weeks for one in week.sessions]


def _works(course: Course) -> list[tuple[int, str, str | None, float | None]]:
    return [
        (week.number, one.title or block_text(one.blocks), one.due, one.points)
        for week in course.weeks
        for one in week.assignments
    ]


# --- plans

PLAN = """# Rocks

## Grading

Homework 40%, midterm 20%, final exam 40%

## Schedule

| Wk | Dates | Class topic | Lab | Due |
|---|---|---|---|---|
| 1 | Aug 25–29 | Granite | | |
| 2 | Sep 2–5 | Basalt | Lab 1: Thin sections | HW 1 |
| 3 | Sep 8–12 | **MIDTERM** (Wed) + review | Lab 2: Streaks | |
| 4 | Sep 15–19 | Slate | | HW 2 due |
| 5 | Sep 22 | **FINAL EXAM** | | |

## Homework

{works}
"""


def test_an_exam_is_no_class_and_what_stands_beside_it_stays(tmp_path: Path) -> None:
    made = _read(tmp_path, plan_md=PLAN.format(works="1. Read."))
    assert [one for one in _classes(made) if one[1] == "lecture"] == [
        (1, "lecture", "Granite"), (2, "lecture", "Basalt"), (4, "lecture", "Slate"),
    ]  # fmt: skip
    assert [one for one in _classes(made) if one[1] == "laboratory"] == [
        (2, "laboratory", "Thin sections"), (3, "laboratory", "Streaks"),
    ]  # fmt: skip
    grading = made.about.grading
    assert grading is not None
    assert [(one.after_week, one.name) for one in grading.interim] == [(3, "MIDTERM (Wed) + review"), (5, "FINAL EXAM")]


def test_an_exam_in_the_cell_of_a_topic_leaves_the_topic(tmp_path: Path) -> None:
    made = Word().h("Nursing").p("Code: NUR 134").h("Calendar")
    rows = (("Week", "Theory", "Skills Lab"), ("1", "Vital Signs", "Pulse"), ("2", "UNIT EXAM 1\nSafety", "Transfers"))
    made.table(rows).save(tmp_path / "syllabus.docx")
    (loaded,) = find_projects([tmp_path])
    course = build.understand(loaded).course
    assert _classes(course) == [
        (1, "lecture", "Vital Signs"), (1, "laboratory", "Pulse"),
        (2, "lecture", "Safety"), (2, "laboratory", "Transfers"),
    ]  # fmt: skip
    assert course.about.grading is not None
    assert [(one.after_week, one.name) for one in course.about.grading.interim] == [(2, "UNIT EXAM 1")]


@pytest.mark.parametrize(
    "works",
    [
        ("* **HW 1 – {}** (25 pts), due {}", "* **HW 2 – {}** (30 pts), due {}"),
        ("1. HW 1 {} — {} — 25 pts", "2. HW 2 {} — {} — 30 pts"),
    ],
)
def test_work_that_a_plan_names_by_number_is_that_of_the_list(tmp_path: Path, works: tuple[str, str]) -> None:
    days = ("Friday, Sep 5, 11:59 pm", "Friday, Sep 19, 11:59 pm")
    titles = ("Stones of the beach", "A roof of slate")
    lines = "\n".join(one.format(*said) for one, said in zip(works, zip(titles, days, strict=True), strict=True))
    made = _read(tmp_path, plan_md=PLAN.format(works=lines))
    assert _works(made) == [(2, titles[0], days[0], 25.0), (4, titles[1], days[1], 30.0)]


def test_the_row_of_a_plan_goes_with_the_class_of_another_file(tmp_path: Path) -> None:
    plan = (
        "# Rocks\n\n| Week | Topic | Read |\n|---|---|---|\n| 1 | Granite | Ch. 1 |\n| 2 | Folds of slate | Ch. 7 |\n"
    )
    text = "Slate splits into thin sheets because its flakes of mica lie side by side. " * 4
    made = _read(tmp_path, plan_md=plan, lecture_md=f"# Lecture 2. FOLDS OF SLATE\n\n{text}\n\n{text}\n")
    assert _classes(made) == [(1, "lecture", "Granite"), (2, "lecture", "Folds of slate")]
    second = made.weeks[1].sessions[0]
    assert (second.literature, len(second.blocks)) == (("Ch. 7",), 2)


def test_classes_that_the_lines_of_a_week_name(tmp_path: Path) -> None:
    weeks = "\n\n".join(
        f"**Week {n} (w/c {5 + n} October)**\n\nLecture: {lecture}\n\nSeminar: {seminar}"
        for n, (lecture, seminar) in enumerate((("Rivers", "Maps; scales"), ("Lakes", "Was it a dam?")), 1)
    )
    made = _read(tmp_path, plan_md=f"# Water\n\n## Week by week\n\n{weeks}\n")
    assert _classes(made) == [
        (1, "lecture", "Rivers"), (1, "seminar", "Maps; scales"),
        (2, "lecture", "Lakes"), (2, "seminar", "Was it a dam?"),
    ]  # fmt: skip


def test_a_unit_of_a_handbook_is_held_in_the_week_below_its_title(tmp_path: Path) -> None:
    titles = ("Cities", "Buses", "Walking")
    text = "Most journeys in a town are short, and nearly half of them could be made on foot. " * 3
    rows = "".join(f"| {n} | {n} | {one} |\n" for n, one in zip((1, 2, 4), titles, strict=True))
    units = "\n\n".join(
        f"## Unit {n}: {one}\n\nWeek {week} (9 Feb)\n\n### Key ideas\n\n{text}\n\n### Questions for reflection\n\n"
        f"1. Who walks to {one}?\n2. Who does not?"
        for n, (week, one) in enumerate(zip((1, 2, 4), titles, strict=True), 1)
    )
    plan = f"# Transport\n\n## Timetable\n\n| Week | Unit | Lecture |\n|---|---|---|\n{rows}"
    made = _read(tmp_path, handbook_md=f"{plan}\n\n# Unit guides\n\n{units}\n")
    assert _classes(made) == [(1, "lecture", "Cities"), (2, "lecture", "Buses"), (4, "lecture", "Walking")]
    asked = [[one.text for one in week.sessions[0].review] for week in made.weeks]
    assert [len(one) for one in asked] == [2, 2, 2]


# --- work


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("HW 1", ("hw", 1, False)), ("HW 1 due (Fri)", ("hw", 1, False)),
        ("Homework 3 assigned", ("homework", 3, True)), ("project", ("project", None, False)),
        ("HW 1: Moon", None), ("Read ch. 1", None),
    ],
)  # fmt: skip
def test_a_cell_that_names_work_alone(text: str, said: tuple[str, int | None, bool] | None) -> None:
    found = work.bare(text)
    assert (found and (found[0].name, found[0].number, found[1])) == said


def test_work_of_one_title_in_a_table_and_in_its_brief_is_once(tmp_path: Path) -> None:
    table = "| Component | Length | Weight | Deadline |\n|---|---|---|---|\n"
    table += "| Source commentary | 1,000 words | 40% | noon, 13 November 2025 |\n"
    table += "| Exam | 2 hours | 60% | January 2026 |\n"
    made = _read(tmp_path, handbook_md=f"# Water\n\n## Assessment\n\n{table}")
    assert _works(made) == [(1, "Source commentary", "noon, 13 November 2025", None)]
    assert made.about.grading is not None
    assert [(one.name, one.percent) for one in made.about.grading.weights] == [("Source commentary", 40), ("Exam", 60)]


def test_work_on_days_and_hours_in_a_table(tmp_path: Path) -> None:
    rows = (
        ("Fri Oct 24, 2025", "Introduce yourself", "due by 11:59pm"),
        ("Sun Nov 9, 2025", "Case memo", "due by 5pm"),
    )
    table = "| Date | Details | Due |\n|---|---|---|\n" + "".join(f"| {' | '.join(row)} |\n" for row in rows)
    made = _read(tmp_path, page_md=f"# Ethics\n\n## Grading\n\nEssays 100%\n\n## Summary\n\n{table}")
    assert [(title, due) for _, title, due, _ in _works(made)] == [
        ("Introduce yourself", "Fri Oct 24, 2025, 11:59pm"), ("Case memo", "Sun Nov 9, 2025, 5pm"),
    ]  # fmt: skip
    assert _classes(made) == []


# --- lectures


def test_a_class_behind_the_code_of_its_course(tmp_path: Path) -> None:
    text = "Fibre resists digestion in the small intestine, so that it feeds the cells of the colon. " * 3
    made = Word().b("NUT5012 Lecture 2", "Carbohydrates").b("Aims").p("To class sugars.").b("Fibre").p(text)
    made.b("Sugars").p(text).p("Chew on this", "How does fibre work?", "Why is fruit treated differently?")
    document = readers.read(made.save(tmp_path / "carbs.docx"), "carbs.docx")
    said = draft("x", [ScannedFile("carbs.docx", document)])
    assert said.data["source"][0]["role"] == "lecture"
    (loaded,) = find_projects([tmp_path])
    course = build.understand(loaded).course
    (one,) = course.weeks[0].sessions
    assert (one.kind, one.number, one.title) == ("lecture", 2, "Carbohydrates")
    assert [block_text(each.text) for each in one.review] == [
        "How does fibre work?",
        "Why is fruit treated differently?",
    ]
    assert course.about.policies == ()


def test_a_title_over_the_number_and_the_initials(tmp_path: Path) -> None:
    text = "The war made India a creditor, and the economic relationship was turned upside down. " * 3
    made = Word().h("War and famine, 1939–1947").p("Lecture 4 / EW / 27 Oct")
    made.h("1. A war nobody asked about", 2).p(text).h("2. The road", 2).p(text)
    made.save(tmp_path / "india.docx")
    (loaded,) = find_projects([tmp_path])
    course = build.understand(loaded).course
    (one,) = course.weeks[0].sessions
    assert (one.number, one.title, course.about.year) == (4, "War and famine, 1939–1947", None)


def test_a_title_on_two_lines_and_in_capitals(tmp_path: Path) -> None:
    made = Word().b("Harrow University", "Human Nutrition:", "From Field to Plate").p("Module code: NUT5012")
    made.h("Welcome").p("This module tells how food is digested and how advice is made, week by week.")
    document = readers.read(made.save(tmp_path / "a.docx"), "a.docx")
    assert draft("x", [ScannedFile("a.docx", document)]).data["title"] == "Human Nutrition: From Field to Plate"
    told = "## Description\n\nSoils of the Steppe is a course of two months."
    text = f"# SOILS OF THE STEPPE\n\n{told}\n\n## Grading\n\nExam 100%\n"
    (tmp_path / "b.md").write_text(text, "utf-8")
    document = readers.read(tmp_path / "b.md", "b.md")
    assert draft("x", [ScannedFile("b.md", document)]).data["title"] == "Soils of the Steppe"


@pytest.mark.parametrize(
    ("text", "said"),
    [("10 ECTS (250 hours of student effort)", 10.0), ("20 (10 ECTS)", 20.0), ("ECTS: 5", 5.0), ("3 / 5 ECTS", 5.0)],
)
def test_credits_beside_the_hours_of_effort(text: str, said: float) -> None:
    assert number(text) == said


# --- lines that were typed


def test_lines_below_one_another_in_markdown_are_lines(tmp_path: Path) -> None:
    head = "**Prairie State University · Department of Physics**\nFall 2025 · 4 credit hours · Keller Hall 120"
    books = (
        "Required: Fraknoi, Morrison & Wolff, *Astronomy 2e*, OpenStax, 2022 (free online for everybody).\n"
        "Optional: Tyson, N. deG., *Astrophysics for People in a Hurry*, Norton, 2017.\n"
        "Optional: Sagan, C., *Cosmos*, Random House, 1980."
    )
    learned = "## What you'll be able to do\n\n- [ ] Explain the sky\n- [ ] Use light\n"
    made = _read(tmp_path, a_md=f"# Stars\n\n{head}\n\n{learned}\n## Grading\n\nExam 100%\n\n## Texts\n\n{books}\n")
    assert (made.about.department, made.about.semester) == ("Department of Physics", "Fall 2025")
    assert made.about.outcomes == ("Explain the sky", "Use light")
    assert made.about.literature is not None
    assert (len(made.about.literature.basic), len(made.about.literature.additional)) == (1, 2)


# --- questions


@pytest.mark.parametrize("form", ["Q{}. ", "{}. "])
def test_essays_before_a_test_are_questions_of_it(tmp_path: Path, form: str) -> None:
    essays = ("Discuss the components of energy.", "Explain the digestion of sugars.", "Assess the sugar levy.")
    made = Word().b("Section A – essay questions").p(*(form.format(n) + one for n, one in enumerate(essays, 1)))
    made.b("Section B – multiple choice").p("Tick ONE box.")
    stems = (
        "Which enzyme begins?",
        "How much fibre?",
        "Which vitamin is soluble in fat?",
        "Scurvy results from a lack of",
    )
    for n, stem in enumerate(stems, 1):
        made.p(f"{n} {stem}", *(f"{'*' * (at == n % 3)}{'ABC'[at]}. {stem[:4]} {at}" for at in range(3)))
    made.save(tmp_path / "past questions.docx")
    (loaded,) = find_projects([tmp_path])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    asked = [(type(one), block_text(one.text)) for one in exam.questions]
    assert asked == [*((Essay, one) for one in essays), *((MultipleChoice, one) for one in stems)]
    closed = [one for one in exam.questions if isinstance(one, MultipleChoice)]
    assert [[choice.fraction for choice in one.choices].index(1.0) for one in closed] == [1, 2, 0, 1]


def test_numbers_before_ticked_questions_go_whole(tmp_path: Path) -> None:
    text = (
        "# Quiz\n\n**Q1.** What is the worst case?\n\n- [ ] n\n- [x] n²\n\n**Q2.** Is it true?\n\n- [x] yes\n- [ ] no\n"
    )
    (tmp_path / "quiz.md").write_text(text, "utf-8")
    found = readers.read_questions(tmp_path / "quiz.md")
    assert [block_text(one.text) for one in found.bank.questions()] == ["What is the worst case?", "Is it true?"]


def test_a_bank_with_rationales_and_keys_of_true_or_false_by_place(tmp_path: Path) -> None:
    rows = "Item,Stem,Type,A,B,C,Key,Rationale,Unit\n"
    rows += "1,The first step is,MC,Planning,Assessment,Diagnosis,B,Data come first,1\n"
    rows += "2,It is anonymous,TF,True,False,,2,,1\n"
    (tmp_path / "bank.csv").write_text(rows, "utf-8")
    first, second = readers.read_questions(tmp_path / "bank.csv").bank.questions()
    assert isinstance(first, MultipleChoice)
    assert isinstance(second, TrueFalse)
    assert (block_text(first.text), block_text(first.feedback), first.printed) == (
        "The first step is",
        "Data come first",
        "1",
    )
    assert ([one.fraction for one in first.choices], second.answer) == ([0.0, 1.0, 0.0], False)


def test_years_behind_questions_of_an_exam_are_no_answers(tmp_path: Path) -> None:
    asked = "".join(
        f"{n}. Is {word} a problem? [202{n % 2 + 4}]\n" for n, word in enumerate(("noise", "speed", "rain", "dust"), 1)
    )
    made = _read(tmp_path, exam_md=f"# Past examination questions\n\n{asked}")
    assert made.exam is not None
    assert len(made.exam.questions) == 4
