"""The tools of a reader in Chromium: search, notes, figures, code, print, reading aloud, keys."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Frame, Page

from coursepack.model.artifact import Artifact, Assets
from coursepack.model.blocks import Code, Figure, Heading, Paragraph, Run
from coursepack.model.course import Course, Session, Week
from coursepack.model.questions import Choice, MultipleChoice
from coursepack.writers import Context, load
from tests.clients.scorm_lms import DESKTOP, FORGET, PHONE, Learner, lay_out, served, until
from tests.clients.test_scorm_player import FORMATS, axe_finds
from tests.samples import b

LINES = "Государство — особая организация власти. В государствах разного типа власть осуществляется по-разному. " * 3
CODE = "def f(x):\n    return x ** 2\n\nprint(f(12))"
W01 = "w01/index.html"


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (1600, 900), (180, 200, 230)).save(made, "PNG")
    return made.getvalue()


PICTURE = picture()
KEY = hashlib.sha256(PICTURE).hexdigest()


def course() -> Course:
    sections: list[Any] = []
    for number in range(1, 5):
        sections += [Heading(level=1, content=(Run(text=f"Раздел {number}. Признаки"),)), *b(*[LINES] * 4)]
    figure = Figure(asset=KEY, media_type="image/png", alt="Сетка", caption=(Run(text="Рис. 1. Сетка"),))
    arabic = Paragraph(content=(Run(text="الدولة هي تنظيم سياسي."),), direction="rtl")
    sections[3:3] = [figure, Code(text=CODE, language="python"), arabic]
    choices = (Choice(content=b("Власть"), fraction=1.0), Choice(content=b("Погода")))
    asked = MultipleChoice(id="q1", text=b("Что изучают?"), choices=choices)
    first = Session(
        id="w01-lecture", kind="lecture", number=1, title="Государство", blocks=(*sections,), review=(asked,)
    )
    texts = b("Гражданское общество. Выборы проводятся раз в пять лет.", "Избирателей спрашивают.")
    second = Session(id="w02-lecture", kind="lecture", number=2, title="Общество", blocks=texts)
    weeks = (Week(id="w01", number=1, sessions=(first,)), Week(id="w02", number=2, sessions=(second,)))
    return Course(id="gos", title="Политология", language="ru", weeks=weeks)


def package(version: str, **options: Any) -> Artifact:
    writer = load(FORMATS[version])
    chosen = writer.options(**({"page_read": "end"} | options))
    return writer.write(course(), Context(assets=Assets({KEY: PICTURE}), options=chosen, version="test")).artifacts[0]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = {}
    for version in FORMATS:
        made[version] = tmp_path_factory.mktemp("tools")
        lay_out(package(version), made[version])
    return made


@pytest.fixture(params=["1.2", "2004"])
def learner(request: pytest.FixtureRequest, browser: Browser, folders: dict[str, Path]) -> Iterator[Learner]:
    version = request.param
    context = browser.new_context(viewport=DESKTOP if version == "1.2" else PHONE)  # type: ignore[arg-type]
    with served(folders[version]) as address:
        found = Learner(context, address, version)
        yield found
        refused = [
            call
            for call in found.calls()
            if call["code"] != "0" or (call["answer"] == "false" and call["name"] != "GetValue")
        ]
        context.close()
    assert refused == []
    assert found.problems == []
    assert found.outside() == []


@pytest.fixture
def alone(browser: Browser, folders: dict[str, Path], request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page without an LMS; what the console says against it is a failure. From a folder, where a test asks for it."""
    context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: problems.append(str(e)))
    with served(folders["2004"]) as address:
        file = (folders["2004"] / "package" / W01).as_uri()
        page.goto(file if hasattr(request, "param") else f"{address}/package/{W01}")
        page.wait_for_selector("html.ready", state="attached")
        yield page
        context.close()
    assert problems == []


