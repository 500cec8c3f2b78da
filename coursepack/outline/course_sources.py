"""All sources of a course together: walked, matched, given ids, built; every character accounted for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Protocol

import msgspec

from coursepack.model.artifact import Assets, Bank
from coursepack.model.blocks import Heading, Run
from coursepack.model.course import (
    DEFAULT_PRACTICE,
    About,
    Assignment,
    Course,
    Exam,
    Interim,
    Section,
    Session,
    SessionKind,
    Week,
)
from coursepack.model.document import Document, Grid
from coursepack.model.ledger import Fate
from coursepack.model.questions import Question, offers
from coursepack.outline import Understood, naming, steps, stretches
from coursepack.outline.about import AboutCollector
from coursepack.outline.account import lost
from coursepack.outline.again import Once
from coursepack.outline.bank.guard import guard_list, unasked
from coursepack.outline.bank.items import items_of
from coursepack.outline.bank.key_lists import key_lists
from coursepack.outline.bank.key_tables import is_key_table
from coursepack.outline.bank.key_text import signed_list
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import offers_answers
from coursepack.outline.bank.question_builder import tests
from coursepack.outline.bank.sheets import Apart, KeySheet, whose
from coursepack.outline.blocks import list_label
from coursepack.outline.drafts import SESSIONS, PartDraft
from coursepack.outline.editions import of_edition
from coursepack.outline.exam import exam_questions, with_variants
from coursepack.outline.foremost import foremost
from coursepack.outline.found import NOT_UNDERSTOOD, OF_TICKET, SIGNED, OutlineSource, title_of
from coursepack.outline.gathering import Gathering, Placed
from coursepack.outline.glossary import terms
from coursepack.outline.keyed import still_open, with_keys
from coursepack.outline.keys_behind import without_keys
from coursepack.outline.matching import place
from coursepack.outline.moves import move_questions, with_tests
from coursepack.outline.pieces import Piece
from coursepack.outline.points import looks_like_text, speaks
from coursepack.outline.quality import doubtful, missing
from coursepack.outline.question_lists import holds_choices
from coursepack.outline.question_places import (
    ClassIndex,
    QuestionNumbers,
    QuestionPlace,
    is_exam_name,
    is_topic,
    says_class,
)
from coursepack.outline.readings import reading
from coursepack.outline.reuse import (
    Counts,
    PartRecorder,
    SourceRecord,
    gathered_again,
    is_moved,
    kinds_of,
    placing,
    recorded,
)
from coursepack.outline.reworded import proposals
from coursepack.outline.sessions import session
from coursepack.outline.speaker_notes import with_speaker_notes
from coursepack.outline.stream import flatten
from coursepack.outline.tickets import tickets
from coursepack.outline.unsure import unsure
from coursepack.pages import criteria
from coursepack.place import Finding, Place, error, note, warning
from coursepack.project.course_toml import Correction, Deadline, Loaded, SourceEntry
from coursepack.stages import Live, Stages, key, packed, unpacked


class QuestionFile(Protocol):
    """A question file as a reader gives it."""

    @property
    def bank(self) -> Bank: ...
    @property
    def findings(self) -> list[Finding]: ...
    @property
    def assets(self) -> Assets: ...


def understand(
    loaded: Loaded,
    documents: Sequence[tuple[Document, SourceEntry]],
    banks: Sequence[tuple[SourceEntry, QuestionFile]] = (),
    unread: Sequence[str] = (),
    stages: Stages | None = None,
) -> Understood:
    """One course of all its sources. Everything that goes wrong in a source is a finding, never an exception.

    ``stages`` keeps what did not change for the next call: the texts and the drafts of each source, and what was built
    of those that nothing else changed for either.
    """
    live = stages.live if stages else Live()
    live.turn()
    every = documents
    documents, edition_findings = of_edition(every, loaded.project, live)
    loaded = _of_these(loaded, every, documents)
    read = _near(loaded, documents, stages, live) or _read(loaded, documents, stages)
    read.all_.findings[:0] = [*edition_findings, *read.later]
    return _whole(read.all_, *read.built, documents, banks, unread, live)


@dataclass
class _CourseSources:
    """The sources of a course, with all that was built from them, and the findings about corrections."""

    all_: Gathering
    records: list[SourceRecord]
    built: _Built
    later: list[Finding]


def _read(loaded: Loaded, documents: Sequence[tuple[Document, SourceEntry]], stages: Stages | None) -> _CourseSources:
    detected = AboutCollector()
    each, later = steps.outlined(loaded, documents, detected, stages)
    said = packed(vars(detected))
    known = {one.name: one for one in stages.held} if stages else {}
    built = None
    while built is None:
        vars(detected).update(unpacked(said))
        all_, records = _placed(loaded, each, detected, known)
        built = _built(all_, records, known)
    if stages:
        stages.held = records
    return _CourseSources(all_, records, built, later)


def _near(
    loaded: Loaded, documents: Sequence[tuple[Document, SourceEntry]], stages: Stages | None, live: Live
) -> _CourseSources | None:
    """The course with corrections of banks that only the questions around them are read anew for. Those that are of
    more than these go, one by one, to the others; None where none is left, or too many went."""
    known = stages.whole if stages else set[str]()
    apart: list[Correction] = []
    while len(apart) <= limits()["stretch-whole"]:
        without, near = stretches.parted(loaded, documents, apart)
        until = [own[:at] for own in near.values() for at in range(1, len(own) + 1)]
        more = next((own for own in until if stretches.name(without, documents, own) in known), ())
        if not near:
            return None
        if not more:
            read = _read(without, documents, stages)
            more = stretches.corrected(read.all_, read.records, near, _alone, live)
            if not more:
                return read
            known.add(stretches.name(without, documents, more))
        apart.append(more[-1])
    return None


def _alone(all_: Gathering, source: OutlineSource) -> None:
    """Builds what depends on one source alone."""
    _gather(all_, source)
    _rest(all_, source)


def _of_these(
    loaded: Loaded, every: Sequence[tuple[Document, SourceEntry]], own: Sequence[tuple[Document, SourceEntry]]
) -> Loaded:
    """The project without the corrections of documents that are another edition's: they are not lost."""
    others = {document.file for document, _ in every} - {document.file for document, _ in own}
    if not others:
        return loaded
    kept = tuple(one for one in loaded.project.correction if one.file not in others)
    return msgspec.structs.replace(loaded, project=msgspec.structs.replace(loaded.project, correction=kept))


