"""Papers of practices, institutes and schools by others: lists of questions and of work, titles, plans."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from coursepack import build
from coursepack.discovery import draftable, find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.outline import draft


def _read(folder: Path) -> Course:
    (loaded,) = find_projects([folder])
    return build.understand(loaded).course


def _draft(folder: Path) -> draft.Draft:
    files = sorted(one.name for one in folder.iterdir())
    return draft.draft("a folder", draftable(folder, files)[0])


def _work(course: Course) -> list[tuple[int | None, str, str | None, float | None]]:
    return [
        (one.number, one.title or block_text(one.blocks), one.due, one.points)
        for week in course.weeks
        for one in week.assignments
    ]


ASKED = {
    "kk": ("Қорғауға арналған сұрақтар", ("Қандай мақсат қойдыңыз?", "Жұмысты қалай тексердіңіз?", "Не қиын болды?")),
    "ru": ("Вопросы для защиты дневника", ("Какую цель Вы ставили?", "Как Вы проверяли работу?", "Что было трудно?")),
    "en": ("Questions for the defence", ("What was your aim?", "How did you check it?", "What was hard?")),
}


@pytest.mark.parametrize("language", sorted(ASKED))
@pytest.mark.parametrize("sign", ["*", "•", "-"])
def test_bullets_that_ask_are_questions_and_their_heading_names_no_course(
    tmp_path: Path, language: str, sign: str
) -> None:
    heading, questions = ASKED[language]
    (tmp_path / "a.txt").write_text("\n".join([heading, "", *(f"{sign} {one}" for one in questions)]), encoding="utf-8")
    made = _draft(tmp_path)
    assert [one["role"] for one in made.data["source"]] == ["questions"]
    course = {"kk": "«Ботаника» пәнінің силлабусы", "ru": "Силлабус дисциплины «Ботаника»", "en": "Course: Botany"}
    (tmp_path / "b.txt").write_text(course[language] + "\n\n5 ECTS\n", encoding="utf-8")
    assert _draft(tmp_path).data["title"] in {"Ботаника", "Botany"}
    exam = _read(tmp_path).exam
    assert exam is not None
    assert [(type(one).__name__, block_text(one.text)) for one in exam.questions] == [("Essay", one) for one in questions]


def _practice(path: Path) -> None:
    word = Document()
    for line in ("ПРОГРАММА", "УЧЕБНОЙ ОЗНАКОМИТЕЛЬНОЙ ПРАКТИКИ"):
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = True
    word.add_paragraph("Курс 2, семестр 4")
    word.add_paragraph().add_run("1. ЗАДАНИЯ И ОТЧЁТНОСТЬ").bold = True
    for line in (
        "План работы – сдать руководителю до 3 марта (5 баллов).",
        "Карты наблюдений – две: утренняя и вечерняя, до 17 марта (30 баллов). Каждая подписана.",
        "Описание участка – до 24 марта (25 баллов).",
        "Дневник и отчёт – до 31 марта (40 баллов).",
    ):
        word.add_paragraph(line, style="List Number")
    word.add_paragraph().add_run("2. ЛИТЕРАТУРА").bold = True
    word.add_paragraph("Лотова Л. И. Морфология растений. – М.: Либроком, 2010. – 512 с.", style="List Number")
    word.add_paragraph().add_run("Приложение. Схема урока").bold = True
    table = word.add_table(rows=0, cols=4)
    for row in (
        ("Этап урока", "Время", "Деятельность учителя", "Деятельность учащихся"),
        ("Организационный", "2", "", ""),
        ("Закрепление", "15", "", ""),
        ("Рефлексия", "6", "", ""),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    word.save(str(path))


def test_a_programme_of_practice_is_no_class_and_its_work_no_terms(tmp_path: Path) -> None:
    _practice(tmp_path / "Программа практики 4 семестр.docx")
    assert [one["role"] for one in _draft(tmp_path).data["source"]] == ["syllabus"]
    course = _read(tmp_path)
    assert course.glossary == ()
    assert _work(course) == [
        (1, "План работы  – сдать руководителю до 3 марта", "до 3 марта", 5.0),
        (2, "Карты наблюдений  – две: утренняя и вечерняя, до 17 марта (30 баллов). Каждая подписана.", "до 17 марта", 30.0),
        (3, "Описание участка", "до 24 марта", 25.0),
        (4, "Дневник и отчёт", "до 31 марта", 40.0),
    ]  # fmt: skip


WORKS = {
    "kk": (
        "Өзіндік жұмыс: не және қашан",
        (("Гербарий жинау – далада", "12 қазан"), ("Реферат", "9 қараша"), ("Постер", "7 желтоқсан")),
    ),
    "ru": (
        "Самостоятельная работа: что и когда сдать",
        (("Гербарий — на выезде", "12 октября"), ("Реферат", "9 ноября"), ("Постер", "7 декабря")),
    ),
}


@pytest.mark.parametrize("language", sorted(WORKS))
def test_work_with_days_behind_dashes_is_due_and_no_glossary(tmp_path: Path, language: str) -> None:
    heading, works = WORKS[language]
    word = Document()
    word.add_heading({"kk": "«Ботаника» пәнінің силлабусы", "ru": "Силлабус дисциплины «Ботаника»"}[language], 1)
    word.add_heading(heading, 2)
    for number, (title, day) in enumerate(works, 1):
        word.add_paragraph(f"{number}. {title} — {day}.")
    word.save(str(tmp_path / "a.docx"))
    course = _read(tmp_path)
    assert course.glossary == ()
    assert [(number, due) for number, _, due, _ in _work(course)] == [(n, day) for n, (_, day) in enumerate(works, 1)]


def test_terms_that_tell_of_days_of_the_past_stay_terms(tmp_path: Path) -> None:
    lines = (
        "Восстание декабристов – выступление на Сенатской площади 14 декабря 1825 года",
        "Манифест – документ об отмене крепостного права, подписанный 19 февраля 1861 года",
        "Конгресс – собрание держав в Вене, открытое 1 октября 1814 года",
    )
    (tmp_path / "Глоссарий.txt").write_text("\n".join(["Глоссарий", "", *lines]), encoding="utf-8")
    course = _read(tmp_path)
    assert [one.term for one in course.glossary] == ["Восстание декабристов", "Манифест", "Конгресс"]
    assert _work(course) == []
