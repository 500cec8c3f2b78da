"""Everything that is gathered from the sources before the course is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from coursepack.model.course import ExamTicket, Reading, Section, Term
from coursepack.model.questions import Question
from coursepack.outline.about import AboutCollector
from coursepack.outline.bank.sheets import KeySheet
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource
from coursepack.outline.question_places import ClassIndex, QuestionNumbers, QuestionPlace
from coursepack.place import Finding, Place
from coursepack.project.course_toml import Loaded


@dataclass
class Placed:
    """A draft with the source it stands in and the place in the course that it got. ``built``: the draft stands for one
    that an earlier reading built, all its letters are claimed. ``fate`` says what became of a class that another one
    was completed from."""

    source: OutlineSource
    draft: PartDraft
    number: int | None = None
    week: int = 0
    id: str = ""
    built: bool = False
    fate: Literal["", "joined", "absorbed"] = ""


@dataclass
class Gathering:
    """Everything that is gathered before the course is made."""

    loaded: Loaded
    sources: list[OutlineSource] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    sessions: list[Placed] = field(default_factory=list)
    assignments: list[Placed] = field(default_factory=list)
    sections: dict[str, Section] = field(default_factory=dict)
    exam: list[Question] = field(default_factory=list)
    exam_title: str | None = None
    exam_place: Place | None = None
    tickets: list[ExamTicket] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    glossary: list[Term] = field(default_factory=list)
    detected: AboutCollector = field(default_factory=AboutCollector)
    week_titles: dict[int, str] = field(default_factory=dict)
    own: defaultdict[str, list[Question]] = field(default_factory=lambda: defaultdict(list))
    """Questions of tests that are the self-check of a class, by its id."""
    shelves: QuestionNumbers = field(default_factory=lambda: QuestionNumbers(ClassIndex(())))
    keys: dict[str, list[KeySheet]] = field(default_factory=dict)
    """The files of tests, each with files that may hold its keys."""
    joined: list[str] = field(default_factory=list)
    """Files whose keys are those of a test."""
    classed: set[str] = field(default_factory=set)
    """Sources with questions that course.toml may give to a class."""

    @property
    def toml(self) -> Place:
        file = self.loaded.file
        return Place(str(file.name if file else "course.toml"))

    def shelf(self, *, headed: bool = False, given: str | None = None) -> QuestionPlace:
        """Where questions of a list are put."""
        return QuestionPlace(self.shelves, given, headed)

    def put(self, questions: Iterable[Question]) -> None:
        """Questions of tests: those of a class to its self-check, the others to the exam."""
        for question in questions:
            own = question.session if self.shelves.homes.has(question.session) else None
            (self.own[own] if own else self.exam).append(question)
