"""Where a page may end: no head, sum, signature or title alone, no page for a title and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from coursepack.render.docx_file import DocxFile
from coursepack.render.wml import Element, keep_next, keep_rows, keep_whole, w
from coursepack.writers.papers.line_counts import row_lines


def keep_signatures(file: DocxFile) -> None:
    """What stands above a block of signatures stays on its page: nobody signs an empty sheet."""
    body = list(file.body)
    for place, element in enumerate(body):
        if place and _signs(element, file) and not _signs(body[place - 1], file):
            _keep_above(body[max(place - _LINES_ABOVE, 0) : place])


_LINES_ABOVE = 3
"""Minutes of two bodies, and the line above them."""


def _keep_above(elements: Sequence[Element]) -> None:
    for element in reversed(elements):
        if element.tag == w("tbl"):
            keep_rows(element.findall(w("tr"))[-1:])
        if element.tag != w("p"):
            break
        keep_next(element)


def _signs(element: Element, file: DocxFile) -> bool:
    style = element.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and file.style_name(style.get(w("val"), "")) == "Signature"


def keep_tables(file: DocxFile) -> None:
    """Short rows stay whole, the head of a table with its first row, its last row with the one before."""
    for table in file.body.iter(w("tbl")):
        rows = table.findall(w("tr"))
        grid = table.find(w("tblGrid"))
        if len(rows) < 2 or grid is None or len(grid) < 2 or _inside(table):
            continue
        heads = 0
        while heads < len(rows) - 1 and rows[heads].find(f"{w('trPr')}/{w('tblHeader')}") is not None:
            heads += 1
        keep_rows(rows[:heads])
        for row in rows:
            if not _whole(row) and row_lines(row) <= _SHORT_ROW:
                keep_whole(row)
        if _whole(rows[-1]) and _whole(rows[-2]):
            keep_rows(rows[-2:-1])


_SHORT_ROW = 8
"""Lines of a row that is not broken over two pages, whoever made the table."""


def _whole(row: Element) -> bool:
    return row.find(f"{w('trPr')}/{w('cantSplit')}") is not None


def _inside(table: Element) -> bool:
    """True for a table that only says where other tables stand."""
    return table.find(f"{w('tr')}/{w('tc')}/{w('tbl')}") is not None


_TITLES = frozenset({"heading 1", "heading 2", "heading 3", "Subtitle"})


def spare_pages(elements: Sequence[Element], file: DocxFile) -> None:
    """Take away each break behind which, or before which, a page would hold titles alone."""
    breaks: list[Element] = []
    filled = True
    for element in elements:
        broken = _break(element)
        if broken is not None:
            if not filled:
                _remove(broken)
            else:
                breaks.append(broken)
            filled = False
        filled = filled or not _is_title(element, file)
    if breaks and not filled:
        _remove(breaks[-1])


def breaks_page(element: Element) -> bool:
    """Whether a page begins with it."""
    return _break(element) is not None


def _break(element: Element) -> Element | None:
    return element.find(f"{w('pPr')}/{w('pageBreakBefore')}")


def _remove(broken: Element) -> None:
    parent = broken.getparent()
    if parent is not None:
        parent.remove(broken)


def _is_title(element: Element, file: DocxFile) -> bool:
    style = element.find(f"{w('pPr')}/{w('pStyle')}")
    return style is not None and file.style_name(style.get(w("val"), "")) in _TITLES
