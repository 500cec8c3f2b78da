"""The course as one Markdown file that can be edited and built from again (``coursepack export``).

Each part begins with a comment line that names it and holds its plain data as JSON
(``<!-- sessions {"id":"w01-lecture","kind":"lecture"} -->``); its title is the heading below, its prose the Markdown
that follows. ``readers/course_markdown.py`` reads it back.
"""

from __future__ import annotations

import json
import typing
from typing import Any

import msgspec

from coursepack.files.member import Member
from coursepack.model.artifact import Artifact, Assets, Written
from coursepack.model.blocks import Inline
from coursepack.model.course import FORMAT, Course
from coursepack.model.fields import BODY, TITLES, fields
from coursepack.place import Finding, warning
from coursepack.render.pictures_of import attached, pictures
from coursepack.writers import Context, Writer
from coursepack.writers.plain.markdown_blocks import address, at_start, file_address, inlines, markdown, text


def write(course: Course, context: Context) -> Written:
    """One archive: ``<id>.md`` and its pictures and files in ``assets/``."""
    findings: list[Finding] = []
    members = [Member(f"{course.id}.md", course_text(course).encode())]
    members += _pictures(course, context.assets, findings)
    members += _files(course, context.assets, findings)
    artifact = Artifact(
        name=f"{course.id}-markdown.zip",
        format="markdown",
        members=tuple(members),
        layers=("container",),
        audience="teacher",
        title=course.title,
    )
    return Written((artifact,), tuple(findings))


def _pictures(course: Course, assets: Assets, findings: list[Finding]) -> list[Member]:
    members = []
    for asset, media_type in sorted(pictures(course).items()):
        if assets.holds(asset):
            members.append(Member(address(asset, media_type), assets.read(asset)))
        else:
            findings.append(warning("markdown-picture", f"picture {asset[:12]} is not among the sources"))
    return members


def _files(course: Course, assets: Assets, findings: list[Finding]) -> list[Member]:
    members = []
    for path, block in sorted({file_address(block): block for block in attached(course)}.items()):
        try:
            members.append(Member(path, assets.file(block.asset)))
        except KeyError:
            findings.append(warning("markdown-file", f"file {block.name!r} is not among the sources", block.place))
    return members


def course_text(course: Course) -> str:
    """The whole course as Markdown."""
    lines: list[str] = []
    _part(lines, FORMAT, course, 1)
    return "\n\n".join(lines) + "\n"


def _part(lines: list[str], name: str, part: Any, depth: int) -> None:
    """A part: its comment, its title, its prose, then the parts inside it."""
    kind: Any = type(part)
    found = fields(kind)
    data = {key: value for key, value in msgspec.to_builtins(part).items() if key in found.plain}
    tag = kind.__struct_config__.tag
    if tag is not None and name != FORMAT:
        data = {"type": tag} | data
    body = BODY.get(kind)
    title = TITLES.get(kind)
    heading = data.get(title) if title else None
    if heading is not None and heading and heading == " ".join(heading.split()):
        del data[title]
    else:
        heading = None
    lines.append(_comment(name, data))
    if heading is not None:
        lines.append(f"{'#' * min(depth, 3)} {text(heading).replace('#', chr(92) + '#')}")
    if body:
        _prose(lines, getattr(part, body), None)
    for each in (*found.blocks, *found.inlines):
        if each != body:
            _prose(lines, getattr(part, each), each)
    for each in found.part:
        inner = getattr(part, each)
        if inner is not None:
            _part(lines, each, inner, depth + 1)
    for each in found.parts:
        for inner in getattr(part, each):
            _part(lines, each, inner, depth + 1)


def _prose(lines: list[str], content: tuple[Any, ...], name: str | None) -> None:
    if not content:
        return
    if name:
        lines.append(f"<!-- {name} -->")
    inline = isinstance(content[0], typing.get_args(Inline))
    lines.append(at_start(inlines(content)) if inline else markdown(content))


def _comment(name: str, data: dict[str, Any]) -> str:
    if not data:
        return f"<!-- {name} -->"
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # No comment may end too early.
    packed = packed.replace("<", "\\u003c").replace(">", "\\u003e").replace("--", "-\\u002d")
    return f"<!-- {name} {packed} -->"


writer = Writer(
    name="markdown",
    summary="The course as one Markdown file that can be edited and built from again.",
    write=write,
    default=False,
)
