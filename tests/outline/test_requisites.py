"""Courses before and after a course, told in sentences."""

from __future__ import annotations

import pytest

from coursepack.outline.tree.requisites import told


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "Дисциплина опирается на курсы: Оптика, Механика. Она необходима для курса «Лазеры».",
            {"prerequisites": ["Оптика", "Механика"], "postrequisites": ["Лазеры"]},
        ),
        ("Дисциплина базируется на дисциплинах «Химия» и «Биология».", {"prerequisites": ["Химия", "Биология"]}),
        ("Для изучения необходимы знания по курсам: Алгебра; Логика.", {"prerequisites": ["Алгебра", "Логика"]}),
        ("Пән мына пәндерге сүйенеді: Химия.", {}),
        ("Нужна для последующих дисциплин: Экология.", {"postrequisites": ["Экология"]}),
        ("Курс сүйенетін алдыңғы пәндер: Химия, Физика.", {"prerequisites": ["Химия", "Физика"]}),
        ("The course builds on two courses: Algebra, Logic.", {"prerequisites": ["Algebra", "Logic"]}),
        ("Для курса необходимы: тетрадь, калькулятор.", {}),
        ("The rules are as follows: no phones, no food.", {}),
        ("Дисциплина относится к вариативной части. Она опирается на курс «Физика».", {}),
    ],
)  # fmt: skip
def test_sentence_names_courses_before_and_after(text: str, said: dict[str, list[str]]) -> None:
    """Only a text whose every sentence does so, behind the word for a course, says its requisites."""
    assert told(text) == said
