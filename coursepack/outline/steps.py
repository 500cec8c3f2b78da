"""The stages of one document: its text in pieces, then its sections and drafts. Each is a function of what goes in, so
that ``Stages`` can keep what it gave: a correction reads the document again that it is of, and no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coursepack.model.document import Document
from coursepack.outline.about import Heard
from coursepack.outline.corrections import assigned, correct, roles, settle, unmatched
from coursepack.outline.drafts import Draft
from coursepack.outline.found import Source
from coursepack.outline.languages import keep_one
from coursepack.outline.marks import Marks, of_project, standard
from coursepack.outline.pieces import Stream
from coursepack.outline.stream import stream
from coursepack.outline.tree.grow import grow
from coursepack.outline.tree.sections import Section
from coursepack.place import Finding, Place
from coursepack.project.course_toml import FILE_NAME, Correction, Loaded, SourceEntry
from coursepack.stages import Stages, key


@dataclass
class _Outlined:
    """What the outline of a document gives: the source's own fields, what was heard of the course up to here, what is
    to be told of its languages, and which of its corrections no passage answered."""

    stream: Stream
    drafts: list[Draft]
    findings: list[Finding]
    root: Section | None
    heard: Heard
    told: list[Finding]
    missed: list[Correction]


def outlined(
    loaded: Loaded, documents: Sequence[tuple[Document, SourceEntry]], heard: Heard, stages: Stages | None
) -> tuple[list[Source], list[Finding]]:
    """The sources with their drafts; what they say of the course is ``heard``."""
    project = loaded.project
    marks = of_project(tuple(sorted(project.markers.items()))) if project.markers else standard()
    entries = roles([entry for _, entry in documents], project.correction)
    sources, keys = [], []
    for (document, _), entry in zip(documents, entries, strict=True):
        keys.append(_key_of(document, loaded) if stages else "")
        text = _text(document, entry, marks, stages, keys[-1])
        sources.append(Source(document, entry, text, marks, free_ticks=project.tests.free))
    told = [f for source in sources for f in source.stream.findings if isinstance(f, Finding)]
    where = Place(str(loaded.file.name if loaded.file else FILE_NAME))
    own, missed = assigned(sources, project.correction)
    later: list[Finding] = []
    for source, name, corrections in zip(sources, keys, own, strict=True):
        made = _outline(source, corrections, heard, loaded, stages, name)
        source.stream, source.drafts, source.root = made.stream, made.drafts, made.root
        source.findings = made.findings
        vars(heard).update(vars(made.heard))
        missed += made.missed
        later += made.told
    return sources, [*told, *unmatched(project.correction, missed, where), *later]


def _key_of(document: Document, loaded: Loaded) -> str:
    """The key of a document and of what course.toml says of all its text."""
    read = (document.file, document.sha256, document.medium, document.wrapped, document.units, document.findings)
    return key(*read, loaded.project.markers)


def _text(document: Document, entry: SourceEntry, marks: Marks, stages: Stages | None, name: str) -> Stream:
    def make() -> Stream:
        return stream(document, entry.role, marks)

    return stages.of("text", key(name, entry.role), make) if stages else make()


def _outline(
    source: Source, corrections: Sequence[Correction], heard: Heard, loaded: Loaded, stages: Stages | None, name: str
) -> _Outlined:
    language, several = loaded.project.language, bool(loaded.project.languages)

    def make() -> _Outlined:
        missed = correct(source, corrections)
        told = keep_one(source, language, declared=several)
        source.drafts = grow(source, heard)
        missed += settle(source, corrections)
        return _Outlined(source.stream, source.drafts, source.findings, source.root, heard, told, missed)

    if stages is None:
        return make()
    said: dict[str, Any] = vars(heard)
    return stages.of("outline", key(name, source.entry, corrections, language, several, said), make)
