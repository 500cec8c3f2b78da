"""Several weeks that a line counts together are one class in the first of them: «Weeks 3–4: Hot spots»."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.outline.tree.ordinals import counted


@pytest.mark.parametrize(
    "line",
    [
        "Weeks 3–4: Hot spots",
        "Week 3-4. Hot spots",
        "Weeks 3 and 4: Hot spots",
        "Недели 3–4. Hot spots",
        "3–4-я недели. Hot spots",
        "3-4-апталар: Hot spots",
        "Woche 3/4: Hot spots",
    ],
)
def test_the_title_stands_behind_the_span(line: str) -> None:
    (first, *_) = counted(line)
    assert (first.value, first.kind, line[first.end :]) == (3, "week", "Hot spots")


def test_amounts_and_days_are_no_spans() -> None:
    assert counted("2–8 недель") == []
    (first, *_) = counted("Week 3, 4 May: Soil")
    assert "Week 3, 4 May: Soil"[first.end :] == ", 4 May: Soil"
    (first, *_) = counted("Week 3 - 4 lectures on soil")
    assert "Week 3 - 4 lectures on soil"[first.end :] == "4 lectures on soil"


@pytest.mark.parametrize(
    ("one", "several"), [("Week {}", "Weeks 3–4"), ("Неделя {}", "Недели 3–4"), ("{}-апта", "3–4-апталар")]
)
@pytest.mark.parametrize("bullet", ["- ", ""])
def test_it_goes_on_with_the_weeks_around_it(one: str, several: str, bullet: str, tmp_path: Path) -> None:
    lines = [f"{one.format(n)}: {title}" for n, title in ((1, "Chicago"), (2, "Routines"), (5, "Design"))]
    lines.insert(2, f"{several}: Hot spots")
    gap = "\n" if bullet else "\n\n"
    text = "# Crime and Place\n\n## Plan\n\n" + gap.join(bullet + line for line in lines)
    (tmp_path / "a.md").write_text(text + "\n", encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "a.md"])
    course = build.understand(loaded).course
    found = [(week.number, one.title) for week in course.weeks for one in week.sessions]
    assert found == [(1, "Chicago"), (2, "Routines"), (3, "Hot spots"), (5, "Design")]
