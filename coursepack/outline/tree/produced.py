"""Lists of work that their orders tell, whatever stands over them: each item says to make something that is handed in,
«Write an essay …», «Соберите гербарий …», where a question of an exam says to describe, to explain, to compare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from coursepack.outline.markers import fold
from coursepack.outline.tree.ordinals import HeadingNumber
from coursepack.outline.tree.signals import Segment
from coursepack.outline.tree.words import phrases

_ITEMS = 2
"""Items of a list of work, at least."""
_TOKEN = re.compile(r"[^\W\d_]+")


def task_line(one: Segment) -> HeadingNumber | None:
    """The number of a task that a line bears beside the word for it, with the task behind it."""
    return next((c for c in one.counted if c.kind == "task" and c.words and c.parted and c.end < len(one.text)), None)


def is_set(own: Sequence[Segment]) -> bool:
    """Whether most items of a section that holds nothing else but lines below them say to make something, none asks."""
    items = [one for one in own if one.is_text and _is_item(one)]
    plain = len(items) >= _ITEMS and own[0] is items[0] and not any(one.option or one.text[-1:] == "?" for one in own)
    return plain and len(items) * 2 >= len(own) and sum(_makes(one) for one in items) * 2 > len(items)


def holds_work(own: Sequence[Segment]) -> bool:
    """Whether a section holds a list of items, or a table, and no question: what words for work may stand over."""
    items = [one for one in own if _is_item(one)]
    listed = len(items) >= _ITEMS or any(not one.is_text and one.piece.object is not None for one in own)
    return listed and not any(one.option or one.text[-1:] == "?" for one in own)


def counts_tasks(own: Sequence[Segment]) -> bool:
    """Whether the lines of a section count tasks from one on by the word for them, «Task 1. …», «2-тапсырма. …», and
    other lines only go on below them."""
    values = [counted.value for one in own if (counted := task_line(one)) is not None]
    first = bool(own) and task_line(own[0]) is not None
    return first and len(values) >= _ITEMS and values == [*range(1, len(values) + 1)]


def _is_item(one: Segment) -> bool:
    return one.mark is not None or task_line(one) is not None


def _makes(one: Segment) -> bool:
    tokens = _TOKEN.findall(fold(one.text[one.mark.end if one.mark is not None else 0 :]))
    return any(token.startswith(_verbs()) for token in tokens)


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(map(fold, phrases("produced", "verbs")))
