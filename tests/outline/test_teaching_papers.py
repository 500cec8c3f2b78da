"""What teachers hand out in English: syllabi, packs of texts, grids, notes, chapters; in text, Markdown and Word."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from coursepack import build, discovery
from coursepack.model.blocks import Heading, List, Paragraph, block_text, inline_text
from coursepack.model.course import Course, Session
from coursepack.outline.tree import dates


def read(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


def of_text(tmp_path: Path, text: str, name: str = "source.txt") -> Course:
    path = tmp_path / name
    path.write_text(text.lstrip("\n"), encoding="utf-8")
    return read(path)


def heads(course: Course) -> list[tuple[str, int | None, str | None, int]]:
    return [(one.kind, one.number, one.title, week.number) for week, one in course.sessions()]


def policies(course: Course) -> list[tuple[str, str]]:
    return [(one.title, block_text(one.blocks).strip()) for one in course.about.policies]


def outline(session: Session) -> list[str]:
    return [inline_text(one.content) for one in session.outline]


def lines(course: Course, at: int) -> list[str]:
    """The paragraphs and items of a text to read."""
    made: list[str] = []
    for block in course.readings[at].blocks:
        if isinstance(block, Heading | Paragraph):
            made.append(inline_text(block.content))
        elif isinstance(block, List):
            made.extend(block_text(item.blocks).strip() for item in block.items)
    return made


# --- syllabi

BLOCKS = """
BIOL 118: Ecology of the Shore

Instructor: Dr. Maren Tolliver

The shore is the only place on earth where two worlds change hands twice a day. In this course we learn to read what
the tide leaves behind, and to count what lives there.

How your grade is made up
Field notebook 30%
Two short reports 40%
Final exam 30%

Late submission
Work that is up to one week late is capped at 40. After that it is marked at zero.

Field trips
Attendance is required. The tide will not wait for you and neither will the van.

Books on the shelf
Hartigan, P. and Sool, M. Between the Tide Lines. Gannet Press, 2019

Week 1  What a shore is
Week 2  Tides and waves
Week 3  Rocky shores
"""


def test_the_first_line_of_a_block_is_its_heading(tmp_path: Path) -> None:
    course = of_text(tmp_path, BLOCKS)
    assert course.about.grading is not None
    assert [(one.name, one.percent) for one in course.about.grading.weights] == [
        ("Field notebook", 30),
        ("Two short reports", 40),
        ("Final exam", 30),
    ]
    assert policies(course) == [
        ("Late submission", "Work that is up to one week late is capped at 40. After that it is marked at zero."),
        ("Field trips", "Attendance is required. The tide will not wait for you and neither will the van."),
    ]
    assert course.about.literature.basic == ("Hartigan, P. and Sool, M. Between the Tide Lines. Gannet Press, 2019",)
    assert [title for _, _, title, _ in heads(course)] == ["What a shore is", "Tides and waves", "Rocky shores"]


RUN_IN = """
# ENG 230 — Writing About Food
**Spring 2026 · 3 credits · MW 10:00–11:15 · Carver 118**

We will eat, and then we will write about it. The course moves from recipe to memoir to criticism, and ends with an
essay of your own on one dish.

**You will learn to**

* describe a taste without the word "delicious"
* structure a personal essay

**Texts.** M. F. K. Fisher, *The Gastronomical Me*. North Point, 1989.

**Attendance.** Three absences are free. Each further absence lowers the final grade by a third of a letter.

**Late essays.** An essay that comes late gets no written comments.

**AI.** No generated prose in this class; a spelling checker is fine.

## Calendar