def _placed(
    loaded: Loaded, each: Sequence[steps.OutlineStep], detected: AboutCollector, known: dict[str, SourceRecord]
) -> tuple[Gathering, list[SourceRecord]]:
    """The sources gathered, their classes and tasks placed. Those that are not what they were any more, because another
    one is not, go out of ``known``."""
    while True:
        all_ = Gathering(loaded, detected=detected)
        records = [_gathered(all_, one, known) for one in each]
        place(all_)
        changed = [one.name for one in records if one.reused and one.placing != placing(all_, one)]
        if not changed:
            break
        for name in changed:
            del known[name]
    for one in records:
        one.placing = placing(all_, one)
    return all_, records


def _gathered(all_: Gathering, step: steps.OutlineStep, known: dict[str, SourceRecord]) -> SourceRecord:
    if step.name in known:
        if (again := gathered_again(all_, known[step.name])) is not None:
            return again
        del known[step.name]
    record, before = SourceRecord(step.name, step.make()), Counts.of(all_)
    all_.sources.append(record.source)
    _gather(all_, record.source)
    recorded(all_, record, before)
    return record


_Built = tuple[list[tuple[int, Session]], list[tuple[int, Assignment]]]


def _built(all_: Gathering, records: Sequence[SourceRecord], known: dict[str, SourceRecord]) -> _Built | None:
    """The classes and tasks, with all other parts in ``all_``; None where a source is not what it was any more, because
    another one is not: it goes out of ``known``."""
    sessions = _sessions(all_, records)
    _shelves(all_, sessions)
    assignments = _assignments(all_, records)
    all_.keys = _keys_apart(all_)
    # Whether keys of another file were taken is known when the tests are read.
    records = sorted(records, key=lambda record: "keys" in kinds_of(record.source))
    for at, record in enumerate(records):
        kinds = kinds_of(record.source)
        if not record.reused:
            watch = PartRecorder(all_, kinds)
            _rest(all_, record.source)
            record.rest = watch.rest()
        elif record.rest and record.rest.fits(all_, kinds):
            record.rest.left(all_)
        else:
            for one in records[at:]:
                if one is record or (one.reused and is_moved(kinds_of(one.source))):
                    del known[one.name]
            return None
    return sessions, assignments


def _keys_apart(all_: Gathering) -> dict[str, list[KeySheet]]:
    """The files of tests, each with the files that may hold its keys."""
    sheets = [
        KeySheet(source.document.file, lists)
        for source in all_.sources
        for draft in source.drafts
        if draft.kind == "keys" and (lists := key_lists(source, draft.get("body")))
    ]
    return whose(sheets, [source.document.file for source in all_.sources if _is_test(source)]) if sheets else {}


