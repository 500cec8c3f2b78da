"""The model: what a course is, whatever it was read from and whatever it will be written to.

Every class is frozen and travels as JSON (``encode``/``decode``); ``json_schema`` is what ``course.schema.json``
publishes. What no document and no author said is ``None`` or empty, never invented. Ids come from structure
(``w03-lecture``, ``exam-017``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import msgspec

from coursepack import names, visible
from coursepack.place import Place

FORMAT = "coursepack-course/1"

Id = Annotated[str, msgspec.Meta(pattern=names.ID, max_length=names.LONGEST_ID)]
"""Names files of products, elements of XML, words of scripts."""
PartId = Annotated[str, msgspec.Meta(pattern=names.PART_ID)]
NoteId = Annotated[str, msgspec.Meta(pattern=names.NOTE_ID)]
Asset = Annotated[str, msgspec.Meta(pattern=names.SHA256)]
Language = Annotated[str, msgspec.Meta(pattern=names.LANGUAGE)]
_EXPECTED = {
    names.ID: "an id: lower-case Latin words joined by hyphens, a letter first, no device of Windows",
    names.PART_ID: "a name without signs that mean something in paths, markup or scripts",
    names.NOTE_ID: "a note's id: Latin letters, digits, '.', '_', '-'",
    names.SHA256: "a SHA-256 in hex",
    names.LANGUAGE: "a language tag such as 'kk'",
}


class _Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Frozen, keyword-only, strict in what it reads and short in what it writes."""


# --- inline -------------------------------------------------------------------------------------------------------


class Run(_Node, tag="run", tag_field="is", frozen=True, kw_only=True):
    """A stretch of text in one style. ``href`` makes it a link; a line break is a ``\\n`` in ``text``."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    script: Literal["sub", "super"] | None = None
    code: bool = False
    href: str | None = None
    language: Language | None = None


class Math(_Node, tag="math", tag_field="is", frozen=True, kw_only=True):
    """A formula in a line or on its own: presentation MathML (a whole ``<math>`` element) and, when typed so, TeX.

    ``text`` is the plain reading for products that hold no formulas.
    """

    mathml: str
    tex: str | None = None
    text: str = ""


class NoteMark(_Node, tag="note", tag_field="is", frozen=True, kw_only=True):
    """The mark of a footnote; ``note`` is the id of a ``Footnote`` in the same section."""

    note: NoteId


class Picture(_Node, tag="picture", tag_field="is", frozen=True, kw_only=True):
    """A picture inside a line (a small drawing in a test item, say). ``asset`` as in ``Figure``."""

    asset: Asset
    media_type: str
    alt: str = ""
    width: int | None = None
    height: int | None = None


Inline = Run | Math | NoteMark | Picture
Inlines = tuple[Inline, ...]


# --- blocks -------------------------------------------------------------------------------------------------------


class Heading(_Node, tag="heading", tag_field="is", frozen=True, kw_only=True):
    """A heading inside a section; ``level`` 1 is the highest level of that section's body."""

    level: int
    content: Inlines
    place: Place | None = None


class Paragraph(_Node, tag="paragraph", tag_field="is", frozen=True, kw_only=True):
    content: Inlines
    place: Place | None = None
    align: Literal["center", "right"] | None = None


class ListItem(_Node, frozen=True, kw_only=True):
    blocks: tuple[Block, ...]


class List(_Node, tag="list", tag_field="is", frozen=True, kw_only=True):
    """A list. ``marker``: ``disc`` and ``dash`` are unordered, the others ordered and start at ``start``.

    ``decimal`` prints «1.», ``paren`` «1)», ``lower-alpha`` «а)»/«a)», ``lower-roman`` «i.».
    """

    items: tuple[ListItem, ...]
    marker: Literal["disc", "dash", "decimal", "paren", "lower-alpha", "lower-roman"] = "disc"
    start: int = 1
    place: Place | None = None

    @property
    def ordered(self) -> bool:
        return self.marker not in {"disc", "dash"}


class Cell(_Node, frozen=True, kw_only=True):
    blocks: tuple[Block, ...] = ()
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


