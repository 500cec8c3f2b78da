"""What a person should look at: paragraphs that begin or end in the middle of a sentence, parts that are missing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence, Set
from functools import partial
from typing import Literal, NamedTuple

from coursepack.model.blocks import Blocks, List, Paragraph, Quote, inline_text
from coursepack.model.course import Course, Session
from coursepack.outline import naming
from coursepack.place import Finding, Place, note
from coursepack.project.course_toml import Part, Role, Without
from coursepack.stages import Live

_END = re.compile(r"[.!?…:;][»”\")\]\d]*$|[»”\")\]]$")


def doubtful(course: Course, live: Live) -> list[Finding]:
    """One note for each source with paragraphs that begin in lower case or end in the middle of a sentence."""
    places: dict[str, list[tuple[Place, str]]] = {}
    for blocks in _texts(course):
        for place, why in live.of("doubtful", (blocks,), partial(_doubtful, blocks)):
            places.setdefault(place.file, []).append((place, why))
    findings: list[Finding] = []
    for file, found in sorted(places.items()):
        starts = [str(place.first) for place, why in found if why.startswith("begins")]
        ends = [str(place.last) for place, why in found if why.startswith("ends")]
        said = []
        if starts:
            said.append(f"{len(starts)} begin in lower case ({_some(starts)})")
        if ends:
            said.append(f"{len(ends)} end in mid-sentence ({_some(ends)})")
        findings.append(
            note(
                "outline-paragraphs-doubtful",
                f"{len(found)} paragraphs are doubtful: {'; '.join(said)}, by line or paragraph",
                Place(file, found[0][0].first, found[0][0].last, found[0][0].unit),
                "if one is wrong, correct it in course.toml ([[correction]])",
            )
        )
    return findings


def _doubtful(blocks: Blocks) -> list[tuple[Place, str]]:
    """The places of paragraphs that are doubtful, each with what is."""
    found = []
    for paragraph in _paragraphs(blocks):
        text = inline_text(paragraph.content).strip()
        first = text.lstrip("«“\"'([")[:1]
        ends = not _END.search(text) and len(text) >= 60
        why = "begins in lower case" if first.islower() else "ends in mid-sentence" if ends else ""
        if why and paragraph.place:
            found.append((paragraph.place, why))
    return found


def _some(numbers: list[str]) -> str:
    return ", ".join(numbers[:30]) + (" …" if len(numbers) > 30 else "")


def _texts(course: Course) -> Iterator[Blocks]:
    for section in (course.foreword, course.introduction, course.conclusion):
        if section:
            yield section.blocks
    for _, session in course.sessions():
        yield session.blocks
    for reading in course.readings:
        yield reading.blocks


def _paragraphs(blocks: Blocks) -> Iterator[Paragraph]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block
            case Quote():
                yield from _paragraphs(block.blocks)
            case List():
                pass


class Absent(NamedTuple):
    """A part that was looked for: what is said of it, the ``part`` of a correction that would name it ("" for a title),
    its number, and the place of the part it would stand at or behind."""

    finding: Finding
    part: Part | Literal[""]
    number: int | None = None
    near: Place | None = None


def missing(course: Course, unread: Sequence[str] = (), without: Collection[Without] = ()) -> list[Finding]:
    """Notes on parts that were looked for and not found, each with those of the ``unread`` files that may hold them;
    on none that the course is said to be ``without``."""
    return [one.finding for one in absent(course, unread) if one.part not in without]


def absent(course: Course, unread: Sequence[str] = ()) -> list[Absent]:
    """Parts that were looked for and not found."""
    sessions = [session for _, session in course.sessions()]
    lectures = [session for session in sessions if session.kind == "lecture"]
    found: list[Absent] = []
    beside = [(name, naming.read(name)) for name in unread]

    def say(
        what: str,
        roles: Set[Role],
        numbers: Collection[int] | None = None,
        *,
        part: Part | Literal[""],
        number: int | None = None,
        near: Place | None = None,
    ) -> None:
        held = [name for name, said in beside if _may_hold(said, roles, numbers)]
        advice = f"perhaps in {_some_files(held)}, not read" if held else ""
        stated = note("outline-not-found", f"looked for and not found: {what}", None, advice)
        found.append(Absent(stated, part, number, near))

    if not lectures:
        say("lectures", _LECTURES, part="lecture")
    numbers = [lecture.number for lecture in lectures if lecture.number]
    gaps = [n for n in range(1, max(numbers, default=0)) if n not in numbers]
    if gaps and len(numbers) > 2:
        before = [lecture.place for lecture in lectures if lecture.number and lecture.number < gaps[0]]
        near = before[-1] if before else None
        say(f"lecture {', '.join(map(str, gaps))}", _LECTURES, gaps, part="lecture", number=gaps[0], near=near)
    wanted: tuple[tuple[str, Part | Literal[""], list[Session]], ...] = (
        ("title", "", [lecture for lecture in lectures if not lecture.title]),
        ("text", "text", [lecture for lecture in lectures if not lecture.blocks]),
        ("outline", "outline", [lecture for lecture in lectures if not lecture.outline]),
        ("review questions", "review", [lecture for lecture in lectures if not lecture.review]),
    )
    for what, part, names in wanted:
        if names and len(lectures) > 1:
            held = _LECTURES if what == "text" else frozenset[Role]()
            said = [lecture.number for lecture in names if lecture.number]
            near = names[0].place
            if len(names) == len(lectures):
                say(f"{what} of the lectures", held, said, part=part, near=near)
            else:
                number = ", ".join(str(one) for one in dict.fromkeys(map(_called, names)))
                say(f"{what} of lecture {number}", held, said, part=part, near=near)
    if not any(session.kind != "lecture" for session in sessions):
        say("seminars, practical or laboratory classes", _CLASSES, part="seminar")
    if not any(week.assignments for week in course.weeks):
        say("independent work", frozenset({"assignments"}), part="assignments")
    if not course.exam or not course.exam.questions:
        say("exam questions", _QUESTIONS, part="exam")
    return found


def _called(lecture: Session) -> str:
    """What a person calls a lecture: by its number, else by its title; its id where it has neither."""
    return str(lecture.number) if lecture.number else f"«{lecture.title}»" if lecture.title else lecture.id


_LECTURES: frozenset[Role] = frozenset({"lecture"})
_CLASSES: frozenset[Role] = frozenset({"seminar-plan", "practical-plan", "laboratory-plan"})
_QUESTIONS: frozenset[Role] = frozenset({"questions", "tickets", "tests", "assessment-fund"})


def _may_hold(said: naming.PathFacts, roles: Set[Role], numbers: Collection[int] | None) -> bool:
    """Whether a file is by its name of one of the roles, or of none that is known, and of one of the numbers."""
    if numbers is None:
        return said.role in roles
    return said.role in {*roles, None} and (said.own or said.unit) in numbers if roles else False


def _some_files(names: Sequence[str]) -> str:
    return ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
