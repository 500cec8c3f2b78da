"""Sections that are classes → drafts: lectures, seminars, practicals, laboratory works."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from coursepack import languages
from coursepack.model.blocks import Table
from coursepack.model.document import Grid
from coursepack.outline import naming
from coursepack.outline.drafts import PartDraft
from coursepack.outline.levels import is_marked
from coursepack.outline.markers import Marker
from coursepack.outline.pieces import Piece
from coursepack.outline.points import looks_like_text, split_listed, split_outline
from coursepack.outline.question_lists import holds_choices
from coursepack.outline.tree import dates, due, leads, led, stages, week_table
from coursepack.outline.tree.doing import is_bare, task_head
from coursepack.outline.tree.front import VALUES
from coursepack.outline.tree.lesson import LessonDrafts, is_stage
from coursepack.outline.tree.lists import alphabetical, as_heading
from coursepack.outline.tree.masthead import names_institution
from coursepack.outline.tree.modes import opening
from coursepack.outline.tree.numbered_tasks import numbered_tasks
from coursepack.outline.tree.ordinals import CLOSES, HeadingNumber
from coursepack.outline.tree.ordinals import counted as counts
from coursepack.outline.tree.produced import task_line
from coursepack.outline.tree.sections import (
    PRACTICAL,
    SESSIONS,
    TITLED,
    OutlineSection,
    behind_first,
    names_term,
    says_when_due,
)
from coursepack.outline.tree.shape import ends_as_sentence, is_prose, shape, tells
from coursepack.outline.tree.signals import _LABELLED, LABEL_STYLE, NEXT_SENTENCE, Segment, uncounted, weights
from coursepack.outline.tree.tags import parted
from coursepack.outline.tree.titles import (
    calls_lesson,
    counts_with,
    is_byline,
    is_one_of_many,
    is_over_title,
    number_of_paper,
    number_of_title,
    paper_before,
)
from coursepack.outline.tree.values import QUOTED, YEAR
from coursepack.outline.tree.words import FULL, words
from coursepack.outline.tree.work import bare
from coursepack.outline.tree.workload import only_counts_hours
from coursepack.text.programs import is_listing

# The fields of a class, by label; what is not here is text.
FIELDS = {
    "outline": "outline", "aims": "aims", "outcomes": "outcomes", "equipment": "equipment", "review": "review",
    "tests": "tests", "tasks": "tasks", "homework": "homework", "keywords": "keywords", "literature": "literature",
    "basic": "literature", "additional": "literature", "internet": "literature", "text": "body",
}  # fmt: skip
# «Source: www…» under a text says where it comes from.
_BOOKS = frozenset({"literature", "basic", "additional", "internet"})
_BYLINES = 4
# «Materials. Copper wire, a lamp.»: a label that ends with a full stop is one when its words leave no doubt.
_STOPPED = languages.expression(r"(?P<label>[@A@][^:.!?;,]{2,45})\.\s+(?P<value>\S.*)", re.DOTALL)
_STOPPED_LEAST = 11
_LABEL_LEAST = 7
_LED_LEAST = 5
_NAMED = 6
"""The same where several lines begin with that label, or where it alone stands in bold type."""
_ROWS = SESSIONS - {"meeting"}
"""What the label of a row of a week's table names where it holds a class."""
_OF_TEXTS = frozenset({"outline", "outcomes", "literature"})
"""Fields of short texts, which hold no object."""
LISTS = frozenset({"outline", "review", "tests", "outcomes", "literature", "keywords"})


_SIGNS_BEHIND = frozenset(".:,–—-|)")
"""What parts a day from the title behind it."""


_DATA_LINES = 12
_OF_ONE = frozenset({"meta", "other"})

_WEEK_BEFORE = re.compile(r"[(\[](?P<said>[^()\[\]]{3,20})[)\]]\s*[·•|:.,–—-]?\s*")
_EXCLUDED = re.compile(r"\s*[(\[](?P<said>[^()\[\]]{3,40})[)\]]\.?$")


