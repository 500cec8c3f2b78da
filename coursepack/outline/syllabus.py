"""A syllabus as a source: its passport of labels and values, and the plan by week in tables.

Whole tables are understood here and leave the stream; what is neither passport nor plan goes on to be walked like
any other text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coursepack.course import Table, Teacher, block_text
from coursepack.document import Grid
from coursepack.outline.about import Heard
from coursepack.outline.drafts import ABOUT, SESSIONS, Draft
from coursepack.outline.found import Source
from coursepack.outline.marks import Mark, fold
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import flatten

_NUMBER = re.compile(r"(\d{1,2})(?:\s*[-–,]\s*\d{1,2})?\s*[.)-]?\s*(?:апта|неделя|week|ші|шы|th)?\b", re.IGNORECASE)
_AMOUNT = re.compile(r"\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"(20\d\d)\s*[-–/]\s*(20\d\d|\d\d)(?!\d)")
_ACADEMIC = re.compile(r"оку жыл|учебн\w* год|академич\w* год|academic year|семестр")
_SEMESTER = re.compile(
    r"(?:күзгі|көктемгі|жазғы|осенний|весенний|летний|fall|autumn|spring|summer)(?:\s+(?:семестр|semester|term))?",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?P<label>[^:–—]{2,60}?)\s*[:–—]\s*(?P<value>\S.*)", re.DOTALL)


@dataclass
class _Cell:
    """A cell of a table where it stands: its pieces, empty when a span covers it."""

    pieces: list[Piece] = field(default_factory=list)
    text: str = ""


def understand_syllabus(source: Source, heard: Heard) -> list[Draft]:
    """The sessions and tasks of the plan; the passport is heard; understood pieces leave the stream."""
    drafts: list[Draft] = []
    rest: list[Piece] = []
    for piece in source.stream.pieces:
        if piece.object is None:
            if not _line(source, heard, piece):
                rest.append(piece)
            continue
        rows = _matrix(source, piece)
        planned = _plan(source, rows)
        if planned:
            drafts.extend(planned)
            _claim_rest(source, piece, planned)
        elif rows and isinstance(piece.object, Grid):
            rest.extend(_passport(source, heard, rows))
        else:
            rest.append(piece)
    source.stream.pieces[:] = rest
    return drafts


# --- tables -------------------------------------------------------------------------------------------------------


def _matrix(source: Source, piece: Piece) -> list[list[_Cell]]:
    """The cells of a table in rows and columns, spans filled with empty cells."""
    if not isinstance(piece.object, Grid):
        return _line_matrix(piece)
    taken: dict[tuple[int, int], _Cell] = {}
    width = 0
    for at, row in enumerate(piece.object.rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            pieces = flatten(Grid(rows=((cell,),), number=piece.object.number), source.stream.texts.clean)
            made = _Cell(pieces, " ".join(p.text for p in pieces).strip())
            for down in range(max(1, min(cell.rowspan, 200))):
                for across in range(max(1, min(cell.colspan, 60))):
                    taken.setdefault((at + down, column + across), made if not down and not across else _Cell())
            column += max(1, min(cell.colspan, 60))
            width = max(width, column)
    return [[taken.get((at, column), _Cell()) for column in range(width)] for at in range(len(piece.object.rows))]


def _line_matrix(piece: Piece) -> list[list[_Cell]]:
    """A table of wrapped text: its cells have texts, but no letters of their own to claim."""
    if not isinstance(piece.object, Table):
        return []
    return [
        [_Cell([Piece(text, [])] if (text := block_text(cell.blocks).strip()) else [], text) for cell in row.cells]
        for row in piece.object.rows
    ]


def _claim_rest(source: Source, piece: Piece, drafts: Sequence[Draft]) -> None:
    """What no session takes of a plan's table is a mark: numbers, hours, heads."""
    used = {(part.unit, part.start) for draft in drafts for one in draft.pieces() for part in one.parts}
    marked = {(part.unit, part.start) for draft in drafts for one, _ in draft.marks for part in one.parts}
    taken = {unit for unit, _ in used | marked}
    for part in piece.parts:
        if part.unit not in taken:
            source.stream.texts.claim(Piece("", [part]), "mark", reason="plan table")


# --- the plan -----------------------------------------------------------------------------------------------------


