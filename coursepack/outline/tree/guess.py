"""What a document seems to be and what course it is of, told from what it holds, weighed over the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

import msgspec

from coursepack.model.document import Document
from coursepack.outline import naming
from coursepack.outline.about import AboutCollector
from coursepack.outline.bank.no_questions import holds_none
from coursepack.outline.bank.sheets import holds_keys_alone
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource, title_of
from coursepack.outline.guess import main_language
from coursepack.outline.markers import standard
from coursepack.outline.readings import is_article
from coursepack.outline.side_by_side import keep_side
from coursepack.outline.stream import stream
from coursepack.outline.tree.assemble import Assembly
from coursepack.outline.tree.front import Front
from coursepack.outline.tree.grow import grow, lay_out, planted
from coursepack.outline.tree.modes import LISTS, Mode, is_stated, opening
from coursepack.outline.tree.read import is_form
from coursepack.outline.tree.sections import OUTER, SESSIONS, OutlineSection
from coursepack.outline.tree.words import words
from coursepack.project.course_toml import Role, SourceEntry

_ROLES: dict[Mode, tuple[Role, str]] = {
    "questions": ("questions", "most of its lines are questions"),
    "tests": ("tests", "it holds questions with answers to choose from"),
    "tickets": ("tickets", "it holds exam tickets"),
    "glossary": ("glossary", "it is a list of terms and definitions"),
    "tasks": ("assignments", "it lists tasks of independent work"),
    "sheet": ("assignments", "it sets one piece of work"),
    "reading": ("reading", "its name or first lines call it a text to read"),
}
_PLANS: dict[str, Role] = {
    "seminar": "seminar-plan",
    "practical": "practical-plan",
    "laboratory": "laboratory-plan",
    "lecture": "lecture",
}
_AREAS: dict[str | None, Role] = {
    "seminars": "seminar-plan",
    "practicals": "practical-plan",
    "laboratories": "laboratory-plan",
}
_DATA = frozenset({"grading", "policy", "prerequisites", "description", "plan", "outcomes", "literature"})


@dataclass(frozen=True)
class RoleGuess:
    """A role with its reason in words for the author; ``title`` of the course where the document says it, ``surely``
    or as the only heading that it has; ``told``: how much says so, ``SAID`` where the document itself calls it the
    title; ``instead`` of a role that most speaks for, and with which nothing is read; ``own``: the title of the one
    class, work or text which the document is."""

    role: Role
    reason: str
    title: str | None
    surely: bool = True
    instead: Role | None = None
    told: int = 0
    own: str | None = None


SAID = 100


_MOST = 4000
"""Units of a document that are looked at: many more say nothing else of what it is."""


def guess(document: Document) -> RoleGuess:
    """What a document seems to be, by its first hundred pages or so: the likeliest role by which anything is read."""
    document = msgspec.structs.replace(document, units=document.units[:_MOST])
    first, asks = _guess(document)
    if asks:
        return first
    other, _ = _guess(document, tests=False)
    return RoleGuess(
        other.role,
        "it looks like a test, but no question was found in it",
        other.title,
        other.surely,
        "tests",
        other.told,
        other.own,
    )


def _guess(document: Document, *, tests: bool = True) -> tuple[RoleGuess, bool]:
    """What a document seems to be (without ``tests``: what else), and False where it is a test that asks nothing."""
    source = _source(document, "textbook")
    keep_side(source, main_language(document)[0])
    if holds_keys_alone(source):
        return RoleGuess("keys", "it holds keys of a test and nothing else", None, surely=False), True
    front = Front(source, AboutCollector())
    root, mode = planted(source, front, () if tests else [mode for mode in get_args(Mode) if mode != "tests"])

    if mode == "tests":
        lay_out(root)
    drafts = Assembly(source, front, root, mode).run()
    role, reason = _of_deck(document) if document.slides else _role(source, root, mode, tests=tests)
    asks = role != "tests" or not holds_none(
        drafts if mode == "tests" else grow(_source(document, role), AboutCollector())
    )
    titles = front.detected.titles
    title = titles[0][0] if titles else None
    # «Questions for the defence» over questions is the heading of the list before it is a course.
    of_list = mode in LISTS and title is not None and words().front("paper", title)
    surely = mode not in {"reading", "session"} and not document.slides and not of_list
    return RoleGuess(
        role, reason, title, surely, told=front.detected.guessed.get(title or "", SAID), own=_own_title(drafts)
    ), asks


def _own_title(drafts: Sequence[PartDraft]) -> str | None:
    """The title of the only class, work or text among drafts; one that is counted is one of several of a course."""
    held = [draft for draft in drafts if draft.kind in _TITLED]
    alone = len(held) == 1 and held[0].number is None and held[0].pair is None
    title = title_of(held[0].title) if alone else None
    return None if title is None or _is_label(title) else title


def _is_label(title: str) -> bool:
    """Whether a line is the label of a title, «Название темы», or the head of a table that no rules draw."""
    marks = standard()
    labels = any(mark.whole and mark.group == "field" for mark in marks.find(title))
    return labels or len(marks.columns(title)) >= _COLUMNS


_COLUMNS = 3
"""Kinds of columns that a line names which is the head of a table."""
_TITLED = SESSIONS | {"assignment", "reading"}


def _source(document: Document, role: Role) -> OutlineSource:
    marks = standard()
    return OutlineSource(document, SourceEntry(file=document.file, role=role), stream(document, role, marks), marks)


def holds_plan(document: Document) -> bool:
    """Whether a document has the table of a plan of a course."""
    source = _source(document, "syllabus")
    front = Front(source, AboutCollector())
    planted(source, front, ("course",))
    return bool(front.plan_heads)


def _of_deck(document: Document) -> tuple[Role, str]:
    """A presentation is shown in a class: a lecture, unless its name says which other class it is."""
    named = naming.read(document.file).role
    if named is not None and named in _AREAS.values():
        return named, f"its name says so ({document.file})"
    return "lecture", "a presentation is a lecture"


def _role(source: OutlineSource, root: OutlineSection, mode: Mode, *, tests: bool) -> tuple[Role, str]:
    if mode == "reading" and is_article(source, source.stream.pieces):
        return "article", "authors are named below its title, as in an article"
    if mode == "reading" and is_form(root.everything()):
        return "reading", "most of its lines are to be filled in"
    if mode == "session":
        found = opening(root)
        file_name = naming.read(source.document.file)
        # What is named so may have parts: the aims of a laboratory work are no proof that it is a lecture.
        kept = file_name.counts_class or file_name.role in _AREAS.values()
        plain = kept or not any(one.label for one in root.walk() if one is not root)
        if file_name.role is not None and (tests or file_name.role != "tests") and found is None and plain:
            return file_name.role, f"its name says so ({source.document.file})"
        kind = found[1].kind if found else None
        role = _PLANS.get(kind or "lecture", "lecture")
        if role == "lecture" and {"outcomes", "outline"} <= {one.label for one in root.walk()}:
            role = "lecture-plan"
        return role, f"it is one {kind if kind and kind != 'meeting' else 'class'} with its parts"
    if mode == "course":
        return _of_course(root)
    return _ROLES[mode]


def _of_course(root: OutlineSection) -> tuple[Role, str]:
    """A textbook holds texts of its classes, a plan of one kind lists them, a syllabus holds data of the course."""
    members = [one for one in root.walk() if one.series is not None and one.series.kind in SESSIONS | OUTER]
    stated_count = sum(map(is_stated, members))
    kinds = {one.series.kind for one in members if one.series is not None}
    if stated_count * 2 > len(members) > 1 and kinds - {"seminar", "practical", "laboratory"}:
        return "textbook", f"it holds {len(members)} classes with their texts"
    if len(kinds) == 1 and (kind := kinds.pop()) in _PLANS and kind != "lecture":
        return _PLANS[kind], f"it holds {len(members)} classes of one kind"
    areas = {_AREAS[one.label] for one in root.walk() if one.label in _AREAS}
    if not members and len(areas) == 1 and not {one.label for one in root.walk()} & _DATA:
        return areas.pop(), "its heading names a plan of classes"
    if members and not stated_count:
        return "syllabus", "it names the classes of a course and its data"
    if members:
        return "textbook", f"it holds {len(members)} classes"
    return "syllabus", "it holds the data of a course: aims, grading, rules or a plan by week"
