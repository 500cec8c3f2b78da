"""What a whole document is: a course, a class, questions, tests, tickets, terms, tasks, a sheet of work, a text.

The kinds are weighed against one another over the whole document; the best wins, ties go by their order here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Literal

from coursepack import languages
from coursepack.model.document import Listing
from coursepack.outline.alphabets import is_divider
from coursepack.outline.bank.items import answers, items_of
from coursepack.outline.bank.key_text import is_judged, is_key, key_in, names_answer, truth_behind
from coursepack.outline.bank.lines import begins
from coursepack.outline.bank.parts import DraftOption, DraftQuestion, Read
from coursepack.outline.plans.meetings import kinds_on_line
from coursepack.outline.tree import alone, problems, produced, work
from coursepack.outline.tree.alike import members, speaks_of_several
from coursepack.outline.tree.defined import called_words
from coursepack.outline.tree.numbered_tasks import says_what_to_do
from coursepack.outline.tree.ordinals import HeadingNumber, counted
from coursepack.outline.tree.sections import SESSIONS, OutlineSection, heads_text, holds_works, names_term
from coursepack.outline.tree.shape import Shape, is_prose, offered, shape, share_mark, tells
from coursepack.outline.tree.signals import Segment, weights
from coursepack.outline.tree.stages import is_timed
from coursepack.outline.tree.titles import calls_lesson
from coursepack.outline.tree.values import led_by_code
from coursepack.outline.tree.words import words
from coursepack.outline.tree.workload import counts_hours

Mode = Literal["course", "tests", "tickets", "questions", "glossary", "tasks", "sheet", "session", "reading"]

# How a document of a role is read: as one of these kinds, the one that fits it best.
OF_ROLE: dict[str, tuple[Mode, ...]] = {
    "lecture": ("session", "course"),
    "lecture-plan": ("session", "course"),
    "seminar-plan": ("session", "course"),
    "practical-plan": ("session", "course"),
    "laboratory-plan": ("session", "course"),
    "questions": ("questions",),
    "tests": ("tests",),
    "keys": ("tests",),
    "tickets": ("tickets",),
    "glossary": ("glossary",),
    "assignments": ("tasks", "sheet"),
    "article": ("reading",),
    "reading": ("reading",),
    "textbook": ("course",),
    "syllabus": ("course",),
    "assessment-fund": ("course",),
}
_LISTS: dict[str, Mode] = {
    "exam": "questions",
    "tests": "tests",
    "assignments": "tasks",
    "glossary": "glossary",
    "tickets": "tickets",
}
LISTS = frozenset(_LISTS.values())
"""The kinds of documents that are one list."""
_CLASS = frozenset(
    {"outline", "aims", "review", "tasks", "equipment", "text", "keywords", "homework", "summary", "literature"}
)
_DATA = frozenset({
    "description", "course-aim", "objectives", "prerequisites", "postrequisites", "grading", "policy", "plan", "exam",
    "tickets", "assignments", "contact", "lectures", "seminars", "practicals", "laboratories", "outcomes", "tests",
})  # fmt: skip
_OF_BOTH = frozenset({"outcomes", "objectives", "course-aim"})
"""Parts that the text of a class may have as well as the paper of a course."""
_BESIDE_TESTS = _DATA - {"tests", "exam", "tickets", "plan", "policy"}
"""Parts that a test alone does not have."""
_BY_NAME = 1
"""What the heading of a list says of which of two kinds it is."""
_PARTS = 3
"""Headings of a paper of a whole course beside its test."""
_SURE = 6
_OF_COURSE = 8
_MARKED = 6
"""What shares that make a whole of the mark say of a course."""
_WEEKS = 6
_SEVERAL_WEEKS = 4
"""Weeks that no class lasts."""
_TITLE_LINES = 6
_MANY = 8
_MIXED = 0.4
"""The share of sentences up to which a document may be a bank: answers may be as long as a sentence."""
_FEW_ASKED = 0.1
_BANK = 30
_STATED = frozenset({"letter", "inline", "sign", "tag", "beside"})
"""What says for itself that a line is an answer."""
_MOST = 0.8
_OTHER = 0.3
_LIST = 6
_LESSON = 16
_KEYED = 8
_FEWEST_KEYED = 3
"""Questions with a key line that make a test; two where they are counted from one and nothing else is."""
_ONE_CLASS = 8
"""What a file's name that counts a class says, where nothing in it counts classes or speaks of a course."""
_PLANNED = 12
"""What points of a plan that head the text below say."""
_SEVERAL = 2
_OFFERED = 0.5
"""The share of answers to choose from that makes a document no course, whatever its headings count."""
_CONTACTS = frozenset({"teacher", "assistant", "email", "phone", "room", "office-hours", "credits", "semester", "code"})
_FIRST = 25
_FIRST_LINES = 8
_INSTRUCTED = 12
_BRIEFS = 8
_SHORTEST = 100
"""Characters of a paragraph of text."""


@dataclass(frozen=True, slots=True)
class TableContents:
    """What the tables of a document hold: ``plans`` of classes, ``heard`` fields of the course, ``glossaries``, plans
    of one lesson (``lessons``), the shares of the mark; ``reading``: what says that it is a text to read;
    ``counts_class``: the file's name counts a class, «Lab 3»; ``annexed``: most of it stands outside of plans of a
    lesson."""

    plans: int = 0
    detected: int = 0
    glossaries: int = 0
    reading: float = 0
    lessons: int = 0
    shares: bool = False
    counts_class: bool = False
    annexed: bool = True


class _DocumentFeatures:
    """What is seen of a document as a whole, before its kinds are weighed."""

    def __init__(self, root: OutlineSection, held: TableContents) -> None:
        self.root, self.tables = root, held
        self.sections = [one for one in root.walk() if one.head is not None]
        self.kinds = Counter(one.series.kind for one in self.sections if one.series is not None)
        self.tickets = self.kinds["ticket"] > 1
        self.every = list(_segments(root))
        self.found = shape(self.every)
        self.named = {name for one in self.sections for name in _named(one)}
        self.data = sum(name in _DATA for name in self.named)
        if self.named & _DATA <= _OF_BOTH and sum(map(_tells, self.every)) >= _SEVERAL:
            self.data = 0
        self.of_course = names_course(root) or _is_text_around(self.sections)
        self.members = [one for one in self.sections if one.series is not None and one.series.kind in SESSIONS]
        self.top = None if self.of_course else _top(root, self.members, counted=self.tickets)
        self.told = any(one.children or any(is_prose(segment) for segment in one.own) for one in self.members)
        self.read = any(map(_is_read, self.members))
        self.offered = self.found.options >= _OFFERED and self.prose < 1 - _OFFERED and not self.read
        self.itself = not (self.of_course or held.plans or counting(root)) and says_itself(root)
        listed = (self.top in _LISTS and not self.told) or self.offered
        counted = 0 if listed else len(self.members)
        self.one_class = held.counts_class and not (counted or self.of_course or held.plans or self.itself)
        alike = 0 if self.tickets or self.offered or self.one_class else _alike(root)
        self.classes = counted + alike or self._outer()
        self.held = bool(self.classes or held.lessons or held.plans)
        """Whether it has classes."""

    def _outer(self) -> int:
        """How many weeks or units are classes, where nothing else is one."""
        if self.offered or counting(self.root) is not None:
            return 0
        outer = [one for one in self.sections if one.series is not None and one.series.kind in {"unit", "week"}]
        return sum(map(_is_class, outer))

    @property
    def prose(self) -> float:
        return self.found.prose


