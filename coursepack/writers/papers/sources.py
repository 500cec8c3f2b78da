"""The part of the model that a paper is made from, as JSON to attach to it: what the paper prints, and no more.

It is a ``Course`` of the published schema, filled field by field: what nobody names here (keys, tickets, a grader's
notes, what the teacher says, where a source lies) cannot come along. A question stands there as it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from coursepack import visible
from coursepack.model.course import About, Course, Exam, ExamTicket, Section, Session, Week
from coursepack.model.questions import Essay, Question, Questions
from coursepack.render.question_blocks import asked
from coursepack.writers.papers.words import PaperWords

_HOUSE = (
    *("code", "programme", "credits", "university", "faculty", "department", "year", "semester", "city"),
    *("teachers", "approval", "signatures", "form_code", "edition"),
)
"""What heads a paper."""
_PLAN = ("id", "kind", "number", "title", "outline", "topics", "hours", "points")
_CLASS = (*_PLAN, "unit", "outcomes", "aims", "equipment", "blocks", "tasks", "literature")


def source(*courses: Course) -> bytes:
    """The JSON of the part, or of the parts in several languages, without the places in documents."""
    parts = [_without_places(msgspec.to_builtins(course)) for course in courses]
    return visible.json(parts[0] if len(parts) == 1 else parts, "deterministic")


def syllabus(course: Course, say: PaperWords) -> Course:
    """What is declared, the plan, the tasks and the list of exam questions."""
    return _head(
        course,
        about=course.about,
        weeks=_weeks(course, _PLAN, assignments=True),
        exam=_listed(course, say),
        links=course.links,
    )


def chapter(course: Course, key: str, say: PaperWords) -> dict[str, Any]:
    """The fields that a chapter of the course set is made from, by the chapter's key."""
    match key:
        case "foreword" | "introduction" | "conclusion":
            section: Section | None = getattr(course, key)
            return {key: section}
        case "lectures":
            return {"weeks": _weeks(course, _CLASS, kinds=("lecture",))}
        case "seminars":
            return {"weeks": _weeks(course, _CLASS, kinds=("seminar",))}
        case "classes":
            return {"weeks": _weeks(course, _CLASS, kinds=("practical", "laboratory"))}
        case "work":
            return {"weeks": _weeks(course, (), kinds=(), assignments=True)}
        case "review":
            return {"weeks": _weeks(course, ("id", "kind", "number", "title"), review=say)}
        case "exam":
            return {"exam": _listed(course, say)}
        case "glossary" | "readings":
            return {key: getattr(course, key)}
        case "literature":
            return {"links": course.links, "about": About(literature=course.about.literature)}
    raise KeyError(key)


def course_set(course: Course, chapters: Iterable[str], say: PaperWords) -> Course:
    """The chapters of a set, or of one of its documents."""
    keys = tuple(chapters)
    fields: dict[str, Any] = {}
    for key in keys:
        fields |= chapter(course, key, say)
    of_weeks = [chapter(course, key, say)["weeks"] for key in keys if "weeks" in chapter(course, key, say)]
    about = {name: getattr(course.about, name) for name in _HOUSE}
    if "literature" in keys:
        about["literature"] = course.about.literature
    return _head(course, **(fields | {"about": About(**about), "weeks": _together(of_weeks)}))


def exam(course: Course, questions: Iterable[Question], say: PaperWords, tickets: Iterable[ExamTicket] = ()) -> Course:
    """Questions as they are asked, and tickets that ask them."""
    return _head(course, exam=Exam(questions=_asked(questions, say), tickets=tuple(tickets)))


def keys(course: Course) -> Course:
    """All exam questions with all that a marker needs: for the teacher's list alone."""
    return _head(course, exam=Exam(questions=course.exam.questions if course.exam else ()))


def _head(course: Course, **fields: Any) -> Course:
    about = About(**{name: getattr(course.about, name) for name in _HOUSE})
    given: dict[str, Any] = {"id": course.id, "title": course.title, "language": course.language, "about": about}
    return Course(**(given | fields))


def _listed(course: Course, say: PaperWords) -> Exam | None:
    if course.exam is None:
        return None
    return Exam(questions=_asked(course.exam.listed, say), title=course.exam.title, form=course.exam.form)


def _asked(questions: Iterable[Question], say: PaperWords) -> Questions:
    return tuple(
        Essay(
            id=question.id,
            number=question.number,
            printed=question.printed,
            text=asked(question, lambda word: say(word.lower())),
        )
        for question in questions
    )


def _weeks(
    course: Course,
    fields: tuple[str, ...],
    *,
    kinds: tuple[str, ...] | None = None,
    assignments: bool = False,
    review: PaperWords | None = None,
) -> tuple[Week, ...]:
    """The weeks with these ``fields`` of their sessions; ``review``: with their review questions, as asked."""

    def session(found: Session) -> Session:
        given: dict[str, Any] = {name: getattr(found, name) for name in fields}
        return Session(**given, review=_asked(found.review, review) if review else ())

    return tuple(
        Week(
            id=week.id,
            number=week.number,
            title=week.title,
            sessions=tuple(session(found) for found in week.sessions if kinds is None or found.kind in kinds),
            assignments=week.assignments if assignments else (),
        )
        for week in course.weeks
    )


def _together(parts: list[tuple[Week, ...]]) -> tuple[Week, ...]:
    """The same weeks, each with what any of the parts holds of it."""
    return tuple(
        msgspec.structs.replace(
            same[0],
            sessions=_sessions(session for week in same for session in week.sessions),
            assignments=next((week.assignments for week in same if week.assignments), ()),
        )
        for same in zip(*parts, strict=True)
    )


def _sessions(found: Iterable[Session]) -> tuple[Session, ...]:
    """Each session once: its review questions come from another chapter than its text."""
    by_id: dict[str, Session] = {}
    for session in found:
        known = by_id.get(session.id)
        by_id[session.id] = msgspec.structs.replace(known, review=session.review) if known else session
    return tuple(by_id.values())


def _without_places(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_places(part) for name, part in value.items() if name != "place"}
    if isinstance(value, list | tuple):
        return [_without_places(part) for part in value]
    return value