class ClassDrafts(LessonDrafts):
    """Drafts of classes with their fields. ``planned``: the document says no more of them than a plan does."""

    planned = False

    def _whole_session(self, root: OutlineSection) -> None:
        """A document that is one class: number and title stand among its first lines, what is before is its head."""
        draft = self._open(self.context.kind)
        self._without_signatures(root)
        self._stated(draft, root)
        behind = behind_first(root)
        before, own, children = self._beginning(root, draft)
        self._without_remark(draft)
        if not draft.title and (over := _title_over(draft, before, own, children)) is not None:
            draft.title = [self._without_hours(draft, over.piece)]
            before = [one for one in before if one is not over]
        left = self.front.hear(before)
        if not draft.title and not own and (draft.opened or draft.marks):
            own, children = _first_opened(own, children)
        if not draft.title and own:
            own = self._without_data(own)
            begun = bool(draft.opened or draft.marks)  # below a number the first line is the title, whatever its stop
            if own and (begun or not ends_as_sentence(own[0].text)):
                own = self._title_in(draft, own, children)
        last = max((child.head.at for child in children if child.head is not None), default=0)
        between = [one for one in behind if one.at < last]
        self._body(draft, [*left, *self._below_title(own), *between], children)
        self._fields(draft, behind[len(between) :])

    def _without_remark(self, draft: PartDraft) -> None:
        """What follows the number of a class and is no title: a day, the letters of a name, «Lecture 4 / EW»."""
        if len(draft.title) == 1 and _is_remark(draft.title[0].text):
            draft.marks.append((draft.title.pop(), "day or initials"))

    def _without_data(self, own: list[Segment]) -> list[Segment]:
        """Without lines of the course's data that stand before the title: «Course: Botany», a university over it."""
        end = 0
        while end < min(len(own) - 1, _BYLINES):
            one, after = own[end : end + 2]
            data = _LABELLED.match(one.text) or (is_byline(one) and is_byline(after))
            if not (data and self.front.line(one.piece, head=True)):
                break
            end += 1
        return own[end:]

    def _below_title(self, own: list[Segment]) -> list[Segment]:
        """What follows a title without the lines that say who made the paper and when."""
        lines = list(takewhile(lambda one: is_byline(one) and self.front.line(one.piece, head=True), own[:_BYLINES]))
        lines += takewhile(self._is_data, own[len(lines) : len(lines) + _DATA_LINES])
        return own[len(lines) :]

    def _is_data(self, one: Segment) -> bool:
        """Hear a line below the title of a class that is a label and its value: of the course, or of one lesson, which
        no course has: «Practitioner: Ann Lee», «Group size: 8»."""
        labelled = _LABELLED.match(one.text) if one.is_text and one.mark is None else None
        if labelled is None or len(one.text) >= weights()["limits"]["short"] or self._run_in(one) is not None:
            return False
        kind = self.front.kind_of(labelled["label"])
        if kind in VALUES and self.front.line(one.piece, head=True):
            return True
        alone = kind in _OF_ONE or words().lesson(labelled["label"]) in _OF_ONE
        if alone:
            self.source.aside([one.piece], "data of one lesson")
        return alone

    def _body(self, draft: PartDraft, own: Sequence[Segment], children: Sequence[OutlineSection]) -> None:
        """What stands below a class's title: points of a plan or of a discussion first, text, fields."""
        draft.settled = True
        named = any(child.label == "outline" for child in children)
        questions = [] if draft.kind == "lecture" else _question_points(own)
        if questions:
            self._field(draft, "review", questions)
            own = own[len(questions) :]
        points = [] if named else self._points(draft, own, children)
        field = "outline" if draft.kind == "lecture" else "tasks" if self._are_tasks(draft, points) else "topics"
        for one in points:
            draft.add(field, one.piece)
        self._fields(draft, own[len(points) :])
        tasks = [] if draft.kind == "lecture" else numbered_tasks(children)
        for section, number in tasks:
            self._task(draft, section, number)
        for child in () if tasks else children:
            self._inside(draft, child)

    def _points(self, draft: PartDraft, own: Sequence[Segment], children: Sequence[OutlineSection]) -> list[Segment]:
        """A list right under the title, before any text; of a class other than a lecture, short lines too."""
        end = next((at for at, one in enumerate(own) if self._is_no_point(one)), len(own))
        if draft.kind != "lecture":
            return list(own[: max(end, _mostly_points(own))])
        points, _ = split_outline([one.piece for one in own])
        follows = len(points) < len(own) or any(child.label in {None, "text"} for child in children)
        return list(own[: len(points)]) if len(points) <= end and follows else []

    def _is_no_point(self, one: Segment) -> bool:
        is_text = not one.is_text or looks_like_text(one.piece) or is_prose(one) or one.asks == "question"
        return is_text or self._run_in(one) is not None or task_line(one) is not None or _sets_work(one)

    def _beginning(
        self, root: OutlineSection, draft: PartDraft
    ) -> tuple[list[Segment], list[Segment], list[OutlineSection]]:
        """What stands before the class, its own first segments, and its sections."""
        found = opening(root)
        if found is None:
            topic = _labelled_topic(root)
            return self._first_heading(root, draft) if topic is None else self._below_topic(root, draft, topic)
        head, counted = found
        kind = counted.kind or "lecture"
        if kind not in {"meeting", "lecture"} or draft.kind == "lecture":
            draft.kind = "lecture" if kind == "meeting" else kind
        draft.number, draft.opened = counted.value, head.piece
        if counted.start and not counted.form.startswith(CLOSES):
            course, head.piece = self._cut_behind(head.piece, counted.start)
            self.front.titled(course)
            counted = replace(counted, end=counted.end - counted.start)
        self._cut_number(draft, head, counted, "number")
        if head in root.own:
            at = root.own.index(head)
            return root.own[:at], root.own[at + 1 :], root.children
        path = _path(root, head)
        before, after = _around(path)
        return before, path[-1].own, after

    def _below_topic(
        self, root: OutlineSection, draft: PartDraft, topic: Segment
    ) -> tuple[list[Segment], list[Segment], list[OutlineSection]]:
        """Below «Topic: …» the class begins, whatever the paper is called: «Lesson plan № 14»."""
        before, own, children = _split(root, topic)
        mark = next(m for m in topic.marks if m.kind == "title" and m.group == "field")
        name, title = self._cut_label(topic, mark.end)
        draft.marks.append((name, "«topic»"))
        draft.title = [self._without_hours(draft, title)] if title is not None else []
        head = next((one for one in before if number_of_paper(one) is not None), None)
        if head is not None:
            draft.number, draft.opened = number_of_paper(head), head.piece
            draft.marks.append((head.piece, "number"))
            before = [one for one in before if one is not head]
        data = [one for one in own if one.is_text and one.data and self.front.line(one.piece, head=True)]
        return before, [one for one in own if not any(one is other for other in data)], children

    def _first_heading(
        self, root: OutlineSection, draft: PartDraft
    ) -> tuple[list[Segment], list[Segment], list[OutlineSection]]:
        """Without a number, the last of the headings that stand before any text is the title; one of several equal
        headings is a section of the text."""
        before, own, children = list(root.own), list[Segment](), list(root.children)
        while children and (head := children[0].head) is not None and children[0].label is None:
            first = children[0]
            titles = [m for m in head.marks if m.kind in {"title", "kind"} and m.group == "field"]
            if any(m.rest for m in titles):
                own, children = [head, *first.own], [*first.children, *children[1:]]
                return before, own, children
            if titles:
                draft.marks.append((head.piece, "heading"))
            elif head.piece.style == LABEL_STYLE:
                break
            elif self._is_number_alone(draft, first):
                children = [*first.children, *children[1:]]
                continue
            elif is_over_title(children) or draft.title or _is_furniture(head.text) or calls_lesson(head):
                before.extend([head, *first.own])
                children = [*first.children, *children[1:]]
                continue
            elif is_one_of_many(children) and not self._opens_class(before, head):
                break
            else:
                self._title_from(draft, first)
            own, children = list(first.own), [*first.children, *children[1:]]
            break
        if not draft.title and not draft.marks:
            own, before = before, []
        return before, own, children

    def _opens_class(self, before: Sequence[Segment], head: Segment) -> bool:
        """Whether a heading is the first line of a file whose name counts a class, «Lecture 3», and names no part: its
        title, though headings inside look alike."""
        plain = not before and head.asks is None and not any(one.parted for one in head.counted)
        named = max(head.labels.values(), default=0) >= _NAMED
        return plain and not named and naming.read(self.source.document.file).counts_class

    def _is_number_alone(self, draft: PartDraft, section: OutlineSection) -> bool:
        """«CHAPTER 7» over the title on the next heading: take the number."""
        head, number = section.head, number_of_title(section, None)
        if head is None or section.own or number is None or number.end < len(head.text) or draft.number is not None:
            return False
        draft.number, draft.opened = number.value, head.piece
        draft.marks.append((head.piece, "number"))
        return True

    def _title_from(self, draft: PartDraft, section: OutlineSection) -> None:
        """A heading as the title of the class, with the number that it bears."""
        head = section.head
        if head is None:
            return
        number = number_of_title(section, naming.read(self.source.document.file).own)
        if number is None or draft.number is not None:
            draft.title = [self._without_hours(draft, self._without_paper(draft, head.piece))]
            return
        draft.number = number.value
        draft.opened = head.piece
        self._cut_number(draft, head, number, "number")

    def _without_paper(self, draft: PartDraft, title: Piece) -> Piece:
        """A title without the name of the paper before it: «Lesson plan: Levers»."""
        end = paper_before(title.text)
        if not end:
            return title
        paper, title = self.texts.cut(title, end)
        draft.marks.append((paper, "kind of paper"))
        return title

    def _session(self, section: OutlineSection, kind: str) -> None:
        head, counted = section.head, section.counted
        if head is None:
            return
        draft = self._open("lecture" if kind in {"meeting", "unit", "week"} else kind, head)
        if section.day is not None:
            draft.marks.append((section.day.piece, "day"))
        if counted is not None and counted.form == TITLED:
            self._labelled_title(draft, head)
        elif counted is not None and counted.form == led.FORM:
            self._led_title(draft, head)
        elif counted is not None:
            deep = counted.depth > 1 and not counted.words  # «2.1 Causes»
            if (start := _deep_topic(head.text, counted)) is not None:
                deep, counted = True, replace(counted, end=start)
            draft.number = counted.value if counted.form != dates.FORM and not deep else None
            draft.hours = self._hours_in(head.text[: counted.end])
            self._cut_number(draft, head, counted, f"{kind} number")
        else:
            draft.title = [self._behind_day(draft, head)]
        aside = draft.title if counted is not None and _in_brackets(draft.title) else []
        draft.title = [] if aside else draft.title
        if counted is not None and (counted.form == dates.FORM or _tells_all(section)):
            self._cut_title(draft)
        elif counted is not None and not counted.start:
            self._cut_run_in(draft, head, counted)
            self._cut_week_before(draft)
            if section.series is None or section.series.kind != "week":  # there it tells that the number is the week's
                self._cut_time(draft)
        if not draft.title:
            self._stated(draft, section)
        own, children = self._without_week(draft, section.own), list(section.children)
        own = self._hours_below(draft, own)
        if not draft.title and not own:
            own, children = _first_opened(own, children)
        if not draft.title and own:
            own = self._title_in(draft, own, children)
        if aside and draft.title:  # «Class 4 (practice)» over its title
            draft.marks.append((aside[0], "kind"))
        draft.title = draft.title or aside
        self._body(draft, own, children)

    def _behind_day(self, draft: PartDraft, head: Segment) -> Piece:
        """A title without the day before it, «Oct. 14 — Neighbors», which counts nothing where all classes look so."""
        day = dates.day(head.text)
        if day is None or day.end >= len(head.text) or head.text[: day.end].rstrip()[-1:] not in _SIGNS_BEHIND:
            return head.piece
        printed, title = self._cut_behind(head.piece, day.end)
        draft.marks.append((printed, "day"))
        return title

    def _without_week(self, draft: PartDraft, own: Sequence[Segment]) -> list[Segment]:
        """What stands in a class without the line that says in which week it is held."""
        week_line = next((one for one in own[:_BYLINES] if one.of_week is not None), None)
        if week_line is None:
            return list(own)
        draft.week, draft.week_stated = week_line.of_week, True
        draft.marks.append((week_line.piece, "week"))
        return [one for one in own if one is not week_line]

    def _labelled_title(self, draft: PartDraft, head: Segment) -> None:
        """«Topic: Soil»: what stands behind the label is the title; below a label alone it is looked for."""
        mark = next(m for m in head.marks if m.kind == "title" and m.group == "field")
        name, title = self._cut_label(head, min(mark.end, len(head.text)))
        draft.marks.append((name, "«topic»"))
        draft.title = [title] if title is not None and title.text else []

    def _led_title(self, draft: PartDraft, head: Segment) -> None:
        """«Seminar: Maps (week 2)»: the title stands between the kind of class and its week."""
        lead = led.led(head.text)
        if lead is None:
            draft.title = [head.piece]
            return
        name, title = self._cut_behind(head.piece, lead.start)
        draft.marks.append((name, "kind of class"))
        if lead.week is not None:
            draft.week, draft.week_stated = lead.week, True
        if lead.end < len(head.text):
            title, week = self.texts.cut(title, lead.end - lead.start)
            draft.marks.append((week, "week"))
        draft.title = [self._without_hours(draft, title)]

    def _cut_title(self, draft: PartDraft) -> None:
        """A line that tells a title and more: its first sentence is the title, the others the text."""
        found = NEXT_SENTENCE.search(draft.title[0].text) if draft.title else None
        if found is not None:
            title, text = self.texts.cut(draft.title[0], found.end() - 1)
            draft.title = [title]
            points = split_listed(text, self.texts) if self.planned and not NEXT_SENTENCE.search(text.text) else [text]
            for point in points:
                draft.add("topics" if len(points) > 1 else "body", point)

    def _cut_run_in(self, draft: PartDraft, head: Segment, counted: HeadingNumber) -> None:
        """«**Lecture 1. Walks.** A graph is a set of points …»: the bold words are the title; of a paragraph in one
        type it is the first sentence."""
        title = draft.title[0] if len(draft.title) == 1 else None
        if title is None or head.piece.heading is not None or not head.text.endswith(title.text):
            return
        at = head.lead - (len(head.text) - len(title.text)) if head.lead > counted.end else 0
        if at <= 0 and (first := NEXT_SENTENCE.search(title.text)) is not None:
            is_sentence = ends_as_sentence(title.text[first.end() - 1 :]) and len(title.text) > _RUN_IN
            at = first.end() - 1 if is_sentence and first.end() < weights()["limits"]["short"] else 0
        if 0 < at < len(title.text):
            named, text = self.texts.cut(title, at)
            draft.title = [named]
            draft.add("body", text)

    def _cut_week_before(self, draft: PartDraft) -> None:
        """«Section 2 (week 3) · Redlining»: the week in brackets before the title is that of the class."""
        text = draft.title[0].text if len(draft.title) == 1 else ""
        found = _WEEK_BEFORE.match(text)
        week = due.named(found["said"]) if found is not None and found.end() < len(text) else None
        if found is None or week is None or not week.alone:
            return
        week_piece, draft.title[0] = self.texts.cut(draft.title[0], found.end())
        draft.week, draft.week_stated = week.number, True
        draft.marks.append((week_piece, "week"))

    def _hours_below(self, draft: PartDraft, own: list[Segment]) -> list[Segment]:
        """A class without the line right below its title that gives its hours in brackets and nothing else."""
        line = own[0] if own and draft.title and draft.hours is None else None
        if line is None or not line.is_text or not _in_brackets([line.piece]) or not only_counts_hours(line.text):
            return own
        draft.hours = self._hours_in(line.text)
        draft.marks.append((line.piece, "hours"))
        return own[1:]

    def _cut_time(self, draft: PartDraft) -> None:
        """«Seminar 1. Maps (week 2)», «Seminar 1. Maps (3 October)»: when the class is held is no part of its title."""
        text = draft.title[0].text if len(draft.title) == 1 else ""
        week = next((one for one in counts(text) if one.kind == "week" and one.form.startswith(CLOSES)), None)
        aside = _EXCLUDED.search(text)
        if week is not None:
            draft.week, draft.week_stated = week.value, True
        elif aside is None or not aside.start() or not dates.is_days_alone(aside["said"]):
            return
        begins = week.start if week is not None else aside.start() if aside is not None else 0
        draft.title[0], when = self.texts.cut(draft.title[0], begins)
        draft.marks.append((when, "week" if week is not None else "day"))

    def _title_in(self, draft: PartDraft, own: list[Segment], children: Sequence[OutlineSection]) -> list[Segment]:
        """The title on the line after the number: «Тақырыбы: …», or a short line."""
        first = own[0]
        if not first.is_text:
            return own
        for at, one in enumerate(own[:_BYLINES]):
            if not one.is_text or (at and not _LABELLED.match(own[at - 1].text)):
                break
            named = next((m for m in one.marks if m.kind in {"title", "kind"} and m.group == "field" and m.rest), None)
            if named is not None:
                name, rest = self.texts.cut(one.piece, named.end)
                draft.marks.append((name, "«topic»"))
                draft.title = [rest]
                return [*own[:at], *own[at + 1 :]]
        if counts_with(first, children):
            return own
        several = NEXT_SENTENCE.search(first.text) is not None and first.text.rstrip()[-1:] in ".!?…"
        sentences = is_prose(first) or several or _begins_text(own)
        plain = len(first.text) < 150 and not sentences and first.mark is None
        quoted = QUOTED.fullmatch(first.text.strip(" .")) is not None
        titled = quoted or paper_before(first.text) > 0 or not _says_value(first)
        if plain and titled and not is_listing(first.text):
            self._title_from(draft, OutlineSection(first, children=list(children)))
            return own[1:]
        return own

    def _inside(self, draft: PartDraft, section: OutlineSection) -> None:
        """A section of a class: one of its fields, or text under its heading."""
        head, name = section.head, _named(section)
        if draft.kind == "seminar" and name == "review" and not draft.get("topics") and _is_to_discuss(head):
            name = "outline"
        if head is None or self._row_of_week(draft, head, section):
            return
        counted = task_head(section)
        if counted is not None:
            self._task(draft, section, counted)
        elif not (self._is_stage_or_work(draft, section, head) or self._is_made_apart(draft, section, head, name)):
            self._field_or_text(draft, section, head, name)

    def _is_made_apart(self, draft: PartDraft, section: OutlineSection, head: Segment, name: str | None) -> bool:
        """Take a section that is no list of a field: terms, work, a seminar beside a lecture, a test."""
        over_terms = not section.own and any(map(names_term, section.children))
        if name in {"glossary", "keywords"} and (over_terms or _gives_meanings(section.own, named=name == "glossary")):
            self._terms_among(draft, section)
            return True
        if name == "assignments":
            self._assigned_in(draft, section, head)
            return True
        inner = next((m for m in head.marks if m.group == "field" and m.kind == "topics"), None)
        if inner is not None and draft.kind == "lecture":
            self._inner_seminar(draft, head, inner, section.everything())
            return True
        if name == "tests" or (name == "answers" and _is_question(draft)):
            self._test(draft, section, name)
            return True
        return False

    def _field_or_text(self, draft: PartDraft, section: OutlineSection, head: Segment, name: str | None) -> None:
        """A section that is a field of its class by its name, else text under its heading."""
        field = FIELDS.get(name or "")
        if field is None:
            draft.add("body", as_heading(head.piece))
            self._fields(draft, section.own)
            for child in section.children:
                self._inside(draft, child)
            return
        if _is_over_text(field, section):
            self._over_text(draft, field, section)
            return
        draft.marks.append((head.piece, "heading"))
        self._field(draft, field, section.own)
        for child in section.children:
            if child.label in FIELDS or (child.head is not None and is_stage(child.head)):
                self._inside(draft, child)
            else:
                self._deeper(draft, field, child)

    def _assigned_in(self, draft: PartDraft, section: OutlineSection, head: Segment) -> None:
        """Work that a class sets under its abbreviation, or under other words for it."""
        label = next((m for m in head.marks if m.group == "label"), None)
        if label is None:
            draft.marks.append((head.piece, "heading"))
            self._field(draft, "homework", section.everything())
            return
        work = self._work(draft, head, label)
        for one in section.everything():
            self._text_of_work(work, one)

    def _is_stage_or_work(self, draft: PartDraft, section: OutlineSection, head: Segment) -> bool:
        """Take the stage of a lesson, or work with its title or its day that a class sets."""
        if is_stage(head) and section.label != "homework":
            self._stage(draft, section)
            return True
        if section.label == "tests" or not says_when_due(section):
            if end := _title_of_work(head):
                self._titled_work(draft, section, head, end)
            return end > 0
        before = len(self.drafts)
        self._one_work(section)
        for result in self.drafts[before:]:
            result.parent, result.week = draft, draft.week
        return True

    def _row_of_week(self, draft: PartDraft, head: Segment, section: OutlineSection) -> bool:
        """Take the row of a class in a week's table: the text of the class of the week, or a class beside it. A
        practical has its title there, a seminar what is talked about."""
        kind = week_table.kind_of(head.piece)
        if kind not in _ROWS:
            return False
        own, result = section.own, draft
        if kind != draft.kind:
            result = self._open(kind, head, number=draft.number, name="in-session", parent=draft)
            result.week, result.week_stated = draft.week, draft.week_stated
            if kind in PRACTICAL and own and _is_title(own[0]):
                result.title, own = [own[0].piece], own[1:]
        result.marks.append((head.piece, "kind of class"))
        if result is draft:
            self._fields(result, own)
        else:
            self._body(result, own, [])
        for child in section.children:
            self._inside(result, child)
        return True

    def _over_text(self, draft: PartDraft, field: str, section: OutlineSection) -> None:
        """A heading that names a list of a class but stands over its text too: «Contents» on the first slide,
        «Review» of a lecture. Only what stands right below it is the list."""
        if section.head is not None and section.own:
            draft.marks.append((section.head.piece, "heading"))
            self._field(draft, field, section.own)
        elif section.head is not None:
            draft.add("body", as_heading(section.head.piece))
        for child in section.children:
            self._inside(draft, child)

    def _terms_among(self, draft: PartDraft, section: OutlineSection) -> None:
        """The terms of a class; sentences over and under them are its text."""
        at = [nth for nth, one in enumerate(section.own) if _may_define(one)]
        first, end = (at[0], at[-1] + 1) if at else (0, len(section.own))
        before, after = section.own[:first], section.own[end:]
        section.own = section.own[first:end]
        self._fields(draft, before)
        self._whole(section, "glossary")
        self._fields(draft, after)

    def _test(self, draft: PartDraft, section: OutlineSection, field: str) -> None:
        """A test, or its keys, inside a class: it is read whole, as a bank is; other fields below it are
        their own."""
        if section.head is not None:
            draft.marks.append((section.head.piece, "heading"))
        for one in section.own:
            draft.add(field, one.piece)
        for child in section.children:
            if child.label == "answers" or child.label in FIELDS:
                self._inside(draft, child)
                continue
            for one in (*((child.head,) if child.head else ()), *child.everything()):
                draft.add(field, one.piece)

    def _deeper(self, draft: PartDraft, field: str, section: OutlineSection) -> None:
        """A section without a label inside a field: its heading and text go on in the field."""
        if field == "tasks":
            self._deeper_task(draft, section)
            return
        if section.head is not None:
            draft.add(field, section.head.piece)
        self._field(draft, field, section.everything())

    def _deeper_task(self, draft: PartDraft, section: OutlineSection) -> None:
        """A heading among tasks: over one task, over further ones, or over text that explains them."""
        head, number = section.head, task_head(section)
        if head is None:
            return
        if number is not None:
            self._task(draft, section, number)
            return
        prose = [one for one in section.own if is_prose(one) and one.asks != "task"]
        if prose and prose[0] is section.own[0]:
            draft.add("body", as_heading(head.piece))
            self._fields(draft, section.own)
        elif section.children or is_bare(section):
            draft.marks.append((head.piece, "heading"))
            self._field(draft, "tasks", section.own)
        else:
            self._task(draft, section, None)
            return
        for child in section.children:
            self._inside(draft, child) if child.label in FIELDS else self._deeper_task(draft, child)

    def _field(self, draft: PartDraft, field: str, own: Iterable[Segment]) -> None:
        """Content of a field; a list ends with its list: prose behind it is text again."""
        segments = list(own)
        if field == "body":
            self._fields(draft, segments)
            return
        end = next((at for at in range(len(segments)) if self._leaves(field, segments, at)), len(segments))
        for one in self._unlabelled_items(segments[:end]):
            draft.add(field, one)
        rest = segments[end:]
        if field == "review" and not draft.get("outline") and not draft.get("body"):
            points = self._points(draft, rest, [])
            for point in points:
                draft.add("outline" if draft.kind == "lecture" else "topics", point.piece)
            rest = rest[len(points) :]
        self._fields(draft, rest)

    def _leaves(self, field: str, segments: Sequence[Segment], at: int) -> bool:
        """Whether a segment belongs to a field no more: another label opens there, or a list has ended."""
        one = segments[at]
        if _sets_work(one) or (one.is_text and at and self._opens_other(field, one)):
            return True
        if at == 0:
            return False
        if field not in LISTS:  # a list that began the field ends with its last item
            is_plain_prose = one.mark is None and is_prose(one) and one.asks is None
            return is_plain_prose and all(before.mark for before in segments[:at])
        if field == "tests":
            return False
        if one.piece.gap and not is_marked(one.piece) and all(before.mark is not None for before in segments[:at]):
            return field != "review"  # a line apart behind a list is none of its items
        if field == "outline":
            return self._is_no_further_point(segments, at)
        if field == "review":
            bullet = one.mark is not None and not one.mark.value and one.asks != "question"
            if bullet and any(before.mark is not None and before.mark.value for before in segments[:at]):
                return True  # bullets behind numbered questions: the outline
            return is_prose(one) and one.asks is None and not any(s.asks for s in segments[at:])
        return (is_prose(one) and not one.book) or not one.is_text

    def _opens_other(self, field: str, one: Segment) -> bool:
        """Whether a label at the beginning of a line opens another field: «Question 6. Name …» goes on with those
        above it, whatever stands below."""
        opened = self._run_in(one)
        return opened is not None and (opened[0], field) != ("review", "review")

    @staticmethod
    def _is_no_further_point(segments: Sequence[Segment], at: int) -> bool:
        one, before = segments[at], segments[at - 1].mark
        if one.mark is not None and before is not None:
            return _counts_anew(segments, at)
        is_text = not one.is_text or looks_like_text(one.piece)
        return is_text or (at > 1 and not is_marked(one.piece) and all(is_marked(s.piece) for s in segments[:at]))

    def _fields(self, draft: PartDraft, own: Sequence[Segment]) -> None:
        """Text of a class with its run-in labels: «Мақсаты: …», «Оборудование: …»; terms in the order of the alphabet
        are a glossary."""
        left = list(own)
        for start, end in reversed(alphabetical(left)):
            glossary = self._open("glossary", left[start])
            for one in left[start:end]:
                glossary.add("body", one.piece)
            del left[start:end]
        self._texts_and_labels(draft, left)

    def _texts_and_labels(self, draft: PartDraft, own: Sequence[Segment]) -> None:
        field = "body"
        item: Segment | None = None
        work: PartDraft | None = None
        listed = False
        own, tests = parted(own)
        for one in tests:
            draft.add("tests", one.piece)
        for one in own:
            label = work_mark(one) or _led_by_work(one)
            if label is not None:
                work = self._work(draft, one, label)
                continue
            seminar = (
                next((m for m in one.marks if m.group == "field" and m.kind == "topics"), None) if one.is_text else None
            )
            if seminar is not None and draft.kind == "lecture":
                self._inner_seminar(draft, one, seminar, own[own.index(one) + 1 :])
                return
            if draft.kind in PRACTICAL and task_line(one) is not None:
                field = "tasks"
                self._counted_task(draft, one)
                continue
            run_in = self._run_in(one)
            if run_in is None and work is not None:
                self._text_of_work(work, one)
                continue
            if run_in is not None:
                work = None
                field = self._field_of(draft, run_in[0], one)
                name, rest = self._cut_label(one, run_in[1])
                draft.marks.append((name, "label"))
                item = one if one.mark is not None and rest is not None and rest.text else None
                if rest is not None and rest.text:
                    for piece in split_listed(rest, self.texts) if field in LISTS else [rest]:
                        draft.add(field, piece)
                continue
            goes_on = field == "tasks" and not one.is_text
            if field == "literature" and one.asks == "question" and draft.get(field):
                field = "body"
            if item is not None and one.is_text and one.mark is not None and one.piece.level <= item.piece.level:
                field, item = "body", None  # «• Read: chapter 2» is all of what is read: the next item is another
            if field != "body" and (one.mark is None or not one.is_text) and draft.get(field) and not goes_on:
                field = "body"
            if field == "body" and draft.kind == "seminar" and (_only_asks(one) or (listed and _is_item(one))):
                draft.add("topics", one.piece)
                listed = _is_item(one)
                continue
            listed = False
            draft.add(field, one.piece)

    @staticmethod
    def _field_of(draft: PartDraft, field: str, one: Segment) -> str:
        """«Questions: the term; its use» before the text of a lecture, none of which asks, is its plan."""
        if field == "equipment" and draft.kind == "seminar" and _is_no_list(one.text):
            return "tasks"  # «In the room: in threes, draw the corner where you grew up.»
        plan = field == "review" and draft.kind == "lecture" and ";" in one.text and "?" not in one.text
        return "outline" if plan and not draft.get("body") and not draft.get("outline") else field

    def _inner_seminar(self, draft: PartDraft, one: Segment, mark: Marker, rest: Sequence[Segment]) -> None:
        """«Семинар: …» inside a lecture: a class of its own with the lecture's number."""
        result = self._open("seminar", one, number=draft.number, name="in-session", parent=draft)
        result.week, result.week_stated, result.settled = draft.week, draft.week_stated, True
        if mark.whole:
            result.marks.append((one.piece, "heading"))
        else:
            name, title = self._cut_label(one, mark.end)
            result.marks.append((name, "heading"))
            listed = bool(rest) and rest[0].mark is not None and rest[0].mark.value == 1
            several = self.planned and bool(rest) and title is not None and ";" not in title.text
            if title is not None and (listed or several):
                result.title = [title]
            elif title is not None:
                for piece in split_listed(title, self.texts):
                    result.add("topics", piece)
        self._field(result, "topics", rest)

    def _work(self, draft: PartDraft, one: Segment, mark: Marker) -> PartDraft:
        """Work outside class that a class sets, named by its abbreviation: «МӨЖ: …», «СРС 3. …»."""
        work = self._open("assignment", one, number=mark.number, label=mark.label)
        work.supervised = mark.kind == "supervised"
        work.parent, work.week = draft, draft.week
        if mark.number is None:
            work.name = "in-session"
        if mark.whole:
            work.marks.append((one.piece, "heading"))
            return work
        name, rest = self._cut_label(one, mark.end)
        work.marks.append((name, "task number" if mark.number else "heading"))
        if rest is not None and rest.text:
            rest = self._cut_terms(work, rest)
        if rest is not None and rest.text:
            work.add("body", rest)
        return work

    def _titled_work(self, draft: PartDraft, section: OutlineSection, head: Segment, end: int) -> None:
        """Work that a class sets under its own title: «Self-study. Parts of the cell»."""
        name, title = self._cut_label(head, end)
        homework = words().labels(name.text).get("homework", 0) >= FULL
        work = self._open("assignment", head, name="homework" if homework else "in-session")
        work.parent, work.week = draft, draft.week
        work.marks.append((name, "heading"))
        work.title = [] if title is None else [title]
        for one in section.everything():
            self._text_of_work(work, one)

    def _text_of_work(self, work: PartDraft, one: Segment) -> None:
        """A line of the text of work, without the brackets or the sentence that say when it is due."""
        left = self._without_due(work, one)
        if not left.is_text or left.piece.text.strip():
            work.add("body", left.piece)

    def _run_in(self, one: Segment) -> tuple[str, int] | None:
        """The field that a label at the beginning of a line opens, and where the text behind the label begins."""
        if not one.is_text:
            return None
        if (surely := _sure_label(one, self.front.every.led)) is not None:
            return surely
        return (FIELDS[one.common[0]], one.common[1]) if one.common is not None else None

    def _cut_label(self, one: Segment, end: int) -> tuple[Piece, Piece | None]:
        return self._cut_behind(one.piece, end)