class Row(_Node, frozen=True, kw_only=True):
    cells: tuple[Cell, ...]


class Table(_Node, tag="table", tag_field="is", frozen=True, kw_only=True):
    """A table; the first ``header_rows`` rows are its head. A cell covered by a span is not in its row."""

    rows: tuple[Row, ...]
    header_rows: int = 0
    caption: Inlines = ()
    place: Place | None = None


class Figure(_Node, tag="figure", tag_field="is", frozen=True, kw_only=True):
    """A picture: ``asset`` is the SHA-256 (hex) of its bytes in the asset store; size in CSS pixels when known."""

    asset: Asset
    media_type: str
    alt: str = ""
    caption: Inlines = ()
    width: int | None = None
    height: int | None = None
    place: Place | None = None


class Formula(_Node, tag="formula", tag_field="is", frozen=True, kw_only=True):
    """A formula on a line of its own."""

    math: Math
    place: Place | None = None


class Quote(_Node, tag="quote", tag_field="is", frozen=True, kw_only=True):
    blocks: tuple[Block, ...]
    place: Place | None = None


class Footnote(_Node, tag="footnote", tag_field="is", frozen=True, kw_only=True):
    """A footnote, standing after the block that refers to it (``NoteMark.note == id``)."""

    id: NoteId
    blocks: tuple[Block, ...]
    label: str = ""
    place: Place | None = None


Block = Heading | Paragraph | List | Table | Figure | Formula | Quote | Footnote
Blocks = tuple[Block, ...]


# --- questions ----------------------------------------------------------------------------------------------------


class _Question(_Node, frozen=True, kw_only=True):
    """What every question has.

    ``number`` counts from 1 in its bank, ``printed`` is what the page says («4», «N.2»). ``mark`` is absent unless
    somebody declared one. ``variant_of`` is the id of the question that this one rewords. ``title`` is a short name
    where an author gave one. ``session`` is the id of the session it belongs to, when declared or printed there.
    ``category`` is the path of names a question file gave it.
    """

    id: Id
    text: Blocks
    number: int = 0
    printed: str | None = None
    title: str | None = None
    mark: float | None = None
    feedback: Blocks = ()
    grader_notes: Blocks = ()
    tags: tuple[str, ...] = ()
    variant_of: Id | None = None
    session: Id | None = None
    category: tuple[str, ...] = ()
    place: Place | None = None


class Essay(_Question, tag="essay", tag_field="type", frozen=True, kw_only=True):
    """A question answered in writing and marked by a person. ``template`` is what the answer box starts with."""

    template: Blocks = ()
    response_lines: int | None = None
    min_words: int | None = None
    max_words: int | None = None
    attachments: int = 0


class Choice(_Node, frozen=True, kw_only=True):
    """An answer to tick; ``fraction`` of the mark it gives, -1..1 (1 = right)."""

    content: Blocks
    fraction: float = 0.0
    feedback: Blocks = ()


class MultipleChoice(_Question, tag="multiple-choice", tag_field="type", frozen=True, kw_only=True):
    """``single``: one answer may be ticked, else many. No choice with a fraction above 0 means: no key was given."""

    choices: tuple[Choice, ...]
    single: bool = True
    shuffle: bool = True
    numbering: Literal["abc", "ABC", "123", "none"] = "abc"
    correct_feedback: Blocks = ()
    partial_feedback: Blocks = ()
    incorrect_feedback: Blocks = ()


class TrueFalse(_Question, tag="true-false", tag_field="type", frozen=True, kw_only=True):
    answer: bool
    true_feedback: Blocks = ()
    false_feedback: Blocks = ()


class Answer(_Node, frozen=True, kw_only=True):
    """A text that is accepted (``*`` in it stands for any letters when the source says so)."""

    text: str
    fraction: float = 1.0
    feedback: Blocks = ()


class ShortAnswer(_Question, tag="short-answer", tag_field="type", frozen=True, kw_only=True):
    answers: tuple[Answer, ...]
    case_sensitive: bool = False


