"""Another try, a term by the keyboard, cards and progress that are remembered: without an LMS, in Chromium."""

from __future__ import annotations

from pathlib import Path

from tests.clients.scorm_lms import PHONE, chromium, lay_out, served, until
from tests.clients.test_scorm_player import package
from tests.writers.test_scorm_teaching import course


def test_a_learner_is_taught(tmp_path: Path) -> None:
    lay_out(package("2004", whole=course()), tmp_path)
    problems: list[str] = []
    with chromium() as browser, served(tmp_path) as address:
        page = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.goto(f"{address}/package/w01/index.html")
        frame = page.main_frame
        until(frame, "document.querySelector('html.ready')")

        term = page.locator("a.term").nth(1)
        term.focus()
        page.keyboard.press("Space")
        box = page.locator("#gloss-term-2")
        assert box.inner_text().split() == ["Халық", "Адамдар."]
        assert term.get_attribute("aria-expanded") == "true"
        page.keyboard.press("Escape")
        assert not box.is_visible()
        assert frame.evaluate("document.activeElement.textContent") == "Халқы"
        assert term.get_attribute("aria-expanded") == "false"

        question = page.locator("#middle")
        question.locator("input[value=f]").check()
        question.locator("[data-check]").click()
        assert question.locator(".mark.wrong").count() == 1
        assert question.locator(".passage").inner_text() == "Қайта оқыңыз: Мәні"
        question.locator("[data-again]").click()
        assert question.locator("input:checked, .mark").count() == 0
        assert not question.locator(".passage").is_visible()
        assert not question.locator("[data-again]").is_visible()
        question.locator("input[value=t]").check()
        question.locator("[data-check]").click()
        assert question.get_attribute("data-outcome") == "correct"
        assert not question.locator(".passage").is_visible()
        frame.evaluate("coursepack.reader.visit(coursepack.reader.page)")

        page.goto(f"{address}/package/about/index.html")
        until(frame, "document.querySelector('html.ready')")
        # Of the two pages of that week one was read; its own page has none to tell of.
        assert page.locator("[data-part-of=w01] .done").inner_text().strip() == "· оқылған беттер: 1 / 2"
        assert page.locator("[data-part-of=w02] .done").inner_text() == ""
        frame.evaluate("coursepack.reader.go('about-glossary', true)")
        page.locator("[data-cards]").click()
        assert page.locator(".card .front").inner_text() == "Билік (саяси)"
        assert not page.locator(".card .back").is_visible()
        page.locator("[data-turn]").click()
        assert page.locator(".card .back").inner_text() == "Ықпал ету."
        page.locator("[data-forgot]").click()
        assert page.locator(".card .front").inner_text() == "Халық"
        page.locator("[data-turn]").click()
        page.locator("[data-knew]").click()
        page.reload()
        until(frame, "document.querySelector('html.ready')")
        frame.evaluate("coursepack.reader.go('about-glossary', true)")
        page.locator("[data-cards]").click()
        assert page.locator("[data-known]").inner_text() == "Білетін терминдер: 1 / 3"
        assert page.locator(".card .front").inner_text() == "Билік (саяси)"
    assert problems == []
