"""Rows of a plan → drafts of its classes and of the work that they set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from coursepack import languages
from coursepack.outline.blocks import list_label
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece, SourceTexts
from coursepack.outline.plans import cell_remarks
from coursepack.outline.plans.cells import PlanCell
from coursepack.outline.plans.columns import Columns, kind_stated
from coursepack.outline.plans.forms import (
    NUMBER,
    POINTS,
    SESSIONS,
    TOPIC,
    WEEK,
    WORK,
    amount,
    is_day,
    is_empty,
    is_text,
    label,
    located,
    names_classes,
    number_of,
    session_mark,
)
from coursepack.outline.plans.meetings import LED, MEETING, kind_before
from coursepack.outline.plans.rows import is_off, without_days_off
from coursepack.outline.plans.stages import are_of_practice
from coursepack.outline.tree import work as works
from coursepack.outline.tree.signals import lead
from coursepack.outline.tree.words import words

_BESIDE = frozenset({
    "week", "hours", "points", "due", "form", "total", "kind", "discuss", "task", "literature", "date", "number",
    "homework", "weekday", "beside", "unit", "time", "person", "outcome",
})  # fmt: skip
"""Columns that say something of a row's classes."""
_LONGEST_KIND = 24
_LONG = 250
"""Characters of a text that is no point of a plan."""
_LAST_WORD = re.compile(r"\W*\w+\W*$")
_LABELS = frozenset({"kind", "weekday", "date", "number", "week", "beside"})
"""Columns in which the name of a kind of class may stand."""


@dataclass
class PlanContext:
    """What stands over a table: ``kind`` of its classes, ``work`` when it lists tasks, ``label`` as printed there."""

    kind: str = "lecture"
    work: bool = False
    label: str | None = None
    supervised: bool = False


@dataclass
class PlanRow:
    """A row with what is known before its cells are read: ``week`` its own or that of the row above, ``numbered``
    whether that counts its classes."""

    cells: Sequence[PlanCell]
    week: int | None
    numbered: bool
    kind: str
    label: str | None = None
    number: int | None = None
    amounts: dict[str, float] = field(default_factory=dict)


