"""A learner plays a SCORM package in Moodle from its own list: three SCOs, back to the first, and a second visit."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Frame, Page

from coursepack.files.zipped import zip_bytes
from coursepack.model.course import Course, Session, Week
from coursepack.model.questions import TrueFalse
from coursepack.writers import Context, load
from tests import samples
from tests.clients.moodle.moodle import PATIENCE, SIGN_INS, Moodle, sign_in, signed_in
from tests.clients.scorm_lms import until

ELEMENTS = {
    "scorm12": ("cmi.core.lesson_status", "cmi.core.score.raw", "cmi.core.total_time"),
    "scorm2004": ("cmi.completion_status", "cmi.score.raw", "cmi.total_time"),
}

SAID = "Оқыту жүйесі соңғы жұмысыңыздың сақталғанын растамады. Ол осы браузерде сақтаулы"


def week(number: int) -> Week:
    code = f"w{number:02d}"
    question = TrueFalse(id=f"{code}-q", number=1, text=samples.b("Рас па?"), answer=True)
    lecture = Session(
        id=f"{code}-lecture", kind="lecture", number=number, blocks=samples.b("Мәтін."), review=(question,)
    )
    seminar = Session(id=f"{code}-seminar", kind="seminar", number=number, blocks=samples.b("Сұрақтар."))
    return Week(id=code, number=number, sessions=(lecture, seminar))


def sco(page: Page) -> Frame:
    """The SCO that the player shows, when its reader stands."""
    for _ in range(160):
        for frame in page.frames:
            if "/mod_scorm/content/" in frame.url and ready(frame):
                return frame
        page.wait_for_timeout(250)
    raise AssertionError(f"no SCO in {page.url}")


def ready(frame: Frame) -> bool:
    """Whether the reader stands; one that was left (``choose``) does not, though it may still be there. The name of
    what ``choose`` sets is the id of no element, each of which is a name of the window as well."""
    try:
        return bool(frame.evaluate("document.documentElement.classList.contains('ready') && !window.leftBehind"))
    except Error:
        return False


def choose(page: Page, id_: str) -> Frame:
    sco(page).evaluate("window.leftBehind = true")
    page.locator(f"a[data-scoid='{id_}']").first.click()
    frame = sco(page)
    assert frame.evaluate("coursepack.reader.lms.open")
    assert frame.locator("#notices .important").count() == 0
    return frame


def answer(frame: Frame) -> None:
    """Ticks the right answer of the SCO's question and has it checked."""
    frame.evaluate("coursepack.reader.go(document.querySelector('.question').closest('.page').id, true)")
    frame.locator(".page.current .question input").first.check()
    frame.locator(".page.current [data-check]").click()
    until(frame, "Object.keys(coursepack.reader.store.marked).length === 1")
    frame.page.wait_for_timeout(1200)


def course() -> Course:
    return Course(id="played", title="Ойнату", language="kk", weeks=tuple(week(n) for n in range(1, 4)))


def put(moodle: Moodle, folder: Path, kind: str, *, window: bool = False) -> tuple[str, Any]:
    """A course that holds the package as an activity."""
    writer = load(kind)
    package = folder / f"{kind}.zip"
    package.write_bytes(
        zip_bytes(
            writer.write(course(), Context(options=writer.options(page_read="end"), version="test"))
            .artifacts[0]
            .members
        )
    )
    backup = folder / "course.mbz"
    backup.write_bytes(zip_bytes(load("moodle-backup").write(course(), Context()).artifacts[0].members))
    home = moodle.run("restore", backup)["course"]
    return home, moodle.run("scorm", home, package, int(window))


def arrived(moodle: Moodle, cmid: int, user: int, score: str) -> None:
    """Waits for what a closed window sent: a busy server takes it after the browser has let go."""
    for _ in range(30):
        tracks = moodle.run("tracks", cmid, user)["tracks"]
        if all(score in tracks.get(one, {}) for one in ("item-w01", "item-w02")):
            break
        time.sleep(1)
    time.sleep(2)


