"""The course as a student meets it: a tree with stable ids, structure only.

Every writer that has a table of contents walks this tree, so that a cartridge, a SCORM package, a Moodle course and
a printed set name and order the same things alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from coursepack.languages.catalogues import Words, words
from coursepack.model.blocks import Blocks, Table, block_text
from coursepack.model.course import Assignment, Course, Exam, Reading, Section, Session, Week
from coursepack.model.questions import Questions
from coursepack.text.opening import opening

Kind = Literal[
    "course",
    "about",
    "syllabus",
    "section",
    "outcomes",
    "grading",
    "literature",
    "glossary",
    "week",
    "session",
    "review",
    "assignment",
    "exam",
    "exam-list",
    "exam-bank",
    "practice",
    "closing",
    "reading",
]

Payload = Course | Section | Week | Session | Assignment | Exam | Reading | None


@dataclass(frozen=True)
class ContentNode:
    """A place in the course. ``id`` is stable and ASCII; ``title`` is in the course's language, never empty.

    ``payload`` is the part of the model that the node shows: a ``review`` node has its ``Session``, ``syllabus``,
    ``outcomes`` … the whole ``Course``.
    """

    id: str
    kind: Kind
    title: str
    payload: Payload = None
    children: tuple[ContentNode, ...] = ()

    def walk(self) -> list[ContentNode]:
        """This node and all below it, in reading order."""
        return [self, *(found for child in self.children for found in child.walk())]


def contents(course: Course) -> ContentNode:
    """The tree: about, week 1 … n, exam (as ``exam.release`` allows a student), closing (conclusion, readings)."""
    say = words(course.language)
    parts = [_about(course, say), *(_week(week, say) for week in course.weeks)]
    if course.exam and course.exam.questions:
        parts.append(_exam(course.exam, say))
    closing = _closing(course, say)
    if closing.children:
        parts.append(closing)
    return ContentNode("course", "course", course.title, course, tuple(parts))


def _about(course: Course, say: Words) -> ContentNode:
    about = course.about
    pages: list[ContentNode] = [ContentNode("about-syllabus", "syllabus", say("Syllabus"), course)]
    read = [section for section in (course.foreword, course.introduction) if section]
    pages.extend(ContentNode(section.id, "section", section.title, section) for section in read)
    if about.outcomes:
        pages.append(ContentNode("about-outcomes", "outcomes", say("Learning outcomes"), course))
    if about.grading:
        pages.append(ContentNode("about-grading", "grading", say("Assessment"), course))
    pages.extend(ContentNode(policy.id, "section", policy.title, policy) for policy in about.policies)
    if about.literature.basic or about.literature.additional or about.literature.internet:
        pages.append(ContentNode("about-literature", "literature", say("Literature"), course))
    if course.glossary:
        pages.append(ContentNode("about-glossary", "glossary", say("Glossary"), course))
    return ContentNode("about", "about", say("About this course"), course, tuple(pages))


def _week(week: Week, say: Words) -> ContentNode:
    children: list[ContentNode] = []
    reviews: list[ContentNode] = []
    for session in week.sessions:
        children.append(ContentNode(session.id, "session", session_title(session, say), session))
        if session.review:
            title = say("Review questions") + ". " + session_label(session, say)
            reviews.append(ContentNode(f"{session.id}-review", "review", title, session))
    children.extend(
        ContentNode(assignment.id, "assignment", assignment_title(assignment, say), assignment)
        for assignment in week.assignments
    )
    return ContentNode(week.id, "week", week_title(week, say), week, (*children, *reviews))


def _exam(exam: Exam, say: Words) -> ContentNode:
    children: list[ContentNode] = []
    if exam.listed:
        children.append(ContentNode("exam-list", "exam-list", exam.title or say("Exam questions"), exam))
    if exam.practised:
        children.append(ContentNode("exam-practice", "practice", say("Practice exam"), exam))
    children.append(ContentNode("exam-bank", "exam-bank", say("Question bank. Exam"), exam))
    return ContentNode("exam", "exam", say("Exam"), exam, tuple(children))


def _closing(course: Course, say: Words) -> ContentNode:
    pages: list[ContentNode] = []
    if course.conclusion:
        pages.append(ContentNode(course.conclusion.id, "section", course.conclusion.title, course.conclusion))
    pages.extend(
        ContentNode(reading.id, "reading", reading_title(reading, number, say), reading)
        for number, reading in enumerate(course.readings, 1)
    )
    title = say("Conclusion and readings") if course.readings and course.conclusion else ""
    title = title or (say("Readings") if course.readings else say("Conclusion"))
    return ContentNode("closing", "closing", title, course, tuple(pages))


# --- names --------------------------------------------------------------------------------------------------------

_SESSION = {
    "lecture": ("Lecture", "Lecture {number}"),
    "seminar": ("Seminar", "Seminar {number}"),
    "practical": ("Practical class", "Practical class {number}"),
    "laboratory": ("Laboratory class", "Laboratory class {number}"),
}
_ASSIGNMENT = {
    "independent": ("Independent work", "Independent work {number}"),
    "supervised": ("Supervised independent work", "Supervised independent work {number}"),
    "homework": ("Homework", "Homework {number}"),
}
LONGEST_TASK_NAME = 120
"""So many letters of its own words may name a task without a title."""


def week_title(week: Week, say: Words) -> str:
    """«3-апта» or «3-апта. Title»; a week of one lecture borrows the lecture's title."""
    label = say("Week {number}", number=week.number)
    lectures = [session for session in week.sessions if session.kind == "lecture" and session.title]
    title = week.title or (lectures[0].title if len(lectures) == 1 else None)
    return _join(label, title)


def session_label(session: Session, say: Words) -> str:
    """«3-дәріс», or «дәріс» for a session without a number."""
    plain, numbered = _SESSION[session.kind]
    return say(plain) if session.number is None else say(numbered, number=session.number)


def session_title(session: Session, say: Words) -> str:
    """«3-дәріс. Title»."""
    return _join(session_label(session, say), session.title)


def assignment_label(assignment: Assignment, say: Words) -> str:
    """«3 СОӨЖ» with the source's own abbreviation, else the language's words for the kind."""
    plain, numbered = _ASSIGNMENT[assignment.kind]
    if assignment.number is None:
        return assignment.label or say(plain)
    if assignment.label:
        return say("{label} {number}", label=assignment.label, number=assignment.number)
    return say(numbered, number=assignment.number)


def assignment_title(assignment: Assignment, say: Words) -> str:
    """«3 СОӨЖ. Title»; a task without a title is named by the first sentence of its own words, before any table."""
    return _join(assignment_label(assignment, say), assignment.title or _said_first(assignment.blocks))


def _said_first(blocks: Blocks) -> str | None:
    """The first sentence of the first line; one that goes on with a small letter belongs to the line above."""
    spoken = block_text(tuple(takewhile(lambda block: not isinstance(block, Table), blocks)))
    first: list[str] = []
    for line in filter(str.strip, spoken.split("\n")):
        if first and not line.strip()[0].islower():
            break
        first.append(line)
    return opening(" ".join(first), LONGEST_TASK_NAME)


def reading_title(reading: Reading, number: int, say: Words) -> str:
    """The printed title, else the label of course.toml, else «Reading n»."""
    return reading.title or reading.label or say("Reading {number}", number=number)


def _join(label: str, title: str | None) -> str:
    return f"{label}. {title}" if title else label


def review_of(node: ContentNode) -> Questions:
    """The review questions that a ``review`` node shows."""
    return node.payload.review if isinstance(node.payload, Session) else ()