| Week | Monday | Wednesday |
|---|---|---|
| 1 (Jan 12) | Hello, and an orange | Describing taste |
| 2 (Jan 19) | No class (MLK Day) | The recipe as a text |
| 3 (Jan 26) | Hunger | Lab: an omelette |
"""


def test_paragraphs_with_bold_titles_are_parts_of_a_course(tmp_path: Path) -> None:
    course = of_text(tmp_path, RUN_IN, "source.md")
    assert (course.title, course.about.credits, course.about.semester) == ("Writing About Food", 3, "Spring 2026")
    assert block_text(course.about.description).strip().startswith("We will eat, and then we will write about it.")
    assert "Attendance" not in block_text(course.about.description)
    assert policies(course) == [
        (
            "Attendance",
            "Three absences are free. Each further absence lowers the final grade by a third of a letter.",
        ),
        ("Late essays", "An essay that comes late gets no written comments."),
        ("AI", "No generated prose in this class; a spelling checker is fine."),
    ]
    assert course.about.literature.basic == ("M. F. K. Fisher, The Gastronomical Me. North Point, 1989.",)


def test_a_weekly_grid_has_a_class_a_cell(tmp_path: Path) -> None:
    course = of_text(tmp_path, RUN_IN, "source.md")
    assert heads(course) == [
        ("lecture", None, "Hello, and an orange", 1),
        ("lecture", None, "Describing taste", 1),
        ("lecture", None, "The recipe as a text", 2),
        ("lecture", None, "Hunger", 3),
        ("laboratory", None, "an omelette", 3),
    ]


def test_a_control_in_a_weekly_grid_is_no_class(tmp_path: Path) -> None:
    grid = """
# CS 142 Web Programming — Weekly schedule

| | Mon | Wed | Fri |
|---|---|---|---|
| Week 1 | How the web works | HTML basics | Lab: your first page |
| Week 2 | CSS selectors | Box model | **Midterm** |
"""
    course = of_text(tmp_path, grid, "source.md")
    assert course.title == "Web Programming"
    assert heads(course) == [
        ("lecture", None, "How the web works", 1),
        ("lecture", None, "HTML basics", 1),
        ("laboratory", None, "your first page", 1),
        ("lecture", None, "CSS selectors", 2),
        ("lecture", None, "Box model", 2),
    ]
    assert course.about.grading is not None
    assert [(one.after_week, one.name) for one in course.about.grading.interim] == [(2, "Midterm")]


def test_teachers_are_named_in_a_sentence(tmp_path: Path) -> None:
    course = of_text(
        tmp_path,
        """
GEOG 245 Cities of the South
Fall 2026

Your instructors are Lena Marsh (lmarsh@lowell.example.edu, Baxter 31) and Tomas Iglesias (tiglesias@lowell.example.edu,
Baxter 33). Lena holds office hours on Monday from 2 to 4; Tomas can be found in his office on most mornings.

Cities south of the equator grow faster than any cities ever grew. We look at six of them, from Lima to Jakarta, and
ask who builds them.

Week 1. What makes a city
Week 2. Lima
Week 3. Lagos
""",
    )
    lena, tomas = course.about.teachers
    assert (lena.name, lena.email, lena.room) == ("Lena Marsh", "lmarsh@lowell.example.edu", "Baxter 31")
    assert lena.office_hours == "Monday from 2 to 4"
    assert (tomas.name, tomas.email, tomas.room) == ("Tomas Iglesias", "tiglesias@lowell.example.edu", "Baxter 33")
    assert tomas.office_hours is None


def test_a_front_matter_says_who_teaches_what_and_when(tmp_path: Path) -> None:
    course = of_text(
        tmp_path,
        """
---
title: Sociology of Work
code: SOC 322
instructor: Dr. Amara Osei
term: Fall 2025
layout: page
---

Work takes up half of our waking lives and most of our small talk. This course asks how it came to be organised.

## Course policies

Attendance is taken at every meeting.

## Schedule

- Week 1: Introduction
- Week 2: Marx on labour
- Week 3: Taylor and after
""",
        "source.md",
    )
    about = course.about
    assert (course.title, about.code, about.semester) == ("Sociology of Work", "SOC 322", "Fall 2025")
    assert [one.name for one in about.teachers] == ["Dr. Amara Osei"]
    assert "page" not in block_text(about.description)


def test_headings_behind_bare_classes_are_of_the_course(tmp_path: Path) -> None:
    course = of_text(
        tmp_path,
        """
Course: Practical Astronomy for Beginners
Tutor: Imre Valdstein

