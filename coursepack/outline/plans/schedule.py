"""Tables that say on which day a topic of the plan is held, and name none themselves: «Day 2 | topics 1.1, 1.2»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from coursepack import languages
from coursepack.outline.plans.cells import PlanCell
from coursepack.outline.plans.columns import Columns
from coursepack.outline.tree import dates

_NUMBERS = r"\d{1,2}\.\d{1,2}(?:\s*(?:,|;|[–-]|(?:@also@))\s*\d{1,2}\.\d{1,2})*"
_REFERS = languages.expression(
    rf"(?:(?:@topic-again@)\s*{_NUMBERS}|{_NUMBERS}\s*-?\s*(?:@topic-again@))\s*(?:\([^()]*\))?\W*", re.IGNORECASE
)


def are_days_of_topics(found: Columns, rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether most cells of the topics of a table refer to topics by their numbers alone."""
    at = found.at("topic")
    texts = [row[at].text for row in rows if at is not None and row[at].text]
    return bool(texts) and sum(_REFERS.fullmatch(text) is not None for text in texts) * 2 > len(texts)


def is_chronicle(found: Columns, rows: Sequence[Sequence[PlanCell]]) -> bool:
    """Whether the days of a table are of years far apart, or come in no order: births, sales, rulers, no classes."""
    at = found.at("date")
    days = [day for row in rows if at is not None and (day := dates.day(row[at].text)) is not None and day.year]
    onwards = sum(
        (a.year, a.month, a.day) == (b.year, b.month, b.day) or dates.goes_on(a, b) for a, b in pairwise(days)
    )
    return len(days) > 1 and onwards * 2 < len(days) - 1
