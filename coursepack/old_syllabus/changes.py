"""Changing an old syllabus: the text of a paragraph, of a cell, a part in place of what stood there."""

from __future__ import annotations

import re

from coursepack.render.wml import XML_SPACE, Element, close_cell, make, w


def take_out(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def set_text(paragraph: Element, text: str) -> None:
    """All of its text anew, in the letters of its first run."""
    runs = list(paragraph.iter(w("r")))
    properties = next((run.find(w("rPr")) for run in runs if run.find(w("rPr")) is not None), None)
    for child in list(paragraph):
        if child.tag != w("pPr"):
            paragraph.remove(child)
    run = make("r", [properties] if properties is not None else [])
    for index, line in enumerate(re.split(r"([\t\n])", text)):
        if index % 2:
            run.append(make("tab" if line == "\t" else "br"))
        elif line:
            piece = make("t")
            piece.text = line
            piece.set(XML_SPACE, "preserve")
            run.append(piece)
    paragraph.append(run)


def put_alone(cell: Element, text: str) -> None:
    """A cell with this text alone."""
    paragraphs = cell.findall(w("p"))
    kept = paragraphs[0] if paragraphs else make("p")
    for child in list(cell):
        if child.tag != w("tcPr") and child is not kept:
            cell.remove(child)
    if kept.getparent() is None:
        cell.append(kept)
    set_text(kept, text)
    close_cell(cell)


def put_part(element: Element, part: str) -> Element:
    """A part in place of a table or a paragraph; returns the paragraph that calls it."""
    made = make("p")
    if element.tag == w("p") and (properties := element.find(w("pPr"))) is not None:
        for name in ("numPr", "pStyle", "outlineLvl", "ind"):
            for child in properties.findall(w(name)):
                properties.remove(child)
        made.append(properties)
    set_text(made, f"{{{{ {part} }}}}")
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, made)
        if parent.tag == w("tc"):
            close_cell(parent)
    return made
