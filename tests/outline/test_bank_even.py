"""Tests without numbers and letters: as many lines below each question, and nothing between one and the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.shared import RGBColor

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice

ASKED = (
    ("Что изучает микроэкономика?", ("Поведение рынков", "Инфляцию", "Торговлю", "Долг"), 0),
    ("При росте цены величина спроса обычно", ("растёт", "падает", "не меняется", "колеблется"), 1),
    ("Товары, заменяющие друг друга, называются", ("комплементами", "субститутами", "редкими", "общими"), 1),
    ("Какой налог является косвенным?", ("Подоходный", "Имущественный", "НДС", "Земельный"), 2),
    ("Сколько продавцов на рынке монополии?", ("один", "два", "три", "много"), 0),
    ("Потолок цены ниже равновесия вызывает", ("избыток", "дефицит", "рост", "спад"), 1),
)


def word(path: Path, look: str) -> None:
    document = Document()
    document.add_paragraph("Тест по микроэкономике")
    for stem, answers, right in ASKED:
        document.add_paragraph(stem)
        for at, text in enumerate(answers):
            run = document.add_paragraph().add_run(text)
            if at == right and look == "bold":
                run.bold = True
            elif at == right and look == "red":
                run.font.color.rgb = RGBColor(0xFF, 0, 0)
    document.save(str(path))


@pytest.mark.parametrize("role", [None, "tests"])
@pytest.mark.parametrize("look", ["none", "bold", "red"])
def test_as_many_lines_below_each_question(tmp_path: Path, look: str, role: str | None) -> None:
    word(tmp_path / "bank.docx", look)
    if role:
        head = 'id = "x"\ntitle = "X"\nlanguage = "ru"\n[[source]]\nfile = "bank.docx"\nrole = "tests"\n'
        (tmp_path / "course.toml").write_text(head, encoding="utf-8")
    exam = build.understand(discovery.find_projects([tmp_path])[0]).course.exam
    assert exam is not None
    assert len(exam.questions) == len(ASKED)
    for one, (stem, answers, right) in zip(exam.questions, ASKED, strict=True):
        assert isinstance(one, MultipleChoice)
        assert block_text(one.text) == stem
        assert tuple(block_text(choice.content) for choice in one.choices) == answers
        keyed = [at for at, choice in enumerate(one.choices) if choice.fraction > 0]
        assert keyed == ([] if look == "none" else [right])


def test_short_lines_of_another_number_are_no_test(tmp_path: Path) -> None:
    lines = ["Вопросы к зачёту", *(stem for stem, *_ in ASKED), "Ещё один вопрос"]
    (tmp_path / "list.txt").write_text("\n".join(lines), encoding="utf-8")
    exam = build.understand(discovery.find_projects([tmp_path])[0]).course.exam
    assert exam is not None
    assert not any(isinstance(one, MultipleChoice) for one in exam.questions)


def test_few_questions_with_letters_among_bold_ones_over_bullets(tmp_path: Path) -> None:
    document = Document()
    for at in range(30):
        stem, answers, right = ASKED[at % len(ASKED)]
        document.add_paragraph().add_run(f"{stem[:-1]} ({at})?").bold = True
        for nth, text in enumerate(answers):
            run = document.add_paragraph(style="List Bullet").add_run(text)
            run.bold = nth == right
        document.add_paragraph()
    document.add_paragraph().add_run("Refer to the exhibit. Which interface is it?").bold = True
    for letter in "AB":
        document.add_paragraph(f"{letter}) port {letter}")
    document.save(str(tmp_path / "bank.docx"))
    exam = build.understand(discovery.find_projects([tmp_path])[0]).course.exam
    assert exam is not None
    chosen = [one for one in exam.questions if isinstance(one, MultipleChoice)]
    assert len(chosen) >= 30
    assert all(sum(choice.fraction > 0 for choice in one.choices) == 1 for one in chosen[:30])


def test_questions_of_code_over_options_in_markdown(tmp_path: Path) -> None:
    lines = ["# Recruitment", "### Questions: 9", ""]
    for n in range(1, 10):
        lines += [
            f"**Q{n}.**",
            "```",
            f"int x = {n};",
            'printf("%d", x);',
            "```",
            "**Options**",
            "1. one",
            "2. two",
            "",
        ]
    (tmp_path / "bank.md").write_text("\n".join(lines), encoding="utf-8")
    exam = build.understand(discovery.find_projects([tmp_path])[0]).course.exam
    assert exam is not None
    chosen = [one for one in exam.questions if isinstance(one, MultipleChoice)]
    assert [len(one.choices) for one in chosen] == [2] * 9


@pytest.mark.parametrize(
    ("head", "steps"),
    [
        ("Launch an instance:", ("Go to the **console** and click **Launch**.", "Enter a name.", "Select an image.")),
        ("Запуск сервера:", ("Откройте консоль.", "Нажмите **Создать**.", "Введите имя.")),
    ],
)
def test_steps_of_a_guide_are_no_answers(tmp_path: Path, head: str, steps: tuple[str, ...]) -> None:
    lines = ["# Guide", ""]
    for n in range(1, 13):
        lines += [f"### {n}. {head}", *(f"- {step}" for step in steps), ""]
    (tmp_path / "guide.md").write_text("\n".join(lines), encoding="utf-8")
    exam = build.understand(discovery.find_projects([tmp_path])[0]).course.exam
    assert not any(isinstance(one, MultipleChoice) for one in (exam.questions if exam else ()))
    assert exam is None
