"""SCORM packages in an LMS that fails, is slow, throws or comes late, and what a check counts for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page

from coursepack.model.blocks import Formula, Math
from coursepack.model.course import Course, Session, Week
from coursepack.model.questions import Answer, Choice, Essay, MultipleChoice, Numerical, NumericalAnswer, ShortAnswer
from coursepack.writers import Context, load
from tests.clients.scorm_lms import DESKTOP, HERE, PHONE, Learner, lay_out, served, set_values, until
from tests.clients.test_scorm_player import axe_finds
from tests.samples import ASSETS, b, everything

FORMATS = {"1.2": "scorm12", "2004": "scorm2004"}
W01 = "w01/index.html"
REVIEW = "coursepack.reader.go('w01-lecture-review', true)"


@dataclass
class Lms:
    """The LMS of ``scorm/faulty.html`` around one package; it lives in the storage of ``context``."""

    context: BrowserContext
    address: str
    version: str
    sco: str = W01

    def open(self, fault: str = "", forget: str = "") -> tuple[Page, Frame]:
        page = self.context.new_page()
        self.problems: list[str] = []
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.goto(f"{self.address}/faulty.html?version={self.version}&sco={self.sco}&fault={fault}&forget={forget}")
        frame = page.wait_for_selector("iframe").content_frame()  # type: ignore[union-attr]  # found or timed out
        assert frame is not None
        frame.wait_for_selector("html.ready", state="attached")
        return page, frame

    def keep(self, page: Page, **values: str) -> None:
        """Make the LMS have kept ``values``."""
        page.evaluate("values => localStorage.setItem('kept', JSON.stringify(values))", values)

    def kept(self, page: Page) -> dict[str, str]:
        found: dict[str, str] = json.loads(page.evaluate("localStorage.getItem('kept') || '{}'"))
        return found


@contextmanager
def lms(
    browser: Browser, folder: Path, version: str, course: Course | None = None, viewport: Any = DESKTOP, **options: Any
) -> Iterator[Lms]:
    writer = load(FORMATS[version])
    chosen = writer.options(**({"page_read": "end"} | options))
    written = writer.write(course or everything(), Context(assets=ASSETS, options=chosen, version="test"))
    lay_out(written.artifacts[0], folder)
    (folder / "faulty.html").write_bytes((HERE / "scorm" / "faulty.html").read_bytes())
    context = browser.new_context(viewport=viewport)
    with served(folder) as address:
        yield Lms(context, address, version)
    context.close()


@pytest.fixture(params=["1.2", "2004"])
def sound(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Lms]:
    with lms(browser, tmp_path, request.param) as found:
        yield found


def own(frame: Frame) -> Any:
    return frame.locator("[id='w01-lecture-q-001'] textarea")


def answer(frame: Frame, text: str = "Билік – үстемдік") -> None:
    """One's own words, and a tick that is right."""
    frame.evaluate(REVIEW)
    own(frame).fill(text)
    frame.locator("[id='w01-lecture-q-004']").get_by_text("Дұрыс", exact=True).click()
    frame.locator("[id='w01-lecture-q-004'] [data-check]").click()


def notices(frame: Frame) -> list[str]:
    return [
        str(name) for name in frame.evaluate("[...document.querySelectorAll('#notices p')].map(p => p.dataset.notice)")
    ]


