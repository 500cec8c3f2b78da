"""A table that carries a plan → its classes, its work, its controls."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from coursepack.model.course import Hours, Interim
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import fold
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import examined
from coursepack.outline.plans.cells import PlanCell, with_days_apart
from coursepack.outline.plans.classes import PlanClasses, PlanContext, counted_titles, kind_led
from coursepack.outline.plans.columns import Columns, columns
from coursepack.outline.plans.forms import (
    HOURS,
    NUMBER,
    SESSIONS,
    TOPIC,
    WEEK,
    WORK,
    amount,
    is_dated_week,
    is_total,
    label,
    names_classes,
    session_mark,
    spans_weeks,
    valued,
    week_of,
)
from coursepack.outline.plans.meetings import MEETING
from coursepack.outline.plans.rows import Role, control, role
from coursepack.outline.plans.schedule import are_days_of_topics, is_chronicle
from coursepack.outline.plans.work import gives_points, hours_by_kind, lists_work, of_work, work
from coursepack.outline.tree.dates import is_days_alone
from coursepack.outline.tree.words import words

_OF_HOURS = frozenset({*SESSIONS, *WORK, "total"})
_MARKED = 3
_THEMES = 3
_LONGEST_KEY = 40
_LONGEST_HEAD = 40
_BESIDE_NAMES = frozenset({"topic", "number", "total", "kind", "form", "beside", "outcome"})
"""Columns that names of things may have beside them which are no classes."""
_OF_OUTCOMES = frozenset({"topic", "unit", "number", "outcome", "form", "beside", "discuss"})
"""Columns of a table of outcomes."""
_ORDINAL = re.compile(r"\d{1,2}\s*[-–]\s*[^\W\d_]")
"""A number with its ending."""


@dataclass
class PlanHead:
    """The head of a plan, for the table that goes on with it on the next page: its columns, the last week."""

    columns: Columns = field(default_factory=Columns)
    width: int = 0
    week: int | None = None


@dataclass
class Planned:
    """What a table of a plan says; ``by_rows``: nothing but its rows counts the weeks."""

    drafts: list[PartDraft] = field(default_factory=list)
    interim: list[Interim] = field(default_factory=list)
    hours: Hours | None = None
    head: PlanHead | None = None
    by_rows: bool = False


def head_below(source: OutlineSource, rows: list[list[PlanCell]]) -> PlanHead | None:
    """The last row of a table as the head of the table that follows it."""
    last = [cell.text for cell in rows[-1] if cell.text] if rows else []
    kinds = {
        at: kind for at, text in enumerate(last) if len(text) < _LONGEST_HEAD and (kind := source.marks.column(text))
    }
    heads = len(last) > 1 and len(set(kinds.values())) > 1 and "week" in kinds.values()
    return PlanHead(Columns(kinds, named={*kinds}), len(last)) if heads else None


def read_plan(
    source: OutlineSource, rows: list[list[PlanCell]], context: PlanContext, before: PlanHead | None = None
) -> Planned | None:
    """What a table says when it is a plan, a list of work or hours by kind; None when it is none of these.

    ``before`` is the head of the plan just above: a table of as many columns without a head goes on with it.
    """
    width = len(rows[0]) if rows else 0
    whole = [[*row, *[PlanCell()] * (width - len(row))][:width] for row in rows]
    rows = with_days_apart(whole)
    width = len(rows[0]) if rows else 0
    found = columns(source, rows)
    week = None
    goes_on = found.start == 0 or not found.named or _begins_with_day(rows)
    if before is not None and before.width == width and goes_on:
        found, week = (
            Columns(before.columns.kinds, before.columns.heads, 0, before.columns.named, counted=found.counted),
            before.week,
        )
    below = rows[found.start :]
    hours = hours_by_kind(below, found.kinds)
    if hours is not None:
        return Planned(hours=hours)
    named = of_work(found.kinds, context, below)
    works = found.at("topic") not in found.named and gives_points(below, found.kinds)
    if works or (rows is whole and lists_work(below, named, context)):  # topics below days are no list of work
        return Planned(drafts=work(source, below, named, context, found.heads))
    keyed = _keyed(source, found, below)
    if keyed is None and sum(bool(session_mark(source, c.text)) for row in rows for c in row if c.text) < _MARKED:
        return None
    planned = _Plan(source, found, context, below, keyed or "").read(week)
    _hours_of_heads(planned, found)
    planned.hours = _hours_of_total(found, below)
    planned.head = PlanHead(found, width, planned.head.week if planned.head else None)
    return planned


def _begins_with_day(rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether the first row, or the one below a heading over all columns, begins with nothing but days: no head."""
    first = [row for row in rows[:2] if row[0].text and row[0].across < len(row)][:1]
    return any(is_days_alone(row[0].text) for row in first)


