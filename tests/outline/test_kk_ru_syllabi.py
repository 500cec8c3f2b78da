"""Syllabi in Kazakh and Russian: people on one line, parts whose titles stand on the line of their text, shares of the
mark in sentences, lists of books that look like answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.outline.bank.paired_lines import rows
from coursepack.outline.tree import grade_shares, grading
from tests.outline.documents import Word


def _read(folder: Path, name: str, text: str) -> Course:
    (folder / name).write_text(text, "utf-8")
    (loaded,) = find_projects([folder])
    return build.understand(loaded).course


def _made(folder: Path, word: Word) -> Course:
    (loaded,) = find_projects([word.save(folder / "syllabus.docx")])
    return build.understand(loaded).course


# --- several labels on one line


@pytest.mark.parametrize("gap", ["\t", "        "])
@pytest.mark.parametrize(
    ("line", "below", "people", "department"),
    [
        (
            "Преподаватель: Орлова Анна Петровна, доцент{}Ассистент: Бекова Дана",
            "Кафедра: Ботаники{}Курс: 2",
            [("Орлова Анна Петровна", "доцент"), ("Бекова Дана", "Ассистент")],
            "Ботаники",
        ),
        (
            "Дәріскер: Серікқызы Мөлдір, доцент{}Ассистент: Бекова Дана Ерланқызы",
            "Кафедра: Ботаника кафедрасы{}Курс: 2",
            [("Серікқызы Мөлдір", "доцент"), ("Бекова Дана Ерланқызы", "Ассистент")],
            "Ботаника кафедрасы",
        ),
        (
            "Lecturer: Ann Lee, professor{}Assistant: Tom Ray",
            "Department: Botany{}Credits: 3",
            [("Ann Lee", "professor"), ("Tom Ray", "Assistant")],
            "Botany",
        ),
    ],
)
def test_people_on_one_line(
    tmp_path: Path, line: str, below: str, people: list[tuple[str, str]], department: str, gap: str
) -> None:
    text = f"# Ботаника\n\n{line.format(gap)}\n\n{below.format(gap)}\n\n## Лекция 1. Лист\n\nЛист дышит.\n"
    about = _read(tmp_path, "course.md", text).about
    assert [(one.name, one.post) for one in about.teachers] == people
    assert about.department == department


# --- parts whose titles stand on the line of their text

PARTS = {
    "ru": (
        "I. Общие сведения",
        "II. Цель курса – научить студента читать карты и составлять по ним маршруты.",
        "III. Пререквизиты: География, Черчение. Постреквизиты: Учебная практика.",
        "IV. План курса",
        ("Неделя", "Лекция"),
        "V. Система оценивания. Контрольная 1 – 30 %, контрольная 2 – 30 %, экзамен – 40 %.",
        "VI. Литература",
        ["научить студента читать карты и составлять по ним маршруты."],
        [("Контрольная 1", 30.0), ("контрольная 2", 30.0), ("экзамен", 40.0)],
    ),
    "kk": (
        "1. Жалпы мәлімет",
        "2. Пәннің мақсаты – студентке картаны оқуды және ол бойынша бағыт құруды үйрету.",
        "3. Пререквизиттер: География, Сызу. Постреквизиттер: Оқу практикасы.",
        "4. Курс жоспары",
        ("Апта", "Дәріс"),
        "5. Бағалау саясаты. Аралық бақылау 1 – 30 %, аралық бақылау 2 – 30 %, емтихан – 40 %.",
        "6. Әдебиеттер",
        ["студентке картаны оқуды және ол бойынша бағыт құруды үйрету."],
        [("Аралық бақылау 1", 30.0), ("аралық бақылау 2", 30.0), ("емтихан", 40.0)],
    ),
}


@pytest.mark.parametrize("language", PARTS)
def test_titles_on_the_line_of_their_text(tmp_path: Path, language: str) -> None:
    first, aim, before, plan, head, marks, books, aims, shares = PARTS[language]
    title = {"ru": "Картография", "kk": "Картография негіздері"}[language]
    word = Word().h(title, 0).b(first).p({"ru": "Кредиты: 4", "kk": "Кредит саны: 4"}[language])
    word.p(aim, before).b(plan).table([list(head), ["1", "Масштаб"], ["2", "Проекция"]])
    word.p(marks).b(books).p("Берлянт А.М. Картография. М.: Аспект Пресс, 2002. 336 с.")
    course = _made(tmp_path, word)
    assert [block_text((one,)) for one in course.about.aim] == aims
    assert course.about.prerequisites == ("География", {"ru": "Черчение.", "kk": "Сызу."}[language])
    assert course.about.postrequisites == ({"ru": "Учебная практика.", "kk": "Оқу практикасы."}[language],)
    assert course.about.grading is not None
    assert [(one.name, one.percent) for one in course.about.grading.weights] == shares
    assert course.about.literature is not None
    assert len(course.about.literature.basic) == 1
    assert [one.title for week in course.weeks for one in week.sessions] == ["Масштаб", "Проекция"]


# --- shares of the mark in a sentence


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        (
            "Курс соңында тыңдаушы жоба (50 балл), сабақ (30 балл) және тест (20 балл) тапсырады. Шегі – 70 балл.",
            [("жоба", 50), ("сабақ", 30), ("тест", 20)],
        ),
        ("Практика даёт 40 баллов, тест – 20 баллов, экзамен – ещё 40 баллов.", [("Практика", 40), ("тест", 20)]),
        ("Қорытынды баға = (АБ1+АБ2)/2 × 0,6 + емтихан × 0,4.", [("(АБ1+АБ2)/2", 60), ("емтихан", 40)]),
        ("Итог = 0,3·РК1 + 0,3·РК2 + 0,4·экзамен", [("РК1", 30), ("РК2", 30), ("экзамен", 40)]),
        ("Жоба 50, тест 20, қорытынды 30 балл.", [("Жоба", 50), ("тест", 20), ("қорытынды", 30)]),
        ("The student hands in an essay (60 points) and a test (50 points).", []),
        ("В группе 60 студентов, 40 из них сдали.", []),
    ],
)
def test_shares_in_a_sentence(text: str, shares: list[tuple[str, float]]) -> None:
    found = [(one.name, one.percent) for one in grade_shares.of_sentences([text])]
    assert found[: len(shares)] == shares
    assert bool(found) == bool(shares)
    assert sum(value for _, value in found) in {0, 100}


def test_names_of_shares_are_no_sentences() -> None:
    text = "Итоговая оценка складывается из текущего контроля (60 %) и экзамена (40 %)."
    assert [(one.name, one.percent) for one in grading.of_lines([text])] == [
        ("текущего контроля", 60),
        ("экзамена", 40),
    ]
    text = "Баға: (РК1 + РК2)/2 + Емтихан. Ағымдағы бақылау – 60 балл (60 %), емтихан – 40 балл (40 %)."
    assert [(one.name, one.percent) for one in grading.of_lines([text])] == [("Ағымдағы бақылау", 60), ("емтихан", 40)]


# --- initials are no letters of answers


def test_initials_of_authors_count_no_answers() -> None:
    books = ["1) Әлімов А. Топырақ әлемі. Алматы, 2014.", "2) Блум Б. Су айналымы. Астана, 1956."]
    assert rows(books) == frozenset()
    assert rows(["1) корень А. берёт воду", "2) лист Б. дышит"]) == {0, 1}


def test_a_list_of_books_ends_the_glossary(tmp_path: Path) -> None:
    word = (
        Word()
        .h("Топырақтану", 0)
        .b("6. Глоссарий")
        .table(
            [
                ["Термин", "Түсіндірме"],
                ["Гумус", "топырақтың қара заты"],
                ["Гравий", "ұсақ тас"],
            ]
        )
    )
    word.b("7. Пайдаланылған әдебиеттер")
    word.p("1) Әлімов А. Топырақ әлемі. Алматы, 2014.", "2) Блум Б. Су айналымы. Астана, 1956.")
    course = _made(tmp_path, word)
    assert [one.term for one in course.glossary] == ["Гумус", "Гравий"]
    assert course.about.literature is not None
    assert len(course.about.literature.basic) == 2


# --- titles, codes, hours and groups among other values of their line


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("ПРОГРАММА\nПРЕДДИПЛОМНОЙ (ПЕДАГОГИЧЕСКОЙ) ПРАКТИКИ", "ПРЕДДИПЛОМНАЯ (ПЕДАГОГИЧЕСКАЯ) ПРАКТИКА"),
        ("Рабочая программа учебной практики по геодезии", "Учебная практика по геодезии"),
        ("Күнтізбелік-тақырыптық жоспар. Биология, 7-сынып, 2025–2026 оқу жылы\nАптасына 2 сағат, барлығы 68 сағат",
         "Биология, 7-сынып"),
        ("Орлова Л.Ф.   ОСНОВЫ АГРОНОМИИ   Конспекты лекций", "ОСНОВЫ АГРОНОМИИ"),
    ],
)  # fmt: skip
def test_titles_among_values(tmp_path: Path, head: str, title: str) -> None:
    text = f"{head}\n\nЛекция 1. Почва\nПочва – верхний слой земли.\n\nЛекция 2. Вода\nВода питает корни растений.\n"
    assert _read(tmp_path, "course.txt", text).title == title


def test_values_beside_a_code(tmp_path: Path) -> None:
    text = (
        "Ботаника\nКод дисциплины: BOT 3214. г. Каратау, 2025/2026 уч. г.\nКурс, группа: 2 курс, ДБ-21, КБ-22\n"
        "Преподаватель: Орлова А. П., т.т.н., доцент\nЛекции – 15 ч, практика – 30 ч, СРО – 75 ч\n\n"
        "Лекция 1. Почва\nПочва – верхний слой земли.\n\nЛекция 2. Вода\nВода питает корни растений.\n"
    )
    about = _read(tmp_path, "course.txt", text).about
    assert (about.code, about.city, about.study_year) == ("BOT 3214", "Каратау", 2)
    assert about.hours is not None
    assert (about.hours.lecture, about.hours.practical, about.hours.independent) == (15, 30, 75)


def test_a_group_and_a_formula_are_no_codes(tmp_path: Path) -> None:
    text = (
        "Ботаника негіздері\nКурс, топ: 2 курс, ДБ-21, ҚБ-22\nҚорытынды баға = (АБ1 + АБ2)/2 × 0,6 + Е × 0,4.\n\n"
        "1-дәріс. Топырақ\nТопырақ – жердің үстіңгі қабаты.\n\n2-дәріс. Су\nСу тамырды қоректендіреді.\n"
    )
    assert _read(tmp_path, "course.txt", text).about.code is None


def test_two_labels_and_two_values(tmp_path: Path) -> None:
    word = (
        Word()
        .h("Азаматтық құқық", 0)
        .table(
            [
                ["Пән коды және цикл", "AK(ZhB) 2301, БП ЖК"],
                ["Бағдарлама", "6B04201 Құқықтану"],
                ["Кредит көлемі", "6 ECTS"],
                ["Дәріскер", "Орлова А. П."],
            ]
        )
    )
    word.h("1-дәріс. Мәміле").p("Мәміле – ерікті әрекет.").h("2-дәріс. Өкілдік").p("Өкіл басқа үшін әрекет етеді.")
    about = _made(tmp_path, word).about
    assert (about.code, about.cycle) == ("AK(ZhB) 2301", "БП ЖК")


# --- plans


def test_a_plan_of_a_practice_has_no_lectures(tmp_path: Path) -> None:
    word = Word().p("Программа учебной практики").b("Содержание практики")
    word.table(
        [
            ["Этап", "Неделя", "Виды работ", "Часы"],
            ["Ознакомительный", "1", "Знакомство со школой", "48"],
            ["Основной", "2", "Пробные уроки", "54"],
        ]
    )
    course = _made(tmp_path, word)
    assert [(one.kind, one.title) for week in course.weeks for one in week.sessions] == [
        ("practical", "Знакомство со школой"),
        ("practical", "Пробные уроки"),
    ]


def test_kinds_of_two_words_and_rows_named_by_sheets(tmp_path: Path) -> None:
    plan = (
        Word()
        .h("Агрономия", 0)
        .table(
            [
                ["№ урока", "Тема", "Часы", "Тип занятия"],
                ["1", "Почва и её состав", "2", "лекция"],
                ["2", "Влажность почвы", "2", "лаб.-практ."],
                ["3", "Севооборот и его виды", "2", "лекция"],
                ["4", "Схема севооборота", "2", "лаб.-практ."],
            ]
        )
    )
    sheet = Word().b("Лабораторно-практическая работа № 1").b("Влажность почвы (урок 2)")
    sheet.p("Цель: измерить влажность почвы.", "Задание 1. Взвесить образец. Задание 2. Высушить его в шкафу.")
    sheet.b("Лабораторно-практическая работа № 2").b("Схема севооборота (урок 4)")
    sheet.p("Цель: составить схему.", "Задание 1. Рассчитать число полей. Задание 2. Составить таблицу полей.")
    plan.save(tmp_path / "план.docx")
    sheet.save(tmp_path / "работы.docx")
    (loaded,) = find_projects([tmp_path])
    course = build.understand(loaded).course
    found = [(one.kind, one.number, one.title) for week in course.weeks for one in week.sessions]
    assert found == [
        ("lecture", 1, "Почва и её состав"),
        ("laboratory", 2, "Влажность почвы"),
        ("lecture", 3, "Севооборот и его виды"),
        ("laboratory", 4, "Схема севооборота"),
    ]


# --- glossaries under free words


@pytest.mark.parametrize("heading", ["Сөздік (глоссарий)", "Соңғы беттегі сөздік", "Термин сөздігі / Словарь терминов"])
def test_a_glossary_under_free_words(tmp_path: Path, heading: str) -> None:
    word = Word().h("Қазақ музыкасы", 0).b("1-дәріс. Қобыз").p("Қобыз – екі ішекті аспап. Оны ысқышпен ойнайды.")
    word.b("2-дәріс. Домбыра").p("Домбыра – шертпелі аспап. Оның екі ішегі бар.").b(heading)
    word.table([["Термин (қаз)", "Мағынасы"], ["Күй", "аспапқа арналған пьеса"], ["Терме", "шағын жыр"]])
    course = _made(tmp_path, word)
    assert [(one.term) for one in course.glossary] == ["Күй", "Терме"]


# --- programmes of further training and freely worded plans


def test_a_plan_of_modules_with_hours_and_a_schedule(tmp_path: Path) -> None:
    word = Word().p("ДОПОЛНИТЕЛЬНАЯ ПРОФЕССИОНАЛЬНАЯ ПРОГРАММА").b("Инклюзивный класс: работа учителя-предметника")
    word.p("Разработчик: Лядова Ксения Андреевна, канд. пед. наук").b("2. Учебно-тематический план")
    word.table(
        [
            ["№ и наименование", "Всего", "Лекции", "Практика", "Контроль"],
            ["Модуль 1. Нормативная база", "6", "2", "4", "тест"],
            ["1.1. Закон и программа", "3", "1", "2", ""],
            ["1.2. Консилиум в школе", "3", "1", "2", ""],
            ["Модуль 2. Ученики", "9", "3", "6", "кейс"],
            ["2.1. Портрет ученика", "9", "3", "6", ""],
            ["Всего", "15", "5", "10", ""],
        ]
    )
    word.b("3. Календарный график").table(
        [
            ["День", "Дата", "Содержание"],
            ["1", "13.10.2025", "темы 1.1, 1.2 (онлайн)"],
            ["2", "15.10.2025", "тема 2.1 (очно)"],
            ["3", "16.10.2025", "тема 2.1 (очно)"],
        ]
    )
    word.b("4. Материалы").b("Тема 1.1. Закон и программа").p("Закон принят в 2012 году. Школы работают по программам.")
    word.b("Тема 2.1. Портрет ученика").p("Ученик воспринимает мир иначе. Ему помогает расписание.")
    course = _made(tmp_path, word)
    found = [(one.title, block_text(one.blocks)) for week in course.weeks for one in week.sessions]
    assert course.title == "Инклюзивный класс: работа учителя-предметника"
    titles = [(title or "").lstrip("0123456789. ") for title, _ in found]  # with the number of the topic or without
    assert titles == ["Закон и программа", "Консилиум в школе", "Портрет ученика"]
    assert [text[:10] for _, text in found] == ["Закон прин", "", "Ученик вос"]


def test_free_words_over_columns_and_work_with_points(tmp_path: Path) -> None:
    word = Word().b("Научный семинар «Публикация и защита»").p("Дисциплина: NSD 7303, 3 ECTS (2 встречи по 2 часа)")
    word.b("Встречи").table(
        [
            ["Дата", "О чём говорим", "Прочитать до встречи", "Принести"],
            ["3 сентября", "Знакомство", "—", "аннотацию диссертации"],
            ["10 сентября", "Вопрос и гипотеза", "Booth 2016", "свой вопрос"],
            ["17 сентября", "Обзор литературы", "Snyder 2019", "—"],
        ]
    )
    word.b("Оценивание").table(
        [
            ["Что", "Когда", "Баллов"],
            ["Таблица источников", "17.09.2025", "40"],
            ["Рукопись статьи", "10.12.2025", "60"],
        ]
    )
    course = _made(tmp_path, word)
    assert (course.title, course.about.code, course.about.credits) == ("Публикация и защита", "NSD 7303", 3)
    assert [one.title for week in course.weeks for one in week.sessions] == [
        "Знакомство",
        "Вопрос и гипотеза",
        "Обзор литературы",
    ]
    work = [(block_text(one.blocks), one.due, one.points) for week in course.weeks for one in week.assignments]
    assert sorted(one for one in work if one[2]) == [
        ("Рукопись статьи", "10.12.2025", 60),
        ("Таблица источников", "17.09.2025", 40),
    ]


def test_a_heading_that_asks_heads_the_grading(tmp_path: Path) -> None:
    text = (
        "Ботаника негіздері\n\n1-дәріс. Топырақ\nТопырақ – жердің үстіңгі қабаты.\n\n"
        "2-дәріс. Су\nСу тамырды қоректендіреді.\n\nҰпай қалай жиналады?\n"
        "Зертхана – 40 ұпай, эссе – 20 ұпай, емтихан – 40 ұпай.\n\n"
        "Емтихан сұрақтары\n1. Топырақ деген не?\n2. Су неге керек?\n3. Тамыр қалай өседі?\n"
    )
    course = _read(tmp_path, "course.txt", text)
    assert course.about.grading is not None
    assert [(one.name, one.percent) for one in course.about.grading.weights] == [
        ("Зертхана", 40),
        ("эссе", 20),
        ("емтихан", 40),
    ]
    assert course.exam is not None
    assert len(course.exam.questions) == 3
