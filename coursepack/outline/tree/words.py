"""What the words of a heading say: which part of a course it may name, and what it counts.

The words are data (``languages/<code>/labels.toml``): beginnings of words, all of an entry in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from coursepack import languages
from coursepack.outline.marks import fold

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FULL = 10
"""The evidence of words that are all of a heading."""


class Words:
    """The words of all languages."""

    def __init__(self) -> None:
        self._headings: list[tuple[str, tuple[str, ...]]] = []
        self._kinds: list[tuple[str, tuple[str, ...]]] = []
        self._asks: dict[str, tuple[str, ...]] = {}
        self._about: list[tuple[str, tuple[str, ...]]] = []
        self._hours: list[tuple[str, tuple[str, ...]]] = []
        self._front: list[tuple[str, tuple[str, ...]]] = []
        for data in (_data(code) for code in languages.in_order()):
            self._headings.extend(_entries(data.get("headings", {})))
            self._kinds.extend(_entries(data.get("sessions", {})))
            self._about.extend(_entries(data.get("about", {})))
            self._hours.extend(_entries(data.get("hours", {})))
            self._front.extend(_entries(data.get("front", {})))
            for kind, words in data.get("asks", {}).items():
                self._asks[kind] = (*self._asks.get(kind, ()), *map(fold, words))

    def labels(self, text: str) -> dict[str, int]:
        """The parts that a heading's words may name → evidence up to ``FULL`` and a little more."""
        tokens = _TOKEN.findall(fold(text))
        weighty = [token for token in tokens if len(token) > 2] or tokens
        if not tokens or len(weighty) > 12:
            return {}
        found: dict[str, int] = {}
        for label, stems in self._headings:
            if all(any(token.startswith(stem) for token in tokens) for stem in stems):
                covered = sum(any(token.startswith(stem) for stem in stems) for token in weighty)
                score = max(2, FULL * covered // max(len(weighty), 1)) + len(stems) - 1
                found[label] = max(found.get(label, 0), score)
        return found

    def kind(self, words: str) -> str | None:
        """What a counted heading counts, by the words beside its number; the longest that fits."""
        tokens = _TOKEN.findall(fold(words))
        best: tuple[int, str] | None = None
        for kind, stems in self._kinds:
            if all(any(_fits(token, stem) for token in tokens) for stem in stems):
                size = sum(map(len, stems))
                if best is None or size > best[0]:
                    best = (size, kind)
        return best[1] if best else None

    def about(self, label: str) -> str | None:
        """The field of a course's data that a label names, where its words are most of the label."""
        tokens = _TOKEN.findall(fold(label))
        if not tokens or len(tokens) > 6:
            return None
        best: tuple[float, int, str] | None = None
        for name, stems in self._about:
            if all(any(_fits(token, stem) for token in tokens) for stem in stems):
                covered = sum(any(_fits(token, stem) for stem in stems) for token in tokens) / len(tokens)
                size = sum(map(len, stems))
                if covered >= 0.5 and (best is None or (covered, size) > best[:2]):
                    best = (covered, size, name)
        return best[2] if best else None

    def hours(self, label: str) -> str | None:
        """The kind of hours that a label names: of classes, or of work."""
        tokens = _TOKEN.findall(fold(label))
        found = [
            (sum(map(len, stems)), name)
            for name, stems in self._hours
            if all(any(_fits(token, stem) for token in tokens) for stem in stems)
        ]
        return max(found)[1] if found else self.kind(label)

    def front(self, kind: str, text: str) -> bool:
        """Whether a line of a title page has a word of that kind: of a university, a post, a kind of paper …"""
        folded = fold(text)
        tokens = _TOKEN.findall(folded)
        return any(
            all(
                any(_fits(token, stem) for token in tokens) or (not stem.isalpha() and stem in folded) for stem in stems
            )
            for name, stems in self._front
            if name == kind
        )

    def asks(self, text: str) -> str | None:
        """``question`` or ``task`` when a text begins, or ends, as one does."""
        if text.rstrip(' »"”)').endswith("?"):
            return "question"
        tokens = _TOKEN.findall(fold(text[:200]))
        if not tokens:
            return None
        first, last = " ".join(tokens[:2]), tokens[-1]
        for kind, words in self._asks.items():
            for word in words:
                if (
                    first == word
                    or first.startswith(f"{word} ")
                    or (kind == "task" and len(word) > 3 and first.startswith(word))
                ):
                    return kind
        return "task" if any(len(w) > 2 and last.startswith(w) for w in self._asks.get("task", ())) else None


def _fits(token: str, stem: str) -> bool:
    return token == stem if len(stem) < 4 else token.startswith(stem)


def _entries(table: Mapping[str, Iterable[str]]) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, tuple(fold(entry).split())) for name, entries in table.items() for entry in entries]


def _data(code: str) -> dict[str, Any]:
    return languages.data(code, "labels.toml")


@cache
def words() -> Words:
    """The words of the languages that are installed."""
    return Words()
