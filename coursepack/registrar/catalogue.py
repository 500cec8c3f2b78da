"""A register of many bags, in SQLite.

The bags are the truth; the register is what was read from their tag files and can be made again at any time. A bag
that has not changed since is not read twice. Writers wait for each other: SQLite's own lock, one transaction a run.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import msgspec

from coursepack import visible
from coursepack.files import sources
from coursepack.files.cells import csv_row
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.registrar import bag, edition

FILE = "catalogue.sqlite"
_FORMAT = 2
_WAIT = 60.0
"""Seconds that a run waits for another one that is writing."""

# Column → tag of bag-info.txt.
COLUMNS = {
    "course": "Course-Id",
    "title": "Course-Title",
    "code": "Course-Code",
    "programme": "Programme",
    "language": "Language",
    "year": "Academic-Year",
    "semester": "Semester",
    "credits": "Credits",
    "revision": "Revision",
    "university": "Source-Organization",
    "faculty": "Faculty",
    "department": "Department",
    "minutes": "Minutes-Number",
    "minutes_date": "Minutes-Date",
    "archived": "Bagging-Date",
    "retention": "Retention-Term",
    "coursepack": "Coursepack-Version",
}

_SCHEMA = f"""
CREATE TABLE bag (path TEXT PRIMARY KEY, mark TEXT NOT NULL, {", ".join(f"{name} TEXT" for name in COLUMNS)});
CREATE TABLE file (bag TEXT NOT NULL REFERENCES bag(path) ON DELETE CASCADE, path TEXT NOT NULL, sha512 TEXT NOT NULL,
                   sha256 TEXT);
CREATE TABLE word (bag TEXT NOT NULL REFERENCES bag(path) ON DELETE CASCADE, name TEXT NOT NULL, folded TEXT NOT NULL);
CREATE INDEX file_bag ON file(bag);
CREATE INDEX file_sha512 ON file(sha512);
CREATE INDEX file_sha256 ON file(sha256);
CREATE INDEX word_bag ON word(bag);
CREATE INDEX word_name ON word(name, folded);
"""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A bag as the register knows it: its path below the archive's folder, and its tags."""

    path: str
    tags: dict[str, str]


@dataclass(frozen=True)
class Updated:
    """What a run did: bags known, read anew, gone; and bags that could not be read."""

    bags: int
    read: int
    gone: int
    findings: tuple[Finding, ...]


def open_register(folder: Path, *, anew: bool = False) -> sqlite3.Connection:
    """The register of an archive's folder, made when there is none; ``anew``: also when there is a file that is no
    register. Raises ``CoursepackError``."""
    if not folder.is_dir():
        raise CoursepackError("no such folder", Place(str(folder)), "name the folder that holds the bags")
    path = folder / FILE
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise CoursepackError("is no register but a link or a folder", Place(str(path)), "take it away")
    if anew and not _is_register(path):
        path.unlink(missing_ok=True)
    try:
        register = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        register.execute("PRAGMA foreign_keys = ON")
        register.execute("PRAGMA synchronous = NORMAL")
        if _format(register) != _FORMAT:
            with _writing(register):
                if _format(register) != _FORMAT:
                    _make(register)
    except sqlite3.Error as problem:
        raise CoursepackError(
            f"cannot be used: {problem}", Place(str(path)), "--anew makes it again from the bags"
        ) from None
    return register


def _is_register(path: Path) -> bool:
    """Whether SQLite reads the file (one that another run is writing, too)."""
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT)) as register:
            register.execute("PRAGMA schema_version")
    except sqlite3.OperationalError:
        return True  # locked, or a folder that cannot be written: nothing to delete
    except sqlite3.DatabaseError:
        return False
    return True


def _format(register: sqlite3.Connection) -> int:
    return int(register.execute("PRAGMA user_version").fetchone()[0])


def _make(register: sqlite3.Connection) -> None:
    for name in ("word", "file", "bag"):
        register.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in filter(str.strip, _SCHEMA.split(";")):
        register.execute(statement)
    register.execute(f"PRAGMA user_version = {_FORMAT}")


class _writing:  # noqa: N801 - used as a statement
    """One transaction that begins by taking the write lock: whoever comes second waits and sees what the first did."""

    def __init__(self, register: sqlite3.Connection) -> None:
        self._register = register

    def __enter__(self) -> None:
        self._register.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._register.execute("ROLLBACK" if kind else "COMMIT")


def update(folder: Path, *, anew: bool = False, follow_links: bool = False) -> Updated:
    """Bring the register of a folder up to its bags; ``anew`` forgets everything first. A folder that is a link is told
    and not entered without ``follow_links``.

    Raises ``CoursepackError`` when the folder or the register cannot be used.
    """
    findings: list[Finding] = []
    with closing(open_register(folder, anew=anew)) as register:
        try:
            with _writing(register):
                if anew:
                    _make(register)
                known = dict(register.execute("SELECT path, mark FROM bag"))
                found = {
                    _text(path.relative_to(folder).as_posix()): path
                    for path in _bags(folder, findings, follow_links=follow_links)
                }
                read = 0
                for name, path in found.items():
                    mark = _mark(path)
                    if known.get(name) != mark:
                        read += _enter(register, name, path, mark, findings)
                gone = [name for name in known if name not in found]
                register.executemany("DELETE FROM bag WHERE path = ?", [(name,) for name in gone])
                (count,) = register.execute("SELECT count(*) FROM bag").fetchone()
        except sqlite3.Error as problem:
            place = Place(str(folder / FILE))
            raise CoursepackError(f"cannot be written: {problem}", place, "run it again") from None
    return Updated(count, read, len(gone), tuple(findings))


