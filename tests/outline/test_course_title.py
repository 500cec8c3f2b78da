"""The course's title among the first lines of a paper, and what is none."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.course import Course

_ITEMS = "\n".join(f"{n}. Explain the {word} of a cell." for n, word in enumerate(("wall", "core", "skin"), 1))


@pytest.mark.parametrize(
    ("head", "title", "code"),
    [
        (
            "# Welcome to Plant Ecology (BI382) at Fern College\n\n## Course description\n\nPlants and places.",
            "Plant Ecology",
            "BI382",
        ),
        (
            "**CIS 251 • Plant Programming**\n\n**Laboratory Assignment 3: Branching**\n\nIn this work you branch.",
            "Plant Programming",
            "CIS 251",
        ),
        (
            (
                "# Plant Law (LAW3025) - Tutorial 1: Leaves\n\n"
                "### 1.1. Leaves\n\n"
                "Read the law of leaves and say what it asks."
            ),
            "Plant Law",
            "LAW3025",
        ),
        (
            f"Exam questions\n\n**Theory of Leaves**\n\n{_ITEMS}",
            "Theory of Leaves",
            None,
        ),
        (
            (
                "Вопросы к экзамену\n\n"
                "**Теория листьев**\n\n"
                "1. Что такое лист?\n\n"
                "2. Что такое корень?\n\n"
                "3. Что такое стебель?"
            ),
            "Теория листьев",
            None,
        ),
        (
            (
                "Этика деловых отношений (конспект, 2018)\n\n"
                "5 сентября. Занятие 1. Этикет\n\n"
                "Этикет начинается с уважения."
            ),
            "Этика деловых отношений",
            None,
        ),
        (
            (
                "**ФОНД ОЦЕНОЧНЫХ СРЕДСТВ**\n\n"
                "**по учебной дисциплине**\n\n"
                "**Теория листьев**\n\n"
                "**Год начала подготовки – 2023**\n\n"
                "# 1. Паспорт\n\n"
                "Текст паспорта."
            ),
            "Теория листьев",
            None,
        ),
        (
            (
                "Жетісу колледжі\n\n"
                "Пән: Жапырақ тарихы\n\n"
                "№ 1 ЕМТИХАН БИЛЕТІ\n\n"
                "1-сұрақ. Жапырақ.\n\n"
                "2-сұрақ. Тамыр.\n\n"
                "№ 2 ЕМТИХАН БИЛЕТІ\n\n"
                "1-сұрақ. Гүл.\n\n"
                "2-сұрақ. Сабақ."
            ),
            "Жапырақ тарихы",
            None,
        ),
    ],
)
def test_the_title(tmp_path: Path, head: str, title: str, code: str | None) -> None:
    course = _read(tmp_path, head)
    assert course.title == title
    assert course.about.code == code


@pytest.mark.parametrize(
    "head",
    [
        "# Chapter 2: Why Leaves Fall\n\nLeaves fall in autumn because the days grow short and the nights grow cold.",
        "**УтверждЕН**\n\n1. Что такое лист?\n\n2. Что такое корень?\n\n3. Что такое стебель?",
        "**Friday, September 16th 2022**\n\n" + _ITEMS,
    ],
)
def test_what_is_no_title(tmp_path: Path, head: str) -> None:
    """The folder's name stands in for it."""
    assert _read(tmp_path, head).title == tmp_path.name


def _read(folder: Path, text: str) -> Course:
    path = folder / "paper.md"
    path.write_text(text, encoding="utf-8")
    (loaded,) = find_projects([path])
    return build.understand(loaded).course


@pytest.mark.parametrize("names", ["Ю.Н. Крылова, С.С. Ахметов", "Крылова Ю.Н., Ахметов С.С.", "B. Lee, A. N. Ospanov"])
def test_persons_are_no_title(names: str, tmp_path: Path) -> None:
    text = f"Аграрный колледж\nЭкзаменаторы: {names}\n\nБилет 1\n1. Роль азота\n2. Севооборот\n\n"
    text += "Билет 2\n1. Классификация почв\n2. Обработка почвы\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (loaded,) = find_projects([tmp_path / "a.txt"])
    assert "Крылова" not in (build.understand(loaded).course.title or "")
    assert "Lee" not in (build.understand(loaded).course.title or "")


COURSE_PM = """# Course-PM

TMS455 Heat and power, 7.5 credits, autumn 2025

## Aim

To look at heat.
"""
GUIDE = """Техникум

ЭЛЕКТРОТЕХНИКА

Методические указания

2023

## Общие требования

Работа опасна.
"""
PLANS = """# Планы семинаров

Философия · 2 курс · осень 2025

## Занятие 1. Логос

1. Что есть логос?

## Занятие 2. Бытие

1. Что есть бытие?
"""
CASES = """Академия

ҚҰҚЫҚ НЕГІЗДЕРІ пәні бойынша

# Практикалық сабаққа арналған казустар

## Казус 1

Көршілер келісті.

## Казус 2

Үй сатылды.
"""


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (COURSE_PM, "Heat and power"),
        (GUIDE, "ЭЛЕКТРОТЕХНИКА"),
        (PLANS, "Философия"),
        (CASES, "ҚҰҚЫҚ НЕГІЗДЕРІ"),
    ],
)
def test_titles_beside_credits_above_papers_and_between_values(text: str, title: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (loaded,) = find_projects([tmp_path / "a.md"])
    assert build.understand(loaded).course.title == title


@pytest.mark.parametrize("title", ["General Chemistry Laboratory I", "Studio Practice Seminar II"])
def test_a_roman_number_behind_a_title_counts_no_class(title: str, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph(title, style="Title")
    document.add_paragraph("CHEM 1110L • 1.5 credits • Winter 2026")
    for heading in ("Course description", "Learning outcomes", "Grading", "Course policies"):
        document.add_paragraph(heading, style="Heading 1")
        document.add_paragraph("Sections are split in two. Everybody does all of it.")
    document.save(str(tmp_path / "a.docx"))
    (loaded,) = find_projects([tmp_path / "a.docx"])
    assert build.understand(loaded).course.title == title