@pytest.mark.parametrize("kind", ["scorm12", "scorm2004"])
def test_a_window_of_its_own(moodle: Moodle, root: str, browser: Browser, tmp_path: Path, kind: str) -> None:
    """Two SCOs in the window that «Enter» opens; it is closed in the middle of the second, and opened again."""
    home, made = put(moodle, tmp_path, kind, window=True)
    weeks = {one["identifier"]: one["id"] for one in made["scoes"] if one["identifier"].startswith("item-w")}
    name = f"s{time.time_ns() // 1000}"
    user = moodle.run("user", name, home)["id"]
    _, score, _ = ELEMENTS[kind]
    with signed_in(browser, root, name) as page:
        for visit in range(2):
            page.goto(f"{root}/mod/scorm/view.php?id={made['cmid']}")
            with page.expect_popup() as opened:
                page.click("#scormviewform #n")  # the other button is a preview, which keeps nothing
            window = opened.value
            window.wait_for_load_state()
            sco(window)
            first = choose(window, weeks["item-w01"])
            if visit:
                assert first.evaluate("Object.keys(coursepack.reader.store.marked).length") == 1
            else:
                answer(first)
                answer(choose(window, weeks["item-w02"]))
            window.close(run_before_unload=True)
            arrived(moodle, made["cmid"], user, score)
    tracks = moodle.run("tracks", made["cmid"], user)["tracks"]
    assert {sco_id: tracks[sco_id][score] for sco_id in ("item-w01", "item-w02")} == {
        "item-w01": "100",
        "item-w02": "100",
    }


@pytest.mark.parametrize("kind", ["scorm12", "scorm2004"])
def test_three_scos_and_two_visits(moodle: Moodle, root: str, browser: Browser, tmp_path: Path, kind: str) -> None:
    home, made = put(moodle, tmp_path, kind)
    weeks = {one["identifier"]: one["id"] for one in made["scoes"] if one["identifier"].startswith("item-w")}
    name = f"s{time.time_ns() // 1000}"
    user = moodle.run("user", name, home)["id"]

    def told() -> Any:
        return moodle.run("tracks", made["cmid"], user)

    with signed_in(browser, root, name) as page:
        player = f"{root}/mod/scorm/player.php?cm={made['cmid']}&scoid={weeks['item-w01']}&mode=normal"
        page.goto(player)
        for number, id_ in enumerate(weeks.values()):
            answer(choose(page, id_) if number else sco(page))
        # Back at the first of them: what it told in this visit is there.
        again = choose(page, weeks["item-w01"])
        assert again.evaluate("Object.keys(coursepack.reader.store.marked).length") == 1
        assert again.evaluate("coursepack.reader.store.visited.size") >= 1
        page.goto(root + "/")
        page.wait_for_timeout(1500)

        status, score, spent = ELEMENTS[kind]
        first = told()
        assert set(first["tracks"]) >= set(weeks)
        for sco_id in weeks:
            assert first["tracks"][sco_id][score] == "100"
            assert first["tracks"][sco_id][spent] not in {"", "PT0S", "00:00:00", "00:00:00.00"}
        assert float(first["grade"]) == 100.0

        page.goto(player)
        back = sco(page)
        assert back.evaluate("Object.keys(coursepack.reader.store.marked).length") == 1
        back.evaluate(
            "coursepack.reader.config.pages.forEach(p => coursepack.reader.visit(document.getElementById(p.id)))"
        )
        page.wait_for_timeout(1500)
        page.goto(root + "/")
        page.wait_for_timeout(1500)
        second = told()
        assert second["tracks"]["item-w01"][status] in {"completed", "passed"}
        assert second["tracks"]["item-w02"] == first["tracks"]["item-w02"]


