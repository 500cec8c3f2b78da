"""Answers that a teacher wrote on the line before the number of each question: «__B__ 3. Which is …?», «_T_ 4. …»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from coursepack.outline.bank.limits import limits
from coursepack.outline.pieces import Piece, SourceTexts

_FILLED = re.compile(r"_+\s*(?P<key>[^\W_]{1,12})\s*_+\s*(?=(?:№\s*)?(?P<n>\d{1,3})\s?[.)])")


def with_keys_below(texts: SourceTexts, pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The pieces with a line that states the answer behind each such question, whose numbers count on."""
    found = [_FILLED.match(piece.text) if piece.object is None else None for piece in pieces]
    numbers = [int(one["n"]) for one in found if one]
    if len(numbers) < limits()["least-ends"] or any(b != a + 1 for a, b in pairwise(numbers)):
        return pieces
    result: list[Piece] = []
    key: Piece | None = None
    for piece, one in zip(pieces, found, strict=True):
        if key is not None and (one or piece.heading is not None):
            result.append(key)
            key = None
        if one is None:
            result.append(piece)
            continue
        sign, rest = texts.cut(piece, one.end())
        result.append(replace(rest, gap=piece.gap, glued=False))
        key = Piece(f"ANSWER: {one['key']}", sign.parts, replaced=True, language=piece.language)
    return [*result, *([key] if key is not None else [])]
