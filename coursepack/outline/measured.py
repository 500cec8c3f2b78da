"""Checks the finished questions of a document by their form alone, whatever they were read as: labels, keys and answers
that are still in their text, numbers of a run without a question.

A bank is written in one way throughout, and each question has what its neighbours have. What one lacks is in another
one, or was lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coursepack import languages
from coursepack.model.blocks import Block, Table, block_text
from coursepack.model.questions import Choice, Description, Essay, MultipleChoice, Question, ShortAnswer
from coursepack.outline.bank.guard import Doubt, doubted
from coursepack.outline.bank.key_text import CLASS, is_key
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.lines import follows, inline_starts, part_in
from coursepack.outline.found import OutlineSource
from coursepack.outline.skipped import skipped
from coursepack.outline.tree.words import words
from coursepack.place import Finding
from coursepack.stages import Live


def measured(source: OutlineSource, questions: Sequence[Question], live: Live) -> Finding | None:
    """A finding for the questions of a document that were probably misread: an error from a certain share of them, a
    warning below it. None for a document whose tests are reported as doubtful already. What a question alone tells is
    kept in ``live``, which is the document's own."""
    live.turn()
    scored = [one for one in questions if not isinstance(one, Description)]
    if not scored or any(one.code in _REPORTED_CODES for one in source.findings):
        return None
    asked = live.each("measured", scored, _read)
    found = [
        *_own("labels", asked),
        *_numbers_in_text(asked),
        *_longer_than_others(asked),
        *_own("parts", asked),
        *_same_label(asked),
        *_own("tables", asked),
        *_own("choices", asked),
        *_own("keys", asked),
        *_short_of_answers(asked),
        *_answers_below(asked),
        *_own("several", asked),
        *_own("offered inside", asked),
        *_own_letters(asked),
        *_own("parts below", asked),
        *_again(asked),
        *_headings(source, scored),
        *_excluded_neighbours(source, scored, asked),
        *skipped(source, scored, live),
    ]
    return doubted(source.document.file, len(scored), found)


@dataclass(frozen=True, slots=True)
class _Read:
    """A question as it is measured: its text, the number that this begins with, the label that may count on (with
    whether it is all of the text, and its number), the lines below an open question that may be answers (None: they
    are none), the places where letters of answers stand, and its own doubts by their check."""

    question: Question
    text: str
    lines: int
    bare: int | None
    counted: tuple[str, bool, int] | None
    below: int | None
    letters: frozenset[str]
    doubts: Mapping[str, tuple[Doubt, ...]]


def _read(one: Question) -> _Read:
    text = block_text(one.text).strip()
    bare, counted = _BARE_NUMBER.match(text), _COUNTING.match(text)
    doubts = {name: tuple((one.place, why) for why in check(one, text)) for name, check in _CHECKS.items()}
    return _Read(
        question=one,
        text=text,
        lines=text.count("\n"),
        bare=int(bare["n"]) if bare else None,
        counted=counted
        and (counted["label"].strip().casefold(), not any(map(str.isalnum, counted["behind"])), int(counted["n"])),
        below=_lines_below(one, text),
        letters=_letters_of(one, text),
        doubts={name: found for name, found in doubts.items() if found},
    )


def _own(name: str, asked: Sequence[_Read]) -> Iterator[Doubt]:
    """What a check finds in each question by itself."""
    return (doubt for one in asked for doubt in one.doubts.get(name, ()))


_FEW_WORDS = 3


def _again(asked: Sequence[_Read]) -> Iterator[Doubt]:
    """Open questions of a word or three that others repeat: what stands in the cells of a form."""
    few = [one for one in asked if _is_short(one.question, one.text)]
    counts = Counter(one.text.casefold() for one in few)
    for one in few:
        if counts[one.text.casefold()] > 1:
            yield one.question.place, f"another question reads the same, and neither asks: «{_short(one.text)}»"


def _is_short(question: Question, text: str) -> bool:
    plain = isinstance(question, Essay) and question.printed is None
    return plain and 0 < len(text.split()) <= _FEW_WORDS and not text.endswith("?")


_REPORTED_CODES = frozenset({"bank-doubtful", "bank-empty"})
_LABEL = languages.expression(
    r"\W{0,3}(?:(?:№|#|N[or]\b\.?|N[º°]\.?|(?-i:N)\b\.?)\s?\d{1,4}(?:\s?[.):]|\s)|@question@\s*(?:№\s*)?\d{0,4}\s*[.):–—]\s"
    r"|\d{1,4}\s?-?\s?@question@\s*[.):]\s|\d{1,3}\s?[.)]\s+)\s*\S",
    re.IGNORECASE,
)
"""The label of a question, which is not a part of its text."""
_LABEL_ALONE = languages.expression(r"\W{0,3}@question@\s*(?:№\s*)?\d{1,4}\s*[.):]?\s*", re.IGNORECASE)
_INSIDE = languages.expression(
    r"(?:@question@\s*(?:№\s*)?\d{1,4}|\d{1,4}\s?-\s?@question@|(?:№|N[º°])\s?\d{1,3})\s*[.):]\s+\S", re.IGNORECASE
)
_MIDST = languages.expression(
    r"[.?!]\s+\d{1,4}\s?-\s?@question@\s*[.):]\s+\S"
    r"|\s(?:№|N[º°]|(?=(?-i:[@A@]))@question@)\s*(?:№\s*)?\d{1,3}[.):]\s+(?-i:[@A@][@a@])",
    re.IGNORECASE,
)


