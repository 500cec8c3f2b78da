"""Blocks → WordprocessingML, a method a kind of block; linear in what it writes.

Elements are made with lxml and handed over as a list; what they refer to (lists, links, pictures, footnotes) goes into
the ``DocxFile`` on the way.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import quote

from lxml import etree

from coursepack import languages
from coursepack.languages.catalogues import Words, words
from coursepack.markup import addresses
from coursepack.model.artifact import Assets
from coursepack.model.blocks import (
    Block,
    Blocks,
    Cell,
    Code,
    Direction,
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
    Side,
    Table,
    inline_text,
)
from coursepack.place import Finding, Place, note, warning
from coursepack.render.docx_file import PICTURES, DocxFile
from coursepack.render.docx_styles import LEVELS, LIST_STEP
from coursepack.render.drawing import inline_picture, picture_size
from coursepack.render.omml import omml
from coursepack.render.table_grid import GridRow, column_widths, rectangle, side_of
from coursepack.render.wml import (
    TEXT_WIDTH,
    Element,
    M,
    R,
    bookmark,
    cell,
    clean,
    keep_next,
    make,
    paragraph,
    paragraph_properties,
    row,
    run,
    run_properties,
    space_before,
    table,
    w,
)

HEADING_LEVELS = 6


_SAYS = 200
"""Letters of a paragraph that says what the table below it is."""


class OoxmlRenderer:
    """Blocks → elements of the body.

    ``top`` is the heading level that a ``Heading`` of level 1 gets. ``body`` is the style of a plain paragraph,
    ``width`` the room for tables and pictures in twips, ``say`` the fixed words of the paper. ``findings`` tells what
    could not be shown.
    """

    def __init__(
        self,
        file: DocxFile,
        assets: Assets,
        *,
        top: int = 3,
        body: str = "Body Text",
        width: int = TEXT_WIDTH,
        say: Words | None = None,
    ) -> None:
        self.file = file
        self.assets = assets
        self.top = top
        self.body = body
        self.width = width
        self.say = say or words(languages.SOURCE, "papers")
        self.findings: list[Finding] = []
        self._notes: ChainMap[str, Footnote] = ChainMap()
        self._used: set[str] = set()
        self._depth = -1
        self._in_note = False
        self._side: Side | None = None

    # --- entry points

    def elements(self, blocks: Blocks, *, top: int | None = None, body: str | None = None) -> list[Element]:
        """The elements of a section's blocks; its footnotes are looked for in these blocks."""
        kept = self.top, self.body, self._notes, self._used
        self.top, self.body = top or self.top, body or self.body
        self._notes = ChainMap({found.id: found for found in footnotes(blocks)})
        self._used = {mark.note for mark in note_marks(blocks)}
        try:
            return self._blocks(blocks)
        finally:
            self.top, self.body, self._notes, self._used = kept

    def paragraph_of(
        self,
        content: Inlines,
        style: str,
        *,
        numbering: tuple[int, int] | None = None,
        lead: str = "",
        direction: Direction | None = None,
        indent: tuple[int, int] | None = None,
    ) -> Element:
        """Inline content as one paragraph; ``lead`` is bold text before it, ``indent`` (left, hanging) in twips."""
        properties = paragraph_properties(
            style=self.file.style(style), numbering=numbering, direction=direction, indent=indent
        )
        first = [run(lead, run_properties(bold=True))] if lead else []
        return paragraph([*first, *self.inlines(content)], properties)

    def text(self, text: str, style: str, *, bold: bool = False) -> Element:
        """A line of plain text in a style."""
        runs = [run(text, run_properties(bold=bold))] if text else []
        return paragraph(runs, paragraph_properties(style=self.file.style(style)))

    def heading_line(self, text: str, level: int, anchor: str | None = None, *, page_break: bool = False) -> Element:
        """A heading of the paper's own; ``anchor`` names its bookmark, for a table of contents."""
        style = self.file.style(f"heading {min(level, HEADING_LEVELS)}")
        runs = [run(text)]
        if anchor:
            runs = bookmark(runs, anchor, self.file.next_id())
        return paragraph(runs, paragraph_properties(style=style, page_break=page_break))

    def numbered(self, items: list[Blocks], *, start: int = 1, style: str = "List Number") -> list[Element]:
        """Blocks as a numbered list («1.», «2.» …)."""
        number = self.file.list_number("decimal", start, last=start + len(items) - 1)
        return [element for blocks in items for element in self.item(blocks, number, style, 0)]

    # --- blocks

    def _blocks(self, blocks: Blocks) -> list[Element]:
        found: list[Element] = []
        above: Block | None = None
        for block in blocks:
            if isinstance(block, Table) and isinstance(above, Paragraph) and len(inline_text(above.content)) <= _SAYS:
                # What a table is stands with it.
                keep_next(found[-1])
            self._append(found, self._block(block))
            above = block
        return found

    def _append(self, found: list[Element], more: list[Element]) -> None:
        """Add what stands below, with room under a table."""
        if found and more and found[-1].tag == w("tbl"):
            if more[0].tag == w("tbl"):
                # Two tables that touch would be read as one.
                found.append(paragraph("", paragraph_properties(style=self.file.style("Table Text"))))
            else:
                space_before(more[0], 120)
        found.extend(more)

    def _block(self, block: Block) -> list[Element]:
        method: Callable[[Block], list[Element]] = getattr(self, f"_{type(block).__name__.lower()}")
        return method(block)

    def _heading(self, block: Heading) -> list[Element]:
        level = min(self.top + block.level - 1, HEADING_LEVELS)
        return [self.paragraph_of(block.content, f"heading {level}")]

    def _paragraph(self, block: Paragraph) -> list[Element]:
        properties = paragraph_properties(
            style=self.file.style(self.body),
            align=block.align or self._side,
            indent=(0, 0) if block.align == "center" else None,
            direction=block.direction,
        )
        return [paragraph(self.inlines(block.content), properties)]

    def _list(self, block: List) -> list[Element]:
        last = block.start + len(block.items) - 1 if block.ordered else 0
        number = self.file.list_number(block.marker, block.start, last=last)
        style = "List Number" if block.ordered else "List Bullet"
        self._depth += 1
        try:
            level = min(self._depth, LEVELS - 1)
            return [element for item in block.items for element in self.item(item.blocks, number, style, level)]
        finally:
            self._depth -= 1

    def item(self, blocks: Blocks, number: int, style: str, level: int) -> list[Element]:
        """One item of list ``number``: its first paragraph bears the number, the rest stands under it."""
        first, *rest = blocks or (Paragraph(content=()),)
        found: list[Element] = []
        if isinstance(first, Paragraph | Heading):
            way = first.direction if isinstance(first, Paragraph) else None
            found.append(self.paragraph_of(first.content, style, numbering=(number, level), direction=way))
        else:
            found.append(self.paragraph_of((), style, numbering=(number, level)))
            rest = [first, *rest]
        indent = 284 + LIST_STEP * (level + 1), 0
        depth, self._depth = self._depth, max(self._depth, level)
        for block in rest:
            if isinstance(block, Paragraph):
                properties = paragraph_properties(
                    style=self.file.style("List Continue"), indent=indent, align=block.align, direction=block.direction
                )
                self._append(found, [paragraph(self.inlines(block.content), properties)])
            elif isinstance(block, Code):
                self._append(found, self._code(block, indent))
            else:
                self._append(found, self._block(block))
        self._depth = depth
        return found

    def _table(self, block: Table) -> list[Element]:
        found: list[Element] = []
        if block.caption:
            line = self.paragraph_of(block.caption, "caption")
            line[0].insert(1, make("keepNext"))
            found.append(line)
        grid = rectangle(block)
        if not grid or not grid[0]:
            return found
        widths = column_widths(block, grid, self.width)
        rows = [
            row(
                self._row_cells(block, line, widths, index < block.header_rows),
                header=index < block.header_rows,
                whole=False,
            )
            for index, line in enumerate(grid)
        ]
        element = table(rows, widths, style=self.file.style("Table Grid"), title=inline_text(block.caption))
        return [*found, element]

    def _row_cells(self, block: Table, line: GridRow, widths: list[int], header: bool) -> Iterator[Element]:
        column = 0
        while column < len(line):
            source, part = line[column]
            span = 1
            while column + span < len(line) and line[column + span][1] == "side":
                span += 1
            merge: Literal["restart", "continue"] | None = None
            content: list[Element] = []
            if part == "below":
                merge = "continue"
            elif source is not None:
                merge = "restart" if source.rowspan > 1 else None
                content = self._cell_content(source, header, side_of(block, column, span))
            room = sum(widths[column : column + span])
            yield cell(
                content or [self.text("", "Table Text")],
                room,
                span=span,
                merge=merge,
                shade="F2F2F2" if header else None,
            )
            column += span

    def _cell_content(self, source: Cell, header: bool, side: Side | None) -> list[Element]:
        kept = self.body, self._depth, self.width, self._side
        self._side = side
        self.body = "Table Heading" if header or source.header else "Table Text"
        self._depth, self.width = -1, self.width // 2
        try:
            return self._blocks(source.blocks)
        finally:
            self.body, self._depth, self.width, self._side = kept

    def _figure(self, block: Figure) -> list[Element]:
        alone = paragraph_properties(style=self.file.style("Normal"), keep_next=bool(block.caption), align="center")
        found = [paragraph([self._image(block)], alone)]
        if block.caption:
            found.append(self.paragraph_of(block.caption, "caption"))
        return found

    def _media(self, block: Media) -> list[Element]:
        """What paper can say of a sound, a film or a file: that there is one, and what it is called."""
        line = {
            "audio": lambda: self.say("Audio: {name}", name=block.name),
            "video": lambda: self.say("Video: {name}", name=block.name),
            "file": lambda: self.say("File: {name}", name=block.name),
        }[block.kind]()
        properties = paragraph_properties(style=self.file.style(self.body), keep_next=bool(block.caption))
        found = [paragraph([run(clean(line))], properties)]
        if block.caption:
            found.append(self.paragraph_of(block.caption, "caption"))
        return found

    def _formula(self, block: Formula) -> list[Element]:
        properties = paragraph_properties(style=self.file.style("Normal"), align="center", before=80, after=80)
        content = self._math(block.math)
        if content.tag == f"{{{M}}}oMath":
            whole = etree.Element(f"{{{M}}}oMathPara")
            whole.append(content)
            content = whole
        return [paragraph([content], properties)]

    def _quote(self, block: Quote) -> list[Element]:
        kept, self.body = self.body, "Quote"
        try:
            return self._blocks(block.blocks)
        finally:
            self.body = kept

    def _code(self, block: Code, indent: tuple[int, int] | None = None) -> list[Element]:
        """One paragraph: what breaks its lines is ``w:br``, so that a listing stays in one piece."""
        properties = paragraph_properties(style=self.file.style("HTML Preformatted"), indent=indent)
        return [paragraph([run(block.text, run_properties(mono=True))], properties)]

    def _footnote(self, block: Footnote) -> list[Element]:
        """A footnote goes to the foot of the page of its mark; one without a mark stays where it is."""
        if block.id in self._used and not self._in_note:
            return []
        kept, self.body = self.body, "footnote text"
        found = self._blocks(block.blocks)
        self.body = kept
        if block.label and found and found[0].tag == w("p"):
            found[0].insert(1, run(f"{block.label} ", run_properties(script="super")))
        return found

    # --- inline

    def inlines(self, content: Inlines) -> list[Element]:
        found: list[Element] = []
        for item in content:
            match item:
                case Run():
                    found.append(self._run(item))
                case Math():
                    found.append(self._math(item))
                case NoteMark():
                    found.append(self._note_mark(item))
                case Picture():
                    found.append(self._image(item))
        return found

    def _run(self, item: Run) -> Element:
        language = languages.tag(item.language) if item.language else None
        properties = run_properties(
            style=self.file.style("Hyperlink") if item.href else None,
            bold=item.bold,
            italic=item.italic,
            underline=item.underline,
            mono=item.code,
            script=item.script,
            language=language,
            strike=item.strike,
            color=item.colour and item.colour.upper(),
            fill=item.highlight and item.highlight.upper(),
            direction=item.direction,
        )
        href = addresses.link(item.href) if item.href else None
        tip = clean(item.title) if href and len(item.title) <= _SCREEN_TIP else ""
        # Paper cannot be pointed at: what an abbreviation says of itself stands behind it.
        element = run(f"{item.text} ({item.title})" if item.title and not tip else item.text, properties)
        if href is None:
            return element
        link = make("hyperlink", [element], history=1, **({"tooltip": tip} if tip else {}))
        link.set(f"{{{R}}}id", self.file.relate("hyperlink", address(href), external=True))
        return link

    def _math(self, item: Math) -> Element:
        found = omml(item.mathml)
        return found if found is not None else run(item.text or item.tex or "")

    def _note_mark(self, item: NoteMark) -> Element:
        source = self._notes.get(item.note)
        if source is None or self._in_note:
            return run(item.note.rpartition("-")[2] or "*", run_properties(script="super"))
        kept = self.body, self._depth
        self.body, self._depth, self._in_note = "footnote text", -1, True
        content = self._blocks(source.blocks) or [self.text("", "footnote text")]
        (self.body, self._depth), self._in_note = kept, False
        reference = self.file.style("footnote reference")
        if content[0].tag == w("p"):
            mark = make("r", [make("rPr", [make("rStyle", val=reference)]), make("footnoteRef")])
            content[0].insert(1, mark)
            content[0].insert(2, run(" "))
        number = self.file.footnote(content)
        return make("r", [make("rPr", [make("rStyle", val=reference)]), make("footnoteReference", id=number)])

    # --- pictures

    def _image(self, item: Figure | Picture) -> Element:
        caption = inline_text(item.caption) if isinstance(item, Figure) else ""
        words = clean(item.alt or caption)
        place: Place | None = item.place if isinstance(item, Figure) else None
        try:
            data = self.assets.read(item.asset)
        except KeyError:
            self.findings.append(warning("papers-picture-missing", f"the picture {words!r} is not there", place))
            return run(f"[{words}]")
        if item.media_type not in PICTURES:
            self.findings.append(
                warning(
                    "papers-picture-format",
                    f"Word cannot show a picture of type {item.media_type}: its alternative text is printed",
                    place,
                    "save the picture as PNG",
                )
            )
            return run(f"[{words}]")
        if not words:
            self.findings.append(note("papers-picture-alt", "a picture without alternative text", place))
        relation = self.file.picture(item.asset, item.media_type, data)
        size = picture_size((item.width, item.height), data, self.width)
        drawn = inline_picture(self.file.next_id(), relation, words, size, clean(item.title))
        return make("r", [make("drawing", [drawn])])