_INITIALS = re.compile(r"(?:[^\W\d_]\.?\s?){1,3}")
_BETWEEN = re.compile(r"\s*[/|·•,;]\s*")


def _is_remark(text: str) -> bool:
    """Whether a text holds nothing but days and the initials of a name."""
    parts = [part for part in _BETWEEN.split(text.strip(" .()")) if part]
    found = [dates.day(part) for part in parts]
    days = [day is not None and day.end >= len(part) for day, part in zip(found, parts, strict=True)]
    initials = [part.isupper() and _INITIALS.fullmatch(part) is not None for part in parts]
    return any(days) and all(day or initial for day, initial in zip(days, initials, strict=True))


def _in_brackets(title: Sequence[Piece]) -> bool:
    """Whether a title is nothing but words in brackets."""
    return len(title) == 1 and _BRACKETS.fullmatch(title[0].text.strip()) is not None


_BRACKETS = re.compile(r"[(\[][^()\[\]]+[)\]]\.?")


def _title_over(
    draft: PartDraft, before: Sequence[Segment], own: Sequence[Segment], children: Sequence[OutlineSection]
) -> Segment | None:
    """The heading above the line that counts a class, where no title follows: text does, or one of several sections."""
    if draft.opened is None and not draft.marks:
        return None
    last = next((one for one in reversed(before) if one.is_text and one.text), None)
    styled = last is not None and last.heading >= weights()["heading"]["least"] and not last.data
    named = last is not None and (calls_lesson(last) or max(last.labels.values(), default=0) >= _NAMED)
    plain = styled and not named
    follows = (is_prose(own[0]) or not own[0].is_text) if own else bool(children) and is_one_of_many(children)
    return last if plain and follows else None


