"""Text: inline runs, the blocks that they stand in, and what both say in plain letters."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from coursepack.files import media
from coursepack.model.node import Asset, Colour, FileName, Language, Node, NoteId
from coursepack.place import Place

Direction = Literal["ltr", "rtl"]
"""Which way text runs, where its letters alone do not tell."""

Side = Literal["left", "center", "right"]

# --- inline ---


class Run(Node, tag="run", tag_field="is", frozen=True, kw_only=True):
    """A stretch of text in one style. ``href`` makes it a link; a line break is a ``\\n`` in ``text``.

    ``colour`` (of the letters) and ``highlight`` (behind them) are there when they say something, as a marked answer
    or a teacher's correction does; what a page looks like anyway is not. ``title`` is what
    a link or an abbreviation says of itself when it is pointed at.
    """

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    script: Literal["sub", "super"] | None = None
    code: bool = False
    href: str | None = None
    language: Language | None = None
    strike: bool = False
    colour: Colour | None = None
    highlight: Colour | None = None
    direction: Direction | None = None
    title: str = ""


def with_text(run: Run, text: str) -> Run:
    """The same run with other letters."""
    return run if text == run.text else replace(run, text=text)


class Math(Node, tag="math", tag_field="is", frozen=True, kw_only=True):
    """A formula in a line or on its own: presentation MathML (a whole ``<math>`` element) and, when typed so, TeX.

    ``text`` is the plain reading for products that hold no formulas.
    """

    mathml: str
    tex: str | None = None
    text: str = ""


class NoteMark(Node, tag="note", tag_field="is", frozen=True, kw_only=True):
    """The mark of a footnote; ``note`` is the id of a ``Footnote`` in the same section."""

    note: NoteId


class Picture(Node, tag="picture", tag_field="is", frozen=True, kw_only=True):
    """A picture inside a line (a small drawing in a test item, say). ``asset`` and ``title`` as in ``Figure``."""

    asset: Asset
    media_type: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    title: str = ""


Inline = Run | Math | NoteMark | Picture
Inlines = tuple[Inline, ...]


# --- blocks ---


class Heading(Node, tag="heading", tag_field="is", frozen=True, kw_only=True):
    """A heading inside a section; ``level`` 1 is the highest level of that section's body."""

    level: int
    content: Inlines
    place: Place | None = None


class Paragraph(Node, tag="paragraph", tag_field="is", frozen=True, kw_only=True):
    content: Inlines
    place: Place | None = None
    align: Literal["center", "right"] | None = None
    direction: Direction | None = None

    @property
    def is_plain(self) -> bool:
        """True when nothing is said of how it stands: then its content alone may stand for it."""
        return self.align is None and self.direction is None


class ListItem(Node, frozen=True, kw_only=True):
    blocks: tuple[Block, ...]


class List(Node, tag="list", tag_field="is", frozen=True, kw_only=True):
    """A list. ``marker``: ``disc`` and ``dash`` are unordered, the others ordered and start at ``start``.

    ``decimal`` prints «1.», ``paren`` «1)», ``lower-alpha`` «а)»/«a)», ``lower-roman`` «i.».
    """

    items: tuple[ListItem, ...]
    marker: Literal["disc", "dash", "decimal", "paren", "lower-alpha", "lower-roman"] = "disc"
    start: int = 1
    place: Place | None = None

    @property
    def ordered(self) -> bool:
        return self.marker not in {"disc", "dash"}


