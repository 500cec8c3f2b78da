"""``exam-tickets``: tickets drawn by a seed (or as a document prints them), the control sheet, the keys.

All three are for the teacher: no student gets them before the exam.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coursepack.model.artifact import Artifact, Written
from coursepack.model.course import Course
from coursepack.model.questions import Question
from coursepack.place import Finding, note, warning
from coursepack.render.sandbox import FieldGroup
from coursepack.render.wml import Element, keep_next, space_before
from coursepack.writers import Context, Writer
from coursepack.writers.papers.answer_sheet import answer_sheets
from coursepack.writers.papers.control_sheet import control_sheet, ticket_source
from coursepack.writers.papers.options import PaperOptions
from coursepack.writers.papers.paper import Paper, TemplateSlot
from coursepack.writers.papers.parts import question_lines, signature_lines
from coursepack.writers.papers.questions import has_key, key_document
from coursepack.writers.papers.slots import SHARED
from coursepack.writers.papers.template import BLANK, Blank, Slot
from coursepack.writers.papers.ticket_draw import Ticket, askable, drawable, tickets_of
from coursepack.writers.papers.ticket_pages import TicketPages, inner_room, lay_out
from coursepack.writers.papers.written_test import written_test

NAME = "exam-tickets"


def write(course: Course, context: Context) -> Written:
    """Tickets, control sheet and, where questions have keys, the key; answer sheets and a test where they are asked
    for."""
    options = context.options if isinstance(context.options, PaperOptions) else PaperOptions()
    questions = askable(course)
    if not questions:
        return Written((), (note("papers-no-exam", "the course has no exam questions: no tickets are written"),))
    papers = [*_of_tickets(course, context, options, questions), *written_test(course, context)]
    if options.answer_sheets:
        papers.append(answer_sheets(course, context, options.answer_sheets))
    artifacts = [artifact for artifact, _ in papers if artifact]
    if artifacts and any(has_key(question) for question in questions):
        artifacts.append(key_document(course, context, NAME, f"{course.id}-exam-key.docx"))
    findings = [finding for _, more in papers for finding in more]
    return Written(tuple(artifacts), tuple(dict.fromkeys(findings)))


def _of_tickets(
    course: Course, context: Context, options: PaperOptions, questions: Sequence[Question]
) -> Iterator[tuple[Artifact | None, list[Finding]]]:
    """The tickets and their control sheet, or why there are none."""
    if not (course.exam and course.exam.tickets) and not drawable(questions, context):
        stated = "all exam questions offer answers to choose from: no tickets are written"
        advice = "tests_in_tickets = true in [exam] makes tickets of them"
        yield None, [note("papers-no-exam", stated, advice=advice)]
        return
    try:
        drawn = tickets_of(course, context, options)
    except ValueError as problem:
        # The rest of the course is not held up by it: nobody may have asked for tickets.
        stated = f"{problem}: no tickets are written"
        advice = "change draw in [exam]" if context.draw else "lower exam.questions_per_ticket"
        yield None, [warning("papers-tickets", stated, advice=advice)]
        return
    yield None, [*_unknown_questions(course, questions), *drawn.findings]
    yield _tickets(course, context, drawn.tickets)
    yield control_sheet(course, context, drawn)


def _unknown_questions(course: Course, questions: Sequence[Question]) -> Iterator[Finding]:
    """A printed ticket that names a question which the list does not have."""
    known = {question.id for question in questions}
    for ticket in course.exam.tickets if course.exam else ():
        for name in ticket.questions:
            if name not in known:
                message = f"ticket {ticket.number} names the question {name!r}, which is not in the list"
                yield warning("papers-ticket-question", message, ticket.place)


# --- the tickets --------------------------------------------------------------------------------------------------


def _tickets(course: Course, context: Context, found: Sequence[Ticket]) -> tuple[Artifact, list[Finding]]:
    def lines(paper: Paper, detail: str) -> list[Element]:
        number = paper.file.list_number("decimal")
        ticket = found[int(detail)]
        result: list[Element] = []
        for place, question in enumerate(ticket.questions):
            if place in ticket.titles:
                result.append(_title(paper, ticket.titles[place]))
            result.extend(question_lines(paper, question, number))
        for first in result[:1]:
            space_before(first, 120)
        return result

    paper = Paper(
        course,
        context,
        SHARED
        | {
            "ticket_questions": TemplateSlot(lambda _: [], lambda _: True, lines),
            "ticket_signature": TemplateSlot(_signature, lambda _: True),
        },
    )
    copies = paper.options.ticket_copies
    groups = [
        FieldGroup(
            {
                "number": ticket.number,
                "copy": str(copy) if copies > 1 else "",
                "questions": Slot(f"ticket_questions:{index}", True),
                "signature": Slot("ticket_signature", True),
            }
        )
        for copy in range(1, copies + 1)
        for index, ticket in enumerate(found)
    ]
    head = _head_of_department(paper)
    paper.make(f"ticket-{paper.options.ticket}.docx", {"tickets": groups, "head": head or Blank(BLANK)})
    pages = lay_out(paper.file, paper.options)
    paper.findings.extend(_high(pages, paper.options.tickets_a_page or 0, found))
    title = f"{course.title}. {paper.say('Exam tickets')}"
    source = ticket_source(paper, found)
    return paper.artifact(f"{course.id}-exam-tickets.docx", NAME, title, source, audience="teacher"), paper.findings


def _high(pages: TicketPages, asked: int, found: Sequence[Ticket]) -> Iterator[Finding]:
    """What is asked for and has no room."""
    if pages.high and pages.most < asked <= len(found):
        stated = f"{asked} tickets do not fit on a page, {pages.most} do"
        yield warning("papers-ticket-high", stated, advice="lower tickets_a_page in [papers]")
        return
    # Copies stand behind one another: the same tickets once more.
    numbers_of = [found[place].number for place in pages.high if place < len(found)]
    if numbers_of:
        numbers = ", ".join(map(str, numbers_of[:12])) + (" …" if len(numbers_of) > 12 else "")
        stated = f"tickets {numbers} are higher than their share of a page: they begin a page or go on over the next"
        yield warning("papers-ticket-high", stated, advice="lower tickets_a_page in [papers]")


def _title(paper: Paper, words: str) -> Element:
    line = paper.render.text(words, "Body Text", bold=True)
    keep_next(line)
    space_before(line, 120)
    return line


def _head_of_department(paper: Paper) -> str:
    """The name of the head of department, where a signature of that role is declared."""
    role = paper.say("Head of department").casefold()
    return next((s.name or "" for s in paper.course.about.signatures if s.role.casefold().startswith(role)), "")


def _signature(paper: Paper) -> list[Element]:
    teachers = [teacher.name for teacher in paper.course.about.teachers] or [""]
    signers = [(paper.say("Head of department"), _head_of_department(paper))]
    signers += [(paper.say("Teacher"), name) for name in teachers]
    return signature_lines(paper, signers, inner_room(paper.options))


writer = Writer(
    name=NAME,
    summary="Exam tickets with their control sheet and keys (DOCX), for the teacher",
    write=write,
    table="papers",
    options=PaperOptions,
)
