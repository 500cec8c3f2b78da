"""Lists of work whose entries say by which day each is due: «Report – to be handed in by 15 November», no terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coursepack.outline.tree import dates, due
from coursepack.outline.tree.signals import Segment
from coursepack.outline.tree.work import points_of

_PARTS = re.compile(r"\s*[;,()\[\]:]\s*|\.\s+|\s[–—-]\s")
_YEAR = re.compile(r"\d{4}")
_MOST_WORDS = 5
_FEWEST = 2


def works_listed(found: Sequence[Segment]) -> None:
    """Lines of one list that look like terms with their meanings, most of which say a day or points behind the sign,
    are pieces of work that say when they are due."""
    for run in _runs(found):
        works = [one for one in run if says_work(one.text)]
        if len(works) >= _FEWEST and len(works) * 5 >= len(run) * 3:
            for one in run:
                one.term, one.due = False, one.due or says_work(one.text)


def _runs(found: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Terms on end, with what stands below one as points of it between them."""
    run: list[Segment] = []
    for one in found:
        if one.term and not one.option:
            run.append(one)
        elif not run or not one.is_text or one.mark is None or one.heading > 0:
            yield run
            run = []
    yield run


def says_work(text: str) -> bool:
    """Whether a line gives the points of a piece of work, or a day by which it is due: one of this year, or of any year
    behind a word that says «by»."""
    return points_of(text) is not None or day_within(text) is not None


def day_within(text: str) -> str | None:
    """The first day by which a line says that work is due, as printed."""
    return next(filter(None, map(_last_day, _PARTS.split(text))), None)


def _last_day(part: str) -> str | None:
    tokens = part.split()
    for start in range(max(len(tokens) - _MOST_WORDS, 0), len(tokens)):
        value = " ".join(tokens[start:])
        if due.is_day(value) and dates.day(due.bare(value)) is not None:
            return value.strip(" .") if due.bare(value) != value or _YEAR.search(value) is None else None
    return None
