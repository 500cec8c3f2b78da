"""A long text without headings in Chromium: places to go on from, what is left of it, where it was left; its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from coursepack.model.course import Course, Session, Week
from coursepack.writers import Context, load
from tests.clients.scorm_lms import served, until
from tests.clients.test_scorm_player import axe_finds
from tests.samples import b

DESKTOP, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
FILL = " ".join(["сөз"] * 150)
TEXTS = [f"{number}-абзацтың басы. Мұнда халқымыздың тарихы айтылады. {FILL}" for number in range(1, 8)]


def course() -> Course:
    long = Session(id="w01-lecture", kind="lecture", number=1, title="Ұзақ", blocks=b(*TEXTS))
    short = Session(id="w01-seminar", kind="seminar", number=1, title="Қысқа", blocks=b("Бір сөйлем."))
    return Course(
        id="long", title="Ұзақ мәтін", language="kk", weeks=(Week(id="w01", number=1, sessions=(long, short)),)
    )


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    found = {}
    root = tmp_path_factory.mktemp("long")
    for name in ("scorm12", "site"):
        writer = load(name)
        for member in writer.write(course(), Context(options=writer.options())).artifacts[0].members:
            path = root / name / member.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(member.read())
    with served(root) as address:
        found["scorm12"] = f"{address}/scorm12/w01/index.html"
        found["site"] = f"{address}/site/w01-lecture/index.html"
        yield found


def opened(browser: Browser, address: str, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=size).new_page()  # type: ignore[arg-type]  # a plain dict of width and height
    page.goto(address)
    page.wait_for_selector("html.ready", state="attached")
    return page


def left(page: Page) -> tuple[str, int]:
    """The place as it is reported, and the minutes."""
    place, minutes = re.fullmatch(r"(\d+/\d+) · шамамен (\d+) мин қалды", page.inner_text("#left")).groups()  # type: ignore[union-attr]
    return place, int(minutes)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["scorm12", "site"])
def test_places_of_a_long_text_by_keyboard(
    browser: Browser, addresses: dict[str, str], name: str, size: dict[str, int]
) -> None:
    page = opened(browser, addresses[name], size)
    links = page.locator("#menu .sections a")
    assert links.all_text_contents() == [
        f"{n}. «{at}-абзацтың басы. Мұнда халқымыздың…»" for n, at in ((1, 1), (2, 3), (3, 4), (4, 6))
    ]
    assert page.locator("h3").count() == 0  # no heading was made up
    assert left(page) == ("1/4", 7)
    page.evaluate("window.scrollTo(0, document.body.scrollHeight / 2)")
    until(page.main_frame, "/^[23]/.test(document.querySelector('#left').textContent)")
    assert 1 < left(page)[1] < 6

    if size is PHONE:  # the contents open over the text, wherever one reads
        page.locator("#menu-button").focus()
        page.keyboard.press("Enter")
        box = links.nth(2).bounding_box()
        assert box is not None
        assert page.locator(".bar").bounding_box()["height"] <= box["y"] < 844  # type: ignore[index]  # it is shown
        assert axe_finds(page.main_frame) == []
    links.nth(3).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent").startswith("6-абзац")
    assert page.evaluate("getComputedStyle(document.querySelector('#menu')).position") != "fixed"
    assert 0 < page.evaluate("document.activeElement.getBoundingClientRect().top") < 200
    until(page.main_frame, "document.querySelector('#left').textContent.startsWith('4/4')")
    assert page.locator("#menu .sections .passed").count() == 3
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    until(page.main_frame, "document.querySelector('#left').textContent === '4/4 · соңына дейін оқылды'")
    assert axe_finds(page.main_frame) == []
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    page.context.close()


def test_a_short_page_says_nothing_of_what_is_left(browser: Browser, addresses: dict[str, str]) -> None:
    page = opened(browser, f"{addresses['scorm12']}#w01-seminar", DESKTOP)
    assert page.inner_text("#left") == ""
    assert page.locator("#menu .sections").count() == 0
    page.context.close()


def test_a_page_of_the_site_offers_to_go_on_where_it_was_left(browser: Browser, addresses: dict[str, str]) -> None:
    page = opened(browser, addresses["site"], PHONE)
    assert page.get_by_role("link", name="Тоқтаған жерден жалғастыру").count() == 0
    page.evaluate("document.querySelectorAll('.text > p')[4].scrollIntoView()")
    page.wait_for_timeout(300)
    page.goto("about:blank")
    page.goto(addresses["site"])
    page.wait_for_selector("html.ready", state="attached")
    assert page.evaluate("window.scrollY") == 0
    page.get_by_role("link", name="Тоқтаған жерден жалғастыру").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent").startswith("5-абзац")
    page.context.close()


def test_a_word_is_found_where_its_ending_takes_a_vowel(browser: Browser, addresses: dict[str, str]) -> None:
    page = opened(browser, addresses["scorm12"], DESKTOP)
    page.keyboard.press("/")
    until(page.main_frame, "coursepack.search.index")
    page.fill("#search-field", "халық")
    assert page.locator("#search li").count() == 7
    assert set(page.locator("#search mark").all_inner_texts()) == {"халқымыздың"}
    page.context.close()
