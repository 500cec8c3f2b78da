"""Labelled sections → drafts of parts, which are built as any others.

A part is what its label says, inside the part that is open. A section without a label is visible text of its parent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from coursepack import languages
from coursepack.model.document import Drawing
from coursepack.outline.bank.levels import level_of
from coursepack.outline.bank.lines import part_in
from coursepack.outline.bank.together import several_in
from coursepack.outline.drafts import PartDraft
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanContext, matrix
from coursepack.outline.plans.meetings import BETWEEN_CLASSES, kind_before, kinds_on_line
from coursepack.outline.plans.rows import is_off
from coursepack.outline.tree import dates, due, grading
from coursepack.outline.tree.alike import speaks_of_several
from coursepack.outline.tree.alone import holds_books
from coursepack.outline.tree.assignments import bears_number, is_one_work, is_work, only_tells
from coursepack.outline.tree.called import call_classes
from coursepack.outline.tree.controls import put_controls, take_controls
from coursepack.outline.tree.course_title import only_paper
from coursepack.outline.tree.data import ABOUT, CourseData
from coursepack.outline.tree.entries import planned
from coursepack.outline.tree.front import LINE, VALUES, parts_of
from coursepack.outline.tree.glossaries import Glossaries
from coursepack.outline.tree.labelled import counts_question
from coursepack.outline.tree.labels import describe, is_named, label, opens_with
from coursepack.outline.tree.lists import holds_tickets, sets_work_before
from coursepack.outline.tree.modes import first_asked, of_pairs, opening
from coursepack.outline.tree.ordinals import CLOSES, HeadingNumber
from coursepack.outline.tree.pack import pack
from coursepack.outline.tree.packs import Packs
from coursepack.outline.tree.read import calls_reading, in_order
from coursepack.outline.tree.run_in import unfold
from coursepack.outline.tree.sections import (
    ITEMS,
    OUTER,
    SESSIONS,
    OutlineSection,
    behind_first,
    holds_works,
    key,
    lists_works,
)
from coursepack.outline.tree.shape import is_prose, shape, tells
from coursepack.outline.tree.signals import _LABELLED, AREAS, NEXT_SENTENCE, Segment, weights
from coursepack.outline.tree.tables import gives_shares
from coursepack.outline.tree.values import of_line
from coursepack.outline.tree.week_table import kind_of
from coursepack.outline.tree.words import words
from coursepack.outline.tree.work import counts_work, leads_terms, says_terms

_SHORT_LABEL = re.compile(r"[^:.!?]{2,40}:\s+\S.{0,100}$")
_OF_ONE_KIND = SESSIONS - {"lecture", "meeting"}
_PAPERS = frozenset({None, "exam", "tests", "tickets", "glossary", "assignments", "reading", *AREAS})
"""What the name of a paper may be, in the middle of a title page, and the title of the course below it."""
_HEAD_LINES = 3
"""Lines below the title of a document among which a title page goes on."""
_FIRST_LINES = 8
"""Lines at the beginning of a paper that say what it is."""
_MOSTLY = 0.3
"""The share of a section's letters in prose from which it is a text."""
_LISTED = 3
"""Items from which the list of a plan names classes."""
_BEGINNING = 60
"""In how many characters a paragraph says that it speaks of the course."""
KINDS = {"lectures": "lecture", "seminars": "seminar", "practicals": "practical", "laboratories": "laboratory"}


_COUNT = re.compile(r"\d+")


def _counts_with(children: Sequence[OutlineSection]) -> bool:
    """Whether the first of several headings is the first of those that count on below it: «Set 1», «Set 2»."""
    first, *others = [one.head.text for one in children[:2] if one.head is not None]
    numbers = [_COUNT.findall(text)[:1] for text in (first, *others)]
    beginnings = {_COUNT.split(text, maxsplit=1)[0] for text in (first, *others)}
    return numbers == [["1"], ["2"]] and len(beginnings) == 1


_FIRST_NUMBER = re.compile(r"№?\s*1\s*[.):]?")
"""The number of the first question, alone on its line."""


