"""``exam-tickets``: tickets drawn by a seed (or as a document prints them), the control sheet, the keys.

All three are for the teacher: no student gets them before the exam.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coursepack.model.artifact import Artifact, Written
from coursepack.model.blocks import Run, block_text
from coursepack.model.course import Course, ExamTicket
from coursepack.model.questions import Cloze, Description, Question, offers
from coursepack.place import Finding, note, warning
from coursepack.render import draw
from coursepack.render.asked import with_rules
from coursepack.render.sandbox import Group
from coursepack.render.wml import CM, TEXT_WIDTH, Element, cell, row, space_before, table
from coursepack.writers import Context, Writer, cut
from coursepack.writers.papers import sources
from coursepack.writers.papers.options import Papers
from coursepack.writers.papers.paper import Paper, Part
from coursepack.writers.papers.parts import question_lines, signature_line
from coursepack.writers.papers.questions import has_key, key_document
from coursepack.writers.papers.slots import SHARED
from coursepack.writers.papers.template import BLANK, Blank, Slot

NAME = "exam-tickets"


@dataclass(frozen=True)
class Ticket:
    number: int
    questions: tuple[Question, ...]


def write(course: Course, context: Context) -> Written:
    """Tickets, control sheet and, where questions have keys, the key."""
    options = context.options if isinstance(context.options, Papers) else Papers()
    questions = _askable(course)
    if not questions:
        return Written((), (note("papers-no-exam", "the course has no exam questions: no tickets are written"),))
    if not (course.exam and course.exam.tickets) and not _drawable(questions, context):
        said = "all exam questions offer answers to choose from: no tickets are written"
        advice = "tests_in_tickets = true in [exam] makes tickets of them"
        return Written((), (note("papers-no-exam", said, advice=advice),))
    try:
        found, printed = tickets_of(course, questions, context, options)
    except ValueError as problem:
        # The rest of the course is not held up by it: nobody may have asked for tickets.
        said = f"{problem}: no tickets are written"
        return Written((), (warning("papers-tickets", said, advice="lower exam.questions_per_ticket"),))
    findings = list(_unknown_questions(course, questions))
    papers = (_tickets(course, context, found), _control_sheet(course, context, found, printed=printed))
    artifacts = [artifact for artifact, _ in papers]
    if any(has_key(question) for question in questions):
        artifacts.append(key_document(course, context, NAME, f"{course.id}-exam-key.docx"))
    findings.extend(finding for _, more in papers for finding in more)
    return Written(tuple(artifacts), tuple(dict.fromkeys(findings)))


def _unknown_questions(course: Course, questions: Sequence[Question]) -> Iterator[Finding]:
    """A printed ticket that names a question which the list does not have."""
    known = {question.id for question in questions}
    for ticket in course.exam.tickets if course.exam else ():
        for name in ticket.questions:
            if name not in known:
                message = f"ticket {ticket.number} names the question {name!r}, which is not in the list"
                yield warning("papers-ticket-question", message, ticket.place)


def _askable(course: Course) -> list[Question]:
    """The exam's questions without the texts that only stand between them."""
    return [q for q in (course.exam.questions if course.exam else ()) if not isinstance(q, Description)]


def _drawable(questions: Sequence[Question], context: Context) -> list[Question]:
    """The questions that tickets ask: who answers aloud has nothing to choose from, unless course.toml says so."""
    return [question for question in questions if context.tests_in_tickets or not offers(question)]


def tickets_of(
    course: Course, questions: Sequence[Question], context: Context, options: Papers
) -> tuple[list[Ticket], bool]:
    """The tickets, and whether a document printed them. Raises ``ValueError`` when a ticket cannot be filled."""
    if course.exam and course.exam.tickets:
        known = {question.id: question for question in questions}
        return [
            Ticket(ticket.number, tuple(known[name] for name in ticket.questions if name in known))
            for ticket in course.exam.tickets
        ], True
    drawn = draw.tickets(
        _drawable(questions, context),
        context.tickets,
        context.questions_per_ticket,
        context.seed,
        options.ticket_balance,
    )
    return [Ticket(number, tuple(ticket)) for number, ticket in enumerate(drawn, 1)], False


# --- the tickets --------------------------------------------------------------------------------------------------


def _tickets(course: Course, context: Context, found: Sequence[Ticket]) -> tuple[Artifact, list[Finding]]:
    by_number = {str(index): ticket for index, ticket in enumerate(found)}

    def lines(paper: Paper, detail: str) -> list[Element]:
        number = paper.file.list_number("decimal")
        ticket = by_number[detail]
        found = [e for question in ticket.questions for e in question_lines(paper, question, number)]
        for first in found[:1]:
            space_before(first, 120)
        return found

    paper = Paper(
        course,
        context,
        SHARED
        | {
            "ticket_questions": Part(lambda _: [], lambda _: True, lines),
            "ticket_signature": Part(_signature, lambda _: True),
        },
    )
    groups = [
        Group(
            {
                "number": ticket.number,
                "questions": Slot(f"ticket_questions:{index}", True),
                "signature": Slot("ticket_signature", True),
            }
        )
        for index, ticket in enumerate(found)
    ]
    head = _head_of_department(paper)
    paper.make(f"ticket-{paper.options.ticket}.docx", {"tickets": groups, "head": head or Blank(BLANK)})
    title = f"{course.title}. {paper.say('Exam tickets')}"
    source = _source(paper, found)
    return paper.artifact(f"{course.id}-exam-tickets.docx", NAME, title, source, audience="teacher"), paper.findings


