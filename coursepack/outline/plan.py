"""The tables of a plan: weeks with their classes and tasks, lists of independent work, hours by kind.

What a column holds is told by its head (``[plan]`` in the markers), what a cell holds by the words it begins with
(«1-дәріс.», «СЗ 2.», «МӨОЖ №1»).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from coursepack import languages
from coursepack.model.blocks import Table, block_text
from coursepack.model.course import Hours, Interim
from coursepack.model.document import Grid
from coursepack.outline.blocks import list_mark
from coursepack.outline.drafts import SESSIONS, Draft
from coursepack.outline.found import Source
from coursepack.outline.marks import Mark, fold
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import flatten
from coursepack.outline.tree.words import words

_NUMBER = languages.expression(
    r"(?:@week@\s*(?:№\s*)?)?(\d{1,2})(?:\s*[-–,]\s*\d{1,2})?\s*(?:[.)-]\s*)?(?:@week@|@ordinal-plain@)?(?!\w)",
    re.IGNORECASE,
)
_AMOUNT = languages.expression(r"(\d+(?:[.,]\d+)?)\s*(?:(?:@hours@|@hours-short@)\.?)?")
_HOURS = languages.expression(r"(?<!\d)(\d+(?:[.,]\d+)?)\s*(?:@hours@|@hours-short@\b)", re.IGNORECASE)
_POINTS = languages.expression(r"(?<!\d)(\d+(?:[.,]\d+)?)\s*@points@", re.IGNORECASE)
_WEEK = languages.expression(
    r"(\d{1,2})\s*(?:[-–]\s*)?(?:@ordinal-plain@\s*)?@week-stem@|@week@\s*(?:№\s*)?(\d{1,2})", re.IGNORECASE
)
_TOPIC = languages.expression(
    r"@topic@\s*(?:№\s*)?\d{1,2}\s*(?:[.:)–-]\s*)?(?!\d)|\d{1,2}\s*(?:[-–]\s*)?@topic-after@\s*[.:]\s*", re.IGNORECASE
)
_DAY = re.compile(
    r"(?:[^\W\d_]{2,9}\.?,?\s+)?\d{1,2}\s*[./]\s*\d{1,2}(?:[./]\d{2,4})?|(?:[^\W\d_]{2,9}\.?,?\s+)?\d{1,2}\s+[^\W\d_]{3,9}"
    r"|[^\W\d_]{3,9}\.?\s+\d{1,2}(?:\s*[-–]\s*(?:[^\W\d_]{3,9}\.?\s+)?\d{1,2})?(?!\w)|\d{4}-\d\d-\d\d"
)
# Columns that say something of the row's classes.
_BESIDE = frozenset({
    "week", "hours", "points", "due", "form", "total", "kind", "discuss", "task", "literature", "date", "number",
})  # fmt: skip
_SPANNED = 20_000  # cells of one table that are nothing but spans
_NUMBER_ALONE = re.compile(r"\d{1,3}")
_EMPTY = frozenset({"", "-", "–", "—", "0"})


@dataclass
class Cell:
    """A cell of a table where it stands: its pieces, empty when a span covers it; ``down`` how many rows it spans."""

    pieces: list[Piece] = field(default_factory=list)
    text: str = ""
    down: int = 1
    across: int = 1


@dataclass
class Head:
    """The head of a plan, for the table that goes on with it on the next page: kinds by column, the last week."""

    kinds: dict[int, str] = field(default_factory=dict)
    width: int = 0
    week: int | None = None


@dataclass
class Planned:
    """What a table of a plan says."""

    drafts: list[Draft] = field(default_factory=list)
    interim: list[Interim] = field(default_factory=list)
    hours: Hours | None = None
    head: Head | None = None


@dataclass
class Context:
    """What stands over a table: ``kind`` of its classes, ``work`` when it lists tasks, ``label`` as printed there."""

    kind: str = "lecture"
    work: bool = False
    label: str | None = None
    supervised: bool = False


def matrix(source: Source, piece: Piece) -> list[list[Cell]]:
    """The cells of a table in rows and columns, spans filled with empty cells."""
    if not isinstance(piece.object, Grid):
        return _line_matrix(piece)
    taken: dict[tuple[int, int], Cell] = {}
    width = 0
    room = _SPANNED  # what is made of spans grows with the table, not with the numbers that it declares
    for at, row in enumerate(piece.object.rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            pieces = flatten(Grid(rows=((cell,),), number=piece.object.number), source.stream.texts)
            made = Cell(
                pieces,
                " ".join(p.text for p in pieces).strip(),
                max(1, min(cell.rowspan, 200)),
                max(1, min(cell.colspan, 60)),
            )
            room -= made.down * made.across - 1
            if room < 0:
                made.down = made.across = 1
            for down in range(made.down):
                for across in range(made.across):
                    taken.setdefault((at + down, column + across), made if not down and not across else Cell())
            column += made.across
            width = max(width, column)
    ends = [width] * len(piece.object.rows)
    if width * len(ends) > _SPANNED + len(taken):  # one wide row among many: the others end with their last cell
        ends = [0] * len(ends)
        for at, column in taken:
            if at < len(ends):
                ends[at] = max(ends[at], column + 1)
    return [[taken.get((at, column), Cell()) for column in range(end)] for at, end in enumerate(ends)]


def _line_matrix(piece: Piece) -> list[list[Cell]]:
    """A table of wrapped text: its cells have texts, but no letters of their own to claim."""
    if not isinstance(piece.object, Table):
        return []
    return [
        [Cell([Piece(text, [])] if (text := block_text(cell.blocks).strip()) else [], text) for cell in row.cells]
        for row in piece.object.rows
    ]


def head_below(source: Source, rows: list[list[Cell]]) -> Head | None:
    """The last row of a table as the head of the table that follows it."""
    last = [cell.text for cell in rows[-1] if cell.text] if rows else []
    kinds = {at: kind for at, text in enumerate(last) if len(text) < 40 and (kind := source.marks.column(text))}
    return (
        Head(kinds, len(last)) if len(last) > 1 and len(set(kinds.values())) > 1 and "week" in kinds.values() else None
    )


def read_plan(source: Source, rows: list[list[Cell]], context: Context, before: Head | None = None) -> Planned | None:
    """What a table says when it is a plan, a list of work or hours by kind; None when it is none of these.

    ``before`` is the head of the plan just above: a table of as many columns without a head goes on with it.
    """
    width = len(rows[0]) if rows else 0
    rows = [[*row, *[Cell()] * (width - len(row))][:width] for row in rows]
    heads, start = _heads(source, rows)
    week = None
    if start == 0 and not heads and before is not None and before.width == width:
        heads, week = dict(before.kinds), before.week
    kinds = set(heads.values())
    hours = _hours_by_kind(rows[start:], heads)
    if hours is not None:
        return Planned(hours=hours)
    if _lists_work(rows[start:], heads, context):
        return Planned(drafts=_work(source, rows[start:], heads, context))
    marked = sum(bool(session_mark(source, cell.text)) for row in rows for cell in row if cell.text)
    if "week" not in kinds:
        heads = _numbered_weeks(rows[start:], heads)
        kinds = set(heads.values())
    dated = "week" not in kinds and "date" in kinds and kinds & {"topic", *SESSIONS} and len(rows) - start > 2
    if dated:
        planned = _weeks(source, rows[start:], heads, context, None, counted=True)
        planned.head = Head(heads, width, None)
        return planned
    if not ((_has_weeks(rows[start:], heads) and kinds & {"topic", *SESSIONS}) or marked >= 3):
        return None
    planned = _weeks(source, rows[start:], heads, context, week)
    _hours_of_heads(planned, rows[:start], heads)
    last = next((found for row in reversed(rows[start:]) if (found := _week_of(row, heads)) is not None), week)
    planned.head = Head(heads, width, last)
    return planned


# --- heads --------------------------------------------------------------------------------------------------------


def _heads(source: Source, rows: list[list[Cell]]) -> tuple[dict[int, str], int]:
    """What each column holds, by its head; and the first row below the head."""
    start = min(max((cell.down for cell in rows[0] if cell.text), default=1), 3) if rows else 0
    begins = next((cell.text for cell in rows[0] if cell.text), "") if rows else ""
    start = start if start > 1 and len(rows) > start and not _NUMBER.fullmatch(begins) else 0
    while start < min(len(rows), 4):
        first = next((cell.text for cell in rows[start] if cell.text), "")
        amounts = sum(bool(_AMOUNT.fullmatch(cell.text)) for cell in rows[start] if cell.text)
        full = sum(bool(cell.text) for cell in rows[start])
        if _NUMBER.fullmatch(first) or any(session_mark(source, cell.text) for cell in rows[start] if cell.text):
            break
        if full == 1 and start and any(m.group == "numbered" for m in source.marks.find(first)):
            break
        if full > 2 and amounts * 2 > full:
            break
        start += 1
    if start == min(len(rows), 4) and start < len(rows):
        start = 1
    heads: dict[int, str] = {}
    for column in range(len(rows[0]) if rows else 0):
        text = " ".join(row[column].text for row in rows[:start] if row[column].text)
        kind = source.marks.column(text) or _hinted(text)
        if kind in SESSIONS and _all_amounts(rows[start:], column) and _POINTS_HEAD.search(fold(text)):
            kind = "points"
        if kind:
            heads[column] = kind
    return _by_content(rows[start:], heads) if heads else heads, start


def _all_amounts(rows: list[list[Cell]], column: int) -> bool:
    return all(_amount(row[column].text) is not None for row in rows if row[column].text not in _EMPTY)


_POINTS_HEAD = re.compile(languages.pattern("points"), re.IGNORECASE)


# What the words of a heading say of a column.
_HINTS = {
    "outline": "discuss",
    "review": "discuss",
    "tasks": "task",
    "homework": "due",
    "assignments": "due",
    "literature": "literature",
    "basic": "literature",
    "additional": "literature",
}


def _hinted(text: str) -> str | None:
    ranked = sorted(words().labels(text).items(), key=lambda pair: -pair[1])
    return next((_HINTS[name] for name, value in ranked if value >= 5 and name in _HINTS), None)


def _by_content(rows: list[list[Cell]], heads: dict[int, str]) -> dict[int, str]:
    """Columns that their heads do not tell, by what they hold: days, and of the others the fullest is the topic's."""
    found = dict(heads)
    texts = {
        at: [row[at].text for row in rows if row[at].text not in _EMPTY] for at in range(len(rows[0]) if rows else 0)
    }
    for at, cells in texts.items():
        dated = sum(bool(_DAY.match(text)) and not _WEEK.search(text) for text in cells)
        if cells and dated * 10 >= len(cells) * 7 and found.get(at) in {None, "due", "week"}:
            found[at] = "date"
    for at, cells in texts.items():
        numbers = [int(text) for text in cells if _NUMBER_ALONE.fullmatch(text)]
        rising = len(numbers) == len(cells) > 1 and all(b - a == 1 for a, b in pairwise(numbers))
        if rising and found.get(at) is None and "week" in found.values():
            found[at] = "number"
    free = [at for at, cells in texts.items() if at not in found and cells and sum(map(len, cells)) > 12 * len(cells)]
    if free and not set(found.values()) & {"topic", *SESSIONS} and set(found.values()) & {"week", "date"}:
        found[max(free, key=lambda at: sum(map(len, texts[at])))] = "topic"
    return found


