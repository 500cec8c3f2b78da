"""The model: what a course is, whatever it was read from and whatever it will be written to.

Every class is frozen and travels as JSON (``encode``/``decode``); ``json_schema`` is what ``course.schema.json``
publishes. What no document and no author said is ``None`` or empty, never invented. Ids come from structure
(``w03-lecture``, ``exam-017``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec

from coursepack.model.blocks import Blocks, Inlines
from coursepack.model.node import Id, Language, Node, PartId
from coursepack.model.questions import Description, Essay, Question, Questions
from coursepack.place import Place

FORMAT = "coursepack-course/1"


class Section(Node, frozen=True, kw_only=True):
    """A part that is only read: foreword, introduction, conclusion, a policy."""

    id: PartId
    title: str
    blocks: Blocks
    place: Place | None = None


SessionKind = Literal["lecture", "seminar", "practical", "laboratory"]


TopicLevel = Annotated[int, msgspec.Meta(ge=1, le=9)]


class Topic(Node, frozen=True, kw_only=True):
    """One point to discuss, or one point of an outline, without its printed mark.

    ``level`` is 1 for the outermost; a point lies inside the last one before it of a lower level.
    """

    id: Id
    content: Inlines
    level: TopicLevel = 1
    printed: str | None = None
    place: Place | None = None


class Task(Node, frozen=True, kw_only=True):
    """One thing to do inside a session (a level task of a seminar plan)."""

    id: Id
    blocks: Blocks
    printed: str | None = None
    label: str | None = None
    place: Place | None = None


class Session(Node, frozen=True, kw_only=True):
    """A class meeting. ``number`` is its own number in its kind, not its week's; ``title`` may be absent.

    ``unit`` is the larger part it stands under («4-БЛОК. …»); ``outline`` the plan printed under its title;
    ``blocks`` its text; ``topics`` what a seminar discusses; ``review`` the questions printed after (or before) it.
    ``aims``, ``equipment``, ``literature`` are sections of a printed plan of the session; ``notes`` what the
    teacher says: no product for students holds them.
    """

    id: Id
    kind: SessionKind
    number: int | None = None
    title: str | None = None
    unit: str | None = None
    outcomes: tuple[str, ...] = ()
    outline: tuple[Topic, ...] = ()
    topics: tuple[Topic, ...] = ()
    aims: Blocks = ()
    equipment: Blocks = ()
    blocks: Blocks = ()
    tasks: tuple[Task, ...] = ()
    review: Questions = ()
    literature: tuple[str, ...] = ()
    notes: Blocks = ()
    hours: float | None = None
    points: float | None = None
    place: Place | None = None


AssignmentKind = Literal["independent", "supervised", "homework"]


class Assignment(Node, frozen=True, kw_only=True):
    """Work outside the class: ``independent`` (СӨЖ/СРС/SIW), ``supervised`` by the teacher (СОӨЖ/СРСП/SIWT).

    ``label`` is the abbreviation as the source prints it; ``form`` the kind of product («эссе»); ``due`` an ISO date
    (or date and time) that somebody declared, else the day as the source prints it; ``due_week`` a week.
    """

    id: Id
    kind: AssignmentKind
    blocks: Blocks
    number: int | None = None
    label: str | None = None
    title: str | None = None
    form: str | None = None
    due: str | None = None
    due_week: int | None = None
    hours: float | None = None
    points: float | None = None
    place: Place | None = None


class Week(Node, frozen=True, kw_only=True):
    """A week of teaching: ``id`` is ``w03``; ``title`` only when a source or an author gives one."""

    id: Id
    number: int
    title: str | None = None
    sessions: tuple[Session, ...] = ()
    assignments: tuple[Assignment, ...] = ()


Release = Literal["list", "open", "practice", "teacher-only"]


class ExamTicket(Node, frozen=True, kw_only=True):
    """A ticket that a source prints: the ids of its questions."""

    id: Id
    number: int
    questions: tuple[Id, ...]
    place: Place | None = None


class Practice(Node, frozen=True, kw_only=True):
    """A practice assessment: ``questions`` drawn by ``seed``, no two of them variants of one question."""

    questions: int = 10
    seed: int = 1


DEFAULT_PRACTICE = Practice()


class Exam(Node, frozen=True, kw_only=True):
    """The exam list or bank. ``release``: what students may see: the whole ``list``, its ``open`` questions, which are
    answered in one's own words, a ``practice`` exam alone, or nothing."""

    questions: Questions = ()
    title: str | None = None
    release: Release = "list"
    form: str | None = None
    tickets: tuple[ExamTicket, ...] = ()
    practice: Practice | None = None
    """None: as course.toml says of the build, else ``DEFAULT_PRACTICE``."""
    place: Place | None = None

    @property
    def listed(self) -> Questions:
        """The questions that students may read."""
        if self.release == "open":
            return tuple(question for question in self.questions if isinstance(question, Essay | Description))
        return self.questions if self.release == "list" else ()

    @property
    def practised(self) -> Questions:
        """The questions that a practice exam may draw."""
        return self.questions if self.release == "practice" else self.listed


