"""Keys that name their question, tables of keys, answers in the cells of a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice
from coursepack.outline.bank.key_tables import table_keys
from coursepack.outline.bank.named import NamedKey, named
from tests.outline.documents import Word

STEMS = ("Who wrote Hamlet?", "Where is Astana?", "Which gas do plants take in?", "How many bits has a byte?")
KEYS = "ACBA"
WANTED = [
    (stem, [("+" if letter == key else "") + f"{letter.lower()}{n}" for letter in "ABC"])
    for n, (stem, key) in enumerate(zip(STEMS, KEYS, strict=True), 1)
]


def _asked(path: Path) -> list[tuple[str, list[str]]]:
    exam = build.understand(discovery.find_projects([path])[0]).course.exam
    assert exam is not None
    return [
        (
            block_text(one.text),
            [("+" if choice.fraction > 0 else "") + block_text(choice.content) for choice in one.choices]
            if isinstance(one, MultipleChoice)
            else [type(one).__name__],
        )
        for one in exam.questions
    ]


def _bank(folder: Path, lead: str, *, before: str = "", below: str = "", end: str = "") -> list[tuple[str, list[str]]]:
    """A bank read: what stands over, below each question, and at the end for each, with {n} and {key}."""
    text = "Test\n\n"
    for n, (stem, key) in enumerate(zip(STEMS, KEYS, strict=True), 1):
        options = "".join(f"{letter}. {letter.lower()}{n}\n" for letter in "ABC")
        text += before.format(n=n, key=key) + f"{lead.format(n=n)}{stem}\n{options}" + below.format(n=n, key=key) + "\n"
    text += "".join(end.format(n=n, key=key) for n, key in enumerate(KEYS, 1))
    path = folder / "file.txt"
    path.write_text(text, encoding="utf-8")
    return _asked(path)


FORMS = (
    "A#Q{n}ANS={key}\n",
    "Q{n} Answer: {key}\n",
    "KEY_{n}={key}\n",
    "Ответ {n}: {key}\n",
    "Ответ на вопрос {n} – {key}\n",
)


@pytest.mark.parametrize("form", FORMS)
def test_a_key_names_its_question(tmp_path: Path, form: str) -> None:
    assert _bank(tmp_path, "{n}. ", below=form) == WANTED
    assert _bank(tmp_path, "{n}. ", before=form) == WANTED
    assert _bank(tmp_path, "{n}. ", end=form) == WANTED


def test_a_key_names_a_question_that_an_id_counts(tmp_path: Path) -> None:
    assert _bank(tmp_path, "", before="A#Q{n}\n", below="A#Q{n}ANS={key}\n") == WANTED
    assert _bank(tmp_path, "MCQ-10{n}: ", below="MCQ-10{n}-KEY: {key}\n") == WANTED


def test_what_names_a_question() -> None:
    assert named("A#Q12ANS=C") == NamedKey(12, "C")
    assert named("№ 3 жауабы: Б") == NamedKey(3, "Б")
    assert named("Answer to question 7 = a, c") == NamedKey(7, "a, c")
    assert [named(text) for text in ("Answer: C", "1. Answer the question", "Q1. Key = value of x", "5 C")] == [
        None
    ] * 4


@pytest.mark.parametrize(
    "rows",
    [
        [["№", "Key", "№", "Key"], ["1", "A", "3", "B"], ["2", "C", "4", "A"]],
        [["Question", "1", "2", "3", "4"], ["Answer", "A", "C", "B", "A"]],
        [["Вопрос", "Ответ"], ["1", "A. a1"], ["2", "C. c2"], ["3", "B. b3"], ["4", "A. a4"]],
        [["1-A", "2-C"], ["3-B", "4-A"]],
        [["Вопрос", "Ответ"], ["1", "a1"], ["2", "c2"], ["3", "b3"], ["4", "a4"]],
    ],
)
def test_keys_in_a_table_on_the_last_page(tmp_path: Path, rows: list[list[str]]) -> None:
    word = Word().p("Test")
    for n, stem in enumerate(STEMS, 1):
        word.p(f"{n}. {stem}", *(f"{letter}. {letter.lower()}{n}" for letter in "ABC"))
    word.p("Answer key").table(rows)
    assert _asked(word.save(tmp_path / "a.docx")) == WANTED


def test_tables_that_hold_no_keys() -> None:
    assert table_keys([["№", "Question", "A", "B"], ["1", "Who?", "one", "two"]]) == {}
    assert table_keys([["Item", "Points"], ["1", "essay"], ["2", "test"]]) == {}


@pytest.mark.parametrize("layout", ["head", "rows", "pairs"])
def test_answers_in_cells_beside_or_below_their_letters(tmp_path: Path, layout: str) -> None:
    word = Word().p("Test")
    for n, (stem, key) in enumerate(zip(STEMS, KEYS, strict=True), 1):
        rows = {
            "head": [["A", "B", "C"], [f"a{n}", f"b{n}", f"c{n}"]],
            "rows": [["A)", f"a{n}"], ["B)", f"b{n}"], ["C)", f"c{n}"]],
            "pairs": [["A.", f"a{n}", "C.", f"c{n}"], ["B.", f"b{n}", "", ""]],
        }[layout]
        word.p(f"{n}. {stem}").table(rows).p(f"Answer: {key}")
    assert _asked(word.save(tmp_path / "a.docx")) == WANTED


def test_answers_of_markdown_in_a_table(tmp_path: Path) -> None:
    text = "# Test\n\n"
    for n, (stem, key) in enumerate(zip(STEMS, KEYS, strict=True), 1):
        text += f"{n}. {stem}\n\n| A | B | C |\n|---|---|---|\n| a{n} | b{n} | c{n} |\n\nAnswer: {key}\n\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert _asked(tmp_path / "a.md") == WANTED


def test_a_table_of_data_with_letters_for_heads_stays_whole(tmp_path: Path) -> None:
    word = Word().p("Test")
    for n in range(1, 4):
        word.p(f"{n}. Which row is right?").table([["A", "B"], ["0", "1"], ["1", str(n)]])
        word.p("A) the first", "B) the second", "Answer: B")
    assert [(text.split("\n")[0], choices) for text, choices in _asked(word.save(tmp_path / "a.docx"))] == [
        ("Which row is right?", ["the first", "+the second"])
    ] * 3


def test_a_long_table_without_known_heads_is_a_test(tmp_path: Path) -> None:
    rows = [["№", "Savol", "To’g’ri javob", "Boshqa", "Boshqa"]]
    rows += [
        ["", f"What is {n}?", f"right {n}", f"wrong {n}" + "\nkey words" * (n == 5), f"other {n}"] for n in range(1, 13)
    ]
    rows += [["", "", "", "", ""]] * 20
    found = _asked(Word().b("TEST MATERIALLARI").table(rows).save(tmp_path / "quiz.docx"))
    wanted = [
        (f"What is {n}?", [f"right {n}", f"wrong {n}" + "\nkey words" * (n == 5), f"other {n}"]) for n in range(1, 13)
    ]
    assert found == wanted


def test_a_list_of_letters_alone_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("".join(f"{n}. {key}\n" for n, key in enumerate("bacda", 1)), encoding="utf-8")
    (tmp_path / "course.toml").write_text(
        'id = "a"\ntitle = "A"\nlanguage = "en"\n[[source]]\nfile = "a.txt"\nrole = "questions"\n', encoding="utf-8"
    )
    findings = build.understand(discovery.find_projects([tmp_path])[0]).findings
    assert [(one.severity, one.code) for one in findings if "bank" in one.code] == [("warning", "bank-empty")]
