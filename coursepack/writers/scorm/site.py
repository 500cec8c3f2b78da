"""The same pages as a static web site: a file a page, with an address of its own made from the structure.

All addresses are relative: the site works on any host, in a subfolder and from a disk. ``sw.js`` (W3C Service Workers)
keeps the pages for a time without a network; its list has every file, its version is a hash of their contents.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from markupsafe import Markup

from coursepack.contents import ContentNode, contents
from coursepack.files import media
from coursepack.files.hashes import of_files
from coursepack.files.member import Member
from coursepack.ims.lom import clean
from coursepack.ims.scorm_manifest import SCORM12
from coursepack.languages.catalogues import words
from coursepack.model.artifact import Artifact, Written
from coursepack.model.blocks import Blocks
from coursepack.model.course import Course
from coursepack.place import Place, warning
from coursepack.render import page_template
from coursepack.writers import Context, Writer
from coursepack.writers.scorm import search
from coursepack.writers.scorm.html import PartHtml, ScoFiles
from coursepack.writers.scorm.pages import LessonMaker, ScoContent, ScoPage
from coursepack.writers.scorm.start import Next, PartView, front
from coursepack.writers.scorm.terms import TermView
from coursepack.writers.scorm.writer import (
    DOMAIN,
    FORMULAS,
    SHARED,
    ScormBuild,
    ScormOptions,
    findings_of,
    lesson_maker,
    page_html,
    shared_file,
)

FORMAT = "site"
WORKER = "sw.js"
OWN = ("site.js", "site.css")
LAYERS = ("container", "html", "site")
_NO_LMS = replace(SCORM12, name=FORMAT, run_time="none", suspend_data=1 << 24)
"""No API is looked for, and no LMS bounds what is kept."""
_WORDS = {
    "goOnHere": "Go on where you stopped",
    "noLms": "What you read and answer is kept in this browser only.",
}
_START_WORDS = {"read": "read", "pagesRead": "Pages read: {done} of {all}"}


class SiteOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``[site]`` of course.toml; how the pages behave stands in ``[scorm]``.

    ``offline``: a reader's browser keeps the pages for a time without a network.
    """

    offline: bool = True


@dataclass(frozen=True)
class SitePart:
    """A part of the course in the contents: a week with its pages. ``open``: it has the page that is shown."""

    id: str
    title: str
    pages: tuple[ScoPage, ...]
    open: bool = False

    @property
    def minutes(self) -> int:
        """How long its words take to read."""
        return math.ceil(sum(page.minutes for page in self.pages))


def write(course: Course, context: Context) -> Written:
    """The site as one archive, to be unpacked where it is served."""
    scorm = context.tables.get("scorm")
    options = scorm if isinstance(scorm, ScormOptions) else ScormOptions()
    own = context.options if isinstance(context.options, SiteOptions) else SiteOptions()
    build = ScormBuild(_NO_LMS, course, context, options, words(course.language, DOMAIN))
    maker = lesson_maker(build)
    files = maker.files
    nodes = contents(course).children
    parts = [part for node in nodes if (part := _part(maker, node)).pages]
    if not parts:
        empty = warning("site-empty", "the course contains no text to read: no web site is made", Place(course.id))
        return Written((), (empty,))
    pages = [page for part in parts for page in part.pages]
    members = [Member("index.html", _start(build, own, files, parts, pages))]
    members += _linked(list(_pages(build, own, parts, pages, maker.opened())))
    whole = ScoContent("course", clean(course.title) or course.id, tuple(pages), dict(files.used), tuple(files.missing))
    names = [*SHARED, *OWN, *(FORMULAS if whole.formulas else ())]
    members += [Member(f"shared/{name}", shared_file(context.templates, name)) for name in names]
    found = [ScoContent(page.id, part.title, (page,)) for part in parts for page in part.pages]
    members.append(Member(f"shared/{search.FILE}", search.index(found, course.language)))
    members += [Member(path, files.used[path]) for path in sorted(files.used)]
    if own.offline:
        members.append(Member(WORKER, _worker(build, members)))
    artifact = Artifact(f"{course.id}-site.zip", FORMAT, tuple(members), LAYERS, title=whole.title)
    return Written((artifact,), tuple(findings_of(build, [whole])))