def _is_furniture(text: str) -> bool:
    """Whether a heading is a line of a title page that titles no class: the name of an institution, a year."""
    return YEAR.fullmatch(text.strip(" .")) is not None or names_institution(text)


def _says_value(one: Segment) -> bool:
    """Whether a line is a label with its value rather than a title with a colon, «Flow: the experiment of Reynolds»,
    whose first words name nothing and which ends as no sentence."""
    found = _LABELLED.match(one.text)
    if found is None or found["value"][-1] in ".;," or one.marks or one.data:
        return found is not None
    label = found["label"]
    return bool(words().labels(label) or words().about(label) or words().entry(label) or words().lesson(label))


def _sure_label(one: Segment, led: Container[str]) -> tuple[str, int] | None:
    """The field that the words of a label at the beginning of a line surely name, and where its text begins; ``led``
    are labels that several lines begin with, whose words may name it less."""
    if (sentence := leads.sentence(one.text)) is not None and sentence[0] in FIELDS:
        return FIELDS[sentence[0]], sentence[1]
    if (read := _of_lesson(one, led)) is not None:
        return read
    for mark in one.marks:
        if mark.group == "field" and not mark.whole and mark.kind in FIELDS and (mark.label or "")[:1] in {":", "."}:
            return FIELDS[mark.kind], mark.end
    found, least = _LABELLED.match(one.text), _LABEL_LEAST
    if found is None:
        found = _STOPPED.match(one.text)
        least = FULL if found is not None and words().asks(found["value"]) == "task" else _STOPPED_LEAST
    if found is None:
        return _bold_label(one)
    again = found["label"].casefold() in led
    bold = found.end("label") <= one.lead <= found.start("value") and not stages.is_timed(found["label"])
    if again and one.book and one.mark is None and _LABELLED.match(one.text):
        return FIELDS["literature"], found.start("value")
    least = _LED_LEAST if again or bold else least
    ranked = sorted(words().labels(found["label"]).items(), key=lambda pair: -pair[1])
    fit = ((name, value) for name, value in ranked if name in FIELDS and (name not in _BOOKS or value >= FULL))
    best = next(fit, None)
    if best is None or best[1] < least or (best[0] == "review" and _only_tells(found["value"])):
        return None
    return FIELDS[best[0]], found.start("value")


