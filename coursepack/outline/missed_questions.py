"""A document that looks like a test by the form of its lines, of which fewer questions were made: counted anew, by
nothing but answers that count on below one another or on a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from coursepack.model.document import Grid
from coursepack.model.questions import Cloze, Matching, MultipleChoice, Ordering, Question, TrueFalse
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import begins, follows, inline_starts
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.stream import flatten
from coursepack.outline.tree.words import words
from coursepack.outline.unsure import some
from coursepack.place import Finding, Place, error, warning
from coursepack.stages import Live

_SIGN = re.compile(r"\W{0,2}(?P<sign>[^\W\d_]|\d{1,2})(?:\s?[).:\]](?!\w\w+\()|\s+|$)")
_ASKS = re.compile(r"[?:…]\W*$|_{2,}|\.{4,}")
_COUNTED = re.compile(r"\W{0,3}(?:[^\W\d_]{1,12}[\s.]*(?:[^\W\d_]{1,10}[\s.]*)?[:№#]?\s*)?\d{1,4}(?:\s?[).:]|\s|$)")
_STARTS = re.compile(r"\W{0,2}(?:[^\W\d_]|\d{1,2})\s?[).:\]]\s*")
_APART = 4
"""Lines from one answer to the next."""
_FEWEST, _MOST = 3, 8
"""Answers of a question."""
_OF_TICKETS = frozenset({"ticket", "tickets"})
_CHOSEN = (MultipleChoice, Matching, Ordering, TrueFalse, Cloze)


@dataclass(slots=True)
class AnswerGroup:
    """Answers that count on: the place of the line above, the places of their lines."""

    over: int
    places: list[int]
    last: str = ""


@dataclass(slots=True)
class _AnswerGroups:
    """The groups of answers by letters, or by numbers."""

    done: list[AnswerGroup] = field(default_factory=list)
    open: AnswerGroup | None = None

    def take(self, at: int, sign: str) -> None:
        """A line with a letter or a number: it goes on with a group, begins one, or is neither."""
        group = self.open
        if group is not None and _goes_on(group.last, sign) and at - group.places[-1] <= _APART:
            group.places.append(at)
            group.last = sign
        elif _is_first(sign):
            self.open = AnswerGroup(at - 1, [at], sign)
            self.done.append(self.open)


def missed_questions(source: OutlineSource, questions: Sequence[Question], live: Live) -> Finding | None:
    """What looks like questions with answers to choose from, where less than half of it became such questions: an error
    of what is a test by its role or because questions were read from it, so that it is not taken for a whole one.
    ``questions`` are those of the source; what is known of its lines is kept in ``live``, which is its own."""
    if any(draft.kind in _OF_TICKETS for draft in source.drafts):
        return None  # «1. 2. 3.» below each number
    texts = lines_of(source, live)
    # Numbers alone, one behind the other, are the head of a table of keys.
    groups = [one for one in groups_of(texts) if not all(texts[at].text.strip().isdecimal() for at in one.places)]
    read = sum(isinstance(one, _CHOSEN) for one in questions)
    if len(groups) < limits()["seen-least"] or read * 2 >= len(groups) or not _are_answers(groups, texts):
        return None
    places = [texts[max(one.over, 0)].place for one in groups]
    is_bank = source.entry.role == "tests" or read > 0
    say = error if is_bank and len(groups) >= limits()["most-answers"] else warning
    return say(
        "bank-unread",
        f"{len(groups)} places look like questions with answers to choose from, and {read} such questions were read: "
        f"{some(source, list(map(str, places)))}",
        Place(source.document.file, places[0], places[0], source.stream.texts.ledger.unit_name),
        'if it is a test, give the file the role that it has in course.toml (role = "tests"), or write each answer '
        "on a line of its own («A) …») below its question («1. …»)",
    )


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line with its place; ``beside``: answers stand on it, ``sign``: the letter or number that it begins with."""

    place: int
    text: str
    beside: bool
    sign: str

    @classmethod
    def of(cls, place: int, text: str) -> TextLine:
        """A line by its text."""
        beside = len(inline_starts(text)) >= _FEWEST
        found = None if beside else _SIGN.match(text)
        return cls(place, text, beside, found["sign"] if found else "")