class Assembly(Packs, Glossaries, CourseData):
    """One document on its way from sections to drafts."""

    def run(self) -> list[PartDraft]:
        """The drafts in order."""
        root = self.root
        match self.mode:
            case "course":
                self.front.fields = ABOUT
                unfold(self.source, root)
                if (kind := call_classes(root, declared=self.context.kind)) is not None:
                    self.context = replace(self.context, kind=kind)
                label(root)
                self._without_signatures(root)
                behind = behind_first(root) if any(one.piece.laid for one in root.heads()) else []
                self._books_alone(root)
                self._front(root)
                root.own = [one for one in root.own if not (one.is_text and self.front.spoken(one.piece))]
                describe(root)
                self.planned = planned(root)
                controls = take_controls(root, self.source.marks)
                self._course(self._described(root), root.children, self.context)
                put_controls(self.drafts, controls)
                if behind:
                    self._loose(behind, self.context)
            case "session":
                found = opening(root)
                label(root, session=found[1].kind if found else self.context.kind)
                self._whole_session(root)
            case "questions" | "tests" | "tickets" | "glossary" | "tasks":
                label(root)
                self._without_signatures(root)
                if self.mode == "questions" and sets_work_before(root):
                    self._work_above(root.children.pop(0))
                elif not (self.mode == "tickets" and of_pairs(root.everything())):
                    self._front(root)
                self._list(root, self.mode)
            case "sheet":
                label(root)
                self._work_sheet(root)
            case "reading":
                self._reading(root)
        self.front.look(of_class=self.mode in {"session", "sheet", "reading"})
        self._set_homework()
        return self.drafts

    def _books_alone(self, root: OutlineSection) -> None:
        """A document without headings that is a list of books below the line that names it: the literature."""
        if root.children or not root.own or not holds_books(shape(root.own), root.own):
            return
        named = int(bool(root.own[0].labels.get("literature")))
        draft = self._open("about", root.own[0] if named else None, name="literature")
        draft.title = [one.piece for one in root.own[:named]]
        draft.fields["body"] = [one.piece for one in root.own[named:]]
        root.own = []

    def _reading(self, root: OutlineSection) -> None:
        """A document that is one text to read: the line that calls it so, and lines of the course's data, stand before
        it. Those of an article are its own."""
        every = in_order(root)
        if (found := pack(every)) is not None:
            self._pack(found)
            return
        draft = self._open("reading")
        if self.source.entry.role != "article":
            before = list(takewhile(lambda one: one.is_text and not is_prose(one), every))
            foreword = [one for one in before if self._is_before_text(draft, one)]
            every = [one for one in every if not any(one is other for other in foreword)]
        draft.fields["body"] = [one.piece for one in every]

    def _is_before_text(self, draft: PartDraft, one: Segment) -> bool:
        if draft.label is None and calls_reading(one):
            draft.label = one.text
            draft.marks.append((one.piece, "label"))
            return True
        return bool(_LABELLED.match(one.text)) and self.front.line(one.piece, head=True)

    def _work_above(self, section: OutlineSection) -> None:
        """What is to be done, above a list of questions: its heading names no more than that."""
        if section.head is not None:
            self._mark(section.head, "heading")
        draft = self._open("assignment", section.head, name="homework")
        draft.fields["body"] = [one.piece for one in section.everything()]

    def _front(self, root: OutlineSection) -> None:
        """Hear what stands before the first part: a title page, a head, the heading over everything."""
        before, left = self._detected(root.own)
        children = list(root.children)
        while not left and children and children[0].head is not None:
            first = children[0]
            if first.label == "approval" and all(one.series is None for one in first.children):
                behind = next((at for at, one in enumerate(first.own) if _is_behind_approval(one)), len(first.own))
                first.own, own = first.own[:behind], first.own[behind:]
                children[:1], first.children = first.children, []
                self._data(first, "approval")
                lead, left = self._detected(own)
                before.extend(lead)
                continue
            alone = (
                first.series is None
                and not is_named(first, surely=self.mode == "course")
                and (len(children) == 1 or self.mode != "course" or self._is_titled(first))
                and not _counts_with(children)
            )
            asks = self.mode == "tests" and children[0].head.asks == "question"
            opens = self.mode == "tests" and _opens_part(children[0].head.text)
            if (
                asks
                or opens
                or _is_shaped(first)
                or children[0].head.brief
                or "lettered" in children[0].head.why
                or (holds_works(first) and not first.own)
                or any(says_terms(one) or leads_terms(one) for one in first.own[:2])
                or (not self._is_front(first) and not alone)
            ):
                break
            lead, left = self._detected(first.own)
            before.extend([children[0].head, *lead])
            children = [*first.children, *children[1:]]
        root.own = [*self.front.hear(before), *left]
        root.children = children
        for section in (one for child in ([] if left else children) for one in child.walk()):
            if section.series is not None or section.label not in _PAPERS:
                break
            section.own = self._without_data(section.own)
            if section.own:
                break
        for child in children:
            child.parent = root

    def _is_titled(self, first: OutlineSection) -> bool:
        """Whether a heading that nothing names is the first line of a document, or stands under its institutions, and
        looks as no other heading does."""
        if first.head is None or is_named(first, surely=True) or not any(map(_says_front, first.own[:_HEAD_LINES])):
            return False
        heads = [one for one in self.root.walk() if one.head is not None]
        over = [one for one in self.root.everything() if one.is_text and one.text and one.at < first.head.at]
        sizes = [one.head.piece.size or 0 for one in heads if one is not first and one.head is not None]
        largest = (first.head.piece.size or 0) > max(sizes, default=0)
        begins = len(over) < _HEAD_LINES and all(map(_says_front, over))
        return begins and (largest or sum(key(one) == key(first) for one in heads) == 1)

    def _without_data(self, own: Sequence[Segment]) -> list[Segment]:
        """What stands below the name of a paper without the lines of a title page that go on there."""
        lead, left = _parted(own)
        kept = [one for one in lead if not self._is_detected(one)]
        return [*kept, *left]

    def _is_detected(self, one: Segment) -> bool:
        """Hear a line of a title page below the name of a paper; a level counts questions there, not years."""
        counts = any(counted.kind == "level" for counted in one.counted)
        item = "among" in one.why and not one.data  # of a list of questions: «Chebyshev's inequality» is no person
        return one.is_text and not counts and not item and self.front.line(one.piece, head=True)

    def _described(self, root: OutlineSection) -> list[Segment]:
        """What stands before the first part without the paragraphs that begin to speak of the course, or all of its
        text: its description, where no heading names one."""
        if any(one.label == "description" for one in root.walk()):
            return root.own
        name = opens_with(root)
        prose = [one for one in root.own if _opens(one, short=name != "description")]
        description = [one for one in prose if words().front("course", one.text[:_BEGINNING])] or prose
        if description:
            draft = self._open("about", name=name) if name == "description" else self._open(name)
            draft.fields["body"] = [one.piece for one in description]
        return [one for one in root.own if not any(one is other for other in description)]

    def _detected(self, own: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
        """The lines of a title page at the beginning, in a course also data behind a text; and what is left."""
        lead, left = _parted(own)
        if self.mode in {"tests", "questions"}:  # a level over the first questions
            first = first_asked(self.root) if self.mode == "tests" else None
            opens = (
                at
                for at, one in enumerate(lead)
                if one.is_text
                and one.text
                and (
                    one is first
                    or level_of(one.text)
                    or (self.mode == "tests" and (_opens_part(one.text) or _FIRST_NUMBER.fullmatch(one.text)))
                    or several_in(one.text)
                    or (self.mode == "tests" and _QUESTION.match(one.text))
                )
            )
            end = next(opens, len(lead))
            return lead[:end], [*lead[end:], *left]
        if self.mode == "glossary":
            end = next((at for at, one in enumerate(lead) if one.is_text and one.term), len(lead))
            return lead[:end], [*lead[end:], *left]
        if self.mode != "course":
            return lead, left
        return [*lead, *(one for one in left if _is_data(one))], [one for one in left if not _is_data(one)]

    def _is_front(self, section: OutlineSection) -> bool:
        """A heading of a title page: no part by its words, no series, no text of its own but data of the course."""
        if _is_unit(section) or (self.mode == "tasks" and section.head is not None and counts_work(section.head)):
            return False
        if section.label in {"introduction", "foreword"} and section.head is not None:
            if sum(map(is_named, section.children)) > 1:  # «Introduction to Sociology» over the parts of a course
                return all(map(_says_front, section.own))
            if not (section.own or section.children) and " " in section.head.text.strip():
                return True
        if _says_data(section) and section.series is None and not section.children:
            return True
        if section.head is not None and only_paper(section.head.text) and self._holds_data(section):
            return True
        data = sum(map(_is_data, section.own))
        if (
            data > 1
            and data * 3 >= len(section.own)
            and section.series is None
            and not is_named(section, surely=self.mode == "course")
        ):
            return True
        below = [one for one in section.own[:_HEAD_LINES] if one.is_text and not is_prose(one)]
        if data and section.series is None and section.label is None and any(only_paper(one.text) for one in below):
            return True  # the title of the course over «working programme of the discipline»
        if section.series is not None or section.label is not None:
            return (
                section.series is None
                and not is_named(section, surely=self.mode == "course")
                and not section.own
                and bool(section.children)
            )
        return len(section.own) < 12 and all(_is_front_line(one) and not _is_stated(one) for one in section.own)

    def _holds_data(self, section: OutlineSection) -> bool:
        """Whether the name of a paper stands over lines of a title page and no classes, or alone among headings."""
        if self.mode == "course" and not section.own and not section.children:
            return section.series is None
        data = self.mode == "course" and any(map(_is_data, section.own))
        return data and section.series is None and all(one.series is None for one in section.children)

    def _course(
        self, own: Sequence[Segment], children: Sequence[OutlineSection], context: PlanContext | None = None
    ) -> None:
        self._loose(own, context or PlanContext())
        self._chapters(children)
        for child in _units_in_areas(children):
            self._part(child, context or PlanContext())

    def _chapters(self, children: Sequence[OutlineSection]) -> None:
        """Headings of one form that no word names, each over text: the chapters of a text, counted by their numbers.
        The numbered sections of a programme are none."""
        if self.is_programme:
            return
        plain = [one for one in children if one.series is None and one.label is None and one.head is not None]
        if speaks_of_several(self.root) and len(plain) > 1 and all(any(map(tells, one.everything())) for one in plain):
            for one in plain:
                one.label, one.counted = "lecture", _plain_number(one)
            return
        named = [one for one in children if one.label is not None]
        numbered = [one for one in plain if _plain_number(one) is not None]
        if len(numbered) < 2 or len(numbered) < len(named):
            return
        for one in numbered:
            if shape(one.everything()).prose > _MOSTLY:
                one.label, one.counted = "lecture", _plain_number(one)

    def _part(self, section: OutlineSection, context: PlanContext) -> None:
        is_exam_text = _tells_of_exam(section) or (section.label == "exam" and not (section.own or section.children))
        name, head = None if is_exam_text else section.label, section.head
        if head is None:
            return
        if section.series is not None and section.series.kind in {"week", "unit"}:
            self._outer(section, context)
        elif name in SESSIONS or (section.series is not None and section.series.kind in SESSIONS):
            kind = context.kind if name == "meeting" or (name == "lecture" and context.kind != "lecture") else name
            self._session(section, kind or "lecture")
        elif section.series is not None and section.series.kind == "ticket":
            self._ticket(section)
        elif name in AREAS:
            self._mark(head, "heading")
            self._area(section, KINDS[name or ""])
        elif name == "plan" or _holds_classes(section) or (name is None and self._heads_plan(section)):
            self._mark(head, "heading")
            kind = words().kind(head.text)
            inside = PlanContext(kind) if kind in SESSIONS - {"meeting"} else context
            self._course(self._listed_classes(section, inside), section.children, inside)
        elif (name == "tickets" and holds_tickets(section)) or (name == "exam" and _counts_tickets(section)):
            self._mark(head, "heading", "exam")
            self._tickets(section)
        elif name in {"exam", "tests", "answers", "glossary", "foreword", "introduction", "conclusion"}:
            self._whole(section, name)
        elif name == "tickets":
            self._whole(section, "exam")
        elif name == "assignments":
            self._assigned(section, head)
        elif name in {"grading", "policy"} and (holds_works(section) or lists_works(section)):
            self._graded_works(section)
        elif name in ABOUT:
            self._data_with_texts(section, name or "", context)
        elif name in {"contact", "approval", "toc"}:
            self._data(section, name or "")
        elif self._names_value(section):
            return
        else:
            self._unlabelled(section, context)

    def _heads_plan(self, section: OutlineSection) -> bool:
        """Whether a heading that names no part says of which kind the classes of the plan below it are: «Eight
        practical weeks»."""
        is_of_one_kind = section.head is not None and words().kind(section.head.text) in _OF_ONE_KIND
        return is_of_one_kind and self._holds_plan(section)

    def _assigned(self, section: OutlineSection, head: Segment) -> None:
        """Work outside class; what a section named for it only says of it is a section of the course."""
        if only_tells(section):
            self._other(section)
            return
        if head.brief and not section.children:
            self._assessed(section)
            return
        if is_one_work(section) or (bears_number(head) and not section.children):
            self._one_work(section)
            return
        self._mark(head, "heading")
        self._shares_of_works(section)
        self._tasks(section)

    def _data_with_texts(self, section: OutlineSection, name: str, context: PlanContext) -> None:
        """Data of the course; the foreword and the like that stand inside «About the course» are parts."""
        texts = _texts_around(section) if name == "description" else []
        rest = [one for one in section.children if not any(one is text for text in texts)]
        self._about(replace(section, children=rest) if texts else section, name)
        for one in texts:
            self._part(one, context)

    def _graded_works(self, section: OutlineSection) -> None:
        """Pieces of work under an assessment, a section or a line each, and the shares of the mark that they give."""
        if section.head is not None:
            self._mark(section.head, "heading")
        if section.children:
            section = self._without_shares(section)
            self._shares_of_works(section)
        else:
            self.detected.graded(grading.of_lines([due.without(one.text) for one in section.own]))
        self._tasks(section)

    def _without_shares(self, section: OutlineSection) -> OutlineSection:
        """A section of works without the tables of shares that name these works and say of none when it is due."""
        if not any(child.head is not None and child.head.brief for child in section.children):
            return section
        tables = [one for one in section.own if not one.is_text and self._only_shares(one)]
        if tables:
            draft = self._open("about", section.head, name="grading")
            draft.fields["body"] = [one.piece for one in tables]
        return replace(section, own=[one for one in section.own if not any(one is table for table in tables)])

    def _only_shares(self, one: Segment) -> bool:
        cells = [cell.text for row in matrix(self.source, one.piece) for cell in row if cell.text]
        return gives_shares(self.source, one.piece) and not any(due.within(text) or due.is_day(text) for text in cells)

    def _listed_classes(self, section: OutlineSection, context: PlanContext) -> list[Segment]:
        """What a plan says beside its list, whose items are classes, «• Free vibration (3 hours)»; all of it where a
        plan is no list."""
        items = [
            one
            for one in section.own
            if one.is_text and (_plain_count(one) or (one.mark is not None and not one.piece.level))
        ]
        if section.children or len(items) < _LISTED or len(items) * 2 < len(section.own):
            return section.own
        for one in items:
            counted = _plain_count(one) if one.mark is None else None
            draft = self._open(
                context.kind, one, number=(one.mark.value if one.mark else counted.value if counted else 0) or None
            )
            if counted is not None:
                self._cut_number(draft, one, counted, "number")
                continue
            title = self.source.builder.unmarked(one.piece, one.mark, "") if one.mark else one.piece
            if (day := dates.day(title.text)) is not None and day.end < len(title.text):
                printed, title = self.texts.cut(title, day.end)
                draft.marks.append((printed, "day"))
            draft.title = [self._without_hours(draft, title)]
        return [one for one in section.own if not any(one is item for item in items)]

    def _outer(self, section: OutlineSection, context: PlanContext) -> None:
        """A week or a unit: over classes it is their unit, without any it is a class itself."""
        inner = [one for one in section.walk() if one is not section and one.series and one.series.kind in SESSIONS]
        if not (inner or self._holds_plan(section)):
            self._outer_alone(section, context)
            return
        counted, head = section.counted, section.head
        before = len(self.drafts)
        if section.series and section.series.kind == "week" and counted and head and _lists_beside(section, inner):
            self._session(replace(section, children=[]), context.kind)
            self._of_week(counted.value, before)
            self._course([], section.children, context)
            for one in self.drafts[before + 1 :]:
                one.week, one.week_stated = counted.value, True
            return
        description, own = self._told_of_outer(section)
        if section.series and section.series.kind == "week" and counted and head:
            draft = self._open("week", head, number=counted.value, week=counted.value, title=[])
            self._cut_number(draft, head, counted, "week number")
            self._course(own, section.children, context)
            self._put_first(description, before)
            for one in self.drafts[before + 1 :]:
                one.week, one.week_stated = counted.value, True
            return
        self._course(own, section.children, context)
        self._put_first(description, before)
        if head:
            unit = self._unit(head, counted)
            for one in self.drafts[before:]:
                if one.kind in SESSIONS:
                    one.unit = [unit]

    def _outer_alone(self, section: OutlineSection, context: PlanContext) -> None:
        """A week or a unit without classes of its own: one itself, or those that its lines name."""
        of_week = section.series is not None and section.series.kind == "week"
        if of_week and (led := self._led_classes(section)):
            self._classes_of_week(section, led)
            return
        if of_week and self._classes_on_line(section):
            return
        before = len(self.drafts)
        self._session(section, _kind_of_rows(section) or context.kind)
        if of_week and section.counted:
            self._of_week(section.counted.value, before)
            self._one_of_week(section, before)

    def _led_classes(self, section: OutlineSection) -> list[tuple[Segment, str, int]]:
        """The lines of a week that name a class of some kind each, «Lecture: Rivers», «Seminar 2: Maps», with the kind
        and where the title begins, where there are several."""
        lines = section.everything()
        found = [(one, *led) for one in lines if (led := _led_by_kind(one)) is not None]
        first = bool(found) and found[0][0] is next((one for one in lines if one.is_text and one.text), None)
        return found if first and len(found) > 1 else []

    def _classes_of_week(self, section: OutlineSection, led: Sequence[tuple[Segment, str, int]]) -> None:
        """The classes that the lines of a week name, each with what stands below it."""
        week = section.counted.value if section.counted is not None else None
        if section.head is not None and section.counted is not None:
            self._cut_number(
                self._open("week", section.head, number=week, week=week), section.head, section.counted, "week number"
            )
        lines, kinds = section.everything(), Counter(kind for _, kind, _ in led)
        starts = [next(at for at, one in enumerate(lines) if one is line) for line, *_ in led]
        for (one, kind, end), start, stop in zip(led, starts, [*starts[1:], len(lines)], strict=True):
            if is_off(self.source, one.text[end:]):
                self.texts.claim([each.piece for each in lines[start:stop]], "mark", reason="no class")
                continue
            draft = self._open(kind, one, number=week if kinds[kind] == 1 else None, week=week, week_stated=True)
            name, title = self._cut_behind(one.piece, end)
            draft.marks.append((name, "kind of class"))
            draft.title = [self._without_hours(draft, title)]
            self._body(draft, lines[start + 1 : stop], [])

    def _classes_on_line(self, section: OutlineSection) -> bool:
        """The classes that the line of a week names itself, each behind its kind: «Week 1 · Lecture: Rivers · Lab:
        Maps»; False where it does not name several."""
        head, counted = section.head, section.counted
        starts = kinds_on_line(head.text, counted.end) if head is not None and counted is not None else []
        if head is None or counted is None or len(starts) < _ON_LINE:
            return False
        before, week = len(self.drafts), counted.value
        rest, drafts = head.piece, []
        for start, kind, end in reversed(starts):
            rest, title = self._cut_behind(rest, end)
            rest, name = self._cut_behind(rest, start)
            draft = self._open(kind, head, number=week, week=week, week_stated=True)
            draft.marks.append((name, "kind of class"))
            draft.title = [self._without_sign(draft, title)]
            drafts.append(draft)
        drafts[-1].marks.append((rest, "week number"))
        self.drafts[before:] = reversed(drafts)
        self._body(drafts[-1], section.own, section.children)
        return True

    def _without_sign(self, draft: PartDraft, title: Piece) -> Piece:
        """A title without the sign that parts it from the next on its line."""
        kept, sign = self.texts.cut(title, len(title.text.rstrip(BETWEEN_CLASSES)))
        draft.marks.append((sign, "sign between classes"))
        return self._without_hours(draft, kept)

    def _told_of_outer(self, section: OutlineSection) -> tuple[list[Segment], list[Segment]]:
        """What a week or a unit tells of itself over its classes, a week in the items of a list, too; and what else
        stands there: its data, its tables."""
        items = section.series is not None and section.series.kind == "week"
        description = [
            one
            for one in section.own
            if (is_prose(one) and one.mark is None and not self.front.labels(one.text))
            or (items and one.is_text and one.mark is not None)
        ]
        return description, [one for one in section.own if not any(one is other for other in description)]

    def _put_first(self, reported: Sequence[Segment], before: int) -> None:
        """What a week or a unit tells opens the text of its first class: a week has none of its own. Without a class it
        stays beside the parts of the course."""
        first = next((one for one in self.drafts[before:] if one.kind in SESSIONS), None)
        if first is not None and reported:
            first.fields["body"] = [*(one.piece for one in reported), *first.get("body")]
        elif reported:
            self._loose(reported, PlanContext())

    def _holds_plan(self, section: OutlineSection) -> bool:
        """Whether a table of a plan stands in a section."""
        return any(not one.is_text and one.piece.first in self.front.plan_heads for one in section.everything())

    def _unit(self, head: Segment, counted: HeadingNumber | None) -> Piece:
        """The title of a unit without its number, where it has one: «Module 2. Living speech»."""
        if counted is None or counted.form.startswith(CLOSES) or not head.text[counted.end :].strip():
            return head.piece
        number, title = self._cut_behind(head.piece, counted.end)
        self.texts.claim(number, "mark", reason="unit number")
        return title

    def _of_week(self, number: int, before: int) -> None:
        """The class opened last is that of a week; a week without class opens none."""
        draft = next((one for one in reversed(self.drafts[before:]) if one.kind in SESSIONS), None)
        if draft is not None:
            draft.week, draft.week_stated = number, True

    def _one_of_week(self, section: OutlineSection, before: int) -> None:
        """What a line of a week says of its class, the last: its kind before its title; one of several of a week has
        no number of its own: «Week 1. Lecture. Rivers», «Week 1. Seminar. Maps»."""
        draft = next((one for one in reversed(self.drafts[before:]) if one.kind in SESSIONS), None)
        if draft is None:
            return
        title = draft.title[0] if draft.title else None
        led = kind_before(title.text, stopped=True) if title is not None and title.parts else None
        if title is not None and led is not None:
            name, draft.title[0] = self.texts.cut(title, led[1])
            draft.kind = led[0]
            draft.marks.append((name, "kind of class"))
        weeks = [one.counted.value for one in section.parent.children if one.counted] if section.parent else []
        if section.counted is not None and weeks.count(section.counted.value) > 1:
            draft.number = None

    def _area(self, section: OutlineSection, kind: str) -> None:
        """A list of classes: a series below the heading, or an item each, under the headings of units too."""
        context = PlanContext(kind)
        units = section.children if section.own and all(map(_lists_classes, section.children)) else []
        if section.children and not units:
            self._course(section.own, section.children, context)
            return
        self._items_of_area(section.own, context)
        for child in units:
            before = len(self.drafts)
            self._items_of_area(child.own, context)
            if child.head is not None:
                unit = self._unit(child.head, child.counted or next(iter(child.head.counted), None))
                for one in self.drafts[before:]:
                    one.unit = [unit]

    def _items_of_area(self, own: Sequence[Segment], context: PlanContext) -> None:
        """Classes, one an item, with the points below them."""
        rest: list[Segment] = []
        kind = context.kind
        for segment in own:
            mark = segment.mark
            if segment.is_text and mark is not None and mark.value and segment.piece.level == 0:
                draft = self._open(kind, segment, number=mark.value)
                draft.title = [self.source.builder.unmarked(segment.piece, mark, "")]
            elif segment.is_text and self.drafts and self.drafts[-1].kind == kind and mark is not None:
                self.drafts[-1].add("topics", segment.piece)
            else:
                rest.append(segment)
        self._loose(rest, context)

    def _unlabelled(self, section: OutlineSection, context: PlanContext) -> None:
        """A section that nothing names: visible text of the course under its own title."""
        if any(child.label is not None or _counts_classes(child) for child in section.children):
            if _is_unit(section):
                self._outer(section, context)
                return
            if _tells_rules(section):
                self._other(replace(section, children=[]))
                self._course([], section.children, context)
                return
            if section.head is not None:
                self._open("front").fields["body"] = [section.head.piece]
            self._course(section.own, section.children, context)
            return
        if is_work(section):
            self._one_work(section)
            return
        section.own = self._without_tests(section.own)
        left = [one for one in section.own if one.is_text or not self._plan(one, context)]
        if len(left) < len(section.own) and not left:
            if section.head is not None:
                self._mark(section.head, "heading")
            return
        section.own = left
        self._other(section)


def _tells_rules(section: OutlineSection) -> bool:
    """Whether lines of its own stand between a heading and rules that have names: «Conditions» over
    «Dress», what is worn, and «Missed classes»."""
    named = [child.label for child in section.children if child.label is not None]
    rules = all(name in {"policy", "grading"} for name in named) and not any(map(_counts_classes, section.children))
    has_sentence = any(one.is_text and one.text.rstrip().endswith(".") for one in section.own)
    return rules and section.head is not None and has_sentence


def _counts_classes(section: OutlineSection) -> bool:
    """Whether a section is one of a series, or units in it stand over the weeks of one."""
    inside = any(one.series is not None and one.series.kind in SESSIONS | OUTER for one in section.walk())
    return section.series is not None or inside


def _lists_beside(section: OutlineSection, inner: Sequence[OutlineSection]) -> bool:
    """Whether a week with a title lists what is read and done beside items that name a seminar or the like: the week is
    a class, too, «Week 2: Maps / Read: … / Discussion 1: Old maps»."""
    head, counted = section.head, section.counted
    titled = head is not None and counted is not None and bool(head.text[counted.end :].strip())
    items = any(one.is_text and one.mark is not None for one in section.own)
    named = all(one.head is not None and one.head.mark is not None for one in inner)
    lectures = any(one.series is not None and one.series.kind in {"lecture", "meeting"} for one in inner)
    return titled and items and named and not lectures


def _kind_of_rows(section: OutlineSection) -> str | None:
    """The kind of the only classes that the rows of a week's table hold, the first of them where none is a lecture."""
    rows = [kind for one in section.children if one.head and (kind := kind_of(one.head.piece)) in SESSIONS]
    return None if not rows or "lecture" in rows else rows[0]


_ON_LINE = 2
"""Classes that the line of a week names."""


def _led_by_kind(one: Segment) -> tuple[str, int] | None:
    """The kind of class that a line names before a title, and where this begins: «Lecture: Rivers», «Lab 2. Maps»."""
    if not one.is_text or one.text.endswith(":"):
        return None
    if (led := kind_before(one.text)) is not None:
        return None if led[0] == "seminar" and one.asks == "question" and one.text.count("?") > 1 else led
    counted = (each for each in one.counted if each.words and each.parted and each.kind in SESSIONS - {"meeting"})
    return next(((each.kind or "", each.end) for each in counted if each.end < len(one.text) and not each.start), None)


def _is_shaped(section: OutlineSection) -> bool:
    """Whether what a section holds says that it is what its heading names: «Distribution of points» over shares."""
    is_labelled = section.label is not None and section.reasons.get("shape", 0) >= weights()["label"]["least"]
    return is_labelled and section.reasons.get("words", 0) >= weights()["label"]["least"]


def _opens_part(text: str) -> bool:
    """Whether a line is the heading of a part of a test: «Section A – essays», no sentence that speaks of one."""
    short = len(text) < weights()["limits"]["short"] and text.rstrip()[-1:] not in ".?!"
    return short and words().kind(text.split(maxsplit=1)[0]) == "unit" and part_in(text) > 0


def _units_in_areas(children: Sequence[OutlineSection]) -> list[OutlineSection]:
    """The sections of a course, units whose items count on from a list of classes before them inside it."""
    found: list[OutlineSection] = []
    for child in children:
        area = found[-1] if found and found[-1].label in AREAS else None
        last = _last_number(area) if area is not None else 0
        if area is not None and last and _lists_classes(child) and _first_number(child) == last + 1:
            area.children = [*area.children, child]
        else:
            found.append(child)
    return found


def _first_number(section: OutlineSection) -> int:
    return next((one.mark.value for one in section.own if one.mark is not None), 0)


def _last_number(section: OutlineSection) -> int:
    """The number of the last item of a section and those inside it; 0 where a line behind it is none."""
    lines = section.children[-1].own if section.children else section.own
    return lines[-1].mark.value if lines and lines[-1].mark is not None else 0


def _lists_classes(section: OutlineSection) -> bool:
    """Whether a heading that names no part stands over numbered items alone."""
    plain = section.label in {None, "unit"} and not section.children and bool(section.own)
    return plain and all(one.is_text and one.mark is not None and one.mark.value for one in section.own)


def _counts_tickets(section: OutlineSection) -> bool:
    """Whether tickets are counted below a heading that names the exam: «For the exam: Card 1 …, Card 2 …»."""
    counted = [one.series for one in section.children if one.series is not None and one.series.kind == "ticket"]
    return len(counted) > 1


def _tells_of_exam(section: OutlineSection) -> bool:
    """Whether one paragraph of several sentences stands under an assessment that names the exam: how it is held, no
    question of it."""
    inside = section.parent is not None and section.parent.label in {"grading", "policy"}
    if section.label != "exam" or not inside or section.children or len(section.own) != 1:
        return False
    one = section.own[0]
    return one.is_text and one.mark is None and "?" not in one.text and NEXT_SENTENCE.search(one.text) is not None


def _holds_classes(section: OutlineSection) -> bool:
    """Whether classes are counted below a heading that names questions: «Oral questions: Seminar 1 …, Seminar 2 …»."""
    if section.label != "exam":
        return False
    counted = [one.series for one in section.children if one.series is not None and one.series.kind in SESSIONS]
    return len(counted) > 1


def _texts_around(section: OutlineSection) -> list[OutlineSection]:
    """The foreword and the like that stand inside «About the course»."""
    return [one for one in section.children if one.label in _TEXTS_AROUND and is_named(one, surely=True)]


_TEXTS_AROUND = frozenset({"foreword", "introduction", "conclusion"})


def _plain_count(one: Segment) -> HeadingNumber | None:
    """The number without a word that a line begins with."""
    return next((found for found in one.counted if not found.words and found.form != "#bare"), None)


def _is_unit(section: OutlineSection) -> bool:
    """Whether a heading and those beside it stand over nothing but classes."""
    beside = section.parent.children if section.parent is not None else []
    over = [one for one in beside if one.children and all(each.series is not None for each in one.children)]
    kinds = {each.series.kind for one in over for each in one.children if each.series is not None}
    return section in over and len(over) > 1 and kinds <= SESSIONS


_QUESTION = languages.expression(r"\W{0,3}(?:@question@)\s*№?\s*\d{0,3}\s*[:.]\s+\S", re.IGNORECASE)
"""«Question: …», «Question 1. …», no value of a title page."""


def _parted(own: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """The lines of a title page at the beginning, and what follows them."""
    end = next((at for at, one in enumerate(own) if not _is_front_line(one)), len(own))
    return list(own[:end]), list(own[end:])


def _is_data(one: Segment) -> bool:
    return one.is_text and bool(set(one.data) & VALUES) and len(one.text) < weights()["limits"]["title"]


def _is_behind_approval(one: Segment) -> bool:
    """Whether a line goes on with the title page, or with text, below who approves a paper."""
    return is_prose(one) or (_is_data(one) and _LABELLED.match(one.text) is not None)


def _says_front(one: Segment) -> bool:
    """Whether a line is one of a title page: data of the course, or the values or the institution that it names."""
    if not one.is_text or is_prose(one):
        return False
    return bool(set(one.data) & VALUES) or any(any(of_line(part)) for part in parts_of(one.text))


def _says_data(section: OutlineSection) -> bool:
    """Whether a heading that names no part is a line of values: «Spring 2026 · 3 credits · Carver 118»."""
    text = section.head.text if section.head is not None and section.label is None else ""
    return sum(value.letters for value in of_line(text)) * 3 > sum(map(str.isalnum, text))


def _opens(one: Segment, *, short: bool) -> bool:
    """Whether a line before the first part is text of the course rather than a label with its value; several ``short``
    sentences are, too, where they cannot be a remark on when and where a course meets."""
    if not tells(one) or one.data:
        return False
    several = NEXT_SENTENCE.search(one.text) is not None
    return (short and several) or (not _LABELLED.match(one.text) and (short or len(one.text) > LINE or not several))


def _is_stated(one: Segment) -> bool:
    """A short paragraph that speaks to the reader: a sentence without a value of the course."""
    return tells(one) and not one.data and not _LABELLED.match(one.text) and not any(of_line(one.text))


def _is_front_line(one: Segment) -> bool:
    """A line that may stand on a title page, or a picture among them: no text, no item of a list, nothing that asks or
    is to be chosen."""
    if isinstance(one.piece.object, Drawing):
        return True
    counted = one.mark is not None and one.mark.value < 2  # no list begins with «№17»
    questions = any(c.words and c.parted and c.kind in ITEMS for c in one.counted) or counts_question(one.text)
    if (one.data or _SHORT_LABEL.match(one.text)) and not (counted or questions or is_prose(one)):
        return True
    listed = counted or one.option or (one.term and one.heading < weights()["heading"]["least"])
    counts = questions or counts_work(one)
    return one.is_text and not (is_prose(one) or listed or counts or one.asks == "question")


def _plain_number(section: OutlineSection) -> HeadingNumber | None:
    head = section.head
    return next((one for one in head.counted if not one.words and one.depth == 1), None) if head else None
