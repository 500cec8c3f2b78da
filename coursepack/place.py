"""Where something stands, what was found there, and the errors that stop a run.

The lowest room of the house: everything else may import it, it imports nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Literal

import msgspec

Unit = Literal["line", "paragraph", "row", "byte"]

LONGEST = 1000
"""Letters of a message, an advice, a member's name: what is longer was made to be long, and its middle tells nobody
anything."""


def shortened(text: str) -> str:
    """The text, its middle left out where it is longer than ``LONGEST``."""
    if len(text) <= LONGEST:
        return text
    half = (LONGEST - 1) // 2
    return f"{text[:half]}…{text[-half:]}"


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of a source: ``file`` as the author names it, ``first``..``last`` counted from 1 in ``unit``s.

    ``page`` is the printed or physical page where one is known, ``slide`` that of a presentation. ``member`` names a
    file inside an archive.
    """

    file: str
    first: int = 0
    last: int = 0
    unit: Unit = "line"
    page: int | None = None
    member: str | None = None
    slide: int | None = None

    def __post_init__(self) -> None:
        if self.member is not None and len(self.member) > LONGEST:
            msgspec.structs.force_setattr(self, "member", shortened(self.member))

    def __str__(self) -> str:
        text = self.file
        if self.member:
            text += f"!{self.member}"
        if self.first:
            text += f":{self.first}"
            if self.last > self.first:
                text += f"-{self.last}"
        if self.slide:
            text += f" (slide {self.slide})"
        return text


class Severity(StrEnum):
    """How bad a finding is: an error stops publishing, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a person should know.

    ``code`` is stable and made of lower-case words joined by hyphens, its first word naming the room
    (``cc-href-missing``); ``message`` says what was found (and what was expected), ``advice`` what to do; ``paste`` are
    lines for course.toml that do it.
    """

    severity: Severity
    code: str
    message: str
    place: Place | None = None
    advice: str = ""
    paste: str = ""

    def __post_init__(self) -> None:
        if len(self.message) > LONGEST or len(self.advice) > LONGEST:
            msgspec.structs.force_setattr(self, "message", shortened(self.message))
            msgspec.structs.force_setattr(self, "advice", shortened(self.advice))

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        advice = f" -> {self.advice}" if self.advice else ""
        return f"{where}{self.severity}: {self.message} [{self.code}]{advice}"


def error(code: str, message: str, place: Place | None = None, advice: str = "") -> Finding:
    """A finding that stops publishing."""
    return Finding(Severity.ERROR, code, message, place, advice)


def warning(code: str, message: str, place: Place | None = None, advice: str = "") -> Finding:
    """A finding that a person should look at."""
    return Finding(Severity.WARNING, code, message, place, advice)


def note(code: str, message: str, place: Place | None = None, advice: str = "", paste: str = "") -> Finding:
    """A finding that only tells."""
    return Finding(Severity.NOTE, code, message, place, advice, paste)


def has_errors(findings: list[Finding] | tuple[Finding, ...]) -> bool:
    """True when at least one finding stops publishing."""
    return any(finding.severity is Severity.ERROR for finding in findings)


class CoursepackError(Exception):
    """Input or a call that cannot be used (exit code 2). Its text is a whole sentence for the user; ``also`` are
    further mistakes of the same input, each of which has to be mended, too."""

    def __init__(
        self, message: str, place: Place | None = None, advice: str = "", also: Sequence[CoursepackError] = ()
    ) -> None:
        super().__init__(message)
        self.message = shortened(message)
        self.place = place
        self.advice = shortened(advice)
        self.also = tuple(also)

    def each(self) -> Iterator[CoursepackError]:
        """This mistake and all that were found with it."""
        yield self
        for other in self.also:
            yield from other.each()

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        advice = f"; {self.advice}" if self.advice else ""
        return f"{where}{self.message}{advice}"


class LimitError(CoursepackError):
    """Input beyond a limit; the advice names the limit."""
