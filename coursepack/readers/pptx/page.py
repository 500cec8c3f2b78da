"""One slide as it is read: its title, then its shapes in their order (ECMA-376-1, 19.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from msgspec.structs import replace

from coursepack import limits
from coursepack.markup import addresses
from coursepack.model.blocks import Figure, Inlines, Run, inline_text
from coursepack.model.document import Display, GridCell, Listing, Notes, Para
from coursepack.readers.attached import attached
from coursepack.readers.docx.runs import EMU_PER_PIXEL
from coursepack.readers.drawingml.graphics import HELD, Graphics
from coursepack.readers.drawingml.names import MC, A, Element
from coursepack.readers.drawingml.texts import SlideParagraph, SlideTexts, listed
from coursepack.readers.office.numbers import whole
from coursepack.readers.omml import M
from coursepack.readers.opc import COMMENT, R, described, embedded
from coursepack.readers.pptx.deck import FURNITURE, TITLES, Deck, Slide, kind_of_placeholder, list_styles, placeholder
from coursepack.readers.pptx.headline import headline
from coursepack.readers.pptx.names import P14, P, topic
from coursepack.readers.pptx.navigation import Navigation
from coursepack.readers.pptx.units import AGAIN, BOXED, CROPPED, FURNISHED, LEADING, LINES, NOTES, Units


@dataclass
class SlidePage:
    """One slide as it is read."""

    units: Units
    deck: Deck
    slide: Slide
    notes: Notes
    navigation: Navigation
    _lists: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.parts = self.units.parts
        self.texts = SlideTexts(self.parts, self.slide.member)
        self.graphics = Graphics(self.parts, self.slide.member, self.units.number, f"drawn-{self.slide.number}")

    def read(self, level: int) -> None:
        """Its title as a heading of that level, then its shapes in the order in which they are read aloud."""
        every = list(_shapes(self.slide.root.find(f"{P}cSld/{P}spTree")))
        shapes = [shape for shape in every if not self.navigation.leads(shape)]
        if leading := len(every) - len(shapes):
            self.parts.reported[LEADING] += leading
        title = next((shape for shape in shapes if self._kind(shape) in TITLES), None)
        content = () if title is None else self.texts.line(title.find(f"{P}txBody"))
        if not content and (title := headline(shapes, self.deck.height)) is not None:
            content = self.texts.line(title.find(f"{P}txBody"))
            self.parts.reported[BOXED] += 1
        section = self.slide.section
        if section and topic(section) != topic(inline_text(content)):
            self.units.title((Run(text=section),), 2)
        if content:
            self.units.title(content, 2 if section and topic(section) == topic(inline_text(content)) else level)
        for shape in shapes:
            if shape is not title and self.navigation.again(shape):
                self.parts.reported[AGAIN] += 1
            elif shape is not title:
                self._shape(shape)
        self._notes(content)
        if self.parts.related(self.slide.member, "comments"):
            self.parts.reported[COMMENT] += 1

    def _kind(self, shape: Element) -> str:
        found = placeholder(shape)
        return "" if found is None else kind_of_placeholder(self.slide, found)

    def _shape(self, shape: Element) -> None:
        if self._kind(shape) in FURNITURE:
            self.parts.reported[FURNISHED] += any(part.text for part in shape.iter(f"{A}t"))
        elif shape.tag == f"{P}sp":
            styles = list_styles(self.deck, self.slide, shape)
            self._paragraphs(self.texts.paragraphs(shape.find(f"{P}txBody"), styles))
            self._fill(shape)
        elif shape.tag == f"{P}pic":
            self._picture(shape)
        elif shape.tag == f"{P}graphicFrame":
            self._frame(shape)
        elif shape.tag == f"{P}cxnSp":
            self.parts.reported[LINES] += 1

    # --- text

    def _paragraphs(self, paragraphs: Iterable[SlideParagraph], deeper: int = 0) -> None:
        list_id = f"slide-{self.slide.number}-{next(self._lists)}"
        listing = False
        for one in listed(paragraphs):
            goes_on, listing = listing, False
            if one.formula is not None and one.label is None:
                self.units.found.append(Display(math=one.formula, number=self.units.number()))
            elif one.listing is not None and one.label is None:
                result = Listing(text=one.listing, number=self.units.number(), goes_on=goes_on)
                self.units.found.append(result)
                listing = True
            else:
                self.units.found.append(
                    Para(
                        content=one.content,
                        number=self.units.number(),
                        label=one.label,
                        list_level=min(one.level + deeper, 8) if one.label else 0,
                        list_id=list_id if one.label else None,
                    )
                )

    def _notes(self, title: Inlines) -> None:
        """The speaker's notes: the body of the page of notes (19.3.1.26)."""
        member = self.parts.related(self.slide.member, "notesSlide")
        root = None if member is None else self.parts.optional(member)
        if member is None or root is None:
            return
        bodies = [
            shape.find(f"{P}txBody")
            for shape in root.iter(f"{P}sp")
            if (found := placeholder(shape)) is not None and found.get("type") == "body"
        ]
        stated = [one for body in bodies for one in SlideTexts(self.parts, member).paragraphs(body)]
        if stated and self.notes == "text":
            self._paragraphs(stated)
        elif stated and self.notes == "teacher":
            self.units.say(title, [one.content for one in stated], self.slide.number)
        elif stated:
            self.parts.reported[NOTES] += 1

    # --- pictures, sounds, films

    def _fill(self, shape: Element) -> None:
        """A shape that is filled with a picture shows it."""
        blip = shape.find(f"{P}spPr/{A}blipFill/{A}blip")
        if blip is not None:
            self._image(shape, blip)

    def _picture(self, shape: Element) -> None:
        if self._played(shape):
            return
        blip = shape.find(f"{P}blipFill/{A}blip")
        if blip is not None:
            self._image(shape, blip)

    def _image(self, shape: Element, blip: Element) -> None:
        image = self.parts.image(self.slide.member, blip.get(f"{R}embed") or blip.get(f"{R}link") or "")
        if image is None:
            return
        if blip.getparent() is not None and _is_cropped(blip):
            self.parts.reported[CROPPED] += 1
        extent = shape.find(f"{P}spPr/{A}xfrm/{A}ext")
        width, height = (None, None) if extent is None else (_pixels(extent.get("cx")), _pixels(extent.get("cy")))
        figure = Figure(
            asset=image.asset,
            media_type=image.media_type,
            alt=_alternative(shape),
            width=width or image.width,
            height=height or image.height,
            title=described(shape.find(f"*/{P}cNvPr"))[1],
        )
        self.units.drawing(figure, self.slide.number)
        if href := self._led(shape):
            self.units.para(figure.alt or href, href=href)

    def _led(self, shape: Element) -> str | None:
        """Where a click on a picture leads, outside of the deck (20.1.2.2.21)."""
        link = next(shape.iter(f"{A}hlinkClick"), None)
        found = None if link is None else self.parts.relations(self.slide.member).get(link.get(f"{R}id", ""))
        return addresses.link(found.target) if found is not None and found.external else None

    def _played(self, shape: Element) -> bool:
        """A sound or a film, by the bytes inside the file, or by its address elsewhere (19.2.1.30)."""
        inside = next(shape.iter(f"{P14}media"), None)
        linked = next(shape.iter(f"{A}videoFile", f"{A}audioFile", f"{A}wavAudioFile", f"{A}quickTimeFile"), None)
        relations = self.parts.relations(self.slide.member)
        ids = [one.get(key, "") for one in (inside, linked) if one is not None for key in (f"{R}embed", f"{R}link")]
        found = [relations[key] for key in ids if key in relations]
        for relation in found:
            if not relation.external and relation.target in self.parts.package:
                self._media(relation.target, _alternative(shape))
                return True
        if found and found[0].external and (href := addresses.link(found[0].target)):
            self.units.para(_alternative(shape) or href, href=href)
        elif found or linked is not None:
            self.parts.reported["a sound or film that is not in the file"] += 1
        return False

    def _media(self, member: str, title: str) -> None:
        if self.parts.package.size(member) > limits.of("file-bytes"):
            self.parts.reported[f"a sound or film that is too large; {limits.raised('file-bytes')}"] += 1
            return
        data = self.parts.package.read(member)
        result = attached(data, member.rpartition("/")[2])
        self.parts.assets[result.asset] = data
        caption = (Run(text=title),) if title else ()
        self.units.drawing(replace(result, caption=caption), self.slide.number)

    # --- graphic frames

    def _frame(self, shape: Element) -> None:
        data = shape.find(f"{A}graphic/{A}graphicData")
        kind = "" if data is None else data.get("uri", "").rpartition("/")[2]
        table = None if data is None else data.find(f"{A}tbl")
        if data is None:
            return
        if table is not None:
            self._table(table)
        elif next(data.iter(*HELD), None) is not None:
            self.units.found += self.graphics.units(data, _alternative(shape))
        elif kind == "ole":
            self._object(data)
        else:
            self.parts.reported[
                f"a drawing of a kind that is not read ({kind[:20] or 'unknown'}): save it as a picture"
            ] += 1

    def _table(self, table: Element) -> None:
        properties = table.find(f"{A}tblPr")
        heads = 0 if properties is None else whole(properties.get("firstRow"))
        first = self.units.count + 1
        rows = [
            [self._cell(cell) for cell in row.iterchildren(f"{A}tc") if not _covered(cell)]
            for row in table.iterchildren(f"{A}tr")
        ]
        self.units.grid(rows, first, min(heads, 1))

    def _cell(self, cell: Element) -> GridCell:
        outer, self.units.found = self.units.found, []
        self._paragraphs(self.texts.paragraphs(cell.find(f"{A}txBody")))
        units, self.units.found = self.units.found, outer
        across, down = (max(1, min(whole(cell.get(name), 1), 1000)) for name in ("gridSpan", "rowSpan"))
        return GridCell(units=tuple(units), colspan=across, rowspan=down)

    def _object(self, data: Element) -> None:
        found = next(data.iter(f"{P}oleObj"), None)
        kind = "" if found is None else found.get("progId", "")
        if found is not None and kind.startswith("Equation"):
            formula = self.parts.equation(self.slide.member, found.get(f"{R}id", ""))
            if formula is not None:
                self.units.found.append(Display(math=formula, number=self.units.number()))
                return
        else:
            self.parts.tell(embedded(kind))
        picture = next(data.iter(f"{P}pic"), None)
        if picture is not None:
            self._picture(picture)


