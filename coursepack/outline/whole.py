"""All sources of a course together: walked, matched, given ids, built; every letter accounted for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import msgspec

from coursepack.artifact import Assets, Bank
from coursepack.course import (
    Assignment,
    Course,
    Exam,
    ExamTicket,
    Question,
    Reading,
    Section,
    Session,
    SessionKind,
    Term,
    Week,
)
from coursepack.document import Document
from coursepack.outline import Understood
from coursepack.outline.about import Heard
from coursepack.outline.blocks import list_mark
from coursepack.outline.choices import tests
from coursepack.outline.corrections import correct
from coursepack.outline.drafts import SESSIONS, Draft
from coursepack.outline.exam import exam_questions, proposals, with_variants
from coursepack.outline.found import Source, title_of
from coursepack.outline.glossary import terms
from coursepack.outline.languages import keep_one
from coursepack.outline.marks import Marks, fold, standard
from coursepack.outline.quality import doubtful, missing
from coursepack.outline.readings import reading
from coursepack.outline.sections import Walk
from coursepack.outline.sessions import session
from coursepack.outline.stream import stream
from coursepack.outline.syllabus import understand_syllabus
from coursepack.outline.tickets import tickets
from coursepack.place import Finding, Place, error, note, warning
from coursepack.project import Deadline, Loaded, SourceEntry

_START: dict[str, str] = {
    "lecture": "lecture",
    "lecture-plan": "lecture",
    "seminar-plan": "seminar",
    "practical-plan": "practical",
    "laboratory-plan": "laboratory",
    "assignments": "assignments",
    "questions": "exam",
    "tickets": "tickets",
    "tests": "tests",
    "glossary": "glossary",
    "assessment-fund": "exam",
}
_ORDER = {"lecture": 0, "seminar": 1, "practical": 2, "laboratory": 3}


class Questions(Protocol):
    """A question file as a reader gives it."""

    @property
    def bank(self) -> Bank: ...
    @property
    def findings(self) -> list[Finding]: ...
    @property
    def assets(self) -> Assets: ...


@dataclass
class Placed:
    """A draft with the source it stands in and the place in the course that it got."""

    source: Source
    draft: Draft
    number: int | None = None
    week: int = 0
    id: str = ""


@dataclass
class Gathering:
    """Everything that is gathered before the course is made."""

    loaded: Loaded
    sources: list[Source] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sessions: list[Placed] = field(default_factory=list)
    assignments: list[Placed] = field(default_factory=list)
    sections: dict[str, Section] = field(default_factory=dict)
    exam: list[Question] = field(default_factory=list)
    exam_title: str | None = None
    exam_place: Place | None = None
    tickets: list[ExamTicket] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    glossary: list[Term] = field(default_factory=list)
    heard: Heard = field(default_factory=Heard)
    week_titles: dict[int, str] = field(default_factory=dict)
    moved: dict[str, list[Question]] = field(default_factory=dict)

    @property
    def toml(self) -> Place:
        file = self.loaded.file
        return Place(str(file.name if file else "course.toml"))


def understand(
    loaded: Loaded,
    documents: Sequence[tuple[Document, SourceEntry]],
    banks: Sequence[tuple[SourceEntry, Questions]] = (),
) -> Understood:
    """One course of all its sources. Everything that goes wrong in a source is a finding, never an exception."""
    all_ = Gathering(loaded)
    marks = Marks(loaded.project.markers) if loaded.project.markers else standard()
    for document, entry in documents:
        made = stream(document, entry.role, marks)
        source = Source(document, entry, made, marks)
        all_.findings.extend(f for f in made.findings if isinstance(f, Finding))
        all_.sources.append(source)
    all_.findings.extend(correct(all_.sources, loaded.project.correction, all_.toml))
    for source in all_.sources:
        all_.findings.extend(keep_one(source, loaded.project.language))
        _walk(all_, source)
    _place(all_)
    sessions = _sessions(all_)
    assignments = _assignments(all_)
    for source in all_.sources:
        _rest(all_, source)
    assets = Assets()
    for document, _ in documents:
        assets.update(sorted(document.assets.items()))
    _banks(all_, banks, assets)
    exam = _exam(all_)
    course = Course(
        id=loaded.project.id,
        title=loaded.project.title,
        language=loaded.project.language,
        about=all_.heard.about(loaded.declared),
        foreword=all_.sections.get("foreword"),
        introduction=all_.sections.get("introduction"),
        conclusion=all_.sections.get("conclusion"),
        weeks=_weeks(all_, sessions, assignments),
        exam=exam,
        readings=tuple(all_.readings),
        glossary=tuple(all_.glossary),
        links=loaded.project.links,
        sources=tuple(source.stream.texts.ledger.source() for source in all_.sources),
    )
    ledgers = [source.stream.texts.ledger for source in all_.sources]
    findings = [*all_.findings, *(f for source in all_.sources for f in source.findings)]
    findings.extend(f for ledger in ledgers for f in ledger.findings())
    findings.extend(doubtful(course))
    findings.extend(missing(course))
    return Understood(course, ledgers, findings, assets)


def _walk(all_: Gathering, source: Source) -> None:
    """The drafts of a source; a text for reading is built at once."""
    role = source.entry.role
    if role in {"article", "reading"}:
        all_.readings.append(reading(source, f"reading-{len(all_.readings) + 1}", article=role == "article"))
        return
    planned = understand_syllabus(source, all_.heard) if role == "syllabus" else []
    walk = Walk(source.stream, source.marks, start=_START.get(role), syllabus=role == "syllabus")
    source.drafts = [*walk.run(), *planned]
    for piece, reason in walk.aside:
        source.aside([piece], reason)
    _unlisted(source)
    own = [
        draft
        for draft in source.drafts
        if draft.kind in SESSIONS and (draft.opened or draft.pieces() or draft.marks or draft.name)
    ]
    if len(own) == 1:
        only = own[0]
        if source.entry.number is not None:
            only.number = source.entry.number
        if source.entry.week is not None:
            only.week = source.entry.week
        if only.number is None:
            only.number = _number_in_name(source.document.file)
    all_.sessions.extend(Placed(source, draft, draft.number) for draft in own)
    all_.assignments.extend(
        Placed(source, draft, draft.number) for draft in source.drafts if draft.kind == "assignment"
    )


def _number_in_name(file: str) -> int | None:
    """The number in a file's name («lecture_03.docx»), when there is one alone."""
    import re

    name = file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if re.match(r"\d{3}_[0-9a-f]{8,}$", name):
        return None
    found = re.findall(r"(?<!\d)(\d{1,2})(?!\d)", name)
    return int(found[0]) if len(found) == 1 and int(found[0]) else None


