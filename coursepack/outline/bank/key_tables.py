"""Tables of keys: numbers over letters, numbers beside letters, a column or a row for each variant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from coursepack import languages
from coursepack.model.blocks import Table, block_text
from coursepack.model.document import Grid
from coursepack.outline.bank.apart import offered
from coursepack.outline.bank.key_text import (
    PAIR,
    is_key_word,
    letter_before,
    part_of,
)
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.text import roman

SMALL = re.compile(r"[0-9]{1,5}")


_LETTERS = re.compile(r"[^\W\d_](?:\s*,\s*[^\W\d_])*")


_PAIR = 2


_ONE_KEY = re.compile(r"(?:[^\W\d_]|\d{1,2})(?:\s*,\s*(?:[^\W\d_]|\d{1,2}))*")


@dataclass(slots=True)
class NumberedKeys:
    """Keys by the numbers of the questions that they answer; ``head`` is the line, or the head of a column, above
    them: «Variant 2»."""

    head: str = ""
    by_number: dict[int, str] = field(default_factory=dict)


def table_of(source: OutlineSource, piece: Piece) -> list[list[str]] | None:
    """The texts of a table's cells."""
    table = source.builder.table(piece.object, None) if isinstance(piece.object, Grid) else piece.object
    if not isinstance(table, Table):
        return None
    return [[block_text(cell.blocks).strip() for cell in row.cells] for row in table.rows]


def is_key_table(source: OutlineSource, piece: Piece) -> bool:
    """Whether a table gives keys by number."""
    rows = table_of(source, piece)
    return rows is not None and (len(table_keys(rows)) > 1 or bool(parts_of(rows)))


def is_key_column(source: OutlineSource, piece: Piece) -> bool:
    """Whether a table is a column of keys below the word for answers."""
    rows = table_of(source, piece)
    return rows is not None and bool(_downward(rows))


def options_of(source: OutlineSource, piece: Piece) -> list[Piece]:
    """The cells of a table of answers beside or below their letters, as answers; nothing for another table, such as one
    of keys."""
    return [] if is_key_table(source, piece) else offered(source.stream.texts, piece)


