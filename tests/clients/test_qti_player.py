"""QTI 3.0 in a public player (@citolab/qti-components): items are shown, answered and marked, each type of question.

The player knows no rounding finer than a thousandth, and moves MathML out of its namespace: scores are compared so, and
formulas are not looked at here.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from coursepack.model.questions import Question
from tests.clients.scorm_lms import need_module, served
from tests.qti_samples import ORDERS, answered, cases, moodle, order, orders
from tests.writers.plain import written

PAGE = """<!doctype html><meta charset="utf-8"><title>player</title><link rel="stylesheet" href="player/item.css">
<script type="module" src="player/index.js"></script><qti-item><item-container></item-container></qti-item>"""
ITEM = "document.querySelector('item-container').shadowRoot.querySelector('qti-assessment-item')"
MARK = """answers => {
    const item = %s;
    item.resetResponses();
    for (const [name, value] of Object.entries(answers)) item.updateResponseVariable(name, value);
    item.processResponse();
    return Number(item.variables.find(each => each.identifier == 'SCORE').value);
}"""
SHOWN = """() => [...%s.querySelectorAll('qti-modal-feedback')]
    .filter(each => each.shadowRoot.querySelector('dialog')?.open).map(each => each.textContent.trim())"""


def questions() -> list[Question]:
    return [*(question for question, _ in cases()), *(order(grading) for grading in ORDERS)]


@pytest.fixture(scope="module")
def player(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder: Path = tmp_path_factory.mktemp("qti")
    for member in written("qti3", *questions()).artifacts[0].members:
        path = folder / "package" / member.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(member.read())
    module = need_module("@citolab/qti-components")
    shutil.copytree(module / "cdn", folder / "player")
    shutil.copy(module / "dist" / "item.css", folder / "player")
    (folder / "index.html").write_text(PAGE)
    with served(folder) as address:
        page = browser.new_page()
        page.goto(f"{address}/index.html")
        yield page
        page.close()


def show(page: Page, name: str) -> None:
    page.evaluate(
        "url => document.querySelector('item-container').setAttribute('item-url', url)", f"package/items/{name}.xml"
    )
    page.wait_for_function(f"name => {ITEM}?.identifier == name", arg=name)
    page.wait_for_timeout(50)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case[0].id)
def test_an_answer_earns_what_it_should(player: Page, case: Any) -> None:
    question, answers = case
    show(player, question.id)
    for answer, points, _ in answers:
        assert player.evaluate(MARK % ITEM, answer) == pytest.approx(points, abs=0.001), answer


@pytest.mark.parametrize("grading", ORDERS)
def test_an_order_earns_what_it_should(player: Page, grading: Any) -> None:
    show(player, f"order-{grading}")
    for placed in orders(4)[::3]:
        assert player.evaluate(MARK % ITEM, answered(placed)) == pytest.approx(moodle(grading, placed), abs=0.001), (
            placed
        )


def test_a_learner_chooses_types_and_reads_feedback(player: Page) -> None:
    show(player, "weighed")
    player.locator("qti-simple-choice", has_text="Жарты").click()
    assert player.evaluate(f"() => {{ {ITEM}.processResponse(); return {ITEM}.getOutcome('SCORE').value }}") == "1.25"
    assert player.evaluate(SHOWN % ITEM) == ["Жартылай", "Жалпы"]
    show(player, "short")
    field = player.locator("qti-text-entry-interaction input")
    field.press_sequentially("астана")
    field.press("Tab")
    assert player.evaluate(f"() => {{ {ITEM}.processResponse(); return {ITEM}.getOutcome('SCORE').value }}") == "1"


def test_what_is_for_the_grader_is_not_shown(player: Page) -> None:
    show(player, "essay")
    assert player.locator("qti-extended-text-interaction textarea").is_visible()
    assert not player.get_by_text("Үш себеп").is_visible()


def test_gaps_stand_in_their_line(player: Page) -> None:
    show(player, "gaps")
    assert player.locator("p qti-text-entry-interaction input").count() == 2
    assert player.locator("p qti-inline-choice-interaction").count() == 1
    assert player.locator("qti-choice-interaction qti-simple-choice").all_inner_texts() == ["x", "y", "z"]
