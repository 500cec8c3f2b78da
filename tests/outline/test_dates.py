"""Days at the beginnings of lines count the meetings of a course."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.outline.tree.dates import day, runs
from tests.outline.documents import Word


@pytest.mark.parametrize(
    ("line", "month", "number", "rest"),
    [
        ("10 ақпан. Киіз үй", 2, 10, "Киіз үй"),
        ("Tue, Sept 4th – Leaves", 9, 4, "Leaves"),
        ("September 4: Leaves", 9, 4, "Leaves"),
        ("5 сентября (пн). Листья", 9, 5, "Листья"),
        ("12.03.2025 Корни", 3, 12, "Корни"),
        ("8/20 Introduction", 20, 8, "Introduction"),
        ("2026-09-04 Leaves", 9, 4, "Leaves"),
    ],
)
def test_a_day(line: str, month: int, number: int, rest: str) -> None:
    found = day(line)
    assert found is not None
    assert (found.month, found.day, line[found.end :]) == (month, number, rest)


@pytest.mark.parametrize("line", ["4.1 Beds", "5.12 Beds", "10 leaves fall", "Mayor of 12 towns", "50 % of the mark"])
def test_no_day(line: str) -> None:
    assert day(line) is None


def test_years_apart_are_a_chronicle() -> None:
    lines = [(at, f"3 May {year} — a battle") for at, year in enumerate((1801, 1803, 1809))]
    assert list(runs(lines)) == []


def test_days_in_bold_are_meetings(tmp_path: Path) -> None:
    made = Word().h("Field Botany").h("When we meet", 2)
    made.p("**10 February.** Roots and soils. Bring a spade and dig.", "**17 February.** Leaves.")
    made.p("**3 March.** Flowers. We draw a bud.")
    made.h("On marks", 2).p("Late notebooks lose a mark a day.")
    (loaded,) = find_projects([made.save(tmp_path / "syllabus.docx")])
    course = build.understand(loaded).course
    sessions = [session for _, session in course.sessions()]
    assert [(one.kind, one.title) for one in sessions] == [
        ("lecture", "Roots and soils"), ("lecture", "Leaves"), ("lecture", "Flowers"),
    ]  # fmt: skip
    assert [block_text(one.blocks) for one in sessions] == ["Bring a spade and dig.", "", "We draw a bud."]
    assert not course.glossary