def weighed(root: OutlineSection, held: TableContents) -> dict[Mode, float]:
    """How much speaks for each kind of document. A document that nothing else is said of is a class."""
    seen = _DocumentFeatures(root, held)
    every, found, prose, classes = seen.every, seen.found, seen.prose, seen.classes
    scores: dict[Mode, float] = {
        "course": _of_course(seen),
        "tests": _of_options(seen),
        "tickets": _of_tickets(seen),
        "questions": _of_questions(seen),
        "glossary": _of_glossary(seen),
        "tasks": _of_tasks(root, classes),
        "sheet": 0
        if (held.plans and _brief(root) is None) or held.lessons or _plans_lesson(every)
        else _of_sheet(root, every) + _ITSELF * (seen.itself and classes < _SEVERAL),
        "session": _of_class(root, seen.named, prose, planned=classes < _SEVERAL and not seen.of_course)
        + _ONE_CLASS * seen.one_class,
        # «Ans- B» below one question after another: no article, whoever stands under its title.
        "reading": 0 if sum(is_key(one.text) for one in every if one.is_text) > _MANY else held.reading,
    }
    _add_classes(scores, seen)
    scores["glossary"] = _of_terms(scores["glossary"], root, found, tables=held.glossaries, held=seen.held)
    _add_lessons(scores, seen)
    _part_lists(scores, seen)
    _add_named(scores, root, every, seen.top, prose, seen.members, tickets=seen.tickets)
    _add_alone(scores, root, every, found, held=seen.held, data=seen.data)
    _add_bank(scores, seen)
    _beside_texts(scores, every, read=seen.read)
    if not seen.held and _is_scale(root, every):
        scores["tests"] = scores["questions"] = 0
        scores["course"] = max(scores["course"], _CALLED)
    parts = sum(map(_is_part, seen.sections))
    if sum(name in _BESIDE_TESTS for name in seen.named) > 1 or (seen.of_course and parts > _PARTS):
        scores["tests"] /= 2
    return scores


def _is_scale(root: OutlineSection, every: Sequence[Segment]) -> bool:
    """Whether a document says what work is worth and little else: its first line speaks of criteria or marks, and many
    of the others give points."""
    first = _first_text(root)
    named = first is not None and any(stem in first.text.lower() for stem in languages.words("criteria"))
    if first is None or not (named or first.labels.get("grading", 0) >= _SURE):
        return False
    lines = [one for one in every if one.is_text and one.text and one is not first]
    worth = sum(_POINTS.search(one.text) is not None for one in lines)
    return worth >= _SEVERAL_QUESTIONS and worth * 5 >= len(lines) * 2


_POINTS = languages.expression(r"(?<![\w.,])\d+(?:[.,]\d+)?\s*(?:[–—-]\s*)?(?:@marks@)(?!\w)", re.IGNORECASE)


def _of_variants(root: OutlineSection) -> bool:
    """Whether variants of a paper are all of a document: nearly all lines below each are counted, and several ask, or
    say what to do where the first lines name written work."""
    sections = [one for one in root.walk() if one.head is not None]
    variants = [one for one in sections if one.series is not None and one.series.kind == "variant"]
    lines = [
        line for one in variants for line in one.everything() if line.is_text and line.text and line is not one.head
    ]
    counted = sum((one.mark is not None and one.mark.value > 0) or _counts_question(one) for one in lines)
    written = any(work.is_paper(one.text) for one in _in_order(root)[:_FIRST_NAMES] if one.is_text)
    asking = sum(one.asks == "question" or (written and one.asks == "task") for one in lines)
    alone = len(sections) < len(variants) + _SEVERAL
    line_count = len(lines) - _CLOSING  # «Good luck!» behind the last
    return len(variants) > 1 and alone and counted * 10 >= line_count * 9 and asking * 4 >= len(lines) > 0


_CLOSING = 1


def _counts_question(line: Segment) -> bool:
    return any(one.kind == "question" and one.start == 0 for one in line.counted)


def _of_course(seen: _DocumentFeatures) -> float:
    """What speaks for a paper of a whole course: its classes, its data, its plans, its fund."""
    root, kinds, tables = seen.root, seen.kinds, seen.tables
    lines = [one for one in (*seen.every, *(section.head for section in seen.sections)) if one is not None]
    heads = {name for one in lines if one.at < _FIRST for name in one.data}
    return (
        (12 + min(seen.classes, 6) if seen.classes > 1 else 0)
        + 2.5 * seen.data
        + 8 * min(tables.plans, 1)
        + 1.5 * (tables.detected + sum(name in _CONTACTS for name in heads))
        + 2 * (kinds["week"] + kinds["unit"] > 1)
        + _WEEKS * (kinds["week"] >= _SEVERAL_WEEKS)
        + _OF_COURSE * seen.of_course
        + _MARKED * (tables.shares or _shares_mark(root))
        + (_BRIEFS if any(map(holds_works, root.walk())) else 0)
        + (_FUND if len(_lists_held(root)) > 1 else 0)
    )


def _of_options(seen: _DocumentFeatures) -> float:
    """What answers to choose from say of a test."""
    if seen.found.options < 0.3:
        return 0
    several = _option_runs(seen.every) > 1 or any(is_key(one.text) for one in seen.every)
    return (16 if several else 4) * seen.found.options * (1 - seen.prose)


def _of_tickets(seen: _DocumentFeatures) -> float:
    one = _one_ticket(seen.sections)
    counted = 11 if seen.tickets or of_pairs(seen.every) else 6 if one else 0
    return counted + (9 if _bare_counts(seen.root) else 0)


def _of_questions(seen: _DocumentFeatures) -> float:
    found = seen.found
    if _sets_tasks_on_text(seen.every):
        return 0
    if found.asks >= 0.5 and found.count > 2:
        return 9 * found.asks * (1 - seen.prose) * (_OTHER if _are_steps(seen.every) else 1)
    return 2 * found.items * (1 - seen.prose)


def _sets_tasks_on_text(every: Sequence[Segment]) -> bool:
    """Whether a word counts several tasks below paragraphs of text: what is handed out in a class, no list of an
    exam."""
    tasks = [one for one in every if produced.task_line(one) is not None]
    prose = [one for one in every if is_prose(one) and one.asks is None and tasks and one.at < tasks[0].at]
    return len(tasks) >= _SEVERAL and len(prose) >= _SEVERAL


def _of_glossary(seen: _DocumentFeatures) -> float:
    root, classes = seen.root, seen.classes
    terms = _by_terms(seen.found if classes or counting(root) else shape(_before_work(root)))
    called = seen.tables.glossaries or _heads_meanings(root, seen.top)
    return terms + (8 if called and not classes else 0)


def _add_classes(scores: dict[Mode, float], seen: _DocumentFeatures) -> None:
    """What several classes say of a course, or one with lists of a whole course behind it."""
    if seen.told and seen.classes > 1 and _count_on(seen.root, seen.members):
        scores["course"] += scores["session"]
    if seen.read and len(seen.members) == 1 and _lists_behind(seen.root, seen.members[0]):
        scores["course"] += _BESIDE_CLASS


