"""Exported Markdown (``coursepack export --format markdown``) → the course.

The counterpart of ``writers/markdown.py``: comment lines name the parts, the prose between them is ordinary Markdown.
"""

from __future__ import annotations

import re
import typing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from coursepack.files import media, sources
from coursepack.files.hashes import sha256
from coursepack.markup import addresses
from coursepack.markup.pictures import clean as clean_picture
from coursepack.model.artifact import Assets
from coursepack.model.blocks import Heading, Inline, Media, Paragraph, Picture, Run, block_text
from coursepack.model.course import FORMAT, Course
from coursepack.model.course_json import said, without_controls
from coursepack.model.fields import BODY, TITLES, fields
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.readers import pictures
from coursepack.readers.attached import attached, beside
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.inline import join
from coursepack.readers.markdown.reader import markdown_blocks, named

_MARK = re.compile(r"^<!-- ([a-z_]+|coursepack-course/\d+)(?: (\{.*\}))? -->[ \t]*$")
_TITLE = re.compile(r"^#{1,3}[ \t]+(\S.*)$")
_PICTURE = re.compile(r"assets/([0-9a-f]{64})\.[a-z0-9]+")
_TOP = 4
"""Headings of the text begin at ``####``."""


def is_course(path: Path) -> bool:
    """True for a Markdown file that an export made."""
    try:
        with path.open("rb") as file:
            return file.read(200).lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<!-- " + FORMAT.encode())
    except OSError:
        return False


