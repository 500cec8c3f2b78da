"""Readers: bytes → ``Document``, or a re-iterable ``Bank`` of questions. One module a file format.

A reader is found through the entry-point group ``coursepack.readers`` by the ending of the file's name, which is the
entry point's name; its value is a ``Reader``. A text file is looked into, for lecturers save questions as
.txt, and a document of which questions are asked: tests travel in Word (``layouts``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import get_args

import msgspec

from coursepack import limits, plugins
from coursepack.files import media, sources
from coursepack.model.artifact import Assets, Bank
from coursepack.model.blocks import Run
from coursepack.model.document import Document, Grid, Line, Listing, Notes, Para, Unit
from coursepack.model.questions import Question
from coursepack.place import CoursepackError, Finding, Place


@dataclass(frozen=True)
class QuestionFile:
    """Questions read from a file: a bank to iterate as often as needed, and what was noticed.

    ``findings`` is complete only after the bank was iterated once; a reader that repairs says so there.
    ``first_right`` gives the same questions read with the author's word that the first variant is right, or that it is
    not; None where the format tells that itself.
    """

    bank: Bank
    findings: list[Finding] = field(default_factory=list)
    assets: Assets = field(default_factory=Assets)
    first_right: Callable[[bool], QuestionFile] | None = None
    secret: str = ""
    """In words, the layout of a text whose signs tell the right answers: no student may see them."""
    mixed: bool = False
    """Whether much of the document is no part of the test."""
    among: Callable[[], QuestionFile] | None = None
    """Of quizzes that may stand in any text: the same, with no word about that text."""
    free: Bank | None = None
    """The same questions where a wrong tick costs nothing unless something is said of it; None: it always is."""
    without: Callable[[Document], Document] | None = None
    """The text that the questions stand in, without them."""

    def ticked(self, *, free: bool) -> QuestionFile:
        """The same questions; with ``free`` a wrong tick costs nothing where the format says nothing of points."""
        return replace(self, bank=self.free) if free and self.free else self

    def gathered(self) -> QuestionFile:
        """The same questions, read once, with all that was noticed."""
        questions = tuple(self.bank.questions())
        return replace(self, bank=replace(self.bank, questions=partial(iter, questions)))

    def said(self, first_right: bool | None, name: str) -> QuestionFile:
        """The same questions with what the author says, if anything. Raises ``CoursepackError`` where it means
        nothing."""
        if first_right is None:
            return self
        if self.first_right is None:
            message = "first_right is set for a file whose format marks the right answers"
            raise CoursepackError(message, Place(name), "remove it")
        return self.first_right(first_right)


@dataclass(frozen=True)
class File:
    """A file to be read: ``name`` in messages, its bytes, the ``encoding`` that course.toml states, the ``folder`` that
    it lies in, for what it names beside it, whether that may be links (``follow_links``), and what becomes of
    a speaker's notes (``speaker_notes``)."""

    name: str
    data: bytes
    encoding: str | None = None
    folder: Path = field(default_factory=Path)
    follow_links: bool = False
    speaker_notes: Notes = "teacher"


@dataclass(frozen=True)
class Reader:
    """A file format: ``read`` gives a document, or ``read_questions`` questions of a file, one of them is given.

    ``is_bank``: True for a file of that ending that holds questions indeed; a list of grades is a table, a manifest is
    XML, neither a bank. ``text``: a document that is text has a limit of its own (``text-bytes``). ``beside``: whether
    the questions of a file are said by files beside it as well.
    """

    read: Callable[[File], Document] | None = None
    read_questions: Callable[[Path], QuestionFile] | None = None
    is_bank: Callable[[Path], bool] | None = None
    text: bool = False
    beside: Callable[[Path], bool] | None = None


def endings() -> set[str]:
    """The endings of files that are read, with their dot."""
    read = {f".{name}" for name in plugins.names(plugins.READERS)}
    return read | {ending for kind in media.KINDS.values() if read & {*kind.endings[:1]} for ending in kind.endings}


def _found(path: Path) -> tuple[plugins.PluginPoint, Reader] | None:
    """The reader of a file, by its ending, of a text file by its content. Raises ``PluginError``."""
    ending = path.suffix.lower().removeprefix(".")
    if ending == "txt":
        from coursepack.readers import sniff

        ending = sniff.text_format(path) or ending
    return _by_ending(ending)


def _by_ending(ending: str) -> tuple[plugins.PluginPoint, Reader] | None:
    points = plugins.points(plugins.READERS)
    point = points.get(ending) or points.get(_first_of_kind(ending))
    return (point, plugins.load(point, _is_reader, "a coursepack.readers.Reader")) if point else None


