"""The parts of a paper that a template places: tables, lists, texts, signatures; a function a part.

Each takes the ``Paper`` and gives elements; ``PARTS`` names them for templates, with a test whether the course has
anything for them. Where nothing is declared, lines to fill by hand stand instead: nothing is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from coursepack.model.blocks import Block, Blocks, Heading, Paragraph, Run, Table, inline_text
from coursepack.model.course import Course, Teacher
from coursepack.model.questions import Description, Question
from coursepack.pages.block_builders import linked
from coursepack.render.docx_styles import STYLES
from coursepack.render.question_blocks import asked
from coursepack.render.wml import (
    CM,
    TEXT_WIDTH,
    Element,
    cell,
    keep_next,
    keep_rows,
    paragraph,
    paragraph_properties,
    row,
    run,
    table,
    w,
)
from coursepack.writers.papers.fields import HOURS, teacher_line
from coursepack.writers.papers.fitted import SignatureStops, columns, least, signature_block
from coursepack.writers.papers.paper import Paper, TemplateSlot
from coursepack.writers.papers.plan import plan_table, plan_weeks, side_by_side, work_table
from coursepack.writers.papers.template import BLANK

# --- lines to fill by hand ----------------------------------------------------------------------------------------


def blank_lines(paper: Paper, count: int = 2) -> list[Element]:
    """Ruled lines across the page (tabs with a rule as leader, so that no paragraph is empty)."""
    style = paper.file.style("Blank Line")
    # The name above them never stands with one of them alone.
    return [
        paragraph([run("\t")], paragraph_properties(style=style, keep_next=index < count - 1)) for index in range(count)
    ]


def _text_or_blank(blocks: Blocks, paper: Paper) -> list[Element]:
    return paper.render.elements(blocks) or blank_lines(paper)


_OWN_LABEL = re.compile(r"\s*[^\W\d_]{0,6} ?\d{1,2}(?:\.\d{1,2})?(?:[.):]|\s+[–—-])\s")
"""«ОН1. », «РО 2 – », «3) »: an item that says its number itself."""


def _lines_or_blank(lines: Sequence[str], paper: Paper) -> list[Element]:
    if not lines:
        return blank_lines(paper)
    if all(_OWN_LABEL.match(line) for line in lines):
        return [paper.render.text(line, "List Continue") for line in lines]
    return paper.render.numbered([(_plain(line),) for line in lines])


def _plain(line: str) -> Paragraph:
    return Paragraph(content=(Run(text=line),))


# --- course data --------------------------------------------------------------------------------------------------

_LABEL, _VALUE = round(6 * CM), TEXT_WIDTH - round(6 * CM)


def course_data(paper: Paper) -> list[Element]:
    """Two columns: what is asked, what is declared (a rule where nothing is)."""
    about, say = paper.course.about, paper.say
    always: list[tuple[str, object]] = [
        (say("Course title"), paper.course.title),
        (say("Course code"), about.code),
        (say("Cycle"), _joined(about.cycle, about.component)),
        (say("Educational programme"), about.programme),
        (say("Credits"), say.number(about.credits) if about.credits is not None else None),
        (say("Academic year"), about.year),
        (say("Semester"), about.semester),
    ]
    declared: list[tuple[str, object]] = [
        (say("Year of study"), about.study_year),
        (say("Form of study"), about.study_form),
        (say("Form of the exam"), paper.course.exam.form if paper.course.exam else None),
    ]
    lines = [*always, *((label, value) for label, value in declared if value)]
    lines += [line for teacher in about.teachers or (None,) for line in _teacher_lines(teacher, paper)]
    style = paper.file.style("Table Grid")
    rows = [_label_row(label, str(value) if value else BLANK, paper) for label, value in lines]
    return [table(rows, (_LABEL, _VALUE), style=style, title=say("Course data"))]


def _teacher_lines(teacher: Teacher | None, paper: Paper) -> Iterator[tuple[str, object]]:
    say = paper.say
    yield say("Teacher"), teacher_line(teacher) if teacher else None
    if teacher:
        for label, value in (
            (say("E-mail"), teacher.email),
            (say("Telephone"), teacher.phone),
            (say("Room"), teacher.room),
        ):
            if value:
                yield label, value
    yield say("Office hours"), teacher.office_hours if teacher else None


def _joined(*parts: str | None) -> str | None:
    return " / ".join(part for part in parts if part) or None


def _label_row(label: str, value: str, paper: Paper) -> Element:
    text = paper.render.text
    return row([cell([text(label, "Table Text", bold=True)], _LABEL), cell([text(value, "Table Text")], _VALUE)])


_HOUR_NAMES = {
    "lecture": "Lectures",
    "seminar": "Seminars",
    "practical": "Practical classes",
    "laboratory": "Laboratory classes",
    "independent": "Independent work",
    "supervised": "Supervised independent work",
    "total": "Total",
}


_CREDIT = (25.0, 30.0)
"""Hours of work that a credit of ECTS stands for (ECTS Users' Guide 2015; 30 academic hours in Kazakhstan). Credits of
other hours are no credits of ECTS."""


def _hours_of_a_credit(course: Course) -> float | None:
    hours, worth = course.about.hours, course.about.credits
    if hours is None or not hours.total or not worth:
        return None
    found = hours.total / worth
    return found if _CREDIT[0] <= found <= _CREDIT[1] else None


def _workload(paper: Paper, rate: float) -> Element:
    """A row a kind of work: its hours, and the credits that they are worth."""
    hours, say, text = paper.course.about.hours, paper.say, paper.render.text
    widths = (TEXT_WIDTH - 7 * CM, round(3.5 * CM), round(3.5 * CM))
    heads = (say("Kind of study"), say("Hours"), say("ECTS credits"))
    top = [cell([text(h, "Table Heading")], r, shade="F2F2F2") for h, r in zip(heads, widths, strict=True)]
    rows = [row(top, header=True)]
    for kind in HOURS:
        value = getattr(hours, kind)
        if value is None:
            continue
        numbers = [say.number(value), say.number(round(value / rate, 2))]
        rows.append(
            row(
                [
                    cell([text(say(_HOUR_NAMES[kind]), "Table Text", bold=kind == "total")], widths[0]),
                    *(cell([text(number, "Table Number")], r) for number, r in zip(numbers, widths[1:], strict=True)),
                ]
            )
        )
    keep_rows(rows[:-1])
    return table(rows, widths, style=paper.file.style("Table Grid"), title=say("Academic hours by type"))


def hours_table(paper: Paper) -> list[Element]:
    """Hours by type: the types that are declared, and those that the course has sessions of. Where credits and hours
    are declared and go together, with the credits that each type is worth."""
    if (rate := _hours_of_a_credit(paper.course)) is not None:
        return [_workload(paper, rate)]
    hours, say = paper.course.about.hours, paper.say
    met = {session.kind for _, session in paper.course.sessions()} or {"lecture", "seminar"}
    kinds = [
        kind
        for kind in HOURS
        if kind in met
        or kind in {"independent", "supervised", "total"}
        or (hours is not None and getattr(hours, kind) is not None)
    ]
    needed = [least([say(_HOUR_NAMES[kind])]) for kind in kinds]
    width = columns(needed, [TEXT_WIDTH // len(kinds)] * len(kinds), TEXT_WIDTH)
    text = paper.render.text
    heads, values = [], []
    for kind, room in zip(kinds, width, strict=True):
        value = getattr(hours, kind) if hours else None
        heads.append(cell([text(say(_HOUR_NAMES[kind]), "Table Heading")], room, shade="F2F2F2", middle=True))
        values.append(cell([text(say.number(value) if value is not None else "____", "Table Number")], room))
    style = paper.file.style("Table Grid")
    rows = [row(heads, header=True), row(values)]
    keep_rows(rows[:1])
    return [table(rows, width, style=style, title=say("Academic hours by type"))]


# --- texts and lists ----------------------------------------------------------------------------------------------


def description(paper: Paper) -> list[Element]:
    return _text_or_blank(paper.course.about.description, paper)


def aim(paper: Paper) -> list[Element]:
    return _text_or_blank(paper.course.about.aim, paper)


def objectives(paper: Paper) -> list[Element]:
    return _lines_or_blank(paper.course.about.objectives, paper)


def outcomes(paper: Paper) -> list[Element]:
    return _lines_or_blank(paper.course.about.outcomes, paper)


def prerequisites(paper: Paper) -> list[Element]:
    return _running(paper.course.about.prerequisites, paper)


def postrequisites(paper: Paper) -> list[Element]:
    return _running(paper.course.about.postrequisites, paper)


def _running(names: Sequence[str], paper: Paper) -> list[Element]:
    return [paper.render.text("; ".join(names), "Body Text")] if names else blank_lines(paper, 1)


def policies(paper: Paper) -> list[Element]:
    """Each policy under its own name."""
    found: list[Element] = []
    for policy in paper.course.about.policies:
        if policy.title.casefold() != paper.say("Course policy").casefold():
            found.append(paper.subheading(policy.title))
        found.extend(paper.render.elements(named_tables(policy.blocks)))
    return found or blank_lines(paper, 3)


_NAME = 60
"""Letters of a line that names the table below it."""


def named_tables(blocks: Blocks) -> Blocks:
    """The blocks, a line above a table that is no sentence («Шкала оценок») as its heading."""
    pairs = zip_longest(blocks, blocks[1:])
    return tuple(_heading(block) if isinstance(below, Table) else block for block, below in pairs)


def _heading(block: Block) -> Block:
    if not isinstance(block, Paragraph):
        return block
    text = inline_text(block.content).strip()
    names = 0 < len(text) <= _NAME and text[-1] not in ".;,!?" and ". " not in text
    return Heading(level=1, content=block.content, place=block.place) if names else block


_LITERATURE = (
    ("basic", "Basic literature"),
    ("additional", "Additional literature"),
    ("internet", "Internet resources"),
)


def literature(paper: Paper) -> list[Element]:
    """Basic, additional, internet (with the course's declared links): one numbering through all, as citations refer
    to it."""
    listed = paper.course.about.literature
    links = tuple(link for link in paper.course.links if link not in listed.internet)
    found: list[Element] = []
    number = 1
    for name, title in _LITERATURE:
        lines: tuple[str, ...] = getattr(listed, name) + (links if name == "internet" else ())
        if not lines and name == "internet":
            continue
        found.append(paper.subheading(paper.say(title)))
        if lines:
            content = [(linked(line),) for line in lines]
            found.extend(paper.render.numbered(list(content), start=number))
        else:
            found.extend(blank_lines(paper))
        number += len(lines)
    return found


# --- questions ----------------------------------------------------------------------------------------------------


def exam_questions(paper: Paper) -> list[Element]:
    """The list for students; keys never."""
    listed = paper.course.exam.listed if paper.course.exam else ()
    return [*_counted(paper, listed), *question_list(paper, listed)]


def _counted(paper: Paper, listed: Sequence[Question]) -> list[Element]:
    """How many questions the list has, where some of them reword others."""
    variants = sum(question.variant_of is not None for question in listed)
    if not variants:
        return []
    say, asked_ = paper.say, sum(not isinstance(question, Description) for question in listed)
    numbers = (
        say.count("{number} question in the list", "{number} questions in the list", asked_ - variants),
        say.count("{number} rewording of another", "{number} rewordings of others", variants),
    )
    counts = ", ".join(numbers) + "."
    line = paper.render.text(counts[0].upper() + counts[1:], "Body Text")
    keep_next(line)
    return [line]


def question_list(paper: Paper, questions: Sequence[Question]) -> list[Element]:
    """A numbered list of questions, with what there is to choose from under those that offer it."""
    number = paper.file.list_number("decimal", last=len(questions))
    return [element for question in questions for element in question_lines(paper, question, number)]


def question_lines(paper: Paper, question: Question, number: int, style: str = "List Number") -> list[Element]:
    """One question of the list ``number`` as it is asked: gaps as rules, choices by letters; never its key."""
    lines = paper.render.item(asked(question, lambda word: paper.say(word.lower())), number, style, 0)
    keep_together(lines)
    return lines


_LONGEST = 20
"""Lines of a question that stands on one page with what it offers."""


def keep_together(lines: Sequence[Element]) -> None:
    """Let a question stand on one page with its answers, and an answer with its key."""
    if len(lines) <= _LONGEST:
        for line in lines[:-1]:
            if line.tag == w("p"):
                keep_next(line)


# --- signatures ---------------------------------------------------------------------------------------------------


_BESIDE = 25 * CM
"""Twips of a line of the bilingual form."""


def signatures(paper: Paper) -> list[Element]:
    """Those that are declared, else the author, the head of the department and the methodical body; in a bilingual
    form each role in both languages."""
    signers = _signers(paper)
    if paper.beside is None:
        lines = signature_lines(paper, signers, paper.room)
    else:
        lines = signature_lines(paper, _in_both(signers, _signers(paper.beside)), _BESIDE)
    for line in lines[:-1]:
        keep_next(line)
    return lines


def _signers(paper: Paper) -> list[tuple[str, str]]:
    say, about = paper.say, paper.course.about
    if about.signatures:
        return [(signature.role, signature.name or "") for signature in about.signatures]
    names = [teacher.name for teacher in about.teachers] or [""]
    signers = [(say("Compiled by"), name) for name in names]
    return [*signers, (say("Head of department"), ""), (say("Chair of the methodical bureau"), "")]


def _in_both(signers: Sequence[tuple[str, str]], others: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """One line a person; where the editions do not name as many, those of both."""
    if len(signers) != len(others):
        return [*signers, *(other for other in others if other not in signers)]
    pairs = zip(signers, others, strict=True)
    return [(" / ".join(dict.fromkeys((role, beside))), name or named) for (role, name), (beside, named) in pairs]


def signature_lines(paper: Paper, signers: Sequence[tuple[str, str]], room: int = TEXT_WIDTH) -> list[Element]:
    """Role, a rule to sign on, the name (or a rule for it); where a role is long, all stand in a line above the other
    two."""
    stops = signature_block(signers, room)
    return [_signature(paper, *signer, found, room) for signer, found in zip(signers, stops, strict=True)]


def _signature(paper: Paper, role: str, name: str, found: SignatureStops, room: int) -> Element:
    name_runs = [run(f" {name}")] if name else [run(" \t")]
    style = paper.file.style("Signature")
    if found is None:
        return paragraph([run(f"{role}\t\t"), *name_runs], paragraph_properties(style=style))
    above, (begins, ends) = found
    cleared = [("clear", place, "none") for _, place, _ in STYLES["Signature"].tabs[:2]]
    stops = [*cleared, *([("left", begins, "none")] if begins else []), ("left", ends, "underscore")]
    if room != TEXT_WIDTH:
        stops += [("clear", TEXT_WIDTH - 200, "none"), ("right", room - 200, "underscore")]
    properties = paragraph_properties(style=style, tabs=stops)
    # A rule that begins where the line does needs no stop to begin at.
    tabs = "\t\t" if begins else "\t"
    return paragraph([run(role + ("\n" if above else "") + tabs), *name_runs], properties)


# --- the table of parts -------------------------------------------------------------------------------------------


def _plan(paper: Paper) -> list[Element]:
    weeks = plan_weeks(paper.course, paper.say, paper.options.plan_weeks)
    if paper.beside is None:
        return plan_table(weeks, paper.say, paper.render)
    other = paper.beside
    others = plan_weeks(other.course, other.say, other.options.plan_weeks)
    return plan_table(side_by_side(weeks, others), paper.say, paper.render, beside=side_by_side(others, weeks))


def _work(paper: Paper) -> list[Element]:
    if not any(week.assignments for week in paper.course.weeks):
        return blank_lines(paper)
    return work_table(paper.course, paper.say, paper.render)


def _has_assignments(course: Course) -> bool:
    return any(week.assignments for week in course.weeks)


def _has_list(course: Course) -> bool:
    return bool(course.exam and course.exam.listed)


def _literature(course: Course) -> bool:
    listed = course.about.literature
    return bool(listed.basic or listed.additional or listed.internet or course.links)


PARTS: dict[str, TemplateSlot] = {
    "course_data": TemplateSlot(course_data, lambda course: True),
    "hours_table": TemplateSlot(hours_table, lambda course: course.about.hours is not None),
    "description": TemplateSlot(description, lambda course: bool(course.about.description)),
    "aim": TemplateSlot(aim, lambda course: bool(course.about.aim)),
    "objectives": TemplateSlot(objectives, lambda course: bool(course.about.objectives)),
    "outcomes": TemplateSlot(outcomes, lambda course: bool(course.about.outcomes)),
    "prerequisites": TemplateSlot(prerequisites, lambda course: bool(course.about.prerequisites)),
    "postrequisites": TemplateSlot(postrequisites, lambda course: bool(course.about.postrequisites)),
    "plan": TemplateSlot(_plan, lambda course: bool(course.weeks)),
    "independent_work": TemplateSlot(_work, _has_assignments),
    "policies": TemplateSlot(policies, lambda course: bool(course.about.policies)),
    "literature": TemplateSlot(literature, _literature),
    "exam_questions": TemplateSlot(exam_questions, _has_list),
    "signatures": TemplateSlot(signatures, lambda course: True),
}
