"""What is printed of many courses: how far a run is, and what became of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING

from coursepack.batch import report
from coursepack.cli import localization, show, terminal
from coursepack.place import CoursepackError, Severity

if TYPE_CHECKING:
    from coursepack.batch.courses import Courses, Done
    from coursepack.batch.ledger import EditionRow

FEW = 20
"""Courses of which each is shown with all that is said of it."""
_GROUPS = 12
"""Kinds of failure on one screen."""
_NAMED = 4
"""Courses that are named for each."""


def followed(courses: Courses, say: Callable[[str], None]) -> list[Done]:
    """Run it, and say how far it is; what became of each, in the order of the call."""
    started, done = time.monotonic(), []
    for each in courses.run():
        done.append(each)
        if courses.wanted > 1:
            say(_progress(done, courses.wanted, time.monotonic() - started))
    return sorted(done, key=attrgetter("number"))


def _progress(done: Sequence[Done], wanted: int, seconds: float) -> str:
    failed = sum(each.row.failed for each in done)
    now = sum(not each.row.as_before for each in done)
    rate = now / seconds if seconds else 0.0
    left = clock((wanted - len(done)) / rate) if rate else "?"
    return f"{len(done)} of {wanted} done, {failed} failed, {rate:.1f} a second, {left} left"


def clock(seconds: float) -> str:
    """A duration, for people: «2:05:07», «3:12», «7 s»."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def failures(rows: Sequence[EditionRow]) -> None:
    """What kept courses from being built, on one screen: each kind once, with some of the courses."""
    found = report.groups(rows)
    table = [
        (
            str(len(group.courses)),
            localization.said(group.message),
            _some(group.courses),
            localization.said(group.advice),
        )
        for group in found[:_GROUPS]
    ]
    if table:
        show.table([">courses", "why", "such as", "what to do"], table)
    if len(found) > _GROUPS:
        terminal.line(f"{len(found) - _GROUPS} more kinds of failure; --report FILE.html lists all")


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")


def summary(figures: report.Summary) -> None:
    """The figures of a run, in a line."""
    parts = [(figures.built, "built"), (figures.unchanged, "unchanged"), (figures.failed, "failed")]
    parts += [(figures.lost, "unknown: the machine failed"), (figures.warned, "with warnings")]
    told = ", ".join(f"{number} {localization.said(word)}" for number, word in parts if number)
    terminal.plain(f"{show.counted(figures.found, 'courses')}: {told} ({clock(figures.seconds)})")


def problems(row: EditionRow, *, alone: bool) -> None:
    """Why a course cannot be built, as errors of the run."""
    for finding in row.findings:
        if finding.severity is Severity.ERROR:
            said = finding.message if alone else f"{row.course} was not built: {finding.message}"
            terminal.errors(CoursepackError(said, finding.place, finding.advice))
