"""Dates that somebody declared, as Moodle counts: seconds since 1970 in UTC.

Time zones come from the ``tzdata`` package, not from the machine, so that a build gives the same second everywhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from zoneinfo import ZoneInfo

END_OF_DAY = dt.time(23, 59)


def moment(iso: str, zone: str | None, *, problems: list[str], at: dt.time = dt.time(0, 0)) -> int:
    """The second of an ISO date or date and time; a bare date means ``at`` of that day.

    A time that names its own offset needs no ``zone``. 0, and a sentence in ``problems``, when it cannot be known.
    """
    try:
        when = dt.datetime.fromisoformat(iso)
    except ValueError:
        problems.append(f"{iso!r} is not an ISO date (2026-09-20 or 2026-09-20T18:00); no date is set")
        return 0
    if len(iso) <= 10:
        when = dt.datetime.combine(when.date(), at)
    if when.tzinfo is None:
        if zone is None:
            problems.append(f"{iso!r} has no time zone; no date is set: declare timezone in course.toml")
            return 0
        found = time_zone(zone)
        if found is None:
            problems.append(f"{zone!r} is not a time zone (Asia/Almaty); no date is set")
            return 0
        when = when.replace(tzinfo=found)
    return max(int(when.timestamp()), 0)


@dataclass(frozen=True)
class CourseCalendar:
    """The weeks of a course that begins on a declared day; without one no week has an end."""

    first: str | None
    zone: str | None

    def end_of(self, week: int) -> int:
        """The last minute of a week; 0 when it cannot be known."""
        return self._end(lambda first: first + dt.timedelta(days=7 * week - 1))

    def end_of_day(self, week: int, weekday: int) -> int:
        """The last minute of a day (Monday 0) of a week; 0 when it cannot be known."""
        return self._end(lambda first: first + dt.timedelta(days=7 * (week - 1) + (weekday - first.weekday()) % 7))

    def _end(self, day: Callable[[dt.date], dt.date]) -> int:
        if self.first is None:
            return 0
        try:
            last = day(dt.date.fromisoformat(self.first[:10]))
        except (ValueError, OverflowError):
            return 0
        return moment(last.isoformat(), self.zone, problems=[], at=END_OF_DAY)


def time_zone(name: str) -> ZoneInfo | None:
    """The zone of that name of the IANA database, or None."""
    parts = name.split("/")
    if not all(part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in parts):
        return None
    source = files("tzdata.zoneinfo").joinpath(*parts)
    if not source.is_file():
        return None
    with source.open("rb") as file:
        try:
            return ZoneInfo.from_file(file, key=name)
        except ValueError:
            return None
