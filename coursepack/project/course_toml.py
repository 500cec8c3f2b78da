"""course.toml: what the author declares, read strictly.

``load`` answers each mistake with the file, the line, what was found and what was expected, all of them at once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import posixpath
import zoneinfo
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import msgspec

from coursepack import languages, names
from coursepack.files import sources, unpacked
from coursepack.model.account import FolderFile
from coursepack.model.blocks import text_blocks
from coursepack.model.course import About, Practice, Release
from coursepack.model.document import Document, Notes
from coursepack.model.draws import Draw
from coursepack.names import is_id, is_part_id
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.project import about, department, strict_toml
from coursepack.project.strict_toml import KeyPath, Mistake

FILE_NAME = "course.toml"

if TYPE_CHECKING:
    Language = str
else:
    Language = Literal[languages.known()]
_Text = Annotated[str, msgspec.Meta(min_length=1)]
_Positive = Annotated[int, msgspec.Meta(ge=1)]
_Number = Annotated[int, msgspec.Meta(ge=0)]
_Week = Annotated[int, msgspec.Meta(ge=1, le=99)]
_Amount = Annotated[float, msgspec.Meta(ge=0)]

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
    "keys",
    "assessment-fund",
    "glossary",
    "article",
    "reading",
    "course",
]

Part = Literal[
    "none",
    "lecture",
    "seminar",
    "practical",
    "laboratory",
    "assignment",
    "week",
    "unit",
    "ticket",
    "outline",
    "aims",
    "outcomes",
    "equipment",
    "text",
    "review",
    "tasks",
    "homework",
    "summary",
    "keywords",
    "glossary",
    "literature",
    "basic",
    "additional",
    "internet",
    "tests",
    "answers",
    "marking",
    "assignments",
    "description",
    "course-aim",
    "objectives",
    "prerequisites",
    "postrequisites",
    "grading",
    "policy",
    "plan",
    "exam",
    "tickets",
    "foreword",
    "introduction",
    "conclusion",
    "toc",
    "contact",
    "approval",
    "lectures",
    "seminars",
    "practicals",
    "laboratories",
]
"""What a correction may say that a part of a document is."""


class _TomlTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of course.toml: unknown keys are refused."""


class SourceEntry(_TomlTable, frozen=True, kw_only=True):
    """A document and the part it plays. ``number`` of its lecture/week where the file does not say, of a test the class
    whose self-check it is, which ``session`` names by its id; ``label`` and
    ``title`` name a text that has no title; ``language`` picks one language out of a mixed file. ``first_right``: of
    tagged tests whose tags do not tell, the first variant is right, or there is no key; ``speaker_notes``: what
    becomes of those of a presentation."""

    file: str
    role: Role
    number: _Number | None = None
    week: _Week | None = None
    session: _Text | None = None
    title: str | None = None
    label: str | None = None
    language: Language | None = None
    encoding: str | None = None
    first_right: bool | None = None
    speaker_notes: Notes = "teacher"


class Variant(_TomlTable, frozen=True, kw_only=True):
    """«This exam question rewords that one»: a sequential number, or the question's exact text."""

    question: int | str
    of: int | str


class ExamTable(_TomlTable, frozen=True, kw_only=True):
    release: Release | None = None
    """None: the list, but of an exam with tests its open questions alone."""
    form: str | None = None
    questions_per_ticket: _Positive = 3
    tickets: _Positive = 30
    tests_in_tickets: bool = False
    draw: tuple[Draw, ...] = ()
    """The places of a ticket, instead of ``questions_per_ticket``."""
    test_variants: Annotated[int, msgspec.Meta(ge=0, le=100)] = 0
    """Variants of a written test from the exam's questions that have keys; 0: none."""
    test_questions: _Positive | None = None
    """Of each variant; None: all of them."""
    seed: int = 1
    practice_questions: _Positive = 10
    variants: tuple[Variant, ...] = ()

    @property
    def practice(self) -> Practice:
        """The practice exam that students get."""
        return Practice(questions=self.practice_questions, seed=self.seed)


