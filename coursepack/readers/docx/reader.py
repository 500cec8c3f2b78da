"""Word documents (.docx, ECMA-376 / ISO/IEC 29500, transitional and strict) → ``Document``.

Read straight from the XML: styles are followed, automatic numbers computed to the label that a reader sees, tracked
insertions accepted and deletions dropped. Headers, footers, comments and macros are no content; comments that state
the key of a test are kept beside their paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree
from msgspec.structs import replace

from coursepack import languages
from coursepack.files.hashes import sha256
from coursepack.model.blocks import Figure, Footnote, Inlines, Paragraph, Picture, Run, Side, inline_text, on_its_own
from coursepack.model.document import Comment, Display, Document, Drawing, Listing, Para, Unit
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.readers import Reader, mathml
from coursepack.readers.docx.comments import texts_of
from coursepack.readers.docx.numbering import Numbering
from coursepack.readers.docx.runs import ComplexField, Content, alternate, choices_of, is_placeholder
from coursepack.readers.docx.styles import DocxStyles, W, on, val
from coursepack.readers.docx.tables import read_table
from coursepack.readers.docx.usual import usual
from coursepack.readers.drawingml.graphics import Graphics
from coursepack.readers.drawingml.names import MC
from coursepack.readers.inline import join, local, only_pictures, unstyled
from coursepack.readers.office.names import NAMES
from coursepack.readers.office.numbers import format_number, whole
from coursepack.readers.opc import DELETED, PLACEHOLDER, OfficePackage, kind_of, open_package
from coursepack.readers.terms import with_terms
from coursepack.readers.typed import placed
from coursepack.text import roman

Element = etree._Element

_WORD = re.compile(r"[^\W\d_]{3,}")
_ASKS = languages.expression(
    r"\s*(?:(?:@question@\s*№?\s*|[^\W\d_])\d{1,3}\s*[.):–-]+(?!\S*[=(]).*|\d{1,3}\s*[.)]+\s.*[?:]\s*)", re.IGNORECASE
)
"""A numbered question: no line of a listing, whatever its type."""
_ROMAN = re.compile(rf"\W*[{roman.LETTERS}]+\W*", re.IGNORECASE)


def properties(name: str, data: bytes) -> dict[str, str]:
    """What the document in a .docx says of itself, by the names of ``Document.properties``; its text is not read.
    Raises ``CoursepackError`` as ``read`` does."""
    return _opened(name, data).properties()


def _opened(name: str, data: bytes) -> OfficePackage:
    return OfficePackage(name, open_package(name, data, "Word document", ".docx"), "docx")


def read(name: str, data: bytes, *, encoding: str | None = None) -> Document:
    """The document in a .docx. Raises ``CoursepackError``: not a Word document, encrypted, damaged."""
    parts = _opened(name, data)
    main = _main(parts)
    root = parts.xml(main)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise CoursepackError(f"{main} holds no text (w:body is missing)", Place(name), "save it again in Word")
    styles = DocxStyles.of(parts.optional(parts.related(main, "styles")))
    styles.usual = usual(body, styles)
    numbering = Numbering.of(parts.optional(parts.related(main, "numbering")), styles)
    story = Body(parts, styles, numbering, main)
    try:
        units = story.blocks(body)
    except RecursionError:
        raise CoursepackError("tables or fields are nested too deep to be read", Place(name)) from None
    return Document(
        file=name,
        sha256=sha256(data),
        medium="docx",
        units=tuple(with_terms(units)),
        assets=dict(sorted(parts.assets.items())),
        properties=parts.properties(),
        findings=tuple(parts.notes()),
    )


def _main(parts: OfficePackage) -> str:
    """The member that holds the text. Raises ``CoursepackError`` that says what the file is instead."""
    found = parts.related("", "officeDocument")
    if found is None or found not in parts.package:
        found = next((m for m in ("word/document.xml", "word/document2.xml") if m in parts.package), None)
    if found is not None and found.startswith("word/"):
        return found
    root = None if found is None else parts.xml(found)
    if found is not None and root is not None and local(root.tag) == "document":
        return found
    message = f"{kind_of(parts.package)}, expected a Word document (a zip with word/document.xml)"
    raise CoursepackError(message, Place(parts.name))


@dataclass
class Body:
    """The running text: paragraphs are counted, lists numbered and fields followed from beginning to end."""

    parts: OfficePackage
    styles: DocxStyles
    numbering: Numbering
    part: str
    fields: list[ComplexField] = field(default_factory=list)
    count: int = 0
    _new_page: bool = False
    _boxes: list[Element] = field(default_factory=list)
    _drawn: dict[Element, str] = field(default_factory=dict)
    _notes: dict[str, dict[str, Element]] = field(default_factory=dict)
    _comments: dict[str, str] | None = None
    _below: Comment | None = None
    _labels: dict[str, int] = field(default_factory=lambda: {"footnote": 0, "endnote": 0})
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _carried: Content | None = None
    _in_contents: int = 0
    _items: list[tuple[int, float]] = field(default_factory=list)
    """The items of lists that the next paragraph may go on: their levels, and where their text begins (points)."""

    # --- what the inside of a paragraph asks for (docx_runs.Story)

    def text_box(self, content: Element) -> None:
        self._boxes.append(content)

    def graphic(self, drawing: Element, alt: str) -> None:
        self._boxes.append(drawing)
        self._drawn[drawing] = alt

    def footnote(self, kind: Literal["footnote", "endnote"], identifier: str, mark: str | None) -> Footnote | None:
        member = self.parts.related(self.part, f"{kind}s")
        if member is None or (kind, identifier) in self._seen:
            return None
        if kind not in self._notes:
            root = self.parts.optional(member)
            children = () if root is None else root.iterchildren(f"{W}{kind}")
            self._notes[kind] = {item.get(f"{W}id", ""): item for item in children}
        element = self._notes[kind].get(identifier)
        if element is None:
            self.parts.reported["a footnote mark without its footnote"] += 1
            return None
        self._seen.add((kind, identifier))
        if mark is None:
            self._labels[kind] += 1
            mark = str(self._labels[kind]) if kind == "footnote" else format_number(self._labels[kind], "lowerRoman")
        number = len(self._seen)
        inner = Body(self.parts, self.styles, self.numbering, member)
        blocks = []
        for paragraph in element.iter(f"{W}p"):
            content = Content(inner, self.styles.paragraph_style(paragraph.find(f"{W}pPr")))
            content.read(paragraph)
            inlines = content.inlines()
            if inlines:
                blocks.append(Paragraph(content=placed(inlines)))
        place = Place(self.parts.name, self.count, self.count, "paragraph")
        return Footnote(id=f"note-{number}", blocks=tuple(blocks), label=mark, place=place)

    def comment(self, identifier: str) -> str:
        """The words of a comment; read once, for a bank may have one on each question."""
        if self._comments is None:
            member = self.parts.related(self.part, "comments")
            self._comments = {} if member is None else texts_of(self.parts.optional(member))
        return self._comments.get(identifier, "")

    # --- block level

    def blocks(self, parent: Element) -> list[Unit]:
        """The units in a body, a cell or a text box."""
        units: list[Unit] = []
        for child in parent.iterchildren("*"):
            name = child.tag
            if name == f"{W}p":
                units.extend(self._paragraph(child))
                self._keep_below(units)
            elif name == f"{W}tbl":
                kept, self._items = self._items, []
                grid = read_table(self, child)
                self._items = kept
                if grid is not None:
                    units.append(replace(grid, within=self._within(_table_indent(child))))
            elif name == f"{W}sdt":
                units.extend(self._control(child))
                self._keep_below(units)
            elif name == f"{MC}AlternateContent":
                chosen = alternate(child)
                units.extend([] if chosen is None else self.blocks(chosen))
            elif name in _READ_THROUGH:
                units.extend(self.blocks(child))
            elif name in {f"{W}del", f"{W}moveFrom"}:
                self.parts.reported[DELETED] += 1
            elif name == f"{W}altChunk":
                self.parts.findings.append(_embedded(self.parts.name))
        return units

    def _keep_hidden(self, content: Content, inlines: Inlines) -> None:
        """Put a key in hidden text beside its paragraph, or beside the one above where nothing else stands there."""
        key, end = content.hidden_key(), len(inline_text(inlines))
        if key and inlines:
            content.comments.append(Comment(key, end, end))
        elif key:
            self._below = Comment(key, 0, 0)

    def _keep_below(self, units: list[Unit]) -> None:
        """Put beside a paragraph what stands below it and shows no letters: a hidden key, a list to choose from."""
        beside, self._below = self._below, None
        last = units[-1] if units else None
        if beside is not None and isinstance(last, Para):
            end = len(inline_text(last.content))
            units[-1] = replace(last, comments=(*last.comments, replace(beside, start=end, end=end)))

    def _control(self, control: Element) -> list[Unit]:
        properties, content = control.find(f"{W}sdtPr"), control.find(f"{W}sdtContent")
        if content is None:
            return []
        if is_placeholder(properties):
            self.parts.reported[PLACEHOLDER] += 1
            self._below = Comment("", 0, 0, offered) if (offered := choices_of(properties)) else None
            return []
        gallery = val(properties, "docPartObj/docPartGallery") or ""
        contents = gallery.lower() == "table of contents"
        self._in_contents += contents
        units = self.blocks(content)
        self._in_contents -= contents
        return units

    def _paragraph(self, element: Element) -> list[Unit]:
        self.count += 1
        number = self.parts.at = self.count
        properties = element.find(f"{W}pPr")
        style = self.styles.paragraph_style(properties)
        content = Content(self, style)
        contents = self._contents_open()
        content.read(element)
        contents = contents or self._contents_open()
        mark = None if properties is None else properties.find(f"{W}rPr")
        if self._carried is not None:
            content.items[:0] = self._carried.items
            content.notes[:0] = self._carried.notes
            content.comments[:0] = self._carried.comments
            self._carried = None
        frame = None if properties is None else properties.find(f"{W}framePr")
        capital = frame is not None and frame.get(f"{W}dropCap") in {"drop", "margin"}
        if capital or (mark is not None and mark.find(f"{W}del") is not None):
            # A large capital, or a paragraph whose end was deleted in a tracked change: it runs into the next one.
            self._carried = content
            return []
        label = self.numbering.label(properties, style)
        of_list = 0.0 if label is None else label.indent
        if label is not None and not label.text.strip():
            # A level whose number is not printed: pandoc's, of what goes on an item.
            label = None
        inlines = content.inlines()
        self._keep_hidden(content, inlines)
        if label is not None and inlines and _WORD.search(label.text) and not _ROMAN.fullmatch(label.text):
            # «1-дәріс.», «Лекция 2.», «Билет №3»: words that Word counts are words, as if they were typed.
            inlines = tuple(join((Run(text=f"{label.text} "), *inlines)))
            label = None
        start = self._new_page or content.break_before or bool(self._said(properties, "pageBreakBefore"))
        self._new_page = content.break_after or _section_break(properties)
        self._new_page |= start and not inlines and label is None
        heading = None if contents else self.styles.heading(properties)
        units: list[Unit] = []
        indent = self._indent(properties, of_list)
        within = 0
        if label is not None and heading is None:
            self._items = [*(item for item in self._items if item[0] < label.level), (label.level, indent)]
        elif heading is not None or self._alignment(properties) == "center" or _is_bold(inlines):
            self._items = []
        elif inlines:
            within = self._within(indent)
        if heading is None and label is None and not content.notes and (found := only_pictures(inlines)):
            figures = (self._figure(picture, number) for picture in found)
            units.extend(Drawing(figure=figure, number=number, within=within) for figure in figures)
        elif heading is None and label is None and (formula := content.formula(inlines)):
            units.append(Display(math=mathml.placed(formula), number=number, within=within))
        elif not (contents or heading or label or content.notes) and self._is_listing(properties, content, inlines):
            units.append(Listing(text=content.listing(), number=number, goes_on=True, within=within))
        elif inlines or label is not None:
            units.append(
                Para(
                    content=placed(inlines) if heading is None else unstyled(placed(inlines)),
                    number=number,
                    heading=heading,
                    style=self._style(style, contents=contents),
                    label=None if label is None else label.text,
                    list_level=0 if label is None else label.level,
                    list_id=None if label is None else label.list_id,
                    notes=tuple(content.notes),
                    centered=self._alignment(properties) == "center",
                    size=min(content.sizes, default=0) or None,
                    indent=indent,
                    lead=content.lead(),
                    page_start=start,
                    direction="rtl" if self._said(properties, "bidi") else None,
                    within=within,
                    comments=tuple(_within(one, len(inline_text(inlines))) for one in content.comments),
                )
            )
        return units + self._text_boxes()

    def _within(self, indent: float) -> int:
        """How many items of lists stand around what begins there, without a number of its own: it goes on the deepest
        whose text begins no further right."""
        self._items = [item for item in self._items if 0 < item[1] <= indent + _ABOUT]
        return max((level + 1 for level, _ in self._items), default=0)

    def _style(self, style: str | None, *, contents: bool) -> str | None:
        name = self.styles.name(style)
        if contents and not (name or "").lower().startswith("toc"):
            return "toc 1"
        return "quote" if self.styles.is_called(style, NAMES.quote) else name

    def _is_listing(self, properties: Element | None, content: Content, inlines: Inlines) -> bool:
        """A paragraph in a style of listings, or set whole in type of one width where the document is not."""
        text = content.listing()
        # What is bold or centred as a whole is a heading that somebody pasted.
        heads = self._alignment(properties) == "center" or all(item.bold for item in inlines if isinstance(item, Run))
        if not text or heads or _ASKS.fullmatch(text):
            return False
        if self.styles.is_called(content.style, NAMES.code):
            # Text from a web page keeps the style and is set in the document's font.
            return False not in content.fonts
        short = max(map(len, text.split("\n"))) <= NAMES.longest
        return content.fonts == {True} and not self.styles.usual.mono and short

    def sides(self, cell: Element) -> set[Side | None]:
        """Where the paragraphs of a cell stand that hold something; None for where text begins anyway."""
        written = (item for item in cell.iterchildren(f"{W}p") if next(item.iter(*_SEEN), None) is not None)
        return {self._side(paragraph.find(f"{W}pPr")) for paragraph in written}

    def _side(self, properties: Element | None) -> Side | None:
        stated = self._alignment(properties)
        if stated == "center":
            return "center"
        # «right» is where a line ends (17.3.1.13): on the left when the paragraph runs from right to left (17.3.1.6).
        return ("left" if self._said(properties, "bidi") else "right") if stated in {"right", "end"} else None

    def _contents_open(self) -> bool:
        return self._in_contents > 0 or any(opened.is_contents for opened in self.fields)

    def _text_boxes(self) -> list[Unit]:
        units: list[Unit] = []
        while self._boxes:
            box = self._boxes.pop(0)
            later, self._boxes = self._boxes, []
            alt = self._drawn.get(box)
            units.extend(self.blocks(box) if alt is None else self._graphics(box, alt))
            self._boxes = later
        return units

    def _graphics(self, drawing: Element, alt: str) -> list[Unit]:
        self.parts.at = self.count
        return Graphics(self.parts, self.part, self._next, f"drawn-{self.count}").units(drawing, alt)

    def _next(self) -> int:
        self.count += 1
        return self.count

    def _figure(self, picture: Picture, number: int) -> Figure:
        return on_its_own(picture, place=Place(self.parts.name, number, number, "paragraph"))

    def _said(self, properties: Element | None, name: str) -> bool | None:
        for source in self.styles.paragraph_properties(properties):
            stated = on(source, name)
            if stated is not None:
                return stated
        return None

    def _alignment(self, properties: Element | None) -> str | None:
        for source in self.styles.paragraph_properties(properties):
            stated = val(source, "jc")
            if stated is not None:
                return stated
        return None

    def _indent(self, properties: Element | None, of_list: float) -> float:
        for index, source in enumerate(self.styles.paragraph_properties(properties)):
            found = source.find(f"{W}ind")
            left = None if found is None else found.get(f"{W}left") or found.get(f"{W}start")
            if left is not None:
                return whole(left) / 20
            if index == 0 and of_list:
                break
        return of_list


_ABOUT = 2.0
"""Points by which margins that are meant to be one differ."""


def _table_indent(table: Element) -> float:
    found = table.find(f"{W}tblPr/{W}tblInd")
    return 0.0 if found is None or found.get(f"{W}type") not in {None, "dxa"} else whole(found.get(f"{W}w")) / 20


def _is_bold(content: Inlines) -> bool:
    return bool(content) and all(item.bold for item in content if isinstance(item, Run))


_SEEN = tuple(W + name for name in ("t", "sym", "drawing", "pict", "object"))
_READ_THROUGH = frozenset(W + name for name in ("ins", "moveTo", "smartTag", "customXml", "bdo", "dir"))


def _section_break(properties: Element | None) -> bool:
    section = None if properties is None else properties.find(f"{W}sectPr")
    return section is not None and (val(section, "type") or "nextPage") != "continuous"


def _embedded(name: str) -> Finding:
    return warning("docx-embedded", "a document embedded in the document (w:altChunk) was not read", Place(name))


reader = Reader(read=lambda file: read(file.name, file.data, encoding=file.encoding))


def _within(comment: Comment, length: int) -> Comment:
    """A comment that ends no later than the letters of its paragraph, whose last blanks are left out."""
    return replace(comment, start=min(comment.start, length), end=min(comment.end, length))
