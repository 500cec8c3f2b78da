"""Question files read as a stream: lines in the encoding they are in, banks that can be iterated again.

A reader of questions is a generator that gets a ``Session`` (where findings and pictures go) and yields questions;
``question_file`` makes a ``QuestionFile`` of it. Ids come from the order: ``q-00001``.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from lxml import etree

from coursepack import languages, limits
from coursepack.files.media import KINDS
from coursepack.model.artifact import Assets, Bank
from coursepack.model.questions import Question, shares
from coursepack.place import CoursepackError, Finding, Place, Unit, error, note, warning
from coursepack.readers import QuestionFile
from coursepack.text import language, latin
from coursepack.text.scripts import COMMON_CYRILLIC

MOST_TOLD = 50
"""So many findings of one code are reported one by one; the rest are counted."""


class AnswerWeights(Protocol):
    """What answers are worth of which it is only said which are right."""

    def __call__(self, right: Sequence[bool], *, single: bool) -> tuple[float, ...]: ...


@dataclass
class ReadingSession:
    """One reading of a question file: its place, what is noticed, the pictures it brings, the ``language`` that most of
    it is in, the ``unit`` that its places count, and whether a wrong tick is ``free`` where nothing is said of it."""

    path: Path
    findings: list[Finding]
    assets: Assets
    language: str = ""
    unit: Unit = "line"
    free: bool = False
    codes: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    count: int = 0
    most: int = field(default_factory=lambda: limits.now().question_letters)
    """Letters of one question: asked once, not for each line."""

    @property
    def name(self) -> str:
        return self.path.name

    def place(self, first: int, last: int | None = None) -> Place:
        return Place(self.name, first, last or first, self.unit)

    def shares(self, right: Sequence[bool], *, single: bool) -> tuple[float, ...]:
        """What answers are worth of which it is only said which are right."""
        return shares(right, single=single, free=self.free)

    def keep_to(self, characters: int, line: int) -> None:
        """Raises ``CoursepackError`` for one question of more letters than the limits allow."""
        if characters > self.most:
            message = f"a question of more than {self.most} characters"
            raise CoursepackError(message, self.place(line), limits.raised("question-letters"))

    def next_id(self) -> tuple[str, int]:
        """The id and the number of the next question."""
        self.count += 1
        return f"q-{self.count:05d}", self.count

    def tell(self, finding: Finding) -> None:
        """Keep a finding; of one code at most ``MOST_TOLD``, the rest are counted."""
        self.codes[finding.code] += 1
        if self.codes[finding.code] <= MOST_TOLD:
            self.findings.append(finding)

    def error(self, code: str, message: str, line: int, advice: str = "") -> None:
        self.tell(error(code, message, self.place(line), advice))

    def warning(self, code: str, message: str, line: int, advice: str = "") -> None:
        self.tell(warning(code, message, self.place(line), advice))

    def close(self, format_name: str) -> None:
        """What was only counted, reported at the end."""
        for kind, counted in ((warning, self.lost), (note, self.noted)):
            for what, count in sorted(counted.items()):
                self.tell(kind(f"{format_name}-left-out", f"{count} × {what}", Place(self.name)))
        for code, count in sorted(self.codes.items()):
            if count > MOST_TOLD:
                self.findings.append(note(code, f"{count - MOST_TOLD} more like these", Place(self.name)))


def question_file(
    path: Path, format_name: str, questions: Callable[[ReadingSession], Iterator[Question]], *, language: str = ""
) -> QuestionFile:
    """A question file that is read anew each time its bank is iterated. Raises ``CoursepackError`` (size, missing)."""
    try:
        size = path.stat().st_size
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", Place(path.name)) from None
    if size == 0:
        raise CoursepackError("the file is empty, expected questions", Place(path.name))
    most = limits.now().questions_bytes
    if size > most:
        raise CoursepackError(
            f"{size} bytes; at most {most} are read", Place(path.name), limits.raised("questions-bytes")
        )
    return bank_file(path, format_name, questions, Assets(), language=language or _language(path))


def bank_file(
    path: Path,
    format_name: str,
    questions: Callable[[ReadingSession], Iterator[Question]],
    assets: Assets,
    *,
    language: str,
    unit: Unit = "line",
) -> QuestionFile:
    """The questions of a source called ``path``, which may be a document that was read already: ``assets`` are its
    pictures, ``unit`` is what its places count."""
    findings: list[Finding] = []

    def iterate(*, free: bool = False) -> Iterator[Question]:
        findings.clear()
        session = ReadingSession(path, findings, assets, language, unit, free)
        try:
            yield from questions(session)
        except OSError as problem:
            raise CoursepackError(f"cannot be read: {problem.strerror}", Place(path.name)) from None
        if session.count == 0:
            session.error(f"{format_name}-empty", "no question was found", 0)
        session.close(format_name)

    bank = Bank(id=_slug(path.stem), title=path.stem, language=language, questions=iterate)
    return QuestionFile(bank, findings, assets, free=replace(bank, questions=partial(iterate, free=True)))


def _slug(stem: str) -> str:
    """An id from a file's name: its words in Latin letters joined by hyphens, behind «questions» where none is there or
    a number is first. What has letters that are not romanised ends in a mark of its own, so that no two are alike."""
    text = latin.slug(stem, fallback="questions", longest=_LONGEST_NAME)
    if all(latin.romanised(c) for c in stem if c.isalpha()):
        return text
    mark = hashlib.sha256(unicodedata.normalize("NFC", stem).encode()).hexdigest()[:_MARK]
    return f"{text}-{mark}"


_LONGEST_NAME = 120
_MARK = 8


def _language(path: Path) -> str:
    """The language that most of a file's beginning is in, reported by its letters."""
    with path.open("rb") as file:
        head = file.read(65536)
    if KINDS["zip"].begins(head):
        head = _first_texts(path)
    try:
        text = head.decode("utf-16" if head[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "ignore")
        if b"\xd0" not in head and b"\xd1" not in head:
            text += head.decode("cp1251", "ignore")
    except UnicodeDecodeError:
        return languages.SOURCE
    # Tags and keywords of a format are Latin in every language.
    return language.of_format(re.sub(r"<[^<>]*>|&\w+;", "", text))


def _first_texts(path: Path) -> bytes:
    """The shared texts of a workbook, where its letters are."""
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive, archive.open("xl/sharedStrings.xml") as texts:
            return texts.read(65536)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return b""


def line_of(element: etree._Element) -> int:
    """The line of an element in its file, 0 when the parser does not know it."""
    found: Any = element.sourceline
    return int(found or 0)


# --- encodings ----------------------------------------------------------------------------------------------------

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters but the tab mean nothing in a text (and readers use some as marks of their own); the last two code
# points of the plane are no characters, and no XML holds them.
_CONTROLS = dict.fromkeys([*(c for c in range(32) if c != 9), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF])
_ABOVE_ASCII = re.compile(rb"[\x80-\xff]")
_AMONG_LATIN = re.compile(rb"[\x80-\xff](?=[A-Za-z])|(?<=[A-Za-z])[\x80-\xff]")
_FREQUENT = COMMON_CYRILLIC


def encoding_of(path: Path) -> str:
    """The encoding of a text file: a mark says it, else it is UTF-8 when all of it can be, else an old Cyrillic one.

    Raises ``CoursepackError`` for what is no text at all.
    """
    with path.open("rb") as file:
        head = file.read(65536)
        for mark, name in _BOMS:
            if head.startswith(mark):
                return name
        if any(KINDS[kind].resembles(head) for kind in ("zip", "ole", "pdf")):
            raise CoursepackError("not a text file, expected questions in plain text", Place(path.name))
        if b"\x00" in head:
            even, odd = head[::2].count(0), head[1::2].count(0)
            if max(even, odd) < len(head) // 20:
                raise CoursepackError("not a text file, expected questions in plain text", Place(path.name))
            return "utf-16-le" if odd > even else "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            chunk = head
            while chunk:
                decoder.decode(chunk)
                chunk = file.read(1 << 20)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            # Accented letters stand among Latin ones, Cyrillic letters among their own kind.
            if len(_AMONG_LATIN.findall(head)) > len(_ABOVE_ASCII.findall(head)) / 2:
                return "cp1252"
            return max(("cp1251", "koi8-r", "cp866"), key=lambda name: _score(head, name))
        return "utf-8"


def _score(data: bytes, encoding: str) -> int:
    text = data.decode(encoding, "replace")
    return sum(text.count(letter) for letter in _FREQUENT)


def lines(session: ReadingSession) -> Iterator[tuple[int, str]]:
    """The lines of a text file with their numbers from 1, without their ends, in whatever encoding it is."""
    encoding = encoding_of(session.path)
    if encoding in {"cp1251", "cp1252", "koi8-r", "cp866"}:
        name = encoding.replace("cp125", "windows-125")
        session.findings.append(
            note("questions-encoding", f"the file is in {name}, not in UTF-8; it was read so", Place(session.name))
        )
    with session.path.open(encoding=encoding, errors="replace", newline=None) as file:
        number = 0
        most = session.most
        while line := file.readline(most):
            number += 1
            if len(line) >= most and not line.endswith("\n"):
                advice = limits.raised("question-letters")
                raise CoursepackError(f"a line longer than {most} characters", session.place(number), advice)
            body = line.removesuffix("\n")
            yield number, body if body.isprintable() else line.translate(_CONTROLS)
