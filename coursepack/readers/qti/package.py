"""Where items are: alone in a file, in a package with a manifest, in the banks of a cartridge; in their order.

Items of QTI 1.2 stream, however many a document holds; of QTI 2 and 3 each is a document of its own, read when it is
its turn. The order is that of the tests, then that of the manifest.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from lxml import etree

from coursepack.files.package import Package
from coursepack.files.xml import Metered, XmlError
from coursepack.place import CoursepackError, Place, warning
from coursepack.readers.inline import local
from coursepack.readers.qti import manifest, tree
from coursepack.readers.qti.texts import PackageFiles
from coursepack.readers.streams import ReadingSession, line_of

Element = etree._Element
MANIFEST = "imsmanifest.xml"
ROOTS = frozenset({"questestinterop", "assessmentItem", "assessmentTest", "assessmentSection"})
"""Roots of documents with questions, by the names of QTI 2."""
_ENDINGS = (".xml", ".qti", ".dat")
_HEAD = 1 << 14
_CANVAS = "non_cc_assessments/"
_DECEIT = frozenset({"container-overlap", "container-bomb"})
_TEACHERS = frozenset({"scorer", "tutor", "author", "testConstructor", "proctor"})


@dataclass(frozen=True)
class LocatedItem:
    """An item (``tree.plain``), where it is, and what stands around it. ``version``: 1 or 2 (3 reads as 2)."""

    root: Element
    version: int
    files: PackageFiles
    place: Place
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    weight: float = 1.0
    number: str = ""


@dataclass
class ItemFile:
    """All items of a file."""

    path: Path
    package: Package
    seen: set[str] = field(default_factory=set)
    absent: list[str] = field(default_factory=list)
    roots: dict[str, str] = field(default_factory=dict)
    """What the roots of members are called, as far as it was asked."""

    @classmethod
    def of(cls, path: Path) -> ItemFile:
        """Raises ``CoursepackError``: no such file, or an archive that is not believed."""
        package = Package.of_path(path.parent if path.name == MANIFEST else path)
        for problem in package.problems:
            if not package.entries or problem.code in _DECEIT:
                raise CoursepackError(problem.message, Place(path.name), problem.advice)
        return cls(path, package)

    # --- documents

    @cached_property
    def manifests(self) -> list[str]:
        """The manifests, one that lies in the folder of another is its part."""
        if self.package.container == "file":
            return []
        found = [name for name in self.package.names() if posixpath.basename(name) == MANIFEST]
        found.sort(key=lambda name: (name.count("/"), name))
        kept: list[str] = []
        for name in found:
            if not any(name.startswith(_folder(other)) for other in kept):
                kept.append(name)
        return kept

    def root_of(self, member: str) -> str:
        """What the root of a member is called; empty for what cannot be read."""
        if member not in self.roots:
            try:
                with self.package.open(member) as file:
                    self.roots[member] = tree.root_name(file.read(_HEAD))
            except (CoursepackError, OSError, ValueError, NotImplementedError, KeyError):
                self.roots[member] = ""
        return self.roots[member]

    def listed(self, session: ReadingSession | None = None) -> list[manifest.QtiResource]:
        """The documents with questions in the order of the manifests, or of the archive where there is none."""
        manifests = self.manifests
        found: list[manifest.QtiResource] = []
        for name in manifests:
            try:
                root = tree.plain(self.package.xml(name, change=tree.without_doctype))
            except (XmlError, CoursepackError) as problem:
                if session is not None:
                    session.tell(warning("qti-manifest", f"is not read: {problem}", self.package.place(name)))
                continue
            found += self._of_manifest(root, posixpath.dirname(name))
            self.absent += [
                each.member for each in manifest.resources(root, posixpath.dirname(name)) if self._is_absent(each)
            ]
        if not found:
            found = [manifest.QtiResource("", "", name) for name in self.package.names() if self._may_ask(name)]
        return [each for each in found if self.root_of(each.member) in ROOTS]

    def _is_absent(self, resource: manifest.QtiResource) -> bool:
        return resource.is_qti and resource.member not in self.package

    def _may_ask(self, name: str) -> bool:
        return self.package.container == "file" or (
            name.lower().endswith(_ENDINGS) and posixpath.basename(name) != MANIFEST
        )

    def _of_manifest(self, root: Element, folder: str) -> list[manifest.QtiResource]:
        every = [each for each in manifest.resources(root, folder) if each.member in self.package]
        asking = [each for each in every if each.is_qti or each.member.lower().endswith(_ENDINGS)]
        own = [
            name for name in self.package.names() if name.endswith(".xml.qti") and name.startswith(_folder(folder, "/"))
        ]
        result: dict[str, manifest.QtiResource] = {}
        for each in asking:
            fuller = posixpath.join(folder, f"{_CANVAS}{each.ident}.xml.qti")
            if fuller in own and self._count(fuller) >= self._count(each.member):
                each = replace(each, member=fuller)  # noqa: PLW2901 - the same resource in fuller words
            result.setdefault(each.member, each)
        twins = {posixpath.join(folder, f"{_CANVAS}{each.ident}.xml.qti") for each in asking}
        for name in own:
            if name not in twins:
                result.setdefault(name, manifest.QtiResource("", "imsqti", name))
        return list(result.values())

    def _count(self, member: str) -> int:
        """Items of a document of QTI 1.2, reported without parsing it."""
        try:
            return self.package.read(member).count(b"<item ")
        except CoursepackError:
            return 0

    # --- items

    def items(self, session: ReadingSession) -> Iterator[LocatedItem]:
        """All items; what cannot be read is reported to the session."""
        self.seen.clear()
        self.absent.clear()
        for problem in self.package.problems:
            session.tell(warning("qti-container", problem.message, problem.place, problem.advice))
        listed = self.listed(session)
        tags = {each.member: each.tags for each in listed}
        roots = {each.member: self.root_of(each.member) for each in listed}
        tests = [name for name, root in roots.items() if root == "assessmentTest"]
        for member in tests:
            yield from _Test(self, session, tags, alone=len(tests) == 1).items(member)
        for member, root in roots.items():
            if root == "questestinterop":
                yield from self._old(session, member, tags[member])
            elif root == "assessmentItem" and member not in self.seen:
                yield from self.item(session, member, (), tags[member])
            elif root == "assessmentSection" and member not in self.seen:
                yield from _Test(self, session, tags).section(member, ())
        # What a test asks for it misses itself.
        for member in dict.fromkeys(() if tests else self.absent):
            session.tell(_error("is listed but missing from the package", self.place(member)))
        self._report_unlisted(session, set(roots))

    def _report_unlisted(self, session: ReadingSession, listed: set[str]) -> None:
        """Items that lie in the package and that neither its manifest nor a test names."""
        for name in self.package.names():
            new = name not in listed and name not in self.seen and name.lower().endswith(".xml")
            if new and self.root_of(name) == "assessmentItem":
                message = "an item that the manifest does not name: left out"
                session.tell(warning("qti-unlisted", message, self.place(name), "add it to the manifest"))

    def files(self, member: str) -> PackageFiles:
        alone = self.package.container == "file"
        root = (
            "" if alone else next((posixpath.dirname(m) for m in self.manifests if member.startswith(_folder(m))), "")
        )
        return PackageFiles(
            self.package, "" if alone else posixpath.dirname(member), root, self.path.parent if alone else None
        )

    def place(self, member: str, element: Element | None = None) -> Place:
        line = 0 if element is None else line_of(element)
        return Place(self.path.name, line, line, member=None if self.package.container == "file" else member)

    def document(self, session: ReadingSession, member: str) -> Element | None:
        """The root of a member, reported where there is none."""
        try:
            return tree.plain(self.package.xml(member, change=tree.without_doctype))
        except XmlError as problem:
            place = Place(self.path.name, problem.line, problem.line, member=self.place(member).member)
            session.tell(_error(f"not well-formed XML: {problem}", place))
        except CoursepackError as problem:
            session.tell(_error(problem.message, self.place(member)))
        except KeyError:
            session.tell(_error("is listed but missing from the package", self.place(member)))
        return None

    def item(
        self,
        session: ReadingSession,
        member: str,
        category: tuple[str, ...],
        tags: tuple[str, ...],
        weight: float = 1.0,
    ) -> Iterator[LocatedItem]:
        self.seen.add(member)
        root = self.document(session, member)
        if root is None:
            return
        if root.tag != "assessmentItem":
            session.tell(_error(f"<{str(root.tag)[:40]}>, expected an item", self.place(member)))
            return
        yield LocatedItem(root, 2, self.files(member), self.place(member, root), category, tags, weight)

    def _old(self, session: ReadingSession, member: str, tags: tuple[str, ...]) -> Iterator[LocatedItem]:
        """The items of a document of QTI 1.2, each let go when the next is asked for."""
        files = self.files(member)
        try:
            with self.package.open(member) as file:
                for root, category in _Old(session, tree.stream(file), self.place(member)).items():
                    yield LocatedItem(root, 1, files, self.place(member, root), category, tags)
        except etree.XMLSyntaxError as problem:
            line = problem.lineno or 0
            place = Place(self.path.name, line, line, member=self.place(member).member)
            session.tell(_error(f"not well-formed XML: {problem.msg or 'the file ends too early'}", place))
        except (XmlError, CoursepackError) as problem:
            session.tell(_error(str(problem), self.place(member)))


def _error(message: str, place: Place) -> Any:
    from coursepack.place import error

    return error("qti-document", message, place, "export it again")


def _folder(member: str, end: str = "") -> str:
    """The folder of a member with its slash; empty at the top."""
    folder = member if end else posixpath.dirname(member)
    return f"{folder}/" if folder else ""


class _Test:
    """The items of a test of QTI 2 or 3 in their order, their categories its sections."""

    def __init__(
        self, source: ItemFile, session: ReadingSession, tags: dict[str, tuple[str, ...]], *, alone: bool = False
    ) -> None:
        self.alone = alone
        self.title: tuple[str, ...] = ()
        self.source = source
        self.session = session
        self.tags = tags
        self.open: list[str] = []

    def items(self, member: str) -> Iterator[LocatedItem]:
        root = self.source.document(self.session, member)
        if root is None:
            return
        title = " ".join((root.get("title") or "").split())
        if any(True for _ in root.iter("testFeedback")):
            self.session.lost["what a test says at its end (testFeedback)"] += 1
        parts = list(root.iterchildren("testPart"))
        self.title = (title,) if title else ()
        for part in parts:
            yield from self._inside(part, member, self.title)

    def section(self, member: str, path: tuple[str, ...]) -> Iterator[LocatedItem]:
        self.source.seen.add(member)
        root = self.source.document(self.session, member)
        if root is not None:
            yield from self._section(root, member, path)

    def _inside(self, parent: Element, member: str, path: tuple[str, ...]) -> Iterator[LocatedItem]:
        for child in parent.iterchildren("*"):
            match child.tag:
                case "assessmentSection":
                    yield from self._section(child, member, path)
                case "assessmentSectionRef":
                    yield from self._referred(child, member, path)
                case "assessmentItemRef":
                    yield from self._item(child, member, path)
                case "selection":
                    self.session.lost["a section of which some items are drawn: all are read"] += 1
                case "rubricBlock":
                    yield from self._rubric(child, member, path)

    def _section(self, section: Element, member: str, path: tuple[str, ...]) -> Iterator[LocatedItem]:
        title = " ".join(section.get("title", "").split())
        # Of a package with one test its title says no more than the name of the file.
        path = () if self.alone and title and path == self.title else path
        own = (*path, title) if title and title not in path and section.get("visible", "true") != "false" else path
        yield from self._inside(section, member, own)

    def _referred(self, reference: Element, member: str, path: tuple[str, ...]) -> Iterator[LocatedItem]:
        found = self.source.files(member).find(reference.get("href", ""))
        if found is None or found in self.open:
            message = f"the section {reference.get('href', '')[:80]!r} is not in the package"
            self.session.tell(_error(message, self.source.place(member, reference)))
            return
        self.open.append(found)
        yield from self.section(found, path)
        self.open.pop()

    def _item(self, reference: Element, member: str, path: tuple[str, ...]) -> Iterator[LocatedItem]:
        href = reference.get("href", "")
        found = self.source.files(member).find(href)
        if found is None:
            message = f"the item {href[:80]!r} is not in the package"
            self.session.tell(_error(message, self.source.place(member, reference)))
        elif found in self.source.seen:
            self.session.noted["an item that a test names again"] += 1
        else:
            weights = [each.get("value", "") for each in reference.iterchildren("weight")]
            weight = _weight(weights[0]) if len(weights) == 1 else 1.0
            yield from self.source.item(self.session, found, path, self.tags.get(found, ()), weight)

    def _rubric(self, rubric: Element, member: str, path: tuple[str, ...]) -> Iterator[LocatedItem]:
        """What a section says above its items: an item that asks nothing."""
        views = set(rubric.get("view", "").split())
        if (views and views <= _TEACHERS) or not (tree.words(rubric) or rubric.find(".//img") is not None):
            return
        root = etree.Element("assessmentItem", identifier="", title="")
        body = etree.SubElement(root, "itemBody")
        place = self.source.place(member, rubric)
        body[:] = list(rubric)
        body.text = rubric.text
        yield LocatedItem(root, 2, self.source.files(member), place, path)


def _weight(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return 1.0
    return found if 0 <= found < 1e6 else 1.0


_LOOKED_AT = tuple(
    f"{{*}}{name}"
    for name in (
        "questestinterop",
        "assessment",
        "section",
        "objectbank",
        "item",
        "qtimetadata",
        "rubric",
        "presentation_material",
    )
)


class _Old:
    """A document of QTI 1.2, read piece by piece."""

    def __init__(self, session: ReadingSession, file: Any, place: Place) -> None:
        self.session = session
        self.file = file
        self.place = place
        self.titles: list[str] = []

    def items(self) -> Iterator[tuple[Element, tuple[str, ...]]]:
        metered: Any = Metered(self.file)
        steps = etree.iterparse(
            metered,
            events=("start", "end"),
            tag=_LOOKED_AT,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
        )
        inside = 0
        first = True
        for event, element in steps:
            name = local(element.tag)
            if first:
                first = False
                if element.getroottree().docinfo.doctype:
                    raise XmlError("a DOCTYPE is not accepted (no DTD, no entities)")
            if name == "item":
                inside += 1 if event == "start" else -1
                if event == "end" and not inside:
                    yield tree.plain(_apart(element)), self._category()
                    _let_go(element)
                    metered.forget()
            elif not inside:
                self._around(event, name, element)

    def _category(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(title for title in self.titles if title))

    def _around(self, event: str, name: str, element: Element) -> None:
        if name in {"assessment", "section", "objectbank"}:
            if event == "start":
                title = " ".join(element.get("title", "").split())
                self.titles.append("" if title == "root_section" else title)
            else:
                self.titles.pop()
                _let_go(element)
        elif event == "end" and name == "qtimetadata" and self.titles:
            for each in element.iterchildren("*"):
                parts = {local(part.tag): " ".join((part.text or "").split()) for part in each.iterchildren("*")}
                if parts.get("fieldlabel") == "bank_title":
                    self.titles[-1] = self.titles[-1] or parts.get("fieldentry", "")
        elif event == "end" and name in {"rubric", "presentation_material"} and tree.words(element):
            self.session.lost["a text above the items of a section"] += 1


def _apart(element: Element) -> Element:
    element.tail = None
    return element


def _let_go(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