Evening 1. Finding your way
Bring: warm shoes, a red torch.

Evening 2. The Moon
Bring: a pencil.

Evening 3. Planets
Bring: a watch.

What it costs
120 for the course, half for students. No refunds after the second evening.

If you miss an evening
Come to the Saturday open night instead and ask whoever is on duty.
""",
    )
    assert [title for _, _, title, _ in heads(course)] == ["Finding your way", "The Moon", "Planets"]
    assert [title for title, _ in policies(course)] == ["What it costs", "If you miss an evening"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Labour and Migration · HIS 338 · Dr. Agnieszka Brandvold", "HIS 338"),
        ("Labour and Migration · handout · Fjord College", None),
        ("Labour and Migration | HIS 338 | Spring 2024", "HIS 338"),
    ],
)
def test_the_title_stands_on_a_line_of_values(tmp_path: Path, line: str, code: str | None) -> None:
    course = of_text(
        tmp_path, f"Homework for the autumn\n{line}\n\nHand your pages in on paper at the start of class.\n"
    )
    assert course.title == "Labour and Migration"
    assert code is None or course.about.code == code


def test_a_person_and_a_city_stand_beside_an_institution(tmp_path: Path) -> None:
    course = of_text(
        tmp_path,
        """
Course outline
Questions Worth Asking
Ingrid Solheim, Fjordane Health College, Bergen, autumn 2022

Description
This course asks what we owe to strangers, to patients and to one another, and it answers as little as it can.

Week 1. Strangers
Week 2. Truth
Week 3. Courage
""",
    )
    assert course.about.university == "Fjordane Health College"
    assert course.about.city == "Bergen"
    assert [one.name for one in course.about.teachers] == ["Ingrid Solheim"]


# --- packs of texts

CASES = """
# Business Ethics: Case Pack

MGT 305 · Autumn term 2025 · Westmarch Business School

Please read the cases before the session in which we discuss them, and bring the page with you to the room.

## Case 1: The Leaking Valve

*by Oona Feldstein*

In March 2019 a technician at Calder Pumps noticed that one valve in forty leaked under pressure. He wrote a memo.

*Adapted from Feldstein, O. (2021). Memos nobody read. Journal of Practical Ethics, 14(2), 33–51.*

**Discussion questions**

1. Who owed what to whom in March?

## Case 2: A Discount for Cousins

*by Rafael Quintero*

The shop in Calle Nueva gives ten per cent off to family. In a town of four thousand people this is nearly everybody.

*Source: interview, used with permission.*

**Discussion questions**

1. Is a discount for cousins a kind of loyalty card?
"""


def test_a_pack_of_cases_is_texts_to_read(tmp_path: Path) -> None:
    course = of_text(tmp_path, CASES, "source.md")
    assert course.title == "Business Ethics"
    assert [(one.label, one.title) for one in course.readings] == [
        ("Case 1", "The Leaking Valve"),
        ("Case 2", "A Discount for Cousins"),
    ]
    assert lines(course, 1) == [
        "by Rafael Quintero",
        (
            "The shop in Calle Nueva gives ten per cent off to family. "
            "In a town of four thousand people this is nearly everybody."
        ),
        "Source: interview, used with permission.",
        "Discussion questions",
        "Is a discount for cousins a kind of loyalty card?",
    ]
    assert not list(course.sessions())
    assert course.foreword is not None
    assert block_text(course.foreword.blocks).startswith("Please read the cases")


def test_a_reader_in_plain_text_is_texts_to_read(tmp_path: Path) -> None:
    course = of_text(
        tmp_path,
        """
HIST 214 Reader

The Atlantic World
Course reader, Spring 2026

1. A Letter from Veracruz
Diego Almarza, 1571

Most esteemed sister, I write to you from a city of mosquitoes and silver, and the harbour is white with sails.

Source: Archivo de Indias, letters to private persons, bundle 12.

2. The Sugar Mill at Dawn
Anselme Labrousse

The bell is struck at three. The women come first, and the rollers begin to turn before there is light.

