"""Labelled sections → drafts of parts, which are built as any others.

A part is what its label says, inside the part that is open. A section without a label is visible text of its parent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from coursepack import languages
from coursepack.outline.drafts import Draft
from coursepack.outline.found import Source
from coursepack.outline.marks import Mark
from coursepack.outline.pieces import Piece
from coursepack.outline.plan import Context, matrix, read_plan
from coursepack.outline.points import looks_like_text, split_items, split_outline
from coursepack.outline.tree.front import Front
from coursepack.outline.tree.labels import label
from coursepack.outline.tree.modes import Mode, counting
from coursepack.outline.tree.ordinals import Counted
from coursepack.outline.tree.sections import AREAS, SESSIONS, Section
from coursepack.outline.tree.shape import is_prose, shape
from coursepack.outline.tree.signals import _LABELLED, Segment, weights
from coursepack.outline.tree.words import words

ABOUT = frozenset({
    "description", "course-aim", "objectives", "outcomes", "prerequisites", "postrequisites", "grading", "policy",
    "literature", "basic", "additional", "internet",
})  # fmt: skip
_PARTS = ABOUT | {"exam", "tests", "glossary", "assignments", "plan"}
_STRINGS = frozenset({"outcomes", "objectives", "prerequisites", "postrequisites"})
# Data whose inner headings are titles of sections.
_TITLED = frozenset({"policy", "description", "grading"})
# The fields of a class, by label; what is not here is text.
FIELDS = {
    "outline": "outline", "aims": "aims", "outcomes": "outcomes", "equipment": "equipment", "review": "review",
    "tests": "review", "tasks": "tasks", "homework": "homework", "keywords": "keywords", "literature": "literature",
    "basic": "literature", "additional": "literature", "internet": "literature", "text": "body",
}  # fmt: skip
# «Source: www…» under a text says where it comes from.
_BOOKS = frozenset({"literature", "basic", "additional", "internet"})
LISTS = frozenset({"outline", "review", "outcomes", "literature", "keywords"})
CLASSES = {"seminar-plan": "seminar", "practical-plan": "practical", "laboratory-plan": "laboratory"}
"""Roles whose documents hold classes of one kind."""
_OTHER_LISTS = frozenset({"exam", "tests", "glossary", "answers"})
KINDS = {"lectures": "lecture", "seminars": "seminar", "practicals": "practical", "laboratories": "laboratory"}
_STOPS = re.compile(r"[.!?:;]\s+")
_HOURS = languages.expression(
    r"\s*[\[(]\s*(\d+(?:[.,]\d+)?)\s*(?:@academic-hours@\.?\s*)?(?:@hours@|@hours-short@)\.?\s*[\])]\.?$", re.IGNORECASE
)


class Assembly:
    """One document on its way from sections to drafts."""

    def __init__(self, source: Source, front: Front, root: Section, mode: Mode) -> None:
        self.source = source
        self.texts = source.stream.texts
        self.front = front
        self.heard = front.heard
        self.root = root
        self.mode = mode
        self.context = Context(CLASSES.get(source.entry.role, "lecture"))
        self.drafts: list[Draft] = []

    def run(self) -> list[Draft]:
        """The drafts in order."""
        root = self.root
        match self.mode:
            case "course":
                label(root)
                self._front(root)
                self._course(root.own, root.children, self.context)
            case "session":
                label(root, session=True)
                self._whole_session(root)
            case "questions" | "tests" | "tickets" | "glossary" | "tasks":
                label(root)
                self._front(root)
                self._list(root, self.mode)
            case "reading":
                self._front(root)
                self._open("reading").fields["body"] = [one.piece for one in root.everything()]
        return self.drafts

    def _open(self, kind: str, head: Segment | None = None, **said: object) -> Draft:
        draft = Draft(kind, **said)  # type: ignore[arg-type]  # the fields of a draft
        if head is not None:
            draft.opened = head.piece
            draft.language = head.piece.language
        self.drafts.append(draft)
        return draft

    def _mark(self, segment: Segment, reason: str, part: str = "") -> None:
        self.texts.claim(segment.piece, "mark", part=part, reason=reason)

    # --- the title page

    def _front(self, root: Section) -> None:
        """Hear what stands before the first part: a title page, a head, the heading over everything."""
        before, left = _parted(root.own)
        children = list(root.children)
        while not left and children and children[0].head is not None:
            first = children[0]
            alone = first.series is None and not _is_named(first) and (len(children) == 1 or self.mode != "course")
            if not self._is_front(first) and not alone:
                break
            lead, left = _parted(first.own)
            before.extend([children[0].head, *lead])
            children = [*first.children, *children[1:]]
        root.own = [*self.front.hear(before), *left]
        root.children = children
        for child in children:
            child.parent = root

    def _is_front(self, section: Section) -> bool:
        """A heading of a title page: no part by its words, no series, no text of its own."""
        if section.series is not None or section.label is not None:
            return section.series is None and not _is_named(section) and not section.own and bool(section.children)
        return len(section.own) < 12 and all(_is_front_line(one) for one in section.own)

    # --- a course

    def _course(self, own: Sequence[Segment], children: Sequence[Section], context: Context | None = None) -> None:
        self._loose(own, context or Context())
        self._chapters(children)
        for child in children:
            self._part(child, context or Context())

    def _loose(self, own: Sequence[Segment], context: Context) -> None:
        """What stands under no heading: tables of a plan, lines of the course's data, text."""
        rest: list[Segment] = []
        for segment in own:
            if segment.is_text and self.front.line(segment):
                continue
            if not segment.is_text and self._plan(segment, context):
                continue
            rest.append(segment)
        if rest:
            draft = self._open("front")
            draft.fields["body"] = [one.piece for one in rest]

    def _chapters(self, children: Sequence[Section]) -> None:
        """Headings of one form that no word names, each over text: the chapters of a text, counted by their numbers."""
        plain = [one for one in children if one.series is None and one.label is None and one.head is not None]
        named = [one for one in children if one.label is not None]
        numbered = [one for one in plain if _plain_number(one) is not None]
        if len(numbered) < 2 or len(numbered) < len(named):
            return
        for one in numbered:
            if shape(one.everything()).prose > 0.3:
                one.label, one.counted = "lecture", _plain_number(one)

    def _part(self, section: Section, context: Context) -> None:
        name, head = section.label, section.head
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
        elif name == "plan":
            self._mark(head, "heading")
            self._course(section.own, section.children, context)
        elif name in {"exam", "tests", "answers", "glossary", "foreword", "introduction", "conclusion"}:
            self._whole(section, name)
        elif name == "tickets":
            self._mark(head, "heading", "exam")
            self._tickets(section)
        elif name == "assignments":
            self._mark(head, "heading")
            self._tasks(section)
        elif name in ABOUT:
            self._about(section, name or "")
        elif name in {"contact", "approval", "toc"}:
            self._data(section, name or "")
        else:
            self._unlabelled(section, context)

    def _outer(self, section: Section, context: Context) -> None:
        """A week or a unit: over classes it is their unit, without any it is a class itself."""
        inner = [one for one in section.walk() if one is not section and one.series and one.series.kind in SESSIONS]
        if not inner:
            self._session(section, context.kind)
            if section.series and section.series.kind == "week" and section.counted:
                self._of_week(section.counted.value)
            return
        counted, head = section.counted, section.head
        before = len(self.drafts)
        if section.series and section.series.kind == "week" and counted and head:
            draft = self._open("week", head, number=counted.value, week=counted.value, title=[])
            self._cut_number(draft, head, counted, "week number")
            self._course(section.own, section.children, context)
            for one in self.drafts[before + 1 :]:
                one.week, one.week_said = counted.value, True
            return
        self._course(section.own, section.children, context)
        if head:
            for one in self.drafts[before:]:
                if one.kind in SESSIONS:
                    one.unit = [head.piece]

    def _of_week(self, number: int) -> None:
        """The class opened last is that of a week."""
        draft = next(one for one in reversed(self.drafts) if one.kind in SESSIONS)
        draft.week, draft.week_said = number, True

    def _area(self, section: Section, kind: str) -> None:
        """A list of classes: a series below the heading, or an item each."""
        context = Context(kind)
        if section.children:
            self._course(section.own, section.children, context)
            return
        rest: list[Segment] = []
        for segment in section.own:
            mark = segment.mark
            if segment.is_text and mark is not None and mark.value and segment.piece.level == 0:
                draft = self._open(kind, segment, number=mark.value)
                draft.title = [self.source.builder.unmarked(segment.piece, mark, "")]
            elif segment.is_text and self.drafts and self.drafts[-1].kind == kind and mark is not None:
                self.drafts[-1].add("topics", segment.piece)
            else:
                rest.append(segment)
        self._loose(rest, context)

    def _plan(self, segment: Segment, context: Context) -> bool:
        """Read a table of a plan; whether it was one."""
        rows = matrix(self.source, segment.piece)
        planned = (
            read_plan(self.source, rows, context, self.front.plan_heads.get(segment.piece.first)) if rows else None
        )
        if planned is None:
            return False
        self.drafts.extend(planned.drafts)
        self.heard.interim.extend(planned.interim)
        if planned.hours is not None:
            self.heard.fields.setdefault("hours", planned.hours)
        used = {part.unit for draft in planned.drafts for one in (*draft.pieces(), *draft.unit) for part in one.parts}
        used |= {part.unit for draft in planned.drafts for one, _ in draft.marks for part in one.parts}
        rest = [part for part in segment.piece.parts if part.unit not in used]
        self.texts.claim(Piece("", rest), "mark", reason="plan table")
        return True

    # --- one class

    def _whole_session(self, root: Section) -> None:
        """A document that is one class: number and title stand among its first lines, what is before is its head."""
        draft = self._open(self.context.kind)
        before, own, children = self._beginning(root, draft)
        left = self.front.hear(before)
        if not draft.title and not own and children and children[0].label is None and children[0].head is not None:
            own, children = [children[0].head, *children[0].own], [*children[0].children, *children[1:]]
        if not draft.title and own:
            own = self._title_in(draft, own)
        self._body(draft, [*left, *own], children)

    def _body(self, draft: Draft, own: Sequence[Segment], children: Sequence[Section]) -> None:
        """What stands below a class's title: points of a plan or of a discussion first, text, fields."""
        draft.settled = True
        named = any(child.label == "outline" for child in children)
        points = [] if named else self._points(draft, own, children)
        for one in points:
            draft.add("outline" if draft.kind == "lecture" else "topics", one.piece)
        self._fields(draft, own[len(points) :])
        for child in children:
            self._inside(draft, child)

    def _points(self, draft: Draft, own: Sequence[Segment], children: Sequence[Section]) -> list[Segment]:
        """A list right under the title, before any text; of a class other than a lecture, short lines too."""
        end = next((at for at, one in enumerate(own) if self._is_no_point(one)), len(own))
        if draft.kind != "lecture":
            return list(own[:end])
        points, _ = split_outline([one.piece for one in own])
        follows = len(points) < len(own) or any(child.label in {None, "text"} for child in children)
        return list(own[: len(points)]) if len(points) <= end and follows else []

    def _is_no_point(self, one: Segment) -> bool:
        told = not one.is_text or looks_like_text(one.piece) or is_prose(one) or one.asks == "question"
        return told or self._run_in(one) is not None

    def _beginning(self, root: Section, draft: Draft) -> tuple[list[Segment], list[Segment], list[Section]]:
        """What stands before the class, its own first segments, and its sections."""
        head = counting(root)
        if head is None:
            return self._first_heading(root, draft)
        counted = next(c for c in head.counted if c.parted and c.kind in SESSIONS)
        kind = counted.kind or "lecture"
        if kind not in {"meeting", "lecture"} or draft.kind == "lecture":
            draft.kind = "lecture" if kind == "meeting" else kind
        draft.number, draft.opened = counted.value, head.piece
        self._cut_number(draft, head, counted, "number")
        if head in root.own:
            at = root.own.index(head)
            return root.own[:at], root.own[at + 1 :], root.children
        path = _path(root, head)
        before, after = _around(path)
        return before, path[-1].own, after

    @staticmethod
    def _first_heading(root: Section, draft: Draft) -> tuple[list[Segment], list[Segment], list[Section]]:
        """Without a number, the last of the headings that stand before any text is the title."""
        before, own, children = list(root.own), list[Segment](), list(root.children)
        while children and (head := children[0].head) is not None and children[0].label is None:
            first = children[0]
            deeper = not first.own and first.children and first.children[0].label is None
            next_one = not first.own and not first.children and len(children) > 1 and children[1].label is None
            titles = [m for m in head.marks if m.kind in {"title", "kind"} and m.group == "field"]
            if any(m.rest for m in titles):
                own, children = [head, *first.own], [*first.children, *children[1:]]
                return before, own, children
            if titles:
                draft.marks.append((head.piece, "heading"))
                own, children = list(first.own), [*first.children, *children[1:]]
                break
            if deeper or next_one:
                before.append(head)
                children = [*first.children, *children[1:]]
                continue
            draft.title = [head.piece]
            own, children = list(first.own), [*first.children, *children[1:]]
            break
        if not draft.title and not draft.marks:
            own, before = before, []
        return before, own, children

    def _session(self, section: Section, kind: str) -> None:
        head, counted = section.head, section.counted
        if head is None:
            return
        draft = self._open("lecture" if kind in {"meeting", "unit", "week"} else kind, head)
        if counted is not None:
            draft.number = counted.value
            self._cut_number(draft, head, counted, f"{kind} number")
        else:
            draft.title = [head.piece]
        own, children = list(section.own), list(section.children)
        if not draft.title and not own and children and children[0].label is None and children[0].head is not None:
            first = children[0]
            own = [children[0].head, *first.own]
            children = [*first.children, *children[1:]]
        if not draft.title and own:
            own = self._title_in(draft, own)
        self._body(draft, own, children)

    def _title_in(self, draft: Draft, own: list[Segment]) -> list[Segment]:
        """The title on the line after the number: «Тақырыбы: …», or a short line."""
        first = own[0]
        if not first.is_text:
            return own
        named = next((m for m in first.marks if m.kind in {"title", "kind"} and m.group == "field" and m.rest), None)
        if named is not None:
            name, rest = self.texts.cut(first.piece, named.end)
            draft.marks.append((name, "«topic»"))
            draft.title = [rest]
            return own[1:]
        if len(first.text) < 150 and not is_prose(first) and first.mark is None and not _LABELLED.match(first.text):
            draft.title = [self._without_hours(draft, first.piece)]
            return own[1:]
        return own

    def _cut_behind(self, piece: Piece, end: int) -> tuple[Piece, Piece]:
        """A piece in two at a place that was counted in its text without the blanks before it."""
        return self.texts.cut(piece, end + len(piece.text) - len(piece.text.lstrip()))

    def _cut_number(self, draft: Draft, head: Segment, counted: Counted, reason: str) -> None:
        """The number of a heading is a mark, what follows it the title."""
        piece = head.piece
        if counted.end >= len(piece.text.strip()):
            draft.marks.append((piece, reason))
            return
        number, rest = self._cut_behind(piece, counted.end)
        draft.marks.append((number, reason))
        rest = self._without_hours(draft, rest)
        if any(m.group == "numbered" and m.kind == "unit" for m in self.source.marks.find(rest.text)):
            draft.unit = [rest]
        elif rest.text:
            self._title_and_plan(draft, rest)

    def _title_and_plan(self, draft: Draft, title: Piece) -> None:
        """A title, or one with the plan on its line: «Тіл саясаты. Жоспары: 1. … 2. …»."""
        for stop in _STOPS.finditer(title.text):
            found = self.source.marks.find(title.text[stop.end() :])
            plan = next((m for m in found if m.group == "field" and m.kind == "outline" and m.rest), None)
            if plan is not None and (plan.label or "").startswith(":"):
                title, rest = self.texts.cut(title, stop.end())
                name, points = self.texts.cut(rest, plan.end)
                draft.marks.append((name, "label"))
                for piece in split_items(points, self.texts):
                    draft.add("outline", piece)
                break
        draft.title = [title]

    def _without_hours(self, draft: Draft, title: Piece) -> Piece:
        """A title without the hours in brackets at its end, which the class takes."""
        found = _HOURS.search(title.text)
        if found is None:
            return title
        draft.hours = float(found[1].replace(",", "."))
        kept, hours = self.texts.cut(title, found.start())
        draft.marks.append((hours, "hours"))
        return kept

    def _inside(self, draft: Draft, section: Section) -> None:
        """A section of a class: one of its fields, or text under its heading."""
        head, name = section.head, section.label
        if head is None:
            return
        if name == "glossary" and shape(section.own).terms >= 0.5:
            self._whole(section, "glossary")
            return
        if name == "assignments":
            label = next((m for m in head.marks if m.group == "label"), None)
            if label is not None:
                work = self._work(draft, head, label)
                for one in section.everything():
                    work.add("body", one.piece)
            else:
                draft.marks.append((head.piece, "heading"))
                self._field(draft, "homework", section.everything())
            return
        inner = next((m for m in head.marks if m.group == "field" and m.kind == "topics"), None)
        if inner is not None and draft.kind == "lecture":
            self._inner_seminar(draft, head, inner, section.everything())
            return
        if name in FIELDS:
            draft.marks.append((head.piece, "heading"))
            self._field(draft, FIELDS[name or ""], section.own)
            for child in section.children:
                if child.label in FIELDS:
                    self._inside(draft, child)
                else:
                    self._deeper(draft, FIELDS[name or ""], child)
            return
        draft.add("body", _as_heading(head.piece))
        self._fields(draft, section.own)
        for child in section.children:
            self._inside(draft, child)

    def _deeper(self, draft: Draft, field: str, section: Section) -> None:
        """A section without a label inside a field: its heading and text go on in the field."""
        if section.head is not None:
            draft.add(field, section.head.piece)
        self._field(draft, field, section.everything())

    def _field(self, draft: Draft, field: str, own: Iterable[Segment]) -> None:
        """Content of a field; a list ends with its list: prose behind it is text again."""
        segments = list(own)
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

    def _unlabelled_items(self, own: Sequence[Segment]) -> list[Piece]:
        """Items without the label that each of them counts with: «LO1», «Q3.», «2-тапсырма.»."""
        forms = Counter(c.form for one in own for c in one.counted if c.words and one.mark is None)
        form = next((form for form, count in forms.most_common(1) if count > 1 and count * 2 > len(own)), None)
        made: list[Piece] = []
        for one in own:
            label = next((c for c in one.counted if c.form == form), None)
            if label is None or label.end >= len(one.text):
                made.append(one.piece)
                continue
            number, rest = self._cut_behind(one.piece, label.end)
            self.texts.claim(number, "mark", reason="number")
            made.append(replace(rest, label=f"{label.value}."))
        return made

    def _leaves(self, field: str, segments: Sequence[Segment], at: int) -> bool:
        """Whether a segment belongs to a field no more: another label opens there, or a list has ended."""
        one = segments[at]
        if one.is_text and (_work_mark(one) is not None or (at and self._run_in(one) is not None)):
            return True
        if at == 0:
            return False
        if field not in LISTS:  # a list that began the field ends with its last item
            told = one.mark is None and is_prose(one) and one.asks is None
            return told and all(before.mark for before in segments[:at])
        if field == "outline":
            return self._is_no_further_point(segments, at)
        if field == "review":
            bullet = one.mark is not None and not one.mark.value and one.asks != "question"
            if bullet and any(before.mark is not None and before.mark.value for before in segments[:at]):
                return True  # bullets behind numbered questions: the outline
            return is_prose(one) and one.asks is None and not any(s.asks for s in segments[at:])
        return (is_prose(one) and not one.book) or not one.is_text

    @staticmethod
    def _is_no_further_point(segments: Sequence[Segment], at: int) -> bool:
        one, before = segments[at], segments[at - 1].mark
        if one.mark is not None and before is not None:
            return one.mark.kind == before.kind and 0 < one.mark.value <= before.value
        told = not one.is_text or looks_like_text(one.piece)
        return told or (at > 1 and one.mark is None and all(s.mark for s in segments[:at]))

    def _fields(self, draft: Draft, own: Sequence[Segment]) -> None:
        """Text of a class with its run-in labels: «Мақсаты: …», «Оборудование: …»."""
        field = "body"
        work: Draft | None = None
        for one in own:
            label = _work_mark(one)
            if label is not None:
                work = self._work(draft, one, label)
                continue
            seminar = (
                next((m for m in one.marks if m.group == "field" and m.kind == "topics"), None) if one.is_text else None
            )
            if seminar is not None and draft.kind == "lecture":
                self._inner_seminar(draft, one, seminar, own[own.index(one) + 1 :])
                return
            run_in = self._run_in(one)
            if run_in is None and work is not None:
                work.add("body", one.piece)
                continue
            if run_in is not None:
                work = None
                field = run_in[0]
                name, rest = self._cut_label(one, run_in[1])
                draft.marks.append((name, "label"))
                if rest is not None and rest.text:
                    for piece in split_items(rest, self.texts) if field in LISTS else [rest]:
                        draft.add(field, piece)
                continue
            if field != "body" and (one.mark is None or not one.is_text) and draft.get(field):
                field = "body"
            draft.add(field, one.piece)

    def _inner_seminar(self, draft: Draft, one: Segment, mark: Mark, rest: Sequence[Segment]) -> None:
        """«Семинар: …» inside a lecture: a class of its own with the lecture's number."""
        made = self._open("seminar", one, number=draft.number, name="in-session", parent=draft)
        made.week, made.week_said, made.settled = draft.week, draft.week_said, True
        if mark.whole:
            made.marks.append((one.piece, "heading"))
        else:
            name, title = self._cut_label(one, mark.end)
            made.marks.append((name, "heading"))
            listed = bool(rest) and rest[0].mark is not None and rest[0].mark.value == 1
            if title is not None and listed:
                made.title = [title]
            elif title is not None:
                for piece in split_items(title, self.texts):
                    made.add("topics", piece)
        self._field(made, "topics", rest)

    def _work(self, draft: Draft, one: Segment, mark: Mark) -> Draft:
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
            work.add("body", rest)
        return work

    @staticmethod
    def _run_in(one: Segment) -> tuple[str, int] | None:
        """The field that a label at the beginning of a line opens, and where the text behind the label begins."""
        if not one.is_text:
            return None
        for mark in one.marks:
            if (
                mark.group == "field"
                and not mark.whole
                and mark.kind in FIELDS
                and (mark.label or "")[:1] in {":", "."}
            ):
                return FIELDS[mark.kind], mark.end
        found = _LABELLED.match(one.text)
        if found is None:
            return None
        ranked = sorted(words().labels(found["label"]).items(), key=lambda pair: -pair[1])
        best = next(((name, value) for name, value in ranked if name in FIELDS and name not in _BOOKS), None)
        return (FIELDS[best[0]], found.start("value")) if best and best[1] >= 7 else None

    def _cut_label(self, one: Segment, end: int) -> tuple[Piece, Piece | None]:
        return self._cut_behind(one.piece, end)

    # --- lists

    def _whole(self, section: Section, kind: str) -> None:
        """A part that takes everything below its heading."""
        draft = self._open(kind, section.head)
        if section.head is not None:
            draft.title = [section.head.piece]
        for child in section.children:
            if child.label == "answers" and kind in {"exam", "tests"}:
                self._whole(child, "answers")
        draft.fields["body"] = [one.piece for one in section.own]
        for child in section.children:
            if child.label == "answers" and kind in {"exam", "tests"}:
                continue
            if child.head is not None:
                draft.add("body", child.head.piece if kind == "glossary" else _as_heading(child.head.piece))
            for one in child.everything():
                draft.add("body", one.piece)

    def _list(self, root: Section, mode: Mode) -> None:
        """A document that is one list."""
        kind = {"questions": "exam", "tests": "tests", "glossary": "glossary"}.get(mode)
        if mode == "tickets":
            self._tickets(root)
            return
        if mode == "tasks":
            self._tasks(root)
            return
        draft = self._open(kind or "exam")
        for one in root.own:
            draft.add("body", one.piece)
        for child in root.children:
            self._listed(draft, child)

    def _listed(self, draft: Draft, section: Section) -> None:
        """A section of a document that is one list: other lists and books apart, the rest is the list's."""
        if section.label in _OTHER_LISTS - {draft.kind} and section.series is None and _is_named(section):
            self._whole(section, section.label or "")
            return
        if section.label in {"literature", "basic", "additional", "internet"}:
            self._part(section, self.context)
            return
        head = section.head
        if head is not None and section.label == draft.kind:
            draft.marks.append((head.piece, "heading"))
        elif head is not None:
            draft.add("body", _as_heading(head.piece))
        for one in section.own:
            draft.add("body", one.piece)
        for child in section.children:
            self._listed(draft, child)

    def _tickets(self, section: Section) -> None:
        head = self._open("tickets")
        head.fields["body"] = [one.piece for one in section.own]
        for child in section.children:
            if child.series is not None and child.series.kind == "ticket":
                self._ticket(child)
            else:
                self._part(child, Context())

    def _ticket(self, section: Section) -> None:
        draft = self._open("ticket", section.head, number=section.counted.value if section.counted else None)
        if section.head is not None and section.counted is not None:
            self._cut_number(draft, section.head, section.counted, "ticket number")
        for piece in draft.title:
            draft.add("body", piece)
        draft.title = []
        for one in section.everything():
            draft.add("body", one.piece)

    def _tasks(self, section: Section) -> None:
        """Tasks outside class: an item each, by number, word or heading."""
        head_label = _work_label(section.head.text) if section.head else None
        named = [m for m in section.head.marks if m.group == "label"] if section.head else []
        head_label = named[0].label if named else head_label
        supervised = bool(named and named[0].kind == "supervised")
        current: Draft | None = None
        rest: list[Segment] = []
        for one in section.own:
            task = _task_number(one)
            if not one.is_text:
                if not self._plan(one, Context(work=True)):
                    rest.append(one)
                continue
            if task is not None:
                current = self._open("assignment", one, number=task.value, label=head_label or task.words or None)
                current.supervised = supervised or task.form.startswith("supervised")
                number, body = self._cut_behind(one.piece, task.end)
                current.marks.append((number, "task number"))
                if body.text:
                    current.add("body", body)
            elif one.mark is not None and one.mark.value and one.piece.level == 0:
                current = self._open("assignment", one, number=one.mark.value, label=head_label)
                current.add("body", self.source.builder.unmarked(one.piece, one.mark, ""))
            elif current is not None:
                current.add("body", one.piece)
            else:
                rest.append(one)
        self._loose(rest, Context(work=True))
        for child in section.children:
            if (
                child.label in {"grading", "policy", "literature", "exam", "tests"}
                and child.reasons.get("words", 0) >= 6
            ):
                self._part(child, Context())
                continue
            if child.label == "assignments" and child.head is not None and _task_number(child.head) is None:
                self._mark(child.head, "heading")
                self._tasks(child)
                continue
            counted = next((c for c in child.head.counted if c.parted), None) if child.head else None
            current = self._open("assignment", child.head, number=counted.value if counted else None, label=head_label)
            current.supervised = supervised
            if child.head is not None:
                if counted is not None:
                    self._cut_number(current, child.head, counted, "task number")
                else:
                    current.title = [child.head.piece]
            for one in child.everything():
                current.add("body", one.piece)

    # --- the course's data

    def _about(self, section: Section, name: str) -> None:
        """A field of the course's data: its content, and sections of its own inside it."""
        draft = self._open("about", section.head, name=name)
        if section.head is not None:
            draft.title = [section.head.piece]
        own = [one for one in section.own if one.is_text or not self._plan(one, Context())]
        if name == "policy":
            own = self._leads(own)
        elif name in _STRINGS:
            draft.fields["body"] = self._unlabelled_items(own)
            own = []
        for one in own:
            if not (one.is_text and _LABELLED.match(one.text) and self.front.line(one)):
                draft.add("body", one.piece)
        for child in section.children:
            if child.label in _PARTS or child.series is not None:
                self._part(child, Context())
            elif name in _TITLED:
                self._other(child)
            else:
                draft.fields.setdefault("body", []).extend(
                    one.piece for one in ([child.head] if child.head else []) + child.everything()
                )
        self._close_empty(draft, section)

    @staticmethod
    def _close_empty(draft: Draft, section: Section) -> None:
        """A heading over nothing but sections of their own opens no part."""
        if section.head is not None and not draft.get("body"):
            draft.title = []
            draft.marks.append((section.head.piece, "heading"))

    def _leads(self, own: Sequence[Segment]) -> list[Segment]:
        """Rules with a title of their own on their line, «**Phones.** Keep them …», are sections each."""
        rest: list[Segment] = []
        draft: Draft | None = None
        for one in own:
            if one.lead:
                title, text = self.texts.cut(one.piece, one.lead)
                draft = self._open("about", one, name="other")
                draft.title = [title]
                draft.add("body", text)
            elif draft is not None and one.is_text:
                draft.add("body", one.piece)
            else:
                rest.append(one)
        return rest

    def _other(self, section: Section) -> None:
        draft = self._open("about", section.head, name="other")
        if section.head is not None:
            draft.title = [section.head.piece]
        for one in self._leads(section.everything()):
            draft.add("body", one.piece)
        self._close_empty(draft, section)

    def _data(self, section: Section, name: str) -> None:
        if section.head is not None:
            self._mark(section.head, "heading")
        if name == "contact":
            rest = self.front.hear(section.own)
        else:
            self.source.aside(
                [one.piece for one in section.own], "table of contents" if name == "toc" else "approval or signature"
            )
            rest = []
        self._loose(rest, Context())
        for child in section.children:
            self._part(child, Context())

    def _unlabelled(self, section: Section, context: Context) -> None:
        """A section that nothing names: visible text of the course under its own title."""
        named = [child for child in section.children if child.label is not None or child.series is not None]
        if named:
            if section.head is not None:
                self._open("front").fields["body"] = [section.head.piece]
            self._course(section.own, section.children, context)
            return
        left = [one for one in section.own if one.is_text or not self._plan(one, context)]
        if len(left) < len(section.own) and not left:
            if section.head is not None:
                self._mark(section.head, "heading")
            return
        section.own = left
        self._other(section)


