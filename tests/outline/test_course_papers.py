"""English course papers as the world writes them: who teaches in sentences and tables, outcomes below a lead or in a
table, shares of the mark, work with its deadlines, policies, plans of lines, of days and of units."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Assignment, Course, Teacher
from coursepack.outline.tree import due, grading
from coursepack.outline.tree.contact import spoken
from coursepack.outline.tree.dates import is_name
from coursepack.outline.tree.people import Person


def read(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


def paper(tmp_path: Path, text: str, name: str = "paper.md") -> Course:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


HEAD = "Bellhaven College\n\nRIV 210, Fall 2025 (3 credits)\n\nInstructor: Ann Lee\n\n"
"""Lines below the title that only a course has."""


def tabled(tmp_path: Path, head: str, rows: list[list[str]], *behind: str) -> Course:
    """The course of a Word document: a title, a heading over a table, paragraphs behind it."""
    document = Document()
    document.add_heading("GEO 210 Rivers and People", 0)
    document.add_paragraph("Bellhaven College, Fall 2025, 3 credits")
    document.add_paragraph("Instructor: Ann Lee")
    document.add_heading(head, 1)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    for text in behind:
        document.add_heading(text[2:], 1) if text.startswith("# ") else document.add_paragraph(text)
    document.save(str(tmp_path / "paper.docx"))
    return read(tmp_path / "paper.docx")


def works(course: Course) -> list[Assignment]:
    return [one for week in course.weeks for one in week.assignments]


def told(one: Assignment) -> list[str]:
    return [" ".join(block_text((block,)).split()) for block in one.blocks]


def shares(course: Course) -> list[tuple[str, float]]:
    return [(one.name, one.percent) for one in course.about.grading.weights] if course.about.grading else []


def rules(course: Course) -> list[tuple[str, str]]:
    return [(one.title, block_text(one.blocks)) for one in course.about.policies]


# --- who teaches


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Chef Lorraine Bell", {"post": "Chef", "name": "Lorraine Bell"}),
        ("Prof. Dr. Edda Brandt", {"degree": "Prof. Dr.", "name": "Edda Brandt"}),
        ("A/Prof Tegan Hale", {"degree": "A/Prof", "name": "Tegan Hale"}),
        ("Dr. Ruth Abel", {"name": "Dr. Ruth Abel"}),
        ("Miha Vuk, M.Sc.", {"name": "Miha Vuk", "degree": "M.Sc."}),
        (
            "Ms. D. Acht Room 118 d.acht@ravens.example",
            {"name": "Ms. D. Acht", "room": "Room 118", "email": "d.acht@ravens.example"},
        ),
        (
            "Ann Lee (studio 3, Mondays after lunch, ann@idk.example) for anything about the brief",
            {"name": "Ann Lee", "room": "studio 3", "office_hours": "Mondays after lunch", "email": "ann@idk.example"},
        ),
        (
            "Dr Imogen Satt\ni.satt@wex.example\nAldous Building, 2.14\nDrop-in: Wednesdays 10.00–12.00",
            {
                "name": "Dr Imogen Satt",
                "email": "i.satt@wex.example",
                "room": "Aldous Building, 2.14",
                "office_hours": "Wednesdays 10.00–12.00",
            },
        ),
        (
            "Ingrid Hall — ihall@marlowe.example — office: Chapel 9 — hours: Thursdays 1–2",
            {
                "name": "Ingrid Hall",
                "email": "ihall@marlowe.example",
                "room": "Chapel 9",
                "office_hours": "Thursdays 1–2",
            },
        ),
        (
            "Marit Elv was registrar of a museum for nineteen years. marit@pernby.example",
            {"name": "Marit Elv", "email": "marit@pernby.example"},
        ),
    ],
)
def test_what_a_line_says_of_a_teacher(text: str, said: dict[str, str]) -> None:
    assert Person(text).said == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            (
                "Hi. I'm Renata Oka, and I'll be teaching this class. My office is Gambrell 317. I sit there with the "
                "door open Mondays 1–3. Write to me at roka@bell.example and I'll answer."
            ),
            {"name": "Renata Oka", "room": "Gambrell 317", "office_hours": "Mondays 1–3", "email": "roka@bell.example"},
        ),
        (
            "Catch me in Kitchen B from 5:15 on class nights.",
            {"room": "Kitchen B", "office_hours": "5:15 on class nights"},
        ),
        (
            "My name is Ann Lee. Office hours are Tuesdays 2-4 pm.",
            {"name": "Ann Lee", "office_hours": "Tuesdays 2-4 pm"},
        ),
        ("The river is in flood from May on.", {}),
        ("I am interested in maps. My office is closed.", {}),
    ],
)
def test_what_sentences_say_of_a_teacher(text: str, said: dict[str, str]) -> None:
    found = spoken(text)
    assert {name: value.removeprefix("from ") for name, value in found.items()} == said


def test_a_table_of_staff_gives_a_teacher_a_row(tmp_path: Path) -> None:
    rows = [
        ["Name", "Role", "Email", "Room", "Office hours"],
        ["Dr Petra Lind", "Module convenor", "p.lind@mar.example", "Quay House 3.04", "Tuesday 11-12"],
        ["Joel Ade", "Seminar tutor", "j.ade@mar.example", "Quay House 1.10", "Thursday 2-3"],
    ]
    course = tabled(tmp_path, "Teaching team", rows, "# Overview", "Nobody took a holiday until somebody invented it.")
    assert tuple(one for one in course.about.teachers if one.name != "Ann Lee") == tuple(
        Teacher(name=name, post=post, email=mail, room=room, office_hours=hours)
        for name, post, mail, room, hours in rows[1:]
    )


# --- outcomes

LEADS = (
    "By December I hope you will:",
    "At the end of the course the student shall be able to",
    "On completing this unit you should be able to:",
    "You will go home with",
    "Course Outcomes:- At the end of the course the students will be able to",
    "Students who have passed the course can",
)
ITEMS = ("- {x}", "{i}. {x}", "CO{i}. {x}", "- {x};")
OUTCOMES = ["read a map as an argument", "explain how levees moved risk", "write without jargon"]


@pytest.mark.parametrize("item", ITEMS)
@pytest.mark.parametrize("lead", LEADS)
def test_a_lead_opens_a_list_of_outcomes_that_ends_with_its_items(tmp_path: Path, lead: str, item: str) -> None:
    items = "\n\n".join(item.format(i=i, x=text) for i, text in enumerate(OUTCOMES, 1))
    course = paper(
        tmp_path,
        f"# Mud and Power\n\n{HEAD}## Why I teach this\n\nI grew up in a town that moved twice. This is a class about "
        f"rivers and the people who live on ground that will not hold still.\n\n{lead}\n\n{items}\n\nYou do need to be "
        "willing to look at a lot of marsh, on foot and in the rain.\n\n## Late papers\n\nA paper loses a third of a "
        "letter for each day.\n",
    )
    assert [one.rstrip(";") for one in course.about.outcomes] == OUTCOMES
    description = [block_text((one,)) for one in course.about.description]
    assert [text.split()[0] for text in description] == ["I", "You"]
    assert rules(course) == [("Late papers", "A paper loses a third of a letter for each day.")]


@pytest.mark.parametrize(
    "head",
    [["No.", "On completing this unit you should be able to"], ["CO", "Course outcomes"], ["", "Learning outcome"]],
)
@pytest.mark.parametrize("code", ["ULO{}", "CO {}", "{}", "LO{}."])
def test_a_table_of_outcomes_is_their_list(tmp_path: Path, head: list[str], code: str) -> None:
    rows = [head, *([code.format(i), text] for i, text in enumerate(OUTCOMES, 1))]
    course = tabled(tmp_path, "2 Outcomes", rows, "# Late work", "Five per cent a day, for up to ten days.")
    assert list(course.about.outcomes) == OUTCOMES
    assert rules(course) == [("Late work", "Five per cent a day, for up to ten days.")]


# --- shares of the mark


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            ["Map notebook, which you keep: 20%", "Two short papers, 15% apiece: 30%", "The exam: 50%"],
            [("Map notebook, which you keep", 20), ("Two short papers, 15% apiece", 30), ("The exam", 50)],
        ),
        (
            ["Term work (70%)", "Tests 30", "Essays 40", "End of course (30%)", "Portfolio 20", "Gallery show 10"],
            [("Tests", 30), ("Essays", 40), ("Portfolio", 20), ("Gallery show", 10)],
        ),
        (["Case study 30%", "Talk 20%", "Examination 50%"], [("Case study", 30), ("Talk", 20), ("Examination", 50)]),
        (
            ["Homework sets count 40 %, the tests 30 %, and the final 30 %."],
            [("Homework sets", 40), ("tests", 30), ("final", 30)],
        ),
        (["Quizzes 40% · Peer task 20% · Final quiz 40%"], [("Quizzes", 40), ("Peer task", 20), ("Final quiz", 40)]),
    ],
)
def test_shares_of_lines(lines: list[str], found: list[tuple[str, float]]) -> None:
    told = [(one.name.removeprefix("the "), one.percent) for one in grading.of_lines(lines)]
    assert told == found


def test_marks_of_a_hundred_are_shares_that_a_table_parts_further() -> None:
    known = grading.of_marks("Max. Marks: 100 (SEE 60 + IA 40)")
    assert [(one.name, one.percent) for one in known] == [("SEE", 60), ("IA", 40)]
    rows = [
        ["Sl. No.", "Particulars", "Marks"],
        ["01", "First test", "25"],
        ["02", "Seminar", "15"],
        ["", "Total", "40"],
    ]
    parted = grading.part_of(known, rows)
    assert [(one.name, one.percent) for one in parted] == [("SEE", 60), ("First test", 25), ("Seminar", 15)]


# --- work and its deadlines


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Take one map and read it. Due September 25.", "September 25"),
        ("Write a page. *(due 14 March)*", "14 March"),
        ("Due 5 May. Write a page.", "5 May"),
        ("ten pictures of a place (end of October)", "end of October"),
        ("Essay (2,500 words): 70%, due Monday 12 January, 12 noon.", "Monday 12 January, 12 noon"),
        ("Report one (Decision theory)", None),
        ("It is due to the rain in May.", None),
        ("see the survey (May 2010)", None),
    ],
)
def test_a_text_says_when_work_is_due(text: str, value: str | None) -> None:
    found = due.inside(text)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(("word", "named"), [("sept.", True), ("march", True), ("decision", False), ("marker", False)])
def test_a_month_is_told_by_its_whole_name(word: str, *, named: bool) -> None:
    assert is_name("month", word) is named


TERMS = (
    "Friday 6 February  |  10 points",
    "Due: Friday 6 February. Worth: 10 points",
    "10 points, due Friday 6 February",
)


@pytest.mark.parametrize("terms", TERMS)
@pytest.mark.parametrize("head", ["### Hand-in {i}: {t}", "### Project {i}. {t}", "### {i}. {t}"])
def test_sections_that_begin_with_their_terms_are_work(tmp_path: Path, head: str, terms: str) -> None:
    titles = ["Wait", "Argue", "Build"]
    parts = [
        f"{head.format(i=i, t=title)}\n\n{terms}\n\nDo the work of {title}.\n" for i, title in enumerate(titles, 1)
    ]
    course = paper(
        tmp_path,
        f"# Somewhere to Wait\n\n{HEAD}## Three of them\n\n"
        + "\n".join(parts)
        + "\n## Late work\n\nFive points a day.\n",
    )
    found = [(one.number, one.title, one.due, one.points, told(one)) for one in works(course)]
    assert found == [(i, t, "Friday 6 February", 10, [f"Do the work of {t}."]) for i, t in enumerate(titles, 1)]
    assert rules(course) == [("Late work", "Five points a day.")]


def test_paragraphs_with_a_title_and_a_deadline_are_work(tmp_path: Path) -> None:
    course = paper(
        tmp_path,
        f"# Rivers\n\n{HEAD}## The work itself\n\n**Paper one.** Take one map and tell me who made it. "
        "Due September 25.\n\n**Paper two.** Rewrite a report from downstream. Five pages. Due November 6.\n\n"
        "## Chatbots\n\nAsk me first.\n",
    )
    found = [(one.kind, one.title, one.due, told(one)) for one in works(course)]
    assert found == [
        ("homework", "Paper one", "September 25", ["Take one map and tell me who made it."]),
        ("homework", "Paper two", "November 6", ["Rewrite a report from downstream. Five pages."]),
    ]


@pytest.mark.parametrize(
    "heads", [("Task", "Weight", "Due", "What you do"), ("Component", "Weighting", "Submission", "Details")]
)
@pytest.mark.parametrize("code", ["A{} ", "", "AT{} "])
def test_a_table_of_an_assessment_gives_work_and_shares(tmp_path: Path, heads: tuple[str, ...], code: str) -> None:
    said = [
        ("Field test", "15%", "Week 5, in the field", "Name twenty specimens."),
        ("Report", "85%", "Fri 11 Sept", "Write it up."),
    ]
    rows = [list(heads), *([code.format(i) + name, *rest] for i, (name, *rest) in enumerate(said, 1))]
    course = tabled(tmp_path, "4 Assessment", rows)
    assert shares(course) == [("Field test", 15), ("Report", 85)]
    found = [(one.kind, one.title, one.due, one.due_week, told(one)) for one in works(course)]
    assert found == [
        ("homework", "Field test", "Week 5, in the field", 5, ["Name twenty specimens."]),
        ("homework", "Report", "Fri 11 Sept", None, ["Write it up."]),
    ]
    assert [one.number for one in works(course)] == ([1, 2] if code else [None, None])


def test_sections_of_an_assessment_give_work_and_shares(tmp_path: Path) -> None:
    course = paper(
        tmp_path,
        f"# NURS2201 Nursing Older People\n\n{HEAD}## Assessment\n\n**Assessment 1: Case study**\nWeighting: 30%\n"
        "Due: Friday 20 March, 5 pm\nChoose one of three cases.\n\n**Assessment 2: Talk**\nWeighting: 70%\n"
        "Due: Week 9, in tutorials\nExplain one tool.\n\n"
        "## Late submission\n\nFive per cent per day. After that the mark is zero.\n",
    )
    assert shares(course) == [("Case study", 30), ("Talk", 70)]
    found = [(one.number, one.title, one.due, told(one)) for one in works(course)]
    assert found == [
        (1, "Case study", "Friday 20 March, 5 pm", ["Choose one of three cases."]),
        (2, "Talk", "Week 9, in tutorials", ["Explain one tool."]),
    ]


# --- plans


@pytest.mark.parametrize("after", ["PENALTIES", "Penalties:", "What we do not do"])
def test_what_stands_behind_a_plan_of_lines_is_none_of_it(tmp_path: Path, after: str) -> None:
    weeks = "\n".join(f"Week {i}   {t}" for i, t in enumerate(["Coasts", "Waves", "Beaches", "Estuaries", "Cliffs"], 1))
    text = (
        "TASMAN UNIVERSITY\n\nGEOG 215   Coasts under Pressure   Course outline 2026\n\nPRESCRIPTION\n\n"
        f"Physical and human processes on coasts, with examples from home.\n\nPROGRAMME\n\n{weeks}\n\n{after}\n\n"
        "Five percent is taken off for each day that a report "
        "is late. Reports more than a week late are not marked.\n"
    )
    course = paper(tmp_path, text, "paper.txt")
    assert (course.title, course.about.code) == ("Coasts under Pressure", "GEOG 215")
    sessions = [(one.number, one.title, one.topics, one.blocks) for _, one in course.sessions()]
    assert sessions == [(i, t, (), ()) for i, t in enumerate(["Coasts", "Waves", "Beaches", "Estuaries", "Cliffs"], 1)]
    assert [title for title, _ in rules(course)] == [after.rstrip(":")]


@pytest.mark.parametrize("item", ["- {t} ({h} hours)", "{i}. {t} ({h} hours)", "{r}. {t} ({h} hours)"])
@pytest.mark.parametrize("head", ["Brief list of topics to be covered", "Course content", "Course topics"])
def test_the_list_of_a_plan_names_classes(tmp_path: Path, head: str, item: str) -> None:
    topics = [("Free vibration", 3), ("Damping", 4.5), ("Resonance", 6)]
    lines = "\n\n".join(item.format(i=i, r="I" * i, t=t, h=h) for i, (t, h) in enumerate(topics, 1))
    course = paper(
        tmp_path,
        f"# Vibration of Machines\n\n{HEAD}## {head}\n\n{lines}\n\n## Academic integrity\n\nCite those who help you.\n",
    )
    assert [(one.title, one.hours) for _, one in course.sessions()] == topics


def test_a_day_s_programme_is_a_plan_where_rows_name_kinds_of_class(tmp_path: Path) -> None:
    days = (
        (
            "Thursday",
            [("9.30", "Coffee"), ("10.00", "**Talk** Merged cells"), ("14.15", "**Hands on** Splitting a column")],
        ),
        ("Friday", [("9.15", "**Talk** Backups"), ("12.30", "Lunch"), ("14.15", "**Discussion** Your sheet")]),
    )
    tables = [
        f"## {day}\n\n| Time | What | Who |\n|---|---|---|\n"
        + "".join(f"| {at} | {what} | Marit |\n" for at, what in rows)
        for day, rows in days
    ]  # fmt: skip
    course = paper(
        tmp_path, f"# Sheets That Last\n\n{HEAD}A workshop for those who keep lists.\n\n" + "\n".join(tables)
    )
    assert [(one.kind, one.number, one.title, one.topics) for _, one in course.sessions()] == [
        ("lecture", None, "Merged cells", ()),
        ("practical", None, "Splitting a column", ()),
        ("lecture", None, "Backups", ()),
        ("seminar", None, "Your sheet", ()),
    ]


def test_a_plan_sets_homework_by_its_name_and_number(tmp_path: Path) -> None:
    rows = [
        ["Date", "Topic", "Hand in"],
        ["1/12", "Scaling", ""],
        ["1/14", "Gluten (no class for section 2)", "Formula homework 1: convert a recipe"],
        ["1/21", "Yeast", "HW 2: scale a dough"],
    ]
    course = tabled(tmp_path, "Calendar", rows)
    assert [one.title for _, one in course.sessions()] == ["Scaling", "Gluten (no class for section 2)", "Yeast"]
    assert [(one.number, one.title, told(one)) for one in works(course)] == [
        (1, "Formula homework", ["convert a recipe"]),
        (2, None, ["scale a dough"]),
    ]


# --- the head


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("MUS 774 · Spring 2026 · Thursdays 2:00–4:50", {"code": "MUS 774", "semester": "Spring 2026"}),
        ("HIST 3362, Fall 2025 (3 credits)", {"code": "HIST 3362", "semester": "Fall 2025", "credits": 3}),
        ("Semester: IV\tCredits: 4", {"semester": "IV", "credits": 4}),
        ("B.Sc. (Honours) Botany – IV Semester", {"programme": "B.Sc. (Honours) Botany", "semester": "IV"}),
        ("Required course in the BSME program.", {"component": "Required", "programme": "BSME"}),
    ],
)
def test_a_line_of_the_head_says_its_values(tmp_path: Path, line: str, said: dict[str, object]) -> None:
    course = paper(
        tmp_path,
        f"# Sounds and Places\n\n{line}\n\n## Late work\n\nOne day is one mark.\n\n## Phones\n\nKeep them in a bag.\n",
    )
    assert {name: getattr(course.about, name) for name in said} == said
    assert course.title == "Sounds and Places"


def test_a_brief_names_the_course_that_it_is_for(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Institute of Design Karls – Product Design, year 2")
    document.add_paragraph(style="Title").add_run("Somewhere to Wait").bold = True
    document.add_paragraph("Brief for the independent project in TDE 240 Design for Transport", style="Subtitle")
    document.add_paragraph("Who to ask: Ann Lee (studio 3, ann@idk.example) for anything about the brief.")
    document.add_heading("Why this project", 2)
    document.add_paragraph("The town has 212 stops. You will draw, build and defend one of them, in pairs, in spring.")
    for i, title in enumerate(["Wait", "Argue"], 1):
        document.add_heading(f"Hand-in {i}: {title}", 2)
        document.add_paragraph(f"Friday {6 + i} February  |  10 points")
        document.add_paragraph("Choose a stop and spend a morning there.")
    document.save(str(tmp_path / "paper.docx"))
    course = read(tmp_path / "paper.docx")
    about = course.about
    assert (course.title, about.code, about.university) == (
        "Design for Transport",
        "TDE 240",
        "Institute of Design Karls",
    )
    assert [(one.kind, one.title) for one in works(course)] == [("independent", "Wait"), ("independent", "Argue")]
