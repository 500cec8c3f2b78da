"""Captions whose picture stands at the end of a paragraph."""

from __future__ import annotations

import io

import pytest
from docx import Document

from coursepack import outline
from coursepack.model.blocks import Heading, Paragraph, Picture, block_text
from coursepack.project.course_toml import SourceEntry
from coursepack.readers.docx.reader import read
from tests.outline.layouts import loaded
from tests.samples import PNG


@pytest.mark.parametrize("caption", ["Рисунок 1. Зелёный лист", "1-сурет. Жасыл жапырақ", "Figure 1. A green leaf"])
def test_a_bold_caption_below_a_paragraph_with_a_picture_is_no_heading(caption: str) -> None:
    made = Document()
    made.add_heading("Лекция 1. Лист", 1)
    made.add_paragraph("Лист есть орган растения, в котором идёт фотосинтез. " * 6)
    text = made.add_paragraph("Он виден ниже, и видно, что он зелёный, что у него есть жилки и черешок. " * 4)
    text.add_run().add_picture(io.BytesIO(PNG))
    made.add_paragraph().add_run(caption).bold = True
    made.add_paragraph("Дальше идёт текст о том, из чего лист состоит.")
    out = io.BytesIO()
    made.save(out)
    entry = SourceEntry(file="a.docx", role="lecture")
    found = outline.understand(loaded("ru", entry), [(read("a.docx", out.getvalue()), entry)])
    ((_, session),) = found.course.sessions()
    assert not any(isinstance(block, Heading) for block in session.blocks)
    assert caption in [block_text((block,)) for block in session.blocks]
    (shown,) = (
        item
        for block in session.blocks
        if isinstance(block, Paragraph)
        for item in block.content
        if isinstance(item, Picture)
    )
    assert shown.asset
