"""What answers are worth: the rules of an item are asked, answer by answer.

A key is taken where the rules tell it. Where they cannot be followed, or give every answer the same, the response that
the item declares to be right is the key; where rules and declaration say two things, there is none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from coursepack.readers.qti.scored import Given, Guesses, Outcome, Scorer, UnsureError

NEAR = 1e-6
SAME = "its rules give every answer the same"
_MOST_SUBSETS = 8
"""Options of which every choice is tried where nothing else tells what is right."""
_MOST_WHOLE = 2000
STRANGE = "zqxj"
"""Letters that no answer holds."""


class NoKeyError(UnsureError):
    """Why nobody can tell what is right."""


@dataclass(frozen=True)
class Chosen:
    """What options are worth, -1..1, in their order, or (``right``) only which of them are right. ``best``: the points
    of a right response."""

    right: tuple[bool, ...]
    fractions: tuple[float, ...] | None
    best: float
    declared: str = ""
    """Why it was the item's declaration that told, and not its rules."""


@dataclass(frozen=True)
class Typed:
    """A text that is accepted (``anywhere``: inside another one, too) and its share."""

    text: str
    fraction: float
    anywhere: bool = False


@dataclass(frozen=True)
class Span:
    """Numbers that are accepted, both ends with them, and their share; ``middle`` as the item writes it, if it does."""

    low: float
    high: float
    fraction: float
    middle: str = ""


@dataclass
class Keys:
    """Questions to the rules of one item; ``base`` is given beside what is tried."""

    scorer: Scorer
    base: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def run(self, response: str, values: Sequence[str]) -> Outcome:
        given: Given = {**self.base, response: (*self.base.get(response, ()), *values)}
        return self.scorer.run(given)

    def score(self, response: str, values: Sequence[str]) -> float:
        return self.run(response, values).score or 0.0

    def guesses(self, response: str) -> Guesses:
        return self.scorer.guesses(response)

    # --- choices

    def single(self, response: str, options: Sequence[str]) -> Chosen:
        """Of options, one of which may be chosen. Raises ``NoKeyError``."""
        right = self._declared(response, options)
        try:
            empty = self.score(response, ())
            found = [self.score(response, (option,)) for option in options]
        except UnsureError as problem:
            return self._by_declaration(right, options, str(problem))
        best = max(found, default=0.0)
        if _all_near((*found, empty)):
            return self._by_declaration(right, options, SAME)
        if best <= NEAR:
            raise NoKeyError("no answer earns anything")
        if right and max(found[options.index(one)] for one in right) < best - NEAR:
            raise NoKeyError("its rules and the response that it declares say two things")
        fractions = tuple(_share(points, best) for points in found)
        return Chosen(tuple(share >= 1 - NEAR for share in fractions), fractions, best)

    def several(self, response: str, options: Sequence[str]) -> Chosen:
        """Of options, several of which may be chosen. Raises ``NoKeyError``."""
        right = self._declared(response, options)
        try:
            whole, best = self._best(response, options, right)
            if right and self.score(response, right) < best - NEAR:
                raise NoKeyError("its rules and the response that it declares say two things")
            if best <= NEAR or _all_near((best, self.score(response, ()))):
                return self._by_declaration(right, options, SAME)
            steps = [self._step(response, whole, option, best) for option in options]
        except NoKeyError:
            raise
        except UnsureError as problem:
            return self._by_declaration(right, options, str(problem))
        chosen = tuple(option in whole for option in options)
        gained = math.fsum(step for step, one in zip(steps, chosen, strict=True) if one)
        adds = abs(gained - best) <= NEAR * max(1.0, best) and all(
            step > NEAR for step, one in zip(steps, chosen, strict=True) if one
        )
        alone = sum(chosen) == 1 and all(
            step <= NEAR - best for step, one in zip(steps, chosen, strict=True) if not one
        )
        if adds and not alone:
            return Chosen(chosen, tuple(_share(step, best) for step in steps), best)
        return Chosen(chosen, None, best)

    def _step(self, response: str, whole: Sequence[str], option: str, best: float) -> float:
        """What choosing an option adds to, or takes from, the right response."""
        if option in whole:
            return best - self.score(response, [one for one in whole if one != option])
        return self.score(response, [*whole, option]) - best

    def _best(self, response: str, options: Sequence[str], right: Sequence[str]) -> tuple[tuple[str, ...], float]:
        """The response that earns most; of several the one with the fewest options, what the item declares first."""
        paid = tuple(option for option in options if self.score(response, (option,)) > NEAR)
        known = [tuple(right), *self.guesses(response).whole, paid]
        tried = [tuple(dict.fromkeys(one for one in each if one in options)) for each in known]
        found = max(tried, key=lambda each: (round(self.score(response, each), 9), -len(each)))
        best = self.score(response, found)
        if best <= NEAR and len(options) <= _MOST_SUBSETS:
            subsets = (
                tuple(option for at, option in enumerate(options) if mask >> at & 1)
                for mask in range(1 << len(options))
            )
            found = max(subsets, key=lambda each: (round(self.score(response, each), 9), -len(each)))
            best = self.score(response, found)
        return found, best

    def _declared(self, response: str, options: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in self.scorer.correct(response) if one in options)

    def _by_declaration(self, right: Sequence[str], options: Sequence[str], why: str) -> Chosen:
        if not right:
            raise NoKeyError(why)
        return Chosen(tuple(option in right for option in options), None, 1.0, declared=why)

    # --- what is typed

    def texts(self, response: str) -> tuple[list[Typed], bool, float, str]:
        """Texts that are accepted, whether the case of letters counts, the points of a right one, and why the rules did
        not tell. Raises ``NoKeyError``."""
        guesses, right = self.guesses(response), self.scorer.correct(response)
        words = tuple(word for word in guesses.texts if word.strip())
        try:
            empty = self.score(response, ())
            scores = {word: self.score(response, (word,)) for word in words}
            best = max(scores.values(), default=0.0)
            if best <= NEAR or _all_near((*scores.values(), empty, self.score(response, (STRANGE,)))):
                raise UnsureError(SAME)
            if right and max(scores.get(word, 0.0) for word in right) < best - NEAR:
                raise NoKeyError("its rules and the response that it declares say two things")
            if guesses.pattern:
                raise UnsureError("it takes answers by a pattern")
            cased = self._cased(response, scores, best)
            found = [
                Typed(word, _share(points, best), self._anywhere(response, word, points))
                for word, points in scores.items()
                if abs(points) > NEAR
            ]
        except NoKeyError:
            raise
        except UnsureError as problem:
            if not right or guesses.pattern:
                raise NoKeyError(str(problem)) from None
            return [Typed(word, 1.0) for word in right], True, 1.0, str(problem)
        if not cased:
            found = list({each.text.casefold(): each for each in reversed(found)}.values())[::-1]
        return sorted(found, key=lambda each: -each.fraction), cased, best, ""

    def _cased(self, response: str, scores: dict[str, float], best: float) -> bool:
        """Whether some right answer is wrong in other letters."""
        tried = [word for word, points in scores.items() if points >= best - NEAR and word.swapcase() != word]
        return any(self.score(response, (word.swapcase(),)) < scores[word] - NEAR for word in tried)

    def _anywhere(self, response: str, word: str, points: float) -> bool:
        among = " ".join((STRANGE, word, STRANGE))  # noqa: FLY002 - an f-string would be taken for a message
        return abs(self.score(response, (among,)) - points) <= NEAR

    # --- numbers

    def spans(self, response: str, *, whole: bool = False) -> tuple[list[Span], float, str]:
        """Spans of numbers that are accepted, the best first, the points of the best, and why the rules did not tell;
        ``whole``: only whole numbers can be given. Raises ``NoKeyError``."""
        right = [text for text in self.scorer.correct(response) if _real(text) is not None]
        texts = [text for text in self.guesses(response).numbers if _real(text) is not None]
        try:
            spans, best = self._spans(response, texts, right, whole=whole)
        except NoKeyError:
            raise
        except UnsureError as problem:
            if not right:
                raise NoKeyError(str(problem)) from None
            value = float(right[0])
            return [Span(value, value, 1.0, right[0])], 1.0, str(problem)
        return spans, best, ""

    def _spans(self, response: str, texts: list[str], right: list[str], *, whole: bool) -> tuple[list[Span], float]:
        points = sorted({*_edges([float(text) for text in (*right, *texts)])})
        if whole:
            points = _whole_numbers(points)
        scores = {point: self.score(response, (f"{point:g}" if whole else f"{point!r}",)) for point in points}
        best = max(scores.values(), default=0.0)
        if best <= NEAR or _all_near((*scores.values(), self.score(response, ()))):
            raise UnsureError(SAME)
        if right and self.score(response, (right[0],)) < best - NEAR:
            raise NoKeyError("its rules and the response that it declares say two things")
        found: list[Span] = []
        for level in sorted({round(each, 9) for each in scores.values() if each > NEAR}, reverse=True):
            for low, high in _runs(points, [scores[point] >= level - NEAR for point in points]):
                if low == points[0] or high == points[-1]:
                    raise NoKeyError("it takes any number beyond a bound")
                if not any(span.low <= low and high <= span.high for span in found):
                    found.append(Span(low, high, _share(level, best), _middle(low, high, [*right, *texts])))
        return found, best


