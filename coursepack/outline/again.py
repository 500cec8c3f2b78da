"""Questions that several files of a course hold are asked once: a printed list and the bank of the same questions, a
quiz of a learning platform and the bank that it draws from, one bank in two formats.

The same is what says and offers the same in one place of the course. What one file says twice is its author's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec

from coursepack.model.blocks import block_text
from coursepack.model.questions import Essay, Question
from coursepack.similar import folded
from coursepack.stages import Live

_OF_ALL = frozenset(Essay.__struct_fields__)
"""What says nothing of the right answer: the fields of every question, and of one that a person marks."""
_PLACED = frozenset({"number", "printed", "session", "category", "place", "variant_of", "title"})
"""What tells where a question stands."""

_NO_LETTERS = frozenset({"picture", "figure", "math", "formula", "media"})
"""Kinds of nodes that show more than letters."""


@dataclass
class _Known:
    """A question in its list, and the file and the category that it came from."""

    held: list[Question]
    at: int
    file: str
    category: tuple[str, ...] = ()


class Once:
    """The questions of a course by what they ask; ``told``: how many of a file stand in another, by both names."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._known: dict[tuple[object, ...], list[_Known]] = {}
        self.told: Counter[tuple[str, str]] = Counter()

    def know(self, held: list[Question], session: str | None) -> None:
        """Questions that stand in the course already."""
        for at, one in enumerate(held):
            file = one.place.file if one.place else ""
            self._known.setdefault(self._key(one, session), []).append(_Known(held, at, file, one.category))

    def is_there(self, question: Question, session: str | None, file: str) -> bool:
        """Whether a question of ``file`` that goes to a class, or to the exam, stands there already from elsewhere;
        what it adds does then, too."""
        key = self._key(question, session)
        for known in self._known.get(key, ()) if key[-1] else ():
            first = known.held[known.at]
            if (known.file, known.category) != (file, question.category) and self._alike(first, question):
                known.held[known.at] = _both(first, question)
                self.told[file, known.file] += 1
                return True
        return False

    def add(self, held: list[Question], session: str | None, file: str) -> None:
        """The last question of a list, which was put there."""
        last = held[-1]
        self._known.setdefault(self._key(last, session), []).append(_Known(held, len(held) - 1, file, last.category))

    def _key(self, question: Question, session: str | None) -> tuple[object, ...]:
        return session, type(question), self._live.of("asks", (question,), partial(_asks, question))

    def _alike(self, first: Question, question: Question) -> bool:
        first_offered, offered = self._live.each("offers", (first, question), _offered)
        return first_offered == offered


def _asks(question: Question) -> str:
    return folded(block_text(question.text))


def _offered(question: Question) -> tuple[object, ...]:
    """What a question offers and accepts, and what its text shows that is no letter, wherever it stands."""
    own = [getattr(question, name) for name in question.__struct_fields__ if name not in _OF_ALL]
    return _unplaced(msgspec.to_builtins(own)), _shown(msgspec.to_builtins(question.text))


def _unplaced(stated: Any) -> Any:
    if isinstance(stated, dict):
        return {name: _unplaced(value) for name, value in stated.items() if name != "place"}
    return (
        [_unplaced(one) for one in stated] if isinstance(stated, Sequence) and not isinstance(stated, str) else stated
    )


def _shown(stated: Any) -> list[Any]:
    """Pictures, formulas and what is attached."""
    if isinstance(stated, dict):
        if stated.get("is") in _NO_LETTERS:
            return [_unplaced(stated)]
        return [one for value in stated.values() for one in _shown(value)]
    listed = stated if isinstance(stated, Sequence) and not isinstance(stated, str) else ()
    return [one for value in listed for one in _shown(value)]


def _both(first: Question, again: Question) -> Question:
    """The question as it stands, with what only the other says."""
    fields = first.__struct_fields__
    empty = dict(zip(reversed(fields), reversed(first.__struct_defaults__), strict=False))
    merged = {
        name: getattr(again, name)
        for name in fields
        if name in empty and name not in _PLACED and getattr(first, name) == empty[name]
    }
    return msgspec.structs.replace(first, **merged)
