"""Tests among other things, in documents that nobody gave a role: starters, code below «Answer:», tasks with data,
blocks of lines alone. Read whole, or told with the place."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack.model.blocks import List, block_text
from coursepack.model.questions import Essay, MultipleChoice, Question
from tests.outline.test_bank_silence import read

FORMS = ("txt", "md", "docx")


def written(folder: Path, form: str, text: str) -> Path:
    """The lines of a text as a file of a form, a paragraph each in Word."""
    if form != "docx":
        (folder / f"page.{form}").write_text(text, "utf-8")
        return folder
    document = docx.Document()
    for line in text.rstrip("\n").split("\n"):
        document.add_paragraph(line)
    document.save(str(folder / "page.docx"))
    return folder


def stem(question: Question) -> str:
    return block_text(question.text)


def notes(question: Question) -> str:
    return block_text(question.grader_notes).strip()


STARTERS = {
    "en": ("What is inertia?", "The unit of force is", "abc", ("joule", "newton", "watt"), "Describe the third law."),
    "ru": ("Что такое сила?", "Единица силы – это", "абв", ("джоуль", "ньютон", "ватт"), "Опишите третий закон."),
    "kk": ("Күш дегеніміз не?", "Күштің өлшем бірлігі", "абв", ("джоуль", "ньютон", "ватт"), "Заңды түсіндіріңіз."),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", STARTERS)
def test_one_choice_among_open_questions(language: str, form: str, tmp_path: Path) -> None:
    first, asked, letters, answers, last = STARTERS[language]
    options = "".join(f"{letter}) {text}\n" for letter, text in zip(letters, answers, strict=True))
    made, told = read(written(tmp_path, form, f"1. {first}\n2. {asked}\n{options}3. {last}\n4. {first}\n"))
    assert [stem(one) for one in made] == [first, asked, last, first]
    (choice,) = (one for one in made if isinstance(one, MultipleChoice))
    assert [block_text(one.content) for one in choice.choices] == list(answers)
    assert "outline-test-without-key" in {one.code for one in told}


@pytest.mark.parametrize("form", FORMS)
def test_points_with_letters_that_do_not_ask_are_of_the_question_above(form: str, tmp_path: Path) -> None:
    text = (
        "Exam questions\n\n1. What is inertia?\n2. Define the following:\na) mass\nb) force\nc) energy\n"
        "3. Describe the third law in your own words.\n4. Name three forces.\n"
    )
    made, _ = read(written(tmp_path, form, text))
    assert len(made) == 4
    (points,) = (one for one in made[1].text if isinstance(one, List))
    assert [block_text(one.blocks) for one in points.items] == ["mass", "force", "energy"]
    assert points.marker == "lower-alpha"


@pytest.mark.parametrize("form", FORMS)
def test_letters_below_one_of_many_open_questions_are_told(form: str, tmp_path: Path) -> None:
    """One of ten: the list stays a list of questions, and the answers are reported."""
    open_ = [f"{n}. What is a {word}?" for n, word in enumerate(["cell", "leaf", "root", "seed", "stem", "bud"], 2)]
    text = "\n".join(["Exam questions", "", "1. The unit of force is", "a) joule", "b) newton", "c) watt", *open_])
    made, told = read(written(tmp_path, form, text + "\n"))
    assert len(made) == 7
    assert "newton" in stem(made[0])
    (doubt,) = (one for one in told if one.code == "bank-doubtful")
    assert "short lettered points" in doubt.message
    assert doubt.place is not None


CODE = {
    "en": ("Answer:", "Write a function that returns a sum.", "Write a loop.", "Write a program that greets."),
    "ru": ("Ответ:", "Напишите функцию суммы.", "Напишите цикл.", "Напишите приветствие."),
    "kk": ("Жауабы:", "Қосынды функциясын жазыңыз.", "Цикл жазыңыз.", "Сәлемдесу жазыңыз."),
}


@pytest.mark.parametrize("count", [2, 3])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", CODE)
@pytest.mark.parametrize("role", ["", "tests"])
def test_code_below_the_word_for_an_answer(role: str, language: str, form: str, count: int, tmp_path: Path) -> None:
    """Each «Answer:» stands over one answer, and is no heading over the keys of all."""
    label, *asked = CODE[language]
    code = ("def f(a):\n    return sum(a)", "for i in range(9):\n    print(i)", "name = input()\nprint(name)")
    text = "".join(f"{n}. {one}\n{label}\n{code[n - 1]}\n" for n, one in enumerate(asked[:count], 1))
    made, _ = read(written(tmp_path, form, text), language, role=role)
    assert [stem(one) for one in made] == asked[:count]
    assert all(isinstance(one, Essay) for one in made)
    assert [" ".join(notes(one).split()) for one in made] == [" ".join(one.split()) for one in code[:count]]


@pytest.mark.parametrize("form", FORMS)
def test_data_below_each_task_is_its_own_or_told(form: str, tmp_path: Path) -> None:
    text = (
        "1. Find the largest number of the list.\nInput:\n3 8 1\nOutput:\n8\n2. Count the vowels of the line.\nInput:\n"
        "banana\nOutput:\n3\n3. Print the line backwards.\nInput:\nabc\nOutput:\ncba\n"
    )
    made, told = read(written(tmp_path, form, text))
    if made:
        assert len(made) == 3
        assert all("Input:" in stem(one) and "Output:" in stem(one) for one in made)
    else:
        (doubt,) = (one for one in told if one.code == "bank-unread")
        assert "come again below each number" in doubt.message
        assert 'role = "tests"' in (doubt.advice or "")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("role", ["", "tests"])
def test_blocks_of_lines_between_blank_ones(role: str, form: str, tmp_path: Path) -> None:
    """Nothing but blank lines parts them, and the words of a stem name the aim of a course."""
    units = (("mass", "kilogram"), ("force", "newton"), ("energy", "joule"))
    text = "\n".join(f"The unit of {what} is\n{right}\nwatt\npascal\n" for what, right in units)
    made, _ = read(written(tmp_path, form, text), role=role)
    assert [stem(one) for one in made] == [f"The unit of {what} is" for what, _ in units]
    answers = [[block_text(c.content) for c in one.choices] for one in made if isinstance(one, MultipleChoice)]
    assert answers == [[right, "watt", "pascal"] for _, right in units]


def test_ticked_boxes_in_a_list_of_exam_questions(tmp_path: Path) -> None:
    items = "\n".join(f"{n}. The layer {n} is\n\n- [ ] older\n- [x] younger\n- [ ] of one age\n" for n in (1, 2, 3))
    text = f"# Assessment of a course\n\n## Exam questions\n\n{items}\n## Marks\n\nA pass needs sixty points.\n"
    made, _ = read(written(tmp_path, "md", text))
    chosen = [one for one in made if isinstance(one, MultipleChoice)]
    assert len(chosen) == 3
    assert [[block_text(c.content) for c in one.choices if c.fraction > 0] for one in chosen] == [["younger"]] * 3
