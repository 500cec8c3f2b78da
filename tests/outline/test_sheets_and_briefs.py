"""English papers as departments hand them over, by kind: sheets of seminars without numbers, briefs of assessed work,
days without class in a plan, keys in an annex."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects, read_document
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import Essay, MultipleChoice
from coursepack.outline.tree import briefs, due, led
from coursepack.outline.tree.guess import guess
from coursepack.outline.tree.signals import without_annex
from coursepack.place import Severity
from tests.outline.documents import Word


def _course(folder: Path) -> Course:
    (loaded,) = find_projects([folder])
    read = build.understand(loaded)
    assert [one.code for one in read.findings if one.severity is Severity.ERROR] == []
    return read.course


def _read(folder: Path, **files: str) -> Course:
    for name, text in files.items():
        (folder / name.replace("_md", ".md").replace("_txt", ".txt")).write_text(text, "utf-8")
    return _course(folder)


def _classes(course: Course, kind: str) -> list[tuple[int, str | None, str]]:
    return [
        (week.number, one.title, block_text(one.blocks))
        for week in course.weeks
        for one in week.sessions
        if one.kind == kind
    ]


def _works(course: Course) -> list[tuple[str | None, str | None, float | None, str]]:
    return [
        (one.title, one.due, one.points, block_text(one.blocks)) for week in course.weeks for one in week.assignments
    ]


# --- classes whose headings name their kind and a title

SHEETS = {
    "week behind": ("Seminar: Who owns a river? (week 2)", "Seminar: The mill pond (week 3)"),
    "week before": ("Seminar (week 2): Who owns a river?", "Seminar (Week 3): The mill pond"),
    "dash": ("Seminar – Who owns a river? (week 2)", "Seminar – The mill pond (week 3)"),
    "comma": ("Seminar, week 2: Who owns a river?", "Seminar, week 3: The mill pond"),
}


@pytest.mark.parametrize("heads", SHEETS.values(), ids=SHEETS.keys())
def test_sheets_without_numbers_go_with_the_rows_of_the_plan(tmp_path: Path, heads: tuple[str, str]) -> None:
    plan = Word().h("Rivers and People").h("Schedule", 2)
    rows = (
        ("Week", "Lecture", "Seminar"), ("1", "Springs", "Maps of springs"), ("2", "Rights", "Who owns a river?"),
        ("3", "Mills", "The mill pond"),
    )  # fmt: skip
    plan.table(rows).save(tmp_path / "handbook.docx")
    told = (
        "Bring a deed from the archive. Whose is the water in it?",
        "The pond of the mill fed four wheels. Who paid for it, and whose fish were in it?",
    )
    sheets = Word()
    for head, text in zip(heads, told, strict=True):
        sheets.h(head).p(text)
    sheets.save(tmp_path / "sheets.docx")
    assert _classes(_course(tmp_path), "seminar") == [
        (1, "Maps of springs", ""), (2, "Who owns a river?", told[0]), (3, "The mill pond", told[1]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind", "week"),
    [
        ("Seminar: Who owns a river? (week 2)", "seminar", 2),
        ("Lab – Salts of the spring", "laboratory", None),
        ("Семинар: Кому принадлежит река? (неделя 4)", "seminar", 4),
        ("Практическое занятие: Карта родников", "practical", None),
    ],
)
def test_a_heading_names_the_kind_of_its_class(text: str, kind: str, week: int | None) -> None:
    said = led.led(text)
    assert said is not None
    assert (said.kind, said.week) == (kind, week)


@pytest.mark.parametrize(
    "text", ["Seminar: Tuesdays 14:00–16:00", "Seminar (Tuesdays): Rivers", "Seminar 2: Rivers", "Reading: Rivers"]
)
def test_other_headings_name_none(text: str) -> None:
    assert led.led(text) is None


# --- plans


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("Motions of the tides (no class Labor Day)", "Motions of the tides"),
        ("Motions of the tides [Mon 1/19 holiday: class on Tue]", "Motions of the tides"),
        ("Motions of the tides; no class Monday", "Motions of the tides"),
        ("Motions of the tides (in the open air)", "Motions of the tides (in the open air)"),
    ],
)
def test_a_day_without_class_is_no_part_of_a_title(tmp_path: Path, cell: str, title: str) -> None:
    rows = f"| Week | Topic | Due |\n|---|---|---|\n| 1 | Shores | |\n| 2 | {cell} | |\n| 3 | Dunes | |\n"
    made = _read(tmp_path, plan_md=f"# Coasts\n\n## Schedule\n\n{rows}")
    assert [one[:2] for one in _classes(made, "lecture")] == [(1, "Shores"), (2, title), (3, "Dunes")]


def test_an_exam_that_brackets_name_again_is_no_class(tmp_path: Path) -> None:
    plan = Word().h("Wind and Sun").h("Calendar plan", 2)
    rows = (
        ("Week", "Lecture", "Practical"), ("1", "Dust", "Pr: Sieves"), ("2", "Shade", "Pr: Angles"),
        ("3", "MIDTERM 1\n(Аралық бақылау 1)", ""), ("4", "Rotors", "Pr: Blades"),
    )  # fmt: skip
    plan.table(rows, (3, 1, 3, 2)).save(tmp_path / "syllabus.docx")
    made = _course(tmp_path)
    assert [one[:2] for one in _classes(made, "lecture")] == [(1, "Dust"), (2, "Shade"), (4, "Rotors")]
    assert [one[:2] for one in _classes(made, "practical")] == [(1, "Sieves"), (2, "Angles"), (4, "Blades")]


def test_a_column_of_two_kinds_holds_classes_of_the_first(tmp_path: Path) -> None:
    rows = (
        "| Week | Lecture (Mon) | Seminar / lab (Wed) |\n|---|---|---|\n| 1 | Trams | Map your own week |\n"
        "| 2 | Queues | Computer lab: a queue in a sheet |\n| 3 | Study week | – |\n"
        "| 4 | Fares | Debate: free trams |\n"
    )
    made = _read(tmp_path, plan_md=f"# Trams\n\n## Timetable\n\n{rows}")
    assert [one[:2] for one in _classes(made, "seminar")] == [
        (1, "Map your own week"), (2, "Computer lab: a queue in a sheet"), (4, "Debate: free trams"),
    ]  # fmt: skip


# --- what is handed in

BRIEFS = (
    ("Choose ONE deed. Submit it on paper by noon on Thursday 13 November 2025. Notes are outside the count.",
     "noon on Thursday 13 November 2025"),
    ("Answer ONE question in 900 words. Due noon, Friday 16 January 2026.", "noon, Friday 16 January 2026"),
)  # fmt: skip


@pytest.mark.parametrize("letters", [("A. ", "B. "), ("", "")], ids=["lettered", "plain"])
@pytest.mark.parametrize("share", ["({} %)", "– {}%"])
def test_briefs_are_work_and_their_questions_no_exam(tmp_path: Path, letters: tuple[str, str], share: str) -> None:
    made = Word().b("RIV 204 ASSESSMENT BRIEFS")
    for letter, title, weight, (text, _) in zip(letters, ("DEED REPORT", "ESSAY"), (40, 60), BRIEFS, strict=True):
        made.b(f"{letter}{title} {share.format(weight)}").p(text)
    number = made.numbering()
    made.p("Why did mills need ponds?", "Who paid for the weirs of the town?", "Was the river ever free?", num=number)
    made.save(tmp_path / "briefs.docx")
    course = _course(tmp_path)
    assert course.exam is None
    works = _works(course)
    assert [one[:2] for one in works] == [("DEED REPORT", BRIEFS[0][1]), ("ESSAY", BRIEFS[1][1])]
    assert "Was the river ever free?" in works[1][3]


def test_headings_over_terms_and_more_are_work(tmp_path: Path) -> None:
    made = Word().p("Assignment instructions")
    for title, day, points in (
        ("Case note 1", "Nov 9", 50),
        ("Case note 2", "Nov 30", 50),
        ("Audit: mills", "Dec 12", 90),
    ):
        made.b(title).p(f"Due: Sun {day} by 11:59pm | Points: {points} | Submitting: a file upload")
        made.p("Write to the owner of a mill about its weir.").p("Rubric: Facts 20, sources 30")
    made.save(tmp_path / "assignments.docx")
    assert [one[:3] for one in _works(_course(tmp_path))] == [
        ("Case note 1", "Sun Nov 9 by 11:59pm", 50.0), ("Case note 2", "Sun Nov 30 by 11:59pm", 50.0),
        ("Audit: mills", "Sun Dec 12 by 11:59pm", 90.0),
    ]  # fmt: skip


def test_work_of_one_line_is_that_of_the_brief_with_its_number(tmp_path: Path) -> None:
    days = (("Fri Nov 7, 2025", "Case note 1"), ("Fri Nov 21, 2025", "Case note 2"), ("Fri Dec 5, 2025", "Talk: weirs"))
    rows = "".join(f"| {day} | {name} |\n" for day, name in days)
    text = "\n\n".join(
        f"## {name}\n\nDue: {day[:9]} | Points: 20 | Submitting: a file\n\nWrite about a weir of your town."
        for day, name in days
    )
    made = _read(
        tmp_path,
        syllabus_md=f"# Weirs\n\n## Assignments\n\n| Due | Assignment |\n|---|---|\n{rows}",
        assignments_md=f"# Assignment instructions\n\n{text}\n",
    )
    assert [(one[0], one[2]) for one in _works(made)] == [
        ("Case note 1", 20.0), ("Case note 2", 20.0), ("Talk: weirs", 20.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "Choose a deed. Hand it in by 17:00 on Friday 20 February 2026. No later.",
            "17:00 on Friday 20 February 2026",
        ),
        ("Due noon, Friday 16 January 2026.", "noon, Friday 16 January 2026"),
        ("Mills were built on 20 February 1826.", None),
        ("Submit your work on paper.", None),
    ],
)
def test_a_sentence_says_by_when_work_is_handed_in(text: str, day: str | None) -> None:
    assert due.within(text) == day


def test_a_share_stands_at_the_end_of_a_heading() -> None:
    heads = ["B. TALK (15%)", "Talk – 15 %", "Talk (15% of the mark)", "15% of mills", "Talk"]
    assert [briefs.share_of(one) for one in heads] == [15, 15, 15, None, None]


# --- tests and their keys


def test_a_test_with_a_key_below_each_question_is_no_file_of_keys(tmp_path: Path) -> None:
    made = Word().p("RIV 204 Midterm — SAMPLE", "Multiple choice (2 pts each)")
    asked = (("What turns a mill?", "b"), ("A weir in a river makes it", "a"), ("Which rock keeps water?", "c"))
    for nth, (text, key) in enumerate(asked, 1):
        made.p(f"{nth}. {text}", "(a) deeper", "(b) water", "(c) clay", "(d) sand", f"Answer: {key}")
    path = made.save(tmp_path / "Midterm_with_answers.docx")
    assert guess(read_document(path, path.name)).role == "tests"
    exam = _course(tmp_path).exam
    assert exam is not None
    choices = [one for one in exam.questions if isinstance(one, MultipleChoice)]
    assert [[choice.fraction == 1 for choice in one.choices].index(True) for one in choices] == [1, 0, 2]


@pytest.mark.parametrize("head", ["Appendix B. Answers to sample questions", "Annex 2: Answer key to the test"])
def test_keys_in_an_annex_are_those_of_the_test(tmp_path: Path, head: str) -> None:
    text = """# Mills

