"""What all lines of a bank together tell of where its questions begin: forms of numbers, what repeats, parts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from coursepack.outline.bank.key_text import (
    is_key_word,
)
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import BankLine, Number


def signs_all(lines: Sequence[BankLine]) -> bool:
    """Whether signs stand before right and wrong answers, so that each makes its line an answer."""
    signs = Counter(line.sign for line in lines if line.is_text and not line.piece.label)
    return 0 < signs["+"] <= 2 * signs["-"]


def next_places(lines: Sequence[BankLine], is_one: Callable[[BankLine], bool]) -> list[int]:
    """For each place the next line from it on that is one; behind the last line where none is."""
    found = [len(lines)] * (len(lines) + 1)
    for at in range(len(lines) - 1, -1, -1):
        found[at] = at if is_one(lines[at]) else found[at + 1]
    return found


def repeated(lines: Sequence[BankLine], count: int) -> frozenset[int]:
    """The places of lines that read the same, numbers and what follows a colon apart, under most of so many
    questions; such lines below one another are data."""
    places: dict[str, list[int]] = {}
    for line in lines:
        marked = line.number or line.letter or line.tag or line.sign or line.feedback or line.text.endswith("?")
        if line.is_text and line.text and not marked:
            places.setdefault(_form(line.text), []).append(line.at)
    least = max(limits()["least-ends"], count * limits()["marked"] // 100)
    usual = [found for found in places.values() if len(found) >= least and all(b > a + 1 for a, b in pairwise(found))]
    every = (lines[at] for found in usual if not _count_parts([lines[at] for at in found]) for at in found)
    return frozenset(one.at for one in every if one.key is None and not is_key_word(one.text))


def over_keys(lines: Sequence[BankLine]) -> frozenset[int]:
    """The places of lines that begin questions because a key word alone on its line, «Answer:», stands below: each goes
    up to the nearest blank space, or is the line above the word."""
    found: list[int] = []
    below = 0
    for line in lines:
        if not line.is_text or not is_key_word(line.text) or line.at <= below:
            continue
        above = range(line.at - 1, max(below, line.at - 1 - limits()["over"]), -1)
        start = next((at for at in above if lines[at].piece.gap), line.at - 1)
        if lines[start].is_text:
            found.append(start)
        below = line.at + 1
    return frozenset(found) if len(found) >= limits()["least-ends"] else frozenset()


def _count_parts(lines: Sequence[BankLine]) -> bool:
    """Whether lines are headings of parts, each with a number greater than the one before: «Lecture 1», «Lecture 2»."""
    values = [value for line in lines if (value := line.counts_part())]
    return len(values) == len(lines) and all(b > a for a, b in pairwise(values))


def parts_over(lines: Sequence[BankLine], counts: Callable[[BankLine], bool]) -> frozenset[int]:
    """The places of lines over questions that speak of parts whose numbers rise: «Quiz on lecture 1», «… lecture 2»."""
    over = [line for line, after in pairwise(lines) if line.number is None and not line.offers and counts(after)]
    found = [(line.at, value) for line in over if (value := line.counts_part())]
    rising = len(found) > 1 and all(b > a for (_, a), (_, b) in pairwise(found))
    return frozenset(at for at, _ in found) if rising else frozenset()


def _form(text: str) -> str:
    """What lines have in common that differ in numbers, or in what a short label says: «QuestionID: 17»."""
    label, colon, value = text.partition(":")
    named = colon and len(value) < limits()["said"]
    return re.sub(r"\d+", "0", f"{label.strip()}:".lower() if named else text.lower())


def usual_size(starts: Sequence[BankLine]) -> int:
    """How many lines most questions take; 0 where there is no such number."""
    sizes = Counter(after.at - before.at for before, after in pairwise(starts))
    size, count = sizes.most_common(1)[0] if sizes else (0, 0)
    usual = count >= limits()["least-ends"] and count * 100 >= sizes.total() * limits()["stacked"]
    return size if usual else 0


_STEM_AND_ANSWER = 2


def unnumbered(starts: Sequence[BankLine], usual: int) -> dict[int, int]:
    """The places of questions whose numbers are missing, with these: where the numbers jump, over as many lines as the
    ones between would take, and before the first number."""
    found: dict[int, int] = {}
    numbered = (
        [(line.at, line.number.value) for line in starts if line.number is not None] if usual > _STEM_AND_ANSWER else []
    )
    for (at, before), (until, number) in pairwise(numbered):
        if number - before > 1 and until - at == (number - before) * usual:
            found.update((at + nth * usual, before + nth) for nth in range(1, number - before))
    first, number = numbered[0] if numbered else (0, 1)
    count = min(number - 1, first // usual) if usual else 0
    found.update((first - nth * usual, number - nth) for nth in range(1, count + 1))
    return found


def inner_forms(lines: Sequence[BankLine]) -> frozenset[str]:
    """The forms of numbers that begin anew below numbers of another form, «1)» below «1.», and not below the heading of
    the next part: «Section B»."""
    members = [(line.at, line.number) for line in lines if line.number is not None and not line.letter]
    restarts = Counter(number.form for _, number in members if number.value == 1)
    over: dict[str, Counter[str]] = {}
    for (above_at, before), (at, number) in pairwise(members):
        if number.value == 1 and before.form != number.form and not _parts_between(lines[above_at + 1 : at]):
            over.setdefault(number.form, Counter())[before.form] += 1
    first: dict[str, int] = {}
    for at, number in members:
        first.setdefault(number.form, at)
    found: set[str] = set()
    for form, above in over.items():
        outer, count = above.most_common(1)[0]
        often = count * 100 >= restarts[form] * limits()["stacked"]
        below = (restarts[form], first[form]) > (restarts[outer], first[outer])
        if often and below and outer not in found:
            found.add(form)
    return frozenset(found | _amounts([number for _, number in members]))


def _amounts(numbers: Sequence[Number]) -> set[str]:
    """The form of numbers that stand alone without a sign, where those of another form count on all through: «№ 1» over
    «2», «4» and «5», which are answers."""
    runs: dict[str, list[Number]] = {}
    for number in numbers:
        runs.setdefault(number.form, []).append(number)
    counted = [[one.value for one in run] == list(range(1, len(run) + 1)) and len(run) > 2 for run in runs.values()]
    plain = {form for form, run in runs.items() if form in _PLAIN and all(one.alone for one in run)}
    return plain if any(counted) and not any(runs[form][0].value == 1 for form in plain) else set()


_PLAIN = frozenset({"bare1", "count"})


def _parts_between(lines: Sequence[BankLine]) -> bool:
    """Whether a line without a number counts a part."""
    return any(one.counts_part() > 0 for one in lines if one.is_text and one.number is None)


def minor(starts: Sequence[BankLine]) -> frozenset[str]:
    """The forms of numbers that are few beside another one: they count points, not questions."""
    counts = Counter(line.number.form for line in starts if line.number)
    most = max(counts.values(), default=0)
    return frozenset(form for form, count in counts.items() if count * 100 < most * limits()["minor"])


def mixed(starts: Sequence[BankLine]) -> frozenset[int]:
    """The questions where one form of numbers counts both them and what stands below each: those over a «1»."""
    values = [line.number.value if line.number else 0 for line in starts]
    if values.count(1) < 3:
        return frozenset()
    over = [at for at, (_, after) in enumerate(pairwise(values)) if after == 1]
    near = [at for at in over if starts[at + 1].at - starts[at].at <= 3]
    counts_on = [values[at] for at in near]
    if len(near) < 2 or any(b != a + 1 for a, b in pairwise(counts_on)) or counts_on[0] != 1:
        return frozenset()
    return frozenset(starts[at].at for at in near)


def resumed(starts: Sequence[BankLine]) -> frozenset[int]:
    """The lines that begin a list of points inside a question: behind «… 7.» come «1. 2. 3.», then «8.»."""
    found: set[int] = set()
    values = [line.number.value if line.number else 0 for line in starts]
    ends = list(range(1, len(values) + 1))
    for at in range(len(values) - 2, -1, -1):
        if values[at + 1] == values[at] + 1:
            ends[at] = ends[at + 1]
    for at in range(1, len(values)):
        end = ends[at]
        if values[at] == 1 and values[at - 1] > 1 and end < len(values) and values[end] == values[at - 1] + 1:
            found.add(starts[at].at)
    return frozenset(found)
