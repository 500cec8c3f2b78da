"""A course as a list of parts: what a reader meets, one after another, with its plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from coursepack.contents import reading_title, session_label, session_title
from coursepack.languages.catalogues import Words, words
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import About, Course, Section
from coursepack.model.questions import (
    Cloze,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.render.plain import plain


@dataclass(frozen=True)
class CoursePart:
    """``kind`` is a word of ``diff.KINDS``; ``where`` names what it stands in (a week, the exam); ``text`` has a line
    a paragraph."""

    kind: str
    id: str
    title: str
    text: str
    where: str = ""


@dataclass(frozen=True)
class Revision:
    """One side of a comparison. ``form`` says what it was read from: only two of one form can be compared."""

    name: str
    title: str
    language: str
    parts: tuple[CoursePart, ...]
    form: str = "course"


def of_course(course: Course, name: str = "") -> Revision:
    """The parts of a course in reading order."""
    say, labels = words(course.language), words(course.language, "archive")
    found = [*_about(course, labels), *_weeks(course, say, labels), *_rest(course, say)]
    return Revision(name, course.title, course.language, tuple(found))


# Field of the course → its name for people where it is not the field's own; message ids of the catalogue «archive».
_LABELS = {
    "code": "Course code",
    "language": "Language of teaching",
    "year": "Academic year",
    "edition": "Edition number",
}


# Key inside a field → its name for people; message ids of the same catalogue. Keys without one are said by their value.
_INNER = {
    "approver_post": "Approved by (post)",
    "approver_name": "Approved by",
    "department_minutes": "Minutes of the department, No.",
    "department_date": "Date of the minutes",
    "council": "Council",
    "council_minutes": "Minutes of the council, No.",
    "council_date": "Date of the council's minutes",
    "lecture": "Lectures",
    "seminar": "Seminars",
    "practical": "Practical classes",
    "laboratory": "Laboratory classes",
    "independent": "Independent work",
    "supervised": "Supervised work",
    "total": "In total",
    "name": "Name",
    "degree": "Degree",
    "post": "Post",
    "email": "E-mail",
    "phone": "Telephone",
    "room": "Room",
    "office_hours": "Office hours",
    "preset": "Scheme",
    "formula": "Formula",
    "percent": "Per cent",
    "after_week": "After week",
    "points": "Points",
    "basic": "Basic literature",
    "additional": "Additional literature",
    "internet": "Internet sources",
    "role": "Role",
    "due": "Due",
    "week": "Due in week",
    "hours": "Hours",
}


def _about(course: Course, labels: Words) -> Iterator[CoursePart]:
    yield CoursePart("about", "title", "Title", course.title)
    yield CoursePart("about", "language", _LABELS["language"], course.language)
    about, nothing = course.about, About()
    for field in about.__struct_fields__:
        value = getattr(about, field)
        if field == "policies":
            yield from (_section(policy) for policy in about.policies)
        elif value != getattr(nothing, field):
            yield CoursePart(
                "about", field, _LABELS.get(field, field.replace("_", " ").capitalize()), _said(value, labels)
            )
    for section in (course.foreword, course.introduction):
        if section:
            yield _section(section)


def _said(value: object, labels: Words) -> str:
    """A declared value in words: its leaves, a line each, called as people call them in the language of the course."""
    data = msgspec.to_builtins(value)
    lines: list[str] = []

    def walk(item: object, label: str) -> None:
        if isinstance(item, dict):
            if "text" in item and item.get("is") == "run":
                lines.append(str(item["text"]))
                return
            for key, inner in item.items():
                if key not in {"is", "place"}:
                    walk(inner, labels(_INNER[key]) if key in _INNER else "")
        elif isinstance(item, list | tuple):
            for inner in item:
                walk(inner, label)
        elif item is not None:
            lines.append(f"{label}: {item}" if label else str(item))

    walk(data, "")
    return "\n".join(lines)


def _section(section: Section) -> CoursePart:
    return CoursePart("section", section.id, section.title, plain(section.blocks))


def _weeks(course: Course, say: Words, labels: Words) -> Iterator[CoursePart]:
    for week in course.weeks:
        where = say("Week {number}", number=week.number)
        for session in week.sessions:
            title = session_title(session, say)
            points = (*session.outline, *session.topics)
            lines = ["  " * (topic.level - 1) + inline_text(topic.content) for topic in points]
            lines += [plain(blocks) for blocks in (session.aims, session.equipment, session.blocks) if blocks]
            lines += session.literature
            kind = "lecture" if session.kind == "lecture" else "seminar"
            yield CoursePart(kind, session.id, title, "\n".join(lines), where)
            for task in session.tasks:
                yield CoursePart("task", task.id, task.label or "", plain(task.blocks), session_label(session, say))
            yield from (_question(question, session_label(session, say)) for question in session.review)
        for task_ in week.assignments:
            stated = {"due": task_.due, "week": task_.due_week, "hours": task_.hours, "points": task_.points}
            more = [f"{labels(_INNER[label])}: {value}" for label, value in stated.items() if value is not None]
            text = "\n".join([plain(task_.blocks), *more])
            yield CoursePart("task", task_.id, task_.title or task_.label or task_.id, text, where)


def _rest(course: Course, say: Words) -> Iterator[CoursePart]:
    if course.exam:
        yield CoursePart("about", "exam-release", "Release of the exam questions", course.exam.release)
        where = course.exam.title or say("Exam")
        yield from (_question(question, where) for question in course.exam.questions)
    if course.conclusion:
        yield _section(course.conclusion)
    for number, reading in enumerate(course.readings, 1):
        yield CoursePart("reading", reading.id, reading_title(reading, number, say), plain(reading.blocks))
    for term in course.glossary:
        yield CoursePart("term", term.id, term.term, f"{term.term}\n{plain(term.definition)}")


def _question(question: Question, where: str) -> CoursePart:
    lines = [plain(question.text), *_answers(question)]
    lines += [block_text(blocks) for blocks in (question.feedback, question.grader_notes) if blocks]
    if question.mark is not None:
        lines.append(f"{question.mark:g}")
    return CoursePart("question", question.id, question.title or "", "\n".join(lines), where)


def _answers(question: Question) -> list[str]:
    match question:
        case MultipleChoice():
            return [f"{_sign(choice.fraction)} {plain(choice.content)}" for choice in question.choices]
        case TrueFalse():
            return [str(question.answer).lower()]
        case ShortAnswer():
            return [f"{_sign(answer.fraction)} {answer.text}" for answer in question.answers]
        case Numerical():
            return [f"{_sign(answer.fraction)} {answer.value} ±{answer.tolerance}" for answer in question.answers]
        case Matching():
            return [f"{plain(pair.question)} = {plain(pair.answer)}" for pair in question.pairs]
        case Ordering():
            return [f"{number}. {plain(item.content)}" for number, item in enumerate(question.items, 1)]
        case Cloze():
            return ["; ".join(f"{_sign(a.fraction)} {a.text}" for a in gap.answers) for gap in question.gaps]
        case Essay():
            return [plain(question.template)] if question.template else []
        case _:
            return []


def _sign(fraction: float) -> str:
    return "+" if fraction >= 1 else "-" if fraction <= 0 else f"+{fraction:g}"