def _edges(values: Iterable[float]) -> Iterable[float]:
    """The numbers that an item names, those that lie a tolerance from them, and numbers between and outside."""
    named = sorted({value for value in values if math.isfinite(value)})[:40]
    reached = {a + sign * abs(b) for a in named for b in named for sign in (-1, 1)}
    reached |= {a + sign * abs(a) * abs(b) / 100 for a in named for b in named for sign in (-1, 1)}
    edges = sorted({round(each, 12) for each in (*named, *reached)})
    yield from edges
    yield from ((one + other) / 2 for one, other in pairwise(edges))
    reach = max((abs(each) for each in edges), default=0.0) * 2 + 1
    yield from (-reach, reach)


def _whole_numbers(points: Sequence[float]) -> list[float]:
    """The whole numbers from the first to the last, or those next to the points where they are too many."""
    first, last = math.floor(points[0]), math.ceil(points[-1])
    if last - first <= _MOST_WHOLE:
        return [float(each) for each in range(first, last + 1)]
    return sorted({float(side(point)) for point in points for side in (math.floor, math.ceil)})


def _runs(points: Sequence[float], held: Sequence[bool]) -> Iterable[tuple[float, float]]:
    """First and last point of each run of points that hold."""
    first: float | None = None
    last = 0.0
    for point, one in zip(points, held, strict=True):
        if one:
            first, last = point if first is None else first, point
        elif first is not None:
            yield first, last
            first = None
    if first is not None:
        yield first, last


def _middle(low: float, high: float, texts: Sequence[str]) -> str:
    centre = (low + high) / 2
    slack = 1e-9 * max(1.0, abs(centre))
    return next((text for text in texts if abs(float(text) - centre) <= slack), "")


def _real(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _share(points: float, best: float) -> float:
    share = max(-1.0, min(1.0, points / best))
    return round(share, 9) if abs(share) > NEAR else 0.0


def _all_near(values: Iterable[float]) -> bool:
    found = list(values)
    return max(found, default=0.0) - min(found, default=0.0) <= NEAR
