"""HTML of others (question banks, Markdown) → blocks of the model.

What has no place in the model is counted in ``lost`` and its letters stay; styles go without a word.
"""

from __future__ import annotations

import re
import typing
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import unquote

from msgspec.structs import replace

from coursepack import names
from coursepack.markup import addresses, colours, language
from coursepack.markup.tables import allowed
from coursepack.model.blocks import (
    Block,
    Blocks,
    Cell,
    Code,
    Direction,
    Footnote,
    Formula,
    Heading,
    Inline,
    Inlines,
    List,
    ListItem,
    Math,
    Media,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Row,
    Run,
    Side,
    Table,
    on_its_own,
    with_text,
)
from coursepack.names import COLOUR, is_note_id
from coursepack.readers import attached, mathml
from coursepack.readers.html.drawings import adorns, drawing
from coursepack.readers.html.inline import BREAK, collapse, copy_math
from coursepack.readers.html.tree import BLOCK, Element, all_text, cut_short, empty, letters, number, parse
from coursepack.readers.inline import join, led_by, only_formula, titled, trim
from coursepack.readers.terms import defined
from coursepack.readers.typed import typed
from coursepack.render.table_grid import rectangle

Address = Callable[[str, str, int | None, int | None], Picture | None]
Attached = Callable[[str], Media | None]
Marker = Literal["disc", "dash", "decimal", "paren", "lower-alpha", "lower-roman"]
_MARKERS: tuple[Marker, ...] = typing.get_args(Marker)

ADDRESSES = "data-addresses"
"""The attribute with every address of a picture that a page gives several, a line each, the surest first."""
_SILENT = frozenset({"script", "style", "head", "title", "meta", "link", "col", "colgroup", "wbr", "template"})
_MEDIA = frozenset({"iframe", "video", "audio", "object", "embed"})
_STYLES: dict[str, dict[str, Any]] = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "i": {"italic": True},
    "em": {"italic": True},
    "cite": {"italic": True},
    "var": {"italic": True},
    "dfn": {"italic": True},
    "u": {"underline": True},
    "ins": {"underline": True},
    "s": {"strike": True},
    "strike": {"strike": True},
    "del": {"strike": True},
    "code": {"code": True},
    "kbd": {"code": True},
    "samp": {"code": True},
    "tt": {"code": True},
    "sub": {"script": "sub"},
    "sup": {"script": "super"},
}

NOT_THERE = "a picture that is not there"
_SPOKEN = frozenset({"span", "bdo", "a", "em", "i", "b", "strong", "q", "sub", "sup", "code", "u", "s"})
MARKED = "ffff00"
"""How browsers show ``mark`` (HTML Living Standard, 15.3.4)."""
_SMALL = re.compile(r"[0-9]{1,6}")


_PLAIN = Run(text="")
"""How text looks at first. A look is a run without letters: it has whatever a run can have."""


