"""The plan by week and the table of independent work, with the sums that must add up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from coursepack.contents import assignment_label, session_label
from coursepack.model.blocks import Run, block_text
from coursepack.model.course import Assignment, Course, Hours, Interim, Session, Topic, Week
from coursepack.place import Finding, note, warning
from coursepack.render.ooxml import OoxmlRenderer
from coursepack.render.wml import CM, TEXT_WIDTH, Element, cell, keep_rows, row, table
from coursepack.writers import cut
from coursepack.writers.papers.words import PaperWords

_WIDTHS = (round(1.7 * CM), TEXT_WIDTH - round(7.7 * CM), round(2.7 * CM), round(3.3 * CM))
LONGEST_TASK = 200


@dataclass
class PlanRow:
    """A row of the plan: ``lead`` in bold, then ``text``, then ``points`` of a list; hours and marks when declared."""

    lead: str
    text: str = ""
    items: tuple[Topic, ...] = ()
    hours: float | None = None
    marks: float | None = None
    counts: bool = True


@dataclass
class PlanWeek:
    number: int
    rows: list[PlanRow] = field(default_factory=list)
    interim: list[Interim] = field(default_factory=list)


def plan_weeks(course: Course, say: PaperWords, least: int | None) -> list[PlanWeek]:
    """The weeks as they are printed, with the interim controls that were declared after them."""
    found = {week.number: PlanWeek(week.number, list(_week_rows(week, say))) for week in course.weeks}
    for number in range(1, (least or 0) + 1):
        found.setdefault(number, PlanWeek(number))
    weeks = [found[number] for number in sorted(found)]
    for interim in course.about.grading.interim if course.about.grading else ():
        home = [week for week in weeks if week.number <= interim.after_week] or weeks[:1]
        if home:
            home[-1].interim.append(interim)
    return weeks


def _week_rows(week: Week, say: PaperWords) -> Iterator[PlanRow]:
    if week.title:
        yield PlanRow(week.title, counts=False)
    for session in week.sessions:
        yield _session_row(session, say)
    for assignment in week.assignments:
        label = assignment_label(assignment, say.plain)
        words = assignment.title or cut(block_text(assignment.blocks), LONGEST_TASK)
        yield PlanRow(label, words, hours=assignment.hours, marks=assignment.points)


def _session_row(session: Session, say: PaperWords) -> PlanRow:
    listed = () if session.title else session.topics or session.outline
    return PlanRow(
        session_label(session, say.plain),
        session.title or "",
        tuple(listed),
        session.hours,
        session.points,
    )


def total_hours(weeks: list[PlanWeek]) -> float | None:
    """The sum of the column, or None while a row of it is left to be filled by hand."""
    rows = [row_ for week in weeks for row_ in week.rows if row_.counts]
    if not rows or any(row_.hours is None for row_ in rows) or any(not week.rows for week in weeks):
        return None
    return sum(row_.hours or 0 for row_ in rows)


def total_marks(weeks: list[PlanWeek]) -> float | None:
    """The sum of the points, or None while one is left to be filled by hand.

    An interim control whose points are the sum of the rows since the last one sums them up; any other is a row of its
    own and is added.
    """
    total, since = 0.0, 0.0
    for week in weeks:
        counted = [row_ for row_ in week.rows if row_.counts]
        if not counted or any(row_.marks is None for row_ in counted):
            return None
        since += sum(row_.marks or 0 for row_ in counted)
        total += sum(row_.marks or 0 for row_ in counted)
        for interim in week.interim:
            if interim.points is None:
                return None
            total += 0 if interim.points == since else interim.points
            since = 0.0
    return total if weeks else None


def plan_table(weeks: list[PlanWeek], say: PaperWords, render: OoxmlRenderer) -> list[Element]:
    """The table: week, what is done, hours, points; the head repeats on every page."""
    heads = (say("Week"), say("Topic"), say("Hours"), say("Maximum points"))
    rows = [row([_head(render, words, width) for words, width in zip(heads, _WIDTHS, strict=True)], header=True)]
    for week in weeks or [PlanWeek(0) for _ in range(5)]:
        rows.extend(_week_table_rows(week, say, render))
    hours, marks = total_hours(weeks), total_marks(weeks)
    rows.append(_total_row(say("Total"), (hours, marks), say, render))
    # Neither the head nor the sums stand alone.
    keep_rows([rows[0], rows[-2]])
    return [table(rows, _WIDTHS, style=render.file.style("Table Grid"), title=say("Calendar and thematic plan"))]


def _head(render: OoxmlRenderer, words: str, width: int) -> Element:
    return cell([render.text(words, "Table Heading")], width, shade="F2F2F2", middle=True)


def _number(value: float | None, say: PaperWords, render: OoxmlRenderer) -> Element:
    return render.text(say.number(value) if value is not None else "", "Table Number")


def _week_table_rows(week: PlanWeek, say: PaperWords, render: OoxmlRenderer) -> Iterator[Element]:
    for index, line in enumerate(week.rows or [PlanRow("")]):
        first = index == 0
        merge: Literal["restart", "continue"] | None = None
        if len(week.rows) > 1:
            merge = "restart" if first else "continue"
        number = render.text(str(week.number) if first and week.number else "", "Table Number")
        yield row(
            [
                cell([number], _WIDTHS[0], merge=merge),
                cell(_topic(line, render), _WIDTHS[1]),
                cell([_number(line.hours, say, render)], _WIDTHS[2]),
                cell([_number(line.marks, say, render)], _WIDTHS[3]),
            ]
        )
    for interim in week.interim:
        words = cell([render.text(interim.name, "Table Heading")], sum(_WIDTHS[:3]), span=3, shade="F2F2F2")
        yield row([words, cell([_number(interim.points, say, render)], _WIDTHS[3], shade="F2F2F2")])


def _topic(line: PlanRow, render: OoxmlRenderer) -> list[Element]:
    lead = f"{line.lead}. " if line.lead and line.text else f"{line.lead}." if line.lead and line.counts else line.lead
    found = [render.paragraph_of((Run(text=line.text),) if line.text else (), "Table Text", lead=lead)]
    if line.items:
        found.extend(_list_lines(render, line.items))
    return found


def _list_lines(render: OoxmlRenderer, items: tuple[Topic, ...]) -> list[Element]:
    """Lines of a numbered list in the letters of a table."""
    number = render.file.list_number("decimal")
    return [render.paragraph_of(item.content, "Table Text", numbering=(number, item.level - 1)) for item in items]


def _total_row(words: str, sums: tuple[float | None, float | None], say: PaperWords, render: OoxmlRenderer) -> Element:
    first = cell([render.text(words, "Table Heading")], sum(_WIDTHS[:2]), span=2)
    hours, marks = sums
    return row(
        [first, cell([_number(hours, say, render)], _WIDTHS[2]), cell([_number(marks, say, render)], _WIDTHS[3])]
    )


# --- independent work ---------------------------------------------------------------------------------------------

_WORK = (
    round(2.0 * CM),
    TEXT_WIDTH - round(10.2 * CM),
    round(2.5 * CM),
    round(1.5 * CM),
    round(2.6 * CM),
    round(1.6 * CM),
)


_SHORT = 800
"""Letters of a task whose row stays on one page; a longer one may go on over the next."""


def work_table(course: Course, say: PaperWords, render: OoxmlRenderer) -> list[Element]:
    """Number, task, kind, hours, deadline, points; what nobody declared is an empty place."""
    heads = (say("No."), say("Task"), say("Kind of work"), say("Hours, short"), say("Deadline"), say("Points"))
    rows = [row([_head(render, words, width) for words, width in zip(heads, _WORK, strict=True)], header=True)]
    for assignment in (found for week in course.weeks for found in week.assignments):
        label = assignment_label(assignment, say.plain)
        values = (
            [render.text(label, "Table Text")],
            _task(assignment, render),
            [render.text(assignment.form or "", "Table Text")],
            [_number(assignment.hours, say, render)],
            [render.text(_deadline(assignment, say), "Table Text")],
            [_number(assignment.points, say, render)],
        )
        short = len(block_text(assignment.blocks)) < _SHORT
        rows.append(row([cell(value, width) for value, width in zip(values, _WORK, strict=True)], whole=short))
    keep_rows(rows[:1])
    return [table(rows, _WORK, style=render.file.style("Table Grid"), title=say("Independent work of students"))]


def _task(assignment: Assignment, render: OoxmlRenderer) -> list[Element]:
    title = [render.text(assignment.title, "Table Text", bold=True)] if assignment.title else []
    wide, render.width = render.width, _WORK[1] - 200
    blocks = render.elements(assignment.blocks, top=6, body="Table Text")
    render.width = wide
    return [*title, *blocks] or [render.text("", "Table Text")]


def _deadline(assignment: Assignment, say: PaperWords) -> str:
    if assignment.due:
        return say.date(assignment.due)
    return say("Week {number}", number=assignment.due_week) if assignment.due_week else ""


# --- what must add up ---------------------------------------------------------------------------------------------

_KINDS = (
    ("lecture", "lectures"),
    ("seminar", "seminars"),
    ("practical", "practical classes"),
    ("laboratory", "laboratory classes"),
    ("independent", "independent work"),
    ("supervised", "supervised independent work"),
)


def plan_findings(course: Course, weeks: list[PlanWeek]) -> Iterator[Finding]:
    """Where declared hours do not add up, and where the plan's totals are left to be filled by hand."""
    hours = course.about.hours
    if hours:
        yield from _by_kind(course, hours)
        yield from _whole(hours)
    lines = [line for week in weeks for line in week.rows if line.counts]
    for what, missing in (
        ("hours", sum(line.hours is None for line in lines)),
        ("points", sum(line.marks is None for line in lines)),
    ):
        if 0 < missing < len(lines):
            yield note(
                f"papers-{what}-partly",
                f"{missing} of {len(lines)} rows of the plan declare no {what}: their total is left blank",
                advice="declare them in course.toml, or fill the paper by hand",
            )
    grading = course.about.grading
    if grading and grading.weights:
        total = sum(weight.percent for weight in grading.weights)
        if abs(total - 100) > 0.01:
            yield warning("papers-weights", f"the weights of grading add up to {total:g} %, expected 100 %")


