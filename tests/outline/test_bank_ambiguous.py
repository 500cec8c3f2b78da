"""Keys that can be read in two ways, answers given again below a question, two sides without a key: decided by what the
whole bank says, kept, or told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from coursepack.model.blocks import List, block_text
from coursepack.model.questions import Essay, MultipleChoice, Question
from tests.outline.test_bank_silence import read
from tests.outline.test_bank_without_role import FORMS, stem, written


def right(question: Question) -> list[str]:
    assert isinstance(question, MultipleChoice)
    return [block_text(one.content).strip() for one in question.choices if one.fraction > 0]


VITAMINS = (
    ("Which vitamin is made in the skin?", ("C", "A", "D"), 2),
    ("Which planet is the largest?", ("Mars", "Jupiter", "Earth"), 1),
    ("Which gas do plants take in?", ("Oxygen", "Carbon dioxide", "Neon"), 1),
    ("Which vitamin helps the eyes?", ("B", "A", "E"), 1),
)


def bank(key: Any) -> str:
    return "Test\n\n" + "".join(
        f"{n}. {asked}\n" + "".join(f"{a}) {one}\n" for a, one in zip("ABC", answers, strict=True)) + key(at, answers)
        for n, (asked, answers, at) in enumerate(VITAMINS, 1)
    )


@pytest.mark.parametrize("form", FORMS)
def test_letters_are_letters_where_all_other_keys_are(form: str, tmp_path: Path) -> None:
    made, told = read(written(tmp_path, form, bank(lambda at, _: f"Answer: {'ABC'[at]}\n")))
    assert [right(one) for one in made] == [[answers[at]] for _, answers, at in VITAMINS]
    assert "outline-key-ambiguous" not in {one.code for one in told}


def test_a_letter_beside_keys_that_are_texts_is_asked_about(tmp_path: Path) -> None:
    text = bank(lambda at, answers: f"Answer: {answers[at]}\n").replace("Answer: D", "Answer: C")
    made, told = read(written(tmp_path, "txt", text))
    assert not right(made[0])
    assert "outline-key-ambiguous" in {one.code for one in told}


WHY = ("It is the one that counts.", "Look at the table.", "As said.", "See the third chapter.")


@pytest.mark.parametrize("label", ["Solution: ", "Answer: ", ""])
@pytest.mark.parametrize("form", FORMS)
def test_an_answer_again_below_with_its_reason(form: str, label: str, tmp_path: Path) -> None:
    """«b) The newton, since …» is no fourth answer, and what it says is kept."""
    why = iter(WHY)
    made, _ = read(written(tmp_path, form, bank(lambda at, _: f"{label}{'ABC'[at]}) {next(why)}\n")))
    assert [right(one) for one in made] == [[answers[at]] for _, answers, at in VITAMINS]
    assert [len(one.choices) for one in made if isinstance(one, MultipleChoice)] == [3] * 4
    assert [block_text(one.feedback).strip() for one in made] == list(WHY)


@pytest.mark.parametrize("form", FORMS)
def test_an_exam_with_solutions_is_a_test(form: str, tmp_path: Path) -> None:
    """«Exam» over answers to choose from, «Solution» below each: nothing is told as read otherwise."""
    text = bank(lambda at, _: f"Solution: {'ABC'[at]}) So.\n").replace("Test\n", "Exam\n", 1)
    made, told = read(written(tmp_path, form, text))
    assert [right(one) for one in made] == [[answers[at]] for _, answers, at in VITAMINS]
    assert not {"bank-unread", "project-role-refused"} & {one.code for one in told}


ROWS = (("1. Казахстан", "А) Москва"), ("2. Россия", "Б) Астана"), ("3. Франция", "В) Париж"))


def paired(folder: Path, over: str, below: tuple[str, ...]) -> Path:
    document = docx.Document()
    document.add_paragraph(over)
    table = document.add_table(rows=len(ROWS), cols=2)
    for at, row in enumerate(ROWS):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    for line in below:
        document.add_paragraph(line)
    document.save(str(folder / "page.docx"))
    return folder


def test_two_sides_without_a_key_are_no_choice_among_one_of_them(tmp_path: Path) -> None:
    below = ("2. Столица Казахстана?", "А) Астана", "Б) Алматы", "В) Актау", "Ответ: А")
    made, told = read(paired(tmp_path, "1. Установите соответствие между странами и столицами.", below), "ru")
    first, second = made
    assert isinstance(first, Essay)
    for word in ("Казахстан", "Россия", "Франция", "Москва", "Астана", "Париж"):
        assert word in stem(first)
    assert any(isinstance(one, List) and one.marker == "lower-alpha" for one in first.text)
    assert right(second) == ["Астана"]
    (doubt,) = (one for one in told if one.code == "outline-key-unknown")
    assert "3 points and 3 answers" in doubt.message


def test_a_table_of_two_sides_alone_is_told(tmp_path: Path) -> None:
    made, told = read(paired(tmp_path, "Установите соответствие.", ()), "ru")
    assert not made
    (doubt,) = (one for one in told if one.code == "bank-unread")
    assert "pair points" in doubt.message


LECTURE = {
    "en": ("Lecture 3. Cells", "Question", "Cells stay small since their surface grows with the square of the size"),
    "ru": ("Лекция 3. Клетка", "Вопрос", "Клетки остаются малыми, потому что поверхность растёт как квадрат размера"),
    "kk": ("3-дәріс. Жасуша", "Сұрақ", "Жасушалар кішкентай болып қалады, себебі олардың беті өлшемнің квадратындай"),
}


@pytest.mark.parametrize("language", LECTURE)
def test_questions_that_head_the_parts_of_a_lecture_are_no_test(language: str, tmp_path: Path) -> None:
    title, word, said = LECTURE[language]
    document = docx.Document()
    document.add_heading(title, 1)
    for n in (1, 2, 3):
        document.add_paragraph(f"{word} {n}")
        document.add_paragraph(f"{said}. {said}, {n}.")
    document.save(str(tmp_path / "page.docx"))
    _, told = read(tmp_path, language)
    assert "bank-unread" not in {one.code for one in told}


@pytest.mark.parametrize("asked", ["What is a cell?", "Describe the cell and its parts, and say how they work."])
def test_questions_that_ask_are_told(asked: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Lecture 3. Cells", 1)
    for n in (1, 2, 3):
        document.add_paragraph(f"Question {n}")
        document.add_paragraph(asked)
    document.save(str(tmp_path / "page.docx"))
    made, told = read(tmp_path)
    assert made or "bank-unread" in {one.code for one in told}
