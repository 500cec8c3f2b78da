"""What stands on the pages of a cartridge, as blocks: the syllabus, a class, a task, a reading.

Only what a source or an author said; an empty part is left out with its heading.
"""

from __future__ import annotations

from collections.abc import Iterable

from coursepack.contents import assignment_title, session_title, week_title
from coursepack.course import (
    Assignment,
    Author,
    Block,
    Blocks,
    Cell,
    Course,
    Heading,
    Hours,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Reading,
    Row,
    Run,
    Session,
    Table,
    Task,
    Teacher,
    Topic,
    block_text,
)
from coursepack.locale import Words


def text(words: str, *, bold: bool = False) -> Paragraph:
    return Paragraph(content=(Run(text=words, bold=bold),))


def heading(words: str, level: int = 1) -> Heading:
    return Heading(level=level, content=(Run(text=words),))


def bullets(lines: Iterable[str | Inlines | Blocks], *, numbered: bool = False) -> Blocks:
    """A list of texts, inline contents or blocks; nothing for no lines."""
    items = tuple(ListItem(blocks=_blocks(line)) for line in lines)
    return (List(items=items, marker="decimal" if numbered else "disc"),) if items else ()


def _blocks(line: str | Inlines | Blocks) -> Blocks:
    if isinstance(line, str):
        return (text(line),)
    if line and hasattr(line[0], "text") and not hasattr(line[0], "content"):
        return (Paragraph(content=line),)  # type: ignore[arg-type]  # inline content has no content of its own
    return line  # type: ignore[return-value]


def part(title: str, blocks: Blocks) -> Blocks:
    """Blocks under a heading, or nothing."""
    return (heading(title), *blocks) if blocks else ()


def table(rows: Iterable[tuple[str, ...]], *, head: bool = False) -> Blocks:
    """A table of plain texts; without ``head`` the first cell of a row names it."""
    made = tuple(
        Row(cells=tuple(Cell(blocks=(text(cell),), header=not head and place == 0) for place, cell in enumerate(row)))
        for row in rows
    )
    return (Table(rows=made, header_rows=1 if head else 0),) if len(made) > (1 if head else 0) else ()


# --- about the course ---------------------------------------------------------------------------------------------


def syllabus(course: Course, say: Words) -> Blocks:
    """The syllabus: facts, teachers, description, plan by week, policies in brief."""
    about = course.about
    requisites = part(say("Prerequisites"), bullets(about.prerequisites)) + part(
        say("Postrequisites"), bullets(about.postrequisites)
    )
    return (
        *table(_facts(course, say)),
        *part(say("Teachers"), bullets(_teacher(teacher) for teacher in about.teachers)),
        *part(say("Course description"), about.description),
        *part(say("Aim of the course"), about.aim),
        *part(say("Objectives"), bullets(about.objectives)),
        *requisites,
        *part(say("Learning outcomes"), bullets(about.outcomes, numbered=True)),
        *part(say("Course plan"), table(_plan(course, say), head=True)),
    )


def _facts(course: Course, say: Words) -> list[tuple[str, ...]]:
    about, hours = course.about, course.about.hours or Hours()
    facts: list[tuple[str, str | float | None]] = [
        ("Course", course.title),
        ("Course code", about.code),
        ("Cycle", about.cycle),
        ("Component", about.component),
        ("Credits", about.credits),
        ("Hours in all", hours.total),
        ("Lectures (hours)", hours.lecture),
        ("Seminars (hours)", hours.seminar),
        ("Practical classes (hours)", hours.practical),
        ("Laboratory classes (hours)", hours.laboratory),
        ("Independent work (hours)", hours.independent),
        ("Supervised independent work (hours)", hours.supervised),
        ("Programme", about.programme),
        ("University", about.university),
        ("Faculty", about.faculty),
        ("Department", about.department),
        ("Academic year", about.year),
        ("Semester", about.semester),
        ("Year of study", about.study_year),
        ("Form of study", about.study_form),
        ("Form of exam", course.exam.form if course.exam else None),
    ]
    return [
        (say(label), value if isinstance(value, str) else say.number(value))
        for label, value in facts
        if value is not None and value != ""
    ]


def _teacher(teacher: Teacher) -> str:
    parts = (
        teacher.name,
        teacher.degree,
        teacher.post,
        teacher.room,
        teacher.office_hours,
        teacher.email,
        teacher.phone,
    )
    return ", ".join(value for value in parts if value)


def _plan(course: Course, say: Words) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [(say("Week"), say("Classes"), say("Tasks"))]
    for week in course.weeks:
        classes = "; ".join(session_title(session, say) for session in week.sessions)
        tasks = "; ".join(assignment_title(assignment, say) for assignment in week.assignments)
        name = say("Week {number}", number=week.number) if week.sessions else week_title(week, say)
        rows.append((name, classes, tasks))
    return rows