class TestsTable(_TomlTable, frozen=True, kw_only=True):
    """``wrong_ticks``: where several answers are right and the source says nothing of points, a wrong tick costs so
    much that who ticks all gets nothing, or it is ``free``."""

    wrong_ticks: Literal["cost", "free"] = "cost"

    @property
    def free(self) -> bool:
        return self.wrong_ticks == "free"


Without = Literal["text", "outline", "review", "seminar", "assignments", "exam"]
"""Parts that a course may be without: of its lectures, classes beside them, independent work, exam questions."""


class Correction(_TomlTable, frozen=True, kw_only=True):
    """A correction anchored by quoted text: the passage that begins with ``begins`` is ``kind``.

    ``debris`` sets it aside, ``heading``/``paragraph``/``list-item`` say what it is, ``break`` parts it from what
    stands before it, ``replace`` gives the text that should stand there, ``session`` moves a question, or a row of a
    plan, to a session id. ``part`` says which part of the course begins there (``none``: the heading names none), and
    the ``number``, ``week`` and ``title`` of a class; ``end`` that the part before it ends there; ``role`` what the
    document ``file`` is. ``join`` makes the passage one with what stands before it; ``key`` names the right answers of
    the question that begins so. ``content`` brings back a line that was set aside while the source was read. ``items``
    parts a passage where the ``items`` behind the first begin. ``options``: it is an answer of a test, as is every
    passage of the source with its ``sign``, or it holds answers ``between`` which that sign stands.

    ``file`` narrows the search; ``nth``: which of the passages that begin so.

    ``before`` and ``after`` are the end and the beginning of the passages around it, ``sha256`` is that of the file
    when this was said: by them the passage is known again when others that begin so come or go.
    """

    begins: _Text | None = None
    kind: Literal[
        "heading",
        "paragraph",
        "list-item",
        "debris",
        "session",
        "replace",
        "break",
        "join",
        "part",
        "end",
        "role",
        "key",
        "content",
        "items",
        "options",
    ]
    file: str | None = None
    nth: _Positive = 1
    level: Annotated[int, msgspec.Meta(ge=1, le=6)] = 1
    session: str | None = None
    text: str | None = None
    part: Part | None = None
    number: _Number | None = None
    week: _Week | None = None
    title: _Text | None = None
    role: Role | None = None
    answers: tuple[_Text, ...] | None = None
    items: tuple[_Text, ...] = ()
    sign: _Text | None = None
    between: _Text | None = None
    before: str | None = None
    after: str | None = None
    sha256: str | None = None


_NEEDED = {
    "key": ("begins", "answers"),
    "replace": ("begins", "text"),
    "session": ("begins", "session"),
    "role": ("file", "role"),
}
"""What a correction of a kind cannot do without, beside ``begins``."""


class FilesTable(_TomlTable, frozen=True, kw_only=True):
    """``ignore``: patterns (``*``, ``?``, ``[…]``) of files in the folder that are no part of the course. One without
    ``/`` is of a name in any folder, one with it of the whole path."""

    ignore: tuple[_Text, ...] = ()


class PicturesTable(_TomlTable, frozen=True, kw_only=True):
    """``side``: pixels of the longer side at most, 0 for pictures as the documents hold them."""

    side: _Number = 1920


class LevelEntry(_TomlTable, frozen=True, kw_only=True):
    """What earns so many points of a criterion."""

    points: _Amount
    text: _Text


class CriterionEntry(_TomlTable, frozen=True, kw_only=True):
    """What a task is marked by: ``points`` at the most, or ``levels`` with points each; ``text``: what it is."""

    name: _Text
    points: _Amount | None = None
    text: str | None = None
    levels: tuple[LevelEntry, ...] = ()

    def __post_init__(self) -> None:
        if self.points is None and len(self.levels) < 2:
            raise ValueError(f"the criterion {self.name!r} has neither points nor two levels")