def _of_lesson(one: Segment, led: Container[str]) -> tuple[str, int] | None:
    """What a label of one or two words says a lesson needs, «Resources: sand tray, jug», or, where it stands in several
    classes, which text is read for each and is not printed: «Text: Ryle, ch. 1»."""
    found = _LABELLED.match(one.text)
    if found is None or found["label"].count(" ") > 1:
        return None
    label, value = found["label"], found["value"]
    if words().lesson(label) == "resources" and not one.book and "://" not in value:
        return FIELDS["equipment"], found.start("value")
    stated = words().labels(label)
    named = label.casefold() in led and max(stated.get("text", 0), stated.get("literature", 0)) >= FULL
    cited = named and len(value) < _CITED and value.rstrip()[-1:] not in ".!;"
    return (FIELDS["literature"], found.start("value")) if cited else None


_CITED = 110
"""Characters of what names a text to read."""


def _bold_label(one: Segment) -> tuple[str, int] | None:
    """The field that words in bold capitals name whose text follows without a sign: «**OBJECTIVE** To follow …»."""
    label = one.text[: one.lead].strip()
    if one.mark is not None or not label.isupper() or not all(c.isalpha() or c.isspace() for c in label):
        return None
    names = {("aims" if name in _AIMS else name): value for name, value in words().labels(label).items()}
    best = max(names, key=lambda name: names[name], default="")
    return (FIELDS[best], one.lead) if best in FIELDS and names[best] >= FULL else None


