"""``inspect --page``: an HTML page that shows each source beside the course that was made of it.

Above, a map of the course (weeks by parts, gaps showing); below, every line of a source, coloured by what became of
it, and next to it the part of the course it went to.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from coursepack import publish
from coursepack.contents import assignment_title, session_label, session_title
from coursepack.files.media import KINDS
from coursepack.files.resources import templates_dir
from coursepack.languages.catalogues import words
from coursepack.languages.messages import Messages
from coursepack.model.blocks import Block
from coursepack.model.course import Assignment, Course, Session, Week
from coursepack.model.ledger import Ledger, LedgerEntry, parted
from coursepack.model.questions import Question
from coursepack.outline import Understood
from coursepack.place import Place
from coursepack.render import page_template
from coursepack.render.html import HtmlRenderer


@dataclass
class FateSpan:
    """Letters of a line that met one fate."""

    text: str
    fate: str
    title: str


@dataclass
class InspectedLine:
    number: int
    spans: list[FateSpan]


@dataclass
class Stretch:
    """Consecutive lines that went to one part, and what the part made of them."""

    part: str
    name: str
    first: bool
    lines: list[InspectedLine] = field(default_factory=list)
    made: list[Markup] = field(default_factory=list)


@dataclass
class MapCell:
    """A cell of the map: what a week has of one kind; ``gap`` when it has nothing."""

    text: str
    part: str = ""

    @property
    def gap(self) -> bool:
        return not self.text


@dataclass
class MapRow:
    week: str
    part: str
    cells: list[MapCell]


def write_page(path: Path, understood: Understood, say: Messages) -> None:
    """Write the page, its messages as ``say`` says them. Raises ``CoursepackError`` when it cannot be written."""
    course = understood.course
    names = _names(course)
    result = list(_made(understood))
    page = page_template.fill(
        (templates_dir(),),
        "inspection",
        "page.html",
        course=course,
        columns=_COLUMNS,
        said=say,
        rows=_map(course),
        findings=[say(finding) for finding in understood.findings],
        sources=[(ledger.source(), _stretches(ledger, result, names)) for ledger in understood.ledgers],
    )
    # A source's name may be no text.
    publish.file(path, [page.encode("utf-8", errors="backslashreplace")])


# --- the map ------------------------------------------------------------------------------------------------------

_COLUMNS = ("lecture", "outline", "text", "review", "seminar", "topics", "tasks")


def _map(course: Course) -> list[MapRow]:
    say = words(course.language)
    weeks = {week.number: week for week in course.weeks}
    numbers = range(1, max(weeks, default=0) + 1)
    return [
        MapRow(say("Week {number}", number=number), f"w{number:02d}", _cells(weeks.get(number))) for number in numbers
    ]


def _cells(week: Week | None) -> list[MapCell]:
    if week is None:
        return [MapCell("") for _ in _COLUMNS]
    lectures = [session for session in week.sessions if session.kind == "lecture"]
    others = [session for session in week.sessions if session.kind != "lecture"]
    return [
        MapCell("; ".join(lecture.title or "(no title)" for lecture in lectures), lectures[0].id if lectures else ""),
        _count(sum(len(lecture.outline) for lecture in lectures)),
        _count(sum(len(lecture.blocks) for lecture in lectures)),
        _count(sum(len(lecture.review) for lecture in lectures)),
        MapCell("; ".join(other.title or other.kind for other in others), others[0].id if others else ""),
        _count(sum(len(other.topics) for other in others)),
        _count(len(week.assignments)),
    ]


def _count(number: int) -> MapCell:
    return MapCell(str(number) if number else "")


# --- the sources --------------------------------------------------------------------------------------------------


def _names(course: Course) -> dict[str, str]:
    """What a part is called, by its id."""
    say = words(course.language)
    names = {
        section.id: section.title for section in (course.foreword, course.introduction, course.conclusion) if section
    }
    for week in course.weeks:
        names |= {session.id: session_title(session, say) for session in week.sessions}
        names |= {f"{session.id}-review": session_label(session, say) for session in week.sessions}
        names |= {assignment.id: assignment_title(assignment, say) for assignment in week.assignments}
    names["exam"] = say("Exam questions")
    names |= {reading.id: reading.title or reading.label or reading.id for reading in course.readings}
    return names


def _stretches(ledger: Ledger, result: list[tuple[Place, Markup]], names: dict[str, str]) -> list[Stretch]:
    by_unit = ledger.by_unit()
    mine = sorted(
        ((place, html) for place, html in result if place.file == ledger.file), key=lambda item: item[0].first
    )
    found: list[Stretch] = []
    for number, text in ledger.units.items():
        if not text.strip():
            continue
        entries = by_unit.get(number, [])
        part = next((entry.part for entry in entries if entry.part), "")
        if not found or (part and part != found[-1].part):
            found.append(Stretch(part, names.get(part, part), first=all(stretch.part != part for stretch in found)))
        found[-1].lines.append(InspectedLine(number, list(_spans(text, entries))))
    queue = iter(mine)
    waiting = next(queue, None)
    for stretch in found:
        last = stretch.lines[-1].number
        while waiting is not None and waiting[0].first <= last:
            stretch.made.append(waiting[1])
            waiting = next(queue, None)
    return found


def _spans(text: str, entries: Sequence[LedgerEntry]) -> Iterator[FateSpan]:
    for part, entry in parted(text, entries):
        if entry is not None:
            yield FateSpan(part, entry.fate, entry.reason or entry.part)
        elif part.strip():
            yield FateSpan(part, "unclaimed", "nothing was made of it")
        else:
            yield FateSpan(part, "blank", "")


# --- what was made ------------------------------------------------------------------------------------------------


def _made(understood: Understood) -> Iterator[tuple[Place, Markup]]:
    """Every placed piece of the course as HTML, to stand beside the lines it came from."""

    def address(asset: str) -> str:
        try:
            data = understood.assets.read(asset)
        except KeyError:
            return "data:,"  # its alternative text stands there
        # A browser looks at the bytes, whatever kind of picture the address claims.
        return f"data:{KINDS['png'].type};base64," + base64.b64encode(data).decode()

    html = HtmlRenderer(top=4, address=address)
    course = understood.course
    for section in (course.foreword, course.introduction, course.conclusion):
        if section:
            yield from _titled(html, section.title, section.place)
            yield from _blocks(html, section.blocks)
    for week in course.weeks:
        for session in week.sessions:
            yield from _session(html, session)
        for assignment in week.assignments:
            yield from _assignment(html, assignment)
    for question in course.exam.questions if course.exam else ():
        yield from _question(html, question)
    for reading in course.readings:
        yield from _titled(html, reading.title or reading.label or "", reading.place)
        yield from _blocks(html, reading.blocks)
    for term in course.glossary:
        if term.place:
            yield term.place, Markup("<p class=item><b>{}</b></p>").format(term.term) + html.html(term.definition)


def _titled(html: HtmlRenderer, title: str, place: Place | None) -> Iterator[tuple[Place, Markup]]:
    if place:
        yield place, Markup("<h3>{}</h3>").format(title or "(no title)")


def _blocks(html: HtmlRenderer, blocks: tuple[Block, ...]) -> Iterator[tuple[Place, Markup]]:
    for block in blocks:
        if block.place:
            yield block.place, html.html((block,))


def _session(html: HtmlRenderer, session: Session) -> Iterator[tuple[Place, Markup]]:
    yield from _titled(html, session.title or "", session.place)
    for topic in itertools.chain(session.outline, session.topics):
        if topic.place:
            yield topic.place, Markup("<p class=item>{}</p>").format(html.inline_html(topic.content))
    for blocks in (session.aims, session.equipment, session.blocks, *(task.blocks for task in session.tasks)):
        yield from _blocks(html, blocks)
    for question in session.review:
        yield from _question(html, question)


def _assignment(html: HtmlRenderer, assignment: Assignment) -> Iterator[tuple[Place, Markup]]:
    if assignment.place:
        yield assignment.place, Markup("<div class=item>{}</div>").format(html.html(assignment.blocks))


def _question(html: HtmlRenderer, question: Question) -> Iterator[tuple[Place, Markup]]:
    if question.place:
        yield question.place, Markup("<div class=item><b>{}</b> {}</div>").format(question.id, html.html(question.text))
