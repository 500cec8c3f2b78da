"""Captions whose picture stands at the end of a paragraph."""

# ruff: noqa: E501 - a row a case

from __future__ import annotations

import base64
import io

import pytest
from docx import Document

from coursepack import outline
from coursepack.model.blocks import Figure, Heading, Paragraph, Picture, Run, Table, block_text
from coursepack.project.course_toml import SourceEntry
from coursepack.readers.docx.reader import read
from coursepack.readers.html import page
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


PICTURE = f"<img src='data:image/png;base64,{base64.b64encode(PNG).decode()}' alt='Лист'>"
TABLE = "<table><tr><th>N</th><th>Имя</th></tr><tr><td>1</td><td>Лист</td></tr></table>"


@pytest.mark.parametrize(
    ("first", "said", "second", "wanted"),
    [
        (f"<figure>{PICTURE}<figcaption>Рис. 2. Лист</figcaption></figure>", "Таблица 1. Листья", TABLE, ["Рис. 2. Лист", "Таблица 1. Листья"]),
        (f"<p>{PICTURE}</p>", "Таблица 1. Листья", TABLE, ["", "Таблица 1. Листья"]),
        (f"<p>{PICTURE}</p>", "1-кесте. Жапырақтар", TABLE, ["", "1-кесте. Жапырақтар"]),
        (f"<p>{PICTURE}</p>", "Figure 1. Leaves", TABLE, ["Figure 1. Leaves", ""]),
        (TABLE, "Рисунок 1. Лист", f"<p>{PICTURE}</p>", ["", "Рисунок 1. Лист"]),
        (TABLE, "Table 1. Leaves", f"<p>{PICTURE}</p>", ["Table 1. Leaves", ""]),
    ],
)  # fmt: skip
def test_a_caption_between_a_picture_and_a_table_is_that_of_what_it_counts(
    first: str, said: str, second: str, wanted: list[str]
) -> None:
    text = "<p>Лист есть орган растения, в котором идёт фотосинтез и дыхание.</p>"
    html = f"<html><body><h1>Лекция 1. Лист</h1>{text}{first}<p>{said}</p>{second}{text}</body></html>"
    entry = SourceEntry(file="a.html", role="lecture")
    found = outline.understand(loaded("ru", entry), [(page.read("a.html", html.encode()), entry)])
    ((_, session),) = found.course.sessions()
    shown = [block for block in session.blocks if isinstance(block, Figure | Table)]
    assert ["".join(run.text for run in block.caption if isinstance(run, Run)) for block in shown] == wanted
    assert [finding for finding in found.findings if finding.code == "ledger-lost"] == []


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (
            f"<table><caption>Всходы по дням</caption>{TABLE.removeprefix('<table>')}",
            f"<p>{PICTURE}</p>",
            ["Всходы по дням", ""],
        ),
        (f"<p>{PICTURE}</p>", f"<table><caption>Күндер</caption>{TABLE.removeprefix('<table>')}", ["", "Күндер"]),
    ],
)
def test_a_caption_that_the_source_says_needs_no_number(first: str, second: str, wanted: list[str]) -> None:
    text = "<p>Текст лекции о листьях, который идёт до рисунка и таблицы и говорит о них.</p>"
    document = page.read("a.html", f"<html><body><h1>Лекция 1. Лист</h1>{text}{first}{second}</body></html>".encode())
    entry = SourceEntry(file="a.html", role="lecture")
    found = outline.understand(loaded("ru", entry), [(document, entry)])
    ((_, session),) = found.course.sessions()
    held = [block for block in session.blocks if isinstance(block, Figure | Table)]
    assert ["".join(item.text for item in one.caption if isinstance(item, Run)) for one in held] == wanted
    assert "Всходы" not in block_text(tuple(block for block in session.blocks if not isinstance(block, Table)))
