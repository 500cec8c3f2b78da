"""The account: what a ledger claims as content is found in the finished course, or it is an error of ours."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from coursepack.model.blocks import Math
from coursepack.model.course import Assignment, Course, Reading, Section, Session, Week
from coursepack.model.ledger import Entry
from coursepack.outline.found import Source
from coursepack.place import Finding, Place, error
from coursepack.text.letters import GONE
from coursepack.text.scripts import CYRILLIC_TO_LATIN

_PARTS = Session | Assignment | Section | Reading | Week
_COUNTED = re.compile(r"-\d+$")
# A letter beside a formula or a picture is mended by the word that it stands in, which is another one in the course.
_TWINS = str.maketrans(CYRILLIC_TO_LATIN)
_SIGNS = re.compile(rf"[\W_{GONE}]+")
MOST_TOLD = 20
_DATA = ("about", "policy-")
# Fields that say how a text stands, not what it says.
_NO_TEXT = frozenset({
    "id", "place", "mathml", "sources", "marker", "align", "language", "media_type", "asset", "script", "href",
    "colour", "highlight", "direction", "kind", "session", "variant_of", "numbering",
})  # fmt: skip


def lost(course: Course, sources: Iterable[Source], *, declared: bool = False) -> list[Finding]:
    """An error for each span (the first 20 of a source) whose letters are claimed as content and stand nowhere.

    ``declared``: course.toml says things of the course, which stand there in the place of what the sources say.
    """
    held = _Held(course)
    findings: list[Finding] = []
    for source in sources:
        told = 0
        for entry, text in _claimed(source):
            if declared and entry.part.startswith(_DATA):
                continue
            if told < MOST_TOLD and not held.has(entry.part, text):
                told += 1
                findings.append(_finding(source, entry))
    return findings


def _claimed(source: Source) -> Iterator[tuple[Entry, str]]:
    """The spans of content with their letters as they were repaired; spans that course.toml replaced are its own."""
    clean, ledger = source.stream.texts.clean, source.stream.texts.ledger
    replaced = {part.unit for piece in source.stream.pieces if piece.replaced for part in piece.parts}
    replaced |= source.stream.texts.replaced
    for entry in ledger.entries:
        if entry.fate == "content" and entry.unit not in replaced:
            yield entry, clean[entry.unit][entry.start : entry.end]


def _finding(source: Source, entry: Entry) -> Finding:
    text = " ".join(source.stream.texts.ledger.units[entry.unit][entry.start : entry.end].split())
    place = Place(source.document.file, entry.unit, entry.unit, source.stream.texts.ledger.unit_name)
    return error(
        "ledger-lost",
        f"{text[:60]!r} was taken for content of {entry.part or 'the course'} and is not in it",
        place,
        "this is a fault of coursepack: please report it; a [[correction]] may help until it is mended",
    )


_AS_TYPED = "\0tex"
"""Behind a part's name: the TeX of its formulas, which would part the letters around them."""


class _Held:
    """The letters and digits of a course, by the parts that ledgers name."""

    def __init__(self, course: Course) -> None:
        parts: defaultdict[str, list[str]] = defaultdict(list)
        _gather(course, "", parts)
        for name in [name for name in parts if name.endswith(_AS_TYPED)]:
            parts[name.removesuffix(_AS_TYPED)].extend(parts.pop(name))
        self._said = {name: "\n".join(texts) for name, texts in parts.items()}
        self._parts = {name: letters(text) for name, text in self._said.items()}
        self._known: dict[str, set[str]] = {}
        self._all = "\n".join(self._parts.values())
        # What is claimed in order is mostly found in order: looking on from the last place keeps the account linear.
        self._at: defaultdict[str, int] = defaultdict(int)

    def has(self, part: str, text: str) -> bool:
        """Whether these letters stand in that part, or anywhere."""
        wanted = letters(text)
        name = part if part in self._parts else _COUNTED.sub("", part)
        held = self._parts.get(name, "")
        at = held.find(wanted, self._at[name])
        if at >= 0:
            self._at[name] = at + len(wanted)
        return at >= 0 or wanted in held or wanted in self._all or self._words(name).issuperset(_words(text))

    def _words(self, name: str) -> set[str]:
        """The words of a part: where marks stood between them («A) one B) two»), the words still are all there."""
        if name not in self._known:
            self._known[name] = _words(self._said.get(name, ""))
        return self._known[name]


@lru_cache(1 << 16)  # those of a course under review are asked for again and again
def letters(text: str) -> str:
    """Letters and digits alone, in lower case; those of Cyrillic that look like Latin ones are Latin."""
    return _SIGNS.sub("", text).translate(_TWINS).lower()


def _words(text: str) -> set[str]:
    """The words of two letters or more."""
    return {word for word in _SIGNS.sub(" ", text).translate(_TWINS).lower().split() if len(word) > 1}


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
            parts[part + _AS_TYPED].append(node.tex or "")
        case float() | int():
            parts["numbers"].append(f" {node:g} ")
        case msgspec.Struct():
            whole, own = isinstance(node, Course), node.id if isinstance(node, _PARTS) else part
            for name in node.__struct_fields__:
                if name not in _NO_TEXT:
                    _gather(getattr(node, name), name if whole else own, parts)
