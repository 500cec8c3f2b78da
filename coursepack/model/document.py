"""A document as it was read, before anyone has decided what a paragraph is: lines, paragraphs, grids and pictures.

Readers make it, the outline understands it. Two worlds meet here: hard-wrapped text (``Line``, from TXT and PDF)
and text with structure (``Para``, ``Grid``, from DOCX and Markdown).
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter
from typing import Literal

import msgspec

from coursepack.model.blocks import Blocks, Direction, Figure, Footnote, Inlines, Math, Media, Side
from coursepack.place import Finding, Place

Notes = Literal["teacher", "text", "out"]
"""What becomes of a speaker's notes: notes for the teacher, text behind what the slide shows, or nothing."""


class Line(msgspec.Struct, tag=True, tag_field="is", frozen=True, kw_only=True):
    """A printed line. ``number`` counts the file's lines from 1 (for a PDF: lines of the whole text).

    ``text`` is the line as it stands, spaces included. ``page`` counts from 1 where it is known; ``page_start`` says
    that a page begins here. Geometry in points where the source has it: ``left``/``right`` edges, ``top`` of the
    line on its page, ``size`` of its letters, edges of its ``column`` where several stand side by side; ``bold`` when
    the whole line is. ``role`` names what is no text: page numbers, titles that come back at one height on many pages,
    the head of a table printed again where it goes on (a PDF reader tells them apart, the text keeps them),
    and a line of a ``footnote``. ``notes`` are the places in ``text`` of the marks of footnotes on the same page,
    ``looks`` those of letters that are "bold", in a "colour" or under which a line is drawn ("underline").
    """

    text: str
    number: int
    page: int | None = None
    page_start: bool = False
    left: float | None = None
    right: float | None = None
    top: float | None = None
    size: float | None = None
    column: tuple[float, float] | None = None
    bold: bool = False
    italic: bool = False
    role: Literal["", "page-number", "running-title", "repeated-head", "footnote"] = ""
    notes: tuple[tuple[int, int], ...] = ()
    looks: tuple[tuple[str, int, int], ...] = ()


class Comment(msgspec.Struct, frozen=True):
    """What somebody wrote beside letters ``start``..``end`` of a paragraph, as Word's comments do; no part of its
    text. ``choices``: what a list to choose from offers that shows those letters, or nothing."""

    text: str
    start: int
    end: int
    choices: tuple[str, ...] = ()


class Para(msgspec.Struct, tag=True, tag_field="is", frozen=True, kw_only=True):
    """A paragraph of a structured document. ``number`` counts paragraphs from 1 (those in tables too).

    ``heading`` is the level (1..9) when a style says so; ``style`` the style's name. ``label`` is the automatic
    number or bullet as a reader would see it («3.», «•»; words that Word counts, «1-дәріс.», stand in ``content``),
    ``list_level`` its depth (0..8), ``list_id`` the list it continues. ``notes`` are the footnotes that its runs
    refer to. ``centered``, ``size`` of the letters and ``indent`` (points) as formatted, ``lead`` the blanks before
    its first letter as typed, ``direction`` where the source says it. ``style`` is ``quote`` for a paragraph of a
    quotation, however the source marks one. ``within`` counts the items of lists that a paragraph stands in behind
    what bears their labels (0: in none): it goes on the last item of level ``within - 1``. So do a listing, a table, a
    picture, a formula with that field. ``comments`` are those that state the key of a test; readers leave others out.
    """

    content: Inlines
    number: int
    heading: int | None = None
    style: str | None = None
    label: str | None = None
    list_level: int = 0
    list_id: str | None = None
    notes: tuple[Footnote, ...] = ()
    centered: bool = False
    size: float | None = None
    indent: float = 0.0
    lead: str = ""
    page_start: bool = False
    direction: Direction | None = None
    within: int = 0
    comments: tuple[Comment, ...] = ()


class Listing(msgspec.Struct, tag=True, tag_field="is", frozen=True, kw_only=True):
    """A listing, or a paragraph of one: letters that nobody reads for headings, items and numbers.

    ``text`` has its lines and its indentation as typed. ``goes_on`` says that it is a further paragraph of a listing
    that ends right before it (word processors keep a paragraph a line); paragraphs without letters between the two,
    known by their ``number``s, are its blank lines.
    """

    text: str
    number: int
    language: str | None = None
    goes_on: bool = False
    within: int = 0


class GridCell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell: its content in order, and how far it spans. ``fill`` is the colour behind it (``#rrggbb``) where that
    tells it from the other cells of its row and of its column."""

    units: tuple[Unit, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    fill: str = ""


class Grid(msgspec.Struct, tag=True, tag_field="is", frozen=True, kw_only=True):
    """A table as it stands; rows hold their own cells only. ``number`` is that of the first paragraph inside it.

    ``align`` says, a column each, where the text of its cells stands, as in ``Table``.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    number: int
    header_rows: int = 0
    align: tuple[Side | None, ...] = ()
    within: int = 0


class Drawing(msgspec.Struct, tag=True, tag_field="is", frozen=True, kw_only=True):
    """A picture on its own, a sound, a film or an attached file."""

    figure: Figure | Media
    number: int
    within: int = 0


class Display(msgspec.Struct, tag=True, tag_field="is", frozen=True, kw_only=True):
    """A formula on its own."""

    math: Math
    number: int
    within: int = 0


class SpeakerNote(msgspec.Struct, frozen=True, kw_only=True):
    """What a speaker says at one place and no reader sees: notes of a slide, under its title. ``number`` is that of the
    paragraph that they belong to."""

    number: int
    blocks: Blocks


PROGRAM = "coursepack"
"""The ``application`` that our own papers name in their ``properties``."""

Unit = Line | Para | Listing | Grid | Drawing | Display


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One source as read. ``file`` is its name inside the course folder, ``sha256`` that of its bytes.

    ``medium`` is the reader's name (``text``, ``docx``, ``pdf``, ``markdown`` …). ``wrapped`` says that the units
    are hard-wrapped ``Line``s. ``assets`` holds the bytes of its pictures and files by
    SHA-256. ``properties`` are the file's
    own (title, author) as found; they are proposals, not content. ``findings`` are what the reader noticed. ``slides``
    are, of a presentation, the first paragraph of each slide and its number there, in order; ``spoken`` are its notes
    for the teacher.
    """

    file: str
    sha256: str
    medium: str
    units: tuple[Unit, ...]
    wrapped: bool = False
    assets: dict[str, bytes] = {}
    properties: dict[str, str] = {}
    findings: tuple[Finding, ...] = ()
    slides: tuple[tuple[int, int], ...] = ()
    spoken: tuple[SpeakerNote, ...] = ()

    def place(self, first: int, last: int | None = None) -> Place:
        """The place of lines (wrapped) or paragraphs ``first``..``last`` of this document."""
        unit: Literal["line", "paragraph"] = "line" if self.wrapped else "paragraph"
        return Place(self.file, first, last or first, unit, slide=self.slide(first))

    def slide(self, number: int) -> int | None:
        """The slide that a paragraph stands on; None where the source is no presentation."""
        at = bisect_right(self.slides, number, key=itemgetter(0))
        return self.slides[at - 1][1] if at else None