_SCREEN_TIP = 260
"""Characters that Word allows in the screen tip of a link."""
_NOT_IN_ADDRESSES = frozenset(' <>"{}|\\^`\t\n')


def address(href: str) -> str:
    """A link's address as a relationship may hold it (RFC 3987): Word calls a file damaged for a bare space in one."""
    return "".join(quote(c) if c in _NOT_IN_ADDRESSES else c for c in clean(href).strip())


# --- looking through blocks ---------------------------------------------------------------------------------------


def _inside(block: Block) -> Iterator[Blocks]:
    match block:
        case List():
            yield from (item.blocks for item in block.items)
        case Table():
            yield from (cell_.blocks for line in block.rows for cell_ in line.cells)
        case Quote() | Footnote():
            yield block.blocks
        case _:
            return


def footnotes(blocks: Blocks) -> Iterator[Footnote]:
    """Every footnote in the blocks, however deep."""
    for block in blocks:
        if isinstance(block, Footnote):
            yield block
        for inner in _inside(block):
            yield from footnotes(inner)


def note_marks(blocks: Blocks) -> Iterator[NoteMark]:
    """Every footnote mark in the blocks that can carry one in print."""
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                yield from (item for item in block.content if isinstance(item, NoteMark))
            case Table() | Figure() | Media():
                yield from (item for item in block.caption if isinstance(item, NoteMark))
            case _:
                pass
        if not isinstance(block, Footnote):
            for inner in _inside(block):
                yield from note_marks(inner)
