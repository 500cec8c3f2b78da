"""Tables with an answer a row: the question stands in the first row of its answers, or again in each → one row each."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from coursepack.readers.sheet.rows import FALSE, TRUE, QuestionRow

_LOOKED_AT = 60
"""Rows that tell how a table stands."""
_TICKS = TRUE | {"x", "✓", "✔", "√", "100", "100%", "100.0"}
_BLANK = FALSE | {"", "0%", "0.0"}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def one_each(rows: Iterable[QuestionRow]) -> Iterator[QuestionRow]:
    """The rows of a table; where each holds one answer, those of a question are one."""
    rows = iter(rows)
    first = list(itertools.islice(rows, _LOOKED_AT))
    every = itertools.chain(first, rows)
    return _joined(every) if _is_upright(first) else map(_with_key, every)


def _with_key(row: QuestionRow) -> QuestionRow:
    """Where a question is a row, a column «right» names the right answer."""
    if row.get("right"):
        row.cells.setdefault("key", row.cells.pop("right"))
    return row


def _is_upright(rows: Sequence[QuestionRow]) -> bool:
    """Whether at least every second row goes on with the question above it, and none holds several answers."""
    if any(row.options or row.wrong or "\n" in _answer(row) for row in rows):
        return False
    going = [row for above, row in itertools.pairwise(rows) if _goes_on(above, row)]
    return len(going) > 1 and len(going) * 2 >= len(rows)


def _goes_on(above: QuestionRow, row: QuestionRow) -> bool:
    """Whether a row is a further answer: it has no question, or that of the row above and an answer of its own."""
    if not _answer(row):
        return False
    same = row.get("text") == above.get("text") and _answer(row) != _answer(above)
    return not row.get("text") or same


def _answer(row: QuestionRow) -> str:
    """The answer of a row: in a table that says «right» or «wrong» of each, what heads call the answer is one."""
    return row.get("options") or (row.get("key") if "right" in row.columns else "")


def _tick(row: QuestionRow) -> str:
    return row.get("right" if "right" in row.columns else "key").strip().lower()


def _joined(rows: Iterable[QuestionRow]) -> Iterator[QuestionRow]:
    group: list[QuestionRow] = []
    for row in rows:
        text = row.get("text")
        if group and text and text != group[0].get("text"):
            yield _one(group)
            group = []
        group.append(row)
    if group:
        yield _one(group)


def _one(group: Sequence[QuestionRow]) -> QuestionRow:
    """The rows of a question as one."""
    held = [row for row in group if _answer(row)]
    cells = {name: text for row in reversed(group) for name, text in row.cells.items()}
    if not held:
        return QuestionRow(group[0].number, cells)
    ticks = [_tick(row) for row in held]
    if all(tick in _TICKS | _BLANK for tick in ticks):
        key = ", ".join(_LETTERS[at] for at, tick in enumerate(ticks) if tick in _TICKS and at < len(_LETTERS))
    else:
        key = next(filter(None, (row.get("key") for row in group)), "") if "right" not in held[0].columns else ""
    cells |= {"options": "\n".join(map(_answer, held)), "key": key}
    return QuestionRow(group[0].number, {name: text for name, text in cells.items() if text and name != "right"})
