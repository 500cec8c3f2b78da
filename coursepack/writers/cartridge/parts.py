"""The parts of a cartridge, one method a kind of node: items of the organization, resources, members."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from lxml import etree

from coursepack.contents import ContentNode, session_label
from coursepack.files import media
from coursepack.files.hashes import sha256
from coursepack.files.member import Member
from coursepack.files.xml import legal
from coursepack.files.zipped import zip_bytes
from coursepack.ims import lom, packaging
from coursepack.ims.html import CartridgeHtml
from coursepack.ims.nearest_items import nearest_items, with_letters
from coursepack.ims.packaging import Item, Resource
from coursepack.ims.profiles import ASSIGNMENT, ASSIGNMENT_TYPE, WEBCONTENT, Profile
from coursepack.ims.qti import Dialect, ItemBuilder, losses
from coursepack.ims.qti_documents import assessment, write_bank
from coursepack.languages.catalogues import words
from coursepack.model.blocks import Blocks, Media, block_text, inline_text
from coursepack.model.course import Assignment, Course, Exam, Reading, Section, Session
from coursepack.model.questions import Question
from coursepack.names import is_id
from coursepack.pages import about, teaching
from coursepack.pages.block_builders import never_empty
from coursepack.place import CoursepackError, Finding, note, warning
from coursepack.render import draw, page_template
from coursepack.render.plain import holds_more
from coursepack.render.question_blocks import question_list
from coursepack.writers import Context, cut, load

Element = etree._Element

LONGEST = 255
LONGEST_QUIZ = 243
"""Moodle puts «Quiz Bank '…'» round a quiz's name in a field of 255."""

_SUBMISSIONS = ("html", "file")
"""What a learner may hand in, where nobody said: a text or a file."""
_ADDRESS = re.compile(r"https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]]")


@dataclass(frozen=True)
class CartridgeVersion:
    """What differs between the cartridges.

    ``moodle``: written for Moodle's importer (a literal ``<`` set apart, no angle brackets in names, formulas as TeX,
    no heading that repeats the page's name). ``filebase``: how questions and topics begin the path of a picture.
    ``assignments``: tasks are assignment resources, not pages.
    """

    name: str
    profile: Profile
    dialect: Dialect
    moodle: bool
    filebase: str
    assignments: bool