class Deadline(_TomlTable, frozen=True, kw_only=True):
    """What a printed list of tasks does not say: points, hours, due date or week, criteria of an assignment (by its
    id)."""

    assignment: str
    due: str | None = None
    due_week: _Week | None = None
    hours: _Amount | None = None
    points: _Amount | None = None
    form: str | None = None
    title: str | None = None
    criteria: tuple[CriterionEntry, ...] = ()


class Project(_TomlTable, frozen=True, kw_only=True):
    """One course.toml. Top-level keys that repeat ``course.About`` say what the author declares of the course."""

    id: str
    title: _Text
    language: Language
    languages: tuple[Language, ...] = ()
    """Further languages whose parallel text the sources hold: an edition of the course each."""
    titles: dict[Language, str] = {}
    """The course's title in those languages."""
    templates: _Text | None = None
    """The folder of a department's own templates, below that of the file that names it."""
    source: tuple[SourceEntry, ...] = ()
    files: FilesTable = FilesTable()
    pictures: PicturesTable = PicturesTable()
    about: dict[str, Any] = {}
    exam: ExamTable = ExamTable()
    tests: TestsTable = TestsTable()
    markers: dict[str, tuple[str, ...]] = {}
    correction: tuple[Correction, ...] = ()
    assignment: tuple[Deadline, ...] = ()
    links: tuple[str, ...] = ()
    absent: tuple[Without, ...] = ()
    """Parts that the course does not have: nobody asks for them."""
    timezone: str | None = None
    writers: dict[str, Any] = {}
    """Options of writers, by the name of their table (``[scorm]``, ``[cartridge]``, ``[papers]`` …), checked by the
    writer that reads them."""


def edition(loaded: Loaded, language: Language) -> Loaded:
    """The same project as the edition of one language; ids are shared by all editions. ``languages`` are those of the
    others."""
    plain = loaded.project
    if language == plain.language:
        return loaded
    changed = msgspec.structs.replace(
        plain,
        language=language,
        languages=(plain.language, *(each for each in plain.languages if each not in {language, plain.language})),
        title=plain.titles.get(language, plain.title),
    )
    return msgspec.structs.replace(loaded, project=changed, declared=loaded.abouts.get(language, loaded.declared))


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """A project with where it came from: ``folder`` holds the sources, ``declared`` is the ``[about]`` of its edition,
    ``abouts`` those of all that have one of their own."""

    project: Project
    folder: Path
    file: Path | None
    declared: About
    options: dict[str, Any]
    abouts: dict[str, About] = {}
    templates: Path | None = None
    """The folder of templates that course.toml or department.toml names."""
    noticed: tuple[Finding, ...] = ()
    """What was noticed when the project was made in memory."""
    follow_links: bool = False
    """Whether sources, and pictures beside them, may be links."""
    whole: bool = True
    """Whether the course is its folder, every file of it accounted for; False for documents that a call names."""
    passed: tuple[FolderFile, ...] = ()
    """Files of the folder that were passed over when the project was made in memory."""
    department: str | None = None
    """The SHA-256 of the department.toml that was found, or of those of all that were."""
    declared_at: dict[str, Place] = {}
    """Where each key of a course with a department stands («about.university»)."""
    read: dict[str, Document] = {}
    """The documents that were read to make the project in memory, by name: nobody needs to read them again."""


def load(
    path: Path,
    writer_tables: Mapping[str, type[msgspec.Struct]],
    marker_kinds: Collection[str] = (),
    *,
    follow_links: bool = False,
    strangers: Callable[[], bool] = lambda: False,
    upwards: bool = True,
) -> Loaded:
    """Read a course.toml, and what its department declares (``upwards``: also in folders above).

    ``writer_tables`` maps a table's name to the options type of the writers that read it; ``marker_kinds`` are the keys
    that ``[markers]`` may have (empty: not checked); ``follow_links``: a source may be a link; ``strangers``: whether
    a table that nobody knows may be that of a writer that cannot be loaded, and is reported. Writers are asked for
    their tables only where the file has keys that are no course's: loading all of them takes a while.

    Raises ``CoursepackError`` with file and line.
    """
    data, text = strict_toml.read(path)
    foreign = [key for key, value in data.items() if key not in Project.__struct_fields__ and isinstance(value, dict)]
    unknown = [key for key in foreign if key not in writer_tables] if foreign and strangers() else []
    known = {key: value for key, value in data.items() if key not in unknown}
    loaded = of_data(
        known,
        path.parent,
        writer_tables,
        marker_kinds,
        file=path,
        text=text,
        follow_links=follow_links,
        upwards=upwards,
    )
    return msgspec.structs.replace(loaded, noticed=tuple(_unknown(path, text, key) for key in unknown))


