"""What the parts of a course say, as blocks: a page, an opening post, a task, a section's summary."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from coursepack.contents import assignment_title, session_label, session_title
from coursepack.course import (
    About,
    Assignment,
    Author,
    Block,
    Blocks,
    Cell,
    Cloze,
    Course,
    Exam,
    Grading,
    Heading,
    Inlines,
    List,
    ListItem,
    Matching,
    MultipleChoice,
    Paragraph,
    Question,
    Reading,
    Row,
    Run,
    Session,
    Table,
    Term,
    Topic,
    Week,
)
from coursepack.locale import Words
from coursepack.render.moodle_text import PLACEHOLDER


def paragraph(text: str, *, bold: bool = False) -> Paragraph:
    return Paragraph(content=(Run(text=text, bold=bold),))


def heading(text: str) -> Heading:
    return Heading(level=1, content=(Run(text=text),))


def numbered(items: Iterable[Inlines]) -> Blocks:
    """An ordered list, or nothing."""
    made = tuple(ListItem(blocks=(Paragraph(content=item),)) for item in items)
    return (List(items=made, marker="decimal"),) if made else ()


def bullets(items: Iterable[str]) -> Blocks:
    made = tuple(ListItem(blocks=(paragraph(item),)) for item in items)
    return (List(items=made),) if made else ()


def lower(blocks: Blocks) -> Blocks:
    """Headings one level down: in a book the chapter's own title stands above them."""
    return tuple(replace(block, level=block.level + 1) if isinstance(block, Heading) else block for block in blocks)


def under(title: str, blocks: Blocks) -> Blocks:
    """The blocks under a heading, or nothing when there are none."""
    return (heading(title), *blocks) if blocks else ()


def topics(items: Iterable[Topic]) -> Blocks:
    return numbered(item.content for item in items)


# --- weeks, sessions, tasks ---------------------------------------------------------------------------------------


def week_summary(week: Week, say: Words) -> Blocks:
    """The larger parts that the week stands in, the plans of its lectures, what was declared of its tasks.

    The activities stand right under it, so that their names alone are said only when there is nothing else to say.
    """
    units = dict.fromkeys(session.unit for session in week.sessions if session.unit)
    planned = [session for session in week.sessions if session.outline]
    plans: list[Block] = []
    for session in planned:
        title = session_label(session, say) if len(planned) > 1 else say("Outline")
        plans += [paragraph(title, bold=True), *topics(session.outline)]
    tasks = [
        " · ".join((assignment_title(assignment, say), *terms))
        for assignment in week.assignments
        if (terms := terms_of(assignment, say))
    ]
    found = (*plans, *bullets(tasks))
    if not found:
        names = [session_title(session, say) for session in week.sessions]
        found = bullets([*names, *(assignment_title(assignment, say) for assignment in week.assignments)])
    return (*(paragraph(unit, bold=True) for unit in units), *found)


def terms_of(assignment: Assignment, say: Words) -> list[str]:
    """What was declared of a task: form, points, hours, when it is due."""
    found: list[str] = []
    if assignment.form:
        found.append(say("Form: {form}", form=assignment.form))
    if assignment.points is not None:
        found.append(say("Points: {points}", points=say.number(assignment.points)))
    if assignment.hours is not None:
        found.append(say("Hours: {hours}", hours=say.number(assignment.hours)))
    if assignment.due:
        time = assignment.due[11:16]
        found.append(say("Due: {date}", date=say.date(assignment.due) + (f", {time}" if time else "")))
    elif assignment.due_week is not None:
        found.append(say("Due: week {number}", number=assignment.due_week))
    return found


def session_start(session: Session, say: Words) -> Blocks:
    """What stands before the text of a session: outcomes, aims, equipment, outline."""
    return (
        *under(say("Learning outcomes"), bullets(session.outcomes)),
        *under(say("Aims"), session.aims),
        *under(say("Equipment"), session.equipment),
        *under(say("Outline"), topics(session.outline)),
        *under(say("Topics for discussion"), topics(session.topics)),
    )


