"""Questions that stand in a table each, keys below one another in a column, keys of several parts on one line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question
from tests.outline.documents import Word

STEMS = ("Who wrote Hamlet?", "Where is Astana?", "Which gas do plants take in?", "How many bits has a byte?")
ANSWERS = (
    ("Marlowe", "Shakespeare", "Jonson"),
    ("in Kazakhstan", "in Kenya", "in Korea"),
    ("neon", "argon", "carbon dioxide"),
    ("two", "eight", "ten"),
)
KEYS = (2, 1, 3, 2)
WANTED = [
    (stem, [("+" if at == key else "") + text for at, text in enumerate(answers, 1)])
    for stem, answers, key in zip(STEMS, ANSWERS, KEYS, strict=True)
]


def _stated(questions: tuple[Question, ...]) -> Iterator[tuple[str, list[str]]]:
    for one in questions:
        assert isinstance(one, MultipleChoice), one
        answers = [("+" if choice.fraction > 0 else "") + block_text(choice.content) for choice in one.choices]
        yield block_text(one.text), answers


def _read(path: Path) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """The questions of the exam and what is said of them."""
    made = build.understand(discovery.find_projects([path])[0])
    codes = [one.code for one in made.findings if one.code.startswith(("bank", "outline-test"))]
    return list(_stated(made.course.exam.questions)) if made.course.exam else [], codes


NAMES = ("Question Number :{n}", "Question No. {n}", "Вопрос № {n}", "Вопрос номер {n}", "Сұрақ {n}", "Q. {n})")


@pytest.mark.parametrize("name", NAMES)
def test_a_table_a_question_with_numbers_of_answers_and_keys_in_a_column(tmp_path: Path, name: str) -> None:
    word = Word()
    for n, (stem, answers) in enumerate(zip(STEMS, ANSWERS, strict=True), 1):
        rows = [[name.format(n=n), ""], [stem, ""], *([str(at), text] for at, text in enumerate(answers, 1))]
        word.table(rows, (0, 0, 0, 1), (1, 0, 1, 1)).p("")
    word.table([["Correct Answer"], *([str(key)] for key in KEYS)])
    assert _read(word.save(tmp_path / "course.docx")) == (WANTED, [])


def test_lines_of_cells_are_no_questions_and_no_letters(tmp_path: Path) -> None:
    """Numbers alone on the lines of an answer, a listing in it, statements with numbers in what is asked."""
    asked = [
        ("What does it print?\nint n = 3;", ("0\n1\n2", "0\n1", "3")),
        ("Which code shows it?", ("f.show(true);", "f.size(3);\nf.show(true);", "neither")),
        ("Which are true?\n1. A leaf breathes.\n2. A stem sings.", ("only the first", "only the second", "both")),
        *zip(STEMS, ANSWERS, strict=True),
    ]
    word = Word()
    for n, (stem, answers) in enumerate(asked, 1):
        rows = [[f"Question Number :{n}", ""], [stem, ""], *([str(at), text] for at, text in enumerate(answers, 1))]
        word.table(rows, (0, 0, 0, 1), (1, 0, 1, 1)).p("")
    word.table([["Answers"], ["A"], ["B"], ["A"], *(["ABC"[key - 1]] for key in KEYS)])
    found, codes = _read(word.save(tmp_path / "course.docx"))
    assert found[3:] == WANTED
    assert [answers for _, answers in found[:3]] == [
        ["+0\n1\n2", "0\n1", "3"],
        ["f.show(true);", "+f.size(3);\nf.show(true);", "neither"],
        ["+only the first", "only the second", "both"],
    ]
    assert [stem.split("\n")[0] for stem, _ in found[:3]] == [stem.split("\n")[0] for stem, _ in asked[:3]]
    assert "A leaf breathes." in found[2][0]
    assert codes == []


def test_a_head_over_keys_by_number_is_no_question(tmp_path: Path) -> None:
    word = Word().p("Test")
    for n, (stem, answers) in enumerate(zip(STEMS, ANSWERS, strict=True), 1):
        word.p(f"{n}. {stem}", *(f"{letter}) {text}" for letter, text in zip("ABC", answers, strict=True)))
    word.table([["Question", "Answer"], *([str(n), text[1]] for n, text in enumerate(ANSWERS, 1))])
    found, _ = _read(word.save(tmp_path / "test.docx"))
    assert [[answer[:1] for answer in answers] for _, answers in found] == [
        [("+" if at == 1 else text[0]) for at, text in enumerate(answers)] for answers in ANSWERS
    ]


SIGNS = (("+", "-"), ("✓", ""), ("верно", "неверно"), ("right", "wrong"))


@pytest.mark.parametrize(("right", "wrong"), SIGNS)
def test_a_column_of_signs_behind_letters_and_answers(tmp_path: Path, right: str, wrong: str) -> None:
    word = Word().p("Test")
    for n, (stem, answers, key) in enumerate(zip(STEMS, ANSWERS, KEYS, strict=True), 1):
        told = [right if at == key else wrong for at in (1, 2, 3)]
        body = [list(row) for row in zip("ABC", answers, told, strict=True)]
        word.table([[f"{n}.", stem, ""], *body]).p("")
    assert _read(word.save(tmp_path / "test.docx"))[0] == WANTED


def test_keys_of_several_parts_on_one_line(tmp_path: Path) -> None:
    """Letters of one part and words of another, by number: «1. B 2. A … 5. True 6. the cell»."""
    text = "Test\n\nPart A\n"
    for n, (stem, answers) in enumerate(zip(STEMS, ANSWERS, strict=True), 1):
        text += f"\n{n}. {stem}\n" + "".join(f"{letter}) {one}\n" for letter, one in zip("ABC", answers, strict=True))
    text += "\nPart B\n\n5. A leaf breathes. True or false?\n\n6. What is the smallest part of life?\n"
    (tmp_path / "Test.txt").write_text(text, encoding="utf-8")
    keys = "Test. Answers\nPart A: 1. B 2. A 3. C 4. B\nPart B: 5. True 6. the cell\n"
    (tmp_path / "Test answers.txt").write_text(keys, encoding="utf-8")
    made = build.understand(discovery.find_projects([tmp_path])[0])
    assert made.course.exam is not None
    questions = made.course.exam.questions
    assert list(_stated(questions[:4])) == WANTED
    assert [type(one).__name__ for one in questions[4:]] == ["TrueFalse", "ShortAnswer"]


@pytest.mark.parametrize("head", [["№", "Key"], ["Вопрос", "Ответ"]])
def test_keys_in_a_csv_beside_the_test(tmp_path: Path, head: list[str]) -> None:
    text = "Test 1\n\n"
    for n, (stem, answers) in enumerate(zip(STEMS, ANSWERS, strict=True), 1):
        text += f"{n}. {stem}\n" + "".join(f"{letter}) {one}\n" for letter, one in zip("ABC", answers, strict=True))
    (tmp_path / "Test 1.txt").write_text(text, encoding="utf-8")
    with (tmp_path / "Test 1 keys.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *([n, "ABC"[key - 1]] for n, key in enumerate(KEYS, 1))])
    found, codes = _read(tmp_path)
    assert found == WANTED
    assert codes == ["bank-keys-apart"]


def test_a_paper_of_questions_below_headings_is_no_syllabus(tmp_path: Path) -> None:
    """Headings of a test that gives data of the course head answers to choose from."""
    word = Word().p("Syllabus test").p("Discipline: Botany").p("Credits: 5")
    for at, topic in enumerate(("Leaves", "Stems", "Roots", "Flowers", "Wood", "Seeds")):
        word.h(topic)
        stem, answers = STEMS[at % 4], ANSWERS[at % 4]
        word.p(f"{at + 1}. {stem}", *(f"{letter}) {text}" for letter, text in zip("ABC", answers, strict=True)))
    found, _ = _read(word.save(tmp_path / "course.docx"))
    assert [stem for stem, _ in found] == [STEMS[at % 4] for at in range(6)]
    assert [len(answers) for _, answers in found] == [3] * 6


def test_keys_without_questions_are_told(tmp_path: Path) -> None:
    (tmp_path / "Test.txt").write_text("Answers\n1. A\n2. C\n3. B\n4. A\n", encoding="utf-8")
    made = build.understand(discovery.find_projects([tmp_path])[0])
    assert not made.course.exam or not made.course.exam.questions
    told = [(one.code, str(one.severity)) for one in made.findings if one.code.startswith("bank")]
    assert told == [("bank-empty", "warning")]


@pytest.mark.parametrize("letters", ["ABC", "abc", "АБВ"])
@pytest.mark.parametrize("form", ["{}", "{}.", "{})"])
@pytest.mark.parametrize("ticks", [True, False])
def test_numbers_and_letters_in_the_first_column(letters: str, form: str, ticks: bool, tmp_path: Path) -> None:
    rows: list[list[str]] = []
    for n, (stem, answers, key) in enumerate(zip(STEMS, ANSWERS, KEYS, strict=True), 1):
        rows.append([form.format(n), stem, ""])
        rows += [[form.format(letters[at]), one, "+" if at == key - 1 else ""] for at, one in enumerate(answers)]
    made = Word().p("Test 1") if ticks else Word()
    made.table(rows if ticks else [row[:2] for row in rows]).save(tmp_path / "made.docx")
    found, codes = _read(tmp_path)
    assert found == [(s, [a if ticks else a.removeprefix("+") for a in answers]) for s, answers in WANTED]
    assert codes == ([] if ticks else ["outline-test-without-key"])


def test_a_table_of_numbers_and_letters_that_asks_nothing_is_no_test(tmp_path: Path) -> None:
    made = Word().h("Lecture 1. Sampling").p("A sample stands for the whole. " * 8)
    made.table([["1", "first group"], ["A", "men"], ["2", "second group"], ["A", "women"], ["3", "third group"]])
    made.save(tmp_path / "made.docx")
    course = build.understand(discovery.find_projects([tmp_path])[0]).course
    assert course.exam is None
    assert [len(session.review) for _, session in course.sessions()] == [0]