@pytest.mark.parametrize(("fault", "forget"), [("expired", ""), ("throws", ""), ("beacon", ""), ("beacon", "all")])
def test_work_that_the_lms_did_not_confirm_is_back_at_the_next_visit(sound: Lms, fault: str, forget: str) -> None:
    page, frame = sound.open(fault)
    answer(frame)
    frame.evaluate("coursepack.reader.flush('hidden')")
    assert notices(frame) == ["waiting"]
    told = frame.locator("#notices").inner_text()
    assert "растамады" in told
    assert "No Error" not in told
    assert axe_finds(frame) == []
    page.goto("about:blank")  # the learner leaves; the LMS has nothing
    page, frame = sound.open(forget=forget)
    assert page.evaluate("Object.keys(kept)") == []
    assert own(frame).input_value() == "Билік – үстемдік"
    assert frame.locator("[id='w01-lecture-q-004']").get_attribute("data-outcome") == "correct"
    assert "recovered" in notices(frame)
    frame.evaluate("coursepack.reader.flush('hidden')")
    state = json.loads(sound.kept(page)["cmi.suspend_data"])
    assert list(state["a"].values()) == ["Билік – үстемдік"]
    assert list(state["q"].values()) == ["t"]
    ids = [value for name, value in sound.kept(page).items() if name.endswith(".id")]
    assert "w01-lecture-q-004" in ids  # the answer's interaction was lost as well
    # The LMS has it now: this browser need keep nothing, and says nothing at the visit after.
    assert frame.evaluate("Object.keys(localStorage).filter(name => /^coursepack:[^*]+$/.test(name)).length") == 0
    page.goto("about:blank")
    _, frame = sound.open()
    assert notices(frame) in ([], ["resumed"])
    assert own(frame).input_value() == "Билік – үстемдік"
    assert sound.problems == []


@pytest.mark.parametrize(("fault", "forget", "told"), [("beacon", "all", True), ("beacon", "", True), ("", "", False)])
def test_what_was_told_while_the_page_was_left_is_believed_when_the_lms_has_it(
    sound: Lms, fault: str, forget: str, told: bool
) -> None:
    page, frame = sound.open()
    answer(frame, "бірінші")
    frame.evaluate("coursepack.reader.flush('hidden')")
    assert "бірінші" in sound.kept(page)["cmi.suspend_data"]
    page.evaluate("fault => { window.fault = fault; }", fault)
    own(frame).fill("екінші")
    page.goto("about:blank")  # nobody waits for the answer
    page, frame = sound.open(forget=forget)
    assert own(frame).input_value() == "екінші"
    assert ("recovered" in notices(frame)) is told
    assert ("екінші" in page.evaluate("kept['cmi.suspend_data']")) is not told
    assert sound.problems == []


def test_a_new_attempt_does_not_bring_back_what_the_last_one_was_left_with(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "2004") as sound:
        page, frame = sound.open()
        answer(frame, "бірінші")
        frame.evaluate("coursepack.reader.flush('hidden')")
        own(frame).fill("екінші")
        page.goto("about:blank")
        page = sound.context.new_page()
        page.goto(f"{sound.address}/package/style.css")
        page.evaluate("localStorage.removeItem('kept')")  # the LMS begins anew
        _, frame = sound.open()
        assert own(frame).input_value() == ""
        assert "recovered" not in notices(frame)


def test_an_lms_that_recovers_gets_all_and_it_is_said(sound: Lms) -> None:
    page, frame = sound.open("expired")
    answer(frame)
    frame.evaluate("coursepack.reader.flush('hidden')")
    page.evaluate("fault = ''")
    own(frame).fill("Билік – ықпал")
    frame.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    until(frame, "coursepack.reader.store.own[Object.keys(coursepack.reader.store.own)[0]] === 'Билік – ықпал'")
    frame.evaluate("coursepack.reader.flush('hidden')")
    assert notices(frame) == ["taken"]
    assert frame.locator("#where").text_content() == "Жұмысыңыз оқыту жүйесінде сақталды."
    assert "Билік – ықпал" in sound.kept(page)["cmi.suspend_data"]


def test_two_places_wrote_and_both_texts_are_kept(sound: Lms) -> None:
    page, frame = sound.open()
    answer(frame, "бірінші")
    page.goto("about:blank")
    page, frame = sound.open("expired")
    own(frame).fill("бірінші, осы жерде екінші")
    page.goto("about:blank")
    # Meanwhile, elsewhere: another text, and another page read.
    page.goto(f"{sound.address}/runtime/")
    kept = sound.kept(page)
    state = json.loads(kept["cmi.suspend_data"])
    (key,) = state["a"]
    elsewhere = state | {"a": {key: "басқа жерде үшінші"}, "t": "zzzzzzzz"}
    sound.keep(page, **(kept | {"cmi.suspend_data": json.dumps(elsewhere)}))
    page, frame = sound.open()
    assert own(frame).input_value() == "басқа жерде үшінші\n\nбірінші, осы жерде екінші"
    frame.evaluate("coursepack.reader.flush('hidden')")
    state = json.loads(sound.kept(page)["cmi.suspend_data"])
    assert state["a"][key] == "басқа жерде үшінші\n\nбірінші, осы жерде екінші"