def read_course(path: Path, *, follow_links: bool = False) -> tuple[Course, Assets, list[Finding]]:
    """The course in an exported file, the pictures in its folder, and findings. Raises ``CoursepackError``."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise CoursepackError(f"cannot be read: {problem}", Place(path.name)) from None
    reader = _CourseReader(path, follow_links=follow_links)
    course = reader.course(text)
    return course, reader.assets, reader.findings


@dataclass
class _Node:
    """A part while it is read: its kind, its line, its plain data, and its prose and parts found so far."""

    kind: Any
    line: int
    data: dict[str, Any]
    prose: dict[str, Any] = field(default_factory=dict)
    part: dict[str, _Node] = field(default_factory=dict)
    parts: dict[str, list[_Node]] = field(default_factory=dict)


class _CourseReader:
    def __init__(self, path: Path, *, follow_links: bool) -> None:
        self.path = path
        self.follow_links = follow_links
        self.assets = Assets()
        self.findings: list[Finding] = []
        self.html = HtmlReader(picture=self._picture, file=self._file, top=_TOP, tex=False)

    def _place(self, line: int) -> Place:
        return Place(self.path.name, line, line)

    # --- reading

    def course(self, text: str) -> Course:
        stack: list[_Node] = []
        for line, name, data, prose in _segments(text):
            if not stack:
                if name != FORMAT:
                    advice = "export the course again"
                    raise CoursepackError(f"no <!-- {FORMAT} … --> at its head", self._place(line), advice)
                stack.append(_Node(Course, line, self._json(data, line)))
                self._body(stack[0], prose, line)
                continue
            self._segment(stack, line, name, data, prose)
        if not stack:
            raise CoursepackError(f"no <!-- {FORMAT} … --> at its head", self._place(1), "export it again")
        course: Course = self._built(stack[0])
        self.findings += [
            warning("markdown-left-out", f"{count} × {what}", Place(self.path.name))
            for what, count in sorted(self.html.lost.items())
        ]
        return course

    def _segment(self, stack: list[_Node], line: int, name: str, data: str | None, prose: str) -> None:
        while len(stack) > 1 and not _has(stack[-1].kind, name):
            stack.pop()
        node, found = stack[-1], fields(stack[-1].kind)
        if not _has(node.kind, name):
            raise CoursepackError(f"<!-- {name} --> is not known here", self._place(line), "see an exported file")
        if name in found.blocks or name in found.inlines:
            node.prose[name] = self._prose(node.kind, name, prose)
            return
        plain = self._json(data, line)
        kinds = found.part.get(name) or found.parts[name]
        result = _Node(self._kind(kinds, plain, line), line, plain)
        if name in found.part:
            node.part[name] = result
        else:
            node.parts.setdefault(name, []).append(result)
        stack.append(result)
        self._body(result, prose, line)

    def _body(self, node: _Node, prose: str, line: int) -> None:
        """The title and the unnamed prose under a part's comment."""
        title = TITLES.get(node.kind)
        if title and title not in node.data:
            first, _, rest = prose.lstrip("\n").partition("\n")
            if found := _TITLE.match(first):
                node.data[title] = self._words(found[1].rstrip(" \t"))
                prose = rest
        body = BODY.get(node.kind)
        if body:
            node.prose[body] = self._prose(node.kind, body, prose)
        elif prose.strip():
            message = f"text under <!-- {node.kind.__name__.lower()} -->, which holds none: {prose.strip()[:40]!r}"
            self.findings.append(warning("markdown-stray", message, self._place(line)))

    def _words(self, line: str) -> str:
        return " ".join(block_text(markdown_blocks(line, self.html)).split())

    def _prose(self, kind: Any, name: str, prose: str) -> Any:
        blocks = markdown_blocks(prose, self.html)
        if name in fields(kind).blocks:
            return blocks
        items: list[Inline] = []
        for block in blocks:
            content = block.content if isinstance(block, Paragraph | Heading) else ()
            items += ([Run(text="\n")] if items else []) + list(content)
        return tuple(join(items))

    def _json(self, data: str | None, line: int) -> dict[str, Any]:
        try:
            found = msgspec.json.decode(without_controls(data.encode())) if data else {}
        except msgspec.DecodeError as problem:
            raise CoursepackError(f"no JSON in the comment: {problem}", self._place(line)) from None
        if not isinstance(found, dict):
            raise CoursepackError("expected a JSON object in the comment", self._place(line))
        return found

    def _kind(self, kinds: tuple[type, ...], data: dict[str, Any], line: int) -> Any:
        if len(kinds) == 1:
            return kinds[0]
        by_tag: dict[Any, Any] = {_tag(kind): kind for kind in kinds}
        said = data.pop("type", None)
        if said not in by_tag:
            raise CoursepackError(f"type {said!r}, expected one of {', '.join(by_tag)}", self._place(line))
        return by_tag[said]

    # --- making

    def _built(self, node: _Node) -> Any:
        hints = _hints(node.kind)
        node.data.pop("type", None)
        node.data.pop("format", None)
        # Prose may be among the data: earlier exports wrote it there where it was plain text.
        known = {*fields(node.kind).plain, *fields(node.kind).blocks}
        unknown = sorted(set(node.data) - known)
        if unknown:
            expected = ", ".join(sorted(known))
            raise CoursepackError(f"unknown {unknown[0]!r}, expected one of {expected}", self._place(node.line))
        values = dict(node.prose)
        values |= {name: self._built(inner) for name, inner in node.part.items()}
        values |= {name: tuple(self._built(inner) for inner in many) for name, many in node.parts.items()}
        try:
            values |= {name: msgspec.convert(value, hints[name]) for name, value in node.data.items()}
            return node.kind(**values)
        except (msgspec.ValidationError, TypeError) as problem:
            raise CoursepackError(f"{node.kind.__name__}: {said(problem)}", self._place(node.line)) from None

    def _file(self, address: str) -> Media | None:
        found = _PICTURE.match(address)
        if addresses.scheme(address) != addresses.RELATIVE or (found is None and named(address) in media.TEXTS):
            return None
        data, missing = beside(self.path.parent, address, limit="file-bytes", follow_links=self.follow_links)
        if data is not None:
            result = attached(data, address)
            self.assets.data[result.asset] = data
            return result
        if found is None:
            return None
        self.findings.append(warning("markdown-file", f"file {address} {missing}", Place(self.path.name)))
        return replace(attached(b"", address), asset=found[1])

    def _picture(self, address: str, alt: str, width: int | None, height: int | None) -> Picture | None:
        found = _PICTURE.match(address)
        path, missing = sources.beside(self.path.parent, address, follow_links=self.follow_links)
        try:
            data = path.read_bytes() if path else None
        except OSError:
            data, missing = None, "cannot be read"
        kind = None if data is None else pictures.sniff(data)
        data = None if data is None or kind is None else clean_picture(data, self.html.lost)
        if data is not None and kind is not None:
            key = sha256(data)
            self.assets.data[key] = data
            return Picture(asset=key, media_type=kind.media_type, alt=alt, width=width, height=height)
        if found is None:
            return None
        message = f"picture {address} {missing or 'is no picture that is known here'}"
        self.findings.append(warning("markdown-picture", message, Place(self.path.name)))
        media_type = media.named(found[0]).type
        return Picture(asset=found[1], media_type=media_type, alt=alt, width=width, height=height)


def _segments(text: str) -> typing.Iterator[tuple[int, str, str | None, str]]:
    """(line, name, JSON, prose that follows) for each comment; prose before the first one is a separate error."""
    current: tuple[int, str, str | None] | None = None
    prose: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        found = _MARK.match(line)
        if found is None:
            prose.append(line)
            continue
        if current is not None:
            yield *current, "\n".join(prose)
        elif "".join(prose).strip():
            yield 1, "", None, ""
        current, prose = (number, found[1], found[2]), []
    if current is not None:
        yield *current, "\n".join(prose)


def _has(kind: Any, name: str) -> bool:
    found = fields(kind)
    return name in found.blocks or name in found.inlines or name in found.part or name in found.parts


def _tag(kind: Any) -> Any:
    return kind.__struct_config__.tag


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)