def results(frame: Frame | Page, question: str) -> list[str]:
    """The results of a question, each its lines in one."""
    frame.fill("#search-field", question)
    found: list[str] = frame.evaluate("[...document.querySelectorAll('#search li')].map(item => item.innerText)")
    return [" | ".join(text.split("\n\n")) for text in found]


def drawn(frame: Frame | Page, name: str) -> list[str]:
    """The texts of the passages that are drawn under a name."""
    found: list[str] = frame.evaluate(f"[...(CSS.highlights.get('{name}') || [])].map(range => range.toString())")
    return found


def test_search_in_an_lms(learner: Learner) -> None:
    visit = learner.open(W01)
    frame = visit.frame
    frame.locator("#main").press("/")
    until(frame, "coursepack.search.index")
    society = "Лекция 2. Общество | В разделе «Неделя 2. Общество»: откройте его из списка системы обучения. | "
    assert results(frame, "выборами") == [f"{society}Гражданское общество. Выборы проводятся раз в пять лет."]
    assert frame.locator("#search mark").all_inner_texts() == ["Выборы"]
    assert results(frame, "избиратель") == [f"{society}Избирателей спрашивают."]
    assert results(frame, "нетутаких") == []
    assert frame.locator("#search [role=status]").inner_text() == "Ничего не найдено."
    assert results(frame, "раздела 3 признак") == ["Лекция 1. Государство | Раздел 3. Признаки"]
    assert axe_finds(frame) == []
    frame.locator("#search-field").press("Enter")
    assert not frame.locator("#search").is_visible()
    assert drawn(frame, "found") == ["Раздел", "3", "Признаки"]
    assert frame.evaluate("document.activeElement.textContent") == "Раздел 3. Признаки"
    assert 0 < frame.evaluate("document.activeElement.getBoundingClientRect().top") < 400
    # The browser's own search: a page that is not shown is found, and opened.
    assert frame.evaluate("document.querySelector('#w01-lecture-review').hidden") == "until-found"
    frame.evaluate(
        "document.querySelector('#w01-lecture-review .stem').dispatchEvent(new Event('beforematch', {bubbles: true}))"
    )
    assert frame.evaluate("coursepack.reader.page.id") == "w01-lecture-review"


@pytest.mark.parametrize("alone", ["file"], indirect=True)
def test_search_without_an_lms_goes_to_the_passage(alone: Page) -> None:
    alone.keyboard.press("/")
    until(alone.main_frame, "coursepack.search.index")
    assert results(alone, "ИЗБИРАТЕЛЯМИ") == ["Лекция 2. Общество | Неделя 2. Общество | Избирателей спрашивают."]
    alone.keyboard.press("Enter")
    alone.wait_for_url("**/w02/index.html#w02-lecture")
    until(alone.main_frame, "window.CSS.highlights.size > 0")
    assert drawn(alone, "found") == ["Избирателей спрашивают."]


@pytest.mark.parametrize("how", ["key", "button"])
def test_what_is_typed_at_once_is_searched_for(alone: Page, how: str) -> None:
    if how == "key":
        alone.keyboard.press("/")
    else:
        alone.locator("[data-open=search]").click()
    alone.keyboard.type("избирателями ")  # its script and its index have not come yet
    until(alone.main_frame, "document.querySelector('#search ol li')")
    assert alone.evaluate("document.activeElement.id") == "search-field"
    assert alone.locator("#search ol li").count() == 1


def test_every_form_of_a_word_is_found(alone: Page) -> None:
    """Also those that the course does not have, by the endings of the language."""
    alone.keyboard.press("/")
    until(alone.main_frame, "coursepack.search.index")
    counts = {}
    for form in (
        "государство",
        "государства",
        "государству",
        "государством",
        "государствами",
        "государств",
        "Государствам",
    ):
        counts[form] = len(results(alone, form))
    assert len(set(counts.values())) == 1, counts
    assert counts["государство"] > 16


