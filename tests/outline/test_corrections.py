"""[[correction]]: each kind changes the reading as it says, in paragraphs and in cells, and nothing beside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from coursepack import outline
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.questions import MultipleChoice
from coursepack.outline import Understood
from coursepack.outline.tree import labels
from coursepack.outline.tree.sections import OUTER, PAPERS, SESSIONS
from coursepack.project.course_toml import Correction, Part, Role, SourceEntry
from coursepack.readers.markdown import reader as markdown
from tests.outline.documents import kinds
from tests.outline.layouts import loaded
from tests.outline.test_kinds import understood

LECTURES = """# Lecture 1. Soil

Soil is the upper layer of the earth, in which plants root; it holds water, air and remains of what lived in it once.

## Consider this with a friend

- the smell of wet soil
- the colour of dry soil

# Lecture 2. Water

Water moves through the soil by the force of its weight and by that of narrow pores, and carries salts down with it.
"""
PLAN = """# Syllabus

| Week | Lecture topic | Hours | Literature |
|---|---|---|---|
| 1 | Soil and its layers | 2 | Brady, ch. 1 |
| 2 | Water in the soil | 2 | Brady, ch. 2 |
| 3 | Humus and life | 2 | Brady, ch. 3 |
"""


def read(text: str, role: Role, *corrections: Correction, findings: Sequence[str] = ()) -> Understood:
    """``findings``: the codes of warnings and errors that are expected."""
    entry = SourceEntry(file="made.md", role=role)
    plain = loaded("en", entry)
    project = msgspec.structs.replace(plain.project, correction=corrections)
    document = markdown.read("made.md", text.encode(), folder=Path())
    found = outline.understand(msgspec.structs.replace(plain, project=project), [(document, entry)])
    assert [ledger.unclaimed() for ledger in found.ledgers] == [[]]
    assert [ledger.twice for ledger in found.ledgers] == [[]]
    assert [one.code for one in found.findings if one.severity != "note"] == list(findings)
    return found


def classes(found: Understood) -> list[tuple[int, str, int | None, str | None]]:
    return [(week.number, one.kind, one.number, one.title) for week, one in found.course.sessions()]


def test_every_label_is_a_part_that_a_correction_may_name() -> None:
    known = {*labels.IN_SESSION, *labels.IN_COURSE, *SESSIONS, *OUTER, *PAPERS, "assignment", "none"}
    assert set(get_args(Part)) == known - {"meeting", "variant"}


def test_a_heading_is_the_part_that_the_correction_names() -> None:
    one = read(LECTURES, "textbook").course.weeks[0].sessions[0]
    assert [kind[0] for kind in kinds(one.blocks)] == ["P", "H", "L"]
    said = Correction(begins="Consider this", kind="part", part="review")
    first, second = (s for _, s in read(LECTURES, "textbook", said).course.sessions())
    assert [kind[0] for kind in kinds(first.blocks)] == ["P"]
    assert [block_text(q.text) for q in first.review] == ["the smell of wet soil", "the colour of dry soil"]
    assert (second.title, [kind[0] for kind in kinds(second.blocks)], second.review) == ("Water", ["P"], ())


def test_a_heading_that_names_no_part_is_text() -> None:
    text = LECTURES.replace("Consider this with a friend", "Review questions")
    assert len(read(text, "textbook").course.weeks[0].sessions[0].review) == 2
    said = Correction(begins="Review questions", kind="part", part="none")
    one = read(text, "textbook", said).course.weeks[0].sessions[0]
    assert (kinds(one.blocks)[1:], one.review) == (
        ["H: Review questions", "L: the smell of wet soil | the colour of dry soil"],
        (),
    )


def test_number_title_and_kind_of_a_class() -> None:
    assert classes(read(LECTURES, "textbook")) == [(1, "lecture", 1, "Soil"), (2, "lecture", 2, "Water")]
    said = Correction(begins="Lecture 2", kind="part", number=5, title="Water in the soil")
    assert classes(read(LECTURES, "textbook", said)) == [
        (1, "lecture", 1, "Soil"),
        (5, "lecture", 5, "Water in the soil"),
    ]
    said = Correction(begins="Lecture 2", kind="part", part="seminar")
    assert classes(read(LECTURES, "textbook", said)) == [(1, "lecture", 1, "Soil"), (2, "seminar", 2, "Water")]


def test_a_class_may_begin_where_nothing_counts_it() -> None:
    text = LECTURES.replace("# Lecture 2. Water", "**Water on the move**")
    assert classes(read(text, "textbook")) == [(1, "lecture", 1, "Soil")]
    said = Correction(begins="Water on the move", kind="part", part="lecture", number=2)
    found = read(text, "textbook", said)
    assert classes(found) == [(1, "lecture", 1, "Soil"), (2, "lecture", 2, "Water on the move")]
    assert [len(one.blocks) for _, one in found.course.sessions()] == [3, 1]


def test_a_paragraph_is_no_member_of_a_series() -> None:
    text = (
        LECTURES + "\n# Lecture 3. As was said before\n\nOf this more was said than of anything else in the spring.\n"
    )
    assert len(classes(read(text, "textbook"))) == 3
    found = read(text, "textbook", Correction(begins="Lecture 3.", kind="paragraph"))
    assert classes(found) == [(1, "lecture", 1, "Soil"), (2, "lecture", 2, "Water")]
    (_, last) = found.course.weeks
    assert [block_text((one,)) for one in last.sessions[0].blocks][1:] == [
        "Lecture 3. As was said before",
        "Of this more was said than of anything else in the spring.",
    ]


def tasks(found: Understood) -> list[tuple[int | None, str]]:
    return [(one.number, block_text(one.blocks)) for week in found.course.weeks for one in week.assignments]


WORK = "\n# Tasks for independent work\n\n"


@pytest.mark.parametrize(
    ("text", "items", "made"),
    [
        (
            "1. Draw a hill. 2. Weigh dry sand. 3. Name the leaves.",
            ("2. Weigh", "3. Name"),
            [(1, "Draw a hill."), (2, "Weigh dry sand."), (3, "Name the leaves.")],
        ),
        (
            "1. Draw a hill. 2. Weigh dry sand. 3. Name the leaves.",
            ("3. Name",),
            [(1, "Draw a hill. 2. Weigh dry sand."), (3, "Name the leaves.")],
        ),
        (
            "draw a hill; weigh dry sand; name the leaves.",
            ("weigh", "name the"),
            [(None, "draw a hill;"), (None, "weigh dry sand;"), (None, "name the leaves.")],
        ),
        (
            "Сызба салыңыз. Құмды өлшеңіз. Жапырақтарды атаңыз.",
            ("Құмды", "Жапырақтарды"),
            [(None, "Сызба салыңыз."), (None, "Құмды өлшеңіз."), (None, "Жапырақтарды атаңыз.")],
        ),
    ],
)
def test_items_that_were_run_into_one(text: str, items: tuple[str, ...], made: list[tuple[int | None, str]]) -> None:
    assert len(tasks(read(LECTURES + WORK + text, "textbook"))) == 1
    said = Correction(begins=text.removeprefix("1. ")[:8].strip(), kind="items", items=items)
    assert tasks(read(LECTURES + WORK + text, "textbook", said)) == made


def test_items_that_are_not_there_are_told() -> None:
    said = Correction(begins="Draw", kind="items", items=("2. Paint",))
    text = f"{LECTURES}{WORK}1. Draw a hill. 2. Weigh dry sand."
    assert len(tasks(read(text, "textbook", said, findings=["outline-correction-unmatched"]))) == 1


def test_a_break_begins_an_item_where_a_number_does() -> None:
    said = Correction(begins="2. Weigh", kind="break")
    text = f"{LECTURES}{WORK}1. Draw a hill. 2. Weigh dry sand."
    assert tasks(read(text, "textbook", said)) == [(1, "Draw a hill."), (2, "Weigh dry sand.")]


def test_items_of_a_cell() -> None:
    plan = """# Syllabus

