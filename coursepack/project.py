"""course.toml: what the author declares, read strictly.

``load`` answers a mistake with the file, the line, what was found and what was expected.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
import msgspec.inspect

from coursepack import course as model
from coursepack.place import CoursepackError, Place, is_id

FILE_NAME = "course.toml"

Path_ = tuple[str | int, ...]

Role = Literal[
    "textbook",
    "lecture",
    "lecture-plan",
    "seminar-plan",
    "practical-plan",
    "laboratory-plan",
    "syllabus",
    "assignments",
    "questions",
    "tickets",
    "tests",
    "assessment-fund",
    "glossary",
    "article",
    "reading",
    "course",
]


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of course.toml: unknown keys are refused."""


class SourceEntry(_Table, frozen=True, kw_only=True):
    """A document and the part it plays. ``number`` of its lecture/week where the file does not say; ``label`` and
    ``title`` name a text that has no title; ``language`` picks one language out of a mixed file."""

    file: str
    role: Role
    number: int | None = None
    week: int | None = None
    title: str | None = None
    label: str | None = None
    language: str | None = None
    encoding: str | None = None


class Variant(_Table, frozen=True, kw_only=True):
    """«This exam question rewords that one»: a sequential number, or the question's exact text."""

    question: int | str
    of: int | str


class ExamTable(_Table, frozen=True, kw_only=True):
    release: model.Release = "list"
    form: str | None = None
    questions_per_ticket: int = 3
    tickets: int = 30
    seed: int = 1
    practice_questions: int = 10
    variants: tuple[Variant, ...] = ()


class Correction(_Table, frozen=True, kw_only=True):
    """A correction anchored by quoted text: the passage that begins with ``begins`` is ``kind``.

    ``debris`` sets it aside, ``heading``/``paragraph``/``list-item`` say what it is, ``session`` moves a question to
    a session id, ``replace`` gives the text that should stand there. ``file`` narrows the search.
    """

    begins: str
    kind: Literal["heading", "paragraph", "list-item", "debris", "session", "replace", "break"]
    file: str | None = None
    level: int = 1
    session: str | None = None
    text: str | None = None


class Deadline(_Table, frozen=True, kw_only=True):
    """What a printed list of tasks does not say: points, hours, due date or week of an assignment (by its id)."""

    assignment: str
    due: str | None = None
    due_week: int | None = None
    hours: float | None = None
    points: float | None = None
    form: str | None = None
    title: str | None = None


class Project(_Table, frozen=True, kw_only=True):
    """One course.toml. Top-level keys that repeat ``course.About`` say what the author declares of the course."""

    id: str
    title: str
    language: Literal["kk", "ru", "en"]
    languages: tuple[Literal["kk", "ru", "en"], ...] = ()
    """Further languages whose parallel text the sources hold: an edition of the course each."""
    titles: dict[Literal["kk", "ru", "en"], str] = {}
    """The course's title in those languages."""
    source: tuple[SourceEntry, ...] = ()
    about: dict[str, Any] = {}
    exam: ExamTable = ExamTable()
    markers: dict[str, tuple[str, ...]] = {}
    correction: tuple[Correction, ...] = ()
    assignment: tuple[Deadline, ...] = ()
    links: tuple[str, ...] = ()
    timezone: str | None = None
    writers: dict[str, Any] = {}
    """Options of writers, by the name of their table (``[scorm]``, ``[cartridge]``, ``[papers]`` …), checked by the
    writer that reads them."""


def edition(loaded: Loaded, language: Literal["kk", "ru", "en"]) -> Loaded:
    """The same project as the edition of one language; ids are shared by all editions."""
    plain = loaded.project
    changed = msgspec.structs.replace(plain, language=language, title=plain.titles.get(language, plain.title))
    return msgspec.structs.replace(loaded, project=changed)


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """A project with where it came from: ``folder`` holds the sources, ``declared`` is its ``[about]``."""

    project: Project
    folder: Path
    file: Path | None
    declared: model.About
    options: dict[str, Any]


