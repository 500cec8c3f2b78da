"""Charts of OpenDocument, objects of their own, as HTML tables of their data (OpenDocument 1.3 part 3, 11)."""

from __future__ import annotations

from lxml import etree

from coursepack.readers.html.tree import Element, all_text
from coursepack.readers.odt.styles import TEXT

_CHART = "{urn:oasis:names:tc:opendocument:xmlns:chart:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_NOTHING = frozenset({"NaN", "1.#NAN"})
"""What LibreOffice writes for a point without a value."""


def table(root: Element) -> Element | None:
    """The data of the chart in an object, under its title; None where there is none."""
    chart = next(root.iter(f"{_CHART}chart"), None)
    source = None if chart is None else next(chart.iter(f"{_TABLE}table"), None)
    if chart is None or source is None:
        return None
    rows = [[_words(cell) for cell in row.iter(f"{_TABLE}table-cell")] for row in source.iter(f"{_TABLE}table-row")]
    if not any(map(any, rows[1:])):
        return None
    titles = {
        axis.get(f"{_CHART}dimension"): _words(axis.find(f"{_CHART}title")) for axis in chart.iter(f"{_CHART}axis")
    }
    result = etree.Element("table", {"data-header-rows": "1"})
    if title := _words(chart.find(f"{_CHART}title")):
        etree.SubElement(result, "caption").text = title
    for cells in [_named(rows[0], titles.get("x", ""), titles.get("y", "")), *rows[1:]]:
        line = etree.SubElement(result, "tr")
        for text in cells:
            etree.SubElement(line, "td").text = text
    return result


def _named(heads: list[str], across: str, up: str) -> list[str]:
    """The head of the table, with the titles of the axes."""
    series = [f"{name} ({up})" if name and up else name or up for name in heads[1:]]
    return [heads[0] or across, *series] if heads else []


def _words(holder: Element | None) -> str:
    """The letters of a cell or a title, its paragraphs parted by blanks."""
    lines = () if holder is None else (all_text(part) for part in holder.iter(f"{TEXT}p"))
    text = " ".join(" ".join(lines).split())
    return "" if text in _NOTHING else text
