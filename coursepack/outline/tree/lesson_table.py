"""Tables that a lesson plan is typed in: its labels beside their values, its stages row by row.

What such a table says is handed on line by line: a label is a heading over its value, a stage over what its cells say.
The topic of the lesson comes first, since it heads the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from coursepack.outline.blocks import list_label
from coursepack.outline.drafts import ABOUT
from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import Markers
from coursepack.outline.pieces import Piece, UnitRange
from coursepack.outline.plans import PlanCell
from coursepack.outline.tree import stages
from coursepack.outline.tree.front import Front
from coursepack.outline.tree.ordinals import counted
from coursepack.outline.tree.signals import _LABELLED, LABEL_STYLE, weights
from coursepack.outline.tree.words import words

_LONGEST_HEAD = 60
_LONGEST_LABEL = 90
_COLUMNS = frozenset({"stage", "time", "teacher", "pupils", "resources", "marking"})
_WHO = frozenset({"stage", "teacher", "pupils"})
_SURE = 7
_OWN = frozenset({"title", "aims", "outcomes"})
_OF_LESSON = frozenset({"equipment", "text", "homework", "tasks", "review", "stage", "kind", "keywords", "summary"})
"""Parts of a class that the head of a course has not."""
_PARTS = _OWN | _OF_LESSON | {"outline", "topics", "literature"}

# A row of a table, a cell a column.
Row = Sequence[PlanCell]
# A label with its values.
Pair = tuple[list[Piece], list[Piece]]


def is_staged(rows: Sequence[Row]) -> bool:
    """Whether a row heads stages with what the teacher and the pupils do in them, as no plan of a course does."""
    at = stages_at(rows)
    kinds = set(_columns(rows, at)) if at is not None else set()
    return "stage" in kinds or {"teacher", "pupils"} <= kinds


def stages_at(rows: Sequence[Row]) -> int | None:
    """The row of a table that heads the stages of a lesson; None where no row does."""
    for at, row in enumerate(rows[:-1]):
        kinds = set(_columns(rows, at)) - {None}
        if len(kinds) > 1 and kinds & _WHO and kinds & {"teacher", "pupils", "time", "resources"}:
            return at
        if kinds == {"stage"} and _column(row[0]) == "stage" and _is_stage(rows[at + 1][0].text):
            return at
    return None


def _columns(rows: Sequence[Row], at: int) -> list[str | None]:
    """What the columns below a row that may head them hold: by their heads, or times by what stands in them."""
    found = [_column(cell) for cell in rows[at]]
    below = rows[at + 1 :]
    if "time" not in found:
        for column, kind in enumerate(found):
            if kind is None and _is_time([row[column].text for row in below if column < len(row)]):
                found[column] = "time"
                break
    return found


_TIMES = 2
"""Stages whose times go on, at least."""


def _is_time(texts: Sequence[str]) -> bool:
    """Whether cells count minutes from the beginning of a lesson, each from where the one above ends: «0–8», «8–20»."""
    found = [stages.minutes_from(text) for text in texts if text]
    ranges = [one for one in found if one is not None]
    goes_on = all(first < last for first, last in ranges) and all(a[1] == b[0] for a, b in pairwise(ranges))
    return len(found) == len(ranges) >= _TIMES and ranges[0][0] == 0 and goes_on


def _is_stage(text: str) -> bool:
    return stages.is_set_apart(text) or stages.is_named(text)


def _column(cell: PlanCell) -> str | None:
    """What a column holds by its head."""
    head = 0 < len(cell.text) < _LONGEST_HEAD and not _LABELLED.match(cell.text) and not stages.is_timed(cell.text)
    kind = (words().side(cell.text) or words().lesson(cell.text)) if head else None
    return kind if kind in _COLUMNS else None


def is_lesson(source: OutlineSource, rows: Sequence[Row]) -> bool:
    """Whether a table is the plan of a lesson: its labels name a topic with aims or results, or parts of a class that
    no head of a course has, or a row heads the stages of one and labels stand above it."""
    at = stages_at(rows)
    labels = [label for row in rows[:at] for label in _labels(row)]
    kinds = {part_of_class(source.marks, label) for label in labels if words().about(label) != "title"}
    kinds |= {"stage"} if at is not None else set()
    of_lesson, own = (sum(kind in wanted for kind in kinds) for wanted in (_OF_LESSON, _OWN))
    return own > 0 and (of_lesson > 1 or ("title" in kinds and own > 1))


def part_of_class(marks: Markers, label: str) -> str | None:
    """The part of a class that a label names: a field, a stage, data of the lesson."""
    label = label.strip(" :.*")
    field = next((m.kind for m in marks.find(label) if m.group == "field" and m.whole), None)
    if field is not None or not label:
        return field
    if stages.is_timed(label) or words().stage(label):
        return "stage"
    ranked = sorted(words().labels(label).items(), key=lambda pair: -pair[1])
    surely = next((name for name, value in ranked if value >= _SURE and name in _OWN | _OF_LESSON), None)
    return surely or words().lesson(label)


def lesson(front: Front, rows: Sequence[Row]) -> list[Piece]:
    """The lines of a lesson's table, its topic first."""
    at = stages_at(rows)
    topic: list[Piece] = []
    result: list[Piece] = []
    for row in rows[:at]:
        for names, values in _pairs(front.source, row):
            part = part_of_class(front.source.marks, names[0].text) if names else None
            lines = _lines(front, part, names, values)
            if part == "title" and not topic:
                topic = lines
            else:
                result.extend(lines)
    return [*topic, *result, *(staged(front.source, rows[at], rows[at + 1 :]) if at is not None else ())]