@pytest.mark.parametrize("kind", ["scorm12", "scorm2004"])
def test_a_session_that_ends_in_the_middle(
    moodle: Moodle, root: str, browser: Browser, tmp_path: Path, kind: str
) -> None:
    """The site forgets who the learner is between what the SCO sets and what it commits: the page says where the work
    is, and at the next visit Moodle has it."""
    home, made = put(moodle, tmp_path, kind)
    weeks = {one["identifier"]: one["id"] for one in made["scoes"] if one["identifier"].startswith("item-w")}
    name = f"s{time.time_ns() // 1000}"
    user = moodle.run("user", name, home)["id"]
    _, score, _ = ELEMENTS[kind]
    player = f"{root}/mod/scorm/player.php?cm={made['cmid']}&scoid={weeks['item-w01']}&mode=normal"
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        sign_in(page, root, name)
        page.goto(player)
        frame = sco(page)
        # One of Moodle's own calls without a session (core/ajax) would lead the whole page to «login» first.
        page.wait_for_load_state("networkidle")
        page.route("**/lib/ajax/service.php*", lambda call: call.abort())
        assert moodle.run("expire", user) == 1
        answer(frame)
        until(frame, "coursepack.reader.lms.failed", PATIENCE / 1000)  # the slower the site, the longer between commits
        waiting = frame.locator('#notices [data-notice="waiting"]')
        assert waiting.inner_text().startswith(SAID)
        assert frame.evaluate("Object.values(localStorage).filter(text => text.includes('\"q\"')).length") == 1
        page.goto(root + "/")
        assert score not in moodle.run("tracks", made["cmid"], user)["tracks"].get("item-w01", {})

        page.unroute_all()
        for _ in range(SIGN_INS):  # the answer to what the page sent when it was left may take the new session away
            page.goto("about:blank")
            page.wait_for_timeout(2000)
            sign_in(page, root, name)
            page.goto(player)
            if "/login/" not in page.url:
                break
        back = sco(page)
        assert back.evaluate("Object.keys(coursepack.reader.store.marked).length") == 1
        assert back.locator('#notices [data-notice="recovered"]').count() == 1
        until(back, "!coursepack.reader.lms.unconfirmed")
        page.goto(root + "/")
        page.wait_for_timeout(1500)
        assert moodle.run("tracks", made["cmid"], user)["tracks"]["item-w01"][score] == "100"


@pytest.mark.parametrize("kind", ["scorm12", "scorm2004"])
def test_goes_on_from_one_week_to_the_next(
    moodle: Moodle, root: str, browser: Browser, tmp_path: Path, kind: str
) -> None:
    """2004 asks the player for the next SCO, which is tracked as if it had been chosen; 1.2 says what to choose."""
    home, made = put(moodle, tmp_path, kind)
    weeks = {one["identifier"]: one["id"] for one in made["scoes"]}
    name = f"s{time.time_ns() // 1000}"
    user = moodle.run("user", name, home)["id"]
    with signed_in(browser, root, name) as page:
        page.goto(f"{root}/mod/scorm/player.php?cm={made['cmid']}&scoid={weeks['item-w01']}&mode=normal")
        first = sco(page)
        answer(first)
        first.evaluate("coursepack.reader.go(coursepack.reader.config.pages.at(-1).id, true)")
        onward = first.locator(".page.current .onward")
        assert onward.inner_text().split("\n")[1] == "2-апта"
        if kind == "scorm12":
            assert onward.get_attribute("href") is None
            assert onward.locator(".quiet").inner_text() == "Оқыту жүйесінің мазмұнынан «2-апта» бөлімін таңдаңыз."
            return
        first.evaluate("window.leftBehind = true")
        onward.click()
        second = sco(page)
        assert second.evaluate("coursepack.reader.config.sco") == "w02"
        assert second.evaluate("coursepack.reader.lms.open")
        assert second.locator("#notices .important").count() == 0
        answer(second)
        page.goto(root + "/")
        page.wait_for_timeout(1500)
        tracks = moodle.run("tracks", made["cmid"], user)["tracks"]
    _, score, _ = ELEMENTS[kind]
    assert [tracks[one][score] for one in ("item-w01", "item-w02")] == ["100", "100"]
