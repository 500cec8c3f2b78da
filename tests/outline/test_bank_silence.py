"""Banks that came out wrong, or not at all, without a word: read whole now, or told with the place."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import Matching, Question
from coursepack.outline.tree.ordinals import counted
from coursepack.place import Finding
from tests.outline.test_bank_wrecks import BANKS, LETTERS, Layout
from tests.outline.test_bank_wrecks import read as read_choices

BANK = BANKS["en"]


def read(folder: Path, language: str = "en", *, role: str = "") -> tuple[list[Question], list[Finding]]:
    """The exam's questions of the files of a folder, and what is told of them."""
    if role:
        files = "".join(f'[[source]]\nfile = "{one.name}"\nrole = "{role}"\n' for one in sorted(folder.iterdir()))
        (folder / "course.toml").write_text(f'id = "x"\ntitle = "X"\nlanguage = "{language}"\n{files}', "utf-8")
    (loaded,) = discovery.find_projects([folder])
    understood = build.understand(loaded)
    exam = understood.course.exam
    return list(exam.questions if exam else ()), list(understood.findings)


def codes(told: list[Finding]) -> set[str]:
    return {one.code for one in told if one.place and one.code.startswith(("bank-", "outline-test"))}


def test_answers_with_signs_that_go_on_in_the_next_line(tmp_path: Path) -> None:
    lines = [
        f"{n}. {stem} " + " ".join(("+" if at == right else "-") + text for at, text in enumerate(answers))
        for n, (stem, answers, right) in enumerate(BANK, 1)
    ]
    text = "\n\n".join(["Test", *lines]).replace(" +Jupiter", "\n+Jupiter").replace(" -Neon -Helium", "\n-Neon -Helium")
    (tmp_path / "bank.txt").write_text(text + "\n", "utf-8")
    made, told = read_choices(tmp_path, "en", role=True)
    assert made == list(BANK)
    assert not codes(told)


@pytest.mark.parametrize("language", BANKS)
@pytest.mark.parametrize(("opening", "closing"), ["()", "[]"])
def test_an_answers_own_letter_behind_it_is_the_key(opening: str, closing: str, language: str, tmp_path: Path) -> None:
    bank = BANKS[language]
    letters = LETTERS[language]
    text = "\n---\n\n".join(
        f"### Q{n}: {stem}\n\n"
        + "\n".join(
            f"- {letters[at]}: {one}" + (f" {opening}{letters[at]}{closing}" if at == right else "")
            for at, one in enumerate(answers)
        )
        for n, (stem, answers, right) in enumerate(bank, 1)
    )
    (tmp_path / "bank.md").write_text(f"# Quiz\n\n{text}\n", "utf-8")
    made, _ = read_choices(tmp_path, language, role=False)
    assert made == list(bank)


def test_a_sign_before_all_questions_is_part_of_none(tmp_path: Path) -> None:
    quoted = [(f"«{stem}»" if n % 2 else stem, answers, right) for n, (stem, answers, right) in enumerate(BANK)]
    text = "\n\n".join(
        "\n".join([f"# {stem}", *(f"{'*' if at == right else '-'} {one}" for at, one in enumerate(answers))])
        for stem, answers, right in quoted
    )
    (tmp_path / "bank.txt").write_text(f"Test\n\n{text}\n", "utf-8")
    made, _ = read_choices(tmp_path, "en", role=True)
    assert made == quoted


PAIRS = (
    ("Match the countries", (("France", "Paris"), ("Italy", "Rome"), ("Spain", "Madrid"), ("Japan", "Tokyo"))),
    ("Match the units", (("Newton", "force"), ("Joule", "energy"), ("Watt", "power"), ("Pascal", "pressure"))),
)
TURNED = (2, 0, 3, 1)