Source: A. Labrousse, Voyage aux îles (Paris, 1722), pp. 201–204.
""",
    )
    assert [one.title for one in course.readings] == ["A Letter from Veracruz", "The Sugar Mill at Dawn"]
    assert lines(course, 0)[0] == "Diego Almarza, 1571"
    assert not list(course.sessions())


# --- notes and chapters


def test_lectures_under_plain_numbers_have_plans(tmp_path: Path) -> None:
    course = of_text(
        tmp_path,
        """
# Introduction to Hydrology: lecture notes

## 1 The water balance

Overview: where water is; how it moves.

Water enters a catchment as rain or snow and leaves it as evaporation and as flow. What stays behind for a while is
storage, and the balance of these terms over a year is the first thing a hydrologist asks of a place.

## 2 Rain gauges and radar

Today
- why gauges lie
- what radar sees

A gauge on a windy hill catches too little. The error may be a tenth of the total, and for snow it may be half of it.
Shields help, but nobody agrees on which of them helps most.
""",
        "source.md",
    )
    assert heads(course) == [
        ("lecture", 1, "The water balance", 1),
        ("lecture", 2, "Rain gauges and radar", 2),
    ]
    one, two = (session for _, session in course.sessions())
    assert outline(one) == ["where water is", "how it moves."]
    assert outline(two) == ["why gauges lie", "what radar sees"]


def test_a_sentence_says_what_a_class_teaches(tmp_path: Path) -> None:
    course = of_text(
        tmp_path,
        """
# Introduction to Museum Studies

## Session 1. What is a museum?
*By the end of this session you can tell a museum from a collection.*

In this session
- cabinets of curiosities
- the public museum

## Session 2. Labels
*By the end of this session you can write a label of fifty words.*

In this session
- who reads labels
- the fifty-word rule
""",
        "source.md",
    )
    one, two = (session for _, session in course.sessions())
    assert one.outcomes == ("tell a museum from a collection.",)
    assert two.outcomes == ("write a label of fifty words.",)
    assert outline(two) == ["who reads labels", "the fifty-word rule"]


def test_points_that_head_the_text_are_the_plan_of_one_class(tmp_path: Path) -> None:
    course = of_text(
        tmp_path,
        """
# Light on the rock

**In the next fifty minutes**

- Why coal fires failed
- The ringed lens

## Why coal fires failed

For two thousand years a coast was marked by an open fire. It ate coal by the ton, smoked in still air and leaned away
from the sea in a gale.

## The ringed lens

A magnifying glass the height of a man would gather the light, yet it would weigh tons and swallow most of what it
gathered.
""",
        "source.md",
    )
    ((_, session),) = course.sessions()
    assert (session.title, outline(session)) == ("Light on the rock", ["Why coal fires failed", "The ringed lens"])
    assert not course.about.policies


CHAPTER = """
# Chapter 4. Soils

Soil is rock that has been eaten. Weather breaks it, roots pry it open, and worms pass it through themselves until
nothing is left of what it was.

## Words you met in this chapter

The words below are printed in bold where they first occur. Learn them before the test.

**Horizon** – a layer of soil parallel to the surface.

**Loam** – soil of sand, silt and clay in about equal shares.

**Humus** – dark organic matter that has stopped looking like what it was.

