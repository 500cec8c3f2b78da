"""The question table (CSV or XLSX; docs/question-table.md) → questions, a row each.

Columns are known by their heads in English, Russian or Kazakh, in any order; unknown ones are told and left.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from coursepack import limits
from coursepack.artifact import Assets
from coursepack.cells import text_of_workbook, unmarked
from coursepack.course import Question
from coursepack.place import CoursepackError, Place
from coursepack.readers import QuestionFile
from coursepack.readers.sheet_columns import column_of
from coursepack.readers.sheet_rows import Row, RowError, question
from coursepack.readers.streams import Session, encoding_of, lines, question_file
from coursepack.safe_io import Package

MOST_ROWS = 1_048_576
"""What is read of a workbook: all rows that Excel has, and more columns than a question table has."""
_HEAD_ROWS = 20


def read(path: Path) -> QuestionFile:
    """The questions of a table, streaming. Raises ``CoursepackError`` when it cannot be read at all."""
    if path.suffix.lower() == ".xlsx":
        return question_file(path, "sheet", _xlsx)
    return question_file(path, "sheet", _csv)


def is_bank(path: Path) -> bool:
    """True when a row among the first names the columns of a question table. Raises ``CoursepackError``: unreadable."""
    session = Session(path, [], Assets())
    rows = _workbook_rows(path) if path.suffix.lower() == ".xlsx" else _csv_rows(session)
    return any("text" in _columns(cells).values() for _, cells in itertools.islice(rows, _HEAD_ROWS))


# --- the two containers -------------------------------------------------------------------------------------------


def _csv(session: Session) -> Iterator[Question]:
    yield from _questions(session, _csv_rows(session))


def _csv_rows(session: Session) -> Iterator[tuple[int, list[str]]]:
    encoding_of(session.path)
    csv.field_size_limit(limits.now().cell_letters)
    numbered = lines(session)
    head = list(itertools.islice(numbered, 1))
    if head and head[0][1].lower().startswith("sep="):
        # Excel's own word for the delimiter.
        delimiter = head[0][1][4:5] or ","
        head = []
    else:
        delimiter = _delimiter(head[0][1] if head else "")
    source = (line + "\n" for _, line in itertools.chain(head, numbered))
    reader = csv.reader(source, delimiter=delimiter)
    first = before = 1 if head else 2
    try:
        for cells in reader:
            yield before, [unmarked(cell) for cell in cells]
            before = first + reader.line_num
    except csv.Error as problem:
        raise CoursepackError(f"not a table: {problem}", session.place(before)) from None


def _delimiter(line: str) -> str:
    outside = re.sub(r'"[^"]*"', "", line)
    return max(";,\t|", key=outside.count)


def _xlsx(session: Session) -> Iterator[Question]:
    yield from _questions(session, _workbook_rows(session.path))


def _workbook_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    for problem in Package.of_path(path).problems:
        raise CoursepackError(f"no workbook that can be read: {problem.message}", problem.place, "save it anew")
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            # Rows and columns that a sheet jumps over are filled up; one cell may claim to stand anywhere.
            most = limits.now().sheet_columns
            width = min(sheet.max_column or most, most)
            rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=width, values_only=True)
            for number, row in enumerate(rows, 1):
                if row.count(None) < len(row):  # of a million empty rows each costs little
                    yield number, [_cell(value) for value in _trimmed(row)]
        finally:
            book.close()
    except Exception as problem:  # openpyxl answers a damaged workbook with whatever its code stumbles over
        message = f"no workbook that can be read ({type(problem).__name__}), expected .xlsx"
        raise CoursepackError(message, Place(path.name), "save it anew as .xlsx") from None


def _trimmed(row: Sequence[object]) -> Sequence[object]:
    """A row without the empty cells at its end."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return text_of_workbook(str(value))


# --- rows ---------------------------------------------------------------------------------------------------------


def _questions(session: Session, rows: Iterator[tuple[int, list[str]]]) -> Iterator[Question]:
    columns: dict[int, str] = {}
    cells: list[str] = []
    row = 0
    while "text" not in columns.values() and row < _HEAD_ROWS:
        row, cells = next(rows, (_HEAD_ROWS, []))
        columns = _columns(cells)
    if "text" not in columns.values():
        raise CoursepackError(
            "no row names the columns, expected one with «text», «вопрос» or «сұрақ»",
            Place(session.name, 1, 1, "row"),
            "the layout is described in docs/question-table.md",
        )
    for index, cell in enumerate(cells):
        if cell.strip() and index not in columns:
            session.warning("sheet-column", f"column {cell.strip()[:40]!r} is not known and left", row)
    labels = "".join(_last_letter(cells[index]) for index, name in columns.items() if name == "option")
    for at, found in rows:
        filled: dict[str, str] = {}
        options: list[str] = []
        for index, name in columns.items():
            text = found[index].replace("\r\n", "\n").replace("\r", "\n").strip(" \u00a0") if index < len(found) else ""
            if name == "option":
                options.append(text.strip())
            elif text.strip():
                filled[name] = text if name == "option feedback" else text.strip()
        if not any(filled.values()) and not any(options):
            continue
        try:
            yield question(session, Row(at, filled, options, labels))
        except RowError as problem:
            session.error("sheet-row", f"row {at}: {problem}", at)


def _last_letter(head: str) -> str:
    """«Б» of «Вариант Б»; nothing of «Вариант 2»."""
    word = head.rsplit(maxsplit=1)[-1].strip(" ).") if head.split() else ""
    return word if len(word) == 1 and word.isalpha() else ""


def _columns(cells: list[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for index, cell in enumerate(cells):
        name = column_of(cell)
        if name is not None and (name == "option" or name not in found.values()):
            found[index] = name
    return found
