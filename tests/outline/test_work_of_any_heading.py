"""Work outside class whose heading no list of words holds, and papers that are a list each."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import Essay
from tests.outline.test_combinations import LEAF, STEM, read

ORDERS = {
    "en": ("Lecture {}. {}", "Winter in the garden", ("Write an essay on leaves", "Draw the stem of a tree")),
    "ru": ("Лекция {}. {}", "Зима в саду", ("Напишите эссе о листьях", "Нарисуйте стебель дерева")),
    "kk": ("{}-дәріс. {}", "Бақтағы қыс", ("Жапырақ туралы эссе жазыңыз", "Сабақтың суретін салыңыз")),
}


def work(course: Course) -> list[tuple[str, int | None, float | None]]:
    tasks = [one for week in course.weeks for one in week.assignments]
    return [(block_text(one.blocks).strip(" ."), one.due_week, one.points) for one in tasks]


@pytest.mark.parametrize("form", ["a.md", "docx"])
@pytest.mark.parametrize("lang", ORDERS)
def test_items_that_say_to_make_something_are_work(tmp_path: Path, lang: str, form: str) -> None:
    lecture, heading, orders = ORDERS[lang]
    text = "# Botany\n\n"
    for number, told in enumerate((LEAF, STEM), 1):
        text += f"## {lecture.format(number, f'Leaves {number}')}\n\n{told}\n\n"
    text += f"## {heading}\n\n1. {orders[0]}.\n\n2. {orders[1]}.\n"
    course = read(tmp_path, text, form)
    assert [name for name, *_ in work(course)] == list(orders)
    assert course.exam is None


def test_questions_that_say_to_describe_are_no_work(tmp_path: Path) -> None:
    text = f"# Botany\n\n## Lecture 1. Leaves\n\n{LEAF}\n\n## Lecture 2. Stems\n\n{STEM}\n\n## Winter in the garden\n\n"
    text += "1. What is a leaf?\n2. Describe the stem of a tree.\n3. Compare roots and stems.\n"
    course = read(tmp_path, text, "a.md")
    assert work(course) == []
    assert course.exam is not None
    assert len(course.exam.questions) == 3


def test_a_table_of_assignments_with_their_weeks(tmp_path: Path) -> None:
    text = f"# Botany\n\n## Lecture 1. Leaves\n\n{LEAF}\n\n## Lecture 2. Stems\n\n{STEM}\n\n## Problem sets\n\n"
    text += "| No. | Assignment | Due (week) | Points |\n|---|---|---|---|\n"
    text += "| 1 | Write an essay on leaves | 2 | 10 |\n| 2 | Draw a stem | 4 | 15 |\n"
    assert work(read(tmp_path, text, "a.md")) == [("Write an essay on leaves", 2, 10), ("Draw a stem", 4, 15)]


def of_files(folder: Path, **files: str) -> Course:
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    (loaded,) = find_projects([folder])
    return build.understand(loaded).course


def test_papers_of_tickets_work_and_books(tmp_path: Path) -> None:
    """Each file is one list: tickets that speak of the exam, work, two books below the word for them."""
    course = of_files(
        tmp_path,
        lectures=f"# Botany\n\n## Lecture 1. Leaves\n\n{LEAF}\n\n## Lecture 2. Stems\n\n{STEM}\n",
        tickets="## Examination ticket 1\n\n1. What is a leaf?\n2. What is a stem?\n\n"
        "## Examination ticket 2\n\n1. What is a root?\n2. What is a bud?\n",
        home="## Home assignments\n\n1. Write an essay on leaves.\n2. Draw the stem of a tree.\n",
        literature="## References\n\n1. Raven P. Biology of Plants. New York: Freeman, 2013. 900 p.\n"
        "2. Mauseth J. Botany. Boston: Jones, 2016. 750 p.\n",
    )
    assert course.exam is not None
    assert [len(one.questions) for one in course.exam.tickets] == [2, 2]
    assert [name for name, *_ in work(course)] == ["Write an essay on leaves", "Draw the stem of a tree"]
    assert len(course.about.literature.basic) == 2
    assert [one.title for _, one in course.sessions()] == ["Leaves", "Stems"]


LETTERS = {
    "en": ("Review questions", "Lecture {}. {}", "A"),
    "ru": ("Контрольные вопросы", "Лекция {}. {}", "О"),
    "kk": ("Бақылау сұрақтары", "{}-дәріс. {}", "Ж"),
}


@pytest.mark.parametrize("lang", LETTERS)
def test_answers_that_a_letter_leads_in_are_for_the_teacher(tmp_path: Path, lang: str) -> None:
    heading, lecture, letter = LETTERS[lang]
    text = "# Botany\n\n"
    for number in (1, 2):
        text += f"## {lecture.format(number, f'Leaves {number}')}\n\n{LEAF}\n\n### {heading}\n\n"
        text += (
            f"1. Why are leaves green?\n\n{letter}: Chlorophyll.\n\n2. What is a pore?\n\n{letter}: A small hole.\n\n"
        )
    for _, one in read(tmp_path, text, "a.md").sessions():
        assert [block_text(q.text) for q in one.review] == ["Why are leaves green?", "What is a pore?"]
        notes = [block_text(q.grader_notes) for q in one.review if isinstance(q, Essay)]
        assert notes == ["Chlorophyll.", "A small hole."]
