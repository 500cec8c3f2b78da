"""Sections that are lists → drafts: exam questions, tests, tickets, glossaries, tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coursepack.outline.bank.key_text import is_list, key_of, letters_of, numbers_of
from coursepack.outline.bank.levels import level_of
from coursepack.outline.drafts import PartDraft
from coursepack.outline.markers import fold
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanContext
from coursepack.outline.tree.assignments import Assignments
from coursepack.outline.tree.labels import is_named
from coursepack.outline.tree.modes import Mode, instructs, of_pairs
from coursepack.outline.tree.sections import OutlineSection, names_term
from coursepack.outline.tree.shape import shape
from coursepack.outline.tree.signals import Segment

_TERMS = 5
_NAME = re.compile(r"[^.:–—\t]{2,70}")
_OFFERED = 2
_LISTED = 3
_MOST_SAID = 0.5
"""Questions over tickets that make a list, and the share of what they may tell rather than ask."""
_ITEMS = 5
"""Numbered headings of a list of questions from which they are questions."""
_SEVERAL = 5
"""How often the heading over keys is said at most: once a variant."""
_BOOKS = frozenset({"literature", "basic", "additional", "internet"})
_RULES = frozenset({"grading", "policy"})
_BESIDE = _BOOKS | {"outcomes", "objectives", "course-aim", "description", "prerequisites", "postrequisites"}
"""What a paper that is one list says of its course beside it."""
OTHER_LISTS = frozenset({"exam", "tests", "glossary", "answers"})


def alphabetical(own: Sequence[Segment]) -> list[tuple[int, int]]:
    """Where runs of terms in the order of the alphabet begin and end."""
    found: list[tuple[int, int]] = []
    start = 0
    for at in range(len(own) + 1):
        if at < len(own) and own[at].is_text and own[at].term and (at == start or _follows(own[at - 1], own[at])):
            continue
        if at - start >= _TERMS:
            found.append((start, at))
        start = at if at < len(own) and own[at].term else at + 1
    return found


def _follows(before: Segment, one: Segment) -> bool:
    first, second = (_NAME.match(segment.text) for segment in (before, one))
    return bool(first and second and fold(first[0]).strip() <= fold(second[0]).strip())


def _is_keys(section: OutlineSection) -> bool:
    """Whether a section holds the answers of a list: nothing in it is to be chosen from, and no line states the key of
    one question, as below «Your answer: B» under each question of a test."""
    every = section.everything()
    of_test = sum(one.option for one in every) >= _OFFERED or any(key_of(one.text) for one in every if one.is_text)
    again = section.head.repeated if section.head is not None else 1
    often = again > _SEVERAL or (again > 1 and (len(every) == 1 or not _lists_keys(every)))
    return section.label == "answers" and not (of_test or often)


def _lists_keys(every: Sequence[Segment]) -> bool:
    """Whether lines below a heading that comes several times are keys of many questions, from the first on: a table,
    numbers from one, letters alone. Below «Answer:» stand one answer and then the next question."""
    texts = [one for one in every if one.is_text and one.text]
    if len(texts) < len(every) or all(letters_of(one.text) is not None for one in texts):
        return True
    counted = [one.mark.value for one in texts if one.mark is not None and one.mark.value]
    return counted[:1] == [1] or any(is_list(one.text, 2) or numbers_of(one.text)[:1] == [1] for one in texts)


class Lists(Assignments):
    """Drafts of lists."""

    def _whole(self, section: OutlineSection, kind: str) -> None:
        """A part that takes everything below its heading."""
        draft = self._open(kind, section.head)
        if section.head is not None:
            draft.title = [section.head.piece]
        for child in section.children:
            if kind in {"exam", "tests"} and _is_keys(child):
                self._whole(child, "answers")
        questions = kind in {"exam", "glossary"}
        draft.fields["body"] = [one.piece for one in section.own if not (questions and self._books_behind_label(one))]
        for child in section.children:
            if kind in {"exam", "tests"} and _is_keys(child):
                continue
            if kind == "glossary":
                self._under_glossary(draft, child)
                continue
            if child.head is not None:
                draft.add("body", as_heading(child.head.piece) if kind == "exam" else child.head.piece)
            for one in child.everything():
                draft.add("body", one.piece)

    def _under_glossary(self, draft: PartDraft, section: OutlineSection) -> None:
        """A heading in a glossary: a term over its meaning, or what groups the terms below it."""
        if section.head is not None and names_term(section):
            draft.add("body", as_heading(section.head.piece))
        elif section.head is not None:
            draft.marks.append((section.head.piece, "heading"))
        for one in section.own:
            draft.add("body", one.piece)
        for child in section.children:
            self._under_glossary(draft, child)

    def _list(self, root: OutlineSection, mode: Mode) -> None:
        """A document that is one list."""
        kind = {"questions": "exam", "tests": "tests", "glossary": "glossary"}.get(mode)
        if mode == "tickets" and holds_tickets(root):
            self._tickets(root)
            return
        if mode == "tasks":
            self._tasks(root)
            return
        draft = self._open(kind or "exam")
        for one in root.own:
            if not self._books_behind_label(one):
                draft.add("body", one.piece)
        items = [one for one in root.children if one.head is not None and one.head.mark and one.head.mark.value]
        if draft.kind == "exam" and len(items) >= _ITEMS and len(items) * 2 > len(root.children):
            for item in items:  # questions, whatever their words may name
                item.label = None
        beside = [] if draft.kind != "exam" or instructs(root.everything()) else _beside_questions(root)
        for section in _going_on(root) if draft.kind == "tests" else ():
            section.label = None  # «Weber» among answers names no sites
        for child in root.children:
            self._listed(draft, child, beside)

    def _listed(self, draft: PartDraft, section: OutlineSection, beside: Sequence[OutlineSection]) -> None:
        """A section of a document that is one list: other lists, books and what is ``beside`` it apart, the rest is the
        list's."""
        if any(section is one for one in beside) or (draft.kind == "exam" and _gives_rules(section)):
            self._part(section, self.context)
            return
        if section.head is not None and draft.kind == "exam" and level_of(section.head.text):
            section.label = None  # «Level 1 (know)» heads questions, and no outcomes
        if draft.kind == "exam" and _asks(section):
            section.label = None  # «2. What is the unit of force?» names no aim of the course
        stem = draft.kind == "tests" and _is_stem(section)
        inside = stem or (draft.kind == "tests" and _is_of_test(section))
        if section.label in OTHER_LISTS - {draft.kind} and section.series is None and is_named(section) and not inside:
            self._whole(section, section.label or "")
            return
        if section.label in _BESIDE and (section.label in _BOOKS or (is_named(section) and not inside)):
            self._part(section, self.context)
            return
        head = section.head
        if head is not None and draft.kind == "tests":
            draft.add("body", head.piece)  # a bank is read whole: what stands out in it may be the right answer
        elif head is not None and section.label == draft.kind:
            draft.marks.append((head.piece, "heading"))
        elif head is not None:
            draft.add("body", as_heading(head.piece))
        for one in section.own:
            if not self._books_behind_label(one):
                draft.add("body", one.piece)
        for child in section.children:
            self._listed(draft, child, beside)

    def _tickets(self, section: OutlineSection) -> None:
        paired = of_pairs(section.everything())
        listed = not paired and section.label == "exam" and _lists_questions(section)
        head = self._open("exam" if listed else "tickets")
        if paired:
            self._paired(head, section.everything(), paired)
            return
        head.fields["body"] = [one.piece for one in section.own]
        behind = [one for inner in section.walk() for one in _behind_last(inner.children)]
        for child in section.children:
            if child.counted is None and child.head is not None:
                child.counted = next((one for one in child.head.counted if one.kind == "ticket"), None)
            if child.counted is not None and child.counted.kind == "ticket":
                self._ticket(child)
            else:
                self._part(child, PlanContext())
        if behind:
            self._other(OutlineSection(None, own=behind))

    def _paired(self, head: PartDraft, every: Sequence[Segment], paired: Mapping[int, int]) -> None:
        """Tickets whose questions bear the ticket's number: what follows a question is of its ticket."""
        number = 0
        draft = head
        for one in every:
            if paired.get(one.at, number) != number:
                number = paired[one.at]
                draft = self._open("ticket", number=number)
            draft.add("body", one.piece)

    def _ticket(self, section: OutlineSection) -> None:
        draft = self._open("ticket", section.head, number=section.counted.value if section.counted else None)
        if section.head is not None and section.counted is not None:
            self._cut_number(draft, section.head, section.counted, "ticket number")
        for piece in draft.title:
            draft.add("body", piece)
        draft.title = []
        for one in section.everything():
            draft.add("body", one.piece)