class CartridgeParts:
    """Collects what the nodes of a course become."""

    def __init__(
        self,
        version: CartridgeVersion,
        course: Course,
        context: Context,
        *,
        pages: Literal["lecture", "section"] = "lecture",
        teacher: bool = False,
    ) -> None:
        self.version = version
        self.profile = version.profile
        self.course = course
        self.context = context
        self.by_section = pages == "section"
        self.teacher = teacher
        self.say = words(course.language, "cartridge")
        self.members: dict[str, Member] = {}
        self.resources: list[Resource] = []
        self.findings: list[Finding] = []
        self._used: dict[str, None] = {}
        self._linked: set[str] = set()
        self._changes: dict[str, dict[str, None]] = {}
        self._pictures: dict[str, str] = {}

    # --- nodes

    def items(self, node: ContentNode) -> list[Item]:
        """The items of one node of the tree."""
        if not is_id(node.id):
            # A part that an author named freely in course.toml.
            node = replace(node, id=f"part-{sha256(node.id.encode())[:8]}")
        match node.kind, node.payload:
            case "syllabus", _:
                return self._syllabus(node)
            case "literature", _:
                return [self._page(node, about.literature(self.course)), *self._links(node)]
            case (("outcomes" | "grading" | "glossary"), _):
                return [self._page(node, about.PAGES[node.kind](self.course))]
            case "section", Section() as section:
                return [self._page(node, section.blocks)]
            case "session", Session() as session:
                return self._session(node, session)
            case "review", Session() as session:
                return self._assessment(node, session.review, keys=True)
            case "assignment", Assignment() as assignment:
                return [self._assignment(node, assignment)]
            case "reading", Reading() as reading:
                return [self._page(node, teaching.reading(reading, self.course.language))]
            case _, Exam() as exam:
                return self._exam(node, exam)
            case _:
                return []

    def _exam(self, node: ContentNode, exam: Exam) -> list[Item]:
        if self.teacher:
            if node.kind == "exam-bank":
                self.bank(node.id, exam.questions, keys=True)
            return []
        if exam.release == "teacher-only":
            return []
        match node.kind:
            case "exam-list":
                return [self._page(node, question_list(exam.listed, self.say))]
            case "practice":
                practice = exam.practice or self.context.practice
                drawn = draw.sample(exam.practised, practice.questions, practice.seed)
                return self._assessment(node, drawn, keys=False)
            case _:
                # Who may only practise gets no bank with the rest of the questions: not every reader hides it.
                self.bank(node.id, exam.listed, keys=False)
                if exam.release != "list":
                    said = "the question bank is in the teacher's cartridge alone (--audience teacher)"
                    self.findings.append(note("cc-bank-for-teachers", f"exam.release = {exam.release!r}: {said}"))
                return []

    def _session(self, node: ContentNode, session: Session) -> list[Item]:
        language = self.course.language
        if session.kind == "seminar":
            return [self._topic(node, teaching.session(session, language))]
        cut_up = _sections(session.blocks) if self.by_section else []
        if len(cut_up) < 2:
            return [self._page(node, teaching.session(session, language))]
        label = session_label(session, self.say)
        found: list[Item] = []
        for number, (title, blocks) in enumerate(cut_up, 1):
            before = teaching.session_start(session, language) if number == 1 else ()
            after = teaching.session_end(session, language) if number == len(cut_up) else ()
            name = f"{label} ({number}/{len(cut_up)}). {title or session.title or ''}".removesuffix(". ")
            page = ContentNode(f"{node.id}-s{number:02d}", "session", name, session)
            found.append(self._page(page, (*before, *blocks, *after)))
        return found

    def _syllabus(self, node: ContentNode) -> list[Item]:
        page = self._page(node, about.syllabus(self.course), intendeduse="syllabus")
        found = [page]
        data = self._syllabus_paper()
        if data is not None:
            title = f"{node.title} (DOCX)"
            found.append(self._file(f"{node.id}-docx", "syllabus.docx", data, title))
        return found

    def _syllabus_paper(self) -> bytes | None:
        """The syllabus as its own writer makes it, found by its name like any other product."""
        try:
            writer = load("syllabus")
            written = writer.write(self.course, self.context.for_writer(writer))
        except CoursepackError as problem:
            self.findings.append(
                warning("cc-syllabus-paper", f"no DOCX of the syllabus: {problem.message}", problem.place)
            )
            return None
        papers = [artifact for artifact in written.artifacts if artifact.audience == "student"]
        return zip_bytes(papers[0].members) if papers else None

    def _links(self, node: ContentNode) -> list[Item]:
        """Web links of the addresses that stand in the list of literature."""
        found: list[Item] = []
        for number, entry in enumerate(self.course.about.literature.internet, 1):
            address = _ADDRESS.search(entry)
            if address:
                rest = entry.replace(address[0], " ").strip(" \t–—-:.,;()[]")
                self._linked.add(address[0])
                found.append(self._web_link(f"{node.id}-link-{number:02d}", rest or address[0], address[0]))
        return found

    def declared_links(self) -> list[Item]:
        """Web links of the addresses that the author declared and no list has brought."""
        found: list[Item] = []
        for number, address in enumerate(self.course.links, 1):
            if not _ADDRESS.fullmatch(address):
                message = f"{address!r} is not a whole address, expected https://…"
                self.findings.append(warning("cc-link-address", message, advice="correct links in course.toml"))
            elif address not in self._linked:
                self._linked.add(address)
                found.append(self._web_link(f"about-link-{number:02d}", address, address))
        return found

    def carried(self) -> list[Finding]:
        """What changed on the way into the profile, a note a kind of change."""
        found: list[Finding] = []
        for change, names in self._changes.items():
            shown = ", ".join(list(names)[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
            found.append(note("cc-question-carried", f"{shown}: {change}"))
        return found

    # --- kinds of resource

    def _page(self, node: ContentNode, blocks: Blocks, *, intendeduse: str | None = None) -> Item:
        title = self.title(node.title, node.id)
        html = self._html("", page=True).html(never_empty(blocks, title))
        text = page_template.fill(
            self.context.templates,
            "cartridge",
            "page.html",
            title=title,
            language=self.course.language,
            heading=not self.version.moodle,
            body=html,
        )
        attributes = {"intendeduse": intendeduse} if intendeduse else {}
        return self._resource(
            node.id, WEBCONTENT, f"{node.id}.html", text.encode(), title, href=True, attributes=attributes
        )

    def _topic(self, node: ContentNode, blocks: Blocks) -> Item:
        title = self.title(node.title, node.id)
        namespace = f"{{{self.profile.dt}}}"
        root = etree.Element(f"{namespace}topic", nsmap=_default(self.profile.dt))
        etree.SubElement(root, f"{namespace}title").text = title
        text = etree.SubElement(root, f"{namespace}text", {"texttype": "text/html"})
        text.text = self._html(self.version.filebase).html(never_empty(blocks, title))
        return self._resource(node.id, self.profile.topic, f"{node.id}.xml", packaging.serialize(root), title)

    def _web_link(self, identifier: str, title: str, address: str) -> Item:
        title = self.title(title, identifier)
        namespace = f"{{{self.profile.wl}}}"
        root = etree.Element(f"{namespace}webLink", nsmap=_default(self.profile.wl))
        etree.SubElement(root, f"{namespace}title").text = title
        etree.SubElement(root, f"{namespace}url", {"href": legal(address)})
        return self._resource(identifier, self.profile.weblink, f"{identifier}.xml", packaging.serialize(root), title)

    def _assignment(self, node: ContentNode, assignment: Assignment) -> Item:
        blocks = teaching.assignment(assignment, self.course.language)
        if not self.version.assignments:
            return self._page(node, blocks)
        title = self.title(node.title, node.id)
        namespace = f"{{{ASSIGNMENT}}}"
        root = etree.Element(f"{namespace}assignment", {"identifier": node.id}, nsmap=_default(ASSIGNMENT))
        etree.SubElement(root, f"{namespace}title").text = title
        text = etree.SubElement(root, f"{namespace}text", {"texttype": "text/html"})
        text.text = self._html(self.version.filebase).html(never_empty(blocks, title))
        if assignment.points is not None:
            gradable = etree.SubElement(root, f"{namespace}gradable")
            gradable.set("points_possible", format(assignment.points, "g"))
            gradable.text = "true"
        formats = etree.SubElement(root, f"{namespace}submission_formats")
        for kind in _SUBMISSIONS:
            etree.SubElement(formats, f"{namespace}format", {"type": kind})
        return self._resource(node.id, ASSIGNMENT_TYPE, f"{node.id}.xml", packaging.serialize(root), title)

    def _assessment(self, node: ContentNode, questions: Sequence[Question], *, keys: bool) -> list[Item]:
        title = self.title(node.title, node.id, LONGEST_QUIZ)
        elements = list(self._elements(questions, keys=keys))
        if not elements:
            return []  # an empty assessment stops Moodle's whole restore
        (root,) = assessment(self._identifier(node.id), title, elements)
        data = packaging.serialize(root, indent=False)
        return [self._resource(node.id, self.profile.assessment, f"{node.id}.xml", data, title)]

    def bank(self, name: str, questions: Iterable[Question], *, keys: bool) -> None:
        """The question bank: a resource that no item may point to."""
        spool = packaging.ByteSpool()
        count = write_bank(spool, self._identifier(name), self._elements(questions, keys=keys))
        spool.close()
        if count:
            self._resource(name, self.profile.bank, f"{name}.xml", spool, "")

    def _elements(self, questions: Iterable[Question], *, keys: bool) -> Iterable[Element]:
        make = ItemBuilder(self._html(self.version.filebase), self.version.dialect, self.say, notes=self.teacher)
        dialect = self.version.dialect
        for found, before, change in nearest_items(self._asking(questions), self.say, keys=keys):
            question, moved = (found, "") if dialect.files_everywhere else with_letters(found)
            for reported in (change, moved, *losses(question, dialect)):
                if reported:
                    self._changes.setdefault(reported, {})[question.id] = None
            yield make.item(question, before)

    def _asking(self, questions: Iterable[Question]) -> Iterator[Question]:
        """The questions that ask something: an item without a text is not valid, and nobody could answer it."""
        for question in questions:
            if block_text(question.text).strip() or holds_more(question.text):
                yield question
            else:
                said = f"question {question.id} has no text and is left out"
                reported = warning("cc-question-empty", said, question.place, advice="complete it in the source")
                if reported not in self.findings:
                    self.findings.append(reported)

    def _file(self, name: str, path: str, data: bytes, title: str) -> Item:
        return self._resource(name, WEBCONTENT, path, data, self.title(title, name), href=True)

    # --- what all share

    def title(self, title: str, name: str, limit: int = LONGEST) -> str:
        """A name as readers take it: within the limit, never empty, without what they refuse."""
        made = cut(legal(title), limit)
        if self.version.moodle:
            made = made.replace("<", "‹").replace(">", "›")
        if made != " ".join(title.split()):
            self.findings.append(
                warning(
                    "cc-title-cut" if made.endswith("…") else "cc-title-changed",
                    f"the title of {name} is written as {made!r}: readers take {limit} characters and no tags",
                    advice="shorten it in course.toml",
                )
            )
        return made or name

    def _identifier(self, name: str) -> str:
        return f"{self.course.id}-{name}"

    def _resource(
        self,
        name: str,
        kind: str,
        path: str,
        content: bytes | packaging.ByteSpool,
        title: str,
        *,
        href: bool = False,
        attributes: dict[str, str] | None = None,
    ) -> Item:
        metadata = None
        if self.teacher and self.course.weeks:
            metadata = lom.for_role(self.profile.lom_resource, self.profile.roles, "Instructor")
        used, self._used = list(self._used), {}
        self.members[path] = Member(path, content)
        self.resources.append(
            Resource(
                identifier=self._identifier(name),
                type=kind,
                files=(path,),
                href=path if href else None,
                dependencies=tuple(used),
                attributes=attributes or {},
                metadata=metadata,
            )
        )
        return Item(identifier=f"item_{name}", title=title, identifierref=self._identifier(name))

    def _html(self, base: str, *, page: bool = False) -> CartridgeHtml:
        return CartridgeHtml(
            address=lambda asset: self._picture(asset, base),
            file=lambda block: self._attached(block, base),
            decoded_twice=self.version.moodle,
            formulas="tex" if self.version.moodle else "mathml",
            players=not (self.version.moodle and base),
            regions=self.say if page and not self.version.moodle else None,
        )

    def _picture(self, asset: str, base: str) -> str:
        """The address of a picture; the first use makes it a resource of its own, each use a dependency.

        Empty when no document brought the picture: its words stand there instead.
        """
        # A long name of its own: Moodle replaces it everywhere in the text of a page.
        name = f"picture-{asset[:16]}"
        path = self._pictures.get(asset)
        if path is None:
            try:
                data = self.context.assets.read(asset)
            except KeyError:
                message = f"no document brought the picture {asset[:16]}…; its text stands there"
                reported = warning("cc-picture-missing", message)
                if reported not in self.findings:
                    self.findings.append(reported)
                return ""
            path = f"media/{name}{(media.picture(data) or media.UNKNOWN).endings[0]}"
            self._pictures[asset] = path
            self._shared(name, path, data)
        self._used[self._identifier(name)] = None
        return base + path

    def _attached(self, block: Media, base: str) -> str | None:
        """The address of an attached file, a resource as a picture is one; None when no document brought it.

        Its own name stands in the link: readers hold no other letters than ASCII in a path for certain.
        """
        ending = media.kept_ending(block.name)
        name = f"file-{block.asset[:16]}-{ending[1:]}"
        path = f"media/file-{block.asset[:16]}{ending}"
        if path not in self.members:
            try:
                data = self.context.assets.file(block.asset)
            except KeyError:
                message = f"no document brought the file {block.name!r}; its name stands there"
                reported = warning("cc-file-missing", message, block.place)
                if reported not in self.findings:
                    self.findings.append(reported)
                return None
            self._shared(name, path, data)
        self._used[self._identifier(name)] = None
        return base + path

    def _shared(self, name: str, path: str, data: bytes) -> None:
        """A file that pages show, as a resource of its own."""
        self.members[path] = Member(path, data)
        self.resources.append(Resource(identifier=self._identifier(name), type=WEBCONTENT, files=(path,), href=path))


def _sections(blocks: Blocks) -> list[tuple[str | None, Blocks]]:
    """A text cut into pages: the title of each (None for what stands before the first heading) and its blocks."""
    start, chapters = teaching.chapters(blocks)
    named = [(inline_text(title.content), under) for title, under in chapters]
    return [(None, start), *named] if start else [*named]


def _default(namespace: str) -> dict[str, str]:
    return {None: namespace}  # type: ignore[dict-item]  # the stubs know no default prefix