def _hours_of_heads(planned: Planned, top: list[list[Cell]], heads: Mapping[int, str]) -> None:
    """«Дәріс (2 сағ.)»: the hours of each class of that kind."""
    for column, kind in heads.items():
        found = _HOURS.search(" ".join(row[column].text for row in top))
        for draft in planned.drafts:
            if found and draft.kind == kind and draft.hours is None:
                draft.hours = float(found[1].replace(",", "."))


def _numbered_weeks(rows: list[list[Cell]], heads: dict[int, str]) -> dict[int, str]:
    """Rows that count from 1 beside their topics: the count is the week's."""
    numbers = [bool(_NUMBER.fullmatch(row[0].text)) for row in rows if row and row[0].text]
    if numbers and sum(numbers) * 2 > len(numbers) and set(heads.values()) & {"topic", *SESSIONS}:
        return {**heads, 0: "week"}
    return heads


def _has_weeks(rows: list[list[Cell]], heads: Mapping[int, str]) -> bool:
    """Whether the column of weeks holds numbers, not something else under a head that names weeks."""
    texts = [row[column].text for column, kind in heads.items() if kind == "week" for row in rows if row[column].text]
    numbers = sum(bool(_NUMBER.match(text)) and len(text) < 40 for text in texts)
    return numbers > 0 and numbers * 2 > len(texts)