def _unlisted(source: Source) -> None:
    """A list of seminars without markers of their own: an item each."""
    for draft in list(source.drafts):
        if draft.kind == "area" and draft.get("body"):
            at = source.drafts.index(draft)
            following = source.drafts[at + 1] if at + 1 < len(source.drafts) else None
            if following is not None and following.kind == draft.name and following.opened is not None:
                continue
            body = draft.fields.pop("body")
            made: list[Draft] = []
            for piece in body:
                mark = None if piece.object is not None else list_mark(piece)
                if mark and mark.value and mark.kind in {"decimal", "paren"} and piece.level == 0:
                    head, bare = source.stream.texts.cut(piece, mark.end) if mark.end else (None, piece)
                    new = Draft(draft.name, mark.value, title=[bare], opened=piece, language=piece.language)
                    if head is not None:
                        new.marks.append((head, "number"))
                    if not mark.end:
                        bare.label = None
                    made.append(new)
                elif made:
                    made[-1].add("topics", piece)
                else:
                    draft.add("body", piece)
            source.drafts[at + 1 : at + 1] = made
        if draft.kind == "assignment-list" and draft.get("body") and draft.name == "in-session":
            at = source.drafts.index(draft)
            new = Draft(
                "assignment",
                draft.number,
                label=draft.label,
                supervised=draft.supervised,
                week=draft.week,
                name="in-session",
            )
            new.parent = draft.parent
            new.fields["body"] = draft.fields.pop("body")
            source.drafts.insert(at + 1, new)


# --- weeks and ids ------------------------------------------------------------------------------------------------


