"""Readers: bytes → ``Document``, or a re-iterable ``Bank`` of questions. One module a file format.

``read`` and ``read_questions`` choose the module by the file's content and name. A module ``readers/X.py`` has
``read(name: str, data: bytes, *, encoding: str | None = None) -> Document``; a question module has
``read(path: Path) -> QuestionFile``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from coursepack import limits
from coursepack.files import sources
from coursepack.model.artifact import Assets, Bank
from coursepack.model.blocks import Run
from coursepack.model.document import Document, Grid, Line, Para, Unit
from coursepack.place import CoursepackError, Finding, Place

# Ending of a file name → reader module.
DOCUMENTS = {
    ".txt": "text",
    ".docx": "docx.reader",
    ".pdf": "pdf.reader",
    ".md": "markdown.reader",
    ".markdown": "markdown.reader",
    ".doc": "doc",
    ".rtf": "doc",
    ".odt": "doc",
}
QUESTIONS = {".gift": "gift", ".aiken": "aiken", ".xml": "moodle.xml", ".csv": "sheet.reader", ".xlsx": "sheet.reader"}


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
    module = DOCUMENTS.get(path.suffix.lower())
    if module is None:
        known = ", ".join(sorted(DOCUMENTS))
        raise CoursepackError(f"{path.suffix or 'a file without an ending'} is not read, expected {known}", Place(name))
    sources.check_file(path)
    limit = "text-bytes" if module in {"text", "markdown.reader"} else "document-bytes"
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
    reader = import_module(f"coursepack.readers.{module}")
    # Pictures of a Markdown text lie beside it.
    beside: dict[str, Any] = (
        {"folder": path.parent, "follow_links": follow_links} if module == "markdown.reader" else {}
    )
    found: Document = reader.read(name, data, encoding=encoding, **beside)
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


def _question_module(path: Path) -> str | None:
    ending = path.suffix.lower()
    if ending == ".txt":
        from coursepack.readers import sniff

        return sniff.text_format(path)
    return QUESTIONS.get(ending)


def is_question_file(path: Path) -> bool:
    """True for a file that holds questions by its format (GIFT, Aiken, Moodle XML, a table)."""
    return _question_module(path) is not None


def holds_questions(path: Path) -> bool:
    """True for a question file by its content too: a list of grades is a table, a manifest is XML, neither a bank."""
    module = _question_module(path)
    if module not in {"moodle.xml", "sheet.reader"}:
        return module is not None
    try:
        return bool(import_module(f"coursepack.readers.{module}").is_bank(path))
    except CoursepackError:
        return False


def read_questions(path: Path) -> QuestionFile:
    """The questions in a file of a question format. Raises ``CoursepackError``."""
    module = _question_module(sources.check_file(path))
    if module is None:
        known = ", ".join(sorted(QUESTIONS))
        what = "a text that is neither GIFT nor Aiken" if path.suffix.lower() == ".txt" else path.suffix or "no ending"
        raise CoursepackError(f"{what}: no question file, expected {known}", Place(str(path)))
    found: QuestionFile = import_module(f"coursepack.readers.{module}").read(path)
    return found
