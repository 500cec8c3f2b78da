"""What answers are worth: the rules of an item are asked, answer by answer.

A key is taken where the rules tell it. Where they cannot be followed, or give every answer the same, the response that
the item declares to be right is the key; where rules and declaration say two things, there is none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from coursepack.ims import wildcards
from coursepack.model.questions import literal
from coursepack.readers.qti.scored import STRANGE, Given, Outcome, ResponseCandidates, Scorer, UnsureError

NEAR = 1e-6
SAME = "its rules give every answer the same mark"
_MOST_SUBSETS = 8
"""Options of which every choice is tried where nothing else tells what is right."""
_MOST_WHOLE = 2000


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
    """Why it was the item's declaration that reported, and not its rules."""


@dataclass(frozen=True)
class Typed:
    """A text that the item names, its share, and the pattern of what else is worth the same (``questions.Answer``)."""

    text: str
    fraction: float
    pattern: str


@dataclass(frozen=True)
class NumberRange:
    """Numbers that are worth the same, both ends with them, and their share; ``middle`` as the item writes it, if it
    does. ``probe``: one of them that is in no better span, as a text."""

    low: float
    high: float
    fraction: float
    middle: str = ""
    probe: str = ""


@dataclass
class ItemKeys:
    """Questions to the rules of one item; ``base`` is given beside what is tried; ``top``: the points of the whole mark
    where they are known, though no answer may earn them all."""

    scorer: Scorer
    top: float = 0.0
    base: dict[str, tuple[str, ...]] = field(default_factory=dict)
    known: dict[tuple[str, tuple[str, ...]], Outcome] = field(default_factory=dict)

    def run(self, response: str, values: Sequence[str]) -> Outcome:
        questions = response, tuple(values)
        if questions not in self.known:
            given: Given = {**self.base, response: (*self.base.get(response, ()), *values)}
            self.known[questions] = self.scorer.run(given)
        return self.known[questions]

    def shown(self, response: str, values: Sequence[str]) -> frozenset[str]:
        return self.run(response, values).shown

    def score(self, response: str, values: Sequence[str]) -> float:
        """What a response earns beside what the ``base`` does."""
        return self.points(self.run(response, values))

    def points(self, outcome: Outcome) -> float:
        return (outcome.score or 0.0) - self.offset

    @cached_property
    def offset(self) -> float:
        """What the ``base`` earns alone."""
        return (self.scorer.run(self.base).score or 0.0) if self.base else 0.0

    def guesses(self, response: str) -> ResponseCandidates:
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
            raise NoKeyError("no answer earns a mark")
        if right and max(found[options.index(one)] for one in right) < best - NEAR:
            raise NoKeyError("its rules contradict the right response that it declares")
        right_ones = tuple(points >= best - NEAR for points in found)
        whole = max(best, self.top)
        return Chosen(right_ones, tuple(_share(points, whole) for points in found), whole)

    def several(self, response: str, options: Sequence[str]) -> Chosen:
        """Of options, several of which may be chosen. Raises ``NoKeyError``."""
        right = self._declared(response, options)
        try:
            whole, best = self._best(response, options, right)
            if right and self.score(response, right) < best - NEAR:
                raise NoKeyError("its rules contradict the right response that it declares")
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
            whole_points = max(best, self.top)
            return Chosen(chosen, tuple(_share(step, whole_points) for step in steps), whole_points)
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
        """Texts that the item names, in its order, whether the case of letters counts, the points of a right one, and
        why the rules did not tell. Raises ``NoKeyError``."""
        guesses, right = self.guesses(response), self.scorer.correct(response)
        words = tuple(word for word in guesses.texts if word.strip())
        try:
            empty, other = self.score(response, ()), self.score(response, (STRANGE,))
            scores = {word: self.score(response, (word,)) for word in words}
            best = max(scores.values(), default=0.0)
            if best <= NEAR or _all_near((*scores.values(), empty, other)):
                raise UnsureError(SAME)
            if right and max(self.score(response, (word,)) for word in right) < best - NEAR:
                raise NoKeyError("its rules contradict the right response that it declares")
            if guesses.strange:
                raise UnsureError("it takes answers by a pattern")
            cased = self._cased(response, scores, best, said=guesses.cased)
            found = [
                Typed(word, _share(points, max(best, self.top)), self._pattern(response, word, points - other, guesses))
                for word, points in scores.items()
            ]
        except NoKeyError:
            raise
        except UnsureError as problem:
            if not right or guesses.strange:
                raise NoKeyError(str(problem)) from None
            return [Typed(word, 1.0, literal(word)) for word in right], True, 1.0, str(problem)
        if not cased:
            first: dict[str, Typed] = {}
            for each in found:
                first.setdefault(each.pattern.casefold(), each)
            found = list(first.values())
        found = [each for each in found if not (each.text in guesses.examples and _example(each, found, cased=cased))]
        if not _first_fits(found, cased=cased):
            found.sort(key=lambda each: (-each.fraction, wildcards.has_wildcard(each.pattern)))
        return found, cased, max(best, self.top), ""

    def _cased(self, response: str, scores: dict[str, float], best: float, *, said: bool) -> bool:
        """Whether some right answer is wrong in other letters; where none has letters, whether the item says so."""
        tried = [word for word, points in scores.items() if points >= best - NEAR and word.swapcase() != word]
        if not tried:
            return said
        return any(self.score(response, (word.swapcase(),)) < scores[word] - NEAR for word in tried)

    def _pattern(self, response: str, word: str, gain: float, guesses: ResponseCandidates) -> str:
        """What the item accepts for a word; ``gain``: the points that it earns more than another text."""
        if guesses.patterns:
            return guesses.patterns.get(word, literal(word))
        among = " ".join((STRANGE, word, STRANGE))  # noqa: FLY002 - an f-string would be taken for a message
        other = self.score(response, (STRANGE,))
        anywhere = gain > NEAR and abs(self.score(response, (among,)) - other - gain) <= NEAR
        return f"*{literal(word)}*" if anywhere else literal(word)

    # --- numbers

    def spans(self, response: str, *, whole: bool = False) -> tuple[list[NumberRange], float, str]:
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
            return [NumberRange(value, value, 1.0, right[0], right[0])], 1.0, str(problem)
        return spans, best, ""

    def _spans(
        self, response: str, texts: list[str], right: list[str], *, whole: bool
    ) -> tuple[list[NumberRange], float]:
        """As the rules name them where that is all they say; else found by what single numbers earn."""
        points = sorted({*_edges([float(text) for text in (*right, *texts)])})
        if whole:
            points = _whole_numbers(points)
        written = {point: f"{point:g}" if whole else f"{point!r}" for point in points}
        runs = {point: self.run(response, (text,)) for point, text in written.items()}
        scores = {point: self.points(run) for point, run in runs.items()}
        best = max(scores.values(), default=0.0)
        if best <= NEAR or _all_near((*scores.values(), self.score(response, ()))):
            raise UnsureError(SAME)
        if right and self.score(response, (right[0],)) < best - NEAR:
            raise NoKeyError("its rules contradict the right response that it declares")
        whole_points = max(best, self.top)
        if named := _followed(self.guesses(response).spans, points, scores, written, whole_points):
            return named, whole_points
        found: list[NumberRange] = []
        for level, low, high in _levels(points, scores):
            if not any(span.low <= low and high <= span.high for span in found):
                same = (one for one in points if low <= one <= high and abs(scores[one] - level) <= NEAR)
                middle = _middle(low, high, [*right, *texts])
                found.append(
                    NumberRange(low, high, _share(level, whole_points), middle, written[min(same, default=low)])
                )
        common = runs[points[0]].shown & runs[points[-1]].shown
        own = [(scores[point], runs[point].shown - common) for point in points]
        nothing = [
            NumberRange(low, high, 0.0, _middle(low, high, texts), written[low])
            for low, high in _alike(points, own)
            if low != points[0] and high != points[-1]
        ]
        nothing = [span for span in nothing if span.middle]
        return _ordered([*found, *nothing], texts), whole_points