def _plan(source: Source, rows: list[list[_Cell]]) -> list[Draft]:
    """The sessions and tasks of a plan by week; none when the table is no plan."""
    heads, start = _heads(source, rows)
    marked = sum(bool(_session_mark(source, cell.text)) for row in rows for cell in row if cell.text)
    kinds = set(heads.values())
    if not (("week" in kinds and kinds & {"topic", *SESSIONS}) or marked >= 3):
        return []
    drafts: list[Draft] = []
    week: int | None = None
    for row in rows[start:]:
        said = _week_of(row, heads)
        week = said if said is not None else week
        if any(_skipped(source, cell.text) for cell in row if cell.text):
            continue
        drafts.extend(_row(source, row, heads, week))
    return drafts


def _heads(source: Source, rows: list[list[_Cell]]) -> tuple[dict[int, str], int]:
    """What each column holds, by its head; and the first row below the head."""
    start = 0
    while start < min(len(rows), 4):
        first = next((cell.text for cell in rows[start] if cell.text), "")
        if _NUMBER.fullmatch(first) or any(_session_mark(source, cell.text) for cell in rows[start] if cell.text):
            break
        start += 1
    if start == min(len(rows), 4) and start < len(rows):
        start = 1
    heads: dict[int, str] = {}
    for column in range(len(rows[0]) if rows else 0):
        text = " ".join(row[column].text for row in rows[:start] if row[column].text)
        kind = source.marks.column(text)
        if kind:
            heads[column] = kind
    if "week" not in heads.values():
        numbers = [bool(_NUMBER.fullmatch(row[0].text)) for row in rows[start:] if row and row[0].text]
        if numbers and sum(numbers) * 2 > len(numbers) and set(heads.values()) & {"topic", *SESSIONS}:
            heads[0] = "week"
    return heads, start


def _week_of(row: list[_Cell], heads: dict[int, str]) -> int | None:
    for column, kind in heads.items():
        if kind == "week" and row[column].text and (found := _NUMBER.match(row[column].text)):
            return int(found[1])
    return None


def _skipped(source: Source, text: str) -> bool:
    folded = fold(text)
    return len(text) < 80 and folded.startswith(source.marks.skipped) and not _session_mark(source, text)


def _session_mark(source: Source, text: str) -> Mark | None:
    return next(
        (
            mark
            for mark in source.marks.find(text)
            if (mark.group == "numbered" and mark.kind in SESSIONS) or (mark.group == "label" and mark.number)
        ),
        None,
    )


def _row(source: Source, row: list[_Cell], heads: dict[int, str], week: int | None) -> list[Draft]:
    hours = {
        kind: float(found[0].replace(",", "."))
        for column, kind in heads.items()
        if (found := _AMOUNT.fullmatch(row[column].text))
    }
    made: list[Draft] = []
    for column, cell in enumerate(row):
        kind = heads.get(column, "")
        if not cell.text or kind in {"week", "hours", "points"} or _AMOUNT.fullmatch(cell.text) or cell.text in "-–—":
            continue
        marked = [(piece, mark) for piece in cell.pieces if (mark := _session_mark(source, piece.text))]
        if marked:
            made.extend(_marked(source, cell, week, hours.get("hours")))
        elif kind == "topic" and week is not None and not any(d.kind == "lecture" for d in made):
            lectures = [
                c for c, k in heads.items() if k == "lecture" and row[c].text and not _AMOUNT.fullmatch(row[c].text)
            ]
            if not lectures:
                made.append(_draft("lecture", week, cell, hours.get("lecture", hours.get("hours"))))
        elif kind in SESSIONS and week is not None:
            made.append(_draft(kind, week, cell, None))
        elif kind.startswith(("independent", "supervised")) and week is not None:
            name, _, label = kind.partition(" ")
            draft = Draft("assignment", None, week=week, label=label or None, supervised=name == "supervised")
            draft.fields["body"] = list(cell.pieces)
            draft.opened = cell.pieces[0]
            made.append(draft)
    topic = next((row[c] for c, k in heads.items() if k == "topic" and row[c].text), None)
    for kind in ("seminar", "practical", "laboratory"):
        if week is not None and hours.get(kind) and topic is not None and not any(d.kind == kind for d in made):
            # the table gives the topic hours of this kind, and no name of its own
            made.append(Draft(kind, week, week=week, week_said=True, hours=hours[kind], name=topic.text))
    return made


def _draft(kind: str, week: int, cell: _Cell, hours: float | None) -> Draft:
    return Draft(kind, week, title=list(cell.pieces), week=week, week_said=True, hours=hours, opened=cell.pieces[0])


def _marked(source: Source, cell: _Cell, week: int | None, hours: float | None) -> list[Draft]:
    """«1-дәріс. …», «1-семинар …», «МӨОЖ №1 …»: paragraphs of a cell that say what they are."""
    made: list[Draft] = []
    for piece in cell.pieces:
        mark = _session_mark(source, piece.text)
        if mark is None:
            if made:
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
            draft.hours = mark.hours or hours
        draft.opened = piece
        draft.marks.append((head, "number"))
        made.append(draft)
    return made


