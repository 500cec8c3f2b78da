"""The guard of banks."""

from __future__ import annotations

import pytest

from coursepack.outline.bank import guard
from tests.outline.test_banks import of_text


def test_signs_behind_a_question_are_found_in_linear_time() -> None:
    text = "Reasons: " + "- a word " * 5000
    assert guard._ends_in_signs(text)
    assert not guard._ends_in_signs(text + "?")
    assert guard._ends_in_signs("What is two and two? + 4 - 5 - 3")
    assert not guard._ends_in_signs("What is two and two? + 4 - 5 - 3+1 - 2")
    assert not guard._ends_in_signs("Name a well-known sum - and its parts")


def numbered(count: int, jumps: int) -> str:
    """A test of so many questions, whose numbers leave out one so many times."""
    left = set(range(7, 7 + 6 * jumps, 6))
    numbers = [n for n in range(1, count + jumps + 1) if n not in left]
    return "".join(f"{n}. What is {n}?\nA) this\nB) that\nC) neither\nAnswer: A\n" for n in numbers)


@pytest.mark.parametrize(("count", "severity"), [(60, "warning"), (59, "error")])
def test_a_twentieth_of_the_questions_is_the_edge_of_an_error(count: int, severity: str) -> None:
    (told,) = [one for one in of_text(numbered(count, 3)).findings if one.code == "bank-doubtful"]
    assert told.severity == severity
    assert told.message.startswith(f"3 places of {count} questions are doubtful: ")
    assert told.message.count("follows") == 3
    assert not told.message.endswith("…")


@pytest.mark.parametrize(("count", "severity"), [(120, "warning"), (119, "error")])
def test_the_first_five_places_are_shown_and_what_to_write(count: int, severity: str) -> None:
    (told,) = [one for one in of_text(numbered(count, 6)).findings if one.code == "bank-doubtful"]
    assert (told.severity, told.message.count("follows")) == (severity, 5)
    assert told.message.endswith(" …")
    shown = [f"number {n + 1} follows {n - 1}" for n in range(7, 37, 6)]
    assert all(one in told.message for one in shown)
    assert told.advice is not None
    assert all(one in told.advice for one in ('role = "questions"', "[[correction]] begins", "coursepack inspect"))


@pytest.mark.parametrize(("box", "told"), [("[ ] ", False), ("", True)])
def test_a_box_before_each_answer_of_a_line_counts_them(box: str, told: bool) -> None:
    """Without boxes an answer fewer than most may be one that was not seen."""
    sizes = (4, 4, 3, 4, 4, 3, 4)
    letters = [[f"{box}{c}{'' if box else ')'} a{n}{c}" for c in "ABCD"[:size]] for n, size in enumerate(sizes)]
    text = "".join(f"({n}) What is it, {n}?\n{'    '.join(each)}\n\n" for n, each in enumerate(letters, 1))
    found = [one for one in of_text(text).findings if one.code == "bank-doubtful"]
    assert any("3 answers where most have 4" in one.message for one in found) == told