def _unknown(path: Path, text: str, key: str) -> Finding:
    message = f"unknown table [{key}], perhaps of a writer that cannot be loaded: not read"
    place = strict_toml.TomlSource(str(path), text).place((key,))
    return warning("project-table-unknown", message, place, "coursepack formats names the writer")


def of_data(
    data: dict[str, Any],
    folder: Path,
    writer_tables: Mapping[str, type[msgspec.Struct]],
    marker_kinds: Collection[str] = (),
    *,
    file: Path | None = None,
    text: str = "",
    follow_links: bool = False,
    upwards: bool = True,
) -> Loaded:
    """A project from the data of a course.toml (or made in memory), and of each department.toml in or above its folder.
    Without ``upwards`` nothing outside of the sources counts, so no templates either. Raises ``CoursepackError``."""
    rules = _TomlRules(writer_tables, marker_kinds, follow_links, upwards)
    found = department.chain(folder, upwards=upwards, follow_links=follow_links)
    own = _TomlData(data, folder, file, text)
    if not found:
        return _of_data(own, rules)
    language = data.get("language", languages.assumed())
    alone = [
        _TomlData(department.as_course(each.data, language), each.path.parent, each.path, each.text) for each in found
    ]
    judged = _judged([*alone, own], rules)
    whole = department.merged(found, data)
    whole.pop(_TEMPLATES, None)
    loaded = _of_data(_TomlData(whole, folder, file, text), rules)
    return msgspec.structs.replace(
        loaded,
        templates=judged[-1].templates or next((each.templates for each in judged if each.templates), None),
        department=department.digest(found),
        declared_at=_declared_at(found, data, text, whole),
    )


_TEMPLATES = "templates"


def of_department(found: department.Department, language: str) -> About:
    """What a department declares of all its courses, for one in a language. Raises ``CoursepackError``."""
    stated = {key: value for key, value in found.data.items() if key == about.TABLE}
    alone = _TomlData(department.as_course(stated, language), found.path.parent, found.path, found.text)
    return _of_data(alone, _TomlRules({}, (), follow_links=False, upwards=False)).declared


class _TomlData(NamedTuple):
    """The data of a file, the folder that its names are of, the file itself and its text."""

    data: dict[str, Any]
    folder: Path
    file: Path | None
    text: str


class _Top(Collection[str]):
    """The keys that may stand at the top. Writers are asked for their tables where a mistake needs them."""

    def __init__(self, fields: Sequence[str], tables: Collection[str]) -> None:
        self._fields, self._tables = fields, tables

    def __contains__(self, key: object) -> bool:
        return key in self._fields or key in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter((*self._fields, *sorted(self._tables)))

    def __len__(self) -> int:
        return len(self._fields) + len(self._tables)


class _TomlRules(NamedTuple):
    writer_tables: Mapping[str, type[msgspec.Struct]]
    marker_kinds: Collection[str]
    follow_links: bool
    upwards: bool


def _judged(given: Sequence[_TomlData], rules: _TomlRules) -> list[Loaded]:
    """Each file for itself. Raises ``CoursepackError`` with the mistakes of all."""
    made, wrong = [], []
    for each in given:
        try:
            made.append(_of_data(each, rules))
        except CoursepackError as problem:
            wrong.append(problem)
    if wrong:
        raise CoursepackError(wrong[0].message, wrong[0].place, wrong[0].advice, (*wrong[0].also, *wrong[1:]))
    return made