Terms marked in class with a star are not needed for the test.
"""


def test_terms_with_text_around_them_are_a_glossary(tmp_path: Path) -> None:
    course = of_text(tmp_path, CHAPTER, "source.md")
    assert [one.term for one in course.glossary] == ["Horizon", "Loam", "Humus"]
    ((_, session),) = course.sessions()
    text = block_text(session.blocks)
    assert "The words below are printed in bold" in text
    assert "Terms marked in class with a star are not needed for the test." in text
    assert "parallel to the surface" not in text


@pytest.mark.parametrize(
    "terms",
    [
        (
            "thalweg      the line of greatest depth along a river\n"
            "oxbow        a lake left behind by a bend that was cut off\n"
            "levee        a ridge along the bank, built by floods or by people\n"
        ),
        (
            "thalweg – the line of greatest depth along a river\n"
            "oxbow – a lake left behind by a bend that was cut off\n"
            "levee – a ridge along the bank, built by floods or by people\n"
        ),
        (
            "thalweg\n     the line of greatest depth along a river\n\n"
            "oxbow\n     a lake left behind by a bend that was cut off\n\n"
            "levee\n     a ridge along the bank, built by floods\n     or by people\n"
        ),
    ],
)
def test_terms_of_a_plain_text_are_a_line_each(tmp_path: Path, terms: str) -> None:
    course = of_text(
        tmp_path,
        "CHAPTER 6\nRivers at Work\n\nA river is a machine for moving mud. It takes from the hills, "
        "and on the way it sorts what\nit carries by size, so that boulders stay near the source and clay goes on.\n\n"
        f"Key terms\n\n{terms}\nReview\n\n1. Why are deltas made of clay?\n2. Where would you build a house?\n",
    )
    assert [(one.term, block_text(one.definition).strip()) for one in course.glossary] == [
        ("thalweg", "the line of greatest depth along a river"),
        ("oxbow", "a lake left behind by a bend that was cut off"),
        ("levee", "a ridge along the bank, built by floods or by people"),
    ]


# --- Word


def test_underlined_lines_head_parts(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Cedar Fork State College")
    document.add_paragraph("GEOS 342: Watershed Hydrology")
    for head, text in (
        ("What this class is about", "Rain falls, some of it evaporates, some soaks in, and some runs to the creek."),
        ("Handing things in late", "Problem sets lose ten percent a day until the solutions are posted for all."),
        ("Before you sign up", "College algebra"),
    ):
        document.add_paragraph().add_run(head).underline = True
        document.add_paragraph(text)
    path = tmp_path / "syllabus.docx"
    document.save(str(path))
    course = read(path)
    assert course.title == "Watershed Hydrology"
    assert block_text(course.about.description).strip() == (
        "Rain falls, some of it evaporates, some soaks in, and some runs to the creek."
    )
    assert policies(course) == [
        ("Handing things in late", "Problem sets lose ten percent a day until the solutions are posted for all.")
    ]
    assert course.about.prerequisites == ("College algebra",)


def word_table(path: Path, rows: list[list[str]], *before: str) -> None:
    document = Document()
    for line in before:
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    document.save(str(path))


def test_classes_below_one_another_in_a_table(tmp_path: Path) -> None:
    path = tmp_path / "source.docx"
    rows = [
        ["Workshop 1", "Counting layers"],
        ["Equipment", "light table, three core scans"],
        ["What to do", "Count summers on scan A."],
        ["Workshop 2", "Air in bubbles"],
        ["Equipment", "crushed ice under oil"],
        ["What to do", "Pop a bubble and say how old its air is."],
    ]
    word_table(path, rows, "Climate from Ice")
    course = read(path)
    assert heads(course) == [("practical", 1, "Counting layers", 1), ("practical", 2, "Air in bubbles", 2)]
    one, two = (session for _, session in course.sessions())
    assert block_text(one.equipment).strip() == "light table, three core scans"
    assert [block_text(task.blocks).strip() for task in two.tasks] == ["Pop a bubble and say how old its air is."]


def test_classes_side_by_side_in_a_table(tmp_path: Path) -> None:
    path = tmp_path / "source.docx"
    rows = [
        ["", "Evening one", "Evening two", "Evening three"],
        ["Theme", "The riot of 1913", "Twelve notes", "Jazz"],
        ["What to do", "Clap the accents", "Write a row", "Sing a chorus"],
    ]
    word_table(path, rows, "Listening to the Twentieth Century")
    course = read(path)
    assert [(number, title) for _, number, title, _ in heads(course)] == [
        (1, "The riot of 1913"),
        (2, "Twelve notes"),
        (3, "Jazz"),
    ]
    done = [[block_text(task.blocks).strip() for task in session.tasks] for _, session in course.sessions()]
    assert done == [["Clap the accents"], ["Write a row"], ["Sing a chorus"]]


# --- what a week tells, sheets that say what they are, terms before a verb

WEEKS = """
# Weaving by Hand

