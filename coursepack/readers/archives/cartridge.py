"""A Common Cartridge (.imscc; 1.0 to 1.4, Canvas' exports among them) → a folder: a page a module, files, questions.

What is read: the organisation with its web content, links, discussions and assignments, questions (``qti``), pages and
documents that stand beside it. What is for teachers alone is passed over; tools and other kinds are named. Source: IMS
Common Cartridge Profile 1.3.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

from lxml import etree

from coursepack import names, readers
from coursepack.files import unpacked
from coursepack.files.media import KINDS
from coursepack.files.member import Member
from coursepack.files.package import Package
from coursepack.files.unpacked import OmittedMember, Titled
from coursepack.files.xml import XmlError
from coursepack.place import CoursepackError, Place
from coursepack.readers.archives import moodle_xml, qti
from coursepack.readers.archives.pages import MemberNames, RestoredPage
from coursepack.readers.html.page import tree
from coursepack.readers.html.tree import Element as Tree
from coursepack.readers.inline import local

Element = etree._Element
MANIFEST = "imsmanifest.xml"
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_BASE = re.compile(r"\$IMS-CC-FILEBASE\$/?")
_REFERENCE = re.compile(r"\$[A-Z_-]+\$")
_RESOURCES = "web_resources"
"""Where Canvas keeps what it calls the base of files."""


@dataclass(frozen=True)
class _Resource:
    """A resource of the manifest: kind without its version, the file that opens it, whether teachers alone see it, and
    the resources that say the same otherwise."""

    kind: str
    file: str
    teacher: bool
    variants: tuple[str, ...]


def open_cartridge(package: Package) -> Iterator[Member | OmittedMember | Titled]:
    """The folder of a cartridge. Raises ``CoursepackError``: a package of another kind, a damaged one."""
    if MANIFEST not in package:
        raise CoursepackError(f"no {MANIFEST} in it, expected a cartridge", Place(package.name))
    result = _Cartridge(package)
    if not result.is_cartridge:
        message = "a package of another kind (SCORM), whose pages are parts of a program"
        raise CoursepackError(message, Place(package.name), "export the course as a Common Cartridge")
    return result.contents()


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element.iterchildren("*") if local(child.tag) == name)


def _all(element: Element, name: str) -> Iterator[Element]:
    return (each for each in element.iter("*") if local(each.tag) == name)


def _text(element: Element | None) -> str:
    return "" if element is None else "".join(map(str, element.itertext())).strip()


class _Cartridge:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.root = self.document(MANIFEST)
        self.resources = {each.get("identifier", ""): self._resource(each) for each in _all(self.root, "resource")}
        self.names = MemberNames()
        self.done: set[str] = set()
        """Members that came into the folder."""
        self.banks: list[str] = []

    def document(self, member: str) -> Element:
        try:
            return self.package.xml(member, keep="xml-marks")
        except XmlError as problem:
            raise CoursepackError(f"not well-formed XML: {problem}", self.package.place(member)) from None
        except KeyError:
            raise CoursepackError("is not in the cartridge", self.package.place(member)) from None

    @property
    def is_cartridge(self) -> bool:
        schema = next((_text(each) for each in _all(self.root, "schema")), "")
        return "cartridge" in schema.lower() or "imscc" in str(self.root.tag)

    def _resource(self, element: Element) -> _Resource:
        kind = re.sub(r"_xmlv\dp\d", "", element.get("type", ""))
        files = [each.get("href", "") for each in _children(element, "file")]
        href = element.get("href") or next(iter(files), "")
        roles = {_text(value).lower() for role in _all(element, "intendedEndUserRole") for value in _all(role, "value")}
        teacher = element.get("intendeduse") == "lessonplan" or (bool(roles) and not roles & {"learner", "student"})
        variants = tuple(each.get("identifierref", "") for each in _all(element, "variant"))
        return _Resource(kind, posixpath.normpath(unquote(href)) if href else "", teacher, variants)

    def contents(self) -> Iterator[Member | OmittedMember | Titled]:
        metadata = next(_children(self.root, "metadata"), self.root)
        general = next(_all(metadata, "general"), metadata)
        yield Titled(" ".join(next((_text(each) for each in _all(general, "title")), "").split()))
        for number, (module, items) in enumerate(self._modules(), 1):
            yield from _Module(self, number, _title(module)).contents(module, items)
        yield from self._beside()
        banks = []
        for file in [*self.banks, *self._canvas_banks()]:
            try:
                root = self.document(file)
            except CoursepackError as problem:
                yield OmittedMember(names.file_name(file), problem.message, problem.advice)
                continue
            if next(_all(root, "item"), None) is None:
                # A file of questions without one would stop the build of everything else.
                title = qti.title(root) or file
                yield OmittedMember(
                    names.file_name(title.replace("/", " ")[:80], "item"), "holds no question", "", "other"
                )
            else:
                banks.append((file, root))
        if banks:
            yield Member(moodle_xml.FILE, partial(self._questions, banks))

    def _modules(self) -> Iterator[tuple[Element, list[Element]]]:
        """Each module and its items; what stands in none is one of its own, at the end."""
        top = next(_all(self.root, "organization"), self.root)
        only = list(_children(top, "item"))
        rest = []
        for item in [child for one in only for child in _children(one, "item")] or only:
            inner = list(_children(item, "item"))
            if inner:
                yield item, inner
            else:
                rest.append(item)
        if rest:
            yield etree.Element("item"), rest

    def _beside(self) -> Iterator[Member | OmittedMember]:
        """Pages, documents and questions that the organisation does not name."""
        number = 0
        for identifier, resource in self.resources.items():
            file = resource.file
            if "imsqti" in resource.kind and file in self.package and file not in self.done:
                self.bank(identifier, file)
            if file in self.done or file not in self.package or resource.kind != "webcontent" or resource.teacher:
                continue
            if any(each in self.resources and self.resources[each].file in self.done for each in resource.variants):
                continue
            self.done.add(file)
            if Path(file).suffix.lower() in _PAGES:
                number += 1
                yield from _Module(self, number, Path(file).stem, "p").page_alone(file)
            elif _is_document(file):
                yield Member(self.names.free(*posixpath.splitext(f"files/{names.file_name(file)}")), self.chunks(file))
            else:
                yield OmittedMember(f"files/{names.file_name(file)}", "a file that no page shows", "", "other")

    def chunks(self, member: str) -> partial[Iterator[bytes]]:
        return partial(self.package.chunks, member)

    # --- questions

    def _canvas_banks(self) -> list[str]:
        """Question banks that Canvas keeps beside those of the profile."""
        return [name for name in self.package.names() if name.endswith(".xml.qti") and name not in self.banks]

    def bank(self, identifier: str, file: str) -> None:
        """An assessment; Canvas' own form of it says more than that of the profile, if it holds as many questions."""
        own = f"non_cc_assessments/{identifier}.xml.qti"
        fuller = own in self.package and self._asked(own) >= self._asked(file)
        self.banks.append(own if fuller else file)

    def _asked(self, file: str) -> int:
        """How many questions a file of questions holds; none where it cannot be read, which is reported when it is."""
        try:
            return sum(1 for _ in _all(self.document(file), "item"))
        except CoursepackError:
            return 0

    def _questions(self, banks: list[tuple[str, Element]]) -> Iterator[bytes]:
        yield qti.BEGIN
        for file, root in banks:
            yield from qti.questions(self.package, root, qti.title(root), partial(self.member, file))
        yield qti.END

    # --- addresses

    def member(self, at: str, address: str) -> str | None:
        """The member that an address in another means."""
        plain = unquote(unquote(address).partition("?")[0].partition("#")[0])
        if "://" in plain or plain.startswith(("data:", "mailto:")):
            return None
        path = _BASE.sub("", plain)
        ways = (f"{_RESOURCES}/{path}", path) if path != plain else (posixpath.join(posixpath.dirname(at), path), path)
        found = (posixpath.normpath(way) for way in ways if path)
        return next((way for way in found if way in self.package), None)


