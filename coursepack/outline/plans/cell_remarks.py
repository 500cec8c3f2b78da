"""What cells of a plan say beside the title of a class: days without class in brackets, a label that all cells of a
column begin with."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import fold
from coursepack.outline.plans.cells import PlanCell
from coursepack.outline.plans.forms import is_empty
from coursepack.outline.plans.rows import is_off
from coursepack.outline.tree import dates

_BRACKETED = re.compile(r"\s*(?:\((?P<round>[^()]+)\)|\[(?P<square>[^\[\]]+)\])\s*$")
_BEHIND = re.compile(r"\s*;\s*(?P<part>[^;]+)$")
_TOKEN = re.compile(r"[^\W\d_]+")
_LED = re.compile(r"(?P<label>[^\W\d_]{1,12}\.?)\s*:\s+(?=\S)")
_COUNTED_BEHIND = re.compile(r"(?P<word>[^\W\d_]+)\.?\s+\d{1,2}$")
_LEAST = 3
_MOST = 0.8


def off_behind(source: OutlineSource, title: str) -> int:
    """Where the remark begins that a class is not held on some day of its week, «Motions of the sky (no class Monday)»;
    0 without one."""
    found = _BRACKETED.search(title)
    inner = (found["round"] or found["square"]) if found is not None else ""
    if found is not None and found.start() and is_off(source, inner) and not _is_of_some(inner):
        return found.start()
    behind = _BEHIND.search(title)
    if behind is not None and is_off(source, behind["part"]) and not is_off(source, title[: behind.start()]):
        named = any(dates.are_weekdays(token) for token in _TOKEN.findall(behind["part"]))
        return behind.start() if named else 0
    return 0


def _is_of_some(remark: str) -> bool:
    """Whether a remark counts those for whom there is no class: «no class for section 2», not «no class Sept 4»."""
    counted = _COUNTED_BEHIND.search(remark)
    return counted is not None and not dates.is_name("month", fold(counted["word"]))


def tells_of_exam(rest: Sequence[str]) -> bool:
    """Whether the lines below an exam's name in a cell only say it again or where it is: all stand in brackets."""
    return bool(rest) and all(text.lstrip()[:1] in {"(", "["} for text in rest)


def leads(rows: Sequence[Sequence[PlanCell]], at: int) -> str:
    """The label that nearly all cells of a column begin with, «Pr: …»: it names the column, not its classes."""
    texts = [row[at].text for row in rows if at < len(row) and not is_empty(row[at].text) and not row[at].covered]
    found = Counter(fold(match["label"]) for text in texts if (match := _LED.match(text)) is not None)
    label, count = found.most_common(1)[0] if found else ("", 0)
    return label if count >= _LEAST and count >= _MOST * len(texts) else ""


def led_by(text: str, label: str) -> int:
    """Where the title begins behind the label of its column."""
    found = _LED.match(text) if label else None
    return found.end() if found is not None and fold(found["label"]) == label else 0
