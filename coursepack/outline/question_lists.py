"""What lists of questions share: which pieces go on with a question, what it is worth, whether answers are given."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from coursepack import languages
from coursepack.outline.bank.items import items_of
from coursepack.outline.bank.key_text import is_key_word
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import begins
from coursepack.outline.bank.looks import LOOKS, has, is_signed
from coursepack.outline.bank.parts import DraftQuestion
from coursepack.outline.blocks import ListLabel
from coursepack.outline.drafts import SESSIONS
from coursepack.outline.found import OutlineSource
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.ordinals import HeadingNumber, counted
from coursepack.outline.tree.words import words
from coursepack.text.language import language

_NUMBER = r"(?P<n>\d{1,3}(?:[.,]\d{1,2})?)"
_WORTH = languages.expression(
    rf"\s*[\[(]\s*{_NUMBER}\s*(?:@marks@)\s*[\])]\s*[.:]?$"
    r"|(?:(?<=[.?!…:;)])\s+|\s*\t\s*)(?:\[\s*(?P<bare>\d{1,3})\s*\]|\(\s*(?P<round>\d{1,2})\s*\))$"
    rf"|\s*\t\s*(?P<apart>\d{{1,3}})\s*(?:@marks@)$",
    re.IGNORECASE,
)
"""In square or round brackets without the word for points: behind the end of a sentence, or at the edge of the page."""
_WORTH_FIRST = languages.expression(rf"[\[(]\s*{_NUMBER}\s*(?:@marks@)\s*[\])]\s*[.:]?\s*", re.IGNORECASE)
_TAIL = 60
_TO_WRITE = re.compile(r"[_.…\s]{5,}")


_NO_QUESTION = frozenset({*SESSIONS, "meeting", "unit", "topic", "week", "variant", "ticket", "caption", "level"})
"""What words beside a number count other than questions."""
WORDED = "worded"
"""The kind of a label that a word and a number make: «Problem 1.»"""


def with_worded(pieces: Sequence[Piece], marks: Sequence[ListLabel | None]) -> list[ListLabel | None]:
    """The labels of a list's pieces with those that a word and a number make, where two or more of one form count from
    1 on: «Problem 1. …», «2-есеп. …»."""
    forms: dict[str, list[tuple[int, HeadingNumber]]] = {}
    for at, (piece, mark) in enumerate(zip(pieces, marks, strict=True)):
        if mark is None and piece.object is None and not piece.plain:
            for one in counted(piece.text):
                named = one.words and not one.start and one.parted and one.kind not in _NO_QUESTION
                if named and not is_key_word(one.words):
                    forms.setdefault(one.form, []).append((at, one))
    result = list(marks)
    for found in forms.values():
        if len(found) > 1 and [one.value for _, one in found] == list(range(1, len(found) + 1)):
            for at, one in found:
                printed = pieces[at].text[: one.end].strip().rstrip(".:)–—- ")
                result[at] = ListLabel(WORDED, one.end, one.value, printed)
    return result


def of_last_worded(pieces: Sequence[Piece], marks: Sequence[ListLabel | None]) -> list[bool]:
    """For each piece whether it goes on with the last question that a word counts: up to a label, a heading or an
    approval, as each of the others has all between its label and the next."""
    result = [False] * len(pieces)
    last = max((at for at, mark in enumerate(marks) if mark is not None and mark.kind == WORDED), default=None)
    for at in range(last + 1, len(pieces)) if last is not None else ():
        if marks[at] is not None or pieces[at].heading is not None or pieces[at].is_heading:
            break
        result[at] = True
    return result


def between(marks: Sequence[ListLabel | None]) -> list[bool]:
    """For each piece whether it bears no number and stands between two that count on: it belongs to the first. Where
    lines stand below each number, those below the last one are its own, as many as another has."""
    following: list[int | None] = []
    after: int | None = None
    for mark in reversed(marks):
        following.append(after)
        after = mark.value if mark is not None and mark.value else after
    following.reverse()
    result: list[bool] = []
    last: int | None = None
    for mark, value in zip(marks, following, strict=True):
        if mark is not None and mark.value:
            last = mark.value
        result.append(mark is None and last is not None and value == last + 1)
    for at in _below_last(marks):
        result[at] = True
    return result


def _below_last(marks: Sequence[ListLabel | None]) -> Sequence[int]:
    """The places below the last number of a list with lines below each of its numbers, which count from one."""
    numbers = [at for at, mark in enumerate(marks) if mark is not None]
    values = [mark.value for mark in marks if mark is not None]
    gaps = [end - start - 1 for start, end in pairwise(numbers)]
    if len(values) < _FEW or values != list(range(1, len(values) + 1)) or not all(gaps):
        return ()
    end = numbers[-1] + 1 + max(gaps)
    return range(numbers[-1] + 1, len(marks)) if len(marks) <= end else ()


def below(pieces: Sequence[Piece], marks: Sequence[ListLabel | None]) -> list[bool]:
    """For each piece whether it is a point of the numbered question above it: a letter or a bullet between two numbers
    that count on, letters from the first on below the last one too. Letters right below a number are its parts. Points
    elsewhere that ask, or are worth something each, are questions of their own: of a text, below a heading."""
    found = [False] * len(pieces)
    outer = Counter(mark.kind for mark in marks if mark and mark.kind in _COUNTING and not mark.level)
    kind = outer.most_common(1)[0][0] if outer else ""
    numbers = [at for at, mark in enumerate(marks) if mark and mark.kind == kind and mark.value and not mark.level]
    for start, end in pairwise([*numbers, len(pieces)]):
        first, after = marks[start], marks[end] if end < len(pieces) else None
        counts_on = first is not None and (after is None or after.value == first.value + 1)
        lettered = _lettered(marks, start + 1, end, begins_parts(pieces[start], first))
        bullets = [at for at in range(start + 1, end) if (mark := marks[at]) and mark.kind in _BULLETS]
        for points in (lettered, bullets if after is not None else []):
            of_stem = points is lettered and _right_below(pieces, start, lettered)
            own = not of_stem and any(_is_question(pieces[at], marks[at]) for at in points)
            if counts_on and len(numbers) > 1 and not own:
                for at in points:
                    found[at] = True
    return found


def _right_below(pieces: Sequence[Piece], start: int, characters: Sequence[int]) -> bool:
    """Whether letters count parts of the numbered question above them, whatever they ask: nothing but a table or the
    like stands between."""
    return bool(characters) and all(pieces[at].object is not None for at in range(start + 1, characters[0]))


def _is_question(piece: Piece, mark: ListLabel | None) -> bool:
    text = piece.text[mark.end :] if mark is not None else piece.text
    return words().asks(text) is not None or _WORTH.search(text[-_TAIL:]) is not None


_COUNTING = frozenset({"decimal", "paren"})
_BULLETS = frozenset({"dash", "disc"})
_LETTERED = "lower-alpha"


_LETTER_FIRST = re.compile(r"\s*(?:\(\s*(?P<inside>[^\W\d_])\s*\)|(?P<before>[^\W\d_])\s*\))\s")


def begins_parts(piece: Piece, mark: ListLabel | None) -> bool:
    """Whether the first part of a question stands on the line of its number: «5. (a) What is price discrimination?»"""
    found = _LETTER_FIRST.match(piece.text, mark.end) if mark is not None else None
    return found is not None and begins(found["inside"] or found["before"])


def _lettered(marks: Sequence[ListLabel | None], start: int, end: int, begun: bool) -> list[int]:
    """The places of letters that count on from the first one right below a number; ``begun``: that one stands on the
    line of the number."""
    found: list[int] = []
    for at in range(start, end):
        mark = marks[at]
        if mark is not None and mark.kind == _LETTERED:
            if mark.value != len(found) + 1 + begun:
                return []
            found.append(at)
    return found if len(found) + begun > 1 else []


_SEVERAL = 5
"""Questions that count on from which what stands between them may be their answers."""
_FEW = 3
"""The same, where something stands under each of them."""
_OTHER = frozenset({"?", ":"})


def answered(pieces: Sequence[Piece], marks: Sequence[ListLabel | None]) -> dict[int, bool]:
    """What stands under the numbered questions of a list, where most of them stand over sentences that ask nothing: the
    place of each such piece → whether it answers; under a question that goes on to ask it is the question's own. What
    stands behind the last one is its own up to a heading or the next list."""
    found: dict[int, bool] = {}
    for run in _runs(marks):
        if len(run) < _FEW:
            continue
        ends = [*run[1:], _end(pieces, marks, run[-1])]
        below = [range(start + 1, end) for start, end in zip(run, ends, strict=True)]
        are_answers = [_answers([pieces[at] for at in places]) for places in below]
        if any(are_answers) and _says_again(pieces, run, below):
            found.update((at, False) for places in below for at in places)
            continue
        if all(are_answers) or (len(run) >= _SEVERAL and sum(are_answers) * 2 > len(run)):
            found.update((at, answers) for places, answers in zip(below, are_answers, strict=True) for at in places)
    return found


def _says_again(pieces: Sequence[Piece], run: Sequence[int], below: Sequence[range]) -> bool:
    """Whether under each question one line stands, and all of these are in another language and ask, too, where the
    questions do: they ask them once more."""
    if any(len(places) != 1 for places in below):
        return False
    asking = [pieces[at].text.rstrip().endswith("?") for at in run]
    if asking != [pieces[at].text.rstrip().endswith("?") for places in below for at in places]:
        return False
    questions = language(" ".join(pieces[at].text for at in run))
    again = language(" ".join(pieces[at].text for places in below for at in places))
    return bool(questions and again) and questions != again


def _answers(below: Sequence[Piece]) -> bool:
    return any(map(_states, below)) and not any(words().asks(one.text) for one in below if one.object is None)


def _runs(marks: Sequence[ListLabel | None]) -> Iterator[list[int]]:
    """The places of numbers of one form that count on from 1, whatever stands between them."""
    run: list[int] = []
    first: ListLabel | None = None
    for at, mark in enumerate(marks):
        if mark is None or not mark.value or mark.level:
            continue
        alike = first is not None and (mark.kind, mark.list_id) == (first.kind, first.list_id)
        if alike and mark.value == len(run) + 1:
            run.append(at)
        elif mark.value == 1 and (first is None or alike):
            yield run
            run, first = [at], mark
    yield run


def _end(pieces: Sequence[Piece], marks: Sequence[ListLabel | None], last: int) -> int:
    """Where what belongs to the last question of a run ends."""
    for at in range(last + 1, len(pieces)):
        piece, mark = pieces[at], marks[at]
        if piece.heading is not None or piece.is_heading:
            return at
        if mark is not None and mark.value == 1 and mark.kind == (marks[last] or mark).kind:
            over = marks[at - 1] is None and not _states(pieces[at - 1])
            return at - 1 if over and at - 1 > last else at
    return len(pieces)


def _states(piece: Piece) -> bool:
    """A sentence that asks nothing."""
    text = piece.text.rstrip()
    return piece.object is None and len(text.split()) > 3 and text[-1:] not in _OTHER and words().asks(text) is None


def worth(source: OutlineSource, pieces: list[Piece], part: str, *, chosen: bool = False) -> float | None:
    """What a question says it is worth («[5 marks]» behind its text or before it); the words are cut off as marks.
    ``chosen``: its answers stand below it, where «(2)» behind a sentence may be anything."""
    at = next((at for at in range(len(pieces) - 1, -1, -1) if pieces[at].object is None), None)
    if at is None:
        return None
    last, texts = pieces[at], source.stream.texts
    back, front = _WORTH.search(last.text[-_TAIL:]), _WORTH_FIRST.match(pieces[0].text)
    if back and chosen and back["round"] and "\t" not in back[0]:
        back = None
    if back:
        pieces[at], points_piece = texts.cut(last, max(len(last.text) - _TAIL, 0) + back.start())
    elif front and pieces[0].object is None:
        points_piece, pieces[0] = texts.cut(pieces[0], front.end())
    found = back or front
    if found is None or (not back and pieces[0].object is not None):
        return None
    texts.claim(points_piece, "mark", part=part, reason="points")
    said_points = next(filter(None, found.groupdict().values()))
    return float(said_points.replace(",", "."))


def worth_in(text: str) -> float | None:
    """What a line says at its end that it is worth, which stays in it: «(b) Explain … (20 marks)»."""
    found = _WORTH.search(text[-_TAIL:])
    return float(next(filter(None, found.groupdict().values())).replace(",", ".")) if found else None


def is_to_write_on(piece: Piece) -> bool:
    """Whether a line is there to be written on."""
    return piece.object is None and bool(_TO_WRITE.fullmatch(piece.text))


def _is_choice(item: DraftQuestion) -> bool:
    """Whether what letters count below a question is answers, and no parts of it that ask themselves or are worth
    something each; a box that is ticked, or another sign of the right one, says so."""
    if len(item.options) > 1 and sum(option.line.is_right for option in item.options) == 1:
        return True
    lettered = [option for option in item.options if option.kind in {"letter", "inline", "tag"}]
    short = all(len(option.line.text[option.start : option.end]) < limits()["answer"] for option in lettered)
    worth_each = sum(_WORTH.search(option.line.text[-_TAIL:]) is not None for option in lettered)
    return (
        len(lettered) > 2
        and worth_each < 2
        and short
        and not any(words().asks(option.line.text) for option in lettered)
    )


def holds_choices(pieces: Sequence[Piece]) -> bool:
    """Whether a list of questions offers answers with letters to choose from, states most answers in key lines, or
    tells the right ones by a look."""
    return _hold_choices(_Alike(pieces))


class _Alike:
    """Pieces, the same as others that look like them wherever they stand."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self._look = tuple(map(_LOOK, pieces))

    def __hash__(self) -> int:
        return hash(self._look)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Alike) and self._look == other._look


