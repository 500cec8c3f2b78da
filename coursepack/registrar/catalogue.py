"""A register of many bags, in SQLite.

The bags are the truth; the register is what was read from their tag files and can be made again at any time. A bag
that has not changed since is not read twice. Writers wait for each other: SQLite's own lock, one transaction a run.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from coursepack.files import sources
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.registrar import bag, edition, ocfl

FILE = "catalogue.sqlite"
_FORMAT = 3
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
    "access": "Access",
}

COUNTED = ("year", "department", "faculty", "programme", "language", "semester", "university", "access", "archived")
"""Columns by which bags are counted: an index each answers «how many a year» without a look at the bags."""
_MISSED = "".join(
    f"CREATE INDEX bag_no_{name} ON bag(course, year, language, path) WHERE {name} IS NULL;\n" for name in COLUMNS
)
_COUNTED = "".join(f"CREATE INDEX bag_by_{name} ON bag({name});\n" for name in COUNTED)

_SCHEMA = f"""
CREATE TABLE bag (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, mark TEXT NOT NULL,
                  {", ".join(f"{name} TEXT" for name in COLUMNS)});
CREATE TABLE file (bag INTEGER NOT NULL REFERENCES bag(id) ON DELETE CASCADE, path TEXT NOT NULL, sha512 TEXT NOT NULL,
                   sha256 TEXT);
CREATE TABLE value (id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL, UNIQUE (name, folded));
CREATE TABLE has (value INTEGER NOT NULL REFERENCES value(id), bag INTEGER NOT NULL REFERENCES bag(id)
                  ON DELETE CASCADE, PRIMARY KEY (value, bag)) WITHOUT ROWID;
