"""Banks in layouts that hide their answers or questions: read, or told with the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice
from coursepack.readers.markdown.dialects import with_ends
from tests.outline.test_bank_ambiguous import right
from tests.outline.test_bank_silence import read
from tests.outline.test_bank_without_role import FORMS, written

KEYS = {
    "en": (
        "Question",
        "Correct answer",
        ("Which ocean is largest?", "Which gas is lightest?", "Which is red?"),
    ),
    "ru": ("Вопрос", "Правильный ответ", ("Какой океан больше?", "Какой газ легче?", "Что из этого красное?")),
    "kk": ("Сұрақ", "Дұрыс жауабы", ("Қай мұхит ең үлкен?", "Қай газ ең жеңіл?", "Қайсысы қызыл?")),
}


NAMES = ("Alpha", "Beta", "Gamma")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", KEYS)
def test_the_number_of_an_answer_and_its_text_in_brackets(language: str, form: str, tmp_path: Path) -> None:
    word, said, asked = KEYS[language]
    names = ("Alpha", "Beta", "Gamma")
    text = "".join(
        f"{word} {n}: {one}\n1) Alpha\n2)Beta\n3) Gamma\n4) Delta\n{said}: {n} ({names[n - 1]})\n\n"
        for n, one in enumerate(asked, 1)
    )
    made, _ = read(written(tmp_path, form, text), language, role="tests")
    assert [right(one) for one in made] == [["Alpha"], ["Beta"], ["Gamma"]]
    assert [len(one.choices) for one in made if isinstance(one, MultipleChoice)] == [4, 4, 4]


@pytest.mark.parametrize("arrow", ["=>", " => ", " -> ", " → "])
@pytest.mark.parametrize("form", FORMS)
def test_answers_behind_an_arrow_are_told(form: str, arrow: str, tmp_path: Path) -> None:
    asked = ("Command to run the app", "What is the role of the context", "Who sends the request", "Type of a task")
    lines = [f"{n}) {one}{arrow}dotnet run {n}" if n % 2 else f"{n}) {one}" for n, one in enumerate(asked * 3, 1)]
    _, told = read(written(tmp_path, form, "Exam questions\n\n" + "\n".join(lines) + "\n"), role="questions")
    (doubt,) = (one for one in told if one.code == "bank-doubtful")
    assert doubt.severity == "error"
    assert "arrow" in doubt.message


LISTINGS = (
    "**Q{n}.**\nWhat does it print?\n```c\nint main() {{\n  return {n};\n}}{end}\n\nA) 1\nB) 2\nC) 3\n\nAnswer: B\n\n"
)


@pytest.mark.parametrize("end", ["\n```", "```"])
def test_a_listing_that_ends_behind_its_last_line(end: str, tmp_path: Path) -> None:
    """«}```» closes: the questions below are no lines of the program."""
    text = "".join(LISTINGS.format(n=n, end=end) for n in range(1, 6))
    made, _ = read(written(tmp_path, "md", text), role="tests")
    assert len(made) == 5
    assert [right(one) for one in made] == [["2"]] * 5
    assert all("return" in block_text(one.text) for one in made)


def test_a_sign_inside_a_listing_stays() -> None:
    text = "```md\nuse `a` and x```\nmore\n```\n\ntext```\n\n~~~\n```\n~~~\n"
    assert with_ends(text) == text


def test_a_listing_that_swallows_the_questions_behind_it_is_told(tmp_path: Path) -> None:
    head = "".join(f"**Q{n}.** Which is {n}?\n\nA) 1\nB) 2\nC) 3\n\nAnswer: B\n\n" for n in (1, 2, 3))
    held = "".join(f"Q{n}. Which is {n}?\nA) 1\nB) 2\nC) 3\n" for n in (5, 6, 7))
    text = f"{head}**Q4.** Which is 4?\n\n```c\nint a;\n{held}```\n\nA) 1\nB) 2\nC) 3\n\nAnswer: A\n"
    _, told = read(written(tmp_path, "md", text), role="tests")
    assert any(one.code == "bank-doubtful" and "numbers that follow" in one.message for one in told)


def test_points_of_a_question_are_not_the_numbers_that_follow(tmp_path: Path) -> None:
    text = "".join(
        f"{n}. Which are right?\n1) one\n2) two\n3) three\nA) 1 and 2\nB) 2 and 3\nC) all\nAnswer: B\n"
        for n in (1, 2, 3)
    )
    made, told = read(written(tmp_path, "txt", text), role="tests")
    assert len(made) == 3
    assert "bank-doubtful" not in {one.code for one in told}


@pytest.mark.parametrize("form", ["txt", "docx"])
def test_lines_below_a_question_without_answers_are_told(form: str, tmp_path: Path) -> None:
    """Of a bank that offers answers everywhere else: four lines below one question are its answers, most likely."""
    bank = "".join(f"{n}. Which is {n}?\nA) one\nB) two\nC) three\nAnswer: B\n" for n in range(1, 30))
    text = f"{bank}30. Which set of entries is to be used?\nPermit ip any\nDeny ip any\nPermit tcp any\nDeny tcp any\n"
    _, told = read(written(tmp_path, form, text), role="tests")
    doubt = {one.code: one.message for one in told if one.place}
    assert "aiken-question" in doubt or "words below it" in doubt["bank-doubtful"]
