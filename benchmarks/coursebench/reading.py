"""What coursepack reads in a document, in the form of the gold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.coursebench import gold as g
from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model import course as c
from coursepack.model.blocks import (
    Block,
    Blocks,
    Code,
    Figure,
    Footnote,
    Formula,
    Heading,
    List,
    Math,
    Paragraph,
    Picture,
    Quote,
    Table,
    block_text,
    inline_text,
)
from coursepack.model.course import Course
from coursepack.model.questions import Description, Essay, MultipleChoice, Question, ShortAnswer, TrueFalse
from coursepack.place import Severity


class LedgerError(Exception):
    """Letters of a source were lost: an internal error, told without the text."""


def read(files: list[Path]) -> g.Gold:
    """The course that these files give when they are handed over together, without a course.toml.

    Raises LedgerError where content of the ledger is not in the course: ``build`` writes nothing then.
    """
    (loaded,) = find_projects(files)
    understood = build.understand(loaded)
    errors = (finding for finding in understood.findings if finding.severity is Severity.ERROR)
    lost = [finding for finding in errors if finding.code.startswith("ledger-")]
    if lost:
        raise LedgerError(f"{lost[0].code}, {len(lost)} times")
    return of_course(understood.course)


def of_course(course: Course) -> g.Gold:
    """A course in the form of the gold."""
    every = list(_all_blocks(course))
    return g.Gold(
        language=course.language,
        title=course.title or None,
        about=_about(course.about),
        foreword=_section(course.foreword),
        introduction=_section(course.introduction),
        conclusion=_section(course.conclusion),
        sessions=tuple(_session(week, session) for week, session in course.sessions()),
        assignments=tuple(_assignment(week, a) for week in course.weeks for a in week.assignments),
        exam=() if course.exam is None else _exam(course.exam),
        tickets=() if course.exam is None else tuple(_tickets(course.exam)),
        glossary=tuple(g.Term(term=t.term, definition=_line(block_text(t.definition))) for t in course.glossary),
        readings=tuple(g.Titled(title=r.title, text=(*paragraphs(r.blocks), *r.references)) for r in course.readings),
        figures=sum(isinstance(block, Figure) for block in every)
        + sum(isinstance(i, Picture) for i in _inlines(every)),
        tables=tuple(_table(block) for block in every if isinstance(block, Table)),
        formulas=sum(isinstance(block, Formula) for block in every) + sum(isinstance(i, Math) for i in _inlines(every)),
    )


# --- blocks


def paragraphs(blocks: Blocks) -> tuple[str, ...]:
    """A text for each paragraph, heading and list item, in order; tables, figures and formulas are counted apart."""
    return tuple(text for block in blocks for text in _paragraphs(block) if text)


def _paragraphs(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield _line(inline_text(block.content))
        case List():
            for item in block.items:
                yield from paragraphs(item.blocks)
        case Quote():
            yield from paragraphs(block.blocks)
        case Code():
            yield _line(block.text)


def _line(text: str) -> str:
    return " ".join(text.split())


def _nested(blocks: Blocks) -> Iterator[Block]:
    for block in blocks:
        yield block
        match block:
            case List():
                for item in block.items:
                    yield from _nested(item.blocks)
            case Quote() | Footnote():
                yield from _nested(block.blocks)
            case Table():
                for row in block.rows:
                    for cell in row.cells:
                        yield from _nested(cell.blocks)


def _inlines(blocks: list[Block]) -> Iterator[object]:
    for block in blocks:
        if isinstance(block, Heading | Paragraph):
            yield from block.content


def _table(table: Table) -> tuple[g.Texts, ...]:
    return tuple(tuple(_line(block_text(cell.blocks)) for cell in row.cells) for row in table.rows)


def _all_blocks(course: Course) -> Iterator[Block]:
    for section in (course.foreword, course.introduction, course.conclusion, *course.about.policies):
        if section is not None:
            yield from _nested(section.blocks)
    yield from _nested((*course.about.description, *course.about.aim))
    for _, session in course.sessions():
        yield from _nested((*session.aims, *session.equipment, *session.blocks))
        for task in session.tasks:
            yield from _nested(task.blocks)
    for week in course.weeks:
        for assignment in week.assignments:
            yield from _nested(assignment.blocks)
    for question in course.questions():
        yield from _nested(question.text)
        if isinstance(question, MultipleChoice):
            for choice in question.choices:
                yield from _nested(choice.content)
    for reading in course.readings:
        yield from _nested(reading.blocks)


# --- parts


def _section(section: c.Section | None) -> g.Texts:
    return () if section is None else paragraphs(section.blocks)


def _session(week: c.Week, session: c.Session) -> g.Session:
    return g.Session(
        kind=session.kind,
        number=session.number,
        title=session.title,
        week=week.number,
        unit=session.unit,
        hours=session.hours,
        points=session.points,
        outline=tuple(inline_text(topic.content) for topic in session.outline),
        aims=paragraphs(session.aims),
        outcomes=session.outcomes,
        equipment=paragraphs(session.equipment),
        text=paragraphs(session.blocks),
        topics=tuple(inline_text(topic.content) for topic in session.topics),
        tasks=tuple(_line(block_text(task.blocks)) for task in session.tasks),
        review=tuple(_question(question) for question in session.review),
        literature=session.literature,
    )


def _assignment(week: c.Week, assignment: c.Assignment) -> g.Assignment:
    return g.Assignment(
        kind=assignment.kind,
        number=assignment.number,
        title=assignment.title,
        text=paragraphs(assignment.blocks),
        week=week.number,
        points=assignment.points,
        due=assignment.due,
    )


def _question(question: Question) -> g.Question:
    stem = _line(block_text(question.text))
    match question:
        case MultipleChoice():
            return g.Asked(
                stem=stem,
                options=tuple(_line(block_text(choice.content)) for choice in question.choices),
                key=tuple(at for at, choice in enumerate(question.choices) if choice.fraction > 0),
            )
        case ShortAnswer():
            return g.Asked(stem=stem, answer=question.answers[0].text if question.answers else None)
        case TrueFalse():
            return g.Asked(stem=stem, answer=str(question.answer))
        case Essay():
            return stem
    return g.Asked(stem=stem)


def _exam(exam: c.Exam) -> tuple[g.Question, ...]:
    """The questions that stand in no ticket: a document of tickets alone has no list."""
    printed = {one for ticket in exam.tickets for one in ticket.questions}
    asked = (one for one in exam.questions if not isinstance(one, Description))
    return tuple(_question(question) for question in asked if question.id not in printed)


def _tickets(exam: c.Exam) -> Iterator[g.Texts]:
    known = {question.id: question for question in exam.questions}
    for ticket in exam.tickets:
        yield tuple(_line(block_text(known[one].text)) for one in ticket.questions if one in known)


def _about(about: c.About) -> g.About:
    said = {name: getattr(about, name) for name in _SAME}
    return g.About(
        **said,
        teachers=tuple(g.Teacher(**{name: getattr(t, name) for name in _TEACHER}) for t in about.teachers),
        hours=g.Hours(**{name: getattr(about.hours, name) for name in _HOURS}) if about.hours else None,
        description=paragraphs(about.description),
        aim=paragraphs(about.aim),
        grading=tuple(g.Weight(name=w.name, percent=w.percent) for w in about.grading.weights) if about.grading else (),
        policies=tuple(g.Titled(title=p.title, text=paragraphs(p.blocks)) for p in about.policies),
        literature=g.Literature(**{name: getattr(about.literature, name) for name in _BOOKS}),
    )


_SAME = (
    "code", "credits", "university", "faculty", "department", "programme", "cycle", "component", "year", "semester",
    "study_year", "study_form", "city", "objectives", "outcomes", "prerequisites", "postrequisites",
)  # fmt: skip
_TEACHER = ("name", "degree", "post", "email", "phone", "room", "office_hours")
_HOURS = ("lecture", "seminar", "practical", "laboratory", "independent", "supervised", "total")
_BOOKS = ("basic", "additional", "internet")