def _is_test(source: OutlineSource) -> bool:
    """Whether a source holds questions with options."""
    return any(
        draft.kind == "tests" or (draft.kind == "exam" and holds_choices(draft.get("body"))) for draft in source.drafts
    )


def _whole(
    all_: Gathering,
    sessions: list[tuple[int, Session]],
    assignments: list[tuple[int, Assignment]],
    documents: Sequence[tuple[Document, SourceEntry]],
    banks: Sequence[tuple[SourceEntry, QuestionFile]],
    unread: Sequence[str],
    live: Live,
) -> Understood:
    """The course of all that was gathered, with the account of it."""
    loaded = all_.loaded
    assets = Assets()
    for document, _ in documents:
        assets.update(sorted(document.assets.items()))
    printed = _banks(all_, banks, assets, [one for _, one in sessions], live)
    all_.findings.extend(_unused(all_))
    all_.exam[:] = live.same("asked", all_.exam, _id)
    exam = _exam(all_, live)
    sessions, new_findings = move_questions(
        with_tests(sessions, printed, all_.own), exam.questions if exam else (), all_.toml
    )
    all_.findings.extend(new_findings)
    ledgers = [source.stream.texts.ledger for source in all_.sources]
    course = Course(
        id=loaded.project.id,
        title=loaded.project.title,
        language=loaded.project.language,
        about=all_.detected.about(loaded.declared),
        foreword=all_.sections.get("foreword"),
        introduction=all_.sections.get("introduction"),
        conclusion=all_.sections.get("conclusion"),
        weeks=_weeks(all_, sessions, assignments),
        exam=exam,
        readings=tuple(all_.readings),
        glossary=tuple(all_.glossary),
        links=loaded.project.links,
        sources=tuple(live.of("sums", (ledger,), ledger.source) for ledger in ledgers),
    )
    course, new_findings, keyed = with_keys(course, loaded.project.correction, all_.toml)
    all_.findings.extend(new_findings)
    course, new_findings = with_speaker_notes(course, [document for document, _ in documents])
    all_.findings.extend(new_findings)
    course = _as_before(course, live)
    first = foremost(course, all_.sources, live)
    findings = [*first, *all_.findings, *(f for source in all_.sources for f in source.findings)]
    findings = still_open(findings, (one for source in all_.sources for one in source.doubts), keyed)
    findings.extend(f for ledger in ledgers for f in live.of("unclaimed", (ledger,), ledger.findings))
    findings.extend(lost(course, all_.sources, live, declared=loaded.declared != About()))
    findings.extend(f for source in all_.sources for f in live.of("unsure", (source,), partial(unsure, source)))
    findings.extend(doubtful(course, live))
    findings.extend(missing(course, unread, loaded.project.absent))
    return Understood(course, ledgers, findings, assets, all_.sources, first)


def _as_before(course: Course, live: Live) -> Course:
    """The course in which large parts that are equal to those of the last call are the same objects, so that nothing is
    computed from them again."""
    weeks = tuple(
        msgspec.structs.replace(
            week,
            sessions=live.same("class", week.sessions, _id),
            assignments=live.same("task", week.assignments, _id),
        )
        for week in course.weeks
    )
    exam = course.exam and msgspec.structs.replace(
        course.exam, questions=live.same("question", course.exam.questions, _id)
    )
    readings, glossary = live.same("reading", course.readings, _id), live.same("term", course.glossary, _id)
    return msgspec.structs.replace(course, weeks=weeks, exam=exam, readings=readings, glossary=glossary)


_id = attrgetter("id")


def _gather(all_: Gathering, source: OutlineSource) -> None:
    """The sessions and tasks of a source's drafts; a text to read is built at once."""
    for draft in [one for one in source.drafts if one.kind == "reading"]:
        source.drafts.remove(draft)
        named, article = f"reading-{len(all_.readings) + 1}", source.entry.role == "article"
        all_.readings.append(reading(source, draft, named, article=article))
    own = [
        draft
        for draft in source.drafts
        if draft.kind in SESSIONS and (draft.opened or draft.pieces() or draft.marks or draft.name)
    ]
    own = without_keys(source, own)
    if len(own) == 1:
        only = own[0]
        if source.entry.number is not None:
            only.number = source.entry.number
        if source.entry.week is not None:
            only.week = source.entry.week
        if only.number is None and only.pair is None:
            only.number = naming.read(source.document.file).own
    all_.sessions.extend(Placed(source, draft, draft.number) for draft in own)
    all_.assignments.extend(
        Placed(source, draft, draft.number) for draft in source.drafts if draft.kind == "assignment"
    )


# --- building -----------------------------------------------------------------------------------------------------


