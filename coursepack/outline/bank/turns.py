"""Labels before questions and their answers: «Question: …» and «Answer: …», «Q: …» and «A: …», «Q1.» and «A1.»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack import languages
from coursepack.outline.bank.key_text import key_of
from coursepack.outline.bank.limits import limits

_BEHIND = r"\s?(?:№\s*)?(?P<n>\d{1,3})?\s?[:.)–—-]+(?:\s+(?!\d{1,3}\s?[:.)])|$)"
_ASK = languages.expression(rf"(?:(?P<word>@question@)|(?P<short>@question-short@)){_BEHIND}", re.IGNORECASE)
_ANSWER = languages.expression(rf"(?:(?P<word>@key-line@)|(?P<short>@answer-short@)){_BEHIND}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """A line that a label begins: the number beside it, where its text begins; ``short``: a letter or two."""

    at: int
    number: int | None
    end: int
    short: bool


def turns(texts: Sequence[str | None], offers: Sequence[bool]) -> tuple[list[Turn], list[Turn]]:
    """The lines that labels of questions and of their answers begin, where nearly each question has its answer, or
    answers to choose from (``offers``), before the next. Letters alone are such labels only where they take turns."""
    questions = [turn for at, text in enumerate(texts) if text and (turn := _turn(_ASK, at, text)) is not None]
    answer_turns = [turn for at, text in enumerate(texts) if text and (turn := _turn(_ANSWER, at, text)) is not None]
    for short in (False, True):
        asks = [one for one in questions if one.short is short]
        if len(asks) < limits()["least-ends"]:
            continue
        answers = _first_behind(asks, [one for one in answer_turns if one.short or not short])
        ends = [*(one.at for one in asks[1:]), len(texts)]
        closed = sum(
            ask.at in answers or (not short and _is_closed(texts, offers, ask.at, end))
            for ask, end in zip(asks, ends, strict=True)
        )
        if closed * 100 >= len(asks) * limits()["throughout"]:
            return asks, list(answers.values())
    return [], []


def _turn(label: re.Pattern[str], at: int, text: str) -> Turn | None:
    found = label.match(text)
    if found is None:
        return None
    return Turn(at, int(found["n"]) if found["n"] else None, found.end(), bool(found["short"]))


def _first_behind(asks: Sequence[Turn], answers: Sequence[Turn]) -> dict[int, Turn]:
    """The first answer behind each question, by the question's place: before the next one, with the same number."""
    found: dict[int, Turn] = {}
    ask: Turn | None = None
    places = {one.at for one in asks}
    for one in sorted([*asks, *answers], key=lambda one: one.at):
        if one.at in places:
            ask = one
        elif ask is not None and ask.at not in found and one.number == ask.number:
            found[ask.at] = one
    return found


def _is_closed(texts: Sequence[str | None], offers: Sequence[bool], first: int, end: int) -> bool:
    """Whether a key line or answers to choose from stand below a question."""
    inside = range(first + 1, min(end, first + 1 + limits()["most-answers"]))
    has_key = any(text is not None and key_of(text) is not None for text in (texts[at] for at in inside))
    return has_key or sum(offers[at] for at in inside) > 1
