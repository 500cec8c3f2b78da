"""Tables that hold a week each, and work inside of a week that says when it is due."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from coursepack import build, discovery
from coursepack.model.blocks import Heading, block_text, inline_text
from coursepack.model.course import Course, Session
from coursepack.outline.tree import due

Row = tuple[str, ...]

LECTURES = {
    "kk": (
        (
            "Бидай – күздік және жаздық дақыл. Оның тамыры шашақ тәрізді болады, сабағы қуыс келеді, масағы ұзын "
            "әрі тығыз. Ол ылғалды жақсы пайдаланады, бірақ ерте көктемгі суықтан зардап шегеді, сондықтан егу "
            "мерзімі маңызды."
        ),
        (
            "Арпа құрғақшылыққа төзімді дақыл. Оны ерте егеді, өйткені оның тамыры тез өседі және топырақтағы "
            "көктемгі ылғалды толық пайдаланады. Дәнінен жарма мен сыра ашытқысын дайындайды."
        ),
    ),
    "ru": (
        (
            "Пшеница бывает озимой и яровой. Корень у неё мочковатый, стебель полый, колос длинный и плотный. Она "
            "хорошо пользуется влагой, но страдает от ранних весенних холодов, поэтому срок посева важен."
        ),
        (
            "Ячмень хорошо переносит засуху. Его сеют рано, потому что его корень растёт быстро и берёт всю "
            "весеннюю влагу почвы. Из зерна делают крупу и пивной солод."
        ),
    ),
    "en": (
        (
            "Wheat is sown in autumn or in spring. Its roots are fibrous, its stem is hollow, its ear is long and "
            "dense. It uses water well but suffers from the cold of an early spring, so that the day of sowing "
            "matters."
        ),
        (
            "Barley stands a drought well. It is sown early, for its roots grow fast and take all the water that "
            "spring has left in the soil. Its grain becomes groats and malt."
        ),
    ),
}
WEEKS: dict[str, tuple[tuple[Row, ...], ...]] = {
    "kk": (
        (
            ("I апта\n19.01–24.01", "Тақырып: Бидай"),
            ("Дәріс", LECTURES["kk"][0]),
            ("Семинар", "Тұқымды тексеру"),
            ("СӨЖ", "Гербарий (5 ұпай, 31.01 дейін)"),
        ),
        (
            ("II апта\n26.01–31.01", "Тақырып: Арпа: сорт және егу"),
            ("Дәріс", LECTURES["kk"][1]),
            ("Семинар", "Сорттарды салыстыру"),
            ("СӨЖ", "Егу картасы (10 ұпай, 07.02 дейін)"),
        ),
    ),
    "ru": (
        (
            ("Неделя 1", "Тема: Пшеница"),
            ("Лекция", LECTURES["ru"][0]),
            ("Семинар", "Проверка семян"),
            ("СРС", "Гербарий (5 баллов, до 31 января)"),
        ),
        (
            ("Неделя 2", "Тема: Ячмень: сорт и посев"),
            ("Лекция", LECTURES["ru"][1]),
            ("Семинар", "Сравнение сортов"),
            ("СРС", "Карта посева (10 баллов, до 7 февраля)"),
        ),
    ),
    "en": (
        (
            ("Week 1", "Topic: Wheat"),
            ("Lecture", LECTURES["en"][0]),
            ("Seminar", "Testing of seeds"),
            ("Homework", "Herbarium (5 points, due 31 January)"),
        ),
        (
            ("Week 2", "Topic: Barley: kinds and sowing"),
            ("Lecture", LECTURES["en"][1]),
            ("Seminar", "Comparison of kinds"),
            ("Homework", "Map of sowing (10 points, due 7 February)"),
        ),
    ),
}
TITLES = {
    "kk": ["Бидай", "Арпа: сорт және егу"],
    "ru": ["Пшеница", "Ячмень: сорт и посев"],
    "en": ["Wheat", "Barley: kinds and sowing"],
}
TASKS = {
    "kk": [(1, "Гербарий", "31.01 дейін", 5.0), (2, "Егу картасы", "07.02 дейін", 10.0)],
    "ru": [(1, "Гербарий", "31 января", 5.0), (2, "Карта посева", "7 февраля", 10.0)],
    "en": [(1, "Herbarium", "31 January", 5.0), (2, "Map of sowing", "7 February", 10.0)],
}
PRACTICE = {"kk": "seminar", "ru": "seminar", "en": "seminar"}


def of_tables(path: Path, *tables: tuple[Row, ...], title: str) -> Course:
    document = Document()
    document.add_paragraph().add_run(title).bold = True
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=2)
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                table.cell(at, column).text = text
        document.add_paragraph()
    document.save(str(path))
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


def text_of(session: Session) -> str:
    return " ".join(block_text((one,)).strip() for one in session.blocks if not isinstance(one, Heading))


@pytest.mark.parametrize("together", [False, True], ids=["a table a week", "all in one table"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_table_of_a_week(tmp_path: Path, language: str, together: bool) -> None:
    """The week, its topic, the lecture's text, what the other class is about, the work with its day and points."""
    weeks = WEEKS[language]
    tables = (tuple(row for week in weeks for row in week),) if together else weeks
    course = of_tables(
        tmp_path / "weeks.docx", *tables, title={"kk": "Егіншілік", "ru": "Земледелие", "en": "Crops"}[language]
    )
    lectures = [(week.number, one) for week, one in course.sessions() if one.kind == "lecture"]
    assert [(number, one.number, one.title) for number, one in lectures] == [
        (1, 1, TITLES[language][0]),
        (2, 2, TITLES[language][1]),
    ]
    assert [text_of(one) for _, one in lectures] == list(LECTURES[language])
    others = [(week.number, one) for week, one in course.sessions() if one.kind != "lecture"]
    assert [(number, one.kind) for number, one in others] == [(1, PRACTICE[language]), (2, PRACTICE[language])]
    assert [[inline_text(topic.content) for topic in one.topics] for _, one in others] == [
        [week[2][1]] for week in weeks
    ]
    work = [(week.number, task) for week in course.weeks for task in week.assignments]
    assert [(number, block_text(task.blocks).strip(), task.due, task.points) for number, task in work] == TASKS[
        language
    ]


