"""Drawing questions: by seed, never two variants of one question.

No ``random``: the order is that of SHA-256 over seed and id, the same in every version of Python.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from coursepack.course import Question


def variant_groups(questions: Iterable[Question]) -> list[list[Question]]:
    """Questions by what they ask: the first of each group stands for itself, the others reword it."""
    groups: dict[str, list[Question]] = {}
    root: dict[str, str] = {}
    for question in questions:
        first = root.get(question.variant_of or "", question.variant_of or question.id)
        root[question.id] = first
        groups.setdefault(first, []).append(question)
    return list(groups.values())


def pool(questions: Iterable[Question]) -> list[Question]:
    """The questions that stand for themselves, in their own order: one of each variant group."""
    return [group[0] for group in variant_groups(questions)]


def shuffled(questions: Sequence[Question], seed: int, salt: str = "") -> list[Question]:
    """The questions in an order fixed by ``seed`` (and ``salt``) and their ids."""
    return sorted(questions, key=lambda question: _key(seed, salt, question.id))


def sample(questions: Iterable[Question], count: int, seed: int) -> list[Question]:
    """At most ``count`` questions, no two variants of one, in the order of the bank."""
    drawn = {question.id for question in shuffled(pool(questions), seed)[:count]}
    return [question for question in pool(questions) if question.id in drawn]


def _key(seed: int, salt: str, name: str) -> bytes:
    return hashlib.sha256(f"{seed}\x00{salt}\x00{name}".encode()).digest()
