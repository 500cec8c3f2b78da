"""The hostile corpus in Chromium and in Firefox: no payload runs, and none loads anything.

Cleaner and policy each hold alone: the products are opened with their policy taken out, and raw payloads are put into
pages that have it. Each payload leaves a mark of its own (``self.name=/ran-…/``) or asks for an address of its own.
"""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Protocol

import pytest
from playwright.sync_api import Page

from coursepack.files.resources import templates_dir
from coursepack.inspection import write_page
from coursepack.languages import messages
from coursepack.languages.catalogues import words
from coursepack.model.course import Course
from coursepack.outline import Understood
from coursepack.registrar import diff_page, parts
from coursepack.render import page_template
from coursepack.writers import Context, load
from tests.clients.firefox import Tab, firefox
from tests.clients.scorm_lms import chromium
from tests.hostile import pages, products, roads
from tests.samples import ASSETS, everything

SHOWN = ("scorm12", "cc11", "moodle-xml", "moodle-backup")  # cc13 has the pages of cc11
ROADS = ("markdown", "docx", "course_json")

# Marks are kept in a list, for one window holds many; what would open a dialog does nothing.
BEFORE = """() => {
  const ran = [];
  Object.defineProperty(window, "name", { configurable: true, get: () => "", set: (value) => ran.push(String(value)) });
  Object.defineProperty(window, "ranHere", { value: ran });
  window.print = window.alert = () => undefined;
}"""
# Everything is clicked, focused and passed over; only what would leave the page is held back: what is no script.
PROVOKE = """(async () => {
  const script = (address) => /^javascript:/.test(String((address && address.baseVal) || address || ""));
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a, area");
    if (link && !script(link.href)) event.preventDefault();
  }, true);
  document.addEventListener("submit", (event) => {
    const sender = event.submitter;
    const address = sender && sender.hasAttribute("formaction") ? sender.formAction : event.target.action;
    if (!script(address)) event.preventDefault();
  }, true);
  const wait = (time) => new Promise((done) => setTimeout(done, time));
  await wait(30);
  for (const element of [...document.querySelectorAll("*:not([data-save])")]) {
    for (const name of ["mouseover", "focus", "toggle", "begin", "start"]) element.dispatchEvent(new Event(name));
    element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, view: window }));
  }
  await wait(30);
  const bad = [...document.querySelectorAll("*")].flatMap((element) =>
    [...element.attributes].filter((attribute) => /(^|:)(href|src|action|formaction|data)$/.test(attribute.name))
      .map((attribute) => attribute.value.replace(/[\\u0000-\\u0020]/g, ""))
      .filter((value) => /^[a-z][a-z0-9+.-]*:/i.test(value))
      .filter((value) => !/^(https?|mailto|ftps?|tel|data:image\\/(png|jpeg|gif|webp)|data:,)/i.test(value)));
  return JSON.stringify({ ran: window.ranHere, bad, elements: document.querySelectorAll("*").length });
})()"""


class Browser(Protocol):
    """What is asked of a browser."""

    def open(self, address: str) -> None: ...

    def evaluate(self, script: str) -> object: ...


@dataclass
class _Chromium:
    page: Page

    def __post_init__(self) -> None:
        self.page.context.add_init_script(f"({BEFORE})()")

    def open(self, address: str) -> None:
        self.page.goto(address)

    def evaluate(self, script: str) -> object:
        return self.page.evaluate(script)


@pytest.fixture(scope="module", params=["chromium", "firefox"])
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    if request.param == "chromium":
        with chromium() as started:
            yield _Chromium(started.new_page())
    else:
        with firefox(tmp_path_factory.mktemp("firefox"), BEFORE) as tab:
            yield tab


class _Listener(http.server.BaseHTTPRequestHandler):
    """The one who waits to be asked: stands for every address of the corpus."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_response(204)
        self.end_headers()

    do_POST = do_GET  # noqa: N815 - the names that http.server looks for

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def listener() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@dataclass
class Seen:
    """What happened on pages: marks that scripts left, addresses that must not be there or were asked for."""

    ran: list[str] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    elements: int = 0


def look(browser: Browser, shown: list[Path], listener: str) -> Seen:
    """Open every page, provoke whatever is on it, and tell what happened."""
    seen = Seen()
    _Listener.asked.clear()
    for path in shown:
        path.write_bytes(path.read_bytes().replace(f"http://{roads.HOST}/".encode(), listener.encode()))
        browser.open(path.as_uri())
        said = json.loads(str(browser.evaluate(PROVOKE)))
        seen.ran += [f"{path.name}: {mark}" for mark in said["ran"]]
        seen.bad += [f"{path.name}: {address}" for address in said["bad"]]
        seen.elements += said["elements"]
    seen.asked = sorted(set(_Listener.asked))
    return seen


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The products of the roads, by road."""
    folder = tmp_path_factory.mktemp("products")
    found = {}
    for road in ROADS:
        (folder / "source" / road).mkdir(parents=True)
        source = roads.ROADS[road](folder / "source" / road)
        found[road] = products.of_folder(source, folder / road, SHOWN)
    return found


@pytest.mark.parametrize("road", ROADS)
def test_nothing_runs_in_products_whose_policy_was_taken_out(
    browser: Browser, made: dict[str, list[Path]], road: str, listener: str, tmp_path: Path
) -> None:
    shown = pages.lay_out(made[road], tmp_path, policy=False)
    assert not any("Content-Security-Policy" in path.read_text("utf-8") for path in shown)
    assert len(shown) >= 12
    seen = look(browser, shown, listener)
    assert seen.elements > 1000
    assert (seen.ran, seen.bad, seen.asked) == ([], [], [])


