"""What stands beside a title, behind wide gaps and at the edge of a page; lists whose groups run on; lessons
by their minutes; parts that are named after what gives the mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import Blocks, block_text, inline_text
from coursepack.model.course import Assignment, Course, Session
from coursepack.model.questions import Essay
from coursepack.outline.tree.course_title import parted
from coursepack.outline.tree.signals import is_book
from coursepack.outline.tree.values import of_line


def _read(at: Path, text: str, name: str = "paper.md") -> Course:
    (at / name).write_text(text, "utf-8")
    (loaded,) = find_projects([at / name])
    return build.understand(loaded).course


def _sessions(course: Course) -> list[Session]:
    return [one for week in course.weeks for one in week.sessions]


def _work(course: Course) -> list[Assignment]:
    return [one for week in course.weeks for one in week.assignments]


def _texts(blocks: Blocks) -> list[str]:
    return [line for line in block_text(blocks).splitlines() if line]


def _asked(course: Course) -> list[tuple[str, float | None]]:
    questions = [one for one in course.exam.questions if isinstance(one, Essay)] if course.exam else []
    return [(block_text(one.text), one.mark) for one in questions]


# --- titles and what stands beside them


@pytest.mark.parametrize(
    ("line", "title", "beside"),
    [
        ("Tides and Harbours, Dr P. Selwyn", "Tides and Harbours", ["Dr P. Selwyn"]),
        ("Tides and Harbours, Week 4", "Tides and Harbours", ["Week 4"]),
        (
            "Tides and Harbours — Spring 2027 — due Monday, 3 May",
            "Tides and Harbours",
            ["due Monday, 3 May", "Spring 2027"],
        ),
        ("Tides and Harbours · 6 ECTS · Year 2", "Tides and Harbours", ["Year 2", "6 ECTS"]),
        ("Tides and Harbours: Seminar Programme", "Tides and Harbours", ["Seminar Programme"]),
        ("Tides, Harbours and Ships", "Tides, Harbours and Ships", []),
        ("Harbours: A History", "Harbours: A History", []),
        ("Химия, 2-нұсқа", "Химия, 2-нұсқа", []),
    ],
)
def test_what_is_no_part_of_a_title_is_parted_from_it(line: str, title: str, beside: list[str]) -> None:
    assert parted(line) == (title, beside)


def test_a_labelled_title_gives_its_code_and_its_values(tmp_path: Path) -> None:
    said = (
        "# Syllabus\n\nModule: Dairy Hygiene (DH-204)\n\n"
        "## Aims\n\n- To keep a dairy clean.\n\n## Grading\n\nTest 100%\n"
    )
    course = _read(tmp_path, said)
    assert (course.title, course.about.code) == ("Dairy Hygiene", "DH-204")


def test_the_part_of_a_line_that_a_code_leads_is_the_title(tmp_path: Path) -> None:
    options = "   a) salt\n   b) sand\n   c) silt\n"
    quiz = "".join(f"{n}. What settles in place {n}?\n{options}\n" for n in range(1, 5))
    course = _read(tmp_path, f"SHORT TEST 3: DELTAS                   GEO 118 Rivers at Work\n\n{quiz}", "t.txt")
    assert (course.title, course.about.code) == ("Rivers at Work", "GEO 118")


def test_the_course_beside_a_code_goes_before_the_title_of_a_brief(tmp_path: Path) -> None:
    head = "# Project brief: A guide to one bridge\n\nBridges and People (CIV 310) · Winter 2027 · set by Ola Brand\n\n"
    parts = (
        "## The task\n\nDraw a guide of six pages to a bridge that you can walk to.\n\n"
        "## Rules\n\nPhotographs are your own.\n"
    )
    course = _read(tmp_path, head + parts)
    assert (course.title, course.about.code) == ("Bridges and People", "CIV 310")
    assert [one.title for one in _work(course)] == ["A guide to one bridge"]


def test_a_term_among_the_first_lines_is_the_semester(tmp_path: Path) -> None:
    head = (
        "# Logic of Maps\n\nDr Ada Penrose, Department of Geography, University of Wick. "
        "Autumn 2027. Mondays 10:00, room 3.\n\n"
    )
    plan = "".join(
        f"## Meeting {n}: Map {n}\n\n1. What does map {n} leave out?\n2. Who drew it?\n\n" for n in (1, 2, 3)
    )
    assert _read(tmp_path, head + plan).about.semester == "Autumn 2027"


def test_an_ordinal_counts_a_semester(tmp_path: Path) -> None:
    text = (
        "# Weaving\n\nCourse outline, second semester 2027\n\n"
        "## Aims\n\n- To weave.\n\n## Grading\n\n- Cloth 60%\n- Test 40%\n"
    )
    assert _read(tmp_path, text).about.semester == "second"


def test_the_paper_that_names_its_seminars_is_none_of_them(tmp_path: Path) -> None:
    text = "# Seminar plans: Law of the Sea\n\n" + "".join(
        f"## Seminar {n}. {title}\n\n1. Baselines {n}\n2. Cases {n}\n3. Maps {n}\n\nReading: Holm, ch. {n}.\n\n"
        for n, title in ((1, "Who owns a bay?"), (2, "Reefs"))
    )
    found = _sessions(_read(tmp_path, text))
    assert [(one.kind, one.number, one.title, len(one.topics)) for one in found] == [
        ("seminar", 1, "Who owns a bay?", 3),
        ("seminar", 2, "Reefs", 3),
    ]


# --- behind wide gaps


def test_labels_stand_before_wide_gaps(tmp_path: Path) -> None:
    text = (
        "UNIVERSITY OF NORTH QUAY\n\nNAV 210  COASTAL PILOTAGE\nCourse outline\n\n"
        "Convener          Dr Runa Holt (r.holt@quay.example), room K 4.12\n"
        "Tutor             Callum Reid\n\n1  Aims\n\n  - to read a chart\n  - to take a bearing\n\n"
        "2  Assessment\n\nChart work    60%\nTest          40%\n"
    )
    teachers = _read(tmp_path, text, "t.txt").about.teachers
    assert [(one.name, one.email, one.room) for one in teachers] == [
        ("Dr Runa Holt", "r.holt@quay.example", "K 4.12"),
        ("Callum Reid", None, None),
    ]


EXAM = """\
                  COLLEGE OF HORTICULTURE
                Written Examination, May 2026

