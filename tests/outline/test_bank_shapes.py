"""Shapes of questions and answers in banks: letters without signs, tabs, letters on their own, numbers alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import outline, readers
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question
from coursepack.outline.bank.lines import lines_of
from coursepack.outline.pieces import Piece
from coursepack.project.course_toml import SourceEntry
from tests.outline.documents import Word
from tests.outline.layouts import as_document, loaded

STEMS = ("Which gas do plants take in?", "What is the unit of force?", "Which number is prime?", "What is soil?")
ANSWERS = (("oxygen", "carbon", "neon"), ("newton", "joule", "watt"), ("nine", "four", "seven"), ("a", "a b", "a b c"))


def understood(text: str) -> list[Question]:
    entry = SourceEntry(file="made.txt", role="tests")
    exam = outline.understand(loaded("en", entry), [(as_document(text, "made.txt"), entry)]).course.exam
    assert exam is not None
    return list(exam.questions)


def short(one: Question) -> tuple[str, tuple[str, ...]]:
    assert isinstance(one, MultipleChoice), one
    return block_text(one.text), tuple(block_text(choice.content) for choice in one.choices)


WANTED = list(zip(STEMS, ANSWERS, strict=True))


@pytest.mark.parametrize("number", ["{n}. ", "{n}  ", "{n} - ", "Item {n}: ", "Câu {n}\n"])
@pytest.mark.parametrize("answer", ["{letter} ", "{small}.", "{letter}.\t", "{letter})", "{letter} - ", "{n}. "])
def test_numbers_and_letters(number: str, answer: str, tmp_path: Path) -> None:
    made = Word()
    lines: list[str] = []
    for n, (stem, answers) in enumerate(WANTED, 1):
        asked = [number.format(n=n) + stem]
        for at, text in enumerate(answers):
            asked.append(answer.format(letter="ABC"[at], small="abc"[at], n=at + 1) + text)
        lines += [line for one in asked for line in one.split("\n")]
    for line in lines:
        made.p(line)
    entry = SourceEntry(file="made.docx", role="tests")
    document = readers.read(made.save(tmp_path / "made.docx"), "made.docx")
    exam = outline.understand(loaded("en", entry), [(document, entry)]).course.exam
    assert exam is not None
    assert [short(one) for one in exam.questions] == WANTED
    if "  " in number:  # a text without columns has single spaces
        return
    assert [short(one) for one in understood("\n".join(lines))] == WANTED


def test_a_letter_on_a_line_of_its_own(tmp_path: Path) -> None:
    made = Word()
    for n, (stem, answers) in enumerate(WANTED, 1):
        made.p(f"{n}. {stem}")
        for at, text in enumerate(answers):
            made.p(f"{'ABC'[at]}.")
            made.p(text)
    entry = SourceEntry(file="made.docx", role="tests")
    document = readers.read(made.save(tmp_path / "made.docx"), "made.docx")
    exam = outline.understand(loaded("en", entry), [(document, entry)]).course.exam
    assert exam is not None
    assert [short(one) for one in exam.questions] == WANTED


def test_a_sign_behind_the_right_answer() -> None:
    text = "".join(f"{stem}\n\t{a}\n\t{b} ##\n\t{c}\n\n" for stem, (a, b, c) in WANTED)
    found = understood(text)
    assert [short(one) for one in found] == WANTED
    right = [
        [at for at, c in enumerate(one.choices) if c.fraction > 0] for one in found if isinstance(one, MultipleChoice)
    ]
    assert right == [[1]] * 4


def test_an_answer_over_two_lines_begins_no_question() -> None:
    text = "1. Which code runs?\nA. int x;\nfor (;;)\nB. int y;\nC. int z;\n"
    text += "2. Which stops?\nA. one\nB. two\n3. Why?\nA. x\nB. y\n"
    assert [short(one)[1] for one in understood(text)] == [
        ("int x;\nfor (;;)", "int y;", "int z;"),
        ("one", "two"),
        ("x", "y"),
    ]


def test_statements_stand_before_answers_with_numbers() -> None:
    asked = "Q{n}. Which are true?\n1. Soil.\n2. Water.\n3. Air.\n1. only 1\n2. only 2\nAnswer: 2\n"
    found = understood("".join(asked.format(n=n) for n in range(1, 5)))
    assert [short(one) for one in found] == [("Which are true?\nSoil.\nWater.\nAir.", ("only 1", "only 2"))] * 4


def test_letters_that_an_answer_speaks_of_are_no_answers() -> None:
    text = "1. Which is a text?\na. one\nb. two\nc. Both (A) and (B) above\nAnswer: c\n"
    text += "2. Which is not?\na. one\nb. (A), (B)\nc. three\nAnswer: b\n"
    assert [short(one)[1] for one in understood(text)] == [
        ("one", "two", "Both (A) and (B) above"),
        ("one", "(A), (B)", "three"),
    ]


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("keys", ["BACB", "2132"])
def test_keys_in_the_last_column_of_a_table_without_heads(tmp_path: Path, keys: str, *, apart: bool) -> None:
    rows = []
    for n, ((stem, answers), key) in enumerate(zip(WANTED, keys, strict=True), 1):
        lettered = [f"{letter}) {text}" for letter, text in zip("ABC", answers, strict=True)]
        rows.append([str(n), stem, *answers, key] if apart else [str(n), "\n".join([stem, *lettered]), key])
    entry = SourceEntry(file="made.docx", role="tests")
    document = readers.read(Word().table(rows).save(tmp_path / "made.docx"), "made.docx")
    exam = outline.understand(loaded("en", entry), [(document, entry)]).course.exam
    assert exam is not None
    found = list(exam.questions)
    assert [short(one) for one in found] == WANTED
    asked = [one for one in found if isinstance(one, MultipleChoice)]
    assert [[at for at, c in enumerate(one.choices) if c.fraction > 0] for one in asked] == [[1], [0], [2], [1]]
    assert [one.category for one in found] == [()] * 4


def test_letters_behind_a_picture_and_a_blank() -> None:
    found = lines_of([Piece(text, []) for text in (" A.", "oxygen", " B.", "carbon", " C) neon")])
    assert [(line.letter, line.text[line.letter_end :]) for line in found if line.letter] == [
        ("A", ""),
        ("B", ""),
        ("C", "neon"),
    ]