| Week | Seminar topic | Questions for discussion |
|---|---|---|
| 1 | Soil and its layers | What is it made of? Where is it deep? |
| 2 | Water in the soil | How does it move? |
| 3 | Humus and life | Who lives in it? |
"""
    said = Correction(begins="What is it made of?", kind="items", items=("Where is it",))
    before, after = (read(plan, "syllabus", *one).course.weeks[0].sessions[0] for one in ((), (said,)))
    assert [inline_text(topic.content) for topic in before.topics] == ["What is it made of? Where is it deep?"]
    assert [inline_text(topic.content) for topic in after.topics] == ["What is it made of?", "Where is it deep?"]


BANK = "# Test questions\n\n1. What is soil made of?\n\n{}\n\n{}\n\n2. What moves water?\n\n{}\n\n{}\n"
ANSWERS = ("of water", "of humus", "the moon", "its weight")


def offers(found: Understood) -> list[list[str]]:
    asked = found.course.exam.questions if found.course.exam else ()
    return [[block_text(one.content) for one in q.choices] for q in asked if isinstance(q, MultipleChoice)]


@pytest.mark.parametrize(
    ("form", "sign"),
    [
        (("→ {}", "→ {}"), "→"),
        (("§{}", "§{}"), "§"),
        (("opt-a {}", "opt-b {}"), "opt-a"),
        (("var. 1 – {}", "var. 2 – {}"), "var. 1 –"),
        (("i. {}", "ii. {}"), "i."),
        (("α) {}", "β) {}"), "α)"),
        (("⟨а⟩ {}", "⟨ә⟩ {}"), "⟨а⟩"),
        (("[{}]", "[{}]"), "[…]"),
        (("нұсқа: {}", "нұсқа: {}"), "нұсқа:"),
    ],
)
def test_the_sign_of_answers_is_said_once(form: tuple[str, str], sign: str) -> None:
    lines = [form[at % 2].format(text) for at, text in enumerate(ANSWERS)]
    said = Correction(begins=lines[0], kind="options", sign=sign)
    found = read(BANK.format(*lines), "tests", said)
    assert offers(found) == [["of water", "of humus"], ["the moon", "its weight"]]


@pytest.mark.parametrize("sign", ["|", ";", "/", "•"])
def test_answers_beside_one_another(sign: str) -> None:
    text = BANK.replace("{}\n\n{}", f"{{}} {sign} {{}}").format(*ANSWERS)
    said = Correction(begins="of water", kind="options", between=sign)
    found = read(text, "tests", said)
    assert offers(found) == [["of water", "of humus"], ["the moon", "its weight"]]


def test_what_was_set_aside_is_text() -> None:
    page = "{}\n\n" + "Water moves through the soil by the force of its weight, and carries salts with it. " * 3
    text = "Lecture 1. Soil\n\n" + "\n\n\n".join(f"{page.format('Of soils')}\n\n{n}" for n in range(1, 7))
    before = understood(text, "textbook")
    aside = [before.ledgers[0].units[one.unit] for one in before.ledgers[0].entries if one.fate == "aside"]
    assert aside == list("123456")
    said = Correction(begins="4", kind="content")
    found = understood(text, "textbook", correction=(said,))
    aside = [found.ledgers[0].units[one.unit] for one in found.ledgers[0].entries if one.fate == "aside"]
    assert aside == list("12356")
    assert [ledger.unclaimed() for ledger in found.ledgers] == [[]]
    said_now = [block_text((one,)) for one in found.course.weeks[0].sessions[0].blocks]
    assert said_now.count("4") == 1
    assert "2" not in said_now
    assert "outline-correction-unmatched" not in [one.code for one in found.findings]


@pytest.mark.parametrize("line", ["(check this)", "_____", "(todo)"])
def test_a_line_that_the_reader_would_set_aside(line: str) -> None:
    said = Correction(begins=line, kind="content")
    text = LECTURES.replace("# ", "").replace("#Consider", f"{line}\n\nConsider")
    for kept, corrections in ((False, ()), (True, (said,))):
        one = understood(text, "textbook", "en", correction=corrections).course.weeks[0].sessions[0]
        assert (line in block_text(one.blocks)) is kept, line


def test_a_week_that_a_row_does_not_say() -> None:
    plan = PLAN.replace("| 2 | Water", "| | Water")
    assert [week.number for week in read(plan, "syllabus").course.weeks] == [1, 3]
    found = read(plan, "syllabus", Correction(begins="Water in", kind="part", part="lecture", week=2))
    assert classes(found) == classes(read(PLAN, "syllabus"))


def test_a_part_ends_where_the_correction_says() -> None:
    text = LECTURES.replace("Consider this with a friend", "Review questions")
    said = Correction(begins="the colour of dry", kind="end")
    first, second = (s for _, s in read(text, "textbook", said).course.sessions())
    assert [block_text(q.text) for q in first.review] == ["the smell of wet soil"]
    assert [block_text((block,)) for block in first.blocks][1:] == ["the colour of dry soil"]
    assert len(second.blocks) == 1


def test_the_role_of_a_document() -> None:
    said = Correction(file="made.md", kind="role", role="reading")
    found = read(LECTURES, "textbook", said).course
    assert (len(found.readings), found.weeks, found.sources[0].role) == (1, (), "reading")
    other = Correction(file="other.md", kind="role", role="reading")
    assert len(read(LECTURES, "textbook", other, findings=["outline-correction-unmatched"]).course.weeks) == 2


def test_a_row_of_a_plan() -> None:
    before = [
        (1, "lecture", 1, "Soil and its layers"),
        (2, "lecture", 2, "Water in the soil"),
        (3, "lecture", 3, "Humus and life"),
    ]
    assert classes(read(PLAN, "syllabus")) == before
    said = Correction(begins="Water in the", kind="part", part="seminar", number=1, week=9, title="Water")
    found = read(PLAN, "syllabus", said)
    assert classes(found) == [before[0], before[2], (9, "seminar", 1, "Water")]
    assert [one.hours for _, one in found.course.sessions()] == [2, 2, 2]
    assert [one.literature for _, one in found.course.sessions()] == [
        ("Brady, ch. 1",),
        ("Brady, ch. 3",),
        ("Brady, ch. 2",),
    ]
    moved = read(PLAN, "syllabus", Correction(begins="Water in the", kind="session", session="w03-seminar"))
    assert [(week, kind, title) for week, kind, _, title in classes(moved)] == [
        (1, "lecture", "Soil and its layers"),
        (3, "lecture", "Humus and life"),
        (3, "seminar", "Water in the soil"),
    ]


def test_a_cell_that_is_corrected_stays_in_its_row() -> None:
    said = Correction(begins="Water in", kind="replace", text="Water, ice and vapour in the soil")
    found = read(PLAN, "syllabus", said)
    assert classes(found)[1] == (2, "lecture", 2, "Water, ice and vapour in the soil")
    assert [one.literature for _, one in found.course.sessions()][1] == ("Brady, ch. 2",)
    gone = read(PLAN, "syllabus", Correction(begins="Brady, ch. 2", kind="debris"))
    assert [one.literature for _, one in gone.course.sessions()] == [("Brady, ch. 1",), (), ("Brady, ch. 3",)]
    assert gone.course.sources[0].aside["debris (course.toml)"] == len("Brady,ch.2")


def test_cells_of_a_table_in_a_text_are_corrected_too() -> None:
    text = "# Lecture 1. Soil\n\nSoil has layers.\n\n"
    table = "| Layer | Colour |\n|---|---|\n| top | blak |\n| low | red ochre |\n"
    said = (
        Correction(begins="blak", kind="replace", text="black"),
        Correction(begins="ochre", kind="break"),
    )
    (one,) = (s for _, s in read(text + table, "lecture", *said).course.sessions())
    assert kinds(one.blocks)[1] == "T: Layer \tColour | top \tblack | low \tred | ochre"


def test_a_part_that_nothing_becomes_is_told() -> None:
    text = "# Lecture 1. Soil\n\nSoil has layers.\n\n| Layer | Colour |\n|---|---|\n| top | black |\n"
    said = Correction(begins="black", kind="part", part="seminar")
    assert classes(read(text, "lecture", said, findings=["outline-correction-unmatched"]))[0][:2] == (1, "lecture")


def test_one_of_several_equal_headings() -> None:
    text = "".join(
        f"# Lecture {n}. {name}\n\n{name} is studied in all the natural sciences, and has been for a long time.\n\n"
        f"## Points\n\n- one of {name}\n- two of {name}\n\n"
        for n, name in ((1, "Soil"), (2, "Water"), (3, "Air"))
    )
    plain = [(len(s.review), len(s.blocks)) for _, s in read(text, "textbook").course.sessions()]
    anchored = text.replace("## Points\n\n- one of Water", "## Points II\n\n- one of Water")
    said = Correction(begins="Points II", kind="part", part="review")
    found = [(len(s.review), len(s.blocks)) for _, s in read(anchored, "textbook", said).course.sessions()]
    assert (found[0], found[2]) == (plain[0], plain[2])
    assert found[1] == (2, 1)
