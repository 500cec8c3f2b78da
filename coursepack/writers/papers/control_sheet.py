"""The control sheet: ticket → questions, and how the tickets were drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from coursepack.model.artifact import Artifact
from coursepack.model.blocks import Run, block_text
from coursepack.model.course import Course, ExamTicket
from coursepack.model.questions import Cloze, Question
from coursepack.place import Finding
from coursepack.render import draw
from coursepack.render.question_blocks import with_rules
from coursepack.render.wml import CM, TEXT_WIDTH, Element, cell, row, table
from coursepack.writers import Context
from coursepack.writers.papers import sources
from coursepack.writers.papers.cuts import told_apart
from coursepack.writers.papers.paper import Paper, TemplateSlot
from coursepack.writers.papers.slots import SHARED
from coursepack.writers.papers.ticket_draw import Ticket, TicketDraw

NAME = "exam-tickets"
_WIDTHS = (round(2 * CM), round(3.5 * CM), TEXT_WIDTH - round(5.5 * CM))


def control_sheet(course: Course, context: Context, drawn: TicketDraw) -> tuple[Artifact, list[Finding]]:
    """The sheet, and what was noticed on the way."""
    found = drawn.tickets

    def statement(paper: Paper) -> list[Element]:
        return [paper.render.text(line, "Body Text") for line in draw_statement(paper, drawn)]

    paper = Paper(
        course,
        context,
        SHARED
        | {
            "draw_statement": TemplateSlot(statement, lambda _: True),
            "control_table": TemplateSlot(lambda paper: _control_table(paper, found), lambda _: True),
        },
    )
    paper.make("control-sheet.docx")
    title = f"{course.title}. {paper.say('Control sheet of the exam tickets')}"
    source = ticket_source(paper, found)
    return paper.artifact(
        f"{course.id}-exam-control-sheet.docx", NAME, title, source, audience="teacher"
    ), paper.findings


def draw_statement(paper: Paper, drawn: TicketDraw) -> list[str]:
    """How the tickets came to be, so that anybody can draw them again."""
    say, context, found = paper.say, paper.context, drawn.tickets
    sizes = max((len(ticket.questions) for ticket in found), default=0)
    counts = ", ".join(
        (
            say.count("{number} ticket", "{number} tickets", len(found)),
            say.count("{number} question on a ticket", "{number} questions on a ticket", sizes),
            say.count("{number} question in the list", "{number} questions in the list", drawn.size),
        )
    )
    if drawn.printed:
        return [f"{counts}.", say("The tickets are those of the source document.")]
    use = Counter(question.id for ticket in found for question in ticket.questions)
    requested = [question for _, pool in drawn.pools for question in pool]
    how = "Drawn by coursepack {version} with seed {seed}: questions are ordered by SHA-256 of seed and question id."
    lines = [
        f"{counts}.",
        say(how, version=context.version, seed=context.seed)
        + " "
        + say("The same seed and the same list give the same tickets."),
        say("No ticket holds two wordings of one question."),
        _uses(paper, max(use.values(), default=0), min((use[question.id] for question in requested), default=0)),
    ]
    if context.draw:
        lines.extend(_places(paper, drawn))
        return lines
    balance = draw.balance_of(requested, sizes, paper.options.ticket_balance)
    if balance == "lectures":
        lines.append(say("The questions of a ticket come from different lectures where the list allows it."))
    elif balance == "list":
        lines.append(say("The questions of a ticket come from different parts of the list, in turn."))
    return lines


def _uses(paper: Paper, most: int, least: int) -> str:
    if not least:
        return paper.say("Each question is used at most {most} times.", most=most)
    return paper.say("Each question is used at most {most} times, at least {least}.", most=most, least=least)


def _places(paper: Paper, drawn: TicketDraw) -> Iterator[str]:
    """What each place of a ticket is drawn from."""
    say, first = paper.say, 1
    for place, pool in drawn.pools:
        last = first + place.count - 1
        places = (
            say("Question {number} of each ticket", number=first)
            if first == last
            else say("Questions {numbers} of each ticket", numbers=f"{first}–{last}")
        )
        said = [
            *((place.title,) if place.title else ()),
            *((say("part {part} of the list", part=place.part),) if place.part else ()),
            *((say("numbers {numbers} of the list", numbers=place.numbers),) if place.numbers else ()),
            *((say("difficulty level {level}", level=place.level),) if place.level else ()),
            *((say("learning outcome {outcome}", outcome=place.outcome),) if place.outcome else ()),
            *((say("weeks {weeks}", weeks=place.weeks),) if place.weeks else ()),
        ]
        of = say.count("of {number} question", "of {number} questions", len(pool))
        yield f"{places}: {', '.join((*said, of))}."
        first = last + 1


def _control_table(paper: Paper, found: Sequence[Ticket]) -> list[Element]:
    say, text = paper.say, paper.render.text
    heads = (say("Ticket"), say("Questions of the list"), say("Text of the questions"))
    rows = [
        row(
            [cell([text(h, "Table Heading")], r, shade="F2F2F2") for h, r in zip(heads, _WIDTHS, strict=True)],
            header=True,
        )
    ]
    texts = _texts(found)
    for ticket in found:
        numbers = ", ".join(str(question.number) for question in ticket.questions)
        rows.append(
            row(
                [
                    cell([text(str(ticket.number), "Table Number")], _WIDTHS[0]),
                    cell([text(numbers, "Table Number")], _WIDTHS[1]),
                    cell(
                        [_short(paper, question, texts) for question in ticket.questions] or [text("", "Table Text")],
                        _WIDTHS[2],
                    ),
                ]
            )
        )
    return [table(rows, _WIDTHS, style=paper.file.style("Table Grid"), title=say("Control sheet of the exam tickets"))]


def _short(paper: Paper, question: Question, texts: Mapping[str, str]) -> Element:
    return paper.render.paragraph_of((Run(text=texts[question.id]),), "Table Text", lead=f"{question.number}. ")


def _texts(found: Sequence[Ticket]) -> dict[str, str]:
    """Of each question by its id what the sheet prints of it."""
    questions = {question.id: question for ticket in found for question in ticket.questions}
    return dict(zip(questions, told_apart([_words(each) for each in questions.values()]), strict=True))


def _words(question: Question) -> str:
    blocks = with_rules(question) if isinstance(question, Cloze) else question.text
    return " ".join(block_text(blocks).split())


def ticket_source(paper: Paper, found: Sequence[Ticket]) -> bytes:
    """The questions that the tickets ask, each once, and the tickets."""
    questions = {question.id: question for ticket in found for question in ticket.questions}
    tickets = [
        ExamTicket(
            id=f"ticket-{ticket.number:02d}", number=ticket.number, questions=tuple(q.id for q in ticket.questions)
        )
        for ticket in found
    ]
    return sources.source(sources.exam(paper.course, questions.values(), paper.say, tickets))