## Schedule

| Week | Topic |
|---|---|
| 1 | Weirs |
| 2 | Wheels |

## Assessment

One report and an exam.

### Examination

Answer two questions of five, of equal value. Old questions are below.

## Sample multiple-choice questions

1. What turns a mill?

(a) wind

(b) water

(c) oxen

2. A weir makes a river

(a) deeper

(b) faster

(c) dry

## Past examination questions

1. Explain how a wheel is hung.
2. Compare the weirs of two towns.
3. Why did mills move to coal?

## {head}

1 (b), 2 (a)
"""
    exam = _read(tmp_path, handbook_md=text.replace("{head}", head)).exam
    assert exam is not None
    choices = [one for one in exam.questions if isinstance(one, MultipleChoice)]
    assert [[choice.fraction == 1 for choice in one.choices].index(True) for one in choices] == [1, 0]
    assert [block_text(one.text) for one in exam.questions if isinstance(one, Essay)] == [
        "Explain how a wheel is hung.", "Compare the weirs of two towns.", "Why did mills move to coal?",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Appendix B. Answers", "Answers"), ("Приложение 2. Глоссарий", "Глоссарий"), ("Annex: mills", "Annex: mills"),
        ("Appendices", "Appendices"),
    ],
)  # fmt: skip
def test_an_annex_is_called_by_its_title(head: str, title: str) -> None:
    assert without_annex(head) == title


# --- texts


def test_key_ideas_in_sentences_are_text_and_no_terms(tmp_path: Path) -> None:
    told = (
        "Milling was born as a craft of the river bank: dam it, hang a wheel, grind. It spread with the plough.",
        "Safety in numbers: the risk of each mill falls as mills grow. The dam comes first, not behind.",
    )
    text = (
        f"# Lecture 1: Mills\n\n## Key ideas\n\n{told[0]}\n\n{told[1]}\n\n## The wheel\n\nA wheel turns. It is wet.\n"
    )
    made = _read(tmp_path, lecture_md=text)
    assert made.glossary == ()
    assert told[0] in _classes(made, "lecture")[0][2]