def test_a_slow_lms_is_told_in_quiet_moments_and_seldom(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "1.2", structure="single") as slow:
        slow.sco = "course/index.html"
        page, frame = slow.open("slow")
        pages = frame.evaluate("coursepack.reader.config.pages.map(page => page.id)")
        for name in pages * 3:
            before = page.evaluate("commits")
            frame.evaluate("id => { dispatchEvent(new Event('scroll')); coursepack.reader.go(id, true); }", name)
            assert page.evaluate("commits") == before  # no page turn waits for the LMS
        assert page.evaluate("commits") <= 2
        until(frame, "parent.commits >= 1")
        page.goto("about:blank")
        page.goto(f"{slow.address}/runtime/")
        assert len(json.loads(slow.kept(page)["cmi.suspend_data"])["s"]) >= 3


def test_an_lms_that_comes_late_is_found_and_joined(sound: Lms) -> None:
    page, frame = sound.open()
    frame.evaluate(REVIEW)
    frame.locator("[id='w01-lecture-q-010'] textarea").fill("ескі жауап")
    page.goto("about:blank")
    page, frame = sound.open("late")
    assert "Оқыту жүйесінсіз ашылды" in str(frame.locator("#where").text_content())
    answer(frame, "жаңа жауап")
    page.evaluate("fault = ''; arrive()")
    until(frame, "coursepack.reader.lms.open")
    until(frame, "coursepack.reader.restoring === false")
    assert frame.locator("[id='w01-lecture-q-010'] textarea").input_value() == "ескі жауап"
    assert own(frame).input_value() == "жаңа жауап"
    assert frame.locator(".page.current").get_attribute("id") == "w01-lecture-review"
    frame.evaluate("coursepack.reader.flush('hidden')")
    state = json.loads(sound.kept(page)["cmi.suspend_data"])
    assert sorted(state["a"].values()) == ["ескі жауап", "жаңа жауап"]
    assert frame.locator("#where").text_content() == "Жұмысыңыз оқыту жүйесінде сақталды."
    assert sound.problems == []


@pytest.mark.parametrize(
    "data",
    [
        '{"v":1,"s":5}',
        '{"v":1,"s":"abc","q":[1,2],"a":"x","o":{},"r":7,"n":[],"t":{}}',
        '{"v":1,"q":{"abc":5,"abd":[1,null]},"a":{"abe":{}}}',
        "null",
        "[]",
        '"v"',
        '{"v":2}',
        "{",
        "somebody else's",
    ],
)
def test_suspend_data_of_any_kind_does_not_stop_the_reader(browser: Browser, tmp_path: Path, data: str) -> None:
    with lms(browser, tmp_path, "1.2") as found:
        page = found.context.new_page()
        page.goto(f"{found.address}/runtime/")
        found.keep(page, **{"cmi.suspend_data": data})
        page, frame = found.open()
        answer(frame)
        frame.evaluate("coursepack.reader.flush('hidden')")
        assert "Билік – үстемдік" in found.kept(page)["cmi.suspend_data"]
        assert found.problems == []


# --- what a check counts for


def asked(*questions: Any, language: str = "kk") -> Course:
    session = Session(id="w01-lecture", kind="lecture", number=1, blocks=b("Мәтін."), review=questions)
    return Course(id="c", title="К", language=language, weeks=(Week(id="w01", number=1, sessions=(session,)),))


TICK = MultipleChoice(
    id="tick",
    text=b("Астана қай жылы?"),
    choices=(Choice(content=b("1997"), fraction=1), Choice(content=b("1998")), Choice(content=b("1999"))),
    mark=3,
    shuffle=False,
)
NUMBER = Numerical(id="pi", text=b("π?"), answers=(NumericalAnswer(value="3.14", tolerance="0.01", fraction=1),))
STARS = ShortAnswer(id="stars", text=b("Сөз?"), answers=(Answer(text="*" + "a*" * 120, fraction=1),))


