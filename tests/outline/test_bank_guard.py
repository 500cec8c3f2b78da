"""The guard of banks."""

from __future__ import annotations

from coursepack.outline.bank import guard


def test_signs_behind_a_question_are_found_in_linear_time() -> None:
    text = "Reasons: " + "- a word " * 5000
    assert guard._ends_in_signs(text)
    assert not guard._ends_in_signs(text + "?")
    assert guard._ends_in_signs("What is two and two? + 4 - 5 - 3")
    assert not guard._ends_in_signs("What is two and two? + 4 - 5 - 3+1 - 2")
    assert not guard._ends_in_signs("Name a well-known sum - and its parts")
