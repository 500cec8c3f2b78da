"""Corrections inside of questions: of a bank only the questions around one are read anew.

A stretch of a bank is read as a document of its own. Where that gives the questions that the whole bank gave there,
letter by letter with the same fates, and the corrected stretch changes neither its first nor its last question, what
it gives stands in the bank from then on. Where it does not, or says something else of the bank, the bank is read as a
whole with its corrections. Which of both is told by the documents and by course.toml alone.
"""

from __future__ import annotations

import copy
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from coursepack.model.document import Document
from coursepack.model.questions import MultipleChoice, Question
from coursepack.outline.about import AboutCollector
from coursepack.outline.bank.guard import BankProblems, Doubt
from coursepack.outline.bank.limits import limits
from coursepack.outline.corrections import anchor, apply_again, found, settle
from coursepack.outline.found import Anchored, OutlineSource
from coursepack.outline.gathering import Gathering
from coursepack.outline.languages import keep_one
from coursepack.outline.pieces import SourceTexts, Stream
from coursepack.outline.question_places import QuestionNumbers
from coursepack.outline.reuse import SourceRecord, stated_keys
from coursepack.outline.stream import stream
from coursepack.outline.tree.grow import grow
from coursepack.place import Finding, Place
from coursepack.project.course_toml import Correction, Loaded, SourceEntry
from coursepack.stages import Live, key

_KINDS = frozenset({"replace", "join", "break", "debris", "items", "paragraph", "list-item", "heading"})
"""Corrections that may change no more than the question that they stand in."""
_ROLES = frozenset({"tests", "questions"})
Take = Callable[[Gathering, OutlineSource], None]
"""What makes questions of the drafts of a source."""


def parted(
    loaded: Loaded, documents: Sequence[tuple[Document, SourceEntry]], apart: Sequence[Correction] = ()
) -> tuple[Loaded, dict[str, tuple[Correction, ...]]]:
    """The project without the corrections that may be of single questions, and those, by their file: of banks that
    did not change since. Those ``apart`` are known to be of more."""
    sums = {document.file: document.sha256 for document, entry in documents if entry.role in _ROLES}
    every = loaded.project.correction
    near = [one for one in every if one.kind in _KINDS and one.sha256 and sums.get(one.file or "") == one.sha256]
    near = [one for one in near if not any(one is other for other in apart)]
    if not near:
        return loaded, {}
    left = tuple(one for one in every if not any(one is other for other in near))
    by_file = {file: tuple(one for one in near if one.file == file) for file in sums}
    project = msgspec.structs.replace(loaded.project, correction=left)
    return msgspec.structs.replace(loaded, project=project), {file: own for file, own in by_file.items() if own}


class Attempts:
    """What is known of corrections of banks in the light of the others (``without`` those): ``known`` says of those of
    a file, one after the other, whether the last is of its stretch alone, and of all together whether they fit."""

    def __init__(
        self,
        known: dict[str, bool],
        without: Loaded,
        documents: Sequence[tuple[Document, SourceEntry]],
        near: dict[str, tuple[Correction, ...]],
    ) -> None:
        self._known = known
        self._near = near
        self._all = key(without.project, [document.sha256 for document, _ in documents])

    def failed(self) -> tuple[Correction, ...]:
        """The corrections of a file up to the first one that is known to be of more than its stretch; none where
        something before it is not known: the first one is to be found, whatever was tried before."""
        for own in self._near.values():
            for name, until in self._each(own):
                if not self._known.get(name, False):
                    return until if name in self._known else ()
        return next(iter(self._near.values())) if self._known.get(self._together(), True) is False else ()

    def tell(self, own: tuple[Correction, ...], alone: Sequence[bool]) -> None:
        """Whether each of the first corrections of a file is of its stretch alone."""
        self._known.update(zip((name for name, _ in self._each(own)), alone, strict=False))

    def tell_fit(self, *, fit: bool) -> None:
        """Whether all corrections together can be put into their banks."""
        self._known[self._together()] = fit

    def _each(self, own: tuple[Correction, ...]) -> Iterator[tuple[str, tuple[Correction, ...]]]:
        name = self._all
        for at, one in enumerate(own, 1):
            name = key(name, one)
            yield name, own[:at]

    def _together(self) -> str:
        return key(self._all, "fit", [list(own) for own in self._near.values()])


