"""The right side: the course by weeks, as a student will see it, every piece with the place it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from coursepack.contents import ContentNode, assignment_title, contents, session_title
from coursepack.languages.catalogues import Words, words
from coursepack.model.blocks import Blocks, block_text
from coursepack.model.course import Assignment, Course, Exam, Reading, Section, Session, Week
from coursepack.model.questions import MultipleChoice, Question
from coursepack.pages import about as about_pages
from coursepack.pages import spoken
from coursepack.place import Place
from coursepack.render.html import HtmlRenderer

PAGE = 100
"""Questions that are shown at once."""


@dataclass(frozen=True)
class ViewPiece:
    """A piece of a page: a heading of level ``level`` (0: none) or other HTML; ``role`` says what acts it has."""

    html: Markup
    place: Place | None = None
    level: int = 0
    role: str = ""
    id: str = ""
    words: str = ""


@dataclass(frozen=True)
class ChoiceView:
    text: str
    right: bool


def nodes(course: Course) -> list[ContentNode]:
    """The parts to choose from: about, weeks, exam, closing."""
    return list(contents(course).children)


def node_of(course: Course, part: str) -> str:
    """The id of the part of ``nodes`` that holds a part of the course."""
    for child in nodes(course):
        if any(part == node.id or part.startswith(f"{node.id}-") for node in child.walk()):
            return child.id
    return ""


def names(course: Course, every: Sequence[ContentNode]) -> dict[str, str]:
    """What a person calls each part that a line may have gone to, by its id: a question by its number where it
    stands."""
    found = {one.id: one.title for part in every for one in part.walk()}
    say = words(course.language)
    found.setdefault("glossary", say("Glossary"))
    lists = [("exam", course.exam.questions if course.exam else ())]
    lists += [(session.id, session.review) for _, session in course.sessions()]
    for home, questions in lists:
        for number, one in enumerate(questions, 1):
            found.setdefault(one.id, say("{name}, question {number}", name=found.get(home, home), number=number))
    return found


def pieces(course: Course, node: ContentNode, start: int = 0) -> Iterator[ViewPiece]:
    """The pages of a part, piece by piece; of an exam the questions from number ``start`` on."""
    say = words(course.language)
    html = HtmlRenderer(top=4, address=lambda asset: f"/asset/{asset}")
    match node.payload:
        case Week() as week:
            for session in week.sessions:
                yield from _session(html, session, say)
            for assignment in week.assignments:
                yield from _assignment(html, assignment, say)
        case Exam() as exam:
            yield from _questions(html, exam.questions[start : start + PAGE])
        case _:
            for child in node.children:
                yield from _page(html, course, child)


def _page(html: HtmlRenderer, course: Course, node: ContentNode) -> Iterator[ViewPiece]:
    yield ViewPiece(Markup("{}").format(node.title), getattr(node.payload, "place", None), level=3, id=node.id)
    match node.payload:
        case Section() | Reading() as part:
            yield from _blocks(html, part.blocks)
        case _ if node.kind == "glossary":
            for term in course.glossary:
                text = Markup("<p><b>{}</b></p>").format(term.term) + html.html(term.definition)
                yield ViewPiece(text, term.place)
        case _ if node.kind in _PAGES:
            yield ViewPiece(html.html(_PAGES[node.kind](course)))
        case _:
            pass


_PAGES: dict[str, Callable[[Course], Blocks]] = {
    "syllabus": about_pages.syllabus,
    "outcomes": about_pages.outcomes,
    "grading": about_pages.grading,
    "literature": about_pages.literature,
}


def _session(html: HtmlRenderer, session: Session, say: Words) -> Iterator[ViewPiece]:
    title = Markup("{}").format(session_title(session, say))
    yield ViewPiece(title, session.place, level=3, role="session", id=session.id)
    page = spoken(say.language)
    yield from _titled(page("Aims"), list(_blocks(html, session.aims)))
    yield from _titled(page("Outline"), [_topic(html, one.content, one.place) for one in session.outline])
    yield from _titled(page("Topics for discussion"), [_topic(html, one.content, one.place) for one in session.topics])
    yield from _titled(page("Equipment"), list(_blocks(html, session.equipment)))
    yield from _blocks(html, session.blocks)
    yield from _titled(page("Tasks"), [one for task in session.tasks for one in _blocks(html, task.blocks)])
    yield from _titled(say("Review questions"), list(_questions(html, session.review)))


def _titled(title: str, found: Sequence[ViewPiece]) -> Iterator[ViewPiece]:
    if found:
        yield ViewPiece(Markup("{}").format(title), level=4)
        yield from found


def _topic(html: HtmlRenderer, content: object, place: Place | None) -> ViewPiece:
    return ViewPiece(Markup("<p class=item>{}</p>").format(html.inline_html(content)), place)  # type: ignore[arg-type]


def _blocks(html: HtmlRenderer, blocks: Blocks) -> Iterator[ViewPiece]:
    yield from (ViewPiece(html.html((block,)), block.place) for block in blocks)


def _assignment(html: HtmlRenderer, assignment: Assignment, say: Words) -> Iterator[ViewPiece]:
    title = Markup("{}").format(assignment_title(assignment, say))
    yield ViewPiece(title, assignment.place, level=3, role="assignment", id=assignment.id)
    yield from _blocks(html, assignment.blocks)


def _questions(html: HtmlRenderer, questions: Sequence[Question]) -> Iterator[ViewPiece]:
    for question in questions:
        text = html.html(question.text)
        if isinstance(question, MultipleChoice):
            rows = [
                Markup("<li{}>{}{}</li>").format(
                    Markup(" class=right") if choice.fraction > 0 else "",
                    html.html(choice.content),
                    Markup(" <span class=tick>✓</span>") if choice.fraction > 0 else "",
                )
                for choice in question.choices
            ]
            text += Markup("<ol class=choices type=A>{}</ol>").format(Markup("").join(rows))
        number = Markup("<span class=number>{}.</span> ").format(question.number)
        yield ViewPiece(number + text, question.place, role="question", id=question.id, words=block_text(question.text))


def choices(question: Question) -> list[ChoiceView]:
    """The answers of a question that a key can be chosen of."""
    if not isinstance(question, MultipleChoice):
        return []
    return [ChoiceView(block_text(one.content), one.fraction > 0) for one in question.choices]
