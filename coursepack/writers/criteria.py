"""Criteria that a task declares for its own marking: a table or a list of them with points.

Each criterion with its most points is a marking guide; where its levels stand with points of their own it is a rubric.
A table is one of criteria when its first head, its caption or the line above it says so, and when somewhere there marks
are spoken of: a task on «criteria» of something else has tables, too. What its columns are the numbers in them tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coursepack import languages
from coursepack.model.blocks import Block, Blocks, Heading, List, Paragraph, Row, Run, Table, block_text, inline_text
from coursepack.text.scripts import FOLDED

_CRITERIA, _MARKING, _TOTAL = languages.words("criteria"), languages.words("marking"), languages.words("total")
LONGEST_LEAD = 160
"""Letters of a line that introduces criteria; a longer one tells a story."""
_RANGE = re.compile(r"(?<!\d)(\d++(?:[.,]\d++)?)\s*+[-–—…]++\s*+(\d+(?:[.,]\d+)?)")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?!\w)")
_IN_BRACKETS = re.compile(r"[(\[]\s*(\d+(?:[.,]\d+)?)\s*[)\]]\s*$")
_SHORT_HEAD = 6
"""Letters over a column of row numbers: «№ п/п»."""
_MOST_WORDS = 4
"""A cell that says points says little beside: «до 5 баллов», «0–5 ұпай»."""
_AT_START = re.compile(r"(\d+(?:[.,]\d+)?)(?:\s*[^\W\d_]+\.?)?\s*[-–—:.)]+\s+(?!\d+\s*[-–—:%]|\d+$)")
_AT_END = re.compile(
    r"(?<!\s)(?:\s*[(\[–—:,;-]+\s*(?:[^\W\d_]{1,3}\s+){0,2}|\s+)"  # «Style – up to»
    r"(?:\d+(?:[.,]\d+)?\s*[-–—]\s*)?(\d+(?:[.,]\d+)?)\s*(?:[^\W\d_]+\.?|%)?\s*[)\]]?[.;,]?$"
)


@dataclass(frozen=True)
class RubricLevel:
    text: str
    points: float


@dataclass(frozen=True)
class RubricCriterion:
    """``points``: the most; ``about``: what it looks at; ``levels``: none in a marking guide."""

    name: str
    points: float
    about: str = ""
    levels: tuple[RubricLevel, ...] = ()


def total(found: Sequence[RubricCriterion]) -> float:
    return sum(criterion.points for criterion in found)


def declared(blocks: Blocks) -> tuple[RubricCriterion, ...]:
    """The criteria of the first table or list of them; none where there is no such."""
    return _first(blocks)[1]


def without(blocks: Blocks) -> Blocks:
    """A text without its criteria and the line that introduces them: Moodle shows the form of them on the same page.
    They stay where they hold more than letters, which a form cannot, and where no line may go without its text."""
    at, found = _first(blocks)
    if not found or not _plain(blocks[at]):
        return blocks
    ends = at + 1 == len(blocks) or isinstance(blocks[at + 1], Heading)
    leads = at > 0 and _introduces(blocks[at - 1], ends=ends)
    return (*blocks[: at - 1 if leads else at], *blocks[at + 1 :])


def parted(blocks: Blocks) -> tuple[Blocks, Blocks]:
    """A text without its table of criteria and the line that introduces it, and those two."""
    at, found = _first(blocks)
    if not found or not isinstance(blocks[at], Table):
        return blocks, ()
    ends = at + 1 == len(blocks) or isinstance(blocks[at + 1], Heading)
    start = at - 1 if at > 0 and _introduces(blocks[at - 1], ends=ends) else at
    return (*blocks[:start], *blocks[at + 1 :]), blocks[start : at + 1]


def _first(blocks: Blocks) -> tuple[int, tuple[RubricCriterion, ...]]:
    lead = ""
    for at, block in enumerate(blocks):
        result: tuple[RubricCriterion, ...] = ()
        if isinstance(block, Table):
            result = _of_table(block, lead)
        elif isinstance(block, List) and _names(lead) and _marks(f"{lead} {block_text((block,))}"):
            result = _of_list(block)
        if len(result) > 1:
            return at, result
        lead = _lead(block)
    return 0, ()


def _introduces(block: Block, *, ends: bool) -> bool:
    """Whether a line only says that criteria follow; ``ends``: nothing else stands below a heading."""
    words = _lead(block).rstrip()
    return _names(words) and (ends if isinstance(block, Heading) else not words.endswith((".", "!", "?", ";")))


def _plain(block: Block) -> bool:
    """Whether a table or a list holds letters alone: no picture, no formula, no link, no block within."""
    match block:
        case Table():
            held = [one for row in block.rows for cell in row.cells for one in cell.blocks]
        case List():
            held = [one for item in block.items for one in item.blocks]
        case _:
            return False
    lines = [one.content for one in held if isinstance(one, Paragraph)]
    return len(lines) == len(held) and all(isinstance(run, Run) and not run.href for line in lines for run in line)


def _lead(block: Block) -> str:
    words = inline_text(block.content) if isinstance(block, Paragraph | Heading) else ""
    return words if len(words) <= LONGEST_LEAD else ""


def _names(words: str) -> bool:
    """Whether a line or a head speaks of criteria."""
    return any(word in words.casefold() for word in _CRITERIA)


def _marks(words: str) -> bool:
    """Whether a line or a head speaks of marking."""
    return any(word in words.casefold() for word in _MARKING)


# --- a list -------------------------------------------------------------------------------------------------------


def _of_list(found: List) -> tuple[RubricCriterion, ...]:
    """Items that all end with their points."""
    result = []
    for item in found.items:
        words = _one_line(block_text(item.blocks))
        end = _AT_END.search(words)
        if end is None or not end.start() or not _amount(end[1]):
            return ()
        result.append(RubricCriterion(words[: end.start()], _amount(end[1])))
    return tuple(result)


# --- a table ------------------------------------------------------------------------------------------------------


def _of_table(table: Table, lead: str) -> tuple[RubricCriterion, ...]:
    rows = [[_one_line(block_text(cell.blocks)) for cell in row.cells] for row in table.rows]
    if len(rows) < 3 or len({len(row) for row in rows}) != 1 or any(map(_spans, table.rows)):
        return ()
    head, *body = rows
    if len(head) > 2 and _counts(head[0], [row[0] for row in body]):
        head, body = head[1:], [row[1:] for row in body]
    above = f"{inline_text(table.caption)} {lead}"
    if not (_names(f"{head[0]} {above}") and (_marks(f"{' '.join(head)} {above}") or _scaled(head))):
        return ()
    body = [row for row in body if not any(map(_sums, row[:2]))]
    if len(body) < 2 or len(head) < 2 or not all(row[0] for row in body):
        return ()
    return _levelled(head, body) or _guided(head, body)


def _scaled(head: Sequence[str]) -> bool:
    """Whether the heads count levels down or up: «Criterion | Excellent (10) | Fair (5) | Poor (0)»."""
    found = [_IN_BRACKETS.search(words) for words in head[1:]]
    points = [_amount(one[1]) for one in found if one is not None]
    return len(points) == len(head) - 1 > 1 and sorted(set(points)) in (points, points[::-1]) and _names(head[0])


def _spans(row: Row) -> bool:
    return any(cell.colspan > 1 or cell.rowspan > 1 for cell in row.cells)


def _counts(head: str, column: Sequence[str]) -> bool:
    """Whether a column only numbers the rows; the last may say «total»."""
    numbers = [cell.rstrip(".)") for cell in column if cell and not _sums(cell)]
    return len(head) <= _SHORT_HEAD and numbers == [str(n) for n in range(1, len(numbers) + 1)]


def _sums(words: str) -> bool:
    return words.casefold().translate(FOLDED).startswith(_TOTAL)


def _guided(head: Sequence[str], body: Sequence[Sequence[str]]) -> tuple[RubricCriterion, ...]:
    """One column of points: a marking guide; the other columns say what is looked at."""
    columns = [place for place in range(1, len(head)) if all(_points(row[place]) for row in body)]
    if len(columns) != 1:
        return ()
    at = columns[0]
    others = [place for place in range(1, len(head)) if place != at]
    result = []
    for row in body:
        reported = [f"{head[place]}: {row[place]}" if len(others) > 1 else row[place] for place in others if row[place]]
        result.append(RubricCriterion(row[0], _points(row[at]) or 0.0, "\n".join(reported)))
    return tuple(result)


def _levelled(head: Sequence[str], body: Sequence[Sequence[str]]) -> tuple[RubricCriterion, ...]:
    """Columns of levels: each head holds its points, or each cell begins with them."""
    heads = [_points(words, of_head=True) for words in head[1:]]
    places = [place for place, points in enumerate(heads, 1) if points is not None]
    if len(places) > 1 and not any(_points(row[place]) for row in body for place in places):
        if not any(_RANGE.search(head[place]) for place in places):
            return tuple(_criterion(row[0], [(row[at], heads[at - 1] or 0.0) for at in places]) for row in body)
        # A level from 70 to 89 has no points of its own: a person gives them.
        most = max(points for points in heads if points is not None)
        return tuple(
            RubricCriterion(row[0], most, "\n".join(f"{head[at]}: {row[at]}" for at in places if row[at]))
            for row in body
        )
    result = []
    for row in body:
        starts = [(cell, _AT_START.match(cell)) for cell in row[1:]]
        levels = [(cell[found.end() :], _amount(found[1])) for cell, found in starts if found]
        if len(levels) < 2 or len(levels) < sum(1 for cell in row[1:] if cell and not _points(cell)):
            return ()
        result.append(_criterion(row[0], levels))
    return tuple(result)


def _criterion(name: str, levels: Sequence[tuple[str, float]]) -> RubricCriterion:
    ordered = sorted((RubricLevel(words, points) for words, points in levels if words), key=lambda level: level.points)
    return RubricCriterion(name, max((level.points for level in ordered), default=0.0), "", tuple(ordered))


# --- numbers ------------------------------------------------------------------------------------------------------


def _points(words: str, *, of_head: bool = False) -> float | None:
    """The points that a cell says, of a range the most; None for a text that holds none, several, or much beside."""
    span = _RANGE.search(words)
    rest = _RANGE.sub(" ", words) if span else words
    numbers = [span[2]] if span else _NUMBER.findall(rest)
    beside = len(re.findall(r"[^\W\d_]+", rest))
    if len(numbers) != 1 or (span and _NUMBER.search(rest)) or (beside > _MOST_WORDS and not of_head):
        return None
    return _amount(numbers[0]) or (0.0 if of_head else None)


def _amount(number: str) -> float:
    return float(number.replace(",", "."))


def _one_line(words: str) -> str:
    return " ".join(words.split())
