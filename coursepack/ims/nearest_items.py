"""Questions that the profile has no item for, carried as the nearest that keeps their content.

Numerical → short answer with the value; matching → one choice a pair; ordering → one choice a position; cloze → one
item a gap; a question without a key (none was given, or learners may not have it) → essay that lists what there is to
choose from. A description goes before the question that follows it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from string import ascii_lowercase
from typing import Any

import msgspec

from coursepack.languages.catalogues import Words
from coursepack.model.blocks import Blocks, Paragraph, Run, block_text
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Description,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numerical,
    Ordering,
    Question,
    ShortAnswer,
    literal,
)
from coursepack.render.draw import mixed
from coursepack.render.plain import has_files, holds_more
from coursepack.render.question_blocks import asked, in_order, with_rules
from coursepack.render.question_title import without_gaps

replace = msgspec.structs.replace

_COMMON = (
    "id",
    "text",
    "number",
    "printed",
    "title",
    "mark",
    "feedback",
    "grader_notes",
    "tags",
    "variant_of",
    "session",
    "category",
    "place",
)

_NAME = 100

Carried = tuple[Question, Blocks, str]
"""A question that the profile has, text that stands before it, and what changed on the way («» when nothing did)."""


def nearest_items(questions: Iterable[Question], say: Words, *, keys: bool = True) -> Iterator[Carried]:
    """The questions as the profile holds them, in order. Without ``keys`` nothing tells what is right."""
    before: Blocks = ()
    last: Description | None = None
    for question in questions:
        if isinstance(question, Description):
            before, last = (*before, *question.text), question
            continue
        result = _carry(question, say) if keys and _has_key(question) else _without_key(question, say)
        for found, change in result:
            yield found, before, change
            before, last = (), None
    if last is not None:
        text = before
        yield Essay(**_common(last) | {"text": text}), (), "a description with no question after it became an essay"


def with_letters(question: Question) -> tuple[Question, str]:
    """A choice between pictures or files as one between letters, for who loses them in options; and what changed."""
    if not isinstance(question, MultipleChoice) or not any(has_files(choice.content) for choice in question.choices):
        return question, ""
    choices = tuple(
        replace(choice, content=(_paragraph(letter),))
        for letter, choice in zip(_letters(), in_order(question), strict=False)
    )
    kept = replace(question, text=asked(question, str), choices=choices, shuffle=False)
    return kept, (
        "the pictures of its options were moved into the question, and their letters are chosen: "
        "Moodle loses pictures in options"
    )


def _letters() -> Iterator[str]:
    """a, b, … z, aa, ab, … as a list in a page counts."""
    for length in itertools.count(1):
        yield from map("".join, itertools.product(ascii_lowercase, repeat=length))


def _has_key(question: Question) -> bool:
    match question:
        case MultipleChoice():
            return any(choice.fraction > 0 for choice in question.choices)
        case ShortAnswer() | Numerical():
            return any(answer.fraction > 0 for answer in question.answers)
        case Matching():
            return any(pair.question and pair.answer for pair in question.pairs)
        case Ordering():
            return len(set(question.items)) > 1
        case Cloze():
            return all(any(answer.fraction > 0 for answer in gap.answers) for gap in question.gaps)
        case _:
            return True


def _carry(question: Question, say: Words) -> Iterator[tuple[Question, str]]:
    match question:
        case Numerical():
            yield _numerical(question)
        case Matching():
            yield from _matching(question)
        case Ordering():
            yield from _ordering(question, say)
        case Cloze():
            yield from _cloze(question, say)
        case MultipleChoice() if len(question.choices) < 2:
            yield from _without_key(question, say)
        case Essay():
            yield _essay(question, say)
        case _:
            yield question, ""


def _common(question: Question, **changes: Any) -> dict[str, Any]:
    """The fields that every question has."""
    return {name: getattr(question, name) for name in _COMMON} | changes


def _paragraph(text: str) -> Paragraph:
    return Paragraph(content=(Run(text=text),))


def _essay(question: Essay, say: Words) -> tuple[Question, str]:
    lowest, highest = question.min_words, question.max_words
    text = question.text
    if lowest and highest:
        text = (*text, _paragraph(say("{lowest}–{highest} words", lowest=lowest, highest=highest)))
    elif lowest:
        text = (*text, _paragraph(say("At least {lowest} words", lowest=lowest)))
    elif highest:
        text = (*text, _paragraph(say("At most {highest} words", highest=highest)))
    lost = [name for name, value in (("template", question.template), ("attachments", question.attachments)) if value]
    change = f"the essay's {' and '.join(lost)} cannot be carried" if lost else ""
    return (question if text is question.text else replace(question, text=text)), change


def _numerical(question: Numerical) -> tuple[Question, str]:
    answers: list[Answer] = []
    for answer in question.answers:
        spellings = [answer.value, answer.value.replace(".", ",")]
        if question.unit:
            spellings += [f"{value} {question.unit}" for value in spellings]
        answers += [
            Answer(text=text, fraction=answer.fraction, feedback=answer.feedback) for text in dict.fromkeys(spellings)
        ]
    tolerances = {answer.tolerance for answer in question.answers} - {"0", "", "0.0"}
    lost = f"; the tolerance ({', '.join(sorted(tolerances))}) is lost" if tolerances else ""
    return ShortAnswer(**_common(question), answers=tuple(answers)), f"a numerical question became a short answer{lost}"


def _matching(question: Matching) -> Iterator[tuple[Question, str]]:
    offered = list(dict.fromkeys(pair.answer for pair in question.pairs if pair.answer))
    asked = [(pair.question, pair.answer) for pair in question.pairs if pair.question and pair.answer]
    change = f"a matching question became {len(asked)} choices, one a pair"
    yield from _one_by_one(question, asked, offered, change, shuffle=question.shuffle)


def _ordering(question: Ordering, say: Words) -> Iterator[tuple[Question, str]]:
    offered = list(dict.fromkeys(question.items[place].content for place in mixed(question)))
    asked: list[tuple[Blocks, Blocks]] = [
        ((_paragraph(say("Position {number}", number=place)),), item.content)
        for place, item in enumerate(question.items, 1)
    ]
    change = f"an ordering question became {len(asked)} choices, one a position"
    if question.select != "all":
        change += "; all its items are asked"
    if any((question.correct_feedback, question.partial_feedback, question.incorrect_feedback)):
        change += "; its combined feedback is lost"
    yield from _one_by_one(question, asked, offered, change)


def _one_by_one(
    question: Question,
    asked: Sequence[tuple[Blocks, Blocks]],
    offered: Sequence[Blocks],
    change: str,
    *,
    shuffle: bool = True,
) -> Iterator[tuple[Question, str]]:
    """A choice for each thing that is asked, all with the same answers; its mark is the question's share."""
    mark = _share(question.mark, len(asked))
    for number, (text, right) in enumerate(asked, 1):
        choices = tuple(Choice(content=answer, fraction=1.0 if answer == right else 0.0) for answer in offered)
        fields = _common(
            question,
            id=f"{question.id}-p{number}",
            text=(*question.text, *text),
            mark=mark,
            title=f"{_short(question)} ({number})",
        )
        if len(choices) > 1:
            yield MultipleChoice(**fields, choices=choices, shuffle=shuffle), change
        else:
            lost = "; its answer is plain text" if holds_more(right) else ""
            yield ShortAnswer(**fields, answers=(Answer(text=literal(block_text(right))),)), change + lost
        change = ""