def _source(paper: Paper, found: Sequence[Ticket]) -> bytes:
    """The questions that the tickets ask, each once, and the tickets."""
    questions = {question.id: question for ticket in found for question in ticket.questions}
    tickets = [
        ExamTicket(
            id=f"ticket-{ticket.number:02d}", number=ticket.number, questions=tuple(q.id for q in ticket.questions)
        )
        for ticket in found
    ]
    return sources.source(sources.exam(paper.course, questions.values(), paper.say, tickets))


def _head_of_department(paper: Paper) -> str:
    """The name of the head of department, where a signature of that role is declared."""
    role = paper.say("Head of department").casefold()
    return next((s.name or "" for s in paper.course.about.signatures if s.role.casefold().startswith(role)), "")


def _signature(paper: Paper) -> list[Element]:
    teachers = [teacher.name for teacher in paper.course.about.teachers] or [""]
    return [
        signature_line(paper, paper.say("Head of department"), _head_of_department(paper)),
        *(signature_line(paper, paper.say("Teacher"), name) for name in teachers),
    ]


# --- the control sheet --------------------------------------------------------------------------------------------

_WIDTHS = (round(2 * CM), round(3.5 * CM), TEXT_WIDTH - round(5.5 * CM))


def _control_sheet(
    course: Course, context: Context, found: Sequence[Ticket], *, printed: bool
) -> tuple[Artifact, list[Finding]]:
    def statement(paper: Paper) -> list[Element]:
        return [paper.render.text(line, "Body Text") for line in draw_statement(paper, found, printed=printed)]

    paper = Paper(
        course,
        context,
        SHARED
        | {
            "draw_statement": Part(statement, lambda _: True),
            "control_table": Part(lambda paper: _control_table(paper, found), lambda _: True),
        },
    )
    paper.make("control-sheet.docx")
    title = f"{course.title}. {paper.say('Control sheet of the exam tickets')}"
    source = _source(paper, found)
    return paper.artifact(
        f"{course.id}-exam-control-sheet.docx", NAME, title, source, audience="teacher"
    ), paper.findings


def draw_statement(paper: Paper, found: Sequence[Ticket], *, printed: bool) -> list[str]:
    """How the tickets came to be, so that anybody can draw them again."""
    say, context = paper.say, paper.context
    bank = draw.pool(paper.course.exam.questions if paper.course.exam else ())
    sizes = max((len(ticket.questions) for ticket in found), default=0)
    counts = ", ".join(
        (
            say.count("{number} ticket", "{number} tickets", len(found)),
            say.count("{number} question on a ticket", "{number} questions on a ticket", sizes),
            say.count("{number} question in the list", "{number} questions in the list", len(bank)),
        )
    )
    if printed:
        return [f"{counts}.", say("The tickets are those of the source document.")]
    use = Counter(question.id for ticket in found for question in ticket.questions)
    balance = draw.balance_of(bank, sizes, paper.options.ticket_balance)
    drawn = "Drawn by coursepack {version} with seed {seed}: questions are ordered by SHA-256 of seed and question id."
    lines = [
        f"{counts}.",
        say(drawn, version=context.version, seed=context.seed)
        + " "
        + say("The same seed and the same list give the same tickets."),
        say("No ticket holds two wordings of one question."),
        say(
            "Each question is used at most {most} times, at least {least}.",
            most=max(use.values(), default=0),
            least=min((use[question.id] for question in bank), default=0),
        ),
    ]
    if balance == "lectures":
        lines.append(say("The questions of a ticket come from different lectures where the list allows it."))
    elif balance == "list":
        lines.append(say("The questions of a ticket come from different parts of the list, in turn."))
    return lines


def _control_table(paper: Paper, found: Sequence[Ticket]) -> list[Element]:
    say, text = paper.say, paper.render.text
    heads = (say("Ticket"), say("Questions of the list"), say("Text of the questions"))
    rows = [
        row(
            [cell([text(h, "Table Heading")], r, shade="F2F2F2") for h, r in zip(heads, _WIDTHS, strict=True)],
            header=True,
        )
    ]
    for ticket in found:
        numbers = ", ".join(str(question.number) for question in ticket.questions)
        rows.append(
            row(
                [
                    cell([text(str(ticket.number), "Table Number")], _WIDTHS[0]),
                    cell([text(numbers, "Table Number")], _WIDTHS[1]),
                    cell(
                        [_short(paper, question) for question in ticket.questions] or [text("", "Table Text")],
                        _WIDTHS[2],
                    ),
                ]
            )
        )
    return [table(rows, _WIDTHS, style=paper.file.style("Table Grid"), title=say("Control sheet of the exam tickets"))]


def _short(paper: Paper, question: Question) -> Element:
    blocks = with_rules(question) if isinstance(question, Cloze) else question.text
    words = cut(" ".join(block_text(blocks).split()), 160)
    return paper.render.paragraph_of((Run(text=words),), "Table Text", lead=f"{question.number}. ")


writer = Writer(
    name=NAME,
    summary="Exam tickets with their control sheet and keys (DOCX), for the teacher",
    write=write,
    table="papers",
    options=Papers,
)
