"""Outline: documents → the parts of a course, with a ledger for every source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from coursepack.model.account import Account
from coursepack.model.artifact import Assets
from coursepack.model.course import Course
from coursepack.model.document import Document
from coursepack.model.ledger import Ledger
from coursepack.place import Finding
from coursepack.project.course_toml import Loaded, Role, SourceEntry
from coursepack.stages import Stages

if TYPE_CHECKING:
    from coursepack.outline.course_sources import QuestionFile
    from coursepack.outline.found import OutlineSource


@dataclass
class Understood:
    """A course as it was understood: the model, what became of every line, and what a person should know."""

    course: Course
    ledgers: list[Ledger] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    assets: Assets = field(default_factory=Assets)
    sources: list[OutlineSource] = field(default_factory=list)
    """Each source with its sections, as it was read."""
    foremost: list[Finding] = field(default_factory=list)
    """Those of the findings that a person should know before the course."""
    account: Account | None = None
    """What became of every file of the course's folder; None where the call names documents alone."""


def understand(
    loaded: Loaded,
    documents: Sequence[tuple[Document, SourceEntry]],
    banks: Sequence[tuple[SourceEntry, QuestionFile]] = (),
    unread: Sequence[str] = (),
    stages: Stages | None = None,
) -> Understood:
    """One course of its documents and question files. What goes wrong in a source is a finding; ``unread`` are files
    beside them in which a part that is missing may be; ``stages`` keep what did not change for the next call."""
    from coursepack.outline import course_sources

    return course_sources.understand(loaded, documents, banks, unread, stages)


def why(understood: Understood, first: int, last: int, say: Callable[[str], str] = str) -> list[str]:
    """Why the lines or paragraphs ``first``..``last`` were read as they were, of each source that has them, in the
    language of ``say``."""
    from coursepack.outline.tree import why as reasons

    return [line for source in understood.sources for line in reasons.why(source, first, last, say)]


def guess_role(document: Document) -> tuple[Role, str]:
    """What a document seems to be, and why (in words for the author)."""
    from coursepack.outline.tree import guess

    seen = guess.guess(document)
    return seen.role, seen.reason
