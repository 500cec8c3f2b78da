"""The web site in Chromium: in a subfolder of a server, without its server, from a disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from coursepack.model.course import Course, Session, Week
from coursepack.writers import Context, load
from tests.clients.scorm_lms import PHONE, need_module, served, until
from tests.samples import ASSETS, b, everything


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("www")
    writer = load("site")
    (artifact,) = writer.write(everything(), Context(assets=ASSETS, options=writer.options())).artifacts
    for member in artifact.members:
        path = root / "courses" / "one" / member.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member.read())
    return root


def problems(page: Page) -> list[str]:
    """What axe finds."""
    page.evaluate((need_module("axe-core") / "axe.min.js").read_text("utf-8"))
    found: list[str] = page.evaluate("axe.run(document).then(r => r.violations.map(v => v.id))")
    return found


def test_it_is_read_in_a_subfolder_remembers_and_opens_without_the_server(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport=PHONE, bypass_csp=True)  # type: ignore[arg-type]  # width and height
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda problem: told.append(str(problem)))
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if "127.0.0.1" not in request.url else None)
    with served(folder) as base:
        start = f"{base}/courses/one/"
        page.goto(start)
        assert problems(page) == []
        assert page.inner_text("#progress-text") == "Оқылған беттер: 0 / 18"
        page.click("#go-on")
        page.goto(f"{start}policy-1/index.html")
        page.click("a[rel=next]")
        page.wait_for_url(lambda address: "/policy-1/" not in address)
        page.click("a[rel=prev]")
        page.wait_for_url("**/policy-1/index.html*")
        until(page.main_frame, "document.documentElement.classList.contains('ready')")
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        until(page.main_frame, "document.querySelector('#progress-text').textContent.startsWith('Оқылған беттер: 1 ')")
        page.locator("[data-open=search]").click()
        until(page.main_frame, "coursepack.search.index")
        page.fill("#search-field", "екінші дәріс")
        page.keyboard.press("Enter")
        page.wait_for_url("**/w02-lecture/index.html*")
        page.goto(f"{start}w01-lecture-review/index.html")
        assert problems(page) == []
        page.fill("textarea", "менің жауабым")
        until(page.main_frame, "Object.values(localStorage).some(text => text.includes('менің жауабым'))")
        page.goto(start)
        assert page.inner_text("#go-on") == "Жалғастыру: Бақылау сұрақтары. 1-дәріс"
        assert page.inner_text("#progress-text").startswith("Оқылған беттер: 1 ")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")

    # The server is gone.
    page.goto(f"{start}w01-lecture/")
    assert page.inner_text("h2").startswith("1-дәріс.")
    until(page.main_frame, "document.querySelector('img').naturalWidth > 0")
    page.goto(f"{start}w01-lecture-review/index.html")
    assert page.input_value("textarea") == "менің жауабым"
    assert (told, outside) == ([], [])
    context.close()


def test_it_opens_from_a_disk(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.goto((folder / "courses" / "one" / "index.html").as_uri())
    page.click("a[data-page='w01-lecture']")
    page.click("a[rel=next]")
    assert page.title().startswith("1-семинар")
    assert page.locator("#menu a[aria-current=page]").get_attribute("data-page") == "w01-seminar"
    page.click(".bar h1 a")
    assert page.locator("h1").inner_text() == "Үлгі курс: «билік» & <заң>"
    assert told == []
    page.close()


@pytest.mark.parametrize(("weeks", "width", "beside"), [(15, 1366, True), (15, 390, False), (3, 1366, False)])
def test_many_weeks_stand_two_beside_each_other_where_there_is_room(
    browser: Browser, tmp_path: Path, weeks: int, width: int, beside: bool
) -> None:
    numbers = range(1, weeks + 1)
    lectures = [Session(id=f"w{n:02}-lecture", kind="lecture", number=n, blocks=b("Мәтін.")) for n in numbers]
    made = tuple(
        Week(id=f"w{n:02}", number=n, sessions=(lecture,)) for n, lecture in zip(numbers, lectures, strict=True)
    )
    writer = load("site")
    course = Course(id="weeks", title="Апталар", language="kk", weeks=made)
    for member in writer.write(course, Context(options=writer.options())).artifacts[0].members:
        path = tmp_path / member.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member.read())
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((tmp_path / "index.html").as_uri())
    tops = page.evaluate("[...document.querySelectorAll('.part')].map(part => part.getBoundingClientRect().top)")
    assert len(tops) == weeks + 1  # and what is said about the course
    assert (len(set(tops)) < len(tops)) is beside
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
