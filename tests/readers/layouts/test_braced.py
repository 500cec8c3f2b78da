"""GIFT that was typed in Word."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import readers
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question, TrueFalse
from tests.outline.documents import Word

LINES = (
    "1. Which gas do plants take in?",
    "{~%0% oxygen",
    "~%100% carbon dioxide}",
    "2. What is the unit of force?{~watt",
    "=newton}",
    "3. Choose two metals:",
    "{~%33,333% iron",
    "~%33,333% zinc",
    "~%33,333% gold",
    "~%-100% neon}",
    "Soil is a gas. {F}",
)


def read(folder: Path, lines: tuple[str, ...]) -> tuple[list[Question], list[str]]:
    made = Word()
    for line in lines:
        made.p(line)
    found = readers.read_questions(made.save(folder / "bank.docx"))
    return list(found.bank.questions()), [one.message for one in found.findings]


def test_questions_end_with_their_braces(tmp_path: Path) -> None:
    (gas, force, metals, soil), told = read(tmp_path, LINES)
    assert told == []
    assert [block_text(one.text).strip() for one in (gas, force, metals, soil)] == [
        "Which gas do plants take in?",
        "What is the unit of force?",
        "Choose two metals:",
        "Soil is a gas.",
    ]
    assert isinstance(gas, MultipleChoice)
    assert [(block_text(one.content), one.fraction) for one in gas.choices] == [
        ("oxygen", 0.0),
        ("carbon dioxide", 1.0),
    ]
    assert isinstance(force, MultipleChoice)
    assert [one.fraction for one in force.choices] == [0.0, 1.0]
    assert isinstance(metals, MultipleChoice)
    assert [round(one.fraction, 3) for one in metals.choices] == [0.333, 0.333, 0.333, -1.0]
    assert isinstance(soil, TrueFalse)
    assert not soil.answer


def test_a_brace_that_is_never_closed_costs_one_question(tmp_path: Path) -> None:
    lines = tuple(line.replace("newton}", "newton") for line in LINES) * 30
    found, told = read(tmp_path, lines[: len(LINES)] + LINES * 30)
    assert told == ["a '{' without its '}'"]
    assert len(found) == 4 * 31 - 1


@pytest.mark.parametrize("number", ["1984. ", "7) "])
def test_a_number_that_does_not_count_on_is_text(tmp_path: Path, number: str) -> None:
    found, _ = read(tmp_path, (number + "Who wrote it?", "{~Huxley", "=Orwell}", "Why?{=so", "~thus}"))
    assert block_text(found[0].text) == number + "Who wrote it?"
