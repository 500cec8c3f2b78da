"""Documents that hold the keys of a test of another document and nothing else: «Ответы.docx», «Кілттер.txt»."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePosixPath

from coursepack import languages
from coursepack.model.document import Grid
from coursepack.outline.bank.items import items_of
from coursepack.outline.bank.key_lists import deal, kept_in, key_lists
from coursepack.outline.bank.key_tables import NumberedKeys
from coursepack.outline.bank.key_text import PAIR, is_list, key_of, letters_of
from coursepack.outline.bank.keys import judge
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.parts import DraftOption, DraftQuestion
from coursepack.outline.found import OutlineSource
from coursepack.outline.markers import fold, standard
from coursepack.outline.pieces import Piece


@dataclass(frozen=True, slots=True)
class KeySheet:
    """The keys that a file holds."""

    file: str
    lists: Sequence[NumberedKeys]


@dataclass(slots=True)
class Apart:
    """The keys of other files that may be those of a bank; ``used`` are the files whose keys were."""

    sheets: Sequence[KeySheet] = ()
    used: list[str] = field(default_factory=list)

    def dealt(self, items: Sequence[DraftQuestion], open_: Collection[int]) -> dict[int, str]:
        """The keys of the questions without a key of their own (``open_``, by their places), where nearly all of them
        get one, nearly all keys are of a question, and name one of its answers."""
        lists = [keys for sheet in self.sheets for keys in sheet.lists]
        found = deal(items, lists) if lists else {}
        key_count = sum(len(keys.by_number) for keys in lists)
        named = sum(_names(items[at], key) for at, key in found.items())
        covers = _are_nearly_all(sum(at in found for at in open_), len(open_))
        if (
            not open_
            or not covers
            or not _are_nearly_all(len(found), key_count)
            or not _are_nearly_all(named, key_count)
        ):
            return {}
        self.used.extend(sheet.file for sheet in self.sheets)
        return found


def _are_nearly_all(count: int, of: int) -> bool:
    return count * 100 >= of * limits()["nearly-all"]


def _names(item: DraftQuestion, key: str) -> bool:
    """Whether a key names one of the answers to choose from, where there are any."""
    texts = [option.line.text[option.start : option.end] for option in item.options]
    return len(item.options) < 2 or judge(key, item, texts).right is not None


# --- which documents they are

_LETTERS = re.compile(r"[^\W\d_]")


def holds_keys_alone(source: OutlineSource) -> bool:
    """Whether a document is a list or a table of keys by number below its title, and nothing else: letters, or, where
    its name or its first lines speak of answers, numbers and short answers as well."""
    pieces = [one for one in source.stream.pieces if one.text or one.object is not None]
    kinds = [_kind(source, pieces, at) for at in range(min(len(pieces), limits()["keys-lines"]))]
    first = next((at for at, kind in enumerate(kinds) if kind not in {"head", "other"}), None)
    if first is None:
        return False
    lists = key_lists(source, pieces)
    if sum(len(one.by_number) for one in lists) < limits()["keyed"] or first > limits()["front"]:
        return False
    if "other" in kinds[first:] or any(one.object is not None for one in pieces[:first]):
        return False
    if _answers_below(source, pieces) or _offers(pieces[: limits()["keys-lines"]]):
        return False
    return "words" not in kinds or _speaks_of_keys(source, pieces[:first])


def _answers_below(source: OutlineSource, pieces: Sequence[Piece]) -> bool:
    """Whether the keys stand below their questions: key lines without a number, more than one, «Answer: b», or lines
    with a number that ask."""
    lines = [one for one in pieces[: limits()["keys-lines"]] if one.object is None]
    below = sum(bool(key_of(one.text)) and not _stated(source, [one]) for one in lines)
    return below > 1 or sum(any(key.endswith("?") for _, key in _stated(source, [one])) for one in lines) > 1


def _offers(pieces: Sequence[Piece]) -> bool:
    """Whether most numbered lines stand over answers with letters, in words: a test, whatever its file is called."""
    items = [item for item in items_of(pieces).items if item.number is not None]
    offered = [item for item in items if sum(map(_is_worded, item.options)) > 1]
    return len(offered) > 1 and len(offered) * 2 > len(items)


def _is_worded(option: DraftOption) -> bool:
    option_text = option.line.text[option.start : option.end].strip(" .;,")
    return bool(option.label) and len(option_text) > 1 and letters_of(option_text) is None


def _kind(source: OutlineSource, pieces: Sequence[Piece], at: int) -> str:
    """What a line or a table is: ``keys`` that are letters, ``words`` for other keys, a ``head``, or ``other``."""
    piece = pieces[at]
    if isinstance(piece.object, Grid):
        return _kind_of_table(source, piece)
    if piece.object is not None:
        return "other"
    text = f"{piece.label.strip()} {piece.text}" if piece.label else piece.text
    own = _stated(source, [piece])
    if not own:
        return "keys" if _is_row(source, pieces, at) else "head" if _is_head(text) else "other"
    if any(len(key) > limits()["head"] for _, key in own):
        return "other"
    left = PAIR.sub("", key_of(text) or text) if len(own) > 1 or is_list(text) else PAIR.sub("", text, count=1)
    return "keys" if not _LETTERS.search(left) and all(key[:1].isalpha() for _, key in own) else "words"


def _stated(source: OutlineSource, pieces: Sequence[Piece]) -> list[tuple[int, str]]:
    return [one for one in kept_in(source, pieces) if isinstance(one, tuple)]


def _is_row(source: OutlineSource, pieces: Sequence[Piece], at: int) -> bool:
    """Whether a line is a row of numbers over a row of keys, or the row of keys."""
    rows = (pieces[one : one + 2] for one in (at - 1, at) if one >= 0)
    return any(len(_stated(source, row)) > 1 and not any(_stated(source, [one]) for one in row) for row in rows)


def _kind_of_table(source: OutlineSource, piece: Piece) -> str:
    lists = key_lists(source, [piece])
    keys = [key for one in lists for key in one.by_number.values()]
    rows = len(piece.object.rows) if isinstance(piece.object, Grid) else 0
    if len(keys) < max(2, rows - 1):
        return "other"
    return "keys" if all(len(key) < _LONGEST and key[:1].isalpha() for key in keys) else "words"


_LONGEST = 12
"""Letters of a key that names answers by letters: «A, C, D»."""


def _is_head(text: str) -> bool:
    return len(text) <= limits()["apart"] and not text.rstrip().endswith(("?", ";"))


def _speaks_of_keys(source: OutlineSource, above: Sequence[Piece]) -> bool:
    """Whether the name of a file, or a line above its keys, speaks of answers."""
    stem = PurePosixPath(source.document.file).stem
    return names_keys(stem) or any(_says(one.text) for one in above if one.object is None)


def _says(text: str) -> bool:
    return any(mark.kind == "answers" for mark in standard().find(text)) or key_of(text) == ""


@cache
def _of_keys() -> re.Pattern[str]:
    return languages.expression(r"(?<![^\W\d_])@file-keys@")


def names_keys(stem: str) -> bool:
    """Whether the name of a file speaks of answers or keys: «Ответы», «test_1_key»."""
    return _of_keys().search(fold(stem).replace("_", " ")) is not None


# --- whose keys they are


def whose(sheets: Sequence[KeySheet], tests: Sequence[str]) -> dict[str, list[KeySheet]]:
    """The files of tests, each with the sheets that may hold its keys: the only test there is beside them, or the one
    whose name is most like the sheet's. A sheet of several parts belongs to as many tests that are numbered so."""
    found: dict[str, list[KeySheet]] = {}
    for sheet in sheets:
        for test, own in _parted(sheet, tests) or _alike(sheet, tests):
            found.setdefault(test, []).append(own)
    return found