def _is_named(section: Section) -> bool:
    """Whether a section's own words name a part of a course."""
    return section.label is not None and section.reasons.get("words", 0) + section.reasons.get("known words", 0) >= 4


def _parted(own: Sequence[Segment]) -> tuple[list[Segment], list[Segment]]:
    """The lines of a title page at the beginning, and what follows them."""
    end = next((at for at, one in enumerate(own) if not _is_front_line(one)), len(own))
    return list(own[:end]), list(own[end:])


def _is_front_line(one: Segment) -> bool:
    """A line that may stand on a title page: no text, no item of a list, nothing that asks or is to be chosen."""
    listed = one.mark or one.option or (one.term and one.heading < weights()["heading"]["least"])
    return one.is_text and not (is_prose(one) or listed or one.asks == "question")


def _path(root: Section, head: Segment) -> list[Section]:
    """The sections from the root to the one under that heading."""
    found = next(one for one in root.walk() if one.head is head)
    path = [found]
    while path[0] is not root:
        path.insert(0, next(one for one in root.walk() if path[0] in one.children))
    return path


def _around(path: Sequence[Section]) -> tuple[list[Segment], list[Section]]:
    """What stands before the last section of a path, and the sections in it and behind it."""
    before: list[Segment] = []
    after: list[Section] = list(path[-1].children)
    for outer, inner in pairwise(path):
        at = outer.children.index(inner)
        before.extend([*([outer.head] if outer.head else []), *outer.own])
        for child in outer.children[:at]:
            before.extend([*([child.head] if child.head else []), *child.everything()])
    for outer, inner in reversed(list(pairwise(path))):
        after.extend(outer.children[outer.children.index(inner) + 1 :])
    return before, after