def _add_lessons(scores: dict[Mode, float], seen: _DocumentFeatures) -> None:
    """What the plan of one lesson says."""
    names_lesson = any(map(calls_lesson, _in_order(seen.root)[:_FIRST_NAMES]))
    if names_lesson or seen.tables.lessons or _plans_lesson(seen.every) or _stages(seen.sections, seen.named):
        # A paper of a whole course may show how a lesson is planned: the form to fill in is no class.
        one = seen.classes < _SEVERAL and not (seen.of_course and seen.tables.annexed)
        scores["session" if one else "course"] += _LESSON


_FIRST_NAMES = 4
"""Among how many lines at the beginning the name of a paper is looked for."""


def _part_lists(scores: dict[Mode, float], seen: _DocumentFeatures) -> None:
    """What tells lists of questions, of work, of tickets and tests from one another."""
    shares = seen.tables.shares
    if instructs(seen.every) and not (shares or _is_lecture(seen.root, seen.sections)):
        scores["tickets" if seen.tickets else "questions"] += _INSTRUCTED
    if shares:  # a list of questions has no table of what makes the mark of a course
        scores["questions"] /= 2
    if seen.tickets:
        _tickets_or_tests(scores, seen.sections)
    if seen.tables.plans and seen.data:  # a plan of classes and the data of a course hold the list of its work
        scores["tasks"] /= 2
    if not seen.classes and _lists_orders(seen.top, seen.every):
        scores["tasks"] = max(scores["tasks"], scores["questions"] + _BY_NAME)


def _beside_texts(scores: dict[Mode, float], every: Sequence[Segment], *, read: bool) -> None:
    """Less for lists in a document in which a class is ``read``; not for terms that are nearly all of it."""
    for name in _LISTS.values() if read else ():
        scores[name] *= _OTHER
    if _holds_terms_alone(every):
        scores["glossary"] = max(scores["glossary"], _RUNS_ON)


def _are_steps(every: Sequence[Segment]) -> bool:
    """Whether most lines that tell what to do are steps of work of several kinds, «Click Create», as in a guide."""
    orders = [one for one in every if one.asks == "task"]
    texts = [one.text[one.mark.end :] if one.mark is not None else one.text for one in orders]
    steps = [text for text in texts if words().works(text)]
    kinds = {found[0].lower() for text in steps if (found := _WORD.search(text))}
    return len(orders) > _MANY and len(steps) * 2 > len(orders) and len(kinds) >= _KINDS_OF_STEPS


_KINDS_OF_STEPS = 3
_WORD = re.compile(r"[^\W\d_]+")


def _add_named(
    scores: dict[Mode, float],
    root: OutlineSection,
    every: Sequence[Segment],
    top: str | None,
    prose: float,
    members: Sequence[OutlineSection],
    *,
    tickets: bool,
) -> None:
    """What the first lines say: the list that they name (``top``), that of an exam where ``tickets`` are counted below
    it as these, or questions that are worth marks below them."""
    if _begins_with_work(root) and not any(is_key(one.text) for one in every):  # «a) …, b) …» are cases of a task
        scores["tasks"] = max(scores["tasks"], scores["tests"] + _BY_NAME)
    if top is None and not members and (_are_worth_marks(root, every) or _is_written_work(root, every)):
        scores["questions"] = max(scores["questions"], _INSTRUCTED)
        scores["tasks"] = 0
    if top is None and not members and _reviews_alone(root, every):
        scores["questions"] = max(scores["questions"], _CALLED)
    if top in _LISTS:
        kind: Mode = "tickets" if top == "exam" and tickets else _LISTS[top]
        by_topic = top == "exam" and _asks_by_topic(members)
        scores[kind] += (6 if prose < 0.3 else 0) + _BY_TOPIC * by_topic


def _first_text(root: OutlineSection) -> Segment | None:
    """The first line of a document."""
    return min((one for one in root.everything() if one.is_text and one.text), key=lambda one: one.at, default=None)


def _are_worth_marks(root: OutlineSection, every: Sequence[Segment]) -> bool:
    """Whether the first line speaks of questions and many that ask say what they are worth: «Explain … [4 marks]»."""
    first = _first_text(root)
    questions = [one for one in every if one.asks is not None]
    if first is None or len(questions) < _MANY or not {"review", "exam"} & set(words().labels(first.text)):
        return False
    return sum(_WORTH.search(one.text) is not None for one in questions) * 3 > len(questions)


def _reviews_alone(root: OutlineSection, every: Sequence[Segment]) -> bool:
    """Whether the first line names review questions, and most lines of the document are numbered, from the first on."""
    first = _first_text(root)
    lines = [one for one in every if one.is_text and one.text and one is not first]
    counted = [one for one in lines if one.mark is not None and one.mark.value > 0]
    named = words().labels(first.text) if first is not None else {}
    if named.get("review", 0) < max(_SURE, *named.values(), 0) or len(counted) < _SEVERAL_QUESTIONS * 2:
        return False
    above = [one for one in lines if one.at < counted[0].at]
    return len(counted) * 2 > len(lines) and len(above) <= _SEVERAL and not any(map(is_prose, above))


def _is_written_work(root: OutlineSection, every: Sequence[Segment]) -> bool:
    """Whether a document is one piece of written work that is done in class: its name and number among the first lines,
    behind them numbered questions and little else."""
    first = [one for one in _in_order(root) if one.is_text and one.text][:_FIRST_NAMES]
    named = any(_names_paper_of_class(one.text) for one in first)
    counted = [one for one in every if one.mark is not None and one.mark.value > 0]
    if not named or len(counted) < _SEVERAL_QUESTIONS or any(map(is_prose, every[: counted[0].at])):
        return False
    worth = sum(_WORTH.search(one.text) is not None for one in counted)
    asked = sum(one.asks is not None for one in every)
    return max(worth, asked) * 2 >= len(counted)


def _names_paper_of_class(text: str) -> bool:
    """«Контрольная работа № 2 по дисциплине …», «… пәні бойынша № 2 бақылау жұмысы»."""
    parts = (_UP_TO_NUMBER.match(text), _FROM_NUMBER.search(text))
    return any(found is not None and _is_paper(found[0].strip()) for found in parts)


def _is_paper(text: str) -> bool:
    found = work.named(text)
    return found is not None and found.kind == "paper" and found.end >= len(text)


_FROM_NUMBER = re.compile(r"(?:№\s*)?\d{1,2}\D{3,40}$")
_UP_TO_NUMBER = re.compile(r"(?:№\s*\d{1,2}\s)?\D{3,40}(?:\d{1,2})?(?!\d)")
_SEVERAL_QUESTIONS = 3
"""Questions of a piece of written work, at least."""
_WORTH = languages.expression(r"[\[(]\d[\d\s+.,×x]*(?:@marks@)[\])]", re.IGNORECASE)


def _lists_orders(top: str | None, every: Sequence[Segment]) -> bool:
    """Whether the first lines name work, whose items may be told as questions are, or each item says to make
    something."""
    return top == "assignments" or (top is None and produced.is_set(every))


def _is_part(one: OutlineSection) -> bool:
    """Whether a heading names a part of a paper: it asks nothing, and heads no answers to choose from."""
    plain = one.series is None and one.head is not None and one.head.asks is None
    return plain and not any(segment.option for segment in one.everything())


