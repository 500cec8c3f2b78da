"""Tests whose questions and answers stand behind labels: «Question: …», «Q: …», «Option 1: …», «Answer:» alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice, Question, ShortAnswer

TOLD = (
    ("Что такое спрос?", "Желание и возможность купить товар."),
    ("Что такое монополия?", "Рынок одного продавца."),
    ("Что такое инфляция?", "Рост общего уровня цен."),
    ("Что такое налог?", "Обязательный платёж государству."),
)
OFFERED = (
    ("Which gas do plants take in?", ("oxygen", "carbon dioxide", "neon", "helium"), 1),
    ("The unit of force is", ("newton", "joule", "watt", "pascal"), 0),
    ("The capital of Kazakhstan is", ("Almaty", "Shymkent", "Astana", "Aktobe"), 2),
    ("Which number is prime?", ("nine", "fifteen", "twenty", "seven"), 3),
)


def questions(folder: Path, name: str, lines: list[str], role: str | None) -> tuple[Question, ...]:
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    if role:
        head = f'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "{name}"\nrole = "{role}"\n'
        (folder / "course.toml").write_text(head, encoding="utf-8")
    exam = build.understand(discovery.find_projects([folder])[0]).course.exam
    return exam.questions if exam is not None else ()


def told(found: tuple[Question, ...]) -> list[tuple[str, str]]:
    """The words of each question with the answer that is stated for it."""
    return [
        (block_text(one.text), one.answers[0].text if isinstance(one, ShortAnswer) else block_text(one.grader_notes))
        for one in found
    ]


@pytest.mark.parametrize("role", [None, "tests"])
@pytest.mark.parametrize(
    ("ask", "answer"),
    [
        ("Вопрос: ", "Ответ: "),
        ("Сұрақ: ", "Жауап: "),
        ("Question: ", "Answer: "),
        ("Q: ", "A: "),
        ("Q. ", "A. "),
        ("В: ", "О: "),
        ("С: ", "Ж: "),
        ("Q{n}. ", "A{n}. "),
        ("Q{n}: ", "A{n}: "),
        ("**Q:** ", "**A:** "),
    ],
)
def test_labels_of_questions_and_answers_take_turns(tmp_path: Path, ask: str, answer: str, role: str | None) -> None:
    name, between = ("bank.md", [""]) if "*" in ask else ("bank.txt", [])
    lines = ["Микроэкономика", ""]
    for n, (stem, text) in enumerate(TOLD, 1):
        lines += [ask.format(n=n) + stem, *between, answer.format(n=n) + text, ""]
    assert [(a, b.rstrip(".")) for a, b in told(questions(tmp_path, name, lines, role))] == [
        (stem, text.rstrip(".")) for stem, text in TOLD
    ]


@pytest.mark.parametrize("role", [None, "tests"])
def test_a_word_for_the_answer_stands_alone_over_it(tmp_path: Path, role: str | None) -> None:
    lines = ["Микроэкономика. Вопросы и ответы", ""]
    for stem, text in TOLD:
        lines += [stem, "Ответ:", text, ""]
    assert [(a, b.rstrip(".")) for a, b in told(questions(tmp_path, "bank.txt", lines, role))] == [
        (stem, text.rstrip(".")) for stem, text in TOLD
    ]


@pytest.mark.parametrize("role", [None, "tests"])
@pytest.mark.parametrize(
    "form",
    [
        ("Question: {stem}", "Option {n}: {text}", "Answer: {right}"),
        ("Question: {stem}", "Option {letter}. {text}", "Correct answer: {key}"),
        ("Сұрақ: {stem}", "{n}-нұсқа: {text}", "Жауап: {right}"),
        ("Вопрос: {stem}", "Вариант {n}: {text}", "Правильный ответ: вариант {at}"),
    ],
)
def test_a_word_and_a_number_before_each_answer(tmp_path: Path, form: tuple[str, str, str], role: str | None) -> None:
    ask, option, key = form
    lines = ["Test", ""]
    for stem, answers, right in OFFERED:
        lines.append(ask.format(stem=stem))
        lines += [option.format(n=n + 1, letter="ABCD"[n], text=text) for n, text in enumerate(answers)]
        lines += [key.format(right=answers[right], key="ABCD"[right], at=right + 1), ""]
    assert chosen(questions(tmp_path, "bank.txt", lines, role)) == list(OFFERED)


@pytest.mark.parametrize("role", [None, "tests"])
@pytest.mark.parametrize("label", ["Options", "Варианты ответа", "Жауап нұсқалары"])
@pytest.mark.parametrize("beside", [True, False])
def test_a_label_before_all_answers(tmp_path: Path, label: str, role: str | None, *, beside: bool) -> None:
    lines = ["Test", ""]
    for n, (stem, answers, right) in enumerate(OFFERED, 1):
        lines += [f"Question {n}.", stem]
        lines += [f"{label}: {'; '.join(answers)}"] if beside else [f"{label}:", *answers]
        lines += ["Correct answer:", answers[right], ""]
    assert chosen(questions(tmp_path, "bank.txt", lines, role)) == list(OFFERED)


def test_letters_that_take_no_turns_are_no_labels(tmp_path: Path) -> None:
    """Answers «В) …» stand among others; «Ответ: Б» is no answer to each of them."""
    lines = ["Тест", ""]
    for n, (stem, answers, right) in enumerate(OFFERED, 1):
        lines += [f"{n}. {stem}", *(f"{'АБВГ'[at]}) {text}" for at, text in enumerate(answers))]
        lines += [f"Ответ: {'АБВГ'[right]}"]
    assert chosen(questions(tmp_path, "bank.txt", lines, None)) == list(OFFERED)


def chosen(found: tuple[Question, ...]) -> list[tuple[str, tuple[str, ...], int]]:
    made = []
    for one in found:
        assert isinstance(one, MultipleChoice), one
        (right,) = (at for at, choice in enumerate(one.choices) if choice.fraction > 0)
        made.append((block_text(one.text), tuple(block_text(choice.content) for choice in one.choices), right))
    return made


def findings(folder: Path, name: str, lines: list[str]) -> list[str]:
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    found = build.understand(discovery.find_projects([folder])[0]).findings
    return [one.message for one in found if one.code == "bank-unread"]


def test_lines_with_a_colon_over_answers_are_told(tmp_path: Path) -> None:
    lines: list[str] = []
    for n in range(12):
        lines += [f"Return type of method {n}:", f"Task<{n}>", ""]
    (message,) = findings(tmp_path, "notes.txt", lines)
    assert message.startswith("12 lines that end with a colon, each over an answer,")


def test_headings_with_the_label_of_a_question_are_told(tmp_path: Path) -> None:
    lines: list[str] = []
    for n in range(4):
        text = "It holds what is asked for, and a second sentence says why that is so in this place. " * 3
        lines += [f"### Q) Why is part {n} there?", "", text, "", f"1. **Point:** {text}", ""]
    (message,) = findings(tmp_path, "notes.md", lines)
    assert message.startswith("4 lines that are headings with the label of a question")


def test_definitions_in_a_lecture_are_not_told(tmp_path: Path) -> None:
    lines = ["Лекция 1. Рынок", "", "План:", "1. Спрос.", "2. Предложение.", ""]
    for n in range(8):
        lines += [f"Рынок {n} складывается из спроса и предложения, которые мы рассмотрим ниже подробнее.", ""]
    assert not findings(tmp_path, "lecture.txt", lines)
