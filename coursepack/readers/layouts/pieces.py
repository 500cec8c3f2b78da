"""Lines and blocks of a source, cut where a sign of a layout begins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from coursepack.model.blocks import Block, Blocks, Formula, Inline, Inlines, Paragraph, Run, on_its_own, with_text
from coursepack.readers.inline import join, only_formula, only_pictures, trim, unstyled
from coursepack.text.tagged import goes_on

Sign = TypeVar("Sign")
NOT_TEXT = "\ufffc"
"""Stands in the letters of a piece for what is no letter (a formula, a picture): OBJECT REPLACEMENT CHARACTER."""


@dataclass(slots=True)
class LayoutPiece:
    """A line, a paragraph's line or a ``block`` of a source. ``number`` counts as its places do.

    ``text`` is its letters; ``content`` what it is made of where that is more than letters. ``blank``: nothing stood
    on the line before it. ``heading``: its style says so. ``wrapped``: the page's edge ended the line before it.
    """

    number: int
    text: str = ""
    content: Inlines | None = None
    block: Block | None = None
    blank: bool = False
    heading: bool = False
    wrapped: bool = False

    def part(self, start: int, end: int) -> Inlines:
        """What stands between two places of ``text``, without blanks at its ends."""
        if self.content is None:
            characters = self.text[start:end].strip()
            return (Run(text=characters),) if characters else ()
        return trim(_between(self.content, start, end))


def of_inlines(number: int, content: Inlines, *, blank: bool = False, heading: bool = False) -> LayoutPiece:
    """A piece of inline content."""
    text = "".join(item.text if isinstance(item, Run) else NOT_TEXT for item in content)
    plain = len(content) == 1 and isinstance(content[0], Run) and content[0] == Run(text=content[0].text)
    return LayoutPiece(number, text, None if plain else content, blank=blank, heading=heading)


def _between(content: Inlines, start: int, end: int) -> Iterator[Inline]:
    at = 0
    for item in content:
        size = len(item.text) if isinstance(item, Run) else 1
        first, last = max(start - at, 0), min(end - at, size)
        if first < last:
            yield with_text(item, item.text[first:last]) if isinstance(item, Run) else item
        at += size


@dataclass(slots=True)
class TaggedPart(Generic[Sign]):
    """A sign with all that stands behind it until the next one; ``sign`` is None for what stands before the first."""

    sign: Sign | None
    first: int
    last: int
    held: list[tuple[LayoutPiece, Inlines]] = field(default_factory=list)
    letters: int = 0

    def add(self, piece: LayoutPiece, start: int, end: int) -> None:
        """The letters of a piece between two places, or its block."""
        content = piece.part(start, end) if piece.block is None else ()
        if content or piece.block is not None:
            self.held.append((piece, content))
            self.last = piece.number
            self.letters += end - start + 1

    def blocks(self) -> Blocks:
        """All of it as blocks: a line is a paragraph, unless the page's edge or its length ended the line before."""
        result: list[Block] = []
        lines: list[Inline] = []
        for piece, content in self.held:
            if piece.block is None and lines and (piece.wrapped or goes_on(_letters(lines), _letters(content))):
                glue = "" if _is_cut(lines, piece) else " "
                lines = [*_uncut(lines, piece), Run(text=glue), *content] if glue else [*_uncut(lines, piece), *content]
                continue
            result.extend(_block(lines))
            lines = list(content)
            if piece.block is not None:
                result.append(piece.block)
        result.extend(_block(lines))
        return tuple(result)

    def text(self) -> str:
        """Its letters on one line."""
        return " ".join(" ".join(map(piece_text, self.held)).split())


def piece_text(held: tuple[LayoutPiece, Inlines]) -> str:
    """The letters of what a part holds of one piece."""
    return _letters(held[1]).strip()


def _is_cut(lines: Sequence[Inline], piece: LayoutPiece) -> bool:
    """A word is cut by a hyphen at the page's edge."""
    last = _letters(lines)
    return piece.wrapped and len(last) > 1 and last[-1] in "-\u00ad" and last[-2].isalpha() and piece.text[:1].islower()


def _uncut(lines: list[Inline], piece: LayoutPiece) -> list[Inline]:
    last = lines[-1]
    if _is_cut(lines, piece) and isinstance(last, Run):
        return [*lines[:-1], with_text(last, last.text[:-1])]
    return lines


def _letters(content: Iterable[Inline]) -> str:
    return "".join(item.text if isinstance(item, Run) else NOT_TEXT for item in content)


def _block(lines: list[Inline]) -> Blocks:
    if not lines:
        return ()
    if len(lines) == 1:
        content: Inlines = tuple(lines)
        if isinstance(lines[0], Run) and lines[0] == Run(text=lines[0].text):
            return (Paragraph(content=content),)
    # That a whole item is bold or coloured is how a key is marked, no emphasis.
    content = unstyled(tuple(join(lines)))
    if found := only_pictures(content):
        return tuple(map(on_its_own, found))
    if formula := only_formula(content):
        return (Formula(math=formula),)
    return (Paragraph(content=content),)


def parts(
    pieces: Iterable[LayoutPiece],
    signs: Callable[[LayoutPiece], Iterable[tuple[int, int, Sign | None]]],
    keep_to: Callable[[int, int], None],
) -> Iterator[TaggedPart[Sign]]:
    """The parts of a source. ``keep_to`` is asked of the letters of each part and its place.

    ``signs`` gives where each sign of a piece begins and ends; a sign that is None is left out, and what stands behind
    it goes on with the part before.
    """
    part: TaggedPart[Sign] = TaggedPart(None, 0, 0)
    for piece in pieces:
        at = 0
        for start, end, sign in signs(piece) if piece.block is None else ():
            part.add(piece, at, start)
            at = end
            if sign is None:
                continue
            if part.sign is not None or part.held:
                yield part
            part = TaggedPart(sign, piece.number, piece.number)
        part.first = part.first or piece.number
        part.add(piece, at, len(piece.text))
        keep_to(part.letters, part.first)
    if part.sign is not None or part.held:
        yield part
