"""Workbooks of old Excel and of LibreOffice (.xls, .xlsb, .ods) → rows of texts.

They are parsed in a process of its own with a limit of memory: a few bytes can say that a million cells are alike.
"""

from __future__ import annotations

import io
from pathlib import Path

from coursepack import isolated, limits
from coursepack.files import locked, sources
from coursepack.files.media import KINDS
from coursepack.place import CoursepackError, Place
from coursepack.readers.sheet.cells import REPEATED, Row_, WorkbookBudget

Sheets = list[tuple[str, list[Row_]]]
"""Title and rows of each sheet."""
_PARSE = f"{__name__}:parse"
_FOREIGN = (
    (b"<html", "a web page"),
    (b"<table", "a web page"),
    (b"<!doctype html", "a web page"),
    (b"<?xml", "an XML document"),
)


def sheets(path: Path) -> Sheets:
    """The sheets of a workbook. Raises ``CoursepackError``: locked, damaged, something else, beyond the limits."""
    sources.check_file(path)
    most = limits.of("document-bytes")
    if path.stat().st_size > most:
        message = f"a workbook of {path.stat().st_size} bytes; at most {most} are read"
        raise CoursepackError(message, Place(path.name), limits.raised("document-bytes"))
    data = path.read_bytes()
    return isolated.call(
        _PARSE, data, Sheets, place=Place(path.name), budget=isolated.budget(), options={"name": path.name}
    )


def parse(payload: bytes, *, name: str) -> Sheets:
    """The child's part."""
    import python_calamine as calamine

    if not (KINDS["ole"].begins(payload) or KINDS["zip"].begins(payload)):
        raise _none(name, payload)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(payload))
        titles = [sheet.name for sheet in book.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
        budget = WorkbookBudget(name, max(limits.of("question-letters"), REPEATED * len(payload)), limits.now())
        return [(title, list(budget.rows(_rows(book.get_sheet_by_name(title))))) for title in titles]
    except calamine.PasswordError:
        raise CoursepackError("encrypted with a password", Place(name), "save it without a password") from None
    except calamine.CalamineError as problem:
        locked.refuse(name, payload)
        raise CoursepackError(f"no workbook that can be read: {problem}", Place(name), _ANEW) from None
    except BaseException as problem:  # a panic of Rust is no Exception
        if type(problem).__name__ != "PanicException":
            raise
        raise CoursepackError("no workbook that can be read: it is damaged", Place(name), _ANEW) from None


_ANEW = "save it again as .xlsx"


def _rows(sheet: object) -> list[list[object]]:
    """From the first row on; an empty cell is none."""
    found: list[list[object]] = sheet.to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    return [[None if value == "" else value for value in row] for row in found]


def _none(name: str, data: bytes) -> CoursepackError:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    found = next((words for sign, words in _FOREIGN if head.startswith(sign)), "")
    stated = f"{found} under the name of a workbook" if found else "no workbook of Excel or OpenDocument"
    return CoursepackError(stated, Place(name), f"open it in Excel or LibreOffice and {_ANEW}")
