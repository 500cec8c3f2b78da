"""Headings that say how hard the questions below them are."""

from __future__ import annotations

import pytest

from coursepack import outline
from coursepack.model.questions import Question
from coursepack.outline.bank.levels import level_of
from coursepack.project.course_toml import Role, SourceEntry
from coursepack.writers.question_bank import pool_parts
from tests.outline.layouts import as_document, loaded


def asked(text: str, role: Role = "tests", language: str = "ru") -> list[Question]:
    entry = SourceEntry(file="made.txt", role=role)
    exam = outline.understand(loaded(language, entry), [(as_document(text, "made.txt"), entry)]).course.exam
    assert exam is not None
    return list(exam.questions)


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("Лёгкий уровень", 1),
        ("Уровень сложности: средний", 2),
        ("Вопросы повышенной сложности", 3),
        ("Жеңіл деңгей", 1),
        ("Орта деңгейдегі сұрақтар", 2),
        ("3-деңгей", 3),
        ("Easy", 1),
        ("Hard questions (20)", 3),
        ("Level 2 (to explain and compare)", 2),
        ("Средняя температура воздуха", 0),
        ("Easy riders of the storm", 0),
        ("", 0),
    ],
)
def test_levels_of_headings(heading: str, level: int) -> None:
    assert level_of(heading) == level


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize(
    "heads", [("Лёгкий уровень", "Средний уровень", "Сложный уровень"), ("Easy", "Medium", "Hard")]
)
def test_headings_of_levels_are_levels(heads: tuple[str, str, str], *, again: bool) -> None:
    lines: list[str] = []
    for at, head in enumerate(heads):
        lines.append(head)
        for n in range(1, 4):
            number = n if again else at * 3 + n
            lines += [f"{number}. Что такое {head} {n}?", "A) да", "B) нет", "Ответ: A"]
    found = asked("\n".join(lines))
    assert [one.tags for one in found] == [(f"level-{level}",) for level in (1, 2, 3) for _ in range(3)]
    assert [part.names for part in pool_parts(found, "ru")] == [(), ("Уровень 1",), ("Уровень 2",), ("Уровень 3",)]
    assert [len(part.questions) for part in pool_parts(found, "ru")] == [0, 3, 3, 3]


def test_a_list_of_exam_questions_has_levels() -> None:
    text = "Жеңіл деңгей\n1. Ұлпа деген не?\n2. Жасуша деген не?\nКүрделі деңгей\n3. Неге өсімдік өседі?\n4. Неге?\n"
    assert [one.tags for one in asked(text, "questions", "kk")] == [("level-1",)] * 2 + [("level-3",)] * 2


def test_answers_that_name_levels_are_answers() -> None:
    text = "".join(f"{n}. How hard is task {n}?\nEasy\nMedium\nHard\n" for n in range(1, 5))
    found = asked(text, language="en")
    assert [(len(getattr(one, "choices", ())), one.tags) for one in found] == [(3, ())] * 4
