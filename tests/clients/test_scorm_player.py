"""A learner reads SCORM packages in Chromium, with scorm-again as the LMS."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame

from coursepack.model.artifact import Artifact
from coursepack.model.course import Course
from coursepack.writers import Context, load
from tests.clients.scorm_lms import (
    DESKTOP,
    FORGET,
    PHONE,
    Learner,
    lay_out,
    need_module,
    served,
    set_values,
    until,
)
from tests.samples import ASSETS, everything

FORMATS = {"1.2": "scorm12", "2004": "scorm2004"}
W01 = "w01/index.html"
W02 = "w02/index.html"


def package(version: str, whole: Course | None = None, **options: Any) -> Artifact:
    writer = load(FORMATS[version])
    chosen = writer.options(**({"page_read": "end"} | options))
    written = writer.write(whole or everything(), Context(assets=ASSETS, options=chosen, version="test"))
    return written.artifacts[0]


@pytest.fixture(scope="module", params=["1.2", "2004"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    folder = tmp_path_factory.mktemp("scorm")
    lay_out(package(request.param), folder)
    with served(folder) as address:
        yield request.param, address


@pytest.fixture(params=["desktop", "phone"])
def learner(request: pytest.FixtureRequest, browser: Browser, site: tuple[str, str]) -> Iterator[Learner]:
    version, address = site
    context = browser.new_context(viewport=DESKTOP if request.param == "desktop" else PHONE)  # type: ignore[arg-type]
    found = Learner(context, address, version)
    yield found
    # Whatever a test did: no error of the run-time, none on the console, nothing asked of anybody else.
    # Whether a lesson may be gone to is a question: «false» is an answer to it.
    told = [call for call in found.calls() if "request_valid" not in str(call["given"])]
    refused = [call for call in told if call["code"] != "0" or call["answer"] == "false"]
    context.close()
    assert refused == []
    assert found.problems == []
    assert found.outside() == []


def read_through(frame: Frame) -> None:
    """Turn every page as a reader does, from the first: to its end, then on."""
    frame.evaluate("coursepack.reader.go(coursepack.reader.config.pages[0].id, true)")
    while True:
        frame.locator(".page.current .end").scroll_into_view_if_needed()
        following = frame.locator(".page.current a[rel=next]")
        if not following.count():
            break
        following.click()
    until(frame, "coursepack.reader.store.visited.size === coursepack.reader.config.pages.length")


def status(learner: Learner, sco: str) -> str:
    memory = learner.memory(sco)
    return str(memory["core"]["lesson_status"] if learner.version == "1.2" else memory["completion_status"])


def test_reads_part_leaves_comes_back_finishes(learner: Learner) -> None:
    visit = learner.open(W01)
    assert visit.frame.locator(".page.current h2").inner_text().startswith("1-дәріс")
    visit.frame.locator(".page.current .end").scroll_into_view_if_needed()
    visit.frame.locator(".page.current a[rel=next]").click()
    assert visit.frame.locator(".page.current h2").inner_text() == "1-семинар"
    visit.page.close(run_before_unload=False)
    visit.page.wait_for_timeout(1) if not visit.page.is_closed() else None
    assert status(learner, W01) == "incomplete"

    again = learner.open(W01)
    assert again.frame.locator(".page.current h2").inner_text() == "1-семинар"
    # The lecture was read; the seminar too where its few lines fit the screen at once.
    read, pages = re.findall(r"\d+", again.frame.locator("#progress-text").inner_text())
    assert 1 <= int(read) <= 2 < int(pages)
    read_through(again.frame)
    again.page.goto("about:blank")
    assert status(learner, W01) == "completed"

    calls = learner.calls()
    names = [call["name"] for call in calls]
    assert names.count("Initialize") == 2
    assert names.count("Terminate" if learner.version == "2004" else "Finish") >= 1
    exits = set_values(calls, "cmi.exit" if learner.version == "2004" else "cmi.core.exit")
    assert set(exits) == {"suspend"}
    if learner.version == "2004":
        assert set_values(calls, "cmi.progress_measure")[-1] == "1"
    memory = learner.memory(W01)
    assert len(memory["suspend_data"]) < 300


def test_place_inside_a_long_page(learner: Learner) -> None:
    visit = learner.open(W01)
    block = visit.frame.locator(".page.current .text > blockquote")
    block.evaluate("element => element.scrollIntoView({block: 'start'})")
    place = visit.frame.evaluate("coursepack.reader.place()")
    assert int(place.removeprefix("w01-lecture/")) >= 3
    visit.page.goto("about:blank")
    again = learner.open(W01)
    until(again.frame, "window.scrollY > 100")
    assert again.frame.evaluate("coursepack.reader.place()") == place


def test_keyed_questions_right_and_wrong(learner: Learner) -> None:
    visit = learner.open(W01, mastery="50")
    frame = visit.frame
    frame.evaluate("coursepack.reader.go('w01-lecture-review', true)")

    def box(number: int) -> Any:
        return frame.locator(f"[id='w01-lecture-q-{number:03d}']")

    def verdict(number: int) -> str:
        box(number).locator("[data-check]").click()
        return str(box(number).get_attribute("data-outcome"))

    assert verdict(2) == "None"  # nothing ticked: nothing marked
    box(2).get_by_text("Дөңгелек").click()
    assert verdict(2) == "incorrect"
    assert frame.locator("[data-score]").inner_text() == "Тексерілген сұрақтар: 1 / 7"
    assert box(2).locator(".feedback:visible").all_inner_texts() == ["Қате.", "Жалпы пікір."]
    box(2).get_by_text("Шаршы", exact=True).click()
    assert verdict(2) == "correct"
    box(3).get_by_text("Заң шығарушы").click()
    assert verdict(3) == "partial"
    box(4).get_by_text("Дұрыс", exact=True).click()
    assert verdict(4) == "correct"
    box(5).locator("input").fill("  КРАТОЛОГИЯ ")
    assert verdict(5) == "correct"
    box(6).locator("input").fill("2,9")
    assert verdict(6) == "partial"
    selects = box(7).locator("select")
    selects.nth(0).select_option(label="жоғарғы палата")
    selects.nth(1).select_option(label="үкімет")
    assert verdict(7) == "partial"
    box(7).locator("[data-reveal]").click()
    # The row that is right needs no answer beside it.
    assert box(7).locator(".key:visible").all_inner_texts() == ["✓ төменгі палата"]
    inputs = box(8).locator("input")
    inputs.nth(0).fill("Астана")
    inputs.nth(1).fill("1.45")
    assert verdict(8) == "correct"

    assert frame.locator("[data-score]").inner_text() == "Өзін-өзі тексеру нәтижесі: 78,13 %"

    # 2·1 + 0.5 + 1 + 1 + 0.25 + 0.5 + 1 of 8 marks
    score = "cmi.score.raw" if learner.version == "2004" else "cmi.core.score.raw"
    visit.page.goto("about:blank")
    calls = learner.calls()
    assert set_values(calls, "cmi.interactions.0.id") == ["w01-lecture-q-002"]
    results = [set_values(calls, f"cmi.interactions.{n}.result")[-1] for n in range(8)]
    assert results == ["correct", "0.5000", "correct", "correct", "0.2500", "0.5000", "correct", "correct"]
    assert set_values(calls, score) == ["78.13"]
    if learner.version == "2004":
        assert set_values(calls, "cmi.score.scaled") == ["0.7813"]
        assert set_values(calls, "cmi.success_status") == ["passed"]
        assert set_values(calls, "cmi.interactions.4.correct_responses.0.pattern") == ["2[:]2"]
        assert set_values(calls, "cmi.interactions.4.learner_response") == ["2.9"]

    again = learner.open(W01, mastery="50")
    assert again.frame.locator("[id='w01-lecture-q-007']").get_attribute("data-outcome") == "partial"
    assert again.frame.locator("[id='w01-lecture-q-005'] input").input_value() == "КРАТОЛОГИЯ"
    read_through(again.frame)
    again.page.goto("about:blank")
    assert status(learner, W01) == ("completed" if learner.version == "2004" else "passed")


def test_own_answers_are_kept(learner: Learner) -> None:
    words = 'Билік – бұл «үстемдік»\nжәне "ықпал" 😀'
    visit = learner.open(W01)
    visit.frame.evaluate("coursepack.reader.go('w01-lecture-review', true)")
    area = visit.frame.locator("[id='w01-lecture-q-001'] textarea")
    area.fill(words)
    visit.page.goto("about:blank")
    again = learner.open(W01)
    assert again.frame.locator("[id='w01-lecture-q-001'] textarea").input_value() == words


def test_a_closed_tab_loses_nothing(learner: Learner) -> None:
    visit = learner.open(W01)
    visit.frame.evaluate("coursepack.reader.go('w01-lecture-review', true)")
    visit.frame.locator("[id='w01-lecture-q-010'] textarea").fill("соңғы сөз")
    visit.page.close()
    again = learner.open(W01)
    assert again.frame.locator("[id='w01-lecture-q-010'] textarea").input_value() == "соңғы сөз"
    assert again.frame.locator(".page.current").get_attribute("id") == "w01-lecture-review"


def test_what_does_not_fit_stays_in_the_browser_and_is_told(learner: Learner) -> None:
    visit = learner.open(W01)
    visit.frame.evaluate("coursepack.reader.go('w01-lecture-review', true)")
    long = "ұзақ жауап " * (600 if learner.version == "1.2" else 6000)
    visit.frame.locator("[id='w01-lecture-q-001'] textarea").fill(long)
    visit.frame.locator("[id='w01-lecture-q-010'] textarea").fill("қысқа")
    note = visit.frame.locator("[id='w01-lecture-q-001'] .kept")
    note.filter(has_text="тек осы браузерде").wait_for()
    assert axe_finds(visit.frame) == []
    with visit.page.expect_download() as found:
        visit.frame.locator("[data-save]").first.click()
    text = Path(found.value.path()).read_text(encoding="utf-8-sig")
    assert long.strip() in text
    assert "қысқа" in text
    visit.page.goto("about:blank")
    kept = learner.memory(W01)["suspend_data"]
    assert len(kept) <= (4096 if learner.version == "1.2" else 64000)
    assert "қысқа" in kept
    again = learner.open(W01)
    assert again.frame.locator("[id='w01-lecture-q-001'] textarea").input_value() == long.strip() + " "

    again.page.close()

    # In another browser the answer is not there, and the learner is told so.
    learner.ask("localStorage.removeItem('coursepack:sample:w01:learner-1')")
    learner.ask(FORGET)
    elsewhere = learner.open(W01)
    elsewhere.frame.locator("[id='w01-lecture-q-001'] .kept").filter(has_text="басқа браузерде").wait_for()


def test_review_changes_nothing(learner: Learner) -> None:
    visit = learner.open(W02)
    read_through(visit.frame)
    visit.page.goto("about:blank")
    assert status(learner, W02) == "completed"
    before = len([call for call in learner.calls() if call["name"] == "SetValue"])
    again = learner.open(W02, mode="review")
    assert again.frame.locator("#where").text_content() == "Қарап шығу режимі: нәтижеңіз өзгермейді."
    again.page.goto("about:blank")
    assert len([call for call in learner.calls() if call["name"] == "SetValue"]) == before


def test_keyboard_alone(learner: Learner) -> None:
    visit = learner.open(W01)
    page, frame = visit.page, visit.frame
    frame.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    assert frame.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    frame.locator(".page.current a[rel=next]").focus()
    page.keyboard.press("Enter")
    assert frame.evaluate("document.activeElement.tagName") == "H2"
    assert frame.locator(".page.current h2").inner_text() == "1-семинар"
    frame.evaluate("coursepack.reader.go('w01-lecture-review', true)")
    frame.locator("[id='w01-lecture-q-004'] input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert frame.locator("[id='w01-lecture-q-004']").get_attribute("data-outcome") in {"correct", "incorrect"}
    if frame.locator("#menu-button").is_visible():
        frame.locator("#menu-button").focus()
        page.keyboard.press("Enter")
        assert frame.locator("#menu").is_visible()
        page.keyboard.press("Escape")
        assert not frame.locator("#menu").is_visible()
        assert frame.evaluate("document.activeElement.id") == "menu-button"


def test_no_sideways_scroll(learner: Learner) -> None:
    for sco in ("about/index.html", W01, W02, "exam/index.html", "closing/index.html"):
        visit = learner.open(sco)
        for page in visit.frame.evaluate("coursepack.reader.config.pages.map(page => page.id)"):
            visit.frame.evaluate("id => coursepack.reader.go(id, false)", page)
            wide = visit.frame.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{sco}#{page}"
        visit.page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, site: tuple[str, str], scheme: str) -> None:
    version, address = site
    for viewport in (DESKTOP, PHONE):
        context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
        learner = Learner(context, address, version)
        for sco in ("about/index.html", W01, "exam/index.html", "closing/index.html"):
            frame = learner.open(sco).frame
            for page in frame.evaluate("coursepack.reader.config.pages.map(page => page.id)"):
                frame.evaluate("id => coursepack.reader.go(id, false)", page)
                assert axe_finds(frame) == [], f"{sco}#{page}"
            if sco == W01:
                _answer_everything(frame)
                assert axe_finds(frame) == [], "answered"
                if viewport is PHONE:
                    frame.locator("#menu-button").click()
                    assert axe_finds(frame) == [], "menu"
        context.close()


def axe_finds(frame: Frame) -> list[str]:
    """What axe-core says against the page as it stands."""
    if not frame.evaluate("'axe' in window"):
        frame.evaluate((need_module("axe-core") / "axe.min.js").read_text(encoding="utf-8"))
    # target-size is WCAG 2.2 and not among axe's defaults.
    found = frame.evaluate("axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})")
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found["violations"]]


def _answer_everything(frame: Frame) -> None:
    frame.evaluate("coursepack.reader.go('w01-lecture-review', false)")
    frame.evaluate("""() => {
      document.querySelectorAll('.page.current .question').forEach((box, i) => {
        box.querySelectorAll('input[type=text]').forEach((field) => { field.value = '1'; });
        box.querySelectorAll('select').forEach((field) => { field.selectedIndex = 1; });
        const choice = box.querySelector('input[type=radio], input[type=checkbox]');
        if (choice) choice.checked = true;
        const check = box.querySelector('[data-check]');
        if (check) check.click();
        const reveal = box.querySelector('[data-reveal]');
        if (reveal && !reveal.hidden && i % 2) reveal.click();
      });
    }""")


def test_without_an_lms(browser: Browser, tmp_path: Path) -> None:
    artifact = package("1.2")
    for member in artifact.members:
        path = tmp_path / member.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member.read())
    context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    learner = Learner(context, "file://", "1.2")
    page = learner.page()
    page.goto((tmp_path / W01).as_uri())
    page.wait_for_selector("html.ready")
    assert page.locator("#where").inner_text() == (
        "Оқыту жүйесінсіз ашылды: оқылған беттер тек осы браузерде сақталады."
    )
    page.locator(".page.current .end").scroll_into_view_if_needed()
    page.locator(".page.current a[rel=next]").click()
    page.reload()
    page.wait_for_selector("html.ready")
    assert page.locator(".page.current h2").inner_text() == "1-семинар"
    assert learner.problems == []
    assert learner.outside() == []
    assert axe_finds(page.main_frame) == []
    context.close()


def test_an_lms_that_refuses(browser: Browser, tmp_path: Path) -> None:
    """Every call fails: the learner reads on, is told once, and the LMS is not asked again and again."""
    lay_out(package("1.2"), tmp_path)
    refusing = """<!DOCTYPE html><link rel="icon" href="data:,"><script>
      window.count = {};
      const no = (name, answer) => (...given) => { count[name] = (count[name] || 0) + 1; return answer; };
      window.API = { LMSInitialize: no("init", "true"), LMSFinish: no("finish", "false"), LMSGetValue: no("get", ""),
        LMSSetValue: no("set", "false"), LMSCommit: no("commit", "false"), LMSGetLastError: () => "301",
        LMSGetErrorString: () => "Not initialized", LMSGetDiagnostic: () => "" };
    </script><iframe src="/package/w01/index.html" style="width:100%;height:90vh"></iframe>"""
    (tmp_path / "refusing.html").write_text(refusing, encoding="utf-8")
    context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    with served(tmp_path) as address:
        learner = Learner(context, address, "1.2")
        page = learner.page()
        page.goto(f"{address}/refusing.html")
        frame = page.wait_for_selector("iframe").content_frame()  # type: ignore[union-attr]
        assert frame is not None
        frame.wait_for_selector("html.ready")
        read_through(frame)
        assert frame.locator("#notices .important").count() >= 1
        assert "301" in frame.locator("#notices .important").first.inner_text()
        assert axe_finds(frame) == []
        count = page.evaluate("count")
        assert count["set"] <= 3 * 6
        assert count.get("commit", 0) <= 2
        assert learner.problems == []
    context.close()


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_whole_course_as_one_sco(browser: Browser, tmp_path: Path, version: str) -> None:
    lay_out(package(version, structure="single", completion_threshold=0.5), tmp_path)
    sco = "course/index.html"
    with served(tmp_path) as address:
        learner = Learner(browser.new_context(viewport=DESKTOP), address, version)  # type: ignore[arg-type]
        visit = learner.open(sco)
        assert axe_finds(visit.frame) == []
        pages = visit.frame.evaluate("coursepack.reader.config.pages.map(page => page.id)")
        half = pages[: (len(pages) + 1) // 2]
        for page in half:
            visit.frame.evaluate("coursepack.reader.flush('hidden')")
            assert status(learner, sco) == "incomplete"
            visit.frame.locator(f"#menu a[href='#{page}']").click()
            visit.frame.locator(".page.current .end").scroll_into_view_if_needed()
            key = f"coursepack.reader.config.pages.find(page => page.id === '{page}').key"
            until(visit.frame, f"coursepack.reader.store.visited.has({key})")
        visit.frame.evaluate("coursepack.reader.flush('hidden')")
        assert status(learner, sco) == "completed"
        visit.page.goto("about:blank")
        again = learner.open(sco)
        assert again.frame.locator(".page.current").get_attribute("id") == half[-1]
        assert [call for call in learner.calls() if call["code"] != "0"] == []
        assert learner.problems == []


@pytest.mark.parametrize("made", ["1.2", "2004", "sayasi", "tarih"])
def test_html_checker(made: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    jar = need_module("vnu-jar") / "build" / "dist" / "vnu.jar"
    if made in FORMATS:
        artifacts = {structure: package(made, structure=structure) for structure in ("course", "single")}
    else:
        understood = request.getfixturevalue(made)
        written = load("scorm12").write(understood.course, Context(assets=understood.assets))
        artifacts = {"seed": written.artifacts[0]}
    files = []
    for structure, artifact in artifacts.items():
        for member in artifact.members:
            if member.path.endswith(".html"):
                path = tmp_path / structure / member.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(member.read())
                files.append(str(path))
    done = subprocess.run(
        ["java", "-jar", str(jar), "--format", "json", "--errors-only", *files], capture_output=True, text=True
    )
    found = json.loads(done.stderr or '{"messages": []}')["messages"]
    assert [f"{m['url'].rpartition('/')[2]}:{m.get('lastLine')}: {m['message']}" for m in found] == []
