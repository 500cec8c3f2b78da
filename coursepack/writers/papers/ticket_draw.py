"""Which questions stand on which ticket: as a document prints them, or drawn by a seed, the same in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coursepack.model.course import Course, ExamTicket
from coursepack.model.draws import Draw, within
from coursepack.model.questions import Description, Question, offers
from coursepack.place import Finding, note
from coursepack.render import draw
from coursepack.text.tagged import level_of
from coursepack.writers import Context
from coursepack.writers.papers.options import PaperOptions


@dataclass(frozen=True)
class Ticket:
    """``titles``: what stands above a question, by its place."""

    number: int
    questions: tuple[Question, ...]
    titles: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TicketDraw:
    """The tickets; ``printed``: by a source. ``size``: how many questions there are to draw, rewordings not counted.
    ``pools``: what each place is drawn from, with its declaration."""

    tickets: tuple[Ticket, ...]
    printed: bool = False
    size: int = 0
    pools: tuple[tuple[Draw, tuple[Question, ...]], ...] = ()
    findings: tuple[Finding, ...] = ()


def askable(course: Course) -> list[Question]:
    """The exam's questions without the texts that only stand between them."""
    return [q for q in (course.exam.questions if course.exam else ()) if not isinstance(q, Description)]


def drawable(questions: Sequence[Question], context: Context) -> list[Question]:
    """The questions that tickets ask: who answers aloud has nothing to choose from, unless course.toml says so."""
    return [question for question in questions if context.tests_in_tickets or not offers(question)]


def tickets_of(course: Course, context: Context, options: PaperOptions) -> TicketDraw:
    """Raises ``ValueError`` when a ticket cannot be filled."""
    own = {question.id: question for question in askable(course)}
    if listed := _printed(course, context, own):
        found = [
            Ticket(ticket.number, tuple(own[name] for name in ticket.questions if name in own)) for ticket in listed
        ]
        return TicketDraw(tuple(found), printed=True, size=len(draw.pool(own.values())))
    first, common = _common(course, context)
    bank = [question for question in drawable(askable(first), context) if question.id in common]
    places = context.draw or (Draw(count=context.questions_per_ticket),)
    pools = list(_pools(first, bank, places)) if context.draw else [tuple(draw.pool(bank))]
    columns: list[list[list[Question]]] = []
    for number, (place, pool) in enumerate(zip(places, pools, strict=True), 1):
        if len(pool) < place.count and not context.draw:
            raise ValueError(f"{len(pool)} questions cannot fill a ticket of {place.count}")
        if len(pool) < place.count:
            raise ValueError(
                f"draw {number} in [exam] finds {len(pool)} questions and asks {place.count} of each ticket"
            )
        columns.append(draw.tickets(pool, context.tickets, place.count, context.seed, options.ticket_balance))
    found = [_ticket(number, rows, places, own) for number, rows in enumerate(zip(*columns, strict=True), 1)]
    named = tuple((place, tuple(own[q.id] for q in pool)) for place, pool in zip(places, pools, strict=True))
    left = tuple(_left_out(course, context, common))
    return TicketDraw(tuple(found), size=len(draw.pool(bank)), pools=named, findings=left)


def _printed(course: Course, context: Context, own: Mapping[str, Question]) -> tuple[ExamTicket, ...]:
    """The tickets that the documents of the edition print; else those of another edition all of whose questions this
    one has, so that ticket 7 asks the same in every language."""
    if course.exam and course.exam.tickets:
        return course.exam.tickets
    for each in sorted(context.parallel, key=lambda each: each.language):
        listed = each.exam.tickets if each.exam else ()
        if listed and all(name in own for ticket in listed for name in ticket.questions):
            return listed
    return ()


def _ticket(
    number: int, rows: Sequence[Sequence[Question]], places: Sequence[Draw], own: Mapping[str, Question]
) -> Ticket:
    questions: list[Question] = []
    titles: dict[int, str] = {}
    for place, row in zip(places, rows, strict=True):
        if place.title:
            titles[len(questions)] = place.title
        questions += (own[question.id] for question in row)
    return Ticket(number, tuple(questions), titles)


def _common(course: Course, context: Context) -> tuple[Course, frozenset[str]]:
    """The edition that is drawn from, the same for all, and the ids of the questions that all of them have."""
    editions = [each for each in (course, *context.parallel) if each is course or drawable(askable(each), context)]
    shared = [frozenset(question.id for question in drawable(askable(each), context)) for each in editions]
    first = min(editions, key=lambda each: each.language)
    return first, frozenset.intersection(*shared)


def _left_out(course: Course, context: Context, common: frozenset[str]) -> Iterator[Finding]:
    left = [question.number for question in drawable(askable(course), context) if question.id not in common]
    if left:
        numbers = ", ".join(map(str, left[:12])) + (" …" if len(left) > 12 else "")
        stated = f"{len(left)} questions ({numbers}) are not in every edition of the course: they are on no ticket"
        yield note("papers-tickets-edition", stated, advice="tickets are the same by number in all languages")


def _pools(course: Course, bank: Sequence[Question], places: Sequence[Draw]) -> Iterator[tuple[Question, ...]]:
    """What each place is drawn from; a question belongs to the first place that takes it, those that are named by their
    numbers (practical tasks behind the thirds of a list) before all others."""
    free = draw.pool(bank)
    whole = list(free)
    homes = {session.id: week.number for week, session in course.sessions()}
    taught = {link.outcome: frozenset(link.weeks) for link in course.about.outcome_map}
    found: dict[int, tuple[Question, ...]] = {}
    for number, place in sorted(enumerate(places), key=lambda each: not each[1].numbers):
        chosen = [
            question
            for question in free
            if _takes(place, question, whole.index(question), len(whole), homes.get(question.session or ""), taught)
        ]
        free = [question for question in free if question not in chosen]
        found[number] = tuple(chosen)
    yield from (found[number] for number in range(len(places)))


def _takes(
    place: Draw, question: Question, at: int, count: int, week: int | None, taught: Mapping[int, frozenset[int]]
) -> bool:
    tests: list[bool] = []
    if place.part:
        part, of = map(int, place.part.split("/"))
        tests.append(count * (part - 1) <= at * of < count * part)
    if place.numbers:
        tests.append(within(place.numbers, question.number))
    if place.level:
        tests.append(level_of(question.tags) == place.level)
    if place.outcome:
        tests.append(week is not None and week in taught.get(place.outcome, ()))
    if place.weeks:
        tests.append(week is not None and within(place.weeks, week))
    return all(tests)