def _by_kind(course: Course, hours: Hours) -> Iterator[Finding]:
    for kind, plural in _KINDS:
        declared = getattr(hours, kind)
        parts: list[float | None] = [s.hours for _, s in course.sessions() if s.kind == kind]
        parts += [a.hours for week in course.weeks for a in week.assignments if a.kind == kind]
        known = [part for part in parts if part is not None]
        complete = len(known) == len(parts)
        if declared is None or not known or (sum(known) <= declared and not complete):
            continue
        if abs(sum(known) - declared) > 0.01:
            yield warning(
                "papers-hours",
                f"the plan gives {sum(known):g} hours of {plural}, but {declared:g} are declared for the course",
                advice="correct about.hours or the hours of the sessions",
            )


def _whole(hours: Hours) -> Iterator[Finding]:
    parts = [getattr(hours, kind) for kind, _ in _KINDS]
    known = sum(part for part in parts if part is not None)
    contact = [part for part in parts[:4] if part is not None]
    complete = bool(contact) and hours.independent is not None
    if hours.total is not None and ((complete and abs(known - hours.total) > 0.01) or known > hours.total + 0.01):
        yield warning(
            "papers-hours-total",
            f"the hours by type add up to {known:g}, but {hours.total:g} are declared in all",
            advice="correct about.hours",
        )
