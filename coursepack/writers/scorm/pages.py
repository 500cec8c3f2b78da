"""The course as SCOs of pages: one page a lecture, seminar, task or self-check, in the order of ``contents``."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from coursepack.contents import Node
from coursepack.ims.lom import clean
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Blocks, inline_text
from coursepack.model.course import (
    DEFAULT_PRACTICE,
    Assignment,
    Course,
    Exam,
    Practice,
    Reading,
    Section,
    Session,
)
from coursepack.model.questions import Question
from coursepack.pages import about, teaching
from coursepack.render.asked import asked_items
from coursepack.render.draw import sample
from coursepack.writers.scorm.html import Files, PageHtml, PartHtml
from coursepack.writers.scorm.questions import Questions, described
from coursepack.writers.scorm.views import QuestionView, exam_html

KEY_LETTERS = 3
"""Letters that stand for a page or a question in suspend_data."""


NOTHING = Markup("")

WORDS_A_MINUTE = 200
READ_SHARE = 0.25
LEAST_SECONDS, MOST_SECONDS = 3, 120
"""A page that is read and not turned over: a quarter of an adult's reading time, but never a wait that annoys."""

SAME_LETTERS = 12
"""A point of a plan and a heading are the same when one opens the other with so many letters."""


@dataclass(frozen=True)
class Outline:
    """A point of a lecture's plan; ``target`` is the id of the heading that opens it, where the text has one."""

    html: Markup
    target: str | None
    inner: tuple[Outline, ...] = ()
    numbered: bool = True
    """Whether those inside it are counted."""


