"""The course as SCOs of pages: one page a lecture, seminar, task or self-check, in the order of ``contents``."""

from __future__ import annotations

import base64
import hashlib
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from coursepack.contents import ContentNode
from coursepack.ims.lom import clean
from coursepack.languages import SOURCE
from coursepack.languages.catalogues import Words
from coursepack.languages.forms import reading
from coursepack.model.blocks import Blocks, block_text, inline_text
from coursepack.model.course import (
    DEFAULT_PRACTICE,
    Assignment,
    Course,
    Exam,
    Practice,
    Reading,
    Session,
    Term,
)
from coursepack.model.course import Section as ReadSection
from coursepack.model.questions import Question
from coursepack.pages import about, teaching
from coursepack.render.draw import sample
from coursepack.render.question_blocks import question_items
from coursepack.writers.scorm.html import PageHtml, PartHtml, ScoFiles
from coursepack.writers.scorm.passages import CheckAfter, TextSection, answering, sections
from coursepack.writers.scorm.questions import QuestionViews, described
from coursepack.writers.scorm.start import Next, PartView, Start, front
from coursepack.writers.scorm.terms import GlossaryTerms, TermView
from coursepack.writers.scorm.views import AnswerPassage, QuestionView, exam_html

KEY_LETTERS = 3
"""Letters that stand for a page or a question in suspend_data."""


NOTHING = Markup("")

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
class PagePiece:
    """A stretch of a page's text with the questions that stand behind it."""

    html: Markup
    questions: tuple[QuestionView, ...] = ()


