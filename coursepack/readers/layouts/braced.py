"""GIFT that stands in a document: its paragraphs, whatever blank lines are between them.

A question ends with the brace that closes its answers; what stands before the next brace asks. Numbers that are typed
before questions and count on are no part of them. Rules of the format itself are those of ``readers.gift``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from coursepack.model.questions import Question
from coursepack.readers import gift
from coursepack.readers.layouts.pieces import NOT_TEXT, LayoutPiece
from coursepack.readers.streams import ReadingSession

SIGN = re.compile(r"^\s*(?:[~={}]|::|\$CATEGORY:)")
_ANSWERS = re.compile(r"\{\s*[~=#%]|^\s*[~=]\s*\S|[~=#][^{}]*\}\s*$")
_NUMBER = re.compile(r"(?P<n>\d{1,4})\s*[.)]\s*(?=\S)")
_COMMA = re.compile(r"%(-?\d+),(\d+)%")
_LEAST = 2


def tells(texts: list[str]) -> bool:
    """Whether lines are GIFT: answers with signs in most of them, braces that open and close."""
    opened, closed = (sum(text.count(sign) for text in texts) for sign in "{}")
    signed = sum(bool(_ANSWERS.search(text)) for text in texts)
    paired = closed >= _LEAST and abs(opened - closed) * 50 <= opened + 50  # one may be forgotten
    return paired and signed * 2 >= len(texts)


def questions(session: ReadingSession, pieces: Callable[[], Iterable[LayoutPiece]]) -> Iterator[Question]:
    """The questions of a document in GIFT."""
    reader = gift.GiftReader(session)
    last = 0
    for group in _groups(session, pieces()):
        number, first = group[0]
        typed = _NUMBER.match(first)
        if typed and int(typed["n"]) in {1, last + 1}:
            group[0], last = (number, first[typed.end() :]), int(typed["n"])
        yield from reader.question(group)


def _groups(session: ReadingSession, pieces: Iterable[LayoutPiece]) -> Iterator[gift.Group]:
    """The lines of each question. What is no letter (a picture, a formula) is counted as left out."""
    group: gift.Group = []
    for piece in pieces:
        if piece.block is not None or NOT_TEXT in piece.text:
            session.lost["picture, table or formula"] += 1
        text = _COMMA.sub(r"%\1.\2%", piece.text.replace(NOT_TEXT, "").strip())
        if not text:
            continue
        if "{" in text and gift.depth(group) > 0:  # the brace before it was never closed
            requested = _asked(group) if text.startswith("{") else len(group)
            yield group[:requested]
            group = group[requested:]
        group.append((piece.number, text))
        session.keep_to(sum(len(line) for _, line in group), group[0][0])
        if text.endswith("}"):
            yield group
            group = []
    if group:
        yield group


def _asked(group: gift.Group) -> int:
    """Where the lines behind the last answer begin: they ask what follows."""
    return next((at for at in range(len(group), 0, -1) if _ANSWERS.search(group[at - 1][1])), 0)