def _declared_at(
    found: Sequence[department.Department], data: Mapping[str, Any], text: str, whole: Mapping[str, Any]
) -> dict[str, Place]:
    """Where each key stands that holds for the course: of the files that say it, in the nearest."""
    holds = {*department.keys(whole), (_TEMPLATES,)}
    made: dict[str, Place] = {}
    for each in reversed(found):
        made |= {strict_toml.dotted(path): each.place(path) for path in department.keys(each.data) if path in holds}
    own = strict_toml.TomlSource(FILE_NAME, text)
    return made | {strict_toml.dotted(path): own.place(path) for path in (department.keys(data) if text else ())}


def _of_data(given: _TomlData, rules: _TomlRules) -> Loaded:
    """Raises ``CoursepackError`` with every mistake of the data."""
    data = strict_toml.as_meant(_dates_as_text(given.data), Project)
    if not rules.upwards:
        data.pop(_TEMPLATES, None)
    writers = [key for key in data if key not in Project.__struct_fields__ and key in rules.writer_tables]
    tables = {key: strict_toml.as_meant(data.pop(key), rules.writer_tables[key]) for key in writers}
    fields = [field for field in Project.__struct_fields__ if field != "writers"]
    name = str(given.file or given.folder / FILE_NAME)
    source = strict_toml.TomlSource(name, given.text, _Top(fields, rules.writer_tables))
    declared = about.tables(data.get(about.TABLE))
    parted: dict[KeyPath, Any] = {
        key: strict_toml.as_meant(_texts_as_blocks(value), About) for key, value in declared.items()
    }
    held = strict_toml.checked(source, {key: value for key, value in data.items() if key != "writers"}, Project)
    found = held.mistakes
    if "writers" in data:
        found.append((("writers",), "unknown key 'writers'"))
    found += _mistakes(held.sound, data, given.folder, rules)
    for path, value in parted.items():
        found += strict_toml.mistakes(source, value, About, path)
    for key, value in tables.items():
        found += strict_toml.mistakes(source, value, rules.writer_tables[key], (key,))
    strict_toml.refuse(source, found)
    project = msgspec.convert(data | {"writers": tables}, Project)
    abouts = _abouts(parted, project)
    return Loaded(
        project=msgspec.structs.replace(project, source=tuple(map(_plain, project.source))),
        folder=given.folder,
        file=given.file,
        declared=abouts[project.language],
        options={key: msgspec.convert(value, rules.writer_tables[key]) for key, value in tables.items()},
        abouts=abouts,
        templates=given.folder / project.templates if project.templates else None,
        follow_links=rules.follow_links,
    )


def _abouts(parted: Mapping[KeyPath, Any], project: Project) -> dict[str, About]:
    """What is declared of each edition."""
    tables = {path[1:]: value for path, value in parted.items()}
    return {
        language: msgspec.convert({**tables.get((), {}), **tables.get((language,), {})}, About)
        for language in (project.language, *project.languages)
    }


def _plain(source: SourceEntry) -> SourceEntry:
    """``./texts//a.txt`` is ``texts/a.txt``: a source has one name, also in reports and bags."""
    return msgspec.structs.replace(source, file=plain_name(source.file))


def plain_name(file: str) -> str:
    """The name of a source without empty parts and parts that say «here»."""
    return posixpath.normpath(file)


