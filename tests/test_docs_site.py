"""The documentation as a site: built strictly, in three languages, its links alive, nothing in it asks the network; and
what its pages call exists.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import urllib.parse
from pathlib import Path

import click
import lxml.html
import pytest

from coursepack.cli import cli
from tests.tutorials import language

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    return folder


def test_a_numbered_list_goes_on_behind_a_command(site: Path) -> None:
    for folder in (site, site / "kk", site / "ru"):
        article = lxml.html.parse(str(folder / "howto" / "sign-archive.html")).find(".//article")
        assert [len(items.findall("li")) for items in article.iter("ol")] == [5]
        assert len(article.findall(".//ol/li//pre")) == len(article.findall(".//pre")) == 3


def test_a_bar_in_the_code_of_a_table_parts_no_cell(site: Path) -> None:
    rows = [line for line in (ROOT / "docs/reference/commands.md").read_text("utf-8").splitlines() if line[:3] == "| `"]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {3}
    for page in ("command-line", "reference/commands"):
        codes = [code.text_content() for code in lxml.html.parse(str(site / f"{page}.html")).findall(".//td//code")]
        assert [code for code in codes if code.startswith("--messages")] == [
            "--messages en|kk|ru" if page == "command-line" else "--messages [en|kk|ru]"
        ]
        assert not [code for code in codes if "\\" in code]


def test_every_page_is_there_in_three_languages(site: Path) -> None:
    sources = [path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")]
    plain = {path.with_suffix(".html") for path in sources if language(path) == "en"}
    plain = {path.with_name("index.html") if path.stem == "README" else path for path in plain}
    for folder in (site, site / "kk", site / "ru"):
        assert {path for path in plain if not (folder / path).exists()} == set()
    for name in (
        "tutorials/lecturer",
        "tutorials/secretary",
        "tutorials/registrar",
        "howto/slides",
        "index",
    ):
        heads = [
            lxml.html.parse(str(folder / f"{name}.html")).findtext(".//h1")
            for folder in (site, site / "kk", site / "ru")
        ]
        assert len(set(heads)) == 3, heads


def test_links_lead_somewhere_and_nothing_is_asked_of_the_network(site: Path) -> None:
    dead, asked = [], []
    for page in site.rglob("*.html"):
        tree = lxml.html.parse(str(page))
        for element, attribute, link, _ in tree.getroot().iterlinks():
            address = urllib.parse.urlsplit(link)
            if address.scheme in {"http", "https"}:
                if element.tag != "a":
                    asked.append((page.name, link))
            elif not address.scheme and address.path and page.name != "404.html" and attribute != "action":
                target = page.parent / urllib.parse.unquote(address.path)
                if not target.exists():
                    dead.append((page.relative_to(site).as_posix(), link))
    assert asked == []
    assert dead == []
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:@import|url\()\s*['\"]?https?:", styles) == []


def commands() -> list[tuple[str, list[str]]]:
    """Each call of coursepack that a page shows: where, and its words."""
    found = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for block in re.findall(r"^ *```(?:console|sh)\n(.*?)^ *```$", text, re.MULTILINE | re.DOTALL):
            for line in re.sub(r"\\\n", " ", block).splitlines():
                if call := re.match(r" *(?:\$ )?(?:python -m )?coursepack (.+)", line):
                    words = shlex.split(call[1], comments=True)
                    found.append((f"{page.relative_to(ROOT)}: {line.strip()}", words))
    return found


@pytest.mark.parametrize("words", [words for _, words in commands()], ids=[where for where, _ in commands()])
def test_a_call_that_a_page_shows_is_known(words: list[str]) -> None:
    context = click.Context(cli, info_name="coursepack")
    while words and words[0].startswith("-"):
        words = words[2:] if words[0] in {"--messages", "--limit"} else words[1:]
    command: click.Command = cli
    while words and isinstance(command, click.Group):
        below = command.get_command(context, words[0])
        assert below is not None, words[0]
        command, words = below, words[1:]
    known = {name for one in command.params for name in (*one.opts, *one.secondary_opts)} | {"--help", "-h"}
    used = {word.partition("=")[0] for word in words if re.match(r"--?[A-Za-z]", word)}
    assert used <= known