class PlanClasses:
    """Reads the rows of one plan. ``counted``: kinds of class whose columns hold hours."""

    def __init__(
        self, source: OutlineSource, columns: Columns, context: PlanContext, rows: Sequence[Sequence[PlanCell]]
    ) -> None:
        self.source = source
        self.texts = source.stream.texts
        self.columns = columns
        practice = context.kind == "lecture" and not columns.has(*SESSIONS) and are_of_practice(columns)
        self.context = replace(context, kind="practical") if practice else context
        self.counted = {
            kind for at, kind in columns.kinds.items() if kind in SESSIONS and any(amount(row[at].text) for row in rows)
        }

        self.hours = _hours_beside(columns)
        self.labelled = {
            at
            for at, kind in columns.kinds.items()
            if kind in _LABELS and (kind != "kind" or names_classes(source, rows, at))
        }
        """Columns whose cells may name the kind of a class."""
        counting = self.columns.at("number") if self.columns.has("week") else None
        counted = sum(NUMBER.fullmatch(row[counting].text) is not None for row in rows) if counting is not None else 0
        self.counting = counting if counted * 2 > len(rows) else None
        """The column that counts the classes beside that of the weeks."""
        self.handed = {at: name for at in columns.heads if (name := _handed_in(columns, at))}
        """Columns of days whose heads name the work that is due then."""
        self.leads = {at: cell_remarks.leads(rows, at) for at, kind in columns.kinds.items() if kind in SESSIONS}
        """The label that the cells of a column begin with."""
        self.titles = counted_titles(columns, rows)
        """Titles that plain numbers count from the first row to the last, and where each begins behind its number."""
        self.listing = any(_lists_below(cell) for row in rows for cell in row)
        """Whether cells list points below titles in lines that begin small: no line goes on with its title."""

    def row(self, cells: Sequence[PlanCell], week: int | None, *, numbered: bool) -> list[PartDraft]:
        """The drafts of a row."""
        row = self._known(cells, week, numbered=numbered)
        result: list[PartDraft] = []
        for at, cell in enumerate(cells):
            kind = self.columns.of(at, cell)
            if is_empty(cell.text) or kind in _BESIDE:
                continue
            if kind == LED and self._tells_kind(cell):
                result.extend(self._led(row, cell))
            elif self._names_class(cell):
                result.extend(self._marked(cell, week))
            elif amount(cell.text) is None:
                result.extend(self._named(row, kind, cell))
        if not result and row.label is not None and row.label not in WORK:
            result.append(self._class(row, row.kind, None))
        self._amounts(result, row)
        self._beside(result, row)
        return result

    def more(self, result: Sequence[PartDraft], cells: Sequence[PlanCell]) -> None:
        """A row that goes on with the class above it."""
        last = next((draft for draft in reversed(result) if draft.kind in SESSIONS), None)
        if last is None:
            return
        for at, cell in enumerate(cells):
            kind = self.columns.of(at, cell)
            if not is_text(cell.text) or not cell.pieces:
                continue
            if kind == "topic" and last.title:
                last.title = [*last.title, *cell.pieces]
            elif kind in {"discuss", "literature", "task"} or not kind:
                self._add(last, kind or "discuss", cell.pieces)

    # --- what a row is about

    def _known(self, cells: Sequence[PlanCell], week: int | None, *, numbered: bool) -> PlanRow:
        amounts = {
            kind: value for at, kind in self.columns.kinds.items() if (value := amount(cells[at].text)) is not None
        }
        row = PlanRow(cells, week, numbered, self.context.kind, amounts=amounts)
        for at, kind in self.columns.kinds.items():
            named = label(self.source, cells[at].text) if at in self.labelled and cells[at].text else None
            if named is not None:
                row.label = row.kind = named
                row.number = number_of(cells[at].text) or row.number
                if row.number is None and kind != "kind":
                    row.number = self._own_count(cells)
        return row

    def _own_count(self, cells: Sequence[PlanCell]) -> int | None:
        """The number of a class that is named among days: the only count beside it."""
        counts = [
            int(cell.text) for at, cell in enumerate(cells) if cell.text.isdecimal() and len(cell.text) < 3
        ]  # a class, no year
        return counts[0] if len(counts) == 1 else None

    def _named(self, row: PlanRow, kind: str, cell: PlanCell) -> list[PartDraft]:
        """What a cell of text names by its column."""
        if row.week is None:
            return []
        if kind == "topic":
            return self._topic(row, cell)
        if kind == MEETING:
            return [self._meeting(row, cell)]
        if kind in SESSIONS:
            return [self._class(row, kind, cell)]
        if kind.startswith(WORK):
            return [self._task(kind, row.week, cell)]
        return []

    def _topic(self, row: PlanRow, cell: PlanCell) -> list[PartDraft]:
        """The classes that a row gives its topic: the one that it names, those with hours in a column of their kind,
        else one."""
        if row.label in WORK:
            task = self._task(row.label or "", row.week, cell)
            task.number = row.number
            return [task]
        if row.label is not None or not self.counted:
            named = self.columns.has(*SESSIONS) and self.columns.has("lecture")
            return [] if named and row.label is None else [self._class(row, row.kind, cell)]
        kinds = [kind for kind in SESSIONS if kind in self.counted and row.amounts.get(kind)]
        if not kinds and "lecture" not in self.counted:
            kinds = ["lecture"]
        if not row.numbered:  # a theme with the hours of all its classes
            kinds = kinds[:1]
        result: list[PartDraft] = []
        for kind in kinds:
            if not result:
                result.append(self._class(row, kind, cell))
            else:  # the topic again, whose letters are the first one's
                name = " ".join(piece.text for piece in result[0].title)
                result.append(PartDraft(kind, row.week, week=row.week, week_stated=True, name=name))
        return result

    def _tells_kind(self, cell: PlanCell) -> bool:
        """Whether a cell begins with the kind of its class."""
        return bool(cell.pieces) and kind_stated(self.source, cell.pieces[0].text) is not None

    def _led(self, row: PlanRow, cell: PlanCell) -> list[PartDraft]:
        """The classes of a cell whose lines say of which kind each is; other lines are points of the class above."""
        result: list[PartDraft] = []
        for piece in cell.pieces:
            one = replace(cell, pieces=[piece], text=piece.text)
            if self._names_class(one):
                result.extend(self._marked(one, row.week))
            elif kind_stated(self.source, piece.text) is not None:
                result.append(self._meeting(row, one, stopped=True))
            elif result:
                result[-1].add("topics", piece)
        return result

    def _meeting(self, row: PlanRow, cell: PlanCell, *, stopped: bool = False) -> PartDraft:
        """One of the classes of a week, of the kind that a label before its title names: «Lab: your first page»."""
        draft = self._class(row, row.kind, cell)
        draft.number = None
        title = draft.title[0]
        if (led := kind_before(title.text, stopped=stopped)) is not None and title.parts:
            draft.kind, end = led
            name, draft.title[0] = self.texts.cut(title, end)
            draft.marks.append((name, "kind of class"))
        return draft

    def _class(self, row: PlanRow, kind: str, cell: PlanCell | None) -> PartDraft:
        """A class with its title, and the points under it when the cell has some."""
        number = row.number if row.number is not None or row.label else None
        if number is None and row.numbered and not self._is_uncounted(row):
            number = row.week
        draft = PartDraft(kind, number, week=row.week, week_stated=True)
        if cell is None:
            return draft
        pieces = without_days_off(self.source, cell)
        draft.marks += [(one, "no class") for one in cell.pieces if not any(one is each for each in pieces)]
        first, *more = [piece for piece in pieces if piece is pieces[0] or not self._is_excluded(piece)]
        draft.opened = first
        if (led := kind_led(first)) is not None and first.parts:
            draft.kind, end = led
            name, first = self.texts.cut(first, end)
            draft.marks.append((name, "kind of class"))
        first = self._without_excluded(draft, first)
        draft.title = [first := self._without_number(draft, first)]
        while more and not (first.bold or self.listing) and _goes_on(more[0]):
            draft.title.append(more.pop(0))
        if more:
            draft.fields["topics"] = [point for piece in more for point in self._points(draft, piece)]
        return draft

    def _without_number(self, draft: PartDraft, title: Piece) -> Piece:
        """A title without the number of its topic, which counts the class where nothing else does."""
        mark = TOPIC.match(title.text)
        end = mark.end() if mark is not None else self.titles.get(title.text, 0)
        if not 0 < end < len(title.text) or not title.parts:
            return title
        head, title = self.texts.cut(title, end)
        draft.marks.append((head, "topic number"))
        if mark is None and draft.number is None:
            draft.number = int(head.text.strip(" .)"))
        return title

    def _is_uncounted(self, row: PlanRow) -> bool:
        """Whether a row has no number in the column that counts the classes beside their weeks."""
        return self.counting is not None and is_empty(row.cells[self.counting].text)

    def _without_excluded(self, draft: PartDraft, title: Piece) -> Piece:
        """A title without the label of its column before it and a day without class behind it."""
        if not title.parts:
            return title
        lead = next((text for text in self.leads.values() if cell_remarks.led_by(title.text, text)), "")
        if end := cell_remarks.led_by(title.text, lead):
            name, title = self.texts.cut(title, end)
            draft.marks.append((name, "kind of class"))
        if start := cell_remarks.off_behind(self.source, title.text):
            title, aside = self.texts.cut(title, start)
            draft.marks.append((aside, "no class"))
        return title

    def _points(self, draft: PartDraft, piece: Piece) -> list[Piece]:
        """The points of a line that parts them with «;»."""
        result: list[Piece] = []
        while piece.parts and 0 < (at := piece.text.find(";")) < len(piece.text) - 1:
            point, rest = self.texts.cut(piece, at)
            stop, piece = self.texts.cut(rest, len(rest.text) - len(rest.text[1:].lstrip()))
            draft.marks.append((stop, "between points"))
            result.append(point)
        return [*result, piece]

    def _is_excluded(self, piece: Piece) -> bool:
        """A line in brackets that says when no class is held."""
        return piece.text.startswith(("[", "(")) and is_off(self.source, piece.text)

    def _task(self, kind: str, week: int | None, cell: PlanCell) -> PartDraft:
        name, _, printed = kind.partition(" ")
        draft = PartDraft("assignment", None, week=week, label=printed or None, supervised=name == "supervised")
        draft.fields["body"] = list(cell.pieces)
        draft.opened = cell.pieces[0]
        return draft

    def _marked(self, cell: PlanCell, week: int | None) -> list[PartDraft]:
        """«1-дәріс. …», «1-семинар …», «МӨОЖ №1 …»: paragraphs of a cell that say what they are."""
        result: list[PartDraft] = []
        for piece in cell.pieces:
            mark = session_mark(self.source, piece.text)
            if mark is None:
                if result and result[-1].kind in SESSIONS and not result[-1].title:
                    result[-1].title = [piece]
                elif result:
                    long = result[-1].kind not in SESSIONS or len(piece.text) > _LONG
                    result[-1].add("body" if long else "topics", piece)
                continue
            head, rest = self.texts.cut(piece, mark.end) if piece.parts else (Piece("", []), Piece(mark.rest, []))
            if mark.group == "label":
                supervised = mark.kind == "supervised"
                draft = PartDraft("assignment", mark.number, label=mark.label, supervised=supervised, week=week)
                if rest.text:
                    draft.add("body", rest)
            else:
                draft = PartDraft(mark.kind, mark.number, week=week, week_stated=week is not None)
                draft.title = [rest] if rest.text else []
                draft.hours = mark.hours
            draft.opened = piece
            draft.marks.append((head, "number"))
            result.append(draft)
        return result

    # --- what stands beside it

    def _amounts(self, result: Sequence[PartDraft], row: PlanRow) -> None:
        """Hours and points of a row: those of its kind's column, else those of the row when it holds one part only."""
        for draft in result:
            own = row.amounts.get(draft.kind)
            if draft.kind in self.hours:
                own = amount(row.cells[self.hours[draft.kind]].text)
            if draft.hours is None:
                draft.hours = own if own is not None else row.amounts.get("hours") if len(result) == 1 else None
            column = self.columns.at(draft.kind)
            points = POINTS.search(row.cells[column].text) if column is not None else None
            if points:
                draft.points = float(points[1].replace(",", "."))
            elif draft.points is None and (len(result) == 1 or draft is _marked_class(result)):
                draft.points = row.amounts.get("points")

    def _beside(self, result: list[PartDraft], row: PlanRow) -> None:
        """What further columns of a row say of its classes: points to discuss, tasks, literature, work that is due."""
        classes = [draft for draft in result if draft.kind in SESSIONS]
        for at, cell in enumerate(row.cells):
            kind = self.columns.of(at, cell)
            if is_empty(cell.text) or amount(cell.text) is not None or not cell.pieces:
                continue
            if at in self.columns.mixed:
                self._read_or_done(result, row, cell, classes)
            elif kind == "due" and at in self.handed and classes and is_day(cell.text):
                result.append(self._due_then(row, cell, self.handed[at], classes[-1]))
            elif kind in {"due", "homework"}:
                if not (WEEK.search(cell.text) or NUMBER.fullmatch(cell.text) or is_day(cell.text)):
                    result.extend(_homework(row, pieces, self.texts) for pieces in _works(cell.pieces))
            elif kind == "task" and self._names_work(cell):
                result.extend(self._marked(cell, row.week))
            elif classes and kind in {"discuss", "literature", "task", "outcome"}:
                self._add(classes[0 if kind in {"literature", "outcome"} else -1], kind, cell.pieces)
            elif classes and kind in {"", LED}:
                self._of_no_kind(result, row, cell, kind, classes[-1])

    def _read_or_done(
        self, result: list[PartDraft], row: PlanRow, cell: PlanCell, classes: Sequence[PartDraft]
    ) -> None:
        """The lines of a column that holds both what to read and what to do."""
        for piece in cell.pieces:
            if classes and located(self.source, piece.text):
                self._add(classes[0], "literature", [piece])
            else:
                result.append(_homework(row, [piece], self.texts))

    def _of_no_kind(self, result: list[PartDraft], row: PlanRow, cell: PlanCell, kind: str, last: PartDraft) -> None:
        """A cell of a column that no name tells: work that it says to be due, else points or text of the last class."""
        if kind == LED and self._tells_kind(cell):
            return
        if not kind and all(works.handed_in(piece.text) for piece in cell.pieces):
            result.extend(_homework(row, pieces, self.texts) for pieces in _works(cell.pieces))
        elif is_text(cell.text) and not self._names_class(cell):
            self._add(last, "body" if len(cell.text) > _LONG else "discuss", cell.pieces)

    def _due_then(self, row: PlanRow, cell: PlanCell, name: str, of: PartDraft) -> PartDraft:
        """The work that the head of a column names, due on the day of the cell: «Report due | 17 Feb»."""
        own = row.cells[self.counting].text if self.counting is not None else ""
        number = number_of(own) if own else of.number
        draft = PartDraft("assignment", number, week=row.week, name="homework", opened=cell.pieces[0])
        draft.due, draft.points = " ".join(cell.text.split()), row.amounts.get("points")
        draft.add("body", Piece(name, []))
        draft.marks.extend((piece, "due") for piece in cell.pieces)
        return draft

    def _names_class(self, cell: PlanCell) -> bool:
        """Whether a line of a cell begins with the name of a class, so that it was read as one."""
        return any(session_mark(self.source, piece.text) for piece in cell.pieces)

    def _names_work(self, cell: PlanCell) -> bool:
        """Whether each line of a cell begins with the name of work outside class, with its number or without."""
        marks = [session_mark(self.source, piece.text) for piece in cell.pieces]
        return all(mark is not None and mark.group == "label" for mark in marks)

    @staticmethod
    def _add(draft: PartDraft, kind: str, pieces: Sequence[Piece]) -> None:
        name = {"discuss": "topics", "task": "tasks", "outcome": "outcomes"}.get(kind, kind)
        draft.fields.setdefault(name, []).extend(pieces)


