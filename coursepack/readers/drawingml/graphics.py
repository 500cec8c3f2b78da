"""Charts and SmartArt in a drawing, as units of a document: tables of data, lists, the pictures in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from coursepack.model.blocks import Figure, Run
from coursepack.model.document import Drawing, Grid, GridCell, Para, Unit
from coursepack.readers.drawingml import charts, diagrams
from coursepack.readers.drawingml.names import CX, DGM, A, C, Element
from coursepack.readers.drawingml.texts import SlideTexts
from coursepack.readers.office.names import CHART
from coursepack.readers.opc import OfficePackage, R

HELD = (f"{C}chart", f"{CX}chart", f"{DGM}relIds")
"""What stands in a drawing for a part of its own that is read here."""
_NO_TEXTS = "a SmartArt whose texts are not there: save it as a picture"
_NO_DATA = "a chart whose data are not there: save it as a picture"


@dataclass
class Graphics:
    """Where a drawing stands: the document's parts, the member that holds it, what gives each paragraph its number."""

    parts: OfficePackage
    member: str
    number: Callable[[], int]
    lists: str

    def __post_init__(self) -> None:
        self._lists = count(1)

    def units(self, holder: Element, alt: str) -> list[Unit]:
        """What the charts and SmartArt of a drawing hold; what cannot be read is reported and leaves its alternative
        text."""
        return [unit for link in holder.iter(*HELD) for unit in self._held(link, alt)]

    def _held(self, link: Element, alt: str) -> list[Unit]:
        is_diagram = link.tag == f"{DGM}relIds"
        found = self.parts.relations(self.member).get(link.get(f"{R}{'dm' if is_diagram else 'id'}", ""))
        target = None if found is None or found.external else found.target
        root = self.parts.optional(target)
        if target is None or root is None:
            result: list[Unit] = []
        elif is_diagram:
            result = [*self._listed(root, target), *self._pictures(root, target)]
        else:
            result = [*self._charted(root, alt), *self._typed(target)]
        if not result:
            self.parts.tell(_NO_TEXTS if is_diagram else _NO_DATA)
        return result or ([self._para(f"[{alt}]")] if alt else [])

    def _para(self, text: str, style: str | None = None) -> Para:
        return Para(content=(Run(text=text),), number=self.number(), style=style)

    def _listed(self, root: Element, member: str) -> Iterator[Unit]:
        texts = SlideTexts(self.parts, member)
        name = f"{self.lists}-{next(self._lists)}"
        for level, body in diagrams.outline(root):
            for one in texts.paragraphs(body):
                yield Para(content=one.content, number=self.number(), label="•", list_level=level, list_id=name)

    def _pictures(self, root: Element, member: str) -> Iterator[Unit]:
        """Those that fill shapes of a SmartArt."""
        for blip in root.iter(f"{A}blip"):
            relation = blip.get(f"{R}embed")
            image = self.parts.image(member, relation) if relation else None
            if image is not None:
                figure = Figure(
                    asset=image.asset, media_type=image.media_type, alt="", width=image.width, height=image.height
                )
                yield Drawing(figure=figure, number=self.number())

    def _charted(self, root: Element, alt: str) -> Iterator[Unit]:
        rows = charts.rows(root)
        if not rows:
            return
        if name := charts.title(root) or alt:
            yield self._para(name, "caption")
        cells = [tuple(self._cell(text) for text in row) for row in rows]
        numbers = [unit.number for row in cells for cell in row for unit in cell.units]
        first = numbers[0] if numbers else self.number()
        yield Grid(rows=tuple(cells), number=first, header_rows=min(1, len(cells) - 1))
        self.parts.tell(CHART)

    def _cell(self, text: str) -> GridCell:
        return GridCell(units=(self._para(text),)) if text else GridCell()

    def _typed(self, member: str) -> Iterator[Unit]:
        """Letters that somebody put upon a chart (21.3.2.22)."""
        part = self.parts.related(member, "chartUserShapes")
        root = self.parts.optional(part)
        texts = SlideTexts(self.parts, part or member)
        for body in (
            () if root is None else root.iter("{http://schemas.openxmlformats.org/drawingml/2006/chartDrawing}txBody")
        ):
            for one in texts.paragraphs(body):
                yield Para(content=one.content, number=self.number())
