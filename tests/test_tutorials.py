"""Every page that teaches, followed to the letter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.tutorials import follow, steps

ROOT = Path(__file__).parents[1]
TUTORIALS = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
FOLLOWED = [page for page in TUTORIALS if any(step.command for step in steps(page))]


@pytest.mark.parametrize("page", FOLLOWED, ids=lambda page: page.name)
def test_a_tutorial_prints_what_it_shows(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(tmp_path)
    assert follow(page, tmp_path)
