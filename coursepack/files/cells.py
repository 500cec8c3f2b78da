"""Cells of tables for spreadsheets: one way to write them, so that no program takes a text for a formula, and one back.

A CSV says nothing of types: Excel and LibreOffice take a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a
formula (Excel the full-width forms too, in East Asian settings), which may start programs (DDE) and send data away. A
cell that they would read so gets an apostrophe before it, and a reader takes one apostrophe away (``unmarked``), so
that any text comes back as it was.

The separator is a setting of Windows: a table parted by ``,`` may be taken apart at ``;``, at tabs and at the line ends
of a text, and the other way round, whatever is quoted. What would be a formula after such a cut is marked too.

In XLSX a cell has a type: a text cell is never a formula. There only the letters need care (``workbook_text``).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

MARK = "'"
LONGEST = 32_767
"""UTF-16 units that a cell of Excel holds."""

# What programs skip before they look: blanks, quotes, letters that are not seen.
_UNSEEN = r"\x00-\x08\x0b\x0c\x0e-\x20\"\x7f-\xa0\xad\u2000-\u200f\u2028-\u202f\u2060\u3000\ufeff"
_SIGNS = r"[=+\-@＝＋－＠]"
_NUMBER = r"-(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?%?|[-+]"  # «+7 777» would lose its sign
_CUTS = r"[;,\t\r\n]"

# A text whose own apostrophe would be taken for the mark; a formula, which a number or a lone sign is not.
_FORMULA = rf"[{_UNSEEN}\t\r\n]*{_SIGNS}|[\t\r\n]"
_TO_MARK = re.compile(rf"{MARK}|(?!(?:{_NUMBER})\Z)(?:{_FORMULA})")
_MARKED = re.compile(rf"{MARK}(?:{MARK}|{_FORMULA})")
# After a cut «+» and «-» are dashes and bullets of a text, but before a call, another sheet or a DDE link.
_AFTER_CUT = rf"[{_UNSEEN}]*(?:[=@＝＠]|[+\-＋－][^;,\t\r\n]*?(?:[(|]|!\$?\w))"
_TO_MARK_INSIDE = re.compile(rf"(?<={_CUTS})(?={MARK}*{_AFTER_CUT})")
_MARKED_INSIDE = re.compile(rf"(?<={_CUTS}){MARK}(?={MARK}*{_AFTER_CUT})")


def marked(text: str) -> str:
    """``text`` as a CSV cell holds it."""
    inside = _TO_MARK_INSIDE.sub(MARK, text)
    return MARK + inside if _TO_MARK.match(text) else inside


def unmarked(cell: str) -> str:
    """The text of a cell that ``marked`` made; other cells keep their apostrophes."""
    text = _MARKED_INSIDE.sub("", cell)
    return text[1:] if _MARKED.match(text) else text


def csv_row(cells: Iterable[str], delimiter: str) -> str:
    """A row as RFC 4180 has it, ended by CR LF, its cells marked."""
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow([marked(cell) for cell in cells])
    return line.getvalue()


# What no XML 1.0 holds (section 2.2), and what is no letter in a sheet.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")


def without_controls(text: str) -> str:
    """``text`` without what a table cannot hold."""
    return _CONTROL.sub("", text)


def cut(text: str) -> str:
    """As much of ``text`` as a cell of Excel holds."""
    if len(text) * 2 <= LONGEST:
        return text
    return text.encode("utf-16-le")[: LONGEST * 2].decode("utf-16-le", "ignore")


_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile(r"_x(?:005F_(?=x[0-9A-Fa-f]{4}_)|(000[9AD])_)", re.IGNORECASE)


def workbook_text(text: str) -> str:
    """``text`` as the XML of a workbook holds it: what looks like an escape of a letter, «_x0041_», is escaped itself
    (ISO/IEC 29500-1, 22.9.2.19, ST_Xstring)."""
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def workbook_cell(sheet: Any, text: str) -> Any:
    """A text cell of an openpyxl sheet: never a formula, a number, an error or a date, whatever it looks like."""
    from openpyxl.cell import WriteOnlyCell

    result = WriteOnlyCell(sheet, workbook_text(text))
    result.data_type = "s"
    return result


def text_of_workbook(text: str) -> str:
    """The way back, and the tabs and line ends that other programs escape. (openpyxl has undone some of it already
    where texts are shared, so no other escape is taken for one.)"""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else "_", text)