def _add_bank(scores: dict[Mode, float], seen: _DocumentFeatures) -> None:
    """What letters, keys and the shape of questions say for a test."""
    root, every, found, classes, prose = seen.root, seen.every, seen.found, seen.classes, seen.prose
    lessons = seen.tables.lessons
    if not classes and _lettered_runs(every) >= _MANY and prose < 0.5:
        scores["tests"] = max(scores["tests"], 5)
    if not classes and prose < _OTHER and 1 < _lettered_runs(every) <= sum(names_answer(one.text) for one in every):
        scores["tests"] = max(scores["tests"], _KEYED)  # long listings between, so that answers are few among lines
    scores["tests"] += 12 * _laid_out(root) if seen.top == "tests" or prose < 0.1 else 0
    is_keyed = not classes or sum(one.is_text and is_key(one.text) for one in every) >= _FEWEST_KEYED
    if is_keyed and not (lessons or seen.tables.glossaries) and prose < _MIXED:
        scores["tests"] = max(scores["tests"], _BANK * _keyed(root))
    if prose < _MIXED and not (lessons or _only_ask(seen.kinds, found)) and found.asks + found.items > _FEW_ASKED:
        scores["tests"] = max(scores["tests"], _BANK * _of_bank(root))
    if counting(root) is not None and _option_runs(every) < _RUNS:
        scores["tests"] /= 2  # boxes to tick in a class: «- [ ] to do»


def _is_text_around(sections: Sequence[OutlineSection]) -> bool:
    """Whether the headings of a document only name a text at the beginning or the end of a course; a class may be
    called «Introduction»."""
    marks = [[m for m in one.head.marks if m.whole and m.group == "heading"] for one in sections if one.head]
    return 0 < len(sections) <= _SEVERAL and all(any(m.kind in _AROUND for m in some) for some in marks)


_AROUND = frozenset({"foreword", "conclusion"})


def _of_class(root: OutlineSection, named: Collection[str], prose: float, *, planned: bool) -> float:
    """What speaks for one class; ``planned``: points that head the text below may be its plan."""
    parts = 2 * sum(name in _CLASS for name in named) + 2 * prose
    opened = 8 if counting(root) is not None else 4 if _titled(root) else 0
    points = _PLANNED if planned and any(map(heads_text, root.walk())) else 0
    return max(parts + opened + points, 2.5 + prose)


def _add_alone(
    scores: dict[Mode, float], root: OutlineSection, every: Sequence[Segment], found: Shape, *, held: bool, data: int
) -> None:
    """What speaks for a document that is one list and nothing else; ``held``: it has classes, ``data``: so many parts
    of a paper of a course."""
    if not (held or data) and _is_one_list(every, found):
        scores["questions"] = max(scores["questions"], _LIST * found.items)
    if not (held or data) and _of_variants(root):
        scores["questions"] = max(scores["questions"], _ALONE)
    if alone.asks_on(root):
        scores["questions"] = max(scores.values()) + _BY_NAME
    if held:
        return
    if alone.holds_books(found, every, root.heads()) or alone.lists_classes(root):
        scores["course"] = max(scores["course"], _ALONE)
    elif terms := alone.gives_meanings(_below_heads(_before_work(root), root)):
        scores["glossary"] = max(scores["glossary"], _ALONE)
        for one in terms:
            one.term = True
    elif alone.runs_on(root):
        scores["questions"] = max(scores["questions"], _RUNS_ON)


_ALONE = 8
"""What the shape of a document says that is one list and nothing else."""
_RUNS_ON = 12
"""What numbered questions say that run on from one heading to the next."""
_FUND = 10
"""What several lists for an examiner say of a course."""
_EXAMINED = ("exam", "assignments", "tests")
_HELD = 4
_FEW_LINES = 1
_RUNS = 2
"""So many runs of answers make a test of a class."""


def _only_ask(kinds: Counter[str | None], found: Shape) -> bool:
    """Whether there are tickets, and what they ask has no answers to choose from."""
    return kinds["ticket"] > 1 and found.options < _OTHER


_PLAN_LINES = 3
_OF_LESSON = frozenset({"title", "aims"})


def _stages(sections: Sequence[OutlineSection], named: Collection[str]) -> bool:
    """Whether headings are stages of one lesson, most of them with their time, beside what it aims at or needs:
    «Learning intentions», «Main activity (20 min)»."""
    timed = sum(one.head is not None and len(one.head.text) < _STAGE and is_timed(one.head.text) for one in sections)
    return timed >= _SEVERAL and bool(_OF_STAGED & {*named})


_STAGE = 60
_OF_STAGED = frozenset({"aims", "outcomes", "equipment", "homework"})


def _plans_lesson(every: Sequence[Segment]) -> bool:
    """Whether labels at the beginning of lines are those of one lesson: its one topic, its aim, what else it needs."""
    said = [{m.kind for m in one.marks if m.group == "field" and (m.label or "")[:1] in {":", ""}} for one in every]
    parts = {name for names in said for name in names}
    return parts >= _OF_LESSON and len(parts) >= _PLAN_LINES and sum("title" in names for names in said) == 1


def _is_read(member: OutlineSection) -> bool:
    """Whether a class has a text: it is no heading over questions of a list."""
    return any(tells(one) and one.asks is None and one.mark is None and not one.option for one in member.own)


def _lists_behind(root: OutlineSection, member: OutlineSection) -> bool:
    """Whether lists of a whole course stand behind a class below the title of the course, in no part of it."""
    if member.head is None or all(one.at >= member.head.at for one in root.everything() if one.is_text and one.text):
        return False
    inside = {id(one) for one in member.walk()}
    heads = [one.head for one in root.walk() if one.head is not None and id(one) not in inside]
    return any(head.at > member.head.at and head.labels.get(name, 0) >= _SURE for head in heads for name in _OF_ALL)


_OF_ALL = ("exam", "tickets")
"""Lists that no class has."""
_BESIDE_CLASS = 12
"""What such a list beside a class says of a course."""


def _is_class(section: OutlineSection) -> bool:
    """Whether a week or a unit holds a text, or several parts of a class: a plan and questions."""
    parts = {name for child in section.children for name in _named(child) & _CLASS}
    head, counted = section.head, section.counted
    led = head is not None and counted is not None and len(kinds_on_line(head.text, counted.end)) > 1
    timed = head is not None and bool(section.own) and counts_hours(head.text)  # «Module 2. Ice – 3 hours» over topics
    return timed or led or len(parts) > 1 or is_stated(section) or any(map(_is_entry, section.own))


_ENTRY = re.compile(r"(?P<label>[^\W\d_][^:.!?]{2,30}):\s+\S")


def _is_entry(one: Segment) -> bool:
    """Whether a bullet says what is read or done for a class: «• Read: Leopold ch. 2»."""
    found = _ENTRY.match(one.text) if one.is_text and one.mark is not None and not one.mark.value else None
    return found is not None and words().entry(found["label"]) is not None


def _lists_held(root: OutlineSection) -> set[str]:
    """The kinds of lists for an examiner that a document holds beside one another, as a fund does: a test, tickets,
    questions of the exam, work to be done."""
    held: set[str] = set()
    for section in _outside_tickets(root):
        if section.series is not None and section.series.kind == "ticket":
            held.add("tickets")
        elif section.head is not None and (found := offered(section.own))[0] > _FEW_LINES:
            least = max(_HELD, section.head.labels.get("tickets", 0) + 1)  # «Exam tickets» are no questions beside them
            names = {name for name in _EXAMINED if section.head.labels.get(name, 0) >= least}
            long = found[0] >= _LONG_LIST and section.head.labels.get("review", 0) >= _HELD
            names |= {"exam"} if long and _is_list(section) else set()  # «List of questions»
            held |= {"tests"} if found[1] >= _OTHER else names - {"tests"}
    return held


