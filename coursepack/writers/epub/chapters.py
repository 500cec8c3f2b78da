"""The course as chapters: a page of ``contents`` is a file of the book, with what it shows and what it could not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from coursepack.contents import ContentNode, contents
from coursepack.files import media
from coursepack.ims.lom import clean
from coursepack.languages.catalogues import Words
from coursepack.markup import tree
from coursepack.model.blocks import (
    Block,
    Blocks,
    Figure,
    Footnote,
    Media,
    NoteMark,
    Paragraph,
    Picture,
    Run,
    inline_text,
)
from coursepack.model.course import DEFAULT_PRACTICE, Assignment, Course, Exam, Practice, Reading, Section, Session
from coursepack.model.questions import (
    ANY_LETTERS,
    Cloze,
    Description,
    Gap,
    Numerical,
    Question,
    ShortAnswer,
    as_read,
)
from coursepack.pages import about, teaching
from coursepack.place import Place
from coursepack.render.draw import sample
from coursepack.render.question_blocks import asked, question_items
from coursepack.writers.epub import xhtml
from coursepack.writers.epub.xhtml import element
from coursepack.writers.papers.questions import key
from coursepack.writers.papers.words import PaperWords
from coursepack.writers.scorm.html import Element, PartHtml, ScoFiles

_MOVING = frozenset({media.KINDS["gif"].type, media.KINDS["webp"].type})
TEXT = "text"


@dataclass
class MediaSummary:
    """What the whole book shows, for its metadata, and what it had to leave out."""

    pictures: int = 0
    unnamed: list[str] = field(default_factory=list)
    """Pictures without an alternative text."""
    sounds: int = 0
    films: int = 0
    captions: int = 0
    formulas: int = 0
    notes: int = 0
    moving: bool = False
    """A picture that may move, and so flash."""
    left_out: list[tuple[str, Place | None]] = field(default_factory=list)
    """Attached files that a book cannot hold, by name."""


@dataclass
class PageList:
    """The pages of the one source that counts its pages: number → (chapter, id), in reading order."""

    source: str | None
    found: dict[int, tuple[str, str]] = field(default_factory=dict)

    def begins(self, place: Place | None, chapter: str) -> str | None:
        """The id of the page that begins at a place; None when it began before, or is no page of that source."""
        if place is None or place.page is None or place.file != self.source or place.page in self.found:
            return None
        if self.found and place.page < max(self.found):
            return None  # a text that was moved: the list of pages goes on only
        self.found[place.page] = (chapter, f"page-{place.page}")
        return f"page-{place.page}"


class BookHtml(PartHtml):
    """Blocks → the tree of a chapter, whose title is its ``h1``."""

    ground = "book"

    def __init__(
        self, page: str, files: ScoFiles, say: Words, seen: MediaSummary, pages: PageList, *, top: int = 2
    ) -> None:
        super().__init__(page, files, say, top=top)
        self.seen = seen
        self.pages = pages
        self.toc: list[tuple[str, str, int]] = []

    def elements(self, blocks: Blocks) -> list[Element]:
        """The chapter's elements, in their namespaces."""
        root = etree.Element("div")
        self.blocks(root, blocks)
        tree.fragment(Counter()).clean(root)
        self.seen.formulas += sum(1 for _ in root.iter("math"))
        found = xhtml.converted(root)
        return list(found)

    def block(self, parent: Element, block: Block) -> None:
        place = getattr(block, "place", None)
        if name := self.pages.begins(place, self.page):
            number = str(place.page) if place else ""
            where = parent if parent.tag not in {"ul", "ol", "table", "tr"} else None
            if where is not None:
                mark = {"class": xhtml.BREAK, "id": name, "title": number, "aria-label": number}
                etree.SubElement(where, "span", mark)
        super().block(parent, block)

    def listed(self, element: Element, text: str, level: int) -> None:
        name = f"{self.page}-h{len(self.toc) + 1}"
        element.set("id", name)
        self.toc.append((name, text, level))

    def leads_out(self, link: Element) -> None:
        """Whether a window opens is the reading system's."""

    def footnote(self, parent: Element, block: Footnote) -> None:
        self.seen.notes += block.id not in self._notes
        super().footnote(parent, block)

    def note_mark(self, parent: Element, mark: NoteMark) -> None:
        super().note_mark(parent, mark)
        parent[-1][-1].set("class", xhtml.MARK)

    def _image(self, parent: Element, picture: Figure | Picture) -> None:
        caption = inline_text(picture.caption) if isinstance(picture, Figure) else ""
        if picture.media_type not in media.EPUB:
            self.seen.left_out.append((picture.alt or caption or picture.asset[:16], getattr(picture, "place", None)))
            self.run(parent, Run(text=f"[{picture.alt or caption or '…'}]"))
            return
        super()._image(parent, picture)
        if not len(parent) or parent[-1].tag != "img":
            return
        self.seen.pictures += 1
        self.seen.moving |= picture.media_type in _MOVING
        if not (parent[-1].get("alt") or "").strip():
            self.seen.unnamed.append(picture.asset[:16])

    def _player(self, parent: Element, block: Media) -> None:
        """A sound that every reading system plays, a film; any other file is named: a book links to none."""
        kind = media.named(block.name).type
        plays = block.kind == "video" or (block.kind == "audio" and kind in media.EPUB)
        address = self.file(block) if plays else None
        if address is None:
            if not plays:
                self.seen.left_out.append((block.name, block.place))
            self.run(parent, Run(text=f"[{block.name}]"))
            return
        self._plays(parent, block.kind, address)
        self.seen.films += block.kind == "video"
        self.seen.sounds += block.kind == "audio"

    def _track(self, player: Element, block: Media) -> bool:
        result = super()._track(player, block)
        self.seen.captions += result
        return result


