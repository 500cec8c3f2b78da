"""The gold of a document: what a careful teacher reads in it (README.md says what each key holds).

A program's reading has the same form, so that scoring compares like with like.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

Texts = tuple[str, ...]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    pass


class Asked(_Part, frozen=True):
    """A question of a test: ``key`` counts options from 0."""

    stem: str
    options: Texts = ()
    key: tuple[int, ...] = ()
    answer: str | None = None


Question = str | Asked


class Teacher(_Part, frozen=True):
    name: str
    email: str | None = None
    phone: str | None = None
    room: str | None = None
    office_hours: str | None = None
    degree: str | None = None
    post: str | None = None


class Hours(_Part, frozen=True):
    lecture: float | None = None
    seminar: float | None = None
    practical: float | None = None
    laboratory: float | None = None
    independent: float | None = None
    supervised: float | None = None
    total: float | None = None


class Weight(_Part, frozen=True):
    name: str
    percent: float


class Titled(_Part, frozen=True):
    title: str | None = None
    text: Texts = ()


class Literature(_Part, frozen=True):
    basic: Texts = ()
    additional: Texts = ()
    internet: Texts = ()


class About(_Part, frozen=True):
    code: str | None = None
    credits: float | None = None
    university: str | None = None
    faculty: str | None = None
    department: str | None = None
    programme: str | None = None
    cycle: str | None = None
    component: str | None = None
    year: str | None = None
    semester: str | None = None
    study_year: int | None = None
    study_form: str | None = None
    city: str | None = None
    teachers: tuple[Teacher, ...] = ()
    hours: Hours | None = None
    description: Texts = ()
    aim: Texts = ()
    objectives: Texts = ()
    outcomes: Texts = ()
    prerequisites: Texts = ()
    postrequisites: Texts = ()
    grading: tuple[Weight, ...] = ()
    policies: tuple[Titled, ...] = ()
    literature: Literature | None = None


class Session(_Part, frozen=True):
    kind: str
    number: int | None = None
    title: str | None = None
    week: int | None = None
    unit: str | None = None
    hours: float | None = None
    points: float | None = None
    outline: Texts = ()
    aims: Texts = ()
    outcomes: Texts = ()
    equipment: Texts = ()
    text: Texts = ()
    topics: Texts = ()
    tasks: Texts = ()
    review: tuple[Question, ...] = ()
    literature: Texts = ()


class Assignment(_Part, frozen=True):
    kind: str
    number: int | None = None
    title: str | None = None
    text: Texts = ()
    week: int | None = None
    points: float | None = None
    due: str | None = None


class Term(_Part, frozen=True):
    term: str
    definition: str


class Gold(_Part, frozen=True):
    files: Texts = ()
    language: str = ""
    kind: str = ""
    origin: str = "made"
    title: str | None = None
    about: About = About()
    foreword: Texts = ()
    introduction: Texts = ()
    conclusion: Texts = ()
    sessions: tuple[Session, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    exam: tuple[Question, ...] = ()
    tickets: tuple[Texts, ...] = ()
    glossary: tuple[Term, ...] = ()
    readings: tuple[Titled, ...] = ()
    figures: int = 0
    tables: tuple[tuple[Texts, ...], ...] = ()
    formulas: int = 0
    other: Texts = ()
    not_content: Texts = ()


def load(path: Path) -> Gold:
    """The gold of a document. Raises ``msgspec.ValidationError`` for a key or a value that the format has not."""
    return msgspec.json.decode(path.read_bytes(), type=Gold, strict=False)


def texts(node: object) -> Iterator[str]:
    """Every text of a reading, at any depth, in order."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from texts(item)
    elif isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            if name not in {"files", "language", "kind", "origin", "not_content"}:
                yield from texts(getattr(node, name))
