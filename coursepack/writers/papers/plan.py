"""The plan by week and the table of independent work, with the sums that must add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal

from coursepack import pages
from coursepack.contents import assignment_label, session_label
from coursepack.model.blocks import Blocks, Run, Table, block_text, inline_text
from coursepack.model.course import Assignment, ClassHours, Course, Interim, Session, Topic, Week
from coursepack.render.docx_styles import LIST_STEP
from coursepack.render.ooxml import OoxmlRenderer
from coursepack.render.wml import CM, TEXT_WIDTH, Element, cell, keep_rows, row, table
from coursepack.writers import criteria, cut
from coursepack.writers.papers.dates import in_words, week_days
from coursepack.writers.papers.fitted import least, width
from coursepack.writers.papers.words import PaperWords

_WEEK, _DATED_WEEK, _HOURS, _POINTS = round(1.7 * CM), round(2.5 * CM), round(2.7 * CM), round(3.3 * CM)
LONGEST_TASK = 200


@dataclass
class PlanRow:
    """A row of the plan: ``lead`` in bold, then ``text``, then ``points`` of a list; hours and marks when declared.
    ``key``: what it is, the same in all editions of the course."""

    lead: str
    text: str = ""
    items: tuple[Topic, ...] = ()
    hours: float | None = None
    marks: float | None = None
    counts: bool = True
    key: str = ""


@dataclass
class PlanWeek:
    """A week with its rows; ``days`` are printed below its number."""

    number: int
    rows: list[PlanRow] = field(default_factory=list)
    interim: list[Interim] = field(default_factory=list)
    days: str = ""


def plan_weeks(course: Course, say: PaperWords, least: int | None) -> list[PlanWeek]:
    """The weeks as they are printed, with the interim controls that were declared after them."""
    hours = course.about.class_hours
    found = {week.number: PlanWeek(week.number, list(_week_rows(week, say, hours))) for week in course.weeks}
    for number in range(1, (least or 0) + 1):
        found.setdefault(number, PlanWeek(number))
    weeks = [found[number] for number in sorted(found)]
    for interim in course.about.grading.interim if course.about.grading else ():
        home = [week for week in weeks if week.number <= interim.after_week] or weeks[:1]
        if home:
            home[-1].interim.append(interim)
    if (calendar := course.about.calendar) and weeks:
        days = week_days(calendar, weeks[-1].number)
        for week in weeks:
            week.days = in_words(days[week.number - 1], say) if week.number <= len(days) else ""
    return weeks


def side_by_side(weeks: list[PlanWeek], other: list[PlanWeek]) -> list[PlanWeek]:
    """The weeks with an empty row wherever the other edition alone has one, so that both have the same rows."""
    others = {week.number: week for week in other}
    missing = [PlanWeek(number) for number in others if number not in {week.number for week in weeks}]
    result = []
    for week in sorted([*weeks, *missing], key=lambda found: found.number):
        twin = others.get(week.number, PlanWeek(week.number))
        rows = {row_.key: row_ for row_ in week.rows}
        order = [*rows, *(row_.key for row_ in twin.rows if row_.key not in rows)]
        places = {row_.key: place for place, row_ in enumerate(twin.rows)}
        if all(key in places for key in order):
            order.sort(key=lambda key: places[key])
        filled = [rows.get(key) or PlanRow("", counts=False, key=key) for key in order]
        interim = [*week.interim, *(Interim(after_week=0, name="") for _ in twin.interim[len(week.interim) :])]
        result.append(PlanWeek(week.number, filled, interim, week.days or twin.days))
    return result


def _week_rows(week: Week, say: PaperWords, hours: ClassHours | None) -> Iterator[PlanRow]:
    if week.title:
        yield PlanRow(week.title, counts=False, key=week.id)
    for session in week.sessions:
        yield _session_row(session, say, hours)
    for assignment in week.assignments:
        label = assignment_label(assignment, say.plain)
        words = assignment.title or cut(block_text(_parted(assignment, say)[0]), LONGEST_TASK)
        yield PlanRow(label, words, hours=assignment.hours, marks=assignment.points, key=assignment.id)


def class_hours(session: Session, hours: ClassHours | None) -> float | None:
    """Of the class itself, else what is declared of each of its kind."""
    if session.hours is None and hours is not None:
        declared: float | None = getattr(hours, session.kind)
        return declared
    return session.hours


def _session_row(session: Session, say: PaperWords, hours: ClassHours | None) -> PlanRow:
    listed = () if session.title else session.topics or session.outline
    return PlanRow(
        session_label(session, say.plain),
        session.title or "",
        tuple(listed),
        class_hours(session, hours),
        session.points,
        key=session.id,
    )


def total_hours(weeks: Sequence[PlanWeek]) -> float | None:
    """The sum of the column, or None while a row of it is left to be filled by hand."""
    rows = [row_ for week in weeks for row_ in week.rows if row_.counts]
    if not rows or any(row_.hours is None for row_ in rows) or any(not week.rows for week in weeks):
        return None
    return sum(row_.hours or 0 for row_ in rows)


def total_marks(weeks: Sequence[PlanWeek]) -> float | None:
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


_LONGEST_WEEK, _LONGEST_BESIDE = 22, 15
"""Lines of a week that stays on one page, on an upright and on a turned one. A longer one goes on over the next, and
says its number in every row."""

_HALF = (25 * CM) // 2 - 230
"""Twips of a column of the bilingual form, without the sides of its cells."""


def plan_table(
    weeks: Sequence[PlanWeek], say: PaperWords, render: OoxmlRenderer, *, beside: Sequence[PlanWeek] = ()
) -> list[Element]:
    """The table: week, what is done, hours, points; the head repeats on every page. ``beside``: the same weeks in the
    other column of a bilingual form, with the same rows; hours and points leave the topics their room there."""
    dated = any(week.days for week in weeks)
    if beside:
        heads = (say("Week"), say("Topic"), say("Hours, short"), say("Points"))
        week, _, hours, points = (least([head]) for head in heads)
        first = _DATED_WEEK if dated else week
        widths = (first, _HALF - first - hours - points, hours, points)
    else:
        heads = (say("Week"), say("Topic"), say("Hours"), say("Maximum points"))
        first = _DATED_WEEK if dated else _WEEK
        widths = (first, TEXT_WIDTH - first - _HOURS - _POINTS, _HOURS, _POINTS)
    plan = _PlanTable(say, render, widths, _LONGEST_BESIDE if beside else _LONGEST_WEEK)
    rows = [row([_head(render, words, room) for words, room in zip(heads, plan.widths, strict=True)], header=True)]
    for own, twin in zip_longest(weeks or [PlanWeek(0) for _ in range(5)], beside):
        rows.extend(plan.week(own, twin))
    rows.append(plan.total(total_hours(weeks), total_marks(weeks)))
    # Neither the head nor the sums stand alone.
    keep_rows([rows[0], rows[-2]])
    return [table(rows, plan.widths, style=render.file.style("Table Grid"), title=say("Calendar and thematic plan"))]


def _head(render: OoxmlRenderer, words: str, room: int) -> Element:
    return cell([render.text(words, "Table Heading")], room, shade="F2F2F2", middle=True)


def _number(value: float | None, say: PaperWords, render: OoxmlRenderer) -> Element:
    return render.text(say.number(value) if value is not None else "", "Table Number")


_LETTERS, _SIDES = 11, 190
"""Points of the letters in a table, twips at both sides of them."""


@dataclass
class _PlanTable:
    say: PaperWords
    render: OoxmlRenderer
    widths: tuple[int, int, int, int]
    longest: int

    def week(self, week: PlanWeek, twin: PlanWeek | None) -> Iterator[Element]:
        """Its rows, and those of the interim controls behind it; both sides of a bilingual form are parted alike."""
        lines = week.rows or [PlanRow("")]
        pairs = zip_longest(lines, twin.rows if twin else ())
        short = sum(max(self._height(line) for line in pair if line) for pair in pairs) <= self.longest
        rows = [self._row(week, line, first=index == 0, short=short) for index, line in enumerate(lines)]
        if short:
            keep_rows(rows[:-1])
        yield from rows
        for interim in week.interim:
            words = cell(
                [self.render.text(interim.name, "Table Heading")], sum(self.widths[:3]), span=3, shade="F2F2F2"
            )
            yield row([words, cell([self._number(interim.points)], self.widths[3], shade="F2F2F2")])

    def _row(self, week: PlanWeek, line: PlanRow, *, first: bool, short: bool) -> Element:
        merge: Literal["restart", "continue"] | None = None
        if len(week.rows) > 1 and short:
            merge = "restart" if first else "continue"
        return row(
            [
                cell(self._label(week, shown=first or not short), self.widths[0], merge=merge),
                cell(_topic(line, self.render), self.widths[1]),
                cell([self._number(line.hours)], self.widths[2]),
                cell([self._number(line.marks)], self.widths[3]),
            ]
        )

    def _label(self, week: PlanWeek, *, shown: bool) -> list[Element]:
        number = self.render.text(str(week.number) if shown and week.number else "", "Table Number")
        return [number, self.render.text(week.days, "Table Number")] if shown and week.days else [number]

    def _height(self, line: PlanRow) -> int:
        """Lines that a row takes, about."""
        texts = [f"{line.lead}. {line.text}", *(inline_text(item.content) for item in line.items)]
        return sum(1 + width(text, _LETTERS) // (self.widths[1] - _SIDES) for text in texts)

    def _number(self, value: float | None) -> Element:
        return _number(value, self.say, self.render)

    def total(self, hours: float | None, marks: float | None) -> Element:
        words = cell([self.render.text(self.say("Total"), "Table Heading")], sum(self.widths[:2]), span=2)
        sums = zip((hours, marks), self.widths[2:], strict=True)
        return row([words, *(cell([self._number(value)], room) for value, room in sums)])


def _topic(line: PlanRow, render: OoxmlRenderer) -> list[Element]:
    lead = f"{line.lead}. " if line.lead and line.text else f"{line.lead}." if line.lead and line.counts else line.lead
    found = [render.paragraph_of((Run(text=line.text),) if line.text else (), "Table Text", lead=lead)]
    if line.items:
        found.extend(_list_lines(render, line.items))
    return found


def _list_lines(render: OoxmlRenderer, items: tuple[Topic, ...]) -> list[Element]:
    """Lines of a numbered list in the letters of a table."""
    number = render.file.list_number("decimal")
    return [
        render.paragraph_of(
            item.content,
            "Table Text",
            numbering=(number, item.level - 1),
            # A cell is narrow: numbers stand at its side.
            indent=(LIST_STEP * item.level, LIST_STEP),
        )
        for item in items
    ]


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
            _task(assignment, render, say),
            [render.text(assignment.form or "", "Table Text")],
            [_number(assignment.hours, say, render)],
            [render.text(_deadline(assignment, say), "Table Text")],
            [_number(assignment.points, say, render)],
        )
        own, _ = _parted(assignment, say)
        short = len(block_text(own)) < _SHORT
        rows.append(row([cell(value, width) for value, width in zip(values, _WORK, strict=True)], whole=short))
    keep_rows(rows[:1])
    style = render.file.style("Table Grid")
    return [
        table(rows, _WORK, style=style, title=say("Independent work of students")),
        *_rubrics(course, say, render),
    ]


def _rubrics(course: Course, say: PaperWords, render: OoxmlRenderer) -> Iterator[Element]:
    """What tasks are marked by, each under the task's name, as wide as the page."""
    for assignment in (found for week in course.weeks for found in week.assignments):
        _, found = _parted(assignment, say)
        if found:
            name = ". ".join(part for part in (assignment_label(assignment, say.plain), assignment.title) if part)
            yield render.heading_line(name, 3)
            yield from render.elements(found)


def _parted(assignment: Assignment, say: PaperWords) -> tuple[Blocks, Blocks]:
    """What is to be done, and the table of criteria that a document or course.toml marks it by."""
    own, found = criteria.parted(assignment.blocks)
    if found:
        return own, found
    # In a language whose words for criteria nobody listed, the caption of the table tells that course.toml made it.
    named = pages.spoken(say.language)("Marking criteria")
    declared = [block for block in own if isinstance(block, Table) and inline_text(block.caption) == named]
    return tuple(block for block in own if block not in declared), tuple(declared)


def _task(assignment: Assignment, render: OoxmlRenderer, say: PaperWords) -> list[Element]:
    title = [render.text(assignment.title, "Table Text", bold=True)] if assignment.title else []
    wide, render.width = render.width, _WORK[1] - 200
    own, _ = _parted(assignment, say)
    blocks = render.elements(own, top=6, body="Table Text")
    render.width = wide
    return [*title, *blocks] or [render.text("", "Table Text")]


def _deadline(assignment: Assignment, say: PaperWords) -> str:
    if assignment.due:
        return say.date(assignment.due)
    return say("Week {number}", number=assignment.due_week) if assignment.due_week else ""
