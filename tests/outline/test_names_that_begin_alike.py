"""Words that begin as the names of parts do: titles of classes, no parts; what closes a course below a title of its
own."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from tests.outline import documents

_WORD = {"en": "LECTURE", "ru": "ЛЕКЦИЯ"}
_COURSES = {
    "en": (
        "INTRODUCTION TO ASTRONOMY\nLecture texts",
        ["The Moon", "The planets", "Planes of orbits"],
        "The height of the pole above the horizon is the latitude. Sailors knew this long before they had clocks.",
        "Recommended books",
        "Moore, P. Guide to the Night Sky. London, 2005.",
    ),
    "ru": (
        "ВВЕДЕНИЕ В АСТРОНОМИЮ\nТексты лекций",
        ["Луна", "Планеты", "Планктон морей"],
        "Высота полюса над горизонтом равна широте места. Моряки знали это задолго до появления часов.",
        "Рекомендуемая литература",
        "Мур П. Путеводитель по ночному небу. – М., 2005.",
    ),
}


@pytest.mark.parametrize("language", sorted(_COURSES))
def test_planets_are_no_plan_and_books_behind_the_last_lecture_are_of_the_course(tmp_path: Path, language: str) -> None:
    head, titles, text, books, book = _COURSES[language]
    parts = [f"{_WORD[language]} {at}\n{title}\n\n{text} {at}-й." for at, title in enumerate(titles, 1)]
    (tmp_path / "talks.txt").write_text("\n\n".join([head, *parts, f"{books}\n{book}\n{book[:-5]}7."]), "utf-8")
    course = documents.read(tmp_path)["course"]
    sessions = [session for _, session in course.sessions()]
    assert [one.title for one in sessions] == titles
    assert [block_text(one.blocks) for one in sessions] == [f"{text} {at}-й." for at in (1, 2, 3)]
    assert not any(one.literature for one in sessions)


def test_books_below_questions_under_a_title_on_a_line_of_its_own_are_of_the_course(tmp_path: Path) -> None:
    numbers, titles = ("Бірінші", "Екінші", "Үшінші"), ("КҮЙ ӨНЕРІ", "ӘНШІЛІК ДӘСТҮР", "ЖЫРАУЛАР")
    text = "Домбыра екі ішекті аспап, оны әр өңірде әрқалай жасаған. Күй өнері ел ішінде ерекше құрметке ие болған."
    parts = [
        f"{number} дәріс\n{title}\n\n{text}\n\nОйланайық:\n1. Күй қалай туады?\n2. Домбыраның неше ішегі бар?"
        for number, title in zip(numbers, titles, strict=True)
    ]
    books = (
        "Пайдаланған кітаптар\n1. Жұбанов А. Ғасырлар пернесі. – Алматы, 1975.\n2. Затаевич А. 1000 ән. – Алматы, 2004."
    )
    (tmp_path / "talks.txt").write_text(
        "\n\n".join(["Қазақ музыкасының тарихы\nДәрістер жинағы", *parts, books]), "utf-8"
    )
    course = documents.read(tmp_path)["course"]
    sessions = [session for _, session in course.sessions()]
    assert [one.title for one in sessions] == list(titles)
    assert [len(one.review) for one in sessions] == [2, 2, 2]
    assert not any(one.literature for one in sessions)
    assert "Ғасырлар пернесі" in str(course.about.literature)
