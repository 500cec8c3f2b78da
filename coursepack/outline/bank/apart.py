"""Matching questions whose points and answers stand beside one another, in rows of text or of a table, set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from coursepack.model.blocks import Run
from coursepack.model.document import Grid, Listing
from coursepack.outline.bank.lines import begins, follows
from coursepack.outline.bank.paired_lines import ROWS, runs
from coursepack.outline.pieces import Piece, SourceTexts
from coursepack.outline.stream import cell_text, cells_of

_PAIR = 2


def apart(texts: SourceTexts, pieces: Sequence[Piece]) -> tuple[list[Piece], frozenset[int]]:
    """The pieces; rows that hold a point and an answer each, «1) key   a) a field», are cut, those of a table as well:
    points first. And the places of the halves that bear numbers, which count no questions."""
    result: list[Piece] = []
    numbered: set[int] = set()

    def add(halves: Sequence[tuple[Piece, Piece]], *, letters_first: bool) -> None:
        first = len(result) + len(halves) * letters_first
        numbered.update(range(first, first + len(halves)))
        for side in zip(*halves, strict=True):
            result.extend(side)

    for run in runs([piece.text if piece.object is None and not piece.label else "" for piece in pieces]):
        at, found = run[0]
        table = _table(texts, pieces[at])
        if table is not None:
            result.extend(table.head)
            add(table.halves, letters_first=table.letters_first)
        elif len(run) == 1:
            result.append(pieces[at])
        elif found is not None:
            parts = [texts.cut(pieces[at], found.start("answer")) for at, found in run if found]
            halves = [(point, replace(answer, glued=False)) for point, answer in parts]
            add(halves, letters_first=found.re is ROWS[1])
    return result, frozenset(numbered)


@dataclass(frozen=True, slots=True)
class _PairTable:
    """A table of points beside answers: the cells of its head, the rows of its body."""

    head: list[Piece]
    halves: list[tuple[Piece, Piece]]
    letters_first: bool


def _table(texts: SourceTexts, piece: Piece) -> _PairTable | None:
    """A table whose rows, the first one apart, hold a point and an answer each that count on."""
    grid = piece.object
    if not isinstance(grid, Grid):
        return None
    cells = _paired(texts, cells_of(grid, texts))
    if any(len(row) != _PAIR for row in cells):
        return None
    lines = ["  ".join(_labelled(one) for cell in row for one in cell) for row in cells]
    for first in (0, 1):
        found = runs(lines[first:])
        if len(next(found, ())) == len(lines) - first > 1 and all(len(c) == 1 for row in cells[first:] for c in row):
            head = [one for row in cells[:first] for cell in row for one in cell]
            lettered = lines[first].lstrip("(")[:1].isalpha()
            return _PairTable(head, [(a[0], b[0]) for a, b in cells[first:]], lettered)
    return None


def _paired(texts: SourceTexts, cells: list[list[list[Piece]]]) -> list[list[list[Piece]]]:
    """The cells of a table; numbers and letters that have columns of their own stand before what they count."""
    marked = [row for row in cells if len(row) == 2 * _PAIR and all(map(_is_mark, row[::2]))]
    if len(marked) < max(len(cells) - 1, _PAIR) or any(len(row) != 2 * _PAIR for row in cells):
        return cells
    result: list[list[list[Piece]]] = []
    for row in cells:
        if all(map(_is_mark, row[::2])):
            texts.claim([one for cell in row[::2] for one in cell], "mark", reason="letter")
            pairs = ((cell_text(mark).strip(" ().]["), cell) for mark, cell in zip(row[::2], row[1::2], strict=True))
            result.append([lettered(cell, sign) if any(map(_holds, cell)) else cell for sign, cell in pairs])
        else:
            result.append([[*a, *b] for a, b in (row[:_PAIR], row[_PAIR:])])
    return result


def _is_mark(cell: Sequence[Piece]) -> bool:
    return _MARK.fullmatch(cell_text(cell).strip()) is not None


_MARK = re.compile(r"[(\[]?(?:\d{1,2}|[^\W\d_])[).\]:]?")


def offered(texts: SourceTexts, piece: Piece) -> list[Piece]:
    """The cells of a table in which letters alone stand before answers, or over them, as answers with those letters
    behind what else it holds; nothing for another table."""
    grid = piece.object
    if not isinstance(grid, Grid):
        return []
    cells = cells_of(grid, texts)
    places = {
        (at, column): found["letter"]
        for at, row in enumerate(cells)
        for column, cell in enumerate(row)
        if (found := _LETTER.fullmatch(cell_text(cell)))
    }
    letters = sorted(map(str.upper, places.values()))
    if len(letters) < _PAIR or not begins(letters[0]) or not all(follows(a, b) for a, b in pairwise(letters)):
        return []
    filled = [key for key, _ in _each(cells) if _at(cells, *key)]
    before = filled[: filled.index(min(places))]
    for down, right in ((0, 1), (1, 0)):
        bodies = {key: _at(cells, key[0] + down, key[1] + right) for key in places}
        taken = {*places, *((at + down, column + right) for at, column in places)}
        if all(bodies.values()) and len(taken) == 2 * len(places) == len(filled) - len(before):
            others = [one for key in before for one in _at(cells, *key)]
            marks = [one for key in places for one in _at(cells, *key)]
            texts.claim(marks, "mark", reason="letter")
            ordered = sorted(places, key=lambda key: letters.index(places[key].upper()))
            return [*others, *(one for key in ordered for one in lettered(bodies[key], places[key]))]
    return []


def unlisted(texts: SourceTexts, piece: Piece) -> list[Piece]:
    """The paragraphs of a listing from the first on that bear the letters of answers, as answers in code: «A. SELECT …»
    over «B. SELECT …»; nothing of another one."""
    if not isinstance(piece.object, Listing) or len(piece.parts) < _PAIR:
        return []
    lines = [texts.clean[part.unit][part.start : part.end] for part in piece.parts]
    found = [_OFFERS.match(line) for line in lines]
    first = next((at for at, one in enumerate(found) if one and begins(one["letter"])), len(lines))
    letters = [one["letter"] for one in found[first:] if one]
    if len(letters) < max(_PAIR, len(lines) - first) or not all(follows(a, b) for a, b in pairwise(letters)):
        return []
    above = [replace(piece, parts=piece.parts[:first])] if first else []
    answers = zip(piece.parts[first:], lines[first:], strict=True)
    return [*above, *(Piece(line, [part], (Run(text=line, code=True),), plain=True) for part, line in answers)]


_OFFERS = re.compile(r"\s*[(\[]?(?P<letter>[^\W\d_])[).\]]\s+\S")
_LETTER = re.compile(r"[(\[]?(?P<letter>[^\W\d_])[).\]:]?")
_LED = re.compile(r"[+*]?\s*[(\[]?(?P<letter>[^\W\d_])[).\]:]\s*\S")


def by_letter(cells: Sequence[Piece]) -> list[Piece]:
    """Answers in cells that count down the columns, «A) one | C) three» over «B) two | D) four», in their order; other
    cells as they stand."""
    found = [_LED.match(piece.text) if piece.object is None else None for piece in cells]
    letters = [one["letter"] for one in found if one]
    if len(letters) < len(cells) or len(cells) <= _PAIR:
        return list(cells)
    ordered = sorted(zip(letters, cells, strict=True), key=lambda pair: pair[0].upper())
    names = [letter for letter, _ in ordered]
    runs = begins(names[0]) and all(follows(a, b) for a, b in pairwise(names))
    return [cell for _, cell in ordered] if runs else list(cells)


def _each(cells: Sequence[Sequence[list[Piece]]]) -> Iterator[tuple[tuple[int, int], list[Piece]]]:
    return (((at, column), cell) for at, row in enumerate(cells) for column, cell in enumerate(row))


def _at(cells: Sequence[Sequence[list[Piece]]], row: int, column: int) -> list[Piece]:
    """The pieces of a cell that hold something; none behind the end of its row or the last one."""
    there = row < len(cells) and column < len(cells[row])
    return [one for one in cells[row][column] if _holds(one)] if there else []


def lettered(cell: Sequence[Piece], letter: str) -> list[Piece]:
    """The pieces of a cell as an answer with that letter; text that begins with a letter of its own loses none, and a
    line of code is the answer as well as any text. An empty cell is none."""
    held = [one for one in cell if _holds(one)]
    if not held:
        return []
    first, *more = held
    code = first.object
    if isinstance(code, Listing) and "\n" not in code.text.strip():
        text = code.text.strip()
        first = replace(first, object=None, text=text, content=(Run(text=text, code=True),))
    below = (replace(one, label=None, gap=False, plain=True) for one in more)
    return [replace(first, label=f"{letter})", gap=False), *below]


def _holds(piece: Piece) -> bool:
    return bool(piece.text or piece.content) or piece.object is not None


def _labelled(piece: Piece) -> str:
    return f"{piece.label} {piece.text}" if piece.label else piece.text
