"""A long lecture in a file of its own, with a title in Word's style: nothing in its text makes another class, an exam
or the title of the course."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.course import Course
from coursepack.outline.tree.course_title import _behind_stop
from coursepack.outline.tree.grade_shares import of_sentences
from tests.outline.documents import Word

PROSE = "Money that flows into a country is written down beside what flows out of it, and both must agree in the end."


def _course(folder: Path, word: Word) -> Course:
    word.save(folder / "Chapter03_Lecture.docx")
    (loaded,) = find_projects([folder])
    return build.understand(loaded).course


def _lecture(*behind: tuple[str, str | None]) -> Word:
    word = Word()
    word.p("Chapter 3 - The Balance of Payments", style="Title")
    word.p("2026-01-08")
    for number in range(1, 5):
        word.p(f"{number}. Part {number} of the chapter", style="Heading 1")
        word.p(PROSE)
    for text, style in behind:
        word.p(text, style=style)
    return word


@pytest.mark.parametrize("style", [None, "List Bullet"])
def test_chapters_that_come_next_are_no_classes(tmp_path: Path, style: str | None) -> None:
    course = _course(
        tmp_path,
        _lecture(
            ("5. What comes next", "Heading 1"),
            ("Chapter 4: Exchange rates and what moves them", style),
            ("Chapter 5: Derivatives", style),
            ("6. In short", "Heading 1"),
            (PROSE, None),
        ),
    )
    assert [(one.kind, one.number, one.title) for _, one in course.sessions()] == [
        ("lecture", 3, "The Balance of Payments")
    ]


def test_orders_in_a_lecture_make_no_exam_paper_of_it(tmp_path: Path) -> None:
    orders = [(f"{number}. Answer question {number} of the chapter in your own words", None) for number in range(1, 31)]
    course = _course(tmp_path, _lecture(("Answer all questions before the class", None), *orders))
    assert course.exam is None
    assert [(one.kind, one.number) for _, one in course.sessions()] == [("lecture", 3)]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Calendar plan. Biology, 7th grade, 2025–2026", "Biology, 7th grade"),
        ("Examiner: B. Asanov", None),
        ("для самоподготовки студентов. Правильный ответ отмечен знаком в столбце", None),
    ],
)
def test_what_stands_behind_the_kind_of_paper(line: str, title: str | None) -> None:
    assert _behind_stop(line) == title


def test_what_explains_the_last_term_of_a_sum_is_no_name() -> None:
    found = of_sentences(["Final grade = 0.3·M1 + 0.3·M2 + 0.4·E, where M1 and M2 are ratings, E is the exam"])
    assert [(one.name, one.percent) for one in found] == [("M1", 30), ("M2", 30), ("E", 40)]