_LONG_LIST = 8
"""Questions of an exam at least, where their heading does not speak of it."""


def _is_list(section: OutlineSection) -> bool:
    """Whether most lines of a section count on and no class holds it."""
    inside = section.parent is not None and section.parent.series is not None
    counts = [one.mark is not None or bool(_ITEM.match(one.text)) for one in section.own if one.is_text]
    return not inside and sum(counts) * 2 > len(counts)


_ITEM = re.compile(r"\d{1,3}\s+\S")


def _outside_tickets(section: OutlineSection) -> Iterator[OutlineSection]:
    yield section
    if section.series is None or section.series.kind != "ticket":
        for child in section.children:
            yield from _outside_tickets(child)


def _shares_mark(root: OutlineSection) -> bool:
    """Whether short lines of one section make a whole of the mark."""
    return any(share_mark(one.own) for one in root.walk())


def _count_on(root: OutlineSection, members: Sequence[OutlineSection]) -> bool:
    """Whether the class that the first lines count is one of several that count on, so that its parts are theirs."""
    first = counting(root)
    series = next((one.series for one in members if one.head is first), None)
    return series is not None and sum(one.series is series for one in members) > 1


def _of_terms(score: float, root: OutlineSection, found: Shape, *, tables: int, held: bool) -> float:
    """What speaks for a list of terms: less where several texts stand beside them in a document that is not called so,
    more where its first lines call it so; ``tables`` of terms, ``held``: it has classes."""
    called = tables or _is_called_glossary(root) or _heads_meanings(root, None)
    if not called and _texts_apart(root) > 1:
        score *= _OTHER
    several = tables or found.terms * found.count > _FEW_TERMS
    return score + (_by_name(root, found.prose, held=held) if several else 0)


def _by_name(root: OutlineSection, prose: float, *, held: bool) -> int:
    """What it says of a document that has terms and no class that one of its first two lines calls it a list of them;
    ``held``: it has classes."""
    if held or prose >= _MIXED or counting(root) is not None:
        return 0
    lines = _in_order(root)[:_SEVERAL]
    return _CALLED if any(one.labels.get("glossary") and one.text[-1:] not in ".!?;:" for one in lines) else 0


_FEW_TERMS = 2
_CALLED = 8
"""What the first lines say of a document that has terms, where they call it a list of them."""
_AFTER_TERMS = ("homework", "review", "tasks", "assignments", "literature", "additional")
"""What a list of terms may have below it."""


def _holds_terms_alone(every: Sequence[Segment]) -> bool:
    """Whether nearly all lines of a document are terms with their meanings; letters part them, and a few lines stand
    around them."""
    lines = [one for one in every if one.is_text and one.text and not is_divider(one.text)]
    terms = [one for one in lines if one.term and not (one.book or one.counted or one.data or one.option)]
    return len(terms) >= _TERMS_ALONE and len(terms) >= _NEARLY_ALL * len(lines)


_TERMS_ALONE = 6
_NEARLY_ALL = 0.7


def _by_terms(found: Shape) -> float:
    """What the share of lines that are a term and its meaning says."""
    return 11 * found.terms if found.terms >= 0.5 and found.terms * found.count > _FEW_TERMS else 0


def _heads_meanings(root: OutlineSection, top: str | None) -> bool:
    """Whether headings are terms over their meanings in a document that is called a glossary (``top``), or, most of
    them and each over a short paragraph, in one that is called words."""
    terms = [one for one in root.walk() if names_term(one)]
    if top == "glossary":
        return len(terms) >= _SEVERAL
    short = [one for one in terms if len(one.own) == 1 and len(one.own[0].text) < _LONGEST_MEANING]
    heads = sum(not one.children for one in root.walk())
    return (
        len(short) >= _TERMS_OF_WORDS
        and len(short) >= _MOST_ARE_TERMS * heads
        and called_words([one.piece for one in _in_order(root)])
    )


def _in_order(root: OutlineSection) -> list[Segment]:
    return sorted((*root.own, *root.heads()), key=lambda one: one.at)


_TERMS_OF_WORDS = 5
_MOST_ARE_TERMS = 0.7
_LONGEST_MEANING = 250


def _before_work(root: OutlineSection) -> list[Segment]:
    """The segments of a document without sections that set work, ask or name books, in which no term stands, and
    without the headings of those in which terms do: a letter, a group of terms."""
    found = list(root.own)
    for child in root.children:
        head, every = child.head, child.everything()
        named = head is not None and max(head.labels.get(name, 0) for name in _AFTER_TERMS) >= _SURE
        terms = any(one.term for one in every)
        if (named or _asks_alone(every)) and not terms:
            continue
        found += [*([head] if head is not None and not terms else []), *_before_work(child)]
    return found


def _below_heads(found: Sequence[Segment], root: OutlineSection) -> list[Segment]:
    """Segments without headings: one between two groups of terms parts them, and is no line among them."""
    heads = {id(one) for one in root.heads()}
    return [one for one in found if id(one) not in heads]


def _asks_alone(every: Sequence[Segment]) -> bool:
    """Whether lines do nothing but ask, or say what to do."""
    return bool(every) and all(one.is_text and one.asks is not None for one in every)


def _is_called_glossary(root: OutlineSection) -> bool:
    """Whether one of the first lines that are no sentences, or a heading, says that the document is a glossary."""
    first = [*root.everything()[:_FIRST_LINES], *root.heads()]
    return any(one.labels.get("glossary") and one.text[-1] not in ".!?;:" for one in first if one.is_text and one.text)


def _texts_apart(root: OutlineSection) -> int:
    """How many sections hold no term; the first may be the foreword of the list, the last its afterword."""
    held = [one for one in root.walk() if one.head is not None and one.own]
    without = [not any(segment.term or segment.lead for segment in one.own) for one in held]
    around = sum(without[:1] + without[1:][-1:])
    return sum(without) - (around if not all(without) else 0)


def _is_one_list(every: Sequence[Segment], found: Shape) -> bool:
    """Whether nearly all lines are the items of one list that counts on, of no books and no terms."""
    values = [one.mark.value for one in every if one.mark is not None]
    rising = sum(after == before + 1 for before, after in pairwise(values))
    other = found.books > _OTHER or found.terms > _OTHER or found.options > 0
    return not other and found.items >= _MOST and rising > _MANY and rising >= _MOST * (len(values) - 1)


def of_pairs(every: Sequence[Segment]) -> dict[int, int]:
    """Tickets by the numbers of their questions alone, «1.1 …», «1.2 …», «2.1 …»: the place of each question → its
    ticket; nothing where lines count otherwise."""
    texts = [one for one in every if one.is_text and one.text]
    pairs: dict[int, tuple[int, int]] = {}
    for one in texts:
        plain = next((c for c in one.counted if not c.words and c.depth == 2), None)
        if plain is not None:
            ticket, question = plain.printed.split(".")
            pairs[one.at] = int(ticket), int(question)
    sizes = Counter(ticket for ticket, _ in pairs.values())
    usual = max(Counter(sizes.values()).values(), default=0)
    count_on = all(b in {(a[0], a[1] + 1), (a[0] + 1, 1)} for a, b in pairwise(pairs.values()))
    alike = len(sizes) > 2 and usual * 10 >= len(sizes) * 8 and min(sizes.values()) > 1 and max(sizes.values()) < 6
    fits = count_on and alike and len(pairs) >= _MOST * len(texts)
    return {at: ticket for at, (ticket, _) in pairs.items()} if fits else {}


