"""Blocks as HTML."""

from __future__ import annotations

import pytest

from coursepack.course import Footnote, NoteMark, Paragraph, Run
from coursepack.render.html import HtmlRenderer
from tests.samples import b


@pytest.mark.parametrize(("label", "shown"), [("*", "*"), ("а)", "а)"), ("", "*"), ("\x07", "*")])
def test_a_note_is_marked_as_printed_at_both_ends(label: str, shown: str) -> None:
    text = Paragraph(content=(Run(text="Мәтін"), NoteMark(note="note-7")))
    html = str(HtmlRenderer().html((text, Footnote(id="note-7", label=label, blocks=b("Ескерту.")))))
    assert f'<a href="#note-note-7">{shown}</a></sup>' in html
    assert f"<sup>{shown}</sup> Ескерту." in html