@dataclass(frozen=True)
class ScoPage:
    """One page. ``group`` is the title of the part it belongs to (for a SCO that holds the whole course).

    ``toc`` lists headings as (id, text, level); ``links`` lead to other pages as (page id, text); ``exam`` is a list
    of exam questions as printed; ``terms`` are those of a glossary; ``language`` tells how fast it is read.
    """

    id: str
    key: str
    title: str
    group: str = ""
    kicker: str = ""
    outcomes: tuple[str, ...] = ()
    outline: tuple[Outline, ...] = ()
    toc: tuple[tuple[str, str, int], ...] = ()
    pieces: tuple[PagePiece, ...] = ()
    questions: tuple[QuestionView, ...] = ()
    exam: tuple[Markup, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    practice: bool = False
    terms: tuple[TermView, ...] = ()
    start: Start | None = None
    language: str = SOURCE

    @property
    def body(self) -> Markup:
        """The text without its questions."""
        return Markup("\n").join(piece.html for piece in self.pieces)

    @property
    def outline_leads(self) -> bool:
        """Whether a point of the plan leads to a heading of the text."""
        return any(point.target for point in _walked(self.outline))

    @property
    def minutes(self) -> float:
        """How long its words take to read."""
        return sum(len(text.striptags().split()) for text in self.texts) / reading(self.language).words_a_minute

    @property
    def seconds(self) -> int:
        """How long the page must stand before it can count as read: a share of what its words take to read."""
        return round(min(max(self.minutes * READ_SHARE * 60, LEAST_SECONDS), MOST_SECONDS))

    @property
    def texts(self) -> tuple[Markup, ...]:
        """All that stands on the page before anything is answered."""
        requested = (html for question in (*self.checks, *self.questions) for html in question.texts)
        points = (point.html for point in _walked(self.outline))
        begun = self.start.texts if self.start else ()
        return (*points, *begun, self.body, *(term.html for term in self.terms), *requested, *self.exam)

    @property
    def checks(self) -> tuple[QuestionView, ...]:
        """The questions that stand in the text."""
        return tuple(question for piece in self.pieces for question in piece.questions)

    @property
    def asked(self) -> list[QuestionView]:
        """The questions that a learner answers, in order."""
        return [question for question in (*self.checks, *self.questions) if question.kind != "description"]

    @property
    def keyed(self) -> bool:
        """True when a question on the page is marked."""
        return any("parts" in question.data for question in self.asked)


@dataclass(frozen=True)
class ScoContent:
    """A SCO: its pages, the questions with a key that it scores, and the pictures and files it shows (path → bytes)."""

    id: str
    title: str
    pages: tuple[ScoPage, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    missing: tuple[tuple[str, str], ...] = ()
    terms: tuple[TermView, ...] = ()
    """Those of the glossary that its pages open."""
    next: Next | None = None

    @property
    def minutes(self) -> float:
        """How long its words take to read."""
        return sum(page.minutes for page in self.pages)

    @property
    def questions(self) -> list[QuestionView]:
        """Every question that a learner answers here, in order."""
        return [question for page in self.pages for question in page.asked]

    @property
    def start_data(self) -> list[dict[str, object]] | None:
        """The parts whose progress the start page tells."""
        found = next((page.start for page in self.pages if page.start), None)
        parts = found.parts if found else ()
        return [{"sco": one.sco, "pages": one.pages, "keys": one.keys} for one in parts] or None

    @property
    def formulas(self) -> bool:
        """True when a page shows a formula."""
        texts = (text for page in self.pages for text in page.texts)
        return any("<math" in text for text in (*texts, *(term.html for term in self.terms)))

    @property
    def points(self) -> float:
        """The sum of the questions that are marked."""
        return sum((float(question.data["mark"]) for question in self.questions if "parts" in question.data), 0.0)


def _beside(lesson: ScoContent, title: str, place: str) -> Next:
    return Next(title, f"item-{lesson.id}", f"../{lesson.id}/index.html{place}")


def following(lesson: ScoContent | None, *, linked: bool) -> Next | None:
    """What a SCO leads to; ``linked``: in its own package."""
    if lesson is None:
        return None
    return _beside(lesson, lesson.title, "") if linked else Next(lesson.title)


class ShortIds:
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
    files: ScoFiles
    practice: Practice = DEFAULT_PRACTICE
    models: bool = True
    """Whether the model answers of open self-check questions are shown."""
    placed: bool = True
    """Whether questions stand behind the sections they belong to."""
    declared: tuple[CheckAfter, ...] = ()
    terms: GlossaryTerms | None = None
    """The glossary, where its terms are marked in texts."""
    keys: ShortIds = field(default_factory=ShortIds)
    _headings: dict[str, list[tuple[str, TextSection]]] = field(default_factory=dict)
    """The sections of a class that have a heading, with its id on the page."""

    def lesson(self, part: ContentNode) -> ScoContent | None:
        """The SCO of one part of the course (about, a week, exam, closing); None when it holds no page."""
        pages = tuple(self.pages(part))
        return self._lesson(part.id, clean(part.title) or part.id, pages) if pages else None

    def whole(self, parts: Iterable[ContentNode], *, start: bool = False) -> ScoContent | None:
        """One SCO of all parts."""
        result = [lesson for part in parts if (lesson := self.lesson(part))]
        pages = tuple(replace(page, group=lesson.title) for lesson in result for page in lesson.pages)
        if start and pages:
            views = [
                self._part(lesson, Next(lesson.title, href=f"#{lesson.pages[0].id}"), own=True) for lesson in result
            ]
            links = {page.id: Next(page.title, href=f"#{page.id}") for page in pages}
            pages = (replace(self._start(views, links), group=result[0].title), *pages)
        return self._lesson("course", clean(self.course.title) or self.course.id, pages) if pages else None

    def started(self, lesson: ScoContent, lessons: Sequence[ScoContent], *, linked: bool) -> ScoContent:
        """The SCO with the start page before its own; ``lessons`` are all SCOs, ``linked`` those of one package."""
        views: list[PartView] = []
        links: dict[str, Next] = {}
        for one in lessons:
            link = _beside(one, one.title, "") if linked else Next(one.title)
            own = one is lesson
            views.append(self._part(one, Next(one.title, href=f"#{one.pages[0].id}") if own else link, own=own))
            links |= {page.id: _beside(one, page.title, f"#{page.id}") for page in one.pages} if linked else {}
        page = self._start(views, links)
        missing = tuple(dict.fromkeys((*lesson.missing, *self.files.missing)))
        return replace(lesson, pages=(page, *lesson.pages), files=lesson.files | self.files.used, missing=missing)

    def _part(self, lesson: ScoContent, link: Next, *, own: bool = False) -> PartView:
        minutes = math.ceil(lesson.minutes)
        keys = tuple(page.key for page in lesson.pages) if own else ()
        return PartView(lesson.id, lesson.title, minutes, len(lesson.pages), link, keys)

    def _start(self, parts: Sequence[PartView], links: dict[str, Next]) -> ScoPage:
        start = front(self.course, self.say, PartHtml("start", self.files, self.say).html, parts, links)
        title, language = self.say("Start page"), self.course.language
        return ScoPage("start", self.keys.of("start"), title, kicker=start.by, start=start, language=language)

    def _lesson(self, name: str, title: str, pages: tuple[ScoPage, ...]) -> ScoContent:
        return ScoContent(name, title, pages, dict(self.files.used), tuple(self.files.missing), self.opened())

    def opened(self) -> tuple[TermView, ...]:
        """The terms of the glossary that texts open, of all that was made so far."""
        used = self.terms.used if self.terms else set()
        return tuple(self._terms(term for term in self.course.glossary if term.id in used))

    def _terms(self, terms: Iterable[Term], prefix: str = "gloss") -> Iterable[TermView]:
        for term in terms:
            html = PartHtml(f"{prefix}-{term.id}", self.files, self.say).html(term.definition)
            names = "; ".join(f"{language}: {name}" for language, name in sorted(term.translations.items()))
            yield TermView(term.id, self.keys.of(term.id), clean(term.term), clean(names), html)

    def pages(self, part: ContentNode) -> Iterable[ScoPage]:
        # A week that has no sessions yet still has its page, so that the plan stays whole.
        nodes = part.children or ((part,) if part.kind == "week" else ())
        reviewed = {
            node.payload.id: node.id
            for node in nodes
            if node.kind == "review" and isinstance(node.payload, Session) and self._left(node.payload)
        }
        for node in nodes:
            page = self._page(node, reviewed)
            if page is not None:
                yield page

    def _page(self, node: ContentNode, reviewed: dict[str, str]) -> ScoPage | None:
        title = clean(node.title) or node.id
        page = ScoPage(id=node.id, key=self.keys.of(node.id), title=title, language=self.course.language)
        match node.kind, node.payload:
            case "session", Session() as session:
                return self._session(page, session, reviewed.get(session.id))
            case "review", Session() as session:
                return self._review(page, session) if node.id in reviewed.values() else None
            case "assignment", Assignment() as assignment:
                return self._read(page, teaching.assignment(assignment, self.course.language))
            case "reading", Reading() as reading:
                return self._read(page, teaching.reading(reading, self.course.language))
            case "section", ReadSection() as section:
                return self._read(page, section.blocks)
            case "exam-list", Exam() as exam:
                items = question_items(exam.listed, self.say)
                shown = tuple(PartHtml(node.id, self.files, self.say).html(item) for item in items)
                return replace(page, exam=shown)
            case "practice", Exam() as exam:
                return self._practice(page, exam)
            case "week", _:
                return page
            case "glossary", _:
                return replace(page, terms=tuple(self._terms(self.course.glossary, "term")))
            case kind, _:
                return self._read(page, about.PAGES[kind](self.course)) if kind in about.PAGES else None

    def _read(self, page: ScoPage, blocks: Blocks) -> ScoPage:
        renderer = PageHtml(page.id, self.files, self.say, self.terms)
        body = renderer.html(blocks)
        return replace(page, pieces=(PagePiece(body),), toc=tuple(renderer.toc) if len(renderer.toc) > 1 else ())

    def _session(self, page: ScoPage, session: Session, review: str | None) -> ScoPage:
        say = self.say
        language = self.course.language
        # Outcomes and outline have places of their own on a page; the outline leads to the headings of the text.
        renderer = PageHtml(page.id, self.files, say, self.terms)
        renderer.label(session.blocks)
        before = (*teaching.session_aims(session, language), *teaching.session_topics(session, language))
        texts = [TextSection(before), *self._sections(session), TextSection(teaching.session_end(session, language))]
        pieces = []
        number = 0
        self._headings[session.id] = []
        for text in texts:
            headings = len(renderer.toc)
            html = renderer.html(text.blocks)
            if text.heading and len(renderer.toc) > headings:
                self._headings[session.id].append((renderer.toc[headings][0], text))
            above = self._headings[session.id][-1] if self._headings[session.id] else None
            passage = AnswerPassage(above[0], above[1].heading) if above else None
            views = self._questions(page, text.checks, number, lambda _, passage=passage: passage)  # type: ignore[misc]
            number += sum(view.kind != "description" for view in views)
            if html or views:
                pieces.append(PagePiece(html, views))
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
            pieces=tuple(pieces),
            links=links,
        )

    def _sections(self, session: Session) -> list[TextSection]:
        return sections(session, self.declared, placed=self.placed)

    def _left(self, session: Session) -> list[Question]:
        """The questions that stand behind the text."""
        placed = {question.id for text in self._sections(session) for question in text.checks}
        return [question for question in session.review if question.id not in placed]

    def _outline(self, point: teaching.NestedPoint, renderer: PageHtml) -> Outline:
        content = point.topic.content
        wanted = _fold(inline_text(content))
        found = [(name, _fold(text)) for name, text, _ in renderer.toc]
        alike = [name for name, text in found if wanted and text == wanted]
        # A plan and a heading often differ by a word at the end.
        alike += [name for name, text in found if _opens(wanted, text) or _opens(text, wanted)]
        target = alike[0] if alike else None
        inner = tuple(self._outline(one, renderer) for one in point.inner)
        return Outline(renderer.inline_html(content), target, inner, any(one.topic.printed for one in point.inner))

    def _review(self, page: ScoPage, session: Session) -> ScoPage:
        found = self._headings.get(session.id, [])
        texts = [(text.heading, block_text(text.blocks)) for _, text in found]

        def passage(question: Question) -> AnswerPassage | None:
            at = answering(question, texts)
            return None if at is None else AnswerPassage(found[at][0], texts[at][0], sure=False)

        views = self._questions(page, self._left(session), 0, passage)
        plain, numbered = _BACK[session.kind]
        back = self.say(plain) if session.number is None else self.say(numbered, number=session.number)
        return replace(page, questions=views, links=((session.id, back),))

    def _practice(self, page: ScoPage, exam: Exam) -> ScoPage:
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

    def _questions(
        self,
        page: ScoPage,
        questions: Iterable[Question],
        number: int,
        passage: Callable[[Question], AnswerPassage | None],
    ) -> tuple[QuestionView, ...]:
        """Views of the questions, counted on from ``number``."""
        maker = QuestionViews(page.id, self.files, self.say, models=self.models)
        views: list[QuestionView] = []
        for question in questions:
            number += question.__class__.__name__ != "Description"
            view = maker.view(question, self.keys.of(question.id), self.say("Question {number}", number=number))
            if view is not None:
                views.append(replace(view, passage=passage(question)))
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
