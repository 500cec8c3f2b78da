"""Tables that hold a week each, «Week 3 | Topic: Cells» over «Lecture | …», «Seminar | …», «Homework | …».

What such a table says is handed on as if it had been typed: the week, its topic, the kind of each class over its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coursepack.outline.blocks import list_label
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanCell
from coursepack.outline.plans.forms import SESSIONS, is_empty
from coursepack.outline.tree.ordinals import counted
from coursepack.outline.tree.signals import BOXES
from coursepack.outline.tree.words import words
from coursepack.outline.tree.workload import KINDS

_LONGEST = 40
"""Characters of the cell of a week, and of a label."""
_LONGEST_HEAD = 80
_SEVERAL = 2
"""Kinds of classes or of work that a week has at least."""
LEVEL = 1
"""The level of the heading that a week becomes."""
_STYLE = "row of "
"""The style of the heading that the label of a row becomes, before the kind that it names."""

_Row = list[PlanCell]


def weeks(source: OutlineSource, rows: Sequence[Sequence[PlanCell]]) -> list[Piece]:
    """The weeks of a table as lines; nothing for another table."""
    full = [filled for row in rows if (filled := [cell for cell in row if cell.text])]
    cards: list[list[_Row]] = []
    for row in full:
        if _is_week(row[0].text):
            cards.append([row])
        elif cards and len(row[0].text) <= _LONGEST:
            cards[-1].append(row)
        else:
            return []
    if not all(map(_is_card, cards)):
        return []
    return [piece for head, *below in cards for piece in _lines(source, head, below)]


def kind_of(piece: Piece) -> str:
    """The kind of class or of work that the label of a row named; empty for any other piece."""
    return piece.style.removeprefix(_STYLE) if piece.style.startswith(_STYLE) else ""


def beside(piece: Piece) -> Piece:
    """A bold line behind such tables as a heading beside those of the weeks, where it is none by itself."""
    plain = piece.object is None and piece.heading is None and list_label(piece) is None
    heads = plain and piece.bold and 0 < len(piece.text) <= _LONGEST_HEAD
    return replace(piece, heading=LEVEL) if heads else piece


def _is_week(text: str) -> bool:
    return len(text) <= _LONGEST and any(one.words and one.kind == "week" and not one.start for one in counted(text))


def _is_card(card: list[_Row]) -> bool:
    """Whether the rows of a week are labelled by kinds of classes or of work, one of them by a class."""
    kinds = [_kind(label) for label, *_ in card[1:]]
    known = [kind for kind in kinds if kind in KINDS - {"total"}]
    return len({*known}) >= _SEVERAL and len(known) * 2 > len(kinds) and not {*known}.isdisjoint(SESSIONS)


def _kind(label: PlanCell) -> str:
    return words().hours(label.text.strip(" :")) or ""


def _lines(source: OutlineSource, head: _Row, below: Sequence[_Row]) -> list[Piece]:
    texts = source.stream.texts
    week, *when = head[0].pieces
    texts.claim(when, "mark", reason="day")
    topic, *more = [_topic(source, piece) for cell in head[1:] for piece in cell.pieces] or [Piece("", [])]
    text = f"{week.text} {topic.text}".strip()
    joined = replace(week, text=text, parts=[*week.parts, *topic.parts], content=None)
    result = [replace(joined, heading=LEVEL, is_heading=True), *more]
    for label, *cells in below:
        filled = [cell for cell in cells if not (is_empty(cell.text) or BOXES.intersection(cell.text))]
        texts.claim([piece for cell in cells if cell not in filled for piece in cell.pieces], "mark", reason="form")
        if not filled:
            texts.claim(label.pieces, "mark", reason="label")
            continue
        style = f"{_STYLE}{_kind(label)}"
        result += [replace(piece, heading=LEVEL + 1, is_heading=True, style=style) for piece in label.pieces]
        result += [piece for cell in filled for piece in cell.pieces]
    return result


def _topic(source: OutlineSource, piece: Piece) -> Piece:
    """What stands behind «Topic:»."""
    label, colon, _ = piece.text.partition(":")
    if not colon or (words().about(label) != "title" and source.marks.column(label) != "topic"):
        return piece
    named, rest = source.stream.texts.cut(piece, len(label) + 1)
    source.stream.texts.claim([named], "mark", reason="label")
    return rest
