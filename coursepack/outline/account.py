"""The account: what a ledger claims as content is found in the finished course, or it is an error of ours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any

import msgspec

from coursepack.model.blocks import Math, Picture, Run
from coursepack.model.course import Assignment, Course, Reading, Section, Session, Week
from coursepack.model.ledger import LedgerEntry
from coursepack.outline.found import OutlineSource
from coursepack.place import Finding, Place, error
from coursepack.stages import Live, key
from coursepack.text.characters import GONE
from coursepack.text.scripts import CYRILLIC_TO_LATIN

_PARTS = Session | Assignment | Section | Reading | Week
_COUNTED = re.compile(r"-\d+$")
# A letter beside a formula or a picture is mended by the word that it stands in, which is another one in the course.
# Of one case: «Н» has a Latin twin, «н» has none, and a title may be written in capitals in one place alone.
_TWINS = str.maketrans({letter.upper(): twin.upper() for letter, twin in CYRILLIC_TO_LATIN.items()})
_SIGNS = re.compile(rf"[\W_{GONE}]+")
MOST_TOLD = 20
_DATA = ("about", "policy-")
# Fields that say how a text stands, not what it says.
_NO_TEXT = frozenset({
    "id", "place", "mathml", "sources", "marker", "align", "language", "media_type", "asset", "script", "href",
    "colour", "highlight", "direction", "kind", "session", "variant_of", "numbering",
})  # fmt: skip


def lost(course: Course, sources: Iterable[OutlineSource], live: Live, *, declared: bool = False) -> list[Finding]:
    """An error for each span (the first 20 of a source) whose letters are claimed as content and stand nowhere.

    ``declared``: course.toml says things of the course, which stand there in the place of what the sources say. A
    source that is what it was, in parts that are what they were, is not asked again.
    """
    held, parts = _CourseTexts(course, live), _by_file(course)
    whole = key(course.about, course.title, [(week.number, week.title) for week in course.weeks], declared)
    findings: list[Finding] = []
    for source in sources:
        own = (source, *parts.get(source.document.file, ()), *parts.get("", ()))
        found = live.of("lost", own, partial(_lost, source, held, declared=declared), whole)
        if not found.alone:  # its letters stand in parts of other sources, which may be others next time
            found = _lost(source, held, declared=declared)
        findings += found.findings
    return findings


@dataclass(frozen=True)
class _LostText:
    """What is lost of a source; ``alone``: it was looked for in the source's own parts alone."""

    findings: list[Finding]
    alone: bool


def _lost(source: OutlineSource, held: _CourseTexts, *, declared: bool) -> _LostText:
    findings: list[Finding] = []
    held.strayed = False
    for entry, text in _claimed(source):
        if declared and entry.part.startswith(_DATA):
            continue
        if len(findings) < MOST_TOLD and not held.has(entry.part, text):
            findings.append(_finding(source, entry))
    return _LostText(findings, alone=not held.strayed)


def _by_file(course: Course) -> dict[str, list[object]]:
    """The parts of a course by the document that they came from."""
    found: defaultdict[str, list[object]] = defaultdict(list)
    exam, tickets = (course.exam.questions, course.exam.tickets) if course.exam else ((), ())
    tasks = (one for week in course.weeks for one in week.assignments)
    sections = filter(None, (course.foreword, course.introduction, course.conclusion))
    sessions = (one for _, one in course.sessions())
    parts: Iterable[Any] = (*sessions, *tasks, *sections, *exam, *tickets, *course.readings, *course.glossary)
    for one in parts:
        found[one.place.file if one.place else ""].append(one)
    return found


def _claimed(source: OutlineSource) -> Iterator[tuple[LedgerEntry, str]]:
    """The spans of content with their letters as they were repaired; spans that course.toml replaced are its own."""
    clean, ledger = source.stream.texts.clean, source.stream.texts.ledger
    replaced = {part.unit for piece in source.stream.pieces if piece.replaced for part in piece.parts}
    replaced |= source.stream.texts.replaced
    for entry in ledger.entries:
        if entry.fate == "content" and entry.unit not in replaced:
            yield entry, clean[entry.unit][entry.start : entry.end]


def _finding(source: OutlineSource, entry: LedgerEntry) -> Finding:
    text = " ".join(source.stream.texts.ledger.units[entry.unit][entry.start : entry.end].split())
    place = Place(source.document.file, entry.unit, entry.unit, source.stream.texts.ledger.unit_name)
    return error(
        "ledger-lost",
        f"{text[:60]!r} was recognized as content of {entry.part or 'the course'} and is missing there",
        place,
        "this is an internal error of coursepack: please report it; a [[correction]] may help until it is fixed",
    )


_BEHIND = "\0behind"
"""Behind a part's name: the TeX of its formulas and the titles of its words and pictures, which would part the letters
around them."""