@dataclass
class HtmlReader:
    """HTML → blocks. ``picture`` finds a picture by its address (and gets alt text, width and height), ``file`` what is
    played or saved, ``captions`` what may lie beside that by its name.

    ``top`` is the HTML level that becomes ``Heading`` level 1; with ``tex`` a formula may stand as TeX between
    ``\\(`` and ``\\)``, with ``typed`` also between ``$`` and ``$``, as people type it who write no HTML. ``lost``
    counts what could not be kept, by name.
    """

    picture: Address = lambda *_: None
    file: Attached = lambda _: None
    captions: Attached = lambda _: None
    top: int = 1
    tex: bool = True
    typed: bool = False
    lost: Counter[str] = field(default_factory=Counter)
    notes: frozenset[str] = frozenset()

    def miss(self, what: str) -> None:
        """Count what could not be kept."""
        self.lost[what] += 1

    def blocks(self, html: str) -> Blocks:
        """The blocks of a fragment or a page."""
        root = parse(html)
        if root is None or cut_short(html, root):
            return self._flat(html)
        try:
            return self.of_tree(root)
        except RecursionError:
            return self._flat(html)

    def of_tree(self, root: Element) -> Blocks:
        """The blocks inside an element of no namespace. Raises ``RecursionError`` for tags too deep in one another."""
        self.notes = frozenset(
            name.removeprefix("note-")
            for e in root.iter("div")
            if (name := e.get("id", "")).startswith("note-") and is_note_id(name.removeprefix("note-"))
        )
        flow = _Flow(self)
        flow.element(root, _PLAIN)
        return flow.done()

    def _flat(self, html: str) -> Blocks:
        """The letters alone, when the tags cannot be followed."""
        text = letters(html)
        if text:
            self.lost["a text whose tags cannot be read (nested too deeply, or too many attributes)"] += 1
        return (Paragraph(content=(Run(text=text),)),) if text else ()

    def inlines(self, html: str) -> Inlines:
        """The inline content of a fragment; paragraphs in it become lines."""
        items: list[Inline] = []
        for block in self.blocks(html):
            if isinstance(block, Media):
                self.lost[f"the file {block.name[:60]!r} inside a line"] += 1
            content = block.content if isinstance(block, Paragraph | Heading) else (Run(text=_letters(block)),)
            items.extend(([Run(text="\n")] if items else []) + list(content))
        return tuple(join(items))


def _letters(block: Block) -> str:
    from coursepack.model.blocks import block_text

    return block_text((block,))


