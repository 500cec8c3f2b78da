"""Lists of keys by the numbers of questions, and which question each of them is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from coursepack import languages
from coursepack.outline.bank.key_tables import SMALL, NumberedKeys, parts_of, table_keys, table_of
from coursepack.outline.bank.key_text import (
    CLASS,
    keys_below,
    letter_before,
    matched,
    numbers_of,
    pairs_of,
    part_of,
    parted,
    row_of,
    several_glued,
    worded,
)
from coursepack.outline.bank.named import named
from coursepack.outline.bank.parts import DraftQuestion
from coursepack.outline.blocks import list_label
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.ordinals import counted
from coursepack.text import roman

_PAIR = 2


def key_lists(source: OutlineSource, pieces: Sequence[Piece]) -> list[NumberedKeys]:
    """Keys by number, a list each time the numbers begin anew or a heading counts a part: «1-A 2-B …», or a table."""
    found: list[NumberedKeys] = []
    for kept in kept_in(source, pieces):
        if isinstance(kept, NumberedKeys):
            found.append(kept)
        elif isinstance(kept, str):
            found.append(NumberedKeys(kept))
        else:
            number, key = kept
            if not found or number in found[-1].by_number:
                found.append(NumberedKeys())
            found[-1].by_number[number] = key
    return [one for one in found if one.by_number]


def kept_in(source: OutlineSource, pieces: Sequence[Piece]) -> Iterator[tuple[int, str] | str | NumberedKeys]:
    """What lines and tables hold: keys with their numbers, headings of parts, the columns of a table with one for each
    part."""
    numbers: list[int] = []
    lettered = _by_letter(pieces)
    yield from lettered.items()
    for piece in pieces:
        if lettered and _OF_LETTER.fullmatch(piece.text):
            continue
        table = table_of(source, piece)
        if table is not None:
            lists = parts_of(table)
            yield from lists or table_keys(table).items()
            continue
        if (key := named(piece.text)) is not None:
            yield key.number, key.key
            continue
        label = f"{piece.label.strip()} " if piece.label else ""
        if parts := parted(label + piece.text):
            yield from (NumberedKeys(part.head, dict(part.keys)) for part in parts)
            continue
        if ordered := row_of(label + piece.text):
            yield from ordered
            continue
        below = keys_below(label + piece.text, len(numbers)) if numbers else []
        yield from zip(numbers, below, strict=False)
        numbers = [] if below else numbers_of(label + piece.text)
        if not (below or numbers):
            yield from _of_line(piece, label + piece.text)


def _of_line(piece: Piece, text: str) -> Iterator[tuple[int, str] | str]:
    """The keys of one line, or the part that it heads."""
    mark = list_label(piece)
    if mark is not None and mark.value and matched(piece.text[mark.end :]):  # «4. 1-B, 2-A»: of a matching question
        yield mark.value, piece.text[mark.end :].strip()
        return
    found = _pairs_of_line(piece, text)
    if not found and part_of(piece.text):
        yield piece.text.strip(" .:")
    yield from found


def _pairs_of_line(piece: Piece, text: str) -> Sequence[tuple[int, str]]:
    mark = list_label(piece)
    found: Sequence[tuple[int, str]] = pairs_of(text)
    if len(row := _numbered_row(text)) > len(found):
        return row
    if mark is not None and mark.value and _is_one(found, mark.value, piece.text[mark.end :].strip()):
        return [(mark.value, piece.text[mark.end :].strip())]
    if glued := several_glued(text):
        return [glued]
    if len(found) < _PAIR and (worded_pair := _in_words(text)) and (not found or _FORMULA.match(worded_pair[1])):
        return [worded_pair]
    if len(found) < _PAIR and (questions := _OF_QUESTION.fullmatch(text)):
        return [(int(questions["n"]), questions["key"].strip())]
    return found


def _in_words(text: str) -> tuple[int, str] | None:
    """The key in words of one line with a number, «9: Mayday»; a heading of a part is none, «2-бөлім»."""
    return None if any(one.kind for one in counted(text)) else worded(text)


_FORMULA = re.compile(r"\w+\s*[=+*/^<>≈≤≥×·]")
"""A key that only begins as the letter of an answer does: «V = IR»."""


_OF_LETTER = re.compile(
    rf"(?P<key>{CLASS})\s*[.:)=–—-]+\s*(?P<numbers>\d{{1,4}}(?:\s*[,;]\s*\d{{1,4}})*)\s*[.;]?", re.IGNORECASE
)


def _by_letter(pieces: Sequence[Piece]) -> dict[int, str]:
    """The keys of lines that give the questions of each letter: «A: 3, 6», «B: 1, 5»; nothing of a single one."""
    found = [one for piece in pieces if (one := _OF_LETTER.fullmatch(piece.text))]
    keys: dict[int, str] = {}
    for one in found if len(found) > 1 else ():
        for number in map(int, re.findall(r"\d+", one["numbers"])):
            keys[number] = f"{keys[number]}, {one['key']}" if number in keys else one["key"]
    return dict(sorted(keys.items()))


_OF_QUESTION = languages.expression(
    r"(?:@question@|@question-short@)\.?\s*(?:№\s*)?(?P<n>\d{1,4})\s*(?:[.:)=]+|[–—-])\s*(?P<key>\S.*)", re.IGNORECASE
)
"""«Question 1: carbon dioxide», among keys."""


_COUNTED = re.compile(r"(?<!\S)(?P<n>\d{1,3})[.)]?\s+(?=\S)")


def _numbered_row(text: str) -> list[tuple[int, str]]:
    """Keys in words of one line, «6. T 7. False 8. the cell»: numbers that count on, with what stands behind each."""
    run: list[re.Match[str]] = []
    for found in _COUNTED.finditer(text):
        if not run or int(found["n"]) == int(run[-1]["n"]) + 1:
            run.append(found)
    if len(run) < _PAIR or len(text[: run[0].start()].split()) > _PAIR:
        return []
    ends = [*(one.start() for one in run[1:]), len(text)]
    return [(int(one["n"]), text[one.end() : end].strip(" ,;")) for one, end in zip(run, ends, strict=True)]


def _is_one(found: Sequence[tuple[int, str]], number: int, key: str) -> bool:
    """Whether a line with a number states one key, of which ``found`` may be a part: «1. Astana», «1. B) Astana»."""
    numbers = [one for one, _ in found]
    listed = numbers == list(range(number, number + len(numbers)))
    return not listed or not numbers or (len(numbers) == 1 and letter_before(key) is not None)


def deal(items: Sequence[DraftQuestion], lists: Sequence[NumberedKeys]) -> dict[int, str]:
    """The key of each question (by its place) that lists of keys give: to each run of numbers the list below the same
    heading, or one list a run, or one for all whose numbers come once."""
    runs = _number_runs(items)
    if len(lists) == len(runs):
        dealt = zip(runs, _headed(items, runs, lists), strict=True)
        return {at: keys.by_number[n] for run, keys in dealt for at, n in run if n in keys.by_number}
    every = [pair for run in runs for pair in run]
    known: dict[int, str] = {}
    for keys in lists:
        for number, key in keys.by_number.items():
            known.setdefault(number, key)
    count = Counter(n for _, n in every)
    alone = len(lists) == 1 and len(runs) == 1
    return {at: known[n] for at, n in every if n in known and (alone or count[n] == 1)}


def _headed(
    items: Sequence[DraftQuestion], runs: Sequence[_Run], lists: Sequence[NumberedKeys]
) -> Sequence[NumberedKeys]:
    """The lists in the order of the runs of questions, by the numbers in the headings of both where those are the
    same."""
    own = [next((value for name in reversed(items[run[0][0]].path) if (value := _value(name))), 0) for run in runs]
    by_head = {_value(keys.head): keys for keys in lists}
    return [by_head[value] for value in own] if set(own) == set(by_head) and len(by_head) == len(lists) else lists


def _value(head: str) -> int:
    """The number that a heading counts."""
    if SMALL.fullmatch(plain := head.strip(" .)№")):
        return int(plain)
    if value := roman.read(plain):
        return value
    found = part_of(head)
    return found[1] if found else 0


_Run = list[tuple[int, int]]
"""Questions with numbers that count on: their places and numbers."""


def _number_runs(items: Sequence[DraftQuestion]) -> list[_Run]:
    runs: list[_Run] = []
    for at, item in enumerate(items):
        if item.number is None:
            continue
        if not runs or item.number <= runs[-1][-1][1]:
            runs.append([])
        runs[-1].append((at, item.number))
    return runs
