"""Exam questions that look like others in other words, and are not declared as their variants.

Two questions are compared where they share one of their rarer words. Of a list in which a few questions changed only
those are compared again, and the ones whose rarer words may be others for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import takewhile

from coursepack import similar
from coursepack.model.blocks import Block, Blocks, block_text
from coursepack.model.questions import Question
from coursepack.outline.exam import plain_question
from coursepack.outline.markers import fold
from coursepack.place import Finding, note
from coursepack.stages import Live

MOST_SHOWN = 5
_SIMILAR = 0.6
_COMMON = 400
"""A word that so many questions have tells nothing of any."""

Words = tuple[frozenset[str], frozenset[str]]
"""The beginnings of the words of a question, and those of them that are numbers."""


def proposals(questions: Sequence[Question], live: Live) -> list[Finding]:
    """At most one note on pairs of questions that look reworded and are not declared as variants."""
    stems = live.each("stems", questions, _stems_of)
    for at in range(len(questions)):
        if left := _behind_shared(questions, at):
            stems[at] = _stems(block_text(left))
    cluster = {question.id: question.variant_of or question.id for question in questions}
    pairs: list[tuple[Question, Question]] = []
    for one, other in live.of("reworded", (), SimilarQuestions).pairs(stems):
        a, b = questions[one], questions[other]
        if cluster[a.id] != cluster[b.id] and not (a.category != b.category and _has_same_text(a, b)):
            pairs.append((a, b))
    return _proposed(pairs)


@dataclass
class SimilarQuestions:
    """Pairs of similar questions in lists that differ little from one another: what was found in the last one is found
    again where it must be the same. The result is that of the list alone."""

    _words: list[Words] = field(default_factory=list)
    _found: list[list[int]] = field(default_factory=list)
    """Of each question of the last list those before it that it is similar to."""

    def pairs(self, words: Sequence[Words]) -> Iterator[tuple[int, int]]:
        """The indices of similar questions, in the order of the second, then of the first."""
        same, end = _alike(self._words, words)
        shift = len(words) - len(self._words)
        went, came = self._words[same : len(self._words) - end], words[same : len(words) - end]
        counts = [Counter(word for stems, _ in some for word in stems) for some in (went, came)]
        touched = counts[0].keys() | counts[1].keys()
        moved = frozenset(word for word in touched if counts[0][word] != counts[1][word])
        new, behind = range(same, len(words) - end), range(len(words) - end, len(words))
        gone = range(same, len(self._words) - end)
        holders: dict[str, list[int]] = defaultdict(list)
        found: list[list[int]] = []
        for at, (stems, _) in enumerate(words):
            if at < same:
                found.append(self._found[at])
            elif at in behind and moved.isdisjoint(stems):
                kept = [one + shift * (one >= gone.stop) for one in self._found[at - shift] if one not in gone]
                again = _similar(words, at, holders, new) if new and not touched.isdisjoint(stems) else []
                found.append(sorted([*kept, *again]) if again else kept)
            else:
                found.append(_similar(words, at, holders))
            for word in stems:
                holders[word].append(at)
        self._words, self._found = list(words), found
        return ((one, at) for at, some in enumerate(found) for one in some)


def _alike(before: Sequence[Words], now: Sequence[Words]) -> tuple[int, int]:
    """How many questions two lists share at their beginning, and how many at their end."""
    most = min(len(before), len(now))
    first = next((n for n in range(most) if before[n] != now[n]), most)
    last = next((n for n in range(most - first) if before[-1 - n] != now[-1 - n]), most - first)
    return first, last


def _similar(
    words: Sequence[Words], at: int, holders: dict[str, list[int]], within: Collection[int] | None = None
) -> list[int]:
    """The questions before one that it is similar to, of those that share a rarer word with it; ``within`` some."""
    stems, numbers = words[at]
    rare = sorted(stems, key=lambda word: (len(holders[word]), word))
    sought = [word for word in rare[: max(2, len(rare) // 2 + 1)] if len(holders[word]) < _COMMON]
    near: Set[int]
    if within is None:
        near = set[int]().union(*(holders[word] for word in sought))
    else:
        near = {one for one in within if not words[one][0].isdisjoint(sought)}
    # Different numbers mean different questions: with thousands of questions this ends most comparisons early.
    return sorted(one for one in near if words[one][1] == numbers and _is_similar(words[one][0], stems))


def _has_same_text(a: Question, b: Question) -> bool:
    """Whether two questions have the same words: those of two variants of a paper are asked one at a time."""
    return plain_question(block_text(a.text)) == plain_question(block_text(b.text))


def _proposed(pairs: Sequence[tuple[Question, Question]]) -> list[Finding]:
    if not pairs:
        return []
    first, other = pairs[0]
    said = [f"question {b.number} looks like question {a.number} reworded" for a, b in pairs[:MOST_SHOWN]]
    said[0] = f"{said[0]}: «{_short(other)}» and «{_short(first)}»"
    more = f"; … {len(pairs)} pairs in all" if len(pairs) > MOST_SHOWN else ""
    advice = f"if they are, add {{ question = {other.number}, of = {first.number} }} and so on to [exam] variants"
    return [note("outline-variant-proposed", "; ".join(said) + more, other.place, advice)]


def _is_similar(a: Set[str], b: Set[str]) -> bool:
    small, large = sorted((len(a), len(b)))
    if small == 0:
        return False
    if a == b:
        return True
    common = similar.common(a, b)  # thousands of questions make millions of pairs
    near = common / (small + large - common) >= _SIMILAR or (large - small <= 3 and common == small)
    if small < 3 or not near:
        return False
    return not any(word.isdigit() for word in a ^ b)


def _stems_of(question: Question) -> Words:
    return _stems(block_text(question.text))


def _stems(text: str) -> Words:
    found = frozenset(similar.stems(fold(text), 6, r"[^\W\d_]{3,}|\d+"))
    return found, frozenset(filter(str.isdigit, found))


def _behind_shared(questions: Sequence[Question], at: int) -> Blocks:
    """What of a question stands behind a text that it shares with the one before or behind it, where both go on."""
    own = questions[at].text
    near = [questions[to].text for to in (at - 1, at + 1) if 0 <= to < len(questions)]
    same = max((sum(1 for _ in takewhile(_is_one, zip(own, text, strict=False))) for text in near), default=0)
    return own[same:] if 0 < same < len(own) else ()


def _is_one(pair: tuple[Block, Block]) -> bool:
    return pair[0] == pair[1]


def _short(question: Question) -> str:
    text = " ".join(block_text(question.text).split())
    return text if len(text) <= 60 else text[:59] + "…"
