"""Sheets that stand otherwise than a question a row: a question a column; all answers in the column of the questions,
below each. They are turned into rows of questions or of answers."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from coursepack.readers.sheet.cells import Row_
from coursepack.readers.sheet.rows import FALSE, TRUE
from coursepack.text.scripts import plain_cross

_LOOKED_AT = 60
_LEAST = 2
_TICKS = TRUE | {"x", "✓", "✔", "√", "*"}


def upright(rows: Iterator[Row_], columns_of: Callable[[list[str]], Mapping[int, str]]) -> Iterator[Row_]:
    """The rows; those of a sheet with a question a column are its columns: its first column names what the rows hold,
    among it what is asked and at least two options, and its first rows name nothing else."""
    first = list(itertools.islice(rows, _LOOKED_AT))
    every = itertools.chain(first, rows)
    filled = [cells for _, cells in first if any(map(str.strip, cells))]
    names = list(columns_of([cells[0] if cells else "" for cells in filled]).values())
    options = sum(name in {"option", "wrong"} for name in names)
    headed = any("text" in (found := columns_of(cells)).values() and len(found) > 1 for cells in filled)
    width = max(map(len, filled), default=0)
    if len(first) == _LOOKED_AT or "text" not in names or options < _LEAST or headed or width <= _LEAST:
        return every
    columns = itertools.zip_longest(*filled, fillvalue="")
    return iter([(at, list(column)) for at, column in enumerate(columns, 1)])


def below(columns: dict[int, str], rows: Iterator[Row_]) -> Iterator[Row_]:
    """The rows; where answers stand below each question in its own column, they are put into one of their own, added
    to ``columns``: a number stands beside each question and beside no answer, and a tick beside right ones."""
    names = {name: index for index, name in columns.items()}
    if "printed" not in names or {"option", "options", "wrong"} & names.keys():
        return rows
    first = list(itertools.islice(rows, _LOOKED_AT))
    every = itertools.chain(first, rows)
    text, number = names["text"], names["printed"]
    held = [cells for _, cells in first if _cell(cells, text)]
    questions = [bool(_cell(cells, number)) for cells in held]
    answers = questions.count(False)
    if not questions or not questions[0] or answers < _LEAST * sum(questions):
        return every
    ticks = names.get("right", names.get("key"))
    width = max(map(len, held))
    ticks = (
        next((at for at in range(width) if at not in columns and _ticks(held, at)), None) if ticks is None else ticks
    )
    if ticks is not None:
        columns[ticks] = "right"
    columns[width] = "options"
    return (_parted(row, text, number, width) for row in every)


def _ticks(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether a column holds nothing but ticks, in some rows."""
    stated = {plain_cross(_cell(cells, at)) for cells in rows} - {""}
    return bool(stated) and stated <= _TICKS | FALSE and bool(stated & _TICKS)


def _parted(row: Row_, text: int, number: int, width: int) -> Row_:
    at, cells = row
    result = [*cells, *[""] * (width + 1 - len(cells))]
    if not _cell(result, number) and _cell(result, text):
        result[width], result[text] = result[text], ""
    return at, result


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at].strip() if at < len(cells) else ""