_AIMS = frozenset({"aims", "objectives", "course-aim"})


def _listed(own: Sequence[Segment]) -> list[Segment]:
    """The items that a class begins with."""
    return list(takewhile(lambda one: one.is_text and one.mark is not None and not is_prose(one), own))


_LINES_ALONE = 3
"""Classes of a line each, from which the sentences behind their titles are their text."""


_RUN_IN = 90
"""Characters of a line behind its number from which the sentences behind its first are text."""


def _tells_all(section: OutlineSection) -> bool:
    """Whether a class is one of several of a line each, which say more than a title: «Topic 1. Soil. Its parts. …»."""
    beside = [one for one in section.parent.children if one.series is section.series] if section.parent else []
    alone = [one for one in beside if not one.own and not one.children and one.head is not None]
    with_text = [one for one in alone if one.head is not None and _says_more(one.head.text)]
    return section in with_text and len(with_text) >= _LINES_ALONE and len(with_text) * 3 >= len(beside) * 2


def _says_more(text: str) -> bool:
    """Whether a line goes on behind its first sentence with several, or with points parted by semicolons."""
    found = NEXT_SENTENCE.search(text)
    return found is not None and (";" in text[found.end() :] or NEXT_SENTENCE.search(text, found.end()) is not None)


def _only_asks(one: Segment) -> bool:
    """Whether a line is nothing but questions, which a seminar speaks of."""
    return one.is_text and one.text.endswith("?") and NEXT_SENTENCE.search(re.sub(r"\?\s", " ", one.text)) is None