def _place(all_: Gathering) -> None:
    """Give every session and task its week and id: lecture n is in week n unless a source says otherwise."""
    _match(all_)
    taken: dict[str, int] = defaultdict(int)
    free: dict[str, int] = defaultdict(int)
    for placed in all_.sessions:
        draft = placed.draft
        if placed.number is None:
            free[draft.kind] = (
                max([free[draft.kind], *(p.number or 0 for p in all_.sessions if p.draft.kind == draft.kind)]) + 1
                if any(p.draft.kind == draft.kind and p is not placed for p in all_.sessions)
                else 1
            )
            placed.week = draft.week or free[draft.kind]
        else:
            placed.week = draft.week if draft.week is not None else placed.number
    all_.sessions.sort(key=lambda p: (p.week, _ORDER[p.draft.kind], p.number or 0))
    for placed in all_.sessions:
        base = f"w{placed.week:02d}-{placed.draft.kind}"
        taken[base] += 1
        placed.id = base if taken[base] == 1 else f"{base}-{taken[base]}"
    last = max((placed.week for placed in all_.sessions), default=1)
    for nth, placed in enumerate(all_.assignments, 1):
        draft = placed.draft
        parent = next((p.week for p in all_.sessions if p.draft is draft.parent), None) if draft.parent else None
        placed.week = parent or draft.week or placed.number or min(nth, max(last, 1))
        base = f"w{placed.week:02d}-{'supervised' if draft.supervised else 'independent'}"
        taken[base] += 1
        placed.id = base if taken[base] == 1 else f"{base}-{taken[base]}"


def _match(all_: Gathering) -> None:
    """Sessions of one kind and number found twice: completed from one another, or both kept and told."""
    kept: list[Placed] = []
    by_number: dict[tuple[str, int], Placed] = {}
    for placed in all_.sessions:
        key = (placed.draft.kind, placed.number or 0)
        first = by_number.get(key) if placed.number is not None else None
        if first is None:
            by_number.setdefault(key, placed)
            kept.append(placed)
            continue
        a, b = title_of(first.draft.title), title_of(placed.draft.title)
        same = a is None or b is None or _near(a, b)
        both = bool(_bulk(first.draft)) and bool(_bulk(placed.draft))
        where = placed.source.builder.where(
            *([placed.draft.opened] if placed.draft.opened and placed.draft.opened.parts else [])
        )
        if first.source is not placed.source and not both and same:
            (fuller, thinner) = (first, placed) if _bulk(first.draft) >= _bulk(placed.draft) else (placed, first)
            if fuller is placed:
                kept[kept.index(first)] = placed
                by_number[key] = placed
            if a and b and a != b:
                all_.findings.append(
                    note(
                        "outline-titles-differ",
                        f"{placed.draft.kind} {placed.number}: «{a}» in {first.source.document.file}, "
                        f"«{b}» in {placed.source.document.file}",
                        where,
                    )
                )
            _absorb(all_, fuller, thinner)
            continue
        kept.append(placed)
        all_.findings.append(
            warning(
                "outline-number-twice",
                f"{placed.draft.kind} {placed.number} is there twice: «{a or ''}» ({first.source.document.file}) "
                f"and «{b or ''}» ({placed.source.document.file})",
                where,
                "give one of them its number in course.toml, or take one source out",
            )
        )
    all_.sessions = kept


def _bulk(draft: Draft) -> int:
    return sum(
        len(piece.text) + (200 if piece.object is not None else 0)
        for name, pieces in draft.fields.items()
        for piece in pieces
    )


def _near(a: str, b: str) -> bool:
    import re

    x, y = ({word[:5] for word in re.findall(r"[^\W\d_]{2,}", fold(text))} for text in (a, b))
    return not x or not y or len(x & y) * 2 >= min(len(x), len(y))


def _absorb(all_: Gathering, fuller: Placed, thinner: Placed) -> None:
    """What the thinner source adds: week, hours; its letters are marks of the session it names again."""
    if fuller.draft.week is None:
        fuller.draft.week = thinner.draft.week
    if fuller.draft.hours is None:
        fuller.draft.hours = thinner.draft.hours
    if not fuller.draft.title and thinner.draft.title:
        fuller.draft.name = title_of(thinner.draft.title) or ""
    source = thinner.source
    source.mark(thinner.draft, "")
    texts = source.stream.texts
    texts.claim(thinner.draft.title, "mark", reason="title, again")
    for pieces in thinner.draft.fields.values():
        texts.claim(pieces, "aside", reason="again in another source")


