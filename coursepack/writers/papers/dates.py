"""Which days the weeks of teaching have, where the author declared when they begin."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count, islice

from coursepack.model.course import Calendar
from coursepack.writers.papers.words import PaperWords

_MOST_WEEKS = 400
"""Calendar weeks that are looked at: breaks without an end shall not hold up a paper."""


def week_days(calendar: Calendar, weeks: int) -> list[tuple[dt.date, dt.date | None]]:
    """First and last day of so many weeks of teaching, in their order; the last is None where nobody said how many days
    a week has. A week begins on a Monday, the first one on the day that is declared."""
    return list(islice(_weeks(calendar), weeks))


def _weeks(calendar: Calendar) -> Iterator[tuple[dt.date, dt.date | None]]:
    begins = dt.date.fromisoformat(calendar.begins)
    monday = begins - dt.timedelta(days=begins.weekday())
    breaks = [(dt.date.fromisoformat(each.begins), dt.date.fromisoformat(each.ends)) for each in calendar.breaks]
    for number in islice(count(), _MOST_WEEKS):
        first = max(monday + dt.timedelta(weeks=number), begins)
        last = monday + dt.timedelta(weeks=number, days=(calendar.days or 7) - 1)
        if any(free <= first and last <= until for free, until in breaks):
            continue
        yield first, max(last, first) if calendar.days else None


def in_words(days: tuple[dt.date, dt.date | None], say: PaperWords) -> str:
    """«01.09–05.09», or the first day alone."""
    first, last = say.own.day(days[0].isoformat()), say.own.day(days[1].isoformat()) if days[1] else ""
    if not last or last == first:
        return first
    return f"{first} – {last}" if " " in first else f"{first}–{last}"
