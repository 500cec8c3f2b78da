"""Tickets in plain text: their heads and their questions in the forms that departments print."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text

ASKED = (
    ("Понятие почвы", "Виды эрозии", "Задача: найдите влажность"),
    ("Гумус и его роль", "Орошение полей", "Задача: найдите массу"),
    ("Карта почв", "Севооборот", "Задача: найдите объём"),
)
HEADS = (
    "Билет № {n}",
    "ЭКЗАМЕНАЦИОННЫЙ БИЛЕТ {n}",
    "— Билет {n} —",
    "{n}-билет",
    "№ {n} ЕМТИХАН БИЛЕТІ",
    "Ticket #{n}:",
)
QUESTIONS = (
    "{n}. {text}.",
    "{n}) {text}.",
    "- {text}.",
    "• {text}.",
    "{letter}) {text}.",
    "{text}",
    "Вопрос {n}. {text}.",
)


@pytest.mark.parametrize("foot", ["", "Зав. кафедрой ____________ Иванов И.И.\n"])
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("head", HEADS)
def test_each_ticket_has_its_questions(tmp_path: Path, head: str, question: str, foot: str) -> None:
    text = "".join(
        head.format(n=n)
        + "\n"
        + "".join(question.format(n=i + 1, letter="абв"[i], text=one) + "\n" for i, one in enumerate(asked))
        + foot
        + "\n"
        for n, asked in enumerate(ASKED, 1)
    )
    (tmp_path / "file.txt").write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "file.txt"])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    texts = {one.id: block_text(one.text).rstrip(".") for one in exam.questions}
    assert [tuple(texts[one] for one in ticket.questions) for ticket in exam.tickets] == list(ASKED)
