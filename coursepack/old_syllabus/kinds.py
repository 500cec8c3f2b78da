"""What a table of a filled syllabus is: the plan, the scale of grades, hours by kind, tasks; or a list of anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from coursepack import languages
from coursepack.render.wml import Element, text_of, w
from coursepack.writers.papers.words import PaperWords

_LEAST_WEEKS = 5
_LEAST_ROWS, _LEAST_COLUMNS = 4, 4
_KINDS = ("lecture", "seminar", "practical", "laboratory")
_LEAST_LETTERS, _LONGEST_WORD = 3, 20
_COUNTED = 3
"""Rows that a table of tasks numbers at the least."""


def whole(table: Element) -> str | None:
    """The part that a whole table is."""
    rows = [[text_of(cell).strip() for cell in row.findall(w("tc"))] for row in table.findall(w("tr"))]
    flat = {text for row in rows for text in row}
    if {"A-", "B+"} <= flat:
        return "letter_scale"
    heads = [text.casefold() for row in rows[:2] for text in row]
    weeks = _counts_weeks(rows)
    if len(rows) > _LEAST_WEEKS and weeks:
        return "plan"
    counted = sum(map(_names_classes, heads))
    if 2 <= len(rows) <= 4 and len(rows[-1]) > 2 and _are_numbers(rows[-1]) and counted >= 2 and not weeks:
        return "hours_table"
    if lists(table) and any(head.startswith(word) for head in heads for word in _words("Task")):
        return "independent_work"
    return None


def _counts_weeks(rows: Sequence[Sequence[str]]) -> bool:
    """Whether most filled cells below a head for weeks hold a number: «Hours by week» in a form heads none."""
    words = tuple(_words("Week"))
    for at, row in enumerate(rows[:2]):
        for column, text in enumerate(row):
            if text.casefold().startswith(words):
                below = [other[column] for other in rows[at + 1 :] if len(other) > column and other[column]]
                return sum(any(map(str.isdigit, cell)) for cell in below) * 2 >= len(below) > 0
    return False


def lists(table: Element) -> bool:
    """True for a table of many rows under a head that numbers them: no label stands beside its value there."""
    rows = [[text_of(cell).strip() for cell in row.findall(w("tc"))] for row in table.findall(w("tr"))]
    wide = [row for row in rows if len(row) >= _LEAST_COLUMNS]
    if len(wide) < _LEAST_ROWS or len(wide) * 2 < len(rows):
        return False
    return sum(row[0].rstrip(".)").isdigit() for row in wide) >= _COUNTED


def _are_numbers(cells: Sequence[str]) -> bool:
    """Whether most cells hold numbers, and none a code or a title: those are of a form that gives hours, too."""
    words = [text for text in cells if any(map(str.isalpha, text))]
    others = any(len(text) > _LONGEST_WORD or any(map(str.isdigit, text)) for text in words)
    return sum(text.isdigit() for text in cells) * 2 > len(cells) and not others


def _names_classes(head: str) -> bool:
    """«Lectures», «Lect.»."""
    short = head.rstrip(".")
    shortened = len(short) >= _LEAST_LETTERS and short != head
    return head.startswith(_of_classes()) or (shortened and any(stem.startswith(short) for stem in _of_classes()))


@cache
def _of_classes() -> tuple[str, ...]:
    """Beginnings of words for kinds of classes, as papers write them and as documents shorten them."""
    written = [word[:5] for name in ("Lectures", "Seminars", "Practical classes") for word in _words(name)]
    shortened = [
        stem for data in languages.every("labels") for name in _KINDS for stem in data["sessions"].get(name, ())
    ]
    return (*written, *(stem for stem in shortened if len(stem) >= _LEAST_LETTERS))


def _words(name: str) -> Iterator[str]:
    for code in languages.known():
        yield PaperWords(code)(name).casefold()