def check(frame: Frame, name: str) -> str:
    frame.locator(f"[id='{name}'] [data-check]").click()
    return str(frame.locator(f"[id='{name}'] .verdict").inner_text())


def score(frame: Frame) -> Any:
    return frame.evaluate("coursepack.score(coursepack.reader.config.questions, coursepack.reader.store.marked)")


def test_a_check_after_the_answer_was_shown_is_practice(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "2004", asked(TICK, NUMBER)) as found:
        page, frame = found.open()
        frame.evaluate(REVIEW)
        frame.locator("[id='tick']").get_by_text("1998").click()
        assert check(frame, "tick") == "Дұрыс емес."
        frame.locator("[id='pi'] input").fill("3,141")
        assert check(frame, "pi") == "Дұрыс."
        assert score(frame) == 25  # 1 of 4 points
        frame.locator("[id='tick'] [data-reveal]").click()
        assert frame.locator("[id='tick'] .key:visible").count() == 1
        frame.locator("[id='tick']").get_by_text("1997").click()
        assert check(frame, "tick") == "Дұрыс. Нәтижеңіз өзгермейді."
        assert score(frame) == 25
        frame.evaluate("coursepack.reader.flush('hidden')")
        assert found.kept(page)["cmi.score.scaled"] == "0.25"
        assert found.kept(page)["cmi.interactions.0.weighting"] == "3"
        page.goto("about:blank")
        page, frame = found.open()  # and at the next visit too
        frame.evaluate(REVIEW)
        assert frame.locator("[id='tick'] .key:visible").count() == 1
        frame.locator("[id='tick']").get_by_text("1997").click()
        check(frame, "tick")
        assert score(frame) == 25


def test_the_answer_is_shown_as_the_course_writes_it(browser: Browser, tmp_path: Path) -> None:
    star = ShortAnswer(id="star", text=b("Елорда?"), answers=(Answer(text="Астана*", fraction=1),))
    with lms(browser, tmp_path, "1.2", asked(NUMBER, star)) as found:
        _, frame = found.open()
        frame.evaluate(REVIEW)
        for name in ("pi", "star"):
            frame.locator(f"[id='{name}'] input").fill("5")
            check(frame, name)
            frame.locator(f"[id='{name}'] [data-reveal]").click()
        assert frame.locator("[id='pi'] .verdict").inner_text() == "Дұрыс емес. Дұрыс жауап: 3,14"
        assert frame.locator("[id='star'] .verdict").inner_text() == "Дұрыс емес. Дұрыс жауап: Астана…"


def test_a_pattern_of_many_stars_does_not_hold_the_page(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "1.2", asked(STARS)) as found:
        _, frame = found.open()
        frame.evaluate(REVIEW)
        frame.locator("[id='stars'] input").fill("a" * 119 + "b")
        assert check(frame, "stars") == "Дұрыс емес."
        frame.locator("[id='stars'] input").fill("ba" * 120)
        assert check(frame, "stars") == "Дұрыс."


@pytest.mark.parametrize(
    ("pattern", "given", "accepted"),
    [
        ("Астана", " астана ", True),
        ("Астана*", "астанада", True),
        ("*стана", "астана", True),
        ("а*а", "а", False),
        ("а*а", "аа", True),
        ("а*б*в", "а-б-в", True),
        ("а*б*в", "а-в-б", False),
        (r"2\*2", "2*2", True),
        (r"2\*2", "222", False),
        ("*", "кез келген", True),
        ("a.c", "abc", False),
    ],
)
def test_accepted_texts(browser: Browser, tmp_path: Path, pattern: str, given: str, accepted: bool) -> None:
    question = ShortAnswer(id="q", text=b("?"), answers=(Answer(text=pattern, fraction=1),))
    with lms(browser, tmp_path, "1.2", asked(question)) as found:
        _, frame = found.open()
        part = "coursepack.reader.config.questions[0].parts[0]"
        assert frame.evaluate(f"given => coursepack.markPart({part}, given)", given) == int(accepted)


