"""The container of an Office document: its parts, their relationships, and the pictures in them (ECMA-376 part 2)."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from coursepack import limits
from coursepack.files import locked, media
from coursepack.files.hashes import sha256
from coursepack.files.media import KINDS
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.markup.pictures import clean as clean_picture
from coursepack.model.blocks import Math
from coursepack.place import CoursepackError, Finding, Place, Severity, note, warning
from coursepack.readers import pictures
from coursepack.readers.office.names import CHART
from coursepack.readers.office_pictures import OfficePictures, advice, called, equation_objects, unshown

Element = etree._Element

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

_CORE = {
    "{http://purl.org/dc/elements/1.1/}title": "title",
    "{http://purl.org/dc/elements/1.1/}creator": "author",
    "{http://purl.org/dc/elements/1.1/}subject": "subject",
    "{http://purl.org/dc/elements/1.1/}description": "description",
    "{http://purl.org/dc/elements/1.1/}language": "language",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}keywords": "keywords",
}
_EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"

# Strict documents (ISO/IEC 29500-1) differ in namespaces only: read as transitional ones.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z]+)")
_TRANSITIONAL = {
    b"presentationml/main": b"http://schemas.openxmlformats.org/presentationml/2006/main",
    b"drawingml/chart": b"http://schemas.openxmlformats.org/drawingml/2006/chart",
    b"drawingml/diagram": b"http://schemas.openxmlformats.org/drawingml/2006/diagram",
    b"wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"drawingml/wordprocessingDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    b"drawingml/picture": b"http://schemas.openxmlformats.org/drawingml/2006/picture",
    b"officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}


def open_package(name: str, data: bytes, what: str, ending: str) -> Package:
    """The package in a file's bytes, which should be ``what``, with this ``ending``. Raises ``CoursepackError``:
    encrypted, of the binary format before it, no archive, damaged."""
    if KINDS["ole"].begins(data):
        locked.refuse(name, data)
        old = ending.removesuffix("x")
        raise CoursepackError(f"an old {what} ({old}) under the name {ending}", Place(name), f"rename it to {old}")
    if not KINDS["zip"].begins(data):
        found = "an RTF document" if KINDS["rtf"].begins(data) else "no zip archive"
        raise CoursepackError(f"{found}, expected a {what} ({ending})", Place(name))
    package = Package.of_bytes(name, data)
    for problem in package.problems:
        if not package.entries or problem.code == "container-encrypted":
            raise CoursepackError(problem.message, problem.place, "save it again in the program that made it")
    return package


def _transitional(data: bytes) -> bytes:
    def name(found: re.Match[bytes]) -> bytes:
        return _TRANSITIONAL.get(found[1] + b"/" + found[2], found[0])

    return _STRICT.sub(name, data) if b"purl.oclc.org/ooxml" in data[:8192] else data


@dataclass(frozen=True)
class Relation:
    """What a relationship id stands for: the last word of its type, its target, and whether it lies outside."""

    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class StoredImage:
    """A picture that was taken in: its key in the asset store and its own size in pixels."""

    asset: str
    media_type: str
    width: int | None
    height: int | None


@dataclass
class OfficePackage:
    """An Office document's package, and what was noticed while reading it; ``code`` begins what findings are called."""

    name: str
    package: Package
    code: str
    assets: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    reported: Counter[str] = field(default_factory=Counter)
    at: int = 0
    """The paragraph that is read, where the document counts them."""
    _places: dict[str, list[int]] = field(default_factory=dict)
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)
    _images: dict[str, StoredImage] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pictures, equations = partial(unshown, self.package), partial(equation_objects, self.package)
        self.drawn = OfficePictures(Place(self.name), pictures, equations)

    def tell(self, what: str) -> None:
        """Count what is not kept, with its place."""
        self.reported[what] += 1
        if self.at and self._places.setdefault(what, [])[-1:] != [self.at]:
            self._places[what].append(self.at)

    def equation(self, member: str, relation: str) -> Math | None:
        """The formula in the OLE object behind a relationship id; None (and reported) when nothing reads it."""
        found = self.relations(member).get(relation)
        inside = found is not None and not found.external and found.target in self.package
        small = inside and found is not None and self.package.size(found.target) <= limits.of("picture-bytes")
        formula = self.drawn.equation(self.package.read(found.target)) if found is not None and small else None
        if formula is None:
            self.tell(EQUATION)
        return formula

    def xml(self, member: str) -> Element | None:
        """The root of a part, or None when it is not there. Raises ``CoursepackError`` when it is broken."""
        if member not in self.package:
            return None
        try:
            return self.package.xml(member, keep="word-marks", change=_transitional)
        except XmlError as problem:
            raise CoursepackError(
                f"{member} is not well-formed XML: {problem}",
                Place(self.name, problem.line, problem.line, member=member),
                "open the document in Word or LibreOffice and save it again",
            ) from None

    def optional(self, member: str | None) -> Element | None:
        """As ``xml``, but a broken part is only reported: the text can be read without it."""
        if member is None:
            return None
        try:
            return self.xml(member)
        except CoursepackError as problem:
            self.findings.append(
                warning(f"{self.code}-part", f"{problem.message}; read without it", problem.place, problem.advice)
            )
            return None

    def properties(self) -> dict[str, str]:
        """What the document says of itself (title, author, program …), by the names of ``Document.properties``."""
        root = self.optional(self.related("", "core-properties"))
        found: dict[str, str] = {}
        for item in () if root is None else root.iterchildren("*"):
            key, text = _CORE.get(item.tag), " ".join((item.text or "").split())
            if key and text:
                found[key] = text
        extended = self.optional(self.related("", "extended-properties"))
        maker = None if extended is None else extended.findtext(f"{_EXTENDED}Application")
        return found | ({"application": maker.strip()} if maker and maker.strip() else {})

    def relations(self, member: str) -> dict[str, Relation]:
        """The relationships of a part by id."""
        if member not in self._relations:
            folder, base = posixpath.split(member)
            root = self.optional(posixpath.join(folder, "_rels", base + ".rels"))
            found: dict[str, Relation] = {}
            for item in () if root is None else root.iterchildren(_RELATIONSHIP):
                external = item.get("TargetMode") == "External"
                target = item.get("Target", "")
                if not external:
                    target = posixpath.normpath(posixpath.join("/" + folder, target)).lstrip("/")
                found[item.get("Id", "")] = Relation(item.get("Type", "").rpartition("/")[2], target, external)
            self._relations[member] = found
        return self._relations[member]

    def related(self, member: str, kind: str) -> str | None:
        """The first part that ``member`` is related to by ``kind`` (``styles``, ``numbering`` …)."""
        return next((r.target for r in self.relations(member).values() if r.kind == kind and not r.external), None)

    def image(self, member: str, relation: str) -> StoredImage | None:
        """The picture behind a relationship id, taken into ``assets``; None when it cannot be shown (and reported)."""
        found = self.relations(member).get(relation)
        if found is None:
            self.reported["a picture that is not in the file"] += 1
        elif found.external:
            self.reported["a picture that is only linked, not inside the file"] += 1
        elif found.target not in self.package:
            self.reported["a picture that is not in the file"] += 1
        else:
            if found.target in self._images:
                return self._images[found.target]
            data = self.package.read(found.target)
            data = self.drawn.picture(data) or data
            kind = pictures.sniff(data)
            if kind is not None and kind.media_type in media.SHOWN:
                clean = clean_picture(data, self.reported)
                if clean is None:
                    return None
                data = clean
                key = sha256(data)
                self.assets[key] = data
                self._images[found.target] = StoredImage(key, kind.media_type, kind.width, kind.height)
                return self._images[found.target]
            if self.drawn.is_blank(data):
                return None
            self.tell(f"a picture in a format that browsers do not show ({called(data)}): {advice(data)}")
        return None

    def notes(self) -> list[Finding]:
        """The findings, those that were only counted added at the end."""
        counted = [
            _TELL.get(what, warning)(f"{self.code}-left-out", f"{count} × {what}{self._where(what)}", self._place(what))
            for what, count in self.reported.items()
        ]
        counted += self.drawn.findings()
        return sorted([*self.findings, *counted], key=lambda finding: _ORDER[finding.severity])

    def _where(self, what: str) -> str:
        found = self._places.get(what, [])
        some = ", ".join(map(str, found[:_MOST_NAMED])) + (" …" if len(found) > _MOST_NAMED else "")
        return f" (paragraph{'s' if len(found) > 1 else ''} {some})" if found else ""

    def _place(self, what: str) -> Place:
        first = next(iter(self._places.get(what, ())), 0)
        return Place(self.name, first, first, "paragraph") if first else Place(self.name)


