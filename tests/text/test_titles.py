"""Lines of a title page stand below one another; words with letters apart and hyphens from line ends are healed."""

from __future__ import annotations

import pytest

from coursepack.outline.counted import options
from coursepack.outline.markers import standard
from coursepack.outline.stream import stream
from coursepack.readers import text
from coursepack.text.lines import Wrapped, paragraphs
from coursepack.text.spaced import Healer

PROSE = (
    "Бұл жинақ болашақ экскурсоводтарға арналады, мәтіндері қысқа болады және\n"
    "әр дәрістен кейін ойланатын сұрақтар беріледі, олар аз да болса пайдалы\n"
    "болып шығады деген үміт бар.\n"
)


def texts(source: str) -> list[str]:
    return [piece.text for piece in stream(text.read("a.txt", source.encode()), "textbook", standard()).pieces]


def centred(*lines: str) -> str:
    return "".join(f"{line:^72}".rstrip() + "\n" for line in lines)


@pytest.mark.parametrize(
    "title",
    [
        ["ФИЛОСОФИЯ ТАРИХЫ", "семинар сабақтарының жоспарлары"],
        ["ТУРИЗМ НЕГІЗДЕРІ", "(оқу кешені)"],
        ["Тест", "по дисциплине", "почвоведение"],
    ],
)
def test_centred_lines_of_a_title_are_lines(title: list[str]) -> None:
    assert texts(f"{centred(*title)}\n{PROSE}") == [*title, " ".join(PROSE.split())]


def test_a_short_second_line_with_space_below_is_a_line() -> None:
    assert texts(f"Тіл біліміне кіріспе\nтест сұрақтары\n\n{PROSE}")[:2] == ["Тіл біліміне кіріспе", "тест сұрақтары"]


@pytest.mark.parametrize(
    ("source", "first"),
    [
        (
            centred("О порядке проведения лабораторных работ и проверки знаний по", "технической механике"),
            "О порядке проведения лабораторных работ и проверки знаний по технической механике",
        ),
        ("Тіл біліміне,\nтест сұрақтары\n", "Тіл біліміне, тест сұрақтары"),
        ("Тіл біліміне кіріспе\nтест сұрақтары.\n", "Тіл біліміне кіріспе тест сұрақтары."),
    ],
    ids=["a full line", "a comma", "a sentence"],
)
def test_a_title_that_was_wrapped_is_one(source: str, first: str) -> None:
    assert texts(f"{source}\n{PROSE}")[0] == first


def test_prose_at_the_top_is_prose() -> None:
    assert texts(f"Алғы сөз.\n{PROSE}\n{PROSE}") == ["Алғы сөз.", *[" ".join(PROSE.split())] * 2]


def test_lines_of_two_sizes_are_two() -> None:
    made = [Wrapped(words, left=72, right=300, size=size) for words, size in (("Музыка тарихы", 20), ("жинағы", 10))]
    assert paragraphs(made) == [[0], [1]]


def test_numbers_after_their_sign_begin_items() -> None:
    items = ["№1 Сырьё: определение", "№2 Сбор и сушка", "№3 Перегонка эфирных масел с\nводяным паром", "№4 Слизи"]
    assert texts("\n".join(items)) == [item.replace("\n", " ") for item in items]


@pytest.mark.parametrize(
    ("line", "healed"),
    [
        ("Бұл жерде т о п ы р а қ туралы айтылады.", "Бұл жерде топырақ туралы айтылады."),
        ("C H A P T E R", "CHAPTER"),
        ("Топы-рақ пен су, то- пырақ.", "Топырақ пен су, топырақ."),
        ("Бұл к ү н туралы", "Бұл к ү н туралы"),
        ("A B C D E F", "A B C D E F"),
        ("Векторы a b c d берілген", "Векторы a b c d берілген"),
        ("Су-топырақ, кара-топырак.", "Су-топырақ, кара-топырак."),
        ("info@topy-raq.kz", "info@topy-raq.kz"),
    ],
)
def test_words_that_fell_apart(line: str, healed: str) -> None:
    made = stream(text.read("a.txt", f"Топырақ пен су.\n\n{line}\n\nСу topyraq.\n".encode()), "textbook", standard())
    assert made.pieces[1].text == healed
    told = [f for f in made.findings if getattr(f, "code", "") == "reading-words-healed"]
    assert bool(told) is (line != healed)
    for piece in made.pieces:
        made.texts.claim(piece, "content")
    assert made.texts.ledger.unclaimed() == []


def test_a_compound_of_two_words_keeps_its_hyphen() -> None:
    healer = Healer(["веб", "сайт әр түрлі", "вебсайт веб-сайт", "оқу-лық оқулық әртүрлі"])
    assert healer.heal("әр-түрлі") == "әр-түрлі"
    assert healer.heal("веб-сайт") == "веб-сайт"
    assert healer.heal("оқу-лық") == "оқу\u200bлық"
    assert healer.counts == {"hyphens inside words": 1}


def test_answers_on_one_line_stand_below_their_question() -> None:
    items = [
        "1) Картоптың отаны:",
        "а. Африка б. Үндістан в. Азия",
        "2) Себу сапасы қандай:",
        "а. түсі б. иісі в. пішіні",
    ]
    assert texts("\n".join(items)) == items
    assert options([*items, "А. Иванов пен Б. Петров сияқты ғалымдар"]) == {1, 3}