def test_attempts_and_reveal_by_setting(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "1.2", asked(TICK), attempts=2, reveal="last") as found:
        page, frame = found.open()
        frame.evaluate(REVIEW)
        frame.locator("[id='tick']").get_by_text("1998").click()
        assert check(frame, "tick") == "Дұрыс емес. Қалған талпыныс саны: 1."
        assert not frame.locator("[id='tick'] [data-reveal]").is_visible()
        page.goto("about:blank")
        page, frame = found.open()
        frame.evaluate(REVIEW)
        frame.locator("[id='tick']").get_by_text("1999").click()
        assert check(frame, "tick") == "Дұрыс емес. Қалған талпыныс саны: 0."
        assert frame.locator("[id='tick'] [data-reveal]").is_visible()
        frame.locator("[id='tick']").get_by_text("1997").click()
        assert check(frame, "tick") == "Дұрыс. Нәтижеңіз өзгермейді."
        assert score(frame) == 0


def test_the_answer_is_never_shown_by_setting(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "1.2", asked(TICK), reveal="never") as found:
        _, frame = found.open()
        frame.evaluate(REVIEW)
        frame.locator("[id='tick']").get_by_text("1998").click()
        check(frame, "tick")
        assert not frame.locator("[id='tick'] [data-reveal]").is_visible()


def test_what_was_ticked_is_marked_one_by_one(browser: Browser, tmp_path: Path) -> None:
    several = MultipleChoice(
        id="several",
        text=b("Қай қалалар?"),
        single=False,
        shuffle=False,
        choices=(
            Choice(content=b("Астана"), fraction=0.5),
            Choice(content=b("Париж")),
            Choice(content=b("Алматы"), fraction=0.5),
        ),
    )
    with lms(browser, tmp_path, "1.2", asked(several, NUMBER)) as found:
        _, frame = found.open()
        frame.evaluate(REVIEW)
        for city in ("Астана", "Париж"):
            frame.locator("[id='several']").get_by_text(city).click()
        check(frame, "several")
        frame.locator("[id='pi'] input").fill("2")
        check(frame, "pi")
        words = "m.parentElement.innerText.split(/\\s/)[1] || ''"
        marks = f"[...document.querySelectorAll('.mark')].map(m => [{words}, m.textContent])"
        assert frame.evaluate(marks)[:2] == [["Астана", "✓"], ["Париж", "✗"]]
        assert frame.locator("[id='pi'] .mark.wrong").count() == 1
        assert axe_finds(frame) == []
        frame.locator("[id='several']").get_by_text("Париж").click()  # a changed answer has not been checked
        assert frame.locator("[id='several'] .mark").count() == 0


def test_a_model_answer_comes_after_ones_own(browser: Browser, tmp_path: Path) -> None:
    essay = Essay(id="essay", text=b("Билік деген не?"), grader_notes=b("Өз еркін жүргізу мүмкіндігі."))
    with lms(browser, tmp_path, "1.2", asked(essay)) as found:
        page, frame = found.open()
        frame.evaluate(REVIEW)
        box = frame.locator("[id='essay']")
        box.locator("[data-model]").click()
        assert box.locator(".verdict").inner_text() == "Алдымен жауап беріп, содан кейін тексеріңіз."
        assert not box.locator(".model").is_visible()
        box.locator("textarea").fill("Күш")
        box.locator("[data-model]").click()
        assert "Өз еркін жүргізу мүмкіндігі." in box.locator(".model").inner_text()
        box.get_by_label("бір бөлігін қамтиды").check()
        assert axe_finds(frame) == []
        page.goto("about:blank")
        _, frame = found.open()
        assert frame.locator("[id='essay'] .rating input:checked").get_attribute("value") == "1"


def test_model_answers_stay_out_where_no_answer_is_shown(browser: Browser, tmp_path: Path) -> None:
    essay = Essay(id="essay", text=b("Билік деген не?"), grader_notes=b("Құпия жауап"))
    with lms(browser, tmp_path, "1.2", asked(essay), reveal="never") as found:
        _, frame = found.open()
        assert "Құпия жауап" not in frame.content()
        assert frame.locator("[data-model]").count() == 0


# --- what the teacher sees


