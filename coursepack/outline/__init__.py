"""Outline: documents → the parts of a course, with a ledger for every source."""

from __future__ import annotations

from dataclasses import dataclass, field

from coursepack.artifact import Assets
from coursepack.course import Course
from coursepack.ledger import Ledger
from coursepack.place import Finding


@dataclass
class Understood:
    """A course as it was understood: the model, what became of every line, and what a person should know."""

    course: Course
    ledgers: list[Ledger] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    assets: Assets = field(default_factory=Assets)
