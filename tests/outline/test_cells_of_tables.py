"""Cells of tables in a lecture: numbers that a program counts, and items, stand in them."""

from __future__ import annotations

from coursepack import outline
from coursepack.model.blocks import Paragraph, Run, Table
from coursepack.project.course_toml import SourceEntry
from coursepack.readers.docx.reader import read
from tests.outline.layouts import loaded
from tests.readers.word import abstract, instance, num, p, package


def test_automatic_numbers_of_cells_stay_alone_too_and_are_one_run_with_their_letters() -> None:
    numbering = abstract(1, ("decimal", "%1.")) + instance(1, 1)
    rows = "".join(
        f"<w:tr><w:tc>{p('', num(0, 1))}</w:tc><w:tc>{p(word)}</w:tc><w:tc>{p(word, num(0, 1))}</w:tc></w:tr>"
        for word in ("ядро", "стенка")
    )
    text = "Клетка есть единица живого, и её части названы в таблице ниже вместе с их номерами."
    body = p("Лекция 1. Клетка", '<w:outlineLvl w:val="0"/>') + p(text) + f"<w:tbl>{rows}</w:tbl>" + p(text)
    entry = SourceEntry(file="a.docx", role="lecture")
    document = read("a.docx", package(body, numbering=numbering))
    found = outline.understand(loaded("ru", entry), [(document, entry)])
    ((_, session),) = found.course.sessions()
    (table,) = (block for block in session.blocks if isinstance(block, Table))
    assert [[cell.blocks for cell in row.cells] for row in table.rows] == [
        [(Paragraph(content=(Run(text=text),)),) for text in cells]
        for cells in (("1.", "ядро", "2. ядро"), ("3.", "стенка", "4. стенка"))
    ]