@pytest.mark.parametrize("letters", ["ABCD", "АБВГ"])
@pytest.mark.parametrize("head", [False, True])
def test_sides_to_match_whose_numbers_and_letters_have_columns(letters: str, head: bool, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Test")
    key = ", ".join(f"{n + 1}-{letters[TURNED.index(n)]}" for n in range(4))
    for n, (stem, pairs) in enumerate(PAIRS, 1):
        document.add_paragraph(f"{n}. {stem}")
        rows = [["№", "One", "", "Other"]] * head
        rows += [[str(at + 1), pairs[at][0], letters[at], pairs[TURNED[at]][1]] for at in range(4)]
        table = document.add_table(len(rows), 4)
        for cell, text in zip(chain(*(row.cells for row in table.rows)), chain(*rows), strict=True):
            cell.text = text
        document.add_paragraph(f"Answer: {key}")
    document.save(str(tmp_path / "bank.docx"))
    made, _ = read(tmp_path, role="tests")
    assert [
        sorted((block_text(pair.question), block_text(pair.answer)) for pair in one.pairs)
        for one in made
        if isinstance(one, Matching)
    ] == [sorted(pairs) for _, pairs in PAIRS]
    assert len(made) == len(PAIRS)


KEYS = [f"{n}. {'ABCD'[right]}" for n, (_, _, right) in enumerate(BANK, 1)]


@pytest.mark.parametrize(
    ("name", "text", "role"),
    [
        ("a.md", "\n".join(f"{n}. {'ABCD'[right]}) {one[right]}" for n, (_, one, right) in enumerate(BANK, 1)), ""),
        (
            "a.md",
            "Test in physics\n\n1. It is a __newton__.\n2. Air is __a gas__.\n3. A __byte__ is eight bits.",
            "",
        ),
        ("a.txt", '[{"question": "One?", "options": ["a", "b"]}, {"question": "Two?", "options": ["c", "d"]}]', ""),
        ("a.txt", '{"items": [\n{"stem": "One?",\n"a": "x",\n"key": 1},\n{"stem": "Two?",\n"a": "y",\n"key": 0}]}', ""),
        ("a.txt", "Answers: 1-B, 2-A, 3-C, 4-D, 5-A, 6-D", ""),
        ("a.txt", "\n".join(["Answers", *KEYS]), "tests"),
        ("a.md", "\n".join(f"{n}\t{q}\t" + "\t".join(one) + "\tB" for n, (q, one, _) in enumerate(BANK, 1)), "tests"),
    ],
    ids=["answers by letter", "gaps filled", "JSON", "data", "a line of keys", "a list of keys", "rows as a paragraph"],
)
def test_what_is_no_bank_is_told(name: str, text: str, role: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text + "\n", "utf-8")
    _, told = read(tmp_path, role=role)
    assert codes(told)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("mcq.txt", [f"{n} - A, C (why {n} is so)" for n in range(20, 8, -1)]),
        ("answers.txt", [f"{n}) {n % 4 + 1}, 4" for n in range(1, 12)]),
        ("mcq.txt", [line for n in range(1, 8) for line in (f"Question {n}", "Ans will be A and D")]),
        (
            "сұрақтар.txt",
            [one for n, (stem, a, _) in enumerate(BANKS["kk"], 1) for one in (f"{n}. {stem}", f"{a[0]} еді.")],
        ),
        ("Quiz.txt", [f'questions[{n}][0] = "{stem}";' for n, (stem, *_) in enumerate(BANK)]),
    ],
    ids=["letters with remarks", "numbers", "keys without a sign", "named by its file", "a program"],
)
def test_answers_and_questions_that_nothing_was_made_of_are_told(name: str, lines: list[str], tmp_path: Path) -> None:
    (tmp_path / name).write_text("\n".join(lines) + "\n", "utf-8")
    made, told = read(tmp_path)
    assert codes(told) or len(made) == len(BANK)


def test_a_test_without_anything_but_its_title_is_empty(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Test in general knowledge\n", "utf-8")
    _, told = read(tmp_path, role="tests")
    assert "bank-empty" in codes(told)


def test_a_table_of_keys_alone_is_told(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(len(BANK), 2)
    for n, (row, (_, _, right)) in enumerate(zip(table.rows, BANK, strict=True), 1):
        row.cells[0].text, row.cells[1].text = str(n), "ABCD"[right]
    document.save(str(tmp_path / "keys.docx"))
    made, told = read(tmp_path)
    assert not made
    assert "bank-empty" in {one.code for one in told}


def test_an_answer_that_stands_among_others_in_its_question_is_told(tmp_path: Path) -> None:
    text = Layout(answer="{a}", between="\t", key="\nAnswer: {T}").of(BANK, "en")
    (tmp_path / "bank.md").write_text(text, "utf-8")
    made, told = read_choices(tmp_path, "en", role=True)
    assert made == list(BANK) or "bank-doubtful" in codes(told)


def test_a_question_of_code_is_counted_and_a_class_of_code_is_not() -> None:
    assert [one.kind for one in counted("Q21) if (a == 5) {")] == ["question"]
    assert not counted("class Two {")


def test_rows_of_sample_data_below_a_question_are_no_furniture(tmp_path: Path) -> None:
    data = "1. Draw numbers.\n2. Remove what stands twice.\nData:\na b\n1 1\n2 2\nWanted:\na b\n1 1\n"
    (tmp_path / "tasks.txt").write_text(data, "utf-8")
    made, _ = read(tmp_path, role="tests")
    assert [block_text(one.text) for one in made] == [
        "Draw numbers.",
        "Remove what stands twice.\nData:\na b\n1 1\n2 2\nWanted:\na b\n1 1",
    ]


def test_answers_that_one_question_has_on_a_line_without_signs_are_told(tmp_path: Path) -> None:
    bank = [*BANK, *((f"{stem} Again?", answers, right) for stem, answers, right in BANK)]
    text = (
        Layout()
        .of(bank, "en")
        .replace("A) Nine\nB) Four\nC) Fifteen\nD) Seven\nAnswer: D", "nine four fifteen seven", 1)
    )
    (tmp_path / "bank.txt").write_text(text, "utf-8")
    made, told = read_choices(tmp_path, "en", role=True)
    assert len(made) == len(bank) - 1
    assert "bank-doubtful" in codes(told)
