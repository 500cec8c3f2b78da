"""Plain text in any encoding that occurs → ``Document`` of hard-wrapped lines.

UTF-8 (with or without a mark), UTF-16 and UTF-32, the one-byte encodings of Cyrillic (``text.encodings``) and what else
``charset-normalizer`` recognises; line ends of every system; a form feed or, in text taken out of a PDF, a leading
space begins a page.
"""

from __future__ import annotations

import codecs
import re

from coursepack.files import media
from coursepack.files.hashes import sha256
from coursepack.model.document import Document, Line
from coursepack.place import CoursepackError, Finding, Place, note
from coursepack.readers import Reader
from coursepack.text.characters import composed
from coursepack.text.encodings import cyrillic

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FRAMED = re.compile(r"^([ \t]*)([*~#-])\2+[ \t]+([^\W\d_].{0,200}?|\d.{0,200}?)[ \t]+\2{2,}[ \t]*$")
"""A heading between signs: «*** Lecture 1 ***»; those between signs of equality are seen as headings later."""
_DASHED = re.compile(r"^([ \t]*)[–—][ \t]+([^\W\d_].{0,80}?)[ \t]+[–—][ \t]*$")
"""The same between long dashes: «— Ticket 1 —»."""
_NAMES = {"cp1251": "windows-1251"}
"""Encodings by the name that people know."""


def read(name: str, data: bytes, *, encoding: str | None = None) -> Document:
    """The lines of a text. Raises ``CoursepackError`` for a binary file and for an encoding that does not fit."""
    text, used = decode(name, data, encoding)
    findings: list[Finding] = []
    if used not in {"utf-8", "utf-8-sig", "ascii"}:
        findings.append(note("reading-encoding", f"read as {used}", Place(name)))
    if not text.strip():
        raise CoursepackError("the file holds no text, expected a document", Place(name))
    return Document(
        file=name,
        sha256=sha256(data),
        medium="text",
        units=tuple(_lines(text)),
        wrapped=True,
        findings=tuple(findings),
    )


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n")
    page = 1 if "\f" in text else None
    for number, raw in enumerate(text.split("\n"), 1):
        start = "\f" in raw
        if start and page is not None:
            page += raw.count("\f")
        line = _DASHED.sub(r"\1\2", _FRAMED.sub(r"\1\3", composed(raw.replace("\f", " "))))
        lead = len(line) - len(line.lstrip(" "))
        lines.append(
            Line(
                text=line,
                number=number,
                page=page,
                page_start=bool(line.strip()) and (start or (page is None and lead == 1)),
            )
        )
    return lines


def decode(name: str, data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file's bytes and the encoding it was in. Raises ``CoursepackError``."""
    if encoding:
        try:
            return data.decode(encoding), encoding
        except LookupError:
            raise CoursepackError(
                f"encoding {encoding!r} is unknown, expected a name such as utf-8 or windows-1251", Place(name)
            ) from None
        except UnicodeDecodeError as problem:
            line = data[: problem.start].count(b"\n") + 1
            raise CoursepackError(
                f"not {encoding} at byte {problem.start}",
                Place(name, line, line),
                "name another encoding or leave it out",
            ) from None
    for mark, used in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(used), used
            except UnicodeDecodeError:
                break
    for kind in media.KINDS.values():
        if kind.binary and kind.resembles(data):
            message = f"this is {kind.binary}, expected a text"
            raise CoursepackError(message, Place(name), "give the file its right ending")
    wide = _without_mark(data)
    if wide:
        return wide
    if _is_binary(data):
        raise CoursepackError("this is a binary file, expected a text", Place(name))
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as problem:
        if problem.start >= len(data) - 3:  # a text cut in the middle of a letter
            return data[: problem.start].decode("utf-8"), "utf-8"
    return _guess(name, data)


def _without_mark(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without its mark: every other byte of a text is 0 or the same few."""
    if len(data) < 8 or len(data) % 2:
        return None
    sample = data[:4000]
    for used, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(byte in (0, 4) for byte in high) * 20 > len(high) * 17:
            try:
                return data.decode(used), used
            except UnicodeDecodeError:
                return None
    return None


def _is_binary(data: bytes) -> bool:
    sample = data[:8000]
    odd = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in sample)
    return b"\0" in sample or odd * 50 > len(sample)


def _guess(name: str, data: bytes) -> tuple[str, str]:
    """The encoding of a text that is not UTF-8: one of Cyrillic where that gives words, else the best match."""
    found = cyrillic(data)
    if found is not None:
        return found[0], _NAMES.get(found[1], found[1])
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000], cp_isolation=["cp1252", "cp1251", "utf_8"]).best()
    if best is None:
        raise CoursepackError("the encoding is not recognised, expected UTF-8", Place(name), "save the text as UTF-8")
    try:
        return data.decode(best.encoding), best.encoding
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        raise CoursepackError(
            f"not {best.encoding} at byte {problem.start}", Place(name, line, line), "save the text as UTF-8"
        ) from None


reader = Reader(read=lambda file: read(file.name, file.data, encoding=file.encoding), text=True)
