"""Aiken: Latin letters, one key, no blank line inside, and a word on every question that does not fit."""

from __future__ import annotations

import re
from pathlib import Path

from coursepack.model.questions import Choice, Essay, MultipleChoice, Question, TrueFalse
from coursepack.writers import Context, load
from tests.samples import b, every_question
from tests.writers.plain import bank, codes, data, read_back, written


def choice(text: str, *options: str, right: int = 0) -> MultipleChoice:
    choices = tuple(Choice(content=b(o), fraction=1.0 if n == right else 0.0) for n, o in enumerate(options))
    return MultipleChoice(id="q", text=b(text), choices=choices)


def test_a_file() -> None:
    made = written("aiken", choice("Қайсы?", "а", "ә", right=1), choice("Екі\nжол", "x", "y", "z"))
    assert data(made).decode() == "Қайсы?\nA) а\nB) ә\nANSWER: B\n\nЕкі жол\nA) x\nB) y\nC) z\nANSWER: A\n\n"
    assert made.findings == ()
    assert made.artifacts[0].name == "bank-questions.aiken.txt"


def test_every_line_is_what_moodle_expects() -> None:
    made = written("aiken", choice("A. Lincoln кім?", "A) а", "ANSWER: B"), choice("ANSWER: бұл не?", "1", "2"))
    blocks = data(made).decode().strip().split("\n\n")
    assert codes(made) == {"aiken-first-letters": 2}
    for block in blocks:
        question, *options, key = block.split("\n")
        assert not re.match(r"[A-Z][).]|ANSWER:", question)
        assert all(re.match(r"[A-Z]\) .", option) for option in options)
        assert re.fullmatch(r"ANSWER: [A-Z]", key)


def test_true_false_becomes_two_options_in_the_language_of_the_bank() -> None:
    question = TrueFalse(id="q", text=b("Рас па?"), answer=False)
    found = {}
    for language in ("kk", "ru", "en"):
        make = load("aiken").write_bank
        assert make is not None
        found[language] = data(make(bank(question, language=language), Context())).decode().split("\n")[1:4]
    assert found == {
        "kk": ["A) Дұрыс", "B) Бұрыс", "ANSWER: B"],
        "ru": ["A) Верно", "B) Неверно", "ANSWER: B"],
        "en": ["A) True", "B) False", "ANSWER: B"],
    }


def test_what_does_not_fit_is_named() -> None:
    questions: list[Question] = [
        Essay(id="essay", text=b("Неге?")),
        choice("Кілтсіз", "а", "ә", right=9),
        MultipleChoice(id="q", text=b("Екі"), single=False, choices=(Choice(content=b("а")), Choice(content=b("ә")))),
        choice("Көп", *(f"нұсқа {n}" for n in range(27))),
        choice("Бір", "а"),
    ]
    made = written("aiken", *questions)
    assert made.artifacts == ()
    assert [finding.message.partition(": ")[2] for finding in made.findings[:-1]] == [
        "Aiken holds multiple choice only",
        "no option is right",
        "more than one option may be ticked",
        "it has 27 options, Aiken has 26 letters",
        "it has fewer than two options",
    ]
    assert made.findings[-1].code == "aiken-empty"


def test_an_option_is_the_key_only_with_the_whole_mark() -> None:
    halves = (Choice(content=b("а"), fraction=0.9), Choice(content=b("ә"), fraction=0.0))
    made = written("aiken", MultipleChoice(id="q", text=b("Қайсы?"), choices=halves))
    assert [finding.message.partition(": ")[2] for finding in made.findings[:1]] == ["no option is right"]


def test_as_many_options_as_letters() -> None:
    made = written("aiken", choice("Көп", *(f"нұсқа {n}" for n in range(26)), right=25))
    assert data(made).decode().endswith("Z) нұсқа 25\nANSWER: Z\n\n")
    assert made.findings == ()


def test_a_question_of_one_letter_gets_a_dash_that_makes_it_one() -> None:
    made = written("aiken", choice("X", "а", "ә"))
    assert data(made).decode().startswith("– X\nA) а\n")
    assert codes(made) == {"aiken-first-letters": 1}


def test_losses_are_said() -> None:
    made = written("aiken", *every_question())
    assert codes(made) == {"aiken-left-out": 8, "aiken-lost": 2, "aiken-true-false": 1}
    assert "loses its picture, its mark, its feedback and the feedback of its options" in made.findings[1].message


def test_the_way_back(tmp_path: Path) -> None:
    (question,) = read_back(written("aiken", choice("Қайсы?", "а", "ә", right=1)), tmp_path / "bank.aiken")
    assert question == choice("Қайсы?", "а", "ә", right=1)