def _one_ticket(sections: Sequence[OutlineSection]) -> bool:
    """Whether the only heading of a document is that of a ticket."""
    return len(sections) == 1 and any(c.kind == "ticket" for one in sections if one.head for c in one.head.counted)


def _of_tasks(root: OutlineSection, classes: int) -> float:
    """What speaks for a list of tasks: lines that count them, or headings over what is to be done."""
    if classes > 1 or _is_practical(root):
        return 0
    every = [*_segments(root), *root.heads()]
    counted = sum(any(c.kind == "task" and c.parted for c in one.counted) for one in every)
    works = sum(1 for _ in work.headings(every))
    if works > 1 or _works_due(root.heads()) > 1:
        return 16
    if (counted > 1 and work.dated(every) > 1) or sum(map(work.leads_terms, every)) > 1:
        return 16
    lines = sorted(every, key=lambda one: one.at)
    if problems.is_sheet(lines):
        return 16
    if _share_behind(lines, [one for one in lines if work.sets_work(one)]) > _TASKS_SHARE:
        return 16
    first = next((one for one in lines if one.is_text), None)
    begins = first is not None and any(c.kind == "task" and c.parted for c in first.counted)
    said = words().labels(first.text.split(",")[0]) if first is not None else {}  # «Homework sets, Fall 2025»
    if max(said.get(name, 0) for name in _OF_WORK) >= _SAYS_WORK:
        unknown = [one for one in root.heads() if any(c.words and c.parted and c.kind is None for c in one.counted)]
        if len(unknown) > 1:
            return 12  # «Homework» over «Set 1», «Set 2»
    if counted > 1:
        return 12 if begins else 7 if _share_behind_task(lines) > _TASKS_SHARE else 2
    return 6 * _told_tasks(root)


def _begins_with_work(root: OutlineSection) -> bool:
    """Whether the first line names work outside class and nothing else: «СРС/СРМП», «Independent work»."""
    first = _first_text(root)
    said = words().labels(first.text) if first is not None and len(first.text) < weights()["limits"]["short"] else {}
    return said.get("assignments", 0) >= _SAYS_WORK and said.get("assignments", 0) == max(said.values())


_OF_WORK = ("assignments", "homework")
_SAYS_WORK = 5
"""Evidence of the words of a title that it names work."""


def _works_due(heads: Iterable[Segment]) -> int:
    """How many headings count something, be it by an unknown word, and say when it is due: «Set 1 (due Sep 3)»."""
    return sum(one.due and any(c.parted and c.kind in {"task", None} for c in one.counted) for one in heads)


_TASKS_SHARE = 0.6
"""The share of a list of tasks that stands behind the number of the first, at least."""


def _share_behind(lines: Sequence[Segment], works: Sequence[Segment]) -> float:
    """The share of the letters that stand behind the first of several lines that set work."""
    if len(works) < _SEVERAL:
        return 0
    behind = sum(len(one.text) for one in lines if one.at >= works[0].at)
    return behind / max(sum(len(one.text) for one in lines), 1)


def _share_behind_task(lines: Sequence[Segment]) -> float:
    """The share of the letters that stand behind the first line which counts a task: «Step 2» late in a text counts
    none of a list."""
    lengths = [len(one.text) for one in lines]
    at = next((at for at, one in enumerate(lines) if any(c.kind == "task" and c.parted for c in one.counted)), 0)
    return sum(lengths[at:]) / max(sum(lengths), 1)


def _of_sheet(root: OutlineSection, every: Sequence[Segment]) -> float:
    """What speaks for one piece of work: its name among the first lines, or headings over its parts."""
    if _is_practical(root):
        return 0
    heads = root.heads()
    if len(_lists_held(root)) > 1:
        return 0
    if any(holds_works(one, dated=True) for one in root.walk()) or sum(one.brief for one in heads) > 1:
        return 0
    if _works_due(heads) > 1:
        return 0
    if one_work(root) is not None:
        return 20
    if any(map(holds_works, root.walk())):
        return 0
    return 3 * work.parts(heads) if len(heads) < _FEW_HEADS else 0


_FEW_HEADS = 12


def one_work(root: OutlineSection) -> tuple[Segment, work.Work] | None:
    """The line among the first that names the one piece of work which the document is."""
    every = root.everything()
    return work.sheet([one for one in every[:6] if one.is_text], every) or _brief(root)


def _brief(root: OutlineSection) -> tuple[Segment, work.Work] | None:
    """The heading among the first lines that names the paper which sets one piece of work, over headings of its parts:
    some of them name parts of such a paper where the name is that of any work."""
    heads = [one for one in root.heads() if one.at < _OPENING and len(one.text) < weights()["limits"]["title"]]
    found = next(((one, name) for one in heads if (name := work.brief(one)) is not None), None)
    if found is None or names_course(root) or any(one.series is not None for one in root.walk()):
        return None
    below = [one for one in root.heads() if one.at > found[0].at and one.mark is None]
    parts = work.parts([found[0], *below])
    return found if len(below) >= _PARTS and (found[1].kind != "assignment" or parts >= _SEVERAL) else None


_ITSELF = 16
"""What a sentence says at the beginning that calls its document a piece of work."""
_OPENING = 8


def says_itself(root: OutlineSection) -> bool:
    """Whether a sentence among the first lines says that the document is a piece of work, before others are named."""
    first = [one for one in root.everything() if one.is_text and one.text][:_OPENING]
    return any(work.says_itself(one.text) for one in first) and not any(map(holds_works, root.walk()))


def _is_practical(root: OutlineSection) -> bool:
    """Whether the first lines count a class in which things are done."""
    found = opening(root)
    return found is not None and found[1].kind in {"seminar", "practical", "laboratory"}


def _told_tasks(root: OutlineSection) -> float:
    """The share of numbered headings over lines that say what is to be done, where there are several."""
    numbered = [one for one in root.walk() if one.head is not None and any(not c.words for c in one.head.counted)]
    tasks = [one for one in numbered if any(says_what_to_do(line) for line in one.everything())]
    return len(tasks) / len(numbered) if len(numbered) > 2 else 0


def _titled(root: OutlineSection) -> bool:
    """Whether one of the first lines names the topic of a class: «Тема: …»."""
    first = [*root.own[:5], *(one.head for one in list(root.walk())[:5] if one.head is not None)]
    return any(m.kind == "title" and m.group == "field" for one in first for m in one.marks)


def instructs(every: Sequence[Segment]) -> bool:
    """Whether an exam paper says how it is to be answered: at its beginning, over numbered items."""
    first = (one for one in every if one.at < _FIRST and one.is_text and len(one.text) < weights()["limits"]["title"])
    items = sum(one.mark is not None and one.mark.value > 0 for one in every)
    return items > _MANY // 2 and any(words().front("instruction", one.text) for one in first)


def _is_lecture(root: OutlineSection, sections: Sequence[OutlineSection]) -> bool:
    """Whether the first lines count a lecture that goes on under headings of its own: no exam paper, whatever its
    text orders."""
    found = opening(root)
    return found is not None and found[1].kind == "lecture" and len(sections) > _PARTS


def _lettered_tickets(sections: Sequence[OutlineSection]) -> bool:
    """Whether the letters of most tickets count questions: nothing asks above them."""
    own = [one.own for one in sections if one.series is not None and one.series.kind == "ticket" and one.own]
    return sum(each[0].option and begins(each[0].letter) for each in own) * 2 > len(own) > 0


