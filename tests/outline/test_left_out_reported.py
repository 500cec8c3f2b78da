"""What a reading leaves out is reported, and it is little: programs under a heading that names a list, gaps,
pictures that no part shows, prose beside a title page."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.outline import Understood
from coursepack.outline.markers import leaves_gap
from tests.readers.deck import Deck
from tests.samples import PNG
from tests.test_folder import understood, write

PROSE = {
    "ru": "Клетка — единица живого: в ней идёт обмен веществ, она растёт, делится и отвечает на то, что вокруг.",
    "kk": "Жасуша – тірі ағзалардың бірлігі: онда зат алмасу жүреді, ол өседі, бөлінеді және айналасына жауап береді.",
    "en": "The cell is the unit of life: in it matter is exchanged, it grows, divides and answers what is around it.",
}


def told(found: Understood, code: str) -> list[tuple[str, str]]:
    return [(one.severity, one.message) for one in found.findings if one.code == code]


def text_of_class(found: Understood) -> str:
    ((_, session),) = list(found.course.sessions())
    assert (session.outline, session.literature, session.outcomes) == ((), (), ())
    return block_text(session.blocks)


@pytest.mark.parametrize(
    ("name", "title", "heading"),
    [
        ("Лекция 3.md", "Лекция 3. Объединения", "Использование II"),
        ("Лекция 3.md", "Лекция 3. Языки", "Литература"),
        ("3-дәріс.md", "3-дәріс. Тілдер", "Пайдаланылған әдебиеттер"),
        ("Lecture 3.md", "Lecture 3. Unions", "References"),
        ("Lecture 3.md", "Lecture 3. Unions", "Outline"),
    ],
)
def test_a_program_below_a_heading_that_names_a_list_is_text(
    tmp_path: Path, name: str, title: str, heading: str
) -> None:
    prose = PROSE["kk" if "дәріс" in title else "en" if "Lecture" in title else "ru"]
    text = f"# {title}\n\n{prose}\n\n## {heading}\n\n```c\nunion pail p;\np.int_val = 15;\n```\n\n## B\n\n{prose}\n"
    write(tmp_path / "c" / name, text.encode())
    found = understood(tmp_path / "c")
    assert text_of_class(found) == f"{prose}\n{heading}\nunion pail p;\np.int_val = 15;\nB\n{prose}"
    assert told(found, "outline-left-out") == []


def test_books_below_a_picture_are_books(tmp_path: Path) -> None:
    write(tmp_path / "c" / "p.png", PNG)
    text = f"# Лекция 3. Языки\n\n{PROSE['ru']}\n\n## Литература\n\n![](p.png)\n\n1. Кнут Д. Искусство. М., 2001.\n"
    write(tmp_path / "c" / "Лекция 3.md", text.encode())
    ((_, session),) = list(understood(tmp_path / "c").course.sessions())
    assert session.literature == ("Кнут Д. Искусство. М., 2001.",)


def test_a_table_on_a_slide_whose_title_asks_is_text(tmp_path: Path) -> None:
    deck = Deck()
    deck.slide("Лекция 1. Языки", layout=0)
    table = deck.slide("Чем отличается Python от C++?").shapes.add_table(3, 2, 0, 0, 9, 9).table
    cells = ("Python", "C++", "медленный", "быстрый", "прост", "сложен")
    for cell, text in zip(table.iter_cells(), cells, strict=True):
        cell.text = text
    deck.slide("Итоги", PROSE["ru"])
    write(tmp_path / "c" / "Лекция 1.pptx", deck.data())
    found = understood(tmp_path / "c")
    rows = "Python \tC++\nмедленный \tбыстрый\nпрост \tсложен"
    assert text_of_class(found) == f"Чем отличается Python от C++?\n{rows}\nИтоги\n{PROSE['ru']}"


@pytest.mark.parametrize(
    "sentence",
    [
        "Вода кипит при ____ градусах.",
        "Хлоропласты есть в ____.",
        "Су ____ градуста қайнайды.",
        "Жасуша ядросында ______ сақталады.",
        "The mitochondrion is the ______ of the cell.",
        "Ask all: “What are the three biggest issues of ____?” Choose one to answer.",
    ],
)
def test_a_sentence_with_a_gap_at_the_end_of_a_lecture_is_text(tmp_path: Path, sentence: str) -> None:
    write(tmp_path / "c" / "Lecture 1.md", f"# Lecture 1. Cells\n\n{PROSE['en']}\n\n## Gaps\n\n{sentence}\n".encode())
    assert text_of_class(understood(tmp_path / "c")) == f"{PROSE['en']}\nGaps\n{sentence}"


@pytest.mark.parametrize(
    "line",
    [
        "Подпись ________",
        "Преподаватель ____________ Иванов И.И.",
        "Зав. кафедрой ________ (А. Б. Иванов)",
        "Протокол № ___ от «___» ______ 20__ г.",
        "Дата сдачи работы студентом: ______.",
        "Қабылдаған оқытушының қолы ____________",
        "Head of department: ____________",
    ],
)
def test_who_signs_leaves_no_gap(line: str) -> None:
    assert not leaves_gap(line)


@pytest.mark.parametrize(("above", "severity"), [(False, "warning"), (True, "note")])
def test_a_picture_that_no_part_shows_is_told(tmp_path: Path, *, above: bool, severity: str) -> None:
    write(tmp_path / "c" / "emblem.png", PNG)
    picture = "![](emblem.png)\n\n"
    aims = "## Objectives\n\n- to read trees\n- to compare them\n\n"
    text = f"# Syllabus. Trees\n\n{picture if above else ''}{aims}{'' if above else picture}"
    write(tmp_path / "c" / "syllabus.md", f"{text}## Literature\n\n1. Darwin C. The Origin. London, 1859.\n".encode())
    found = understood(tmp_path / "c")
    place = 2 if above else 5
    message = f"pictures or files that no part of the course shows: 1, paragraph {place}"
    assert told(found, "outline-pictures-left-out") == [(severity, message)]


def test_prose_set_aside_with_a_title_page_is_told(tmp_path: Path) -> None:
    text = f"# Syllabus. Trees\n\n{PROSE['en']} {PROSE['en']}\n\nAutumn\n\n## Lectures\n\n1. Roots\n2. Leaves\n"
    write(tmp_path / "c" / "syllabus.md", text.encode())
    letters = len(f"{PROSE['en']}{PROSE['en']}".replace(" ", ""))
    message = f"{letters} characters were not recognized and are left out: paragraph 2"
    assert told(understood(tmp_path / "c"), "outline-left-out") == [("warning", message)]


def test_prose_behind_a_pack_of_texts_keeps_its_title(tmp_path: Path) -> None:
    texts = "".join(
        f"## The {name}\n\nby {author}\n\n{PROSE['en']} {PROSE['en']}\n\nSource: Letters, 2011, p. 7.\n\n"
        for name, author in (("Sea", "Ann Lee"), ("Wood", "Tom Ray"), ("Hill", "Bo Kim"))
    )
    write(tmp_path / "c" / "Reader.md", f"# Reading pack\n\n{texts}## How to read\n\n{PROSE['en']}\n".encode())
    found = understood(tmp_path / "c")
    last = found.course.readings[-1]
    assert (last.title, block_text(last.blocks)) == ("How to read", PROSE["en"])
