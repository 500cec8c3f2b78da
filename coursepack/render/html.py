"""Blocks to HTML fragments, built as a tree (lxml) and serialised once: nothing is escaped by hand.

Every product with HTML uses ``HtmlRenderer``; a product that differs overrides a method. Whatever they make passes the
cleaner before it becomes text: a model may come from anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from types import MappingProxyType
from typing import ClassVar

from lxml import etree
from markupsafe import Markup

from coursepack import languages
from coursepack.files.media import KINDS
from coursepack.files.xml import legal
from coursepack.markup import addresses, colours, formulas, tex, tree
from coursepack.model.blocks import (
    Block,
    Blocks,
    Code,
    Figure,
    Footnote,
    Formula,
    Heading,
    Inlines,
    List,
    Math,
    Media,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
    inline_text,
)
from coursepack.render import schemes
from coursepack.render.picture_size import stated
from coursepack.render.table_grid import sides

Element = etree._Element

_LIST_TYPES = {"lower-alpha": "a", "lower-roman": "i"}
MATHML = "http://www.w3.org/1998/Math/MathML"


def _no_address(asset: str) -> str:
    raise KeyError(asset)


_CAPTIONS = KINDS["vtt"].type


def scrolling(parent: Element, name: str) -> Element:
    """A new box that scrolls sideways, by the keyboard too, where a screen is narrower than what it holds.

    ``name`` is what a screen reader says of it; a page's style sheet gives ``wide`` its scroll bar.
    """
    attributes = {"class": "wide", "role": "region", "tabindex": "0", "aria-label": name}
    return etree.SubElement(parent, "div", attributes)


def no_file(block: Media) -> None:
    """There is no place where files lie."""


Looks = Mapping[str, Mapping[str, str]]
"""Attributes by tag."""
UNSTYLED: Looks = MappingProxyType(
    {
        "table": {"border": "1", "cellpadding": "6", "style": "border-collapse: collapse"},
        "blockquote": {"style": "margin-left: 0; padding-left: 1em; border-left: 3px solid #bbbbbb"},
    }
)
"""Tables with lines and room in their cells, quotes with a bar, for where no style sheet travels with the text."""


class HtmlRenderer:
    """Blocks → HTML.

    ``top`` is the level that a ``Heading`` of level 1 gets (2 under a page's own ``h1``). ``address`` gives the
    address of a picture's file by its SHA-256; ``file`` that of an attached file, None when no document
    brought it. ``note_prefix`` keeps the ids of footnotes apart on one page. ``looks``: attributes of all tables and
    quotes. ``ground``: a page that others paint, on which an author's colours must be readable.
    """

    looks: ClassVar[Looks] = MappingProxyType({})
    ground: ClassVar[schemes.Grounds | None] = None

    def __init__(
        self,
        *,
        top: int = 2,
        address: Callable[[str], str] = _no_address,
        file: Callable[[Media], str | None] = no_file,
        note_prefix: str = "note-",
    ) -> None:
        self.top = top
        self.address = address
        self.file = file
        self._labels: dict[str, str] = {}
        self.note_prefix = note_prefix

    def html(self, blocks: Blocks) -> Markup:
        """The fragment, ready for a Jinja2 page."""
        root = etree.Element("div")
        self.blocks(root, blocks)
        tree.fragment(Counter()).clean(root)
        self.finish(root)
        text = "\n".join(map(_written, root))
        return Markup(text)  # noqa: S704 - serialised from a tree, every text escaped by lxml

    def finish(self, root: Element) -> None:
        """What a product adds to clean markup of its own making."""

    def inline_html(self, content: Inlines) -> Markup:
        """Inline content alone (a title, a cell of a list)."""
        root = etree.Element("span")
        self.inlines(root, content)
        tree.fragment(Counter()).clean(root)
        text = _written(root)
        return Markup(text[len("<span>") : -len("</span>")])  # noqa: S704 - as above

    def blocks(self, parent: Element, blocks: Blocks) -> None:
        self.label(blocks)
        player: Element | None = None
        for block in blocks:
            captions = isinstance(block, Media) and block.media_type == _CAPTIONS
            if isinstance(block, Media) and captions and player is not None and self._track(player, block):
                continue
            self.block(parent, block)
            held = parent[-1].iter("audio", "video") if isinstance(block, Media) and len(parent) else ()
            player = next(iter(held), None)

    def label(self, blocks: Blocks) -> None:
        """Know the marks of the footnotes among these blocks."""
        self._labels.update({block.id: block.label for block in blocks if isinstance(block, Footnote)})

    def block(self, parent: Element, block: Block) -> None:
        method = getattr(self, type(block).__name__.lower())
        method(parent, block)

    # --- a method a kind of block

    def heading(self, parent: Element, block: Heading) -> None:
        level = min(self.top + block.level - 1, 6)
        self.inlines(etree.SubElement(parent, f"h{level}"), block.content)

    def paragraph(self, parent: Element, block: Paragraph) -> None:
        element = etree.SubElement(parent, "p")
        if block.direction:
            element.set("dir", block.direction)
        if block.align:
            element.set("style", f"text-align: {block.align}")
        self.inlines(element, block.content)

    def list(self, parent: Element, block: List) -> None:
        element = etree.SubElement(parent, "ol" if block.ordered else "ul")
        if block.marker in _LIST_TYPES:
            element.set("type", _LIST_TYPES[block.marker])
        if block.ordered and block.start != 1:
            element.set("start", str(block.start))
        # Where all items are written from the right, their marks stand there too.
        ways = {first.direction if isinstance(first, Paragraph) else None for first in _firsts(block)}
        if len(ways) == 1 and (way := ways.pop()):
            element.set("dir", way)
        for item in block.items:
            li = etree.SubElement(element, "li")
            match item.blocks:
                case (Paragraph(direction=None) as only,):
                    self.inlines(li, only.content)
                case (Paragraph(direction=None) as first, List() as nested):
                    self.inlines(li, first.content)
                    self.list(li, nested)
                case _:
                    self.blocks(li, item.blocks)

    def table(self, parent: Element, block: Table) -> None:
        element = etree.SubElement(parent, "table", self._look("table"))
        if block.caption:
            self.inlines(etree.SubElement(element, "caption"), block.caption)
        head = etree.SubElement(element, "thead") if block.header_rows else None
        body = etree.SubElement(element, "tbody")
        aligned = sides(block) if any(block.align) else [[] for _ in block.rows]
        for index, row in enumerate(block.rows):
            tr = etree.SubElement(head if head is not None and index < block.header_rows else body, "tr")
            for cell, side in zip_longest(row.cells, aligned[index]):
                heading = cell.header or index < block.header_rows
                td = etree.SubElement(tr, "th" if heading else "td")
                if heading:
                    td.set("scope", "col" if index < block.header_rows else "row")
                if side:
                    td.set("style", f"text-align: {side}")
                if cell.colspan > 1:
                    td.set("colspan", str(cell.colspan))
                if cell.rowspan > 1:
                    td.set("rowspan", str(cell.rowspan))
                match cell.blocks:
                    case (Paragraph(direction=None) as only,):
                        self.inlines(td, only.content)
                    case _:
                        self.blocks(td, cell.blocks)

    def figure(self, parent: Element, block: Figure) -> None:
        element = etree.SubElement(parent, "figure")
        self._image(element, block)
        if block.caption:
            self.inlines(etree.SubElement(element, "figcaption"), block.caption)

    def media(self, parent: Element, block: Media) -> None:
        element = etree.SubElement(parent, "figure")
        self._player(element, block)
        if block.caption:
            self.inlines(etree.SubElement(element, "figcaption"), block.caption)

    def formula(self, parent: Element, block: Formula) -> None:
        self.math(etree.SubElement(parent, "p"), block.math, display=True)

    def quote(self, parent: Element, block: Quote) -> None:
        self.blocks(etree.SubElement(parent, "blockquote", self._look("blockquote")), block.blocks)

    def _look(self, tag: str) -> dict[str, str]:
        return dict(self.looks.get(tag, {}))

    def code(self, parent: Element, block: Code) -> None:
        element = etree.SubElement(parent, "pre")
        # A line that is too long for a narrow page goes on below: nothing hides behind its edge.
        element.set("style", "white-space: pre-wrap")
        inner = etree.SubElement(element, "code")
        if block.language:
            inner.set("class", f"language-{'-'.join(block.language.split())}")
        for line in legal(block.text).split("\n"):
            self.run(inner, Run(text=line))
            _append(inner, "\n")

    def footnote(self, parent: Element, block: Footnote) -> None:
        element = etree.SubElement(parent, "div")
        element.set("class", "footnote")
        element.set("id", self.note_prefix + block.id)
        mark = etree.SubElement(element, "sup")
        mark.text = legal(block.label) or "*"
        mark.tail = " "
        match block.blocks:
            case (Paragraph(direction=None) as only,):
                self.inlines(element, only.content)
            case _:
                self.blocks(element, block.blocks)

    # --- inline

    def inlines(self, parent: Element, content: Inlines) -> None:
        for item in content:
            match item:
                case Run():
                    self.run(parent, item)
                case Math():
                    self.math(parent, item)
                case NoteMark():
                    self.note_mark(parent, item)
                case Picture():
                    self._image(parent, item)

    def run(self, parent: Element, run: Run) -> None:
        href = addresses.link(run.href) if run.href else None
        tags = [
            tag
            for tag, on in (
                ("a", href),
                ("abbr", run.title and not href),
                ("strong", run.bold),
                ("em", run.italic),
                ("u", run.underline),
                ("s", run.strike),
                ("code", run.code),
                ("sup", run.script == "super"),
                ("sub", run.script == "sub"),
            )
            if on
        ]
        element = parent
        for tag in tags:
            element = etree.SubElement(element, tag)
            if tag == "a" and href:
                element.set("href", href)
            if tag in {"a", "abbr"} and run.title:
                element.set("title", legal(run.title))
        said = self.attributes(run)
        if said and element is parent:
            element = etree.SubElement(element, "span")
        for name, value in said.items():
            element.set(name, value)
        if not tex.is_letters(run.text):
            # A platform's converter would make of these letters what no formula of ours may hold.
            element = etree.SubElement(element, "span")
            element.set("class", tex.IGNORED)
        first, *more = run.text.split("\n")
        _append(element, first)
        for line in more:
            etree.SubElement(element, "br").tail = line

    def attributes(self, run: Run) -> dict[str, str]:
        """The attributes of what holds a run's text."""
        return attributes(run, self.ground)

    def math(self, parent: Element, math: Math, *, display: bool = False) -> None:
        element = formulas.parse(math.mathml)
        if element is None:
            _append(parent, math.text or math.tex or "")
            return
        for part in element.iter():
            if isinstance(part.tag, str):
                part.tag = etree.QName(part).localname
        etree.cleanup_namespaces(element)
        if self.ground:
            schemes.state_formula(element, self._state)
        element.set("xmlns", MATHML)
        if display:
            element.set("display", "block")
        parent.append(element)

    def _state(self, element: Element, colour: str | None, behind: str | None) -> None:
        if self.ground and (shown := schemes.readable_on(self.ground, colour, behind)):
            element.set("mathcolor", f"#{shown}")

    def note_mark(self, parent: Element, mark: NoteMark) -> None:
        sup = etree.SubElement(parent, "sup")
        link = etree.SubElement(sup, "a")
        link.set("href", f"#{self.note_prefix}{mark.note}")
        link.text = self._label(mark.note)

    def _label(self, note: str) -> str:
        """How a note is marked in the text: as the note itself is, or by its id where it stands apart."""
        return legal(self._labels.get(note, note.rpartition("-")[2])) or "*"

    def _image(self, parent: Element, picture: Figure | Picture) -> None:
        image = etree.SubElement(parent, "img")
        image.set("src", self.address(picture.asset))
        caption = inline_text(picture.caption) if isinstance(picture, Figure) else ""
        image.set("alt", picture.alt or caption)
        if picture.title:
            image.set("title", legal(picture.title))
        if width := stated(picture.width):
            image.set("width", str(width))
        if height := stated(picture.height):
            image.set("height", str(height))

    def _player(self, parent: Element, block: Media) -> None:
        """What plays a sound or a film, with a link for who cannot play it; the link alone for any other file."""
        address = self.file(block)
        if address is None:
            self.run(parent, Run(text=f"[{block.name}]"))
            return
        holder = parent if block.kind == "file" else self._plays(parent, block.kind, address)
        link = etree.SubElement(holder, "a", href=address, download=legal(block.name))
        self.run(link, Run(text=legal(block.name)))

    def _plays(self, parent: Element, kind: str, address: str) -> Element:
        holder = etree.SubElement(parent, kind)
        for name, value in (("controls", "controls"), ("preload", "metadata"), ("src", address)):
            holder.set(name, value)
        if kind == "video":
            holder.set("style", "max-width: 100%")
        return holder

    def _track(self, player: Element, block: Media) -> bool:
        """Captions in the player of what they are spoken in; the first are shown. False where they cannot be there."""
        address = self.file(block)
        if address is None:
            return False
        track = etree.Element("track", kind="captions", src=address)
        name = block.name.rpartition(".")[0]
        if (language := name.rpartition(".")[2].lower()) in languages.known():
            track.set("srclang", language)
        label = inline_text(block.caption).removesuffix(block.name).strip(" :")
        track.set("label", legal(label or block.name))
        tracks = player.findall("track")
        if not tracks:
            track.set("default", "default")
        player.insert(len(tracks), track)
        return True


def _written(element: Element) -> str:
    """HTML of an element; the serialiser does not know that a track has no end."""
    return etree.tostring(element, encoding="unicode", method="html").replace("</track>", "")


def attributes(run: Run, ground: schemes.Grounds | None = None) -> dict[str, str]:
    """What attributes say of a run; on a page that others paint in the colour that can be read there."""
    shown = schemes.readable_on(ground, run.colour, run.highlight) if ground else run.colour
    looks = (("color", shown), ("background-color", run.highlight))
    style = "; ".join(f"{name}: #{colour}" for name, colour in looks if colour)
    said = {"lang": run.language, "dir": run.direction, "style": style}
    # Who reads HTML back takes a grey for how a page looks, and another colour for the author's: what is meant says so.
    meant = (("data-colour", run.colour, shown), ("data-highlight", run.highlight, run.highlight))
    said |= {name: own for name, own, now in meant if own and colours.colour(f"#{now}") != own}
    return {name: value for name, value in said.items() if value}


def _firsts(block: List) -> Iterator[Block | None]:
    """What each item begins with."""
    return (next(iter(item.blocks), None) for item in block.items)


def _append(element: Element, text: str) -> None:
    """Append text after whatever ``element`` holds already."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