@dataclass(frozen=True)
class Stretched:
    """A bank with corrected stretches."""

    source: OutlineSource
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class _Read:
    """A stretch as it was read: its questions, what was found in it, and what else was said."""

    source: OutlineSource
    questions: tuple[Question, ...]
    findings: tuple[Finding, ...]
    told: str


def corrected(
    all_: Gathering,
    records: Sequence[SourceRecord],
    near: dict[str, tuple[Correction, ...]],
    take: Take,
    live: Live,
    attempts: Attempts,
) -> bool:
    """Correct the stretches of banks. Where a correction is of more than its stretch ``all_`` stays as it is; which one
    is told to ``attempts``."""
    result: list[tuple[SourceRecord, Stretched]] = []
    for file, own in near.items():
        record = next((one for one in records if one.source.document.file == file), None)
        after = _one_by_one(all_, record, own, take, live)
        attempts.tell(own, [one is not None for one in after])
        if record is None or after[-1] is None:
            return False
        result.append((record, after[-1]))
    fit = all(_fits(all_, record, now) for record, now in result)
    attempts.tell_fit(fit=fit)
    for record, now in result if fit else ():
        _put(all_, record, now)
    return fit


def _one_by_one(
    all_: Gathering, record: SourceRecord | None, own: tuple[Correction, ...], take: Take, live: Live
) -> list[Stretched | None]:
    """A bank with the first of its corrections, with the first two, and so on, up to the first that is of more than its
    stretch: None."""
    held = _questions(record)
    if record is None or not held:
        return [None]
    result: list[Stretched | None] = []
    now: Stretched | None = Stretched(record.source, held)
    while now is not None and len(result) < len(own):
        now = _after(all_, record, now, own[: len(result) + 1], take, live)
        result.append(now)
    return result


def _after(
    all_: Gathering, record: SourceRecord, now: Stretched, own: Sequence[Correction], take: Take, live: Live
) -> Stretched | None:
    """The bank with the last of some corrections, ``now`` with those before it. What was made of the same bank before
    is taken where the classes of the course still answer what was asked of them, and files of keys say the same."""
    homes = all_.shelves.homes

    def make() -> tuple[Stretched | None, tuple[tuple[str, object, object], ...]]:
        asked = len(homes.asked)
        made = _next(all_, now, own[-1], take)
        return made, tuple(homes.asked[asked:])

    name = (key(stated_keys(all_.keys)), *(key(one) for one in own))
    made, asked = live.of("stretch", (record.source, *_before(now, record)), make, *name)
    if homes.answers(asked):
        return made
    classes = key([(week, one.id, one.kind, one.number, one.title) for week, one in homes.sessions])
    made, _ = live.of("stretch-among", (record.source, *_before(now, record)), make, classes, *name)
    return made


def _before(now: Stretched, record: SourceRecord) -> tuple[Stretched, ...]:
    """What a bank with corrections goes on from, where it does."""
    return () if now.source is record.source else (now,)


def _questions(record: SourceRecord | None) -> tuple[Question, ...]:
    """The questions of a source that gives nothing else, in one list."""
    if record is None or record.rest is None or record.classes or record.tasks:
        return ()
    lists = [*filter(None, (record.rest.added["exam"], *record.rest.own.values()))]
    held = lists[0] if len(lists) == 1 else ()
    firsts = [(one.place and one.place.first) or 0 for one in held]
    return held if all(firsts) and all(a < b for a, b in pairwise(firsts)) else ()