def _handed_in(columns: Columns, at: int) -> str:
    """The work that the head of a column says to be due, «Report due»; nothing where it says by when alone."""
    text = " ".join(columns.heads[at]) if columns.kinds.get(at) == "due" else ""
    return text[: works.handed_in(text)]


_SHORTENED = languages.expression(r"[@A@]{2,3}[.:]\s+(?=[@A@])")


def kind_led(piece: Piece) -> tuple[str, int] | None:
    """The kind of class that a word in bold type, or an abbreviation, before a title names, and where the title begins:
    «**Talk** Why merged cells lie», «ПЗ. Оценка круп»."""
    shortened = _SHORTENED.match(piece.text) if piece.object is None else None
    at = shortened.end() if shortened else lead(piece) if piece.object is None else 0
    kind = words().kind(piece.text[:at]) if 0 < at <= _LONGEST_KIND else None
    kind = "lecture" if kind == "meeting" else kind
    return (kind, at) if kind in SESSIONS else None


def _goes_on(piece: Piece) -> bool:
    """Whether a line of a cell may go on with the title above it."""
    return piece.text[:1].islower() and list_label(piece) is None


_LISTED = 3
_LONGEST_POINT = 45


def counted_titles(columns: Columns, rows: Sequence[Sequence[PlanCell]]) -> dict[str, int]:
    """Titles of the topics' column that plain numbers count from 1 on, and where they begin."""
    at = columns.at("topic")
    texts = [row[at].pieces[0].text for row in rows if row[at].pieces] if at is not None else []
    found = [_PLAIN_COUNT.match(text) for text in texts]
    counts = [int(one["n"]) for one in found if one is not None]
    if len(counts) < len(texts) or len(counts) < _SEVERAL_TITLES or counts != list(range(1, len(counts) + 1)):
        return {}
    return {text: one.end() for text, one in zip(texts, found, strict=True) if one is not None}


