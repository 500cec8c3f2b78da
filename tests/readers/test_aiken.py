"""Aiken, with everything that Word does to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import Choice, MultipleChoice
from coursepack.place import Finding, Place
from coursepack.readers import aiken, is_question_file, read_questions
from tests.samples import b


def read(folder: Path, text: str, encoding: str = "utf-8") -> tuple[list[MultipleChoice], list[Finding]]:
    path = folder / "a.aiken"
    path.write_text(text, encoding=encoding)
    found = aiken.read(path)
    return [q for q in found.bank.questions() if isinstance(q, MultipleChoice)], found.findings


def keys(questions: list[MultipleChoice]) -> list[str]:
    return ["|".join(block_text(c.content) for c in q.choices if c.fraction > 0) for q in questions]


def test_a_plain_file(tmp_path: Path) -> None:
    questions, findings = read(
        tmp_path, "Астана қайда?\nA) Ақмола\nB. Алматы\nANSWER: A\n\nЕкінші?\nA) x\nB) y\nANSWER: B\n"
    )
    assert findings == []
    assert questions[0] == MultipleChoice(
        id="q-00001",
        number=1,
        text=b("Астана қайда?"),
        choices=(Choice(content=b("Ақмола"), fraction=1), Choice(content=b("Алматы"))),
        place=Place("a.aiken", 1, 4),
    )
    assert keys(questions) == ["Ақмола", "y"]


@pytest.mark.parametrize(
    ("text", "right", "repaired"),
    [
        (
            "С?\nА) бір\nВ) екі\nС) үш\nANSWER: С\n",
            "үш",
            ["a key with a Cyrillic letter", "an option with a Cyrillic letter"],
        ),
        (
            "С?\nА) бір\nБ) екі\nВ) үш\nANSWER: В\n",
            "үш",
            ["a key with a Cyrillic letter", "an option with a Cyrillic letter"],
        ),
        (
            "С?\nа) бір\nб) екі\nв) үш\nг) төрт\nОтвет: б\n",
            "екі",
            ["a key with a Cyrillic letter", "an option with a Cyrillic letter"],
        ),
        (
            "С?\nА) бір\nӘ) екі\nБ) үш\nДұрыс жауабы: Ә\n",
            "екі",
            ["a key with a Cyrillic letter", "an option with a Cyrillic letter"],
        ),
        (
            "С?\nA) бір\nВ) екі\nANSWER: В\n",
            "екі",
            ["a key with a Cyrillic letter", "an option with a Cyrillic letter"],
        ),
        (
            "С?\na) бір\nb) екі\nAnswer: b\n",
            "екі",
            ["a key not written as «ANSWER: B»", "an option with a small letter"],
        ),
        ("С?\nA) бір\nB) екі\nANSWER: B) екі\n", "екі", ["a key not written as «ANSWER: B»"]),
        ("С?\n\nA) бір\n\nB) екі\n\nANSWER: B\n", "екі", ["a blank line inside a question"]),
        ("С?\nA) бір\n жалғасы\nB) екі\nANSWER: A\n", "бір жалғасы", ["an option that runs over two lines"]),
    ],
)
def test_repairs_are_reported(tmp_path: Path, text: str, right: str, repaired: list[str]) -> None:
    questions, findings = read(tmp_path, text)
    assert keys(questions) == [right]
    assert {f.code for f in findings} == {"aiken-repaired"}
    assert [f.message.split(" × ")[1].partition(": read as")[0] for f in findings] == repaired


def test_several_answers_are_told(tmp_path: Path) -> None:
    (question,), findings = read(tmp_path, "С?\nA) бір\nB) екі\nC) үш\nANSWER: A, C\n")
    assert not question.single
    assert [choice.fraction for choice in question.choices] == [0.5, -1, 0.5]
    assert "aiken-several" in {f.code for f in findings}


def test_running_numbers_are_marks(tmp_path: Path) -> None:
    questions, _ = read(
        tmp_path, "1. Бір?\nA) x\nB) y\nANSWER: A\n2) Екі?\nA) x\nB) y\nANSWER: A\n1991. Жыл?\nA) x\nB) y\nANSWER: A"
    )
    assert [(q.printed, block_text(q.text)) for q in questions] == [("1", "Бір?"), ("2", "Екі?"), (None, "1991. Жыл?")]


def test_errors_name_their_line(tmp_path: Path) -> None:
    text = (
        "Бір?\nA) x\nANSWER: A\n\nЕкі?\nA) x\nC) y\nANSWER: A\n\nҮш?\nA) x\nB) y\nANSWER: D\n\nANSWER: A\n\n"
        "Төрт?\nA) x\nB)\nANSWER: A\n\nБес?\nA) x\nB) y\nANSWER: B\n\nСоңы?\nA) x\n"
    )
    questions, findings = read(tmp_path, text)
    assert keys(questions) == ["y"]
    assert [f.place.first for f in findings if f.place and f.code == "aiken-question"] == [3, 8, 13, 15, 20, 27]


def test_text_behind_a_blank_line_begins_the_next_question(tmp_path: Path) -> None:
    questions, findings = read(tmp_path, "Бір?\nA) x\nB) y\n\nЕкі?\nA) x\nB) y\nANSWER: B\n")
    assert [block_text(question.text) for question in questions] == ["Екі?"]
    assert [(f.code, f.place and f.place.first) for f in findings] == [("aiken-question", 1)]


def test_windows_files(tmp_path: Path) -> None:
    questions, findings = read(tmp_path, "Столица?\r\nA) Астана\r\nB) Алматы\r\nANSWER: A\r\n", "cp1251")
    assert keys(questions) == ["Астана"]
    assert [f.code for f in findings] == ["questions-encoding"]


def test_text_files_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    (tmp_path / "test.txt").write_text("С?\nA) бір\nB) екі\nANSWER: B\n" * 3, encoding="utf-8")
    (tmp_path / "bank.txt").write_text("::С:: Сұрақ {=а ~б}\n\n::С2:: Сұрақ {T}\n", encoding="utf-8")
    (tmp_path / "lecture.txt").write_text("1-дәріс. Билік\n\nМәтін {жақшада}.\nЖауап: А\n" * 9, encoding="utf-8")
    assert [is_question_file(tmp_path / name) for name in ("test.txt", "bank.txt", "lecture.txt")] == [
        True,
        True,
        False,
    ]
    assert len(list(read_questions(tmp_path / "test.txt").bank.questions())) == 3
    assert len(list(read_questions(tmp_path / "bank.txt").bank.questions())) == 2


def test_a_heading_that_says_how_hard_questions_are_is_their_level(tmp_path: Path) -> None:
    path = tmp_path / "bank.txt"
    heads = ("Easy", "Лёгкий уровень", "Topic 2", "Hard questions")
    asked = "{}\n{}. What is soil?\nA) earth\nB) water\nANSWER: A\n\n"
    path.write_text("".join(asked.format(head, n) for n, head in enumerate(heads, 1)), "utf-8")
    found = list(read_questions(path).bank.questions())
    assert [one.tags for one in found] == [("level-1",), ("level-1",), (), ("level-3",)]
