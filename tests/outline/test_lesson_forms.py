"""Plans of one lesson, and of several, typed in tables and lines of every form: each part is read as what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.model.course import Course, Session

# A label and its values.
Part = tuple[str, Sequence[str]]

LABELS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "topic": ("Topic", "Lesson topic", "Theme"),
        "aim": ("Aim", "Purpose of the lesson", "Aims of the lesson"),
        "needed": ("Materials", "Resources needed", "You will need"),
        "asked": ("Questions", "Check questions", "Questions for discussion at the end"),
        "done": ("Tasks", "Practical task", "Student activities"),
        "home": ("Homework", "At home", "Home task"),
    },
    "ru": {
        "topic": ("Тема", "Тема урока", "Тема занятия"),
        "aim": ("Цель", "Цель урока", "Цели занятия"),
        "needed": ("Оборудование", "Материалы и оборудование", "Средства обучения"),
        "asked": ("Вопросы", "Контрольные вопросы", "Вопросы для закрепления"),
        "done": ("Задания", "Практические задания", "Задания для работы в классе"),
        "home": ("Домашнее задание", "Задание на дом", "На дом"),
    },
    "kk": {
        "topic": ("Тақырыбы", "Сабақтың тақырыбы", "Тақырып"),
        "aim": ("Мақсаты", "Сабақтың мақсаты", "Сабақ мақсаты"),
        "needed": ("Көрнекіліктер", "Керек-жарақ", "Құрал-жабдықтар"),
        "asked": ("Сұрақтар", "Бекіту сұрақтары", "Бақылау сұрақтары"),
        "done": ("Тапсырмалар", "Практикалық тапсырмалар", "Сыныптағы тапсырмалар"),
        "home": ("Үйге тапсырма", "Үй тапсырмасы", "Үйге"),
    },
}
SAID: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "topic": ("How seeds travel",),
        "aim": ("To see why seeds leave the plant that made them.",),
        "needed": ("dandelions, a fan, paper",),
        "asked": ("What carries a dandelion?", "Why do burrs have hooks?"),
        "done": ("Sort the seeds on your tray.", "Build a seed of paper that flies."),
        "home": ("Collect five seeds.",),
    },
    "ru": {
        "topic": ("Как путешествуют семена",),
        "aim": ("Понять, зачем семена покидают растение.",),
        "needed": ("одуванчики, вентилятор, бумага",),
        "asked": ("Что несёт одуванчик?", "Зачем репейнику крючки?"),
        "done": ("Разложите семена по группам.", "Сделайте из бумаги летучее семя."),
        "home": ("Собрать пять семян.",),
    },
    "kk": {
        "topic": ("Тұқым қалай тарайды",),
        "aim": ("Тұқымның өсімдіктен неге кететінін түсіну.",),
        "needed": ("бақбақ, желдеткіш, қағаз",),
        "asked": ("Бақбақты не таратады?", "Ошағанға ілгек неге керек?"),
        "done": ("Тұқымдарды топқа бөліңіз.", "Қағаздан ұшатын тұқым жасаңыз."),
        "home": ("Бес тұқым жинап келу.",),
    },
}


def _parts(language: str, wording: int) -> list[Part]:
    return [(labels[wording], SAID[language][name]) for name, labels in LABELS[language].items()]


def _table(path: Path, parts: Sequence[Part]) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for label, values in parts:
        left, right = table.add_row().cells
        left.text = label
        right.text = values[0]
        for value in values[1:]:
            right.add_paragraph(value)
    document.save(str(path))


def _cells(path: Path, parts: Sequence[Part]) -> None:
    """A cell a part, its label in it."""
    document = docx.Document()
    table = document.add_table(rows=0, cols=1)
    for label, values in parts:
        (cell,) = table.add_row().cells
        cell.text = f"{label}: {values[0]}" if len(values) == 1 else f"{label}:"
        for value in values if len(values) > 1 else ():
            cell.add_paragraph(value)
    document.save(str(path))


def _lines(path: Path, parts: Sequence[Part]) -> None:
    made = [
        f"{label}: {values[0]}" if len(values) == 1 else "\n".join([f"{label}:", *values]) for label, values in parts
    ]
    path.write_text("\n".join(made) + "\n", encoding="utf-8")


def _headings(path: Path, parts: Sequence[Part]) -> None:
    made = [
        "\n\n".join([f"## {label}", *(f"{n}. {value}" for n, value in enumerate(values, 1))]) for label, values in parts
    ]
    path.write_text("\n\n".join(made) + "\n", encoding="utf-8")


LAYOUTS = {"table.docx": _table, "cells.docx": _cells, "lines.txt": _lines, "headings.md": _headings}


def _read(path: Path) -> Course:
    (loaded,) = discovery.find_projects([path])
    return build.understand(loaded).course


def _said(session: Session) -> dict[str, list[str]]:
    return {
        "topic": [session.title or ""],
        "aim": [block_text((one,)) for one in session.aims],
        "needed": [block_text((one,)) for one in session.equipment],
        "asked": [block_text(one.text) for one in session.review],
        "done": [block_text(one.blocks) for one in session.tasks],
    }


@pytest.mark.parametrize("wording", range(3))
@pytest.mark.parametrize("language", list(LABELS))
@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_each_part_of_a_lesson_is_read(tmp_path: Path, layout: str, language: str, wording: int) -> None:
    path = tmp_path / layout
    LAYOUTS[layout](path, _parts(language, wording))
    course = _read(path)
    (session,) = [session for _, session in course.sessions()]
    read = _said(session)
    wanted = {name: list(values) for name, values in SAID[language].items() if name != "home"}
    assert {name: [text.rstrip(".") for text in texts] for name, texts in read.items()} == {
        name: [text.rstrip(".") for text in texts] for name, texts in wanted.items()
    }
    assert [block_text(one.blocks) for week in course.weeks for one in week.assignments] == list(SAID[language]["home"])


CURRICULUM = {
    "en": "Goals by the course programme",
    "ru": "Цели по учебной программе",
    "kk": "Оқу бағдарламасына сәйкес оқыту мақсаттары",
}


@pytest.mark.parametrize("language", list(LABELS))
def test_a_lesson_that_names_the_programme_of_its_course_is_a_lesson(tmp_path: Path, language: str) -> None:
    path = tmp_path / "plan.docx"
    topic, *parts = _parts(language, 1)
    _table(path, [topic, (CURRICULUM[language], ("5.1.2.3",)), *parts])
    course = _read(path)
    (session,) = [session for _, session in course.sessions()]
    assert session.title == SAID[language]["topic"][0]
    assert [block_text(one.text) for one in session.review] == list(SAID[language]["asked"])
    assert [block_text(one.blocks) for one in session.tasks] == list(SAID[language]["done"])


STAGES: Mapping[str, Sequence[Sequence[str]]] = {
    "en": (
        ("Stage", "Time", "What the teacher does", "What the learners do", "Materials"),
        ("Phase of the lesson", "Timing", "Teacher", "Students", "Resources"),
    ),
    "ru": (
        ("Этап урока", "Время", "Деятельность учителя", "Деятельность учащихся", "Ресурсы"),
        ("Этапы занятия", "Время", "Действия преподавателя", "Действия студентов", "Оснащение"),
    ),
    "kk": (
        ("Сабақтың кезеңі", "Уақыты", "Педагогтің әрекеті", "Оқушының әрекеті", "Ресурстар"),
        ("Кезең", "Уақыт", "Оқытушының әрекеті", "Студенттің әрекеті", "Құралдар"),
    ),
}
ROWS: Mapping[str, Sequence[Sequence[str]]] = {
    "en": (
        ("Warm-up", "5 min", "What carries a dandelion?\nWhy do burrs have hooks?", "", "dandelions"),
        ("Practice", "20 min", "1. Sort the seeds on your tray.\n2. Build a seed of paper.", "", "a fan, paper"),
        ("Wrap-up", "5 min", "Homework: collect five seeds.", "", ""),
    ),
    "ru": (
        ("Актуализация", "5 мин", "Что несёт одуванчик?\nЗачем репейнику крючки?", "", "одуванчики"),
        ("Закрепление", "20 мин", "1. Разложите семена.\n2. Сделайте летучее семя.", "", "вентилятор, бумага"),
        ("Итог урока", "5 мин", "Домашнее задание: собрать пять семян.", "", ""),
    ),
    "kk": (
        ("Сабақтың басы", "5 мин", "Бақбақты не таратады?\nОшағанға ілгек неге керек?", "", "бақбақ"),
        ("Ортасы", "20 мин", "1. Тұқымдарды топқа бөліңіз.\n2. Ұшатын тұқым жасаңыз.", "", "желдеткіш, қағаз"),
        ("Соңы", "5 мин", "Үйге тапсырма: бес тұқым жинау.", "", ""),
    ),
}


def _staged(path: Path, heads: Sequence[str], rows: Sequence[Sequence[str]], topic: Part | None) -> None:
    """A table of stages; below the topic of the lesson, or in a table of its own below a line."""
    document = docx.Document()
    if topic is None:
        document.add_paragraph(heads[0])
    table = document.add_table(rows=0, cols=len(heads))
    if topic is not None:
        first, second, *_ = table.add_row().cells
        first.text, second.text = topic[0], topic[1][0]
    for row in (heads, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            first_line, *more = text.split("\n")
            cell.text = first_line
            for line in more:
                cell.add_paragraph(line)
    document.save(str(path))


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("wording", range(2))
@pytest.mark.parametrize("language", list(STAGES))
def test_stages_hold_what_is_asked_done_and_set(tmp_path: Path, language: str, wording: int, apart: bool) -> None:
    rows, topic = ROWS[language], (LABELS[language]["topic"][wording], SAID[language]["topic"])
    _staged(tmp_path / "lesson.docx", STAGES[language][wording], rows, None if apart else topic)
    course = _read(tmp_path / "lesson.docx")
    (session,) = [session for _, session in course.sessions()]
    read = _said(session)
    assert read["asked"] == rows[0][2].split("\n")
    assert read["done"] == [line[3:] for line in rows[1][2].split("\n")]
    assert read["needed"] == [row[4] for row in rows if row[4]]
    (work,) = [one for week in course.weeks for one in week.assignments]
    assert rows[2][2].endswith(block_text(work.blocks))


@pytest.mark.parametrize("language", list(LABELS))
@pytest.mark.parametrize("headed", [False, True])
def test_several_lessons_in_tables_are_a_class_each(tmp_path: Path, language: str, headed: bool) -> None:
    words = {"en": "Lesson", "ru": "Урок", "kk": "Сабақ"}
    document = docx.Document()
    titles = [f"{SAID[language]['topic'][0]} {letter}" for letter in "AB"]
    for number, title in enumerate(titles, 1):
        document.add_paragraph(f"{words[language]} {number}" if headed else "")
        table = document.add_table(rows=0, cols=2)
        for label, values in [(LABELS[language]["topic"][1], [title]), *_parts(language, 1)[1:]]:
            left, right = table.add_row().cells
            left.text, right.text = label, "\n".join(values)
    document.save(str(tmp_path / "plans.docx"))
    course = _read(tmp_path / "plans.docx")
    sessions = [session for _, session in course.sessions()]
    assert [one.title for one in sessions] == titles
    assert [one.number for one in sessions] == ([1, 2] if headed else [None, None])
    assert [(len(one.aims), len(one.equipment)) for one in sessions] == [(1, 1), (1, 1)]
    assert [block_text(one.blocks) for week in course.weeks for one in week.assignments] == [
        *SAID[language]["home"]
    ] * 2