@dataclass
class _Flow:
    """Blocks as they are met; inline content is gathered until a block begins or ends."""

    reader: HtmlReader
    blocks: list[Block] = field(default_factory=list)
    items: list[Inline] = field(default_factory=list)
    files: list[Media] = field(default_factory=list)
    align: Literal["center", "right"] | None = None
    direction: Direction | None = None

    def done(self) -> Blocks:
        self.flush()
        return tuple(self.blocks)

    def flush(self) -> None:
        """End the paragraph that is open; the files that it links to or plays stand after it."""
        content = self.content()
        files, self.files = self.files, []
        if content:
            self._paragraph(content)
        self.blocks.extend(files)

    def _paragraph(self, content: Inlines) -> None:
        formula = only_formula(content)
        if formula is not None and mathml.is_display(formula):
            self.blocks.append(Formula(math=mathml.placed(formula)))
        else:
            content = tuple(mathml.placed(item) if isinstance(item, Math) else item for item in content)
            self.blocks.append(Paragraph(content=content, align=self.align, direction=self.direction))

    def content(self) -> Inlines:
        """The inline content gathered, and a fresh start; ``files`` are those that stand after it."""
        items = collapse(self.items, tex=self.reader.tex, reported=self.reader.lost)
        items = typed(items, self.reader.miss, self.reader.lost) if self.reader.typed else items
        self.items = []
        content, files = attached.standing(trim(join(items)), self.files)
        self.files = [*files]
        return content

    def _inner(self, element: Element, look: Run) -> Blocks:
        flow = _Flow(self.reader)
        flow.element(element, look)
        return flow.done()

    def _inline(self, element: Element, look: Run) -> Inlines:
        flow = _Flow(self.reader)
        flow.element(element, look)
        if not flow.blocks:
            content = flow.content()
            self.files += flow.files
            return content
        items: list[Inline] = []
        for block in flow.done():
            if isinstance(block, Media):
                self.files.append(block)
                continue
            content = block.content if isinstance(block, Paragraph | Heading) else (Run(text=_letters(block)),)
            items.extend(([Run(text="\n")] if items else []) + list(content))
        return tuple(join(items))

    # --- walking

    def element(self, element: Element, look: Run) -> None:
        """The inside of an element."""
        self._text(element.text, look)
        for child in element.iterchildren("*"):
            self._child(child, look)
            self._text(child.tail, look)

    def _text(self, text: str | None, look: Run) -> None:
        if text:
            self.items.append(with_text(look, text))

    def _child(self, child: Element, look: Run) -> None:
        name = str(child.tag)
        if child.attrib and any(str(key).startswith("on") for key in child.attrib):
            self.reader.lost["an event handler in a text"] += 1
        if name == "script":
            self.reader.lost["a script in a text"] += 1
        if name in _SILENT:
            return
        if name in BLOCK:
            if child.get("title", "").strip():
                self.reader.lost[f"the title (title=…) of a <{name}>: left out"] += 1
            self.flush()
            getattr(self, f"_{_METHODS.get(name, 'plain')}")(child, look)
            self.flush()
        elif name == "br":
            self.items.append(with_text(look, BREAK))
        elif name == "img":
            self._image(child, look)
        elif name == "math":
            self._math(child)
        elif name == "svg":
            self._drawing(child, look)
        elif name in _MEDIA:
            self._media(child, look)
        elif name == "input":
            self.reader.lost["a form field"] += 1
        else:
            self.element(child, self._styled(child, name, look))

    def _styled(self, child: Element, name: str, look: Run) -> Run:
        look = styled(child, name, look)
        if name == "a" and child.get("href"):
            address = child.get("href", "")
            if address.startswith("#note-") and address.removeprefix("#note-") in self.reader.notes:
                self.items.append(NoteMark(note=address.removeprefix("#note-")))
                empty(child)
            elif (href := addresses.link(address)) is not None:
                look = replace(look, href=href)
            elif (file := self.reader.file(address)) is not None:
                look = replace(look, href=self._attach(attached.called(file, child.get("download", ""))))
            elif name := _token_file(address):
                self.reader.lost[f"a link to the file {name!r}, which is not there: its text is kept"] += 1
            elif (scheme := addresses.scheme(address)) == addresses.RELATIVE:
                self.reader.lost["a link that leads nowhere from outside its page"] += 1
            else:
                self.reader.lost[f"a link with a forbidden scheme ({scheme}): its text is kept"] += 1
        return look

    def _image(self, child: Element, look: Run) -> None:
        alt = " ".join(child.get("alt", "").split())
        width, height = number(child.get("width")), number(child.get("height"))
        address = str(child.get(ADDRESSES, "") or child.get("src", ""))
        picture = self.reader.picture(address, alt, width, height)
        if picture is not None:
            self.items += led_by(titled(picture, child.get("title")), look)
            return
        self.reader.lost[NOT_THERE] += 1
        if alt:
            self.items.append(with_text(look, f"[{alt}]"))

    def _drawing(self, child: Element, look: Run) -> None:
        if adorns(child):
            self.reader.lost["a decorative drawing (<svg>): left out"] += 1
            return
        found = drawing(child)
        if found is None:
            self.reader.lost["a drawing (<svg>) that shows nothing by itself: left out"] += 1
            self.element(child, look)
            return
        size = number(child.get("width")), number(child.get("height"))
        picture = self.reader.picture(found.address, found.alt, *size)
        if picture is not None:
            self.items.append(picture)
            return
        self.reader.lost["a drawing (<svg>) that cannot be kept: its text is kept"] += 1
        if found.alt:
            self.items.append(with_text(look, f"[{found.alt}]"))

    def _math(self, child: Element) -> None:
        root = mathml.root_element(display=child.get("display") == "block")
        tex = next((a.text for a in child.iter("annotation") if "tex" in a.get("encoding", "").lower()), None)
        copy_math(child, root)
        formula = mathml.math(root, tex=child.get("data-tex", tex), reported=self.reader.lost)
        if child.get("alttext") is not None:
            formula = Math(mathml=formula.mathml, tex=formula.tex, text=child.get("alttext", ""))
        self.items.append(formula)

    def _media(self, child: Element, look: Run) -> None:
        sources = [child.get("src"), child.get("data"), *(source.get("src") for source in child.iter("source"))]
        given = [source for source in sources if source]
        file = next((file for source in given if (file := self.reader.file(source)) is not None), None)
        href = addresses.link(given[0]) if given else None
        if file is not None:
            link = child.find("a")
            file = attached.called(file, "" if link is None else link.get("download", ""))
            title = " ".join(child.get("title", "").split())
            self._attach(replace(file, caption=(Run(text=title),)) if title and title != file.name else file)
            if child.find(".//track[@src]") is None:
                for captions in attached.captions(file, given[0], self.reader.captions):
                    self._attach(captions)
            self._tracks(child)
        elif href is not None:
            self.items.append(replace(look, href=href, text=child.get("title") or href))
        else:
            named = next((f" of the file {name!r}, which is not there" for s in given if (name := _token_file(s))), "")
            self.reader.lost[f"<{child.tag}> inside a text{named}"] += 1

    def _tracks(self, player: Element) -> None:
        """Captions and the like of a film or a recording: files below it."""
        for track in player.iter("track"):
            if not (address := track.get("src", "")):
                continue
            file = self.reader.file(address)
            if file is None:
                self.reader.lost["captions of a film or recording whose file is not there"] += 1
                continue
            self._attach(attached.labelled(file, track.get("label") or track.get("srclang") or ""))

    def _attach(self, file: Media) -> str:
        """Keep a file for the end of the paragraph; what the letters of its link bear until then."""
        self.files.append(file)
        return attached.mark(len(self.files) - 1)

    # --- a method a kind of block

    def _plain(self, element: Element, look: Run) -> None:
        if element.tag == "div" and element.get("id", "").removeprefix("note-") in self.reader.notes:
            self._footnote(element, look)
            return
        style = (element.get("style", "") + ";text-align:" + element.get("align", "")).replace(" ", "").lower()
        outer = self.align, self.direction
        self.direction = _direction(element) or self.direction
        if "text-align:center" in style or element.tag == "center":
            self.align = "center"
        elif "text-align:right" in style:
            self.align = "right"
        self.element(element, look)
        self.flush()
        self.align, self.direction = outer

    def _footnote(self, element: Element, look: Run) -> None:
        label = ""
        first = element.find("sup")
        if first is not None and first is next(element.iterchildren("*"), None):
            label = all_text(first)
            empty(first)
        blocks = self._inner(element, look)
        note = element.get("id", "").removeprefix("note-")
        self.blocks.append(Footnote(id=note, label="" if label == "*" else label, blocks=blocks))

    def _heading(self, element: Element, look: Run) -> None:
        content = self._inline(element, look)
        if content:
            stated = element.get("data-level", "")
            level = int(stated) if _SMALL.fullmatch(stated) else max(1, int(str(element.tag)[1]) - self.reader.top + 1)
            self.blocks.append(Heading(level=level, content=content))

    def _quote(self, element: Element, look: Run) -> None:
        blocks = self._inner(element, look)
        if blocks:
            self.blocks.append(Quote(blocks=blocks))

    def _list(self, element: Element, look: Run) -> None:
        items = []
        for child in element.iterchildren("*"):
            blocks = self._inner(child, look) if child.tag == "li" else self._stray(child, look)
            if blocks:
                items.append(ListItem(blocks=blocks))
        marker: Marker = "disc"
        if element.tag == "ol":
            kinds: dict[str, Marker] = {"a": "lower-alpha", "i": "lower-roman"}
            marker = kinds.get(element.get("type", "1").lower(), "decimal")
        marker = next((known for known in _MARKERS if known == element.get("data-marker")), marker)
        if items:
            start = element.get("start", "1")
            self.blocks.append(
                List(items=tuple(items), marker=marker, start=int(start) if re.fullmatch(r"\d{1,6}", start) else 1)
            )

    def _stray(self, child: Element, look: Run) -> Blocks:
        """A list's child that is no item (a list put straight into a list, say)."""
        flow = _Flow(self.reader)
        flow._child(child, look)
        return flow.done()

    def _terms(self, element: Element, look: Run) -> None:
        """A term and the first paragraph of its meaning are one paragraph."""
        term = -1
        for child in element.iterchildren("*"):
            before = len(self.blocks)
            self._plain(child, replace(look, bold=True) if child.tag == "dt" else look)
            if child.tag == "dd" and term == before - 1:
                match self.blocks[term : before + 1]:
                    case [Paragraph() as name, Paragraph() as stated]:
                        self.blocks[term : before + 1] = [
                            replace(stated, content=defined(name.content, stated.content))
                        ]
            term = len(self.blocks) - 1 if child.tag == "dt" and len(self.blocks) == before + 1 else -1

    def _preformatted(self, element: Element, look: Run) -> None:
        for line_break in element.iter("br"):
            line_break.text = "\n"
        text = all_text(element).removesuffix("\n")
        if element.text:
            # The line's end right after the tag is not part of the text (HTML Living Standard, 13.1.2.5).
            text = text.removeprefix("\n")
        if text.strip():
            self.blocks.append(Code(text=text, language=_programming_language(element)))

    def _rule(self, element: Element, look: Run) -> None:
        """A ruled line holds no letters."""

    def _figure(self, element: Element, look: Run) -> None:
        caption = element.find("figcaption")
        images = [image for image in element.iter("img", "svg") if image.tag == "img" or not adorns(image)]
        if len(images) != 1 or any(True for _ in images[0].iterancestors("svg")):
            before = len(self.blocks)
            self._plain(element, look)
            match self.blocks[before:]:
                case [Media(caption=()) as file, *tracks, Paragraph(content=stated)] if caption is not None:
                    if all(isinstance(one, Media) for one in tracks):
                        self.blocks[before:] = [replace(file, caption=stated), *tracks]
            return
        (self._image if images[0].tag == "img" else self._drawing)(images[0], look)
        content = self.content()
        words = () if caption is None else self._inline(caption, look)
        match content:
            case (Picture() as picture,):
                self.blocks.append(on_its_own(picture, caption=words))
            case _:
                self.items.extend([*content, Run(text=" "), *words])

    def _table(self, element: Element, look: Run) -> None:
        caption: Inlines = ()
        rows: list[Row] = []
        elements: list[list[Element]] = []
        heads = 0
        for part, tr in _rows(element):
            if part == "caption":
                caption = self._inline(tr, look)
                continue
            cells = tuple(self._cell(cell, look) for cell in tr.iterchildren("td", "th"))
            if not cells:
                continue
            if heads == len(rows) and (part == "thead" or all(cell.header for cell in cells)):
                heads += 1
            rows.append(Row(cells=cells))
            elements.append(list(tr.iterchildren("td", "th")))
        if not rows:
            return
        if heads == len(rows):
            heads = 0
        stated = element.get("data-header-rows", "")
        if _SMALL.fullmatch(stated) and int(stated) <= len(rows):
            heads = int(stated)
        if not stated:
            rows = [
                Row(cells=tuple(_plain_head(c) for c in row.cells)) if i < heads else row for i, row in enumerate(rows)
            ]
        self.blocks.append(_aligned(Table(rows=tuple(rows), header_rows=heads, caption=caption), elements))

    def _cell(self, element: Element, look: Run) -> Cell:
        return Cell(
            blocks=self._inner(element, look),
            colspan=min(number(element.get("colspan")) or 1, 1000),
            rowspan=min(number(element.get("rowspan")) or 1, 10_000),
            header=element.get("data-header") == "1" if "data-header" in element.attrib else element.tag == "th",
        )


