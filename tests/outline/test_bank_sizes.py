"""Tests whose answers nothing marks: as many lines below each question tell which lines are answers, and which question
has lost its number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice
from tests.outline.test_bank_key_forms import BANK, FORMS, written
from tests.outline.test_bank_silence import codes, read

ROLES = ("", "tests")


def choices(folder: Path, language: str, role: str) -> list[tuple[str, tuple[str, ...]]]:
    made, told = read(folder, language, role=role)
    assert codes(told) == {"outline-test-without-key"}
    chosen = [one for one in made if isinstance(one, MultipleChoice)]
    assert len(chosen) == len(made)
    return [(block_text(one.text), tuple(block_text(choice.content) for choice in one.choices)) for one in chosen]


def lines(bank: Sequence[tuple[str, Sequence[str]]], without: Sequence[int] = ()) -> list[str]:
    made: list[str] = []
    for n, (stem, answers) in enumerate(bank, 1):
        made += [stem if n in without else f"{n}. {stem}", *answers]
    return made


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("form", FORMS[:3])
@pytest.mark.parametrize("language", BANK)
def test_last_answers_in_capitals_are_no_headings(language: str, form: str, role: str, tmp_path: Path) -> None:
    bank = [(stem, (*texts[:3], texts[3].upper())) for stem, texts, _ in BANK[language]]
    assert choices(written(tmp_path, form, lines(bank)), language, role) == bank


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("without", [(1,), (1, 2), (4,), (3, 4), (1, 4)])
@pytest.mark.parametrize("language", BANK)
def test_questions_that_lost_their_numbers(language: str, without: tuple[int, ...], role: str, tmp_path: Path) -> None:
    bank = [(stem, texts) for stem, texts, _ in (*BANK[language], *BANK[language])]
    bank = [(f"{stem[:-1]} ({n})?", texts) for n, (stem, texts) in enumerate(bank, 1)]
    assert choices(written(tmp_path, "docx", lines(bank, without)), language, role) == bank


@pytest.mark.parametrize("role", ROLES)
def test_answers_that_name_parts_of_a_course_stay_answers(role: str, tmp_path: Path) -> None:
    bank = [
        ("Which unit is that of flux?", ("Tesla", "Henry", "Volt", "Weber")),
        ("A light year is a unit of", ("time", "distance", "intensity", "mass")),
        ("Where are pages kept?", ("Memory", "Internet", "Discs", "Website")),
        ("What is read first?", ("Syllabus", "Title", "Notes", "Literature")),
        ("How long is a train of nine cars?", ("10 m", "12 m", "9 m", "6 m")),
        ("What is a force worth?", ("Credits", "Hours", "Newtons", "Grading policy")),
    ]
    assert choices(written(tmp_path, "docx", lines(bank)), "en", role) == bank


def test_headings_between_such_questions_stay_headings(tmp_path: Path) -> None:
    bank = [(stem, texts) for stem, texts, _ in BANK["en"]]
    made = lines(bank)
    made[15:15] = ["TOPIC TWO"]
    found, _ = read(written(tmp_path, "txt", made), "en", role="tests")
    assert [one.category for one in found] == [(), (), (), *[("TOPIC TWO",)] * 3]
    assert [len(one.choices) for one in found if isinstance(one, MultipleChoice)] == [4] * 6
