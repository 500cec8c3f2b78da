"""A sheet whose problems count on, say what they are worth and are handed in by a day sets a piece of work each."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import Paragraph, inline_text
from coursepack.model.course import Assignment, Course


def course(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


def works(made: Course) -> list[Assignment]:
    return [one for week in made.weeks for one in week.assignments]


def said(one: Assignment) -> list[str]:
    return [inline_text(block.content) for block in one.blocks if isinstance(block, Paragraph)]


ENGLISH = """# Mechanics of Structures

Brackenridge Technical College, 2025/26

*Sheet 4. Bending and buckling.*

Hand in your working as well as the answer. Due Thursday 20 November, in the box outside E14.

## Warm-up

**1.** Draw the bending moment of a plank on two bricks. [4]

**2.** Which diagram changes when the load is moved? [3]

## Main course

**3. The bookshelf.**

A shelf carries books weighing 300 N per metre.

(a) Find the sag in the middle.

(b) Does it look bent to the eye?

[10]

**4. A beam with a secret.**

The deflection is twice the calculated one. Suggest three causes. [9]

## If you are stuck

* Aldous, T. *Beams for Beginners*. Oxford: Lintel, 2020.
* Narasimhan, V. *Why Things Bend*. Oxford: Lintel, 2013.
"""

RUSSIAN = """Сопротивление материалов
Лист 4. Изгиб

Сдать до 20 ноября, в ящик у аудитории Е14.

1. Постройте эпюру изгибающих моментов для доски на двух кирпичах. (4 балла)

2. Какая из эпюр меняется, если сдвинуть груз? (3 балла)

3. Полка длиной 0,9 м несёт книги весом 300 Н на метр. Найдите прогиб в середине и
скажите, заметен ли он глазу. (10 баллов)
"""

KAZAKH = ("Материалдар кедергісі", "Жұмыс 20 қарашаға дейін тапсырылады.")
KAZAKH_ITEMS = ("Тақтайдың ию моментін сызыңыз. (4 ұпай)", "Жүкті жылжытсақ, қай эпюра өзгереді? (3 ұпай)")


def test_problems_under_headings_of_any_wording(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    path.write_text(ENGLISH, encoding="utf-8")
    made = course(path)
    found = works(made)
    assert not any(week.sessions for week in made.weeks)
    assert made.exam is None
    assert [(one.number, one.title, one.points) for one in found] == [
        (1, None, 4),
        (2, None, 3),
        (3, "The bookshelf", 10),
        (4, "A beam with a secret", 9),
    ]
    assert said(found[0]) == ["Draw the bending moment of a plank on two bricks."]
    assert said(found[2])[0] == "A shelf carries books weighing 300 N per metre."
    assert "[10]" not in "".join(said(found[2]))
    assert made.about.literature is not None


def test_problems_without_headings(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(RUSSIAN, encoding="utf-8")
    made = course(path)
    assert made.exam is None
    assert [(one.number, one.points) for one in works(made)] == [(1, 4), (2, 3), (3, 10)]
    assert said(works(made)[1]) == ["Какая из эпюр меняется, если сдвинуть груз?"]


def test_problems_in_word(tmp_path: Path) -> None:
    path = tmp_path / "paraq.docx"
    document = docx.Document()
    document.add_heading(KAZAKH[0], 1)
    document.add_paragraph(KAZAKH[1])
    for at, text in enumerate([*KAZAKH_ITEMS, "Сөренің иілуін табыңыз. (10 ұпай)"], 1):
        document.add_paragraph(f"{at}. {text}")
    document.save(str(path))
    made = course(path)
    assert made.exam is None
    assert [(one.number, one.points) for one in works(made)] == [(1, 4), (2, 3), (3, 10)]


@pytest.mark.parametrize("line", ["Answer all questions.", "Жауап беріңіз."])
def test_an_exam_paper_sets_no_work(tmp_path: Path, line: str) -> None:
    path = tmp_path / "paper.md"
    path.write_text(ENGLISH.replace("Due Thursday 20 November, in the box outside E14.", line), encoding="utf-8")
    assert works(course(path)) == []


def test_parts_that_are_worth_something_each_keep_it(tmp_path: Path) -> None:
    path = tmp_path / "sheet.md"
    parts = ENGLISH.replace("in the middle.", "in the middle. [4]").replace("to the eye?\n\n[10]", "to the eye? [6]")
    path.write_text(parts, encoding="utf-8")
    shelf = works(course(path))[2]
    assert shelf.points == 10
    assert "[4]" in str(shelf.blocks)
    assert "[6]" in str(shelf.blocks)
