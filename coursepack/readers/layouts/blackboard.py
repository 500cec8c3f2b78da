"""Blackboard's tab-delimited text: a question a line, its type first → questions.

The types and their fields are those of Blackboard Help, «Upload Questions» (file of tab-delimited text). ``OP``,
``JUMBLED_SENTENCE`` and ``QUIZ_BOWL`` have no like here and are refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from coursepack.model.blocks import Blocks
from coursepack.model.questions import (
    Answer,
    Choice,
    Cloze,
    Essay,
    Gap,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    OrderingItem,
    Pair,
    Question,
    ShortAnswer,
    TrueFalse,
    literal,
)
from coursepack.moodle.text import NUMBER
from coursepack.readers import question_text
from coursepack.readers.html.blocks import HtmlReader
from coursepack.readers.layouts.pieces import LayoutPiece
from coursepack.readers.streams import AnswerWeights, ReadingSession

TYPES = frozenset(
    {
        "MC",
        "MA",
        "TF",
        "ESS",
        "ORD",
        "MAT",
        "FIB",
        "FIB_PLUS",
        "FIL",
        "NUM",
        "SR",
        "OP",
        "JUMBLED_SENTENCE",
        "QUIZ_BOWL",
    }
)
_VARIABLE = re.compile(r"\[([^\[\]]{1,100})\]")


class _LayoutError(Exception):
    pass


def questions(session: ReadingSession, pieces: Callable[[], Iterable[LayoutPiece]]) -> Iterator[Question]:
    """The questions of the lines."""
    html = HtmlReader(lost=session.lost, top=3)

    def blocks(text: str) -> Blocks:
        return question_text.blocks(text, "moodle", html)

    for piece in pieces():
        name, *fields = (field.strip() for field in piece.text.rstrip("\t").split("\t"))
        if not name and not fields:
            continue
        session.keep_to(len(piece.text), piece.number)
        try:
            kind, result = _made(name, fields, blocks, session.shares)
        except _LayoutError as problem:
            session.error("blackboard-question", str(problem), piece.number)
            continue
        identifier, number = session.next_id()
        yield kind(id=identifier, number=number, place=session.place(piece.number), **result)


def _made(
    name: str, fields: list[str], blocks: Callable[[str], Blocks], worth: AnswerWeights
) -> tuple[type[Any], dict[str, Any]]:
    said, name = name, name.upper()
    if name not in TYPES:
        raise _LayoutError(
            f"the line begins with {said[:40]!r}, expected a type ({', '.join(sorted(TYPES))}) and a tab"
        )
    if name == "FIB_PLUS" and fields:
        return _cloze(fields, blocks)
    make = _TYPES.get(name)
    if make is None and name not in _CHOICES:
        raise _LayoutError(f"a question of the type {name}, which is not read")
    if not fields or not fields[0]:
        raise _LayoutError(f"{name} without a question")
    kind, result = make(fields[1:], blocks) if make else _choices(name, fields[1:], blocks, worth)
    return kind, {"text": blocks(fields[0])} | result


def _cloze(fields: list[str], blocks: Callable[[str], Blocks]) -> tuple[type[Any], dict[str, Any]]:
    """``[x]`` in the question is a gap; behind it stand x and its answers, an empty field before the next one."""
    text, *rest = fields
    answers: dict[str, list[str]] = {}
    name = ""
    for field in rest:
        if not field:
            name = ""
        elif name:
            answers[name].append(field)
        else:
            name = field
            answers[name] = []
    requested = [found[1] for found in _VARIABLE.finditer(text)]
    if (
        not requested
        or set(requested) != set(answers)
        or len(set(requested)) < len(requested)
        or not all(answers.values())
    ):
        raise _LayoutError(
            "FIB_PLUS whose [gaps] and answers do not fit, expected the name and the answers of each gap"
        )
    order = iter(range(1, len(requested) + 1))
    gaps = tuple(
        Gap(kind="short-answer", answers=tuple(Answer(text=literal(one)) for one in answers[name]))
        for name in requested
    )
    return Cloze, {"text": blocks(_VARIABLE.sub(lambda _: f"{{#{next(order)}}}", text)), "gaps": gaps}


Make = Callable[[list[str], Callable[[str], Blocks]], tuple[type[Any], dict[str, Any]]]


_CHOICES = frozenset({"MC", "MA"})


def _choices(
    name: str, fields: list[str], blocks: Callable[[str], Blocks], worth: AnswerWeights
) -> tuple[type[Any], dict[str, Any]]:
    single = name == "MC"
    texts, words = fields[::2], [word.lower() for word in fields[1::2]]
    if len(fields) % 2 or len(texts) < 2:
        raise _LayoutError(
            f"{name} with {len(fields)} fields, expected answers, each with correct or incorrect behind it"
        )
    if odd := next((word for word in words if word not in {"correct", "incorrect"}), None):
        raise _LayoutError(f"{odd[:40]!r} behind an answer, expected correct or incorrect")
    right = words.count("correct")
    if not right or (single and right > 1):
        raise _LayoutError(f"{name} with {right} correct answers")
    fractions = worth([word == "correct" for word in words], single=single)
    choices = tuple(Choice(content=blocks(text), fraction=one) for text, one in zip(texts, fractions, strict=True))
    return MultipleChoice, {"choices": choices, "single": single}


def _true_false(fields: list[str], blocks: Callable[[str], Blocks]) -> tuple[type[Any], dict[str, Any]]:
    if not fields or fields[0].lower() not in {"true", "false"}:
        raise _LayoutError("TF without true or false")
    return TrueFalse, {"answer": fields[0].lower() == "true"}


def _essay(fields: list[str], blocks: Callable[[str], Blocks]) -> tuple[type[Any], dict[str, Any]]:
    return Essay, {"grader_notes": blocks("\n\n".join(fields))}


def _file(fields: list[str], blocks: Callable[[str], Blocks]) -> tuple[type[Any], dict[str, Any]]:
    return Essay, {"attachments": 1, "response_lines": None}


def _order(fields: list[str], blocks: Callable[[str], Blocks]) -> tuple[type[Any], dict[str, Any]]:
    if len(fields) < 2:
        raise _LayoutError("ORD with fewer than two answers")
    return Ordering, {"items": tuple(OrderingItem(content=blocks(text)) for text in fields)}


def _match(fields: list[str], blocks: Callable[[str], Blocks]) -> tuple[type[Any], dict[str, Any]]:
    if len(fields) % 2 or len(fields) < 4:
        raise _LayoutError("MAT without two pairs of fields")
    pairs = zip(fields[::2], fields[1::2], strict=True)
    return Matching, {
        "pairs": tuple(Pair(question=blocks(requested), answer=blocks(answer)) for requested, answer in pairs)
    }


def _short(fields: list[str], blocks: Callable[[str], Blocks]) -> tuple[type[Any], dict[str, Any]]:
    answers = [text for text in fields if text]
    if not answers:
        raise _LayoutError("FIB without an answer")
    return ShortAnswer, {"answers": tuple(Answer(text=literal(text)) for text in answers)}


def _number(fields: list[str], blocks: Callable[[str], Blocks]) -> tuple[type[Any], dict[str, Any]]:
    value, spread = ([text.replace(",", ".") for text in fields] + ["0", "0"])[:2] if fields else ("", "")
    if not NUMBER.fullmatch(value) or not NUMBER.fullmatch(spread):
        raise _LayoutError(f"NUM with {value[:40]!r} and the tolerance {spread[:40]!r}, expected numbers")
    return Numerical, {"answers": (NumericalAnswer(value=value, tolerance=spread),)}


_TYPES: dict[str, Make] = {
    "TF": _true_false,
    "ESS": _essay,
    "SR": _essay,
    "FIL": _file,
    "ORD": _order,
    "MAT": _match,
    "FIB": _short,
    "NUM": _number,
}
