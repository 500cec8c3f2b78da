"""Tables that list work outside class, a task a row, and tables of hours by kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from coursepack.model.course import Hours
from coursepack.outline.blocks import list_label
from coursepack.outline.drafts import PartDraft
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.plans.cells import PlanCell
from coursepack.outline.plans.classes import PlanContext
from coursepack.outline.plans.forms import NUMBER, SESSIONS, WEEK, amount, is_day, is_empty, is_total, session_mark
from coursepack.outline.tree.words import unnamed_work

_LONGEST_TITLE = 80
_SHARE = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")


def hours_by_kind(rows: list[list[PlanCell]], heads: Mapping[int, str]) -> Hours | None:
    kinds = {column: kind.split()[0] for column, kind in heads.items()}
    wanted = {"total", "independent", "supervised", *SESSIONS}
    named = {column: kind for column, kind in kinds.items() if kind in wanted}
    full = [row for row in rows if any(cell.text for cell in row)]
    if len(set(named.values())) < 3 or "week" in kinds.values() or "topic" in kinds.values() or len(full) != 1:
        return None
    hours: dict[str, float] = {}
    for column, kind in named.items():
        said_here = amount(full[0][column].text)
        if said_here is not None:
            hours.setdefault(kind, said_here)
    return Hours(**hours) if len(hours) >= 2 else None


_OF_PLAN = frozenset({"week", "date", "topic", "task", *SESSIONS})
"""Columns beside which work is what a class gives to do at home."""


def of_work(heads: Mapping[int, str], context: PlanContext, rows: Sequence[Sequence[PlanCell]]) -> Mapping[int, str]:
    """The columns of a list of work, whose names stand where a plan has homework: «No. | Assignment | Due | Points»,
    and whose days are those by which it is due: «Task | What | Weighting | When»."""
    kinds = set(heads.values())
    if "date" in kinds and not kinds & {"due", "week", *SESSIONS} and _makes_mark(rows):
        heads = {at: "due" if kind == "date" else kind for at, kind in heads.items()}
    codes = [at for at, kind in heads.items() if kind == "task" and _are_codes([row[at].text for row in rows])]
    if codes and "topic" in kinds:  # «AT1 | Online quiz»
        heads = {at: "code" if at in codes else kind for at, kind in heads.items()}
        kinds = set(heads.values())
    if "homework" not in kinds or kinds & _OF_PLAN or not (context.work or "due" in kinds):
        return heads
    return {at: "task" if kind == "homework" else kind for at, kind in heads.items()}


def lists_work(rows: list[list[PlanCell]], heads: Mapping[int, str], context: PlanContext) -> bool:
    kinds = set(heads.values())
    labels = [column for column, kind in heads.items() if kind.startswith(("independent", "supervised"))]
    worded = any(amount(row[c].text) is None and not is_empty(row[c].text) for c in labels for row in rows)
    if _says_hours(rows, heads) and not kinds & set(SESSIONS):
        return True
    if "due" in kinds and not kinds & set(SESSIONS) and _named_column(rows, heads) is not None and _has_shares(rows):
        return True
    if kinds & set(SESSIONS) or (not kinds & {"topic", "task"} and not worded):
        return False
    return context.work or (worded and bool(kinds & {"due", "form"})) or ("task" in kinds and "due" in kinds)


def _says_hours(rows: Sequence[Sequence[PlanCell]], heads: Mapping[int, str]) -> bool:
    """Whether days stand in one column and by when work is due on them in another: «Fri Oct 24 | due by 5pm»."""
    day, due = (next((at for at, kind in heads.items() if kind == name), None) for name in ("date", "due"))
    if day is None or due is None or _named_column(rows, heads) is None:
        return False
    filled = [row for row in rows if row[day].text or row[due].text]
    hours = sum(is_day(row[day].text) and _HOUR.search(row[due].text) is not None for row in filled)
    return len(filled) > 1 and hours * 5 >= len(filled) * 4


def gives_points(rows: Sequence[Sequence[PlanCell]], heads: Mapping[int, str]) -> bool:
    """Whether each row names a day and points, a hundred in all, beside a name: «Draft | 17.09.2025 | 10»."""
    day = next((at for at, kind in heads.items() if kind in {"date", "due"}), None)
    points = next((at for at, kind in heads.items() if kind == "points"), None)
    others = {*heads.values()} & {*SESSIONS, "week", "number"}
    if day is None or points is None or others or _named_column(rows, heads) is None:
        return False
    values = [amount(row[points].text) or 0 for row in rows]
    return len(rows) > 1 and all(is_day(row[day].text) for row in rows) and sum(values) == _HUNDRED


_HUNDRED = 100
_HOUR = re.compile(r"\d{1,2}(?:[:.]\d\d)?\s*[ap]\.?m\b|\d{1,2}[:.]\d\d", re.IGNORECASE)


def _has_shares(rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether a column holds nothing but shares of the mark."""
    columns = ([row[at].text for row in rows if row[at].text] for at in range(1, min(map(len, rows), default=0)))
    return any(len(texts) > 1 and all(map(_SHARE.fullmatch, texts)) for texts in columns)