def _labels(_: Question, text: str) -> Iterator[str]:
    first, *below = text.split("\n")
    if _LABEL.match(first) or (below and _LABEL_ALONE.fullmatch(first)):
        yield f"the label of a question stands among its words: «{_short(first)}»"
    elif any(map(_INSIDE.match, below)) or _MIDST.search(text):
        yield "its text contains the label of another question"


_BARE_NUMBER = re.compile(r"(?P<n>\d{1,3})\s+(?=[^\W\d_])")


def _numbers_in_text(asked: Sequence[_Read]) -> Iterator[Doubt]:
    """Questions whose text begins with a number that continues the numbers of their neighbours."""
    for before, one in pairwise(asked):
        if one.bare is None:
            continue
        number = before.bare if before.bare is not None else _printed(before.question)
        if number is not None and one.bare == number + 1:
            yield one.question.place, f"the label of a question stands among its words: «{_short(one.text)}»"


def _printed(question: Question) -> int | None:
    printed = (question.printed or "").strip(" .)")
    return int(printed) if printed.isdecimal() else None


def _longer_than_others(asked: Sequence[_Read]) -> Iterator[Doubt]:
    """Of unnumbered questions with answers, nearly all of them one line long, those that are longer: the question
    above, or a text, may be in them."""
    found = [one for one in asked if isinstance(one.question, MultipleChoice) and one.question.printed is None]
    tall = [one for one in found if one.lines]
    if len(found) >= limits()["least-doubtful"] and len(tall) * 100 <= len(found) * (100 - limits()["usual-size"]):
        for one in tall:
            yield one.question.place, "it takes more lines than most, and nothing counts it: another question in it?"


def _parts(one: Question, text: str) -> Iterator[str]:
    if isinstance(one, Essay) and len(text) < _SHORT and part_in(text):
        yield f"the heading of a part was read as a question: «{text}»"


_COUNTING = re.compile(r"(?P<label>\W{0,2}[^\W\d_]{2,20}\s?(?:№|#)?)\s?(?P<n>\d{1,3})(?P<behind>\W*$|\s?[.:)]\s+\S)")
"""A label of one word in any language, and the number after it: «Billet 3», «Aufgabe 2: …»."""


def _same_label(asked: Sequence[_Read]) -> Iterator[Doubt]:
    """Questions that begin with one label, whatever it means, and consecutive numbers: the label is in their text.
    Where a label is the whole text of some questions, those are headings of parts."""
    held: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    for at, one in enumerate(asked):
        if one.counted:
            label, alone, number = one.counted
            held.setdefault((label, alone), []).append((at, number))
    for (_, alone), counted in held.items():
        rising = [a for a, b in pairwise(counted) if b[1] == a[1] + 1]
        if len(rising) < limits()["judged"] or (alone and len(counted) * 2 > len(asked)):
            continue
        for at, _ in (*rising, counted[-1]):
            one = asked[at]
            yield one.question.place, f"a label that counts on stands among its words: «{_short(one.text)}»"


_FEW_ROWS = 3


def _tables(one: Question, _: str) -> Iterator[str]:
    """A question that is nothing but a table of numbered rows: questions of a test in a table."""
    for table in (block for block in one.text if isinstance(block, Table) and len(one.text) == 1):
        first = [block_text(row.cells[0].blocks).strip(" .)") for row in table.rows if row.cells]
        values = [int(cell) for cell in first if cell.isdecimal()]
        if len(values) >= _FEW_ROWS and values == list(range(1, len(values) + 1)):
            yield f"a table with {len(values)} numbered rows stands among its words: a test?"


_SHORT = 40
_LETTER = re.compile(rf"[-–—−+*]?\s?\(?(?P<sign>{CLASS}|\d{{1,2}})\s?[.)]\s*\S")
_WRONG = re.compile(r"(?P<sign>[-–—−*#~])\s?(?=[^\W\d_])")