def _bags(folder: Path, findings: list[Finding], *, follow_links: bool) -> Iterator[Path]:
    for path in bags_in(folder):
        names = path.relative_to(folder).parts
        if not follow_links and any(sources.is_link(folder.joinpath(*names[: end + 1])) for end in range(len(names))):
            message = "not entered: it is, or lies in, a link"
            findings.append(warning("catalogue-link", message, Place(str(path)), sources.FOLLOW))
        else:
            yield path


def bags_in(folder: Path) -> Iterator[Path]:
    """The bags below a folder, two levels deep; what is being written (its name begins with a dot) is none."""
    for child in sorted(folder.iterdir()):
        if not child.is_dir() or child.name.startswith("."):
            continue
        if (child / bag.DECLARATION).is_file():
            yield child
        else:
            inside = (deeper for deeper in sorted(child.iterdir()) if not deeper.name.startswith("."))
            yield from (deeper for deeper in inside if (deeper / bag.DECLARATION).is_file())


def _text(name: str) -> str:
    """A name as SQLite can hold it: bytes that are no text become escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _mark(path: Path) -> str:
    """What tells that a bag is as it was when it was read: sizes and times of its tag files."""
    parts = []
    for name in (bag.INFO, bag.MANIFEST):
        try:
            stat = (path / name).stat()
            parts.append(f"{stat.st_size}.{stat.st_mtime_ns}")
        except OSError:
            parts.append("-")
    return " ".join(parts)


def _enter(register: sqlite3.Connection, name: str, path: Path, mark: str, findings: list[Finding]) -> int:
    try:
        parts = [sources.check(path, part).read_bytes() for part in (bag.INFO, bag.MANIFEST, bag.REPORT)]
        info, manifest, told = parts
        tags, (sums, _) = dict(bag.parse_info(info)), bag.parse_manifest(manifest)
        report = edition.read_report(told, Place(str(path / bag.REPORT)))
    except (OSError, CoursepackError) as problem:
        place = Place(str(path))
        findings.append(warning("catalogue-unreadable", f"not entered: {problem}", place, "coursepack verify it"))
        register.execute("DELETE FROM bag WHERE path = ?", (name,))
        return 0
    built = {bag.PRODUCTS + product.file: product.sha256 for product in report.products}
    built |= {bag.SOURCES + source.file: source.sha256 for source in report.sources}
    register.execute("DELETE FROM bag WHERE path = ?", (name,))
    values = [name, mark, *(tags.get(tag) for tag in COLUMNS.values())]
    register.execute(f"INSERT INTO bag VALUES ({', '.join('?' * len(values))})", values)  # noqa: S608 - only marks
    files = ((name, _text(path_), digest, built.get(path_)) for path_, digest in sums.items())
    register.executemany("INSERT INTO file VALUES (?, ?, ?, ?)", files)
    words = ((name, column, folded(column, tags[tag])) for column, tag in COLUMNS.items() if tag in tags)
    register.executemany("INSERT INTO word VALUES (?, ?, ?)", words)
    return 1


@dataclass(frozen=True)
class Query:
    """What to look for; absent means any. ``course`` is found in id, title and code, ``department`` in department and
    faculty, letters' case aside; ``year`` is the academic year («2026» finds «2026/2027»); ``checksum`` is the SHA-512
    or SHA-256 of any file, or its first digits."""

    course: str | None = None
    year: str | None = None
    department: str | None = None
    checksum: str | None = None


def find(folder: Path, query: Query) -> list[Row]:
    """The bags that answer a query, by course, year and path. Raises ``CoursepackError``."""
    conditions, values = _conditions(query)
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    statement = f"SELECT path, {', '.join(COLUMNS)} FROM bag {where} ORDER BY course, year, language, path"  # noqa: S608 - names of columns; values are bound
    with closing(open_register(folder)) as register:
        try:
            rows = register.execute(statement, values).fetchall()
        except sqlite3.Error as problem:
            raise CoursepackError(f"cannot be read: {problem}", Place(str(folder / FILE)), "run it again") from None
    return [
        Row(path=row[0], tags={column: value for column, value in zip(COLUMNS, row[1:], strict=True) if value})
        for row in rows
    ]


def _conditions(query: Query) -> tuple[list[str], list[str]]:
    conditions: list[str] = []
    values: list[str] = []
    for text, columns in (
        (query.course, ("course", "title", "code")),
        (query.department, ("department", "faculty")),
        (query.year, ("year",)),
    ):
        if text:
            # instr, not LIKE: SQLite folds the case of Latin letters only, and «%» in a title is a letter.
            names = ", ".join("?" * len(columns))
            conditions.append(f"path IN (SELECT bag FROM word WHERE name IN ({names}) AND instr(folded, ?))")  # noqa: S608
            values += [*columns, folded(columns[0], text)]
    if query.checksum:
        digits = query.checksum.strip().lower()
        span = "(sha512 >= ? AND sha512 < ?) OR (sha256 >= ? AND sha256 < ?)"
        conditions.append(f"path IN (SELECT bag FROM file WHERE {span})")  # noqa: S608 - values are bound
        values += [digits, digits + "g", digits, digits + "g"]
    return conditions, values


_SPAN = re.compile(r"\s*[-/–—]\s*")


def folded(column: str, text: str) -> str:
    """A text as it is looked for: letters' case aside; the years of «2026/2027» however they are joined."""
    text = text.casefold()
    return _SPAN.sub("/", text) if column == "year" else text


def to_csv(rows: Sequence[Row]) -> str:
    """The rows as CSV (RFC 4180), a header first; each bag is one line."""
    table = (["path", *COLUMNS], *([row.path, *(row.tags.get(column, "") for column in COLUMNS)] for row in rows))
    return "".join(csv_row(map(visible.line, cells), ",") for cells in table)
