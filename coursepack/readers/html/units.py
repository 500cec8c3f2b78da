"""Blocks that came from HTML → units of a document: lists become paragraphs with a label, as in a Word document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from msgspec.structs import replace

from coursepack.model.blocks import (
    Block,
    Code,
    Figure,
    Footnote,
    Formula,
    Heading,
    Inlines,
    List,
    Media,
    NoteMark,
    Paragraph,
    Quote,
    Table,
    on_its_own,
)
from coursepack.model.document import Display, Drawing, Grid, GridCell, Listing, Para, Unit
from coursepack.place import Place
from coursepack.readers.inline import going_on, only_pictures


class Counting(Protocol):
    """Who counts the paragraphs of a document called ``name``."""

    name: str
    count: int


def units(reader: Counting, blocks: Iterable[Block], *, with_notes: bool = False) -> list[Unit]:
    """The units of blocks in their order. ``with_notes``: a footnote belongs to the paragraph that bears its mark, else
    it is text where it stands."""
    kept = list(blocks)
    notes = {block.id: block for block in kept if isinstance(block, Footnote)} if with_notes else {}
    result = _HtmlUnits(reader, notes)
    return [unit for block in kept for unit in result.of(block)]


@dataclass
class _HtmlUnits:
    reader: Counting
    notes: Mapping[str, Footnote] = field(default_factory=dict)

    def of(self, block: Block, *, style: str | None = None, level: int = 0) -> list[Unit]:
        match block:
            case Heading():
                return [self._para(block.content, heading=block.level)]
            case Paragraph():
                if found := only_pictures(block.content):
                    return [self._drawing(on_its_own(picture)) for picture in found]
                centered = block.align == "center"
                return [self._para(block.content, style=style, centered=centered, direction=block.direction)]
            case List():
                return self._list(block, style, level)
            case Table():
                # As Word has it: the caption of a table is a paragraph above it.
                above: list[Unit] = [self._para(block.caption, style="caption")] if block.caption else []
                return [*above, self._grid(block)]
            case Figure() | Media():
                return [self._drawing(block)]
            case Formula():
                return [Display(math=block.math, number=self._number())]
            case Quote():
                return [unit for inner in block.blocks for unit in self.of(inner, style="quote")]
            case Code():
                return [Listing(text=block.text, number=self._number(), language=block.language)]
            case Footnote() if block.id in self.notes:
                return []
            case Footnote():
                return [unit for inner in block.blocks for unit in self.of(inner)]

    def _number(self) -> int:
        self.reader.count += 1
        return self.reader.count

    def _drawing(self, figure: Figure | Media) -> Drawing:
        number = self._number()
        place = Place(self.reader.name, number, number, "paragraph")
        return Drawing(figure=replace(figure, place=place), number=number)

    def _para(self, content: Inlines, **fields: Any) -> Para:
        marks = [item.note for item in content if isinstance(item, NoteMark)]
        number = self._number()
        place = Place(self.reader.name, number, number, "paragraph")
        notes = tuple(replace(self.notes[mark], place=place) for mark in marks if mark in self.notes)
        return Para(content=content, number=number, notes=notes, **fields)

    def _list(self, block: List, style: str | None, level: int) -> list[Unit]:
        found: list[Unit] = []
        list_id = f"html-{self.reader.count + 1}"
        for number, item in enumerate(block.items, block.start):
            result: list[Unit] = []
            for index, inner in enumerate(item.blocks):
                opens = isinstance(inner, Paragraph)
                if index == 0 and isinstance(inner, Paragraph | Code | Figure | Media | Formula):
                    content = inner.content if isinstance(inner, Paragraph) else ()
                    label, deep = _label(block, number), min(level, 8)
                    result.append(self._para(content, style=style, label=label, list_level=deep, list_id=list_id))
                if index > 0 or not opens:
                    result.extend(self.of(inner, style=style, level=level + 1))
            found.extend(going_on(result, level + 1))
        return found

    def _grid(self, table: Table) -> Grid:
        first = self.reader.count + 1
        rows = tuple(
            tuple(
                GridCell(
                    units=tuple(unit for block in cell.blocks for unit in self.of(block)),
                    colspan=cell.colspan,
                    rowspan=cell.rowspan,
                )
                for cell in row.cells
            )
            for row in table.rows
        )
        return Grid(rows=rows, number=first, header_rows=table.header_rows, align=table.align)


def _label(block: List, number: int) -> str:
    if not block.ordered:
        return "–" if block.marker == "dash" else "•"
    if block.marker == "lower-alpha" and 0 < number <= 26:
        return f"{chr(96 + number)})"
    return f"{number}{')' if block.marker == 'paren' else '.'}"
