"""Right answers that course.toml names (``[[correction]] kind = "key"``): given to the finished questions, whatever
they were read from.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import msgspec

from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import MultipleChoice, Question
from coursepack.outline.bank.guard import WITHOUT_KEY, BankProblems, without_keys
from coursepack.outline.parted import plain
from coursepack.place import Finding, Place, warning
from coursepack.project.course_toml import Correction


class Keyed(NamedTuple):
    """A course with the keys that corrections give, a warning for each that no question answers, and where the
    questions stand that got one."""

    course: Course
    missed: list[Finding]
    places: frozenset[Place]


def with_keys(course: Course, corrections: Sequence[Correction], where: Place) -> Keyed:
    """Give each question the key that a correction says it has."""
    key_corrections = [one for one in corrections if one.kind == "key"]
    if not key_corrections:
        return Keyed(course, [], frozenset())
    keys = _Keys(key_corrections)
    weeks = tuple(
        msgspec.structs.replace(
            week,
            sessions=tuple(msgspec.structs.replace(one, review=keys.given(one.review)) for one in week.sessions),
        )
        for week in course.weeks
    )
    exam = course.exam and msgspec.structs.replace(course.exam, questions=keys.given(course.exam.questions))
    missed = [_missed(one, where) for one in keys.left]
    return Keyed(msgspec.structs.replace(course, weeks=weeks, exam=exam), missed, frozenset(keys.places))


def still_open(findings: Iterable[Finding], doubts: Iterable[BankProblems], keyed: Collection[Place]) -> list[Finding]:
    """The findings, those on questions without a key counted anew without what corrections gave one."""
    changed: dict[Finding, list[Finding]] = {}
    for each in doubts:
        left = [place for place in each.keyless if place not in keyed]
        if len(left) < len(each.keyless):
            keyless = (one for one in each.findings if one.code == WITHOUT_KEY)
            changed |= {one: [*without_keys(left, each.shared)] for one in keyless}
    return [one for found in findings for one in changed.get(found, [found])]


class _Keys:
    """Keys that are yet to be given, each to the ``nth`` question that begins so; ``left`` are those that none took."""

    def __init__(self, stated: Sequence[Correction]) -> None:
        self._waiting = [(one, plain(one.begins or "")) for one in stated]
        self._seen = [0] * len(stated)
        self._used: set[int] = set()
        self.places: set[Place] = set()

    @property
    def left(self) -> list[Correction]:
        return [one for n, (one, _) in enumerate(self._waiting) if n not in self._used]

    def given(self, questions: Sequence[Question]) -> tuple[Question, ...]:
        return tuple(map(self._given, questions))

    def _given(self, question: Question) -> Question:
        if not isinstance(question, MultipleChoice):
            return question
        text = plain(block_text(question.text))
        for n, (one, begins) in enumerate(self._waiting):
            if not text.startswith(begins) or (question.place and one.file not in {None, question.place.file}):
                continue
            self._seen[n] += 1
            if self._seen[n] == one.nth and (result := _keyed(question, one.answers or ())):
                self._used.add(n)
                self.places |= {question.place} if question.place else set()
                question = result
        return question


def _keyed(question: MultipleChoice, answers: Sequence[str]) -> MultipleChoice | None:
    """The question with these right answers; None where one of them is none of its choices."""
    wanted = {plain(one) for one in answers}
    texts = [plain(block_text(choice.content)) for choice in question.choices]
    right = [text in wanted for text in texts]
    if not wanted <= set(texts):
        return None
    share = 1.0 / sum(right)
    choices = tuple(
        msgspec.structs.replace(choice, fraction=share if good else min(choice.fraction, 0.0))
        for choice, good in zip(question.choices, right, strict=True)
    )
    return msgspec.structs.replace(question, choices=choices, single=question.single and sum(right) == 1)


def _missed(one: Correction, where: Place) -> Finding:
    return warning(
        "outline-correction-unmatched" if one.sha256 is None else "outline-correction-lost",
        f"[[correction]] begins = {(one.begins or '')[:60]!r}: no question begins so and offers "
        + ", ".join(repr(answer[:60]) for answer in one.answers or ()),
        where,
        "copy the question and its answer from `coursepack inspect`, or remove the correction",
    )
