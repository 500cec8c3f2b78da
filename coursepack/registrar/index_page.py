"""index.html of a bag: the page for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from coursepack import languages
from coursepack.files import media
from coursepack.files.resources import templates_dir
from coursepack.languages.catalogues import Words, words
from coursepack.registrar import bag
from coursepack.registrar.edition import BuildFolder
from coursepack.render import page_template

# Tag of bag-info.txt → its name for people, in the order of the page.
_LABELS = {
    "Course-Code": "Course code",
    "Programme": "Programme",
    "Language": "Language of teaching",
    "Academic-Year": "Academic year",
    "Semester": "Semester",
    "Credits": "Credits",
    "Edition": "Edition number",
    "Replaces": "Comes after the edition",
    "Access": "Access",
    "Revision": "Revision",
    "Source-Organization": "University",
    "Faculty": "Faculty",
    "Department": "Department",
    "Minutes-Number": "Minutes of the department, No.",
    "Minutes-Date": "Date of the minutes",
    "Bagging-Date": "Date of archiving",
    "Retention-Term": "Retention term",
    "Course-Id": "Course identifier",
    "Coursepack-Version": "Made by coursepack, version",
}
_DATES = {"Minutes-Date", "Bagging-Date"}
_ACCESS = {"public": "for everybody", "restricted": "restricted: with keys and exam tickets"}


@dataclass(frozen=True)
class _File:
    name: str
    address: str
    size: int
    sum: str
    format: str = ""


def page(build: BuildFolder, name: str, tags: list[tuple[str, str]], payload: Mapping[str, tuple[int, str]]) -> bytes:
    """The page, in the course's language. ``payload`` maps a path in the bag to (bytes, SHA-512)."""
    say = words(build.course.language, "archive")
    text = page_template.fill(
        (templates_dir(),),
        "archive",
        "index.html",
        say=say,
        language=build.course.language,
        title=build.course.title,
        bag=name,
        edition=_edition(dict(tags), say),
        groups=_groups(build, payload, say),
        rebuilt=dict(tags).get("Access") != "public",
    )
    return text.encode()


def _edition(tags: Mapping[str, str], say: Words) -> list[tuple[str, str]]:
    rows = []
    for tag, label in _LABELS.items():
        value = tags.get(tag)
        if value:
            rows.append((say(label), _value(tag, value, say)))
    known = {*_LABELS, *_PLAIN}
    return rows + [(tag, value) for tag, value in tags.items() if tag not in known]


# Tags of RFC 8493 and of machines, which the page says otherwise or leaves to bag-info.txt.
_PLAIN = {
    "External-Description",
    "External-Identifier",
    "Bag-Software-Agent",
    "Payload-Oxum",
    "Course-Title",
    "Deflate",
    "Libraries",
}


def _value(tag: str, value: str, say: Words) -> str:
    if tag == "Language":
        return say(languages.name(value))
    if tag == "Access" and value in _ACCESS:
        return say(_ACCESS[value])
    if tag in _DATES:
        try:
            return say.date(value)
        except ValueError:
            return value
    return value


def _address(path: str) -> str:
    """The address of a file in the bag; empty for one that would run in the browser of whoever follows it.

    A source is kept to the byte, with whatever scripts it brings. XML is such a page too (XHTML inside it runs); ours
    holds none.
    """
    ending = PurePosixPath(path).suffix.lower()
    runs = ending in media.RUNS or (ending == ".xml" and not path.startswith(bag.PRODUCTS))
    return "" if runs else quote(path)


def _groups(build: BuildFolder, payload: Mapping[str, tuple[int, str]], say: Words) -> list[tuple[str, list[_File]]]:
    formats = {bag.PRODUCTS + product.file: product.format for product in build.report.products}

    def files(prefix: str) -> list[_File]:
        return [
            _File(path.removeprefix(prefix), _address(path), size, digest, formats.get(path, ""))
            for path, (size, digest) in sorted(payload.items())
            if path.startswith(prefix)
        ]

    rest = [
        _File(path.removeprefix(bag.PAYLOAD), _address(path), size, digest)
        for path, (size, digest) in sorted(payload.items())
        if not path.startswith((bag.PRODUCTS, bag.SOURCES))
    ]
    named = ((say("Products"), files(bag.PRODUCTS)), (say("Sources"), files(bag.SOURCES)), (say("Records"), rest))
    return [(heading, found) for heading, found in named if found]