class Cell(Node, frozen=True, kw_only=True):
    blocks: tuple[Block, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


class Row(Node, frozen=True, kw_only=True):
    cells: tuple[Cell, ...]


class Table(Node, tag="table", tag_field="is", frozen=True, kw_only=True):
    """A table; the first ``header_rows`` rows are its head. A cell covered by a span is not in its row.

    ``align`` says, a column each, where the text of its cells stands; None, or nothing, where nobody said.
    """

    rows: tuple[Row, ...]
    header_rows: int = 0
    caption: Inlines = ()
    place: Place | None = None
    align: tuple[Side | None, ...] = ()


class Figure(Node, tag="figure", tag_field="is", frozen=True, kw_only=True):
    """A picture: ``asset`` is the SHA-256 (hex) of its bytes in the asset store; size in CSS pixels when known.

    ``title`` is what it says of itself when it is pointed at: neither its caption nor what stands for it (``alt``).
    """

    asset: Asset
    media_type: str
    alt: str = ""
    caption: Inlines = ()
    width: int | None = None
    height: int | None = None
    place: Place | None = None
    title: str = ""


def on_its_own(picture: Picture, *, caption: Inlines = (), place: Place | None = None) -> Figure:
    """A picture that is all of its paragraph, as a block."""
    return Figure(
        asset=picture.asset,
        media_type=picture.media_type,
        alt=picture.alt,
        caption=caption,
        width=picture.width,
        height=picture.height,
        place=place,
        title=picture.title,
    )


class Media(Node, tag="media", tag_field="is", frozen=True, kw_only=True):
    """A sound, a film or a file to be downloaded: ``asset`` is the SHA-256 (hex) of its bytes in the asset store.

    ``name`` is the file's own, as learners save it; its media type follows from it (``files.media``).
    """

    asset: Asset
    media_type: str
    name: FileName
    caption: Inlines = ()
    place: Place | None = None

    @property
    def kind(self) -> Literal["audio", "video", "file"]:
        """How it is shown: with a player, where every browser has one, or as a link.

        The name decides, for it is what a server tells browsers of the bytes: no other word makes a player of a page.
        """
        return media.played(self.name)


class Formula(Node, tag="formula", tag_field="is", frozen=True, kw_only=True):
    """A formula on a line of its own."""

    math: Math
    place: Place | None = None


class Quote(Node, tag="quote", tag_field="is", frozen=True, kw_only=True):
    blocks: tuple[Block, ...]
    place: Place | None = None


class Code(Node, tag="code", tag_field="is", frozen=True, kw_only=True):
    """A listing: ``text`` with its lines and indentation as typed, without the last line's end.

    ``language`` is the programming language as the author calls it («python»).
    """

    text: str
    language: str | None = None
    place: Place | None = None


class Footnote(Node, tag="footnote", tag_field="is", frozen=True, kw_only=True):
    """A footnote, standing after the block that refers to it (``NoteMark.note == id``)."""

    id: NoteId
    blocks: tuple[Block, ...]
    label: str = ""
    place: Place | None = None


Block = Heading | Paragraph | List | Table | Figure | Media | Formula | Quote | Code | Footnote
Blocks = tuple[Block, ...]


# --- plain reading ---


def inline_text(content: Inlines) -> str:
    """The letters of inline content, without style; a footnote mark gives none."""
    parts: list[str] = []
    for item in content:
        match item:
            case Run():
                parts.append(item.text)
            case Math():
                parts.append(item.text or item.tex or "")
            case Picture():
                parts.append(item.alt)
            case NoteMark():
                pass
    return "".join(parts)


def block_text(blocks: Blocks) -> str:
    """The letters of blocks, a line each (list items and cells too), without marks."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                lines.append(inline_text(block.content))
            case List():
                lines.extend(block_text(item.blocks) for item in block.items)
            case Table():
                lines.extend(" \t".join(block_text(cell.blocks) for cell in row.cells) for row in block.rows)
            case Figure():
                lines.append(inline_text(block.caption) or block.alt)
            case Media():
                lines.append(inline_text(block.caption) or block.name)
            case Formula():
                lines.append(block.math.text or block.math.tex or "")
            case Code():
                lines.append(block.text)
            case Quote() | Footnote():
                lines.append(block_text(block.blocks))
    return "\n".join(line for line in lines if line)


def text_blocks(text: str, place: Place | None = None) -> Blocks:
    """Plain text as paragraphs, split at blank lines."""
    parts = (part.strip() for part in text.split("\n\n")) if "\n\n" in text else (text.strip(),)
    return tuple(Paragraph(content=(Run(text=part),), place=place) for part in parts if part)
