"""What the documentation says of itself holds: its links lead somewhere, its front pages show what is printed."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from tests.cli.test_build import run
from tests.shared import SEEDS
from tests.tutorials import language as language_of

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "benchmarks/coursebench/README.md"])
FRONT = {"en": "README.md", "kk": "README.kk.md", "ru": "README.ru.md"}


def links(page: Path) -> list[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))
    inline = [child for token in tokens for child in token.children or ()]
    return [str(child.attrs["href"]) for child in inline if child.type == "link_open"]


def headings(page: Path) -> set[str]:
    """Anchors, as repositories make them of headings."""
    found = re.findall(r"^#+ +(.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in links(page):
        target, _, anchor = link.partition("#")
        if re.match(r"[a-z]+:", target):
            continue
        at = (page.parent / target).resolve() if target else page
        assert at.exists(), link
        assert not anchor or unquote(anchor) in headings(at), link


def test_every_page_is_listed() -> None:
    index = ROOT / "docs" / "README.md"
    listed = {(index.parent / link).resolve() for link in links(index)}
    pages = {page for page in (ROOT / "docs").rglob("*.md") if language_of(page) == "en" and page != index}
    assert pages <= listed


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first language builds, and the others are told of the same build."""
    return tmp_path_factory.mktemp("printed")


@pytest.mark.parametrize("language", FRONT)
def test_a_front_page_shows_what_the_command_prints(language: str, printed: Path) -> None:
    text = (ROOT / FRONT[language]).read_text("utf-8")
    shown = re.findall(r"^Саяси билік \(sayasi-bilik, kk\): .*\n.*$", text, re.MULTILINE)
    kept = ("--only-changed", "--ledger", printed / "ledger", "-o", printed)
    done = run("--messages", language, "build", SEEDS / "sayasi-bilik", "-f", "moodle-xml", *kept)
    assert [one.replace("\n", " ") for one in shown] == done.stdout.splitlines()[:1]


def test_the_front_pages_name_one_another() -> None:
    for language, name in FRONT.items():
        assert {link for link in links(ROOT / name) if link in FRONT.values()} == {
            other for at, other in FRONT.items() if at != language
        }


@pytest.mark.parametrize(
    ("schema", "files"),
    [
        ("vendor.github-actions", ["action.yml"]),
        ("vendor.github-workflows", sorted(ROOT.glob("examples/github/*.yml"))),
    ],
)
def test_action_and_workflows_are_valid(schema: str, files: list[str | Path]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *map(str, files)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
    )
    assert files
    assert done.returncode == 0, done.stdout
