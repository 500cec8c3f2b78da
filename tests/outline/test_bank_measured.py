"""The finished questions of a document are measured by their form: what of a test still stands among their words is
reported, whatever the document was read as."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from coursepack.model.blocks import text_blocks
from coursepack.model.document import Document
from coursepack.model.questions import Choice, Essay, MultipleChoice, Question
from coursepack.outline.found import OutlineSource
from coursepack.outline.measured import measured
from coursepack.place import Finding, Place, error
from coursepack.stages import Live
from tests.outline.test_bank_silence import read
from tests.outline.test_bank_wrecks import BANKS


class _Source:
    """As much of a source as is asked."""

    document = Document(file="a.txt", sha256="", medium="text", units=())

    def __init__(self, *findings: Finding) -> None:
        self.findings = list(findings)
        ledger = SimpleNamespace(entries=[])
        self.stream = SimpleNamespace(pieces=[], texts=SimpleNamespace(ledger=ledger, clean={}))


def essay(text: str, at: int = 1) -> Essay:
    return Essay(id=f"q{at}", text=text_blocks(text), place=Place("a.txt", at, at))


def choice(text: str, *answers: str, at: int = 1) -> MultipleChoice:
    choices = tuple(Choice(content=text_blocks(one)) for one in answers)
    return MultipleChoice(id=f"q{at}", text=text_blocks(text), choices=choices, place=Place("a.txt", at, at))


def told(*questions: Question, source: Any = None) -> Finding | None:
    return measured(cast("OutlineSource", source or _Source()), questions, Live())


OPEN = ("What is inertia?", "Describe the third law.", "Types of forces", "Why does ice float?")
PLAIN = tuple(choice(stem, *answers, at=n) for n, (stem, answers, _) in enumerate(BANKS["en"], 1))


@pytest.mark.parametrize(
    "questions",
    [
        [essay(one) for one in OPEN],
        PLAIN,
        [*PLAIN, essay("Variants of a gene and how they arise")],
        [choice("Solve it", "-5", "-3", "2", "-1")] * 3,
        [choice("Solve it", "-x", "x", "-2x", "2x")] * 3,
        [essay("In 1991. what happened\nin the north of the country, and why did it happen there?")],
        [essay("Define:\nmass;\nforce;\nenergy")] * 3,
        [essay("Read the text.\nWhat does it say?")] * 4,
    ],
)
def test_what_is_whole_is_not_told(questions: list[Question]) -> None:
    assert told(*questions) is None


@pytest.mark.parametrize(
    ("question", "why"),
    [
        (essay("№ 4. Types of forces"), "the label of a question stands among its words: «№ 4. Types of forces»"),
        (essay("No 4. Types of forces"), "the label of a question stands among its words: «No 4. Types of forces»"),
        (essay("Question: what is inertia?"), "the label of a question stands among its words"),
        (essay("Вопрос 3. Что такое сила?"), "the label of a question stands among its words"),
        (essay("4-сұрақ. Күш дегеніміз не?"), "the label of a question stands among its words"),
        (essay("4) Types of forces"), "the label of a question stands among its words"),
        (essay("Күш деген не?\n5-сұрақ. Масса деген не?"), "its text contains the label of another question"),
        (essay("Күш деген не? 5-сұрақ. Масса деген не?"), "its text contains the label of another question"),
        (essay("Вариант 2"), "the heading of a part was read as a question: «Вариант 2»"),
        (essay("2-нұсқа"), "the heading of a part was read as a question: «2-нұсқа»"),
        (essay("Part B"), "the heading of a part was read as a question: «Part B»"),
        (choice("Which?", "a) one", "b) two", "c) three"), "its answers begin with the letters of answers"),
        (choice("Which?", "-1) one", "2) two", "-3) three"), "its answers begin with the letters of answers"),
        (choice("Which?", "-one", "two", "-three"), "all of its answers but one begin with a sign"),
        (choice("Which?", "one", "two", "three\nCorrect answer: two"), "its text contains a key"),
        (choice("Which?\nОтвет: Б", "one", "two", "three"), "its text contains a key"),
        (
            essay("What is inertia?\n\nDescribe the third law.\n\nWhy does ice float?"),
            "3 lines of it ask: several questions in one?",
        ),
    ],
)
def test_what_was_left_among_the_words_is_told_with_its_place(question: Question, why: str) -> None:
    found = told(*(essay(one, at=n) for n, one in enumerate(OPEN, 7)), question)
    assert found is not None
    assert (found.code, str(found.severity), found.place) == ("bank-doubtful", "warning", Place("a.txt", 1, 1))
    assert f"1 places of 5 questions are doubtful: a.txt:1: {why}" in found.message
    assert 'role = "questions"' in (found.advice or "")


def test_a_share_of_them_is_an_error() -> None:
    found = told(*(essay(f"№ {n}. {one}", at=n) for n, one in enumerate(OPEN, 1)))
    assert found is not None
    assert str(found.severity) == "error"
    assert found.message.startswith("4 places of 4 questions")


def test_answers_that_went_into_a_stem_are_missing_below_it() -> None:
    found = told(*PLAIN, choice("The law was stated by\nI. Newton\nG. Galilei", "Ohm", "Faraday", at=9))
    assert found is not None
    assert "a.txt:9: 2 answers where most have 4, and 2 lines more than most" in found.message


def test_an_answer_that_became_a_stem_is_missing_below_it() -> None:
    found = told(*PLAIN, essay("What is inertia?", at=8), choice("a force", "a mass", "a speed", "a law", at=9))
    assert found is not None
    assert "a.txt:9: 3 answers where most have 4, behind a question without any" in found.message


def test_as_many_short_lines_below_each_question_are_answers() -> None:
    asked = [essay("\n\n".join((stem, *answers)), at=n) for n, (stem, answers, _) in enumerate(BANKS["en"], 1)]
    found = told(*asked)
    assert found is not None
    assert "a.txt:1: 4 short lines follow it, as answers do" in found.message


def test_a_test_that_is_doubtful_already_is_told_once() -> None:
    before = error("bank-doubtful", "…", None)
    assert told(essay("№ 4. Types of forces"), source=_Source(before)) is None


def test_review_questions_of_a_lecture_are_measured(tmp_path: Path) -> None:
    asked = "- Question: What is inertia?\n- Question: Describe the third law.\n- Question: Types of forces\n"
    (tmp_path / "Lecture 1.md").write_text(f"# Lecture 1. Cells\n\n## Review questions\n\n{asked}", "utf-8")
    _, findings = read(tmp_path)
    (found,) = (one for one in findings if one.code == "bank-doubtful")
    assert found.place is not None
    assert (found.place.file, found.place.first) == ("Lecture 1.md", 3)
    assert "the label of a question stands among its words" in found.message
