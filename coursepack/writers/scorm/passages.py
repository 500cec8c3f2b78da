"""Sections of a class: which one a question stands below, and which one may answer a question that stands elsewhere."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import msgspec

from coursepack.languages.forms import folded
from coursepack.model.blocks import Block, Blocks, Footnote, Heading, block_text, inline_text
from coursepack.model.course import Session
from coursepack.model.questions import Choice, MultipleChoice, Question
from coursepack.place import Place

_WORD = re.compile(r"[^\W\d_]+")


class CheckAfter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question, by its id or its exact text, stands behind the section under this heading."""

    question: str
    after: str


class _Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    letters: int
    least: int
    shared: int
    share: float
    ahead: float
    heading: float
    named: int


@cache
def _weights() -> _Weights:
    text = Path(__file__).with_name("passages.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), _Weights)


@dataclass(frozen=True)
class TextSection:
    """Blocks of a class from a heading to the next; the first may have none. ``checks``: what stands behind them."""

    blocks: Blocks
    checks: tuple[Question, ...] = ()

    @property
    def heading(self) -> str:
        first = self.blocks[0] if self.blocks else None
        return " ".join(inline_text(first.content).split()) if isinstance(first, Heading) else ""


def sections(session: Session, declared: Sequence[CheckAfter], *, placed: bool) -> list[TextSection]:
    """The text of a class, cut at its headings and behind each block that a question stands below.

    A question stands where course.toml says; else below the heading that its category or a tag names; else where the
    source prints it, when a heading stands above it and more of the text behind it. All others are for the end.
    """
    behind: dict[int, list[Question]] = {}
    for question in session.review if placed else ():
        at = _at(session, question, declared)
        if at is not None:
            behind.setdefault(at, []).append(question)
    result: list[TextSection] = []
    blocks: list[Block] = []
    for index, block in enumerate(session.blocks):
        if isinstance(block, Heading) and blocks:
            result.append(TextSection(tuple(blocks)))
            blocks = []
        blocks.append(block)
        if index in behind:
            result.append(TextSection(tuple(blocks), tuple(behind[index])))
            blocks = []
    return [*result, TextSection(tuple(blocks))] if blocks else result


def _at(session: Session, question: Question, declared: Sequence[CheckAfter]) -> int | None:
    """The index of the last block before the question; None for the end."""
    named = [one.after for one in declared if is_meant(one, question)] or [*question.category[-1:], *question.tags]
    for name in named:
        at = _heading(session.blocks, name)
        if at is not None:
            return _end(session.blocks, at)
    return _printed(session.blocks, question.place)


def is_meant(one: CheckAfter, question: Question) -> bool:
    return one.question == question.id or _same(one.question, block_text(question.text))


def has_heading(session: Session, name: str) -> bool:
    return _heading(session.blocks, name) is not None


def _heading(blocks: Blocks, name: str) -> int | None:
    found = (at for at, block in enumerate(blocks) if isinstance(block, Heading))
    return next((at for at in found if _same(name, inline_text(blocks[at].content))), None)  # type: ignore[union-attr]


def _end(blocks: Blocks, at: int) -> int:
    """The last block of the section under the heading at ``at``, with the sections inside it."""
    heading = blocks[at]
    level = heading.level if isinstance(heading, Heading) else 0
    end = at + 1
    while end < len(blocks):
        block = blocks[end]
        if isinstance(block, Heading) and block.level <= level:
            break
        end += 1
    return end - 1


def _printed(blocks: Blocks, place: Place | None) -> int | None:
    if place is None or not place.first:
        return None
    before = None
    for at, block in enumerate(blocks):
        where = block.place
        if where is None or _document(where) != _document(place) or not where.first:
            continue
        if where.first >= place.first:
            above = blocks[: (before or 0) + 1]
            headed = before is not None and any(isinstance(one, Heading) for one in above)
            return _with_notes(blocks, before) if headed and before is not None else None
        before = at
    return None


def _with_notes(blocks: Blocks, at: int) -> int:
    """Footnotes stay with what refers to them."""
    while at + 1 < len(blocks) and isinstance(blocks[at + 1], Footnote):
        at += 1
    return at


def _document(place: Place) -> tuple[str, str | None, str]:
    return place.file, place.member, place.unit


def _same(one: str, other: str) -> bool:
    return folded(" ".join(one.split())).strip(" .:;!?") == folded(" ".join(other.split())).strip(" .:;!?")


# --- by resemblance


def answering(question: Question, texts: Sequence[tuple[str, str]]) -> int | None:
    """Which of the sections (heading, text) is the only one whose whole heading a question names, else shares by far
    the most words with it and its right answers; None when none does. Words of all sections tell nothing."""
    weights = _weights()
    found = [_beginnings(text, weights) | _beginnings(heading, weights) for heading, text in texts]
    heads = [_beginnings(heading, weights) for heading, _ in texts]
    questions = _beginnings(_asked(question), weights)
    worth = {word: math.log((len(texts) + 1) / (1 + sum(word in words for words in found))) for word in questions}
    named = [
        at
        for at, head in enumerate(heads)
        if head <= questions and sum(worth[word] > 0 for word in head) >= weights.named
    ]
    if len(named) == 1:
        return named[0]
    whole = sum(weight for word, weight in worth.items() if any(word in words for words in found))
    scores = [
        sum(worth[word] * (weights.heading if word in head else 1) for word in questions & words)
        for words, head in zip(found, heads, strict=True)
    ]
    ranked = sorted(range(len(texts)), key=lambda at: -scores[at])
    if not ranked or not whole:
        return None
    best = ranked[0]
    reported = sum(worth[word] > 0 for word in questions & found[best])
    second = scores[ranked[1]] if len(ranked) > 1 else 0.0
    enough = reported >= weights.shared and scores[best] >= weights.share * whole
    return best if enough and scores[best] >= weights.ahead * second else None


def _asked(question: Question) -> str:
    right: Iterable[Choice] = question.choices if isinstance(question, MultipleChoice) else ()
    texts = (block_text(choice.content) for choice in right if choice.fraction > 0)
    return "\n".join((block_text(question.text), block_text(question.feedback), *texts))


def _beginnings(text: str, weights: _Weights) -> frozenset[str]:
    return frozenset(folded(word)[: weights.letters] for word in _WORD.findall(text) if len(word) >= weights.least)