def _tickets_or_tests(scores: dict[Mode, float], sections: Sequence[OutlineSection]) -> None:
    """Of numbers over lines, which of them count tickets and which the questions of a test."""
    if _lettered_tickets(sections):
        scores["tests"] = 0
    if _marked_tickets(sections):
        scores["tickets"], scores["tests"] = 0, max(scores["tests"], _BY_SIGNS)


_BY_SIGNS = 16
_RIGHT = re.compile(r"[#+*~=]\s*[\w«\"]")


def _marked_tickets(sections: Sequence[OutlineSection]) -> bool:
    """Whether what numbers alone head are questions of a test: below most of them a sign tells one line or two from
    several others."""
    groups: list[list[str]] = []
    for one in sections:
        if one.series is None or one.series.kind != "ticket" or one.head is None:
            continue
        lines = [each.text for each in one.own if each.is_text]
        if groups and one.head.text.startswith("#"):  # «# 16», a number behind the sign
            groups[-1] += [one.head.text, *lines]
        elif any(map(str.isalpha, one.head.text)):
            return False
        else:
            groups.append(lines)
    signed = [[_RIGHT.match(text) is not None for text in lines] for lines in groups]
    marked_count = sum(bool(each) and not each[0] and 0 < sum(each) * 2 < len(each) for each in signed)
    return len(groups) > 1 and marked_count * 2 > len(groups)


def _tells(one: Segment) -> bool:
    """A paragraph of text, be it short."""
    return is_prose(one) or (one.is_text and one.mark is None and len(one.text) > _SHORTEST and one.text[-1:] in ".!…")


def is_stated(section: OutlineSection) -> bool:
    """Whether a week or a unit holds text of its own: a paragraph, or as much in short sentences."""
    every = section.everything()
    return any(map(_tells, every)) or sum(len(one.text) for one in every if one.is_text and tells(one)) > _SHORTEST


def _option_runs(every: Sequence[Segment]) -> int:
    """How many lists of answers stand below something."""
    runs = sum(one.option and not before.option and not is_prose(before) for before, one in pairwise(every))
    return runs + sum(one.inline > 1 for one in every)


def _lettered_runs(every: Sequence[Segment]) -> int:
    """How many lists of answers begin with the first letter of an alphabet."""
    return sum(one.option and one.letter.isalpha() and begins(one.letter) for one in every)


def bank_of(root: OutlineSection) -> tuple[list[Segment], Read]:
    """The lines of a document as a bank, read once, and the questions in them."""
    if root.bank is None:
        listed = (one for one in root.everything() if isinstance(one.piece.object, Listing) or one.is_text)
        texts = [one for one in listed if one.text or not one.is_text]
        root.bank = texts, items_of([one.piece for one in texts])
    return root.bank


def first_asked(root: OutlineSection) -> Segment | None:
    """The first line of a bank that a tag or a label calls a question."""
    texts, read = bank_of(root)
    return next((texts[item.lead.at] for item in read.items if item.lead.asks), None)


def _laid_out(root: OutlineSection) -> float:
    """The share of the lines that are answers by where they stand; lines that mostly ask themselves, or among which is
    a heading by style, answer nothing."""
    texts, read = bank_of(root)
    questions = sum(
        len(item.options) for item in read.items if _are_questions(item.options) or any(map(_is_styled, item.options))
    )
    return max(len(answers(read)) - questions, 0) / max(len(texts), 1)


def _are_questions(options: Sequence[DraftOption]) -> bool:
    """Whether most lines below a question ask themselves."""
    return 2 * sum(map(_is_question, options)) > len(options)


def _is_styled(option: DraftOption) -> bool:
    return option.line.piece.heading is not None


def _of_bank(root: OutlineSection) -> float:
    """The share of the lines that stand in answered questions, where nearly all that the lines hold as a bank are such,
    most of them offer answers, and enough of them ask."""
    texts, read = bank_of(root)
    closed = [item for item in read.items if len(item.options) > 1 or item.said]
    offering = [item for item in closed if len(item.options) > 1 and not _are_questions(item.options)]
    if len(offering) < _MANY or len(closed) < _MOST * len(read.items) or len(offering) < _OFFERED * len(closed):
        return 0
    keyed = sum(bool(item.said) or any(map(_is_told_apart, item.options)) for item in closed)
    asking = sum(map(_asks, closed))
    share = sum(map(_lines, closed)) / _read_aloud(texts, read)
    return min(share, 1) if max(keyed, asking) >= len(closed) * _OFFERED else 0


def _keyed(root: OutlineSection) -> float:
    """The share of the lines that stand in questions with a key line, or a key at the end of their own, where nearly
    all that the lines hold as a bank are such: «1. Who was it?», «Answer: Abai»."""
    texts, read = bank_of(root)
    bare = {id(item): item.texts[-1].text for item in read.items if item.texts and not (item.options or item.said)}
    judged = is_judged(list(bare.values()))
    inside = {at for at, text in bare.items() if key_in(text) or (judged and truth_behind(text))}
    keyed = [item for item in read.items if _has_key(item) or id(item) in inside]
    counted = len(keyed) > 1 and [item.number for item in read.items] == list(range(1, len(keyed) + 1))
    if (len(keyed) < _FEWEST_KEYED and not counted) or len(keyed) < _MOST * len(read.items):
        return 0
    share = min(sum(map(_lines, keyed)) / _read_aloud(texts, read), 1)
    return share if share >= _MOST else 0


def _has_key(item: DraftQuestion) -> bool:
    """Whether a key line states an answer, leaves a place for it, or stands over one: «Answer:» over three lines of a
    program."""
    return item.is_blank or bool(item.answer) or any(said for _, said in item.said)


def _read_aloud(texts: Sequence[Segment], read: Read) -> int:
    """How many lines of a bank say something: what stands under most questions alike, «Marks: 1», is of none."""
    return max(len(texts) - len(read.repeated), 1)


def _asks(item: DraftQuestion) -> bool:
    """Whether a question of a bank asks by its words or its last sign, or its number is called that of a question."""
    if any(one.kind == "question" and one.parted for one in counted(item.lead.text)):
        return True
    return item.stem[-1].text.rstrip()[-1:] in _ASKING or words().asks(item.lead.text) is not None


def _is_told_apart(option: DraftOption) -> bool:
    """Whether a letter or a sign says of a line that it is an answer: those by their place may all begin with one."""
    return option.kind in _STATED or (option.kind == "below" and option.start > 0)


def _is_question(option: DraftOption) -> bool:
    """Whether an answer asks itself, so that it is the question of a ticket or of a list; one that only its place tells
    also where it says what to do, as a step of work."""
    text = option.line.text[option.start :].strip()
    steps = not _is_told_apart(option) and words().asks(text) == "task" and not text[:2].isupper()
    return text[-1:] == "?" or steps


def _lines(item: DraftQuestion) -> int:
    """How many lines a question of a bank holds."""
    below = len(item.said) + len(item.answer)
    return len(item.stem) + len(item.options) + below + sum(len(one.more) for one in item.options)


def _alike(root: OutlineSection) -> int:
    """How many siblings are alike as classes: the members of a series that nothing counts."""
    several = speaks_of_several(root)
    return next((len(found) for section in root.walk() if (found := members(section, several=several))), 0)


def _segments(root: OutlineSection) -> list[Segment]:
    """All that is no heading."""
    return [one for section in root.walk() for one in section.own]


