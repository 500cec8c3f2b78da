"""Sources that did not change between two readings of a course: what was built of them is handed on, the same objects.

Of a source three things are written down while it is built: what it says when its classes and tasks are placed
(``Record.stubs``), what the others made of that (``placing``), and what its other parts found among those of sources
before it and left there (``Rest``). In the next reading it is placed by its stubs; where all comes out as it did,
nothing of it is built again, else it is read from its kept outline as if nobody knew it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from coursepack.model.course import Assignment, Session
from coursepack.outline.bank.sheets import KeySheet
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource, title_of
from coursepack.outline.gathering import Gathering, Placed
from coursepack.outline.pieces import Piece
from coursepack.stages import key, packed, unpacked


@dataclass
class SourceRecord:
    """A source of a reading. ``sessions`` and ``assignments`` are what was built of its drafts, in the order in which
    they were gathered; ``reused``: in this reading nothing is built of it."""

    name: str
    source: OutlineSource
    classes: list[Placed] = field(default_factory=list)
    tasks: list[Placed] = field(default_factory=list)
    stubs: tuple[list[PartDraft], list[PartDraft]] = field(default_factory=lambda: ([], []))
    readings: tuple[int, tuple[Any, ...]] = (0, ())
    placing: tuple[Hashable, ...] = ()
    sessions: dict[int, Session] = field(default_factory=dict)
    assignments: dict[int, Assignment | None] = field(default_factory=dict)
    rest: SharedResults | None = None
    reused: bool = False


def recorded(all_: Gathering, record: SourceRecord, before: Counts) -> None:
    """What a source brought when it was gathered, behind what was there before it."""
    record.classes, record.tasks = all_.sessions[before.sessions :], all_.assignments[before.assignments :]
    record.readings = before.readings, tuple(all_.readings[before.readings :])
    record.stubs = _stubs(record.classes, record.tasks)


@dataclass(frozen=True)
class Counts:
    """How many parts there are."""

    sessions: int
    assignments: int
    readings: int

    @classmethod
    def of(cls, all_: Gathering) -> Counts:
        return cls(len(all_.sessions), len(all_.assignments), len(all_.readings))


def gathered_again(all_: Gathering, known: SourceRecord) -> SourceRecord | None:
    """A source of the reading before, gathered by its stubs; None where its readings would be called otherwise."""
    first, readings = known.readings
    if readings and first != len(all_.readings):
        return None
    classes, tasks = _copies(known.stubs, _itself)
    result = replace(known, reused=True)
    result.classes = [Placed(known.source, one, one.number, built=True) for one in classes]
    result.tasks = [Placed(known.source, one, one.number, built=True) for one in tasks]
    all_.sources.append(known.source)
    all_.readings.extend(readings)
    all_.sessions.extend(result.classes)
    all_.assignments.extend(result.tasks)
    return result


def _stubs(classes: Sequence[Placed], tasks: Sequence[Placed]) -> tuple[list[PartDraft], list[PartDraft]]:
    """Copies of drafts that stay as they are while those are built."""
    return _copies(([one.draft for one in classes], [one.draft for one in tasks]), copy.copy)


def _itself(piece: Piece) -> Piece:
    return piece


def _copies(
    drafts: tuple[list[PartDraft], list[PartDraft]], piece: Callable[[Piece], Piece]
) -> tuple[list[PartDraft], list[PartDraft]]:
    result = {id(one): _copy(one, piece) for some in drafts for one in some}
    for one in result.values():
        if one.parent is not None:
            one.parent = result.get(id(one.parent))
    return [result[id(one)] for one in drafts[0]], [result[id(one)] for one in drafts[1]]


def _copy(draft: PartDraft, piece: Callable[[Piece], Piece]) -> PartDraft:
    fields = {name: list(map(piece, pieces)) for name, pieces in draft.fields.items()}
    title = list(map(piece, draft.title))
    return replace(draft, title=title, unit=list(draft.unit), fields=fields, marks=[], whole=[])


def placing(all_: Gathering, record: SourceRecord) -> tuple[Hashable, ...]:
    """What became of the classes and tasks of a source among those of the others."""
    kept = {id(one) for one in (*all_.sessions, *all_.assignments)}
    classes, tasks = (
        tuple((id(one) in kept, one.fate, *_placed(one)) for one in some) for some in (record.classes, record.tasks)
    )
    return (classes, tasks)


def _placed(one: Placed) -> tuple[Hashable, ...]:
    draft = one.draft
    stated = (
        draft.kind,
        draft.week,
        draft.hours,
        draft.points,
        draft.name,
        draft.unit_name,
        draft.written,
        draft.carried,
        title_of(draft.title),
        *draft.fields,
    )
    return (one.id, one.number, one.week, *stated)


# --- the other parts of a source

_SECTIONS = frozenset({"foreword", "introduction", "conclusion"})
_ASKED = frozenset({"exam", "tests", "answers", "keys", "tickets", "ticket"})
_LISTS = ("findings", "exam", "tickets", "readings", "glossary", "joined")


@dataclass(frozen=True)
class SharedResults:
    """What the other parts of a source found (``seen``), which questions they asked of the classes, from which counts
    they went on, and what they left: ``added`` to lists, ``said`` instead of nothing, ``counts``, ``heard``."""

    seen: tuple[Hashable, ...]
    asked: tuple[tuple[str, Any, object], ...]
    begun: dict[str | None, int]
    added: dict[str, tuple[Any, ...]]
    said: dict[str, Any]
    own: dict[str, tuple[Any, ...]]
    counts: dict[str | None, int]
    classed: frozenset[str]
    detected: bytes

    def fits(self, all_: Gathering, kinds: frozenset[str]) -> bool:
        """Whether all is found as it was."""
        counts = all_.shelves.counts
        return (
            self.seen == seen(all_, kinds)
            and all(counts.get(name, 0) == count for name, count in self.begun.items())
            and all_.shelves.homes.answers(self.asked)
        )

    def left(self, all_: Gathering) -> None:
        """Leave what was left."""
        for name, parts in self.added.items():
            getattr(all_, name).extend(parts)
        for name, value in self.said.items():
            # A second foreword stands below the first, which is the same (``seen``); a week keeps its first title.
            now = {} if name == "sections" else getattr(all_, name)
            setattr(all_, name, {**value, **now} if isinstance(now, dict) else value)
        for name, questions in self.own.items():
            all_.own[name].extend(questions)
        all_.shelves.counts.update(self.counts)
        all_.classed |= self.classed
        if self.detected:
            vars(all_.detected).update(unpacked(self.detected))


def kinds_of(source: OutlineSource) -> frozenset[str]:
    """The kinds of the parts of a source."""
    return frozenset(draft.kind for draft in source.drafts)


def seen(all_: Gathering, kinds: frozenset[str]) -> tuple[Hashable, ...]:
    """What parts of these kinds find that others left."""
    found: list[Hashable] = [all_.toml.file]
    if "exam" in kinds:
        found += ["exam", all_.exam_title is None, all_.exam_place is None]
    if kinds & {"exam", "tests", "keys"}:
        found += ["keys", key(stated_keys(all_.keys)), *all_.joined]
    if kinds & {"ticket", "tickets"}:
        found += ["tickets", len(all_.tickets), *map(id, all_.exam)]
    if "glossary" in kinds:
        found += ["glossary", len(all_.glossary)]
    if "front" in kinds:
        found += ["front", len(all_.readings)]
    if kinds & {*_SECTIONS, "front"}:
        found += ["sections", key(all_.sections)]
    if "week" in kinds:
        found += ["weeks", *sorted(all_.week_titles)]
    if kinds & {"about", "control"}:
        found += ["about", key(vars(all_.detected))]
    return tuple(found)


def stated_keys(keys: Mapping[str, Sequence[KeySheet]]) -> list[object]:
    """What the keys of other files say, in a form that can be hashed."""
    return [
        (test, sheet.file, [(one.head, sorted(one.by_number.items())) for one in sheet.lists])
        for test, sheets in sorted(keys.items())
        for sheet in sheets
    ]


def is_moved(kinds: Iterable[str]) -> bool:
    """Whether parts of these kinds may be others when those of a source before them are."""
    return bool(frozenset(kinds) & {*_ASKED, *_SECTIONS, "glossary", "front", "week", "control", "about"})


@dataclass
class PartRecorder:
    """What is left while the other parts of one source are built."""

    all_: Gathering
    kinds: frozenset[str]

    def __post_init__(self) -> None:
        all_ = self.all_
        all_.shelves.begun, all_.shelves.homes.asked = {}, []
        self._seen = seen(all_, self.kinds)
        self._lengths = {name: len(getattr(all_, name)) for name in _LISTS}
        self._own = {name: len(questions) for name, questions in all_.own.items()}
        self._said = self._scalars()
        self._classed = set(all_.classed)

    def _scalars(self) -> dict[str, Any]:
        all_ = self.all_
        named = {"sections": dict(all_.sections), "week_titles": dict(all_.week_titles)}
        return {"exam_title": all_.exam_title, "exam_place": all_.exam_place, **named}

    def rest(self) -> SharedResults:
        """What was seen and left since."""
        all_ = self.all_
        begun = dict(all_.shelves.begun)
        own = {name: tuple(questions[self._own.get(name, 0) :]) for name, questions in all_.own.items()}
        return SharedResults(
            seen=self._seen,
            asked=tuple(all_.shelves.homes.asked),
            begun=begun,
            added={name: tuple(getattr(all_, name)[length:]) for name, length in self._lengths.items()},
            said={name: value for name, value in self._scalars().items() if value != self._said[name]},
            own={name: questions for name, questions in own.items() if questions},
            counts={name: all_.shelves.counts[name] for name in begun},
            classed=frozenset(all_.classed - self._classed),
            detected=packed(vars(all_.detected)) if self.kinds & {"about", "control"} else b"",
        )
