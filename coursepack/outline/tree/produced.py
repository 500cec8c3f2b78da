"""Lists of work that their orders tell, whatever stands over them: each item says to make something that is handed in,
«Write an essay …», «Соберите гербарий …», where a question of an exam says to describe, to explain, to compare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from coursepack.outline.marks import fold
from coursepack.outline.tree.signals import Segment
from coursepack.outline.tree.words import phrases

_ITEMS = 2
"""Items of a list of work, at least."""
_TOKEN = re.compile(r"[^\W\d_]+")


def is_set(own: Sequence[Segment]) -> bool:
    """Whether most items of a section that holds nothing else but lines below them say to make something, none asks."""
    items = [one for one in own if one.is_text and one.mark is not None]
    plain = len(items) >= _ITEMS and own[0] is items[0] and not any(one.option or one.text[-1:] == "?" for one in own)
    return plain and len(items) * 2 >= len(own) and sum(_makes(one) for one in items) * 2 > len(items)


def holds_work(own: Sequence[Segment]) -> bool:
    """Whether a section holds a list of items, or a table, and no question: what words for work may stand over."""
    items = [one for one in own if one.mark is not None]
    listed = len(items) >= _ITEMS or any(not one.is_text and one.piece.object is not None for one in own)
    return listed and not any(one.option or one.text[-1:] == "?" for one in own)


def _makes(one: Segment) -> bool:
    tokens = _TOKEN.findall(fold(one.text[one.mark.end if one.mark is not None else 0 :]))
    return any(token.startswith(_verbs()) for token in tokens)


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(map(fold, phrases("produced", "verbs")))
