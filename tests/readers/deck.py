"""Presentations for tests: made with python-pptx, and what it cannot make put into their XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from pptx import Presentation

from coursepack.model.blocks import Figure, inline_text
from coursepack.model.document import Display, Document, Drawing, Grid, Listing, Para, Unit

TITLE, CONTENT, SECTION, ONLY_TITLE, BLANK = 0, 1, 2, 5, 6


class Deck:
    """A deck as it is made, slide by slide."""

    def __init__(self) -> None:
        self.made: Any = Presentation()

    def slide(self, title: str = "", *items: str | tuple[int, str], layout: int = CONTENT) -> Any:
        """A slide with a title and, in its body, paragraphs of level 0 or as stated."""
        slide = self.made.slides.add_slide(self.made.slide_layouts[layout])
        if title:
            slide.shapes.title.text = title
        frame: Any = slide.placeholders[1].text_frame if items else None
        for number, item in enumerate(items):
            level, text = item if isinstance(item, tuple) else (0, item)
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text, paragraph.level = text, level
        return slide

    def data(self) -> bytes:
        out = io.BytesIO()
        self.made.save(out)
        return out.getvalue()


def changed(data: bytes, changes: Mapping[str, Callable[[bytes], bytes] | bytes]) -> bytes:
    """The archive with members replaced, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            before = old.read(name) if name in old.namelist() else b""
            change = changes.get(name)
            new.writestr(name, before if change is None else change if isinstance(change, bytes) else change(before))
    return out.getvalue()


def lines(document: Document) -> list[str]:
    """A document as lines that a person can read: «# » a heading, «  • » an item, «| » a row, «! » a picture."""
    return [line for unit in document.units for line in _lines(unit)]


def _lines(unit: Unit) -> list[str]:
    match unit:
        case Para() if unit.heading:
            return [f"{'#' * unit.heading} {inline_text(unit.content)}"]
        case Para() if unit.label:
            return [f"{'  ' * unit.list_level}{unit.label} {inline_text(unit.content)}"]
        case Para():
            mark = {"quote": "> ", "caption": "^ "}.get(unit.style or "", "")
            return [mark + inline_text(unit.content)]
        case Listing():
            return [f"{'+' if unit.goes_on else '='} {line}" for line in unit.text.split("\n")]
        case Grid():
            return [
                "| "
                + " | ".join(
                    ("/".join(line for one in cell.units for line in _lines(one)))
                    + (f" [{cell.colspan}×{cell.rowspan}]" if (cell.colspan, cell.rowspan) != (1, 1) else "")
                    for cell in row
                )
                for row in unit.rows
            ]
        case Drawing(figure=Figure() as figure):
            return [f"! {figure.alt}" + (f" ^ {inline_text(figure.caption)}" if figure.caption else "")]
        case Drawing():
            return [f"@ {unit.figure.name}"]  # type: ignore[union-attr]
        case Display():
            return [f"$ {unit.math.text}"]
    return [f"? {type(unit).__name__}"]
