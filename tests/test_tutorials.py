"""Every page that teaches, followed to the letter."""

from __future__ import annotations

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.plugins import install
from tests.tutorials import follow, steps

ROOT = Path(__file__).parents[1]
PLUGIN = ROOT / "examples" / "plugin"
TUTORIALS = sorted((ROOT / "docs" / "tutorials").glob("*.md"))
FOLLOWED = [page for page in TUTORIALS if any(step.command for step in steps(page))]


# The English pages of users and of authors are followed each time, their translations and the copy of the whole program
# by `make test-long`.
OFTEN = ("lecturer.md", "secretary.md", "registrar.md", "plugin-author.md")


@pytest.mark.parametrize(
    "page",
    [pytest.param(page, id=page.name, marks=() if page.name in OFTEN else pytest.mark.long) for page in FOLLOWED],
)
def test_a_tutorial_prints_what_it_shows(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(tmp_path)
    if page.name.startswith("contributor"):
        _clone(tmp_path)
    site = installed(tmp_path / "site") if page.name.startswith("plugin") else None
    assert follow(page, tmp_path, {"PYTHONPATH": str(site)} if site else None, site)


def _clone(folder: Path) -> None:
    """What a contributor changes, and what it is run with."""
    for name in ("coursepack", "templates"):
        shutil.copytree(ROOT / name, folder / name)


def installed(site: Path) -> Path:
    """The example of a plugin as it lies installed."""
    project = tomllib.loads((PLUGIN / "pyproject.toml").read_text("utf-8"))["project"]
    points = {
        group.removeprefix("coursepack."): {key: value.partition(":")[2] for key, value in entries.items()}
        for group, entries in project["entry-points"].items()
    }
    source = (PLUGIN / "acme_coursepack.py").read_text("utf-8")
    install(site, "acme_coursepack", source, points, project["name"], project["version"])
    return site


def test_the_page_for_authors_shows_the_example() -> None:
    shown = re.findall(r"```(?:toml|python)\n(.*?)```", (ROOT / "docs" / "plugins.md").read_text("utf-8"), re.DOTALL)
    assert shown == [(PLUGIN / name).read_text("utf-8") for name in ("pyproject.toml", "acme_coursepack.py")]