def _behind_last(children: Sequence[OutlineSection]) -> list[Segment]:
    """What stands in the last ticket behind the line that ends all the others, «Examiner: ____», taken out of it: it
    speaks of all tickets."""
    tickets = [one for one in children if one.series is not None and one.series.kind == "ticket" and one.own]
    ends = {one.own[-1].folded for one in tickets[:-1] if one.own[-1].is_text}
    if len(tickets) < _LISTED or len(ends) != 1:
        return []
    last = tickets[-1]
    at = next((at for at, one in enumerate(last.own) if one.is_text and one.folded in ends), len(last.own))
    last.own, behind = last.own[: at + 1], last.own[at + 1 :]
    return behind


def _lists_questions(section: OutlineSection) -> bool:
    """Whether the questions of the exam stand over the tickets that are made of them."""
    return sum(map(_counts, section.own)) >= _LISTED and shape(section.own).said <= _MOST_SAID


def holds_tickets(section: OutlineSection) -> bool:
    """Whether a section holds a ticket at all: what only its name calls tickets is a list of questions."""
    inner = (one for one in section.walk() if one.head is not None)
    counted = any(each.kind == "ticket" for one in inner if one.head is not None for each in one.head.counted)
    return (
        counted
        or any(one.series is not None and one.series.kind == "ticket" for one in section.walk())
        or bool(of_pairs(section.everything()))
    )