class _CourseTexts:
    """The letters and digits of a course, by the parts that ledgers name. ``strayed``: letters were looked for in
    another part than the one they were said to be in."""

    def __init__(self, course: Course, live: Live) -> None:
        self.strayed = False
        self._course, self._live = course, live
        self._known: dict[str, set[str]] = {}
        # What is claimed in order is mostly found in order: looking on from the last place keeps the account linear.
        self._at: defaultdict[str, int] = defaultdict(int)

    @cached_property
    def _texts(self) -> dict[str, list[_PartText]]:
        found: defaultdict[str, list[_PartText]] = defaultdict(list)
        for one in _texts(self._course, self._live):
            found[one.part].append(one)
        for name in [name for name in found if name.endswith(_BEHIND)]:
            found[name.removesuffix(_BEHIND)].extend(found.pop(name))
        return found

    @cached_property
    def _parts(self) -> dict[str, str]:
        return {name: "".join(one.letters for one in texts) for name, texts in self._texts.items()}

    @cached_property
    def _all(self) -> str:
        return "\n".join(self._parts.values())

    def has(self, part: str, text: str) -> bool:
        """Whether these letters stand in that part, or anywhere."""
        wanted = letters(text)
        name = part if part in self._parts else _COUNTED.sub("", part)
        held = self._parts.get(name, "")
        at = held.find(wanted, self._at[name])
        if at >= 0:
            self._at[name] = at + len(wanted)
        if at >= 0 or wanted in held:
            return True
        self.strayed = True
        return wanted in self._all or self._words(name).issuperset(_words(text))

    def _words(self, name: str) -> set[str]:
        """The words of a part: where marks stood between them («A) one B) two»), the words still are all there."""
        if name not in self._known:
            self._known[name] = _words("\n".join(one.text for one in self._texts.get(name, ())))
        return self._known[name]


@dataclass(frozen=True)
class _PartText:
    """The texts of a part, and their letters alone."""

    part: str
    text: str
    letters: str


def _texts(course: Course, live: Live) -> Iterator[_PartText]:
    """The texts of a course in order: those of its large parts, the rest between them."""
    weeks, exam = course.weeks, course.exam
    bare = msgspec.structs.replace(
        course,
        weeks=tuple(msgspec.structs.replace(one, sessions=(), assignments=()) for one in weeks),
        exam=exam and msgspec.structs.replace(exam, questions=()),
        foreword=None,
        introduction=None,
        conclusion=None,
        readings=(),
        glossary=(),
    )
    yield from _texts_of(bare, "")
    large: list[tuple[str, Any]] = [
        *(("weeks", one) for week in weeks for one in (*week.sessions, *week.assignments)),
        *(("exam", one) for one in (exam.questions if exam else ())),
        *(("", one) for one in (course.foreword, course.introduction, course.conclusion) if one),
        *(("readings", one) for one in course.readings),
        *(("glossary", one) for one in course.glossary),
    ]
    for part, one in large:
        yield from live.of("texts", (one,), partial(_texts_of, one, part), part)


def _texts_of(node: object, part: str) -> list[_PartText]:
    parts: defaultdict[str, list[str]] = defaultdict(list)
    _gather(node, part, parts)
    result = {name: "\n".join(texts) for name, texts in parts.items()}
    return [_PartText(name, text, _letters(text)) for name, text in result.items()]


@lru_cache(1 << 16)  # those of a course under review are asked for again and again
def letters(text: str) -> str:
    """Letters and digits alone, in capitals; those of Cyrillic that look like Latin ones are Latin."""
    return _letters(text)


def _letters(text: str) -> str:
    return _SIGNS.sub("", text).upper().translate(_TWINS)


def _words(text: str) -> set[str]:
    """The words of two letters or more."""
    return {word for word in _SIGNS.sub(" ", text).upper().translate(_TWINS).split() if len(word) > 1}


def _gather(node: Any, part: str, parts: defaultdict[str, list[str]]) -> None:
    """The texts of a node under the part that holds it: a session, a task, a section, the exam, the glossary."""
    match node:
        case str():
            parts[part].append(node)
        case tuple() | list():
            for item in node:
                _gather(item, part, parts)
        case dict():
            _gather([text for item in node.items() for text in item], part, parts)
        case bool():
            pass
        case Math():
            parts[part].append(node.text)
            parts[part + _BEHIND].append(node.tex or "")
        case Run() | Picture():
            parts[part].append(node.text if isinstance(node, Run) else node.alt)
            parts[part + _BEHIND].append(node.title)
        case float() | int():
            parts["numbers"].append(f" {node:g} ")
        case msgspec.Struct():
            whole, own = isinstance(node, Course), node.id if isinstance(node, _PARTS) else part
            for name in node.__struct_fields__:
                if name not in _NO_TEXT:
                    _gather(getattr(node, name), name if whole else own, parts)
