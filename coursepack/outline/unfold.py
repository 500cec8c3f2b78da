"""Tables that hold a list: questions, tests, tickets, unfolded into pieces as if they had been typed line by line.

What a column holds is told by its head (``[table]`` in the markers); a table without such heads that only lays out a
page (a ticket a row, a head of three cells) is read cell by cell.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from coursepack import languages
from coursepack.model.document import Grid
from coursepack.outline.found import Source
from coursepack.outline.pieces import Part, Piece
from coursepack.outline.stream import flatten

_NUMBER = re.compile(r"(\d{1,3})\s*[.)]?")
_AMOUNT = re.compile(r"\d{1,4}(?:[.,]\d+)?\s*%?")
_SHORT_NAME = 45
_PAIR = 2
_SHORTEST = 5
"""Letters that a question has at least, which a key or a number has not."""
_LISTS = frozenset({"questions", "tests", "tickets", "assessment-fund", "syllabus"})

# The cells of a row, each with its pieces.
_Row = list[list[Piece]]


def lists_by_heads(source: Source, cells: Sequence[str]) -> bool:
    """Whether the heads of a table's columns say that it holds questions."""
    return "question" in {source.marks.holds(text) for text in cells}


def may_list(source: Source, piece: Piece, cells: Sequence[str]) -> bool:
    """Whether a table may hold questions: by its heads, or because the document is said to be a test."""
    spanned = isinstance(piece.object, Grid) and _spans(piece.object)
    return lists_by_heads(source, cells) or source.entry.role == "tests" or spanned


def _spans(grid: Grid) -> bool:
    """Whether a cell beside several rows each tells what they belong to: a ticket, its questions below one another."""
    tall = [len(row) == _PAIR and row[0].rowspan > 1 for row in grid.rows]
    return sum(tall) > 1 and all(is_tall or len(row) == 1 for is_tall, row in zip(tall, grid.rows, strict=True))


def _spanned(source: Source, grid: Grid, rows: Sequence[_Row]) -> list[Piece]:
    """Tickets whose numbers stand beside their questions; nothing where they are no numbers that count on."""
    heads = [_NUMBER.fullmatch(_text(row[0])) if len(row) == _PAIR else None for row in rows]
    values = [int(found[1]) for found in heads if found]
    if len(values) < sum(len(row) == _PAIR for row in rows) or any(b != a + 1 for a, b in pairwise(values)):
        return []
    made: list[Piece] = []
    count = 0
    for row, found in zip(rows, heads, strict=True):
        if found:
            made.append(_said(row[0], _opening(int(found[1])).text))
            count = 0
        count += 1
        made.extend(_numbered(row[-1], count))
    return made


def unfolded(source: Source, piece: Piece) -> list[Piece]:
    """The cells of a table of questions, tests or tickets as lines; nothing for another table."""
    grid = piece.object
    if not isinstance(grid, Grid) or not grid.rows:
        return []
    rows = [
        [flatten(Grid(rows=((cell,),), number=grid.number), source.stream.texts) for cell in row] for row in grid.rows
    ]
    heads = [source.marks.holds(_text(cell)) for cell in rows[0]]
    body = [row for row in rows[1:] if len(row) == len(heads)]
    if len(rows) > 1 and "ticket" in heads and "question" in heads:
        return _tickets(source, rows[0], heads, body)
    if len(rows) > 1 and "question" in heads and {"options", "option", "key"} & set(heads):
        return _tests(source, rows[0], heads, body)
    if len(rows) > 1 and "question" in heads and not _are_amounts(heads, body):
        return _questions(source, rows[0], heads, body)
    if _spans(grid) and (spanned := _spanned(source, grid, rows)):
        return spanned
    if source.entry.role == "syllabus":
        return []
    if source.entry.role == "tickets":
        return [one for row in rows for cell in row for one in cell]
    if source.entry.role == "questions":
        return _bare(source, rows)
    if source.entry.role == "tests":
        return _by_shape(source, rows)
    return []


def _are_amounts(heads: Sequence[str | None], rows: Sequence[_Row]) -> bool:
    """Whether short names stand beside their amounts, «Item | Points»: no list of questions."""
    asked = heads.index("question")
    texts = [_text(row[asked]) for row in rows]
    beside = [[_text(row[at]) for row in rows] for at in range(asked + 1, len(heads)) if heads[at] != "number"]
    amounts = any(all(_AMOUNT.fullmatch(text) for text in column) for column in beside if column)
    return amounts and all(len(text) < _SHORT_NAME and "?" not in text for text in texts)


def _text(cell: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in cell).strip()


def _claimed(source: Source, cells: Sequence[Sequence[Piece]], reason: str) -> None:
    for cell in cells:
        source.stream.texts.claim(cell, "mark", part="exam", reason=reason)


def _questions(source: Source, top: _Row, heads: Sequence[str | None], rows: Sequence[_Row]) -> list[Piece]:
    """A question a row, its number in a column of its own, or in none."""
    _claimed(source, top, "table head")
    made: list[Piece] = []
    for nth, row in enumerate(rows, 1):
        number = nth
        for kind, cell in zip(heads, row, strict=True):
            if kind == "question":
                made.extend(_numbered(cell, number))
                continue
            found = _NUMBER.fullmatch(_text(cell))
            number = int(found[1]) if found and kind == "number" else number
            source.stream.texts.claim(cell, "mark", part="exam", reason="number" if kind == "number" else "column")
    return made


