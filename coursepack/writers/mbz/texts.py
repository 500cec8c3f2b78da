"""What Moodle shows beside the pages that all products share, as blocks: a section's summary, descriptions."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from coursepack.contents import session_label
from coursepack.languages.catalogues import Words
from coursepack.model.blocks import (
    Block,
    Blocks,
    Heading,
    Inlines,
    List,
    Paragraph,
    Run,
    Table,
    block_text,
    inline_text,
)
from coursepack.model.course import Term, Week
from coursepack.pages.block_builders import text
from coursepack.similar import folded


def lower(blocks: Blocks) -> Blocks:
    """Headings one level down: in a book the chapter's own title stands above them."""
    return tuple(replace(block, level=block.level + 1) if isinstance(block, Heading) else block for block in blocks)


def week_summary(week: Week, say: Words, links: Mapping[str, str]) -> Blocks:
    """The larger parts that the week stands in and the plans of its lectures; ``links`` are addresses of sessions.

    The activities stand right under it: their names, points and dates are not said again. A plan is one paragraph
    of its outer points: the course page shows those of all weeks, and the lecture itself has the whole plan as a list.
    """
    units = dict.fromkeys(session.unit for session in week.sessions if session.unit)
    planned = [session for session in week.sessions if any(topic.level == 1 for topic in session.outline)]
    plans: list[Paragraph] = []
    for session in planned:
        title = session_label(session, say) if len(planned) > 1 else say("Outline")
        href = links.get(session.id)
        points = [topic.content for topic in session.outline if topic.level == 1]
        ahead = (": ", *(_between(point) for point in points))
        stated = [item for mark, point in zip(ahead, points, strict=False) for item in (Run(text=mark), *point)]
        plans.append(Paragraph(content=(Run(text=title, bold=True, href=href), *stated)))
    return (*(text(unit, bold=True) for unit in units), *plans)


def _between(point: Inlines) -> str:
    """What parts a point of a plan from the next in one line: nothing more where it ends as a sentence does."""
    return " " if inline_text(point).rstrip().endswith((".", ";", ",", "!", "?", "…")) else "; "


def linked(blocks: Blocks, links: Mapping[str, str]) -> Blocks:
    """Tables whose cells name an activity by its whole title link to it."""
    return tuple(_linked(block, links) if isinstance(block, Table) else block for block in blocks)


def _linked(table: Table, links: Mapping[str, str]) -> Table:
    rows = tuple(
        replace(
            row, cells=tuple(replace(cell, blocks=tuple(_named(b, links) for b in cell.blocks)) for cell in row.cells)
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def _named(block: Block, links: Mapping[str, str]) -> Block:
    match block:
        case Paragraph(content=(Run(text=title) as run,)) if title in links:
            return replace(block, content=(replace(run, href=links[title]),))
    return block


SHORT = 300
"""Letters of a task that a list of activities can show."""


def stands_below(name: str, blocks: Blocks) -> bool:
    """Whether a task is a few lines that stand under its name well, and say more than the name."""
    plain = all(isinstance(block, Paragraph | List) for block in blocks)
    words = block_text(blocks)
    return plain and len(words) <= SHORT and folded(words) not in folded(name)


def definition(term: Term) -> Blocks:
    """A term's names in other languages, then what it means."""
    names = "; ".join(f"{language}: {name}" for language, name in sorted(term.translations.items()))
    return (*((text(names, italic=True),) if names else ()), *term.definition)


def self_check(number: int, marked: int, points: float, say: Words) -> Blocks:
    """What a self-check asks and what of it counts: ``marked`` of its questions mark themselves, for ``points``."""
    stated = [say("Questions for checking yourself: {number}.", number=number)]
    if points:
        stated.append(say("Answers are marked at once; up to {points} points count.", points=say.number(points)))
    elif marked:
        stated.append(say("Answers are marked at once; they do not count in the grade."))
    if marked < number:
        stated.append(say("Answers in your own words are not marked; model answers are shown where there are any."))
    return (text(" ".join(stated)),)


def exam(form: str | None, drawn: int, pool: int, say: Words, *, practice: bool) -> Blocks:
    """What an exam draws, and whether it counts."""
    stated = [say("Form: {form}", form=form) + "."] if form else []
    stated.append(say("Each attempt draws {number} questions of {pool}.", number=drawn, pool=pool))
    if practice:
        stated.append(say("It is for practice: try as often as you like, it does not count in the grade."))
    return (text(" ".join(stated)),)
