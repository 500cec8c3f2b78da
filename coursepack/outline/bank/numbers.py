"""Which of the numbers in a bank count its questions, where answers or keys tell questions apart.

Other numbers stand in a question: lines of a listing, statements, points, steps of an explanation. Of all ways to
choose the lines that begin questions the best is taken: numbers that count on, in one form, with answers to each.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from coursepack.outline.bank.limits import limits, numbering
from coursepack.outline.bank.lines import BankLine, Number, begins, follows
from coursepack.outline.tree.words import words


@dataclass(frozen=True, slots=True)
class _Start:
    """A line that may begin a question: its place, its number and its look, how many lines before it end a question,
    whether a heading stands over it, and whether one that counts a part, «Section B», opens its list, or all of it asks
    before the first answers."""

    at: int
    number: Number
    look: tuple[bool, bool]
    ends: int
    headed: bool
    parted: bool = False


def leads(
    lines: Sequence[BankLine],
    starts: Sequence[BankLine],
    offers: Sequence[bool],
    keys: Sequence[bool],
    inner: Collection[str] = (),
) -> frozenset[int]:
    """The places of the lines among ``starts`` that begin questions; nothing where too few lines are answers or keys to
    tell. ``offers`` and ``keys`` say for each line whether it is an answer to choose from, or states a key; ``inner``
    forms of numbers begin anew below another one."""
    ends = _ends(lines, offers, keys, inner)
    if sum(ends) < limits()["least-ends"]:
        ends = _runs(starts, len(lines))
    before = list(accumulate((int(end) for end in ends), initial=0))
    if before[-1] < limits()["least-ends"] or len(starts) < limits()["least-ends"]:
        return frozenset()
    starts = _outer(starts, before, inner)
    asking = _asking(lines, starts, before)
    result = _in_parts([_start(line, line.number, lines, before, asking) for line in starts if line.number])
    found = _best(result, before[-1], inner)
    ended = [before[b] - before[a] > 0 for a, b in zip(found, [*found[1:], len(lines)], strict=True)]
    parted = {one.at for one in result if one.parted}
    ends_considered = [ends for at, ends in zip(found, ended, strict=True) if ends or at not in parted]
    closed = sum(ended)
    fits = closed * 100 >= len(ends_considered) * limits()["told"] and closed * 100 >= before[-1] * limits()["told"]
    return frozenset(found) if fits else frozenset()


def _in_parts(starts: Sequence[_Start]) -> list[_Start]:
    """The starts, those behind the first of a part in the part too: «Section A» over three essays."""
    result: list[_Start] = []
    for one in starts:
        before = result[-1] if result else None
        goes_on = before is not None and one.number.form == before.number.form
        inside = goes_on and before is not None and before.parted and one.number.value == before.number.value + 1
        result.append(replace(one, parted=(one.number.value == 1 and one.parted) or inside))
    return result


def _outer(starts: Sequence[BankLine], before: Sequence[int], inner: Collection[str]) -> Sequence[BankLine]:
    """The starts of the form that counts on through the bank where nearly each of its questions ends once: numbers that
    begin anew below count their answers, whatever statements stand between. ``before`` counts the ends above a line."""
    found = [(line.at, line.number) for line in starts if line.number and line.number.form not in inner]
    one_form = len({number.form for _, number in found}) == 1 and found[0][1].value == 1
    rising = sum(b.value == a.value + 1 for (_, a), (_, b) in pairwise(found))
    places = [*(at for at, _ in found), len(before) - 1]
    once = sum(before[b] - before[a] == 1 for a, b in pairwise(places))
    nearly = limits()["nearly-all"]
    through = rising >= limits()["least-ends"] and rising * 100 >= (len(found) - 1) * nearly
    if not one_form or not through or once * 100 < len(found) * limits()["throughout"]:
        return starts
    kept = {at for at, _ in found}
    return [line for line in starts if line.at in kept]


def _asking(lines: Sequence[BankLine], starts: Sequence[BankLine], before: Sequence[int]) -> frozenset[int]:
    """The starts of the runs «1 …», «2 …» before the first answers all of whose lines ask, under any heading: the
    essays before a test, no instructions."""
    found: set[int] = set()
    run: list[BankLine] = []
    for line in (*starts, None):
        number, last = line.number if line else None, run[-1].number if run else None
        bare = line is not None and not before[line.at]
        if line and number and last and bare and (number.form, number.value) == (last.form, last.value + 1):
            run.append(line)
            continue
        if len(run) > 1 and all(map(_asks, run)):
            found.add(run[0].at)
        run = [line] if line and number and bare and number.value == 1 else []
    return frozenset(found)


def _asks(line: BankLine) -> bool:
    """Whether a numbered line asks something, and does not say how a paper is to be answered."""
    text = line.text[line.number.end :] if line.number else line.text
    return words().asks(text) is not None and not words().front("instruction", text)


def _start(
    line: BankLine, number: Number, lines: Sequence[BankLine], before: Sequence[int], asking: Collection[int]
) -> _Start:
    above = lines[max(line.at - limits()["near"], 0) : line.at]
    headed = any(one.opens_part() is not None or _is_heading(one) for one in above if not one.number)
    parted = line.at in asking or any(one.counts_part() > 0 for one in above if not one.number)
    return _Start(line.at, number, (line.piece.bold, _is_heading(line)), before[line.at], headed, parted)


def _is_heading(line: BankLine) -> bool:
    return line.piece.heading is not None or line.piece.is_heading


def _ends(
    lines: Sequence[BankLine], offers: Sequence[bool], keys: Sequence[bool], inner: Collection[str]
) -> list[bool]:
    """Whether each line ends a question: the first of its answers, or a key without answers above it; numbers that
    begin anew below other ones, ``inner``, open none."""
    found = [False] * len(lines)
    open_, last = True, ""
    for line in lines:
        if offers[line.at]:
            first = bool(line.letter) and begins(line.letter)
            goes_on = bool(line.letter and last) and follows(last, line.letter)
            found[line.at] = first or len(line.starts) > 1 or (open_ and not goes_on)
            open_, last = False, line.letter
        elif keys[line.at]:
            found[line.at] = open_
            open_, last = False, ""
        elif (line.number is not None and line.number.form not in inner) or line.asks:
            open_ = True
    return found


def _runs(starts: Sequence[BankLine], count: int) -> list[bool]:
    """The same where answers bear numbers and no key is stated: the last line of each run from «1» on. A number right
    above a «1» is that of a question."""
    found = [False] * count
    run: list[tuple[BankLine, Number]] = []
    numbered = [(line, line.number) for line in starts if line.number]
    for line, number in numbered:
        after = run[-1] if run else None
        if after and number.form == after[1].form and number.value == after[1].value + 1 and _is_near(after[0], line):
            run.append((line, number))
            continue
        _close(run[:-1] if number.value == 1 and _is_near(after[0] if after else line, line) else run, found)
        run = [(line, number)] if number.value == 1 else []
    _close(run, found)
    return found


def _is_near(line: BankLine, after: BankLine) -> bool:
    return after.at - line.at <= limits()["near"]


def _close(run: Sequence[tuple[BankLine, Number]], found: list[bool]) -> None:
    if len(run) > 1:
        found[run[-1][0].at] = True


def _best(starts: Sequence[_Start], ends: int, inner: Collection[str]) -> list[int]:
    """The chain of starts that is worth most; of equal ones the one that begins earlier."""
    worth = [0.0] * len(starts)
    came: list[int | None] = [None] * len(starts)
    reach = limits()["reach"]
    for at, one in enumerate(starts):
        worth[at] = _first(one)
        for before in range(at - 1, max(at - reach, 0) - 1, -1):
            value = worth[before] + _step(starts[before], one)
            if value >= worth[at]:
                worth[at], came[at] = value, before
        worth[at] += numbering()["inner"] * (one.number.form in inner)
    last = max(range(len(starts)), key=lambda at: (worth[at] + _held(ends - starts[at].ends, "last"), at), default=None)
    found: list[int] = []
    while last is not None:
        found.append(starts[last].at)
        last = came[last]
    return found[::-1]


def _first(one: _Start) -> float:
    """What speaks for a question to be the first: nothing that ends one stands before it."""
    weight = numbering()
    return weight["counts-on"] * (one.number.value == 1) + weight["merged"] * one.ends


def _held(ends: int, bare: str = "bare") -> float:
    """What a question with so many ends is worth."""
    weight = numbering()
    return weight[bare] if not ends else weight["closed"] + weight["merged"] * (ends - 1)


def _step(before: _Start, one: _Start) -> float:
    """What speaks for a question to follow upon another one."""
    weight = numbering()
    gap = one.number.value - before.number.value
    held = one.ends - before.ends
    value = _held(held) + weight["alike"] * (one.number.form == before.number.form)
    value += weight["other-look"] * (one.look != before.look)
    if gap == 1:
        return value + weight["counts-on"]
    if one.number.value == 1 and (one.parted or one.headed) and before.parted and not held:
        return value + weight["next-part"]
    if one.number.value == 1 and (held or one.headed):
        return value + (weight["headed"] if one.headed else weight["restarts"])
    if gap > 1:
        return value + max(weight["jump"] + weight["skipped"] * (gap - 1), weight["worst"])
    return value + (weight["same"] if not gap else weight["back"])