class Author(Node, frozen=True, kw_only=True):
    name: str
    degree: str | None = None
    post: str | None = None


class Reading(Node, frozen=True, kw_only=True):
    """A text to read beside the lectures. ``title`` as printed (or None), ``label`` what course.toml calls it."""

    id: Id
    blocks: Blocks
    title: str | None = None
    label: str | None = None
    authors: tuple[Author, ...] = ()
    affiliation: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    place: Place | None = None


class Term(Node, frozen=True, kw_only=True):
    id: Id
    term: str
    definition: Blocks
    translations: dict[str, str] = msgspec.field(default_factory=dict)
    place: Place | None = None


# --- what an author or a syllabus declares ------------------------------------------------------------------------


class Teacher(Node, frozen=True, kw_only=True):
    name: str
    degree: str | None = None
    post: str | None = None
    email: str | None = None
    phone: str | None = None
    room: str | None = None
    office_hours: str | None = None


class Hours(Node, frozen=True, kw_only=True):
    """Academic hours of the whole course by type; ``independent`` СӨЖ/СРС, ``supervised`` СОӨЖ/СРСП."""

    lecture: float | None = None
    seminar: float | None = None
    practical: float | None = None
    laboratory: float | None = None
    independent: float | None = None
    supervised: float | None = None
    total: float | None = None


class ClassHours(Node, frozen=True, kw_only=True):
    """Academic hours of one class by its kind, where the class says none of its own."""

    lecture: float | None = None
    seminar: float | None = None
    practical: float | None = None
    laboratory: float | None = None


class Break(Node, frozen=True, kw_only=True):
    """Days without teaching, the first and the last of them as ISO dates."""

    begins: str
    ends: str


class Calendar(Node, frozen=True, kw_only=True):
    """When the weeks of teaching are. ``begins``: the first day of the first week, an ISO date; ``days``: how many
    days a week of teaching has. A week that lies in ``breaks`` as a whole is no week of teaching."""

    begins: str
    days: Annotated[int, msgspec.Meta(ge=1, le=7)] | None = None
    breaks: tuple[Break, ...] = ()


class OutcomeLink(Node, frozen=True, kw_only=True):
    """Where an outcome is taught and where it is assessed. ``outcome``: its place in ``About.outcomes``, from 1;
    ``weeks`` by number; ``assessments`` by name (a share of the grade, an interim control, a kind of work)."""

    outcome: Annotated[int, msgspec.Meta(ge=1)]
    weeks: tuple[Annotated[int, msgspec.Meta(ge=1, le=99)], ...] = ()
    assessments: tuple[str, ...] = ()


class GradeWeight(Node, frozen=True, kw_only=True):
    name: str
    percent: float