class NumericalAnswer(_Node, frozen=True, kw_only=True):
    """A number that is accepted within ``tolerance`` on both sides; decimal text keeps what the author typed."""

    value: str
    tolerance: str = "0"
    fraction: float = 1.0
    feedback: Blocks = ()


class Numerical(_Question, tag="numerical", tag_field="type", frozen=True, kw_only=True):
    answers: tuple[NumericalAnswer, ...]
    unit: str | None = None


class Pair(_Node, frozen=True, kw_only=True):
    """One row of a matching question; empty ``question`` blocks make the answer a distractor."""

    question: Blocks
    answer: str


class Matching(_Question, tag="matching", tag_field="type", frozen=True, kw_only=True):
    pairs: tuple[Pair, ...]
    shuffle: bool = True


class Gap(_Node, frozen=True, kw_only=True):
    """A gap of a cloze question: ``kind`` says how it is answered, ``answers`` what is accepted (or offered)."""

    kind: Literal["short-answer", "short-answer-case", "numerical", "multiple-choice", "multiple-response"]
    answers: tuple[Answer, ...]
    mark: int = 1
    tolerances: tuple[str, ...] = ()


class Cloze(_Question, tag="cloze", tag_field="type", frozen=True, kw_only=True):
    """``text`` holds ``{#1}``, ``{#2}`` … where the gaps stand."""

    gaps: tuple[Gap, ...]


class Description(_Question, tag="description", tag_field="type", frozen=True, kw_only=True):
    """Text shown between questions; nothing to answer."""


Question = Essay | MultipleChoice | TrueFalse | ShortAnswer | Numerical | Matching | Cloze | Description
Questions = tuple[Question, ...]


# --- the parts of a course ----------------------------------------------------------------------------------------


class Section(_Node, frozen=True, kw_only=True):
    """A part that is only read: foreword, introduction, conclusion, a policy."""

    id: PartId
    title: str
    blocks: Blocks
    place: Place | None = None


SessionKind = Literal["lecture", "seminar", "practical", "laboratory"]


class Topic(_Node, frozen=True, kw_only=True):
    """One point to discuss, or one point of an outline, without its printed mark."""

    id: Id
    content: Inlines
    printed: str | None = None
    place: Place | None = None


class Task(_Node, frozen=True, kw_only=True):
    """One thing to do inside a session (a level task of a seminar plan)."""

    id: Id
    blocks: Blocks
    printed: str | None = None
    label: str | None = None
    place: Place | None = None


class Session(_Node, frozen=True, kw_only=True):
    """A class meeting. ``number`` is its own number in its kind, not its week's; ``title`` may be absent.

    ``unit`` is the larger part it stands under («4-БЛОК. …»); ``outline`` the plan printed under its title;
    ``blocks`` its text; ``topics`` what a seminar discusses; ``review`` the questions printed after (or before) it.
    ``aims``, ``equipment``, ``literature`` are sections of a printed plan of the session.
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
    hours: float | None = None
    points: float | None = None
    place: Place | None = None


AssignmentKind = Literal["independent", "supervised", "homework"]


class Assignment(_Node, frozen=True, kw_only=True):
    """Work outside the class: ``independent`` (СӨЖ/СРС/SIW), ``supervised`` by the teacher (СОӨЖ/СРСП/SIWT).

    ``label`` is the abbreviation as the source prints it; ``form`` the kind of product («эссе»); ``due`` an ISO date
    (or date and time) that somebody declared; ``due_week`` a week.
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


class Week(_Node, frozen=True, kw_only=True):
    """A week of teaching: ``id`` is ``w03``; ``title`` only when a source or an author gives one."""

    id: Id
    number: int
    title: str | None = None
    sessions: tuple[Session, ...] = ()
    assignments: tuple[Assignment, ...] = ()


Release = Literal["list", "practice", "teacher-only"]


class ExamTicket(_Node, frozen=True, kw_only=True):
    """A ticket that a source prints: the ids of its questions."""

    id: Id
    number: int
    questions: tuple[Id, ...]
    place: Place | None = None