def session_mark(source: Source, text: str) -> Mark | None:
    """The class or numbered task that a cell's text names itself."""
    found = source.marks.short(text)
    if found:
        return found
    return next(
        (
            mark
            for mark in source.marks.find(text)
            if (mark.group == "numbered" and mark.kind in SESSIONS) or (mark.group == "label" and mark.number)
        ),
        None,
    )


def _amount(text: str) -> float | None:
    """The hours or points of a cell: «2», «2 час», «2час 1,42балл»; None for a text."""
    found = _AMOUNT.fullmatch(text) or (_HOURS.match(text) if len(text) < 30 else None)
    return float(found[1].replace(",", ".")) if found else None


# --- hours by kind ------------------------------------------------------------------------------------------------


def _hours_by_kind(rows: list[list[Cell]], heads: Mapping[int, str]) -> Hours | None:
    kinds = {column: kind.split()[0] for column, kind in heads.items()}
    wanted = {"total", "independent", "supervised", *SESSIONS}
    named = {column: kind for column, kind in kinds.items() if kind in wanted}
    full = [row for row in rows if any(cell.text for cell in row)]
    if len(set(named.values())) < 3 or "week" in kinds.values() or "topic" in kinds.values() or len(full) != 1:
        return None
    said: dict[str, float] = {}
    for column, kind in named.items():
        amount = _amount(full[0][column].text)
        if amount is not None:
            said.setdefault(kind, amount)
    return Hours(**said) if len(said) >= 2 else None


