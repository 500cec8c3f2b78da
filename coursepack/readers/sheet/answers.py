"""Keys on a sheet of their own in the workbook of the questions: by number, a list for each sheet of questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from coursepack import languages

_NUMBER = re.compile(r"\(?(?P<n>\d{1,4})[.)]?")
_KEY = re.compile(r"[^\W\d_](?:\s*[,;]\s*[^\W\d_])*|\d{1,2}(?:\s*[,;]\s*\d{1,2})*")
_LONGEST = 60
_MOST = 3000
_LEAST = 2
_WORD = languages.expression(r"(?:@key-line@)(?!\w)", re.IGNORECASE)
_COUNT = re.compile(r"\d{1,3}")


@dataclass(slots=True)
class KeyList:
    """The keys of a sheet, or of one of its columns or rows, by the numbers of questions; ``name`` stands over it."""

    name: str
    by_number: dict[int, str] = field(default_factory=dict)


def key_lists(title: str, rows: Sequence[Sequence[str]]) -> list[KeyList]:
    """The keys that a sheet holds and nothing else; nothing of another sheet."""
    filled = [[cell.strip() for cell in cells] for cells in rows if any(map(str.strip, cells))]
    if len(filled) > _MOST or any(len(cell) > _LONGEST for cells in filled for cell in cells):
        return []
    width = max(map(len, filled), default=0)
    square = [[*cells, *[""] * (width - len(cells))] for cells in filled]
    while square and sum(map(bool, square[0])) < _LEAST:  # titles
        del square[0]
    return _lists(title, square) or _lists(title, [list(column) for column in zip(*square, strict=True)])


def _lists(title: str, rows: Sequence[Sequence[str]]) -> list[KeyList]:
    """Numbers in the first column, keys beside them, below what heads them."""
    body = [cells for cells in rows if cells and _NUMBER.fullmatch(cells[0])]
    if len(body) < _LEAST or len(rows) - len(body) > 1 or (len(body) < len(rows) and rows[0] in body):
        return []
    numbers = [int(number["n"]) for cells in body if (number := _NUMBER.fullmatch(cells[0]))]
    if any(b != a + 1 for a, b in pairwise(numbers)):
        return []
    head = rows[0] if len(body) < len(rows) else [""] * len(rows[0])
    result = []
    for at in range(1, len(head)):
        keys = [cells[at] for cells in body]
        reported = KeyList(head[at], {n: key for n, key in zip(numbers, keys, strict=True) if key})
        worded = _WORD.match(head[at]) or _WORD.match(title)
        if reported.by_number and (worded or all(_KEY.fullmatch(key) for key in reported.by_number.values())):
            result.append(reported)
    if len(result) == 1 and not (_WORD.match(result[0].name) or _WORD.match(title)):
        return []
    return result


def dealt(lists: Sequence[KeyList], titles: Sequence[str]) -> Iterator[tuple[str, dict[int, str]]]:
    """The keys of each sheet of questions: of the list that bears its title or its number, of the only list, or of as
    many lists in their order."""
    if len(lists) == len(titles) == 1:
        yield titles[0], lists[0].by_number
        return
    for at, title in enumerate(titles):
        same = [one for one in lists if one.name and (_plain(one.name) == _plain(title))]
        counted = [one for one in lists if _counted(title) and _counted(one.name) == _counted(title)]
        if len(found := same or counted) == 1:
            yield title, found[0].by_number
        elif len(lists) == len(titles) and not any(map(_named, lists)):
            yield title, lists[at].by_number


def _named(one: KeyList) -> bool:
    return bool(one.name) and bool(_counted(one.name))


def _plain(name: str) -> str:
    return " ".join(_WORD.sub("", name).lower().split()).strip(" ().:")


def _counted(name: str) -> str:
    found = _COUNT.findall(name)
    return found[0] if len(found) == 1 else ""