def _levels(points: Sequence[float], scores: Mapping[float, float]) -> Iterable[tuple[float, float, float]]:
    """Points of the marks, and the first and last of each run of numbers that earn so many or more, the most first.
    Raises ``NoKeyError``."""
    for level in sorted({round(each, 9) for each in scores.values() if each > NEAR}, reverse=True):
        for low, high in _runs(points, [scores[point] >= level - NEAR for point in points]):
            if low == points[0] or high == points[-1]:
                raise NoKeyError("it takes any number beyond a bound")
            yield level, low, high


def _first_fits(found: Sequence[Typed], *, cased: bool) -> bool:
    """Whether each text is worth what the first answer that accepts it is."""
    return all(
        next(one for one in found if wildcards.fits(one.pattern, each.text, case_sensitive=cased)).fraction
        == each.fraction
        for each in found
    )


def _example(typed: Typed, every: Sequence[Typed], *, cased: bool) -> bool:
    """Whether a pattern accepts a text for the same."""
    return any(
        each is not typed
        and each.fraction == typed.fraction
        and wildcards.has_wildcard(each.pattern)
        and wildcards.fits(each.pattern, typed.text, case_sensitive=cased)
        for each in every
    )


def _edges(values: Iterable[float]) -> Iterable[float]:
    """The numbers that an item names, those that lie a tolerance from them, and numbers between and outside."""
    named = sorted({value for value in values if math.isfinite(value)})[:40]
    reached = {a + sign * abs(b) for a in named for b in named for sign in (-1, 1)}
    reached |= {a + sign * abs(a) * abs(b) / 100 for a in named for b in named for sign in (-1, 1)}
    # A number that is named is tried with all its digits: rounded, a bound of many digits lies beyond itself.
    exact = {round(each, 12): each for each in named}
    edges = sorted({exact.get(each, each) for each in (round(each, 12) for each in (*named, *reached))})
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


