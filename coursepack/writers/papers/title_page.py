"""The title page: where names are long, the space between its parts gives way, so that place and year stay on it."""

from __future__ import annotations

from coursepack.render.docx_file import DocxFile
from coursepack.render.typst import heights
from coursepack.render.typst.document import TypstDocument
from coursepack.render.typst.known import UnknownElementError
from coursepack.render.wml import Element, keep_next, w
from coursepack.writers.papers.breaks import breaks_page

_POINT = 20
"""Twips."""
_FREE = 120
"""Twips above a line that stay in any case."""
_SPACES = 300
"""Twips above a line from which they only say that another part of the page begins."""
_LAST = 3
"""Lines at the foot of a page that go over to the next together, where even that is not enough."""


def fit_title_page(file: DocxFile) -> None:
    """Bring what stands above the first page break to one page, where the paper has a title page."""
    section = file.body.find(w("sectPr"))
    lines = _title_lines(file)
    if section is None or section.find(w("titlePg")) is None or not lines:
        return
    over = _excess(file)
    if over <= 0:
        return
    spaces = [space for space in map(_space, lines) if space is not None]
    spare = sum(_before(space) - _FREE for space in spaces)
    left = max(1 - over / spare, 0.0) if spare else 0.0
    for space in spaces:
        space.set(w("before"), str(_FREE + int((_before(space) - _FREE) * left)))
    for line in lines[-_LAST:-1]:
        keep_next(line)


def _title_lines(file: DocxFile) -> list[Element]:
    """The paragraphs above the first page break; none where there is no break, or something else stands there."""
    found: list[Element] = []
    for element in file.body:
        if breaks_page(element):
            return found
        if element.tag != w("p"):
            return []
        found.append(element)
    return []


def _excess(file: DocxFile) -> float:
    """Twips by which the title page is too high, about; 0 where that cannot be said."""
    try:
        data = TypstDocument({member.path: member.read() for member in file.members()}).data()
    except UnknownElementError:
        return 0.0
    page, blocks = data["page"], data["body"]
    title = blocks[: next((place for place, block in enumerate(blocks) if "break" in block), len(blocks))]
    width, room = page["width"] - page["left"] - page["right"], page["height"] - page["top"] - page["bottom"]
    return float(heights.height(title, width, data["letters"]["size"]) - room) * _POINT


def _space(line: Element) -> Element | None:
    space = line.find(f"{w('pPr')}/{w('spacing')}")
    return space if space is not None and _before(space) > _SPACES else None


def _before(space: Element) -> int:
    return int(space.get(w("before"), "0"))
