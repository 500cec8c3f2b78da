"""Whether a bank was read as its author meant it: what looks wrong is counted and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from coursepack.model.blocks import block_text
from coursepack.model.questions import Essay, MultipleChoice, Question
from coursepack.outline.bank.limits import limits
from coursepack.outline.bank.parts import Read
from coursepack.outline.bank.said import letters_of
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.words import words
from coursepack.place import Finding, Place, error, warning

_ADVICE = (
    'give the file the role that it has in course.toml (role = "questions" for questions without answers), or say what '
    "single lines are ([[correction]] begins = …, kind = …); `coursepack inspect` shows how each line was read"
)


def guard(
    file: str, questions: Sequence[Question], read: Read, where: Callable[[Piece], Place | None]
) -> list[Finding]:
    """One finding on a bank with doubtful questions: an error from a share on, a warning below it."""
    found = [
        *_doubtful(questions),
        *_double(questions, read),
        *((where(line.piece), "a line of no question") for line in read.strays if line.text),
    ]
    if not found:
        return []
    bounds = limits()
    serious = len(found) >= bounds["least-doubtful"] and len(found) * 100 > len(questions) * bounds["doubtful"]
    shown = "; ".join(f"{place or file}: {why}" for place, why in found[: bounds["shown"]])
    more = " …" if len(found) > bounds["shown"] else ""
    message = f"{len(found)} places of {len(questions)} questions are doubtful: {shown}{more}"
    return [(error if serious else warning)("bank-doubtful", message, found[0][0] or Place(file), _ADVICE)]


def guard_list(file: str, questions: Sequence[Question]) -> list[Finding]:
    """One finding on a list of questions that are letters alone: it holds the answers of a test that is not there."""
    found = [one.place for one in questions if _is_answer(block_text(one.text).strip()) and len(one.text) < 2]
    if len(found) < limits()["least-doubtful"] or len(found) * 100 <= len(questions) * limits()["doubtful"]:
        return []
    message = f"{len(found)} of {len(questions)} questions are nothing but the letters or signs of answers"
    advice = "take the file away, or put it behind the questions that it answers"
    return [error("bank-doubtful", message, found[0] or Place(file), advice)]


def _is_answer(text: str) -> bool:
    return sum(c.isalnum() for c in text) < 2 or letters_of(text) is not None


def _doubtful(questions: Sequence[Question]) -> Iterator[tuple[Place | None, str]]:
    chosen = sum(isinstance(one, MultipleChoice) for one in questions)
    tests = chosen * 2 > len(questions)
    for one in questions:
        text = block_text(one.text).strip()
        if sum(c.isalnum() for c in text) < 2 and len(one.text) < 2:
            yield one.place, "a question of one letter or none"
        elif isinstance(one, Essay) and tests and not one.grader_notes and not _asks(one, text):
            yield one.place, "a question without answers among tests"
        elif isinstance(one, MultipleChoice) and len(one.choices) > limits()["most-answers"]:
            yield one.place, f"{len(one.choices)} answers: two questions in one?"
        elif isinstance(one, MultipleChoice) and len(one.choices) < 2:
            yield one.place, "a question of one answer"
    yield from _jumps(questions)


def _double(questions: Sequence[Question], read: Read) -> Iterator[tuple[Place | None, str]]:
    """Answers whose letters begin anew."""
    for one, item in zip(questions, read.items, strict=True):
        first = [option.label for option in item.options if option.label and option.label == item.options[0].label]
        if len(first) > 1:
            yield one.place, f"answers begin with {first[0]} twice: two questions in one?"


def _asks(question: Question, text: str) -> bool:
    """Whether a question without answers is one by its words, or by its number and length."""
    asks = words().asks(text) is not None or text.rstrip(' »"”)').endswith(("?", ":"))
    return asks or (question.printed is not None and len(text.split()) > 3)


def _jumps(questions: Sequence[Question]) -> Iterator[tuple[Place | None, str]]:
    """Numbers that neither count on nor begin anew."""
    numbered = [one for one in questions if one.printed and one.printed.isdecimal()]
    for before, one in pairwise(numbered):
        a, b = int(before.printed or 0), int(one.printed or 0)
        if b not in {1, a + 1} and not (a == b == 1) and before.category == one.category:
            yield one.place, f"number {b} follows upon {a}"