def _short(question: Question) -> str:
    """A name for one of the items that a question becomes."""
    name = question.title or f"{question.number}. {without_gaps(block_text(question.text[:1]))}"
    return name if len(name) <= _NAME else name[: _NAME - 1].rpartition(" ")[0] + "…"


def _share(mark: float | None, parts: int) -> float | None:
    return None if mark is None or mark < parts else mark / parts


def _cloze(question: Cloze, say: Words) -> Iterator[tuple[Question, str]]:
    many = len(question.gaps) > 1
    text = with_rules(question)
    became = f"{len(question.gaps)} items, one a gap" if many else "one item"
    change = f"a cloze question became {became}"
    for number, gap in enumerate(question.gaps, 1):
        asked = (*text, _paragraph(say("Gap {number}", number=number))) if many else text
        fields = _common(
            question,
            id=f"{question.id}-g{number}" if many else question.id,
            text=asked,
            mark=float(gap.mark) if many else question.mark,
            title=f"{_short(question)} ({number})" if many else question.title,
        )
        yield _gap(gap, fields), change
        change = ""


def _gap(gap: Gap, fields: dict[str, Any]) -> Question:
    if gap.kind in {"multiple-choice", "multiple-response"}:
        choices = tuple(
            Choice(content=(_paragraph(answer.text),), fraction=answer.fraction, feedback=answer.feedback)
            for answer in gap.answers
        )
        if len(choices) > 1:
            return MultipleChoice(**fields, choices=choices, single=gap.kind == "multiple-choice")
    answers = gap.answers
    if gap.kind == "numerical":
        answers = tuple(
            replace(answer, text=text)
            for answer in gap.answers
            for text in dict.fromkeys((answer.text, answer.text.replace(".", ",")))
        )
    return ShortAnswer(**fields, answers=answers, case_sensitive=gap.kind == "short-answer-case")


def _without_key(question: Question, say: Words) -> Iterator[tuple[Question, str]]:
    """The question as an essay: what it offers to choose from is listed, what is right is not said."""
    if isinstance(question, Essay):
        yield _essay(replace(question, feedback=()), say)
        return
    text = asked(question, say) or (_paragraph(question.id),)
    # Feedback tells what is right.
    fields = _common(question, text=text, feedback=())
    yield Essay(**fields), "its key is left out of this product, so it became an essay that lists the answers"