def _first_of_kind(ending: str) -> str:
    """How files of this kind are mostly called: «docx» for «docm»."""
    return media.named(f".{ending}").endings[0].removeprefix(".")


def _is_reader(found: object) -> bool:
    return isinstance(found, Reader) and (callable(found.read) != callable(found.read_questions))


def read(
    path: Path, name: str, *, encoding: str | None = None, follow_links: bool = False, speaker_notes: Notes = "teacher"
) -> Document:
    """The document at ``path``, called ``name`` in messages; ``follow_links`` for the pictures that lie beside it,
    ``speaker_notes`` for those of a presentation.

    Raises ``CoursepackError`` (empty, binary, unknown; a plugin that fails).
    """
    with _at(name):
        found = _by_ending(path.suffix.lower().removeprefix("."))
    if found is None or found[1].read is None:
        known = ", ".join(sorted(endings()))
        raise CoursepackError(f"{path.suffix or 'a file without an ending'} is not read, expected {known}", Place(name))
    point, reader = found
    assert reader.read  # noqa: S101 - asked above
    sources.check_file(path)
    data = _bytes(path, name, "text-bytes" if reader.text else "document-bytes")
    with _at(name), point.guard():
        document = reader.read(File(name, data, encoding, path.parent, follow_links, speaker_notes))
        if not point.built_in:
            document = _as_document(document, point)
    _keep_to(document)
    return document


def stands_alone(path: Path) -> bool:
    """Whether what a file holds says all of its document: nothing that lies beside it is read, and no plugin reads
    it."""
    found = _by_ending(path.suffix.lower().removeprefix("."))
    return found is not None and found[0].built_in and not found[1].text


_NAMES_A_FILE = re.compile(rb"\]\s*[(:\[]|\[\[|<|::|\\[a-z]+\{|\0")
"""Links, tags, directives and commands of marked text; a zero: letters of two bytes, in which these look otherwise."""


def needs_nothing_beside(path: Path) -> bool:
    """Whether its bytes say all of a document, as they are now: it stands alone, or is a text that names no file."""
    if stands_alone(path):
        return True
    found = _by_ending(path.suffix.lower().removeprefix("."))
    if found is None or not found[0].built_in:
        return False
    try:
        sources.check_file(path)
        return path.suffix.lower() == ".txt" or _NAMES_A_FILE.search(_bytes(path, path.name, "text-bytes")) is None
    except CoursepackError:  # reported when it is read
        return False


def _bytes(path: Path, name: str, limit: str) -> bytes:
    most = limits.of(limit)
    try:
        if path.stat().st_size > most:
            message = (
                f"a {limit.removesuffix('-bytes')} of {path.stat().st_size >> 20} MiB, expected at most {most >> 20}"
            )
            raise CoursepackError(message, Place(name), f"split it; {limits.raised(limit)}")
        data = path.read_bytes()
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(name)) from None
    if not data.strip():
        raise CoursepackError("the file is empty, expected a document", Place(name))
    return data


@contextmanager
def _at(name: str) -> Iterator[None]:
    """What a plugin fails with is said of the file that it read."""
    try:
        yield
    except plugins.PluginError as problem:
        raise plugins.PluginError(problem.message, problem.place or Place(name), problem.advice) from problem


def _as_document(found: object, point: plugins.PluginPoint) -> Document:
    """What another's reader gives, every field of it of its type."""
    if not isinstance(found, Document):
        raise point.error(f"gave {type(found).__name__}, expected a Document")
    return msgspec.convert(msgspec.to_builtins(found, builtin_types=(bytes,)), Document)


def _keep_to(document: Document) -> None:
    """Raises ``CoursepackError`` for a document that is too long to be understood in some seconds."""
    most = limits.now()
    lines = characters = 0
    for length in _lengths(document.units):
        lines, characters = lines + 1, characters + length
        for number, allowed, what in (
            (lines, most.document_lines, "lines"),
            (characters, most.document_letters, "letters"),
        ):
            if number > allowed:
                message = f"more than {allowed} {what} in one document"
                advice = f"split it into several; {limits.raised(f'document-{what}')}"
                raise CoursepackError(message, Place(document.file), advice)


