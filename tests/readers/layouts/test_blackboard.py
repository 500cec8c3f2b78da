"""Blackboard's tab-delimited text, type by type."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import (
    Answer,
    Cloze,
    Essay,
    Matching,
    MultipleChoice,
    Numerical,
    NumericalAnswer,
    Ordering,
    Question,
    ShortAnswer,
    TrueFalse,
)
from coursepack.place import Finding, Place
from coursepack.readers import read_questions

LINES = (
    "MC\tCapital?\tAlmaty\tincorrect\tAstana\tCorrect",
    "MA\tRivers?\tIrtysh\tcorrect\tVolga\tincorrect\tUral\tcorrect",
    "TF\tThe earth is round\ttrue",
    "ESS\tWhy <b>so</b>?\tBecause.",
    "ORD\tOrder\tone\ttwo\tthree",
    "MAT\tPairs\ta\t1\tb\t2",
    "FIB\tThe capital is ___\tAstana\tNur-Sultan",
    "FIB_PLUS\tRoses are [x], violets are [y].\tx\tred\tRED\t\ty\tblue",
    "NUM\tpi?\t3,14\t0.01",
    "SR\tName it\tAstana",
    "FIL\tHand in",
)


def read(folder: Path, *lines: str) -> tuple[list[Question], list[Finding]]:
    path = folder / "a.txt"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    found = read_questions(path)
    return list(found.bank.questions()), found.findings


def test_every_type(tmp_path: Path) -> None:
    made, findings = read(tmp_path, *LINES)
    assert findings == []
    one, many, round_, essay, order, pairs, word, gaps, number, short, file = made
    for question, single, shares in ((one, True, [0, 1]), (many, False, [0.5, -1, 0.5])):
        assert isinstance(question, MultipleChoice)
        assert (question.single, [choice.fraction for choice in question.choices]) == (single, shares)
    assert isinstance(round_, TrueFalse)
    assert round_.answer
    assert isinstance(essay, Essay)
    assert (block_text(essay.text), block_text(essay.grader_notes)) == ("Why so?", "Because.")
    assert isinstance(order, Ordering)
    assert [block_text(item.content) for item in order.items] == ["one", "two", "three"]
    assert isinstance(pairs, Matching)
    assert [block_text(pair.answer) for pair in pairs.pairs] == ["1", "2"]
    assert isinstance(word, ShortAnswer)
    assert word.answers == (Answer(text="Astana"), Answer(text="Nur-Sultan"))
    assert isinstance(gaps, Cloze)
    assert block_text(gaps.text) == "Roses are {#1}, violets are {#2}."
    assert [[answer.text for answer in gap.answers] for gap in gaps.gaps] == [["red", "RED"], ["blue"]]
    assert isinstance(number, Numerical)
    assert number.answers == (NumericalAnswer(value="3.14", tolerance="0.01"),)
    assert isinstance(short, Essay)
    assert block_text(short.grader_notes) == "Astana"
    assert isinstance(file, Essay)
    assert file.attachments == 1
    assert file.place == Place("a.txt", 11, 11)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("OP\tDo you agree?", "a question of the type OP, which is not read"),
        ("MC\tWhich?\ta\tincorrect\tb\tincorrect", "MC with 0 correct answers"),
        ("MC\tWhich?\ta\tcorrect\tb\tcorrect", "MC with 2 correct answers"),
        ("MC\tWhich?\ta\tyes\tb\tno", "'yes' behind an answer, expected correct or incorrect"),
        ("MC\tWhich?\ta\tcorrect\tb", "MC with 3 fields, expected answers, each with correct or incorrect behind it"),
        ("TF\tRound?\tperhaps", "TF without true or false"),
        ("NUM\tHow many?\tmany", "NUM with 'many' and the tolerance '0', expected numbers"),
        ("MAT\tPairs\ta\t1", "MAT without two pairs of fields"),
        ("FIB_PLUS\tRoses are [x].\ty\tred", "FIB_PLUS whose [gaps] and answers do not fit"),
        ("MC\t", "MC without a question"),
        ("some text", "the line begins with 'some text', expected a type"),
    ],
)
def test_lines_that_are_none(line: str, message: str, tmp_path: Path) -> None:
    made, findings = read(tmp_path, *LINES, line)
    assert len(made) == len(LINES)
    assert [(finding.code, finding.place) for finding in findings] == [("blackboard-question", Place("a.txt", 12, 12))]
    assert findings[0].message.startswith(message)
