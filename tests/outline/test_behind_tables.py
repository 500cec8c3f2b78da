"""What stands behind a table that was taken apart is in none of its rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outline import documents
from tests.outline.documents import Word

WORKSHOPS = {
    "en": ("Workshop {n}", "In the room", "You work through"),
    "ru": ("Практическое занятие {n}", "Оборудование", "Задания"),
    "kk": ("Практикалық сабақ {n}", "Құрал-жабдық", "Тапсырмалар"),
}
TITLES = ("Alpha", "Beta", "Gamma")
LAST = {
    "en": "Credit is given to those who attended two of the three afternoons and spoke in one.",
    "ru": "Зачет получают те, кто посетил два занятия из трех и выступил на одном из них.",
    "kk": "Үш сабақтың екеуіне қатысып, біреуінде сөйлегендерге сынақ қойылады.",
}
ORDERS = {
    "en": ("Pop a bubble and say how old it is.", "Plot the curve by hand."),
    "ru": ("Лопните пузырек и назовите возраст.", "Постройте кривую от руки."),
    "kk": ("Көпіршікті жарып, жасын айтыңыз.", "Қисықты қолмен сызыңыз."),
}


@pytest.mark.parametrize("language", sorted(WORKSHOPS))
def test_a_paragraph_behind_the_last_table_is_no_text_of_its_class(tmp_path: Path, language: str) -> None:
    name, room, work = WORKSHOPS[language]
    word = Word()
    for n, title in enumerate(TITLES, 1):
        rows = [
            [f"**{name.format(n=n)}**", title],
            [f"**{room}**", "a lamp, a lens"],
            [f"**{work}**", ORDERS[language][0]],
        ]
        word.table([*rows, ["", ORDERS[language][1]]]).p("")
    word.p(LAST[language]).save(tmp_path / "workshops.docx")
    read = documents.read(tmp_path)
    assert [title for _, _, title in read["practicals"]] == list(TITLES)
    assert read["practical tasks"] == [list(ORDERS[language])] * len(TITLES)


def test_books_for_the_next_time_are_literature(tmp_path: Path) -> None:
    (name, _, work), before = WORKSHOPS["en"], "Before you come"
    books = ["Kahale, Reading Snow, pp. 1–19", "Kahale and Moe, Firn, pp. 4–9", 'Moe, "Dust", Polar Letters 9']
    word = Word()
    for n, (title, book) in enumerate(zip(TITLES, books, strict=True), 1):
        word.table([[f"**{name.format(n=n)}**", title], [f"**{work}**", ORDERS["en"][0]], [f"**{before}**", book]]).p(
            ""
        )
    word.save(tmp_path / "workshops.docx")
    read = documents.read(tmp_path)
    assert read["work"] == []
    assert [list(one.literature) for _, one in read["course"].sessions()] == [[book] for book in books]


HEADS = {
    "en": ("Lecture {n}", "Aim", "To see how ice melts.", "Water stands in the ice and moves when the day is warm."),
    "ru": ("Лекция {n}", "Цель", "Увидеть, как тает лед.", "Вода стоит во льду и движется, когда день теплый."),
    "kk": ("Дәріс {n}", "Мақсаты", "Мұздың еруін көру.", "Су мұздың ішінде тұрады, күн жылығанда қозғалады."),
}


@pytest.mark.parametrize("language", sorted(HEADS))
def test_the_text_below_a_table_with_the_head_of_a_class_is_its_own(tmp_path: Path, language: str) -> None:
    name, label, aim, told = HEADS[language]
    word = Word()
    for n, title in enumerate(TITLES, 1):
        word.table([[f"**{name.format(n=n)}**", title], [f"**{label}**", aim], [f"**{WORKSHOPS[language][1]}**", "x"]])
        word.p(told, f"{told} ({n})")
    word.save(tmp_path / "lectures.docx")
    read = documents.read(tmp_path)
    assert [title for _, _, title in read["lectures"]] == list(TITLES)
    assert read["lecture aims"] == [aim] * len(TITLES)
    for n, texts in enumerate(read["texts"], 1):
        assert [one for one in texts if told in one] == [f"P: {told}", f"P: {told} ({n})"]