def _sessions(all_: Gathering, records: Sequence[SourceRecord]) -> list[tuple[int, Session]]:
    result: list[tuple[int, Session]] = []
    per_source = Counter(id(placed.source) for placed in all_.sessions)
    at = {id(placed): (record, n) for record in records for n, placed in enumerate(record.classes)}
    for placed in all_.sessions:
        record, nth = at[id(placed)]
        if not record.reused:
            record.sessions[nth] = _session(placed, alone=per_source[id(placed.source)] == 1)
        result.append((placed.week, record.sessions[nth]))
    return result


def _session(placed: Placed, *, alone: bool) -> Session:
    """The class of a draft; ``alone``: there is no other of its source."""
    kind: SessionKind = placed.draft.kind  # type: ignore[assignment]  # SESSIONS are exactly these kinds
    built = session(placed.source, placed.draft, placed.id, kind, placed.number)
    entry = placed.source.entry
    title = entry.title if entry.title and alone else placed.draft.written or built.title or placed.draft.name or None
    if placed.draft.name == "in-session":
        title = built.title or None
    return msgspec.structs.replace(built, title=title) if title != built.title else built


def _assignments(all_: Gathering, records: Sequence[SourceRecord]) -> list[tuple[int, Assignment]]:
    result: list[tuple[int, Assignment]] = []
    declared = {deadline.assignment: deadline for deadline in all_.loaded.project.assignment}
    for record in records:
        for nth, placed in enumerate(record.tasks):
            if placed.fate == "absorbed":
                continue
            if not record.reused:
                record.assignments[nth] = _assignment(placed)
            if (one := record.assignments[nth]) is not None:
                one = _declared(one, declared.pop(placed.id, None), all_.loaded.project.language)
                result.append((placed.week, one))
    for name in declared:
        all_.findings.append(
            error(
                "outline-assignment-unknown",
                f"[[assignment]] assignment = {name!r}: there is no such task",
                all_.toml,
                "«coursepack inspect» shows the ids",
            )
        )
    return result


def _assignment(placed: Placed) -> Assignment | None:
    """The task of a draft; None where it says nothing."""
    draft, source = placed.draft, placed.source
    source.mark(draft, placed.id)
    body = draft.get("body")
    if body and draft.number is not None and body[0].object is None:
        mark = list_label(body[0])
        if mark and mark.value == draft.number:
            body = [source.builder.unmarked(body[0], mark, placed.id), *body[1:]]
            body[0].label = None
    title = draft.title if body else []
    source.stream.texts.claim(title, "content", part=placed.id)
    blocks = source.builder.blocks(body or draft.title, placed.id, headings=False)
    if not blocks:
        return None
    return Assignment(
        id=placed.id,
        kind="homework" if draft.name == "homework" else "supervised" if draft.supervised else "independent",
        blocks=blocks,
        number=draft.number,
        label=draft.label,
        title=title_of(title),
        hours=draft.hours,
        points=draft.points,
        form=draft.form,
        due=draft.due,
        due_week=draft.due_week,
        place=source.builder.where(*([draft.opened] if draft.opened and draft.opened.parts else []), *draft.pieces()),
    )


def _declared(assignment: Assignment, deadline: Deadline | None, language: str) -> Assignment:
    if deadline is None:
        return assignment
    if deadline.criteria:
        table = criteria.table(deadline.criteria, language)
        assignment = msgspec.structs.replace(assignment, blocks=(*assignment.blocks, table))
    changes = {
        name: value
        for name in ("due", "due_week", "hours", "points", "form", "title")
        if (value := getattr(deadline, name)) is not None
    }
    return msgspec.structs.replace(assignment, **changes)


def _shelves(all_: Gathering, sessions: Sequence[tuple[int, Session]]) -> None:
    """The classes that questions may belong to, numbered on from the questions that are printed in them."""
    all_.shelves = QuestionNumbers(ClassIndex(sessions))
    for _, one in sessions:
        all_.shelves.counts[one.id] = len(one.review)


def _rest(all_: Gathering, source: OutlineSource) -> None:
    """Every draft that is no session and no task."""
    for draft in source.drafts:
        if draft.kind == "tests" and not draft.done:
            _tests(all_, source)
        elif (take := _TAKEN.get(draft.kind)) is not None:
            take(all_, source, draft)
        elif not _later(source, draft) and not (draft.opened or draft.pieces()):
            source.mark(draft, "")
    _tickets(all_, source)