def outcomes(course: Course, say: Words) -> Blocks:
    return bullets(course.about.outcomes, numbered=True)


def grading(course: Course, say: Words) -> Blocks:
    scheme = course.about.grading
    if scheme is None:
        return ()
    weights = [(weight.name, f"{say.number(weight.percent)} %") for weight in scheme.weights]
    interim = [
        (control.name, say("after week {number}", number=control.after_week), _points(control.points, say))
        for control in scheme.interim
    ]
    facts = (*table(weights), *part(say("Interim controls"), table(interim)))
    formula = (text(scheme.formula),) if scheme.formula else ()
    preset = (text(say("Rating and exam: {preset}", preset=scheme.preset)),) if scheme.preset else ()
    return (*preset, *facts, *formula, *scheme.blocks)


def _points(points: float | None, say: Words) -> str:
    return "" if points is None else say("{points} points", points=say.number(points))


def literature(course: Course, say: Words) -> Blocks:
    books = course.about.literature
    return (
        *part(say("Basic literature"), bullets(books.basic, numbered=True)),
        *part(say("Additional literature"), bullets(books.additional, numbered=True)),
        *part(say("Internet resources"), bullets(books.internet, numbered=True)),
    )


def glossary(course: Course, say: Words) -> Blocks:
    blocks: list[Block] = []
    for term in course.glossary:
        names = "; ".join(f"{language}: {name}" for language, name in sorted(term.translations.items()))
        blocks.append(heading(f"{term.term} ({names})" if names else term.term, 2))
        blocks.extend(term.definition)
    return tuple(blocks)


# --- a class, a task, a reading ------------------------------------------------------------------------------------


def session_opening(session: Session, say: Words) -> Blocks:
    """What stands before the text of a class: the larger part, outcomes, plan, topics, aims, equipment."""
    unit = (text(session.unit, bold=True),) if session.unit else ()
    return (
        *unit,
        *part(say("Learning outcomes"), bullets(session.outcomes)),
        *part(say("Aims"), session.aims),
        *part(say("Equipment"), session.equipment),
        *part(say("Outline"), _topics(session.outline)),
        *part(say("Topics for discussion"), _topics(session.topics)),
    )


def session_closing(session: Session, say: Words) -> Blocks:
    """What stands after it: tasks and literature."""
    return (
        *part(say("Tasks"), tuple(block for task in session.tasks for block in _task(task))),
        *part(say("Literature"), bullets(session.literature, numbered=True)),
    )


def session(found: Session, say: Words) -> Blocks:
    return (*session_opening(found, say), *found.blocks, *session_closing(found, say))


def _topics(topics: tuple[Topic, ...]) -> Blocks:
    return bullets((topic.content for topic in topics), numbered=True)


def _task(task: Task) -> Blocks:
    label = task.label or task.printed
    return (heading(label, 2), *task.blocks) if label else task.blocks


def assignment(found: Assignment, say: Words) -> Blocks:
    """The task and what was declared of it."""
    facts: list[tuple[str, str]] = []
    if found.form:
        facts.append((say("Form"), found.form))
    if found.points is not None:
        facts.append((say("Points"), say.number(found.points)))
    if found.hours is not None:
        facts.append((say("Hours"), say.number(found.hours)))
    if found.due:
        facts.append((say("Due"), say.date(found.due) if _is_date(found.due) else found.due))
    elif found.due_week is not None:
        facts.append((say("Due"), say("Week {number}", number=found.due_week)))
    return (*found.blocks, *table(facts))


def _is_date(iso: str) -> bool:
    import datetime as dt

    try:
        dt.date.fromisoformat(iso[:10])
    except ValueError:
        return False
    return True


def reading(found: Reading, say: Words) -> Blocks:
    authors = tuple(text(_author(author)) for author in found.authors)
    places = tuple(text(place) for place in found.affiliation)
    return (*authors, *places, *found.blocks, *part(say("References"), bullets(found.references, numbered=True)))


def _author(author: Author) -> str:
    return ", ".join(value for value in (author.name, author.degree, author.post) if value)


def sections(blocks: Blocks) -> list[tuple[str | None, Blocks]]:
    """A text cut at its headings of the highest level: (title or None for what stands before the first, blocks)."""
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    if not levels:
        return [(None, blocks)]
    found: list[tuple[str | None, list[Block]]] = [(None, [])]
    for block in blocks:
        if isinstance(block, Heading) and block.level == min(levels):
            found.append((block_text((block,)), []))
        else:
            found[-1][1].append(block)
    return [(title, tuple(content)) for title, content in found if content or title]