def session_end(session: Session, say: Words) -> Blocks:
    """What stands after the text of a session: tasks, literature."""
    tasks = tuple(block for task in session.tasks for block in _task(task.label, task.printed, task.blocks))
    return (
        *under(say("Tasks"), tasks),
        *under(say("Literature"), numbered((Run(text=text),) for text in session.literature)),
    )


def _task(label: str | None, printed: str | None, blocks: Blocks) -> Blocks:
    match blocks:
        case (Paragraph() as first, *rest) if printed:
            mark = Run(text=f"{printed} ", bold=True)
            blocks = (Paragraph(content=(mark, *first.content), align=first.align), *rest)
    return (paragraph(label, bold=True), *blocks) if label else blocks


def session_text(session: Session, say: Words) -> Blocks:
    """A whole session on one page."""
    return (*session_start(session, say), *session.blocks, *session_end(session, say))


def chapters(blocks: Blocks) -> tuple[Blocks, list[tuple[Heading, Blocks]]]:
    """What stands before the first heading of level 1, then the text under each of them."""
    start: list[Block] = []
    found: list[tuple[Heading, list[Block]]] = []
    for block in blocks:
        if isinstance(block, Heading) and block.level == 1:
            found.append((block, []))
        elif found:
            found[-1][1].append(block)
        else:
            start.append(block)
    return tuple(start), [(title, tuple(text)) for title, text in found]


def assignment_text(assignment: Assignment, say: Words) -> Blocks:
    """A task with what was declared of it."""
    return (*assignment.blocks, *bullets(terms_of(assignment, say)))


# --- about the course ---------------------------------------------------------------------------------------------


def syllabus(course: Course, say: Words) -> Blocks:
    """The syllabus as far as somebody declared it, and the plan of the weeks."""
    about = course.about
    listed = (
        ("Course description", about.description),
        ("Course aim", about.aim),
        ("Objectives", bullets(about.objectives)),
        ("Prerequisites", bullets(about.prerequisites)),
        ("Postrequisites", bullets(about.postrequisites)),
        ("Learning outcomes", numbered((Run(text=text),) for text in about.outcomes)),
        ("Teachers", _teachers(about)),
        ("Course plan", _plan(course, say)),
        ("Assessment", grading(about.grading, say) if about.grading else ()),
        ("Literature", literature(course, say)),
    )
    return (*_facts(about, say), *(block for title, blocks in listed for block in under(say(title), blocks)))


def _facts(about: About, say: Words) -> Blocks:
    hours = about.hours
    rows: list[tuple[str, str | float | None]] = [
        ("University", about.university),
        ("Faculty", about.faculty),
        ("Department", about.department),
        ("Programme", about.programme),
        ("Course code", about.code),
        ("Cycle", about.cycle),
        ("Component", about.component),
        ("Credits", about.credits),
        ("Academic year", about.year),
        ("Semester", about.semester),
        ("Year of study", about.study_year),
        ("Form of study", about.study_form),
        ("Hours: lectures", hours and hours.lecture),
        ("Hours: seminars", hours and hours.seminar),
        ("Hours: practical classes", hours and hours.practical),
        ("Hours: laboratory classes", hours and hours.laboratory),
        ("Hours: independent work", hours and hours.independent),
        ("Hours: supervised independent work", hours and hours.supervised),
        ("Hours: total", hours and hours.total),
    ]
    return _two_columns(
        (say(name), value if isinstance(value, str) else say.number(value)) for name, value in rows if value is not None
    )


def _two_columns(rows: Iterable[tuple[str, str]]) -> Blocks:
    made = tuple(
        Row(cells=(Cell(blocks=(paragraph(name),), header=True), Cell(blocks=(paragraph(value),))))
        for name, value in rows
    )
    return (Table(rows=made),) if made else ()


def _teachers(about: About) -> Blocks:
    return bullets(
        ", ".join(
            part for part in (t.name, t.degree, t.post, t.email, t.phone, t.room, t.office_hours) if part is not None
        )
        for t in about.teachers
    )