Answer ALL questions.

SECTION A

1.  Define the term "scion".                                   (2)
2.  List three signs of drought in a pot plant.                (3)
3.  (a) What is meant by hardening off?                        (4)
    (b) Give two plants that need it.                          (2)
4.  State why roots need air.                                  (5)
"""


def test_marks_at_the_edge_of_a_page_make_no_table_of_questions(tmp_path: Path) -> None:
    course = _read(tmp_path, EXAM, "exam.txt")
    assert _asked(course) == [
        ('Define the term "scion".', 2),
        ("List three signs of drought in a pot plant.", 3),
        ("What is meant by hardening off?\t(4)\nGive two plants that need it.\t(2)", 6),
        ("State why roots need air.", 5),
    ]


# --- lists whose groups run on, and lettered cases


def test_letters_over_numbers_that_run_on_head_groups_of_questions(tmp_path: Path) -> None:
    text = (
        "ORAL EXAMINATION IN ORNITHOLOGY - list of questions for students\nacademic year 2026/2027\n\n"
        "A. Structure\n   1. Feathers and moult\n   2. The syrinx\n   3. Bones that hold air\n"
        "B. Behaviour\n   4. Song and calls\n   5. Nests of weavers\n   6. Flocks\n"
        "C. Migration\n   7. The sun compass\n   8. Rings and radar\n   9. Why do some stay?\n"
    )
    course = _read(tmp_path, text, "exam.txt")
    assert course.title.casefold() == "ornithology"
    assert not course.about.teachers
    assert [said for said, _ in _asked(course)] == [
        "Feathers and moult", "The syrinx", "Bones that hold air", "Song and calls", "Nests of weavers", "Flocks",
        "The sun compass", "Rings and radar", "Why do some stay?",
    ]  # fmt: skip


def test_a_heading_by_style_stands_over_lettered_cases_of_a_task(tmp_path: Path) -> None:
    text = (
        "# Lecture 2. Heat in a House\n\n## 1. Walls\n\nA wall lets heat through at a rate that its layers set.\n\n"
        "## 2. Terms to know\n\n- draught: air that comes in unasked\n- lagging: what is wrapped round a pipe\n"
        "- dew point: where air lets water go\n\n## 3. A case\n\n"
        "The Brands paid 900 for heat last year and 500 since.\n\n"
        "## 4. Hands on\n\na. Find the loss through one window. Show the steps.\nb. Halve it.\nc. Name a cheaper way.\n"
    )
    (one,) = _sessions(_read(tmp_path, text))
    assert [block_text(task.blocks) for task in one.tasks] == [
        "Find the loss through one window. Show the steps.", "Halve it.", "Name a cheaper way.",
    ]  # fmt: skip
    assert "Hands on" not in block_text(one.blocks)


def test_terms_before_colons_under_words_for_them_are_a_glossary(tmp_path: Path) -> None:
    text = (
        "# Lecture 4. Sails\n\n## The wind\n\nA sail bends the wind, and the wind pushes back on it.\n\n"
        "## Words you need\n\n- luff: the edge that meets the wind\n- clew: the corner that the sheet pulls\n"
        "- reef: a fold that makes a sail smaller\n"
    )
    course = _read(tmp_path, text)
    assert [one.term for one in course.glossary] == ["luff", "clew", "reef"]


# --- lessons


def test_stages_by_minutes_in_turn_are_no_outcomes(tmp_path: Path) -> None:
    rows = (
        "| 0–5 | Hook | drops two stones | guess |\n| 5–25 | Investigation | walks round | time the falls |\n"
        "| 25–40 | Plenary | asks for a rule | state it |\n"
    )
    text = (
        "# Lesson plan: Falling stones\n\nTeacher: Ole Marsh\n\n**Success criteria**\n\n- I can time a fall.\n\n"
        f"| Time | Activity | Teacher | Pupils |\n|---|---|---|---|\n{rows}\n"
        "**Homework:** Plan a fair test of parachutes.\n"
    )
    course = _read(tmp_path, text)
    (one,) = _sessions(course)
    assert one.outcomes == ("I can time a fall.",)
    assert "Investigation" in block_text(one.blocks)
    assert [block_text(each.blocks) for each in _work(course)] == ["Plan a fair test of parachutes."]


def test_a_timed_stage_counts_no_class_and_resources_are_what_is_needed(tmp_path: Path) -> None:
    text = (
        "LESSON OUTLINE\n\nSubject: Biology              Form: 7              Length: 60 min\n"
        "Topic: How seeds travel\nTeacher: Mr Rolf Dahl\n\nBy the end of the lesson learners will:\n"
        "- name four ways in which seeds travel\n- sort ten seeds\n\nResources: tray of seeds, fan, basin\n\n"
        "1. Starter (10 min)\n   Blow a dandelion clock. Where do the seeds go?\n\n"
        "2. Input (15 min)\n   Show the ten seeds, one by one.\n\n"
        "3. Practice (25 min)\n   In pairs sort the seeds and try the fan.\n\n4. Round-up (10 min)\n"
        "   Each pair names one surprise.\n"
    )
    course = _read(tmp_path, text, "lesson.txt")
    (one,) = _sessions(course)
    assert (course.title, one.kind, one.number, one.title) == ("Biology", "lecture", None, "How seeds travel")
    assert _texts(one.equipment) == ["tray of seeds, fan, basin"]


def test_the_text_that_is_read_for_each_seminar_is_its_literature(tmp_path: Path) -> None:
    text = "# Seminars on Fear\n\n" + "".join(
        f"## Meeting {n}: {title}\n\n*Text:* {read}\n\n1. What is {title}?\n2. Who is to blame?\n\n"
        for n, title, read in ((1, "Dread", "Lind, On Dread, ch. 2"), (2, "Panic", "Moe, Panics, pp. 3–9"))
    )
    assert [one.literature for one in _sessions(_read(tmp_path, text))] == [
        ("Lind, On Dread, ch. 2",),
        ("Moe, Panics, pp. 3–9",),
    ]


# --- work and rules


def test_rules_for_all_work_are_no_work(tmp_path: Path) -> None:
    text = (
        "# ART 120: Drawing\n\n## Course description\n\nHow lines become things.\n\n## Assignments\n\n"
        "Drawings are handed in as paper, never as photographs.\n\n"
        "Late drawings lose a grade a day. Extensions are given before the deadline.\n\n"
        "Copying somebody else's drawing breaches the policy on honesty.\n\n## Grading\n\n- Portfolio 70%\n- Exam 30%\n"
    )
    course = _read(tmp_path, text)
    assert not _work(course)
    assert [(one.title, len(one.blocks)) for one in course.about.policies] == [("Assignments", 3)]


def test_a_section_named_after_a_share_of_the_mark_is_work_of_that_title(tmp_path: Path) -> None:
    text = (
        "# Assessment file\n\nModule: **Cheese Science** · code CS-207 · 4 ECTS\n\n## 1. Distribution of the mark\n\n"
        "| Element | % |\n|---|---|\n| Practical task | 40 |\n| Case | 20 |\n| Examination | 40 |\n\n"
        "## 2. Practical task\n\nWrite a cleaning plan for a vat of 900 litres.\n\n"
        "## 3. Case\n\nA cellar grew grey in a week. Name the mould and two mistakes.\n\n"
        "## 4. What the student must show\n\n- knows why curd is cut\n- keeps a starter\n"
    )
    course = _read(tmp_path, text)
    assert (course.title, course.about.code, course.about.credits) == ("Cheese Science", "CS-207", 4)
    assert [(one.title, block_text(one.blocks)) for one in _work(course)] == [
        ("Practical task", "Write a cleaning plan for a vat of 900 litres."),
        ("Case", "A cellar grew grey in a week. Name the mould and two mistakes."),
    ]


def test_a_dated_line_below_a_title_says_where_a_text_of_a_packet_comes_from(tmp_path: Path) -> None:
    text = (
        "# Reading packet: Lighthouses\n\n## The Keeper's Cat\n\n*Ilse Brandt*\n\n"
        "The cat knew the lamp before the keeper did. She sat below it every evening of her long life.\n\n"
        "She left when it went out, and nobody saw her go.\n\n## Rules of the Lamp\n\n"
        "*From a printed sheet, 1887*\n\nThe wick is cut at noon. "
        "Nobody sleeps while the lamp burns, and nobody sings. Fog is written in the book.\n"
    )
    course = _read(tmp_path, text)
    assert [one.title for one in course.readings] == ["The Keeper's Cat", "Rules of the Lamp"]
    assert not _sessions(course)


def test_the_brief_of_a_work_keeps_what_is_said_of_the_course_apart(tmp_path: Path) -> None:
    text = (
        "## Project brief: A map of smells\n\nHuman Geography (GEO 220) · Winter 2027 · set by Ola Brand\n\n"
        "## The task\n\nWalk for an hour and draw what you smell.\n\n"
        "## How it is marked\n\n- Map (60%)\n- Notes (40%)\n\n"
        "## Late work\n\nA map that comes late loses a mark an hour.\n\n"
        "## Some help\n\n- Lind, Ada. Noses and Streets. Hull: Quay, 2015.\n"
        "- Moe, Jan. The Smelly City. Bergen: Fjord, 2020.\n"
    )
    course = _read(tmp_path, text)
    assert course.about.grading is not None
    assert [(one.name, one.percent) for one in course.about.grading.weights] == [("Map", 60), ("Notes", 40)]
    assert [one.title for one in course.about.policies] == ["Late work"]
    assert course.about.literature.basic == (
        "Lind, Ada. Noses and Streets. Hull: Quay, 2015.",
        "Moe, Jan. The Smelly City. Bergen: Fjord, 2020.",
    )
    (work,) = _work(course)
    assert "Late work" not in block_text(work.blocks)
    assert "Noses" not in block_text(work.blocks)


@pytest.mark.parametrize(
    ("line", "book"),
    [
        ("Lind, Ada. Noses and Streets. Hull: Quay, 2015.", True),
        ("Society of Bakers. Flour and Law. 2nd ed., 2019.", True),
        ("We met in Hull in May 2015.", False),
    ],
)
def test_place_publisher_and_year_tell_a_book(line: str, book: bool) -> None:
    assert is_book(line) is book


def test_numbers_that_run_on_make_no_glossary_of_words(tmp_path: Path) -> None:
    groups = (
        ("SOUNDS", ("What is a vowel?", "Describe two stops.", "Tone: what carries it?")),
        ("WORDS", ("The stem: what may follow it.", "Compounds: where is the head?", "How do new words come?")),
        ("SENTENCES", ("What is a clause?", "Word order and what goes with it.", "Questions without a sign.")),
    )
    text, number = "MAY BE ASKED AT THE ORAL EXAM\n\nYou draw two questions.\n\n", 0
    for letter, (head, asked) in zip("ABC", groups, strict=True):
        text += f"\n{letter}. {head}\n\n"
        for one in asked:
            number += 1
            text += f"   {number}. {one}\n"
    course = _read(tmp_path, text, "exam.txt")
    assert not course.glossary
    assert len(_asked(course)) == 9


@pytest.mark.parametrize(
    ("line", "programme"),
    [
        ("B.Tech. (Leather Technology), Semester II, 2026-27", "B.Tech. (Leather Technology)"),
        ("Diploma in Rural Banking, second year", "Diploma in Rural Banking"),
        ("Certificate of attendance", None),
    ],
)
def test_a_degree_names_its_programme_in_brackets_or_behind_in(line: str, programme: str | None) -> None:
    assert next((one.value for one in of_line(line) if one.name == "programme"), None) == programme


def test_what_a_seminar_will_talk_about_are_its_points_and_what_stands_before_its_day_is_read(tmp_path: Path) -> None:
    text = "# Bridges: a reading seminar\n\n" + "".join(
        f"## Tuesday {n}. {title}\n\n**Before Tuesday**\n\n+ {read}\n\n**We will talk about**\n\n"
        f"1. Who pays for {title.lower()}?\n2. Who may cross?\n\n**While we are together**\n\n"
        f"We draw {title.lower()} from memory.\n\n"
        for n, title, read in (
            (1, "Fords", "Holm, On Fords, chapter 2"),
            (2, "Arches", "Rask, “Stone”"),
            (3, "Ropes", "Juul, “Hemp”"),
        )
    )
    found = _sessions(_read(tmp_path, text))
    assert [[inline_text(point.content) for point in one.topics] for one in found] == [
        ["Who pays for fords?", "Who may cross?"],
        ["Who pays for arches?", "Who may cross?"],
        ["Who pays for ropes?", "Who may cross?"],
    ]
    assert [one.literature for one in found] == [("Holm, On Fords, chapter 2",), ("Rask, “Stone”",), ("Juul, “Hemp”",)]
    assert [[block_text(task.blocks) for task in one.tasks] for one in found] == [
        ["We draw fords from memory."],
        ["We draw arches from memory."],
        ["We draw ropes from memory."],
    ]