def _choices(one: Question, _: str) -> Iterator[str]:
    """Options that begin with the letters of options, or with the sign of wrong ones."""
    if not isinstance(one, MultipleChoice):
        return
    texts = [block_text(choice.content).strip() for choice in one.choices]
    signs = [found["sign"] for text in texts if (found := _LETTER.match(text))]
    wrong = Counter(found["sign"] for text in texts if (found := _WRONG.match(text)))
    if len(signs) > 1 and len(signs) >= len(texts) - 1 and all(_goes_on(a, b) for a, b in pairwise(signs)):
        yield "its answers begin with the letters of answers"
    elif len(texts) > 2 and len(texts) - 1 in wrong.values():
        yield "all of its answers but one begin with a sign"


def _goes_on(before: str, sign: str) -> bool:
    if before.isdecimal() and sign.isdecimal():
        return int(sign) == int(before) + 1
    return follows(before, sign)


def _keys(one: Question, text: str) -> Iterator[str]:
    held = [block_text(choice.content) for choice in one.choices] if isinstance(one, MultipleChoice) else []
    below = [line for each in held for line in each.split("\n")[1:]] + text.split("\n")[1:]
    if any(map(is_key, below)) or any(map(_counts_alone, one.grader_notes)):
        yield "its text contains a key"


def _counts_alone(block: Block) -> bool:
    """Whether a block is a table with a row of numbers: keys of a whole test."""
    return isinstance(block, Table) and bool(_NUMBERS.fullmatch(block_text((block,)).split("\n")[0]))


_NUMBERS = re.compile(r"\W*1\W+2\W+3[\d\W]*")


def _short_of_answers(asked: Sequence[_Read]) -> Iterator[Doubt]:
    """Questions with fewer answers than nearly all others, and as many more lines."""
    chosen = [(one.question, one.lines) for one in asked if isinstance(one.question, MultipleChoice)]
    sizes = Counter(len(one.choices) for one, _ in chosen)
    heights = Counter(lines for _, lines in chosen)
    usual, count = sizes.most_common(1)[0] if sizes else (0, 0)
    height, alike = heights.most_common(1)[0] if heights else (0, 0)
    if len(chosen) < limits()["least-ends"] or count * 100 < len(chosen) * limits()["usual-size"]:
        return
    pairs = pairwise(one.question for one in asked)
    bare = {id(b) for a, b in pairs if isinstance(a, Essay) and not a.grader_notes}
    for one, lines in chosen:
        less = usual - len(one.choices)
        if less > 0 and lines >= height + less and alike * 2 > len(chosen):
            yield one.place, f"{len(one.choices)} answers where most have {usual}, and {less} lines more than most"
        elif less == 1 and id(one) in bare:
            yield one.place, f"{usual - 1} answers where most have {usual}, behind a question without any"


def _answers_below(asked: Sequence[_Read]) -> Iterator[Doubt]:
    """Questions without answers, each above the same number of short lines, none of which asks."""
    below = [one for one in asked if isinstance(one.question, Essay)]
    found = [(one.question, one.below) for one in below if one.below is not None]
    _, count = Counter(size for _, size in found).most_common(1)[0] if found else (0, 0)
    if count < limits()["least-ends"] or len(found) * 100 < len(below) * limits()["marked"]:
        return
    for one, lines in found:
        yield one.place, f"{lines} short lines follow it, as answers do"


def _lines_below(question: Question, text: str) -> int | None:
    """How many lines below an open question may be answers; None where they are none."""
    if not isinstance(question, Essay):
        return None
    lines = _answer_lines(question) if question.grader_notes else text.split("\n")[1:]
    return len(lines) if _are_short(lines) else None


def _answer_lines(question: Question) -> list[str]:
    """The short lines of a model answer, of which an explanation may be the last."""
    return [line for line in block_text(question.grader_notes).split("\n") if line.strip() and len(line) < _ANSWER]


def _are_short(lines: Sequence[str]) -> bool:
    plain = all(len(line) < _ANSWER and line.rstrip()[-1:] not in {"?", ":", ";"} for line in lines)
    return 2 <= len(lines) <= limits()["most-answers"] and plain and not any(words().asks(line) for line in lines)


_ANSWER = 60


def _offered_inside(one: Question, text: str) -> Iterator[str]:
    """Lettered answers on one line in the text of a question without options."""
    if isinstance(one, (Essay, ShortAnswer)) and any(len(inline_starts(line)) > 2 for line in text.split("\n")):
        yield "its text contains answers with letters on one line"


_LETTER_INSIDE = re.compile(rf"\w\W{{0,2}}(?:[*+]|\s)[(\[]?{CLASS}[.)\]]\s*\S")
_LETTER_BEHIND = re.compile(rf"[(\[]\s?{CLASS}\s?[)\]]\W{{0,2}}$")


_OF_PART = re.compile(r"(?:[^\W\d_]{3,20}\s+(?:№\s*)?\d{1,2}|\d{1,2}\s?-\s?[^\W\d_]{3,20})\s*(?:[.:–—-]|$)")