class Interim(Node, frozen=True, kw_only=True):
    """An interim control after a week (рубежный / аралық бақылау)."""

    after_week: int
    name: str
    points: float | None = None


class Grading(Node, frozen=True, kw_only=True):
    """How the course is marked. ``preset``: ``60/40`` (rating/exam) or ``60/10/30``; ``formula`` as the university
    prints it."""

    preset: Literal["60/40", "60/10/30"] | None = None
    formula: str | None = None
    weights: tuple[GradeWeight, ...] = ()
    interim: tuple[Interim, ...] = ()
    blocks: Blocks = ()


class Literature(Node, frozen=True, kw_only=True):
    basic: tuple[str, ...] = ()
    additional: tuple[str, ...] = ()
    internet: tuple[str, ...] = ()


class Approval(Node, frozen=True, kw_only=True):
    """Who approves and where it was considered; dates are ISO dates."""

    approver_post: str | None = None
    approver_name: str | None = None
    department_minutes: str | None = None
    department_date: str | None = None
    council: str | None = None
    council_minutes: str | None = None
    council_date: str | None = None


class Signature(Node, frozen=True, kw_only=True):
    role: str
    name: str | None = None


class About(Node, frozen=True, kw_only=True):
    """Everything about a course that somebody declared. Absent fields are blanks in a printed paper."""

    code: str | None = None
    cycle: str | None = None
    component: str | None = None
    credits: float | None = None
    hours: Hours | None = None
    class_hours: ClassHours | None = None
    programme: str | None = None
    ministry: str | None = None
    university: str | None = None
    faculty: str | None = None
    department: str | None = None
    year: str | None = None
    semester: str | None = None
    calendar: Calendar | None = None
    study_year: int | None = None
    study_form: str | None = None
    city: str | None = None
    teachers: tuple[Teacher, ...] = ()
    description: Blocks = ()
    aim: Blocks = ()
    objectives: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    outcome_map: tuple[OutcomeLink, ...] = ()
    prerequisites: tuple[str, ...] = ()
    postrequisites: tuple[str, ...] = ()
    grading: Grading | None = None
    policies: tuple[Section, ...] = ()
    literature: Literature = Literature()
    approval: Approval | None = None
    signatures: tuple[Signature, ...] = ()
    form_code: str | None = None
    edition: str | None = None
    date: str | None = None
    """The day of this edition, an ISO date."""
    revision: str | None = None
    rights: str | None = None
    keywords: tuple[str, ...] = ()


class Source(Node, frozen=True, kw_only=True):
    """A document the course was read from: its name in the course folder, SHA-256, role, and the ledger in letters.

    ``letters`` = non-blank characters; ``content + marks + sum(aside.values()) + unclaimed == letters``.
    """

    file: str
    sha256: str
    role: str
    letters: int = 0
    content: int = 0
    marks: int = 0
    aside: dict[str, int] = msgspec.field(default_factory=dict)
    unclaimed: int = 0


class Course(Node, tag=FORMAT, tag_field="format", frozen=True, kw_only=True):
    """One course in one language."""

    id: Id
    title: str
    language: Language
    about: About = About()
    foreword: Section | None = None
    introduction: Section | None = None
    conclusion: Section | None = None
    weeks: tuple[Week, ...] = ()
    exam: Exam | None = None
    readings: tuple[Reading, ...] = ()
    glossary: tuple[Term, ...] = ()
    links: tuple[str, ...] = ()
    """Addresses on the web that the author declared."""
    sources: tuple[Source, ...] = ()

    def sessions(self) -> Iterator[tuple[Week, Session]]:
        """Every session with its week, in teaching order."""
        for week in self.weeks:
            for session in week.sessions:
                yield week, session

    def questions(self) -> Iterator[Question]:
        """Every question: review questions in teaching order, then the exam's."""
        for _, session in self.sessions():
            yield from session.review
        if self.exam:
            yield from self.exam.questions
