"""What somebody declared of a course: the syllabus and its neighbours. Absent stays absent."""

from __future__ import annotations

from collections.abc import Callable

from coursepack.contents import assignment_title, session_title, week_title
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Block, Blocks, Cell, Row, Table
from coursepack.model.course import Course, Hours, Teacher, Week
from coursepack.pages import spoken
from coursepack.pages.block_builders import bullets, facts, heading, lines, numbered, part, text

# The order in which departments name the hours.
_HOURS = (
    ("total", "total"),
    ("lecture", "lectures"),
    ("seminar", "seminars"),
    ("practical", "practical classes"),
    ("laboratory", "laboratory classes"),
    ("supervised", "supervised independent work"),
    ("independent", "independent work"),
)


def syllabus(course: Course) -> Blocks:
    """The declared facts, description, aims, outcomes, and the plan by week.

    Grading, policies and literature have pages of their own beside it.
    """
    about, say = course.about, spoken(course.language)
    parts = (
        ("Course description", about.description),
        ("Course aim", about.aim),
        ("Objectives", bullets(lines(about.objectives))),
        ("Prerequisites", bullets(lines(about.prerequisites))),
        ("Postrequisites", bullets(lines(about.postrequisites))),
        ("Learning outcomes", outcomes(course)),
        ("Course plan", _plan(course.weeks, say)),
    )
    return (*facts(_declared(course, say)), *(block for title, blocks in parts for block in part(say(title), blocks)))


def _declared(course: Course, say: Words) -> list[tuple[str, str]]:
    about = course.about
    rows: list[tuple[str, str | float | None]] = [
        ("University", about.university),
        ("Faculty", about.faculty),
        ("Department", about.department),
        ("City", about.city),
        ("Educational programme", about.programme),
        ("Course title", course.title),
        ("Course code", about.code),
        ("Cycle", about.cycle),
        ("Component", about.component),
        ("Credits", about.credits),
        ("Hours", _hours(about.hours or Hours(), say)),
        ("Academic year", about.year),
        ("Semester", about.semester),
        ("Year of study", about.study_year),
        ("Form of study", about.study_form),
        ("Form of exam", course.exam.form if course.exam else None),
        *(("Teacher", _teacher(teacher)) for teacher in about.teachers),
    ]
    return [
        (say(label), value if isinstance(value, str) else say.number(value))
        for label, value in rows
        if value is not None and value != ""
    ]


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
    return ", ".join(value for value in parts if value)


def _plan(weeks: tuple[Week, ...], say: Words) -> Blocks:
    head = Row(cells=tuple(Cell(blocks=(text(say(name)),)) for name in ("Week", "Classes", "Tasks")))
    rows = [
        Row(
            cells=(
                Cell(blocks=(text(_week(week, say)),), header=True),
                Cell(blocks=tuple(text(session_title(session, say)) for session in week.sessions)),
                Cell(blocks=tuple(text(assignment_title(task, say)) for task in week.assignments)),
            )
        )
        for week in weeks
    ]
    return (Table(rows=(head, *rows), header_rows=1),) if rows else ()


def _week(week: Week, say: Words) -> str:
    """A week is named by its classes, in the next column; one without any by its own title."""
    return say("Week {number}", number=week.number) if week.sessions else week_title(week, say)


def outcomes(course: Course) -> Blocks:
    """The learning outcomes by number."""
    return numbered(lines(course.about.outcomes))


def grading(course: Course) -> Blocks:
    """Shares of rating and exam, weights, interim controls, formula, and what a syllabus says of marks."""
    scheme, say = course.about.grading, spoken(course.language)
    if scheme is None:
        return ()
    preset = (text(say("Rating and exam: {preset}", preset=scheme.preset)),) if scheme.preset else ()
    weights = facts((weight.name, f"{say.number(weight.percent)} %") for weight in scheme.weights)
    interim = facts(
        (
            control.name,
            say("after week {number}", number=control.after_week),
            "" if control.points is None else say("{points} points", points=say.number(control.points)),
        )
        for control in scheme.interim
    )
    formula = (text(scheme.formula),) if scheme.formula else ()
    return (*preset, *weights, *part(say("Interim controls"), interim), *formula, *scheme.blocks)


def literature(course: Course) -> Blocks:
    """The lists of literature under their headings; addresses are links."""
    books, say = course.about.literature, spoken(course.language)
    lists = (
        ("Basic literature", books.basic),
        ("Additional literature", books.additional),
        ("Internet resources", books.internet),
    )
    return tuple(block for title, entries in lists for block in part(say(title), numbered(lines(entries))))


def glossary(course: Course) -> Blocks:
    """Each term as a heading, with its translations, over its definition."""
    blocks: list[Block] = []
    for term in course.glossary:
        names = "; ".join(f"{language}: {name}" for language, name in sorted(term.translations.items()))
        blocks += [heading(f"{term.term} ({names})" if names else term.term), *term.definition]
    return tuple(blocks)


PAGES: dict[str, Callable[[Course], Blocks]] = {
    "syllabus": syllabus,
    "outcomes": outcomes,
    "grading": grading,
    "literature": literature,
    "glossary": glossary,
}
"""What makes the page of a node of this kind (``contents.Kind``)."""
