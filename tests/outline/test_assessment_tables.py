"""Tables of what makes the mark, with days, are lists of work and no plan of classes."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text

TABLES = {
    "en": (
        ("Task", "What", "ULOs", "Weighting", "When"),
        ("AT1", "Care plan (800 words)", "1, 3", "20%", "Friday 22 August 5 pm"),
        ("AT2", "Simulated handover", "2, 3", "30%", "Sunday 7 September 11:59 pm"),
        ("AT3", "Case study report", "1, 4, 5", "50%", "Friday 3 October 11:59 pm"),
    ),
    "ru": (
        ("Задание", "Тема", "Доля", "Дата"),
        ("З1", "План ухода", "20%", "22 августа"),
        ("З2", "Передача смены", "30%", "7 сентября"),
        ("З3", "Отчёт о случае", "50%", "3 октября"),
    ),
}


@pytest.mark.parametrize("language", TABLES)
def test_codes_count_the_work_and_days_are_due(language: str, tmp_path: Path) -> None:
    head, *rows = TABLES[language]
    lines = [head, tuple("---" for _ in head), *rows]
    table = "\n".join("| " + " | ".join(row) + " |" for row in lines)
    (tmp_path / "outline.md").write_text(f"# Nursing\n\n## Assessment at a glance\n\n{table}\n", encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "outline.md"])
    course = build.understand(loaded).course
    assert [one for week in course.weeks for one in week.sessions] == []
    works = [one for week in course.weeks for one in week.assignments]
    assert [(one.number, one.title or block_text(one.blocks), one.due) for one in works] == [
        (number, row[1], row[-1]) for number, row in enumerate(rows, 1)
    ]
    if language == "en":
        assert [block_text(one.blocks) for one in works] == [f"ULOs: {row[2]}" for row in rows]
    assert course.about.grading is not None
    assert [one.percent for one in course.about.grading.weights] == [20, 30, 50]
