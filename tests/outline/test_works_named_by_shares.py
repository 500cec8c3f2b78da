"""Headings that name a work of the table of shares, by title or code, set that work; they are no rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.outline import Understood

TABLE = """| Ref | Task | Weighting |
|---|---|---|
| AT1 | Map commentary | 40% |
| AT2 | Online quiz | 20% |
| AT3 | Unseen examination | 40% |
"""
MAP = "Choose one map and comment on what it shows and on what it hides from its readers."
QUIZ = "Take the quiz in the last week of term, alone and without notes of any kind."
WEEKS = "\n\n".join(f"**Week {n}:** {title}" for n, title in enumerate(("Chicago", "Routines", "Design"), 1))


def understood(folder: Path, text: str) -> Understood:
    (folder / "spec.md").write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([folder / "spec.md"])
    return build.understand(loaded)


def works(found: Understood) -> list[str]:
    return sorted(str(one.title) for week in found.course.weeks for one in week.assignments)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("### AT1 – Map commentary", "### AT2 – Online quiz"),
        ("**AT1: Map commentary**", "**AT2: Online quiz**"),
        ("### Map commentary (40%)", "### Online quiz (20%)"),
        ("**Map commentary**", "**Online quiz**"),
    ],
)
def test_each_is_a_piece_of_work(first: str, second: str, tmp_path: Path) -> None:
    text = f"# Crime and Place\n\n{WEEKS}\n\n## Assessment\n\n{TABLE}\n{first}\n\n{MAP}\n\n{second}\n\n{QUIZ}\n"
    found = understood(tmp_path, text)
    assert works(found) == ["Map commentary", "Online quiz"]
    about = found.course.about
    assert [one.title for one in about.policies] == []
    assert about.literature is None or not about.literature.internet
    assert about.grading is not None
    assert [(one.name, one.percent) for one in about.grading.weights] == [
        ("Map commentary", 40),
        ("Online quiz", 20),
        ("Unseen examination", 40),
    ]


def test_other_headings_below_the_table_stay_rules(tmp_path: Path) -> None:
    text = (
        f"# Crime and Place\n\n{WEEKS}\n\n## Assessment\n\n{TABLE}\n### Late work\n\nFive marks a day are taken away.\n"
    )
    found = understood(tmp_path, text)
    assert works(found) == []
    assert [one.title for one in found.course.about.policies] == ["Late work"]
