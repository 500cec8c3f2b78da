"""Sheets of problems that a document counts with a word of its own are a piece of work each; none is a test or a
title page."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.course import Assignment, Course

Work = tuple[int | None, str | None, str | None]


def course(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


def works(path: Path, text: str) -> list[Assignment]:
    path.write_text(text, encoding="utf-8")
    made = course(path)
    assert made.exam is None
    assert not any(week.sessions for week in made.weeks)
    return [one for week in made.weeks for one in week.assignments]


def told(found: list[Assignment]) -> list[Work]:
    return [(one.number, one.title, one.due) for one in found]


TEXTS = {
    "en": """# Homework sets, Fall 2025

**Set 1 (due Sep 3)**

1. Name the population and the sample.
2. Is this an experiment? Why?

**Set 2 (due Sep 10)**

1. Find the mean and the median of the rents.
""",
    "en, no days": """# Homework sets, Fall 2025

**Set 1**

1. Name the population and the sample.
2. Is this an experiment? Why?

**Set 2**

1. Find the mean and the median of the rents.
""",
    "en, the day in italics": """# Problem sets

**Problem Set #1** *Due: Monday, Sept 8*

(a) Define scarcity in your own words.

(b) Draw the curve.

**Problem Set #2** *Due: Monday, Sept 22*

(a) Sketch a demand curve.
""",
    "ru": """# Задачи по налоговому праву

**Лист 1. Резидентство (сдать до 3 октября)**

1. Является ли Анна резидентом?
2. Где Борис платит налог?

**Лист 2. Доходы (сдать до 17 октября)**

1. Рассчитайте выгоду.

**Лист 3. Прирост капитала**

1. Каков доход Евы?
""",
    "kk": """# Үй тапсырмалары

## 1-жинақ

1. Жапырақтың бөліктерін ата.
2. Тамырдың қызметі қандай?

## 2-жинақ

1. Сабақтың түрлерін сипатта.
""",
}
WORKS: dict[str, list[Work]] = {
    "en": [(1, None, "Sep 3"), (2, None, "Sep 10")],
    "en, no days": [(1, None, None), (2, None, None)],
    "en, the day in italics": [(1, None, "Monday, Sept 8"), (2, None, "Monday, Sept 22")],
    "ru": [(1, "Резидентство", "3 октября"), (2, "Доходы", "17 октября"), (3, "Прирост капитала", None)],
    "kk": [(1, None, None), (2, None, None)],
}


@pytest.mark.parametrize("name", TEXTS)
def test_sets_under_headings(name: str, tmp_path: Path) -> None:
    found = works(tmp_path / "homework.md", TEXTS[name])
    assert told(found) == WORKS[name]
    assert all(one.blocks for one in found)


def test_the_title_below_the_number(tmp_path: Path) -> None:
    text = "TAX LAW\nProblem sheets, 2025\n\n"
    text += (
        "SHEET ONE\nResidence\n\nThis sheet is due on 3 October.\n\n1. Is Anna resident in the UK? Give reasons.\n\n"
    )
    text += "2. Where does Boris pay tax?\n\nSHEET TWO\nEmployment income\n\n1. Compute the benefit of the car.\n"
    found = works(tmp_path / "sheets.txt", text)
    assert told(found) == [(1, "Residence", "on 3 October"), (2, "Employment income", None)]
    assert course(tmp_path / "sheets.txt").about.city is None


def test_lists_in_word_are_no_answers_to_choose_from(tmp_path: Path) -> None:
    """A share that a problem speaks of is no share of the mark."""
    document = docx.Document()
    document.add_paragraph().add_run("MATH 1530 — Homework sets, Fall 2025").bold = True
    problems = ["Name the population.", "Is this an experiment? Why?", "Give one variable."]
    problems.append("A test is positive for 95% of sick people and 4% of others. Find the probability.")
    for number in (1, 2, 3, 4):
        document.add_paragraph().add_run(f"Set {number} (due Sep {number})").bold = True
        for problem in problems:
            document.add_paragraph(problem, style="List Number")
    document.save(str(tmp_path / "Homework.docx"))
    made = course(tmp_path / "Homework.docx")
    assert made.exam is None
    assert made.about.grading is None
    found = [one for week in made.weeks for one in week.assignments]
    assert told(found) == [(number, None, f"Sep {number}") for number in (1, 2, 3, 4)]
