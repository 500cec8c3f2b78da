"""Tables in which a number stands before each question and a letter before each of its answers, in a column of their
own: «1 | Which gas …», «A | oxygen», «B | neon»."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from coursepack.model.document import Grid
from coursepack.outline.bank.apart import lettered
from coursepack.outline.bank.lines import begins, follows
from coursepack.outline.pieces import Piece, Texts
from coursepack.outline.stream import cell_text, cells_of

_NUMBER = re.compile(r"№?\s?(?P<n>\d{1,4})[.)]?")
_LETTER = re.compile(r"[(\[]?(?P<letter>[^\W\d_])[).\]:]?")
_LEAST = 2


def counted_rows(texts: Texts, piece: Piece) -> list[Piece]:
    """The questions and answers of such a table as lines with their numbers and letters; nothing for another table."""
    grid = piece.object
    if not isinstance(grid, Grid) or len(grid.rows) <= _LEAST:
        return []
    rows = cells_of(grid, texts)
    marks = [cell_text(row[0]).strip() if row else "" for row in rows]
    first = next((at for at, mark in enumerate(marks) if _NUMBER.fullmatch(mark)), len(rows))
    if first > 1 or not _are_questions(marks[first:]) or not all(_is_row(row) for row in rows[first:]):
        return []
    made = [one for row in rows[:first] for cell in row for one in cell if one.text]
    texts.claim(made, "mark", reason="heading")
    made = []
    for row, mark in zip(rows[first:], marks[first:], strict=True):
        texts.claim(row[0], "mark", reason="letter")
        if found := _NUMBER.fullmatch(mark):
            head, *below = [one for one in row[1] if one.text or one.content or one.object is not None]
            made += [replace(head, label=f"{found['n']}.", gap=False), *below]
        elif letter := _LETTER.fullmatch(mark):
            made += lettered(row[1], letter["letter"])
    return made


def _are_questions(marks: Sequence[str]) -> bool:
    """Whether numbers that count on stand over letters from the first on, and nothing else does."""
    number, letter, asked, chosen = 0, "", 0, 0
    for mark in marks:
        if found := _NUMBER.fullmatch(mark):
            if asked and (int(found["n"]) != number + 1 or not letter):
                return False
            number, letter, asked = int(found["n"]), "", asked + 1
        elif (sign := _LETTER.fullmatch(mark)) is not None:
            if not (follows(letter, sign["letter"]) if letter else begins(sign["letter"])):
                return False
            letter, chosen = sign["letter"], chosen + 1
        else:
            return False
    return asked >= _LEAST and chosen >= _LEAST * asked


def _is_row(row: Sequence[Sequence[Piece]]) -> bool:
    """Whether the cell behind the mark holds something, and no other does."""
    held = [any(one.text or one.content or one.object is not None for one in cell) for cell in row[1:]]
    return bool(held) and held[0] and not any(held[1:])