def _is_no_list(text: str) -> bool:
    """Whether a sentence behind a label is none of things: one of its parts has many words."""
    parts = re.split(r"[,;]", text.partition(":")[2])
    return ends_as_sentence(text) and max(len(part.split()) for part in parts) >= _CLAUSE


_CLAUSE = 6
"""Words of a part from which a sentence is no list of things."""


def _is_item(one: Segment) -> bool:
    return one.is_text and one.mark is not None


def _question_points(own: Sequence[Segment]) -> list[Segment]:
    """The items that a class begins with where all of them ask: its questions."""
    items = _listed(own)
    questions = [one.asks == "question" for one in items]
    return items if len(items) > 1 and all(one.asks for one in items) and sum(questions) * 2 >= len(items) else []


def _mostly_points(own: Sequence[Segment]) -> int:
    """How many items a class begins with where few of them ask: points, of which one may be a question."""
    items = _listed(own)
    questions = sum(one.asks == "question" for one in items)
    return len(items) if 0 < questions * 3 <= len(items) else 0


def _gives_meanings(own: Sequence[Segment], *, named: bool = True) -> bool:
    """Whether most lines under the name of a glossary are a term and its meaning, whatever stands between; more than
    half of them where the heading names key ideas (not ``named``), which may be text as well."""
    texts = [one for one in own if one.is_text]
    if not texts:
        return any(isinstance(one.piece.object, Grid | Table) for one in own)
    terms = sum((one.term or one.lead > 0 or _LABELLED.match(one.text) is not None) and _is_short(one) for one in texts)
    return len(texts) > 1 and terms * 2 >= len(texts) + (not named)


_TERM_WORDS = 5
"""Words of a term, at most."""


def _is_short(one: Segment) -> bool:
    """Whether what stands before a colon is no sentence that leads in a list: «The plan was made so: …»."""
    found = _LABELLED.match(one.text) if not one.lead else None
    return found is None or len(found["label"].split()) <= _TERM_WORDS


def _may_define(one: Segment) -> bool:
    """Whether a line, or a table, may give the meaning of a term: all but sentences without one."""
    return not one.is_text or one.term or one.lead > 0 or one.mark is not None or not tells(one)


def _only_tells(text: str) -> bool:
    """Whether sentences behind a label ask nothing: «Consider: all bridges are made of cheese. …»."""
    return NEXT_SENTENCE.search(text) is not None and "?" not in text and words().asks(text) is None


def _is_question(draft: PartDraft) -> bool:
    """Whether a class has a test, so that answers below it are its keys."""
    return bool(draft.get("tests")) or holds_choices(draft.get("review"))


def _first_opened(own: list[Segment], children: list[OutlineSection]) -> tuple[list[Segment], list[OutlineSection]]:
    """The first heading and what stands below it, without a label, as own segments."""
    if not children or children[0].label is not None or children[0].head is None:
        return own, children
    first = children[0]
    return [children[0].head, *first.own], [*first.children, *children[1:]]


_HEAD_LINES = 12
"""Lines at the beginning of a paper among which it says its topic."""


_NUMBER_BEFORE = re.compile(r"\d{1,2}\.$")
_NUMBER_BEHIND = re.compile(r"\d{1,2}(?:\.\d{1,2})?[.):]?\s")


def _deep_topic(text: str, counted: HeadingNumber) -> int | None:
    """Where the number of a topic begins that counts it in its module, «Topic 2.1. Causes»: it stays before the title,
    as in a plan; None where the word before it counts classes on."""
    number = _NUMBER_BEFORE.search(text[: counted.end])
    deep = counted.words == "topic" and number is not None and _NUMBER_BEHIND.match(text, counted.end)
    return number.start() if number is not None and deep else None


