"""Cells of a plan that say that there is nothing to do are no work."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from tests.outline.documents import Word

PLANS = {
    "en": (("Week", "Topic", "Homework"), ("Ice", "Sand", "Peat", "Clay"), "Draw a map", ("NA", "n/a", "None")),
    "ru": (
        ("Неделя", "Тема", "Задание"),
        ("Лёд", "Песок", "Торф", "Глина"),
        "Начертить карту",
        ("нет", "—", "Не задано"),
    ),
    "kk": (("Апта", "Тақырып", "Үй тапсырмасы"), ("Мұз", "Құм", "Шымтезек", "Саз"), "Карта сызу", ("жоқ", "-", "Жоқ")),
}


@pytest.mark.parametrize("language", PLANS)
def test_a_cell_that_says_nothing_is_no_work(tmp_path: Path, language: str) -> None:
    head, topics, work, nothing = PLANS[language]
    cells = (nothing[0], work, *nothing[1:])
    Word().table([head, *((str(n), *pair) for n, pair in enumerate(zip(topics, cells, strict=True), 1))]).save(
        tmp_path / "plan.docx"
    )
    (loaded,) = find_projects([tmp_path])
    course = build.understand(loaded).course
    assert [one.title for _, one in course.sessions()] == list(topics)
    works = [(week.number, one.title or block_text(one.blocks)) for week in course.weeks for one in week.assignments]
    works += [(week.number, block_text(task.blocks)) for week, one in course.sessions() for task in one.tasks]
    assert works == [(2, work)]