## Week 1 - Threads

This week we look at what a thread is made of, how it is twisted from fibres, and why two threads of one weight may
behave so differently on a loom that one of them breaks before noon.

### 9/3 - Fibres

#### In class

- Twist a thread

### 9/5 - Yarns

#### In class

- Count the plies

## Week 2 - Cloth

Now we set up the loom together. Come early, because the warp takes two hours to wind and nobody should have to do it
alone at the end of a long evening in the workshop.

### 9/10 - Warp

#### In class

- Wind a warp
"""


def test_what_a_week_tells_opens_the_text_of_its_first_class(tmp_path: Path) -> None:
    course = of_text(tmp_path, WEEKS, "plan.md")
    told = [
        (week.number, session.title, block_text(session.blocks).strip()[:22]) for week, session in course.sessions()
    ]
    assert told == [
        (1, "Fibres", "This week we look at w"), (1, "Yarns", ""), (2, "Warp", "Now we set up the loom"),
    ]  # fmt: skip
    assert course.foreword is None


@pytest.mark.parametrize(
    "told",
    [
        "This assignment helps you to see how a question is turned into a measurement.",
        "In this homework you will compare two ways of sampling a meadow.",
        "The purpose of this project is to plan a survey of one street.",
        "В этом задании вы сравните два способа отбора проб на лугу.",
        "Цель данного задания – составить план обследования одной улицы.",
        "Бұл тапсырмада сіз шалғыннан сынама алудың екі тәсілін салыстырасыз.",
    ],
)
def test_a_sheet_that_says_what_it_is_is_one_piece_of_work(tmp_path: Path, told: str) -> None:
    text = f"# Looking closely\n\n{told}\n\n## Why\n\nYou learn to see.\n\n## Steps\n\n- Choose a place.\n- Draw it.\n"
    course = of_text(tmp_path, text, "07-looking.md")
    (work,) = [one for week in course.weeks for one in week.assignments]
    assert (work.title, heads(course)) == ("Looking closely", [])
    assert block_text(work.blocks).strip().startswith(told)
    assert block_text(work.blocks).strip().endswith("Draw it.")


def test_a_chapter_that_speaks_of_an_exercise_late_stays_a_class(tmp_path: Path) -> None:
    text = "# Lecture 3. Meadows\n\nGrass covers a third of the land.\n\nIn this exercise we count it.\n"
    assert heads(of_text(tmp_path, text, "l.md")) == [("lecture", 3, "Meadows", 3)]


@pytest.mark.parametrize(
    ("verb", "title"), [("is", "Words of the dairy"), ("refers to", "Words of the dairy"), ("это", "Слова сыроварни")]
)
def test_terms_that_a_verb_parts_from_their_meanings(tmp_path: Path, verb: str, title: str) -> None:
    made = Document()
    made.add_paragraph().add_run(title).bold = True
    made.add_paragraph("We wrote down the words that puzzled us, with what they turned out to mean in the end.")
    for word in ("Curd", "Whey", "Rennet", "Bloom", "Rind"):
        one = made.add_paragraph()
        one.add_run(word).bold = True
        one.add_run(f" {verb} a thing that every dairy knows under this name.")
    made.save(str(tmp_path / "words.docx"))
    course = read(tmp_path / "words.docx")
    assert [(one.term, block_text(one.definition)) for one in course.glossary] == [
        (word, "a thing that every dairy knows under this name.")
        for word in ("Curd", "Whey", "Rennet", "Bloom", "Rind")
    ]


def test_a_bold_term_among_paragraphs_of_a_lecture_is_text(tmp_path: Path) -> None:
    made = Document()
    made.add_heading("Lecture 2. Cheese", 1)
    for at in range(6):
        made.add_paragraph(f"Milk sets in stage {at} when it is warm enough. The vat is stirred by hand, and slowly.")
    for word in ("Curd", "Whey"):
        one = made.add_paragraph()
        one.add_run(word).bold = True
        one.add_run(" is a thing that every dairy knows under this name.")
    made.save(str(tmp_path / "lecture.docx"))
    course = read(tmp_path / "lecture.docx")
    assert course.glossary == ()
    assert heads(course) == [("lecture", 2, "Cheese", 2)]


LESSONS = {
    "Lesson plan: Levers": (
        ("Aim", "to see a force at work"), ("Materials", "a ruler, a pencil, coins"),
        ("Main part", "pupils balance coins on it"), ("Homework", "find three in the house"),
    ),
    "План урока: Рычаги": (
        ("Цель", "увидеть силу за работой"), ("Оборудование", "линейка, карандаш, монеты"),
        ("Ход урока", "ученики уравновешивают монеты"), ("Домашнее задание", "найти три рычага на кухне"),
    ),
    "Сабақ жоспары: Иінтіректер": (
        ("Мақсаты", "күштің қалай әсер ететінін көру"), ("Құрал-жабдықтар", "сызғыш, қарындаш, тиындар"),
        ("Барысы", "оқушылар тиындарды теңестіреді"), ("Үй тапсырмасы", "ас үйден үш иінтірек табу"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("head", list(LESSONS))
@pytest.mark.parametrize("dash", ["–", "-", "—"])
def test_labels_of_a_lesson_before_a_dash_are_no_terms(tmp_path: Path, head: str, dash: str) -> None:
    lines = [f"{label} {dash} {text}" for label, text in LESSONS[head]]
    said = [text for _, text in LESSONS[head]]
    course = of_text(tmp_path, "\n".join([head, "", *lines]))
    ((_, session),) = list(course.sessions())
    assert (session.title, course.glossary, session.outline) == (head.partition(": ")[2], (), ())
    assert [block_text(one).strip() for one in (session.aims, session.equipment)] == said[:2]
    assert block_text(session.blocks).strip() == lines[2]
    assert [block_text(one.blocks).strip() for week in course.weeks for one in week.assignments] == [said[3]]


SCHEDULE = """
HIST 240: The City and the River
Fall 2024

