"""Pieces: the one stream that wrapped text and structured documents both become before anybody asks what they mean.

A piece is a paragraph, a table, a picture or a formula, with the letters of the source it is made of, so that every
claim made of a piece is a claim on the ledger.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace as struct

from coursepack.model.blocks import (
    Blocks,
    Direction,
    Footnote,
    Inline,
    Inlines,
    Math,
    NoteMark,
    Picture,
    Run,
    Table,
    inline_text,
    with_text,
)
from coursepack.model.document import Comment, Display, Drawing, Grid, Listing, Unit
from coursepack.model.ledger import Fate, Ledger
from coursepack.project.course_toml import Correction
from coursepack.text.characters import GONE


@dataclass(slots=True)
class UnitRange:
    """Letters ``start``..``end`` of a unit of the source; ``hyphen`` when its last letter, a hyphen, was dropped."""

    unit: int
    start: int
    end: int
    hyphen: bool = False


@dataclass(slots=True)
class Piece:
    """A paragraph as it was found. ``content`` is its styled text where the source has styles.

    ``gap`` tells that more blank space than usual stands before it; ``lines`` how many printed lines it had,
    ``glued`` that it stood on one line with the piece before it. ``label`` is an automatic number or bullet.
    ``plain``, ``is_heading``, ``replaced``, ``kept``, ``session`` and ``said`` are what course.toml corrects. ``count``
    is the length of a number without a mark that it begins with; ``size`` that of its letters in points, where the
    source has it; ``caption`` that of a table or picture, where it stands beside it; ``within`` as the units have it;
    ``laid`` is the unit of the table that it stood in, where that was taken apart.
    """

    text: str
    parts: list[UnitRange]
    content: Inlines | None = None
    object: Grid | Drawing | Display | Table | Listing | None = None
    label: str | None = None
    list_id: str | None = None
    level: int = 0
    heading: int | None = None
    bold: bool = False
    centered: bool = False
    gap: bool = False
    lines: int = 1
    notes: tuple[Footnote, ...] = ()
    language: str = ""
    is_heading: bool = False
    glued: bool = False
    plain: bool = False
    replaced: bool = False
    kept: bool = False
    session: str | None = None
    said: Correction | None = None
    style: str = ""
    direction: Direction | None = None
    count: int = 0
    size: float | None = None
    caption: Inlines = ()
    within: int = 0
    laid: int = 0
    comments: tuple[Comment, ...] = ()

    @property
    def first(self) -> int:
        return self.parts[0].unit if self.parts else 0

    @property
    def last(self) -> int:
        return self.parts[-1].unit if self.parts else 0

    def take(self, correction: Correction) -> None:
        """Be what course.toml says."""
        match correction.kind:
            case "heading":
                self.is_heading, self.heading = True, correction.level
            case "paragraph":
                self.is_heading, self.heading, self.plain = False, None, True
            case "list-item" | "items":
                self.label = self.label or "•"
            case "session":
                self.session = correction.session
            case "part":
                self.said = correction
                self.is_heading = self.is_heading or correction.part not in {None, "none"}
            case "end":
                self.said, self.heading, self.plain = correction, None, True
            case _:
                pass

    def inlines(self) -> Inlines:
        """Its text as the model wants it."""
        if self.content is not None:
            return self.content
        return (Run(text=self.text),) if self.text else ()


_values = attrgetter(*(one.name for one in fields(Piece)))


def but(piece: Piece, **changes: Any) -> Piece:
    """A copy of a piece with ``changes``; a bank is cut into tens of thousands, and ``replace`` looks each field up."""
    result = Piece(*_values(piece))
    for name, value in changes.items():
        setattr(result, name, value)
    return result


def spelled(piece: Piece) -> str:
    """Its letters alone, each address that they hide behind those that lead to it."""
    if not any(isinstance(item, Run) and item.href for item in piece.content or ()):
        return piece.text
    result = ""
    for href, run in itertools.groupby(piece.content or (), _address):
        shown = inline_text(tuple(run))
        result += shown if href is None or _BARE.sub("", href) in shown else f"{shown.rstrip()} ({href})"
    return result.strip()


_BARE = re.compile(r"^(?:https?://(?:www\.)?|mailto:)|/$")


def moved(comment: Comment, start: int) -> Comment:
    """A comment on letters of a piece that begins ``start`` letters further on."""
    return struct(comment, start=max(comment.start - start, 0), end=comment.end - start)


def _address(item: Inline) -> str | None:
    href = item.href if isinstance(item, Run) else None
    return href if href and href.startswith(_FOLLOWED) else None


_FOLLOWED = ("http:", "https:", "mailto:", "ftp:")


def whole(units: Sequence[Unit]) -> Iterator[tuple[Unit, list[Listing]]]:
    """The units, each with the further paragraphs of it when it is a listing."""
    at = 0
    while at < len(units):
        unit, more = units[at], list[Listing]()
        while isinstance(unit, Listing) and at + 1 < len(units):
            after = units[at + 1]
            if not isinstance(after, Listing) or not after.goes_on:
                break
            more.append(after)
            at += 1
        yield unit, more
        at += 1


class SourceTexts:
    """The raw texts of a source's units, to find the letters of a piece in.

    ``said`` is what course.toml says of paragraphs in tables, by unit and letter; ``replaced`` are units of tables
    whose text in ``clean`` is course.toml's, ``blank`` letters of tables that were set aside, by unit: who reads on
    finds spaces there. ``looks`` are the places in ``clean`` of letters of printed lines that look so, by unit and
    name.
    """

    def __init__(self, ledger: Ledger, clean: dict[int, str]) -> None:
        self.ledger = ledger
        self.clean = clean
        self.said: dict[tuple[int, int], Correction] = {}
        self.replaced: set[int] = set()
        self.blank: dict[int, list[tuple[int, int]]] = {}
        self.looks: dict[int, dict[str, list[tuple[int, int]]]] = {}

    def looks_so(self, piece: Piece, name: str) -> bool:
        """Whether most letters of a piece of printed lines have a look."""
        characters = held = 0
        for part in piece.parts if self.looks else ():
            text = self.clean[part.unit]
            for start, end in self.looks.get(part.unit, {}).get(name, ()):
                held += sum(not c.isspace() for c in text[max(start, part.start) : min(end, part.end)])
            characters += sum(not c.isspace() for c in text[part.start : part.end])
        return held * 2 > characters > 0

    def corrected(self, piece: Piece) -> Piece:
        """A paragraph of a table as course.toml has it."""
        correction = self.said.get((piece.first, piece.parts[0].start)) if piece.parts and self.said else None
        if correction is not None:
            piece.take(correction)
        return piece

    def cut(self, piece: Piece, at: int) -> tuple[Piece, Piece]:
        """The piece in two, before and from letter ``at`` of its text; spaces at the cut go."""
        characters = 0 if piece.replaced else sum(not c.isspace() for c in piece.text[:at])
        before: list[UnitRange] = []
        after: list[UnitRange] = []
        left = characters
        for part in piece.parts:
            if left <= 0:
                after.append(part)
                continue
            text = self.clean[part.unit]
            end = part.end - 1 if part.hyphen else part.end
            position = part.start
            while position < end and left > 0:
                c = text[position]
                if not c.isspace() and c != GONE:
                    left -= 1
                position += 1
            if position >= end:
                before.append(part)
                continue
            before.append(UnitRange(part.unit, part.start, position))
            after.append(UnitRange(part.unit, position, part.end, part.hyphen))
        head = but(
            piece,
            text=piece.text[:at].rstrip(),
            parts=before,
            content=_slice(piece.content, 0, at),
            notes=(),
            comments=tuple(one for one in piece.comments if one.end <= at),
        )
        tail = but(
            piece,
            text=piece.text[at:].strip(),
            parts=after,
            content=_slice(piece.content, at, len(piece.text), closed=True),
            label=None,
            gap=False,
            glued=True,
            count=0,
            comments=tuple(moved(one, at) for one in piece.comments if one.end > at),
        )
        return head, tail

    def claim(self, pieces: Piece | Iterable[Piece], fate: Fate, *, part: str = "", reason: str = "") -> None:
        """Claim all letters of pieces."""
        for piece in (pieces,) if isinstance(pieces, Piece) else pieces:
            for span in piece.parts:
                if span.unit in self.replaced:
                    if not self.ledger.is_claimed(span.unit):
                        self.ledger.claim(span.unit, fate, part=part, reason=reason)
                    continue
                for start, end in self._left(span):
                    self.ledger.claim(span.unit, fate, part=part, reason=reason, start=start, end=end)

    def set_aside(self, pieces: Iterable[Piece], reason: str) -> None:
        """Set what stands in a table aside before the table is read."""
        for span in (span for piece in pieces for span in piece.parts):
            for start, end in self._left(span):
                self.ledger.claim(span.unit, "aside", reason=reason, start=start, end=end)
            text = self.clean[span.unit]
            self.clean[span.unit] = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
            self.blank.setdefault(span.unit, []).append((span.start, span.end))

    def _left(self, span: UnitRange) -> list[tuple[int, int]]:
        """What is not set aside of the letters of a part."""
        left = [(span.start, span.end)]
        for start, end in self.blank.get(span.unit, ()):
            left = [cut for a, b in left for cut in ((a, min(b, start)), (max(a, end), b)) if cut[0] < cut[1]]
        return left


def _slice(content: Inlines | None, start: int, end: int, *, closed: bool = False) -> Inlines | None:
    """The inlines of letters ``start``..``end``, trimmed of spaces at both ends; ``closed``: what has no letters (a
    picture, the mark of a note) and stands at the end as well."""
    if content is None:
        return None
    found: list[Run | Math | NoteMark | Picture] = []
    position = 0
    for item in content:
        text = _text(item)
        first, last = max(start - position, 0), min(end - position, len(text))
        if isinstance(item, Run):
            if first < last:
                found.append(with_text(item, text[first:last]))
        elif start <= position < end or (position == end and (closed or start == end)):
            found.append(item)
        position += len(text)
    return trim(tuple(found))


def trim(content: Inlines) -> Inlines:
    """The inlines without spaces at their ends and without empty runs."""
    items = [item for item in content if not (isinstance(item, Run) and not item.text)]
    while items and isinstance(items[0], Run) and not items[0].text.strip():
        items.pop(0)
    while items and isinstance(items[-1], Run) and not items[-1].text.strip():
        items.pop()
    if items and isinstance(items[0], Run):
        items[0] = with_text(items[0], items[0].text.lstrip())
    if items and isinstance(items[-1], Run):
        items[-1] = with_text(items[-1], items[-1].text.rstrip())
    return tuple(items)


def joined(items: Iterable[Any]) -> tuple[Any, ...]:
    """The items, neighbouring runs of one look as one run."""
    result: list[Any] = []
    for look, group in itertools.groupby(items, lambda item: with_text(item, "") if isinstance(item, Run) else None):
        alike = list(group)
        result.extend(alike if look is None else [with_text(look, "".join(run.text for run in alike))])
    return tuple(result)


def uncoloured(content: Inlines) -> Inlines:
    """The inlines without colours where most letters have one.

    Such a look marks a whole item: a heading, or the right answer of a test, which no product may show.
    """
    runs = [item for item in content if isinstance(item, Run)]
    coloured = sum(len(run.text) for run in runs if run.colour or run.highlight)
    if coloured * 2 <= sum(len(run.text) for run in runs):
        return content
    return joined(struct(item, colour=None, highlight=None) if isinstance(item, Run) else item for item in content)


def colourless(blocks: Blocks) -> Blocks:
    """The blocks of a question without any colour: who makes a test marks the right answers so."""
    return tuple(_colourless(block) for block in blocks)


S = TypeVar("S", bound=Struct)


def _colourless(node: S) -> S:
    if isinstance(node, Run):
        return struct(node, colour=None, highlight=None)
    return struct(node, **{name: _inside(getattr(node, name)) for name in node.__struct_fields__})


def _inside(value: object) -> object:
    match value:
        case Struct():
            return _colourless(value)
        case tuple():
            return joined(map(_inside, value))
        case _:
            return value


def _text(item: Run | Math | NoteMark | Picture) -> str:
    match item:
        case Run():
            return item.text
        case Math():
            return item.text or item.tex or ""
        case Picture():
            return item.alt
        case NoteMark():
            return ""


@dataclass(slots=True)
class Stream:
    """A source as pieces, with what is needed to account for its letters."""

    pieces: list[Piece]
    texts: SourceTexts
    place_file: str
    wrapped: bool
    language: str
    findings: list[object] = field(default_factory=list)