def _lines(front: Front, part: str | None, names: list[Piece], values: list[Piece]) -> list[Piece]:
    """A label as a heading over its values; what it says of the course is heard."""
    if not names:
        return values
    label = " ".join(piece.text for piece in names).strip(" :")
    kind = front.kind_of(label) if part not in _PARTS else None
    if kind is not None and kind not in ABOUT and front.pair(label, names, values):
        return []
    if part == "meta" or not any(piece.text or piece.object for piece in values):
        front.source.aside([*names, *values], "data of one lesson")
        return []
    first, *more = names
    alone = len(values) == 1 and values[0].object is None
    values = [replace(values[0], plain=True)] if alone else values
    return [replace(first, style=LABEL_STYLE, heading=None), *more, *values]


def _labels(row: Row) -> list[str]:
    """The texts of a row that may be labels."""
    full = [cell.text for cell in row if cell.text]
    inside = [found["label"] for text in full if (found := _LABELLED.match(text))]
    return [*inside, *(full[:1] if full and len(full[0]) <= _LONGEST_LABEL else [])]


def _pairs(source: OutlineSource, row: Row) -> Iterable[Pair]:
    """The labels of a row with their values: beside one another, or in one cell each, «Grade: 8»; a text without a
    label stands alone."""
    full = [cell for cell in row if cell.text or cell.pieces]
    texts = [cell for cell in full if cell.text]
    if texts and (len(texts) == 1 or all(_is_led(source.marks, cell) for cell in texts)):
        for cell in texts:
            yield from _inside(source, cell)
    elif len(full) == 4 and len(texts) == 4 and len(full[2].text) <= _LONGEST_LABEL:
        yield full[0].pieces, full[1].pieces
        yield full[2].pieces, full[3].pieces
    elif texts and len(texts[0].text) <= _LONGEST_LABEL:
        yield texts[0].pieces, [one for cell in full if cell is not texts[0] for one in cell.pieces]
    else:
        yield [], [one for cell in full for one in cell.pieces]


def _is_led(marks: Markers, cell: PlanCell) -> bool:
    """Whether a cell holds a label with its value."""
    found = _LABELLED.match(cell.text)
    if found is None:
        return cell.text.rstrip().endswith(":")
    return part_of_class(marks, found["label"]) is not None or words().about(found["label"]) is not None


def _inside(source: OutlineSource, cell: PlanCell) -> Iterable[Pair]:
    """A cell that stands alone: its label and value, or a heading, or text."""
    first, *more = cell.pieces
    found = _LABELLED.match(first.text)
    known = found is not None and _is_led(source.marks, cell)
    if found is not None and known:
        name, value = source.stream.texts.cut(first, found.start("value"))
        yield [name], [value, *more]
    elif not more and (part := part_of_class(source.marks, first.text)) is not None:
        empty = part not in _PARTS
        yield ([first], []) if empty else ([], [replace(first, style=LABEL_STYLE, heading=None)])
    else:
        yield [], cell.pieces


# --- stages


def staged(source: OutlineSource, head: Row, rows: Sequence[Row]) -> list[Piece]:
    """The stages below their heads: a heading a row, the other cells in order."""
    source.stream.texts.claim([one for cell in head for one in cell.pieces], "mark", reason="table head")
    kinds = _columns([head, *rows], 0)
    numbers = [at for at, cell in enumerate(head) if source.marks.holds(cell.text) == "number"]
    result: list[Piece] = []
    needed: list[Piece] = []
    for row in rows:
        named = [cell for cell, kind in zip(row, kinds, strict=False) if kind in {"stage", "time"} and cell.text]
        if not named and row[0].text and len(row[0].text) < _LONGEST_HEAD:
            named = [row[0]]
        if named:
            result.append(_heading(named))
        source.stream.texts.claim([one for at in numbers for one in row[at].pieces], "mark", reason="number")
        for at, (cell, kind) in enumerate(zip(row, kinds, strict=False)):
            if at not in numbers and not any(cell is other for other in named):
                (needed if kind == "resources" else result).extend(_of_stage(cell))
    if not needed:
        return result
    resources = next(cell for cell, kind in zip(head, kinds, strict=True) if kind == "resources")
    return [replace(resources.pieces[0], style=LABEL_STYLE, heading=None), *needed, *result]


def _of_stage(cell: PlanCell) -> list[Piece]:
    """The lines of a cell of a stage. A few words alone in it head nothing: «§12», «1 point»."""
    if len(cell.pieces) != 1 or len(cell.text) >= weights()["limits"]["short"] or cell.pieces[0].object is not None:
        return cell.pieces
    if _LABELLED.match(cell.text) or list_label(cell.pieces[0]) or any(one.kind for one in counted(cell.text)):
        return cell.pieces
    return [replace(cell.pieces[0], plain=True)]


def _heading(named: Sequence[PlanCell]) -> Piece:
    """The name of a stage with its time."""
    pieces = [one for cell in named for one in cell.pieces]
    parts: list[UnitRange] = [part for one in pieces for part in one.parts]
    text = ", ".join(one.text.strip(" ,") for one in pieces if one.text)
    return replace(pieces[0], text=text, parts=parts, content=None, style=LABEL_STYLE, heading=None, replaced=True)