CREATE INDEX bag_order ON bag(course, year, language, path);
CREATE INDEX file_bag ON file(bag);
CREATE INDEX file_sha512 ON file(sha512);
CREATE INDEX file_sha256 ON file(sha256);
CREATE INDEX has_bag ON has(bag);
{_MISSED}{_COUNTED}"""
# What was done with bags cannot be read from them: it is never dropped.
_EVENTS = """
CREATE TABLE IF NOT EXISTS run (id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT, asked TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS event (id INTEGER PRIMARY KEY, run INTEGER REFERENCES run(id), path TEXT NOT NULL,
                                  at TEXT NOT NULL, type TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS event_path ON event(path, id);
CREATE INDEX IF NOT EXISTS event_run ON event(run, path)
"""


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
        raise CoursepackError("is a link or a folder, expected the catalogue file", Place(str(path)), "remove it")
    if anew and not _is_register(path):
        path.unlink(missing_ok=True)
    try:
        register = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
        register.execute("PRAGMA foreign_keys = ON")
        register.execute("PRAGMA synchronous = NORMAL")
        register.execute("PRAGMA cache_size = -65536")
        if _format(register) != _FORMAT:
            with writing(register):
                if _format(register) != _FORMAT:
                    _make(register)
    except sqlite3.Error as problem:
        raise CoursepackError(
            f"cannot be used: {problem}", Place(str(path)), "--anew rebuilds it from the bags"
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
    for name in ("word", "has", "value", "file", "bag"):
        register.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in filter(str.strip, (_SCHEMA + _EVENTS).split(";")):
        register.execute(statement)
    register.execute(f"PRAGMA user_version = {_FORMAT}")


class writing:  # noqa: N801 - used as a statement
    """One transaction that begins by taking the write lock: whoever comes second waits and sees what the first did."""

    def __init__(self, register: sqlite3.Connection) -> None:
        self._register = register

    def __enter__(self) -> None:
        self._register.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: object, *_: object) -> None:
        self._register.execute("ROLLBACK" if kind else "COMMIT")


@dataclass(frozen=True)
class BagEntry:
    """What is read of one bag for the register: its tags, and (path, SHA-512, SHA-256) of its files."""

    tags: dict[str, str]
    files: tuple[tuple[str, str, str | None], ...]


Read = Callable[[Sequence[Path]], Iterable[BagEntry | CoursepackError]]
"""Reads many bags, here or in other processes: what each says or why it cannot be read, in their order."""
_PIECE = 512
"""Bags that are read before they are entered: what is held in memory at once."""


def update(folder: Path, *, anew: bool = False, follow_links: bool = False, read: Read | None = None) -> Updated:
    """Bring the register of a folder up to its bags; ``anew`` forgets everything first. A folder that is a link is told
    and not entered without ``follow_links``. ``read`` reads the bags that are new; none: here, one after another.

    Raises ``CoursepackError`` when the folder or the register cannot be used.
    """
    findings: list[Finding] = []
    with closing(open_register(folder, anew=anew)) as register:
        try:
            with writing(register):
                if anew:
                    _make(register)
                known = dict(register.execute("SELECT path, mark FROM bag"))
                found = {name_of(path, folder): path for path in _bags(folder, findings, follow_links=follow_links)}
                fresh = [(name, path, mark) for name, path in found.items() if known.get(name) != (mark := _mark(path))]
                done = _entered(register, fresh, read or _one_by_one, findings)
                gone = [name for name in known if name not in found]
                register.executemany("DELETE FROM bag WHERE path = ?", [(name,) for name in gone])
                (count,) = register.execute("SELECT count(*) FROM bag").fetchone()
        except sqlite3.Error as problem:
            place = Place(str(folder / FILE))
            raise CoursepackError(f"cannot be written: {problem}", place, "run it again") from None
    return Updated(count, done, len(gone), tuple(findings))


def _bags(folder: Path, findings: list[Finding], *, follow_links: bool) -> Iterator[Path]:
    for path in bags_in(folder):
        names = path.relative_to(folder).parts
        if not follow_links and any(sources.is_link(folder.joinpath(*names[: end + 1])) for end in range(len(names))):
            message = "not added to the catalogue: it is a link or inside one"
            findings.append(warning("catalogue-link", message, Place(str(path)), sources.FOLLOW))
        else:
            yield path


def is_one(path: Path) -> bool:
    """Whether a folder is a bag or an OCFL object."""
    return (path / bag.DECLARATION).is_file() or ocfl.is_object(path)


def bags_in(folder: Path) -> Iterator[Path]:
    """The bags and OCFL objects below a folder, two levels deep; what is being written (its name begins with a dot) is
    none."""
    for child in sorted(folder.iterdir()):
        if not child.is_dir() or child.name.startswith("."):
            continue
        if is_one(child):
            yield child
        else:
            inside = (deeper for deeper in sorted(child.iterdir()) if not deeper.name.startswith("."))
            yield from (deeper for deeper in inside if deeper.is_dir() and is_one(deeper))


def name_of(path: Path, folder: Path) -> str:
    """What the register calls a bag: its path below the archive's folder."""
    return _text(path.relative_to(folder).as_posix())


def _text(name: str) -> str:
    """A name as SQLite can hold it: bytes that are no text become escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _mark(path: Path) -> str:
    """What tells that a bag is as it was when it was read: sizes and times of its tag files."""
    parts = []
    for name in (bag.INFO, bag.MANIFEST, ocfl.INVENTORY):
        try:
            stat = (path / name).stat()
            parts.append(f"{stat.st_size}.{stat.st_mtime_ns}")
        except OSError:
            parts.append("-")
    return " ".join(parts)


def _parts(path: Path) -> list[bytes]:
    """bag-info.txt, the manifest and the report of a bag, or of the newest version of an OCFL object."""
    names = (bag.INFO, bag.MANIFEST, bag.REPORT)
    if not ocfl.is_object(path):
        return [sources.check(path, part).read_bytes() for part in names]
    package = ocfl.open_version(path)
    if missing := [name for name in names if name not in package]:
        raise CoursepackError(f"{missing[0]} is missing", Place(str(path)))
    return [package.read(part) for part in names]


def _entered(
    register: sqlite3.Connection, fresh: Sequence[tuple[str, Path, str]], read: Read, findings: list[Finding]
) -> int:
    """Read bags piece by piece and enter them; how many."""
    values: dict[tuple[str, str], int] = {}
    done = 0
    for start in range(0, len(fresh), _PIECE):
        piece = fresh[start : start + _PIECE]
        for (name, path, mark), found in zip(piece, read([path for _, path, _ in piece]), strict=True):
            register.execute("DELETE FROM bag WHERE path = ?", (name,))
            if isinstance(found, CoursepackError):
                message = f"not added to the catalogue: {found}"
                findings.append(
                    warning("catalogue-unreadable", message, Place(str(path)), "run «coursepack verify» on it")
                )
                continue
            enter(register, name, mark, found.tags, found.files, values)
            done += 1
    return done


def _one_by_one(paths: Sequence[Path]) -> Iterator[BagEntry | CoursepackError]:
    for path in paths:
        try:
            yield read_entry(path)
        except CoursepackError as problem:
            yield problem


def read_entry(path: Path) -> BagEntry:
    """What one bag, or the newest version of an OCFL object, says of itself. Raises ``CoursepackError``."""
    try:
        info, manifest, reported = _parts(path)
    except OSError as problem:
        raise CoursepackError(str(problem)) from None
    tags, (sums, _) = dict(bag.parse_info(info)), bag.parse_manifest(manifest)
    report = edition.read_report(reported, Place(str(path / bag.REPORT)))
    built = {bag.PRODUCTS + product.file: product.sha256 for product in report.products}
    built |= {bag.SOURCES + source.file: source.sha256 for source in report.sources}
    files = tuple((_text(path_), digest, built.get(path_)) for path_, digest in sums.items())
    return BagEntry(tags, files)


def enter(
    register: sqlite3.Connection,
    name: str,
    mark: str,
    tags: Mapping[str, str],
    files: Iterable[tuple[str, str, str | None]],
    known: dict[tuple[str, str], int],
) -> None:
    """Enter one bag: its path, what tells that it changed, its tags, and (path, SHA-512, SHA-256) of its files.
    ``known`` are the numbers of values that this transaction has seen."""
    values = [name, mark, *(tags.get(tag) for tag in COLUMNS.values())]
    marks = ", ".join("?" * len(values))
    statement = f"INSERT INTO bag (path, mark, {', '.join(COLUMNS)}) VALUES ({marks})"  # noqa: S608 - names of columns
    number = register.execute(statement, values).lastrowid
    register.executemany("INSERT INTO file VALUES (?, ?, ?, ?)", ((number, *file) for file in files))
    stated = {(column, folded(column, tags[tag])) for column, tag in COLUMNS.items() if tag in tags}
    for value in sorted(stated - known.keys()):
        register.execute("INSERT OR IGNORE INTO value (name, folded) VALUES (?, ?)", value)
        said = "SELECT id FROM value WHERE name = ? AND folded = ?"
        known[value] = register.execute(said, value).fetchone()[0]
    register.executemany("INSERT INTO has VALUES (?, ?)", [(known[value], number) for value in sorted(stated)])


def forged(register: sqlite3.Connection, name: str, path: Path) -> str | None:
    """What the register says otherwise than the bag itself: «year: …, the bag says …»; None where both agree, or one
    of them cannot be asked."""
    requested = f"SELECT id, {', '.join(COLUMNS)} FROM bag WHERE path = ?"  # noqa: S608 - names of columns
    row = register.execute(requested, (name,)).fetchone()
    try:
        entry = read_entry(path)
    except CoursepackError:
        return None
    if row is None:
        return None  # of another tool, or not to be read: told when the register was brought up to the bags
    for (column, tag), known in zip(COLUMNS.items(), row[1:], strict=True):
        if (known or None) != (entry.tags.get(tag) or None):
            return f"{column}: {known!r}, the bag says {entry.tags.get(tag)!r}"
    files = set(register.execute("SELECT path, sha512 FROM file WHERE bag = ?", (row[0],)))
    other = files ^ {(path_, digest) for path_, digest, _ in entry.files}
    return f"the checksum of {min(other)[0]} is another in the bag" if other else None


_SPAN = re.compile(r"\s*[-/–—]\s*")


def folded(column: str, text: str) -> str:
    """A text as it is looked for: letters' case aside; the years of «2026/2027» however they are joined."""
    text = text.casefold()
    return _SPAN.sub("/", text) if column == "year" else text
