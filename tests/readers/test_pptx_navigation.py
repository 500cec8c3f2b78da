"""Boxes that lead through a deck, and lines that are typed on every slide."""

from __future__ import annotations

from typing import Any

import pytest
from pptx.util import Emu

from coursepack.readers.pptx.reader import read
from tests.readers.deck import Deck, lines

TITLES = ("Жасуша", "Ядро", "Мембрана", "Қорытынды")
BODY = ("# Жасуша", "## Ядро", "• Ядро", "## Мембрана", "• Мембрана", "## Қорытынды", "• Қорытынды")


def slides(deck: Deck) -> list[Any]:
    first = deck.slide(TITLES[0], layout=0)
    return [first, *(deck.slide(title, title) for title in TITLES[1:])]


def box(slide: Any, text: str, at: int = 0, target: Any = None, step: str = "") -> None:
    made = slide.shapes.add_textbox(Emu(at), Emu(9), Emu(9), Emu(9))
    made.text_frame.text = text
    if target is not None:
        made.click_action.target_slide = target
    if step:
        link = made._element.nvSpPr.cNvPr.get_or_add_hlinkClick()
        link.set("action", f"ppaction://hlinkshowjump?jump={step}")


def told(deck: Deck) -> tuple[list[str], list[str]]:
    document = read("a.pptx", deck.data())
    return lines(document), [one.message for one in document.findings]


@pytest.mark.parametrize(("back", "on"), [("Алдыңғы", "Келесі"), ("Назад", "Далее"), ("Previous", "Next"), ("◄", "►")])
def test_steps_and_a_menu_on_every_slide_stay_out(back: str, on: str) -> None:
    deck = Deck()
    made = slides(deck)
    for at, slide in enumerate(made):
        box(slide, back, 1, step="previousslide")
        box(slide, on, 2, step="nextslide")
        box(slide, "Мазмұны", 3, target=made[not at])
    found, said = told(deck)
    assert tuple(found) == BODY
    assert said == ["12 × a box that leads to another slide, left out (slides 1, 2, 3, 4)"]


def test_links_of_a_contents_slide_are_its_text() -> None:
    deck = Deck()
    made = slides(deck)
    for at, slide in enumerate(made[1:], 1):
        box(made[0], TITLES[at], at, target=slide)
    found, said = told(deck)
    assert found == ["# Жасуша", "Ядро", "Мембрана", "Қорытынды", *BODY[1:]]
    assert said == []


def test_a_line_on_every_slide_is_kept_once() -> None:
    deck = Deck()
    for slide in slides(deck):
        box(slide, "Биология кафедрасы", 5)
    found, said = told(deck)
    assert found == ["# Жасуша", "Биология кафедрасы", *BODY[1:]]
    assert said == ["3 × a text in the same place on most slides: it is kept once (slides 2, 3, 4)"]


def test_the_same_words_elsewhere_or_on_few_slides_stay() -> None:
    deck = Deck()
    made = slides(deck)
    for at, slide in enumerate(made):
        box(slide, "Мысал", at)
    box(made[2], "Сызба", 50)
    box(made[3], "Сызба", 50)
    found, said = told(deck)
    assert (found.count("Мысал"), found.count("Сызба"), said) == (4, 2, [])


def test_a_box_at_the_top_that_leads_is_no_title() -> None:
    deck = Deck()
    for at in range(3):
        slide = deck.slide(layout=6)
        box(slide, "Мазмұны", step="firstslide")
        box(slide, f"{at + 1}-кезең: бөліну", 4)
    found, _ = told(deck)
    assert [line.lstrip("# ") for line in found] == ["1-кезең: бөліну", "2-кезең: бөліну", "3-кезең: бөліну"]


def test_a_title_that_is_typed_on_every_slide_joins_them() -> None:
    deck = Deck()
    for at in range(4):
        slide = deck.slide(layout=6)
        box(slide, "Жасушаның бөлінуі", 3)
        slide.shapes.add_textbox(Emu(3), Emu(99), Emu(9), Emu(9)).text_frame.text = f"{at + 1}-кезең"
    found, said = told(deck)
    assert found == ["## Жасушаның бөлінуі", "1-кезең", "2-кезең", "3-кезең", "4-кезең"]
    assert not any("kept once" in message for message in said)