def _next(all_: Gathering, now: Stretched, correction: Correction, take: Take) -> Stretched | None:
    """The bank with one more correction; None where it is of more than its stretch."""
    passage = found(now.source, correction)
    one = anchor(now.source, passage, correction) if passage else None
    if one is None or one.whole:
        return None
    bounds = _bounds(now, one.unit)
    if bounds is None:
        return None
    first, last = bounds
    starts = [question.place.first for question in now.questions if question.place]
    units = now.source.document.units
    numbers = [unit.number for unit in units]
    ends = not first, last == len(starts)
    begin = 0 if ends[0] else bisect_left(numbers, starts[first])
    end = len(numbers) if ends[1] else bisect_left(numbers, starts[last])
    if (not ends[0] and numbers[begin] != starts[first]) or (not ends[1] and numbers[end] != starts[last]):
        return None  # a question begins inside of a table
    within = range(0 if ends[0] else starts[first], sys.maxsize if ends[1] else starts[last])
    own = [other for other in now.source.anchored if other.unit in within or other.correction.kind == "options"]
    document = msgspec.structs.replace(now.source.document, units=units[begin:end], findings=())
    before = _read(all_, now.source, document, own, take)
    after = _read(all_, now.source, document, [*own, one], take)
    if (
        before is None
        or after is None
        or before.told != after.told
        or not _is_read_so(now, before, first, last, within)
    ):
        return None
    replaced = _said(now.questions[first:last], before.questions, after.questions, ends)
    if replaced is None:
        return None
    questions = (*now.questions[:first], *replaced, *now.questions[last:])
    source = _spliced(now.source, after.source, within)
    source.anchored = [*now.source.anchored, one]
    apart = _keyed_apart(now.questions[first:last], before.questions)
    source.doubts = [
        _uncertainties(
            source.document.file, one, _stated_in(after.source.doubts[0], within, apart), within, len(questions)
        )
        for one in now.source.doubts
    ]
    source.findings = _findings(now.source, after.findings, within, source.doubts)
    return Stretched(source, questions)


def _bounds(now: Stretched, unit: int) -> tuple[int, int] | None:
    """The questions of a stretch around a unit, from the first to behind the last; None before the first question."""
    starts = [question.place.first for question in now.questions if question.place]
    at = bisect_right(starts, unit) - 1
    width = limits()["stretch"]
    return (max(at - width, 0), min(at + width + 1, len(starts))) if at >= 0 else None


def _read(
    all_: Gathering, whole: OutlineSource, document: Document, own: Sequence[Anchored], take: Take
) -> _Read | None:
    """A stretch, read as a document of its own."""
    source = OutlineSource(
        document, whole.entry, stream(document, whole.entry.role, whole.marks), whole.marks, free_ticks=whole.free_ticks
    )
    if not all(apply_again(source, one) for one in own):
        return None
    project, detected = all_.loaded.project, AboutCollector()
    language_findings = keep_one(source, project.language, declared=bool(project.languages))
    source.drafts = grow(source, detected)
    missed = settle(source, [one.correction for one in own])
    alone = Gathering(
        all_.loaded, [source], detected=detected, shelves=QuestionNumbers(all_.shelves.homes), keys=all_.keys
    )
    take(alone, source)
    parts = (alone.sessions, alone.assignments, alone.sections, alone.tickets, alone.readings, alone.glossary)
    lists = [*filter(None, (alone.exam, *alone.own.values()))]
    if any(parts) or len(lists) != 1 or len(source.doubts) > 1:
        return None
    key_parts = (
        language_findings,
        missed,
        alone.findings,
        source.stream.findings,
        vars(detected),
        alone.week_titles,
        len(source.doubts),
    )
    return _Read(source, tuple(lists[0]), tuple(_single(source.findings)), key(*key_parts))


_OF_ALL = frozenset({"outline-test-without-key", "bank-doubtful"})
"""Findings on all doubts of a bank together."""