def select(frame: Frame, start: int, end: int) -> None:
    frame.evaluate(
        "([start, end]) => { const text = document.querySelector('.page.current .text p').firstChild;"
        " getSelection().setBaseAndExtent(text, start, text, end); }",
        [start, end],
    )
    frame.locator("#selected").wait_for()


def test_notes_are_kept_by_the_lms(learner: Learner) -> None:
    visit = learner.open(W01)
    frame = visit.frame
    select(frame, 0, 11)
    frame.locator("#selected [data-highlight]").click()
    select(frame, 14, 39)
    assert axe_finds(frame) == []
    frame.locator("#selected [data-note]").click()
    frame.locator("#note-text").fill("Своя мысль\nо власти")
    frame.locator("#note [value=save]").click()
    frame.locator(".page.current .own button").first.focus()
    visit.page.keyboard.press("Enter")
    if frame.locator("#menu-button").is_visible():
        frame.locator("#menu-button").click()
    frame.locator(".sections .pen").nth(1).focus()
    visit.page.keyboard.press("Enter")
    frame.locator("#note-text").fill("О разделе")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    assert drawn(frame, "own") == ["Государство"]
    assert drawn(frame, "own-note") == ["особая организация власти"]
    visit.page.goto("about:blank")
    assert len(json.loads(learner.memory(W01)["suspend_data"])["m"]) == 4

    again = learner.open(W01).frame
    assert drawn(again, "own-note") == ["особая организация власти"]
    again.evaluate("coursepack.notes.open()")
    assert axe_finds(again) == []
    told = again.locator("#notes-list li").all_inner_texts()
    assert [text.split("\n")[0] for text in told] == [
        "Закладка Лекция 1. Государство",
        "Выделенный фрагмент Лекция 1. Государство",
        "Выделенный фрагмент Лекция 1. Государство",
        "Заметка Лекция 1. Государство",
    ]
    with again.page.expect_download() as saved:
        again.locator("#notes-list [data-save]").click()
    text = Path(saved.value.path()).read_text("utf-8-sig")
    assert "Выделенный фрагмент: Лекция 1. Государство\n«особая организация власти»\nСвоя мысль\nо власти\n" in text
    assert "Заметка: Лекция 1. Государство\n«Раздел 2. Признаки»\nО разделе\n" in text

    # Removed here, it does not come back; a passage that was moved is found again.
    again.locator("#notes-list li").nth(1).locator("button", has_text="Удалить").click()
    assert again.locator("#notes-list li").count() == 3
    again.page.goto("about:blank")
    third = learner.open(W01).frame
    assert drawn(third, "own") == []
    third.evaluate("document.querySelector('.page.current .text').prepend('Новое вступление. ')")
    third.evaluate("coursepack.notes.texts.clear(); coursepack.notes.draw()")
    assert drawn(third, "own-note") == ["особая организация власти"]
    third.page.goto("about:blank")


def test_a_note_that_does_not_fit_is_kept_here_and_told(browser: Browser, folders: dict[str, Path]) -> None:
    with served(folders["1.2"]) as address:
        learner = Learner(browser.new_context(viewport=DESKTOP), address, "1.2")  # type: ignore[arg-type]
        visit = learner.open(W01)
        long = "мысль " * 700
        for start, note in ((0, "короткая"), (20, long)):
            select(visit.frame, start, start + 11)
            visit.frame.locator("#selected [data-note]").click()
            visit.frame.locator("#note-text").fill(note)
            visit.frame.locator("#note [value=save]").click()
        visit.frame.evaluate("coursepack.reader.flush('hidden'); coursepack.notes.open()")
        assert visit.frame.locator("#notes-list .kept:visible").all_inner_texts() == [
            "В системе обучения нет места: это хранится только в этом браузере."
        ]
        visit.page.goto("about:blank")
        kept = learner.memory(W01)["suspend_data"]
        assert len(kept) <= 4096
        assert "короткая" in kept
        again = learner.open(W01)
        again.frame.evaluate("coursepack.notes.open()")
        assert again.frame.locator("#notes-list .written").all_inner_texts() == ["короткая", long.strip()]
        again.page.goto("about:blank")
        learner.ask("localStorage.removeItem('coursepack:gos:w01:learner-1')")
        learner.ask(FORGET)
        elsewhere = learner.open(W01).frame
        elsewhere.evaluate("coursepack.notes.open()")
        assert elsewhere.locator("#notes-list .written").all_inner_texts() == ["короткая"]
        assert elsewhere.locator("[data-away]").inner_text().endswith("не было места: 1")
        learner.context.close()


