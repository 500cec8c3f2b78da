"""Where outcomes are taught and assessed, as accreditation asks: outcomes × weeks, outcomes × assessments."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from coursepack.contents import assignment_label
from coursepack.files import cells
from coursepack.model.artifact import Artifact
from coursepack.model.course import Course, Grading
from coursepack.place import Finding, note, warning
from coursepack.render.wml import CM, TEXT_WIDTH, Element, cell, keep_next, keep_rows, row, space_before, table
from coursepack.writers.papers.fitted import columns, least
from coursepack.writers.papers.grading import weights_and_formula
from coursepack.writers.papers.paper import Paper
from coursepack.writers.papers.words import PaperWords
from coursepack.writers.workbook import members_of

MARK = "+"
_LABEL = re.compile(r"\s*([^\W\d_]{1,6} ?\d{1,2}(?:\.\d{1,2})?)\s*[.):–—-]")


def labels(course: Course, say: PaperWords) -> list[str]:
    """What each outcome is called in short: as it says itself («ОН1»), else «LO 1»."""
    return [
        found[1] if (found := _LABEL.match(text)) else say("LO {number}", number=number)
        for number, text in enumerate(course.about.outcomes, 1)
    ]


def weeks_of(course: Course) -> list[int]:
    """The weeks of the course, and those that the map names beside them."""
    mapped = {week for link in course.about.outcome_map for week in link.weeks}
    return sorted({week.number for week in course.weeks} | mapped)


def assessments_of(course: Course, say: PaperWords) -> list[str]:
    """In the order of the shares of the grade, where all are such; else in that in which the map names them first."""
    named = list(dict.fromkeys(name for link in course.about.outcome_map for name in link.assessments))
    shares, _ = weights_and_formula(course.about.grading or Grading(), say)
    order = [share.name.casefold() for share in shares]
    if all(name.casefold() in order for name in named):
        named.sort(key=lambda name: order.index(name.casefold()))
    return named


def _taught(course: Course, number: int) -> set[int]:
    return {week for link in course.about.outcome_map if link.outcome == number for week in link.weeks}


def _assessed(course: Course, number: int) -> set[str]:
    return {name for link in course.about.outcome_map if link.outcome == number for name in link.assessments}


def outcome_matrix(paper: Paper) -> list[Element]:
    """Both tables, those with something in them."""
    course, say = paper.course, paper.say
    names = labels(course, say)
    weeks, assessments = weeks_of(course), assessments_of(course, say)
    found: list[Element] = []
    for title, heads, marked in (
        (
            say("Outcomes by week"),
            [str(week) for week in weeks],
            [[week in _taught(course, number) for week in weeks] for number in range(1, len(names) + 1)],
        ),
        (
            say("Outcomes by assessment"),
            assessments,
            [[name in _assessed(course, number) for name in assessments] for number in range(1, len(names) + 1)],
        ),
    ):
        if any(any(line) for line in marked):
            label = paper.render.text(title, "Table Label")
            keep_next(label)
            space_before(label, 160)
            found.append(label)
            found.extend(_table(paper, title, heads, names, marked))
    return found


_MOST_COLUMNS = 18
"""Of marks in one table: more go on in another below it."""


def _table(
    paper: Paper, title: str, heads: Sequence[str], names: Sequence[str], marked: Sequence[Sequence[bool]]
) -> Iterator[Element]:
    for first in range(0, len(heads), _MOST_COLUMNS):
        part = slice(first, first + _MOST_COLUMNS)
        lines = [
            [name, *(MARK if mark else "" for mark in line[part])] for name, line in zip(names, marked, strict=True)
        ]
        yield _grid(paper, title, [paper.say("Outcome"), *heads[part]], lines)


def _grid(paper: Paper, title: str, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> Element:
    needed = [least([head, *(line[n] for line in lines)]) for n, head in enumerate(heads)]
    wanted = [3 * CM, *([(TEXT_WIDTH - 3 * CM) // max(len(heads) - 1, 1)] * (len(heads) - 1))]
    widths = columns(needed, wanted, TEXT_WIDTH)
    text = paper.render.text
    top = [cell([text(h, "Table Heading")], r, shade="F2F2F2", middle=True) for h, r in zip(heads, widths, strict=True)]
    rows = [row(top, header=True)]
    rows += [row([cell([text(v, "Table Number")], r) for v, r in zip(line, widths, strict=True)]) for line in lines]
    keep_rows(rows[:1])
    return table(rows, widths, style=paper.file.style("Table Grid"), title=title)


# --- the sheet ----------------------------------------------------------------------------------------------------


def outcome_sheet(course: Course, say: PaperWords) -> Artifact:
    """The whole matrix as a workbook: outcomes in rows, weeks and assessments in columns."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(say("Outcomes")[:31])
    sheet.freeze_panes = "C2"
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 10, 60
    weeks, assessments = weeks_of(course), assessments_of(course, say)
    heads = ["", say("Learning outcomes"), *(say("Week {number}", number=week) for week in weeks), *assessments]
    lines = [heads]
    for number, (name, text) in enumerate(zip(labels(course, say), course.about.outcomes, strict=True), 1):
        taught, assessed = _taught(course, number), _assessed(course, number)
        marks = [*(week in taught for week in weeks), *(each in assessed for each in assessments)]
        lines.append([name, text, *(MARK if mark else "" for mark in marks)])
    for place, line in enumerate(lines):
        result = [cells.workbook_cell(sheet, value) for value in line]
        for each in result:
            each.alignment = Alignment(wrap_text=True, vertical="top")
            if place == 0:
                each.font = Font(bold=True)
        sheet.append(result)
    data = io.BytesIO()
    book.save(data)
    return Artifact(
        name=f"{course.id}-outcomes.xlsx",
        format="syllabus",
        members=tuple(members_of(data.getvalue())),
        layers=("container",),
        title=f"{course.title}. {say('Outcomes')}",
    )


