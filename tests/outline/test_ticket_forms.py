"""Tickets in plain text: their heads and their questions in the forms that departments print."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.outline.bank.items import items_of
from coursepack.outline.pieces import Piece
from coursepack.outline.tree.ordinals import counted

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


def _tickets(path: Path, text: str) -> list[tuple[int, tuple[str, ...]]]:
    path.write_text(text, encoding="utf-8")
    exam = build.understand(discovery.find_projects([path])[0]).course.exam
    assert exam is not None
    texts = {one.id: block_text(one.text) for one in exam.questions}
    assert len({ticket.id for ticket in exam.tickets}) == len(exam.tickets)
    return [(ticket.number, tuple(texts[one] for one in ticket.questions)) for ticket in exam.tickets]


@pytest.mark.parametrize("head", ["Б И Л Е Т  № {n}", "Билет №{n}.", "{n}-билет", "Ticket {n}"])
def test_tickets_are_counted_past_a_thousand(tmp_path: Path, head: str) -> None:
    wanted = [(n, (f"Что такое вещество {n}?", f"Опишите процесс {n}.")) for n in range(985, 1016)]
    text = "".join(f"{head.format(n=n)}\n1. {a}\n2. {b}\n\n" for n, (a, b) in wanted)
    assert _tickets(tmp_path / "a.txt", "Билеты по химии\n\n" + text) == wanted


@pytest.mark.parametrize("again", ["Билет № {n}", "Билет № {n} (продолжение)", "Билет № {n} (cont.)."])
def test_a_ticket_whose_head_comes_again_is_one(tmp_path: Path, again: str) -> None:
    wanted = [(n, (f"Что такое вещество {n}?", f"Опишите процесс {n}.")) for n in range(1, 6)]
    text = "".join(f"Билет № {n}\n1. {a}\n{again.format(n=n)}\n2. {b}\n\n" for n, (a, b) in wanted)
    assert _tickets(tmp_path / "a.txt", "Билеты по химии\n\n" + text) == wanted


def test_years_count_no_classes() -> None:
    assert [(one.kind, one.value) for one in counted("Ticket 1205. Soil")] == [("ticket", 1205)]
    assert counted("Spring 2024") == counted("Lecture 2024") == counted("Soil (week 2024)") == []


def test_a_bank_counts_past_ten_thousand() -> None:
    texts = ["{}. Что?", "A) да", "B) нет"]
    pieces = [Piece(texts[at % 3].format(at // 3 + 9_990), []) for at in range(120)]
    assert [item.number for item in items_of(pieces).items] == list(range(9_990, 10_030))


OF_FARMING = [
    ["Роль азота в питании", "Севооборот и его виды", "Рассчитайте норму высева"],
    ["Классификация почв", "Обработка почвы весной", "Определите сорняк по описанию"],
    ["Водный режим почвы", "Сроки внесения удобрений", "Составьте план уборки"],
    ["Озимые культуры", "Меры борьбы с эрозией", "Рассчитайте дозу удобрения"],
]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("Билет {n}: {a}; {b}; {c}.", ["{a}", "{b}", "{c}."]),
        ("Билет {n}. {a} / {b} / {c}", ["{a}", "{b}", "{c}"]),
        ("{n}) {a}; {b}; {c}.", ["{a}", "{b}", "{c}."]),
        ("{n}. {a} / {b} / {c}", ["{a}", "{b}", "{c}"]),
        ("{n}. {a}. {b}. {c}.", ["{a}.", "{b}.", "{c}."]),
        ("{n}\n1. {a}\n2. {b}\n3. {c}", ["{a}", "{b}", "{c}"]),
        ("Набор {letter}\n1. {a}\n2. {b}\n3. {c}", ["{a}", "{b}", "{c}"]),
        ("Билет {n}\nВопрос 1: {a}\nВопрос 2: {b}\nЗадача: {c}", ["{a}", "{b}", "Задача: {c}"]),
        ("Билет {n}\n1. {a}\n2. {b}\nПрактика. {c}\n\nЗав. отделением ______", ["{a}", "{b}", "Практика. {c}"]),
    ],
)
def test_questions_on_one_line_and_behind_a_label(form: str, shown: list[str], tmp_path: Path) -> None:
    made = [
        {"n": str(number), "letter": "АБВГ"[number - 1], "a": a, "b": b, "c": c}
        for number, (a, b, c) in enumerate(OF_FARMING, 1)
    ]
    text = "Аграрный колледж\nЭкзаменационные билеты по агрономии\n\n" + "\n\n".join(form.format(**one) for one in made)
    path = tmp_path / "tickets.txt"
    path.write_text(text + "\n", encoding="utf-8")
    (loaded,) = discovery.find_projects([path])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    texts = {one.id: block_text(one.text) for one in exam.questions}
    assert [[texts[name] for name in ticket.questions] for ticket in exam.tickets] == [
        [part.format(**one) for part in shown] for one in made
    ]


@pytest.mark.parametrize(
    "title", ["Oral examination cards", "Карточки устного экзамена", "Ауызша емтихан карточкалары"]
)
def test_cards_of_an_oral_exam_are_tickets(title: str, tmp_path: Path) -> None:
    head = {"O": "Card {n}", "К": "Карточка {n}", "А": "{n}-карточка"}[title[0]]
    path = tmp_path / "cards.txt"
    parts = (f"{head.format(n=n)}\n1. {a}.\n2. {b}." for n, (a, b, _) in enumerate(OF_FARMING, 1))
    path.write_text(f"{title}\n\n" + "\n\n".join(parts) + "\n", encoding="utf-8")
    exam = build.understand(discovery.find_projects([path])[0]).course.exam
    assert exam is not None
    assert [len(ticket.questions) for ticket in exam.tickets] == [2, 2, 2, 2]


def test_a_list_called_tickets_that_asks_one_thing_a_line_is_a_list(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    lines = [f"{n}. {text}." for n, text in enumerate((one for asked in OF_FARMING for one in asked), 1)]
    path.write_text("Билеты по агрономии\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    exam = build.understand(discovery.find_projects([path])[0]).course.exam
    assert exam is not None
    assert (len(exam.questions), len(exam.tickets)) == (12, 0)


def test_numbers_alone_over_lines_to_cut_along_are_tickets() -> None:
    """A long row of dashes between tickets parts them; it is no ruled line below a heading."""
    path = Path(__file__).parents[2] / "benchmarks/coursebench/worded/ru-mine-air-tickets/source.docx"
    exam = build.understand(discovery.find_projects([path])[0]).course.exam
    assert exam is not None
    assert [(one.number, len(one.questions)) for one in exam.tickets] == [(n, 3) for n in range(1, 8)]
