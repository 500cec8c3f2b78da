"""HTML inside Markdown: headings wrapped in spans and divs, centred titles, tables and pictures written as tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any, Protocol

from msgspec.structs import replace

from coursepack.model.blocks import Inline, Media, Picture, Run
from coursepack.model.document import Unit
from coursepack.readers import attached
from coursepack.readers.html.blocks import HtmlReader, styled
from coursepack.readers.html.tree import parse
from coursepack.readers.html.units import units

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_HREF = re.compile(r"""\shref\s*=\s*("([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_SRC = re.compile(_HREF.pattern.replace("href", "src"), re.IGNORECASE)
_LABEL, _LANGUAGE = (re.compile(_HREF.pattern.replace("href", name), re.IGNORECASE) for name in ("label", "srclang"))
_PLAYERS = frozenset({"audio", "video"})
_READ = frozenset({"svg", "iframe"})
_WHOLE = _PLAYERS | _READ
"""Elements that are read as a whole, from the start tag to the end tag."""
_PLAIN = Run(text="")
_ATX = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t]+(\S.*)$", re.MULTILINE)


class InlineReader(Protocol):
    """The methods of the Markdown reader that are used here."""

    name: str
    count: int
    lost: Any

    def picture(self, address: str, alt: str, width: int | None, height: int | None) -> Picture | None: ...

    def link(self, address: str) -> str | None: ...

    def file(self, address: str) -> Media | None: ...

    def attach(self, file: Media) -> str: ...


def without_players(reader: InlineReader, tokens: list[Any]) -> Iterator[Any]:
    """Inline tokens without audio and video whose file exists (it is put after the paragraph); a drawing (``<svg>`` …
    ``</svg>``) as a picture.

    The content of ``<audio>`` is a fallback for browsers that cannot play it (HTML Living Standard, 4.8.9).
    """
    at = 0
    while at < len(tokens):
        end = _player(tokens, at)
        if end > at and _tag(tokens[at])[0] in _READ:
            yield from _drawn(reader, tokens[at : end + 1])
            at = end + 1
            continue
        if end > at and (file := _played(reader, tokens[at:end])) is not None:
            reader.attach(file)
            for track in _tracks(reader, tokens[at:end]):
                reader.attach(track)
            at = end + 1
            continue
        yield tokens[at]
        at += 1


def _player(tokens: list[Any], at: int) -> int:
    """The index of the end tag of the player that begins at ``at``; ``at`` itself for any other token."""
    name, closing, _ = _tag(tokens[at])
    if name not in _WHOLE or closing:
        return at
    for index in range(at + 1, len(tokens)):
        other, ends, _ = _tag(tokens[index])
        if other in _WHOLE:
            return index if ends and other == name else at
    return at


def _drawn(reader: InlineReader, tokens: list[Any]) -> Iterator[Inline]:
    """The picture that inline tokens draw, the link to a page that they embed, or their other content."""
    html = "".join(token.content if token.type == "html_inline" else escape(token.content) for token in tokens)
    yield from HtmlReader(picture=reader.picture, lost=reader.lost).inlines(html)


def _played(reader: InlineReader, tokens: list[Any]) -> Media | None:
    tags = [rest for name, closing, rest in map(_tag, tokens) if name in {*_PLAYERS, "source"} and not closing]
    sources = [source for rest in tags if (source := _value(_SRC, rest))]
    return next((file for source in sources if (file := reader.file(source)) is not None), None)


def _tracks(reader: InlineReader, tokens: list[Any]) -> Iterator[Media]:
    """Captions and other tracks of a video or a recording: files after it."""
    for name, _, rest in map(_tag, tokens):
        source = _value(_SRC, rest) if name == "track" else ""
        if not source:
            continue
        if (file := reader.file(source)) is not None:
            yield attached.labelled(file, _value(_LABEL, rest) or _value(_LANGUAGE, rest))
        else:
            reader.lost["captions of a film or recording whose file is not there"] += 1


def _tag(token: Any) -> tuple[str, bool, str]:
    """Name, whether it closes, and attributes of a tag; no name for another token."""
    found = _TAG.fullmatch(token.content.strip()) if token.type == "html_inline" else None
    return (found[2].lower(), found[1] == "/", found[3]) if found else ("", False, "")


def inline_html(
    reader: InlineReader, tag: str, look: dict[str, Any], stack: list[dict[str, Any]], items: list[Inline]
) -> dict[str, Any]:
    """The style after an inline tag. ``stack`` keeps the styles of the open tags; a line break is added to
    ``items``."""
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
    look = _styled(name, found[3], look)
    if name == "a" and (href := _value(_HREF, found[3])):
        return look | {"href": reader.link(href)}
    return look


def _styled(name: str, attributes: str, look: dict[str, Any]) -> dict[str, Any]:
    """The style inside a tag, as the HTML reader determines it."""
    root = parse(f"<{name} {attributes}></{name}>")
    element = next(root.iter(name), None) if root is not None else None
    if element is None:
        return look
    run = styled(element, name, replace(_PLAIN, **look))
    return look | {
        field: value for field in run.__struct_fields__ if (value := getattr(run, field)) != getattr(_PLAIN, field)
    }


def _value(attribute: re.Pattern[str], attributes: str) -> str:
    """The value of an attribute of a tag."""
    found = attribute.search(attributes)
    return unescape(found[2] or found[3] or found[4] or "") if found else ""


def _heading(found: re.Match[str]) -> str:
    text = found[2].rstrip(" \t").rstrip("#").rstrip(" \t")
    return f"<h{len(found[1])}>{text}</h{len(found[1])}>" if text else found[0]


def units_of_html(reader: InlineReader, html: str) -> list[Unit]:
    """The units of a block of HTML. A «#» heading inside a block is read as a heading, as authors mean it."""
    html = _ATX.sub(_heading, html)
    blocks = HtmlReader(picture=reader.picture, file=reader.file, lost=reader.lost).blocks(html)
    return units(reader, blocks)