def _as_heading(piece: Piece) -> Piece:
    """A piece that the text shows as a heading; levels of styles are kept."""
    return piece if piece.heading is not None else replace(piece, is_heading=True)


def _plain_number(section: Section) -> Counted | None:
    head = section.head
    return next((one for one in head.counted if not one.words and one.depth == 1), None) if head else None


def _task_number(one: Segment) -> Counted | None:
    """The number that a task bears: beside its abbreviation («3 СОӨЖ»), or beside a word («Task 2.»)."""
    mark = next((m for m in one.marks if m.group == "label" and m.number is not None), None)
    if mark is not None:
        return Counted(f"{mark.kind} work", mark.label or "", mark.number or 0, mark.end)
    found = next((c for c in one.counted if c.parted and c.kind in {"task", "question"}), None)
    return replace(found, words="") if found else None


def _work_mark(one: Segment) -> Mark | None:
    """The abbreviation of work outside class that a line begins with, or that is all of it."""
    return next((m for m in one.marks if m.group == "label" and (m.rest or m.whole)), None) if one.is_text else None


def _work_label(text: str) -> str | None:
    """The abbreviation by which a heading names independent work."""
    found = re.search(r"(?<![^\W_])[^\W\d_]{2,6}(?![^\W_])", text)
    return found[0] if found and found[0].isupper() and not text.isupper() else None