# --- lists of work ------------------------------------------------------------------------------------------------


def _lists_work(rows: list[list[Cell]], heads: Mapping[int, str], context: Context) -> bool:
    kinds = set(heads.values())
    labels = [column for column, kind in heads.items() if kind.startswith(("independent", "supervised"))]
    said = any(_amount(row[c].text) is None and row[c].text not in _EMPTY for c in labels for row in rows)
    if kinds & set(SESSIONS) or (not kinds & {"topic", "task"} and not said):
        return False
    return context.work or (said and bool(kinds & {"due", "form"})) or ("task" in kinds and "due" in kinds)


def _work(source: Source, rows: list[list[Cell]], heads: Mapping[int, str], context: Context) -> list[Draft]:
    """A task a row."""
    made: list[Draft] = []
    label = next((kind for kind in heads.values() if kind.startswith(("independent", "supervised"))), "")
    kind, _, printed = label.partition(" ")
    supervised = kind == "supervised" if printed else context.supervised
    for row in rows:
        own = next((mark for cell in row if (mark := session_mark(source, cell.text)) and mark.group == "label"), None)
        body = [
            piece
            for column, cell in enumerate(row)
            if heads.get(column, "").split(" ")[0] in {"topic", "task", "independent", "supervised"}
            and _amount(cell.text) is None
            and not (own and own.whole and session_mark(source, cell.text) == own)
            for piece in cell.pieces
        ]
        first = next((cell.text for cell in row if cell.text), "")
        number = _NUMBER.fullmatch(row[0].text.rstrip(".)"))
        if not body or (not number and not own and len([c for c in row if c.text]) < 2) or _total(first):
            continue
        draft = Draft("assignment", int(number[1]) if number else len(made) + 1, label=printed or context.label)
        draft.supervised = supervised
        if own is not None:
            draft.number, draft.label, draft.supervised = own.number, own.label, own.kind == "supervised"
        draft.opened = body[0]
        draft.fields["body"] = body
        for column, name in heads.items():
            _fill(draft, name, row[column].text)
        made.append(draft)
    return made


def _total(text: str) -> bool:
    return fold(text).startswith(languages.words("total"))


def _fill(draft: Draft, name: str, text: str) -> None:
    """Hours, points, form and the week by which a task is due, from the row's other columns."""
    if text in _EMPTY:
        return
    match name:
        case "hours":
            draft.hours = _amount(text)
        case "points":
            draft.points = _amount(text)
        case "form":
            draft.form = text
        case "due" | "week":
            week = _WEEK.search(text) or _NUMBER.fullmatch(text)
            if week:
                draft.due_week = draft.week = int(next(group for group in week.groups() if group))


# --- weeks --------------------------------------------------------------------------------------------------------


