"""Outline: documents → the parts of a course, with a ledger for every source."""

from __future__ import annotations

from collections.abc import Sequence
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
    from coursepack.outline.tree.sections import Section
    from coursepack.outline.whole import Questions


@dataclass
class Understood:
    """A course as it was understood: the model, what became of every line, and what a person should know."""

    course: Course
    ledgers: list[Ledger] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    assets: Assets = field(default_factory=Assets)
    sections: dict[str, Section] = field(default_factory=dict)
    """The sections of each source that was read by its structure, by file."""
    account: Account | None = None
    """What became of every file of the course's folder; None where the call names documents alone."""


def understand(
    loaded: Loaded,
    documents: Sequence[tuple[Document, SourceEntry]],
    banks: Sequence[tuple[SourceEntry, Questions]] = (),
    unread: Sequence[str] = (),
    stages: Stages | None = None,
) -> Understood:
    """One course of its documents and question files. What goes wrong in a source is a finding; ``unread`` are files
    beside them in which a part that is missing may be; ``stages`` keep what did not change for the next call."""
    from coursepack.outline import whole

    return whole.understand(loaded, documents, banks, unread, stages)


def why(understood: Understood, unit: int) -> list[str]:
    """Why the line or paragraph with that number was read as it was, of each source that has one."""
    from coursepack.outline.tree import why as reasons

    told: list[str] = []
    for file, root in understood.sections.items():
        lines = reasons.why(root, unit)
        told.extend([f"{file}:{unit}", *lines] if lines else [])
    return told


def guess_role(document: Document) -> tuple[Role, str]:
    """What a document seems to be, and why (in words for the author)."""
    from coursepack.outline.tree import guess

    seen = guess.guess(document)
    return seen.role, seen.reason
