"""What somebody declared of a course, as blocks to read: the syllabus page and its neighbours. Absent stays absent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from coursepack.contents import assignment_title, session_title
from coursepack.course import (
    About,
    Block,
    Blocks,
    Cell,
    Course,
    Grading,
    Heading,
    Hours,
    Inlines,
    List,
    ListItem,
    Literature,
    Paragraph,
    Row,
    Run,
    Table,
    Teacher,
    Term,
    Week,
)
from coursepack.locale import Words

_FACTS = (
    ("code", "Course code"),
    ("cycle", "Cycle"),
    ("component", "Component"),
    ("credits", "Credits"),
    ("programme", "Educational programme"),
    ("university", "University"),
    ("faculty", "Faculty"),
    ("department", "Department"),
    ("year", "Academic year"),
    ("semester", "Semester"),
    ("study_year", "Year of study"),
    ("study_form", "Form of study"),
    ("city", "City"),
)
_HOURS = (
    ("lecture", "Lectures"),
    ("seminar", "Seminars"),
    ("practical", "Practical classes"),
    ("laboratory", "Laboratory classes"),
    ("supervised", "Supervised independent work"),
    ("independent", "Independent work"),
    ("total", "Total"),
)


def text(words: str) -> Inlines:
    return (Run(text=words),)


def paragraph(words: str) -> Paragraph:
    return Paragraph(content=text(words))


def heading(words: str, level: int = 1) -> Heading:
    return Heading(level=level, content=text(words))


def listed(items: Iterable[str], *, ordered: bool = False) -> Blocks:
    """The items as one list, or nothing."""
    found = tuple(ListItem(blocks=(paragraph(item),)) for item in items)
    return (List(items=found, marker="decimal" if ordered else "disc"),) if found else ()


def facts(rows: Sequence[tuple[str, str]]) -> Blocks:
    """Names and values as a table with a head column, or nothing."""
    if not rows:
        return ()
    return (
        Table(
            rows=tuple(
                Row(cells=(Cell(blocks=(paragraph(name),), header=True), Cell(blocks=(paragraph(value),))))
                for name, value in rows
            )
        ),
    )


def syllabus(course: Course, say: Words) -> Blocks:
    """The declared facts, description, aim …, and the plan by week."""
    about = course.about
    blocks: list[Block] = [*facts(_declared(about, say))]
    for name, content in (
        ("Course description", about.description),
        ("Course aim", about.aim),
        ("Objectives", listed(about.objectives, ordered=True)),
        ("Prerequisites", listed(about.prerequisites)),
        ("Postrequisites", listed(about.postrequisites)),
    ):
        if content:
            blocks += [heading(say(name)), *content]
    if course.weeks:
        blocks += [heading(say("Course plan by week")), _plan(course.weeks, say)]
    return tuple(blocks)


def _declared(about: About, say: Words) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for name, label in _FACTS:
        value = getattr(about, name)
        if value is not None and value != "":
            rows.append((say(label), say.number(value) if isinstance(value, int | float) else str(value)))
    if about.hours:
        rows.append((say("Hours"), _hours(about.hours, say)))
    rows.extend((say("Teacher"), _teacher(teacher)) for teacher in about.teachers)
    return [(name, value) for name, value in rows if value]


def _hours(hours: Hours, say: Words) -> str:
    found = [(say(label), getattr(hours, name)) for name, label in _HOURS]
    return "; ".join(f"{label} – {say.number(value)}" for label, value in found if value is not None)


def _teacher(teacher: Teacher) -> str:
    parts = (
        teacher.name,
        teacher.degree,
        teacher.post,
        teacher.email,
        teacher.phone,
        teacher.room,
        teacher.office_hours,
    )
    return ", ".join(part for part in parts if part)


def _plan(weeks: tuple[Week, ...], say: Words) -> Table:
    head = Row(cells=tuple(Cell(blocks=(paragraph(say(name)),)) for name in ("Week", "Classes", "Tasks")))
    rows = (
        Row(
            cells=(
                Cell(blocks=(paragraph(say("Week {number}", number=week.number)),), header=True),
                Cell(blocks=tuple(paragraph(session_title(session, say)) for session in week.sessions)),
                Cell(blocks=tuple(paragraph(assignment_title(work, say)) for work in week.assignments)),
            )
        )
        for week in weeks
    )
    return Table(rows=(head, *rows), header_rows=1)


def grading(found: Grading, say: Words) -> Blocks:
    """How the course is marked."""
    blocks: list[Block] = [*found.blocks]
    if found.formula:
        blocks.append(paragraph(found.formula))
    rows = [(weight.name, f"{say.number(weight.percent)} %") for weight in found.weights]
    blocks += facts(rows)
    for interim in found.interim:
        points = "" if interim.points is None else ", " + say("{points} points", points=say.number(interim.points))
        blocks.append(paragraph(f"{interim.name}: {say('Week {number}', number=interim.after_week)}{points}"))
    return tuple(blocks)


def literature(found: Literature, say: Words) -> Blocks:
    """The lists of literature under their headings."""
    blocks: list[Block] = []
    for name, items in (
        ("Basic literature", found.basic),
        ("Additional literature", found.additional),
        ("Internet resources", found.internet),
    ):
        if items:
            blocks += [heading(say(name)), *listed(items, ordered=True)]
    return tuple(blocks)


def glossary(terms: tuple[Term, ...]) -> Blocks:
    """Terms as headings with their definitions."""
    blocks: list[Block] = []
    for term in terms:
        others = ", ".join(term.translations[language] for language in sorted(term.translations))
        blocks += [heading(f"{term.term} ({others})" if others else term.term), *term.definition]
    return tuple(blocks)