def _section(all_: Gathering, source: OutlineSource, draft: PartDraft) -> None:
    """A foreword, an introduction or a conclusion."""
    body = draft.get("body")
    source.stream.texts.claim(draft.title, "content", part=draft.kind)
    built = Section(
        id=draft.kind,
        title=title_of(draft.title) or draft.kind,
        blocks=source.builder.blocks(body, draft.kind),
        place=source.builder.where(*draft.title, *body),
    )
    first = all_.sections.get(draft.kind)
    if first is not None:
        # A lecture file and a manual bring an introduction each: the course has one, in the order of the sources.
        heading = (Heading(level=1, content=(Run(text=title),)),) if (title := title_of(draft.title)) else ()
        built = msgspec.structs.replace(first, blocks=(*first.blocks, *heading, *built.blocks))
        message = f"a second {draft.kind} was found; it was put below the first"
        all_.findings.append(note("outline-part-twice", message, source.builder.where(*draft.title, *body)))
    all_.sections[draft.kind] = built


def _exam_list(all_: Gathering, source: OutlineSource, draft: PartDraft) -> None:
    source.mark(draft, "exam")
    kind: Fate = "mark" if all_.exam_title else "content"
    source.stream.texts.claim(draft.title, kind, part="exam", reason="heading")
    body = draft.get("body")
    all_.exam_title = all_.exam_title or title_of(draft.title)
    all_.exam_place = all_.exam_place or source.builder.where(*draft.title, *body)
    _asked(all_, source, body)


def _glossary(all_: Gathering, source: OutlineSource, draft: PartDraft) -> None:
    source.mark(draft, "glossary")
    source.stream.texts.claim(draft.title, "mark", part="glossary", reason="heading")
    all_.glossary.extend(terms(source, draft.get("body"), len(all_.glossary) + 1))


def _week(all_: Gathering, source: OutlineSource, draft: PartDraft) -> None:
    part = f"w{draft.number or 0:02d}"
    source.mark(draft, part)
    pieces = [*draft.title, *draft.get("title"), *draft.get("body")]
    source.stream.texts.claim(pieces, "content", part=part)
    named = title_of(pieces)
    if named and draft.number:
        all_.week_titles.setdefault(draft.number, named)


def _control(all_: Gathering, source: OutlineSource, draft: PartDraft) -> None:
    """A control between listed classes: it is held in the week of the class above it."""
    above = source.drafts[: next(at for at, one in enumerate(source.drafts) if one is draft)]
    weeks = {id(placed.draft): placed.week for placed in all_.sessions if placed.source is source}
    last = next((weeks[id(one)] for one in reversed(above) if id(one) in weeks), None)
    source.stream.texts.claim(draft.title, "mark", part="about", reason="control")
    if last is not None:
        all_.detected.interim.append(Interim(after_week=last, name=title_of(draft.title) or ""))


def _unused_area(all_: Gathering, source: OutlineSource, draft: PartDraft) -> None:
    """A part whose lines no other part used: they are excluded; the keys of a source with tests go with its tests."""
    if _later(source, draft):
        return
    source.mark(draft, "")
    source.stream.texts.claim(draft.title, "mark", reason="heading")
    for pieces in draft.fields.values():
        source.aside(pieces, NOT_UNDERSTOOD)
    if draft.kind == "answers" and (keys := draft.pieces()):
        source.findings.append(unasked(source.builder.where(keys[0])))


def _later(source: OutlineSource, draft: PartDraft) -> bool:
    """Tickets are made when all questions are known, keys go with their tests."""
    keys = draft.kind == "answers" and any(other.kind == "tests" for other in source.drafts)
    return keys or draft.kind in {"tickets", "ticket"}


def _asked(all_: Gathering, source: OutlineSource, body: Sequence[Piece]) -> None:
    """A list of exam questions; one that course.toml gives to a class is its self-check."""
    shelf = all_.shelf(given=_class_of(all_, source.entry))
    if keys := _keys_of_list(source, body):
        all_.put(tests(source, body, keys, shelf, Apart()))
        return
    if (
        source.entry.role == "tests"
        or holds_choices(body)
        or _are_keyed(source, body)
        or _offer_in_tables(source, body)
    ):
        all_.put(_with_keys_apart(all_, source, body, _keys_below(source), shelf))
        return
    result = exam_questions(source, body, shelf)
    source.findings.extend(guard_list(source.document.file, result))
    (all_.own[shelf.given] if shelf.given else all_.exam).extend(result)


def _are_keyed(source: OutlineSource, body: Sequence[Piece]) -> bool:
    """Whether a table of keys is among questions most of which have options."""
    if not any(piece.object is not None and is_key_table(source, piece) for piece in body):
        return False
    items = items_of(body).items
    return sum(len(item.options) > 1 for item in items) * 2 > len(items)