def _weeks(
    source: Source,
    rows: list[list[Cell]],
    heads: dict[int, str],
    context: Context,
    week: int | None,
    *,
    counted: bool = False,
) -> Planned:
    """A row a week; ``counted``: nothing but days tells the rows apart, so that they are counted."""
    made = Planned()
    unit: list[Piece] = []
    amounts_in = {
        column: any(_amount(row[column].text) for row in rows) for column, kind in heads.items() if kind in SESSIONS
    }
    for nth, row in enumerate(rows, 1):
        said = nth if counted else _week_of(row, heads)
        week = said if said is not None else week
        full = [cell for cell in row if cell.text]
        control = next((cell.text for cell in full if source.marks.is_interim(cell.text)), None)
        if control and not any(session_mark(source, cell.text) for cell in full):
            amounts = [amount for cell in full if (amount := _amount(cell.text)) and cell.text != str(week)]
            if week is not None:
                made.interim.append(Interim(after_week=week, name=control, points=amounts[-1] if amounts else None))
            continue
        if any(_skipped(source, cell.text) for cell in full):
            continue
        if len(full) == 1 and any(m.kind == "unit" and m.group == "numbered" for m in source.marks.find(full[0].text)):
            unit = full[0].pieces
            continue
        drafts = _row(source, row, heads, week, amounts_in, context)
        for draft in drafts:
            if counted and draft.number == nth and draft.kind in SESSIONS:
                draft.number = None
            own = next((row[c].text for c, kind in heads.items() if kind == "number"), "")
            if own.isdigit() and draft.kind in SESSIONS and draft.number == week:
                draft.number = int(own)
            if draft.kind == "lecture":
                draft.unit = unit
        made.drafts.extend(drafts)
    return made


def _week_of(row: list[Cell], heads: Mapping[int, str]) -> int | None:
    for column, kind in heads.items():
        if kind == "week" and row[column].text and (found := _NUMBER.match(row[column].text)):
            return int(found[1])
    return None


def _skipped(source: Source, text: str) -> bool:
    folded = fold(text)
    return len(text) < 80 and folded.startswith(source.marks.skipped) and not session_mark(source, text)


def _row(
    source: Source,
    row: list[Cell],
    heads: Mapping[int, str],
    week: int | None,
    counted: Mapping[int, bool],
    context: Context,
) -> list[Draft]:
    named = next((row[c].text for c, kind in heads.items() if kind == "kind" and row[c].text), "")
    if source.marks.column(named) in SESSIONS:
        context = replace(context, kind=source.marks.column(named) or context.kind)
    amounts = {kind: amount for column, kind in heads.items() if (amount := _amount(row[column].text)) is not None}
    made: list[Draft] = []
    for column, cell in enumerate(row):
        kind = heads.get(column, "")
        if cell.text in _EMPTY or kind in _BESIDE:
            continue
        if any(session_mark(source, piece.text) for piece in cell.pieces):
            made.extend(_marked(source, cell, week))
        elif _amount(cell.text) is not None or week is None:
            continue
        elif kind == "topic":
            made.extend(_topic(source, cell, heads, week, counted, amounts, context))
        elif kind in SESSIONS:
            made.append(_draft(source, kind, week, cell))
        elif kind.startswith(("independent", "supervised")):
            made.append(_task(kind, week, cell))
    _amounts(made, amounts, row, heads)
    _beside(made, row, heads, week)
    return made


def _beside(made: list[Draft], row: list[Cell], heads: Mapping[int, str], week: int | None) -> None:
    """What further columns of a row say of its classes: points to discuss, tasks, literature, work that is due."""
    classes = [draft for draft in made if draft.kind in SESSIONS]
    for column, cell in enumerate(row):
        kind = heads.get(column, "")
        if cell.text in _EMPTY or _amount(cell.text) is not None or not cell.pieces:
            continue
        if kind == "discuss" and classes:
            classes[-1].fields["outline" if classes[-1].kind == "lecture" else "topics"] = cell.pieces
        elif kind == "literature" and classes:
            classes[0].fields["literature"] = cell.pieces
        elif kind == "task" and classes:
            classes[-1].fields["tasks"] = cell.pieces
        elif kind == "due" and not (_WEEK.search(cell.text) or _NUMBER.fullmatch(cell.text) or _DAY.match(cell.text)):
            work = Draft("assignment", None, week=week, name="homework", opened=cell.pieces[0])
            work.due_week = week
            work.fields["body"] = list(cell.pieces)
            made.append(work)
        elif not kind and classes and len(cell.text) > 2 and not _DAY.match(cell.text):
            classes[-1].fields.setdefault("body", []).extend(cell.pieces)