def _named(section: OutlineSection) -> set[str]:
    head = section.head
    if head is None:
        return set()
    known = {mark.kind for mark in head.marks if mark.whole and mark.group in {"heading", "field"}}
    return known | {name for name, value in head.labels.items() if value >= _SURE}


def names_course(root: OutlineSection) -> bool:
    """Whether one of the first lines names a paper of a whole course: «Syllabus», «Course outline», also where its name
    goes on below: «PROGRAMME» over «OF PRACTICE»."""
    first = sorted([*root.own[:_TITLE_LINES], *root.heads()[:_TITLE_LINES]], key=lambda one: one.at)[:_TITLE_LINES]
    short = [one for one in first if one.is_text and len(one.text) < weights()["limits"]["short"]]
    on = (f"{a.text} {b.text}" for a, b in pairwise(short) if b.at == a.at + 1 and words().front("paper", a.text))
    return any(words().front("course-paper", text) for text in (*(one.text for one in short), *on))


def _top(root: OutlineSection, members: Sequence[OutlineSection], *, counted: bool) -> str | None:
    """The list that one of the first lines names, before any text and before classes that count on. ``counted``:
    tickets are, so that «Oral examination cards» names them and no list of questions."""
    end = min((one.at for one in root.everything() if _tells(one)), default=len(root.everything()) + 1)
    if len(members) > 1:
        end = min(end, *(one.head.at for one in members if one.head is not None))
    lines = [*root.own[:_FIRST_LINES], *root.heads(), *_below_title(root)]
    first = [one for one in sorted(lines, key=lambda one: one.at)[:_FIRST_LINES] if one.at < end]
    for one in first:
        stem = one.mark is not None and one.mark.value > 0 and one.text.rstrip()[-1:] in _STEM_ENDS
        if not one.is_text or len(one.text) > 120 or stem:
            continue
        if any(c.kind == "ticket" and c.parted for c in one.counted):
            return "tickets"  # «Examination ticket 1» speaks of the exam as well
        _, said = led_by_code(one.text) or ("", one.text)  # «EKN-812: Preparing for the exam»
        named = words().labels(said)
        most = max(named.values(), default=0)
        lists = [name for name, value in named.items() if name in _LISTS and value == most >= _NAMED]
        if not lists and named.get("review", 0) == most >= _SURE and _asks_by_topic(members):
            return "exam"  # «Review questions» over topics that hold nothing else
        if lists == ["glossary"] and any(each.own and each.own[0].at < one.at for each in members):
            continue  # terms behind a class are its own, however little of it is told in sentences
        if lists:  # «Tasks for independent work» are tasks of a class too: what a whole document holds goes before
            return "tickets" if counted and "tickets" in lists else lists[0]
    return None


def _below_title(root: OutlineSection) -> list[Segment]:
    """The lines right below the first heading that go on with it: each short, no item, no sentence of a text."""
    title = next((one for one in root.children if one.head is not None and one.series is None), None)
    below = title.own[:_GO_ON] if title is not None and title is root.children[0] else []
    return list(takewhile(_is_named, below))


_GO_ON = 3
"""Lines below a title that say what paper it heads."""


def _is_named(one: Segment) -> bool:
    """Whether a line may name a paper."""
    short = one.is_text and 0 < len(one.text) < weights()["limits"]["short"]
    return short and one.mark is None and one.asks is None and one.text[-1] not in ".;:?!"


def _asks_by_topic(members: Sequence[OutlineSection]) -> bool:
    """Whether several topics hold numbered lines and nothing else."""
    lines = [one for member in members for one in member.everything() if one.is_text and one.text]
    return len(members) > 1 and bool(lines) and all(one.mark is not None and one.mark.value for one in lines)


_BY_TOPIC = 20
"""What the name of a list of questions says over topics that hold nothing else."""
_NAMED = 4
_STEM_ENDS = frozenset(":?.")
_ASKING = frozenset(":?")


def _bare_counts(root: OutlineSection) -> bool:
    """Whether numbers alone on their lines count on over lists that begin anew."""
    series = [one for one in root.walk() if one.series is not None and one.series.form == "#bare"]
    return len(series) > 2 and all(one.series is not None and one.series.kind == "ticket" for one in series)


def counting(root: OutlineSection) -> Segment | None:
    """The line among the first that counts the class which the document is."""
    found = opening(root)
    return found[0] if found else None


def opening(root: OutlineSection) -> tuple[Segment, HeadingNumber] | None:
    """The line among the first that counts the class which the document is, and how it does."""
    first = [*root.own[:6], *root.heads()[:6]]
    for segment in first:
        for one in segment.counted:
            if one.parted and (kind := _class_of(one)) is not None:
                return segment, replace(one, kind=kind)
    for segment in sorted(first, key=lambda one: one.at)[:2]:
        if (behind := _behind_course(segment)) is not None:
            return segment, behind
    return _one_week(root)


def _one_week(root: OutlineSection) -> tuple[Segment, HeadingNumber] | None:
    """The first line, or the heading right below a title page, where it counts a week or a unit with its title, and no
    other line does."""
    lines = sorted((one for one in (*root.own, *root.heads()) if one.is_text and one.text), key=lambda one: one.at)
    for line in lines[:1]:
        if (one := _titled_week(line)) is not None and _is_only(one, lines[1:]):
            return line, one
    every = sorted((one for one in root.everything() if one.is_text and one.text), key=lambda one: one.at)
    at = next((at for at, one in enumerate(every[:_TITLE_PAGE]) if _titled_week(one) is not None), 0)
    found = _titled_week(every[at]) if at else None
    heads = at and every[at].heading >= weights()["heading"]["least"] and not any(map(tells, every[:at]))
    if found is None or not heads or not any(one.data or words().front("university", one.text) for one in every[:at]):
        return None
    return (every[at], found) if _is_only(found, [one for one in every if one is not every[at]]) else None


_TITLE_PAGE = 12
"""Lines of a title page above the heading of a class."""


def _titled_week(line: Segment) -> HeadingNumber | None:
    titled = (one for one in line.counted if one.words and one.kind in {"week", "unit"} and one.parted)
    found = next((one for one in titled if one.end < len(line.text)), None)
    return replace(found, kind="lecture") if found is not None else None


def _is_only(one: HeadingNumber, others: Sequence[Segment]) -> bool:
    return not any(other.form == one.form for line in others for other in line.counted)


def _class_of(one: HeadingNumber) -> str | None:
    """The class that a number counts: «Lab assignment 3» is a laboratory work."""
    if one.kind in SESSIONS:
        return one.kind
    said = [kind for word in one.words.split() if (kind := words().kind(word)) in SESSIONS - {"meeting", "lecture"}]
    return said[0] if said and one.kind == "task" else None


_BEHIND = re.compile(r"\s[–—-]\s|:\s+|\|\s*|,\s+|\.\s+")


def _behind_course(segment: Segment) -> HeadingNumber | None:
    """The class that is counted behind the course's title on one line: «Botany – Tutorial 1: Leaves»."""
    if not segment.is_text or len(segment.text) > _LONGEST_OPENING:
        return None
    for stop in _BEHIND.finditer(segment.text):
        for one in counted(segment.text[stop.end() :]):
            if one.words and one.parted and (kind := _class_of(one)) is not None:
                return replace(one, kind=kind, start=stop.end(), end=one.end + stop.end())
    return None


_LONGEST_OPENING = 160