def _offer_in_tables(source: OutlineSource, body: Sequence[Piece]) -> bool:
    """Whether tables below most questions of a list hold their options."""
    grids = [piece.object for piece in body if isinstance(piece.object, Grid)]
    with_options = sum(offers_answers(flatten(grid, source.stream.texts)) for grid in grids)
    questions = sum(piece.object is None and list_label(piece) is not None for piece in body)
    return with_options >= limits()["least-ends"] and with_options * 2 > max(questions, len(grids))


def _keys_below(source: OutlineSource) -> list[Piece]:
    """Claims and returns the keys below the questions of a list that turned out to be a test."""
    if any(draft.kind == "tests" for draft in source.drafts):
        return []
    keys: list[Piece] = []
    for draft in (one for one in source.drafts if one.kind == "answers"):
        source.mark(draft, "exam")
        source.stream.texts.claim(draft.title, "mark", part="exam", reason="heading")
        keys += [piece for piece in draft.get("body") if piece.text or piece.object is not None]
        draft.title, draft.fields = [], {}
    return keys


def _keys_of_list(source: OutlineSource, body: Sequence[Piece]) -> list[Piece]:
    """The lines below «Answers» that answer each question of a list, by its number; in a source with tests they belong
    to the tests."""
    drafts = [draft for draft in source.drafts if draft.kind == "answers"]
    keys = [piece for draft in drafts for piece in draft.get("body") if piece.text or piece.object is not None]
    if not keys or any(draft.kind == "tests" for draft in source.drafts):
        return []
    labels = [list_label(piece) for piece in keys if piece.object is None and len(piece.text) <= _LONGEST_KEY]
    question_numbers = {
        mark.value for piece in body if piece.object is None and (mark := list_label(piece)) and mark.value
    }
    numbers = {mark.value for mark in labels if mark and mark.value in question_numbers}
    listed = {number for piece in keys if piece.object is None for number, _ in signed_list(piece.text)}
    if listed and listed <= question_numbers and len(listed) * 2 >= len(question_numbers):
        return _claim_titles(source, drafts, keys)
    if (
        len(labels) < len(keys)
        or not all(labels)
        or len(numbers) < len(labels)
        or len(numbers) * 2 < len(question_numbers)
    ):
        return []
    return _claim_titles(source, drafts, keys)


def _claim_titles(source: OutlineSource, drafts: Sequence[PartDraft], keys: list[Piece]) -> list[Piece]:
    """The keys of drafts, which hold nothing else then."""
    for draft in drafts:
        source.mark(draft, "exam")
        source.stream.texts.claim(draft.title, "mark", part="exam", reason="heading")
        draft.title, draft.fields = [], {}
    return keys


_LONGEST_KEY = 80
"""The most characters of an answer by number below a list of questions."""


def _class_of(all_: Gathering, entry: SourceEntry) -> str | None:
    """The class that course.toml gives the questions of a source to; one that is not there is reported."""
    all_.classed.add(entry.file)
    found = all_.shelves.homes.of_source(entry)
    if found is None and says_class(entry):
        said = next(f"{name} = {value!r}" for name in _CLASS_FIELDS if (value := getattr(entry, name)) is not None)
        all_.findings.append(
            warning(
                "project-session-unknown",
                f"{entry.file}: {said}: there is no such class; its questions are the exam's",
                all_.toml,
                "«coursepack inspect --json» shows the ids",
            )
        )
    return found


_CLASS_FIELDS = ("session", "number", "week")


def _unused(all_: Gathering) -> Iterator[Finding]:
    """A class that course.toml gives to a source without questions of its own."""
    for entry in (source.entry for source in all_.sources):
        if entry.session is not None and entry.file not in all_.classed:
            yield warning(
                "project-session-unused",
                f"{entry.file}: session = {entry.session!r} has no effect: the file, read with the role "
                f"{entry.role!r}, holds no questions that could belong to a class",
                all_.toml,
                'it places the questions of a test (role = "tests") or of a question file; `number` numbers a class',
            )


def _only_class(all_: Gathering, source: OutlineSource) -> str | None:
    """The id of the only class of a source; None where it has none or several."""
    classes = [placed for placed in all_.sessions if placed.source is source]
    return classes[0].id if len(classes) == 1 else None


