"""A backup of a Moodle course (.mbz, Moodle 2.0 to 5) → a folder: a page a section, its files, the question bank.

What is read: summaries of sections, labels, pages, books, lessons, addresses, glossaries, what an assignment, a forum
or a quiz says of itself, files and folders, all questions of the bank. What users did is never looked at, what is
hidden from students is passed over, every activity of another kind is named. Source: Moodle 4.5, ``mod/*/backup``.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, partial
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

from lxml import etree

from coursepack import languages, names, readers
from coursepack.files import unpacked
from coursepack.files.member import Member
from coursepack.files.package import Package
from coursepack.files.unpacked import OmittedMember, Titled
from coursepack.files.xml import XmlError
from coursepack.languages import catalogues
from coursepack.place import CoursepackError, Place
from coursepack.readers.archives import bank
from coursepack.readers.archives.pages import MemberNames, RestoredPage
from coursepack.text.scripts import FOLDED

Element = etree._Element
_TAG = re.compile(r"<[^<>]*>")
_TEXTS = frozenset({"page", "book", "lesson"})
_READING = languages.expression(r"(?<![^\W\d_])@file-reading@")
_NULL = "$@NULL@$"
_OF_USERS = (
    "attempt", "grade_grade", "submission", "sco_track", "discussion", "user_attempt", "response", "record", "session",
)  # fmt: skip
_PLAIN, _MARKDOWN = "2", "4"
_PLUGIN_FILE = re.compile(r"@@PLUGINFILE@@(/[^?#]*)")
_COURSE_FILE = re.compile(r"\$@FILEPHP@\$(/[^?#]*)")
_INSIDE = re.compile(r"\$@[A-Z]+(?:\*\d+)*@\$")
_QUESTION_PAGES = frozenset({"1", "2", "3", "5", "8", "10"})
"""Kinds of a lesson's pages that ask something (``mod/lesson/pagetypes``)."""
_REPORTED = (
    "To read: the text of the lecture.",
    "To read: the text of the lecture in {number} chapters.",
    "To read beside the lectures.",
    "What the course is about, its plan week by week, and how it is marked.",
    "Terms of the course: {number}.",
)
"""What our own backups say of a page, a book, a glossary, in the words of the course's language (``backup.po``)."""
_BEFORE = "Introduction"
"""What our own books call what stands before their first heading."""


@dataclass(frozen=True)
class Area:
    """Where files of a text lie (Moodle's file API)."""

    context: str
    component: str
    area: str
    item: str = "0"


Files = dict[str, str]
"""Path in an area, from ``/`` on → SHA-1 of the content."""


def text(element: Element, path: str) -> str:
    """The text of a leaf; empty when it is absent or NULL."""
    found = (element.findtext(path) or "").strip()
    return "" if found == _NULL else found


@dataclass(frozen=True)
class _Activity:
    """An activity: kind, number of its course module, its own XML below ``<activity>``, the context of its files,
    whether students see it, what it is called, and why it cannot be read."""

    kind: str
    module: str
    own: Element
    context: str
    shown: bool = True
    title: str = ""
    problem: CoursepackError | None = None


@dataclass
class _Section:
    number: int
    element: Element
    activities: list[_Activity] = field(default_factory=list)


def open_backup(package: Package) -> Iterator[Member | OmittedMember | Titled]:
    """The folder of a backup. Raises ``CoursepackError``: no backup of a course, a damaged one, one of Moodle 1.9."""
    if "moodle_backup.xml" not in package:
        old = "moodle.xml" in package
        message = "a backup of Moodle 1.9, which is not read" if old else "no backup of a Moodle course"
        raise CoursepackError(
            message, Place(package.name), "restore it in Moodle and create a new backup" if old else ""
        )
    return _Backup(package).contents()


def open_bank(package: Package) -> Iterator[Member]:
    """The question bank of a backup alone. Raises ``CoursepackError`` as ``open_backup`` does."""
    if "moodle_backup.xml" not in package:
        raise CoursepackError("no backup of a Moodle course", Place(package.name))
    result = _Backup(package)
    return bank.members(result.document("questions.xml"), result.attached) if "questions.xml" in package else iter(())


