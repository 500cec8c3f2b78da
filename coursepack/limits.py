"""Budgets for input that nobody vouches for: how many, how large, how long.

The numbers stand in limits.toml. A run may change them, ``coursepack --limit archive-bytes=8GiB``, or the environment,
``COURSEPACK_LIMITS="archive-bytes=8GiB child-seconds=300"``: so every process that a run starts keeps to the same.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import msgspec

from coursepack import prepared
from coursepack.place import CoursepackError
from coursepack.similar import near

VARIABLE = "COURSEPACK_LIMITS"
_VALUE = re.compile(r"(\d+) *([KMGT]i?B|B|s)?")
_UNITS: dict[str, int] = {"": 1, "B": 1, "s": 1} | {
    f"{letter}{kind}": int(base**power)
    for power, letter in enumerate("KMGT", 1)
    for kind, base in (("iB", 1024), ("B", 1000))
}


class Limits(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """Every budget; sizes in bytes, times in seconds."""

    archive_members: int
    """Members of one archive."""
    archive_member_bytes: int
    """Unpacked bytes of one member."""
    archive_bytes: int
    """Unpacked bytes of a whole archive."""
    archive_ratio: int
    """How many times larger than packed an archive or a member may be; what unpacks to 1 MiB may always."""
    archive_large_bytes: int
    """Unpacked bytes from which on an archive may be no more than ``archive-large-ratio`` times what is packed: a
    course of text stays under 20, 100,000 like questions come to 55 and 128 MiB, a large backup is media."""
    archive_large_ratio: int
    """How many bytes more may be unpacked for each packed one beyond ``archive-large-bytes``."""
    archive_directory_bytes: int
    """Bytes of names and other records of all members: a ZIP's directory, the further headers of a TAR."""
    archive_extra_bytes: int
    """Bytes of extra fields in a ZIP's directory (APPNOTE 4.5); packers write up to 60 for a member."""
    name_bytes: int
    """Bytes of a member's name (UTF-8), as POSIX's PATH_MAX."""
    name_folders: int
    """Folders in a member's name."""
    xml_bytes: int
    """Bytes of an XML document that is read as a whole."""
    xml_marks: int
    """Tags and attributes of such a document or web page, and of all that are kept of one package: each is counted by
    its «<» and «=» and takes some 100 bytes of memory."""
    manifest_marks: int
    """The same for the manifest of a cartridge or a SCORM package: each takes checks and a place in several tables."""
    question_marks: int
    """The same for one question of a bank that streams."""
    word_marks: int
    """The same for all parts of a Word document."""
    page_bytes: int
    """Bytes of a web page in a package that is looked into."""
    findings: int
    """Findings of one code on one file that are reported one by one; the rest are counted."""
    document_bytes: int
    """Bytes of a document, its pictures included."""
    text_bytes: int
    """Bytes of a document in plain text or Markdown."""
    document_letters: int
    """Letters of a document: 3 million are some 1,000 full pages."""
    document_lines: int
    """Lines or paragraphs of a document."""
    markdown_marks: int
    """Signs of a Markdown text that may open something: «[», «<», «&», a backslash before a bracket."""
    questions_bytes: int
    """Bytes of a question file, which streams."""
    question_letters: int
    """Letters of one question or line in such a file."""
    cell_letters: int
    """Letters of a cell in a table of questions."""
    sheet_columns: int
    """Columns of a table of questions."""
    picture_bytes: int
    file_bytes: int
    """Bytes of a picture beside a Markdown text."""
    folder_files: int
    """Files and folders in the folder of a course that are looked at to say which of them were not read."""
    unpacked_bytes: int
    """Bytes of an archive of documents in the folder of a course, archives in it too."""
    pdf_pages: int
    """Pages of one PDF."""
    pdf_page_letters: int
    """Letters on one page of it."""
    pdf_letters: int
    """Letters of the whole PDF."""
    pdf_lines: int
    """Lines of the whole PDF."""
    office_seconds: int
    """Time for one document in LibreOffice."""
    office_memory: int
    """Memory of LibreOffice."""
    office_written: int
    """Bytes that it writes in all, its profile included."""
    child_seconds: int
    """Time for one file in a child process (a PDF, a picture)."""
    child_memory: int
    """Memory of such a process."""
    child_written: int
    """Bytes of the largest file that such a process may write, and of its answer."""
    template_seconds: int
    """Time for one page or paper of a department's template."""
    template_memory: int
    """Memory of the process that fills them."""
    template_written: int
    """Bytes of one filled page or paper."""
    print_seconds: int
    """Time for one paper as PDF."""
    print_memory: int
    """Memory of the process that sets it; Typst asks for addresses that it never uses."""
    print_written: int
    """Bytes of one PDF."""
    rebuild_seconds: int
    """Time for a bag to be built again."""
    rebuild_memory: int
    """Memory of that."""
    rebuild_written: int
    """Bytes of its largest file."""


def now() -> Limits:
    """The budgets of this run. Raises ``CoursepackError`` for a name or value that does not exist."""
    return _set(os.environ.get(VARIABLE, ""))


def of(name: str) -> int:
    """The budget of that name, as ``--limit`` knows it."""
    return int(getattr(now(), name.replace("-", "_")))


def raised(name: str) -> str:
    """What to say to who needs more: «--limit archive-bytes=… allows more»."""
    return f"--limit {name}=… allows more"


def change(settings: tuple[str, ...]) -> None:
    """Change budgets for this process and all that it starts: ``("archive-bytes=8GiB",)``.

    Raises ``CoursepackError`` for a name or value that does not exist.
    """
    wanted = " ".join((*os.environ.get(VARIABLE, "").split(), *settings))
    _set(wanted)
    os.environ[VARIABLE] = wanted


@cache
def _shipped() -> Limits:
    return msgspec.convert(prepared.toml((Path(__file__).parent / "limits.toml").read_text("utf-8")), Limits)


@cache
def _set(settings: str) -> Limits:
    if not settings:
        return _shipped()
    known = {field.encode_name: field.name for field in msgspec.structs.fields(Limits)}
    changed: dict[str, int] = {}
    for setting in settings.split():
        name, _, value = setting.partition("=")
        if name not in known:
            meant = near(name, known)
            advice = f"did you mean {meant!r}?" if meant else f"there are {', '.join(known)}"
            raise CoursepackError(f"there is no limit {name!r}", advice=advice)
        changed[known[name]] = _number(name, value)
    return msgspec.structs.replace(_shipped(), **changed)


def _number(name: str, value: str) -> int:
    found = _VALUE.fullmatch(value)
    if found is None or int(found[1]) == 0:
        raise CoursepackError(f"the limit {name} is {value!r}, expected a number above 0, as 500, 300MB, 2GiB or 60s")
    return int(found[1]) * _UNITS[found[2] or ""]