@pytest.mark.parametrize("version", ["1.2", "2004"])
def test_own_words_are_interactions(browser: Browser, tmp_path: Path, version: str) -> None:
    essay = Essay(id="essay", text=b("Билік деген не?"))
    words = "Билік –\nбұл күш. " + "ұзақ " * 1000
    with lms(browser, tmp_path, version, asked(essay, TICK)) as found:
        page, frame = found.open()
        frame.evaluate(REVIEW)
        frame.locator("[id='essay'] textarea").fill(words)
        page.goto("about:blank")
        page.goto(f"{found.address}/runtime/")
        kept = found.kept(page)
    told = kept["cmi.interactions.0.learner_response" if version == "2004" else "cmi.interactions.0.student_response"]
    assert kept["cmi.interactions.0.id"] == "essay"
    assert kept["cmi.interactions.0.type"] == ("long-fill-in" if version == "2004" else "fill-in")
    assert kept["cmi.interactions.0.result"] == "neutral"
    assert len(told) <= (4000 if version == "2004" else 255)
    assert told.startswith("Билік – бұл күш.")
    assert told.endswith(" …")
    assert "cmi.interactions.0.correct_responses.0.pattern" not in kept


@pytest.mark.parametrize(("setting", "ids"), [("marked", ["tick"]), ("none", [])])
def test_interactions_by_setting(browser: Browser, tmp_path: Path, setting: str, ids: list[str]) -> None:
    with lms(browser, tmp_path, "2004", asked(Essay(id="essay", text=b("?")), TICK), interactions=setting) as found:
        page, frame = found.open()
        frame.evaluate(REVIEW)
        frame.locator("[id='essay'] textarea").fill("сөз")
        frame.locator("[id='tick']").get_by_text("1998").click()
        check(frame, "tick")
        page.goto("about:blank")
        page.goto(f"{found.address}/runtime/")
        assert [value for name, value in found.kept(page).items() if name.endswith(".id")] == ids


# --- when a page is read


def test_a_page_turned_at_once_is_not_read(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "1.2", page_read="time") as found:
        _, frame = found.open()
        first = frame.locator(".page.current")
        first.locator("a[rel=next]").click()
        assert notices(frame) == ["notRead"]
        assert frame.evaluate("coursepack.reader.store.visited.size") == 0
        frame.evaluate("coursepack.reader.seconds.set('w01-lecture', 1000)")
        frame.evaluate("coursepack.reader.go('w01-lecture', true)")
        frame.locator(".page.current a[rel=next]").click()
        assert frame.evaluate("coursepack.reader.store.visited.size") == 1


def test_seconds_count_while_a_page_stands(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "1.2", asked(TICK), page_read="time") as found:
        _, frame = found.open()
        assert frame.evaluate("coursepack.reader.config.pages[0].seconds") == 3
        until(frame, "coursepack.reader.store.visited.size === 1")
        assert frame.evaluate("coursepack.reader.seconds.get('w01-lecture')") >= 3


def test_questions_are_answered_before_their_page_is_read(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "1.2", asked(TICK), page_read="check") as found:
        _, frame = found.open()
        frame.evaluate(REVIEW)
        frame.evaluate("coursepack.reader.seconds.set('w01-lecture-review', 1000)")
        frame.locator(".page.current .end").scroll_into_view_if_needed()
        until(frame, "coursepack.reader.ends.has('w01-lecture-review')")
        assert frame.evaluate("coursepack.reader.store.visited.size") == 0
        frame.locator("[id='tick']").get_by_text("1998").click()
        check(frame, "tick")
        until(frame, "coursepack.reader.store.visited.size === 1")


# --- turning pages, and their look


@pytest.mark.parametrize("theme", ["light", "sepia", "dark"])
def test_the_reader_s_own_look_is_kept(browser: Browser, tmp_path: Path, theme: str) -> None:
    with lms(browser, tmp_path, "1.2") as found:
        page, frame = found.open()
        if not frame.locator("#panel").is_visible():
            frame.locator("#menu-button").click()
        frame.locator("#panel summary").click()
        for name, value in (("size", "5"), ("face", "sans"), ("spacing", "wide"), ("theme", theme)):
            frame.locator(f"#panel input[name={name}][value='{value}']").check()
        size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
        assert frame.evaluate(size) == pytest.approx(16 * 1.594)
        assert axe_finds(frame) == []
        frame.evaluate(REVIEW)
        assert axe_finds(frame) == []
        page.goto("about:blank")
        _, frame = found.open()
        assert frame.evaluate("({...document.documentElement.dataset})") == {
            "size": "5",
            "face": "sans",
            "spacing": "wide",
            "theme": theme,
        }
        assert frame.evaluate(size) == pytest.approx(16 * 1.594)