class _Backup:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = self.document("moodle_backup.xml")
        self.files = self._pool()
        self.names = MemberNames()
        self.brought: set[str] = set()
        """Contents of files that came into the folder."""
        self.course = self.document("course/course.xml") if "course/course.xml" in package else None

    @property
    def title(self) -> str:
        return "" if self.course is None else " ".join(text(self.course, "fullname").split())

    def document(self, member: str) -> Element:
        try:
            return self.package.xml(member, keep="xml-marks", emptied=_OF_USERS)
        except XmlError as problem:
            raise CoursepackError(f"not well-formed XML: {problem}", self.package.place(member)) from None
        except KeyError:
            raise CoursepackError("is not in the backup", self.package.place(member)) from None

    def _pool(self) -> dict[Area, Files]:
        found: dict[Area, Files] = defaultdict(dict)
        if "files.xml" not in self.package:
            return found
        for file in self.document("files.xml").iterfind("file"):
            name, digest = text(file, "filename"), text(file, "contenthash")
            if name != "." and re.fullmatch("[0-9a-f]{40}", digest):
                area = Area(*(text(file, leaf) for leaf in ("contextid", "component", "filearea", "itemid")))
                found[area][text(file, "filepath") + name] = digest
        return found

    def contents(self) -> Iterator[Member | OmittedMember | Titled]:
        yield Titled(self.title)
        for section in self._sections():
            if not _is_shelf(section):
                yield from _SectionPage(self, section).contents()
                continue
            yield from _SectionPage(self, replace(section, activities=[])).contents()
            for activity in section.activities:
                yield from _SectionPage(self, replace(section, activities=[activity]), activity.title).contents()
        yield from self._beside()
        if "questions.xml" in self.package:
            yield from bank.members(self.document("questions.xml"), self.attached)

    def _beside(self) -> Iterator[Member | OmittedMember]:
        """Files of the whole course that nothing shows: documents come, too, the others are named."""
        own = MemberNames()
        for path, digest in sorted(self.course_files().items()):
            content = None if digest in self.brought else self.content(digest)
            name = posixpath.join("files", *(names.file_name(part) for part in path[1:].split("/")))
            if content is not None and _is_document(path):
                yield Member(own.free(*posixpath.splitext(name)), content)
            elif content is not None:
                yield OmittedMember(name, "a file that no page shows", "", "other")

    def content(self, digest: str) -> Callable[[], Iterator[bytes]] | None:
        """A file of the pool, if the backup holds it."""
        member = f"files/{digest[:2]}/{digest}"
        return partial(self.package.chunks, member) if member in self.package else None

    def attached(self, area: bank.Area) -> dict[str, Callable[[], Iterator[bytes]]]:
        """The files of a text of a question: path → content."""
        files = self.files.get(Area(*area), {})
        found = {path: self.content(digest) for path, digest in files.items()}
        return {path: content for path, content in found.items() if content}

    # --- its parts

    def _sections(self) -> list[_Section]:
        found: dict[str, _Section] = {}
        folders = (text(each, "directory") for each in self.main.iterfind("information/contents/sections/section"))
        for place, folder in enumerate(folders):
            element = self.document(f"{folder}/section.xml")
            stated = text(element, "number")
            found[element.get("id", "")] = _Section(int(stated) if stated.isdecimal() else place, element)
        alone = _Section(0, etree.Element("section"))
        for activity in self.main.iterfind("information/contents/activities/activity"):
            result = self._activity(activity)
            found.get(text(activity, "sectionid"), alone).activities.append(result)
        sections = [*found.values(), *([alone] if alone.activities else [])]
        for section in sections:
            order = {module: at for at, module in enumerate(text(section.element, "sequence").split(","))}
            section.activities.sort(key=lambda each: order.get(each.module, len(order)))
        return sorted(sections, key=lambda section: section.number)

    def _activity(self, listed: Element) -> _Activity:
        folder, kind, module = (text(listed, leaf) for leaf in ("directory", "modulename", "moduleid"))
        title = " ".join(text(listed, "title").split())
        if kind not in _READ:
            return _Activity(kind, module, etree.Element("activity"), "", title=title)
        try:
            root = self.document(f"{folder}/{kind}.xml")
            settings = f"{folder}/module.xml"
            shown = settings not in self.package or text(self.document(settings), "visible") != "0"
        except CoursepackError as problem:
            return _Activity(kind, module, etree.Element("activity"), "", title=title, problem=problem)
        own = next((child for child in root if child.tag == kind), root)
        return _Activity(kind, module, own, root.get("contextid", ""), shown, text(own, "name") or title)

    def course_files(self) -> Files:
        """Files of the whole course, as Moodle 1.9 kept them."""
        context = "" if self.course is None else self.course.get("contextid", "")
        return self.files.get(Area(context, "course", "legacy"), {})


