"""Papers of practices, institutes and schools by others: lists of questions and of work, titles, plans."""

from __future__ import annotations

from pathlib import Path

import openpyxl
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


def _draft(folder: Path) -> draft.ProjectDraft:
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
    assert [type(one).__name__ for one in exam.questions] == ["Essay"] * len(questions)
    assert tuple(block_text(one.text) for one in exam.questions) == questions


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
    two = "две: утренняя и вечерняя"
    assert _work(course) == [
        (1, "План работы – сдать руководителю до 3 марта", "до 3 марта", 5.0),
        (2, f"Карты наблюдений – {two}, до 17 марта (30 баллов). Каждая подписана.", "до 17 марта", 30.0),
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
    plan = {
        "kk": ("Пәннің сипаттамасы", "Дәріс", "Әдебиет"),
        "ru": ("Описание дисциплины", "Лекция", "Литература"),
    }[language]
    word.add_heading(plan[0], 2)
    word.add_paragraph({"kk": "Пән өсімдіктерді зерттейді.", "ru": "Дисциплина изучает растения."}[language])
    for number in (1, 2):
        word.add_heading(f"{plan[1]} {number}. A{number}", 2)
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


DEFINED = {
    "kk": ("Дәріс 1. Су", "Терминдер:", "осмос – судың қозғалуы; ксилема – су тасымалдайтын ұлпа; сөл – өсімдік суы."),
    "ru": (
        "Лекция 1. Вода",
        "Словарь к курсу:",
        "Осмос – движение воды. Ксилема – ткань, что несёт воду. Сок – вода растения.",
    ),
    "en": ("Lecture 1. Water", "Glossary:", "osmosis – movement of water; xylem – a tissue; sap – a watery fluid."),
}


@pytest.mark.parametrize("language", sorted(DEFINED))
@pytest.mark.parametrize("apart", [False, True])
def test_a_glossary_in_one_paragraph(tmp_path: Path, language: str, apart: bool) -> None:
    title, label, terms = DEFINED[language]
    text = "A plant drinks. It takes water from the soil, and the water rises through the stem to its leaves. " * 2
    told = [title, "", text, "", label, terms] if apart else [title, "", text, "", f"{label} {terms}"]
    (tmp_path / "a.txt").write_text("\n".join(told), encoding="utf-8")
    course = _read(tmp_path)
    split = terms.split("; ") if ";" in terms else terms.split(". ")
    assert [(one.term, block_text(one.definition)) for one in course.glossary] == [
        (one.partition(" – ")[0], one.partition(" – ")[2] + ("." if language == "ru" and n < 2 else ""))
        for n, one in enumerate(split)
    ]


def test_a_paragraph_with_dashes_is_no_glossary(tmp_path: Path) -> None:
    text = "Notes: osmosis – movement of water; then it rains. The root drinks – and the leaf breathes."
    (tmp_path / "a.txt").write_text(f"Lecture 1. Water\n\n{text}\n", encoding="utf-8")
    assert _read(tmp_path).glossary == ()


HELD = {
    "kk": ("Дәріс {n} ({w} апта)", "Тақырыбы: {t}", ("Су: екі бет", "Тамыр")),
    "ru": ("Лекция {n} ({w} неделя)", "«{t}»", ("Вода: две стороны", "Корень")),
    "en": ("Lecture {n} (weeks {w})", "Topic: {t}", ("Water: two sides", "Root")),
}


@pytest.mark.parametrize("language", sorted(HELD))
def test_the_weeks_behind_the_number_of_a_class_are_no_title(tmp_path: Path, language: str) -> None:
    head, below, titles = HELD[language]
    word = Document()
    for number, (weeks, title) in enumerate(zip(("2", "4-5"), titles, strict=True), 1):
        word.add_paragraph().add_run(head.format(n=number, w=weeks)).bold = True
        word.add_paragraph().add_run(below.format(t=title)).bold = True
        word.add_paragraph("The plant drinks water and grows towards the light of the sun all day long. " * 3)
    word.save(str(tmp_path / "a.docx"))
    course = _read(tmp_path)
    found = [(week.number, one.number, one.title) for week in course.weeks for one in week.sessions]
    assert found == [(2, 1, titles[0]), (4, 2, titles[1])]


def test_a_bracket_behind_the_number_of_a_class_is_the_title_only_where_no_other_stands_below(tmp_path: Path) -> None:
    text = "Су тамырмен көтеріледі, ал жапырақ оны буландырады және салқындайды. " * 3
    lines = ["№ 1 сабақ (симуляция)", "Тақырып: Қол жуу", "", text, "", "№ 2 сабақ (Қан қысымы)", "", text]
    (tmp_path / "a.txt").write_text("\n".join(lines), encoding="utf-8")
    course = _read(tmp_path)
    assert [one.title for week in course.weeks for one in week.sessions] == ["Қол жуу", "(Қан қысымы)"]


PLANS = {
    "kk": (
        ("Жайық колледжі", "Күнтізбелік жоспар", "Пән: Ботаника"),
        ("Апта", "№", "Сабақ тақырыбы", "Сағат", "Күні"),
        ("Су", "Тамыр", "Гүл"),
        (("Бағалау түрі", "Үлесі, %"), ("Тест", "40"), ("Емтихан", "60")),
    ),
    "ru": (
        ("Уральский колледж", "Календарно-тематический план", "Дисциплина: Ботаника"),
        ("Неделя", "№", "Тема занятия", "Кол-во часов", "Дата"),
        ("Вода", "Корень", "Цветок"),
        (("Вид контроля", "Доля, %"), ("Тест", "40"), ("Экзамен", "60")),
    ),
}


@pytest.mark.parametrize("language", sorted(PLANS))
def test_the_plan_of_a_course_in_a_workbook(tmp_path: Path, language: str) -> None:
    lines, head, topics, marks = PLANS[language]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in lines:
        sheet.append([line])
    sheet.append([])
    sheet.append(list(head))
    for number, topic in enumerate(topics, 1):
        sheet.append([number, number, topic, 2, f"0{number}.09.2025"])
    second = book.create_sheet("2")
    for row in marks:
        second.append(list(row))
    book.save(tmp_path / "plan.xlsx")
    people = openpyxl.Workbook()
    assert people.active is not None
    for row in (("Фамилия", "Группа"), ("Ахметов", "Б-21"), ("Ким", "Б-22")):
        people.active.append(row)
    people.save(tmp_path / "people.xlsx")
    (loaded,) = find_projects([tmp_path])
    assert [(one.file, one.role) for one in loaded.project.source] == [("plan.xlsx", "syllabus")]
    course = build.understand(loaded).course
    assert course.title == "Ботаника"
    assert [(week.number, one.title) for week in course.weeks for one in week.sessions] == [*enumerate(topics, 1)]
    assert course.about.grading is not None
    assert [(one.name, one.percent) for one in course.about.grading.weights] == [
        (marks[1][0], 40.0),
        (marks[2][0], 60.0),
    ]


def test_a_plain_table_without_a_frame_keeps_its_empty_cells(tmp_path: Path) -> None:
    rows = [
        "№  | Тақырып        | Сағ. | Мерзімі",
        "---|----------------|------|--------",
        "   | I. СУ          |  2   |",
        "1  | Тамыр мен су   |  1   | 08.09",
        "2  | Сабақ          |  1   | 15.09",
        "   | II. ЖАРЫҚ      |  1   |",
        "3  | Жапырақ        |  1   | 22.09",
    ]
    (tmp_path / "a.txt").write_text("\n".join(["Пән: Ботаника", "", *rows]), encoding="utf-8")
    titles = [one.title for week in _read(tmp_path).weeks for one in week.sessions]
    assert [one for one in titles if one in {"Тамыр мен су", "Сабақ", "Жапырақ"}] == [
        "Тамыр мен су",
        "Сабақ",
        "Жапырақ",
    ]


def test_the_name_of_a_department_in_quotes_is_no_title(tmp_path: Path) -> None:
    word = Document()
    for line, bold in (
        ("ФЕДЕРАЛЬНОЕ АГЕНТСТВО СВЯЗИ", False),
        ("Кафедра «Прикладная оптика»", False),
        ("ОСНОВЫ ЛИНЗ", True),
        ("Методические указания к практическим занятиям", False),
        ("для студентов специальности 12.03.02 «Оптотехника»", False),
    ):
        paragraph = word.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(line).bold = bold
    for number, title in ((1, "Фокус"), (2, "Призма")):
        word.add_heading(f"Практическая работа № {number}. {title}", 1)
        word.add_paragraph("Линза собирает лучи в одной точке, и эта точка называется фокусом линзы. " * 3)
    word.save(str(tmp_path / "a.docx"))
    assert _draft(tmp_path).data["title"] == "ОСНОВЫ ЛИНЗ"
