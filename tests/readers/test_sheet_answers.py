"""Answers as tables state them: options that commas part in one cell, model answers of several sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import Essay, MultipleChoice, ShortAnswer
from tests.readers.test_sheet import keys, read


@pytest.mark.parametrize("sign", [",", ", ", "，", "、"])
def test_options_that_commas_part_in_one_cell(sign: str, tmp_path: Path) -> None:
    cells = [sign.join(("newton", "joule", "watt")), sign.join(("lux", "mole", "gram"))]
    table = f"text;options;answer\nUnit of force?;{cells[0]};newton\nUnit of amount?;{cells[1]};Mole\n"
    (force, amount), findings = read(tmp_path, table)
    assert findings == []
    assert keys(force) == [("newton", 1.0), ("joule", 0.0), ("watt", 0.0)]
    assert keys(amount) == [("lux", 0.0), ("mole", 1.0), ("gram", 0.0)]
    assert isinstance(force, MultipleChoice)


def test_commas_of_a_sentence_part_no_options(tmp_path: Path) -> None:
    made, findings = read(tmp_path, "text;options;answer\nUnit of force?;newton, joule;it is the newton\n")
    assert made == []
    assert findings[0].message == "row 2: 1 options, expected two or more, one a line"


@pytest.mark.parametrize("head", ["Response", "Answer", "Solution"])
def test_model_answers_go_to_who_marks(head: str, tmp_path: Path) -> None:
    said = "Inertia is that a body keeps its state of rest or of even motion, as long as no force acts on it."
    (why, short), findings = read(tmp_path, f'Question,{head}\nWhat is inertia?,"{said}"\nUnit of force?,newton\n')
    assert findings == []
    assert isinstance(why, Essay)
    assert block_text(why.grader_notes) == said
    assert isinstance(short, ShortAnswer)
    assert [one.text for one in short.answers] == ["newton"]
