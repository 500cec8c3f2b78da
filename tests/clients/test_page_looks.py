"""How blocks look in Chromium, where a style sheet is easily wrong: a formula on its own line, a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.writers import Context, load
from tests.clients.scorm_lms import DESKTOP, PHONE

TEXT = """# 1-дәріс. Топырақ

$$ W = \\frac{m_1 - m_2}{m_2} \\cdot \\frac{\\frac{a}{b}}{c} $$

| Қабат | Түсі |
|---|---|
| A | қара |
"""


@pytest.fixture(scope="module", params=["scorm12", "scorm2004", "cc11", "cc13"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The format, and its page with the text."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "1-дәріс.md").write_text(TEXT, encoding="utf-8")
    (loaded,) = find_projects([folder / "1-дәріс.md"])
    writer = load(request.param)
    written = writer.write(build.understand(loaded).course, Context(options=writer.options(), version="test"))
    for member in written.artifacts[0].members:
        path = folder / member.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member.read())
    name = "w01/index.html" if request.param.startswith("scorm") else "w01-lecture.html"
    return request.param, folder / name


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_formula_fits_its_line_and_a_table_has_one_thin_line_around(
    browser: Browser, page: tuple[str, Path], size: dict[str, int]
) -> None:
    name, path = page
    tab: Page = browser.new_page(viewport=size)  # type: ignore[arg-type]  # a plain dict of width and height
    tab.goto(path.as_uri())
    hidden = tab.evaluate(
        "[...document.querySelectorAll('math[display=block], .wide')]"
        ".filter(m => getComputedStyle(m).overflowY !== 'visible').map(m => m.scrollHeight - m.clientHeight)"
    )
    assert [high for high in hidden if high > 0] == []
    if name.startswith("scorm"):
        assert len(hidden) == 2  # the boxes of the formula and of the table
    around = tab.evaluate(
        "[...document.querySelectorAll('table')].map(t => [t, t.querySelector('td')].map(e => getComputedStyle(e)))"
        ".map(([table, cell]) => [table.borderTopWidth, cell.borderTopWidth, cell.borderTopStyle])"
    )
    assert around == [["0px", "1px", "solid"]]
    tab.close()
