"""Under a heading that names work, sentences that say how all of it is set and graded set none."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.course import Course

HEAD = """# Syllabus

Course: Soil science

## Course description

This course speaks of soil and of those who live in it and from it.

## {name}

{rules}
## Schedule

| Week | Topic |
|---|---|
| 1 | Sand |
| 2 | Clay |
| 3 | Loam |
"""
RULES = {
    "en": (
        "Homework assignments: 40%",
        [
            "Homework assignments will be distributed on Canvas at the beginning of the week.",
            "Homeworks are due by 9:00pm on the day that is named there.",
            "Your lowest homework grade will be dropped at the end of the term.",
            "Late assignments lose points for each day that they are late.",
        ],
    ),
    "ru": (
        "Домашние задания",
        [
            "Задания будут выложены в начале каждой недели на странице курса.",
            "Работы сдаются на бумаге в начале занятия или через систему.",
            "За опоздание оценка снижается на один балл за каждый день.",
        ],
    ),
    "kk": (
        "Үй тапсырмалары",
        [
            "Тапсырмалар әр аптаның басында курс бетінде жарияланады.",
            "Жұмыстар сабақ басында қағаз түрінде қабылданады және бағаланады.",
            "Кешіккен әр күн үшін баға бір ұпайға төмендетіледі.",
        ],
    ),
}


def course(path: Path, name: str, lines: list[str], bullet: str) -> Course:
    path.write_text(HEAD.format(name=name, rules="".join(f"{bullet}{line}\n\n" for line in lines)), encoding="utf-8")
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


@pytest.mark.parametrize("bullet", ["- ", ""])
@pytest.mark.parametrize("language", RULES)
def test_rules_are_no_work(language: str, bullet: str, tmp_path: Path) -> None:
    name, lines = RULES[language]
    made = course(tmp_path / "syllabus.md", name, lines, bullet)
    assert [one for week in made.weeks for one in week.assignments] == []
    told = str(made.about.policies)
    assert all(line[:30] in told for line in lines)


def test_what_is_to_be_done_is_work(tmp_path: Path) -> None:
    lines = ["Describe the soil of your garden in one page.", "Draw a profile of it and name its layers."]
    made = course(tmp_path / "syllabus.md", "Homework assignments", lines, "- ")
    assert len([one for week in made.weeks for one in week.assignments]) == 2