def _mistakes(sound: Mapping[str, Any], data: Mapping[str, Any], folder: Path, rules: _TomlRules) -> Iterator[Mistake]:
    """What the types let pass, of the fields that they do: where it stands, what was found and what was expected."""
    if "id" in sound and (not is_id(sound["id"]) or len(sound["id"]) > _LONGEST_ID):
        expected = f"lower-case Latin letters, digits and hyphens, a letter first, at most {_LONGEST_ID}"
        yield ("id",), f"id = {sound['id'][:80]!r}, expected {expected}"
    yield from _sources(sound.get("source", {}), folder, rules)
    timezone = sound.get("timezone")
    if timezone is not None and not _is_timezone(timezone):
        yield ("timezone",), f"timezone = {timezone!r}, expected a name such as 'Asia/Almaty'"
    if sound.get(_TEMPLATES) and (problem := _no_folder(sound[_TEMPLATES], folder, rules)):
        yield (_TEMPLATES,), problem
    yield from _of_about(sound, data.get(about.TABLE, {}))
    for kind in sound.get("markers", {}):
        if rules.marker_kinds and kind not in rules.marker_kinds:
            expected = strict_toml.one_of(kind, rules.marker_kinds)
            yield ("markers", kind), f"unknown key 'markers.{kind}', expected {expected}"
    for index, correction in sound.get("correction", {}).items():
        if problem := _missing_key(correction):
            yield ("correction", index, "kind"), f"kind = {correction.kind!r} without {problem}"
    for index, deadline in sound.get("assignment", {}).items():
        if deadline.due is not None and not _is_date(deadline.due):
            message = f"due = {deadline.due!r}, expected a date such as 2026-11-20 or 2026-11-20T18:00"
            yield ("assignment", index, "due"), message


def _sources(entries: Mapping[int, SourceEntry], folder: Path, rules: _TomlRules) -> Iterator[Mistake]:
    for index, source in entries.items():
        if problem := _misplaced(source.file, folder, follow_links=rules.follow_links):
            yield ("source", index, "file"), problem
    files: dict[str, int] = {}
    for index, source in entries.items():
        files.setdefault(plain_name(source.file), index)
    for one, other in names.alike(dict.fromkeys(files)):
        message = f"source files {other!r} and {one!r} are one file on some systems, expected names that differ"
        yield ("source", files[one], "file"), message


def _of_about(sound: Mapping[str, Any], table: Any) -> Iterator[Mistake]:
    for path, number in _numbers(table, (about.TABLE,)):
        if number < 0:
            yield path, f"{strict_toml.dotted(path)!r} is {number}, expected no negative number"
    editions = (sound.get("language"), *sound.get("languages", ()))
    for key, part in about.tables(table).items():
        yield from _of_days(part, key)
    for _, *language in about.tables(table):
        if language and sound.keys() >= {"language", "languages"} and language[0] not in editions:
            expected = " or ".join(repr(each) for each in dict.fromkeys(editions))
            yield (about.TABLE, language[0]), f"there is no edition in {language[0]!r}, expected {expected}"


def _of_days(table: Any, path: KeyPath) -> Iterator[Mistake]:
    """Days that are none: of the edition, of the calendar and its breaks."""
    calendar = table.get("calendar")
    stated: list[tuple[KeyPath, Any]] = [((*path, "date"), table.get("date"))]
    if isinstance(calendar, Mapping):
        stated.append(((*path, "calendar", "begins"), calendar.get("begins")))
        breaks = calendar.get("breaks")
        for index, each in enumerate(breaks if isinstance(breaks, list) else ()):
            if isinstance(each, Mapping):
                stated += [((*path, "calendar", "breaks", index, name), each.get(name)) for name in ("begins", "ends")]
    for key, value in stated:
        if isinstance(value, str) and not _is_day(value):
            yield key, f"{strict_toml.dotted(key)} = {value!r}, expected a date such as 2026-09-01"


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-09-01")


def _outside(name: str) -> bool:
    return any(
        path.is_absolute() or path.drive or ".." in path.parts for path in (PurePosixPath(name), PureWindowsPath(name))
    )


def _no_folder(name: str, folder: Path, rules: _TomlRules) -> str | None:
    """Why this cannot be a folder of templates: it goes where the file that names it goes."""
    if _outside(name):
        return f"templates = {name!r} lies outside, expected the name of a folder in {folder}"
    if not (folder / name).is_dir():
        return f"templates = {name[:200]!r} is missing, expected a folder in {folder}"
    if not rules.follow_links and any(sources.is_link(at) for at in _way(folder, name)):
        return f"templates = {name!r} is not read: it is a link; {sources.FOLLOW}"
    return None


