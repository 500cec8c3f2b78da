"""Tickets on their sheets: so many a page, each as high as the others, on A4 or A5."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from coursepack.render.docx_file import DocxFile
from coursepack.render.typst import heights
from coursepack.render.typst.document import TypstDocument
from coursepack.render.typst.known import UnknownElementError
from coursepack.render.wml import TEXT_WIDTH, Element, make, paragraph, paragraph_properties, space_before, w
from coursepack.writers.papers.options import PaperOptions
from coursepack.writers.papers.rules import fit_rules
from coursepack.writers.papers.template import shrink, smaller_letters

_A5 = {"w": 8391, "h": 11906}
_A5_SIDES = {"left": 850, "right": 567, "top": 850, "bottom": 850}
_MANY, _SMALL = 3, 20
"""So many tickets a page, those on A5 and those that need more than their share of one are set in letters of so many
half-points."""
_SPARE = 700
"""Twips of a page that its tickets leave free: for the line that begins a page, and for Word's own at the end."""
_SMALLEST, _TIGHT = 18, 60
"""Half-points of letters and twips above lines where so many tickets as asked have no room otherwise."""
_POINT, _SURPLUS = 20, 0.94
"""Twips; heights are estimated, rather more than less: tickets of long names took .87 to .94 of it on pages."""


def room(options: PaperOptions) -> int:
    """Twips between the margins."""
    return TEXT_WIDTH if options.ticket_size == "A4" else _A5["w"] - _A5_SIDES["left"] - _A5_SIDES["right"]


_CELL = 230
"""Twips at both sides of what is in a cell, its lines among them."""


def inner_room(options: PaperOptions) -> int:
    """Twips that a ticket has for its lines: it stands in a cell."""
    return room(options) - _CELL


def lay_out(file: DocxFile, options: PaperOptions) -> TicketPages:
    """Bring filled tickets to the sheet that is asked for."""
    if options.ticket_size == "A5":
        _to_a5(file, room(options))
    table, section = _tickets(file), file.body.find(w("sectPr"))
    if table is None or section is None or not options.tickets_a_page:
        for each in file.body.findall(w("tbl")):
            if options.ticket_size == "A5":
                smaller_letters(each, _SMALL)
            fit_rules(each)
        return TicketPages()
    small = options.tickets_a_page == _MANY or options.ticket_size == "A5"
    count, whole = options.tickets_a_page, float(_height(section) - _SPARE)
    table, found = _fitted(file, table, count, whole, small=small)
    fit_rules(table)
    _by_pages(file, table, found)
    return found


@dataclass(frozen=True)
class TicketPages:
    """``pages``: of each page the least heights of its tickets, in twips; ``tall``: the tickets, counted from 0, that
    need more than their share of one, ``high``: those for which pages hold fewer; ``most``: as many as stand on a
    page."""

    pages: tuple[tuple[float, ...], ...] = ()
    tall: tuple[int, ...] = ()
    high: tuple[int, ...] = ()

    @property
    def most(self) -> int:
        return max(map(len, self.pages), default=0)


def _fitted(file: DocxFile, table: Element, count: int, whole: float, *, small: bool) -> tuple[Element, TicketPages]:
    """The table in letters in which so many tickets have room on a page, or in small ones where they have none."""
    if not small:
        found = _pages(file, count, whole)
        if not found.tall:
            return table, found
    smaller_letters(table, _SMALL)
    found = _pages(file, count, whole)
    if not found.tall:
        return table, found
    kept = deepcopy(table)
    _tighten(table)
    if (tight := _pages(file, count, whole)).most == count and not _parted(tight, count):
        return table, tight
    file.body.replace(table, kept)
    return kept, found


def _tighten(table: Element) -> None:
    """Letters and spaces as small as they may be."""
    smaller_letters(table, _SMALLEST)
    for line in table.iter(w("p")):
        signs = line.find(f"{w('pPr')}/{w('tabs')}") is not None
        space = line.find(f"{w('pPr')}/{w('spacing')}")
        if space is None and signs:
            space_before(line, _TIGHT)
        elif space is not None and int(space.get(w("before"), "0")) > _TIGHT:
            space.set(w("before"), str(_TIGHT))


def _parted(found: TicketPages, count: int) -> bool:
    """Whether a page but the last holds fewer tickets than asked."""
    return any(len(page) < count for page in found.pages[:-1])


def _pages(file: DocxFile, count: int, whole: float) -> TicketPages:
    """Which tickets stand on which page, of ``whole`` twips: as many as asked, as far as they have room."""
    above, needed = _needs(file)
    pages: list[list[float]] = []
    for need in needed:
        room = whole - (above if len(pages) <= 1 else 0)
        if not pages or len(pages[-1]) == count or sum(pages[-1]) + need > room:
            pages.append([])
        pages[-1].append(need)
    homes = [number for number, page in enumerate(pages) for _ in page]
    rooms = [whole - (above if not number else 0) for number in range(len(pages))]
    last = len(pages) - 1
    shared = (
        _shares(page, room, count if number == last and sum(page) / len(page) * count <= room else len(page))
        for number, (page, room) in enumerate(zip(pages, rooms, strict=True))
    )
    tall = [place for place, need in enumerate(needed) if need > rooms[homes[place]] / count]
    high = (place for place in tall if len(pages[homes[place]]) < count)
    return TicketPages(tuple(shared), tuple(tall), tuple(high))


def _shares(needed: Sequence[float], room: float, count: int) -> tuple[float, ...]:
    """The page parted among ``count`` tickets: equally, as far as none needs more."""
    tall = {place for place, need in enumerate(needed) if need > room / count}
    rest = max(count - len(tall), 1)
    equal = (room - sum(needed[place] for place in tall)) / rest
    return tuple(need if place in tall else max(equal, need) for place, need in enumerate(needed))


def _needs(file: DocxFile) -> tuple[float, list[float]]:
    """Twips that stand above the tickets, and that each of them needs, about; 0 where that cannot be said."""
    try:
        data = TypstDocument({member.path: member.read() for member in file.members()}).data()
    except UnknownElementError:
        table = _tickets(file)
        return 0.0, [0.0] * (len(table.findall(w("tr"))) if table is not None else 0)
    page, blocks, size = data["page"], data["body"], data["letters"]["size"]
    place = next((place for place, block in enumerate(blocks) if block["k"] == "table"), len(blocks))
    above = heights.height(blocks[:place], page["width"] - page["left"] - page["right"], size)
    needed = heights.rows(blocks[place], size) if place < len(blocks) else []
    return above * _POINT, [high * _POINT * _SURPLUS for high in needed]


def _tickets(file: DocxFile) -> Element | None:
    return next((child for child in file.body if child.tag == w("tbl")), None)


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


def _by_pages(file: DocxFile, table: Element, found: TicketPages) -> None:
    """The table of tickets as a table a page, its rows at least their share of the page high."""
    place = file.body.index(table)
    rows = iter(table.findall(w("tr")))
    result: list[Element] = []
    for heights_ in found.pages:
        page = make("tbl", [deepcopy(child) for child in table if child.tag in {w("tblPr"), w("tblGrid")}])
        for high in heights_:
            row = next(rows)
            _set_height(row, int(high))
            page.append(row)
        result += [page] if not result else [paragraph(properties=paragraph_properties(page_break=True)), page]
    file.body[place : place + 1] = result


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
