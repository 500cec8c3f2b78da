"""Tables that hold several classes with their labels: below one another, «Workshop 1 | Counting layers», «In the room |
…», or side by side, «Evening one | Evening two» over «Theme | …».

What such a table says is handed on as if it had been typed: the class, its title, each label over what it names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanCell
from coursepack.outline.plans.forms import is_empty
from coursepack.outline.tree.ordinals import CLOSES, counted
from coursepack.outline.tree.signals import LABEL_STYLE
from coursepack.outline.tree.words import words

_KINDS = frozenset({"lecture", "seminar", "practical", "laboratory", "meeting"})
_SEVERAL, _BESIDE = 2, 3
"""Classes below one another, and side by side, at least."""
_LONGEST = 60
"""Characters of a label."""
_PAIR = 2


@dataclass
class _Class:
    """A class of a table: the cell that counts it, and its labels with what stands beside or below them."""

    head: PlanCell
    title: PlanCell | None = None
    named: PlanCell | None = None
    """The cell beside the title that says what it is."""
    empty: list[PlanCell] = field(default_factory=list)
    """Cells that hold a dash."""
    fields: list[tuple[PlanCell, PlanCell]] = field(default_factory=list)


def classes(source: OutlineSource, rows: Sequence[Sequence[PlanCell]]) -> list[Piece]:
    """The classes of a table as lines; nothing for another table."""
    found = _below(source, rows) or _across(source, rows)
    return [piece for one in found for piece in _lines(source, one)]


def _value(text: str) -> int | None:
    """The number of the class that a cell counts."""
    numbers = (one for one in counted(text) if one.words and one.kind in _KINDS and not one.form.startswith(CLOSES))
    return next((one.value for one in numbers), None)


def _rises(values: Sequence[int | None], least: int) -> bool:
    plain = [value for value in values if value is not None]
    return len(plain) == len(values) >= least and all(b == a + 1 for a, b in pairwise(plain))


def _below(source: OutlineSource, rows: Sequence[Sequence[PlanCell]]) -> list[_Class]:
    """Classes below one another, each with rows of labels that come back."""
    full = [[cell for cell in row if cell.text] for row in rows]
    if any(len(row) > _PAIR or len(row[0].text) > _LONGEST for row in full if row):
        return []
    heads = [at for at, row in enumerate(full) if row and _value(row[0].text) is not None]
    labels = Counter(row[0].text for at, row in enumerate(full) if at not in heads and len(row) == _PAIR)
    if heads[:1] != [0] or not _rises([_value(full[at][0].text) for at in heads], _SEVERAL):
        return []
    if max(labels.values(), default=0) < _SEVERAL:
        return []
    result: list[_Class] = []
    for at, row in enumerate(full):
        if at in heads:
            result.append(_Class(row[0], row[1] if len(row) == _PAIR else None))
        elif len(row) == _PAIR:
            result[-1].fields.append((row[0], row[1]))
    return result


def _across(source: OutlineSource, rows: Sequence[Sequence[PlanCell]]) -> list[_Class]:
    """Classes side by side: a head that counts them, and rows that begin with labels."""
    head = list(rows[0][1:]) if rows else []
    if len(rows) < _BESIDE or not _rises([_value(cell.text) for cell in head], _BESIDE):
        return []
    if any(not row[0].text or len(row[0].text) > _LONGEST or len(row) != len(rows[0]) for row in rows[1:]):
        return []
    result = [_Class(cell) for cell in head]
    for nth, row in enumerate(rows[1:]):
        titles = nth == 0 or words().about(row[0].text) == "title"
        for one, cell in zip(result, row[1:], strict=True):
            if titles and one.title is None:
                one.title, one.named = cell, row[0]
            elif not is_empty(cell.text):
                one.fields.append((row[0], cell))
            else:
                one.empty.append(cell)
    return result


def _lines(source: OutlineSource, one: _Class) -> list[Piece]:
    head, *more = one.head.pieces
    source.stream.texts.claim(more, "mark", reason="day")
    title = one.title.pieces if one.title is not None else []
    for cell in [*([one.named] if one.named is not None else []), *one.empty]:
        source.stream.texts.claim(cell.pieces, "mark", reason="label")
    result = [replace(head, heading=1, is_heading=True), *(replace(piece, heading=None, bold=False) for piece in title)]
    for label, cell in one.fields:
        source.stream.texts.claim(label.pieces, "mark", reason="label")
        result.append(Piece(label.text, [], style=LABEL_STYLE))
        result.extend(cell.pieces)
    return result
