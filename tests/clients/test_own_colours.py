"""An author's colours in Chromium: the contrast of letters with what they stand on, in every scheme and on paper."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from coursepack.model.blocks import Cell, Formula, List, ListItem, Math, Paragraph, Quote, Row, Run, Table
from coursepack.model.course import About, Course, Session, Topic, Week
from coursepack.model.questions import Choice, MultipleChoice
from coursepack.writers import Context, load
from tests.clients.scorm_lms import DESKTOP
from tests.clients.test_scorm_player import axe_finds
from tests.samples import b

COLOURS = ("ff0000", "c00000", "ffff00", "0000ff", "00b050", "7030a0", "808080", None)
MARKS = (None, "ffff00", "00ff00", "000080", "ff0000")
SCHEMES = [
    ("auto", "light"),
    ("auto", "dark"),
    ("light", "dark"),
    ("dark", "light"),
    ("sepia", "light"),
    ("sepia", "dark"),
]

# Letters, and what they stand on, of every element with a style: the nearest ground that is not seen through.
CONTRASTS = """[...document.querySelectorAll('.page.current [style*="color"]')].map(element => {
  const channels = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  let ground = element;
  while (ground && channels(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
  const light = ([...rgb]) => rgb.slice(0, 3).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const inner = element.querySelector('a') || element;
  const both = [getComputedStyle(inner).color, getComputedStyle(ground || document.body).backgroundColor];
  const [one, other] = both.map(channels).map(light);
  const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  return [contrast, element.getAttribute('style'), element.textContent];
})"""


def course() -> Course:
    pairs = [pair for pair in itertools.product(COLOURS, MARKS) if any(pair)]
    runs = tuple(Run(text=f"сөз {colour}/{mark} ", colour=colour, highlight=mark) for colour, mark in pairs)
    link = Run(text="сілтеме", href="https://example.org", highlight="ffff00", bold=True)
    head = Row(cells=(Cell(blocks=(Paragraph(content=runs[:8]),), header=True),))
    table = Table(rows=(head, Row(cells=(Cell(blocks=(Paragraph(content=runs[8:]),)),))), header_rows=1)
    drawn = "".join(f'<mi mathcolor="#{colour}">x</mi>' for colour in COLOURS if colour)
    marked = '<mrow mathbackground="#ffff00"><mi>y</mi><mi mathcolor="#00b050">z</mi></mrow>'
    mathml = f'<math xmlns="http://www.w3.org/1998/Math/MathML">{drawn}{marked}</math>'
    blocks = (
        Paragraph(content=(*runs, link)),
        Quote(blocks=(Paragraph(content=runs),)),
        List(items=(ListItem(blocks=(Paragraph(content=runs),)),)),
        table,
        Formula(math=Math(mathml=mathml, text="x")),
    )
    coloured = (Paragraph(content=runs),)
    asked = MultipleChoice(
        id="q",
        text=coloured,
        choices=(Choice(content=coloured, fraction=1.0), Choice(content=b("жоқ"))),
        feedback=coloured,
    )
    outline = (Topic(id="t", content=runs[:6]),)
    session = Session(
        id="w01-lecture", kind="lecture", number=1, title="Түстер", blocks=blocks, review=(asked,), outline=outline
    )
    weeks = (Week(id="w01", number=1, sessions=(session,)),)
    return Course(id="tus", title="Түстер", language="kk", about=About(aim=coloured), weeks=weeks)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("colours")
    writer = load("scorm2004")
    for member in writer.write(course(), Context(options=writer.options())).artifacts[0].members:
        path = root / member.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member.read())
    return root


def opened(browser: Browser, folder: Path, theme: str, device: str) -> Page:
    page = browser.new_page(viewport=DESKTOP, color_scheme=device)  # type: ignore[arg-type]  # a plain dict
    page.goto((folder / "w01" / "index.html").as_uri())
    page.wait_for_selector("html.ready", state="attached")
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    return page


def faint(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate(CONTRASTS)
    assert len(found) > 20
    return [each for each in found if each[0] < 4.5]


@pytest.mark.parametrize(("theme", "device"), SCHEMES)
def test_letters_that_an_author_coloured_can_be_read(browser: Browser, folder: Path, theme: str, device: str) -> None:
    page = opened(browser, folder, theme, device)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    for name in page.evaluate("coursepack.reader.config.pages.map(page => page.id)"):
        page.evaluate("id => coursepack.reader.go(id, false)", name)
        assert faint(page) == [], name
        assert axe_finds(page.main_frame) == [], name
    assert [text for text in told if "style-src" in text] == []
    page.close()


@pytest.mark.parametrize("theme", ["auto", "dark", "sepia"])
def test_on_paper_letters_are_dark_and_coloured_ones_can_be_read(browser: Browser, folder: Path, theme: str) -> None:
    page = opened(browser, folder, theme, "light")
    page.emulate_media(media="print")
    assert faint(page) == []
    looks = "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
    assert page.locator("body").evaluate(looks) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    page.close()