# --- the policy alone ---------------------------------------------------------------------------------------------


def _pages_of_every_room(folder: Path) -> list[Path]:
    """A page of each room as it is made of a sound course."""
    course = everything("en")
    artifacts = [load(name).write(course, Context(assets=ASSETS)).artifacts[0] for name in ("scorm12", "cc13")]
    for artifact in artifacts:
        for member in artifact.members:
            path = folder / artifact.format / member.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(member.read())
    write_page(folder / "inspection.html", Understood(course=course, assets=ASSETS), messages.of("en"))
    (folder / "diff.html").write_bytes(_diff(course))
    index = page_template.fill(
        (templates_dir(),),
        "archive",
        "index.html",
        say=words("en"),
        language="en",
        title="t",
        bag="b",
        edition=[],
        groups=[],
        rebuilt=True,
    )
    (folder / "index.html").write_text(index, "utf-8")
    scorm = min((folder / "scorm12").glob("*/index.html"))
    return [
        scorm,
        folder / "cc13" / "w01-lecture.html",
        *(folder / f"{n}.html" for n in ("inspection", "diff", "index")),
    ]


def _diff(course: Course) -> bytes:
    revision = parts.of_course(course, "a")
    return diff_page.page(revision, revision, [])


def _injected(page: Path, payload: str, number: int) -> Path:
    """The page with a raw payload at the beginning of its text."""
    head, body, rest = page.read_text("utf-8").partition("<body>")
    path = page.with_name(f"{page.stem}-{number}.html")
    path.write_text(f"{head}{body}{payload}{rest}", "utf-8")
    return path


RAW = tuple(roads.payloads("html")) + tuple(f"<math>{text}</math>" for text in roads.payloads("math"))
# One of each mechanism: an element, a handler, an address, a frame, a style, something that loads.
FEW = tuple(RAW[number - 1] for number in (1, 4, 7, 8, 16, 17, 19, 22, 25, 26, 31, 35, 45, 53, 58, 60, 67, 91, 92, 104))


def test_nothing_runs_on_a_page_with_its_policy_that_nobody_cleaned(
    browser: Browser, listener: str, tmp_path: Path
) -> None:
    """Every payload on the plainest page, some of each mechanism on the pages of every room."""
    rooms = _pages_of_every_room(tmp_path)
    for page in rooms:
        raw = RAW if page.parent.name == "cc13" else ("\n".join(FEW),)
        shown = [_injected(page, payload, number) for number, payload in enumerate(raw)]
        seen = look(browser, shown, listener)
        assert (seen.ran, seen.asked) == ([], []), page


def test_the_payloads_run_where_neither_holds(browser: Browser, listener: str, tmp_path: Path) -> None:
    """The test's own eyes: on a bare page scripts leave their marks and addresses are asked for."""
    shown = []
    for number, payload in enumerate(RAW):
        path = tmp_path / f"{number}.html"
        path.write_text(pages.page(payload), "utf-8")
        shown.append(path)
    seen = look(browser, shown, listener)
    assert len({mark.partition(": ")[0] for mark in seen.ran}) >= 40
    assert len(seen.asked) >= 10


def test_pages_keep_what_their_policy_allows(browser: Browser, tmp_path: Path) -> None:
    """Opened from a folder: own style sheets and scripts work, pictures show, centred stays centred."""
    scorm, cartridge, *others = _pages_of_every_room(tmp_path)
    for page in (scorm, cartridge, *others):
        browser.open(page.as_uri())
        found = json.loads(str(browser.evaluate(_LOOKS)))
        assert found["broken"] == 0, page
        assert found["font"] not in {"serif", "Times New Roman"}, f"{page}: no style sheet"
        assert found["policy"] == 1
        assert found["scripts"] == (page is scorm), "the reader of a SCORM page started from a folder"


_LOOKS = """JSON.stringify({
  broken: [...document.images].filter((image) => !image.naturalWidth).length,
  font: getComputedStyle(document.body).fontFamily.split(",")[0].replace(/"/g, ""),
  policy: document.querySelectorAll("meta[http-equiv=Content-Security-Policy]").length,
  scripts: document.documentElement.classList.contains("js"),
})"""


def test_a_link_in_a_formula_is_followed_only_when_it_is_a_sound_one(tmp_path: Path) -> None:
    """Firefox makes a link of ``href`` on any element of MathML; a real click on one from TeX runs nothing."""
    from latex2mathml.converter import convert

    from coursepack.readers import mathml

    tex = r"\href{javascript:self.name=/ran-tex/}{xxxxxxxx}"
    made = mathml.of_tex(tex)
    assert made is not None
    raw, clean = tmp_path / "raw.html", tmp_path / "clean.html"
    raw.write_text(pages.page(convert(tex)), "utf-8")
    clean.write_text(pages.page(made.mathml), "utf-8")
    with firefox(tmp_path, BEFORE) as tab:
        assert _clicked(tab, raw) == ["/ran-tex/"], "the attack itself"
        assert _clicked(tab, clean) == []


def _clicked(tab: Tab, path: Path) -> list[str]:
    tab.open(path.as_uri())
    tab.click("mi")
    marks: list[str] = json.loads(str(tab.evaluate("JSON.stringify(window.ranHere)")))
    return marks
