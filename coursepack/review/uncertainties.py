"""The queue of doubts: what a person should decide, in the order of what it would spoil."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice
from coursepack.outline import Understood
from coursepack.outline.found import OutlineSource
from coursepack.outline.quality import absent
from coursepack.outline.tree.sections import OutlineSection
from coursepack.outline.unsure import doubted
from coursepack.place import Finding, Place, Severity
from coursepack.review.course import Snapshot


@dataclass(frozen=True)
class Interpretation:
    """One answer to a doubt: the part that a passage is, and why it may be; ``form`` is the act that says so."""

    part: str
    reasons: tuple[tuple[str, int], ...]
    form: dict[str, str]


@dataclass(frozen=True)
class Doubt:
    """``weight`` orders the queue: the kind of harm first, then letters that hang on it. ``id`` stays while the doubt
    does. ``message`` is the finding's own words, where there are no readings to choose from."""

    id: str
    weight: tuple[int, int]
    title: str
    code: str
    message: str = ""
    advice: str = ""
    source: int | None = None
    unit: int | None = None
    readings: tuple[Interpretation, ...] = field(default_factory=tuple)
    question: str = ""
    """The id of the question that has no key."""
    part: str = ""
    """What is missing, as a correction names it: the line where it begins is to be shown; ``near``: ``unit`` is not
    that line, but the part before it or around it."""
    near: bool = False
    number: int | None = None
    form: str = ""
    """The page whose form takes what is missing."""


# What comes first: findings that stop a build, files and parts that are missing, tests that may be shown with their
# keys, parts that may be others, letters.
_STOPS, _UNREAD, _GUARD, _MISSING, _PART, _KEY, _LETTERS, _OTHER = range(8)
KINDS = {
    "project-file-unread": _UNREAD,
    "project-file-unlisted": _UNREAD,
    "project-left-out": _UNREAD,
    "outline-correction-lost": _UNREAD,
    "outline-correction-unmatched": _UNREAD,
    "bank-doubtful": _GUARD,
    "bank-empty": _GUARD,
    "bank-unread": _GUARD,
    "outline-test-essays": _GUARD,
    "outline-test-without-key": _GUARD,
    "outline-not-found": _MISSING,
    "outline-nothing-found": _MISSING,
    "outline-title-page-data": _MISSING,
    "outline-unlabelled": _MISSING,
    "reading-old-font": _LETTERS,
    "reading-mojibake": _LETTERS,
    "reading-without-own-letters": _LETTERS,
    "outline-paragraphs-doubtful": _OTHER,
    "outline-variant-proposed": _OTHER,
}
_SAID_BY_PART = frozenset({"outline-unsure", "outline-many-unsure", "project-drafted"})
MOST_KEYS = 200
"""Questions without a key that are asked about one by one."""


def doubts(snapshot: Snapshot) -> list[Doubt]:
    """Every doubt, the worst first."""
    understood = snapshot.understood
    found = [
        *(uncertainty for number, source in enumerate(understood.sources) for uncertainty in _of_parts(number, source)),
        *_of_findings(understood),
        *_of_keys(understood),
    ]
    return sorted(found, key=lambda uncertainty: uncertainty.weight)


def _of_parts(number: int, source: OutlineSource) -> Iterator[Doubt]:
    for section, other in doubted(source):
        if section.head is None:
            continue
        unit = section.head.piece.first
        form = {"act": "part", "source": str(number), "unit": str(unit)}
        now = section.label or "none"
        reasons = tuple(sorted(section.reasons.items(), key=lambda one: -abs(one[1])))
        characters = sum(len(one.text) for one in section.everything())
        yield Doubt(
            id=f"part-{number}-{unit}",
            weight=(_PART, -characters),
            title=section.head.text[:120],
            code="outline-unsure",
            source=number,
            unit=unit,
            readings=(
                Interpretation(now, reasons, {**form, "part": now}),
                Interpretation(other, _runner(section), {**form, "part": other}),
            ),
        )


def _runner(section: OutlineSection) -> tuple[tuple[str, int], ...]:
    return (("score", section.score - section.margin),) if section.runner else ()


_IN_A_FORM = {"outline-title-page-data": "/about"}
"""Findings that end when a form is filled in."""


def _of_findings(understood: Understood) -> Iterator[Doubt]:
    files = [source.document.file for source in understood.sources]
    missing = {one.finding.message: one for one in absent(understood.course)}
    open_: dict[int | None, tuple[int | None, int | None]] = {}  # all lines are gone through for it
    for number, finding in enumerate(understood.findings):
        kind = _kind(finding)
        if kind is None:
            continue
        sought = missing.get(finding.message) if finding.code == "outline-not-found" else None
        source, unit = place(files, sought.near if sought else finding.place)
        if unit is None and (sought or kind == _MISSING):
            if source not in open_:
                open_[source] = _open(understood, source)
            source, unit = open_[source]
        yield Doubt(
            id=f"finding-{number}-{finding.code}",
            weight=(kind, number),
            title=finding.place.file if finding.place else "",
            code=finding.code,
            message=finding.message,
            advice=finding.advice,
            source=source,
            unit=unit,
            part=sought.part if sought else "",
            near=sought is not None and sought.near is not None,
            number=sought.number if sought else None,
            form=_IN_A_FORM.get(finding.code, ""),
        )


def _open(understood: Understood, source: int | None) -> tuple[int | None, int | None]:
    """Where to look for what has no place: the first line that nothing was made of, in the named source or any, else
    the first that was left out, else the first line."""
    numbers = range(len(understood.sources)) if source is None else (source,)
    ledgers = [(number, understood.sources[number].stream.texts.ledger) for number in numbers]
    stated = {number: {entry.unit for entry in ledger.entries} for number, ledger in ledgers}
    for number, ledger in ledgers:
        texts = (unit for unit, text in ledger.units.items() if unit not in stated[number] and text.strip())
        if (unit := next(texts, None)) is not None:
            return number, unit
    for number, ledger in ledgers:
        taken = {entry.unit for entry in ledger.entries if entry.fate != "aside"}
        texts = (unit for unit, text in ledger.units.items() if unit not in taken and text.strip())
        if (unit := next(texts, None)) is not None:
            return number, unit
    lines = ((number, unit) for number, ledger in ledgers for unit, text in ledger.units.items() if text.strip())
    return next(lines, (source, None))


def _kind(finding: Finding) -> int | None:
    if finding.severity is Severity.ERROR:
        return _STOPS
    if finding.code in _SAID_BY_PART:
        return None
    if finding.severity is Severity.NOTE:
        return KINDS.get(finding.code)
    return KINDS.get(finding.code, _MISSING)


def place(files: Sequence[str], found: Place | None) -> tuple[int | None, int | None]:
    """The number of the source and the line of a place; None where it is in no source."""
    if found is None or found.file not in files:
        return None, None
    return files.index(found.file), found.first or None


def _of_keys(understood: Understood) -> Iterator[Doubt]:
    files = [source.document.file for source in understood.sources]
    bare = [one for one in understood.course.questions() if isinstance(one, MultipleChoice) and not _has_key(one)]
    for number, question in enumerate(bare[:MOST_KEYS]):
        source, unit = place(files, question.place)
        yield Doubt(
            id=f"key-{question.id}",
            weight=(_KEY, number),
            title=" ".join(block_text(question.text).split())[:120],
            code="question-without-key",
            source=source,
            unit=unit,
            question=question.id,
        )


def _has_key(question: MultipleChoice) -> bool:
    return any(choice.fraction > 0 for choice in question.choices)