@dataclass(frozen=True)
class BookChapter:
    """A file of the book. ``part`` is the title of the part it stands in; ``toc`` its headings (id, text, level)."""

    id: str
    title: str
    part: str
    body: tuple[Element, ...]
    toc: tuple[tuple[str, str, int], ...] = ()
    answers: tuple[tuple[str, str, tuple[Element, ...]], ...] = ()
    """(id of the question, its heading, its answer)."""

    @property
    def member(self) -> str:
        return f"{TEXT}/{self.id}.xhtml"


@dataclass
class Chapters:
    """Makes the chapters of a course; ``answers``: those of review questions are collected."""

    course: Course
    say: Words
    files: ScoFiles
    practice: Practice = DEFAULT_PRACTICE
    answers: bool = True
    seen: MediaSummary = field(default_factory=MediaSummary)
    pages: PageList = field(default_factory=lambda: PageList(None))

    def __post_init__(self) -> None:
        self.pages.source = paged_source(self.course)

    def all(self) -> list[BookChapter]:
        """Every chapter in reading order."""
        result: list[BookChapter] = []
        for part in contents(self.course).children:
            nodes = part.children or ((part,) if part.kind == "week" else ())
            result += filter(None, (self._chapter(node, clean(part.title) or part.id) for node in nodes))
        return result

    def _chapter(self, node: ContentNode, part: str) -> BookChapter | None:
        language = self.course.language
        match node.kind, node.payload:
            case "session", Session() as session:
                return self._read(node, part, teaching.session(session, language))
            case "review", Session() as session:
                return self._asked(node, part, session.review)
            case "assignment", Assignment() as task:
                return self._read(node, part, teaching.assignment(task, language))
            case "reading", Reading() as reading:
                return self._read(node, part, teaching.reading(reading, language))
            case "section", Section() as section:
                return self._read(node, part, section.blocks)
            case "exam-list", Exam() as exam:
                return self._listed(node, part, question_items(exam.listed, self.say))
            case "practice", Exam() as exam:
                settings = exam.practice or self.practice
                drawn = sample(exam.practised, settings.questions, settings.seed)
                return self._listed(node, part, question_items(drawn, self.say))
            case "week", _:
                return self._read(node, part, ())
            case kind, _:
                return self._read(node, part, about.PAGES[kind](self.course)) if kind in about.PAGES else None

    def _html(self, node: ContentNode, top: int = 2, pages: PageList | None = None) -> BookHtml:
        return BookHtml(node.id, self.files, self.say, self.seen, pages or self.pages, top=top)

    def _read(self, node: ContentNode, part: str, blocks: Blocks) -> BookChapter:
        renderer = self._html(node)
        body = renderer.elements(blocks)
        return BookChapter(node.id, clean(node.title) or node.id, part, tuple(body), tuple(renderer.toc))

    def _listed(self, node: ContentNode, part: str, items: Iterable[Blocks]) -> BookChapter:
        renderer = self._html(node)
        rows = [element("li", *renderer.elements(item)) for item in items]
        return BookChapter(node.id, clean(node.title) or node.id, part, (element("ol", *rows),) if rows else ())

    def _asked(self, node: ContentNode, part: str, questions: Iterable[Question]) -> BookChapter:
        """Questions as text; each leads to its answer at the end of the book, where there is one."""
        renderer = self._html(node, top=3)
        answering = self._html(node, top=4, pages=PageList(None))  # they stand in another file
        body: list[Element] = []
        answers: list[tuple[str, str, tuple[Element, ...]]] = []
        number = 0
        for question in questions:
            if isinstance(question, Description):
                body += renderer.elements(question.text)
                continue
            number += 1
            heading = self.say("Question {number}", number=number)
            inner = renderer.elements(asked(question, self.say))
            box = element("section", element("h2", heading, id=f"{question.id}-h"), *inner, id=question.id)
            box.set("aria-labelledby", f"{question.id}-h")
            answer = tuple(answering.elements(self._answer(question))) if self.answers else ()
            if answer:
                link = element("a", self.say("Answer"), href=f"answers.xhtml#{question.id}-answer")
                box.append(element("p", link, class_="to-answer"))
                answers.append((question.id, heading, answer))
            body.append(box)
        return BookChapter(node.id, clean(node.title) or node.id, part, tuple(body), answers=tuple(answers))

    def _answer(self, question: Question) -> Blocks:
        """The key as a paper prints it, then why; of a question without a key what its author wrote of an answer."""
        printed = (blocks for is_key, blocks in _keys(question, self.course.language) if is_key)
        keyed = self._accepted(question) or next(printed, ())
        if keyed:
            return (*keyed, *question.feedback)
        return (() if question.grader_only else question.grader_notes) or question.feedback

    def _accepted(self, question: Question) -> Blocks:
        """What may be typed, in the notation of the language: never as a pattern for a machine."""
        match question:
            case ShortAnswer():
                return _line(_read(answer.text for answer in question.answers if answer.fraction > 0))
            case Numerical():
                right = (answer for answer in question.answers if answer.fraction > 0)
                unit = f" {question.unit}" if question.unit else ""
                return _line(self._number(answer.value, answer.tolerance) + unit for answer in right)
            case Cloze():
                many = len(question.gaps) > 1
                return _line((f"({n}) " if many else "") + self._gap(gap) for n, gap in enumerate(question.gaps, 1))
        return ()

    def _gap(self, gap: Gap) -> str:
        right = [place for place, answer in enumerate(gap.answers) if answer.fraction > 0]
        if gap.kind != "numerical":
            return " / ".join(_read(gap.answers[place].text for place in right))
        tolerances = (*gap.tolerances, *("0" for _ in gap.answers))
        return " / ".join(self._number(gap.answers[place].text, tolerances[place]) for place in right)

    def _number(self, value: str, tolerance: str) -> str:
        text = value if tolerance in {"", "0"} else f"{value} ± {tolerance}"
        return text.replace(".", self.say.decimal_separator)


def _read(patterns: Iterable[str]) -> list[str]:
    """Accepted answers as a person reads them; one that any letters fit only where there is no other."""
    found = [as_read(pattern) for pattern in patterns]
    return [text for text in found if ANY_LETTERS not in text] or found


def _line(texts: Iterable[str]) -> Blocks:
    stated = "; ".join(dict.fromkeys(texts))
    return (Paragraph(content=(Run(text=stated),)),) if stated else ()


def _keys(question: Question, language: str) -> Iterator[tuple[bool, Blocks]]:
    """(it is the key, the text)."""
    say = PaperWords(language)
    for label, blocks in key(question, say):
        yield label == say("Key"), blocks


def paged_source(course: Course) -> str | None:
    """The document whose pages are known, where it is the only one: pages of several would bear the same numbers."""
    found: set[str] = set()
    blocks: list[Blocks] = [session.blocks for _, session in course.sessions()]
    blocks += [reading.blocks for reading in course.readings]
    blocks += [section.blocks for section in (course.foreword, course.introduction, course.conclusion) if section]
    for block in (one for many in blocks for one in many):
        place: Place | None = getattr(block, "place", None)
        if place is not None and place.page is not None:
            found.add(place.file)
    return found.pop() if len(found) == 1 else None
