"""The most important findings about a source: text under headings that name no part, text left out because it was not
understood, pictures and files that no part shows, data excluded with a title page, a test whose questions have no
options.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial

import msgspec

from coursepack import languages
from coursepack.model.course import Course
from coursepack.model.document import Grid
from coursepack.model.ledger import LedgerEntry
from coursepack.model.questions import Essay, Question
from coursepack.outline.found import NOT_UNDERSTOOD, OutlineSource
from coursepack.outline.measured import measured
from coursepack.outline.missed_questions import missed_questions
from coursepack.outline.pieces import Piece
from coursepack.outline.points import looks_like_text, speaks
from coursepack.outline.tree.sections import OutlineSection
from coursepack.outline.tree.signals import _LABELLED, Segment
from coursepack.outline.tree.words import words
from coursepack.outline.unread import unread_test
from coursepack.outline.unsure import limits, some
from coursepack.place import Finding, Place, note, warning
from coursepack.render.pictures_of import assets_in
from coursepack.stages import Live


def foremost(course: Course, sources: Sequence[OutlineSource], live: Live) -> list[Finding]:
    """The warnings for the top of a report, each about one source, with counts and first places."""
    result: list[Finding | None] = []
    exam = course.exam.questions if course.exam else ()
    asked, reviewed = _by_file(exam), _by_file([one for _, each in course.sessions() for one in each.review])
    shown = _shown(course, live)
    for source in sources:
        file = source.document.file
        listed = tuple(asked[file])
        own = (*listed, *reviewed[file])
        inner = live.inner("foremost", file)
        source_findings = live.of("foremost", (source,), partial(_of_source, source))
        result += [
            *source_findings,
            _pictures(source, shown, live),
            live.of("essays", (source, *listed), partial(_essays, source, listed)),
            live.of("measured", (source, *own), partial(measured, source, own, inner)),
        ]
        if source_findings[-1] is None:
            result.append(live.of("missed", (source, *own), partial(missed_questions, source, own, inner)))
    return [one for one in result if one is not None]


def _shown(course: Course, live: Live) -> Set[str]:
    """The pictures and files of a course, of which each large part is asked once."""
    weeks = tuple(msgspec.structs.replace(one, sessions=(), assignments=()) for one in course.weeks)
    exam = course.exam and msgspec.structs.replace(course.exam, questions=())
    rest = msgspec.structs.replace(course, weeks=weeks, exam=exam, readings=(), glossary=())
    large = [one for week in course.weeks for one in (*week.sessions, *week.assignments)]
    large += [*(course.exam.questions if course.exam else ()), *course.readings, *course.glossary]
    return assets_in(rest).union(*filter(None, live.each("assets", large, assets_in)))


def _by_file(questions: Sequence[Question]) -> Mapping[str, list[Question]]:
    """Questions by their source file."""
    held = defaultdict[str, list[Question]](list)
    for one in questions:
        if one.place:
            held[one.place.file].append(one)
    return held


def _of_source(source: OutlineSource) -> list[Finding | None]:
    return [check(source) for check in (_unlabelled, _left_out, _title_page, unread_test)]


def _unlabelled(source: OutlineSource) -> Finding | None:
    """Text under headings of the course that name no part; the headings inside the text of a class belong to it."""
    if source.root is None or source.root.label != "course":
        return None
    found = list(_nameless(source.root))
    letters = sum(_character_count(one) for section in found for one in section.own)
    every = sum(map(_character_count, source.root.everything()))
    if letters * 100 <= limits()["foremost"]["unlabelled"] * every:
        return None
    heads = [str(section.head.piece.first) for section in found if section.head]
    return warning(
        "outline-unlabelled",
        f"{letters * 100 // every} % of the characters stand under "
        f"{_count(len(heads), '1 heading', f'{len(heads)} headings')} without a label: {some(source, heads)}",
        Place(source.document.file),
        'state in course.toml what they are ([[correction]] kind = "part"); until then they are '
        "kept as sections of the course",
    )


def _character_count(segment: Segment) -> int:
    """Characters of a line, or of all cells of a table."""
    is_table = isinstance(segment.piece.object, Grid)
    return sum(part.end - part.start for part in segment.piece.parts) if is_table else len(segment.text)


def _nameless(section: OutlineSection) -> Iterator[OutlineSection]:
    for child in section.children:
        if child.label is None and child.series is None and child.said is None:
            if child.own:
                yield child
            yield from _nameless(child)


def _left_out(source: OutlineSource) -> Finding | None:
    """Text that no part could take, and sentences that became only the heading of a list."""
    clean, ledger = source.stream.texts.clean, source.stream.texts.ledger

    def is_lost(one: LedgerEntry) -> bool:
        text = clean[one.unit][one.start : one.end].strip()
        if one.fate == "aside":
            prose = len(text) >= limits()["foremost"]["prose"] and text[-1] in ".!?"
            return one.reason == NOT_UNDERSTOOD or (one.reason == "title page" and prose)
        is_sentence = text.endswith(".") and len(text.split()) > limits()["foremost"]["heading-words"]
        return one.fate == "mark" and one.reason == "heading" and is_sentence

    lost = [one for one in ledger.entries if is_lost(one)]
    letters = sum(len("".join(clean[one.unit][one.start : one.end].split())) for one in lost)
    if letters < limits()["foremost"]["left-out"]:
        return None
    places = [str(unit) for unit in sorted({one.unit for one in lost})]
    return warning(
        "outline-left-out",
        f"{letters} characters were not recognized and are left out: {some(source, places)}",
        Place(source.document.file),
        "state in course.toml what they are ([[correction]]); «coursepack inspect -v» shows how each line was used",
    )


def _pictures(source: OutlineSource, shown: Set[str], live: Live) -> Finding | None:
    """Pictures and files of a document that no part of the course shows; those above all of its content are a title
    page's."""
    document = source.document
    drawn = live.of("drawn", (document,), lambda: {unit.number: assets_in(unit) for unit in document.units})
    places = [number for number, assets in drawn.items() if assets - shown]
    if not places:
        return None
    content = [one.unit for one in source.stream.texts.ledger.entries if one.fate == "content"]
    count = len(set().union(*drawn.values()) - shown)
    tell = warning if not content or places[-1] > min(content) else note
    return tell(
        "outline-pictures-left-out",
        f"pictures or files that no part of the course shows: {count}, {some(source, [str(one) for one in places])}",
        Place(source.document.file),
        "state in course.toml what the lines around them are ([[correction]])",
    )


