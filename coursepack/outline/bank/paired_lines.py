"""Lines that hold a point and an answer beside one another, and which numbers count points of matching questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from coursepack.outline.bank.key_text import digits_of, key_of, latin, pairs_stated
from coursepack.outline.bank.lines import BankLine, begins, follows

_SIGN = r"(?:\)\s*|\.\s+)"
ROWS = (
    re.compile(rf"(?P<n>\d{{1,2}}){_SIGN}\S.*?\s(?P<answer>(?P<letter>[^\W\d_]){_SIGN}\S)"),
    re.compile(rf"(?P<letter>[^\W\d_]){_SIGN}\S.*?\s(?P<answer>(?P<n>\d{{1,2}}){_SIGN}\S)"),
)
_FARTHEST = 40
"""Lines above a key among which the points and answers stand that it pairs."""


Row = tuple[int, re.Match[str] | None]


def rows(texts: Sequence[str]) -> frozenset[int]:
    """The places of lines that hold a point and an answer each and count on."""
    return frozenset(at for run in runs(texts) if len(run) > 1 for at, _ in run)


def runs(texts: Sequence[str]) -> Iterator[list[Row]]:
    """The lines with their places: rows that count on together, every other line alone."""
    run: list[Row] = []
    for at, text in enumerate(texts):
        found = row_of(text)
        before = run[-1][1] if run else None
        if found and before and _goes_on(before, found):
            run.append((at, found))
            continue
        if run:
            yield run
        run = [(at, found if found and _is_first(found) else None)]
    if run:
        yield run


def row_of(text: str) -> re.Match[str] | None:
    """A line that holds a point and an answer: ``n`` and ``letter`` that count them, ``answer`` where the second
    begins."""
    return next((found for row in ROWS if (found := row.match(text)) and not _is_initial(found)), None)


_INITIAL = re.compile(r"[^\W\d_]{2}\S*\s[^\W\d_]\.")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _is_initial(found: re.Match[str]) -> bool:
    """Whether the letter is the initial behind a surname in a list of books: «1) Bloom B. Taxonomy. New York, 1956»."""
    text, at = found.string, found.start("letter")
    surname = text[:at].split()[-1:] or [""]
    alone = at > found.start() and _INITIAL.fullmatch(f"{surname[0]} {text[at : at + 2]}") is not None
    return alone and surname[0][:1].isupper() and text[at].isupper() and _YEAR.search(text, at) is not None


def _is_first(found: re.Match[str]) -> bool:
    return int(found["n"]) == 1 and begins(found["letter"])


def _goes_on(before: re.Match[str], found: re.Match[str]) -> bool:
    alike = before.re is found.re
    return alike and int(found["n"]) == int(before["n"]) + 1 and follows(before["letter"], found["letter"])


def points_of(lines: Sequence[BankLine]) -> tuple[frozenset[int], frozenset[int]]:
    """The places of lines whose numbers a key below them pairs with letters: points of a matching question; and the
    places of such keys."""
    found: set[int] = set()
    pair_lines: set[int] = set()
    for line in lines:
        pairs = (pairs_stated(line.text) or _in_order(lines, line)) if line.is_text else ()
        numbers = {int(one) for pair in pairs for one in pair if one.isdecimal()}
        letters = {one for pair in pairs for one in pair if not one.isdecimal()}
        points = _above(lines, line.at, numbers, letters) if pairs else set()
        found |= points
        pair_lines |= {line.at} if points else set()
    return frozenset(found), frozenset(pair_lines)


def _in_order(lines: Sequence[BankLine], line: BankLine) -> Sequence[tuple[str, str]]:
    """The pairs of a key that gives a number for each letter in order, «Answer: 312», where above it as many letters
    stand, and numbers from 1 on below one another that are no others."""
    digits = digits_of(key_of(line.text) or "")
    if len(digits) < _LEAST_IN_ORDER:
        return []
    above = [one for one in lines[max(line.at - _FARTHEST, 0) : line.at] if one.is_text]
    found = [one for one in above[-_MOST_SIDES:] if one.letter or one.number]
    letters = [latin(one.letter) for one in found if one.letter][-len(digits) :]
    numbers = [one.number.value for one in found if one.number and not one.letter]
    counted = numbers[len(numbers) - max(map(int, digits)) :] if numbers else []
    fits = len(letters) == len(digits) and counted == list(range(1, len(counted) + 1)) and bool(counted)
    return list(zip(digits, letters, strict=True)) if fits and begins(letters[0]) else []


_LEAST_IN_ORDER = 3
_MOST_SIDES = 20
"""Lines of both sides of a matching question."""


def _above(lines: Sequence[BankLine], at: int, numbers: set[int], characters: set[str]) -> set[int]:
    """The nearest lines above a key that bear its numbers, where its letters stand there as well."""
    points: dict[int, int] = {}
    seen: set[str] = set()
    for line in reversed(lines[max(at - _FARTHEST, 0) : at]):
        if line.is_text and (key_of(line.text) is not None or pairs_stated(line.text)):
            break
        if line.letter:
            seen.add(latin(line.letter))
        elif line.number is not None and line.number.value in numbers:
            points.setdefault(line.number.value, line.at)
        if len(points) == len(numbers) and characters <= seen:
            ordered = [points[number] for number in sorted(points)]
            between = lines[min(ordered) : max(ordered)]
            together = not any(one.letter or one.starts for one in between)
            return set(ordered) if together and all(a < b for a, b in pairwise(ordered)) else set()
    return set()
