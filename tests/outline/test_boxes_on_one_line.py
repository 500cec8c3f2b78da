"""Answers to tick beside one another: a box before each letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.questions import MultipleChoice
from tests.outline import documents


@pytest.mark.parametrize("box", ["[ ] {letter} ", "☐ {letter}. ", "□ {letter}) ", "[ ]{letter} "])
@pytest.mark.parametrize(("letters", "head"), [("ABC", "Radio quiz"), ("АБВ", "Тест по радио")])
def test_boxes_stand_before_letters_on_one_line(tmp_path: Path, box: str, letters: str, head: str) -> None:
    asked = {
        "Which mode needs the least band?": ["morse", "voice", "picture"],
        "What length has the wire?": ["5 m", "10 m", "20 m"],
        "Standing waves at 1:1 mean": ["no power", "a matched load", "an open line"],
    }
    lines = [head, ""]
    for at, (stem, options) in enumerate(asked.items(), 1):
        beside = "    ".join(f"{box.format(letter=one)}{text}" for one, text in zip(letters, options, strict=True))
        lines += [f"{at}. {stem}", beside, ""]
    (tmp_path / "quiz.txt").write_text("\n".join(lines), encoding="utf-8")
    found = documents.read(tmp_path)
    assert found["exam"] == list(asked)
    assert found["options"] == list(asked.values())


def test_a_ticked_box_marks_the_right_answer(tmp_path: Path) -> None:
    lines = ["Quiz", ""]
    for at in (1, 2, 3):
        lines += [f"{at}. Which number is odd in row {at}?", "[ ] A two    [x] B three    [ ] C four", ""]
    (tmp_path / "quiz.txt").write_text("\n".join(lines), encoding="utf-8")
    course = documents.read(tmp_path)["course"]
    questions = [one for one in course.exam.questions if isinstance(one, MultipleChoice)]
    assert [[one.fraction > 0 for one in question.choices] for question in questions] == [[False, True, False]] * 3
