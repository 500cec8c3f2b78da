"""Criteria that a task declares: tables and lists of them, and what a Moodle backup makes of them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from coursepack.checks import check_artifact
from coursepack.contents import assignment_title
from coursepack.languages.catalogues import words
from coursepack.model.blocks import Blocks, Cell, Paragraph, Row, Run, Table
from coursepack.model.course import Assignment, Course, Session, Week
from coursepack.pages import criteria as printed
from coursepack.pages.block_builders import bullets, heading, lines, text
from coursepack.project.course_toml import CriterionEntry, LevelEntry
from coursepack.writers import Context
from coursepack.writers.criteria import RubricCriterion, RubricLevel, declared, without
from coursepack.writers.mbz.options import BackupOptions
from coursepack.writers.mbz.writer import writer
from tests import samples

Element = etree._Element


def table(rows: str, caption: str = "") -> Table:
    """Rows are lines, cells are parted by «|»."""
    made = [[cell.strip() for cell in row.split("|")] for row in rows.strip().splitlines()]
    cells = tuple(Row(cells=tuple(Cell(blocks=(text(cell),)) for cell in row)) for row in made)
    return Table(rows=cells, header_rows=1, caption=(Run(text=caption),) if caption else ())


def points(blocks: Blocks) -> dict[str, float]:
    return {criterion.name: criterion.points for criterion in declared(blocks)}


GUIDES: list[tuple[Blocks, dict[str, float]]] = [
    (
        (table("Критерий | Баллы\nСодержание | 4\nОформление | до 2 баллов\nИтого | 6"),),
        {"Содержание": 4, "Оформление": 2},
    ),
    (
        (table("№ | Бағалау критерийлері | Ұпай\n1 | Мазмұны | 0–5\n2 | Тілі | 5 ұпай\n | Барлығы | 10"),),
        {"Мазмұны": 5, "Тілі": 5},
    ),
    (
        (table("Criteria | Points | What we look for\nArgument | 60 % | a thesis\nStyle | 40 % | clean prose"),),
        {"Argument": 60, "Style": 40},
    ),
    ((text("Критерии оценки"), table("Что | Макс.\nАнализ | 2,5\nВывод | 1,5")), {"Анализ": 2.5, "Вывод": 1.5}),
    ((table("Part | Max\nCode | 7\nReport | 3", "Marking criteria"),), {"Code": 7, "Report": 3}),
    (
        (
            text("Критерии оценивания эссе:"),
            *bullets(lines(["Раскрытие темы – 5 баллов;", "Аргументация – до 3 баллов;", "Оформление (2 балла)."])),
        ),
        {"Раскрытие темы": 5, "Аргументация": 3, "Оформление": 2},
    ),
    ((text("Бағалау критерийлері"), *bullets(lines(["Мазмұны: 10 ұпай", "Тілі: 5 ұпай"]))), {"Мазмұны": 10, "Тілі": 5}),
    ((text("Grading criteria"), *bullets(lines(["Argument, 40%", "Sources 60%"]))), {"Argument": 40, "Sources": 60}),
    # A level from 70 to 89 has no points of its own: the teacher gives them.
    (
        (table("Критерий | 90–100 | 70–89\nСодержание | полностью | частично\nЯзык | чисто | ошибки", "Оценивание"),),
        {"Содержание": 100, "Язык": 100},
    ),
]


@pytest.mark.parametrize(("blocks", "expected"), GUIDES)
def test_criteria_with_points(blocks: Blocks, expected: dict[str, float]) -> None:
    assert points(blocks) == expected
    assert not any(criterion.levels for criterion in declared(blocks))


RUBRICS = [
    "Criterion | Excellent (5) | Weak (2)\nArgument | clear | none\nStyle | clean | poor",
    "Criterion | 2 points | 5 points\nArgument | none | clear\nStyle | poor | clean",
    "Criterion | Level | Level\nArgument | 5 – clear | 2 – none\nStyle | 5 points: clean | 2 points: poor",
]


@pytest.mark.parametrize("rows", RUBRICS)
def test_criteria_with_levels(rows: str) -> None:
    assert declared((table(rows, "Assessment rubric"),)) == (
        RubricCriterion("Argument", 5, "", (RubricLevel("none", 2), RubricLevel("clear", 5))),
        RubricCriterion("Style", 5, "", (RubricLevel("poor", 2), RubricLevel("clean", 5))),
    )


def test_levels_that_count_down_are_marks_though_no_word_says_so() -> None:
    levels = "Критерий | Отлично (10) | Частично (5) | Нет (0)"
    rows = f"{levels}\nМетод | верен | с ошибкой | неверен\nЯзык | чист | ошибки | нет"
    assert declared((table(rows),)) == (
        RubricCriterion(
            "Метод", 10, "", (RubricLevel("неверен", 0), RubricLevel("с ошибкой", 5), RubricLevel("верен", 10))
        ),
        RubricCriterion("Язык", 10, "", (RubricLevel("нет", 0), RubricLevel("ошибки", 5), RubricLevel("чист", 10))),
    )


@pytest.mark.parametrize(
    "blocks",
    [
        # Years in heads, and as many in one head as in the other.
        (table("Критерий | План (2019) | Факт (2019)\nДефицит | много | мало\nДолг | велик | мал"),),
        (table("Показатель | План (1) | Факт (2)\nДефицит | много | мало\nДолг | велик | мал"),),
        # Criteria of something else, tables of something else, criteria without points.
        (table("Критерий | Порог\nДефицит | 3 %\nДолг | 60 %"),),
        (table("Показатель | 2019 | 2020\nВВП | 1 | 2\nДолг | 3 | 4"),),
        (table("Критерии оценивания | Как\nСодержание | полно\nЯзык | чисто"),),
        (table("Criteria | Marks\nArgument | 5 or 6\nStyle | 4 and 2"),),
        (text("Criteria for a topic:"), *bullets(lines(["Chapter 1", "Chapter 2"]))),
        (table("Критерий | Баллы\nСодержание | 4"),),
        (text("Баллы"), *bullets(lines(["Первая часть – 5", "Вторая часть – 3"]))),
        (),
    ],
)
def test_other_tables_are_no_criteria(blocks: Blocks) -> None:
    assert declared(blocks) == ()


LEVELS = (LevelEntry(points=10, text="ашық"), LevelEntry(points=2.5, text="5 қате бар"))
DECLARED = {
    "guide": (CriterionEntry(name="Мазмұны", points=6), CriterionEntry(name="Тілі", points=4, text="3 дерек")),
    "rubric": (CriterionEntry(name="Мазмұны", levels=LEVELS), CriterionEntry(name="Тілі", levels=LEVELS)),
}


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("kind", DECLARED)
def test_what_course_toml_declares_is_read_from_its_table(language: str, kind: str) -> None:
    found = declared((printed.table(DECLARED[kind], language),))
    assert [(one.name, one.points) for one in found] == [
        (one.name, one.points or max(level.points for level in one.levels)) for one in DECLARED[kind]
    ]
    assert [sorted((level.points, level.text) for level in one.levels) for one in found] == [
        sorted((level.points, level.text) for level in one.levels) for one in DECLARED[kind]
    ]


def test_a_task_is_not_named_by_its_table() -> None:
    task = Assignment(
        id="t", kind="independent", number=1, blocks=(text("Жазыңыз."), printed.table(DECLARED["guide"], "kk"))
    )
    assert assignment_title(task, words("kk", "common")).endswith(". Жазыңыз.")


def restored(blocks: Blocks, **given: Any) -> tuple[dict[str, Element], set[str]]:
    """The files of the task and of the seminar of a backup, and the codes of findings."""
    options = {name: given.pop(name) for name in ("criteria",) if name in given}
    task = Assignment(id="w01-task", kind="independent", number=1, blocks=(*samples.b("Эссе."), *blocks), **given)
    seminar = Session(id="w01-seminar", kind="seminar", number=1, blocks=blocks, points=given.get("points"))
    week = Week(id="w01", number=1, sessions=(seminar,), assignments=(task,))
    course = Course(id="c", title="Курс", language="kk", weeks=(week,))
    written = writer.write(course, Context(options=BackupOptions(papers=False, **options)))
    (artifact,) = written.artifacts
    assert check_artifact(artifact) == []
    files = {}
    for member in artifact.members:
        if member.path.startswith(("activities/assign", "activities/forum")):
            folder, name = member.path.split("/")[1:]
            files[f"{folder.split('_')[0]} {name}"] = etree.fromstring(member.read())
    return files, {finding.code for finding in written.findings}


def test_a_marking_guide() -> None:
    files, codes = restored(GUIDES[1][0], points=10)
    area = files["assign grading.xml"].find("area")
    assert area is not None
    assert (area.findtext("areaname"), area.findtext("activemethod")) == ("submissions", "guide")
    assert area.findtext("definitions/definition/status") == "20"
    found = area.iterfind(".//plugin_gradingform_guide_definition/guidecriteria/guidecriterion")
    assert [(c.findtext("shortname"), c.findtext("maxscore")) for c in found] == [("Мазмұны", "5"), ("Тілі", "5")]
    assert files["forum grading.xml"].findtext("area/areaname") == "forum"
    assert "mbz-criteria-sum" not in codes


def test_a_rubric() -> None:
    files, _ = restored((printed.table(DECLARED["rubric"], "kk"),), points=20)
    definition = files["assign grading.xml"].find("area/definitions/definition")
    assert definition is not None
    assert definition.findtext("method") == "rubric"
    # Points are shares of the most: 2.5 of 10 is a quarter, not nothing.
    assert json.loads(definition.findtext("options") or "")["lockzeropoints"] == "1"
    levels = definition.iterfind("plugin_gradingform_rubric_definition/criteria/criterion/levels/level")
    assert [(level.findtext("score"), level.findtext("definition")) for level in levels] == [
        ("2.5", "5 қате бар"),
        ("10", "ашық"),
    ] * 2


def test_criteria_give_the_points_that_nobody_declared() -> None:
    files, codes = restored(GUIDES[0][0])
    assert files["assign assign.xml"].findtext("assign/grade") == "6"
    assert "forum grading.xml" not in files  # a seminar without points is not marked
    assert codes == set()


def test_criteria_that_do_not_add_up_are_told() -> None:
    files, codes = restored(GUIDES[0][0], points=10)
    assert files["assign assign.xml"].findtext("assign/grade") == "10"
    assert codes == {"mbz-criteria-sum"}


def test_criteria_as_text_alone() -> None:
    files, _ = restored(GUIDES[0][0], points=6, criteria=False)
    assert not [name for name in files if name.endswith("grading.xml")]


def test_a_criterion_needs_points_or_levels() -> None:
    with pytest.raises(ValueError, match="neither points nor two levels"):
        CriterionEntry(name="Тілі", levels=LEVELS[:1])
    assert replace(DECLARED["guide"][0], points=1).points == 1


HEADED: Blocks = (heading("Критерии оценки", 2),)


@pytest.mark.parametrize("lead", [(), (text("Критерии оценивания эссе:"),), HEADED], ids=["alone", "line", "heading"])
def test_criteria_stand_once_on_the_page_of_a_task(lead: Blocks) -> None:
    """The form that Moodle shows takes the place of the table and of the line above it."""
    guide = table("Критерий | Баллы\nСодержание | 4\nОформление | 2", "Критерии")
    task = text("Напишите эссе.")
    assert without((task, *lead, guide)) == (task,)
    kept = lead if lead == HEADED else ()  # what follows stands below the heading, too
    assert without((task, *lead, guide, text("Сдайте файл."))) == (task, *kept, text("Сдайте файл."))


def test_criteria_with_more_than_letters_stay_in_the_text() -> None:
    linked = Paragraph(content=(Run(text="Содержание", href="https://example.org/"),))
    rows = (("Критерий", "Баллы"), (linked, "4"), ("Оформление", "2"))
    cells = tuple(
        Row(cells=tuple(Cell(blocks=(text(cell) if isinstance(cell, str) else cell,)) for cell in row)) for row in rows
    )
    blocks = (text("Напишите эссе."), Table(rows=cells, header_rows=1))
    assert len(declared(blocks)) == 2
    assert without(blocks) == blocks
