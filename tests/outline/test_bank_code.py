"""Banks full of code: whatever its type, a numbered question begins one, and code above its answers is its own."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice
from coursepack.outline.bank.key_text import option_named

ASKED = [
    ("What does it print?", ["public class Two {", "  int x = 3;", "}"], "two", 1),
    ("Which loop ends?", ["for (;;) { break; }"], "the first", 2),
    ("What is the type of x?", ["var x = 2.0;"], "double", 3),
]


def bank(path: Path, *, mono: bool) -> None:
    made = docx.Document()

    def line(text: str, face: bool) -> None:
        made.add_paragraph().add_run(text).font.name = "Courier New" if face else "Times New Roman"

    line("A test on the basics of the language, to be taken in class without a computer. " * 3, face=False)
    for number, (asked, code, right, at) in enumerate(ASKED, 1):
        line(f"{number}. {asked}", mono)
        for one in code:
            line(one, face=True)
        answers = ["nothing", "an error", "both"]
        answers.insert(at, right)
        for letter, answer in zip("ABCD", answers, strict=True):
            line(f"{letter}) {answer}", face=False)
        line(f"Answer: {'ABCD'[at]}", face=False)
    made.save(str(path))


@pytest.mark.parametrize("mono", [False, True])
def test_code_belongs_to_the_question_above_it(mono: bool, tmp_path: Path) -> None:
    bank(tmp_path / "quiz.docx", mono=mono)
    (loaded,) = discovery.find_projects([tmp_path / "quiz.docx"])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    found = [
        (block_text(one.text).split("\n"), [block_text(c.content) for c in one.choices if c.fraction > 0])
        for one in exam.questions
        if isinstance(one, MultipleChoice)
    ]
    assert found == [([asked, *code], [right]) for asked, code, right, _ in ASKED]


@pytest.mark.parametrize(
    ("said", "letter"),
    [
        ("option [4] is correct", "4"),
        ("option B is the right answer.", "B"),
        ("option C", "C"),
        ("B", "B"),
    ],
)
def test_a_key_that_is_a_sentence(said: str, letter: str) -> None:
    assert option_named(said) == letter
