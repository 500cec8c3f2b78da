"""Listings that only their typeface, their place or their indentation tells, in decks and saved pages."""

from __future__ import annotations

import pytest

from coursepack.readers.html.page import read as read_page
from coursepack.readers.markdown.reader import read as read_markdown
from coursepack.readers.pptx.reader import read as read_deck
from tests.readers.deck import Deck, lines


def coded(face: str, *typed: tuple[int, str]) -> list[str]:
    deck = Deck()
    slide = deck.slide("Код", *typed)
    for paragraph in slide.placeholders[1].text_frame.paragraphs:
        for run in paragraph.runs:
            run.font.name = face
    return lines(read_deck("a.pptx", deck.data()))


def test_lines_of_one_width_in_the_body_of_a_slide_are_a_listing() -> None:
    typed = (0, "SELECT id"), (0, "  FROM t"), (1, "WHERE a = 1;")
    assert coded("Consolas", *typed) == ["## Код", "= SELECT id", "+   FROM t", "+     WHERE a = 1;"]
    assert coded("Arial", *typed) == ["## Код", "• SELECT id", "• FROM t", "  – WHERE a = 1;"]


def test_a_line_of_one_width_among_bullets_stays_a_bullet() -> None:
    assert coded("Consolas", (0, "git status")) == ["## Код", "• git status"]


SAVED = (
    "<style>.c3{{font-size:11pt;font-family:&quot;Courier New&quot;}}</style><p>Маршрут ведёт в сеть.</p>"
    "<p>Его видно так.</p><p>Или иначе.</p>{}<p>Дальше текст.</p>"
).replace("&quot;", '"')


def page(markup: str) -> list[str]:
    return lines(read_page("a.html", f"<html><body>{markup}</body></html>".encode()))


def test_paragraphs_of_one_width_in_a_saved_page_are_a_listing() -> None:
    before, after = ["Маршрут ведёт в сеть.", "Его видно так.", "Или иначе."], ["Дальше текст."]
    google = '<p class="c0"><span class="c3">if a:</span></p>\n<p><span class="c3">&nbsp;&nbsp;&nbsp; b()</span></p>'
    assert page(SAVED.format(google)) == [*before, "= if a:", "=     b()", *after]
    word = "<p style='margin:0'><span style='font:9.0pt Consolas,monospace'>ip route<br>ip link</span></p>"
    assert page(SAVED.format(word)) == [*before, "= ip route", "= ip link", *after]


def test_letters_of_one_width_in_a_paragraph_or_on_the_whole_page_are_no_listing() -> None:
    mixed = '<p>Команда <span class="c3">ip</span></p>'
    assert page(SAVED.format(mixed))[3] == "Команда ip"
    typed = '<style>.c3{font-family:"Courier New"}</style>' + '<p class="c3">Текст, набранный на машинке.</p>' * 3
    assert page(typed) == ["Текст, набранный на машинке."] * 3


def test_indented_lines_of_a_program_in_markdown_are_a_listing() -> None:
    text = (
        "Цикл.\n\n    for i in range(3):\n        print(i)\n\n    x = 2\n\nТекст.\n\n    Красная строка, и это текст.\n"
    )
    found = lines(read_markdown("a.md", text.encode()))
    assert found == [
        "Цикл.",
        "= for i in range(3):",
        "=     print(i)",
        "= ",
        "= x = 2",
        "Текст.",
        "Красная строка, и это текст.",
    ]


@pytest.mark.parametrize(
    "typed",
    [
        ["алг сумма", "  нач", '  вывод "Привет"', "кон"],
        ["для i от 1 до 10", "    вывод(i)"],
        ["Если А > 0 Тогда", '    Сообщить("Да");', "КонецЕсли;"],
        ["егер х > 0 болса", "    шығару(х)", "бітті"],
        ["вывод(x)"],
    ],
)
def test_a_program_in_letters_of_any_script_that_is_indented_in_markdown_is_a_listing(typed: list[str]) -> None:
    text = "Программа.\n\n" + "\n".join(f"    {line}" for line in typed) + "\n\nТекст.\n"
    assert lines(read_markdown("a.md", text.encode())) == ["Программа.", *(f"= {line}" for line in typed), "Текст."]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (["Абзац, строки которого", "идут одна за другой."], ["Абзац, строки которого идут одна за другой."]),
        (["1. Что такое поле?", "2. Что такое ток?"], ["1. Что такое поле?\n2. Что такое ток?"]),
        (["поле – вид материи", "ток – движение зарядов"], ["поле – вид материи\nток – движение зарядов"]),
        (["МИНИСТЕРСТВО НАУКИ", "   Кафедра физики"], ["МИНИСТЕРСТВО НАУКИ\nКафедра физики"]),
    ],
)  # fmt: skip
def test_prose_that_is_indented_in_markdown_is_text(typed: list[str], read: list[str]) -> None:
    text = "Лекция.\n\n" + "\n".join(f"    {line}" for line in typed) + "\n\nТекст.\n"
    assert lines(read_markdown("a.md", text.encode())) == ["Лекция.", *read, "Текст."]