def _beside_questions(root: OutlineSection) -> list[OutlineSection]:
    """The sections behind numbered questions in which nothing is numbered and nothing asks: what a paper says of its
    marks, of its rules, of what is to be brought."""
    held = 0
    found: list[OutlineSection] = []
    for section in root.walk():
        if held >= _ITEMS and section.head is not None and section.label != "exam" and _only_tells(section):
            found.append(section)
        held += sum(map(_counts, section.own))
    return found


def sets_work_before(root: OutlineSection) -> bool:
    """Whether the first heading stands over work that is set in sentences, and the questions follow below the others:
    «Practical task: draw a map with the names of 1. …» above a list of questions."""
    first, behind = root.children[:1], [one for child in root.children[1:] for one in child.everything()]
    if not first or root.own or not first[0].own or first[0].series is not None:
        return False
    work, own = first[0], first[0].own
    said = work.head.labels if work.head is not None else {}
    named = work.label in _WORK and max(said.get(name, 0) for name in _WORK) >= _NAMED_WORK
    told = own[0].is_text and own[0].mark is None and own[0].asks != "question"
    return named and told and sum(one.asks is not None and _counts(one) for one in behind) >= _ITEMS


_WORK = frozenset({"tasks", "assignments", "homework"})
_NAMED_WORK = 5
"""Evidence of the words of a heading that it names work."""


def _gives_rules(section: OutlineSection) -> bool:
    """Whether a section says how the answers are marked, in lines that nothing counts and that do not ask."""
    named = section.label in _RULES and section.series is None and is_named(section)
    return named and not any(_counts(one) or one.asks == "question" for one in section.everything())


def _counts(one: Segment) -> bool:
    return one.mark is not None and one.mark.value > 0


def _only_tells(section: OutlineSection) -> bool:
    """Whether a section has lines of text, and no heading and no line that counts or asks."""
    lines = [*section.heads(), *section.everything()]
    has_text = any(one.is_text and one.text for one in section.everything())
    return has_text and not any(one.asks or one.text.rstrip().endswith("?") or _counts(one) for one in lines)


def _going_on(root: OutlineSection) -> Iterator[OutlineSection]:
    """The sections whose first number counts on from the last one above them."""
    last = 0
    for section in root.walk():
        numbers = [one.mark.value for one in section.own if one.mark is not None and one.mark.value]
        if section.head is not None and 1 < last + 1 == next(iter(numbers), 0):
            yield section
        last = numbers[-1] if numbers else last


def _is_of_test(section: OutlineSection) -> bool:
    """Whether a section of a test is one with it: «Answer:» over one answer, «Exam» over answers to choose from."""
    if section.label == "exam":
        of_classes = any(child.series is not None for child in section.children)  # theirs, were it no exam
        return not of_classes and sum(one.option for one in section.everything()) >= _OFFERED
    return section.label == "answers" and not _is_keys(section)


def _asks(section: OutlineSection) -> bool:
    """Whether a heading is a numbered line that asks; a star behind it is that of a form."""
    head = section.head
    return head is not None and head.mark is not None and head.mark.value > 0 and head.text.rstrip(" *").endswith("?")


def _is_stem(section: OutlineSection) -> bool:
    """Whether a heading among tests is a question that words make look like one: it is numbered and ends as one, or
    most of what stands below it is answers to choose from."""
    head = section.head
    if section.own and section.own[0].option and sum(one.option for one in section.own) * 2 > len(section.own):
        return True
    numbered = head is not None and head.mark is not None and head.mark.value > 0
    return numbered and head is not None and head.text.rstrip()[-1:] in {":", "?", "."}


def as_heading(piece: Piece) -> Piece:
    """A piece that the text shows as a heading; levels of styles are kept, and what course.toml says is none."""
    return piece if piece.heading is not None or piece.plain else replace(piece, is_heading=True)