def _followed(
    named: Sequence[tuple[str, str]],
    points: Sequence[float],
    scores: Mapping[float, float],
    written: Mapping[float, str],
    whole: float,
) -> list[NumberRange]:
    """Numbers with their tolerances as a list of which the first that holds a number counts; none where the rules give
    some number something else."""
    spans: list[NumberRange] = []
    first: dict[float, int] = {}
    for text, reach in named:
        value, far = _real(text), _real(reach)
        if value is None or far is None or far < 0:
            return []
        slack = 1e-9 * max(1.0, abs(value))
        inside = [each for each in points if abs(each - value) <= far + slack and each not in first]
        if not inside:
            continue  # never met
        probe = min(inside, key=lambda each: abs(each - value))
        first |= dict.fromkeys(inside, len(spans))
        spans.append(NumberRange(value - far, value + far, _share(scores[probe], whole), text, written[probe]))
    said = {point: spans[first[point]].fraction if point in first else 0.0 for point in points}
    holds = all(abs(_share(scores[point], whole) - said[point]) <= NEAR for point in points)
    return spans if holds else []


def _ordered(spans: list[NumberRange], texts: Sequence[str]) -> list[NumberRange]:
    """Spans that do not touch one another as the item names them, others the best first."""
    at = {text: place for place, text in reversed([*enumerate(texts)])}
    upward = sorted(spans, key=lambda span: span.low)
    if any(one.high >= other.low for one, other in pairwise(upward)) or any(one.middle not in at for one in spans):
        return sorted(spans, key=lambda span: (-span.fraction, at.get(span.middle, len(at))))
    return sorted(spans, key=lambda span: at[span.middle])


def _alike(points: Sequence[float], own: Sequence[tuple[float, frozenset[str]]]) -> Iterable[tuple[float, float]]:
    """First and last point of each run of points that earn nothing and show the same texts."""
    said = [shown if score <= NEAR else frozenset() for score, shown in own]
    for texts in dict.fromkeys(each for each in said if each):
        yield from _runs(points, [each == texts for each in said])


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
