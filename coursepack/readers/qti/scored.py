"""What the rules of an item say of a response: the one question that keys are found by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Given = Mapping[str, Sequence[str]]
"""Response by its identifier → what is given: identifiers, texts, numbers, pairs («A B»)."""

MOST_STEPS = 400_000
"""Rules and expressions that are evaluated for one item: honest ones take some thousands."""


class UnsureError(ValueError):
    """Why the rules of an item do not tell what a response is worth."""


class LeftOutError(ValueError):
    """Why an item becomes no question."""


@dataclass(frozen=True)
class Outcome:
    """What a response earns (None: nothing says it) and the feedback that is shown for it."""

    score: float | None
    shown: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Guesses:
    """What may be right of a response, as the item names it: whole responses, texts, numbers, and whether letters are
    compared by a pattern that is not followed."""

    whole: tuple[tuple[str, ...], ...] = ()
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    pattern: bool = False


@dataclass(frozen=True)
class Worth:
    """Points of single answers that a mapping gives, whatever else is given."""

    points: Mapping[str, float] = field(default_factory=dict)
    default: float = 0.0


class Scorer(Protocol):
    """The rules of an item."""

    def run(self, given: Given) -> Outcome:
        """Raises ``UnsureError``."""
        ...

    def guesses(self, response: str) -> Guesses: ...

    def correct(self, response: str) -> tuple[str, ...]:
        """The response that the item declares to be the right one; empty where it does not."""
        ...
