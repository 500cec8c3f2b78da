"""Stages of a lesson, which a heading names: by its time, «Warm-up (5 min)», or by the words of lesson plans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from coursepack import languages
from coursepack.outline.tree.words import words

if TYPE_CHECKING:
    from coursepack.outline.tree.signals import Segment

LONGEST = 120
"""Characters of a stage's heading."""


@cache
def _minutes() -> str:
    """A time in minutes, as an expression."""
    tables = [data.get("lesson", {}) for data in languages.every("labels")]
    forms = "|".join(sorted({re.escape(form) for table in tables for form in table.get("minutes", [])}))
    return rf"\d{{1,3}}(?:\s*[-–]\s*\d{{1,3}})?\s*(?:{forms})[^\W\d_]*\.?"


@cache
def _ends_with_time() -> re.Pattern[str]:
    return re.compile(rf"{_minutes()}\s*[)\]]?\s*[.:]?$", re.IGNORECASE)


@cache
def _set_apart() -> re.Pattern[str]:
    behind = rf"[(\[,–—-]\s*{_minutes()}\s*[)\]]?\s*[.:]?$"
    before = rf"^\W*{_minutes()}\s*[)\]]?\s*[.:,–—-]\s*[^\W\d_]"
    in_brackets = rf"^[(\[]\s*{_minutes()}\s*[)\]]\s*[.:,–—-]?\s*[^\W\d_]"
    return re.compile(f"{behind}|{before}|{in_brackets}", re.IGNORECASE)


def without_time(text: str) -> str:
    """A text without the time at its end that is set apart: «Homework, 2 min»."""
    found = _set_apart().search(text) if len(text) < LONGEST else None
    return text[: found.start()].rstrip() if found is not None and found.start() else text


_RANGE = re.compile(r"(?P<from>\d{1,3})\s*[-–—]\s*(?P<to>\d{1,3})\W{0,3}[^\W\d_]{0,6}\.?")


def minutes_from(text: str) -> tuple[int, int] | None:
    """From which minute of a lesson to which a stage lasts, where a text says nothing else: «8–20»."""
    found = _RANGE.fullmatch(text)
    return (int(found["from"]), int(found["to"])) if found is not None else None


_TURN = re.compile(r"(?P<from>\d{1,3})\s*[-–—]\s*(?P<to>\d{1,3})(?!\d)\W{1,4}[^\W\d_]")
_TURNS = 3
"""Stages one of which begins when the one before it ends."""


def in_turn(lines: Sequence[Segment]) -> list[Segment]:
    """The lines that give from which minute of a lesson to which a stage lasts, each from where the one before ended:
    «0–5, Hook», «5–15, Reading»."""
    run: list[tuple[Segment, int]] = []
    for one in lines:
        found = _TURN.match(one.text) if len(one.text) < LONGEST else None
        start, end = (int(found["from"]), int(found["to"])) if found is not None else (0, 0)
        if start < end and (start == run[-1][1] if run else start <= 1):
            run.append((one, end))
    return [one for one, _ in run] if len(run) >= _TURNS else []


def is_timed(text: str) -> bool:
    """Whether a short text ends with a time: «Сергіту, 5 мин»."""
    return len(text) < LONGEST and _ends_with_time().search(text) is not None


def is_set_apart(text: str) -> bool:
    """Whether the time of a short text is set apart from its words: no «heat it for 5 min»."""
    return len(text) < LONGEST and text[-1:] not in ";?!" and _set_apart().search(text) is not None


def is_named(text: str) -> bool:
    """Whether the words of a short text are those of a stage."""
    return len(text) < LONGEST and words().stage(text.rstrip(" .:")) and text[-1:] not in ";?!,"
