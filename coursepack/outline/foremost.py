"""What a person should know of a reading before anything else: letters that nothing names, data that was set aside with
a title page, a test whose questions have no answers to choose from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coursepack.model.course import Course
from coursepack.model.document import Grid
from coursepack.model.questions import Essay
from coursepack.outline.bank.limits import limits as bank_limits
from coursepack.outline.bank.looks import has
from coursepack.outline.bank.said import CLASS, is_key
from coursepack.outline.found import Source
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.sections import Section
from coursepack.outline.tree.signals import _LABELLED
from coursepack.outline.unsure import limits, some
from coursepack.place import Finding, Place, warning


def foremost(course: Course, sources: Sequence[Source]) -> list[Finding]:
    """The warnings that stand at the top of a report, each of one source with counts and first places."""
    checks = (_unlabelled, _title_page, _unread_test)
    made = [one for source in sources for one in (*(check(source) for check in checks), _essays(source, course))]
    return [one for one in made if one is not None]


def _unread_test(source: Source) -> Finding | None:
    """Lines that state the answers of a test, that ask, or of which one of several is bold again and again, where they
    were read as text for students or set aside."""
    if any(draft.kind == "tests" for draft in source.drafts) and not _stated(source):
        return None
    pieces = [one for one in source.stream.pieces if one.object is None and one.text and one.parts]
    for what, found in (
        ("that state answers, as those of a test do,", _stated(source)),
        ("that are the letter of an answer and its text", _lettered(source, pieces)),
        ("that ask, each over a short line,", _asking(source, pieces)),
        ("of which one among several is bold, as right answers are,", _bold(source, pieces)),
    ):
        if found:
            name = source.stream.texts.ledger.unit_name
            return warning(
                "bank-unread",
                f"{len(found)} lines {what} were read as text: {some(source, list(map(str, found)))}",
                Place(source.document.file, found[0], found[0], name),
                'if it is a test, give the file the role that it has in course.toml (role = "tests"); what '
                "students may read shows these answers",
            )
    return None


def _stated(source: Source) -> list[int]:
    """The lines that state answers and were taken for no keys, where they are many of a document's."""
    clean, ledger = source.stream.texts.clean, source.stream.texts.ledger
    lines = sum(1 for text in clean.values() if text.strip())
    found = [
        one.unit
        for one in ledger.entries
        if one.fate != "mark" and any(map(is_key, clean[one.unit][one.start : one.end].split("\n")))
    ]
    return found if _are_many(len(found), lines) else []


def _are_many(count: int, lines: int) -> bool:
    return count >= bank_limits()["keyed"] and count * 100 >= lines * bank_limits()["keyed-share"]


_SHORT = 60
_ANSWER = re.compile(rf"\d{{1,4}}\s?[.)–-]\s*{CLASS}\s?[.)]\s*\S")


def _lettered(source: Source, pieces: Sequence[Piece]) -> list[int]:
    """The lines «1. B) carbon», where nearly all are: the answers of a test that is not there."""
    clean = source.stream.texts.clean
    found = [one.first for one in pieces if _ANSWER.match(clean[one.first].strip())]
    return found if len(found) * 5 >= len(pieces) * 4 and _are_many(len(found), len(pieces)) else []


def _asking(source: Source, pieces: Sequence[Piece]) -> list[int]:
    """The lines of a document without questions that ask over one short line that does not, where they are most."""
    if any(draft.kind in {"exam", "tests", "ticket", "tickets"} or draft.get("review") for draft in source.drafts):
        return []
    asks = [one.text.rstrip().endswith("?") for one in pieces]
    short = [len(one.text) < _SHORT and not asking for one, asking in zip(pieces, asks, strict=True)]
    found = [pieces[at].first for at in range(len(pieces) - 1) if asks[at] and short[at + 1]]
    return found if len(found) * 4 >= len(pieces) and _are_many(len(found), len(pieces)) else []


def _is_bold(piece: Piece) -> bool:
    return piece.bold or has(piece.inlines(), "bold")


def _bold(source: Source, pieces: Sequence[Piece]) -> list[int]:
    """The bold ones among three short lines or more below a line that is none of them, where that is most of a
    document."""
    if any(draft.kind == "tests" for draft in source.drafts):
        return []
    lists: list[list[Piece]] = [[]]
    for before, one in pairwise(pieces):
        if one.heading is not None or one.label is None or (before.label is None and lists[-1]):
            lists.append([])
        if one.label is not None and len(one.text) < _SHORT * 2:
            lists[-1].append(one)
    answers = [each for each in lists if len(each) > 2 and sum(map(_is_bold, each)) == 1]
    lines = sum(map(len, answers))
    found = [one.first for each in answers for one in each if _is_bold(one)]
    return found if lines * 2 > len(pieces) and _are_many(len(found), len(pieces)) else []


def _unlabelled(source: Source) -> Finding | None:
    """Letters under headings of the course that nothing names; the headings inside the text of a class are its own."""
    if source.root is None or source.root.label != "course":
        return None
    found = list(_nameless(source.root))
    letters = sum(len(one.text) for section in found for one in section.own)
    every = sum(len(one.text) for one in source.root.everything())
    if letters * 100 <= limits()["foremost"]["unlabelled"] * every:
        return None
    heads = [str(section.head.piece.first) for section in found if section.head]
    return warning(
        "outline-unlabelled",
        f"{letters * 100 // every} % of the letters stand under "
        f"{_count(len(heads), '1 heading', f'{len(heads)} headings')} without a label: {some(source, heads)}",
        Place(source.document.file),
        'say in course.toml what they are ([[correction]] kind = "part"); until then they are sections of the course',
    )


def _nameless(section: Section) -> Iterator[Section]:
    for child in section.children:
        if child.label is None and child.series is None and child.said is None:
            if child.own:
                yield child
            yield from _nameless(child)


def _title_page(source: Source) -> Finding | None:
    """Labelled values and tables among what was set aside as a title page."""
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
    if not labelled and not tables:
        return None
    said = [
        _count(len(labelled), "1 labelled value", f"{len(labelled)} labelled values"),
        _count(len(tables), "1 table", f"{len(tables)} tables"),
    ]
    places = [str(unit) for unit in sorted({*labelled, *tables.values()})]
    return warning(
        "outline-title-page-data",
        f"{' and '.join(filter(None, said))} set aside with the title page: {some(source, places)}",
        Place(source.document.file),
        "declare them in [about] of course.toml, or say what they are ([[correction]])",
    )


def _count(number: int, one: str, many: str) -> str:
    return "" if not number else one if number == 1 else many


def _essays(source: Source, course: Course) -> Finding | None:
    """Questions of a test without answers to choose from."""
    units = {
        part.unit
        for draft in source.drafts
        if draft.kind == "tests"
        for piece in draft.get("body")
        for part in piece.parts
    }
    found = [
        one
        for one in (course.exam.questions if course.exam else ())
        if one.place and one.place.file == source.document.file and one.place.first in units
    ]
    essays = [str(one.place.first) for one in found if isinstance(one, Essay) and one.place]
    least = limits()["foremost"]
    if len(essays) < least["essays-least"] or len(essays) * 100 <= least["essays"] * len(found):
        return None
    return warning(
        "outline-test-essays",
        f"{len(essays)} of {len(found)} questions of the test have no answers to choose from: {some(source, essays)}",
        Place(source.document.file),
        "look at how their answers are written; what is no question is set aside or corrected in course.toml",
    )
