"""Blocks of plain words: what the other modules of this room, and the writers, build pages from."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from coursepack.model.blocks import (
    Block,
    Blocks,
    Cell,
    Heading,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Row,
    Run,
    Table,
    block_text,
    with_text,
)
from coursepack.render import links


def text(words: str, *, bold: bool = False, italic: bool = False) -> Paragraph:
    """A paragraph of one run."""
    return Paragraph(content=(Run(text=words, bold=bold, italic=italic),))


def linked(words: str) -> Paragraph:
    """A paragraph in which addresses are links."""
    return links.linked(text(words))


def joined(*parts: Paragraph | Blocks) -> Blocks:
    """Parts one after another; words (a paragraph) stand in one line with the paragraphs before and after them."""
    result: list[Block] = []
    words = False
    for part in parts:
        blocks = (part,) if isinstance(part, Paragraph) else part
        if result and blocks and (words or isinstance(part, Paragraph)):
            result[-1:] = [*_in_one_line(result[-1], blocks[0]), *blocks[1:]]
        else:
            result += blocks
        words = isinstance(part, Paragraph)
    return tuple(result)


def _in_one_line(first: Block, second: Block) -> Blocks:
    if not isinstance(first, Paragraph) or not isinstance(second, Paragraph):
        return first, second
    look = second if first.is_plain else first
    return (msgspec.structs.replace(look, content=_met(first.content, second.content)),)


def _met(first: Inlines, second: Inlines) -> Inlines:
    """Inline content after other; where two runs of one look meet they become one."""
    match first, second:
        case (*before, Run() as end), (Run() as start, *after) if with_text(end, start.text) == start:
            return (*before, with_text(end, end.text + start.text), *after)
    return (*first, *second)


def heading(words: str, level: int = 1) -> Heading:
    return Heading(level=level, content=(Run(text=words),))


def never_empty(blocks: Blocks, title: str) -> Blocks:
    """Blocks that say at least the page's own title.

    A class that a plan only names has nothing else; an empty page would stop Moodle's whole import of a cartridge
    (``loadHTML(): must not be empty``), and an empty opening post is a discussion about nothing.
    """
    return blocks if block_text(blocks).strip() else (text(title), *blocks)


def part(title: str, blocks: Blocks) -> Blocks:
    """Blocks under a heading, or nothing when there are none."""
    return (heading(title), *blocks) if blocks else ()


def bullets(items: Iterable[Blocks]) -> Blocks:
    """A list without an order, or nothing for no items."""
    result = tuple(ListItem(blocks=item) for item in items)
    return (List(items=result, marker="disc"),) if result else ()


def numbered(items: Iterable[Blocks]) -> Blocks:
    """A list by numbers, or nothing for no items."""
    result = tuple(ListItem(blocks=item) for item in items)
    return (List(items=result, marker="decimal"),) if result else ()


def lines(texts: Iterable[str]) -> Iterable[Blocks]:
    """Plain texts as the items of a list; addresses in them are links."""
    return ((linked(line),) for line in texts)


def facts(rows: Iterable[tuple[str, ...]]) -> Blocks:
    """A table whose first column names what stands in the others, or nothing for no rows."""
    result = tuple(
        Row(cells=tuple(Cell(blocks=(text(cell),), header=place == 0) for place, cell in enumerate(row)))
        for row in rows
    )
    return (Table(rows=result),) if result else ()