def _lengths(units: Iterable[Unit]) -> Iterator[int]:
    """Letters of each line or paragraph, those of tables too."""
    for unit in units:
        match unit:
            case Line() | Listing():
                yield len(unit.text)
            case Para():
                yield sum(len(item.text) for item in unit.content if isinstance(item, Run))
            case Grid():
                yield from _lengths(inner for row in unit.rows for cell in row for inner in cell.units)
            case _:
                pass


def is_question_file(path: Path) -> bool:
    """True for a file that holds questions by its format (GIFT, Aiken, Moodle XML, a table). Raises ``PluginError``."""
    found = _found(path)
    return found is not None and found[1].read_questions is not None


def is_document_file(path: Path) -> bool:
    """True for a file whose ending is that of documents, whatever is in it. Raises ``PluginError``."""
    reader = _by_ending(path.suffix.lower().removeprefix("."))
    return reader is not None and reader[1].read is not None


def holds_questions(path: Path) -> bool:
    """The same as ``is_bank``, and False for a file that cannot be read. Raises ``PluginError``."""
    try:
        return is_bank(path)
    except plugins.PluginError:
        raise
    except CoursepackError:
        return False


def is_bank(path: Path) -> bool:
    """True for a question file by its content too: a list of grades is a table, a manifest is XML, neither a bank.
    Raises ``CoursepackError``: encrypted, damaged."""
    found = _found(path)
    if found is None or found[1].read_questions is None:
        return False
    point, reader = found
    if reader.is_bank is None:
        return True
    with _at(path.name), point.guard():
        return bool(reader.is_bank(path))


def table_of_keys(path: Path, name: str) -> Document | None:
    """A small table (CSV or a workbook) as a document called ``name``, since it may hold the keys of a test and nothing
    else; None for any other file."""
    from coursepack.readers.sheet import keys

    return keys.table_of_keys(path, name)


def document_of_sheets(path: Path, name: str) -> Document | None:
    """A workbook that holds no questions as a document called ``name``, since it may hold the plan of a course; None
    for any other file."""
    from coursepack.readers.sheet import plain
    from coursepack.readers.sheet.reader import BOOKS

    if path.suffix.lower() not in BOOKS or holds_questions(path):
        return None
    return plain.document_of_sheets(path, name)


def questions_in(document: Document, path: Path) -> QuestionFile | None:
    """The questions of a document that is a test in a layout of signs (tags, AST-Test, task lists …), None for any
    other, or for one that holds something else as well."""
    from coursepack.readers import layouts

    return layouts.questions_in(document, path)


def read_questions(path: Path, *, first_right: bool | None = None) -> QuestionFile:
    """The questions in a file of a question format, or in a document that is laid out as a test of signs.

    ``first_right``: what the author says of tagged text that does not tell. Raises ``CoursepackError``.
    """
    found = _found(sources.check_file(path))
    if found is not None and found[1].read_questions is None:
        return _of_document(path).said(first_right, str(path))
    if found is None or found[1].read_questions is None:
        known = ", ".join(sorted(endings()))
        raise CoursepackError(f"{path.suffix or 'no ending'}: no question file, expected {known}", Place(str(path)))
    point, reader = found
    assert reader.read_questions  # noqa: S101 - asked above
    with _at(str(path)), point.guard():
        made = reader.read_questions(path)
        if not point.built_in and not isinstance(made, QuestionFile):
            raise point.error(f"gave {type(made).__name__}, expected a QuestionFile")
    if not point.built_in:
        free = _watched(made.free, point, str(path)) if made.free else None
        made = replace(made, bank=_watched(made.bank, point, str(path)), free=free)
    return made.said(first_right, str(path))


def asks_alone(path: Path) -> bool:
    """Whether the bytes of a question file say all of its questions, as they are now. Raises ``PluginError``."""
    found = _found(path)
    if found is None or not found[0].built_in:
        return False
    if found[1].read_questions is None:
        return needs_nothing_beside(path)
    return found[1].beside is None or not found[1].beside(path)


def _of_document(path: Path) -> QuestionFile:
    found = questions_in(read(path, path.name), path)
    if found is None:
        from coursepack.readers import layouts

        raise CoursepackError(
            f"no question file: a document in none of the known layouts: {layouts.known()}",
            Place(str(path)),
            'tests of other forms are read as a source of a course (role = "tests" in course.toml), not converted',
        )
    return found


def _watched(bank: Bank, point: plugins.PluginPoint, name: str) -> Bank:
    """The bank of another's reader, which reads while it is iterated."""

    def questions() -> Iterator[Question]:
        with _at(name), point.guard():
            yield from plugins.each(bank.questions(), get_args(Question), point, "its questions")

    return replace(bank, questions=questions)
