"""The question table (CSV or a workbook; docs/question-table.md) → questions, a row each.

Columns are known by their heads in English, Russian or Kazakh, in any order; unknown ones are reported and left.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from coursepack import languages, limits
from coursepack.files import locked
from coursepack.files.cells import unmarked
from coursepack.files.media import KINDS
from coursepack.files.package import Package
from coursepack.files.xml import xml_marks
from coursepack.model.artifact import Assets
from coursepack.model.questions import Essay, MultipleChoice, Question
from coursepack.place import CoursepackError, Place, note
from coursepack.readers import QuestionFile, Reader
from coursepack.readers.sheet import turned, workbook
from coursepack.readers.sheet.answers import dealt, key_lists
from coursepack.readers.sheet.cells import REPEATED, Row_, Rows, WorkbookBudget, damaged
from coursepack.readers.sheet.columns import (
    SEVERAL,
    column_of,
    examples,
    head_row,
    is_bare_key,
    speaks_of_key,
    type_of,
)
from coursepack.readers.sheet.meant import meant
from coursepack.readers.sheet.rows import QuestionRow, RowError, question
from coursepack.readers.sheet.signs import by_signs
from coursepack.readers.sheet.upright import one_each
from coursepack.readers.streams import ReadingSession, encoding_of, lines, question_file
from coursepack.text import language

_OPEN = frozenset({".xlsx", ".xlsm"})
BOOKS = _OPEN | {".xls", ".xlsb", ".ods"}
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_HEAD_ROWS = 20
_HEAD_BYTES = 8
_LEAST_OPTIONS = 2
_LEAST_CELLS = 4
"""A question, two options and a key."""
_LETTER_KEY = re.compile(r"[^\W\d_]|\d")


def read(path: Path) -> QuestionFile:
    """The questions of a table, streaming. Raises ``CoursepackError`` when it cannot be read at all."""
    if path.suffix.lower() in BOOKS:
        return question_file(path, "sheet", _book, language=_language(path))
    return question_file(path, "sheet", _csv)


def _language(path: Path) -> str:
    """That of the first cells of a workbook whose letters stand in no text; else nothing."""
    if path.suffix.lower() in _OPEN:
        return ""
    rows = (row for _, rows in sheets(path) for _, row in itertools.islice(rows, _HEAD_ROWS))
    return language.of_format(" ".join(cell for row in rows for cell in row))


def is_bank(path: Path) -> bool:
    """True when a row among the first names the columns of a question table; of a workbook also where its tables of
    questions are a good part of what it holds: one test among the sheets of a whole course is none. Raises
    ``CoursepackError``: unreadable."""
    if path.suffix.lower() not in BOOKS:
        rows = turned.upright(csv_rows(ReadingSession(path, [], Assets())), _columns)
        head = _head(rows)
        return head is not None and not _is_plan(head, list(itertools.islice(rows, _HEAD_ROWS)))
    questions = other = 0
    for _, rows in sheets(path):
        first = list(itertools.islice(rows, _WEIGHED))
        filled = sum(any(map(str.strip, cells)) for _, cells in first)
        below = turned.upright(iter(first), _columns)
        head = _head(below)
        if head is not None and not _is_plan(head, list(below)):
            questions += filled
        else:
            other += filled
    return questions > 0 and questions * _GOOD_PART >= other


def _is_plan(head: _Head, rows: Rows) -> bool:
    """Whether a table is the plan of a course: what would be asked stands below a word for work beside weeks, classes
    or days, nothing is to be chosen, and most of it does not ask."""
    names = {*head.columns.values()}
    at = next(index for index, name in head.columns.items() if name == "text")
    heads = [" ".join(cell.lower().split()).strip(" .:*") for cell in head.cells]
    planned = not names.isdisjoint(_OF_PLAN) or any(one in languages.words("plan-head") for one in heads)
    if not planned or heads[at] not in languages.words("work-head") or not names.isdisjoint(_OF_BANK):
        return False
    stated = [cells[at].strip() for _, cells in rows if at < len(cells) and cells[at].strip()]
    return sum(text.endswith("?") for text in stated) * 2 < len(stated)


_OF_PLAN = frozenset({"week", "lecture", "session"})
_OF_BANK = frozenset({"options", "option", "key", "right", "wrong", "type"})
_WEIGHED = 60
"""Rows of a sheet that are weighed."""
_GOOD_PART = 2


# --- the two containers -------------------------------------------------------------------------------------------


def _csv(session: ReadingSession) -> Iterator[Question]:
    seen: Rows = []
    rows = turned.upright(csv_rows(session), _columns)
    head = _head(_noted(rows, seen))
    if head is None:
        raise _without_head(session, seen)
    yield from _questions(session, head, rows)


def csv_rows(session: ReadingSession) -> Iterator[tuple[int, list[str]]]:
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
        raise CoursepackError(f"not a table: {problem}", session.place(before), limits.raised("cell-letters")) from None


def _delimiter(line: str) -> str:
    outside = re.sub(r'"[^"]*"', "", line)
    return max(";,\t|", key=outside.count)


def _book(session: ReadingSession) -> Iterator[Question]:
    seen: Rows = []
    keys, used = _keys_apart(session)
    found, left = False, list[str]()
    for title, held in sheets(session.path):
        before = len(seen)
        rows = turned.upright(held, _columns)
        head = _head(_noted(rows, seen)) if title not in used else None
        if head is None:
            left += [title] * (len(seen) > before and title not in used)
            continue
        found = True
        yield from _questions(session, head, rows, keys.get(title, {}))
    if not found:
        raise _without_head(session, seen)
    for title in left:
        message = f"the sheet {title[:40]!r} has no row with column names and is not read"
        session.warning("sheet-left", message, 0)


def _keys_apart(session: ReadingSession) -> tuple[Mapping[str, Mapping[int, str]], frozenset[str]]:
    """The keys of sheets of questions without any that stand on other sheets, and the titles of those sheets."""
    questions: list[str] = []
    lists = []
    used: set[str] = set()
    for title, held in sheets(session.path):
        seen: Rows = []
        rows = turned.upright(held, _columns)
        head = _head(_noted(rows, seen))
        if head is not None and not _asks_numbers(head, first := list(itertools.islice(rows, _HEAD_ROWS))):
            questions += [title] * (not {"key", "right", "wrong"} & set(head.columns.values()))
            continue
        begun = [(head.row, head.cells), *first] if head is not None else seen
        if reported := key_lists(title, [cells for _, cells in itertools.chain(begun, rows)]):
            lists += reported
            used.add(title)
    result = dict(dealt(lists, questions)) if lists else {}
    for title in result:
        message = f"the keys of the sheet {title[:40]!r} are taken from another one"
        session.findings.append(note("sheet-keys-apart", message, Place(session.name)))
    return result, frozenset(used if result else ())


def _asks_numbers(head: _Head, rows: Rows) -> bool:
    """Whether a column called the question holds the numbers of questions: «Question», «Answer» over «1», «B»."""
    at = next(index for index, name in head.columns.items() if name == "text")
    stated = [cells[at].strip(" .)") for _, cells in rows if at < len(cells) and cells[at].strip()]
    return (
        bool(stated)
        and all(map(str.isdecimal, stated))
        and not {"option", "options", "wrong"} & {*head.columns.values()}
    )


def _noted(rows: Iterator[Row_], seen: Rows) -> Iterator[Row_]:
    """The rows, each kept in ``seen`` when it is taken."""
    for row in rows:
        seen.append(row)
        yield row


def _look_into(path: Path) -> int:
    """The parts of a workbook before a library loads them; their bytes. Raises ``CoursepackError``."""
    total = 0
    with path.open("rb") as file:
        if KINDS["ole"].begins(file.read(_HEAD_BYTES)):
            locked.refuse(path.name, path.read_bytes())
    package, most = Package.of_path(path), limits.now()
    for problem in package.problems:
        advice = problem.advice or "save it again"
        raise CoursepackError(f"no workbook that can be read: {problem.message}", problem.place, advice)
    for name in package.names():
        if not name.endswith((".xml", ".rels")):
            continue
        rows = name.startswith("xl/worksheets/")
        marks = size = 0
        for chunk in package.chunks(name):
            size += len(chunk)
            total += len(chunk)
            behind = _ROW.split(chunk)[-1] if rows else chunk
            marks = xml_marks(behind) + (0 if len(behind) < len(chunk) else marks)
            limit = "question-marks" if rows else "xml-marks"
            if marks > max(xml_marks(chunk), most.question_marks if rows else most.xml_marks):
                raise CoursepackError("a row or part that is too large", package.place(name), limits.raised(limit))
            if size > most.xml_bytes and not rows:
                raise CoursepackError("a part that is too large", package.place(name), limits.raised("xml-bytes"))
    return total


def sheets(path: Path) -> Iterator[tuple[str, Iterator[Row_]]]:
    """The sheets of a workbook: title and rows, which are read before the next sheet is asked for."""
    if path.suffix.lower() in _OPEN:
        yield from _sheets_of_xlsx(path)
        return
    for title, rows in workbook.sheets(path):
        yield title, iter(rows)


def _sheets_of_xlsx(path: Path) -> Iterator[tuple[str, Iterator[Row_]]]:
    from openpyxl import load_workbook

    most = limits.now()
    # One text may stand in many cells: so many letters more than the file has itself.
    allowed = max(most.question_letters, REPEATED * _look_into(path))
    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            budget = WorkbookBudget(path.name, allowed, most)
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what the sheet says of itself fills up every row
                yield sheet.title, budget.rows(sheet.iter_rows(values_only=True))
        finally:
            book.close()
    except CoursepackError:
        raise
    except Exception as problem:  # openpyxl answers a damaged workbook with whatever its code stumbles over
        raise damaged(path.name, problem) from None


# --- rows ---------------------------------------------------------------------------------------------------------


@dataclass
class _Head:
    """The row that names the columns: its number, its cells, and what is in which column."""

    row: int
    cells: list[str]
    columns: dict[int, str]


def _head(rows: Iterator[Row_]) -> _Head | None:
    """The first row that names the columns, if it is among the first; the rows before it are taken."""
    for row, cells in itertools.islice(rows, _HEAD_ROWS):
        columns = _columns(cells)
        if "text" in columns.values():
            return _Head(row, cells, columns)
    return None


def _without_head(session: ReadingSession, seen: Rows) -> CoursepackError:
    """What was found in place of a head; above a row of a question, its options and its key one is offered."""
    first = next((cells for _, cells in seen if any(cells)), [])
    shown = ", ".join(cell.strip()[:30] for cell in first[:6])
    message = f"no row names the columns, expected one with {examples('text')}, found «{shown}»"
    advice = "the layout is described in docs/question-table.md"
    filled = [cell for cell in first if cell.strip()]
    if len(filled) >= _LEAST_CELLS and _LETTER_KEY.fullmatch(filled[-1].strip()):
        row = ";".join(head_row(session.language, len(filled) - 2))
        advice = f"insert this row at the top: {row}"
    return CoursepackError(message, Place(session.name, 1, 1, "row"), advice)


def _questions(
    session: ReadingSession, head: _Head, rows: Iterator[Row_], keys: Mapping[int, str] = MappingProxyType({})
) -> Iterator[Question]:
    rows = _with_lower_heads(head, rows)
    rows = turned.below(head.columns, _with_key(session, head, _without_types(head, rows)))
    for index, cell in enumerate(head.cells):
        if cell.strip() and index not in head.columns:
            session.warning("sheet-column", f"column {cell.strip()[:40]!r} is unknown and ignored", head.row)
    rows = _headless(session, head, rows)
    labels = "".join(_last_letter(head.cells[index]) for index, name in head.columns.items() if name == "option")
    games = [head.cells[index].strip() for index, name in head.columns.items() if name == "game"]
    if games:
        session.noted[f"column of a game: {', '.join(games)[:80]}"] = len(games)
    result = (_row(at, found, head.columns, labels) for at, found in rows)
    keyless, since = 0, 0
    each = one_each(row for row in result if row.filled)
    for row in meant(session, by_signs(_keyed(each, keys) if keys else each)):
        at = row.number
        if row.get("picture"):
            address = row.get("picture")[:80]
            session.warning("sheet-picture", f"row {at}: the picture at {address!r} is not downloaded", at)
        try:
            questions = question(session, row)
        except RowError as problem:
            session.error("sheet-row", f"row {at}: {problem}", at)
            continue
        if isinstance(questions, Essay) and type_of(row.get("type")) == "short-answer":
            stated = f"row {at}: no answer is accepted: it is asked as an open question"
            session.warning("sheet-open", stated, at, "write what is accepted into options, one a line")
        if isinstance(questions, MultipleChoice) and not any(choice.fraction > 0 for choice in questions.choices):
            keyless, since = keyless + 1, since or at
        yield questions
    if keyless:
        session.warning("sheet-without-key", f"{keyless} questions with options have no key", since, _KEY_ADVICE)


def _with_lower_heads(head: _Head, rows: Iterator[Row_]) -> Iterator[Row_]:
    """The rows behind a second row of heads, if there is one: «Answer A», «Answer B» below a cell over both."""
    first = next(rows, None)
    if first is None:
        return rows
    cells = first[1]
    filled = [index for index, cell in enumerate(cells) if cell.strip()]
    lower = [*head.cells, *[""] * (len(cells) - len(head.cells))]
    for index in filled:
        lower[index] = cells[index]
    columns = _columns(lower)
    names = [column_of(cells[index]) for index in filled]
    known = all(name is not None and columns.get(at) == name for at, name in zip(filled, names, strict=True))
    characters = all(_LETTERED.search(cells[index]) for index in filled)
    if len(filled) < _LEAST_CELLS or not (known and characters) or "option" not in names:
        return itertools.chain([first], rows)
    head.cells, head.columns = lower, columns
    return rows


_KEY_ADVICE = "name the right option of each in a column «key», by its letter, its number or its text"


def _headless(session: ReadingSession, head: _Head, rows: Iterator[Row_]) -> Iterator[Row_]:
    """The rows; columns without a head that hold words in the first ones are reported: they are left."""
    first = list(itertools.islice(rows, _HEAD_ROWS))
    known = {*head.columns, *(index for index, cell in enumerate(head.cells) if cell.strip())}
    held = {
        at for _, cells in first for at, cell in enumerate(cells) if at not in known and any(map(str.isalpha, cell))
    }
    if held:
        places = ", ".join(str(at + 1) for at in sorted(held)[:6])
        message = f"columns {places} have no heading and are ignored, although they contain text"
        session.warning("sheet-column", message, head.row, "give them headings, or empty them")
    return itertools.chain(first, rows)


def _keyed(rows: Iterator[QuestionRow], keys: Mapping[int, str]) -> Iterator[QuestionRow]:
    """The rows with the keys that bear their numbers, or count them."""
    for at, row in enumerate(rows, 1):
        printed = row.get("printed").strip(" .)")
        key = keys.get(int(printed) if printed.isdecimal() else at)
        if key:
            row.cells.setdefault("key", key)
        yield row


def _without_types(head: _Head, rows: Iterator[Row_]) -> Iterator[Row_]:
    """The rows; a column of types that knows none among the first is some other column, and left."""
    first = list(itertools.islice(rows, _HEAD_ROWS))
    at = next((index for index, name in head.columns.items() if name == "type"), None)
    stated = [cells[at] for _, cells in first if at is not None and at < len(cells) and cells[at].strip()]
    if at is not None and len(stated) >= _LEAST_CELLS and not any(type_of(text) for text in stated):
        del head.columns[at]
    return itertools.chain(first, rows)


def _with_key(session: ReadingSession, head: _Head, rows: Iterator[Row_]) -> Iterator[Row_]:
    """The rows; where no column is called the key, the only one whose first cells all name an option is it."""
    options = [index for index, name in head.columns.items() if name == "option"]
    if len(options) < _LEAST_OPTIONS or {"key", "right"} & set(head.columns.values()):
        return rows
    first = list(itertools.islice(rows, _HEAD_ROWS))
    filled = [cells for _, cells in first if any(cells)]
    width = max(map(len, (head.cells, *filled)))
    unknown = [index for index in range(width) if index not in head.columns]
    found = [
        at
        for at in unknown
        if len(filled) >= _LEAST_CELLS and all(_names(cells, at, options, head) for cells in filled)
    ]
    if len(found) == 1:
        head.columns[found[0]] = "key"
        name = head.cells[found[0]].strip()[:40] if found[0] < len(head.cells) else ""
        session.findings.append(
            note(
                "sheet-key",
                f"column {name or found[0] + 1!r} is read as the key: each cell names an option",
                session.place(head.row),
            )
        )
    return itertools.chain(first, rows)


def _names(cells: list[str], at: int, options: list[int], head: _Head) -> bool:
    """Whether a cell is the letter, or the text, of one of the options of its row; below a head that speaks of right
    answers also its number."""
    text = cells[at].strip() if at < len(cells) else ""
    letters = {letter for found in languages.lexicons() for letter in found.option_letters[: len(options)]}
    letters |= {_last_letter(head.cells[index]).upper() for index in options}
    there = [cells[index].strip() for index in options if index < len(cells)]
    counts = text.isdecimal() and 0 < int(text) <= len(options)
    called = at < len(head.cells) and speaks_of_key(head.cells[at])
    return bool(text) and (text.upper() in letters or text in there or (counts and called))


def _row(at: int, found: list[str], columns: dict[int, str], labels: str) -> QuestionRow:
    row = QuestionRow(at, {}, [], labels, frozenset(columns.values()))
    for index, name in columns.items():
        text = found[index].replace("\r\n", "\n").replace("\r", "\n").strip(" \u00a0") if index < len(found) else ""
        if name == "option":
            row.options.append(text.strip())
        elif name == "wrong":
            row.wrong.extend([text.strip()] * bool(text.strip()))
        elif name == "weight":
            row.weights.append(text.strip())
        elif text.strip():
            row.cells[name] = text if name == "option feedback" else text.strip()
    return row


def _last_letter(head: str) -> str:
    """«Б» of «Вариант Б»; nothing of «Вариант 2»."""
    word = head.rsplit(maxsplit=1)[-1].strip(" ).") if head.split() else ""
    return word if len(word) == 1 and word.isalpha() else ""


def _columns(cells: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    known: set[str] = set()
    for index, cell in enumerate(cells[: limits.now().sheet_columns]):
        name = column_of(cell)
        if name is not None and (name in SEVERAL or name not in known):
            found[index] = name
            known.add(name)
        elif name == "key" and (other := _id_called_key(cells, found)) is not None:
            found[other], found[index] = "id", name
    return _with_text(cells, _with_items(found))


_LETTERED = re.compile(r"[^\W\d_]")


def _with_text(cells: Sequence[str], found: dict[int, str]) -> dict[int, str]:
    """The columns; where right answers stand beside wrong ones, or beside options by letter, the column before all of
    them is what is asked, whatever its head: «Word», «Right», «Wrong 1»."""
    names = list(found.values())
    answers = [index for index, name in found.items() if name in {"right", "key", "wrong", "option"}]
    lettered = [cells[at] for at, name in found.items() if name == "option" and _LETTERED.fullmatch(cells[at].strip())]
    sure = "wrong" in names or len(lettered) > _LEAST_OPTIONS
    if "text" in names or not sure or not {"right", "key"} & set(names):
        return found
    before = [at for at in range(min(answers)) if at not in found and cells[at].strip()]
    numbers = [at for at in range(min(answers)) if found.get(at) == "printed" and _LETTERED.search(cells[at])]
    before = before or numbers  # «Q» over the questions, not their numbers
    return {**found, before[-1]: "text"} if before else found


def _with_items(found: dict[int, str]) -> dict[int, str]:
    """The columns; one of items holds the questions, or their numbers beside these."""
    names = {*found.values()}
    meant = "text" if "text" not in names else None if "printed" in names else "printed"
    result = {index: meant if name == "item" else name for index, name in found.items()}
    return {index: name for index, name in result.items() if name is not None}


def _id_called_key(cells: Sequence[str], found: dict[int, str]) -> int | None:
    """The column «key» beside one with a fuller name of the right answer: an id, unless there is another one."""
    at = next(index for index, name in found.items() if name == "key")
    return at if is_bare_key(cells[at]) and "id" not in found.values() else None


reader = Reader(read_questions=read, is_bank=is_bank)
