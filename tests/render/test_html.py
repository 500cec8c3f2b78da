"""Blocks as HTML."""

from __future__ import annotations

from typing import Literal

import pytest
from lxml import etree

from coursepack.model.blocks import Footnote, List, ListItem, NoteMark, Paragraph, Run
from coursepack.render.html import HtmlRenderer
from tests.samples import b


@pytest.mark.parametrize(("label", "shown"), [("*", "*"), ("а)", "а)"), ("", "*"), ("\x07", "*")])
def test_a_note_is_marked_as_printed_at_both_ends(label: str, shown: str) -> None:
    text = Paragraph(content=(Run(text="Мәтін"), NoteMark(note="note-7")))
    html = str(HtmlRenderer().html((text, Footnote(id="note-7", label=label, blocks=b("Ескерту.")))))
    assert f'<a href="#note-note-7">{shown}</a></sup>' in html
    assert f"<sup>{shown}</sup> Ескерту." in html


def test_marks_of_a_list_stand_where_its_items_begin() -> None:
    def made(*ways: Literal["rtl"] | None) -> str:
        items = tuple(ListItem(blocks=(Paragraph(content=(Run(text="a"),), direction=way),)) for way in ways)
        return str(HtmlRenderer().html((List(items=items),)))

    assert made("rtl", "rtl") == '<ul dir="rtl"><li><p dir="rtl">a</p></li><li><p dir="rtl">a</p></li></ul>'
    assert made("rtl", None) == '<ul><li><p dir="rtl">a</p></li><li>a</li></ul>'


def test_whatever_a_product_adds_passes_the_cleaner() -> None:
    class Odd(HtmlRenderer):
        def paragraph(self, parent: etree._Element, block: Paragraph) -> None:
            super().paragraph(parent, block)
            parent[-1].set("onclick", "run()")
            etree.SubElement(parent[-1], "script").text = "run()"
            etree.SubElement(parent[-1], "blink").text = "b"
            etree.SubElement(parent[-1], "a", href="javascript:run()").text = "c"
            etree.SubElement(parent[-1], "img", src="https://host/", alt="d")

    assert Odd().html(b("a")) == '<p>a<span>b</span><a>c</a><img alt="d"></p>'