def _tests(all_: Gathering, source: OutlineSource) -> None:
    """The tests of a source with their keys, which several drafts make together."""
    texts = source.stream.texts
    bodies = [draft for draft in source.drafts if draft.kind == "tests"]
    keys = [draft for draft in source.drafts if draft.kind == "answers"]
    for draft in (*bodies, *keys):
        source.mark(draft, "exam")
        texts.claim(draft.title, "mark", part="exam", reason="heading")
        draft.title = []
        draft.done = True
    body = [piece for draft in bodies for piece in draft.get("body")]
    answers = [piece for draft in keys for piece in draft.get("body")]
    if not body and not answers:
        name = source.document.file
        source.findings.append(
            error("bank-empty", "no question was found in a file with the role of a test", Place(name))
        )
    given = _class_of(all_, source.entry) or _only_class(all_, source)
    headed = not any(is_exam_name(piece.text) for piece in source.stream.pieces[:_TITLE] if piece.object is None)
    all_.put(_with_keys_apart(all_, source, body, answers, all_.shelf(given=given, headed=headed)))


def _with_keys_apart(
    all_: Gathering, source: OutlineSource, body: Sequence[Piece], answers: Sequence[Piece], shelf: QuestionPlace
) -> list[Question]:
    """The questions of a test; its keys may stand in another file."""
    apart = Apart(all_.keys.get(source.document.file, ()))
    result = tests(source, body, answers, shelf, apart)
    all_.joined.extend(apart.used)
    return result


def _keys(all_: Gathering, source: OutlineSource, draft: PartDraft) -> None:
    """A file of nothing but keys and their headings; reported where no test used them."""
    pieces = draft.get("body")
    if source.document.file in all_.joined:
        source.stream.texts.claim(pieces, "mark", part="exam", reason="key")
        return
    source.aside(pieces, "keys without questions")
    source.findings.append(unasked(source.builder.where(*pieces[:1]) or Place(source.document.file)))


_TITLE = 8
"""Lines at the beginning of a document that may say that it is an exam's."""


def _tickets(all_: Gathering, source: OutlineSource) -> None:
    """The printed tickets of a source; their questions join the exam list."""
    texts = source.stream.texts
    for draft in source.drafts:
        if draft.kind == "tickets":
            source.mark(draft, "exam")
            texts.claim(draft.title, "mark", part="exam", reason="heading")
            source.aside(draft.get("body"), OF_TICKET)
    printed = [draft for draft in source.drafts if draft.kind == "ticket"]
    if printed:
        all_.tickets.extend(tickets(source, printed, all_.exam, len(all_.tickets) + 1, all_.shelf()))


def _title_page(all_: Gathering, source: OutlineSource, draft: PartDraft) -> None:
    """The lines before the first marker: a title page; in a document where nothing else was found, lines that were not
    understood."""
    pieces = [piece for found in draft.fields.values() for piece in found]
    if not pieces:
        return
    if all(one.kind == "front" for one in source.drafts):
        source.findings.append(
            warning(
                "outline-nothing-found",
                f"no part of a course was found in this {source.entry.role}, expected lectures, questions or the like",
                source.builder.where(*pieces),
                "give the source its right role in course.toml (a text without parts is a reading)",
            )
        )
        source.aside(pieces, NOT_UNDERSTOOD)
        return
    approval = [p for p in pieces if p.object is None and source.marks.is_approval(p.text)]
    source.aside(approval, SIGNED)
    pieces = [piece for piece in pieces if not any(piece is one for one in approval)]
    at = _text_in(pieces)
    if (exam := _only_exam(source)) is not None:
        sentences = [piece for piece in pieces if piece.object is None and speaks(piece.text)]
        source.aside([piece for piece in pieces if not any(piece is one for one in sentences)], "title page")
        exam.fields["body"] = [*sentences, *exam.get("body")]
        return
    source.aside(pieces[:at], "title page")
    foreword = PartDraft("foreword", fields={"body": pieces[at:]})
    if pieces[at:] and "foreword" not in all_.sections:
        _section(all_, source, foreword)
    elif pieces[at:]:
        all_.readings.append(reading(source, foreword, f"reading-{len(all_.readings) + 1}", article=False))


def _only_exam(source: OutlineSource) -> PartDraft | None:
    """The list of questions, if it is all of a document."""
    other = [draft for draft in source.drafts if draft.kind not in {"front", "about"}]
    return other[0] if [draft.kind for draft in other] == ["exam"] else None


_LONG_PARAGRAPH = 120
_LEAST_TEXT = 400
"""More characters than these in long paragraphs are a text, not a title page."""


def _text_in(pieces: Sequence[Piece]) -> int:
    """The index at which a text begins after a title page; the number of pieces where none is long enough for a part of
    the course."""
    long_paragraphs = [
        at
        for at, one in enumerate(pieces)
        if one.object is None and len(one.text) > _LONG_PARAGRAPH and looks_like_text(one)
    ]
    characters = sum(len(pieces[at].text) for at in long_paragraphs)
    return long_paragraphs[0] if characters > _LEAST_TEXT else len(pieces)


