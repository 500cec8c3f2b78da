"""What the makers of drafts share: opening a part, marking and cutting its lines, tables of a plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from coursepack import languages
from coursepack.model.course import Grading
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanContext, matrix, read_plan
from coursepack.outline.points import split_items, split_listed
from coursepack.outline.tree import grading
from coursepack.outline.tree.class_dates import class_date
from coursepack.outline.tree.front import Front
from coursepack.outline.tree.modes import Mode, names_course
from coursepack.outline.tree.ordinals import CLOSES, HeadingNumber
from coursepack.outline.tree.sections import SESSIONS, OutlineSection
from coursepack.outline.tree.signals import _LABELLED, Segment, is_book
from coursepack.outline.tree.tags import parted
from coursepack.outline.tree.two_numbers import paired
from coursepack.outline.tree.words import FULL, words

CLASSES = {"seminar-plan": "seminar", "practical-plan": "practical", "laboratory-plan": "laboratory"}
"""Roles whose documents hold classes of one kind."""
_STOPS = re.compile(r"[.!?:;]\s+")
_HOURS = languages.expression(
    r"\s*[\[(]\s*(\d+(?:[.,]\d+)?)\s*(?:@academic-hours@\.?\s*)?(?:@hours@|@hours-short@)\.?\s*[\])]\.?$", re.IGNORECASE
)
_HOURS_BEHIND = languages.expression(
    r"(?:\s*[,–—-]\s*|\s+)(\d{1,3}(?:[.,]\d)?)\s*(?:@academic-hours@\.?\s*)?@hours@\.?$"
    r"|\s*[,–—-]\s*(\d{1,2}(?:[.,]\d)?)\s*(?:@hours-short@)\.?$",
    re.IGNORECASE,
)
_WORTH = languages.expression(r"\s*[\[(]\d{1,3}(?:[.,]\d)?\s*(?:@marks@)[\])][.:]?\s*", re.IGNORECASE)
"""What an item gives, right behind its number: «Задача 4.1 (2 б.) …»."""
_LETTER = re.compile(r"([^\W\d_])[.)]\s+")
_GIVEN_HOURS = languages.expression(
    r"(?<![\d.,])(\d{1,2}(?:[.,]\d)?)\s*(?:@academic-hours@\.?\s*)?@hours@", re.IGNORECASE
)


class DocumentParts:
    """One document on its way from sections to drafts."""

    def __init__(self, source: OutlineSource, front: Front, root: OutlineSection, mode: Mode) -> None:
        self.source = source
        self.texts = source.stream.texts
        self.front = front
        self.detected = front.detected
        self.root = root
        self.mode = mode
        self.is_programme = names_course(root)
        self.context = PlanContext(CLASSES.get(source.entry.role, "lecture"))
        self.drafts: list[PartDraft] = []
        self.weeks: dict[str, int] = {}
        """Kind of class → the last week that rows of tables counted."""

    def _open(self, kind: str, head: Segment | None = None, **stated: object) -> PartDraft:
        draft = PartDraft(kind, **stated)  # type: ignore[arg-type]  # the fields of a draft
        if head is not None:
            draft.opened = head.piece
            draft.language = head.piece.language
        self.drafts.append(draft)
        return draft

    def _mark(self, segment: Segment, reason: str, part: str = "") -> None:
        self.texts.claim(segment.piece, "mark", part=part, reason=reason)

    def _loose(self, own: Sequence[Segment], context: PlanContext) -> None:
        """What stands under no heading: tables of a plan, lines of the course's data, text."""
        rest: list[Segment] = []
        own = self._without_tests(own)
        for segment in own:
            if segment.is_text and self.front.line(segment.piece, head=not self.drafts):
                continue
            if self._of_course(segment) if segment.is_text else self._plan(segment, context):
                continue
            rest.append(segment)
        if rest:
            draft = self._open("front")
            draft.fields["body"] = [one.piece for one in rest]

    def _of_course(self, one: Segment) -> bool:
        """Whether a line beside the parts of a course says something of it that is no value; it is taken."""
        return self._books_behind_label(one)

    def _books_behind_label(self, one: Segment) -> bool:
        """«Literature: …» on one line in a list or a head: books, no item of it. A term may be called so, too."""
        found = _LABELLED.match(one.text) if one.is_text and one.mark is None and not one.option else None
        if found is None or words().labels(found["label"]).get("literature", 0) < FULL:
            return False
        if one.term and not is_book(found["value"]):
            return False
        label, books = self._cut_behind(one.piece, found.start("value"))
        draft = self._open("about", one, name="literature")
        draft.marks.append((label, "label"))
        draft.fields["body"] = split_listed(books, self.texts)
        return True

    def _without_tests(self, own: Sequence[Segment]) -> list[Segment]:
        """The segments; tests in tags among them are a part of their own."""
        rest, tests = parted(own)
        if tests:
            self._open("tests").fields["body"] = [one.piece for one in tests]
        return rest

    def _says_shares(self, one: Segment) -> bool:
        """Hear a sentence that says all shares of the mark: «Homework makes 40 % of the grade, the exam 60 %»."""
        shares = grading.of_lines([one.text]) if one.is_text else ()
        if shares:
            self.detected.graded(shares, self.source.builder.blocks([one.piece], "about"))
        return bool(shares)

    def _plan(self, segment: Segment, context: PlanContext) -> bool:
        """Read a table of a plan; whether it was one."""
        rows = matrix(self.source, segment.piece)
        first = segment.piece.first
        plans = bool(rows) and first not in self.front.no_plans
        planned = read_plan(self.source, rows, context, self.front.plan_heads.get(first)) if plans else None
        if planned is None:
            self._shares_of_table([[cell.text for cell in row] for row in rows])
            return False
        if planned.by_rows:
            self._behind_tables(planned.drafts)
        if planned.drafts and all(draft.kind == "assignment" for draft in planned.drafts):
            self._shares_of_table([[cell.text for cell in row] for row in rows])
        self.drafts.extend(planned.drafts)
        self.detected.interim.extend(planned.interim)
        if planned.hours is not None:
            self.detected.fields.setdefault("hours", planned.hours)
        used = {part.unit for draft in planned.drafts for one in (*draft.pieces(), *draft.unit) for part in one.parts}
        used |= {part.unit for draft in planned.drafts for one, _ in draft.marks for part in one.parts}
        rest = [part for part in segment.piece.parts if part.unit not in used]
        self.texts.claim(Piece("", rest), "mark", reason="plan table")
        return True

    def _behind_tables(self, drafts: Sequence[PartDraft]) -> None:
        """Weeks that rows count go on behind those of the tables before with classes of the same kinds."""
        kinds = {draft.kind for draft in drafts}
        before = max((self.weeks.get(kind, 0) for kind in kinds), default=0)
        for draft in drafts:
            draft.week = before + draft.week if draft.week is not None else None
        last = max((draft.week or 0 for draft in drafts), default=0)
        self.weeks.update(dict.fromkeys(kinds, last))

    def _shares_of_table(self, rows: Sequence[Sequence[str]]) -> None:
        """Hear the shares of the mark that a column of a table gives."""
        known = self.detected.fields.get("grading")
        if grading.says_shares(rows):
            self.detected.graded(grading.of_rows(rows))
        elif isinstance(known, Grading) and (shares := grading.part_of(known.weights, rows)):
            self.detected.fields["grading"] = msgspec.structs.replace(known, weights=shares)

    def _cut_behind(self, piece: Piece, end: int) -> tuple[Piece, Piece]:
        """A piece in two at a place that was counted in its text without the blanks before it."""
        return self.texts.cut(piece, end + len(piece.text) - len(piece.text.lstrip()))

    def _cut_number(self, draft: PartDraft, head: Segment, counted: HeadingNumber, reason: str) -> None:
        """The number of a heading is a mark, what follows it the title."""
        piece = head.piece
        if counted.pair is not None and draft.kind in SESSIONS:
            draft.pair, draft.number = counted.pair, None
        if counted.form.startswith(CLOSES):
            title, number = self._cut_behind(piece, counted.start)
            draft.marks.append((number, reason))
            draft.title = [self._without_hours(draft, title)]
            return
        if counted.end >= len(piece.text.strip()):
            draft.marks.append((piece, reason))
            return
        number, rest = self._cut_behind(piece, counted.end)
        draft.marks.append((number, reason))
        rest = self._without_hours(draft, rest)
        if draft.kind in SESSIONS and (held := class_date(rest.text)) is not None:  # no title: that stands below
            draft.week = held.week if draft.week is None else draft.week
            draft.week_stated = draft.week_stated or held.week is not None
            draft.marks.append((rest, "week"))
            return
        if any(m.group == "numbered" and m.kind == "unit" for m in self.source.marks.find(rest.text)):
            draft.unit = [rest]
        elif rest.text:
            self._title_and_plan(draft, rest)

    def _title_and_plan(self, draft: PartDraft, title: Piece) -> None:
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

    def _without_hours(self, draft: PartDraft, title: Piece) -> Piece:
        """A title without the hours at its end, in brackets or not, which the class takes."""
        found = _HOURS.search(title.text) or _HOURS_BEHIND.search(title.text)
        if found is None:
            return title
        draft.hours = float(next(filter(None, found.groups())).replace(",", "."))
        kept, hours = self.texts.cut(title, found.start())
        draft.marks.append((hours, "hours"))
        return kept

    @staticmethod
    def _hours_in(text: str) -> float | None:
        """The hours that a short text gives: «practical, 2 hours»."""
        found = _GIVEN_HOURS.search(text)
        return float(found[1].replace(",", ".")) if found else None

    def _unlabelled_items(self, own: Sequence[Segment]) -> list[Piece]:
        """Items without the label that each of them counts with: «LO1», «Q3.», «2-тапсырма.», «A.», «B.»."""
        if len(own) > 1 and all(
            one.is_text and (found := _LETTER.match(one.text)) and ord(found[1]) - ord(own[0].text[0]) == at
            for at, one in enumerate(own)
        ):
            return [self._without_letter(one.piece) for one in own]
        forms = Counter(c.form for one in own for c in one.counted if c.words and one.mark is None)
        form = next((form for form, count in forms.most_common(1) if count > 1 and count * 3 > len(own)), None)
        result: list[Piece] = []
        for one in own:
            label = next((c for c in one.counted if c.form == form), None)
            label = (paired(one.text, label) or label) if label is not None else None
            if label is None or label.end >= len(one.text):
                result.append(one.piece)
                continue
            worth = _WORTH.match(one.text, label.end)
            end = worth.end() if worth is not None and worth.end() < len(one.text) else label.end
            number, rest = self._cut_behind(one.piece, end)
            self.texts.claim(number, "mark", reason="number")
            result.append(replace(rest, label=f"{label.value}."))
        return result

    def _without_letter(self, piece: Piece) -> Piece:
        letter, rest = self.texts.cut(piece, 2)
        self.texts.claim(letter, "mark", reason="number")
        return replace(rest, label="•")

    def _part(self, section: OutlineSection, context: PlanContext) -> None:
        """Make the drafts of a section of a course."""
        raise NotImplementedError

    def _other(self, section: OutlineSection) -> None:
        """Make the drafts of a section of a course's rules and notes."""
        raise NotImplementedError
