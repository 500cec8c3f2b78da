"""Tickets on their sheets: so many a page, each as high as the others, on A4 or A5."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from coursepack.render.docx_file import DocxFile
from coursepack.render.typst import heights
from coursepack.render.typst.document import TypstDocument
from coursepack.render.typst.known import UnknownElementError
from coursepack.render.wml import CM, TEXT_WIDTH, Element, make, paragraph, paragraph_properties, w
from coursepack.writers.papers.options import PaperOptions
from coursepack.writers.papers.template import shrink, smaller_letters

_A5 = {"w": 8391, "h": 11906}
_A5_SIDES = {"left": 850, "right": 567, "top": 850, "bottom": 850}
_MANY, _SMALL = 3, 20
"""So many tickets a page, those on A5 and those that need more than their share of one are set in letters of so many
half-points."""
_SPARE = 700
"""Twips of a page that its tickets leave free: for the line that begins a page, and for Word's own at the end."""
_ABOVE = 2 * CM
"""Of the first page, for each line above the tickets."""


def room(options: PaperOptions) -> int:
    """Twips between the margins."""
    return TEXT_WIDTH if options.ticket_size == "A4" else _A5["w"] - _A5_SIDES["left"] - _A5_SIDES["right"]


_CELL = 230
"""Twips at both sides of what is in a cell, its lines among them."""


def inner_room(options: PaperOptions) -> int:
    """Twips that a ticket has for its lines: it stands in a cell."""
    return room(options) - _CELL


def lay_out(file: DocxFile, options: PaperOptions) -> None:
    """Bring filled tickets to the sheet that is asked for."""
    if options.ticket_size == "A5":
        _to_a5(file, room(options))
    if options.tickets_a_page:
        _by_pages(file, options.tickets_a_page)
    # Two a page with long names: before one of them goes over to a page of its own, all are set in smaller letters.
    if options.tickets_a_page == _MANY or options.ticket_size == "A5" or too_high(file, options, doubt=1):
        for table in file.body.findall(w("tbl")):
            smaller_letters(table, _SMALL)


_DOUBT = 1.1
"""Heights are guessed, rather more than less: so much is not told yet."""


def too_high(file: DocxFile, options: PaperOptions, doubt: float = _DOUBT) -> list[int]:
    """Which tickets, counted from 0, need more than their share of a page, about."""
    if not options.tickets_a_page:
        return []
    try:
        blocks = TypstDocument({member.path: member.read() for member in file.members()}).data()["body"]
    except UnknownElementError:
        return []
    found: list[int] = []
    for place, ticket in enumerate(ticket for block in blocks if block["k"] == "table" for ticket in _rows(block)):
        high, share = ticket
        if high > share * doubt:
            found.append(place)
    return found


def _rows(table: dict[str, Any]) -> Iterator[tuple[float, float]]:
    """Of each row what it needs, and what it has at the least."""
    shares = {cell["y"]: cell.pop("high", 0.0) for cell in table["cells"] if cell["x"] == 0}
    for place, high in enumerate(heights.rows(table)):
        yield high, shares.get(place, 0.0)


def _to_a5(file: DocxFile, width: int) -> None:
    for section in file.body.iter(w("sectPr")):
        for name, values in (("pgSz", _A5), ("pgMar", _A5_SIDES)):
            for found in section.findall(w(name)):
                found.attrib.pop(w("orient"), "")
                for key, value in values.items():
                    found.set(w(key), str(value))
    for table in file.body.findall(w("tbl")):
        shrink(table, width)
    for stop in (stop for part in file.running() for stop in part.iter(w("tab")) if stop.get(w("pos"))):
        stop.set(w("pos"), str(int(stop.get(w("pos"), "0")) * width // TEXT_WIDTH))


def _by_pages(file: DocxFile, count: int) -> None:
    """The table of tickets as a table a page, its rows at least their share of the page high."""
    table = next((child for child in file.body if child.tag == w("tbl")), None)
    section = file.body.find(w("sectPr"))
    if table is None or section is None:
        return
    above = file.body.index(table)
    rows = table.findall(w("tr"))
    whole = _height(section) - _SPARE
    result: list[Element] = []
    for first in range(0, len(rows), count):
        page = make("tbl", [deepcopy(child) for child in table if child.tag in {w("tblPr"), w("tblGrid")}])
        high = (whole - (0 if result else above * _ABOVE)) // count
        for row in rows[first : first + count]:
            _set_height(row, high)
            page.append(row)
        result += [page] if not result else [paragraph(properties=paragraph_properties(page_break=True)), page]
    file.body[above : above + 1] = result


def _height(section: Element) -> int:
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margins is None:
        return 0
    return int(size.get(w("h"), "0")) - sum(int(margins.get(w(side), "0")) for side in ("top", "bottom"))


def _set_height(row: Element, twips: int) -> None:
    properties = row.find(w("trPr"))
    if properties is None:
        properties = make("trPr")
        row.insert(0, properties)
    for old in properties.findall(w("trHeight")):
        properties.remove(old)
    properties.append(make("trHeight", val=max(twips, 1), hRule="atLeast"))
