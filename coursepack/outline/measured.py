"""Checks the finished questions of a document by their form alone, whatever they were read as: labels, keys and answers
that are still in their text, numbers of a run without a question.

A bank is written in one way throughout, and each question has what its neighbours have. What one lacks is in another
one, or was lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
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


def measured(source: OutlineSource, questions: Sequence[Question]) -> Finding | None:
    """A finding for the questions of a document that were probably misread: an error from a certain share of them, a
    warning below it. None for a document whose tests are reported as doubtful already."""
    scored = [one for one in questions if not isinstance(one, Description)]
    if not scored or any(one.code in _REPORTED_CODES for one in source.findings):
        return None
    texts = [block_text(one.text).strip() for one in scored]
    found = [
        *_labels(scored, texts),
        *_numbers_in_text(scored, texts),
        *_longer_than_others(scored, texts),
        *_parts(scored, texts),
        *_same_label(scored, texts),
        *_tables(scored),
        *_choices(scored),
        *_keys(scored, texts),
        *_short_of_answers(scored, texts),
        *_answers_below(scored, texts),
        *_several(scored, texts),
        *_offered_inside(scored, texts),
        *_own_letters(scored, texts),
        *_parts_below(scored),
        *_again(scored, texts),
        *_headings(source, scored),
        *_excluded_neighbours(source, scored, texts),
        *skipped(source, scored),
    ]
    return doubted(source.document.file, len(scored), found)


_FEW_WORDS = 3


def _again(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    """Open questions of a word or three that others repeat: what stands in the cells of a form."""
    short = Counter(text.casefold() for one, text in zip(questions, texts, strict=True) if _is_short(one, text))
    for one, text in zip(questions, texts, strict=True):
        if _is_short(one, text) and short[text.casefold()] > 1:
            yield one.place, f"another question reads the same, and neither asks: «{_short(text)}»"


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


def _labels(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    for one, text in zip(questions, texts, strict=True):
        first, *below = text.split("\n")
        if _LABEL.match(first) or (below and _LABEL_ALONE.fullmatch(first)):
            yield one.place, f"the label of a question stands among its words: «{_short(first)}»"
        elif any(map(_INSIDE.match, below)) or _MIDST.search(text):
            yield one.place, "its text contains the label of another question"


_BARE_NUMBER = re.compile(r"(?P<n>\d{1,3})\s+(?=[^\W\d_])")


def _numbers_in_text(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    """Questions whose text begins with a number that continues the numbers of their neighbours."""
    numbers = [_BARE_NUMBER.match(text) for text in texts]
    numbers_before = [
        int(found["n"]) if found else _printed(one) for found, one in zip(numbers, questions, strict=True)
    ]
    for (a, b), one, found, text in zip(pairwise(numbers_before), questions[1:], numbers[1:], texts[1:], strict=True):
        if found and a is not None and b == a + 1:
            yield one.place, f"the label of a question stands among its words: «{_short(text)}»"


def _printed(question: Question) -> int | None:
    printed = (question.printed or "").strip(" .)")
    return int(printed) if printed.isdecimal() else None


def _longer_than_others(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    """Of unnumbered questions with answers, nearly all of them one line long, those that are longer: the question
    above, or a text, may be in them."""
    found = [
        (one, text.count("\n"), len(one.text))
        for one, text in zip(questions, texts, strict=True)
        if isinstance(one, MultipleChoice) and one.printed is None
    ]
    tall = [one for one, lines, _ in found if lines]
    if len(found) >= limits()["least-doubtful"] and len(tall) * 100 <= len(found) * (100 - limits()["usual-size"]):
        for one in tall:
            yield one.place, "it takes more lines than most, and nothing counts it: another question in it?"


def _parts(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    for one, text in zip(questions, texts, strict=True):
        if isinstance(one, Essay) and len(text) < _SHORT and part_in(text):
            yield one.place, f"the heading of a part was read as a question: «{text}»"


_COUNTING = re.compile(r"(?P<label>\W{0,2}[^\W\d_]{2,20}\s?(?:№|#)?)\s?(?P<n>\d{1,3})(?P<behind>\W*$|\s?[.:)]\s+\S)")
"""A label of one word in any language, and the number after it: «Billet 3», «Aufgabe 2: …»."""


def _same_label(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    """Questions that begin with one label, whatever it means, and consecutive numbers: the label is in their text.
    Where a label is the whole text of some questions, those are headings of parts."""
    held: dict[tuple[str, bool], list[tuple[int, int]]] = {}
    for at, text in enumerate(texts):
        if found := _COUNTING.match(text):
            alone = not any(map(str.isalnum, found["behind"]))
            held.setdefault((found["label"].strip().casefold(), alone), []).append((at, int(found["n"])))
    for (_, alone), counted in held.items():
        rising = [a for a, b in pairwise(counted) if b[1] == a[1] + 1]
        if len(rising) < limits()["judged"] or (alone and len(counted) * 2 > len(questions)):
            continue
        for at, _ in (*rising, counted[-1]):
            yield questions[at].place, f"a label that counts on stands among its words: «{_short(texts[at])}»"


_FEW_ROWS = 3


def _tables(questions: Sequence[Question]) -> Iterator[Doubt]:
    """Questions that are nothing but a table of numbered rows: questions of a test in a table."""
    for one in questions:
        for table in (block for block in one.text if isinstance(block, Table) and len(one.text) == 1):
            first = [block_text(row.cells[0].blocks).strip(" .)") for row in table.rows if row.cells]
            values = [int(cell) for cell in first if cell.isdecimal()]
            if len(values) >= _FEW_ROWS and values == list(range(1, len(values) + 1)):
                yield one.place, f"a table with {len(values)} numbered rows stands among its words: a test?"


_SHORT = 40
_LETTER = re.compile(rf"[-–—−+*]?\s?\(?(?P<sign>{CLASS}|\d{{1,2}})\s?[.)]\s*\S")
_WRONG = re.compile(r"(?P<sign>[-–—−*#~])\s?(?=[^\W\d_])")


def _choices(questions: Sequence[Question]) -> Iterator[Doubt]:
    """Options that begin with the letters of options, or with the sign of wrong ones."""
    for one in questions:
        if not isinstance(one, MultipleChoice):
            continue
        texts = [block_text(choice.content).strip() for choice in one.choices]
        signs = [found["sign"] for text in texts if (found := _LETTER.match(text))]
        wrong = Counter(found["sign"] for text in texts if (found := _WRONG.match(text)))
        if len(signs) > 1 and len(signs) >= len(texts) - 1 and all(_goes_on(a, b) for a, b in pairwise(signs)):
            yield one.place, "its answers begin with the letters of answers"
        elif len(texts) > 2 and len(texts) - 1 in wrong.values():
            yield one.place, "all of its answers but one begin with a sign"


def _goes_on(before: str, sign: str) -> bool:
    if before.isdecimal() and sign.isdecimal():
        return int(sign) == int(before) + 1
    return follows(before, sign)


def _keys(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    for one, text in zip(questions, texts, strict=True):
        held = [block_text(choice.content) for choice in one.choices] if isinstance(one, MultipleChoice) else []
        below = [line for each in held for line in each.split("\n")[1:]] + text.split("\n")[1:]
        if any(map(is_key, below)) or any(map(_counts_alone, one.grader_notes)):
            yield one.place, "its text contains a key"


def _counts_alone(block: Block) -> bool:
    """Whether a block is a table with a row of numbers: keys of a whole test."""
    return isinstance(block, Table) and bool(_NUMBERS.fullmatch(block_text((block,)).split("\n")[0]))


_NUMBERS = re.compile(r"\W*1\W+2\W+3[\d\W]*")


def _short_of_answers(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    """Questions with fewer answers than nearly all others, and as many more lines."""
    chosen = [(one, text) for one, text in zip(questions, texts, strict=True) if isinstance(one, MultipleChoice)]
    sizes = Counter(len(one.choices) for one, _ in chosen)
    heights = Counter(text.count("\n") for _, text in chosen)
    usual, count = sizes.most_common(1)[0] if sizes else (0, 0)
    height, alike = heights.most_common(1)[0] if heights else (0, 0)
    if len(chosen) < limits()["least-ends"] or count * 100 < len(chosen) * limits()["usual-size"]:
        return
    bare = {id(b): a for a, b in pairwise(questions) if isinstance(a, Essay) and not a.grader_notes}
    for one, text in chosen:
        less = usual - len(one.choices)
        if less > 0 and text.count("\n") >= height + less and alike * 2 > len(chosen):
            yield one.place, f"{len(one.choices)} answers where most have {usual}, and {less} lines more than most"
        elif less == 1 and id(one) in bare:
            yield one.place, f"{usual - 1} answers where most have {usual}, behind a question without any"


def _answers_below(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    """Questions without answers, each above the same number of short lines, none of which asks."""
    below = [
        (one, _answer_lines(one) if one.grader_notes else text.split("\n")[1:])
        for one, text in zip(questions, texts, strict=True)
        if isinstance(one, Essay)
    ]
    found = [(one, len(lines)) for one, lines in below if _are_short(lines)]
    _, count = Counter(size for _, size in found).most_common(1)[0] if found else (0, 0)
    if count < limits()["least-ends"] or len(found) * 100 < len(below) * limits()["marked"]:
        return
    for one, lines in found:
        yield one.place, f"{lines} short lines follow it, as answers do"


def _answer_lines(question: Question) -> list[str]:
    """The short lines of a model answer, of which an explanation may be the last."""
    return [line for line in block_text(question.grader_notes).split("\n") if line.strip() and len(line) < _ANSWER]


def _are_short(lines: Sequence[str]) -> bool:
    plain = all(len(line) < _ANSWER and line.rstrip()[-1:] not in {"?", ":", ";"} for line in lines)
    return 2 <= len(lines) <= limits()["most-answers"] and plain and not any(words().asks(line) for line in lines)


_ANSWER = 60


def _offered_inside(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    """Questions without options whose text has lettered answers on one line."""
    for one, text in zip(questions, texts, strict=True):
        plain = isinstance(one, (Essay, ShortAnswer)) and any(len(inline_starts(line)) > 2 for line in text.split("\n"))
        if plain:
            yield one.place, "its text contains answers with letters on one line"


_LETTER_INSIDE = re.compile(rf"\w\W{{0,2}}(?:[*+]|\s)[(\[]?{CLASS}[.)\]]\s*\S")
_LETTER_BEHIND = re.compile(rf"[(\[]\s?{CLASS}\s?[)\]]\W{{0,2}}$")


_OF_PART = re.compile(r"(?:[^\W\d_]{3,20}\s+(?:№\s*)?\d{1,2}|\d{1,2}\s?-\s?[^\W\d_]{3,20})\s*(?:[.:–—-]|$)")


def _parts_below(questions: Sequence[Question]) -> Iterator[Doubt]:
    """Questions whose last answer has a line below it that numbers a part: «Theme 2. The cell»."""
    for one in questions:
        lines = block_text(one.choices[-1].content).split("\n") if isinstance(one, MultipleChoice) else []
        if len(lines) > 1 and _OF_PART.match(lines[-1].strip()):
            yield one.place, "the heading of a part is below its last answer"


def _own_letters(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    """Of questions with answers those that end with the letter of one, or of whose answers one begins with its letter,
    where several do."""
    chosen = [(one, text) for one, text in zip(questions, texts, strict=True) if isinstance(one, MultipleChoice)]
    behind = [one for one, text in chosen if _LETTER_BEHIND.search(text) and not any(c.fraction for c in one.choices)]
    before = [one for one, _ in chosen if sum(map(_begins_with_letter, one.choices)) == 1]
    inside = [one for one, _ in chosen if any(_LETTER_INSIDE.search(block_text(c.content)) for c in one.choices)]
    inside = inside if len(inside) * 2 > len(chosen) else []
    for found, why in (
        (inside, "its answers contain the letters of other answers"),
        (behind, "the letter of an answer follows its text"),
        (before, "one of its answers begins with the letter of answers"),
    ):
        if len(found) >= limits()["least-ends"]:
            yield from ((one.place, why) for one in found)


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


def _excluded_neighbours(source: OutlineSource, questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    """Lines right before or after a list of unnumbered questions that were excluded as lines of a title page although
    they end as all lines of the list do."""
    places = [one.place for one in questions if one.place]
    counted_off = any(one.printed or not isinstance(one, Essay) for one in questions)
    if counted_off or not places or not all(text[-1:] in _STOPS for text in texts):
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


def _several(questions: Sequence[Question], texts: Sequence[str]) -> Iterator[Doubt]:
    """Open questions of several lines most of which ask."""
    for one, text in zip(questions, texts, strict=True):
        lines = text.split("\n")
        asking = sum(line.rstrip().endswith("?") or words().asks(line) is not None for line in lines)
        many = len(lines) >= limits()["least-ends"] and asking * 100 >= len(lines) * limits()["marked"]
        if isinstance(one, Essay) and len(one.text) > 2 and many and asking >= limits()["least-doubtful"]:
            yield one.place, f"{asking} lines of it ask: several questions in one?"


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"
