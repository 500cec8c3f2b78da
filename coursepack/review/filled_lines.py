"""A paper as lines: paragraphs and rows in their order, of the whole of it or of one side of a bilingual form."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from coursepack.render.docx_file import DocxFile
from coursepack.render.wml import Element, number_of, text_of, w

Side = Literal["left", "right"]
_SHOWN = 40
"""Letters by which a paragraph is named."""


@dataclass
class FilledLine:
    """A paragraph, or a row of a table (``cells``); ``place`` is what a person finds it by."""

    text: str
    place: str
    cells: tuple[str, ...] = ()
    headed: bool = False
    used: bool = False


def lines(file: DocxFile, side: Side | None = None) -> Iterator[FilledLine]:
    """A row of one cell is read as what is in it. ``side``: of rows only the cells of that half of the table; what
    stands outside of tables is of the left one."""
    heading, below, tables = "", 0, 0
    for element in file.body:
        if element.tag == w("p"):
            line = _line(element, "", file)
            begins = textwrap.shorten(line.text, _SHOWN, placeholder="…")
            if line.headed:
                heading, below = begins, 0
            elif heading and begins:
                below += 1
            line.place = f"below «{heading}», paragraph {below}" if below else f"paragraph «{begins}»"
            if side != "right":
                yield line
        elif element.tag == w("tbl"):
            tables += 1
            yield from _table(element, f"table {tables}", file, side)


def _table(table: Element, place: str, file: DocxFile, side: Side | None = None) -> Iterator[FilledLine]:
    columns = [int(column.get(w("w"), "0")) for column in table.iterfind(f"{w('tblGrid')}/{w('gridCol')}")]
    for number, row in enumerate(table.findall(w("tr")), 1):
        cells = row.findall(w("tc"))
        if side is not None:
            cells = _half(cells, columns, side)
        at = f"{place}, row {number}"
        if len(cells) == 1:
            inner = 0
            for child in cells[0]:
                if child.tag == w("p"):
                    yield _line(child, at, file)
                elif child.tag == w("tbl"):
                    inner += 1
                    yield from _table(child, f"{at}, table {inner}", file)
        elif cells:
            texts = tuple("\n".join(filter(str.strip, map(text_of, cell.iter(w("p"))))) for cell in cells)
            yield FilledLine(" | ".join(texts), at, texts)


def _half(cells: Sequence[Element], columns: Sequence[int], side: Side) -> list[Element]:
    """The cells that begin in that half of the table."""
    found, column, middle = [], 0, sum(columns) / 2
    for cell in cells:
        left = sum(columns[:column]) + 1 < middle
        if left == (side == "left"):
            found.append(cell)
        column += number_of(cell.find(f"{w('tcPr')}/{w('gridSpan')}"), 1)
    return found


def _line(paragraph: Element, place: str, file: DocxFile) -> FilledLine:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    file.style("Normal")
    name = file.style_name(style.get(w("val"), "")) if style is not None else ""
    headed = name.startswith("heading") or name in {"Table Label", "Table Heading"}
    return FilledLine(text_of(paragraph).strip(" "), place, headed=headed)