class Practice(_Node, frozen=True, kw_only=True):
    """A practice assessment: ``questions`` drawn by ``seed``, no two of them variants of one question."""

    questions: int = 10
    seed: int = 1


class Exam(_Node, frozen=True, kw_only=True):
    """The exam list or bank. ``release``: what students may see (``list`` when nobody says otherwise)."""

    questions: Questions = ()
    title: str | None = None
    release: Release = "list"
    form: str | None = None
    tickets: tuple[ExamTicket, ...] = ()
    practice: Practice | None = None
    place: Place | None = None


class Author(_Node, frozen=True, kw_only=True):
    name: str
    degree: str | None = None
    post: str | None = None


class Reading(_Node, frozen=True, kw_only=True):
    """A text to read beside the lectures. ``title`` as printed (or None), ``label`` what course.toml calls it."""

    id: Id
    blocks: Blocks
    title: str | None = None
    label: str | None = None
    authors: tuple[Author, ...] = ()
    affiliation: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    place: Place | None = None


class Term(_Node, frozen=True, kw_only=True):
    id: Id
    term: str
    definition: Blocks
    translations: dict[str, str] = {}
    place: Place | None = None


# --- what an author or a syllabus declares ------------------------------------------------------------------------


class Teacher(_Node, frozen=True, kw_only=True):
    name: str
    degree: str | None = None
    post: str | None = None
    email: str | None = None
    phone: str | None = None
    room: str | None = None
    office_hours: str | None = None


class Hours(_Node, frozen=True, kw_only=True):
    """Academic hours of the whole course by type; ``independent`` СӨЖ/СРС, ``supervised`` СОӨЖ/СРСП."""

    lecture: float | None = None
    seminar: float | None = None
    practical: float | None = None
    laboratory: float | None = None
    independent: float | None = None
    supervised: float | None = None
    total: float | None = None


class GradeWeight(_Node, frozen=True, kw_only=True):
    name: str
    percent: float


class Interim(_Node, frozen=True, kw_only=True):
    """An interim control after a week (рубежный / аралық бақылау)."""

    after_week: int
    name: str
    points: float | None = None


class Grading(_Node, frozen=True, kw_only=True):
    """How the course is marked. ``preset``: ``60/40`` (rating/exam) or ``60/10/30``; ``formula`` as the university
    prints it."""

    preset: Literal["60/40", "60/10/30"] | None = None
    formula: str | None = None
    weights: tuple[GradeWeight, ...] = ()
    interim: tuple[Interim, ...] = ()
    blocks: Blocks = ()


class Literature(_Node, frozen=True, kw_only=True):
    basic: tuple[str, ...] = ()
    additional: tuple[str, ...] = ()
    internet: tuple[str, ...] = ()


class Approval(_Node, frozen=True, kw_only=True):
    """Who approves and where it was considered; dates are ISO dates."""

    approver_post: str | None = None
    approver_name: str | None = None
    department_minutes: str | None = None
    department_date: str | None = None
    council: str | None = None
    council_minutes: str | None = None
    council_date: str | None = None


class Signature(_Node, frozen=True, kw_only=True):
    role: str
    name: str | None = None


class About(_Node, frozen=True, kw_only=True):
    """Everything about a course that somebody declared. Absent fields are blanks in a printed paper."""

    code: str | None = None
    cycle: str | None = None
    component: str | None = None
    credits: float | None = None
    hours: Hours | None = None
    programme: str | None = None
    university: str | None = None
    faculty: str | None = None
    department: str | None = None
    year: str | None = None
    semester: str | None = None
    study_year: int | None = None
    study_form: str | None = None
    city: str | None = None
    teachers: tuple[Teacher, ...] = ()
    description: Blocks = ()
    aim: Blocks = ()
    objectives: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    postrequisites: tuple[str, ...] = ()
    grading: Grading | None = None
    policies: tuple[Section, ...] = ()
    literature: Literature = Literature()
    approval: Approval | None = None
    signatures: tuple[Signature, ...] = ()
    form_code: str | None = None
    edition: str | None = None
    revision: str | None = None
    rights: str | None = None
    keywords: tuple[str, ...] = ()


