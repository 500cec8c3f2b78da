"""The questions of a course or a bank in the order of a file: categories, and what a question's place adds to it.

Shared by every writer of question files, so that the same bank has the same categories, names and tags in all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from coursepack.contents import session_label, session_title
from coursepack.languages.catalogues import Words, words
from coursepack.model.artifact import Bank
from coursepack.model.blocks import Blocks, Paragraph, Run, text_blocks
from coursepack.model.course import Course, Session, Week
from coursepack.model.questions import Question
from coursepack.pages.teaching import topics
from coursepack.place import Place
from coursepack.render.question_title import question_label
from coursepack.text.tagged import level_name, level_of


@dataclass(frozen=True)
class Category:
    """A category: its path of names below the course's top, what its description says, and a stable part of its id."""

    names: tuple[str, ...]
    info: Blocks
    id: str
    place: Place | None = None


@dataclass(frozen=True)
class BankItem:
    """A question with what its place in the course adds: name, tags, notes for the grader, idnumber, the learning
    outcomes of its session."""

    question: Question
    name: str
    tags: tuple[str, ...] = ()
    notes: Blocks = ()
    idnumber: str = ""
    outcomes: tuple[str, ...] = ()


Entry = Category | BankItem


def course_entries(course: Course) -> Iterator[Entry]:
    """Categories and questions of a course, in the order of the file; an idnumber begins with the course's id."""
    for entry in _course_entries(course):
        if isinstance(entry, BankItem):
            yield replace(entry, idnumber=f"{course.id}-{entry.question.id}")
        else:
            yield entry


def _course_entries(course: Course) -> Iterator[Entry]:
    say = words(course.language, "moodle")
    if not any(True for _ in course.questions()):
        return
    root = (course.title,)
    yield Category(root, text_blocks(say("Questions of the course «{title}».", title=course.title)), "course")
    homes = {session.id: (week, session) for week, session in course.sessions()}
    for week, session in course.sessions():
        if session.review:
            title = session_title(session, say)
            intro = text_blocks(say("Review questions. {session}", session=title))
            yield Category((*root, title), intro + _outline(session, say), session.id, session.place)
            yield from _items(session.review, (say("review question"),), say, homes, (week, session))
    if course.exam and course.exam.questions:
        yield from _exam_entries(course, root, say, homes)


@dataclass(frozen=True)
class PoolPart:
    """Questions of the exam's pool that have a category of their own below it: those of a level, or under headings."""

    names: tuple[str, ...]
    id: str
    questions: tuple[Question, ...]


def pool_parts(pool: Sequence[Question], language: str) -> list[PoolPart]:
    """The pool by levels, or by the headings that its questions stood under: first those of neither. Headings over all
    of them part nothing. Where headings part questions without a level too, they come first."""
    levels = [level_of(question.tags) for question in pool]
    paths = [tuple(name.strip() for name in question.category if name.strip()) for question in pool]
    shared = sum(1 for _ in takewhile(lambda names: len(set(names)) == 1, zip(*paths, strict=False)))
    found: dict[tuple[int, tuple[str, ...]], list[Question]] = {(0, ()): []}
    headed = any(path[shared:] and not level for level, path in zip(levels, paths, strict=True))
    for question, own, path in zip(pool, levels, paths, strict=True):
        level = 0 if headed and path[shared:] else own
        key = (level, (level_name(level, language),)) if level else (0, path[shared:])
        found.setdefault(key, []).append(question)
    ordered = sorted(found, key=lambda key: (bool(key[1]), key[0]))
    return [
        PoolPart(
            names,
            f"exam-level-{level}" if level else f"exam-part-{at}" if names else "exam-pool",
            tuple(found[level, names]),
        )
        for at, (level, names) in enumerate(ordered)
    ]


Homes = dict[str, tuple[Week, Session]]


def _exam_entries(course: Course, root: tuple[str, ...], say: Words, homes: Homes) -> Iterator[Entry]:
    exam, language = course.exam, course.language
    assert exam is not None  # noqa: S101 - the caller looked
    kind = say("exam question")
    pool = [question for question in exam.questions if not question.variant_of]
    again = [question for question in exam.questions if question.variant_of]
    width = len(str(max(question.number for question in exam.questions)))
    top = (*root, say("Exam"))
    total = say("The exam questions of the course, {number} in all.", number=len(exam.questions))
    yield Category(top, text_blocks(total), "exam")
    if pool:
        reported = say(
            "Questions that stand for themselves, {number} in all. An exam that draws at random from this category "
            "alone never asks the same thing twice.",
            number=len(pool),
        )
        names = (*top, exam.title or say("Exam questions"))
        yield Category(names, text_blocks(reported), "exam-pool")
        for part in pool_parts(pool, language):
            if part.names:
                yield Category((*names, *part.names), (), part.id)
            yield from _items(part.questions, (kind,), say, homes, width=width)
    if again:
        reported = say(
            "Questions that reword another one, {number} in all. Do not draw them together with the main list.",
            number=len(again),
        )
        yield Category((*top, say("Exam questions. Rewordings")), text_blocks(reported), "exam-rewordings")
        labels = {question.id: question_label(question) for question in exam.questions}
        for item in _items(again, (kind, say("rewording")), say, homes, width=width):
            first = labels.get(item.question.variant_of or "")
            notes = text_blocks(say("Rewords: {question}", question=first)) if first else ()
            yield replace(item, notes=notes + item.notes)


def _items(
    questions: Iterable[Question],
    kinds: tuple[str, ...],
    say: Words,
    homes: Homes,
    home: tuple[Week, Session] | None = None,
    *,
    width: int = 0,
) -> Iterator[BankItem]:
    questions = list(questions)
    width = width or len(str(max((question.number for question in questions), default=0)))
    for question in questions:
        where = home or homes.get(question.session or "")
        tags = [*kinds]
        notes: Blocks = ()
        outcomes: tuple[str, ...] = ()
        if where:
            week, session = where
            outcomes = session.outcomes
            tags = [say("Week {number}", number=week.number), session_label(session, say), *kinds]
            notes = (_bold(session_title(session, say)), *_outline(session, say))
        yield BankItem(question, question_label(question, width), (*tags, *question.tags), notes, outcomes=outcomes)


def _outline(session: Session, say: Words) -> Blocks:
    """«Жоспары» and the points of the session's printed plan, when it has one."""
    if not session.outline:
        return ()
    return (Paragraph(content=(Run(text=say("Outline")),)), *topics(session.outline))


def _bold(text: str) -> Paragraph:
    return Paragraph(content=(Run(text=text, bold=True),))


def bank_entries(bank: Bank) -> Iterator[Entry]:
    """A category whenever a question's differs from the one before it, then the question."""
    here: tuple[str, ...] | None = None
    for question in bank.questions():
        names = tuple(name.strip() for name in question.category if name.strip()) or (bank.title or bank.id,)
        if names != here:
            here = names
            yield Category(names, (), "", question.place)
        name = question_label(question, 0 if question.title else 1)
        yield BankItem(question, name, question.tags, idnumber=f"{bank.id}-{question.id}")
