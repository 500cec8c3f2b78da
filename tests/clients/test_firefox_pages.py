"""The pages in Firefox, which has no part in the other tests of pages: read, ask, search, note, resume."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from tests.clients.firefox import Tab, firefox
from tests.clients.scorm_lms import lay_out, served
from tests.clients.test_scorm_player import package
from tests.writers.test_scorm_teaching import course

BEFORE = """() => {
window.told = [];
window.addEventListener("error", (event) => told.push(String(event.message || event.target.src)), true);
window.addEventListener("unhandledrejection", (event) => told.push(String(event.reason)));
window.addEventListener("securitypolicyviolation", (event) => told.push(event.violatedDirective));
}"""
SECONDS = 30


def asked(tab: Tab, expression: str) -> Any:
    return json.loads(tab.evaluate(f"JSON.stringify({expression})"))


def until(tab: Tab, condition: str) -> None:
    end = time.monotonic() + SECONDS
    while not asked(tab, f"Boolean({condition})"):
        assert time.monotonic() < end, condition
        time.sleep(0.1)


def opened(tab: Tab, address: str) -> None:
    tab.open(address)
    until(tab, "document.querySelector('html.ready')")


def test_a_learner_reads_in_firefox(tmp_path: Path) -> None:
    lay_out(package("2004", whole=course()), tmp_path)
    with served(tmp_path) as address, firefox(tmp_path / "firefox", BEFORE) as tab:
        opened(tab, f"{address}/package/w01/index.html")
        # A term opens its definition.
        tab.evaluate("document.querySelector('a.term').scrollIntoView({block: 'center'})")
        tab.click("a.term")
        assert asked(tab, "document.querySelector('.gloss:popover-open').innerText.split('\\n')[0]") == "Билік (саяси)"
        tab.evaluate("document.querySelector('.gloss:popover-open').hidePopover()")

        # A question in the text: wrong, shown, marked.
        tab.evaluate("document.querySelector('#middle input[value=f]').scrollIntoView({block: 'center'})")
        tab.click("#middle input[value=f]")
        tab.click("#middle [data-check]")
        outcome = "document.querySelector('#middle').dataset.outcome"
        marks = "[...document.querySelectorAll('#middle .mark')].map(m => m.textContent)"
        assert asked(tab, f"[{outcome}, {marks}]") == ["incorrect", ["✗"]]

        # The search, typed without Kazakh letters, goes to its place and marks it.
        tab.click("[data-open=search]")
        until(tab, "coursepack.search.index")
        tab.evaluate("document.querySelector('#search-field').value = 'сенген билик'")
        tab.evaluate("document.querySelector('#search-field').dispatchEvent(new Event('input'))")
        tab.evaluate("document.querySelector('#search li a').click()")
        assert asked(tab, "[...CSS.highlights.get('found')].map(String)") == ["сенген", "билік"]

        # A bookmark and the answer are there at the next visit.
        tab.evaluate("coursepack.notes.onBookmark(coursepack.reader.page)")
        tab.evaluate("coursepack.reader.keep()")
        assert asked(tab, "told") == []
        opened(tab, f"{address}/package/w01/index.html")
        assert asked(tab, f"[{outcome}, {marks}]") == ["incorrect", ["✗"]]
        assert asked(tab, "document.querySelector('.page.current header [aria-pressed]').ariaPressed") == "true"
        assert asked(tab, "told") == []
