"""XML files that may hold questions: Moodle XML or QTI, reported by the root."""

from __future__ import annotations

from pathlib import Path

from coursepack.place import CoursepackError, Place
from coursepack.readers import QuestionFile, Reader
from coursepack.readers.moodle import xml as moodle_xml
from coursepack.readers.qti import reader as qti
from coursepack.readers.qti import tree
from coursepack.readers.qti.package import MANIFEST, ROOTS

_HEAD = 1 << 14


def _is_qti(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return tree.root_name(file.read(_HEAD)) in ROOTS
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(path.name)) from None


def read(path: Path) -> QuestionFile:
    """The questions of the file; of a package that lies unpacked in a folder, of its manifest. Raises
    ``CoursepackError``."""
    return qti.read(path) if path.name == MANIFEST or _is_qti(path) else moodle_xml.read(path)


def is_bank(path: Path) -> bool:
    """True when the root is that of a bank or an item, whatever follows."""
    try:
        return qti.is_bank(path) if _is_qti(path) else moodle_xml.is_bank(path)
    except CoursepackError:
        return False


def _names_files(path: Path) -> bool:
    return path.name == MANIFEST or _is_qti(path)


reader = Reader(read_questions=read, is_bank=is_bank, beside=_names_files)