# --- building -----------------------------------------------------------------------------------------------------


def _sessions(all_: Gathering) -> list[tuple[int, Session]]:
    made: list[tuple[int, Session]] = []
    for placed in all_.sessions:
        kind: SessionKind = placed.draft.kind  # type: ignore[assignment]  # SESSIONS are exactly these kinds
        built = session(placed.source, placed.draft, placed.id, kind, placed.number)
        entry = placed.source.entry
        own = [p for p in all_.sessions if p.source is placed.source]
        title = entry.title if entry.title and len(own) == 1 else built.title or placed.draft.name or None
        if placed.draft.name == "in-session":
            title = built.title or None
        made.append((placed.week, msgspec.structs.replace(built, title=title) if title != built.title else built))
    return made


def _assignments(all_: Gathering) -> list[tuple[int, Assignment]]:
    made: list[tuple[int, Assignment]] = []
    declared = {deadline.assignment: deadline for deadline in all_.loaded.project.assignment}
    for placed in all_.assignments:
        draft, source = placed.draft, placed.source
        source.mark(draft, placed.id)
        body = draft.get("body")
        if body and draft.number is not None and body[0].object is None:
            mark = list_mark(body[0])
            if mark and mark.value == draft.number:
                body = [source.builder.unmarked(body[0], mark, placed.id), *body[1:]]
                body[0].label = None
        blocks = source.builder.blocks([*draft.title, *body], placed.id, headings=False)
        number = draft.number
        assignment = Assignment(
            id=placed.id,
            kind="supervised" if draft.supervised else "independent",
            blocks=blocks,
            number=number,
            label=draft.label,
            hours=draft.hours,
            place=source.builder.where(
                *([draft.opened] if draft.opened and draft.opened.parts else []), *draft.pieces()
            ),
        )
        if not blocks:
            continue
        made.append((placed.week, _declared(assignment, declared.pop(placed.id, None))))
    for name in declared:
        all_.findings.append(
            error(
                "outline-assignment-unknown",
                f"[[assignment]] assignment = {name!r}: there is no such task",
                all_.toml,
                "see `coursepack inspect` for the ids",
            )
        )
    return made


def _declared(assignment: Assignment, deadline: Deadline | None) -> Assignment:
    if deadline is None:
        return assignment
    said = {
        name: value
        for name in ("due", "due_week", "hours", "points", "form", "title")
        if (value := getattr(deadline, name)) is not None
    }
    return msgspec.structs.replace(assignment, **said)


def _rest(all_: Gathering, source: Source) -> None:
    """Every draft that is no session and no task."""
    texts = source.stream.texts
    _tests(all_, source)
    for draft in source.drafts:
        body = draft.get("body")
        match draft.kind:
            case "foreword" | "introduction" | "conclusion":
                title = title_of(draft.title) or draft.kind
                texts.claim(draft.title, "content", part=draft.kind)
                built = Section(
                    id=draft.kind,
                    title=title,
                    blocks=source.builder.blocks(body, draft.kind),
                    place=source.builder.where(*draft.title, *body),
                )
                if draft.kind not in all_.sections:
                    all_.sections[draft.kind] = built
                else:
                    all_.findings.append(
                        warning("outline-part-twice", f"a second {draft.kind} was found; it is left out", built.place)
                    )
            case "exam":
                source.mark(draft, "exam")
                texts.claim(draft.title, "content", part="exam")
                all_.exam_title = all_.exam_title or title_of(draft.title)
                all_.exam_place = all_.exam_place or source.builder.where(*draft.title, *body)
                all_.exam.extend(exam_questions(source, body, len(all_.exam) + 1))
            case "glossary":
                source.mark(draft, "glossary")
                texts.claim(draft.title, "mark", part="glossary", reason="heading")
                all_.glossary.extend(terms(source, body, len(all_.glossary) + 1))
            case "about":
                all_.heard.hear(source, draft)
            case "week":
                source.mark(draft, f"w{draft.number or 0:02d}")
                pieces = [*draft.title, *draft.get("title"), *body]
                texts.claim(pieces, "content", part=f"w{draft.number or 0:02d}")
                named = title_of(pieces)
                if named and draft.number:
                    all_.week_titles.setdefault(draft.number, named)
            case "front":
                _front(all_, source, draft)
            case "tests" | "answers" | "ticket" | "tickets" if draft.done:
                pass
            case "area" | "assignment-list" | "tests" | "tickets" | "ticket" | "answers":
                source.mark(draft, "")
                texts.claim(draft.title, "mark", reason="heading")
                for pieces in draft.fields.values():
                    source.aside(pieces, "not understood")
            case _:
                if not (draft.opened or draft.pieces()):
                    source.mark(draft, "")