def _topic(
    source: Source,
    cell: Cell,
    heads: Mapping[int, str],
    week: int,
    counted: Mapping[int, bool],
    amounts: Mapping[str, float],
    context: Context,
) -> list[Draft]:
    """The classes that a row gives its topic: those with hours in a column of their kind, else one."""
    columns = {heads[column] for column, said in counted.items() if said}
    if not columns:
        named = any(kind in SESSIONS for kind in heads.values()) and "lecture" in heads.values()
        return [] if named else [_draft(source, context.kind, week, cell)]
    kinds = [kind for kind in SESSIONS if kind in columns and amounts.get(kind)]
    if not kinds and "lecture" not in columns:
        kinds = ["lecture"]
    made: list[Draft] = []
    for nth, kind in enumerate(kinds):
        if nth == 0:
            made.append(_draft(source, kind, week, cell))
        else:  # the topic again, whose letters are the first one's
            made.append(Draft(kind, week, week=week, week_said=True, name=" ".join(p.text for p in made[0].title)))
    return made


def _draft(source: Source, kind: str, week: int, cell: Cell) -> Draft:
    """A class with its title, and the points under it when the cell has some."""
    first, *more = cell.pieces
    draft = Draft(kind, week, week=week, week_said=True, opened=first)
    mark = _TOPIC.match(first.text)
    if mark and mark.end() < len(first.text) and first.parts:
        head, first = source.stream.texts.cut(first, mark.end())
        draft.marks.append((head, "topic number"))
    draft.title = [first]
    if more and (first.bold or first.text.endswith((".", ":")) or list_mark(more[0])):
        draft.fields["outline" if kind == "lecture" else "topics"] = more
    else:
        draft.title.extend(more)
    return draft


def _task(kind: str, week: int, cell: Cell) -> Draft:
    name, _, label = kind.partition(" ")
    draft = Draft("assignment", None, week=week, label=label or None, supervised=name == "supervised")
    draft.fields["body"] = list(cell.pieces)
    draft.opened = cell.pieces[0]
    return draft


def _amounts(made: Sequence[Draft], amounts: Mapping[str, float], row: list[Cell], heads: Mapping[int, str]) -> None:
    """Hours and points of a row: those of its kind's column, else those of the row when it holds one part only."""
    for draft in made:
        own = amounts.get(draft.kind)
        if draft.hours is None:
            draft.hours = own if own is not None else amounts.get("hours") if len(made) == 1 else None
        column = next((c for c, kind in heads.items() if kind == draft.kind), None)
        points = _POINTS.search(row[column].text) if column is not None else None
        if points:
            draft.points = float(points[1].replace(",", "."))
        elif draft.points is None and (len(made) == 1 or draft is _marked_class(made)):
            draft.points = amounts.get("points")


def _marked_class(made: Sequence[Draft]) -> Draft | None:
    """The one class of a row that points can be earned in: not its lecture."""
    others = [draft for draft in made if draft.kind != "lecture"]
    return others[0] if len(others) == 1 else None


def _marked(source: Source, cell: Cell, week: int | None) -> list[Draft]:
    """«1-дәріс. …», «1-семинар …», «МӨОЖ №1 …»: paragraphs of a cell that say what they are."""
    made: list[Draft] = []
    for piece in cell.pieces:
        mark = session_mark(source, piece.text)
        if mark is None:
            if made and made[-1].kind in SESSIONS and not made[-1].title:
                made[-1].title = [piece]
            elif made:
                made[-1].add("body", piece)
            continue
        head, rest = source.stream.texts.cut(piece, mark.end) if piece.parts else (Piece("", []), Piece(mark.rest, []))
        if mark.group == "label":
            draft = Draft("assignment", mark.number, label=mark.label, supervised=mark.kind == "supervised", week=week)
            if rest.text:
                draft.add("body", rest)
        else:
            draft = Draft(mark.kind, mark.number, week=week, week_said=week is not None)
            draft.title = [rest] if rest.text else []
            draft.hours = mark.hours
        draft.opened = piece
        draft.marks.append((head, "number"))
        made.append(draft)
    return made
