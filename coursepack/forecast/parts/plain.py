"""Question files of plain text (GIFT, Aiken) and tables, as our readers see them; they follow Moodle's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coursepack import readers
from coursepack.files import sources
from coursepack.forecast.model import PackagePart
from coursepack.forecast.parts import gift
from coursepack.forecast.parts.names import default_name
from coursepack.model.blocks import block_text
from coursepack.model.questions import Description, MultipleChoice, Numerical, Question, ShortAnswer, TrueFalse
from coursepack.moodle.question_types import PLUGINS
from coursepack.place import CoursepackError, Place

_SHOWN = ("type", "mark", "fractions", "status")


def parts(path: Path) -> tuple[str, list[PackagePart]]:
    """The kind of a question file and its questions. Raises ``CoursepackError`` for what is none."""
    kind = "aiken" if "aiken" in path.name.lower() else path.suffix.lower().removeprefix(".")
    kind = "gift" if ".gift" in path.name.lower() else kind
    if kind == "gift":
        return kind, _gift(path)
    if not readers.is_question_file(path):
        raise CoursepackError("not a known package or question file", Place(str(path)))
    questions = readers.read_questions(path).bank.questions()
    return kind, _whole(path, [_part(one, path) for one in questions])


def _gift(path: Path) -> list[PackagePart]:
    """Raises ``CoursepackError`` for a file that is not UTF-8: the page of Moodle does not take it."""
    try:
        found = list(gift.parts(sources.check_file(path).read_text(encoding="utf-8"), str(path)))
    except UnicodeDecodeError:
        raise CoursepackError("is not UTF-8", Place(str(path))) from None
    return _whole(path, found)


def _whole(path: Path, questions: list[PackagePart]) -> list[PackagePart]:
    facts = {"readable": True, "questions": len(questions)}
    return [PackagePart(kind="course", name="", place=Place(str(path)), facts=facts), *questions]


def _part(one: Question, path: Path) -> PackagePart:
    facts: dict[str, Any] = {
        "type": PLUGINS[type(one)],
        "mark": 0.0 if isinstance(one, Description) else (one.mark if one.mark is not None else 1.0),
        "fractions": _fractions(one),
        "status": "ready",
    }
    name = one.title or default_name(" ".join(block_text(one.text).split()))
    return PackagePart(kind="question", name=name, place=one.place or Place(str(path)), facts=facts, shown=_SHOWN)


def _fractions(one: Question) -> list[float]:
    match one:
        case MultipleChoice():
            return [round(choice.fraction, 5) for choice in one.choices]
        case TrueFalse():
            return [1.0, 0.0] if one.answer else [0.0, 1.0]
        case ShortAnswer() | Numerical():
            return [round(answer.fraction, 5) for answer in one.answers]
    return []
