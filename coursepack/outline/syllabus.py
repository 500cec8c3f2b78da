"""A syllabus as a source: its passport of labels and values, and the plan by week in tables.

Whole tables are understood here and leave the stream; what is neither passport nor plan goes on to be walked like
any other text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coursepack import languages
from coursepack.model.course import Teacher
from coursepack.model.document import Grid
from coursepack.outline.about import Heard
from coursepack.outline.drafts import ABOUT, Draft
from coursepack.outline.found import Source
from coursepack.outline.marks import fold
from coursepack.outline.pieces import Piece
from coursepack.outline.plan import Cell
from coursepack.outline.stream import grid_parts

_AMOUNT = re.compile(r"\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"(20\d\d)\s*[-–/]\s*(20\d\d|\d\d)(?!\d)")
_ACADEMIC = re.compile(languages.pattern("academic-year"))
_SEMESTER = languages.expression(r"@season@(?:\s+@semester@)?", re.IGNORECASE)
_DEGREE = re.compile(languages.pattern("degree"), re.IGNORECASE)
_SUM = re.compile(r"\d+(?:[.,]\d+)?\s+[^\W\d_]+\.?")  # «5 ECTS»
_LABELLED = re.compile(r"(?P<label>[^:–—]{2,60}?)\s*[:–—]\s*(?P<value>\S.*)", re.DOTALL)


# --- the passport -------------------------------------------------------------------------------------------------


def passport(source: Source, heard: Heard, grid: Grid, rows: list[list[Cell]]) -> list[Piece]:
    """Labels with their values beside or below them are heard; other cells are handed back as text."""
    rest: list[Piece] = []
    done: set[int] = set()
    at = 0
    while at < len(rows):
        first = rows[at][0]
        if first.down > 1 and label_of(source, first.text) in ABOUT:
            _hear(
                source, heard, label_of(source, first.text) or "", first.pieces, _beside(source, grid, at, first.down)
            )
            at += first.down
            continue
        done |= _below(source, heard, rows, at)
        row = [cell for cell in rows[at] if cell.text and id(cell) not in done]
        labels = [label_of(source, cell.text) for cell in row]
        column = 0
        while column < len(row):
            label = labels[column]
            if label and column + 1 < len(row) and not labels[column + 1]:
                _hear(source, heard, label, row[column].pieces, row[column + 1].pieces)
                column += 2
                continue
            rest.extend(replace(p, bold=False) for p in row[column].pieces if not _line(source, heard, p))
            column += 1
        at += 1
    return rest


def names_course(source: Source, rows: list[list[Cell]]) -> bool:
    """Whether a table names anything of the course; another stays a table."""
    full = [cell for row in rows for cell in row if cell.text]
    named = sum(bool(label_of(source, cell.text) or _LABELLED.match(cell.text)) for cell in full)
    return named * 6 >= len(full) > 0


def _below(source: Source, heard: Heard, rows: list[list[Cell]], at: int) -> set[int]:
    """A row of labels over a row of values («Пәннің коды | Пәннің атауы | Кредит саны»): the cells it took."""
    row = rows[at]
    labels = {column: label for column, cell in enumerate(row) if (label := label_of(source, cell.text))}
    full = [column for column, cell in enumerate(row) if cell.text]
    if len(labels) < 2 or len(labels) * 2 < len(full) or any(c + 1 in full and c + 1 not in labels for c in full[:1]):
        return set()
    head = max(row[column].down for column in labels)
    if at + head >= len(rows):
        return set()
    below = rows[at + head]
    values = {column: value for column in labels if (value := _under(row, below, column)) is not None}
    if len(values) < 2 or len(values) * 2 < len(labels) or any(label_of(source, v.text) for v in values.values()):
        return set()
    taken: set[int] = set()
    hours = at + head - 1 > at and _weekly(source, rows, at, at + head)
    for column, label in labels.items():
        if column not in values:
            continue
        _hear(source, heard, label, row[column].pieces, values[column].pieces)
        taken |= {id(row[column]), id(values[column])}
    for line in rows[at : at + head + 1]:
        for cell in line:
            if cell.text and id(cell) not in taken:
                source.stream.texts.claim(
                    cell.pieces, "mark", part="about", reason="hours a week" if hours else "passport"
                )
                taken.add(id(cell))
    return taken


def _under(row: list[Cell], below: list[Cell], column: int) -> Cell | None:
    """The cell with a text under the columns that a label covers."""
    covered = range(column, min(column + row[column].across, len(below)))
    return next((below[at] for at in covered if below[at].text), None)


def _weekly(source: Source, rows: list[list[Cell]], first: int, last: int) -> bool:
    return any(source.marks.column(cell.text) in {"week", "hours"} for row in rows[first:last] for cell in row)


def _beside(source: Source, grid: Grid, at: int, down: int) -> list[Piece]:
    """The part of a table beside a label that spans several rows, as a table of its own."""
    rows = tuple(row[1:] if nth == 0 else row for nth, row in enumerate(grid.rows[at : at + down]))
    inner = Grid(rows=rows, number=grid.number)
    return [Piece("", grid_parts(inner, source.stream.texts.clean), object=inner)]


def label_of(source: Source, text: str) -> str | None:
    """The field that a cell names, or None."""
    if len(text) > 90 or _SUM.fullmatch(text):
        return None
    simple = source.marks.about_label(text)
    if simple:
        return simple
    return next((m.kind for m in source.marks.find(text) if m.group == "heading" and m.whole and m.kind in ABOUT), None)


def _line(source: Source, heard: Heard, piece: Piece) -> bool:
    """«Label: value» in a paragraph, or the academic year and semester of a title page; True when it was heard."""
    year = _YEAR.search(piece.text)
    if year and len(piece.text) < 90 and _ACADEMIC.search(fold(piece.text)):
        source.stream.texts.claim(piece, "mark", part="about", reason="year and semester")
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
        draft = Draft("about", name=label, label=" ".join(piece.text for piece in names).strip(" :") or None)
        draft.fields["body"] = list(values)
        heard.hear(source, draft)
        return
    texts.claim(values, "content", part="about")
    text = " ".join(piece.text for piece in values).strip(" ;_")
    if not re.search(r"(?:^|[\s.])[^\W\d_]\.$", text):  # the stop of initials stays
        text = text.rstrip(".")
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
    degree = next((part for part in parts if _DEGREE.search(part)), None)
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
