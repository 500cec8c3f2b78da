"""Matching questions: points and answers in two columns, and which numbers count points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from coursepack.outline.bank.lines import Line, begins, follows
from coursepack.outline.bank.said import key_of, latin, matched
from coursepack.outline.pieces import Piece, Texts

_ROWS = (
    re.compile(r"(?P<n>\d{1,2})[.)]\s+\S.*?\s(?P<answer>(?P<letter>[^\W\d_])[.)]\s+\S)"),
    re.compile(r"(?P<letter>[^\W\d_])[.)]\s+\S.*?\s(?P<answer>(?P<n>\d{1,2})[.)]\s+\S)"),
)
_FARTHEST = 40
"""Lines above a key among which the points and answers stand that it pairs."""


def apart(texts: Texts, pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces; rows that hold a point and an answer each, «1) key   a) a field», are cut: points first."""
    made: list[Piece] = []
    run: list[tuple[Piece, re.Match[str]]] = []
    for piece in pieces:
        found = row_of(piece.text) if piece.object is None and not piece.label else None
        if found and _goes_on(run, found):
            run.append((piece, found))
            continue
        made.extend(_cut(texts, run))
        run = [(piece, found)] if found and _goes_on([], found) else []
        made.extend([] if run else [piece])
    return [*made, *_cut(texts, run)]


def row_of(text: str) -> re.Match[str] | None:
    """A line that holds a point and an answer: ``n`` and ``letter`` that count them, ``answer`` where the second
    begins."""
    return next(filter(None, (row.match(text) for row in _ROWS)), None)


def _goes_on(run: Sequence[tuple[Piece, re.Match[str]]], found: re.Match[str]) -> bool:
    if not run:
        return int(found["n"]) == 1 and begins(found["letter"])
    before = run[-1][1]
    alike = before.re is found.re
    return alike and int(found["n"]) == int(before["n"]) + 1 and follows(before["letter"], found["letter"])


def _cut(texts: Texts, run: Sequence[tuple[Piece, re.Match[str]]]) -> list[Piece]:
    if len(run) < 2:
        return [piece for piece, _ in run]
    parts = [texts.cut(piece, found.start("answer")) for piece, found in run]
    for _, answer in parts:
        answer.glued = False
    return [point for point, _ in parts] + [answer for _, answer in parts]


def points_of(lines: Sequence[Line]) -> tuple[frozenset[int], frozenset[int]]:
    """The places of lines whose numbers a key below them pairs with letters: points of a matching question; and the
    places of such keys."""
    found: set[int] = set()
    told: set[int] = set()
    for line in lines:
        key = key_of(line.text) if line.is_text else None
        pairs = matched(key) if key else []
        numbers = {int(one) for pair in pairs for one in pair if one.isdecimal()}
        letters = {one for pair in pairs for one in pair if not one.isdecimal()}
        points = _above(lines, line.at, numbers, letters) if pairs else set()
        found |= points
        told |= {line.at} if points else set()
    return frozenset(found), frozenset(told)


def _above(lines: Sequence[Line], at: int, numbers: set[int], letters: set[str]) -> set[int]:
    """The nearest lines above a key that bear its numbers, where its letters stand there as well."""
    points: dict[int, int] = {}
    seen: set[str] = set()
    for line in reversed(lines[max(at - _FARTHEST, 0) : at]):
        if line.is_text and key_of(line.text) is not None:
            break
        if line.letter:
            seen.add(latin(line.letter))
        elif line.number is not None and line.number.value in numbers:
            points.setdefault(line.number.value, line.at)
        if len(points) == len(numbers) and letters <= seen:
            ordered = [points[number] for number in sorted(points)]
            between = lines[min(ordered) : max(ordered)]
            together = not any(one.letter or one.starts for one in between)
            return set(ordered) if together and all(a < b for a, b in pairwise(ordered)) else set()
    return set()
