"""An author repairs misread courses in Chromium: every planted error by one act, with the mouse, or by keys alone."""

from __future__ import annotations

import json
import os
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.course_json import encode
from coursepack.model.questions import MultipleChoice
from coursepack.review.app import ReviewPages, app
from coursepack.review.building import ReviewBuild
from coursepack.review.course import CourseReview
from coursepack.review.guard import SessionSecrets
from coursepack.review.serve import listening
from tests.clients.scorm_lms import need_module
from tests.review.test_sources_shown import pages
from tests.test_thirty_kinds import pptx

DESKTOP = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE = 240
"""Seconds that a page may take on a machine that much else runs on; nothing waits longer than it has to."""


@dataclass
class Author:
    """Someone at the page; ``acts`` counts what was sent to change the course."""

    page: Page
    review: CourseReview
    keys: SessionSecrets
    address: str
    outside: list[str]
    problems: list[str]
    acts: int = 0
    seconds: list[float] = field(default_factory=list)
    """From each press to the page that came of it."""

    @property
    def course(self) -> Course:
        return self.review.now().understood.course

    def at(self, text: str, file: int = 0) -> None:
        """Choose the line that holds a text."""
        units = self.review.now().understood.ledgers[file].units
        number = next(number for number, line in units.items() if text in line)
        self.page.goto(f"{self.address}/?s={file}&at={number}")

    def done(self, button: str, within: str = ".acts") -> None:
        """Press a button and wait for the page that comes of it."""
        before = self.review.now().revision
        start = time.perf_counter()
        self.page.locator(within).get_by_role("button", name=button, exact=True).first.click()
        self.page.locator(f"[data-revision]:not([data-revision='{before}'])").wait_for(state="attached")
        self.seconds.append(time.perf_counter() - start)
        assert self.review.now().revision != before
        self.page.locator(".last").wait_for()
        self.acts += 1

    def told(self, errors: int) -> None:
        """What the repair took, for whoever runs the tests with ``-s``; at most one act an error."""
        name = os.environ["PYTEST_CURRENT_TEST"].split("::")[1].split(" ")[0]
        print(f"\n{name}: {self.acts} acts for {errors} errors, {sum(self.seconds):.1f} s until all was redrawn")  # noqa: T201
        assert self.acts <= errors

    def begins(self, part: str, **fields: str) -> None:
        """«Here begins»: a part, with its number, week and title."""
        form = self.page.locator("form", has=self.page.locator("select[name=part]"))
        form.locator("select[name=part]").select_option(part)
        for name, value in fields.items():
            form.locator(f"input[name={name}]").fill(value)
        self.done("Save", "form:has(select[name=part])")


def until(met: object) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if met():  # type: ignore[operator]
            return
        time.sleep(0.05)
    pytest.fail(f"nothing happened for {PATIENCE} seconds")


def settled(page: Page) -> None:
    """Wait until htmx has bound what came.

    Playwright's own ``wait_for_function`` makes a function of a text inside the page as soon as it has to ask twice,
    which the policy of the page forbids.
    """
    busy = ".htmx-request, .htmx-swapping, .htmx-added, .htmx-settling"
    until(lambda: page.locator(busy).count() == 0)


