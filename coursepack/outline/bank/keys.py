"""Which answers are right: a key line, a list or table of keys, a sign, a look, in this order.

What can be read in two ways is an error with its place; where two of them differ, the first holds and it is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from coursepack import languages
from coursepack.model.blocks import Table, block_text
from coursepack.model.document import Grid
from coursepack.outline.bank.apart import offered
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import places_of
from coursepack.outline.bank.named import named
from coursepack.outline.bank.parts import Item
from coursepack.outline.bank.said import (
    CLASS,
    PAIR,
    digits_of,
    is_key_word,
    keys_below,
    latin,
    letter_before,
    letters_of,
    matched,
    numbers_of,
    pairs_of,
    part_of,
    parted,
    row_of,
    several_glued,
    unremarked,
    worded,
)
from coursepack.outline.blocks import list_mark
from coursepack.outline.found import Source
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.ordinals import counted
from coursepack.text import roman

_SMALL = re.compile(r"[0-9]{1,5}")
_LETTERS = re.compile(r"[^\W\d_](?:\s*,\s*[^\W\d_])*")
_PAIR = 2
_ONE_KEY = re.compile(r"(?:[^\W\d_]|\d{1,2})(?:\s*,\s*(?:[^\W\d_]|\d{1,2}))*")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The places of the right answers as a key names them, in its order; ``other`` those that it may mean as well;
    None for a key that names no answer."""

    right: tuple[int, ...] | None
    other: tuple[int, ...] = ()


def judge(key: str, item: Item, texts: Sequence[str], *, lettered: bool = False) -> Verdict:
    """What a key means among the answers of a question, the ``texts`` of which are given; ``lettered``: all other keys
    of the bank are letters, so that «A» is no answer «A»."""
    labels = [latin(option.label) for option in item.options]
    key = unremarked(key)
    names = letters_of(key)
    same = tuple(at for at, text in enumerate(texts) if _plain(text) == _plain(key))
    if names is None and len(same) != 1:
        names = digits_of(key) or None
    if names is not None:
        named = _named(names, labels)
        if named is not None:
            if not any(labels) and (others := _elsewhere(key, len(labels))):
                return Verdict(named, others)
            clash = len(same) == 1 and same != named and len(names) == 1
            if clash and names[0].isdecimal() and any(label.isalpha() for label in labels):
                return Verdict(same)
            return Verdict(named, same if clash and not lettered else ())
    if len(same) == 1:
        return Verdict(same)
    before = letter_before(key)
    if before:
        named = _named([before[0]], labels)
        told = tuple(at for at, text in enumerate(texts) if _plain(text) == _plain(before[1]))
        if named is not None:
            return Verdict(named, told if len(told) == 1 and told != named else ())
    several = tuple(
        at for part in re.split(r"\s*[;\n]\s*", key) for at, text in enumerate(texts) if _plain(text) == _plain(part)
    )
    return Verdict(several or None)


def are_letters(told: Iterable[tuple[str, Item, Sequence[str]]]) -> bool:
    """Whether the keys of a bank are letters: several can mean nothing else, and none is the text of an answer."""
    plain = 0
    for key, item, texts in told:
        named = [one for one in letters_of(key) or () if one.isalpha()]
        alike = any(_plain(text) == _plain(key) for text in texts)
        if alike and not named:
            return False
        labels = {latin(option.label) for option in item.options}
        plain += bool(named) and not alike and labels.issuperset(named)
    return plain >= limits()["judged"]


def _named(names: Sequence[str], labels: Sequence[str]) -> tuple[int, ...] | None:
    """The answers that letters, or numbers, name; None where one of them names none."""
    if all(name in labels for name in names) and len(set(names)) == len(names):
        return tuple(labels.index(name) for name in names)
    if all(name.isdecimal() and 0 < int(name) <= len(labels) for name in names):
        return tuple(int(name) - 1 for name in names)
    if len(names) == 1 and (digits := digits_of(names[0])) and all(one in labels for one in digits):
        return tuple(labels.index(one) for one in digits)  # «231», «13»: each digit names an answer
    unlabelled = not any(labels)
    if unlabelled and all(len(name) == 1 and name.isalpha() for name in names):
        places = tuple(ord(name) - ord("A") for name in names)
        return places if all(0 <= place < len(labels) for place in places) else None
    return None