def test_figures_code_keys_and_sections(alone: Page) -> None:
    assert alone.evaluate("document.querySelector('.figure img').naturalWidth || 1") >= 1
    alone.locator(".zoom").scroll_into_view_if_needed()
    assert alone.locator(".zoom").get_attribute("aria-label") == "Увеличить: Сетка"
    alone.locator(".zoom").focus()
    alone.keyboard.press("Enter")
    assert alone.locator("#figure figcaption").inner_text() == "Рис. 1. Сетка"
    assert axe_finds(alone.main_frame) == []
    alone.locator("[data-actual]").click()
    assert alone.evaluate("document.querySelector('#figure img').clientWidth") == 1600
    alone.keyboard.press("Escape")
    assert alone.evaluate("document.activeElement.className") == "zoom"

    # A frame of an LMS may not ask for the clipboard: then what is selected is copied.
    alone.evaluate(
        "window.copied = ''; document.addEventListener('copy', () => { copied = document.activeElement.value; }); null"
    )
    alone.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('denied')); null")
    alone.locator(".copy").click()
    until(alone.main_frame, f"copied === {json.dumps(CODE)}")
    assert alone.locator("#announced").text_content() == "Скопировано"

    assert alone.locator(".sections a").all_inner_texts() == [f"Раздел {n}. Признаки" for n in range(1, 5)]
    alone.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    until(
        alone.main_frame,
        "document.querySelector('.sections [aria-current=location]').textContent.startsWith('Раздел 4')",
    )

    alone.keyboard.press("?")
    assert alone.locator("#keys").is_visible()
    assert axe_finds(alone.main_frame) == []
    alone.locator("#keys input").uncheck()
    alone.keyboard.press("Escape")
    alone.keyboard.press("/")
    assert not alone.locator("#search").is_visible()
    alone.locator("[data-open=search]").click()
    alone.locator("#search-field").press("?")  # a sign that is typed
    assert not alone.locator("#keys").is_visible()
    assert alone.locator("#search-field").input_value() == "?"


def printed(page: Page) -> list[str]:
    """The texts of the sheets that a page is printed on."""
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    return [sheet.get_textpage().get_text_range().replace("\r\n", "\n") for sheet in document]


def test_print(alone: Page) -> None:
    one = printed(alone)
    assert "Раздел 4. Признаки" in "".join(one)
    assert "Что изучают?" not in "".join(one)
    alone.evaluate("coursepack.reader.go('w01-lecture-review', true)")
    alone.locator(".page.current .choices").get_by_text("Власть").click()
    alone.locator(".page.current [data-check]").click()
    alone.evaluate("coursepack.reader.go('w01-lecture', true)")
    alone.evaluate("window.asked = 0; window.print = () => { asked += 1; }; null")
    alone.evaluate("document.querySelector('#print').showModal()")
    assert axe_finds(alone.main_frame) == []
    alone.locator("#print [value=part]").check()
    alone.locator("#print [name=answers]").check()
    alone.locator("#print [value=print]").click()
    until(alone.main_frame, "asked === 1")
    sheets = printed(alone)
    assert [f"{number} / {len(sheets)}" in text for number, text in enumerate(sheets, 1)] == [True] * len(sheets)
    text = "\n".join(sheets)
    assert "Что изучают?" in text
    assert text.rindex("Правильные ответы") > text.index("Что изучают?")
    assert "Поиск по курсу" not in text
    assert "Копировать" not in text
    alone.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert "Что изучают?" not in "".join(printed(alone))