PRACTICE_ROWS = {
    "kk": ("{}-апта", "Дәріс", "Зертханалық жұмыс", "Тұқымның өнуі", "Практикалық сабақ", "Тұқымды тексеру", "БӨЖ"),
    "ru": ("Неделя {}", "Лекция", "Лабораторная работа", "Всхожесть семян", "Практическое занятие", "Проверка", "СРО"),
    "en": (
        "Week {}",
        "Lecture",
        "Laboratory work",
        "Germination of seeds",
        "Practical",
        "Testing of seeds",
        "Homework",
    ),
}


def practice_weeks(language: str, rows: tuple[str, ...]) -> list[tuple[Row, ...]]:
    week, lecture, lab, sprouts, practical, test, work = PRACTICE_ROWS[language]
    made: list[tuple[Row, ...]] = []
    for number, (topic, text) in enumerate(zip(TITLES[language], LECTURES[language], strict=True), 1):
        every = {
            "lecture": (lecture, text),
            "laboratory": (lab, f"{sprouts} {number}"),
            "practical": (practical, f"{test} {number}"),
        }
        made.append(((week.format(number), topic), *(every[row] for row in rows), (work, f"Herbarium {number}")))
    return made


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_rows_of_a_week_that_name_practicals_and_laboratory_works(tmp_path: Path, language: str) -> None:
    """Each row is a class of its kind with its title; the lecture is its text alone."""
    _, _, _, sprouts, _, test, _ = PRACTICE_ROWS[language]
    weeks = practice_weeks(language, ("lecture", "laboratory", "practical"))
    course = of_tables(tmp_path / "weeks.docx", *weeks, title="Crops")
    assert sorted((week.number, one.kind, one.title) for week, one in course.sessions()) == sorted(
        row
        for number, title in enumerate(TITLES[language], 1)
        for row in (
            (number, "lecture", title),
            (number, "laboratory", f"{sprouts} {number}"),
            (number, "practical", f"{test} {number}"),
        )
    )
    assert [block_text(one.blocks) for _, one in course.sessions() if one.kind == "lecture"] == list(LECTURES[language])
    assert [(w.number, block_text(one.blocks)) for w in course.weeks for one in w.assignments] == [
        (1, "Herbarium 1"),
        (2, "Herbarium 2"),
    ]


@pytest.mark.parametrize("kind", ["laboratory", "practical"])
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_weeks_that_hold_no_lecture(tmp_path: Path, language: str, kind: str) -> None:
    """The topic of the week is the title of its class."""
    course = of_tables(tmp_path / "weeks.docx", *practice_weeks(language, (kind,)), title="Crops")
    assert [(week.number, one.kind, one.title) for week, one in course.sessions()] == [
        (number, kind, title) for number, title in enumerate(TITLES[language], 1)
    ]
    assert [len(week.assignments) for week in course.weeks] == [1, 1]


def test_a_table_of_weeks_without_kinds_is_none_of_these(tmp_path: Path) -> None:
    rows = (("Week 1", "Wheat"), ("Reading", "Chapter 1"), ("Room", "204"))
    course = of_tables(tmp_path / "weeks.docx", rows, title="Crops")
    assert [one.kind for _, one in course.sessions() if one.blocks] == []


@pytest.mark.parametrize(
    ("text", "is_day"),
    [("07.02 дейін", True), ("07.02-ге дейін", True), ("17.30 in room 5", False), ("10.30 to noon", False)],
)
def test_a_short_day_is_no_hour_where_by_stands_behind_it(text: str, is_day: bool) -> None:
    assert due.is_day(text) is is_day