class _SectionPage:
    """A section on its way into a page and the files that stand in its folder; with ``alone`` one of its activities,
    which is a document under that title."""

    def __init__(self, backup: _Backup, section: _Section, alone: str = "") -> None:
        self.backup = backup
        self.section = section
        name = text(section.element, "name")
        if not section.number:
            name = name or backup.title
        self.stem = backup.names.name("s", section.number, name if section.number else f"reading {name}")
        self.page = RestoredPage(alone or name)
        self.level = 1 if alone else 2
        if not alone:
            self.page.heading(1, name)
        self.out: list[Member | OmittedMember] = []
        self.areas = 0
        self._written: dict[tuple[str, str], str] = {}
        self._names = MemberNames()

    def contents(self) -> list[Member | OmittedMember]:
        element = self.section.element
        course = self.backup.course
        if not self.section.number and course is not None:
            self.markup(course, "summary", Area(course.get("contextid", ""), "course", "summary"), 1)
        context = "" if course is None else course.get("contextid", "")
        if self.level > 1:
            self.markup(element, "summary", Area(context, "course", "section", element.get("id", "")), 1)
        if text(element, "visible") == "0":
            return [self._hidden(activity.title) for activity in self.section.activities]
        for activity in self.section.activities:
            self._activity(activity)
        return [self.page.member(f"{self.stem}.html"), *self.out] if self.page.filled else self.out

    def _activity(self, activity: _Activity) -> None:
        read = _READ.get(activity.kind)
        if read is None:
            name = f"{self.stem}/{_quoted(activity.title, activity.kind)}"
            why = f"a Moodle activity that is not read ({activity.kind[:40]})"
            self.out.append(OmittedMember(name, why, "add its content as a separate document", "unread"))
        elif activity.problem:
            name = f"{self.stem}/{_quoted(activity.title, activity.kind)}"
            self.out.append(OmittedMember(name, activity.problem.message, activity.problem.advice))
        elif not activity.shown:
            self.out.append(self._hidden(activity.title or activity.kind))
        else:
            read(self, activity)

    def _hidden(self, title: str) -> OmittedMember:
        return OmittedMember(f"{self.stem}/{_quoted(title, 'activity')}", "hidden from students in Moodle", "", "other")

    # --- texts

    def markup(self, element: Element, leaf: str, area: Area, below: int) -> None:
        """A text of Moodle with the files that it shows."""
        stated, form = text(element, leaf), text(element, f"{leaf}format")
        if form in {_PLAIN, _MARKDOWN}:
            self.page.text(stated)
            return
        stated = stated.replace("$@SLASH@$", "/").replace("$@FORCEDOWNLOAD@$", "")
        if not re.search(r"<(?:p|div|br|table|ul|ol|h\d)\b", stated, re.IGNORECASE):
            stated = "".join(f"<p>{part}</p>" for part in re.split(r"\r?\n\s*\r?\n", stated))
        self.page.markup(stated, partial(self._find, area), below)

    def _find(self, area: Area, address: str) -> str | None:
        if found := _PLUGIN_FILE.match(address):
            return self._file(self.backup.files.get(area, {}), found[1]) or address
        if found := _COURSE_FILE.match(address):
            return self._file(self.backup.course_files(), found[1]) or address
        return None if _INSIDE.search(address) else address

    def _file(self, files: Files, path: str) -> str | None:
        """The address of a file of the pool, which comes into the folder of the page."""
        digest = files.get(unquote(path)) or files.get(path)
        content = self.backup.content(digest) if digest else None
        if digest is None or content is None:
            return None
        name = names.file_name(unquote(path))
        if (digest, name) not in self._written:
            result = f"{self.stem}_files/{self._names.free(*posixpath.splitext(name))}"
            self._written[digest, name] = result
            self.out.append(Member(result, content))
            self.backup.brought.add(digest)
        return quote(self._written[digest, name])

    def title(self, activity: _Activity) -> None:
        self.page.heading(self.level, activity.title)

    def intro(self, activity: _Activity) -> None:
        self.markup(activity.own, "intro", Area(activity.context, f"mod_{activity.kind}", "intro"), 2)

    # --- a method a kind of activities

    def label(self, activity: _Activity) -> None:
        self.intro(activity)

    def described(self, activity: _Activity) -> None:
        """What it says of itself, no more; the news of a course are none of it."""
        if text(activity.own, "intro") and text(activity.own, "type") != "news":
            self.title(activity)
            self.intro(activity)

    def assign(self, activity: _Activity) -> None:
        label, _, rest = activity.title.partition(". ")
        stated = " ".join(unescape(_TAG.sub(" ", text(activity.own, "intro"))).split())
        # «СӨЖ. Эссе жазыңыз…» over «Эссе жазыңыз …»: a name made of what the text begins with says it no second time.
        again = bool(rest) and stated.startswith(rest.rstrip(" .…"))
        self.page.heading(self.level, label if again else activity.title)
        self.intro(activity)
        own = Area(activity.context, "mod_assign", "activityattachment")
        self.markup(activity.own, "activity", own, 2)
        self._files(Area(activity.context, "mod_assign", "introattachment"))

    def url(self, activity: _Activity) -> None:
        if address := text(activity.own, "externalurl"):
            self.intro(activity)
            self.page.link(address, activity.title or address)

    def said(self, activity: _Activity) -> bool:
        """What a teacher says of an activity; False where it is what coursepack says of every such activity."""
        if _is_stated(text(activity.own, "intro")):
            return False
        self.intro(activity)
        return True

    def one_page(self, activity: _Activity) -> None:
        self.title(activity)
        self.said(activity)
        self.markup(activity.own, "content", Area(activity.context, "mod_page", "content"), 2)

    def book(self, activity: _Activity) -> None:
        self.title(activity)
        ours = not self.said(activity)
        chapters = [each for each in activity.own.iterfind("chapters/chapter") if text(each, "hidden") != "1"]
        for at, chapter in enumerate(sorted(chapters, key=lambda each: _number(text(each, "pagenum")))):
            title = text(chapter, "title")
            if not (ours and at == 0 and title in _translated(_BEFORE, "common")):
                self.page.heading(4 if text(chapter, "subchapter") == "1" else 3, title)
            self.markup(chapter, "content", Area(activity.context, "mod_book", "chapter", chapter.get("id", "")), 3)

    def lesson(self, activity: _Activity) -> None:
        self.title(activity)
        self.intro(activity)
        asked = 0
        for page in activity.own.iterfind("pages/page"):
            asked += text(page, "qtype") in _QUESTION_PAGES
            if text(page, "contents"):
                self.page.heading(3, text(page, "title"))
                area = Area(activity.context, "mod_lesson", "page_contents", page.get("id", ""))
                self.markup(page, "contents", area, 3)
        if asked:
            name = f"{self.stem}/{_quoted(activity.title, 'lesson')}"
            self.out.append(OmittedMember(name, f"the answers of {asked} questions inside a lesson", "", "unread"))

    def glossary(self, activity: _Activity) -> None:
        self.title(activity)
        self.said(activity)
        for entry in activity.own.iterfind("entries/entry"):
            area = Area(activity.context, "mod_glossary", "entry", entry.get("id", ""))
            self.page.term(text(entry, "concept"), text(entry, "definition"), partial(self._find, area))

    def resource(self, activity: _Activity) -> None:
        self.described(activity)
        self._files(Area(activity.context, f"mod_{activity.kind}", "content"))

    def _files(self, area: Area) -> None:
        """Files that students get: documents as sources, anything else as attached to the page."""
        for path, digest in sorted(self.backup.files.get(area, {}).items()):
            content = self.backup.content(digest)
            if content is None:
                self.out.append(OmittedMember(f"{self.stem}{path}", "a file that the backup does not hold"))
            elif _is_document(path):
                self.backup.brought.add(digest)
                stem, ending = posixpath.splitext("/".join(names.file_name(part) for part in path[1:].split("/")))
                self.out.append(Member(self._names.free(f"{self.stem}/{stem}", ending), content))
            elif address := self._file({path: digest}, path):
                self.page.link(address, path.rpartition("/")[2])