def _way(folder: Path, name: str) -> Iterator[Path]:
    parts = PurePosixPath(name).parts
    return (folder.joinpath(*parts[:end]) for end in range(1, len(parts) + 1))


def _missing_key(correction: Correction) -> str | None:
    """What a correction of its kind cannot do without, and has not."""
    for needed in _NEEDED.get(correction.kind, ("begins",)):
        if getattr(correction, needed) is None:
            return f"{needed!r}, expected both"
    stated = (correction.part, correction.number, correction.week, correction.title)
    if correction.kind == "part" and all(one is None for one in stated):
        return "'part', 'number', 'week' or 'title', expected one of them"
    if correction.kind == "items" and not correction.items:
        return "'items', expected both"
    if correction.kind == "options" and correction.sign is None and correction.between is None:
        return "'sign' or 'between', expected one of them"
    return None


_LONGEST_ID = 80
# So that a name of a file that begins with the id is one on every machine.


def _misplaced(file: str, folder: Path, *, follow_links: bool) -> str | None:
    """Why a source cannot be this file: sources lie in the course's folder, so that it can be moved and archived."""
    if _outside(file):
        return f"source file {file!r} lies outside, expected the name of a file in {folder}"
    reason = unpacked.why_not(folder, file, follow_links=follow_links)
    if reason and unpacked.is_inside(file):
        return f"source file {file[:200]!r} is not read: {reason}"
    if reason and "link" in reason:
        return f"source file {file[:200]!r} is not read: {reason}; {sources.FOLLOW}"
    if reason:
        return f"source file {file[:200]!r} is missing, expected a file in {folder}"
    if reason := names.problem(plain_name(file)):
        return f"source file {file[:200]!r} has a name that cannot be used: {reason}; {names.RENAME}"
    return None


def _is_timezone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        return False
    return True


def _is_date(text: str) -> bool:
    try:
        dt.datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _numbers(data: Any, path: KeyPath) -> Iterator[tuple[KeyPath, float]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _numbers(value, (*path, key))
    elif isinstance(data, list | tuple):
        for index, value in enumerate(data):
            yield from _numbers(value, (*path, index))
    elif isinstance(data, int | float) and not isinstance(data, bool):
        yield path, data


_DATES = {"due", "start", "exam_opens", "exam_closes", "department_date", "council_date", "date", "begins", "ends"}


def _dates_as_text(data: Any, key: str = "") -> Any:
    """``due = 2026-11-20`` is a date of TOML; it means what ``due = "2026-11-20"`` does."""
    if isinstance(data, dict):
        return {name: _dates_as_text(value, name) for name, value in data.items()}
    if isinstance(data, list):
        return [_dates_as_text(value) for value in data]
    dated = isinstance(data, dt.date) and key in _DATES
    return data.isoformat() if dated else data


def _texts_as_blocks(about: dict[str, Any]) -> dict[str, Any]:
    """What the model holds as blocks is written as plain text in course.toml: a blank line parts two paragraphs."""
    made = {key: _paragraphs(value) if key in {"description", "aim"} else value for key, value in about.items()}
    policies = made.get("policies")
    if isinstance(policies, list):
        made["policies"] = [
            _policy(policy, number) if isinstance(policy, dict) else policy for number, policy in enumerate(policies, 1)
        ]
    return made


def _policy(policy: dict[str, Any], number: int) -> dict[str, Any]:
    """``{ title, text }`` as the section it stands for."""
    made = {"id": f"policy-{number}"} | policy
    if isinstance(made["id"], str) and not is_part_id(made["id"]):
        made["id"] = f"part-{hashlib.sha256(made['id'].encode()).hexdigest()[:8]}"
    if "text" in made:
        made["blocks"] = _paragraphs(made.pop("text"))
    return made


def _paragraphs(text: Any) -> Any:
    return msgspec.to_builtins(text_blocks(text)) if isinstance(text, str) else text
