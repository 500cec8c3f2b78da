"""What the rules of an item say of a response: the one question that keys are found by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Given = Mapping[str, Sequence[str]]
"""Response by its identifier → what is given: identifiers, texts, numbers, pairs («A B»)."""

STRANGE = "zqxj"
"""Letters that no answer holds."""
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
class ResponseCandidates:
    """What may be right of a response, as the item names it: whole responses, texts, numbers; ``patterns`` are texts
    that stand for all that a pattern accepts (``questions.Answer``); ``strange``: letters are compared by a pattern
    that is not followed; ``cased``: the item says that their case counts; ``examples`` are texts that the item only
    declares to be right while its rules name others; ``spans``: numbers and how far another may be from each, in the
    order of the rules."""

    whole: tuple[tuple[str, ...], ...] = ()
    texts: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    patterns: Mapping[str, str] = field(default_factory=dict)
    strange: bool = False
    cased: bool = False
    examples: tuple[str, ...] = ()
    spans: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class MappedPoints:
    """Points of single answers that a mapping gives, whatever else is given."""

    points: Mapping[str, float] = field(default_factory=dict)
    default: float = 0.0


class Scorer(Protocol):
    """The rules of an item."""

    def run(self, given: Given) -> Outcome:
        """Raises ``UnsureError``."""
        ...

    def guesses(self, response: str) -> ResponseCandidates: ...

    def correct(self, response: str) -> tuple[str, ...]:
        """The response that the item declares to be the right one; empty where it does not."""
        ...
