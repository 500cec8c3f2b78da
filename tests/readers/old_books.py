"""Workbooks of old kinds, made by hand: BIFF8 in a compound file ([MS-XLS], [MS-CFB]) and OpenDocument."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Sequence
from html import escape

Cell = str | float
Sheets = dict[str, Sequence[Sequence[Cell]]]

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<2H", kind, len(data)) + data


def _begin(what: int) -> bytes:
    return _record(0x0809, struct.pack("<4H2L", 0x0600, what, 0x0DBB, 1996, 0, 6))


def _cell(row: int, column: int, value: Cell) -> bytes:
    at = struct.pack("<3H", row, column, 0)
    if isinstance(value, str):
        return _record(0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return _record(0x0203, at + struct.pack("<d", value))


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    cells = (
        _cell(number, column, value)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
        if value != ""
    )
    return _begin(0x0010) + b"".join(cells) + _record(0x000A, b"")


def _stream(sheets: Sheets) -> bytes:
    names = [struct.pack("<BB", len(name), 1) + name.encode("utf-16-le") for name in sheets]
    bodies = [_sheet(rows) for rows in sheets.values()]
    head = _begin(0x0005) + _record(0x0042, struct.pack("<H", 1200))
    start = len(head) + sum(4 + 6 + len(name) for name in names) + 4
    for name, body in zip(names, bodies, strict=True):
        head += _record(0x0085, struct.pack("<L2B", start, 0, 0) + name)
        start += len(body)
    return head + _record(0x000A, b"") + b"".join(bodies)


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<H2B3L", len(raw) + 2 if raw else 0, kind, 1, _FREE, _FREE, child)
    return head + bytes(36) + struct.pack("<3L", start, size, 0)


def compound(name: str, data: bytes) -> bytes:
    """A compound file with one stream."""
    data = data.ljust(4096, b"\0")
    data = data.ljust(-(-len(data) // _SECTOR) * _SECTOR, b"\0")
    count = len(data) // _SECTOR
    fat = [_FAT, _END, *range(3, count + 2), _END]
    assert len(fat) <= _SECTOR // 4
    table = struct.pack(f"<{len(fat)}L", *fat) + struct.pack("<L", _FREE) * (_SECTOR // 4 - len(fat))
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry(name, 2, _FREE, 2, len(data)) + _entry("", 0, _FREE, 0, 0) * 2
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9L", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<L", 0)
    return head + struct.pack("<L", _FREE) * 108 + table + folder + data


def xls(sheets: Sheets) -> bytes:
    """A workbook of Excel 97-2003."""
    return compound("Workbook", _stream(sheets))


def ods(sheets: Sheets, *, cells: str = "") -> bytes:
    """A workbook of LibreOffice; ``cells`` are further rows as XML."""

    def cell(value: Cell) -> str:
        kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
        return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + f"{cells}</table:table>"
        for name, rows in sheets.items()
    )
    space = "".join(
        f' xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"' for key in ("office", "table", "text")
    )
    text = (
        f"<office:document-content{space}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", f"{text}</office:document-content>")
        made.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()