_READ: dict[str, Callable[[_SectionPage, _Activity], None]] = {
    "label": _SectionPage.label,
    "page": _SectionPage.one_page,
    "book": _SectionPage.book,
    "lesson": _SectionPage.lesson,
    "url": _SectionPage.url,
    "glossary": _SectionPage.glossary,
    "resource": _SectionPage.resource,
    "folder": _SectionPage.resource,
    "assign": _SectionPage.assign,
    "assignment": _SectionPage.described,
    "forum": _SectionPage.described,
    "quiz": _SectionPage.described,
    "qbank": _SectionPage.described,
}


def _is_shelf(section: _Section) -> bool:
    """Whether the texts of a section are documents of their own: its name says that they are to be read."""
    name = text(section.element, "name").lower().translate(FOLDED)
    texts = sum(activity.kind in _TEXTS for activity in section.activities)
    return section.number > 0 and texts > 1 and _READING.search(name) is not None


def _is_stated(intro: str) -> bool:
    plain = " ".join(re.sub(r"<[^>]*>", " ", unescape(intro)).split())
    stated = (
        re.escape(text).replace(r"\{number\}", r"\d+")
        for reported in _REPORTED
        for text in _translated(reported, "backup")
    )
    return bool(plain) and any(re.fullmatch(pattern, plain) for pattern in stated)


@cache
def _translated(message: str, domain: str) -> frozenset[str]:
    """A text of our products in every language."""
    return frozenset(catalogues.translations(code, domain).get(message, message) for code in languages.known())


def _is_document(path: str) -> bool:
    return Path(path).suffix.lower() in readers.endings() or unpacked.is_archive(path)


def _quoted(title: str, otherwise: str) -> str:
    return names.file_name(title.replace("/", " ")[:80], otherwise)


def _number(stated: str) -> int:
    return int(stated) if stated.isdecimal() else 0