def lines_of(source: OutlineSource, live: Live) -> list[TextLine]:
    """All lines of a source; those of a paragraph that is what it was are the same objects."""
    found = live.each("lines", source.stream.pieces, partial(_lines_in, source))
    return [line for some in found for line in some]


def _lines_in(source: OutlineSource, piece: Piece) -> list[TextLine]:
    return [TextLine.of(*one) for one in _texts_in(source, piece)]


def texts_of(source: OutlineSource) -> list[tuple[int, str]]:
    """All lines with their places, what stands in cells as well, with the labels of lists before them."""
    return [one for piece in source.stream.pieces for one in _texts_in(source, piece)]


def _texts_in(source: OutlineSource, piece: Piece) -> Iterator[tuple[int, str]]:
    for one in flatten(piece.object, source.stream.texts) if isinstance(piece.object, Grid) else (piece,):
        text = f"{one.label} {one.text}" if one.label else one.text
        yield from ((one.first, line.strip()) for line in text.split("\n") if line.strip() and one.object is None)


def groups_of(lines: Sequence[TextLine]) -> list[AnswerGroup]:
    """The answers that letters, lines or numbers tell, whichever tell most."""
    letters, numbers, beside = _AnswerGroups(), _AnswerGroups(), list[AnswerGroup]()
    for at, line in enumerate(lines):
        if line.beside:
            beside.append(AnswerGroup(at - 1, [at]))
        elif line.sign:
            (numbers if line.sign.isdecimal() else letters).take(at, line.sign)
    return max((beside, *(list(_of_size(one.done)) for one in (letters, numbers))), key=len)


def _of_size(groups: Sequence[AnswerGroup]) -> Iterator[AnswerGroup]:
    yield from (one for one in groups if _FEWEST <= len(one.places) <= _MOST)


def _is_first(sign: str) -> bool:
    return sign == "1" if sign.isdecimal() else begins(sign)


def _goes_on(before: str, sign: str) -> bool:
    if before.isdecimal() or sign.isdecimal():
        return before.isdecimal() and sign.isdecimal() and int(sign) == int(before) + 1
    return before.isupper() == sign.isupper() and follows(before, sign)


def _are_answers(groups: Sequence[AnswerGroup], texts: Sequence[TextLine]) -> bool:
    """Whether most have as many answers, short ones, below lines that ask or are counted, and they are much of the
    document."""
    size, alike = Counter(len(one.places) for one in groups).most_common(1)[0]
    lines = [texts[at].text for one in groups for at in one.places]
    short = sum(len(line) < limits()["answer"] * (1 if size > 1 else 4) for line in lines)
    above = [line for one in groups for line in _above(one, texts)]
    asks = sum(any(_ASKS.search(line) or _COUNTED.match(line) for line in _above(one, texts)) for one in groups)
    much = (len(lines) + len(above)) * 100 >= len(texts) * limits()["seen-share"]
    bare = [_STARTS.sub("", _offered(line)).rstrip() for line in lines]
    asking = sum(line.endswith("?") or words().asks(line) is not None for line in bare)
    if asking * 100 >= len(lines) * limits()["chosen"]:
        return False  # parts of a question
    share = limits()["stacked"]
    return much and all(
        one * 100 >= of * share for one, of in ((alike, len(groups)), (short, len(lines)), (asks, len(groups)))
    )


def _offered(line: str) -> str:
    """A line from the first of the answers that stand on it on: what asks before them is their question."""
    starts = inline_starts(line)
    return line[starts[0] :] if starts else line


def _above(group: AnswerGroup, texts: Sequence[TextLine]) -> list[str]:
    return [one.text for one in texts[max(group.over - 1, 0) : group.over + 1]]
