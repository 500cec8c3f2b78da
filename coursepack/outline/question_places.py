"""Which class a question belongs to: what course.toml, a column, a category or a heading over it says.

The questions of tests that belong to a class are its self-check, with their keys; all others are the exam's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from coursepack import languages
from coursepack.contents import session_label
from coursepack.languages.catalogues import words
from coursepack.model.course import Session
from coursepack.outline.drafts import SESSIONS
from coursepack.outline.markers import standard
from coursepack.outline.tree.ordinals import HeadingNumber, counted
from coursepack.outline.tree.words import examines
from coursepack.outline.tree.words import words as kinds
from coursepack.project.course_toml import SourceEntry
from coursepack.text.latin import reference

T = TypeVar("T")
_RANGE = re.compile(r"\s*[-–—,]\s*\d")
_BEHIND = re.compile(r"(?<=[.:;–—-])\s+")
"""What parts «Review questions. Lecture 3»."""
_COUNTING = SESSIONS.keys() | {"week", "meeting"}


@dataclass
class ClassIndex:
    """The classes of a course by what may name them. ``sessions``: each with its week; ``asked`` what was asked,
    each with its answer: a source that gets the same answers need not be read again when classes change."""

    sessions: Sequence[tuple[int, Session]]
    asked: list[tuple[str, Any, object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ids = {session.id for _, session in self.sessions}

    @cached_property
    def _names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for week, session in self.sessions:
            for name in (*_names(session), *_week_names(week)):
                found.setdefault(reference("", name), session.id)
        return found

    def answers(self, questions: Iterable[tuple[str, Any, object]]) -> bool:
        """Whether the same answers would be given again."""
        kept = len(self.asked)
        same = all(getattr(self, name)(what) == answer for name, what, answer in list(questions))
        del self.asked[kept:]
        return same

    def _answered(self, name: str, what: object, answer: T) -> T:
        self.asked.append((name, what, answer))
        return answer

    def has(self, session: str | None) -> bool:
        return self._answered("has", session, session in self._ids)

    def named(self, stated: str) -> str | None:
        """The class of an id, or of a reference as the column of a table gives it: «lecture-3», «topic-soil»."""
        return self._answered("named", stated, self._named(stated))

    def _named(self, stated: str) -> str | None:
        if stated in self._ids:
            return stated
        kind, _, name = stated.partition("-")
        if name.isdecimal():
            return self._numbered("meeting" if kind in {"session", "topic"} else kind, int(name))
        known = self._names.get(f"-{name}")
        numbers = [word for word in name.split("-") if word.isdecimal()]
        return known or (self._numbered(kind, int(numbers[0])) if len(numbers) == 1 else None)

    def _numbered(self, kind: str, number: int) -> str | None:
        """The class of that number; of a week the first in it, of a «meeting» (any class) the lecture first."""
        if kind == "week":
            return next((session.id for week, session in self.sessions if week == number), None)
        alike = [session for _, session in self.sessions if session.number == number]
        found = [one for one in alike if one.kind == ("lecture" if kind == "meeting" else kind)]
        found = found or (alike if kind == "meeting" else [])
        return found[0].id if found else None

    def titled(self, path: Sequence[str]) -> str | None:
        """The class that the nearest of headings in its own text names, by its number or its title."""
        return self._answered("titled", tuple(path), self._titled(path))

    def _titled(self, path: Sequence[str]) -> str | None:
        for name in reversed(path):
            for one in counted(name):
                if one.words and one.kind in _COUNTING and (found := self._numbered(one.kind, one.value)):
                    return found
            if known := self._names.get(reference("", name)):
                return known
        return None

    def headed(self, path: Sequence[str]) -> str | None:
        """The class that the nearest of headings counts: «Лекция 3. Клетка», «Week 3», «3-дәріс»; none below a heading
        that names an exam, whose keys no learner may see."""
        return self._answered("headed", tuple(path), self._headed(path))

    def _headed(self, path: Sequence[str]) -> str | None:
        if any(is_exam_name(name) for name in path):
            return None
        return next(filter(None, (self._counted(name) for name in reversed(path))), None)

    def _counted(self, heading: str) -> str | None:
        if any(mark.kind == "topic" for mark in standard().find(heading)):
            return None
        for part in (heading, *_BEHIND.split(heading)[1:]):
            for one in counted(part):
                kind = _counting(one)
                if kind and not _RANGE.match(part[one.end - 1 :]):
                    return self._numbered(kind, one.value)
        return None

    def of_source(self, entry: SourceEntry) -> str | None:
        """The class that course.toml gives all questions of a source."""
        return self._answered("of_source", entry, self._of_source(entry))

    def _of_source(self, entry: SourceEntry) -> str | None:
        if entry.session is not None:
            return self.named(entry.session)
        if entry.number is not None:
            return self._numbered("meeting", entry.number)
        return self._numbered("week", entry.week) if entry.week is not None else None


def _counting(one: HeadingNumber) -> str | None:
    """The kind of class that a beginning counts; «Questions for week 3» counts by its last word."""
    if not one.words or one.kind in _COUNTING:
        return one.kind if one.words else None
    last = kinds().kind(one.words.split()[-1])
    return last if last in _COUNTING else None


def is_exam_name(text: str) -> bool:
    """Whether a line names an exam, or a test of a whole course."""
    return examines(text) or any(mark.kind in {"exam", "tickets", "ticket"} for mark in standard().find(text))


def _names(session: Session) -> Iterator[str]:
    """What a class is called: by its title, by its number in any language, by both."""
    if session.title:
        yield session.title
        if session.number is not None:
            yield f"{session.number} {session.title}"
    for code in languages.known() if session.number is not None else ():
        label = session_label(session, words(code))
        yield label
        yield f"{label} {session.title or ''}"


def _week_names(week: int) -> Iterator[str]:
    return (words(code)("Week {number}", number=week) for code in languages.known())


def says_class(entry: SourceEntry) -> bool:
    """Whether course.toml gives a source to a class."""
    return not (entry.session is None and entry.number is None and entry.week is None)


@dataclass
class QuestionNumbers:
    """Ids and numbers of questions, counted on in the exam and in the self-check of each class."""

    homes: ClassIndex
    counts: defaultdict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    begun: dict[str | None, int] = field(default_factory=dict)
    """The counts that were gone on with, as they were before."""

    def next(self, session: str | None) -> tuple[str, int]:
        """The id and the number of the next question of a class, or of the exam."""
        self.begun.setdefault(session, self.counts[session])
        self.counts[session] += 1
        number = self.counts[session]
        return (f"exam-{number:03d}" if session is None else f"{session}-q{number}"), number


@dataclass
class QuestionPlace:
    """Where the questions of one list are put: ``given``: to that class, unless a correction says another; ``headed``:
    to the class that a heading over them counts."""

    shelves: QuestionNumbers
    given: str | None = None
    headed: bool = False

    def place(self, path: Sequence[str] = (), stated: str | None = None) -> tuple[str | None, str, int]:
        """The class, id and number of the next question; ``path``: headings over it, ``said``: what a correction or a
        column says of it."""
        session = self.home(path, stated)
        return session, *self.shelves.next(session)

    def home(self, path: Sequence[str] = (), stated: str | None = None) -> str | None:
        """The class that ``place`` would give."""
        homes = self.shelves.homes
        session = (homes.named(stated) if stated else None) or self.given
        return session or (homes.headed(path) if self.headed else None)


def is_topic(stated: str) -> bool:
    """Whether a reference is of a topic, which may be that of no class."""
    return stated.startswith("topic-")