Course Schedule

Week 1: (Sept. 3 and 5)
• What a river is for
• Tolliver, The Bridge, pp. 1-20
• Bell, "Ferries", pp. 3-9

Week 2: (Sept. 10 & 12)
• Marsh, Law of Water, pp. 21-40
• Bell, "Ferries", pp. 10-30

Week 3: (Sept. 17 and 19)
• Floods
• Marsh, Law of Water, ch. 3
• Short paper due

Week 4:
• No class: Thanksgiving
"""


def test_what_a_week_is_about_stands_over_its_books_and_a_week_without_class_moves_no_other(tmp_path: Path) -> None:
    course = of_text(tmp_path, SCHEDULE)
    made = [
        (week.number, one.title, [inline_text(topic.content) for topic in one.topics], list(one.literature))
        for week, one in course.sessions()
    ]
    assert made == [
        (1, None, ["What a river is for"], ["Tolliver, The Bridge, pp. 1-20", 'Bell, "Ferries", pp. 3-9']),
        (2, None, [], ["Marsh, Law of Water, pp. 21-40", 'Bell, "Ferries", pp. 10-30']),
        (3, None, ["Floods", "Marsh, Law of Water, ch. 3", "Short paper due"], []),
    ]


@pytest.mark.parametrize("days", ["3 and 5 September", "September 3 & 5", "3 и 5 сентября", "3 және 5 қыркүйек"])
def test_two_days_are_one_day_of_a_class(days: str) -> None:
    assert dates.is_day_alone(days)


def test_a_section_that_mostly_tells_of_its_work_is_a_rule_of_the_course(tmp_path: Path) -> None:
    told = (
        "Sheets are given out in class on Friday and come back with remarks a week later, at the beginning of the hour."
    )
    parts = (
        "# Botany syllabus",
        "## Assignments",
        "A third of the mark",
        told,
        "## Plan",
        "Week 1. Roots",
        "Week 2. Stems",
    )
    text = "\n\n".join(parts)
    course = of_text(tmp_path, text, "syllabus.md")
    assert policies(course) == [("Assignments", f"A third of the mark\n{told}")]