_TAKEN: dict[str, Callable[[Gathering, OutlineSource, PartDraft], None]] = {
    "foreword": _section,
    "introduction": _section,
    "conclusion": _section,
    "exam": _exam_list,
    "glossary": _glossary,
    "about": lambda all_, source, draft: all_.detected.hear(source, draft),
    "week": _week,
    "control": _control,
    "front": _title_page,
    "area": _unused_area,
    "assignment-list": _unused_area,
    "answers": _unused_area,
    "keys": _keys,
}


def _exam(all_: Gathering, live: Live) -> Exam | None:
    table = all_.loaded.project.exam
    if not all_.exam:
        if table.variants:
            all_.findings.extend(with_variants((), table.variants, all_.toml, live)[1])
        return None

    def make() -> tuple[list[Question], list[Finding]]:
        questions, findings = with_variants(all_.exam, table.variants, all_.toml, live)
        return questions, [*findings, *proposals(questions, live)]

    questions, findings = live.of("variants", tuple(all_.exam), make, key(table.variants, all_.toml))
    all_.findings.extend(findings)
    return Exam(
        questions=tuple(questions),
        title=all_.exam_title,
        release=table.release or ("open" if any(map(offers, questions)) else "list"),
        form=table.form,
        tickets=tuple(all_.tickets),
        practice=table.practice if table.practice != DEFAULT_PRACTICE else None,
        place=all_.exam_place,
    )


def _banks(
    all_: Gathering,
    banks: Sequence[tuple[SourceEntry, QuestionFile]],
    assets: Assets,
    sessions: Sequence[Session],
    live: Live,
) -> dict[str, list[Question]]:
    """Question files: their questions join the exam, or the class that something says they belong to; those that stand
    there already are not put there again. Returns the questions that are printed in each class."""
    once = Once(live)
    printed = {one.id: list(one.review) for one in sessions if one.review}
    for name, held in ({None: all_.exam} | printed | all_.own).items() if banks else ():
        once.know(held, name)
    for entry, file in banks:
        inside = next((source for source in all_.sources if source.document.file == entry.file), None)
        given = _only_class(all_, inside) if inside else _class_of(all_, entry)
        shelf = all_.shelf(given=given, headed=True)
        unknown: dict[str, Question] = {}
        for question in file.bank.questions():
            within = all_.shelves.homes.titled(question.category) if inside else None
            given_class = within or question.session
            home = shelf.home(question.category, given_class)
            if home is None and question.session and not is_topic(question.session):
                unknown.setdefault(question.session, question)
            if once.is_there(question, home, entry.file):
                continue
            session, name, number = shelf.place(question.category, given_class)
            held = all_.own[session] if session and all_.shelves.homes.has(session) else all_.exam
            # What a question file says to graders no learner sees; a document prints model answers.
            only = bool(question.grader_notes)
            stated = {"id": name, "number": number, "session": session, "grader_only": only}
            placed = partial(msgspec.structs.replace, question, **stated)
            held.append(live.of("placed", (question,), placed, *stated.values()))
            once.add(held, home, entry.file)
        all_.findings.extend(_unknown_class(given_class, question) for given_class, question in unknown.items())
        all_.findings.extend(file.findings)
        assets.update(sorted(file.assets.data.items()))
    all_.findings.extend(_again(*files, count) for files, count in once.told.items())
    return printed


def _again(file: str, first: str, count: int) -> Finding:
    where = "another category of it" if file == first else first
    message = f"{count} of its questions stand in {where} too, word for word: each is asked once"
    return note("outline-question-again", message, Place(file))


def _unknown_class(said: str, question: Question) -> Finding:
    return warning(
        "project-session-unknown",
        f"a question of {said!r}: there is no such class; it stays with the exam",
        question.place,
        "«coursepack inspect --json» shows the ids",
    )


def _weeks(
    all_: Gathering, sessions: Sequence[tuple[int, Session]], assignments: Sequence[tuple[int, Assignment]]
) -> tuple[Week, ...]:
    by_week: defaultdict[int, list[Session]] = defaultdict(list)
    work: defaultdict[int, list[Assignment]] = defaultdict(list)
    for week, one in sessions:
        by_week[week].append(one)
    for week, task in assignments:
        work[week].append(task)
    return tuple(
        Week(
            id=f"w{number:02d}",
            number=number,
            title=all_.week_titles.get(number),
            sessions=tuple(by_week[number]),
            assignments=tuple(work[number]),
        )
        for number in sorted(by_week.keys() | work.keys())
    )
