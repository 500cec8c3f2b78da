"""What Moodle shows beside the pages that all products share, as blocks: a section's summary."""

from __future__ import annotations

from msgspec.structs import replace

from coursepack.contents import assignment_title, session_label, session_title
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Block, Blocks, Heading
from coursepack.model.course import Week
from coursepack.pages.bricks import bullets, lines, text
from coursepack.pages.teaching import terms, topics


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