def _parts_below(one: Question, _: str) -> Iterator[str]:
    """A line below the last answer that numbers a part: «Theme 2. The cell»."""
    lines = block_text(one.choices[-1].content).split("\n") if isinstance(one, MultipleChoice) else []
    if len(lines) > 1 and _OF_PART.match(lines[-1].strip()):
        yield "the heading of a part is below its last answer"


def _own_letters(asked: Sequence[_Read]) -> Iterator[Doubt]:
    """Of questions with answers those that end with the letter of one, or of whose answers one begins with its letter,
    where several do."""
    chosen = [one for one in asked if isinstance(one.question, MultipleChoice)]
    behind, before, inside = (
        [one.question for one in chosen if where in one.letters] for where in ("behind", "before", "inside")
    )
    inside = inside if len(inside) * 2 > len(chosen) else []
    for found, why in (
        (inside, "its answers contain the letters of other answers"),
        (behind, "the letter of an answer follows its text"),
        (before, "one of its answers begins with the letter of answers"),
    ):
        if len(found) >= limits()["least-ends"]:
            yield from ((one.place, why) for one in found)


def _letters_of(one: Question, text: str) -> frozenset[str]:
    """Where letters of answers stand: behind the words of a question without a key, before one of its answers, inside
    of them."""
    if not isinstance(one, MultipleChoice):
        return frozenset()
    found = {
        "behind": _LETTER_BEHIND.search(text) is not None and not any(c.fraction for c in one.choices),
        "before": sum(map(_begins_with_letter, one.choices)) == 1,
        "inside": any(_LETTER_INSIDE.search(block_text(c.content)) for c in one.choices),
    }
    return frozenset(where for where, stands in found.items() if stands)


def _begins_with_letter(choice: Choice) -> bool:
    text = block_text(choice.content).strip()
    return _LETTER.match(text) is not None and _INITIALS.match(text) is None


_INITIALS = re.compile(r"[^\W\d_]\.\s?(?:[^\W\d_]\.\s?)?[^\W\d_]{2}")


def _headings(source: OutlineSource, questions: Sequence[Question]) -> Iterator[Doubt]:
    """Two or more adjacent lines after the first question that were taken for headings, although no question is below
    them."""
    first = min((one.place.first for one in questions if one.place), default=0)
    names = {_folded(name) for one in questions for name in one.category}
    clean, where = source.stream.texts.clean, source.document.place
    found = [
        one.unit
        for one in source.stream.texts.ledger.entries
        if one.fate == "mark" and one.reason == "heading" and one.part == "exam" and one.unit > first
        if len(text := _folded(clean[one.unit][one.start : one.end])) > 1 and text not in names
    ]
    starts = [at for at in found if at - 1 not in found and (at + 1 in found or len(inline_starts(clean[at])) > 1)]
    yield from ((where(at, at), "a line was read as a heading, and no question is below it") for at in starts)


def _excluded_neighbours(
    source: OutlineSource, questions: Sequence[Question], asked: Sequence[_Read]
) -> Iterator[Doubt]:
    """Lines right before or after a list of unnumbered questions that were excluded as lines of a title page although
    they end as all lines of the list do."""
    places = [one.place for one in questions if one.place]
    counted_off = any(one.printed or not isinstance(one, Essay) for one in questions)
    if counted_off or not places or not all(one.text[-1:] in _STOPS for one in asked):
        return
    neighbours = {min(one.first for one in places) - 1, max(one.last for one in places) + 1}
    clean, where = source.stream.texts.clean, source.document.place
    for one in source.stream.texts.ledger.entries:
        text = clean[one.unit][one.start : one.end].strip()
        if one.fate == "aside" and one.reason == "title page" and one.unit in neighbours and text[-1:] in _STOPS:
            yield where(one.unit, one.unit), f"a line among the questions was set aside: «{_short(text)}»"


_STOPS = frozenset(".?…")


def _folded(text: str) -> str:
    return " ".join(text.split()).strip(" .:").casefold()


def _several(one: Question, text: str) -> Iterator[str]:
    """An open question of several lines most of which ask."""
    lines = text.split("\n")
    if not isinstance(one, Essay) or len(one.text) <= 2 or len(lines) < limits()["least-ends"]:
        return
    asking = sum(line.rstrip().endswith("?") or words().asks(line) is not None for line in lines)
    if asking * 100 >= len(lines) * limits()["marked"] and asking >= limits()["least-doubtful"]:
        yield f"{asking} lines of it ask: several questions in one?"


_CHECKS: Mapping[str, Callable[[Question, str], Iterator[str]]] = {
    "labels": _labels,
    "parts": _parts,
    "tables": _tables,
    "choices": _choices,
    "keys": _keys,
    "several": _several,
    "offered inside": _offered_inside,
    "parts below": _parts_below,
}
"""Checks of what a question alone tells."""


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
