"""How wide the text of a page is in a department's own template: parts are made for ours (``TEXT_WIDTH``)."""

from __future__ import annotations

from collections.abc import Callable

from coursepack.render.docx_file import DocxFile
from coursepack.render.wml import TEXT_WIDTH, Element, w


def room_of_page(file: DocxFile) -> int:
    """Twips of a line of the document's last section, as many as our templates have at the most."""
    return _room(file.body.find(w("sectPr")))


def room_where(file: DocxFile) -> Callable[[Element], int]:
    """Of a paragraph of the body: the room of its section, which stands at that section's end (ECMA-376 17.6.17)."""

    def room(paragraph: Element) -> int:
        for later in paragraph.itersiblings(w("p")):
            if (section := later.find(f"{w('pPr')}/{w('sectPr')}")) is not None:
                return _room(section)
        return room_of_page(file)

    return room


def _room(section: Element | None) -> int:
    if section is None:
        return TEXT_WIDTH
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    width = _twips(size, "w")
    if width <= 0 or margins is None:
        return TEXT_WIDTH
    columns = section.find(w("cols"))
    if columns is not None and _twips(columns, "num") > 1:
        return TEXT_WIDTH
    room = width - sum(_twips(margins, side) for side in ("left", "right", "gutter"))
    return min(room, TEXT_WIDTH) if room > 0 else TEXT_WIDTH


def _twips(element: Element | None, name: str) -> int:
    found = element.get(w(name), "") if element is not None else ""
    return int(found) if found.lstrip("-").isdigit() else 0