def _numbered(cell: Sequence[Piece], number: int) -> list[Piece]:
    """The pieces of a cell, the first with the number that stands beside it."""
    return [
        replace(piece, label=f"{number}.", gap=False, bold=False) if at == 0 and not _own_number(piece) else piece
        for at, piece in enumerate(cell)
        if piece.text
    ]


def _own_number(piece: Piece) -> bool:
    return bool(piece.label or re.match(r"\d{1,3}[.)]\s", piece.text))


def _tests(source: Source, top: _Row, heads: Sequence[str | None], rows: Sequence[_Row]) -> list[Piece]:
    """A question, its answers (one column or one each) and its key a row."""
    _claimed(source, top, "table head")
    letters = _letters(heads)
    made: list[Piece] = []
    for nth, row in enumerate(rows, 1):
        number, keys = nth, list[Piece]()
        for kind, cell, letter in zip(heads, row, letters, strict=True):
            text = _text(cell)
            if kind == "question":
                made.extend(_numbered(cell, number))
            elif kind == "option":
                made.extend(_lettered(cell, letter))
            elif kind == "options":
                made.extend(cell)
            elif kind == "key" and text:
                keys.append(_said(cell, f"ANSWER: {text}"))
            else:
                found = _NUMBER.fullmatch(text)
                number = int(found[1]) if found and kind == "number" else number
                source.stream.texts.claim(cell, "mark", part="exam", reason="number" if found else "column")
        made.extend(keys)
    return made


def _letters(heads: Sequence[str | None]) -> list[str]:
    """A letter for each column of answers, in order."""
    count = itertools.count(ord("A"))
    return [chr(next(count)) if kind == "option" else "" for kind in heads]


def _lettered(cell: Sequence[Piece], letter: str) -> list[Piece]:
    """The pieces of a cell as an answer with that letter; text that begins with a letter of its own loses none."""
    kept = [piece for piece in cell if piece.text or piece.content or piece.object is not None]
    return [replace(piece, label=f"{letter})" if at == 0 else None, gap=False) for at, piece in enumerate(kept)]


def _by_shape(source: Source, rows: Sequence[_Row]) -> list[Piece]:
    """A table whose heads nobody knows: a number, a question and answers a row. It says of none that it is right."""
    width = len(rows[0])
    numbered = [row for row in rows if len(row) == width and (_NUMBER.fullmatch(_text(row[0])) or _automatic(row[0]))]
    asked = sum(sum(map(str.isalpha, _text(row[1]))) > _SHORTEST for row in numbered)
    if width < 4 or len(numbered) < 3 or len(numbered) < len(rows) - 1 or asked * 2 < len(numbered):
        return []
    heads = ["number", "question", *["option"] * (width - 2)]
    top = rows[0] if numbered[0] is not rows[0] else [[] for _ in heads]
    return _tests(source, top, heads, numbered)


def _said(cell: Sequence[Piece], text: str) -> Piece:
    """A cell as the line that it would be outside a table."""
    parts: list[Part] = [part for piece in cell for part in piece.parts]
    return Piece(text, parts, replaced=True, language=cell[0].language)


def _tickets(source: Source, top: _Row, heads: Sequence[str | None], rows: Sequence[_Row]) -> list[Piece]:
    """A ticket a row, its questions in columns."""
    _claimed(source, top, "table head")
    made: list[Piece] = []
    for nth, row in enumerate(rows, 1):
        count = 0
        for kind, cell in zip(heads, row, strict=True):
            found = re.search(r"\d{1,3}", _text(cell))
            if kind == "ticket":
                made.append(_said(cell, _opening(int(found[0]) if found else nth).text) if cell else _opening(nth))
            elif kind == "question":
                count += 1
                made.extend(_numbered(cell, count))
            else:
                source.stream.texts.claim(cell, "mark", part="exam", reason="column")
    return made


_TICKET = languages.words("ticket")[0]
"""How a ticket of a table is opened for who reads on."""


def _opening(number: int) -> Piece:
    return Piece(f"{_TICKET} № {number}", [], replaced=True)


def _bare(source: Source, rows: Sequence[_Row]) -> list[Piece]:
    """A table without heads: a number beside each question, or cells one after another."""
    numbered = [row for row in rows if len(row) > 1 and (_NUMBER.fullmatch(_text(row[0])) or _automatic(row[0]))]
    if len(numbered) * 2 <= len(rows):
        return [one for row in rows for cell in row for one in cell if one.text]
    made: list[Piece] = []
    for nth, row in enumerate(rows, 1):
        found = _NUMBER.fullmatch(_text(row[0]))
        if found or _automatic(row[0]):
            source.stream.texts.claim(row[0], "mark", part="exam", reason="number")
            made.extend(one for cell in row[1:] for one in _numbered(cell, int(found[1]) if found else nth))
        else:
            made.extend(one for cell in row for one in cell if one.text)
    return made


def _automatic(cell: Sequence[Piece]) -> bool:
    return not _text(cell)