_PLAIN_COUNT = re.compile(r"(?P<n>\d{1,2})[.)]\s+(?=[^\W\d])")
_SEVERAL_TITLES = 2


def _lists_below(cell: PlanCell) -> bool:
    """Whether three lines or more that begin small stand below the first line of a cell, none longer than a point: a
    title that long would not be parted into so many."""
    first, *below = cell.pieces or [Piece("", [])]
    short = all(_goes_on(piece) and len(piece.text) <= _LONGEST_POINT for piece in below)
    return len(below) >= _LISTED and short and first.text[:1].isupper()


def _hours_beside(columns: Columns) -> dict[str, int]:
    """Kind of class → the column of hours that follows its own, where several columns hold hours."""
    found: dict[str, int] = {}
    kind = ""
    for at, name in sorted(columns.kinds.items()):
        if name == "hours" and kind:
            found.setdefault(kind, at)
            kind = ""
        elif name != "hours":
            kind = "lecture" if name == "topic" else name if name in SESSIONS else ""
    return found if len(found) > 1 else {}


def _works(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of work that a cell sets: a line each, unless it goes on with the one before it."""
    result: list[list[Piece]] = []
    for piece in pieces:
        if result and piece.text[:1].islower():
            result[-1].append(piece)
        else:
            result.append([piece])
    return result


def _homework(row: PlanRow, pieces: list[Piece], texts: SourceTexts) -> PartDraft:
    """Work that a row sets; «Map homework 2: draw the delta» gives its title and number before its text."""
    work = PartDraft("assignment", None, week=row.week, name="homework", opened=pieces[0])
    work.due_week = row.week if row.numbered else None
    first, *more = pieces
    named = works.named(first.text) if first.parts else None
    if not more and (alone := works.bare(first.text)) is not None:
        work.number = None if alone[0].letter else alone[0].number
        work.due_week = None if alone[1] else work.due_week
    elif named is not None and named.number is not None and named.end < len(first.text):
        head, first = texts.cut(first, named.end)
        title, count = texts.cut(head, len(_LAST_WORD.sub("", head.text)) if named.start else 0)
        work.title = [title] if named.start else []
        work.number = None if named.letter else named.number
        work.marks.append((count, "task number"))
    work.fields["body"] = [first, *more]
    return work


def _marked_class(result: Sequence[PartDraft]) -> PartDraft | None:
    """The one class of a row that points can be earned in: not its lecture."""
    others = [draft for draft in result if draft.kind != "lecture"]
    return others[0] if len(others) == 1 else None