@dataclass(frozen=True)
class Page:
    """One page. ``group`` is the title of the part it belongs to (for a SCO that holds the whole course).

    ``toc`` lists headings as (id, text, level); ``links`` lead to other pages as (page id, text); ``exam`` is a list
    of exam questions as printed.
    """

    id: str
    key: str
    title: str
    group: str = ""
    kicker: str = ""
    outcomes: tuple[str, ...] = ()
    outline: tuple[Outline, ...] = ()
    toc: tuple[tuple[str, str, int], ...] = ()
    body: Markup = NOTHING
    questions: tuple[QuestionView, ...] = ()
    exam: tuple[Markup, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    practice: bool = False

    @property
    def seconds(self) -> int:
        """How long the page must stand before it can count as read: a share of what its words take to read."""
        words = sum(len(text.striptags().split()) for text in self.texts)
        needed = words * READ_SHARE * 60 / WORDS_A_MINUTE
        return round(min(max(needed, LEAST_SECONDS), MOST_SECONDS))

    @property
    def texts(self) -> tuple[Markup, ...]:
        """All that stands on the page before anything is answered."""
        asked = (html for question in self.questions for html in question.texts)
        points = (point.html for point in _walked(self.outline))
        return (*points, self.body, *asked, *self.exam)

    @property
    def asked(self) -> list[QuestionView]:
        """The questions that a learner answers, in order."""
        return [question for question in self.questions if question.kind != "description"]

    @property
    def keyed(self) -> bool:
        """True when a question on the page is marked."""
        return any("parts" in question.data for question in self.questions)


@dataclass(frozen=True)
class Lesson:
    """A SCO: its pages, the questions with a key that it scores, and the pictures and files it shows (path → bytes)."""

    id: str
    title: str
    pages: tuple[Page, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    missing: tuple[tuple[str, str], ...] = ()

    @property
    def questions(self) -> list[QuestionView]:
        """Every question that a learner answers here, in order."""
        return [question for page in self.pages for question in page.asked]

    @property
    def formulas(self) -> bool:
        """True when a page shows a formula."""
        return any("<math" in text for page in self.pages for text in page.texts)

    @property
    def points(self) -> float:
        """The sum of the questions that are marked."""
        return sum((float(question.data["mark"]) for question in self.questions if "parts" in question.data), 0.0)


class Keys:
    """Three letters for an id, always the same for the same course."""

    def __init__(self) -> None:
        self.taken: dict[str, str] = {}

    def of(self, name: str) -> str:
        turn = 0
        while True:
            digest = hashlib.sha256(f"{name}\x00{turn}".encode()).digest()
            key = base64.urlsafe_b64encode(digest)[:KEY_LETTERS].decode()
            if self.taken.setdefault(key, name) == name:
                return key
            turn += 1


@dataclass
class LessonMaker:
    """Makes the pages of one SCO."""

    course: Course
    say: Words
    files: Files
    practice: Practice = DEFAULT_PRACTICE
    models: bool = True
    """Whether the model answers of open self-check questions are shown."""
    keys: Keys = field(default_factory=Keys)

    def lesson(self, part: Node) -> Lesson | None:
        """The SCO of one part of the course (about, a week, exam, closing); None when it holds no page."""
        pages = tuple(self.pages(part))
        return self._lesson(part.id, clean(part.title) or part.id, pages) if pages else None

    def whole(self, parts: Iterable[Node]) -> Lesson | None:
        """One SCO of all parts."""
        pages = tuple(replace(page, group=clean(part.title)) for part in parts for page in self.pages(part))
        return self._lesson("course", clean(self.course.title) or self.course.id, pages) if pages else None

    def _lesson(self, name: str, title: str, pages: tuple[Page, ...]) -> Lesson:
        return Lesson(name, title, pages, dict(self.files.used), tuple(self.files.missing))

    def pages(self, part: Node) -> Iterable[Page]:
        # A week that has no sessions yet still has its page, so that the plan stays whole.
        nodes = part.children or ((part,) if part.kind == "week" else ())
        reviewed = {
            node.payload.id: node.id for node in nodes if node.kind == "review" and isinstance(node.payload, Session)
        }
        for node in nodes:
            page = self._page(node, reviewed)
            if page is not None:
                yield page

    def _page(self, node: Node, reviewed: dict[str, str]) -> Page | None:
        page = Page(id=node.id, key=self.keys.of(node.id), title=clean(node.title) or node.id)
        match node.kind, node.payload:
            case "session", Session() as session:
                return self._session(page, session, reviewed.get(session.id))
            case "review", Session() as session:
                return self._review(page, session)
            case "assignment", Assignment() as assignment:
                return self._read(page, teaching.assignment(assignment, self.course.language))
            case "reading", Reading() as reading:
                return self._read(page, teaching.reading(reading, self.course.language))
            case "section", Section() as section:
                return self._read(page, section.blocks)
            case "exam-list", Exam() as exam:
                items = asked_items(exam.listed, self.say)
                shown = tuple(PartHtml(node.id, self.files, self.say).html(item) for item in items)
                return replace(page, exam=shown)
            case "practice", Exam() as exam:
                return self._practice(page, exam)
            case "week", _:
                return page
            case kind, _:
                return self._read(page, about.PAGES[kind](self.course)) if kind in about.PAGES else None

    def _read(self, page: Page, blocks: Blocks) -> Page:
        renderer = PageHtml(page.id, self.files, self.say)
        body = renderer.html(blocks)
        return replace(page, body=body, toc=tuple(renderer.toc) if len(renderer.toc) > 1 else ())

    def _session(self, page: Page, session: Session, review: str | None) -> Page:
        say = self.say
        language = self.course.language
        # Outcomes and outline have places of their own on a page; the outline leads to the headings of the text.
        blocks = (
            *teaching.session_aims(session, language),
            *teaching.session_topics(session, language),
            *session.blocks,
            *teaching.session_end(session, language),
        )
        renderer = PageHtml(page.id, self.files, say)
        body = renderer.html(blocks)
        outline = tuple(self._outline(point, renderer) for point in teaching.nested(session.outline))
        linked = {point.target for point in _walked(outline)}
        toc = tuple(renderer.toc) if len(renderer.toc) > 1 and not {t[0] for t in renderer.toc} <= linked else ()
        links = ((review, say("Self-check: review questions")),) if review else ()
        return replace(
            page,
            kicker=clean(session.unit or ""),
            outcomes=tuple(clean(outcome) for outcome in session.outcomes),
            outline=outline,
            toc=toc,
            body=body,
            links=links,
        )

    def _outline(self, point: teaching.Point, renderer: PageHtml) -> Outline:
        content = point.topic.content
        wanted = _fold(inline_text(content))
        found = [(name, _fold(text)) for name, text, _ in renderer.toc]
        alike = [name for name, text in found if wanted and text == wanted]
        # A plan and a heading often differ by a word at the end.
        alike += [name for name, text in found if _opens(wanted, text) or _opens(text, wanted)]
        target = alike[0] if alike else None
        inner = tuple(self._outline(one, renderer) for one in point.inner)
        return Outline(renderer.inline_html(content), target, inner, any(one.topic.printed for one in point.inner))

    def _review(self, page: Page, session: Session) -> Page:
        views = self._questions(page, session.review)
        plain, numbered = _BACK[session.kind]
        back = self.say(plain) if session.number is None else self.say(numbered, number=session.number)
        return replace(page, questions=views, links=((session.id, back),))

    def _practice(self, page: Page, exam: Exam) -> Page:
        settings = exam.practice or self.practice
        drawn = sample(exam.practised, settings.questions, settings.seed)
        # The keys of exam questions never reach a learner: every question here is answered in one's own words.
        views = []
        for number, question in enumerate(drawn, 1):
            stem = exam_html(question, page.id, self.files, self.say)
            name = f"practice-{question.id}"
            label = self.say("Question {number}", number=number)
            views.append(
                QuestionView(name, self.keys.of(name), "open", label, stem, data={"text": described(question)})
            )
        return replace(page, questions=tuple(views), practice=True)

    def _questions(self, page: Page, questions: Iterable[Question]) -> tuple[QuestionView, ...]:
        maker = Questions(page.id, self.files, self.say, models=self.models)
        views: list[QuestionView] = []
        number = 0
        for question in questions:
            number += question.__class__.__name__ != "Description"
            view = maker.view(question, self.keys.of(question.id), self.say("Question {number}", number=number))
            if view is not None:
                views.append(view)
        return tuple(views)


_BACK = {
    "lecture": ("Back to the lecture", "Back to lecture {number}"),
    "seminar": ("Back to the seminar", "Back to seminar {number}"),
    "practical": ("Back to the practical class", "Back to practical class {number}"),
    "laboratory": ("Back to the laboratory class", "Back to laboratory class {number}"),
}
"""A sentence a kind: languages bend the word by its case."""


def _opens(short: str, long: str) -> bool:
    return len(short) >= SAME_LETTERS and long.startswith(short)


def _walked(points: Iterable[Outline]) -> Iterator[Outline]:
    for point in points:
        yield point
        yield from _walked(point.inner)


def _fold(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