def _labelled_topic(root: OutlineSection) -> Segment | None:
    """The line among the first that says the topic of the class behind its label."""
    first = root.everything()[:_HEAD_LINES]
    lines = takewhile(lambda one: not (one.is_text and is_prose(one)), first)
    return next((one for one in lines if _says_topic(one)), None)


def _says_topic(one: Segment) -> bool:
    labels = (m for m in one.marks if m.kind == "title" and m.group == "field")
    return one.is_text and any(m.rest and (m.label or "")[:1] == ":" for m in labels)


def _split(section: OutlineSection, one: Segment) -> tuple[list[Segment], list[Segment], list[OutlineSection]]:
    """What stands before a segment, below it until the next heading, and the sections behind it."""
    for at, own in enumerate(section.own):
        if own is one:
            return section.own[:at], section.own[at + 1 :], list(section.children)
    before = list(section.own)
    for at, child in enumerate(section.children):
        rest = section.children[at + 1 :]
        if child.head is one:
            return before, list(child.own), [*child.children, *rest]
        before.extend([child.head] if child.head is not None else [])
        if any(one is other for other in child.everything()):
            inner, below, children = _split(child, one)
            return [*before, *inner], below, [*children, *rest]
        before.extend(child.everything())
    return before, [], []


def _path(root: OutlineSection, head: Segment) -> list[OutlineSection]:
    """The sections from the root to the one under that heading."""
    found = next(one for one in root.walk() if one.head is head)
    path = [found]
    while path[0] is not root:
        path.insert(0, next(one for one in root.walk() if path[0] in one.children))
    return path


def _around(path: Sequence[OutlineSection]) -> tuple[list[Segment], list[OutlineSection]]:
    """What stands before the last section of a path, and the sections in it and behind it."""
    before: list[Segment] = []
    after: list[OutlineSection] = list(path[-1].children)
    for outer, inner in pairwise(path):
        at = outer.children.index(inner)
        before.extend([*([outer.head] if outer.head else []), *outer.own])
        for child in outer.children[:at]:
            before.extend([*([child.head] if child.head else []), *child.everything()])
    for outer, inner in reversed(list(pairwise(path))):
        after.extend(outer.children[outer.children.index(inner) + 1 :])
    return before, after


def _counts_anew(segments: Sequence[Segment], at: int) -> bool:
    """Whether a number does not go on behind the last of its own list; a deeper list may begin at one again."""
    mark = segments[at].mark
    if mark is None or not mark.value:
        return False
    for one in reversed(segments[:at]):
        if one.mark is None or one.mark.level < mark.level:
            return False
        if one.mark.level == mark.level:
            return one.mark.kind == mark.kind and mark.value <= one.mark.value
    return False


def work_mark(one: Segment) -> Marker | None:
    """The abbreviation of work outside class that a line begins with, or that is all of it."""
    return next((m for m in one.marks if m.group == "label" and (m.rest or m.whole)), None) if one.is_text else None


def _led_by_work(one: Segment) -> Marker | None:
    """The label of a line that names a piece of work which is done outside class: «Report: The freedman in the city»,
    «Тема реферата: …»; what is set for the next class has a field of its own."""
    found = _LABELLED.match(one.text) if one.is_text and one.mark is None else None
    if found is None or NEXT_SENTENCE.search(found["label"]):
        return None
    work_label = bare(found["label"])
    names = words().labels(found["label"])
    named = names.get("assignments", 0) >= FULL > names.get("homework", 0)
    if not named and (work_label is None or work_label[1] or work_label[0].kind == "homework"):
        return None
    return Marker("independent", "label", end=found.start("value"), rest=found["value"])


def _sets_work(one: Segment) -> bool:
    """Whether a line begins with the name of work outside class, by its abbreviation or in words."""
    return work_mark(one) is not None or _led_by_work(one) is not None


_LISTED = 0.3
"""The share of questions, books or terms that makes sections below a list its own."""
_SOME_PROSE = 0.2


def _title_of_work(head: Segment) -> int:
    """Where a title begins behind words that name nothing but work: «Самостоятельная работа. Строение клетки»; 0 where
    none does."""
    found = _LED_TITLE.match(head.text)
    names = found is not None and words().labels(found["name"].rstrip()).get("assignments", 0) >= FULL
    return found.end() if found is not None and names else 0


_LED_TITLE = re.compile(r"(?P<name>[^\W\d_][^.:–—]{4,60})[.:–—]\s+(?=\S)")


def _begins_text(own: Sequence[Segment]) -> bool:
    """Whether the first of several lines is a sentence as long as those of a text, and looks as the sentence below."""
    first, *below = own
    sentences = [one for one in (first, *below[:1]) if one.is_text and ends_as_sentence(one.text)]
    looks = {(one.piece.bold, one.piece.centered, one.piece.style, one.mark is None) for one in sentences}
    return len(sentences) > 1 and len(looks) == 1 and len(first.text) > _SENTENCE_OF_TEXT


_SENTENCE_OF_TEXT = 70


def _is_to_discuss(head: Segment | None) -> bool:
    """Whether a heading speaks of questions no more than of what seminars are for, or of points: «Пікірталас
    сұрақтары», «We will talk about»."""
    labels = head.labels if head is not None else {}
    return max(labels.get("seminars", 0), labels.get("outline", 0)) >= labels.get("review", 0) > 0


def _named(section: OutlineSection) -> str | None:
    """The label of a section of a class; none where a table, a listing or a picture stands right below a heading that
    would name a list of short texts, and no item of one below that: «Used classes» over a program is text."""
    own = section.own
    shows = bool(own) and not own[0].is_text and not any(one.is_text and one.mark is not None for one in own)
    return None if shows and FIELDS.get(section.label or "") in _OF_TEXTS else section.label


def _is_over_text(field: str, section: OutlineSection) -> bool:
    """Whether the sections below a heading that names a list are text and no parts of the list."""
    if field not in LISTS - {"tests"} or len(section.children) < _SECTIONS:
        return False
    if field == "outline" and _heads_below(section) >= _SECTIONS:
        return True
    inner = [one for child in section.children if child.label not in FIELDS for one in child.everything()]
    found = shape(inner)
    listed = max(found.asks, found.books, found.terms, found.options) >= _LISTED
    return not listed and (found.prose > _SOME_PROSE or found.tables > 0)


def _heads_below(section: OutlineSection) -> int:
    """How many points of a plan come back as the headings of sections that stand below its own: a deck whose first
    slide says what it holds in its title."""
    plans = (section, *(child for child in section.children if child.label == "outline"))
    points = {uncounted(one) for plan in plans for one in plan.own if one.headed}
    return sum(child.head is not None and uncounted(child.head) in points for child in section.children)


_SECTIONS = 2


def _is_title(one: Segment) -> bool:
    """Whether a line can be the title of a class: short, no item and no sentence."""
    short = one.is_text and len(one.text) < weights()["limits"]["long"] and one.mark is None
    return short and not ends_as_sentence(one.text) and one.asks != "question"