# --- the passport -------------------------------------------------------------------------------------------------


def _passport(source: Source, heard: Heard, rows: list[list[_Cell]]) -> list[Piece]:
    """Labels with their values beside or below them are heard; other cells are handed back as text."""
    rest: list[Piece] = []
    at = 0
    while at < len(rows):
        row = [cell for cell in rows[at] if cell.text]
        below = [cell for cell in rows[at + 1] if cell.text] if at + 1 < len(rows) else []
        labels = [_label(source, cell.text) for cell in row]
        if len(row) > 1 and all(labels) and len(below) == len(row) and not any(_label(source, c.text) for c in below):
            for cell, label, value in zip(row, labels, below, strict=True):
                _hear(source, heard, label or "", cell.pieces, value.pieces)
            at += 2
            continue
        column = 0
        while column < len(row):
            label = labels[column]
            if label and column + 1 < len(row) and not labels[column + 1]:
                _hear(source, heard, label, row[column].pieces, row[column + 1].pieces)
                column += 2
                continue
            rest.extend(piece for piece in row[column].pieces if not _line(source, heard, piece))
            column += 1
        at += 1
    return rest


def _label(source: Source, text: str) -> str | None:
    """The field that a cell names, or None."""
    if len(text) > 90:
        return None
    simple = source.marks.about_label(text)
    if simple:
        return simple
    return next((m.kind for m in source.marks.find(text) if m.group == "heading" and m.whole and m.kind in ABOUT), None)


def _line(source: Source, heard: Heard, piece: Piece) -> bool:
    """«Label: value» in a paragraph, or the academic year and semester of a title page; True when it was heard."""
    year = _YEAR.search(piece.text)
    if year and len(piece.text) < 90 and _ACADEMIC.search(fold(piece.text)):
        source.stream.texts.claim(piece, "content", part="about")
        heard.fields.setdefault("year", _year(year))
        semester = _SEMESTER.search(piece.text)
        if semester:
            heard.fields.setdefault("semester", semester[0])
        return True
    found = _LABELLED.match(piece.text)
    if found is None or len(piece.text) > 400:
        return False
    label = source.marks.about_label(found["label"])
    if not label:
        return False
    head, value = source.stream.texts.cut(piece, found.start("value"))
    _hear(source, heard, label, [head], [value])
    return True


def _hear(source: Source, heard: Heard, label: str, names: Sequence[Piece], values: Sequence[Piece]) -> None:
    texts = source.stream.texts
    texts.claim(names, "mark", part="about", reason="label")
    if label in ABOUT:
        draft = Draft("about", name=label)
        draft.fields["body"] = list(values)
        heard.hear(source, draft)
        return
    texts.claim(values, "content", part="about")
    text = " ".join(piece.text for piece in values).strip(" .;_")
    if not text:
        return
    match label:
        case "credits":
            amounts = _AMOUNT.findall(text)
            if amounts:
                heard.fields.setdefault(
                    "credits", float(amounts[-1 if "ECTS" in text.upper() else 0].replace(",", "."))
                )
        case "year":
            year = _YEAR.search(text)
            heard.fields.setdefault("year", _year(year) if year else text)
        case "study-year":
            number = re.match(r"\d", text)
            if number:
                heard.fields.setdefault("study_year", int(number[0]))
        case "teacher" | "email" | "phone" | "room" | "office-hours":
            heard.teacher.setdefault("name" if label == "teacher" else label.replace("-", "_"), text)
        case "title":
            heard.titles.append((text, source.builder.where(*values)))
        case _:
            heard.fields.setdefault(label.replace("-", "_"), text)


def _year(found: re.Match[str]) -> str:
    return f"{found[1]}-{found[2] if len(found[2]) == 4 else found[1][:2] + found[2]}"


def teacher_of(said: dict[str, str]) -> Teacher | None:
    """A teacher from what was heard; None without a name."""
    name = said.get("name")
    if not name:
        return None
    first, _, more = name.partition(",")
    parts = [part.strip() for part in more.split(",") if part.strip()]
    degree = next(
        (part for part in parts if re.search(r"канд|докт|ғыл|к\.|д\.|ph\.?d|магистр|master", part, re.IGNORECASE)), None
    )
    posts = [part for part in parts if part != degree]
    return Teacher(
        name=first.strip(),
        degree=degree,
        post=", ".join(posts) or None,
        email=said.get("email"),
        phone=said.get("phone"),
        room=said.get("room"),
        office_hours=said.get("office_hours"),
    )