def _title(item: Element) -> str:
    return " ".join(_text(next(_children(item, "title"), None)).split())


def _is_document(file: str) -> bool:
    return Path(file).suffix.lower() in readers.endings() or unpacked.is_archive(file)


class _Module:
    """A module on its way into a page and the files that stand in its folder."""

    def __init__(self, cartridge: _Cartridge, number: int, title: str, letter: str = "s") -> None:
        self.cartridge = cartridge
        self.package = cartridge.package
        self.stem = cartridge.names.name(letter, number, title)
        self.page = RestoredPage(title)
        self.out: list[Member | OmittedMember] = []
        self._names = MemberNames()
        self._written: dict[str, str] = {}

    def contents(self, module: Element, items: list[Element]) -> Iterator[Member | OmittedMember]:
        self.page.heading(1, _title(module))
        if module.get("identifierref"):
            self._one(module, 2)
        for item in items:
            self._item(item, 2)
        return self._all()

    def page_alone(self, file: str) -> Iterator[Member | OmittedMember]:
        try:
            self._page(file, "", 1)
        except CoursepackError as problem:
            self.out.append(OmittedMember(f"{self.stem}.html", problem.message, problem.advice))
        return self._all()

    def _all(self) -> Iterator[Member | OmittedMember]:
        if self.page.filled:
            yield self.page.member(f"{self.stem}.html")
        yield from self.out

    def _item(self, item: Element, level: int) -> None:
        self._one(item, level)
        for child in _children(item, "item"):
            self._item(child, level + 1)

    def _one(self, item: Element, level: int) -> None:
        title = _title(item)
        reference = item.get("identifierref", "")
        resource = self.cartridge.resources.get(reference)
        if resource is None:
            self.page.heading(level, title)
        elif resource.teacher and "imsqti" not in resource.kind:
            self._left(title, "for teachers only", "other")
        else:
            try:
                self._resource(reference, resource, title, level)
            except CoursepackError as problem:
                name = f"{self.stem}/{names.file_name(title.replace('/', ' ')[:80], 'item')}"
                self.out.append(OmittedMember(name, problem.message, problem.advice))

    def _left(self, title: str, why: str, fate: str) -> None:
        name = f"{self.stem}/{names.file_name(title.replace('/', ' ')[:80], 'item')}"
        self.out.append(OmittedMember(name, why, "", "other" if fate == "other" else "unread"))

    def _resource(self, identifier: str, resource: _Resource, title: str, level: int) -> None:
        file, kind = resource.file, resource.kind
        self.cartridge.done.add(file)
        if file not in self.package:
            self.out.append(
                OmittedMember(f"{self.stem}/{names.file_name(file or title, 'item')}", "not in the cartridge")
            )
        elif "imsqti" in kind:
            self.cartridge.bank(identifier, file)
        elif kind == "imswl":
            self._link(file, title)
        elif kind in {"imsdt", "assignment"}:
            self._described(file, title, level)
        elif Path(file).suffix.lower() in _PAGES:
            self._page(file, title, level)
        elif kind == "webcontent" or not kind.startswith("ims"):
            self._file(file, title)
        else:
            self._left(title, f"a resource that is not read ({kind[:60]})", "unread")

    # --- kinds of resources

    def _link(self, file: str, title: str) -> None:
        root = self.cartridge.document(file)
        address = next((each.get("href", "") for each in _all(root, "url")), "")
        if address:
            self.page.link(address, title or _text(next(_children(root, "title"), None)) or address)

    def _described(self, file: str, title: str, level: int) -> None:
        root = self.cartridge.document(file)
        text = next(_children(root, "text"), None)
        self.page.heading(level, title or _text(next(_children(root, "title"), None)))
        if text is not None and text.get("texttype") == KINDS["text"].type:
            self.page.text(_text(text))
        elif text is not None:
            self.page.markup(_text(text), partial(self._find, file), level)

    def _page(self, file: str, title: str, level: int) -> None:
        root = tree(file, self.package.read(file))
        body = next(root.iter("body"), root)
        stated = title or _text(next(root.iter("title"), None))
        self.page.heading(level, stated)
        _without_title(body, stated)
        self.page.tree(body, partial(self._find, file), level)

    def _file(self, file: str, title: str) -> None:
        address = self._address(file)
        if address:
            self.page.link(address, title or file.rpartition("/")[2])

    def _find(self, at: str, address: str) -> str | None:
        found = self.cartridge.member(at, address)
        if found is None:
            return None if _REFERENCE.search(unquote(address)) else address
        return None if Path(found).suffix.lower() in _PAGES else self._address(found)

    def _address(self, member: str) -> str | None:
        """Where a file of the cartridge lies beside the page; None for a document, which is a source of its own."""
        self.cartridge.done.add(member)
        if member not in self._written:
            stem, ending = posixpath.splitext(names.file_name(member))
            folder = self.stem if _is_document(member) else f"{self.stem}_files"
            self._written[member] = f"{folder}/{self._names.free(stem, ending)}"
            self.out.append(Member(self._written[member], self.cartridge.chunks(member)))
        return None if _is_document(member) else quote(self._written[member])


def _without_title(body: Tree, title: str) -> None:
    """A page that begins with its title says it once."""
    first = next(body.iter("h1", "h2", "h3"), None)
    if first is not None and " ".join(_text(first).split()).casefold() == title.casefold():
        first.tag = "div"
        first.text, first[:] = None, []
