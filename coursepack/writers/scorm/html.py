"""Blocks as a SCORM page shows them: headings in order, tables in their own box, links in a new window."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec
from lxml import etree

from coursepack.files import media
from coursepack.files.xml import legal
from coursepack.languages.catalogues import Words
from coursepack.markup import addresses
from coursepack.model.artifact import Assets
from coursepack.model.blocks import (
    Figure,
    Footnote,
    Formula,
    Heading,
    List,
    Math,
    Media,
    NoteMark,
    Picture,
    Run,
    Table,
    inline_text,
    with_text,
)
from coursepack.render import schemes
from coursepack.render.html import HtmlRenderer, scrolling
from coursepack.render.picture_size import pixels, stated
from coursepack.writers.scorm.terms import GlossaryTerms

Element = etree._Element

_GAP = re.compile(r"\{#(\d+)\}")


@dataclass
class ScoFiles:
    """The pictures and attached files that a SCO shows: ``used`` maps the path inside the package to the bytes.

    ``missing`` names what no document brought: the code of a finding, and words.
    """

    assets: Assets
    used: dict[str, bytes] = field(default_factory=dict)
    missing: list[tuple[str, str]] = field(default_factory=list)
    _counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def number(self, page: str, kind: str) -> int:
        """The next of this kind on the page, whatever part of it shows it: no two boxes have one name."""
        self._counted[page, kind] += 1
        return self._counted[page, kind]

    def picture(self, picture: Figure | Picture) -> str | None:
        """Where the picture lies in the package, or None when no document brought it."""
        path = f"media/{picture.asset[:16]}{media.ending(picture.media_type)}"
        return self._path(path, picture.asset, self.assets.read, ("scorm-picture-missing", picture.asset[:16]))

    def file(self, block: Media) -> str | None:
        """Where an attached file lies in the package, or None when no document brought it."""
        path = f"media/{block.asset[:16]}{media.kept_ending(block.name)}"
        return self._path(path, block.asset, self.assets.file, ("scorm-file-missing", block.name))

    def _path(self, path: str, asset: str, read: Callable[[str], bytes], otherwise: tuple[str, str]) -> str | None:
        try:
            self.used[path] = self.used.get(path) or read(asset)
        except KeyError:
            self.missing.append(otherwise)
            return None
        return f"../{path}"


class PartHtml(HtmlRenderer):
    """Blocks → HTML of a part of a page: a question, an answer. Nothing leads to its headings, they have no ids."""

    def __init__(self, page: str, files: ScoFiles, say: Words, *, top: int = 4) -> None:
        super().__init__(top=top, address=str, file=files.file, note_prefix=f"{page}-")
        self.page = page
        self.files = files
        self.say = say
        self._last = top - 1
        self._notes: set[str] = set()

    def heading(self, parent: Element, block: Heading) -> None:
        text = " ".join(inline_text(block.content).split())
        if not text:
            return
        level = min(self.top + max(block.level, 1) - 1, self._last + 1, 6)
        self._last = level
        element = etree.SubElement(parent, f"h{level}")
        self.inlines(element, block.content)
        self.listed(element, legal(text), level - self.top + 1)

    def listed(self, element: Element, text: str, level: int) -> None:
        """Take a heading into the contents of the page; ``level`` counts from 1."""

    def list(self, parent: Element, block: List) -> None:
        super().list(parent, block)
        if block.marker in {"paren", "dash"}:
            parent[-1].set("class", block.marker)

    def formula(self, parent: Element, block: Formula) -> None:
        number = self.files.number(self.page, "formula")
        super().formula(scrolling(parent, self.say("Formula {number}", number=number)), block)

    def table(self, parent: Element, block: Table) -> None:
        number = self.files.number(self.page, "table")
        caption = " ".join(inline_text(block.caption).split())
        name = legal(caption) or self.say("Table {number}", number=number)
        again = self.files.number(self.page, f"name={name}")
        box = scrolling(parent, name if again == 1 else f"{name} ({again})")
        super().table(box, block)
        for head in box.iter("th"):
            if not "".join(str(text) for text in head.itertext()).strip():
                head.tag = "td"
                del head.attrib["scope"]
        _square(box)

    def footnote(self, parent: Element, block: Footnote) -> None:
        if block.id in self._notes:
            return
        self._notes.add(block.id)
        super().footnote(parent, msgspec.structs.replace(block, label=legal(block.label)))

    def note_mark(self, parent: Element, mark: NoteMark) -> None:
        super().note_mark(parent, mark)
        parent[-1][0].set("role", "doc-noteref")  # a number alone is no name of a link

    def run(self, parent: Element, run: Run) -> None:
        run = msgspec.structs.replace(run, text=legal(run.text), href=addresses.link(run.href) if run.href else None)
        before = len(parent)
        super().run(parent, run)
        for link in list(parent)[before:]:
            if link.tag == "a":
                self.leads_out(link)

    def leads_out(self, link: Element) -> None:
        """A link out of the package opens a window of its own, and its name says so (WCAG 2.2, technique G201)."""
        link.set("target", "_blank")
        link.set("rel", "noopener noreferrer")
        said = self.say("opens in a new window")
        etree.SubElement(link, "span", {"class": "opens", "role": "img", "aria-label": said})

    def attributes(self, run: Run) -> dict[str, str]:
        said = super().attributes(run)
        if self.ground is None and (run.colour or run.highlight):
            said["style"] = _with_schemes(said["style"], run.colour, run.highlight)
        return said

    def math(self, parent: Element, math: Math, *, display: bool = False) -> None:
        clean = msgspec.structs.replace(math, text=legal(math.text), tex=math.tex and legal(math.tex))
        before = len(parent)
        super().math(parent, clean, display=display)
        if self.ground is not None:
            return
        for formula in list(parent)[before:]:
            schemes.state_formula(formula, _state)

    def _image(self, parent: Element, picture: Figure | Picture) -> None:
        path = self.files.picture(picture)
        if path is None:
            self.run(parent, Run(text=f"[{picture.alt or '…'}]"))
            return
        alt = picture.alt or (inline_text(picture.caption) if isinstance(picture, Figure) else "")
        super()._image(parent, msgspec.structs.replace(picture, alt=legal(alt) or " "))
        image = parent[-1]
        image.set("alt", legal(alt))
        image.set("src", path)
        # A page keeps the room of a picture that has not come, and asks for it when it is near the screen.
        for name, side in _sides(picture, self.files.used[path.removeprefix("../")]).items():
            image.set(name, str(side))
        image.set("loading", "lazy")


class PageHtml(PartHtml):
    """Blocks → HTML of one page whose title is an ``h2``.

    ``toc`` collects the headings as (id, text, level from 1). ``terms``: those of a glossary, to be marked.
    """

    def __init__(self, page: str, files: ScoFiles, say: Words, terms: GlossaryTerms | None = None) -> None:
        super().__init__(page, files, say, top=3)
        self.toc: list[tuple[str, str, int]] = []
        self.terms = terms

    def finish(self, root: Element) -> None:
        if self.terms is not None:
            self.terms.mark(root)

    def listed(self, element: Element, text: str, level: int) -> None:
        name = f"{self.page}-h{len(self.toc) + 1}"
        element.set("id", name)
        self.toc.append((name, text, level))


class ClozeHtml(PartHtml):
    """Text in which ``{#1}`` stands for a field; ``fields`` gives a new element for a gap's number (from 1)."""

    def __init__(self, page: str, files: ScoFiles, say: Words, fields: dict[int, Element]) -> None:
        super().__init__(page, files, say, top=4)
        self.fields = fields
        self.placed: set[int] = set()

    def run(self, parent: Element, run: Run) -> None:
        pieces = _GAP.split(run.text)
        for index, piece in enumerate(pieces):
            if index % 2 == 0:
                if piece:
                    super().run(parent, with_text(run, piece))
            elif int(piece) in self.fields and int(piece) not in self.placed:
                self.placed.add(int(piece))
                parent.append(self.fields[int(piece)])
            else:
                super().run(parent, with_text(run, "_____"))


def _with_schemes(style: str, colour: str | None, highlight: str | None) -> str:
    """A style, and what the letters become in each scheme of the pages."""
    return "; ".join((style, *(f"--{name}: #{each}" for name, each in schemes.readable(colour, highlight).items())))


def _state(element: Element, colour: str | None, behind: str | None) -> None:
    ink = schemes.schemes().light.ink
    element.set("style", _with_schemes(f"color: #{colour or ink}", colour, behind))


def _sides(picture: Figure | Picture, data: bytes) -> dict[str, int]:
    """Width and height for a page: as stated, one that is not by the picture's own shape. Nothing where that is not
    known, and for a photograph that a camera may have turned."""
    own = None if b"Exif\x00\x00" in data[:4096] else pixels(data)
    wide, high = stated(picture.width), stated(picture.height)
    if own and (wide is None or high is None):
        if wide is not None:
            high = stated(round(wide * own[1] / own[0]) or 1)
        elif high is not None:
            wide = stated(round(high * own[0] / own[1]) or 1)
        else:
            wide, high = map(stated, own)
    return {"width": wide, "height": high} if wide and high else {}


def _square(box: Element) -> None:
    """Fill short rows up and end row spans with their group: HTML wants whole grids."""
    groups = [list(group) for group in box.iter("thead", "tbody") if len(group)]
    for group in list(box.iter("thead", "tbody")):
        if not len(group):
            group.getparent().remove(group)  # type: ignore[union-attr]  # a group stands in its table
    widths = [(row, width) for group in groups for row, width in _widths(group)]
    most = max((width for _, width in widths), default=0)
    for row, width in widths:
        for _ in range(max(most, 1) - width):
            etree.SubElement(row, "td")


def _widths(rows: list[Element]) -> list[tuple[Element, int]]:
    """The rows of a group with the columns each takes, cells that reach down from above included."""
    taken: dict[int, int] = {}  # column → rows still covered from above
    found: list[tuple[Element, int]] = []
    for index, row in enumerate(rows):
        covered = {column for column, left in taken.items() if left > 0}
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
        column = 0
        for cell in row:
            while column in covered:
                column += 1
            span = int(cell.get("colspan", "1"))
            down = min(int(cell.get("rowspan", "1")), len(rows) - index)
            if "rowspan" in cell.attrib:
                cell.set("rowspan", str(down))
            if down > 1:
                taken |= dict.fromkeys(range(column, column + span), down - 1)
            column += span
        found.append((row, max([column, *(above + 1 for above in covered)])))
    return found
