"""An author repairs misread courses in Chromium: every planted error by one act, with the mouse, or by keys alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from coursepack.model.course import Course
from coursepack.model.questions import MultipleChoice
from coursepack.review.app import Pages, app
from coursepack.review.building import Building
from coursepack.review.course import Review
from coursepack.review.guard import Keys
from coursepack.review.serve import listening
from tests.clients.scorm_lms import chromium, need_module

DESKTOP = {"width": 1366, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@dataclass
class Author:
    """Someone at the page; ``acts`` counts what was sent to change the course."""

    page: Page
    review: Review
    keys: Keys
    address: str
    outside: list[str]
    problems: list[str]
    acts: int = 0

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
        self.page.locator(within).get_by_role("button", name=button, exact=True).first.click()
        until(lambda: self.review.now().revision != before)
        self.page.wait_for_load_state("networkidle")
        self.page.locator(".last").wait_for()
        self.acts += 1

    def begins(self, part: str, **fields: str) -> None:
        """«Here begins»: a part, with its number, week and title."""
        form = self.page.locator("form", has=self.page.locator("select[name=part]"))
        form.locator("select[name=part]").select_option(part)
        for name, value in fields.items():
            form.locator(f"input[name={name}]").fill(value)
        self.done("Say so", "form:has(select[name=part])")


def until(met: object) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if met():  # type: ignore[operator]
            return
        time.sleep(0.05)
    pytest.fail("nothing happened for a minute")


@contextmanager
def author(browser: Browser, folder: Path, size: dict[str, int] = DESKTOP, language: str = "en") -> Iterator[Author]:
    socket = listening(0)
    keys = Keys(socket.getsockname()[1])
    review = Review(folder)
    server: list[uvicorn.Server] = []
    pages = Pages(
        review, Building(output=folder.parent / "output"), keys, lambda: setattr(server[0], "should_exit", True)
    )
    server.append(uvicorn.Server(uvicorn.Config(app(pages), log_level="error", lifespan="off", ws="none")))
    thread = threading.Thread(target=server[0].run, kwargs={"sockets": [socket]}, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{keys.port}"
    context = browser.new_context(viewport=size, locale=language)  # type: ignore[arg-type]
    page = context.new_page()
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


def bare(course: Course) -> list[object]:
    """What a course teaches: without the places and the hashes of the sources that it was read from."""
    return [
        [(week.number, one.kind, one.number, one.title, len(one.blocks), len(one.review)) for one in week.sessions]
        for week in course.weeks
    ] + [[(len(task.blocks), task.number) for task in week.assignments] for week in course.weeks]


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
    gold = Review(lay(tmp_path / "gold", {"a.txt": lectures("Lecture {n}. {t}")}, "textbook")).now().understood.course
    assert [one.title for _, one in gold.sessions()] == TOPICS
    folder = lay(
        tmp_path / "made", {"a.txt": lectures("about {t}, the part that comes as number {n} and is read")}, "textbook"
    )
    with author(browser, folder) as one:
        assert [each.title for _, each in one.course.sessions()] != TOPICS
        for number, title in enumerate(TOPICS, 1):
            one.at(f"about {title}, the part")
            one.begins("lecture", number=str(number), week=str(number), title=title)
        assert one.acts == len(TOPICS)
        assert bare(one.course) == bare(gold)


def test_a_phantom_lecture(browser: Browser, tmp_path: Path) -> None:
    text = lectures("Lecture {n}. {t}")
    gold = Review(lay(tmp_path / "gold", {"a.txt": text}, "textbook")).now().understood.course
    made = text.replace(PROSE, f"{PROSE}\n\nLecture 9. As was said in the spring\n\nOf this more was said then.", 1)
    with author(browser, lay(tmp_path / "made", {"a.txt": made}, "textbook")) as one:
        assert len(list(one.course.sessions())) == len(TOPICS) + 1
        one.at("Lecture 9.")
        one.done("No part: text of what is above")
        assert [(week.number, each.title) for week, each in one.course.sessions()] == [
            (week.number, each.title) for week, each in gold.sessions()
        ]


def test_a_class_in_the_wrong_week(browser: Browser, tmp_path: Path) -> None:
    text = lectures("Lecture {n}. {t}").replace("Lecture 6. Frost", "Lecture 9. Frost")
    gold = Review(lay(tmp_path / "gold", {"a.txt": lectures("Lecture {n}. {t}")}, "textbook")).now().understood.course
    with author(browser, lay(tmp_path / "made", {"a.txt": text}, "textbook")) as one:
        one.at("Frost is what")
        form = one.page.locator("form", has=one.page.locator("input[name=session]"))
        form.locator("input[name=week]").fill("6")
        form.locator("input[name=number]").fill("6")
        one.done("Say so", "form:has(input[name=session])")
        assert one.acts == 1
        assert bare(one.course) == bare(gold)


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
            one.done("Say so", ".key")
        assert one.acts == len(TOPICS)
        questions = one.course.exam.questions if one.course.exam else ()
        right = [[c.fraction for c in q.choices] for q in questions if isinstance(q, MultipleChoice)]
        assert right == [[0.0, 1.0, 0.0]] * len(TOPICS)


def test_a_wrong_letter_and_a_lost_line(browser: Browser, tmp_path: Path) -> None:
    text = lectures("Lecture {n}. {t}")
    gold = Review(lay(tmp_path / "gold", {"a.txt": text}, "textbook")).now().understood.course
    made = text.replace("Lecture 4. Plants", "Lecture 4. P1ants")
    with author(browser, lay(tmp_path / "made", {"a.txt": made}, "textbook")) as one:
        one.at("P1ants")
        one.page.locator("textarea[name=text]").fill("Lecture 4. Plants")
        one.done("Write it so")
        assert bare(one.course) == bare(gold)
        one.done("Undo u", ".last") if one.page.locator(".last button").inner_text() == "Undo u" else None


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
        for path in ("/", "/?s=0&at=1", "/?s=0&at=3", "/next", "/doubts", "/about", "/corrections", "/build"):
            one.page.goto(one.address + path)
            wide = one.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, path
            one.page.evaluate(axe)
            found = one.page.evaluate(
                "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
            )
            said = [(each["id"], each["nodes"][0]["html"][:200]) for each in found["violations"]]
            assert said == [], f"{path}: {said}"


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
