"""Readers: bytes → ``Document``, or a re-iterable ``Bank`` of questions, found by the ending of a file's name.

Entry points of the group ``coursepack.readers`` are modules (or objects) with ``read(name: str, data: bytes, *,
encoding: str | None = None) -> Document``; one that also takes ``folder`` and ``follow_links`` may read what lies
beside the file. Those of ``coursepack.questions`` have ``read(path: Path) -> QuestionFile``, and perhaps
``is_bank(path: Path) -> bool`` for a format that holds other things too.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from coursepack import limits, plugins
from coursepack.files import sources
from coursepack.model.artifact import Assets, Bank
from coursepack.model.blocks import Run
from coursepack.model.document import Document, Grid, Line, Para, Unit
from coursepack.place import CoursepackError, Finding, Place

DOCUMENTS, QUESTIONS = "coursepack.readers", "coursepack.questions"
_TEXTS = frozenset({".txt", ".md", ".markdown"})


def documents() -> list[str]:
    """The endings of documents that can be read, sorted."""
    return [f".{name}" for name in plugins.names(DOCUMENTS)]


def questions() -> list[str]:
    """The endings of files of questions that can be read, sorted."""
    return [f".{name}" for name in plugins.names(QUESTIONS)]


@dataclass(frozen=True)
class QuestionFile:
    """Questions read from a file: a bank to iterate as often as needed, and what was noticed.

    ``findings`` is complete only after the bank was iterated once; a reader that repairs says so there.
    """

    bank: Bank
    findings: list[Finding] = field(default_factory=list)
    assets: Assets = field(default_factory=Assets)


def read(path: Path, name: str, *, encoding: str | None = None, follow_links: bool = False) -> Document:
    """The document at ``path``, called ``name`` in messages; ``follow_links`` for the pictures that lie beside it.

    Raises ``CoursepackError`` (empty, binary, unknown).
    """
    ending = path.suffix.lower()
    if ending not in documents():
        known = ", ".join(documents())
        raise CoursepackError(f"{path.suffix or 'a file without an ending'} is not read, expected {known}", Place(name))
    sources.check_file(path)
    limit = "text-bytes" if ending in _TEXTS else "document-bytes"
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
    reader = plugins.load(DOCUMENTS, "reader", ending[1:])
    with plugins.guarded(DOCUMENTS, "reader", ending[1:]):
        # Pictures of a Markdown text lie beside it.
        beside: dict[str, Any] = {"folder": path.parent, "follow_links": follow_links}
        wanted = inspect.signature(reader.read).parameters
        found = reader.read(name, data, encoding=encoding, **{key: beside[key] for key in beside if key in wanted})
    if not isinstance(found, Document):
        what = f"the reader {plugins.called(DOCUMENTS, ending[1:])} gave a {type(found).__name__}"
        raise CoursepackError(f"{what}, expected a Document", Place(name))
    _keep_to(found)
    return found


def _keep_to(document: Document) -> None:
    """Raises ``CoursepackError`` for a document that is too long to be understood in some seconds."""
    most = limits.now()
    lines = letters = 0
    for length in _lengths(document.units):
        lines, letters = lines + 1, letters + length
        for number, allowed, what in (
            (lines, most.document_lines, "lines"),
            (letters, most.document_letters, "letters"),
        ):
            if number > allowed:
                message = f"more than {allowed} {what} in one document"
                advice = f"part it into several; {limits.raised(f'document-{what}')}"
                raise CoursepackError(message, Place(document.file), advice)


def _lengths(units: Iterable[Unit]) -> Iterator[int]:
    """Letters of each line or paragraph, those of tables too."""
    for unit in units:
        match unit:
            case Line():
                yield len(unit.text)
            case Para():
                yield sum(len(item.text) for item in unit.content if isinstance(item, Run))
            case Grid():
                yield from _lengths(inner for row in unit.rows for cell in row for inner in cell.units)
            case _:
                pass


def _question_format(path: Path) -> str | None:
    """The name of the reader of a file of questions, or None."""
    ending = path.suffix.lower()
    if ending == ".txt":
        from coursepack.readers import sniff

        return sniff.text_format(path)
    return ending[1:] if ending in questions() else None


def is_question_file(path: Path) -> bool:
    """True for a file that holds questions by its format (GIFT, Aiken, Moodle XML, a table)."""
    return _question_format(path) is not None


def holds_questions(path: Path) -> bool:
    """True for a question file by its content too: a list of grades is a table, a manifest is XML, neither a bank."""
    name = _question_format(path)
    if name is None:
        return False
    try:
        reader = plugins.load(QUESTIONS, "reader", name)
        with plugins.guarded(QUESTIONS, "reader", name):
            return bool(reader.is_bank(path)) if hasattr(reader, "is_bank") else True
    except CoursepackError:
        return False


def read_questions(path: Path) -> QuestionFile:
    """The questions in a file of a question format. Raises ``CoursepackError``."""
    name = _question_format(sources.check_file(path))
    if name is None:
        known = ", ".join(questions())
        what = "a text that is neither GIFT nor Aiken" if path.suffix.lower() == ".txt" else path.suffix or "no ending"
        raise CoursepackError(f"{what}: no question file, expected {known}", Place(str(path)))
    reader = plugins.load(QUESTIONS, "reader", name)
    with plugins.guarded(QUESTIONS, "reader", name):
        found = reader.read(path)
    if not isinstance(found, QuestionFile):
        what = f"the reader {plugins.called(QUESTIONS, name)} gave a {type(found).__name__}"
        raise CoursepackError(f"{what}, expected a QuestionFile", Place(str(path)))
    return found