def _single(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings but those on all doubts."""
    return (one for one in findings if one.code not in _OF_ALL)


# --- whether a stretch says what the bank says


def _bare(question: Question, *, keyed: bool = True) -> Question:
    """A question without what the bank around it gives it; one without its key, too."""
    result = msgspec.structs.replace(question, id="", number=None, session=None, category=())
    if keyed or not isinstance(result, MultipleChoice):
        return result
    choices = tuple(msgspec.structs.replace(choice, fraction=0.0) for choice in result.choices)
    return msgspec.structs.replace(result, choices=choices, single=True)


def _is_keyed(question: Question) -> bool:
    return not isinstance(question, MultipleChoice) or any(choice.fraction > 0 for choice in question.choices)


def _same(one: Question, alone: Question) -> bool:
    """Whether a question is the same in its bank and in its stretch, where its key may be out of sight."""
    keyed = _is_keyed(alone)
    return _bare(one, keyed=keyed) == _bare(alone, keyed=keyed)


def _is_read_so(now: Stretched, alone: _Read, first: int, last: int, within: range) -> bool:
    """Whether a stretch that is read alone says what the bank says there."""
    was = now.questions[first:last]
    if len(was) != len(alone.questions) or not all(map(_same, was, alone.questions)):
        return False
    here = [one for one in _single(now.source.findings) if _is_in(one.place, within)]
    if here != [one for one in alone.findings if _is_in(one.place, within)]:
        return False
    if len(now.source.doubts) != len(alone.source.doubts):
        return False
    apart = _keyed_apart(was, alone.questions)
    doubted = zip(now.source.doubts, alone.source.doubts, strict=True)
    if any(_stated_in(one, within) != _stated_in(other, within, apart) for one, other in doubted):
        return False
    return _fates(now.source, within) == _fates(alone.source, within)


def _is_in(place: Place | None, within: range) -> bool:
    return place is not None and place.first in within


def _stated_in(doubts: BankProblems, within: range, apart: Collection[int] = ()) -> list[list[Doubt]]:
    """The doubts of some units; ``apart`` are where questions begin whose keys are out of sight."""
    keyless = [(place, "") for place in doubts.keyless if place is None or place.first not in apart]
    return [[one for one in some if _is_in(one[0], within)] for some in (doubts.found, doubts.unsure, keyless)]


def _keyed_apart(was: Sequence[Question], alone: Sequence[Question]) -> frozenset[int]:
    """Where the questions begin that have their key from beyond their stretch."""
    pairs = zip(was, alone, strict=True)
    apart = (one for one, other in pairs if _is_keyed(one) and not _is_keyed(other))
    return frozenset(one.place.first for one in apart if one.place and one.place.first)


def _fates(source: OutlineSource, within: range) -> list[tuple[int, int, int, str, str]]:
    entries = source.stream.texts.ledger.entries
    return sorted((one.unit, one.start, one.end, one.fate, one.reason) for one in entries if one.unit in within)


def _said(
    was: Sequence[Question], before: Sequence[Question], after: Sequence[Question], ends: tuple[bool, bool]
) -> tuple[Question, ...] | None:
    """The questions of the corrected stretch in their bank; None where it is not told what they are there. ``ends``:
    whether the stretch begins and ends as the bank does."""
    shorter = min(len(was), len(after))
    head = next((n for n in range(shorter) if before[n] != _like(after[n], before[n])), shorter)
    tail = next((n for n in range(shorter - head) if _bare(before[-1 - n]) != _bare(after[-1 - n])), shorter - head)
    if head == len(was) == len(after):
        return tuple(was)
    if not (head or ends[0]) or not (tail or ends[1]):
        return None
    old, new = was[head : len(was) - tail], after[head : len(after) - tail]
    homes = {(one.session, one.category) for one in was[max(head - 1, 0) : len(was) - tail + 1]}
    if len(old) != len(new) and len(homes) > 1:
        return None
    alone = before[head : len(before) - tail]
    keys_apart = any(_is_keyed(one) and not _is_keyed(other) for one, other in zip(old, alone, strict=True))
    if len(old) != len(new) and keys_apart:
        return None
    result = [_in_bank(one, old[n] if len(old) == len(new) else was[max(head - 1, 0)]) for n, one in enumerate(new)]
    if keys_apart:
        keyed = [_with_key(one, other) for one, other in zip(result, old, strict=True)]
        if None in keyed:
            return None
        result = [one for one in keyed if one is not None]
    return (*was[:head], *result, *was[len(was) - tail :])


def _like(question: Question, other: Question) -> Question:
    return msgspec.structs.replace(question, id=other.id, number=other.number)


def _in_bank(question: Question, other: Question) -> Question:
    """A question of a stretch where another one stood in the bank."""
    return msgspec.structs.replace(
        question, id=other.id, number=other.number, session=other.session, category=other.category
    )


def _with_key(question: Question, other: Question) -> Question | None:
    """A question with the key that another one has from elsewhere."""
    if not isinstance(other, MultipleChoice) or _is_keyed(question) or not _is_keyed(other):
        return question
    if not isinstance(question, MultipleChoice) or len(question.choices) != len(other.choices):
        return None
    pairs = zip(question.choices, other.choices, strict=True)
    choices = tuple(msgspec.structs.replace(one, fraction=key_.fraction) for one, key_ in pairs)
    return msgspec.structs.replace(question, choices=choices, single=other.single)


# --- the bank with the stretch in it


def _spliced(whole: OutlineSource, part: OutlineSource, within: range) -> OutlineSource:
    """A source with the pieces and the claims of another reading of some of its units; the source stays as it is."""
    before, after = whole.stream, part.stream
    at = [n for n, piece in enumerate(before.pieces) if piece.parts and piece.first in within]
    pieces = [*before.pieces[: at[0]], *after.pieces, *before.pieces[at[-1] + 1 :]]
    texts = SourceTexts(
        before.texts.ledger.with_units(after.texts.ledger, within), {**before.texts.clean, **after.texts.clean}
    )
    texts.said = {**before.texts.said, **after.texts.said}
    texts.replaced = before.texts.replaced | after.texts.replaced
    texts.blank = {**before.texts.blank, **after.texts.blank}
    result = copy.copy(whole)
    result.__dict__.pop("says_first", None)
    result.stream = Stream(pieces, texts, before.place_file, before.wrapped, before.language, before.findings)
    return result


def _uncertainties(
    file: str, one: BankProblems, reported: Sequence[Sequence[Doubt]], within: range, questions: int
) -> BankProblems:
    """The doubts of a bank with those of a stretch in their order."""
    every = (one.found, one.unsure, [(place, "") for place in one.keyless])
    found, unsure, keyless = (list(_merged(*each, within)) for each in zip(every, reported, strict=True))
    return one.but(file, questions, found, unsure, [place for place, _ in keyless])


def _merged(of_all: Sequence[Doubt], own: Sequence[Doubt], within: range) -> Iterator[Doubt]:
    """Where the doubts of the stretch stood, else before the first one behind it, come the new ones."""
    left = list(own)
    for one in of_all:
        if left and one[0] is not None and (one[0].first or 0) >= within.start:
            yield from left
            left = []
        if not _is_in(one[0], within):
            yield one
    yield from left


def _findings(
    whole: OutlineSource, own: Sequence[Finding], within: range, doubts: Sequence[BankProblems]
) -> list[Finding]:
    """The findings of a bank with those of a stretch."""
    others = [one for one in _single(whole.findings) if not _is_in(one.place, within)]
    here = [one for one in own if _is_in(one.place, within)]
    return [*others, *here, *(found for one in doubts for found in one.findings)]


def _fits(all_: Gathering, record: SourceRecord, now: Stretched) -> bool:
    """Whether the questions can be put into their list: where there are more or fewer than before, the ids of those
    behind them count on."""
    held = _questions(record)
    if len(held) == len(now.questions):
        return True
    in_order = (one.id == f"exam-{n:03d}" and one.number == n for n, one in enumerate(all_.exam, 1))
    return held[0].session is None and not all_.tickets and all(in_order)


def _put(all_: Gathering, record: SourceRecord, now: Stretched) -> None:
    held = _questions(record)
    among = next(some for some in (all_.exam, *all_.own.values()) if any(one is held[0] for one in some))
    first = next(n for n, one in enumerate(among) if one is held[0])
    among[first : first + len(held)] = now.questions
    if more := len(now.questions) - len(held):
        all_.shelves.counts[None] += more
        among[:] = [
            one if one.number == n else msgspec.structs.replace(one, id=f"exam-{n:03d}", number=n)
            for n, one in enumerate(among, 1)
        ]
    all_.sources[:] = [now.source if one is record.source else one for one in all_.sources]