def described(properties: Element | None) -> tuple[str, str]:
    """What stands for a picture, and its title, which stands for it where nothing else does (20.1.2.2.8)."""
    if properties is None:
        return "", ""
    alt, title = (" ".join(properties.get(name, "").split()) for name in ("descr", "title"))
    return (alt, "" if title == alt else title) if alt else (title, "")


def embedded(kind: str) -> str:
    """What is reported of an OLE object of this kind."""
    return f"an embedded object or file ({kind[:40] or 'of no stated kind'}), of which at most a picture is kept"


def kind_of(package: Package) -> str:
    """What an archive is, by the folders that it has."""
    names = package.names()
    for start, word in _FOLDERS.items():
        if any(name.startswith(start) for name in names):
            return word
    if "mimetype" in names:
        return "an OpenDocument or EPUB file"
    return "a zip archive without a document in it"


_FOLDERS = {"word/": "a Word document", "xl/": "an Excel workbook", "ppt/": "a PowerPoint presentation"}
EQUATION = "an equation of the old editor (at most its picture is kept): retype it as a formula"
_MOST_NAMED = 20
DELETED = "a tracked deletion, left out"
INSERTED = "a tracked insertion, taken as accepted"
COMMENT = "a comment, left out"
COMMENTED_KEY = "a comment that states a key, taken for that of the question or answer beside it and not shown"
HIDDEN = "hidden text, left out"
HIDDEN_KEY = "hidden text that states a key, taken for that of the question or answer beside it and not shown"
PLACEHOLDER = "a placeholder of an unfilled form field, left out"
_TELL = dict.fromkeys((DELETED, INSERTED, COMMENT, COMMENTED_KEY, HIDDEN, HIDDEN_KEY, PLACEHOLDER, CHART), note)
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