# --- is it one?


def _keyed(source: OutlineSource, found: Columns, rows: Sequence[Sequence[PlanCell]]) -> str | None:
    """What tells the classes of a plan apart: the kind of a column, «theme» where nothing but hours stands beside
    them; None where the table is no plan."""
    if not found.has("topic", MEETING, *SESSIONS) or (_assesses(found) and not _mark_classes(source, found, rows)):
        return None
    if are_days_of_topics(found, rows) or is_chronicle(found, rows):
        return None
    if found.counted:
        return "kind"
    if _counts(found, rows, "week"):
        return "week"
    if found.has("number") and _counts(found, rows, "number") and _is_named(found) and not _lists_names(source, found):
        return "number"
    if found.has("date") and len(rows) > 2:  # two rows are a pair of facts
        return "date"
    if _counts(found, rows, "number", 0) and _is_named(found) and not _lists_names(source, found):
        return "number"
    kind = found.at("kind")
    if kind is not None and len(rows) >= _THEMES and names_classes(source, rows, kind) and _is_named(found):
        return None if _lists_names(source, found) else "kind"
    if _led_kinds(found, rows) > 1:
        return "time"
    themes = (_has_hours(found, rows) and not _names_things(source, found)) or _counts_themes(source, found, rows)
    return "theme" if themes else None


def _led_kinds(found: Columns, rows: Sequence[Sequence[PlanCell]]) -> int:
    """How many rows of a day's programme name the kind of a class before its title."""
    topic = found.at("topic")
    if topic is None or not found.has("time"):
        return 0
    return sum(bool(row[topic].pieces) and kind_led(row[topic].pieces[0]) is not None for row in rows)


def _is_named(found: Columns) -> bool:
    """Whether a head says that topics or classes stand below it."""
    return any(found.kinds.get(at) in {"topic", *SESSIONS} for at in found.named)


def _assesses(found: Columns) -> bool:
    """Whether a table says how outcomes are assessed, or which outcome belongs to what: outcomes beside topics, and
    nothing that a plan holds."""
    return found.has("outcome") and not set(found.kinds.values()) - _OF_OUTCOMES