class Source(_Node, frozen=True, kw_only=True):
    """A document the course was read from: its name in the course folder, SHA-256, role, and the ledger in letters.

    ``letters`` = non-blank characters; ``content + marks + sum(aside.values()) + unclaimed == letters``.
    """

    file: str
    sha256: str
    role: str
    letters: int = 0
    content: int = 0
    marks: int = 0
    aside: dict[str, int] = {}
    unclaimed: int = 0


class Course(_Node, tag=FORMAT, tag_field="format", frozen=True, kw_only=True):
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


# --- plain reading ------------------------------------------------------------------------------------------------


def inline_text(content: Inlines) -> str:
    """The letters of inline content, without style; a footnote mark gives none."""
    parts: list[str] = []
    for item in content:
        match item:
            case Run():
                parts.append(item.text)
            case Math():
                parts.append(item.text or item.tex or "")
            case Picture():
                parts.append(item.alt)
            case NoteMark():
                pass
    return "".join(parts)


def block_text(blocks: Blocks) -> str:
    """The letters of blocks, a line each (list items and cells too), without marks."""
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                lines.append(inline_text(block.content))
            case List():
                lines.extend(block_text(item.blocks) for item in block.items)
            case Table():
                lines.extend(" \t".join(block_text(cell.blocks) for cell in row.cells) for row in block.rows)
            case Figure():
                lines.append(inline_text(block.caption) or block.alt)
            case Formula():
                lines.append(block.math.text or block.math.tex or "")
            case Quote() | Footnote():
                lines.append(block_text(block.blocks))
    return "\n".join(line for line in lines if line)


def text_blocks(text: str, place: Place | None = None) -> Blocks:
    """Plain text as paragraphs, split at blank lines."""
    parts = (part.strip() for part in text.split("\n\n")) if "\n\n" in text else (text.strip(),)
    return tuple(Paragraph(content=(Run(text=part),), place=place) for part in parts if part)


# --- JSON ---------------------------------------------------------------------------------------------------------


def encode(course: Course) -> bytes:
    """The course as indented UTF-8 JSON, always the same bytes for the same course."""
    return visible.json(course, "deterministic")


# What is no character of XML 1.0 (section 2.2), escaped or written as it is. Backslashes in pairs escape nothing more.
_CONTROL_IN_JSON = re.compile(
    rb"((?<!\\)(?:\\\\)*)\\(?:[bf]|u00(?:0[0-8bBcCeEfF]|1[0-9a-fA-F])|u[fF]{3}[eEfF])|\xef\xbf[\xbe\xbf]"
)


def without_controls(data: bytes) -> bytes:
    """JSON without the control characters of its texts: they mean nothing, and no product can hold them."""
    return _CONTROL_IN_JSON.sub(rb"\1", data)


def decode(data: bytes) -> Course:
    """A course from its JSON, controls left out. Raises ``msgspec.ValidationError`` or ``msgspec.DecodeError``."""
    try:
        course = msgspec.json.decode(without_controls(data), type=Course)
        for source in course.sources:
            if reason := names.unsafe(source.file):
                raise msgspec.ValidationError(f"a source is called {source.file[:80]!r}: {reason}")
        return course
    except msgspec.ValidationError as problem:
        raise msgspec.ValidationError(said(problem)) from None
    except UnicodeDecodeError as problem:  # msgspec looks at letters only where it makes a string
        raise msgspec.DecodeError(f"not UTF-8: {problem.reason}") from None
    except RecursionError:
        raise msgspec.DecodeError("its parts stand too deep in one another") from None


def said(problem: Exception) -> str:
    """The message of a mistake in the model, in words instead of a regular expression."""
    text = str(problem)
    for pattern, expected in _EXPECTED.items():
        text = text.replace(f"`str` matching regex {pattern!r}", expected)
    return text


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every encoded course fulfils."""
    schema = msgspec.json.schema(Course)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "coursepack course", **schema}