def _part(maker: LessonMaker, node: ContentNode) -> SitePart:
    return SitePart(node.id, clean(node.title) or node.id, tuple(maker.pages(node)))


def _pages(
    build: ScormBuild, own: SiteOptions, parts: Sequence[SitePart], pages: Sequence[ScoPage], terms: Sequence[TermView]
) -> Iterable[Member]:
    address = {page.id: f"../{page.id}/index.html" for page in pages}
    around = zip([None, *pages], pages, [*pages[1:], None], strict=False)
    for previous, page, following in around:
        site: dict[str, Any] = {
            "title": clean(build.course.title) or build.course.id,
            "parts": [replace(part, open=page in part.pages) for part in parts],
            "pages": pages,
            "address": address,
            "previous": previous,
            "next": following,
            "config": {"site": _config(own, "../"), "title": clean(build.course.title) or build.course.id},
            "words": {name: build.say(message) for name, message in _WORDS.items()},
        }
        opened = tuple(term for term in terms if any(f'"#gloss-{term.id}"' in text for text in page.texts))
        lesson = ScoContent(page.id, page.title, (page,), terms=opened)
        yield Member(f"{page.id}/index.html", page_html(build, lesson, site))


_ID = re.compile(r'\sid="([^"]+)"')
_DEEPER = re.compile(r'(\b(?:src|href)=")\.\./')
_WITHIN = re.compile(r'(<a\b[^>]*\shref=")#([^"]+)"')


def _linked(pages: Sequence[Member]) -> Iterable[Member]:
    """The pages with their links: what is within a package a place on another page, here is an address."""
    texts = {page.path: page.read().decode() for page in pages}
    at: dict[str, str] = {}
    for path, text in texts.items():
        for name in _ID.findall(text):
            at.setdefault(name, path)
    for path, text in texts.items():
        own = set(_ID.findall(text))

        def led(found: re.Match[str], own: set[str] = own) -> str:
            name = html.unescape(found[2])
            if name in own or name not in at:
                return found[0]
            return f'{found[1]}../{at[name]}#{found[2]}"'

        yield Member(path, _WITHIN.sub(led, text).encode())


def _config(own: SiteOptions, root: str) -> dict[str, Any]:
    return {"root": root, "offline": own.offline}


def _start(
    build: ScormBuild, own: SiteOptions, files: ScoFiles, parts: Sequence[SitePart], pages: Sequence[ScoPage]
) -> bytes:
    """The page at the root."""
    course = build.course
    title = clean(course.title) or course.id
    views = [PartView(part.id, part.title, part.minutes, len(part.pages), Next(part.title)) for part in parts]
    links = {page.id: Next(page.title, href=f"{page.id}/index.html") for page in pages}

    def html(blocks: Blocks) -> Markup:
        """As on a page of the course, that lies a folder deeper."""
        shown = PartHtml("start", files, build.say).html(blocks)
        return Markup(_DEEPER.sub(r"\1", str(shown)))  # noqa: S704  # markup as it was, with shorter addresses

    start = front(course, build.say, html, views, links)
    text = page_template.fill(
        build.context.templates,
        "scorm",
        "site.html",
        course=course,
        site={"title": title, "parts": list(parts), "pages": list(pages)},
        start=start,
        config={
            "course": course.id,
            "site": _config(own, "./"),
            "words": {name: build.say(message) for name, message in _START_WORDS.items()},
        },
        say=build.say,
        version=build.context.version,
    )
    return text.encode()


def _worker(build: ScormBuild, members: Sequence[Member]) -> bytes:
    """The service worker with the files that it keeps: all but films, which are too large to be kept unasked."""
    kept = [member for member in members if not media.named(member.path).type.startswith("video/")]
    digest = of_files((member.path, member.read()) for member in kept)
    told = json.dumps({"version": digest[:16], "files": ["./", *(member.path for member in kept)]})
    return f"const SITE = {told};\n".encode() + shared_file(build.context.templates, WORKER)


writer = Writer(
    name=FORMAT,
    summary="The same pages as a static web site, for any host and for reading without a network",
    write=write,
    table=FORMAT,
    options=SiteOptions,
    default=False,
)