def _tests(all_: Gathering, source: Source) -> None:
    """Tests with their keys, and tickets, which several drafts make together."""
    texts = source.stream.texts
    bodies = [draft for draft in source.drafts if draft.kind == "tests"]
    keys = [draft for draft in source.drafts if draft.kind == "answers"]
    printed = [draft for draft in source.drafts if draft.kind == "ticket"]
    for draft in (*bodies, *keys, *(d for d in source.drafts if d.kind == "tickets")):
        source.mark(draft, "exam")
        texts.claim(draft.title, "mark", part="exam", reason="heading")
        draft.title = []
    if bodies:
        body = [piece for draft in bodies for piece in draft.get("body")]
        answers = [piece for draft in keys for piece in draft.get("body")]
        all_.exam.extend(tests(source, body, answers, len(all_.exam) + 1))
    if printed:
        all_.tickets.extend(tickets(source, printed, all_.exam, len(all_.tickets) + 1))
    for draft in (*bodies, *printed, *(keys if bodies else ())):
        draft.done = True


def _front(all_: Gathering, source: Source, draft: Draft) -> None:
    """What stood before any marker: a title page; where nothing else was found, what nobody understood."""
    pieces = [piece for found in draft.fields.values() for piece in found]
    if not pieces:
        return
    others = [d for d in source.drafts if d is not draft and d.kind != "front"]
    if not others:
        source.findings.append(
            warning(
                "outline-nothing-found",
                f"no part of a course was found in this {source.entry.role}, expected lectures, questions or the like",
                source.builder.where(*pieces),
                "give the source its right role in course.toml (a text without parts is a reading)",
            )
        )
        source.aside(pieces, "not understood")
        return
    source.aside(pieces, "title page")


def _exam(all_: Gathering) -> Exam | None:
    table = all_.loaded.project.exam
    if not all_.exam:
        if table.variants:
            all_.findings.extend(with_variants((), table.variants, all_.toml)[1])
        return None
    questions, findings = with_variants(all_.exam, table.variants, all_.toml)
    all_.findings.extend(findings)
    all_.findings.extend(proposals(questions))
    return Exam(
        questions=tuple(questions),
        title=all_.exam_title,
        release=table.release,
        form=table.form,
        tickets=tuple(all_.tickets),
        place=all_.exam_place,
    )


def _banks(all_: Gathering, banks: Sequence[tuple[SourceEntry, Questions]], assets: Assets) -> None:
    """Question files: their questions join the exam, numbered on."""
    for _, file in banks:
        for question in file.bank.questions():
            number = len(all_.exam) + 1
            all_.exam.append(msgspec.structs.replace(question, id=f"exam-{number:03d}", number=number))
        all_.findings.extend(file.findings)
        assets.update(sorted(file.assets.data.items()))


def _weeks(
    all_: Gathering, sessions: Sequence[tuple[int, Session]], assignments: Sequence[tuple[int, Assignment]]
) -> tuple[Week, ...]:
    numbers = sorted({week for week, _ in sessions} | {week for week, _ in assignments})
    return tuple(
        Week(
            id=f"w{number:02d}",
            number=number,
            title=all_.week_titles.get(number),
            sessions=tuple(one for week, one in sessions if week == number),
            assignments=tuple(one for week, one in assignments if week == number),
        )
        for number in numbers
    )