def table_keys(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """The keys of a table: numbers over keys, a number and a key side by side, or both in each cell; below the word for
    answers in a column alone, in order."""
    if found := _downward(rows):
        return found
    rows = _unweighed(rows)
    worded = len(rows) > _PAIR and len(rows[0]) == _PAIR and is_key_word(rows[0][1])
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else []
        for number, key in _over(row, below) or _beside(row, worded=worded) or _inside(row):
            found.setdefault(number, key)
    return found


def _downward(rows: Sequence[Sequence[str]]) -> dict[int, str]:
    """The keys of a table of one column, the word for answers over those of all questions in order."""
    head, *below = [[cell for cell in row if cell] for row in rows] or [[]]
    alone = len(head) == 1 and is_key_word(head[0]) and all(len(row) == 1 for row in below)
    if not alone or len(below) <= _PAIR or not all(_ONE_KEY.fullmatch(row[0]) for row in below):
        return {}
    return {number: row[0] for number, row in enumerate(below, 1)}


def parts_of(rows: Sequence[Sequence[str]]) -> list[NumberedKeys]:
    """The columns of a table with the keys of a part in each, or its rows, below or beside one run of numbers; nothing
    of another table."""
    rows = _unweighed(rows)
    return _columns(rows) or _columns([list(column) for column in zip(*rows, strict=False)])


_POINTS = languages.expression(r"(?:@points@)\w*\.?", re.IGNORECASE)


def _unweighed(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """A table of keys without the columns that say what each question is worth."""
    head, *body = rows or [[]]
    if not body or any(len(row) != len(head) for row in rows):
        return rows
    left = [at for at, cell in enumerate(head) if _POINTS.fullmatch(cell) is None]
    return [[row[at] for at in left] for row in rows] if len(left) < len(head) else rows


def _columns(rows: Sequence[Sequence[str]]) -> list[NumberedKeys]:
    head, body = (rows[0], rows[1:]) if rows else ([], [])
    numbers = [int(cell) for row in body if row and SMALL.fullmatch(cell := row[0].strip(" .)"))]
    rising = len(numbers) == len(body) > _PAIR and all(b == a + 1 for a, b in pairwise(numbers))
    over = head[0].strip(" .)") if head else ""
    goes_on = bool(numbers) and SMALL.fullmatch(over) is not None and int(over) == numbers[0] - 1
    if len(head) <= _PAIR or not rising or goes_on or any(len(row) != len(head) for row in body):
        return []  # numbers that begin in the head are those of a folded row of keys
    cells = [cell for row in body for cell in row[1:]]
    worded = all(_WORD.match(cell) for cell in head[1:])
    each = all(not cell or worded or _ONE_KEY.fullmatch(cell) for cell in cells) and len(set(head)) == len(head)
    heads = [_unworded(cell) for cell in head[1:]]
    if not each or not all(map(_heads_part, heads)):
        return []
    columns = zip(*(row[1:] for row in body), strict=True)
    result = [
        NumberedKeys(name, dict(zip(numbers, column, strict=True))) for name, column in zip(heads, columns, strict=True)
    ]
    return [
        NumberedKeys(one.head, {number: key for number, key in one.by_number.items() if key.strip(_NONE)})
        for one in result
    ]


_NONE = " -–—"
"""What a cell holds that gives no key."""


_WORD = languages.expression(r"(?:@key-line@)(?!\w)", re.IGNORECASE)


def _heads_part(cell: str) -> bool:
    """Whether a cell counts a part, by a word and a number, or by a number or a letter alone."""
    plain = cell.strip(" .)")
    alone = bool(SMALL.fullmatch(plain)) or (len(plain) == 1 and plain.isalpha()) or roman.read(plain) is not None
    return alone or part_of(cell) is not None


def _unworded(cell: str) -> str:
    """The head of a column without the word for keys before the part: «Key (variant 1)»."""
    found = _WORD.match(cell)
    return cell[found.end() :].strip(" ().,:;–-") if found else cell


_Found = list[tuple[int, str]]


def _over(row: Sequence[str], below: Sequence[str]) -> _Found:
    """A row of numbers over a row of keys, «1», «№ 1», «Question 1»; the first cell of both may name them."""
    numbers = _arabic([_counts(cell) for cell in row])
    digits = sum(cell.isdigit() for cell in numbers)
    rising = [int(cell) for cell in numbers if SMALL.fullmatch(cell)]
    counts = digits >= len(row) - 1 and all(b - a == 1 for a, b in pairwise(rising))
    paired = digits == len(row) > 1 and all(_ONE_KEY.fullmatch(cell) for cell in below)
    worded = any(number != bare for number, bare in zip(numbers, _arabic([c.rstrip(".)") for c in row]), strict=True))
    if len(below) != len(row) or not counts or not (paired or len(row) > _PAIR):
        return []
    if worded and not all(_ONE_KEY.fullmatch(key) for n, key in zip(numbers, below, strict=True) if n.isdecimal()):
        return []  # questions of tickets below «Question 1», «Question 2»
    return [(int(n), key) for n, key in zip(numbers, below, strict=True) if SMALL.fullmatch(n)]


def _arabic(numbers: list[str]) -> list[str]:
    """Roman numbers that count on from «I» over keys, as digits; the first cell may name them."""
    for first in (0, 1):
        values = [roman.read(cell) for cell in numbers[first:]]
        if len(values) > _PAIR and values == list(range(1, len(values) + 1)):
            return [*numbers[:first], *map(str, values)]
    return numbers


_OF_QUESTION = languages.expression(
    r"(?:(?:@question@|@question-short@)\.?\s*№?\s*|№\s*)(?P<n>\d{1,4})|(?P<before>\d{1,4})\s*-\s*(?:@question@)",
    re.IGNORECASE,
)


def _counts(cell: str) -> str:
    """The number of a question in a head of a table of keys, without the word for it."""
    bare = cell.rstrip(".)")
    found = None if bare.isdecimal() else _OF_QUESTION.fullmatch(bare)
    return (found["n"] or found["before"]) if found else bare


def _beside(row: Sequence[str], *, worded: bool) -> _Found:
    """Numbers with a key behind each: letters, a letter with its answer, in a table that says so any words."""
    found: _Found = []
    for number, key in zip((cell.rstrip(".)") for cell in row[::2]), row[1::2], strict=False):
        is_key = _LETTERS.fullmatch(key) or letter_before(key) is not None or (worded and key)
        if SMALL.fullmatch(number) and is_key:
            found.append((int(number), key))
    return found


def _inside(row: Sequence[str]) -> _Found:
    """«1-C», a cell each."""
    found = [PAIR.fullmatch(cell) for cell in row if cell]
    return [(int(one["n"]), one["key"]) for one in found if one] if all(found) else []
