"""Cells of workbooks as texts, within the limits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from coursepack import limits
from coursepack.files.cells import text_of_workbook
from coursepack.place import CoursepackError, Place

_MOST_ROWS = 1_048_576
"""Rows of a sheet in Excel: a row beyond is none."""
REPEATED = 10
"""So many times the characters of the file all its cells may have: one text may stand in many."""
Row_ = tuple[int, list[str]]
"""The number of a row and its cells."""
Rows = list[Row_]


def damaged(name: str, problem: Exception) -> CoursepackError:
    message = f"no workbook that can be read ({type(problem).__name__}), expected .xlsx"
    return CoursepackError(message, Place(name), "save it again as .xlsx")


def _sound(rows: Iterable[Sequence[object]], name: str) -> Iterator[Sequence[object]]:
    """The rows of a workbook, which is parsed while they are taken."""
    taken = iter(rows)
    while True:
        try:
            row = next(taken)
        except StopIteration:
            return
        except Exception as problem:
            raise damaged(name, problem) from None
        yield row


@dataclass
class WorkbookBudget:
    """What all sheets of a workbook may hold."""

    name: str
    allowed: int
    most: limits.Limits
    letters: int = 0

    def rows(self, rows: Iterable[Sequence[object]]) -> Iterator[Row_]:
        """Rows with something in them. Raises ``CoursepackError`` beyond a limit."""
        for number, row in enumerate(_sound(rows, self.name), 1):
            cells = [_cell(value) for value in _trimmed(row)]
            self.letters += sum(map(len, cells))
            if reason := _beyond(number, cells, self.letters - self.allowed, self.most):
                raise CoursepackError(reason[0], Place(self.name, number, number, "row"), limits.raised(reason[1]))
            if cells:  # rows that a sheet jumps over are filled up, too
                yield number, cells


def _trimmed(row: Sequence[object]) -> Sequence[object]:
    """A row without the empty cells at its end."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _beyond(number: int, cells: list[str], excess: int, most: limits.Limits) -> tuple[str, str] | None:
    """Why a row is not to be read, and the limit."""
    if number > _MOST_ROWS:
        return f"a row beyond the last possible row of a sheet, {_MOST_ROWS}", "xml-bytes"
    if len(cells) > most.sheet_columns:
        return f"{len(cells)} columns; at most {most.sheet_columns} are read", "sheet-columns"
    if any(len(cell) > most.cell_letters for cell in cells):
        return f"a cell of more than {most.cell_letters} characters", "cell-letters"
    if excess > 0:
        return f"its cells have more than {REPEATED} times the characters of the file", "question-letters"
    return None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return text_of_workbook(str(value))