def _token_file(address: str) -> str:
    """The name of a file that a platform's own address means («@@PLUGINFILE@@/data.csv»), where it is one."""
    return names.file_name(unquote(address), "")[:60] if address.startswith(allowed().addresses.tokens) else ""


def styled(element: Element, name: str, look: Run) -> Run:
    """A run with what an element says of its letters: tag, style, colours, title, direction, language."""
    look = titled(replace(look, **_STYLES.get(name, {})), element.get("title"))
    style = element.get("style", "").replace(" ", "").lower()
    if "font-weight:bold" in style or "font-weight:700" in style:
        look = replace(look, bold=True)
    if "font-style:italic" in style:
        look = replace(look, italic=True)
    if "text-decoration:underline" in style or "text-decoration-line:underline" in style:
        look = replace(look, underline=True)
    if "line-through" in style:
        look = replace(look, strike=True)
    look = _coloured(element, name, look)
    if way := _direction(element):
        look = replace(look, direction=way)
    if "vertical-align:super" in style or "vertical-align:sub" in style:
        look = replace(look, script="super" if "vertical-align:super" in style else "sub")
    if element.get("lang") and name in _SPOKEN:
        look = replace(look, language=language.tag(element.get("lang")))
    return look


def _coloured(element: Element, name: str, look: Run) -> Run:
    style = element.get("style", "").lower()
    found = colours.declared(style, "color") if "color" in style else None
    if name == "font" and found is None:
        found = colours.colour(element.get("color", ""))
    behind = None
    if "background" in style:
        behind = colours.declared(style, "background-color") or colours.declared(style, "background")
    if name == "mark" and behind is None:
        behind = MARKED
    found, behind = _meant(element, "data-colour") or found, _meant(element, "data-highlight") or behind
    return replace(look, colour=found or look.colour, highlight=behind or look.highlight)


