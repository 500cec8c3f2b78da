"""How deep the points of a plan lie inside one another: by the levels of their lists, by numbers of several parts
(«1.1»), by letters and bullets below numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack.outline.blocks import ListLabel, list_label
from coursepack.outline.pieces import Piece

DEEPEST = 9
"""As deep as lists of Word go."""
_FAR = 40
"""So many points behind one are looked through for the list that goes on."""
_NEAR = 4
"""Within so many points the next number follows the first of a list."""
_PARTS = re.compile(r"\(?(\d{1,3}(?:\.\d{1,3})+)(?:[.)]+\s*|\s+)(?=\S)")
_COUNTED = frozenset({"decimal", "paren", "lower-roman"})


@dataclass(frozen=True, slots=True)
class OutlinePoint:
    """A point: its piece, its printed mark, its level (1 for the outermost)."""

    piece: Piece
    mark: ListLabel | None
    level: int


@dataclass(frozen=True, slots=True)
class _Form:
    """What points beside one another share: the level of their list, the parts of their numbers, their marks."""

    listed: int
    parts: int
    kind: str


def leveled(pieces: Sequence[Piece]) -> list[OutlinePoint]:
    """Pieces of text as points. Numbers of several parts are marks where they stand below a number or beside another:
    «1.5 million people» has none."""
    found = [_mark(piece) for piece in pieces]
    numbers = [_parts(mark) for mark in found]
    sound = _sound(numbers)
    marks = [
        None if len(number) > 1 and not piece.label and at not in sound else mark
        for at, (piece, mark, number) in enumerate(zip(pieces, found, numbers, strict=True))
    ]
    result: list[OutlinePoint] = []
    around: list[_Form] = []
    for at, (piece, mark) in enumerate(zip(pieces, marks, strict=True)):
        if mark is None:
            around = []
            result.append(OutlinePoint(piece, None, 1))
            continue
        form = _Form(mark.level, max(len(numbers[at]), 1), mark.kind)
        around = _inside(around, form, mark.value, _go_on(marks, at, around))
        result.append(OutlinePoint(piece, mark, min(len(around), DEEPEST)))
    return result


def is_marked(piece: Piece) -> bool:
    """Whether a piece begins as a point of a list does, a number of several parts included."""
    return piece.object is None and _mark(piece) is not None


def _mark(piece: Piece) -> ListLabel | None:
    """The mark of a point, a typed number of several parts among them."""
    found = None if piece.label or piece.plain else _PARTS.match(piece.text)
    if found is None:
        return list_label(piece)
    return ListLabel("decimal", found.end(), int(found[1].rpartition(".")[2]), found[0].strip())


def _parts(mark: ListLabel | None) -> tuple[int, ...]:
    """The numbers of a mark: «2.1.» has two."""
    if mark is None or mark.kind not in _COUNTED:
        return ()
    return tuple(int(part) for part in re.findall(r"\d+", mark.printed))


def _sound(numbers: Sequence[tuple[int, ...]]) -> set[int]:
    """Which numbers of several parts count: the first below its own number («1», «1.1»), or one that counts on."""
    found: set[int] = set()
    last: dict[int, tuple[int, ...]] = {}
    for at, number in enumerate(numbers):
        if not number:
            continue
        before = last.get(len(number))
        above = number[-1] == 1 and last.get(len(number) - 1) == number[:-1]
        opens = number[-1] == 1 and any(_next(number, other) for other in numbers[at + 1 : at + _NEAR])
        if above or opens or (before is not None and _next(before, number)):
            found.add(at)
        last[len(number)] = number
    return found


def _next(before: tuple[int, ...], number: tuple[int, ...]) -> bool:
    """Whether a number comes after another of as many parts: «1.2» after «1.1», «2.1» after «1.4»."""
    if len(before) != len(number):
        return False
    beside = (*before[:-1], before[-1] + 1)
    return number == beside or (len(before) > 1 and number == (*before[:-2], before[-2] + 1, 1))


def _go_on(marks: Sequence[ListLabel | None], at: int, around: Sequence[_Form]) -> bool:
    """Whether the list around a point goes on behind it: what is marked otherwise up to there lies inside."""
    before = marks[at - 1] if at else None
    if not around or before is None:
        return False
    for mark in marks[at + 1 : at + 1 + _FAR]:
        if mark is None:
            return False
        if mark.kind == around[-1].kind and mark.level == around[-1].listed:
            return mark.value == 0 or mark.value > 1
    return False


def _inside(around: Sequence[_Form], form: _Form, value: int, goes_on: bool) -> list[_Form]:
    """The forms around a point, its own the last."""
    kept = list(around)
    while kept and (kept[-1].listed > form.listed or _has_more_parts(kept[-1], form)):
        kept.pop()
    while kept and form in kept and kept[-1] != form:
        kept.pop()
    if not kept or kept[-1] == form:
        return kept or [form]
    last = kept[-1]
    deeper = form.listed > last.listed or (form.listed == last.listed and form.parts > last.parts)
    lettered = last.kind in _COUNTED and form.kind not in _COUNTED
    if deeper or (value <= 1 and (lettered or goes_on)):
        return [*kept, form]
    return [*kept[:-1], form]


def _has_more_parts(one: _Form, other: _Form) -> bool:
    """Whether of two numbers in lists of one level the first has more parts."""
    counted = one.kind in _COUNTED and other.kind in _COUNTED
    return counted and one.listed == other.listed and one.parts > other.parts
