"""Questions of every kind that a bank, a test or an exam may hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec.structs import force_setattr

from coursepack.model.blocks import Blocks, text_blocks
from coursepack.model.node import Id, Node
from coursepack.place import Place


class _Question(Node, frozen=True, kw_only=True):
    """What every question has.

    ``number`` counts from 1 in its bank, ``printed`` is what the page says («4», «N.2»). ``mark`` is absent unless
    somebody declared one. ``variant_of`` is the id of the question that this one rewords. ``title`` is a short name
    where an author gave one. ``session`` is the id of the session it belongs to, when declared or printed there.
    ``category`` is the path of names a question file gave it. ``grader_notes`` are what an answer should hold: a model
    answer, which a self-check may show behind a button, or with ``grader_only`` words for who marks it, which no
    learner ever sees.
    """

    id: Id
    text: Blocks
    number: int = 0
    printed: str | None = None
    title: str | None = None
    mark: float | None = None
    feedback: Blocks = ()
    grader_notes: Blocks = ()
    grader_only: bool = False
    tags: tuple[str, ...] = ()
    variant_of: Id | None = None
    session: Id | None = None
    category: tuple[str, ...] = ()
    place: Place | None = None


class Essay(_Question, tag="essay", tag_field="type", frozen=True, kw_only=True):
    """A question answered in writing and marked by a person. ``template`` is what the answer box starts with."""

    template: Blocks = ()
    response_lines: int | None = None
    min_words: int | None = None
    max_words: int | None = None
    attachments: int = 0


class Choice(Node, frozen=True, kw_only=True):
    """An answer to tick; ``fraction`` of the mark it gives, -1..1 (1 = right); ``shares`` where nobody says it."""

    content: Blocks
    fraction: float = 0.0
    feedback: Blocks = ()


class MultipleChoice(_Question, tag="multiple-choice", tag_field="type", frozen=True, kw_only=True):
    """``single``: one answer may be ticked, else many. No choice with a fraction above 0 means: no key was given."""

    choices: tuple[Choice, ...]
    single: bool = True
    shuffle: bool = True
    numbering: Literal["abc", "ABC", "123", "none"] = "abc"
    correct_feedback: Blocks = ()
    partial_feedback: Blocks = ()
    incorrect_feedback: Blocks = ()


class TrueFalse(_Question, tag="true-false", tag_field="type", frozen=True, kw_only=True):
    answer: bool
    true_feedback: Blocks = ()
    false_feedback: Blocks = ()


class Answer(Node, frozen=True, kw_only=True):
    r"""A text that is accepted: a pattern, whose ``*`` stands for any letters and ``\*`` for itself (``literal``)."""

    text: str
    fraction: float = 1.0
    feedback: Blocks = ()


class ShortAnswer(_Question, tag="short-answer", tag_field="type", frozen=True, kw_only=True):
    answers: tuple[Answer, ...]
    case_sensitive: bool = False


class NumericalAnswer(Node, frozen=True, kw_only=True):
    """A number that is accepted within ``tolerance`` on both sides; decimal text keeps what the author typed."""

    value: str
    tolerance: str = "0"
    fraction: float = 1.0
    feedback: Blocks = ()


class Numerical(_Question, tag="numerical", tag_field="type", frozen=True, kw_only=True):
    answers: tuple[NumericalAnswer, ...]
    unit: str | None = None


class Pair(Node, frozen=True, kw_only=True):
    """One row of a matching question; empty ``question`` blocks make the answer a distractor.

    An ``answer`` that is written as a text is read as its paragraphs.
    """

    question: Blocks
    if TYPE_CHECKING:
        answer: Blocks
    else:
        answer: str | Blocks

    def __post_init__(self) -> None:
        stated: object = self.answer
        if isinstance(stated, str):
            force_setattr(self, "answer", text_blocks(stated))


class Matching(_Question, tag="matching", tag_field="type", frozen=True, kw_only=True):
    pairs: tuple[Pair, ...]
    shuffle: bool = True


ItemLayout = Literal["vertical", "horizontal"]
ItemSelect = Literal["all", "random", "contiguous"]
OrderGrading = Literal[
    "all-or-nothing",
    "absolute",
    "relative-next-exclude-last",
    "relative-next-include-last",
    "relative-one-previous-and-next",
    "relative-all-previous-and-next",
    "longest-ordered-subset",
    "longest-contiguous-subset",
    "relative-to-correct",
]
"""How an order that is right in part is marked: Moodle's ways, in the order of its numbers, from -1 on."""


