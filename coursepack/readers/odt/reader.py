"""OpenDocument texts (.odt, OASIS OpenDocument 1.3 part 3) → ``Document``, without LibreOffice.

The text becomes HTML in memory, and that is read as a page is: headings, lists, tables, notes and formulas meet
one reader.
"""

from __future__ import annotations

import posixpath
from functools import partial
from urllib.parse import unquote

from coursepack import limits
from coursepack.files.hashes import sha256
from coursepack.files.media import KINDS
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.model.document import Document
from coursepack.place import CoursepackError, Place
from coursepack.readers import File, Reader
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.html.gathered import Gathered
from coursepack.readers.html.tree import all_text
from coursepack.readers.html.units import units
from coursepack.readers.inline import local
from coursepack.readers.odt.markup import OFFICE, Markup
from coursepack.readers.odt.styles import Element, OdtStyles
from coursepack.readers.office_pictures import OfficePictures, unshown

_PROPERTIES = {
    "title": "title",
    "creator": "author",
    "initial-creator": "author",
    "subject": "subject",
    "language": "language",
    "description": "description",
}


class _CountedList:
    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0


def read(name: str, data: bytes) -> Document:
    """The document in an .odt. Raises ``CoursepackError``: no such text, encrypted, damaged, empty."""
    package = _open(name, data)
    root = _xml(name, package, "content.xml")
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if root is None or body is None:
        raise CoursepackError("no text in it, expected an OpenDocument text (.odt)", Place(name))
    drawn = OfficePictures(Place(name), partial(unshown, package))
    gathered = Gathered(lambda address, limit: _find(package, address, limit), drawn=drawn)
    styles = OdtStyles.of((_xml(name, package, "styles.xml"), root))
    reader = HtmlReader(picture=gathered.picture, file=lambda _: None, lost=gathered.lost, tex=False, typed=True)
    try:
        page = Markup(styles, gathered.lost, lambda address: _inside(name, package, address)).page(body)
        found = units(_CountedList(name), reader.of_tree(page), with_notes=True)
    except RecursionError:
        raise CoursepackError("tables or lists are nested too deep to be read", Place(name)) from None
    if not found:
        raise CoursepackError("no text in it, expected a document", Place(name))
    return Document(
        file=name,
        sha256=sha256(data),
        medium="odt",
        units=tuple(found),
        assets=dict(sorted(gathered.assets.items())),
        properties=_properties(name, package),
        findings=tuple(gathered.findings(name, "odt")),
    )


def _open(name: str, data: bytes) -> Package:
    if not KINDS["zip"].begins(data):
        raise CoursepackError("no zip archive, expected an OpenDocument text (.odt)", Place(name))
    package = Package.of_bytes(name, data)
    for problem in package.problems:
        if not package.entries or problem.code == "container-encrypted":
            raise CoursepackError(problem.message, problem.place, "save it again in LibreOffice")
    said = package.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in package else ""
    if said and not said.startswith(KINDS["odt"].type):
        raise CoursepackError(f"no text: {said[:80]}", Place(name), "give the file its right ending")
    manifest = _xml(name, package, "META-INF/manifest.xml")
    if manifest is not None and any(local(one.tag) == "encryption-data" for one in manifest.iter("*")):
        raise CoursepackError("encrypted with a password", Place(name), "save it without a password")
    return package


def _xml(name: str, package: Package, member: str) -> Element | None:
    if member not in package:
        return None
    try:
        return package.xml(member, keep="word-marks")
    except XmlError as problem:
        place = Place(name, problem.line, problem.line, member=member)
        raise CoursepackError(f"not well-formed XML: {problem}", place, "save it again in LibreOffice") from None


def _find(package: Package, address: str, limit: str) -> tuple[bytes | None, str]:
    member = posixpath.normpath(unquote(address))
    if member not in package:
        return None, "the file does not hold"
    if package.size(member) > limits.of(limit):
        return None, f"is larger than {limits.of(limit)} bytes; {limits.raised(limit)}"
    return package.read(member), ""


def _inside(name: str, package: Package, address: str) -> Element | None:
    """What an object holds (10.4.6): a formula is a ``math`` element."""
    return _xml(name, package, posixpath.join(posixpath.normpath(unquote(address)), "content.xml"))


def _properties(name: str, package: Package) -> dict[str, str]:
    root = _xml(name, package, "meta.xml")
    found: dict[str, str] = {}
    for element in () if root is None else root.iter("*"):
        key, text = _PROPERTIES.get(local(element.tag)), " ".join(all_text(element).split())
        if key and text:
            found.setdefault(key, text)
    return found


def _read(file: File) -> Document:
    return read(file.name, file.data)


reader = Reader(read=_read)
