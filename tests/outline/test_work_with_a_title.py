"""Work that a class sets in a heading of words and a title: «Самостоятельная работа. Строение клетки»."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from tests.test_folder import understood, write

CLASSES = {
    "kk": ("1-дәріс. Жасуша", "Жасуша – тірі ағзалардың құрылымдық бірлігі, оны цитология ғылымы зерттейді."),
    "ru": ("Лекция 1. Клетка", "Клетка – структурная единица живых организмов, её изучает наука цитология."),
    "en": ("Lecture 1. The cell", "The cell is the structural unit of all living things; cytology studies it."),
}


@pytest.mark.parametrize(
    ("code", "heading", "kind", "title", "task"),
    [
        ("kk", "Өзіндік жұмыс. Жасуша құрылысы", "independent", "Жасуша құрылысы", "Жасушаны сызыңыз."),
        ("kk", "Өз бетінше жұмыс: Жасуша құрылысы", "independent", "Жасуша құрылысы", "Жасушаны сызыңыз."),
        ("ru", "Самостоятельная работа. Строение клетки", "independent", "Строение клетки", "Нарисуйте клетку."),
        ("ru", "Самостоятельная работа — Строение клетки", "independent", "Строение клетки", "Нарисуйте клетку."),
        ("ru", "Домашнее задание: Строение клетки", "homework", "Строение клетки", "Нарисуйте клетку."),
        ("en", "Independent work. Parts of the cell", "independent", "Parts of the cell", "Draw a cell."),
        ("en", "Self-study: Parts of the cell", "independent", "Parts of the cell", "Draw a cell."),
    ],
)
def test_is_work_of_the_week(tmp_path: Path, code: str, heading: str, kind: str, title: str, task: str) -> None:
    name, prose = CLASSES[code]
    again = f"# {name.replace('1', '2')} 2\n\n{prose}\n"
    write(tmp_path / "c" / "c.md", f"# {name}\n\n{prose}\n\n## {heading}\n\n{task}\n\n{again}".encode())
    weeks = understood(tmp_path / "c").course.weeks
    assert [(one.kind, one.title, block_text(one.blocks)) for week in weeks for one in week.assignments] == [
        (kind, title, task)
    ]
    assert [block_text(one.blocks) for week in weeks for one in week.sessions] == [prose, prose]
