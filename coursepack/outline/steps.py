"""The stages of one document: its text in pieces, then its sections and drafts. Each is a function of what goes in, so
that ``Stages`` can keep what it gave: a correction reads the document again that it is of, and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from coursepack.model.document import Document
from coursepack.outline.about import AboutCollector
from coursepack.outline.corrections import assigned, correct, holds, roles, settle, unmatched
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import Anchored, OutlineSource
from coursepack.outline.languages import keep_one
from coursepack.outline.markers import Markers, of_project, standard
from coursepack.outline.pieces import Stream
from coursepack.outline.stream import stream
from coursepack.outline.tree.grow import grow
from coursepack.outline.tree.sections import OutlineSection
from coursepack.place import Finding, Place
from coursepack.project.course_toml import FILE_NAME, Correction, Loaded, SourceEntry
from coursepack.stages import Live, Stages, key, packed, unpacked


@dataclass
class _Outlined:
    """What the outline of a document gives: the source's own fields, what was heard of the course up to here, what is
    to be told of its languages, and which of its corrections no passage answered."""

    stream: Stream
    drafts: list[PartDraft]
    findings: list[Finding]
    root: OutlineSection | None
    detected: AboutCollector
    told: list[Finding]
    missed: list[Correction]
    anchored: list[Anchored]


@dataclass
class OutlineStep:
    """A source that is to be understood: ``name`` says all that its outline was made of (empty where nothing is kept),
    ``make`` gives it with its drafts, afresh each time."""

    name: str
    make: Callable[[], OutlineSource]


def outlined(
    loaded: Loaded, documents: Sequence[tuple[Document, SourceEntry]], detected: AboutCollector, stages: Stages | None
) -> tuple[list[OutlineStep], list[Finding]]:
    """The sources, each to be had with its drafts; what they say of the course is ``heard``."""
    project, live = loaded.project, stages.live if stages else Live()
    marks = of_project(tuple(sorted(project.markers.items()))) if project.markers else standard()
    entries = roles([entry for _, entry in documents], project.correction)
    texts = [
        _SourceText(document, entry, marks, stages, live, _named(document, loaded, live), project.tests.free)
        for (document, _), entry in zip(documents, entries, strict=True)
    ]
    text_findings = [f for text in texts for f in live.of("told", (), text.told, text.name)]
    where = Place(str(loaded.file.name if loaded.file else FILE_NAME))
    files = [document.file for document, _ in documents]
    own, missed = assigned(files, project.correction, lambda at, one: texts[at].holds(one))
    later: list[Finding] = []
    result: list[OutlineStep] = []
    for text, corrections in zip(texts, own, strict=True):
        outline = _Outline(text, corrections, loaded, packed(vars(detected)))
        opening = live.of("heard", (), outline.said, outline.name) if stages else outline.said()
        vars(detected).update(unpacked(opening.detected))
        missed += opening.missed
        later += opening.told
        result.append(OutlineStep(f"{outline.name}-{project.tests.free}" if stages else "", outline.source))
    return result, [*text_findings, *unmatched(project.correction, missed, where), *later]


def _named(document: Document, loaded: Loaded, live: Live) -> str:
    return live.of("document", (document,), partial(_key_of, document, loaded), key(loaded.project.markers))


def _key_of(document: Document, loaded: Loaded) -> str:
    """The key of a document and of what course.toml says of all its text."""
    read = (document.file, document.sha256, document.medium, document.wrapped, document.units, document.findings)
    return key(*read, loaded.project.markers)


@dataclass
class _SourceText:
    """The text of a source before its corrections, read when somebody asks for it."""

    document: Document
    entry: SourceEntry
    marks: Markers
    stages: Stages | None
    live: Live
    document_name: str
    free: bool = False

    def __post_init__(self) -> None:
        self.name = key(self.document_name, self.entry.role)

    @cached_property
    def source(self) -> OutlineSource:
        return OutlineSource(self.document, self.entry, self.stream(), self.marks, free_ticks=self.free)

    def taken(self) -> OutlineSource:
        """The same for one who changes it."""
        source = self.source
        del self.source
        return source

    def stream(self) -> Stream:
        """The text, to be changed."""

        def make() -> Stream:
            return stream(self.document, self.entry.role, self.marks)

        return self.stages.of("text", self.name, make) if self.stages else make()

    def told(self) -> list[Finding]:
        """What is to be told of it."""
        return [f for f in self.source.stream.findings if isinstance(f, Finding)]

    def holds(self, correction: Correction) -> bool:
        """Whether it has the passage of a correction."""
        return self.live.of("holds", (), lambda: holds(self.source, correction), self.name, key(correction))


@dataclass(frozen=True)
class _AboutRecord:
    """What an outline says beside its drafts: ``heard`` packed."""

    detected: bytes
    told: list[Finding]
    missed: list[Correction]


class _Outline:
    """The outline of one source, behind what the sources before it said (``heard``, packed)."""

    def __init__(self, text: _SourceText, corrections: Sequence[Correction], loaded: Loaded, detected: bytes) -> None:
        self._text, self._corrections, self._detected = text, corrections, detected
        self._project = loaded.project
        self._made: _Outlined | None = None
        language, several = loaded.project.language, bool(loaded.project.languages)
        stated: dict[str, Any] = unpacked(detected)
        self.name = key(text.document_name, text.entry, corrections, language, several, stated) if text.stages else ""

    def said(self) -> _AboutRecord:
        """What it says of the course."""
        result = self._made = self._outlined()
        return _AboutRecord(packed(vars(result.detected)), result.told, result.missed)

    def source(self) -> OutlineSource:
        """The source with its drafts; every call gives another one."""
        result, self._made = self._made or self._outlined(), None
        text, free = self._text, self._project.tests.free
        source = OutlineSource(
            text.document, text.entry, result.stream, text.marks, result.drafts, result.findings, result.root, free
        )
        source.anchored = result.anchored
        return source

    def _outlined(self) -> _Outlined:
        stages = self._text.stages
        return stages.of("outline", self.name, self._make) if stages else self._make()

    def _make(self) -> _Outlined:
        text, project = self._text, self._project
        detected = AboutCollector()
        vars(detected).update(unpacked(self._detected))
        source = text.taken()
        missed = correct(source, self._corrections)
        language_findings = keep_one(source, project.language, declared=bool(project.languages))
        source.drafts = grow(source, detected)
        missed += settle(source, self._corrections)
        read = (source.stream, source.drafts, source.findings, source.root)
        return _Outlined(*read, detected, language_findings, missed, source.anchored)
