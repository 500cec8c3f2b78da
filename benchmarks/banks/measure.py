"""What a reading made of a bank: right, wrong with a word, or wrong without."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from benchmarks.banks.content import Asked
from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import (
    Description,
    Matching,
    MultipleChoice,
    Numerical,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.place import Finding

Outcome = Literal["right", "told", "silent"]
OF_KEYS = frozenset({"outline-test-without-key"})
"""What is told of keys alone says nothing of questions that were read wrong."""
OF_BANKS = (
    *("bank-", "sheet-", "outline-test", "outline-key", "outline-nothing-found", "outline-left-out"),
    *("project-role-refused", "pdf-broken"),
)


@dataclass
class Reading:
    """What the questions of a course are, and what was told of them."""

    outcome: Outcome
    missing: list[Asked] = field(default_factory=list)
    more: list[Asked] = field(default_factory=list)
    told: list[Finding] = field(default_factory=list)


def read(folder: Path, wanted: list[Asked], file: str) -> Reading:
    """Read a folder, with the course.toml that ``init`` drafts where it has none, and compare its questions."""
    if not (folder / "course.toml").exists():
        files, strange = discovery.documents_in(folder)
        drafted = discovery.drafting(folder, files, strange).draft
        (folder / "course.toml").write_text(drafted.text, "utf-8")
    (loaded,) = discovery.find_projects([folder])
    understood = build.understand(loaded)
    return compared(wanted, understood.course, [*loaded.noticed, *understood.findings], file)


def compared(wanted: list[Asked], course: Course, findings: list[Finding], file: str) -> Reading:
    made = [_asked(one) for one in _questions(course) if not isinstance(one, Description)]
    want, have = Counter(map(_plain, wanted)), Counter(map(_plain, made))
    told = [one for one in findings if one.severity in {"error", "warning"} and _is_stated(one, file)]
    missing, more = [*(want - have).elements()], [*(have - want).elements()]
    if not missing and not more:
        return Reading("right", told=told)
    if Counter((one.stem, one.answers) for one in missing) == Counter((one.stem, one.answers) for one in more):
        outcome: Outcome = "told" if told else "silent"
    else:
        outcome = "told" if any(one.code not in OF_KEYS for one in told) else "silent"
    return Reading(outcome, missing, more, told)


def _is_stated(one: Finding, file: str) -> bool:
    return one.code.startswith(OF_BANKS) and one.place is not None and one.place.file == file


def _questions(course: Course) -> list[Question]:
    exam = list(course.exam.questions) if course.exam else []
    return exam + [one for _, session in course.sessions() for one in session.review]


def _asked(question: Question) -> Asked:
    stem = block_text(question.text)
    match question:
        case MultipleChoice():
            answers = tuple(block_text(one.content) for one in question.choices)
            right = [at for at, one in enumerate(question.choices) if one.fraction > 0]
            return Asked(stem, answers, right[0] if len(right) == 1 else -1 if not right else -2)
        case ShortAnswer():
            return Asked(stem, tuple(one.text for one in question.answers), 0)
        case Numerical():
            return Asked(stem, tuple(one.value for one in question.answers), 0)
        case TrueFalse():
            return Asked(stem, (str(question.answer),), 0)
        case Matching():
            pairs = (f"{block_text(one.question)}={block_text(one.answer)}" for one in question.pairs)
            return Asked(stem, tuple(sorted(pairs)), 0)
        case _:
            notes = block_text(question.grader_notes).strip()
            return Asked(stem, (notes,) if notes else (), 0 if notes else -1)


def _plain(one: Asked) -> Asked:
    return Asked(_folded(one.stem), tuple(map(_folded, one.answers)), one.right)


def _folded(text: str) -> str:
    return " ".join(text.split()).rstrip(".")
