"""Lists that count with other signs than most: «1 / …», «1.) …», «a. …» in tickets; exam lists in plain tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from tests.outline import documents
from tests.outline.documents import Word

POINTS = {
    "ru": ["Кладка в полтора кирпича", "Перевязка швов", "Раствор и его марки", "Кладка зимой", "Арки и перемычки"],
    "kk": ["Кірпіш қалау тәсілдері", "Жік байланыстыру", "Ерітінді маркалары", "Қысқы қалау", "Арка мен маңдайша"],
    "en": ["Bonds of brickwork", "Tying the joints", "Mortar and its grades", "Laying in frost", "Arches and lintels"],
}
HEADS = {
    "ru": ("КАМЕННЫЕ РАБОТЫ", "Темы, выносимые на зачёт"),
    "kk": ("ТАС ҚАЛАУ ІСІ", "Сынаққа шығатын мәселелер"),
    "en": ("MASONRY", "Viva questions"),
}


def read(folder: Path, text: str) -> Course:
    (folder / "list.txt").write_text(text, encoding="utf-8")
    course = documents.read(folder)["course"]
    assert isinstance(course, Course)
    return course


def asked(course: Course) -> list[str]:
    assert course.exam is not None
    return [block_text(one.text) for one in course.exam.questions]


@pytest.mark.parametrize("language", POINTS)
@pytest.mark.parametrize("sign", ["{n} / ", "{n}.) ", "{n} – ", "{n}> "])
def test_an_exam_list_counts_with_any_sign(tmp_path: Path, language: str, sign: str) -> None:
    title, paper = HEADS[language]
    lines = [f"{sign.format(n=at)}{point}" for at, point in enumerate(POINTS[language], 1)]
    course = read(tmp_path, "\n".join([title, paper, "", *lines]))
    assert asked(course) == POINTS[language]
    assert course.title == title
    assert not list(course.sessions())


@pytest.mark.parametrize(("language", "ticket"), [("ru", "БИЛЕТ"), ("kk", "БИЛЕТ"), ("en", "TICKET")])
def test_tickets_count_with_a_letter_and_a_full_stop(tmp_path: Path, language: str, ticket: str) -> None:
    letters = "abc" if language == "en" else "абв"
    a, b, c, d, _ = POINTS[language]
    tickets = [[a, b, c], [b, c, d], [c, d, a]]
    lines: list[str] = []
    for at, one in enumerate(tickets, 1):
        questions = [f"{letter}. {text}" for letter, text in zip(letters, one, strict=True)]
        lines += ["+-----------+", f"|  {ticket} {at} |", "+-----------+", *questions, ""]
    course = read(tmp_path, "\n".join([HEADS[language][0], "", *lines]))
    assert course.exam is not None
    texts = {one.id: block_text(one.text) for one in course.exam.questions}
    assert [[texts[name] for name in one.questions] for one in course.exam.tickets] == tickets


@pytest.mark.parametrize("language", POINTS)
@pytest.mark.parametrize("grouped", [True, False])
def test_an_exam_list_in_a_table_of_topics_is_no_plan(tmp_path: Path, language: str, *, grouped: bool) -> None:
    heads = {"ru": ["№", "Тема", "Отметка"], "kk": ["№", "Тақырып", "Белгі"], "en": ["No.", "Topic", "Tick"]}[language]
    rows = [[str(at), point, ""] for at, point in enumerate(POINTS[language], 1)]
    merged = [(1, 0, 1, 2), (5, 0, 5, 2)] if grouped else []
    if grouped:
        rows = [["I. Walls", "", ""], *rows[:3], ["II. Above", "", ""], *rows[3:]]
    title, paper = HEADS[language]
    Word().b(title, paper).table([heads, *rows], *merged).save(tmp_path / "list.docx")
    course = documents.read(tmp_path)["course"]
    assert asked(course) == POINTS[language]
    assert not list(course.sessions())


def test_a_table_of_topics_under_another_heading_stays_a_plan(tmp_path: Path) -> None:
    rows = [[str(at), point, ""] for at, point in enumerate(POINTS["ru"], 1)]
    Word().b("КАМЕННЫЕ РАБОТЫ", "План занятий").table([["№", "Тема", "Отметка"], *rows]).save(tmp_path / "plan.docx")
    course = documents.read(tmp_path)["course"]
    assert [one.title for _, one in course.sessions()] == POINTS["ru"]
