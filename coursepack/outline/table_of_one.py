"""A table that holds one question of a test: its text in the first row, then one answer in each row, its key in the
last."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from coursepack import languages
from coursepack.outline.bank.apart import lettered
from coursepack.outline.bank.key_text import is_key_word, key_of
from coursepack.outline.bank.lines import begins, follows
from coursepack.outline.pieces import Piece, UnitRange
from coursepack.outline.stream import cell_text

_LETTER = re.compile(r"[(\[]?(?P<letter>[^\W\d_]|\d)[).\]:]?")
_QUESTION_LABEL = languages.expression(
    r"(?:@question@|(?:@question-short@)\.?)(?:(?:\s+[^\W\d_]{1,10}\.?)?\s*[:№#]*\s*\d{1,4})?\s*[:.)]?|"
    r"№?\s*\d{1,4}[.)]?",
    re.IGNORECASE,
)
"""«Question», «Question 3», «Question number: 3», «Q. 3)», «3.»."""
_ANSWER_LABEL = languages.expression(
    r"(?:@option-word@|@key-line@)\s*(?:№\s*)?(?P<letter>[^\W\d_]|\d)[).:]?", re.IGNORECASE
)
"""«Option 1», «Answer B» in the cell before an answer."""
_NUMBERED = re.compile(r"\d{1,4}[.)]\s")
RIGHT = languages.expression(r"[+✓√✔☑✅*]|(?:@right-mark@)", re.IGNORECASE)
WRONG = languages.expression(r"[-–—✗✘☐]?|(?:@wrong-mark@)", re.IGNORECASE)
_ASKS = ("?", ":", "…")
_FEWEST = 2
_PAIR = 2

Cell = Sequence[Piece]
Rows = Sequence[Sequence[Cell]]


def one_of(rows: Rows) -> tuple[list[Piece], list[Piece]] | None:
    """The question that a table holds, as if it had been typed line by line, and the pieces that are only labels; None
    for any other table."""
    rows, signed, beside = _without_signs(rows)
    filled = [[cell for cell in row if cell_text(cell)] for row in rows]
    if not filled or any(not row or len(row) > _PAIR for row in filled):
        return None
    led, head, below = _head(filled)
    keys = [row for row in below if _is_key(row)]
    if not head or len(keys) > 1 or (keys and keys[0] is not below[-1]):
        return None
    body = below[: len(below) - len(keys)]
    if len(body) < _FEWEST:
        return None
    named = _QUESTION_LABEL.fullmatch(cell_text(filled[0][0]))
    asks = named or keys or cell_text(head).endswith(_ASKS) or _NUMBERED.match(cell_text(head))
    alone = named or len(filled[0]) == 1  # «Week | Topic» heads columns
    counted_off = any(map(str.isalpha, (label := cell_text(filled[0][0])))) and any(map(str.isdigit, label))
    worded = bool(named) and counted_off  # «Question | Answer» heads keys by number
    if asks and alone and _is_lettered(body, numbers=bool(keys) or worded):
        result = [piece for row, letter in zip(body, _letters(body), strict=True) for piece in lettered(row[1], letter)]
        marks = [*led, *(row[0] for row in body)]
        key = [_key_line(row) for row in keys]
        if signed and len(signed) >= len(body):
            signed_rows = zip(body, signed[-len(body) :], strict=True)
            right = ", ".join(letter for letter, (_, one) in zip(_letters(body), signed_rows, strict=True) if one)
            key = [*key, _line(f"ANSWER: {right}", beside)][:1]
    elif not keys and (signs := _signs(body)):
        letters = [chr(ord("A") + at) for at in range(len(body))]
        result = [piece for row, letter in zip(body, letters, strict=True) for piece in lettered(row[0], letter)]
        right = ", ".join(letter for letter, one in zip(letters, signs, strict=True) if one)
        marks = led
        key = [_line(f"ANSWER: {right}", (row[1] for row in body if len(row) == _PAIR))]
    else:
        return None
    counted = [piece for cell in led for piece in cell if any(map(str.isdigit, piece.text))]
    first, *rest = [*counted, *head]
    dropped = [piece for cell in marks for piece in cell if not any(piece is one for one in counted)]
    return [replace(first, gap=True), *rest, *result, *key], dropped


def _without_signs(rows: Rows) -> tuple[Rows, list[bool], list[Cell]]:
    """The rows without a last column of signs for right and wrong answers; which rows below the first are right, and
    the cells of that column."""
    body = rows[1:]
    if len(body) < _FEWEST or any(len(row) != _PAIR + 1 for row in rows):
        return rows, [], []
    texts = [cell_text(row[-1]).strip() for row in body]
    right = [bool(RIGHT.fullmatch(one)) for one in texts]
    all_signs = all(one or WRONG.fullmatch(text) for one, text in zip(right, texts, strict=True))
    if not all_signs or not 0 < sum(right) < len(right):
        return rows, [], []
    return [row[:-1] for row in rows], right, [row[-1] for row in rows if cell_text(row[-1])]


def _head(filled: Rows) -> tuple[list[Cell], Cell, Rows]:
    """The cells with the number or label of the question, the cell with its text, and the rows below."""
    first = filled[0]
    if _QUESTION_LABEL.fullmatch(cell_text(first[0])):
        if len(first) == _PAIR:
            return [first[0]], first[1], filled[1:]
        if len(filled) > 1 and len(filled[1]) == 1:
            return [first[0]], filled[1][0], filled[2:]
        return [], (), ()
    if len(first) == 1 or not _LETTER.fullmatch(cell_text(first[0])):
        return list(first[1:]), first[0], filled[1:]
    return [], (), ()


def _is_key(row: Sequence[Cell]) -> bool:
    if len(row) == _PAIR:
        return is_key_word(cell_text(row[0])) and bool(cell_text(row[1]))
    return bool(key_of(cell_text(row[0])))


def _key_line(row: Sequence[Cell]) -> Piece:
    said = cell_text(row[-1])
    return _line(f"ANSWER: {key_of(said) or said}", row)


def _line(text: str, cells: Iterable[Cell]) -> Piece:
    """Cells as one line, as outside a table."""
    parts: list[UnitRange] = [part for cell in cells for piece in cell for part in piece.parts]
    return Piece(text, parts, replaced=True)


def _is_lettered(body: Rows, *, numbers: bool) -> bool:
    """Whether consecutive letters, or numbers where ``numbers`` allows them, are alone in the cells before answers."""
    letters = [one for row in body if len(row) == _PAIR and (one := _letter(row[0]))]
    if len(letters) < len(body):
        return False
    if letters[0].isdecimal():
        return numbers and letters == [str(n) for n in range(1, len(letters) + 1)]
    return begins(letters[0]) and all(follows(a, b) for a, b in pairwise(letters))


def _letters(body: Rows) -> list[str]:
    """The letters of answers; numbers become letters, since numbered lines may be a part of the question."""
    found = [_letter(row[0]) for row in body]
    return [chr(ord("A") + at) if one.isdecimal() else one for at, one in enumerate(found)]


def _letter(cell: Cell) -> str:
    """The letter or number of an answer that a cell holds, a word for answers before it or not."""
    text = cell_text(cell)
    found = _LETTER.fullmatch(text) or _ANSWER_LABEL.fullmatch(text.strip())
    return found["letter"] if found else ""


def _signs(body: Rows) -> list[bool]:
    """Whether each answer is right, by the sign or word in the next cell; empty where that cell holds anything else."""
    texts = [cell_text(row[1]) if len(row) == _PAIR else "" for row in body]
    right = [bool(RIGHT.fullmatch(one)) for one in texts]
    all_signs = all(one or WRONG.fullmatch(text) for one, text in zip(right, texts, strict=True))
    return right if all_signs and 0 < sum(right) < len(right) else []