def _mark_classes(source: OutlineSource, found: Columns, rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether cells of the topics name classes themselves: «Лекция № 1. …»."""
    at = found.at("topic")
    return at is not None and sum(session_mark(source, row[at].text) is not None for row in rows) >= _MARKED


def _lists_names(source: OutlineSource, found: Columns) -> bool:
    """Whether nothing but names beside their numbers speaks for a plan: «№ | Name | Mass», «№ | Name of the software |
    Licence | Outcome»."""
    if _names_things(source, found):
        return not set(found.kinds.values()) - _BESIDE_NAMES
    at = found.at("topic")
    head = " ".join(found.heads.get(at, [])) if at is not None else ""
    return fold(head) in source.marks.names and not set(found.kinds.values()) - {"topic", "number", "total"}


def _names_things(source: OutlineSource, found: Columns) -> bool:
    """Whether the head over the topics says that these are names of something else: «Name of the resource»."""
    at = found.at("topic")
    head = found.heads.get(at, [""])[-1] if at in found.named else ""
    several = sum(len(word) > 1 and word.isalpha() for word in head.split()) > 1  # «№ и наименование» names topics
    return source.marks.names_other(head) and several and words().kind(head) is None


def _counts(found: Columns, rows: Sequence[Sequence[PlanCell]], kind: str, other: int | None = None) -> bool:
    """Whether the column of a kind, or the one at that place, holds numbers in most rows."""
    at = found.at(kind)
    at = other if at is None and other not in found.named and found.kinds.get(other or 0) != "time" else at
    texts = [row[at].text for row in rows if row[at].text] if at is not None else []
    numbers = [match for text in texts if (match := NUMBER.match(text)) and len(text) < _LONGEST_KEY]
    return len(numbers) * 2 > len(texts) and not _falls(numbers)


def _falls(found: Sequence[re.Match[str]]) -> bool:
    """Whether numbers go down from row to row, as marks of a rubric do: «3 – good» below «4 – excellent»."""
    values = [int(number[0]) for match in found if (number := _DIGITS.search(match[0]))]
    return len(values) > 1 and all(after < before for before, after in pairwise(values))


_DIGITS = re.compile(r"\d+")


def _counts_themes(source: OutlineSource, found: Columns, rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether the topics beside a column of hours are counted: «Тема 1.1. …», or «1. …», «2. …» from the first."""
    at = found.at("topic")
    texts = [row[at].text for row in rows if row[at].text] if at is not None and at in found.named else []
    themes = sum(bool(TOPIC.match(text)) for text in texts)
    if found.has("hours", *SESSIONS) and len(counted_titles(found, rows)) >= _THEMES:
        return True
    return found.has("hours") and themes >= _THEMES and themes * 3 > len(texts)


def _has_hours(found: Columns, rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether topics stand beside hours of several kinds of classes and work."""
    held = {
        kind.split(" ")[0]
        for at, kind in found.kinds.items()
        if kind.split(" ")[0] in {*SESSIONS, *WORK, "hours", "total"} and any(amount(row[at].text) for row in rows)
    }
    classes = len(held & {*SESSIONS})
    return "topic" in found.kinds.values() and len(rows) >= _THEMES and (classes > 1 or (classes > 0 and len(held) > 1))


# --- its rows


class _Plan:
    """One plan on its way from rows to drafts."""

    def __init__(
        self,
        source: OutlineSource,
        found: Columns,
        context: PlanContext,
        rows: Sequence[Sequence[PlanCell]],
        keyed: str,
    ) -> None:
        self.source = source
        self.columns = found
        self.rows = rows
        self.keyed = keyed
        self.classes = PlanClasses(source, found, context, rows)
        self.unit: list[Piece] = []
        self.has_units = False
        self.made = Planned()
        at = found.at("week")
        self.key = at if at is not None else found.at("number") if keyed == "number" else None
        if keyed == "number" and self.key is None:
            self.key = 0
        self.dated = at is not None and any(is_dated_week(row[at]) for row in rows)
        self.spans = at is not None and any(spans_weeks(row[at].text) for row in rows)
        self.counted: Counter[str] = Counter()

    def read(self, week: int | None) -> Planned:
        """The drafts of all rows; ``week``: that of the last row of the table above. Where all are units, these are
        what is taught."""
        self._rows(week)
        if not self.made.drafts and self.has_units:
            self.unit = []
            self._rows(week, units=False)
        self._count_apart()
        self.made.by_rows = self.key is None
        return self.made

    def _rows(self, week: int | None, *, units: bool = True) -> None:
        nth = 0
        self.has_units = False
        for whole in self.rows:
            row_week = self._week(whole)
            week = row_week if row_week is not None else week
            if self._area(whole):
                continue
            row = self._without_controls(whole, week)
            found = self._role(row)
            self.has_units |= found == "unit"
            found = "class" if found == "unit" and not units else found
            if self.keyed == "time" and not _led_kinds(self.columns, [row]):
                continue
            if self.keyed in {"date", "kind", "theme", "time"} and self.key is None:
                nth += found == "class"
                week = max(nth, 1)
            match found:
                case "control":
                    self._control(row, week)
                    self._beside_control(row, week)
                case "skipped":
                    self._beside_control(row, week)
                case "unit":
                    self._unit(row)
                case "more":
                    self.classes.more(self.made.drafts, row)
                case "class":
                    self._class(row, self._stated(row) or week)
        self.made.head = PlanHead(week=week if self.key is not None else None)

    def _area(self, row: Sequence[PlanCell]) -> bool:
        """Whether nothing but a kind of class, with its hours and outcomes, stands in a row: «Laboratory works | 36»
        over those below. They are of that kind from then on."""
        if self.columns.has(*SESSIONS, "kind", MEETING):
            return False
        beside = {at for at, kind in self.columns.kinds.items() if kind in {"outcome", "week", "number"}}
        texts = [c.text for at, c in enumerate(row) if at not in beside and c.text and amount(c.text) is None]
        kind = label(self.source, texts[0]) if len(texts) == 1 else None
        if kind in SESSIONS and not any(char.isdigit() for char in texts[0]):
            self.classes.context = replace(self.classes.context, kind=kind)
            self.unit = []
            return True
        return False

    def _role(self, row: Sequence[PlanCell]) -> Role:
        """What a row is; beside others, a meeting that is held on no day or is a control is one cell of its row."""
        found = role(self.source, self.columns, row, follows=bool(self.made.drafts))
        return "class" if found in {"skipped", "control"} and self.columns.has(MEETING) else found

    def _week(self, row: Sequence[PlanCell]) -> int | None:
        key = row[self.key] if self.key is not None else None
        if key is None or not key.text or self._counts_control(key):
            return None
        return week_of(key.text)

    def _counts_control(self, key: PlanCell) -> bool:
        """Whether the number in the column of weeks is that of a control: «1-аралық бақылау» over the whole row."""
        if WEEK.search(key.text) or not self.source.marks.is_interim(key.text):
            return False
        return key.across > 1 or _ORDINAL.match(key.text) is not None

    def _stated(self, row: Sequence[PlanCell]) -> int | None:
        """The week that course.toml gives a row whose own cell is empty."""
        if self.key is None or row[self.key].text:
            return None
        corrections = (piece.said for cell in row for piece in cell.pieces if piece.said is not None)
        return next((one.week for one in corrections if one.week is not None), None)

    def _class(self, row: Sequence[PlanCell], week: int | None) -> None:
        numbered = self.key is not None and not self.dated and not self.spans
        drafts = self.classes.row(row, week, numbered=numbered)
        own = self.columns.at("number")
        text = row[own].text.rstrip(" .)") if own is not None and own != self.key else ""
        for draft in drafts:
            if text.isdecimal() and draft.kind in SESSIONS and draft.number in {None, week}:
                draft.number = int(text)
            if draft.kind in SESSIONS:
                draft.unit = self.unit
                self._count(draft)
        self.made.drafts.extend(drafts)

    def _count(self, draft: PartDraft) -> None:
        """Classes that last several weeks, «3-4», are counted one after the other."""
        self.counted[draft.kind] += 1
        if self.spans and draft.number is None:
            draft.number = self.counted[draft.kind]

    def _without_controls(self, row: Sequence[PlanCell], week: int | None) -> Sequence[PlanCell]:
        """A row without the controls and days off that stand beside its classes; the controls are taken."""
        row, named = examined.by_lines(self.source, self.columns, row)
        kept, controls = examined.by_cells(self.source, self.columns, row)
        if week is None:
            return kept
        self.made.interim.extend(Interim(after_week=week, name=name) for name in named)
        if controls:
            points = self._points(row, week)
            self.made.interim.extend(Interim(after_week=week, name=name, points=points) for name in controls)
            of = self.columns.of
            kept = [PlanCell(across=cell.across) if of(at, cell) == "points" else cell for at, cell in enumerate(kept)]
        return kept

    def _points(self, row: Sequence[PlanCell], week: int | None) -> float | None:
        """What the row of a control gives for it: its last amount that counts nothing else."""
        counts = {at for at, kind in self.columns.kinds.items() if kind in {"hours", "number", "week", "date", "time"}}
        amounts = [
            stated
            for at, cell in enumerate(row)
            if (at not in counts or cell.across > 1)
            and (stated := _given(self.source, cell))
            and cell.text != str(week)
        ]
        return amounts[-1] if amounts else None

    def _control(self, row: Sequence[PlanCell], week: int | None) -> None:
        if week is not None:
            name = control(self.source, row)
            self.made.interim.append(Interim(after_week=week, name=name, points=self._points(row, week)))

    def _beside_control(self, row: Sequence[PlanCell], week: int | None) -> None:
        left = examined.beside(self.source, self.columns, row) if week is not None else None
        if left is not None:
            self._class(left, week)

    def _unit(self, row: Sequence[PlanCell]) -> None:
        """A heading over the rows below it."""
        texts = [cell for cell in row if cell.text and amount(cell.text) is None]
        named = [cell for cell in texts if not spans_weeks(cell.text)]
        self.unit = (named or texts)[0].pieces

    def _count_apart(self) -> None:
        """Weeks that hold several classes of one kind do not number them."""
        if self.key is None or self.columns.at("number") not in {None, self.key}:
            return
        numbers = Counter((draft.kind, draft.number) for draft in self.made.drafts if draft.number == draft.week)
        twice = {kind for (kind, _), count in numbers.items() if count > 1 and kind in SESSIONS}
        for draft in self.made.drafts:
            if draft.kind in twice and draft.number == draft.week:
                draft.number = None


def _given(source: OutlineSource, cell: PlanCell) -> float | None:
    """The amount that a cell is, or that stands behind the name of its control."""
    number = amount(cell.text)
    names = source.marks.is_exam(cell.text) or source.marks.is_interim(cell.text)
    return valued(cell.text)[1] if number is None and names else number


def _first_text(row: Sequence[PlanCell]) -> str:
    return next((cell.text for cell in row if cell.text), "")


def _hours_of_total(found: Columns, rows: Sequence[Sequence[PlanCell]]) -> Hours | None:
    """The hours of the whole course, where the last row that adds up the others gives some by kind, or all of them
    below the only column of hours."""
    row: Sequence[PlanCell] = next((row for row in reversed(rows) if is_total(_first_text(row))), ())
    hours_by_kind: dict[str, float] = {}
    for column, kind in found.kinds.items() if row else ():
        sort, value = kind.split()[0], amount(row[column].text)
        if sort in _OF_HOURS and value is not None and not row[column].covered:
            hours_by_kind.setdefault(sort, value)
    hours = [at for at, kind in found.kinds.items() if kind == "hours" and at in found.named]
    if row and not hours_by_kind and len(hours) == 1 and not row[hours[0]].covered:
        return Hours(total=amount(row[hours[0]].text))
    return Hours(**hours_by_kind) if len(hours_by_kind) > 1 else None


def _hours_of_heads(planned: Planned, found: Columns) -> None:
    """«Дәріс (2 сағ.)»: the hours of each class of that kind."""
    for column, kind in found.kinds.items():
        match = HOURS.search(" ".join(found.heads.get(column, [])))
        for draft in planned.drafts:
            if match and draft.kind == kind and draft.hours is None:
                draft.hours = float(match[1].replace(",", "."))
