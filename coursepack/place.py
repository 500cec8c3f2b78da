"""Where something stands, what was found there, and the errors that stop a run.

The lowest room of the house: everything else may import it, it imports nothing.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec

Unit = Literal["line", "paragraph", "row", "byte"]


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stretch of a source: ``file`` as the author names it, ``first``..``last`` counted from 1 in ``unit``s.

    ``page`` is the printed or physical page where one is known. ``member`` names a file inside an archive.
    """

    file: str
    first: int = 0
    last: int = 0
    unit: Unit = "line"
    page: int | None = None
    member: str | None = None

    def __str__(self) -> str:
        text = self.file
        if self.member:
            text += f"!{self.member}"
        if self.first:
            text += f":{self.first}"
            if self.last > self.first:
                text += f"-{self.last}"
        return text


class Severity(StrEnum):
    """How bad a finding is: an error stops publishing, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a person should know.

    ``code`` is stable and made of lower-case words joined by hyphens, its first word naming the room
    (``cc-href-missing``); ``message`` says what was found (and what was expected), ``advice`` what to do.
    """

    severity: Severity
    code: str
    message: str
    place: Place | None = None
    advice: str = ""

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


def note(code: str, message: str, place: Place | None = None, advice: str = "") -> Finding:
    """A finding that only tells."""
    return Finding(Severity.NOTE, code, message, place, advice)


def has_errors(findings: list[Finding] | tuple[Finding, ...]) -> bool:
    """True when at least one finding stops publishing."""
    return any(finding.severity is Severity.ERROR for finding in findings)


class CoursepackError(Exception):
    """Input or a call that cannot be used (exit code 2). Its text is a whole sentence for the user."""

    def __init__(self, message: str, place: Place | None = None, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.advice = advice

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        advice = f"; {self.advice}" if self.advice else ""
        return f"{where}{self.message}{advice}"