def _shapes(tree: Element | None) -> Iterable[Element]:
    """Shapes of a tree, those of groups in their place (19.3.1.45)."""
    for child in () if tree is None else tree.iterchildren("*"):
        if child.tag == f"{P}grpSp":
            yield from _shapes(child)
        elif child.tag == f"{MC}AlternateContent":
            yield from _shapes(_branch(child))
        elif child.tag in _READ:
            yield child


_READ = frozenset(P + name for name in ("sp", "pic", "graphicFrame", "cxnSp"))


def _branch(element: Element) -> Element | None:
    """The branch that says more: the first choice, unless only the fallback has what is read (ink, objects)."""
    choice, fallback = element.find(f"{MC}Choice"), element.find(f"{MC}Fallback")
    if choice is None or (fallback is not None and _weight(choice) < _weight(fallback)):
        return fallback
    return choice


def _weight(branch: Element) -> int:
    """0: nothing that is read; 1: pictures or objects; 2: texts and formulas too."""
    kinds = ((f"{A}t", *HELD, f"{M}oMath"), (f"{A}blip",))
    return next((2 - at for at, names in enumerate(kinds) if next(branch.iter(*names), None) is not None), 0)


def _covered(cell: Element) -> bool:
    return any(cell.get(name, "0") in {"1", "true"} for name in ("hMerge", "vMerge"))


def _alternative(shape: Element) -> str:
    return described(shape.find(f"*/{P}cNvPr"))[0]


def _is_cropped(blip: Element) -> bool:
    """More than a twentieth of a side is cut away (20.1.8.55: thousandths of a percent)."""
    found = blip.getparent()
    cut = None if found is None else found.find(f"{A}srcRect")
    return cut is not None and any(whole(cut.get(side)) > 5000 for side in "ltrb")


def _pixels(emu: str | None) -> int | None:
    return round(whole(emu) / EMU_PER_PIXEL) or None
