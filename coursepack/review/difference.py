"""What a change of course.toml did to the course, line by line of its contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from coursepack.contents import assignment_title, session_title, week_title
from coursepack.languages.catalogues import words
from coursepack.model.blocks import Blocks, Paragraph, block_text
from coursepack.model.course import Course, Session
from coursepack.model.questions import MultipleChoice, Question
from coursepack.outline import Understood

MOST = 12
"""Lines of each side that are shown."""


@dataclass(frozen=True)
class Difference:
    """Lines that are gone and lines that came, and how many more of each; ``other``: a change that no line tells."""

    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    more: int = 0
    other: bool = False


def difference(before: Understood, after: Understood) -> Difference:
    """The difference between two readings."""
    old, new = list(_lines(before.course)), list(_lines(after.course))
    gone, come = _without(old, new), _without(new, old)
    more = max(len(gone) - MOST, 0) + max(len(come) - MOST, 0)
    other = not gone and not come and _bare(before.course) != _bare(after.course)
    return Difference(tuple(gone[:MOST]), tuple(come[:MOST]), more, other)


def _bare(course: Course) -> Course:
    return msgspec.structs.replace(course, sources=())


def _without(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    left = Counter(others)
    found = []
    for line in lines:
        if left[line]:
            left[line] -= 1
        else:
            found.append(line)
    return found


def _lines(course: Course) -> Iterator[str]:
    say = words(course.language)
    yield course.title
    for name in course.about.__struct_fields__:
        value = getattr(course.about, name)
        if value:
            said = value if isinstance(value, str | int | float) else msgspec.json.encode(value).decode()[:200]
            yield f"{name}: {said}"
    for section in (course.foreword, course.introduction, course.conclusion, *course.about.policies):
        if section:
            yield section.title
            yield from _texts(section.title, section.blocks)
    for week in course.weeks:
        yield week_title(week, say)
        for session in week.sessions:
            yield from _session(f"{say('Week {number}', number=week.number)} · {session_title(session, say)}", session)
        for task in week.assignments:
            name = f"{say('Week {number}', number=week.number)} · {assignment_title(task, say)}"
            yield name
            yield from _texts(name, task.blocks)
            yield f"{name}: {task.points} {task.hours} {task.due} {task.due_week} {task.form}"
    if course.exam:
        yield from _questions(say("Exam"), course.exam.questions)
    for reading in course.readings:
        yield from _texts(reading.title or reading.label or "", reading.blocks)
    yield from (f"{term.term} – {_short(block_text(term.definition))}" for term in course.glossary)


def _session(name: str, session: Session) -> Iterator[str]:
    yield name
    for topic in (*session.outline, *session.topics):
        yield f"{name}: {_short(block_text(_paragraph(topic.content)))}"
    for blocks in (session.aims, session.equipment, session.blocks, *(task.blocks for task in session.tasks)):
        yield from _texts(name, blocks)
    yield from _questions(name, session.review)


def _paragraph(content: object) -> Blocks:
    return (Paragraph(content=content),)  # type: ignore[arg-type]  # the inlines of a topic


def _texts(name: str, blocks: Blocks) -> Iterator[str]:
    yield from (f"{name}: {_short(text)}" for block in blocks if (text := block_text((block,)).strip()))


def _questions(name: str, questions: Sequence[Question]) -> Iterator[str]:
    for question in questions:
        key = ""
        if isinstance(question, MultipleChoice):
            right = [_short(block_text(one.content)) for one in question.choices if one.fraction > 0]
            key = f" ✓ {'; '.join(right)}" if right else " ✓ ?"
        of = f" = {question.variant_of}" if question.variant_of else ""
        yield f"{name}: {question.number}. {_short(block_text(question.text))}{key}{of}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 110 else f"{text[:109]}…"
