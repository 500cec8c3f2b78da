"""The question bank of a backup of a Moodle course (.mbz) as a question file, without the rest of the course."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from coursepack.files import unpacked
from coursepack.place import CoursepackError, Place
from coursepack.readers import QuestionFile, Reader
from coursepack.readers.archives import moodle_xml
from coursepack.readers.archives.backup import open_bank
from coursepack.readers.moodle import xml


def _file(path: Path) -> Path:
    return unpacked.opened(path, open_bank).folder / moodle_xml.FILE


def read(path: Path) -> QuestionFile:
    """The questions of the bank. Raises ``CoursepackError``: no backup, damaged, without questions."""
    file = _file(path)
    if not file.exists():
        raise CoursepackError("the backup holds no question", Place(path.name))
    result = xml.read(file)
    return replace(result, bank=replace(result.bank, title=path.stem))


def is_bank(path: Path) -> bool:
    """True for a backup with questions."""
    try:
        return _file(path).exists()
    except CoursepackError:
        return False


reader = Reader(read_questions=read, is_bank=is_bank)
