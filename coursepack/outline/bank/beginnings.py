"""Where the questions of a bank begin: by numbers that count on, by the answers above and below."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from coursepack.outline.bank.alone import letters_alone
from coursepack.outline.bank.key_runs import key_runs
from coursepack.outline.bank.key_text import (
    PAIR,
    is_list,
    letters_of,
    names_answer,
    pairs_of,
    unremarked,
)
from coursepack.outline.bank.laid_out import AROUND, answers_in
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine
from coursepack.outline.bank.numbers import leads
from coursepack.outline.bank.paired_lines import points_of
from coursepack.outline.bank.parts import DraftQuestion, Read
from coursepack.outline.bank.printed_forms import form_lines
from coursepack.outline.bank.starts import (
    inner_forms,
    minor,
    mixed,
    next_places,
    over_keys,
    parts_over,
    repeated,
    resumed,
    signs_all,
    unnumbered,
    usual_size,
)
from coursepack.outline.bank.together import Together


@dataclass(frozen=True, slots=True)
class QuestionHeading:
    """A heading over questions: what it counts, its words, the level of its style."""

    kind: str | None
    name: str
    level: int | None

    def is_beside(self, other: QuestionHeading) -> bool:
        """Whether it stands no deeper than another one, and so ends what that heads."""
        if self.level is not None and other.level is not None:
            return self.level <= other.level
        return self.kind is not None and self.kind == other.kind


_KEPT = 32_768
"""Lines of which what they say is kept."""


def is_keys(line: BankLine) -> bool:
    """A list of keys by number: «1-B, 2-A, 3-C …»."""
    text = f"{label} {line.text}" if (label := (line.piece.label or "").strip()) else line.text
    return line.is_text and (is_list(text, limits()["least-pairs"]) or _is_whole_list(text))


@lru_cache(_KEPT)
def _is_whole_list(text: str) -> bool:
    """Whether a line holds nothing but keys of the questions from the first on: «№1-1, №2-2»."""
    numbers = [number for number, _ in pairs_of(text)]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1)) and not PAIR.sub("", text).strip(" ,;.")


class Beginnings:
    """What is known of all lines of a bank, and which of them begin questions."""

    def __init__(self, lines: Sequence[BankLine], points: Collection[int]) -> None:
        self.lines = lines
        self.read = Read()
        self.current: DraftQuestion | None = None
        self.together: Together | None = None
        self.path: list[QuestionHeading] = []
        self.headed = False
        self.signed = signs_all(lines)
        self.key_runs = key_runs(lines)
        self.of_all = False
        self.form = form_lines([line.text if line.is_text else None for line in lines])
        self.offered = next_places(lines, self._offers)
        self.roman = any(line.roman for line in lines)
        self.keyed = next_places(lines, lambda line: line.is_text and names_answer(line.text))
        self.inner = inner_forms(lines)
        paired, self.pairing = points_of(lines)
        self.paired = paired.union(points)
        self.leads = self._leads()
        self.counts = next_places(lines, self._counts)
        starts = [line for line in lines if self._counts(line)]
        own = sum(self._has_own(line) for line in starts)
        self.chosen = own * 2 >= len(starts)
        self.numbered = len(starts) > 1 and len(starts) * 2 >= self._stems()
        self.parts = parts_over(lines, self._counts)
        self.last: int | None = None
        self.points = 0
        self.marking = self._marks_answers()
        self.stating = self._stating(starts)
        self.usual = usual_size(starts)
        self.unnumbered = unnumbered(starts, self.usual)
        self.minor = minor(starts)
        self.mixed = mixed(starts) if not own else frozenset[int]()
        self.resumed = resumed(starts)
        self.alone = letters_alone(lines, len(starts) or self._stems())
        self.repeated = repeated(lines, max(len(starts), self._stems()))
        self.over_keys = over_keys(lines) if not starts and not self._stems() else frozenset[int]()

    def _offers(self, line: BankLine) -> bool:
        """Whether a line is an answer by its letter, tag or sign."""
        signed = self.signed and line.sign in {"+", "-"} and not line.number and not line.piece.label
        return line.is_text and (line.offers or signed)

    def _counts(self, line: BankLine) -> bool:
        """Whether a line bears a number that may be a question's."""
        if line.asks:
            return True
        if self.leads:
            return line.at in self.leads
        number = line.number
        if number is None or line.at in self.paired or line.at in self.key_runs:
            return False
        return number.form not in self.inner and not line.letter and not is_keys(line)

    def _leads(self) -> frozenset[int]:
        """The numbered lines that begin questions, where answers and keys tell which do."""
        numbered = (one for one in self.lines if one.is_text and one.number and one.at not in self.paired)
        starts = [one for one in numbered if not one.letter and one.at not in self.key_runs and not is_keys(one)]
        offers = [self._offers(line) for line in self.lines]
        keys = [line.named is not None or (line.is_text and line.key is not None) for line in self.lines]
        return leads(self.lines, starts, offers, keys, self.inner)

    def _has_own(self, line: BankLine) -> bool:
        """Whether answers with letters or signs stand below a line, before the next number."""
        if len(line.starts) > 1:
            return True
        return self.offered[line.at + 1] < self.counts[line.at + 1]

    def _begins(self, line: BankLine) -> bool:
        """Whether a numbered line begins a question, and is no point of the one that is open."""
        number = line.number
        if line.asks:
            return True
        if number is None or not self._counts(line):
            return False
        if self.leads:
            return True
        current = self.current
        if self.mixed:
            return line.at in self.mixed
        if number.form in self.minor and not (self._has_own(line) and number.value == (self.last or 0) + 1):
            return False
        open_ = current is not None and not current.closed and self.chosen and not self.headed
        if self.last is not None and open_ and not self._has_own_after_points(line):
            if number.value == self.last + 1 and not (self.points and number.value == self.points + 1):
                return True
            if number.value == self.points + 1:
                return False
        if self.last is not None and number.value == 1 and line.at in self.resumed and not self.headed:
            return False
        return not (self.points and number.value == self.points + 1 and number.value != (self.last or 0) + 1)

    def _has_own_after_points(self, line: BankLine) -> bool:
        """Whether a number that does not count on has answers of its own, and no points before it."""
        number = line.number
        counts_on = number is not None and self.points and number.value == self.points + 1
        return self._has_own(line) and not counts_on

    def _stating(self, starts: Sequence[BankLine]) -> frozenset[int]:
        """The questions around which most state their answers in words below them and few have answers to choose from:
        what follows a key line there is answer as well."""
        ends = [*(line.at for line in starts[1:]), len(self.lines)][: len(starts)]
        states: list[int] = []
        for line, end in zip(starts, ends, strict=True):
            below = [text for one in self.lines[line.at + 1 : end] if one.is_text for text in answers_in(one)]
            keys = [self._stated(one) for one in self.lines[line.at : end] if one.is_text and one.key is not None]
            plain = [unremarked(key) for key in keys]
            in_words = any(letters_of(key) is None and key.strip(AROUND).lower() not in below for key in plain)
            states.append(2 if in_words else bool(keys))
        own = [self._has_own(line) for line in starts]
        found: set[int] = set()
        width = limits()["around"]
        for at, line in enumerate(starts):
            near = slice(max(at - width, 0), at + width + 1)
            count = len(own[near])
            worded = sum(one == 2 for one in states[near]) * 5 > count * 2
            if worded and sum(map(bool, states[near])) * 2 > count and sum(own[near]) * 5 < count:
                found.add(line.at)
        return frozenset(found)

    def _stated(self, line: BankLine) -> str:
        """What a key line states, which stands on the next line where nothing stands behind its word."""
        below = self.lines[line.at + 1] if line.at + 1 < len(self.lines) else None
        return line.key or (below.text if below is not None and below.is_text else "")

    def _stems(self) -> int:
        """How many lines stand over answers."""
        return sum(self._offers(after) and not self._offers(line) for line, after in pairwise(self.lines))

    def _marks_answers(self) -> bool:
        """Whether bold type is the look of answers: most bold lines without a number stand over other such lines, where
        headings stand over questions."""
        bold = [line for line in self.lines if line.is_text and line.piece.bold and not line.number and line.text]
        over = sum(self.counts[one.at] > one.at + 1 for one in bold)
        return len(bold) >= limits()["least-ends"] and over * 2 > len(bold)

    def _finish(self) -> None:
        if self.current is not None:
            self.read.items.append(self.current)
        self.current = None