class OrderingItem(Node, frozen=True, kw_only=True):
    """One of the items to put in order."""

    content: Blocks


class Ordering(_Question, tag="ordering", tag_field="type", frozen=True, kw_only=True):
    """Items to put in order; they stand in the right one, and are never asked in it.

    ``select``: all of them are asked, or ``select_count`` drawn at random or side by side. ``show_grading``: learners
    see how their mark came about. ``numbering``: what stands before the items.
    """

    items: tuple[OrderingItem, ...]
    layout: ItemLayout = "vertical"
    select: ItemSelect = "all"
    select_count: int | None = None
    grading: OrderGrading = "absolute"
    show_grading: bool = True
    numbering: Literal["none", "abc", "ABC", "123", "iii", "III"] = "none"
    correct_feedback: Blocks = ()
    partial_feedback: Blocks = ()
    incorrect_feedback: Blocks = ()


class Gap(Node, frozen=True, kw_only=True):
    """A gap of a cloze question: ``kind`` says how it is answered, ``answers`` what is accepted (or offered)."""

    kind: Literal["short-answer", "short-answer-case", "numerical", "multiple-choice", "multiple-response"]
    answers: tuple[Answer, ...]
    mark: int = 1
    tolerances: tuple[str, ...] = ()


class Cloze(_Question, tag="cloze", tag_field="type", frozen=True, kw_only=True):
    """``text`` holds ``{#1}``, ``{#2}`` … where the gaps stand."""

    gaps: tuple[Gap, ...]


class Description(_Question, tag="description", tag_field="type", frozen=True, kw_only=True):
    """Text shown between questions; nothing to answer."""


Question = Essay | MultipleChoice | TrueFalse | ShortAnswer | Numerical | Matching | Ordering | Cloze | Description
Questions = tuple[Question, ...]


_LEAST_COST = 0.1
"""Of the mark, for a wrong tick among many: Moodle knows no fraction between a tenth and a twentieth."""


def shares(right: Sequence[bool], *, single: bool, free: bool = False) -> tuple[float, ...]:
    """What answers are worth of which it is only said which are right. Where several may be ticked the right ones share
    the mark, and wrong ones take it away together: who ticks all gets nothing. ``free``: a wrong tick costs nothing.

    >>> shares([True, False, True, False, False], single=False)
    (0.5, -0.3333333333333333, 0.5, -0.3333333333333333, -0.3333333333333333)
    >>> shares([False, True], single=True)
    (0.0, 1.0)
    """
    count = sum(right)
    wrong = len(right) - count
    costs = bool(count and wrong) and not (single or free)
    cost = -max(1 / wrong, _LEAST_COST) if costs else 0.0
    return tuple(1 / count if one else cost for one in right)


def literal(text: str) -> str:
    """The pattern of an ``Answer`` that accepts this text alone, for sources that know no patterns."""
    return text.replace("*", r"\*")


def as_typed(pattern: str) -> str:
    """The pattern of an ``Answer`` as a person reads it."""
    return pattern.replace(r"\*", "*")


ANY_LETTERS = "…"
"""What stands for a «*» of a pattern where a learner reads it."""


def as_read(pattern: str) -> str:
    """The pattern of an ``Answer`` as a learner is shown it: «*», any letters, as «…»; a typed asterisk as itself."""
    return "*".join(piece.replace("*", ANY_LETTERS) for piece in pattern.split(r"\*"))


def offers(question: Question) -> bool:
    """Whether a question offers what to choose from, as those of tests do."""
    return isinstance(question, MultipleChoice | TrueFalse | Matching | Ordering | Cloze)