def _plan(course: Course, say: Words) -> Blocks:
    head = Row(cells=tuple(Cell(blocks=(paragraph(say(name)),)) for name in ("Week", "Classes", "Tasks")))
    rows = [
        Row(
            cells=(
                Cell(blocks=(paragraph(str(week.number)),)),
                Cell(blocks=tuple(paragraph(session_title(session, say)) for session in week.sessions)),
                Cell(blocks=tuple(paragraph(assignment_title(task, say)) for task in week.assignments)),
            )
        )
        for week in course.weeks
    ]
    return (Table(rows=(head, *rows), header_rows=1),) if rows else ()


def outcomes(course: Course) -> Blocks:
    return numbered((Run(text=text),) for text in course.about.outcomes)


def grading(grading_: Grading, say: Words) -> Blocks:
    """Weights, formula, interim controls and what a syllabus says of marks."""
    weights = _two_columns((weight.name, f"{say.number(weight.percent)} %") for weight in grading_.weights)
    controls = bullets(
        ". ".join(
            (
                say("Week {number}", number=control.after_week),
                control.name,
                *([say("Points: {points}", points=say.number(control.points))] if control.points is not None else []),
            )
        )
        for control in grading_.interim
    )
    formula = (paragraph(grading_.formula),) if grading_.formula else ()
    return (*weights, *formula, *controls, *grading_.blocks)


def literature(course: Course, say: Words) -> Blocks:
    listed = course.about.literature
    parts = (
        ("Basic literature", listed.basic),
        ("Additional literature", listed.additional),
        ("Internet resources", listed.internet),
    )
    return tuple(
        block
        for title, items in parts
        if items
        for block in (paragraph(say(title), bold=True), *numbered((_link(text),) for text in items))
    )


def _link(text: str) -> Run:
    address = text.strip()
    return Run(text=text, href=address if address.startswith(("https://", "http://")) and " " not in address else None)


def glossary(terms: Iterable[Term]) -> Blocks:
    """A term in bold, its translations, its definition."""
    found: list[Block] = []
    for term in terms:
        others = "; ".join(f"{language}: {text}" for language, text in sorted(term.translations.items()))
        found.append(paragraph(f"{term.term} ({others})" if others else term.term, bold=True))
        found.extend(term.definition)
    return tuple(found)


def reading(text: Reading, say: Words) -> Blocks:
    """Authors, affiliation, the text, its references."""
    authors = tuple(paragraph(_author(author), bold=True) for author in text.authors)
    places = tuple(Paragraph(content=(Run(text=name, italic=True),)) for name in text.affiliation)
    references = numbered((Run(text=reference),) for reference in text.references)
    return (*authors, *places, *text.blocks, *under(say("Literature"), references))


def _author(author: Author) -> str:
    return ", ".join(part for part in (author.name, author.degree, author.post) if part)


# --- exam ---------------------------------------------------------------------------------------------------------


def exam_list(exam: Exam) -> Blocks:
    """The questions in their order with their numbers; never an answer's key."""
    return (
        List(
            items=tuple(ListItem(blocks=_asked(question)) for question in exam.questions),
            marker="decimal",
            start=exam.questions[0].number or 1,
        ),
    )


def _asked(question: Question) -> Blocks:
    match question:
        case Cloze():
            return tuple(_blank(block) for block in question.text)
        case MultipleChoice() if question.choices:
            return (*question.text, _lettered(choice.content for choice in question.choices))
        case Matching():
            left = tuple(ListItem(blocks=pair.question) for pair in question.pairs if pair.question)
            # By the alphabet: in their own order they would give the key away.
            right = sorted({pair.answer for pair in question.pairs})
            return (*question.text, List(items=left), _lettered((paragraph(answer),) for answer in right))
    return question.text


def _lettered(items: Iterable[Blocks]) -> List:
    return List(items=tuple(ListItem(blocks=item) for item in items), marker="lower-alpha")


def _blank(block: Block) -> Block:
    """A gap is a line to write on."""
    if not isinstance(block, Paragraph):
        return block
    runs = [replace(r, text=PLACEHOLDER.sub("_____", r.text)) if isinstance(r, Run) else r for r in block.content]
    return replace(block, content=tuple(runs))