VOICE = """(() => {
const said = window.said = [];
const speech = { getVoices: () => window.mute ? [] : [{ lang: 'ru-RU', localService: true }], addEventListener() {},
  cancel() { said.push('■'); }, speak(spoken) { said.push(spoken.text); window.spoken = spoken; } };
Object.defineProperty(window, 'speechSynthesis', { value: speech });
window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
})()"""


def test_reading_aloud(browser: Browser, folders: dict[str, Path]) -> None:
    address = (folders["2004"] / "package" / "w02" / "index.html").as_uri()
    for voice in (True, False):
        context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
        context.add_init_script(f"window.mute = {json.dumps(not voice)};{VOICE}")
        page = context.new_page()
        page.goto(address)
        page.wait_for_selector("html.ready", state="attached")
        if not voice:
            assert page.locator("[data-aloud]").count() == 0
            context.close()
            continue
        page.locator("[data-aloud]").first.click()
        assert drawn(page, "aloud") == ["Лекция 2. Общество"]
        for _ in range(2):
            page.evaluate("spoken.dispatchEvent(new Event('end'))")
        here = ["Выборы проводятся раз в пять лет."]
        assert drawn(page, "aloud") == here
        page.locator("[data-aloud-pause]").click()
        page.evaluate("spoken.dispatchEvent(new Event('end'))")  # of what was stopped: nobody's
        assert drawn(page, "aloud") == here
        assert page.locator("[data-aloud-pause]").inner_text() == "Продолжить"
        assert axe_finds(page.main_frame) == []
        page.locator("[data-aloud-pause]").click()
        for _ in range(9):
            page.evaluate("spoken.dispatchEvent(new Event('end'))")
        said = [text for text in page.evaluate("said") if text != "■"]
        assert said == ["Лекция 2. Общество", "Гражданское общество.", *here, *here, "Избирателей спрашивают."]
        assert not page.locator("#aloud").is_visible()
        assert drawn(page, "aloud") == []
        context.close()


LMS = """window.calls = []; window.API_1484_11 = {
  Initialize: () => 'true',
  Terminate: () => { calls.push('Terminate'); return 'true'; },
  Commit: () => { calls.push('Commit'); return 'true'; },
  GetValue: (name) => (name.startsWith('adl.nav.request_valid.choice.') ? 'true' : ''),
  SetValue: (name, value) => { if (name.startsWith('adl')) calls.push(`${name}=${value}`); return 'true'; },
  GetLastError: () => '0', GetErrorString: () => '' };"""


def test_an_lms_that_lets_a_lesson_be_chosen_opens_it(browser: Browser, folders: dict[str, Path]) -> None:
    context = browser.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    context.add_init_script(LMS)
    page = context.new_page()
    with served(folders["2004"]) as address:
        page.goto(f"{address}/package/{W01}")
        page.wait_for_selector("html.ready", state="attached")
        page.keyboard.press("/")
        until(page.main_frame, "coursepack.search.index")
        assert results(page, "избирателями") == ["Лекция 2. Общество | Неделя 2. Общество | Избирателей спрашивают."]
        page.locator("#search-field").press("Enter")
        # On a slow machine a quiet moment has come before, with a commit of its own.
        asked = page.evaluate("calls.slice(calls.findIndex((call) => call.startsWith('adl')))")
        assert asked == ["adl.nav.request={target=item-w02}choice", "Commit", "Terminate"]
        assert json.loads(page.evaluate("localStorage.getItem('coursepack:goes')"))["text"] == "Избирателей спрашивают."
        context.close()