_FEW_WORDS = languages.expression(r"[@A@](?:(?![@A@.])\w)*(?:,?\s(?:(?![@A@])[^\W\d_])+){2,}[.!]")
"""«Nobody enters without a coat.»"""


def _is_text(piece: Piece) -> bool:
    """Whether a piece is a paragraph or a sentence of text, even one of a few words in lower case."""
    if looks_like_text(piece) or speaks(piece.text):
        return True
    few = _FEW_WORDS.fullmatch(piece.text) is not None and not words().front("reader", piece.text)
    return few and words().covered(("paper", "paper-kind", "course"), piece.text) < _HALF


_HALF = 0.5


def _title_page(source: OutlineSource) -> Finding | None:
    """Labelled values, tables and paragraphs of text among the lines excluded as a title page."""
    clean, ledger = source.stream.texts.clean, source.stream.texts.ledger
    aside = [one for one in ledger.entries if one.fate == "aside" and one.reason == "title page"]
    table_of = {
        part.unit: nth
        for nth, piece in enumerate(source.stream.pieces)
        if isinstance(piece.object, Grid)
        for part in piece.parts
    }
    tables = {table_of[one.unit]: one.unit for one in reversed(aside) if one.unit in table_of}
    labelled = [
        one.unit
        for one in aside
        if one.unit not in table_of and _LABELLED.match(clean[one.unit][one.start : one.end].strip())
    ]
    units = {one.unit for one in aside}
    pieces = [one for one in source.stream.pieces if one.object is None and one.parts]
    within = [one for one in pieces if units.issuperset(part.unit for part in one.parts)]
    told = [one.parts[0].unit for one in within if _is_text(one)]
    if not (labelled or tables or told):
        return None
    said = [
        _count(len(labelled), "1 labelled value", f"{len(labelled)} labelled values"),
        _count(len(tables), "1 table", f"{len(tables)} tables"),
        _count(len(told), "1 paragraph of text", f"{len(told)} paragraphs of text"),
    ]
    places = [str(unit) for unit in sorted({*labelled, *tables.values(), *told})]
    return warning(
        "outline-title-page-data",
        f"{', '.join(filter(None, said))} set aside with the title page: {some(source, places)}",
        Place(source.document.file),
        "declare them in [about] of course.toml, or state what they are ([[correction]])",
    )


def _count(number: int, one: str, many: str) -> str:
    return "" if not number else one if number == 1 else many


def _essays(source: OutlineSource, questions: Sequence[Question]) -> Finding | None:
    """Questions of a test without options, among those of the exam that a source has."""
    units = {
        part.unit
        for draft in source.drafts
        if draft.kind == "tests"
        for piece in draft.get("body")
        for part in piece.parts
    }
    if not units:
        return None
    found = [one for one in questions if one.place and one.place.first in units]
    essays = [str(one.place.first) for one in found if isinstance(one, Essay) and one.place]
    least = limits()["foremost"]
    if len(essays) < least["essays-least"] or len(essays) * 100 <= least["essays"] * len(found):
        return None
    return warning(
        "outline-test-essays",
        f"{len(essays)} of {len(found)} questions of the test have no answers to choose from: {some(source, essays)}",
        Place(source.document.file),
        "check how their answers are written; set aside in course.toml what is not a question",
    )