_LOOK = attrgetter(*(one.name for one in fields(Piece) if one.name not in {"parts", "said", "object"}), "object")


@lru_cache(1 << 11)  # a class is asked several times, one under review in each reading
def _hold_choices(alike: _Alike) -> bool:
    items = items_of(alike.pieces).items
    chosen = [item for item in items if _is_choice(item)]
    sure = len(chosen) > 1 or any(map(_leaves_open, chosen))
    if sure and len(chosen) * 100 >= len(items) * limits()["chosen"]:
        return True
    by_look = (sum(_tells(item, look) for item in items) for look, _ in LOOKS)
    option_count = max(sum(map(_states_short, items)), sum(map(_signs_one, items)), *by_look)
    return option_count >= limits()["least-ends"] and option_count * 100 >= len(items) * limits()["throughout"]


def _states_short(item: DraftQuestion) -> bool:
    """Whether a key line states the answer of a question in a letter or a few words, or leaves a place for it."""
    return item.is_blank or any(0 < len(answer) <= limits()["short-answer"] for _, answer in item.said)


def _tells(item: DraftQuestion, look: str) -> bool:
    """Whether one of three answers or more, and not the question, has a look."""
    found = sum(has(option.line.piece.inlines(), look) for option in item.options)
    return len(item.options) > 2 and found == 1 and not has(item.lead.piece.inlines(), look)


def _signs_one(item: DraftQuestion) -> bool:
    """Whether one of three answers or more bears a sign of right ones."""
    return len(item.options) > 2 and sum(map(is_signed, item.options)) == 1


def _leaves_open(item: DraftQuestion) -> bool:
    """Whether a stem is a sentence that an answer ends, or asks which: it sets no task that its points divide."""
    lead = item.texts[-1].text.rstrip() if item.texts else ""
    return lead.endswith("?") or (words().asks(lead[item.lead.number.end if item.lead.number else 0 :]) is None)