def _alike(sheet: KeySheet, tests: Sequence[str]) -> list[tuple[str, KeySheet]]:
    folder = PurePosixPath(sheet.file).parent
    near = [one for one in tests if PurePosixPath(one).parent == folder] or list(tests)
    numbered = [one for one in near if _numbers(one) == _numbers(sheet.file)]
    left = numbered if len(near) > 1 and _numbers(sheet.file) else near
    words = {one: sum((_words(one) & _words(sheet.file)).values()) for one in left}
    best = max(words.values(), default=0)
    left = [one for one in left if words[one] == best]
    return [(left[0], sheet)] if len(left) == 1 else []


def _parted(sheet: KeySheet, tests: Sequence[str]) -> list[tuple[str, KeySheet]]:
    """The tests that the parts of a sheet name by their numbers: «Test 1: 1-A, 2-B», «Test 2: …»."""
    if len(tests) < 2 or len(sheet.lists) != len(tests):
        return []
    numbers: Mapping[tuple[int, ...], str] = {_numbers(one): one for one in tests}
    parts = [(tuple(map(int, re.findall(r"\d+", keys.head))), keys) for keys in sheet.lists]
    if set(numbers) != {number for number, _ in parts} or len(numbers) != len(tests) or () in numbers:
        return []
    return [(numbers[number], KeySheet(sheet.file, (keys,))) for number, keys in parts]


def _numbers(file: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", PurePosixPath(file).stem)))


def _words(file: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]{3,}", fold(PurePosixPath(file).stem)))