def _meant(element: Element, name: str) -> str | None:
    """A grey that a product of ours says is meant."""
    stated = element.get(name, "")
    return stated if re.match(COLOUR, stated) else None


def _direction(element: Element) -> Direction | None:
    ways: dict[str, Direction] = {"ltr": "ltr", "rtl": "rtl"}
    return ways.get(element.get("dir", "").lower())


def _programming_language(element: Element) -> str | None:
    """What the class of a listing says (``language-python``: HTML Living Standard, 4.5.15)."""
    for part in (element, *element.iterchildren("code")):
        for name in part.get("class", "").split():
            if name.startswith("language-") and name != "language-":
                return name.removeprefix("language-")
    return None


def _aligned(table: Table, elements: list[list[Element]]) -> Table:
    """The table with the side of each column whose cells all say the same; ``elements`` are those of its cells."""
    stated = {
        id(cell): _side(element)
        for row, line in zip(table.rows, elements, strict=True)
        for cell, element in zip(row.cells, line, strict=True)
    }
    if not any(stated.values()):
        return table
    columns = [
        {stated[id(cell)] for cell, part in column if cell is not None and part == "here" and cell.colspan == 1}
        for column in zip(*rectangle(table), strict=True)
    ]
    align = tuple(next(iter(found)) if len(found) == 1 else None for found in columns)
    return replace(table, align=align) if any(align) else table


def _side(cell: Element) -> Side | None:
    """What ``style`` or, in old HTML, ``align`` says of a cell."""
    style = cell.get("style", "").replace(" ", "").lower()
    found = re.search(r"text-align:(left|center|right)", style)
    stated = found[1] if found else cell.get("align", "").lower()
    sides: dict[str, Side] = {"left": "left", "center": "center", "right": "right"}
    return sides.get(stated)


def _plain_head(cell: Cell) -> Cell:
    """A cell of a head row is a head by its row."""
    return Cell(blocks=cell.blocks, colspan=cell.colspan, rowspan=cell.rowspan)


def _rows(table: Element) -> Iterable[tuple[str, Element]]:
    for child in table.iterchildren("*"):
        if child.tag in {"thead", "tbody", "tfoot"}:
            for row in child.iterchildren("tr"):
                yield str(child.tag), row
        elif child.tag in {"tr", "caption"}:
            yield str(child.tag), child


_METHODS = {
    **{f"h{n}": "heading" for n in range(1, 7)},
    "blockquote": "quote",
    "ul": "list",
    "ol": "list",
    "menu": "list",
    "dl": "terms",
    "pre": "preformatted",
    "hr": "rule",
    "figure": "figure",
    "table": "table",
}