def _elsewhere(key: str, count: int) -> tuple[int, ...]:
    """Of answers without letters that a key counts by one: the other one that it may mean, since «В» is the third
    letter of the Cyrillic alphabet and looks like the second of the Latin one."""
    letter = key.strip(" .()").upper()
    if len(letter) != 1:
        return ()
    places = {place for place in places_of(letter).values() if place < count}
    return tuple(sorted(places)) if len(places) > 1 else ()


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" .;,").lower()


# --- lists and tables of keys


@dataclass(slots=True)
class Keys:
    """Keys by the numbers of the questions that they answer; ``head`` is the line, or the head of a column, above
    them: «Variant 2»."""

    head: str = ""
    by_number: dict[int, str] = field(default_factory=dict)


def key_lists(source: Source, pieces: Sequence[Piece]) -> list[Keys]:
    """Keys by number, a list each time the numbers begin anew or a heading counts a part: «1-A 2-B …», or a table."""
    found: list[Keys] = []
    for kept in kept_in(source, pieces):
        if isinstance(kept, Keys):
            found.append(kept)
        elif isinstance(kept, str):
            found.append(Keys(kept))
        else:
            number, key = kept
            if not found or number in found[-1].by_number:
                found.append(Keys())
            found[-1].by_number[number] = key
    return [one for one in found if one.by_number]


def kept_in(source: Source, pieces: Sequence[Piece]) -> Iterator[tuple[int, str] | str | Keys]:
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
            yield from (Keys(part.head, dict(part.keys)) for part in parts)
            continue
        if ordered := row_of(label + piece.text):
            yield from ordered
            continue
        below = keys_below(label + piece.text, len(numbers)) if numbers else []
        yield from zip(numbers, below, strict=False)
        numbers = [] if below else numbers_of(label + piece.text)
        if below or numbers:
            continue
        mark = list_mark(piece)
        if mark is not None and mark.value and matched(piece.text[mark.end :]):  # «4. 1-B, 2-A»: of a matching question
            yield mark.value, piece.text[mark.end :].strip()
            continue
        found: Sequence[tuple[int, str]] = pairs_of(label + piece.text)
        if len(row := _numbered_row(label + piece.text)) > len(found):
            found = row
        elif mark is not None and mark.value and _is_one(found, mark.value, piece.text[mark.end :].strip()):
            found = [(mark.value, piece.text[mark.end :].strip())]
        elif glued := several_glued(label + piece.text):
            found = [glued]
        elif len(found) < _PAIR and (said := _in_words(label + piece.text)) and (not found or _FORMULA.match(said[1])):
            found = [said]
        elif len(found) < _PAIR and (asked := _OF_QUESTION.fullmatch(label + piece.text)):
            found = [(int(asked["n"]), asked["key"].strip())]
        if not found and part_of(piece.text):
            yield piece.text.strip(" .:")
        yield from found


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


def table_of(source: Source, piece: Piece) -> list[list[str]] | None:
    """The texts of a table's cells."""
    table = source.builder.table(piece.object, None) if isinstance(piece.object, Grid) else piece.object
    if not isinstance(table, Table):
        return None
    return [[block_text(cell.blocks).strip() for cell in row.cells] for row in table.rows]


def is_key_table(source: Source, piece: Piece) -> bool:
    """Whether a table gives keys by number."""
    rows = table_of(source, piece)
    return rows is not None and (len(table_keys(rows)) > 1 or bool(parts_of(rows)))


def is_key_column(source: Source, piece: Piece) -> bool:
    """Whether a table is a column of keys below the word for answers."""
    rows = table_of(source, piece)
    return rows is not None and bool(_downward(rows))


def options_of(source: Source, piece: Piece) -> list[Piece]:
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


def parts_of(rows: Sequence[Sequence[str]]) -> list[Keys]:
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


