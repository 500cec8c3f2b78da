"""What Moodle shows beside the pages that all products share, as blocks: a section's summary, the exam's list."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from coursepack.contents import assignment_title, session_label, session_title
from coursepack.course import (
    Block,
    Blocks,
    Cloze,
    Exam,
    Heading,
    List,
    ListItem,
    Matching,
    MultipleChoice,
    Paragraph,
    Question,
    Run,
    Week,
)
from coursepack.locale import Words
from coursepack.pages.bricks import bullets, lines, text
from coursepack.pages.teaching import terms, topics
from coursepack.render.moodle_text import PLACEHOLDER


def lower(blocks: Blocks) -> Blocks:
    """Headings one level down: in a book the chapter's own title stands above them."""
    return tuple(replace(block, level=block.level + 1) if isinstance(block, Heading) else block for block in blocks)


def week_summary(week: Week, say: Words) -> Blocks:
    """The larger parts that the week stands in, the plans of its lectures, what was declared of its tasks.

    The activities stand right under it, so that their names alone are said only when there is nothing else to say.
    """
    units = dict.fromkeys(session.unit for session in week.sessions if session.unit)
    planned = [session for session in week.sessions if session.outline]
    plans: list[Block] = []
    for session in planned:
        title = session_label(session, say) if len(planned) > 1 else say("Outline")
        plans += [text(title, bold=True), *topics(session.outline)]
    tasks = [
        " · ".join((assignment_title(assignment, say), *(f"{name}: {value}" for name, value in declared)))
        for assignment in week.assignments
        if (declared := terms(assignment, say.language))
    ]
    found = (*plans, *bullets(lines(tasks)))
    if not found:
        names = [session_title(session, say) for session in week.sessions]
        found = bullets(lines([*names, *(assignment_title(assignment, say) for assignment in week.assignments)]))
    return (*(text(unit, bold=True) for unit in units), *found)


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
            return (*question.text, List(items=left), _lettered((text(answer),) for answer in right))
    return question.text


def _lettered(items: Iterable[Blocks]) -> List:
    return List(items=tuple(ListItem(blocks=item) for item in items), marker="lower-alpha")


def _blank(block: Block) -> Block:
    """A gap is a line to write on."""
    if not isinstance(block, Paragraph):
        return block
    runs = [replace(r, text=PLACEHOLDER.sub("_____", r.text)) if isinstance(r, Run) else r for r in block.content]
    return replace(block, content=tuple(runs))