def load(path: Path, writer_tables: Mapping[str, type[msgspec.Struct]]) -> Loaded:
    """Read a course.toml. ``writer_tables`` maps a table's name to the options type of the writers that read it.

    Raises ``CoursepackError`` with file and line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise CoursepackError("not UTF-8, expected a TOML file in UTF-8", Place(str(path), line, line)) from None
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(str(path))) from None
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"at line (\d+)", str(problem))
        line = int(found[1]) if found else text.count("\n") + 1
        message = re.sub(r"\s*\(at .*\)$", "", str(problem))
        raise CoursepackError(f"{message}, expected TOML", Place(str(path), line, line)) from None
    return of_data(data, path.parent, writer_tables, file=path, text=text)


def of_data(
    data: dict[str, Any],
    folder: Path,
    writer_tables: Mapping[str, type[msgspec.Struct]],
    *,
    file: Path | None = None,
    text: str = "",
) -> Loaded:
    """A project from the data of a course.toml (or made in memory). Raises ``CoursepackError``."""
    name = str(file or folder / FILE_NAME)
    tables = {key: data[key] for key in data if key in writer_tables}
    plain = {key: value for key, value in data.items() if key not in writer_tables}
    if "writers" in plain:
        line = _line(text, ("writers",))
        raise CoursepackError("unknown key 'writers'", Place(name, line, line))
    project = _convert(plain | {"writers": tables}, Project, name, text, (), known=sorted(writer_tables))
    declared = _convert(project.about, model.About, name, text, ("about",))
    options = {key: _convert(value, writer_tables[key], name, text, (key,)) for key, value in tables.items()}
    if not is_id(project.id):
        line = _line(text, ("id",))
        raise CoursepackError(
            f"id = {project.id!r}, expected lower-case Latin letters, digits and hyphens, a letter first",
            Place(name, line, line),
        )
    for index, source in enumerate(project.source):
        if not (folder / source.file).is_file():
            line = _line(text, ("source", index, "file"))
            raise CoursepackError(
                f"source file {source.file!r} is missing, expected a file in {folder}", Place(name, line, line)
            )
    return Loaded(project=project, folder=folder, file=file, declared=declared, options=options)


_T = TypeVar("_T")


def _convert(data: Any, kind: type[_T], name: str, text: str, prefix: Path_, *, known: list[str] | None = None) -> _T:
    try:
        return msgspec.convert(data, kind, strict=True)
    except msgspec.ValidationError as problem:
        message, _, where = str(problem).partition(" - at ")
        path = prefix + _json_path(where.strip("`"))
        unknown = re.fullmatch(r"Object contains unknown field `(.+)`", message)
        missing = re.fullmatch(r"Object missing required field `(.+)`", message)
        if unknown:
            path = (*path, unknown[1])
            fields = _fields(kind, path[len(prefix) : -1]) + (known or [])
            near = difflib.get_close_matches(unknown[1], fields, 1)
            expected = f"{near[0]!r}" if near else "one of " + ", ".join(sorted(fields))
            message = f"unknown key {_dotted(path)!r}, expected {expected}"
        elif missing:
            message = f"{_dotted((*path, missing[1]))!r} is missing, expected a value"
        else:
            found = re.fullmatch(r"Expected `(.+)`, got `(.+)`", message)
            message = (
                f"{_dotted(path)!r} is {_plain(found[2])}, expected {_plain(found[1])}"
                if found
                else f"{_dotted(path)!r}: {message[:1].lower()}{message[1:]}, "
                f"expected {_choices(kind, path[len(prefix) :])}"
            )
        line = _line(text, path)
        raise CoursepackError(message, Place(name, line, line)) from None


def _json_path(text: str) -> Path_:
    parts: list[str | int] = []
    for key, index in re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", text):
        parts.append(key or (int(index) if index.isdigit() else 0))
    return tuple(parts)


def _dotted(path: Path_) -> str:
    return ".".join(str(part) for part in path if not isinstance(part, int))


_PLAIN = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
}


def _plain(kinds: str) -> str:
    return " or ".join(_PLAIN.get(kind.strip(), kind.strip()) for kind in kinds.split("|") if kind.strip() != "null")


def _at(kind: Any, path: Path_) -> Any:
    """The msgspec type description at a path inside ``kind``."""
    found = msgspec.inspect.type_info(kind)
    for part in path:
        found = _bare(found)
        if isinstance(part, int):
            found = getattr(found, "item_type", found)
        elif isinstance(found, msgspec.inspect.StructType):
            found = next((field.type for field in found.fields if field.encode_name == part), found)
    return _bare(found)


def _bare(kind: Any) -> Any:
    if isinstance(kind, msgspec.inspect.UnionType):
        return next((k for k in kind.types if not isinstance(k, msgspec.inspect.NoneType)), kind)
    return kind


def _fields(kind: Any, path: Path_) -> list[str]:
    found = _at(kind, path)
    hidden = {"writers"} if kind is Project and not path else set()
    fields = getattr(found, "fields", ())
    return [field.encode_name for field in fields if field.encode_name not in hidden]


def _choices(kind: Any, path: Path_) -> str:
    found = _at(kind, path)
    if isinstance(found, msgspec.inspect.LiteralType):
        return "one of " + ", ".join(str(value) for value in found.values)
    return "a valid value"


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*(\"[^\"]+\"|[A-Za-z0-9_-]+(?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=")


def _line(text: str, path: Path_) -> int:
    """The line (from 1) where a path of a TOML text stands, or where its nearest known ancestor does; 1 at worst."""
    best, best_depth = 1, 0
    here: tuple[str | int, ...] = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            names = tuple(part.strip().strip("\"'") for part in header[2].split("."))
            if header[1] == "[[":
                counts[header[2]] = counts.get(header[2], -1) + 1
                here = (*names, counts[header[2]])
            else:
                here = names
            full = here
        elif key := _KEY.match(line):
            full = here + tuple(part.strip().strip('"') for part in key[1].split("."))
        else:
            continue
        depth = len(full) if path[: len(full)] == full else 0
        if depth > best_depth:
            best, best_depth = number, depth
    return best