def test_arrows_turn_pages_but_not_while_writing(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "1.2") as found:
        page, frame = found.open()
        pages = frame.evaluate("coursepack.reader.config.pages.map(page => page.id)")
        frame.locator(".page.current h2").focus()
        page.keyboard.press("ArrowRight")
        assert frame.locator(".page.current").get_attribute("id") == pages[1]
        page.keyboard.press("ArrowLeft")
        assert frame.locator(".page.current").get_attribute("id") == pages[0]
        frame.evaluate(REVIEW)
        own(frame).fill("сөз")
        page.keyboard.press("ArrowRight")
        assert frame.locator(".page.current").get_attribute("id") == "w01-lecture-review"


def test_back_of_the_browser_goes_a_page_back(browser: Browser, tmp_path: Path) -> None:
    with lms(browser, tmp_path, "1.2") as found:
        _, frame = found.open()
        first = frame.locator(".page.current").get_attribute("id")
        frame.locator(".page.current a[rel=next]").click()
        second = frame.locator(".page.current").get_attribute("id")
        frame.locator(".page.current a[rel=next]").click()
        frame.evaluate("history.back()")
        until(frame, f"document.querySelector('.page.current').id === '{second}'")
        frame.evaluate("history.back()")
        until(frame, f"document.querySelector('.page.current').id === '{first}'")
        frame.evaluate("history.forward()")
        until(frame, f"document.querySelector('.page.current').id === '{second}'")


def test_a_wide_formula_scrolls_by_the_keyboard_and_never_widens_a_phone_page(browser: Browser, tmp_path: Path) -> None:
    terms = "".join(f"<mi>x</mi><mo>+</mo><mn>{n}</mn><mo>+</mo>" for n in range(60))
    math = Math(mathml=f'<math xmlns="http://www.w3.org/1998/Math/MathML">{terms}<mi>y</mi></math>', text="x")
    short = Math(mathml='<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>', text="x")
    session = Session(id="w01-lecture", kind="lecture", number=1, blocks=(Formula(math=math), Formula(math=short)))
    course = Course(id="c", title="К", language="kk", weeks=(Week(id="w01", number=1, sessions=(session,)),))
    with lms(browser, tmp_path, "1.2", course, viewport=PHONE) as found:
        _, frame = found.open()
        assert frame.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert frame.evaluate("[...document.querySelectorAll('.wide')].map(box => box.tabIndex)") == [0, -1]
        # The face comes after the page is loaded: on a busy machine well after it.
        until(frame, "document.fonts.check('16px \"STIX Two Math\"')")
        box = frame.locator(".wide").first
        box.focus()
        frame.page.keyboard.press("ArrowRight")
        until(frame, "document.querySelector('.wide').scrollLeft > 0")
        assert axe_finds(frame) == []


def test_the_lms_is_told_of_every_own_answer_by_scorm_again(browser: Browser, tmp_path: Path) -> None:
    """The data types that an LMS checks: no call is refused."""
    for version in ("1.2", "2004"):
        folder = tmp_path / version
        with lms(browser, folder, version, asked(Essay(id="essay", text=b("Не?")), TICK)) as found:
            learner = Learner(found.context, found.address, version)
            visit = learner.open(W01)
            visit.frame.evaluate(REVIEW)
            visit.frame.locator("[id='essay'] textarea").fill("екі\nжол 😀 " + "ұзақ " * 1000)
            visit.page.goto("about:blank")
            calls = learner.calls()
            assert [call for call in calls if call["answer"] == "false" and call["name"] != "GetValue"] == []
            assert set_values(calls, "cmi.interactions.0.result") == ["neutral"]
