"""Tables that list outcomes, one a row: «CO1 | Explain osmosis | K2», «No. | On completing this unit you can»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import fold
from coursepack.outline.pieces import Piece
from coursepack.outline.plans import PlanCell
from coursepack.outline.tree.signals import LABEL_STYLE
from coursepack.outline.tree.words import phrases, words

_CODES = frozenset(map(fold, phrases("outcomes", "codes")))
_HEADS = tuple(map(fold, phrases("outcomes", "heads")))
_CODE = re.compile(r"(?P<letters>[^\W\d_]{1,5})?[\s.-]*(?P<n>\d{1,2}(?:\.\d{1,2})?)[.:)]?")
_TOKEN = re.compile(r"[^\W\d_]+")
_LEAST = 2
_SURE = 6
_SHORTEST = 12
"""Letters that an outcome has on the average at least."""

Rows = Sequence[Sequence[PlanCell]]


def outcomes(source: OutlineSource, rows: Rows) -> list[Piece]:
    """The outcomes of a table as items below what names them; nothing for another table."""
    counted = next((at for at, row in enumerate(rows[:2]) if _code(row) is not None), None)
    body = rows[counted or 0 :]
    if counted is None or len(body) < _LEAST or not all(map(_is_coded, body)):
        return []
    head = _named(rows[0]) if counted else None
    if head is None and not all(code and fold(code) in _CODES for code in map(_code, body) if code is not None):
        return []
    column = max(
        range(1, len(body[0])), key=lambda at: sum(len(row[at].text) for row in body if at < len(row)), default=0
    )
    characters = sum(len(row[column].text) for row in body if column < len(row))
    if not column or characters < _SHORTEST * len(body):
        return []
    if counted:
        source.stream.texts.claim(
            [p for cell in rows[0] if cell is not head for p in cell.pieces], "mark", reason="table head"
        )
    lead = [replace(piece, style=LABEL_STYLE, heading=None) for piece in (head.pieces if head is not None else [])]
    return [*lead, *(piece for nth, row in enumerate(body, 1) for piece in _item(source, row, column, nth))]


def _is_coded(row: Sequence[PlanCell]) -> bool:
    """Whether a row has a code: its own, or another below a code that stands once for several rows."""
    below = not row[0].text and any(_CODE.fullmatch(cell.text.strip()) for cell in row[1:])
    return below or _code(row) is not None


def _code(row: Sequence[PlanCell]) -> str | None:
    """The letters beside the number that the first cell of a row is; empty for a number alone, None for others."""
    codes = {*row[0].text.split()} if len(row) > 1 else set()  # a merged cell may hold its code once a row
    found = _CODE.fullmatch(" ".join(codes) if len(codes) == 1 else row[0].text.strip()) if codes else None
    return (found["letters"] or "") if found else None


def _named(row: Sequence[PlanCell]) -> PlanCell | None:
    """The cell of a head that names outcomes, or leads their list in."""
    for cell in row:
        tokens = _TOKEN.findall(fold(cell.text))
        if tokens and any(token.startswith(_HEADS) for token in tokens):
            return cell
        if tokens and (words().leads(tokens) == "outcomes" or words().labels(cell.text).get("outcomes", 0) >= _SURE):
            return cell
    return None


def _item(source: OutlineSource, row: Sequence[PlanCell], column: int, nth: int) -> list[Piece]:
    """An outcome as an item; its code is a mark, what else stands beside it (a level, other codes) is set aside."""
    source.stream.texts.claim(row[0].pieces, "mark", part="about", reason="number")
    source.aside(
        [piece for at, cell in enumerate(row) if at not in {0, column} for piece in cell.pieces], "beside an outcome"
    )
    first, *more = row[column].pieces if column < len(row) and row[column].pieces else [None]
    return [replace(first, label=f"{nth}."), *filter(None, more)] if first is not None else []