@contextmanager
def author(browser: Browser, folder: Path, size: dict[str, int] = DESKTOP, language: str = "en") -> Iterator[Author]:
    socket = listening(0)
    keys = SessionSecrets(socket.getsockname()[1])
    review = CourseReview(folder)
    server: list[uvicorn.Server] = []
    pages = ReviewPages(
        review, ReviewBuild(output=folder.parent / "output"), keys, lambda: setattr(server[0], "should_exit", True)
    )
    server.append(uvicorn.Server(uvicorn.Config(app(pages), log_level="error", lifespan="off", ws="none")))
    thread = threading.Thread(target=server[0].run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{keys.port}"
    context = browser.new_context(viewport=size, locale=language)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    outside: list[str] = []
    problems: list[str] = []
    page.on(
        "request", lambda asked: outside.append(asked.url) if not asked.url.startswith(("data:", address)) else None
    )
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.goto(keys.address)
    yield Author(page, review, keys, address, outside, problems)
    context.close()
    server[0].should_exit = True
    thread.join(timeout=20)
    assert outside == []
    assert [one for one in problems if "409" not in one] == []


def lay(folder: Path, files: dict[str, str], role: str, language: str = "en") -> Path:
    folder.mkdir()
    sources = "".join(f'\n[[source]]\nfile = "{name}"\nrole = "{role}"\n' for name in files)
    (folder / "course.toml").write_text(f'id = "made"\ntitle = "Made"\nlanguage = "{language}"\n{sources}', "utf-8")
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def bare(course: Course) -> object:
    """course.json without the places, and without the hashes of the sources that it was read from."""

    def without(value: object) -> object:
        if isinstance(value, dict):
            return {name: without(one) for name, one in value.items() if name not in {"place", "sources"}}
        return [without(one) for one in value] if isinstance(value, list) else value

    return without(json.loads(encode(course)))


def gold(folder: Path, text: str, role: str, name: str = "a.txt") -> Course:
    """What an author means: the course of the same document without the error."""
    return CourseReview(lay(folder / "gold", {name: text}, role)).now().understood.course


PROSE = (
    "It holds water, air and the remains of what lived in it once, and the roots of plants find in it what they need; "
    "where it is thin, nothing but moss and grass can grow, and the rain carries it away in a few years."
)
TOPICS = ["Soil", "Water", "Humus", "Plants", "Salts", "Frost"]


def lectures(head: str) -> str:
    return "\n".join(
        f"{head.format(n=n, t=t)}\n\n{t} is what this part is about. {PROSE}\n" for n, t in enumerate(TOPICS, 1)
    )


def test_lost_titles_of_lectures(browser: Browser, tmp_path: Path) -> None:
    """Six lectures whose headings nothing tells from text."""
    meant = gold(tmp_path, lectures("Lecture {n}. {t}"), "textbook")
    assert [one.title for _, one in meant.sessions()] == TOPICS
    folder = lay(
        tmp_path / "made", {"a.txt": lectures("about {t}, the part that comes as number {n} and is read")}, "textbook"
    )
    with author(browser, folder) as one:
        assert [each.title for _, each in one.course.sessions()] != TOPICS
        for number, title in enumerate(TOPICS, 1):
            one.at(f"about {title}, the part")
            one.begins("lecture", number=str(number), week=str(number), title=title)
        one.told(len(TOPICS))
        assert bare(one.course) == bare(meant)


def test_a_phantom_lecture(browser: Browser, tmp_path: Path) -> None:
    text = lectures("Lecture {n}. {t}")
    meant = gold(tmp_path, text, "textbook")
    made = text.replace(PROSE, f"{PROSE}\n\nLecture 9. As was said in the spring\n\nOf this more was said then.", 1)
    with author(browser, lay(tmp_path / "made", {"a.txt": made}, "textbook")) as one:
        assert len(list(one.course.sessions())) == len(TOPICS) + 1
        one.at("Lecture 9.")
        one.done("No part: text of what is above")
        one.told(1)
        assert [(week.number, each.title) for week, each in one.course.sessions()] == [
            (week.number, each.title) for week, each in meant.sessions()
        ]


def test_a_class_in_the_wrong_week(browser: Browser, tmp_path: Path) -> None:
    text = lectures("Lecture {n}. {t}").replace("Lecture 6. Frost", "Lecture 9. Frost")
    meant = gold(tmp_path, lectures("Lecture {n}. {t}"), "textbook")
    with author(browser, lay(tmp_path / "made", {"a.txt": text}, "textbook")) as one:
        one.at("Frost is what")
        form = one.page.locator("form", has=one.page.locator("input[name=session]"))
        form.locator("input[name=week]").fill("6")
        form.locator("input[name=number]").fill("6")
        one.done("Save", "form:has(input[name=session])")
        one.told(1)
        assert bare(one.course) == bare(meant)


BANK = "Test questions\n\n" + "\n".join(
    f"{n}. What is said of {t.lower()} in the course?\nA) nothing\nB) that it is thin\nC) that it is deep\n"
    for n, t in enumerate(TOPICS, 1)
)


def test_keys_of_a_bank(browser: Browser, tmp_path: Path) -> None:
    """Right answers that nobody wrote: the queue leads from one question to the next."""
    with author(browser, lay(tmp_path / "made", {"a.txt": BANK}, "tests")) as one:
        for _ in TOPICS:
            one.page.goto(f"{one.address}/doubts")
            one.page.locator(".doubts a", has_text="without a right answer").first.click()
            one.page.get_by_label("that it is thin").check()
            one.done("Save", ".key")
        one.told(len(TOPICS))
        questions = one.course.exam.questions if one.course.exam else ()
        right = [[c.fraction for c in q.choices] for q in questions if isinstance(q, MultipleChoice)]
        assert right == [[0.0, 1.0, 0.0]] * len(TOPICS)


WORKS = [
    "Describe the soil of your garden in ten lines",
    "Measure the water in a pot of earth",
    "Draw a section through a hill",
    "Collect five leaves and name them",
    "Count the stones in a square metre",
    "Weigh a litre of dry sand",
]


@pytest.mark.parametrize("way", ["numbers", "sentences", "semicolons", "lines"])
def test_six_tasks_run_into_one(browser: Browser, tmp_path: Path, way: str) -> None:
    """All the tasks in one paragraph: one act, whatever parts them."""
    head = lectures("Lecture {n}. {t}") + "\n\nTasks for independent work\n\n"
    numbered = [f"{n}. {task}." for n, task in enumerate(WORKS, 1)]
    forms = {
        "numbers": (" ".join(numbered), numbered),
        "sentences": (". ".join(WORKS) + ".", [f"• {task}." for task in WORKS]),
        "semicolons": ("; ".join(WORKS).lower() + ".", [f"• {task.lower()};" for task in WORKS[:-1]]),
        "lines": ("\n".join(WORKS).lower(), [f"• {task.lower()}" for task in WORKS]),
    }
    run, listed = forms[way]
    listed += [f"• {WORKS[-1].lower()}."] if way == "semicolons" else []
    meant = gold(tmp_path, head + "\n".join(listed), "textbook")
    assert sum(len(week.assignments) for week in meant.weeks) == len(WORKS)
    with author(browser, lay(tmp_path / "made", {"a.txt": head + run}, "textbook")) as one:
        assert sum(len(week.assignments) for week in one.course.weeks) == 1
        one.at("escribe the soil")
        one.done(f"by {way} (6)")
        one.told(1)
        assert bare(one.course) == bare(meant)
        (entry,) = tomllib.loads(one.review.now().text)["correction"]
        assert (entry["kind"], len(entry["items"])) == ("items", 5)


ODD = {
    "arrows": ("→ {}", "", "→", "sign"),
    "counted": ("opt-{n} {}", "", "opt-a", "sign"),
    "brackets": ("[{}]", "", "[…]", "sign"),
    "beside": ("{}", " ¦ ", "¦", "between"),
}


@pytest.mark.parametrize("shape", ODD)
def test_a_bank_with_an_odd_shape_of_answers(browser: Browser, tmp_path: Path, shape: str) -> None:
    """One act for a whole bank: the sign that its answers have is proposed by the page."""
    form, between, sign, how = ODD[shape]
    answers = ["nothing", "that it is thin", "that it is deep"]
    asked = [f"{n}. What is said of {t.lower()} in the course?" for n, t in enumerate(TOPICS, 1)]
    good = "\n".join(f"{letter}) {text}" for letter, text in zip("ABC", answers, strict=True))
    odd = (between or "\n").join(
        form.replace("{n}", letter).replace("{}", text) for letter, text in zip("abc", answers, strict=True)
    )
    meant = gold(tmp_path, "Test questions\n\n" + "\n\n".join(f"{q}\n{good}" for q in asked) + "\n", "tests")
    made = "Test questions\n\n" + "\n\n".join(f"{q}\n{odd}" for q in asked) + "\n"
    with author(browser, lay(tmp_path / "made", {"a.txt": made}, "tests")) as one:
        assert bare(one.course) != bare(meant)
        one.at("nothing")
        one.page.get_by_text("An answer of a test", exact=True).click()
        assert one.page.locator("input[name=sign]").input_value() == sign
        assert one.page.locator("select[name=how]").input_value() == how
        one.done("So in all of the file")
        one.told(1)
        assert bare(one.course) == bare(meant)


@pytest.mark.parametrize("kind", ["plan", "text"])
def test_a_missing_week(browser: Browser, tmp_path: Path, kind: str) -> None:
    """A row without its week, a lecture without its heading."""
    rows = "\n".join(f"| {n} | {t} of the earth | 2 |" for n, t in enumerate(TOPICS, 1))
    right = f"# Plan\n\n| Week | Topic | Hours |\n|---|---|---|\n{rows}\n"
    wrong = right.replace("| 4 | Plants", "| | Plants")
    name, role = "a.md", "syllabus"
    if kind == "text":
        right, name, role = lectures("Lecture {n}. {t}"), "a.txt", "textbook"
        wrong = right.replace("Lecture 4. Plants", "Plants")
    meant = gold(tmp_path, right, role, name)
    with author(browser, lay(tmp_path / "made", {name: wrong}, role)) as one:
        assert [week.number for week in one.course.weeks] == [1, 2, 3, 5, 6]
        one.at("Plants")
        if kind == "plan":
            form = one.page.locator("form", has=one.page.locator("input[name=session]"))
            form.locator("input[name=week]").fill("4")
            one.done("Save", "form:has(input[name=session])")
        else:
            one.begins("lecture", number="4")
        one.told(1)
        assert bare(one.course) == bare(meant)


def test_a_line_that_was_set_aside(browser: Browser, tmp_path: Path) -> None:
    """The number of a page that is none: the line is brought back, and undo sets it aside again."""
    text = "Lecture 1. Soil\n\n" + "\n\n\n".join(f"{PROSE}\n\n{n}" for n in range(1, 7))
    with author(browser, lay(tmp_path / "made", {"a.txt": text}, "textbook")) as one:
        toml, before = one.review.now().text, bare(one.course)
        number = next(n for n, line in one.review.now().understood.ledgers[0].units.items() if line == "4")
        one.page.goto(f"{one.address}/?s=0&at={number}")
        one.done("This is content")
        one.told(1)
        (_, session), *_ = one.course.sessions()
        assert [block_text((block,)) for block in session.blocks] == [*[PROSE] * 4, "4", *[PROSE] * 2]
        one.page.locator(".last").get_by_role("button", name="Undo").click()
        until(lambda: one.review.now().text == toml)
        assert bare(one.course) == before


def test_a_wrong_letter(browser: Browser, tmp_path: Path) -> None:
    text = lectures("Lecture {n}. {t}")
    meant = gold(tmp_path, text, "textbook")
    made = text.replace("Lecture 4. Plants", "Lecture 4. P1ants")
    with author(browser, lay(tmp_path / "made", {"a.txt": made}, "textbook")) as one:
        one.at("P1ants")
        one.page.locator("textarea[name=text]").fill("Lecture 4. Plants")
        one.done("Save", "form:has(textarea[name=text])")
        one.told(1)
        assert bare(one.course) == bare(meant)


def test_keys_alone(browser: Browser, tmp_path: Path) -> None:
    """No mouse: to a line by arrows, an act by Tab and Enter, undo by u."""
    with author(browser, lay(tmp_path / "made", {"a.txt": lectures("Lecture {n}. {t}")}, "textbook")) as one:
        one.page.locator(".lines").focus()
        for _ in range(3):
            one.page.keyboard.press("ArrowDown")
        number = one.page.evaluate("document.activeElement.textContent")
        assert number.isdecimal()
        one.page.keyboard.press("Enter")
        one.page.locator(".acts").wait_for()
        assert one.page.evaluate("document.activeElement.className") == "acts"
        before = one.review.now().text
        for _ in range(40):
            one.page.keyboard.press("Tab")
            if one.page.evaluate("document.activeElement.textContent.trim()") == "Not content":
                break
        one.page.keyboard.press("Enter")
        one.page.locator(".last").wait_for()
        # A key that is pressed while htmx still binds what came goes nowhere.
        settled(one.page)
        assert one.review.now().text != before
        one.page.keyboard.press("u")
        until(lambda: one.review.now().text == before)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("language", ["en", "kk", "ru"])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, size: dict[str, int], language: str) -> None:
    folder = lay(
        tmp_path / "made",
        {"a.txt": lectures("Lecture {n}. {t}"), "b.txt": "Exam questions\n\n1. Why?\n2. How?\n"},
        "textbook",
    )
    axe = (need_module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    with author(browser, folder, size, language) as one:
        for path in (
            "/",
            "/?s=0&at=1",
            "/?s=0&at=3",
            "/next",
            "/doubts",
            "/about",
            "/department",
            "/corrections",
            "/build",
        ):
            one.page.goto(one.address + path)
            wide = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, path
            one.page.evaluate(axe)
            found = one.page.evaluate(
                "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
            )
            said = [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
            assert said == [], f"{path}: {said}"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_in_drawn_sources(browser: Browser, tmp_path: Path, size: dict[str, int]) -> None:
    """A page of a PDF and slides; a click on a box of the page marks its line and what came of it."""
    folder = lay(tmp_path / "made", {}, "lecture")
    (folder / "a.pdf").write_bytes(pages(2))
    (folder / "b.pptx").write_bytes(pptx())
    toml = folder / "course.toml"
    toml.write_text(
        toml.read_text("utf-8")
        + "".join(
            f'\n[[source]]\nfile = "{name}"\nrole = "{role}"\n'
            for name, role in (("a.pdf", "textbook"), ("b.pptx", "lecture"))
        ),
        "utf-8",
    )
    axe = (need_module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    with author(browser, folder, size) as one:
        for path in ("/?s=0", "/?s=0&at=3", "/?s=1&at=2"):
            one.page.goto(one.address + path)
            one.page.evaluate(axe)
            found = one.page.evaluate(
                "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
            )
            said = [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
            assert said == [], f"{path}: {said}"
        one.page.goto(f"{one.address}/?s=0")
        one.page.locator(".sheet a").nth(2).focus()
        one.page.keyboard.press("Enter")
        one.page.locator(".sheet rect.marked").wait_for()
        assert one.page.locator(".piece.marked").count() == 1


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_after_an_act_and_beside_an_edition(
    browser: Browser, tmp_path: Path, size: dict[str, int]
) -> None:
    """What is gone and what came is longer than its box; the editions have a switch; a question has its panel."""
    folder = lay(tmp_path / "made", {"a.txt": lectures("Lecture {n}. {t}"), "b.txt": BANK}, "textbook", "kk")
    toml = folder / "course.toml"
    toml.write_text(toml.read_text("utf-8").replace('"kk"', '"kk"\nlanguages = ["en"]', 1), "utf-8")
    axe = (need_module("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    with author(browser, folder, size, "kk") as one:
        one.page.goto(f"{one.address}/?s=0&at=7")
        one.page.locator(".editions button", has_text="English").click()
        one.page.locator(".editions [aria-pressed=true]", has_text="English").wait_for()
        one.at("Soil is what")
        one.done("Мазмұнға жатпайды")
        for path in ("/?s=0&at=7", "/about", "/corrections", "/?part=exam"):
            one.page.goto(one.address + path)
            wide = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, path
            one.page.evaluate(axe)
            found = one.page.evaluate(
                "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
            )
            assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]] == [], path


def tabbed(page: Page, wanted: str) -> None:
    """Press Tab until a thing is in focus, and that can be seen; all is passed once at most."""
    stops = page.evaluate("document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]').length")
    outline = (
        "wanted => document.activeElement.matches(wanted) && getComputedStyle(document.activeElement).outlineStyle"
    )
    for _ in range(stops + 2):
        page.keyboard.press("Tab")
        if seen := page.evaluate(outline, wanted):
            assert seen != "none", wanted
            return
    pytest.fail(f"no Tab leads to {wanted}")


def test_every_view_by_keys_alone(browser: Browser, tmp_path: Path) -> None:
    """No mouse: queue, form, department, corrections, build, language and the end, each by Tab, Enter and Space."""
    folder = lay(tmp_path / "made", {"a.txt": BANK}, "tests")
    with author(browser, folder) as one:
        page = one.page

        def follow(link: str, came: str) -> None:
            tabbed(page, link)
            page.keyboard.press("Enter")
            page.locator(came).first.wait_for()
            settled(page)

        follow("nav a[href='/doubts']", "[aria-current=page][href='/doubts']")
        follow(".doubts a[href*='question=']", ".key")
        tabbed(page, "[name=answers]")
        page.keyboard.press("Space")
        before = one.review.now().revision
        follow(".key button", f"main:not([data-revision='{before}'])")
        follow("nav a[href='/about']", "[aria-current=page][href='/about']")
        tabbed(page, "[name=code]")
        page.keyboard.type("SO 1101")
        before = one.review.now().revision
        follow("form:has([name=code]) > button.main", f"main:not([data-revision='{before}'])")
        assert one.course.about.code == "SO 1101"
        follow("a[href='/department']", "[name=place]")
        assert page.url.endswith("/department")
        assert page.evaluate("scrollY") == 0
        follow("nav a[href='/corrections']", "[aria-current=page][href='/corrections']")
        before = one.review.now().revision
        follow("form:has([name=index]) button", f"main:not([data-revision='{before}'])")
        assert "correction" not in tomllib.loads(one.review.now().text)
        follow("nav a[href='/build']", "[name='format.gift']")
        for name in page.locator("input[type=checkbox]:checked").evaluate_all("all => all.map(one => one.name)"):
            tabbed(page, f"[name='{name}']")
            page.keyboard.press("Space")
        follow(".languages [lang=ru]", ".languages [lang=ru][aria-pressed=true]")
        assert page.locator("html").get_attribute("lang") == "ru"
        follow("form[action='/stop'] button", "h1:has-text('Остановлено')")


CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'
# Those that Tab did not stop at; of radio buttons of one name it stops at one.
MISSED = """controls => [...document.querySelectorAll(controls)]
  .filter(one => one.checkVisibility() && !one.disabled && one.type !== 'hidden' && !met.has(one) && !met.has(one.name))
  .map(one => one.outerHTML.slice(0, 150))"""
STOPPED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  window.met = window.met || new Set();
  window.met.add(one.type === 'radio' ? one.name : one);
  const shown = box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight && box.width > 0;
  return one === document.body ? 'end' : shown;
}"""


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_tab_reaches_every_control_of_every_view_and_shows_it(
    browser: Browser, tmp_path: Path, size: dict[str, int]
) -> None:
    files = {"a.txt": lectures("Lecture {n}. {t}"), "b.txt": "Exam questions\n\n1. Why?\n2. How?\n"}
    with author(browser, lay(tmp_path / "made", files, "textbook"), size) as one:
        for path in ("/", "/?s=0&at=3", "/doubts", "/about", "/department", "/corrections", "/build"):
            one.page.goto(one.address + path)
            settled(one.page)
            head = one.page.evaluate("document.querySelector('header').offsetHeight")
            assert head <= (120 if size is PHONE else 60), path
            one.page.evaluate("document.activeElement.blur(); document.body.tabIndex = -1; document.body.focus()")
            for _ in range(2 * one.page.locator(CONTROLS).count()):
                one.page.keyboard.press("Tab")
                shown = one.page.evaluate(STOPPED)
                if shown == "end":
                    break
                what = "document.activeElement.outerHTML.slice(0, 150)"
                assert shown, f"{path}: {one.page.evaluate(what)}"
            assert one.page.evaluate(MISSED, CONTROLS) == [], path


def test_a_page_of_somebody_else_gets_nothing(browser: Browser, tmp_path: Path) -> None:
    """A hostile page on another origin: no form, no request, no frame of it reaches the course."""
    with author(browser, lay(tmp_path / "made", {"a.txt": lectures("Lecture {n}. {t}")}, "textbook")) as one:
        before = one.review.now().text
        stranger = one.page.context.new_page()
        stranger.goto("data:text/html,<p>elsewhere")
        got = stranger.evaluate(
            """async address => {
                const said = [];
                for (const [path, method] of [["/", "GET"], ["/stop", "POST"], ["/act", "POST"]])
                    said.push(await fetch(address + path, {method, mode: "no-cors", credentials: "include"})
                        .then(answer => answer.type, () => "refused"));
                const frame = document.createElement("iframe");
                frame.src = address + "/";
                document.body.append(frame);
                await new Promise(done => setTimeout(done, 500));
                return said;
            }""",
            one.address,
        )
        assert set(got) <= {"opaque", "refused"}
        assert stranger.frames[-1].locator(".lines").count() == 0
        assert one.review.now().text == before
        one.page.goto(f"{one.address}/doubts")
        assert one.page.locator("h1").count() == 1
        stranger.close()
        one.problems.clear()
        one.outside.clear()


def test_a_paper_of_the_build_is_looked_at(browser: Browser, tmp_path: Path) -> None:
    """The syllabus is made, LibreOffice draws it, its pages stand in the page."""
    with author(browser, lay(tmp_path / "made", {"a.txt": lectures("Lecture {n}. {t}")}, "textbook")) as one:
        one.page.goto(f"{one.address}/build")
        for box in one.page.locator("input[type=checkbox]").all():
            box.set_checked(box.get_attribute("name") == "format.syllabus")
        one.page.get_by_role("button", name="Build these", exact=True).click()
        look = one.page.get_by_role("link", name="look at its pages").first
        look.wait_for(timeout=60_000)
        one.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        one.page.evaluate((need_module("axe-core") / "axe.min.js").read_text(encoding="utf-8"))
        found = one.page.evaluate(
            "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
        )
        assert [each["id"] for each in found["violations"]] == []
        look.click()
        picture = one.page.locator("img.paper")
        picture.wait_for(timeout=90_000)
        until(lambda: picture.evaluate("one => one.complete && one.naturalWidth") > 1000)
        assert one.page.locator("h1").inner_text() == "made-syllabus.docx"
