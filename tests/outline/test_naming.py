"""What the names of files and folders say: a number counts beside a word of the lexicons, never by itself."""

from __future__ import annotations

import unicodedata

import pytest

from coursepack.outline import naming


@pytest.mark.parametrize(
    ("path", "role", "number", "week", "unit"),
    [
        ("Лекция 3.docx", "lecture", 3, None, None),
        ("Лекция № 7. Клетка.docx", "lecture", 7, None, None),
        ("Лекция 3 (копия).docx", "lecture", 3, None, None),
        ("lecture_03_intro.pdf", "lecture", 3, None, None),
        ("Lecture3.docx", "lecture", 3, None, None),
        ("03. Лекция.docx", "lecture", 3, None, None),
        ("3-дәріс.docx", "lecture", 3, None, None),
        ("3-ші дәріс.docx", "lecture", 3, None, None),
        ("Дәріс №5.docx", "lecture", 5, None, None),
        ("Практическая работа 4.docx", "practical-plan", 4, None, None),
        ("Практическая работа 4 базы данных.docx", "practical-plan", 4, None, None),
        ("Практическая работа №4_Базы данных.docx", "practical-plan", 4, None, None),
        ("lab2.docx", "laboratory-plan", 2, None, None),
        ("Тесты/тест.xls", "tests", None, None, None),
        ("Лекциялар/Клетка.docx", "lecture", None, None, None),
        ("Лекциялар/Семинар 2.docx", "seminar-plan", 2, None, None),
        ("Week 3/Cells.docx", None, None, 3, None),
        ("7-апта/Семинар 2.docx", "seminar-plan", 2, 7, None),
        ("3-апта 2-дәріс.docx", "lecture", 2, 3, None),
        ("02_week3_lecture.docx", "lecture", None, 3, None),
        ("Тема 5/Лекция.docx", "lecture", None, None, 5),
        ("Module 2 - Cells/seminar.docx", "seminar-plan", None, None, 2),
        ("Модуль 1/Неделя 4/Лекция 6.docx", "lecture", 6, 4, 1),
        ("chem101.docx", None, None, None, None),
        ("2024-plan.docx", None, None, None, None),
        ("Лекция 2024.docx", "lecture", None, None, None),
        ("Лекция 12.05.2024.docx", "lecture", None, None, None),
        ("12.05.2024 лекция.docx", "lecture", None, None, None),
        ("Лекции 1-5.docx", "lecture", None, None, None),
        ("Практические работы 1-4.docx", "practical-plan", None, None, None),
        ("Latest/collab.docx", None, None, None, None),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_path(form: str, path: str, role: str | None, number: int | None, week: int | None, unit: int | None) -> None:
    said = naming.read(unicodedata.normalize(form, path))  # type: ignore[arg-type]
    assert (said.role, said.number, said.week, said.unit) == (role, number, week, unit)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("03.docx", 3),
        ("03_Клетка.docx", 3),
        ("3. Клетка.docx", 3),
        ("2024-plan.docx", None),
        ("12.05.2024.docx", None),
        ("001_1affa6bde52ac442.txt", None),
        ("Клетка 3.docx", None),
        ("chem10.docx", None),
        ("0.docx", None),
    ],
)
def test_a_number_at_the_beginning_may_be_an_order(name: str, first: int | None) -> None:
    assert naming.read(name).first == first
