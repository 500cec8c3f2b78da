"""A line that says when work is due and what it gives, with a dash between both, is no part of the title above it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.outline.tree import work


@pytest.mark.parametrize(
    ("line", "day", "points"),
    [
        ("due Monday 23 September – 12 points", "Monday 23 September", 12),
        ("12 points — due Monday 23 September", "Monday 23 September", 12),
        ("сдать до 24 сентября – 10 баллов", "24 сентября", 10),
        ("тапсыру: 24 қыркүйек – 10 ұпай", "24 қыркүйек", 10),
    ],
)
def test_a_dash_parts_the_day_from_the_points(line: str, day: str, points: float) -> None:
    said = work.terms(line)
    assert said is not None
    assert (said.due, said.points, said.sets) == (day, points, True)


def test_a_dash_behind_a_label_parts_nothing() -> None:
    said = work.terms("Due – week 5")
    assert said is not None
    assert (said.week, said.points, said.sets) == (5, None, False)


WRAPPED = {
    "en": """Homework for the autumn
Hand your pages in on paper at the start of class; I do not open attachments. Two
pages each time, double spaced, your name at the back so that I read you blind.

1 Reading a pay book
due Monday 23 September – 12 points
Choose one of the three pay books scanned in the course folder and follow a single
worker through it for six weeks.

2 A letter that crossed the sea
due Monday 14 October – 15 points
Find a printed emigrant letter written before 1890. Describe what its writer leaves
out, and what the brother at home might have read aloud in the kitchen.
""",
    "ru": """Домашние работы осеннего семестра
Работы приносят на бумаге к началу занятия, вложений в письмах не открываю, и так
каждый раз, с фамилией на обороте последнего листа, чтобы читать, не зная автора.

1 Как читать расчётную книжку
сдать до 23 сентября – 12 баллов
Выберите одну из трёх книжек, которые лежат в папке курса, и проследите за одним
рабочим в течение шести недель.

2 Письмо из-за моря
сдать до 14 октября – 15 баллов
Найдите напечатанное письмо переселенца, написанное до 1890 года, и опишите, о чём
его автор молчит и почему.
""",
}


@pytest.mark.parametrize("name", WRAPPED)
def test_terms_below_a_wrapped_title(name: str, tmp_path: Path) -> None:
    path = tmp_path / "homework.txt"
    path.write_text(WRAPPED[name], encoding="utf-8")
    (loaded,) = discovery.find_projects([path])
    course = build.understand(loaded).course
    found = [one for week in course.weeks for one in week.assignments]
    titles = {
        "en": ["Reading a pay book", "A letter that crossed the sea"],
        "ru": ["Как читать расчётную книжку", "Письмо из-за моря"],
    }
    days = {"en": ["Monday 23 September", "Monday 14 October"], "ru": ["23 сентября", "14 октября"]}
    assert [(one.number, one.title, one.points) for one in found] == [
        (1, titles[name][0], 12),
        (2, titles[name][1], 15),
    ]
    assert [one.due for one in found] == days[name]