def _makes_mark(rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether a column holds shares that make the whole mark."""
    columns = ([row[at].text for row in rows] for at in range(1, min(map(len, rows), default=0)))
    shares = ([float(text.rstrip(" %").replace(",", ".")) for text in texts] for texts in columns if _are_shares(texts))
    return any(len(values) > 1 and sum(values) == _HUNDRED for values in shares)


def _are_codes(texts: Sequence[str]) -> bool:
    """Whether letters count works that have a title beside: «AT1», «CW 2»."""
    return len(texts) > 1 and all(map(_CODE_OF_WORK.fullmatch, texts))


_CODE_OF_WORK = re.compile(r"[^\W\d_]{1,4}[ .-]?\d{1,2}")


def _are_shares(texts: Sequence[str]) -> bool:
    return all(map(_SHARE.fullmatch, texts))


def _named_column(rows: Sequence[Sequence[PlanCell]], heads: Mapping[int, str]) -> int | None:
    """The first column that names the work, where no head says which one does."""
    if {"topic", "task"} & {*heads.values()}:
        return next(at for at, kind in sorted(heads.items()) if kind in {"topic", "task"})
    free = (at for at in range(len(rows[0]) if rows else 0) if at not in heads)
    return next((at for at in free if all(amount(row[at].text) is None and row[at].text for row in rows)), None)


def work(
    source: OutlineSource,
    rows: list[list[PlanCell]],
    heads: Mapping[int, str],
    context: PlanContext,
    names: Mapping[int, Sequence[str]],
) -> list[PartDraft]:
    """A task a row. ``names``: the heads of the columns, as they are printed."""
    result: list[PartDraft] = []
    homework = unnamed_work(source.stream.language) == "homework"
    plain = homework and not context.work and not _speaks_of_independent(source)
    label = next((kind for kind in heads.values() if kind.startswith(("independent", "supervised"))), "")
    named = _named_column(rows, heads)
    heads = heads if named is None or named in heads else {**heads, named: "topic"}
    texts = {at: "task" for row in rows for at, cell in enumerate(row) if at not in heads and _is_stated(cell.text)}
    titled = named is not None and "task" not in heads.values()  # what no head calls the task stands below its name
    heads = {**texts, **heads} if plain else heads
    kind, _, printed = label.partition(" ")
    supervised = kind == "supervised" if printed else context.supervised
    for row in rows:
        own = next((mark for cell in row if (mark := session_mark(source, cell.text)) and mark.group == "label"), None)
        body = [
            piece
            for column, cell in enumerate(row)
            if heads.get(column, "").split(" ")[0] in {"topic", "task", "independent", "supervised"}
            and amount(cell.text) is None
            and not (own and own.whole and session_mark(source, cell.text) == own)
            for piece in cell.pieces
        ]
        first = next((cell.text for cell in row if cell.text), "")
        number = NUMBER.fullmatch(row[0].text.rstrip(".)"))
        if not body or (not number and not own and len([c for c in row if c.text]) < 2) or is_total(first):
            continue
        counted = int(number[1]) if number else len(result) + 1 if context.work or label else None
        draft = PartDraft("assignment", None if heads.get(0) == "week" else counted, label=printed or context.label)
        draft.supervised = supervised
        code = next((row[at].text for at, kind in heads.items() if kind == "code"), "")
        draft.number = int(re.findall(r"\d+", code)[-1]) if code else draft.number
        draft.name = "homework" if plain else ""
        if own is not None:
            body = _without_mark(source, draft, body)
            draft.number, draft.label, draft.supervised = own.number, own.label, own.kind == "supervised"
        draft.opened = body[0]
        if named is not None and source.marks.is_exam(row[named].text):
            continue
        values = _named_values(row, heads, names)
        draft.title, draft.fields["body"] = _titled(row, heads, [*body, *values], named if titled else None)
        if own is None and draft.title:
            _without_code(source, draft)
        for column, name in heads.items():
            _fill(draft, name, row[column].text)
        _on_day(draft, row, heads)
        result.append(draft)
    return result


def _named_values(row: Sequence[PlanCell], heads: Mapping[int, str], names: Mapping[int, Sequence[str]]) -> list[Piece]:
    """What columns of no known kind say of the work, each behind its head: «Word limit: 1,500». Shares are those of the
    mark, which has them."""
    return [
        replace(piece, text=f"{' '.join(names[at])}: {piece.text}", content=None)
        for at, cell in enumerate(row)
        if at not in heads and names.get(at) and not is_empty(cell.text) and not _SHARE.fullmatch(cell.text)
        for piece in cell.pieces
        if piece.object is None
    ]


def _on_day(draft: PartDraft, row: Sequence[PlanCell], heads: Mapping[int, str]) -> None:
    """The day of a row before the hour by which its work is due."""
    day = next((row[at].text for at, kind in heads.items() if kind == "date"), "")
    if not is_day(day):
        return
    hour = _HOUR.search(draft.due) if draft.due else None
    if draft.due is None or (hour is not None and not is_day(draft.due)):
        draft.due = f"{day}, {hour[0]}" if hour else day


def _without_mark(source: OutlineSource, draft: PartDraft, body: Sequence[Piece]) -> list[Piece]:
    """The text of a row without the name and number before it: «СРО 1. Report»."""
    first, *more = body
    mark = session_mark(source, first.text)
    if mark is None or mark.group != "label" or mark.whole or not first.parts or mark.end >= len(first.text):
        return [*body]
    name, rest = source.stream.texts.cut(first, mark.end)
    draft.marks.append((name, "task number"))
    return [rest, *more]


def _is_stated(text: str) -> bool:
    """Whether a cell without a head says something of the work: no amount, no share and no numbers of outcomes."""
    return any(map(str.isalpha, text)) and not is_empty(text) and amount(text) is None and not _SHARE.fullmatch(text)


def _speaks_of_independent(source: OutlineSource) -> bool:
    """Whether a document names independent work as departments do, by an abbreviation: «SIW», «СРС»."""
    texts = (piece.text for piece in source.stream.pieces if piece.object is None)
    return any(mark.group == "label" for text in texts for mark in source.marks.find(text))


def _titled(
    row: Sequence[PlanCell], heads: Mapping[int, str], body: list[Piece], named: int | None
) -> tuple[list[Piece], list[Piece]]:
    """A task's title and its text: of two columns, of which ``named`` may hold the title, or of a cell whose first
    line is short and no sentence."""
    if named is not None and (title := row[named].pieces):
        rest = [piece for piece in body if not any(piece is one for one in title)]
        if rest and len(title) == 1 and len(title[0].text) < _LONGEST_TITLE:
            return [*title], rest
    kinds = {heads.get(at) for at, cell in enumerate(row) if cell.pieces}
    topic = next((cell for at, cell in enumerate(row) if heads.get(at) == "topic"), None)
    task = next((cell for at, cell in enumerate(row) if heads.get(at) == "task"), None)
    if topic is not None and task is not None and {"topic", "task"} <= kinds:
        title = min(topic, task, key=lambda cell: len(cell.text)).pieces
        held = [id(piece) for piece in title]
        return title, [piece for piece in body if id(piece) not in held]
    first = body[0]
    if (
        len(body) > 1
        and len(first.text) < _LONGEST_TITLE
        and first.text[-1:] not in ".:;?!"
        and list_label(first) is None
    ):
        return [first], body[1:]
    return [], body


_CODED = re.compile(r"[^\W\d_]{1,3}\s?(?P<n>\d{1,2})[.:)]?\s+(?=\S)")


def _without_code(source: OutlineSource, draft: PartDraft) -> None:
    """A title without the letters and the number that count it: «A2 Waterhole report»."""
    found = _CODED.match(draft.title[0].text)
    if found is None or not draft.title[0].text[:1].isupper() or not draft.title[0].parts:
        return
    code, draft.title[0] = source.stream.texts.cut(draft.title[0], found.end())
    draft.number = int(found["n"])
    draft.marks.append((code, "number"))


def _fill(draft: PartDraft, name: str, text: str) -> None:
    """Hours, points, form and the day or week by which a task is due, from the row's other columns."""
    if is_empty(text):
        return
    match name:
        case "hours":
            draft.hours = amount(text)
        case "points":
            draft.points = amount(text)
        case "form":
            draft.form = text
        case "due" | "week":
            week = WEEK.search(text) or NUMBER.fullmatch(text)
            if week:
                draft.due_week = draft.week = int(next(group for group in week.groups() if group))
            if name == "due" and (week is None or len(week[0]) < len(text.strip(" ."))):
                draft.due = " ".join(text.split())
