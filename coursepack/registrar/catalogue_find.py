"""What is asked of the register of an archive: the usual questions, SQL, CSV, a feed for other systems."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec

from coursepack import visible
from coursepack.files.cells import csv_row
from coursepack.place import CoursepackError, Place
from coursepack.registrar.catalogue import COLUMNS, FILE, folded, open_register


class CatalogueRow(msgspec.Struct, frozen=True, kw_only=True):
    """A bag as the register knows it: its path below the archive's folder, and its tags."""

    path: str
    tags: dict[str, str]


@dataclass(frozen=True)
class Query:
    """What to look for; absent means any. Texts are found inside the fields (``_IN``), letters' case aside; ``year`` is
    the academic year («2026» finds «2026/2027», «2026-2027» too); ``checksum`` is the SHA-512 or SHA-256 of any file,
    or its first digits; ``without`` names a field that is not stated; ``unverified_since`` (an ISO date): not verified
    on that day or later."""

    course: str | None = None
    year: str | None = None
    department: str | None = None
    checksum: str | None = None
    programme: str | None = None
    language: str | None = None
    minutes: str | None = None
    access: str | None = None
    without: str | None = None
    unverified_since: str | None = None


_HEX = re.compile(r"[0-9a-f]{1,128}")
# Field of the query → columns that it is looked for in.
_IN = {
    "course": ("course", "title", "code"),
    "department": ("department", "faculty"),
    "year": ("year",),
    "programme": ("programme",),
    "language": ("language",),
    "minutes": ("minutes",),
    "access": ("access",),
}


def find(folder: Path, query: Query) -> list[CatalogueRow]:
    """The bags that answer a query, by course, year and path. Raises ``CoursepackError``."""
    return list(_found(folder, query))


def _found(folder: Path, query: Query) -> Iterator[CatalogueRow]:
    conditions, values = _conditions(query)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    # SQLite would take another index and sort: the one of what is missing has the order already.
    by = f"INDEXED BY bag_no_{query.without}" if query.without else ""
    statement = f"SELECT path, {', '.join(COLUMNS)} FROM bag {by} {where} ORDER BY course, year, language, path"  # noqa: S608
    with closing(open_register(folder)) as register:
        try:
            for row in register.execute(statement, values):
                tags = {column: value for column, value in zip(COLUMNS, row[1:], strict=True) if value}
                yield CatalogueRow(path=row[0], tags=tags)
        except sqlite3.Error as problem:
            raise CoursepackError(f"cannot be read: {problem}", Place(str(folder / FILE)), "run it again") from None


def _conditions(query: Query) -> tuple[list[str], list[str]]:
    conditions: list[str] = []
    values: list[str] = []
    for field, columns in _IN.items():
        if text := getattr(query, field):
            # instr, not LIKE: SQLite folds the case of Latin letters only, and «%» in a title is a letter. Values are
            # few, bags are many: what is looked through are the values.
            names = ", ".join("?" * len(columns))
            said = f"SELECT id FROM value WHERE name IN ({names}) AND instr(folded, ?)"  # noqa: S608
            conditions.append(f"id IN (SELECT bag FROM has WHERE value IN ({said}))")  # noqa: S608
            values += [*columns, folded(columns[0], text)]
    if query.checksum is not None:
        digits = query.checksum.strip().lower()
        if not _HEX.fullmatch(digits):
            raise CoursepackError(
                f"{query.checksum!r} is no checksum, expected SHA-512 or SHA-256 in hex, or its first digits"
            )
        span = " UNION ".join(
            f"SELECT bag FROM file WHERE {name} >= ? AND {name} < ?"  # noqa: S608 - values are bound
            for name in ("sha512", "sha256")
        )
        conditions.append(f"id IN ({span})")
        values += [digits, digits + "g", digits, digits + "g"]
    if query.without:
        if query.without not in COLUMNS:
            raise CoursepackError(f"{query.without!r} is no field, expected one of {', '.join(COLUMNS)}")
        conditions.append(f"{query.without} IS NULL")
    if query.unverified_since:
        conditions.append("path NOT IN (SELECT path FROM event WHERE at >= ?)")
        values.append(query.unverified_since)
    return conditions, values


def to_csv(rows: Sequence[CatalogueRow]) -> str:
    """The rows as CSV (RFC 4180), a header first; each bag is one line."""
    table = (["path", *COLUMNS], *([row.path, *(row.tags.get(column, "") for column in COLUMNS)] for row in rows))
    return "".join(csv_row(map(visible.line, cells), ",") for cells in table)


def sql(folder: Path, statement: str) -> tuple[list[str], list[list[str]]]:
    """The columns and rows that a SELECT gives; nothing can be written by it. Raises ``CoursepackError``."""
    place = Place(str(folder / FILE))
    open_register(folder).close()
    try:
        with closing(sqlite3.connect(f"{(folder / FILE).resolve().as_uri()}?mode=ro", uri=True)) as register:
            register.execute("PRAGMA query_only = ON")
            register.set_authorizer(_reads_only)
            found = register.execute(statement)
            names = [str(column[0]) for column in found.description or ()]
            return names, [["" if cell is None else str(cell) for cell in row] for row in found]
    except sqlite3.Error as problem:
        message = f"the query failed: {problem}"
        raise CoursepackError(message, place, "tables: bag, file, value, has, run, event; SELECT only") from None


_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


def _reads_only(action: int, *_: object) -> int:
    """No ATTACH, no PRAGMA: a statement reads this file and no other."""
    return sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY


# --- a feed ----------------------------------------------------------------------------------------------------------


def feed(folder: Path, query: Query, title: str) -> Iterator[bytes]:
    """The bags that answer a query as a JSON Feed 1.1 (jsonfeed.org), piece by piece: a static file for the systems of
    a library. What nobody stated is left out."""
    head = {"version": "https://jsonfeed.org/version/1.1", "title": title}
    yield b'%s,\n"items": [' % msgspec.json.encode(head)[:-1]
    for number, row in enumerate(_found(folder, query)):
        yield (b",\n" if number else b"\n") + msgspec.json.encode(_item(row))
    yield b"\n]}\n"


def _item(row: CatalogueRow) -> dict[str, Any]:
    tags = row.tags
    item = {
        "id": row.path,
        "url": f"{quote(row.path)}/",
        "title": tags.get("title"),
        "content_text": "; ".join(f"{column}: {value}" for column, value in tags.items()),
        "language": tags.get("language"),
        "date_published": f"{tags['archived']}T00:00:00Z" if "archived" in tags else None,
        "_coursepack": tags,
    }
    return {key: value for key, value in item.items() if value}