def _columns(rows: Sequence[Sequence[str]]) -> list[Keys]:
    head, body = (rows[0], rows[1:]) if rows else ([], [])
    numbers = [int(cell) for row in body if row and _SMALL.fullmatch(cell := row[0].strip(" .)"))]
    rising = len(numbers) == len(body) > _PAIR and all(b == a + 1 for a, b in pairwise(numbers))
    if len(head) <= _PAIR or not rising or any(len(row) != len(head) for row in body):
        return []
    cells = [cell for row in body for cell in row[1:]]
    worded = all(_WORD.match(cell) for cell in head[1:])
    each = all(not cell or worded or _ONE_KEY.fullmatch(cell) for cell in cells) and len(set(head)) == len(head)
    heads = [_unworded(cell) for cell in head[1:]]
    if not each or not all(map(_heads_part, heads)):
        return []
    columns = zip(*(row[1:] for row in body), strict=True)
    made = [Keys(name, dict(zip(numbers, column, strict=True))) for name, column in zip(heads, columns, strict=True)]
    return [Keys(one.head, {number: key for number, key in one.by_number.items() if key.strip(_NONE)}) for one in made]


_NONE = " -–—"
"""What a cell holds that gives no key."""
_WORD = languages.expression(r"(?:@key-line@)(?!\w)", re.IGNORECASE)


def _heads_part(cell: str) -> bool:
    """Whether a cell counts a part, by a word and a number, or by a number or a letter alone."""
    plain = cell.strip(" .)")
    alone = bool(_SMALL.fullmatch(plain)) or (len(plain) == 1 and plain.isalpha()) or roman.read(plain) is not None
    return alone or part_of(cell) is not None


def _unworded(cell: str) -> str:
    """The head of a column without the word for keys before the part: «Key (variant 1)»."""
    found = _WORD.match(cell)
    return cell[found.end() :].strip(" ().,:;–-") if found else cell


_Found = list[tuple[int, str]]


def _over(row: Sequence[str], below: Sequence[str]) -> _Found:
    """A row of numbers over a row of keys; the first cell of both may name them."""
    numbers = [cell.rstrip(".)") for cell in row]
    digits = sum(cell.isdigit() for cell in numbers)
    rising = [int(cell) for cell in numbers if _SMALL.fullmatch(cell)]
    counts = digits >= len(row) - 1 and all(b - a == 1 for a, b in pairwise(rising))
    paired = digits == len(row) > 1 and all(_ONE_KEY.fullmatch(cell) for cell in below)
    if len(below) != len(row) or not counts or not (paired or len(row) > _PAIR):
        return []
    return [(int(n), key) for n, key in zip(numbers, below, strict=True) if _SMALL.fullmatch(n)]


def _beside(row: Sequence[str], *, worded: bool) -> _Found:
    """Numbers with a key behind each: letters, a letter with its answer, in a table that says so any words."""
    found: _Found = []
    for number, key in zip((cell.rstrip(".)") for cell in row[::2]), row[1::2], strict=False):
        is_key = _LETTERS.fullmatch(key) or letter_before(key) is not None or (worded and key)
        if _SMALL.fullmatch(number) and is_key:
            found.append((int(number), key))
    return found


def _inside(row: Sequence[str]) -> _Found:
    """«1-C», a cell each."""
    found = [PAIR.fullmatch(cell) for cell in row if cell]
    return [(int(one["n"]), one["key"]) for one in found if one] if all(found) else []


def deal(items: Sequence[Item], lists: Sequence[Keys]) -> dict[int, str]:
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


def _headed(items: Sequence[Item], runs: Sequence[_Run], lists: Sequence[Keys]) -> Sequence[Keys]:
    """The lists in the order of the runs of questions, by the numbers in the headings of both where those are the
    same."""
    own = [next((value for name in reversed(items[run[0][0]].path) if (value := _value(name))), 0) for run in runs]
    said = {_value(keys.head): keys for keys in lists}
    return [said[value] for value in own] if set(own) == set(said) and len(said) == len(lists) else lists


def _value(head: str) -> int:
    """The number that a heading counts."""
    if _SMALL.fullmatch(plain := head.strip(" .)№")):
        return int(plain)
    if value := roman.read(plain):
        return value
    found = part_of(head)
    return found[1] if found else 0


_Run = list[tuple[int, int]]
"""Questions with numbers that count on: their places and numbers."""


def _number_runs(items: Sequence[Item]) -> list[_Run]:
    runs: list[_Run] = []
    for at, item in enumerate(items):
        if item.number is None:
            continue
        if not runs or item.number <= runs[-1][-1][1]:
            runs.append([])
        runs[-1].append((at, item.number))
    return runs
