"""A class, a task and a reading as pages: what the plan prints round the text, in the order of a printed plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from msgspec.structs import replace

from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Block, Blocks, Heading, List, ListItem, Paragraph, Run
from coursepack.model.course import Assignment, Author, Reading, Session, Task, Topic
from coursepack.pages import spoken
from coursepack.pages.block_builders import bullets, facts, heading, lines, numbered, part, text


def session(found: Session, language: str) -> Blocks:
    """A whole class on one page."""
    return (*session_start(found, language), *found.blocks, *session_end(found, language))


def session_start(found: Session, language: str) -> Blocks:
    """What stands before the text: outcomes, aims, equipment, outline, topics."""
    say = spoken(language)
    return (
        *part(say("Learning outcomes"), bullets(lines(found.outcomes))),
        *session_aims(found, language),
        *part(say("Outline"), topics(found.outline)),
        *session_topics(found, language),
    )


def session_aims(found: Session, language: str) -> Blocks:
    """The aims of a class and the equipment that it needs."""
    say = spoken(language)
    return (*part(say("Aims"), found.aims), *part(say("Equipment"), found.equipment))


def session_topics(found: Session, language: str) -> Blocks:
    """What a seminar discusses."""
    return part(spoken(language)("Topics for discussion"), topics(found.topics))


def session_end(found: Session, language: str) -> Blocks:
    """What stands after the text: tasks, literature."""
    say = spoken(language)
    return (
        *part(say("Tasks"), _tasks(found.tasks)),
        *part(say("Literature"), numbered(lines(found.literature))),
    )


_Marker = Literal["decimal", "disc"]


def topics(found: Iterable[Topic]) -> Blocks:
    """Points of an outline or of a discussion, by number; those inside others by numbers where they were printed."""
    return _points(nested(found), "decimal")


def _points(found: Sequence[NestedPoint], marker: _Marker) -> Blocks:
    items = [
        ListItem(blocks=(Paragraph(content=point.topic.content), *_points(point.inner, _marker(point.inner))))
        for point in found
    ]
    return (List(items=tuple(items), marker=marker),) if items else ()


def _marker(found: Sequence[NestedPoint]) -> _Marker:
    return "decimal" if any(point.topic.printed for point in found) else "disc"


@dataclass(frozen=True, slots=True)
class NestedPoint:
    """A point with those that lie inside it."""

    topic: Topic
    inner: tuple[NestedPoint, ...] = ()


def nested(found: Iterable[Topic]) -> tuple[NestedPoint, ...]:
    """Points as a tree; levels that are left out («1», then «1.1.1») count as one."""
    topics = tuple(found)
    result: list[NestedPoint] = []
    at = 0
    while at < len(topics):
        end = at + 1
        while end < len(topics) and topics[end].level > topics[at].level:
            end += 1
        result.append(NestedPoint(topics[at], nested(topics[at + 1 : end])))
        at = end
    return tuple(result)


def _tasks(tasks: tuple[Task, ...]) -> Blocks:
    """Tasks under the name of their level, each with its printed number."""
    blocks: list[Block] = []
    for label, group in groupby(tasks, key=lambda task: task.label):
        if label:
            blocks.append(heading(label, 2))
        for task in group:
            blocks += _task(task)
    return tuple(blocks)


def _task(task: Task) -> Blocks:
    match task.blocks:
        case (Paragraph() as first, *rest) if task.printed:
            mark = Run(text=f"{task.printed} ", bold=True)
            return (replace(first, content=(mark, *first.content)), *rest)
        case blocks if task.printed:
            return (text(task.printed, bold=True), *blocks)
    return task.blocks


def chapters(blocks: Blocks) -> tuple[Blocks, list[tuple[Heading, Blocks]]]:
    """A text cut at its headings of the highest level: what stands before the first, then the text under each."""
    highest = min((block.level for block in blocks if isinstance(block, Heading)), default=0)
    start: list[Block] = []
    found: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == highest:
            found.append((block, []))
        elif found:
            found[-1][1].append(block)
        else:
            start.append(block)
    return tuple(start), [(title, tuple(under)) for title, under in found]


def assignment(found: Assignment, language: str) -> Blocks:
    """A task with what was declared of it."""
    return (*found.blocks, *facts(terms(found, language)))


def terms(found: Assignment, language: str) -> list[tuple[str, str]]:
    """What was declared of a task, named: form, points, hours, when it is due."""
    say = spoken(language)
    rows: list[tuple[str, str]] = []
    if found.form:
        rows.append((say("Form of work"), found.form))
    if found.points is not None:
        rows.append((say("Maximum points"), say.number(found.points)))
    if found.hours is not None:
        rows.append((say("Hours"), say.number(found.hours)))
    if when := due(found, language):
        rows.append((say("Due"), when))
    return rows


def due(found: Assignment, language: str) -> str:
    """The day or the week in which a task is due; nothing where nobody said."""
    say = spoken(language)
    if found.due:
        return _moment(found.due, say)
    return "" if found.due_week is None else say("Week {number}", number=found.due_week)


def _moment(iso: str, say: Words) -> str:
    """The date in words and the time of the day, where one is declared; as it was typed when it is no ISO date."""
    try:
        date, time = say.date(iso), iso[11:16]
    except ValueError:
        return iso
    return f"{date}, {time}" if time else date


def reading(found: Reading, language: str) -> Blocks:
    """Authors, affiliation, the text, its references."""
    authors = (text(_author(author), bold=True) for author in found.authors)
    places = (text(place, italic=True) for place in found.affiliation)
    references = part(spoken(language)("References"), numbered(lines(found.references)))
    return (*authors, *places, *found.blocks, *references)


def _author(author: Author) -> str:
    return ", ".join(value for value in (author.name, author.degree, author.post) if value)
