"""HTML inside Markdown: headings wrapped in spans and divs, centred titles, tables and pictures written as tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Protocol

from coursepack.model.blocks import (
    Block,
    Code,
    Figure,
    Footnote,
    Formula,
    Heading,
    Inline,
    Inlines,
    List,
    Media,
    Paragraph,
    Picture,
    Quote,
    Run,
    Table,
)
from coursepack.model.document import Display, Drawing, Grid, GridCell, Listing, Para, Unit
from coursepack.readers.html.blocks import HtmlReader

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_HREF = re.compile(r"""\shref\s*=\s*("([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SRC = re.compile(_HREF.pattern.replace("href", "src"), re.IGNORECASE)
_PLAYERS = frozenset({"audio", "video"})
_LOOKS: dict[str, dict[str, Any]] = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "i": {"italic": True},
    "em": {"italic": True},
    "u": {"underline": True},
    "ins": {"underline": True},
    "s": {"strike": True},
    "strike": {"strike": True},
    "del": {"strike": True},
    "sub": {"script": "sub"},
    "sup": {"script": "super"},
    "code": {"code": True},
    "kbd": {"code": True},
}
_ATX = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+(\S.*)$", re.MULTILINE)


class Reader(Protocol):
    """What is asked of the Markdown reader."""

    count: int
    lost: Any

    def picture(self, address: str, alt: str, width: int | None, height: int | None) -> Picture | None: ...

    def link(self, address: str) -> str | None: ...

    def file(self, address: str) -> Media | None: ...

    def attach(self, file: Media) -> str: ...


def without_players(reader: Reader, tokens: list[Any]) -> Iterator[Any]:
    """Inline tokens without sounds and films whose file is there: it stands after the paragraph.

    What stands between ``<audio>`` and ``</audio>`` is for who cannot play it (HTML Living Standard, 4.8.9).
    """
    at = 0
    while at < len(tokens):
        end = _player(tokens, at)
        if end > at and (file := _played(reader, tokens[at:end])) is not None:
            reader.attach(file)
            at = end + 1
            continue
        yield tokens[at]
        at += 1


def _player(tokens: list[Any], at: int) -> int:
    """The index of the tag that ends the player which begins at ``at``; ``at`` itself for anything else."""
    name, closing, _ = _tag(tokens[at])
    if name not in _PLAYERS or closing:
        return at
    for index in range(at + 1, len(tokens)):
        other, ends, _ = _tag(tokens[index])
        if other in _PLAYERS:
            return index if ends and other == name else at
    return at


def _played(reader: Reader, tokens: list[Any]) -> Media | None:
    tags = [rest for name, closing, rest in map(_tag, tokens) if name in {*_PLAYERS, "source"} and not closing]
    sources = [unescape(found[2] or found[3] or found[4] or "") for rest in tags if (found := _SRC.search(rest))]
    return next((file for source in sources if (file := reader.file(source)) is not None), None)


def _tag(token: Any) -> tuple[str, bool, str]:
    """Name, whether it closes, and attributes of a tag; no name for another token."""
    found = _TAG.fullmatch(token.content.strip()) if token.type == "html_inline" else None
    return (found[2].lower(), found[1] == "/", found[3]) if found else ("", False, "")


def inline_html(
    reader: Reader, tag: str, look: dict[str, Any], stack: list[dict[str, Any]], items: list[Inline]
) -> dict[str, Any]:
    """The look after an inline tag. ``stack`` keeps the looks to come back to; a break is added to ``items``."""
    found = _TAG.fullmatch(tag.strip())
    if not found:
        return look
    closing, name = found[1] == "/", found[2].lower()
    if name == "br":
        items.append(Run(text="\n", **look))
        return look
    if name in {"img", "wbr", "hr", "input"}:
        return look
    if closing:
        return stack.pop() if stack else {}
    stack.append(look)
    if name == "a" and (href := _HREF.search(found[3])):
        return look | {"href": reader.link(unescape(href[2] or href[3] or href[4] or ""))}
    return look | _LOOKS.get(name, {})


def _heading(found: re.Match[str]) -> str:
    text = found[2].rstrip(" \t").rstrip("#").rstrip(" \t")
    return f"<h{len(found[1])}>{text}</h{len(found[1])}>" if text else found[0]


def units_of_html(reader: Reader, html: str) -> list[Unit]:
    """The units of a block of HTML. A «#» heading inside a block counts as a heading, as people mean it."""
    html = _ATX.sub(_heading, html)
    blocks = HtmlReader(picture=reader.picture, file=reader.file, lost=reader.lost).blocks(html)
    return [unit for block in blocks for unit in _units(reader, block)]


def _units(reader: Reader, block: Block, *, style: str | None = None, level: int = 0) -> list[Unit]:
    match block:
        case Heading():
            return [_para(reader, block.content, heading=block.level)]
        case Paragraph():
            centered = block.align == "center"
            return [_para(reader, block.content, style=style, centered=centered, direction=block.direction)]
        case List():
            return _list(reader, block, style, level)
        case Table():
            # As Word has it: the caption of a table is a paragraph above it.
            above: list[Unit] = [_para(reader, block.caption, style="caption")] if block.caption else []
            return [*above, _grid(reader, block)]
        case Figure():
            reader.count += 1
            return [Drawing(figure=block, number=reader.count)]
        case Media():
            reader.count += 1
            return [Drawing(figure=block, number=reader.count)]
        case Formula():
            reader.count += 1
            return [Display(math=block.math, number=reader.count)]
        case Quote():
            return [unit for inner in block.blocks for unit in _units(reader, inner, style="quote")]
        case Code():
            reader.count += 1
            return [Listing(text=block.text, number=reader.count, language=block.language)]
        case Footnote():
            return [unit for inner in block.blocks for unit in _units(reader, inner)]


def _para(reader: Reader, content: Inlines, **fields: Any) -> Para:
    reader.count += 1
    return Para(content=content, number=reader.count, **fields)


def _list(reader: Reader, block: List, style: str | None, level: int) -> list[Unit]:
    units: list[Unit] = []
    list_id = f"html-{reader.count + 1}"
    for number, item in enumerate(block.items, block.start):
        for index, inner in enumerate(item.blocks):
            if index == 0 and isinstance(inner, Paragraph):
                label = _label(block, number)
                units.append(
                    _para(reader, inner.content, style=style, label=label, list_level=min(level, 8), list_id=list_id)
                )
            else:
                units.extend(_units(reader, inner, style=style, level=level + 1))
    return units


def _label(block: List, number: int) -> str:
    if not block.ordered:
        return "–" if block.marker == "dash" else "•"
    if block.marker == "lower-alpha" and 0 < number <= 26:
        return f"{chr(96 + number)})"
    return f"{number}{')' if block.marker == 'paren' else '.'}"


def _grid(reader: Reader, table: Table) -> Grid:
    first = reader.count + 1
    rows = tuple(
        tuple(
            GridCell(
                units=tuple(unit for block in cell.blocks for unit in _units(reader, block)),
                colspan=cell.colspan,
                rowspan=cell.rowspan,
            )
            for cell in row.cells
        )
        for row in table.rows
    )
    return Grid(rows=rows, number=first, header_rows=table.header_rows, align=table.align)