# --- what does not fit together -----------------------------------------------------------------------------------


def outcome_findings(course: Course, say: PaperWords) -> Iterator[Finding]:
    """Outcomes that the map forgets or does not know, assessments that nothing else of the course names."""
    links, count = course.about.outcome_map, len(course.about.outcomes)
    if not links:
        return
    unknown = sorted({link.outcome for link in links if link.outcome > count})
    if unknown:
        numbers = ", ".join(map(str, unknown))
        yield warning("papers-outcome-unknown", f"outcome_map names outcomes {numbers}, and {count} are declared")
    mapped = {link.outcome for link in links if link.weeks or link.assessments}
    left = [number for number in range(1, count + 1) if number not in mapped]
    if left:
        numbers = ", ".join(map(str, left))
        yield note("papers-outcome-unmapped", f"outcomes {numbers} are taught and assessed nowhere in outcome_map")
    weeks = {week.number for week in course.weeks}
    beyond = sorted({week for link in links for week in link.weeks} - weeks) if weeks else []
    if beyond:
        numbers = ", ".join(map(str, beyond))
        yield note("papers-outcome-weeks", f"outcome_map names weeks {numbers}, which the course does not have")
    strange = [name for name in assessments_of(course, say) if name.casefold() not in _assessed_names(course, say)]
    if strange:
        stated = f"outcome_map names assessments that do not occur elsewhere in the course: {', '.join(strange)}"
        yield note("papers-outcome-assessments", stated)


def _assessed_names(course: Course, say: PaperWords) -> set[str]:
    """Shares of the grade, interim controls, work by its label and its kind, the exam."""
    grading = course.about.grading
    names: list[str | None] = [say("Exam"), course.exam.form if course.exam else None]
    if grading:
        names += [weight.name for weight in weights_and_formula(grading, say)[0]]
        names += [interim.name for interim in grading.interim]
    for week in course.weeks:
        for task in week.assignments:
            names += [task.label, task.title, task.form, assignment_label(task, say.plain)]
    return {name.casefold() for name in names if name}
