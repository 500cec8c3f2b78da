"""Documents with structure, as departments write them, read through the same door as an author's."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.course import Hours, Interim
from tests.outline.documents import Word, kinds, read

KK = "Мемлекет – қоғамдық өмірді ұйымдастыратын институт. Ол белгілі бір аумақта билік жүргізеді және заң шығарады."
RU = "Государство есть особая организация власти, которая действует на своей территории. Оно издаёт законы и следит."
ASKED = ["Понятие политической власти", "Структура политической системы", "Что такое государство?", "Признаки права"]


def kaznu() -> Word:
    """A passport in one grid of merged cells whose last row is the head of the plan, a table of its own."""
    full = [""] * 5
    grid = [
        ["Әл-Фараби атындағы Қазақ ұлттық университеті\nСиллабус\n2017/2018 оқу жылының күзгі семестрі", *full],
        ["Пәннің коды", "Пәннің атауы", "Тип", "Апта бойынша сағат саны", "", "Кредит саны"],
        ["", "", "", "Дәріс", "Практ", ""],
        ["ФAd 3308", "Бейнелерді тану теориясы", "ТК", "2", "1", "3"],
        ["Пререквизиттер", "Алгебра", "", "", "", ""],
        ["Дәріскер", "Ахметов Болат, ф.-м.ғ.к., доцент", "", "Офис-сағаты", "Сабақ кестесі бойынша", ""],
        ["Курстың мақсаты", "Студенттерге тану әдістерін үйрету.", "", "", "", ""],
        [
            "Әдебиеттер және ресурстар",
            "Негізгі:\n1. Ту Дж. Принципы. М., 1978.\nҚосымша:\n1. Журавлев Ю. М., 2006.",
            *full[:4],
        ],
        ["Бағалау саясаты", "Өзіндік жұмыс", "Пайыз", "", "", ""],
        ["", "Емтихан", "60 %", "", "", ""],
        ["Апта", "Тақырыптың атауы", "", "Сағат саны", "", "Максималды балл"],
    ]
    made = Word().table(
        grid, (0, 0, 0, 5), (1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 2, 5), (4, 1, 4, 5),
        (5, 1, 5, 2), (5, 4, 5, 5), (6, 1, 6, 5), (7, 1, 7, 5), (8, 0, 9, 0), (8, 2, 8, 5), (9, 2, 9, 5),
        (10, 1, 10, 2), (10, 3, 10, 4),
    )  # fmt: skip
    made.p("")
    plan: list[list[str]] = []
    for week in range(1, 9):
        plan.append([str(week), f"{week}-Дәріс. Тану {week}", "2", "3"])
        plan.append(["", f"{week}-семинар. Есептер {week}", "1", "4"])
        if week == 7:
            plan += [["", "МӨОЖ №1. Реферат дайындау", "", "10"], ["", "Midterm Exam", "", "100"]]
    plan.append(["", "Емтихан", "", "100"])
    made.table(plan)
    return made.p("Кафедра меңгерушісі ____________ Исаев С.", "Дәріскер ____________ Ахметов Б.")


def test_a_syllabus_as_one_grid(tmp_path: Path) -> None:
    found = read(kaznu().save(tmp_path / "силлабус.docx"))
    weeks = range(1, 9)
    assert found["roles"] == ["syllabus"]
    assert found["title"] == "Бейнелерді тану теориясы"
    assert found["lectures"] == [(n, n, f"Тану {n}") for n in weeks]
    assert (found["lecture hours"], found["lecture points"]) == ([2.0] * 8, [3.0] * 8)
    assert found["seminars"] == [(n, n, f"Есептер {n}") for n in weeks]
    assert found["seminar points"] == [4.0] * 8
    assert found["work"] == [(7, "МӨОЖ", "Реферат дайындау", 10.0, None)]
    about = found["about"]
    assert (about.code, about.credits, about.year, about.prerequisites) == ("ФAd 3308", 3.0, "2017/2018", ("Алгебра",))
    teacher = about.teachers[0]
    assert (teacher.name, teacher.degree, teacher.post) == ("Ахметов Болат", "ф.-м.ғ.к.", "доцент")
    assert teacher.office_hours == "Сабақ кестесі бойынша"
    assert about.literature.basic == ("Ту Дж. Принципы. М., 1978.",)
    assert about.literature.additional == ("Журавлев Ю. М., 2006.",)
    assert about.grading.interim == (Interim(after_week=7, name="Midterm Exam", points=100.0),)
    assert kinds(about.grading.blocks) == ["T: Өзіндік жұмыс \tПайыз | Емтихан \t60 %"]


def test_a_syllabus_of_paragraphs_with_amounts_by_kind_and_lists_of_work(tmp_path: Path) -> None:
    made = Word().p("МИНИСТЕРСТВО ОБРАЗОВАНИЯ", "ПРОГРАММА ОБУЧЕНИЯ (Syllabus)")
    made.table(
        [
            ["Специальность", "Программирование", "Код курса", "П.3.4"],
            ["Академический год", "2025-2026", "Дисциплина", "Основы алгоритмизации"],
            ["Преподаватель", "Иванова А.Б.", "Количество кредитов", "4"],
        ]
    )
    made.b("Пререквизиты").p("Информатика").b("Результаты обучения").p("РО1: знает типы данных", "РО2: умеет")
    made.b("Технологическая карта").p("Баллы по модулям.")
    made.table([["Всего", "Лекции", "Практ.", "СРС", "Форма контроля"], ["120", "14", "22", "84", "Экзамен"]])
    made.b("Календарно-тематический план")
    rows = [["№", "Неделя", "Название темы", "Количество часов", "", "Баллы"]]
    rows.append(["", "", "", "Лекция 14", "Практический 22", ""])
    rows += [
        [f"{n}.", str(n), f"Тема {n}. Язык {n}", "-" if n == 3 else "2час 1,42балл", "2 час", "3"] for n in range(1, 5)
    ]
    rows.append(["", "", "Итого:", "14", "22", "12"])
    made.table(rows, (0, 3, 0, 4), (0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 5, 1, 5))
    made.b("План организации СРС")
    head = ["№", "Тема", "Задание для СРС", "Часы", "Оценочные средства", "Баллы", "Срок сдачи"]
    made.table(
        [
            head,
            ["1", "Массивы", "Написать программу", "6", "Отчет", "5", "3 неделя"],
            ["", "Итого", "", "6", "", "5", ""],
        ]
    )
    made.b("Политика курса").p("Посещаемость обязательна.").b("Декларация студента").p("Работаю сам.")
    found = read(made.save(tmp_path / "план.docx"))
    assert found["title"] == "Основы алгоритмизации"
    assert found["lectures"] == [(n, n, f"Язык {n}") for n in (1, 2, 4)]
    assert (found["lecture hours"], found["lecture points"]) == ([2.0] * 3, [1.42] * 3)
    assert found["practicals"] == [(n, n, f"Язык {n}") for n in (1, 2, 3, 4)]
    assert found["work"] == [(3, "СРС", "Написать программу", 5.0, 6.0)]
    about = found["about"]
    assert about.hours == Hours(lecture=14, practical=22, independent=84, total=120)
    assert about.teachers[0].name == "Иванова А.Б."
    assert about.outcomes == ("знает типы данных", "умеет")
    assert [(one.title, kinds(one.blocks)) for one in about.policies] == [
        ("Технологическая карта", ["P: Баллы по модулям."]),
        ("Политика курса", ["P: Посещаемость обязательна."]),
        ("Декларация студента", ["P: Работаю сам."]),
    ]


def test_the_points_of_an_interim_control_are_the_last_amount_of_its_row(tmp_path: Path) -> None:
    """Hours stand before points."""
    made = Word().p("Силлабус", "Дисциплина: Право").b("Календарно-тематический план")
    rows = [
        ["1", "Лекция 1. Право", "2", "3"],
        ["7", "Рубежный контроль 1", "1", "30"],
        ["8", "Лекция 2. Закон", "2", "3"],
    ]
    made.table([["Неделя", "Название темы", "Часы", "Баллы"], *rows])
    found = read(made.save(tmp_path / "x.docx"))
    assert found["about"].grading.interim == (Interim(after_week=7, name="Рубежный контроль 1", points=30.0),)


def test_a_plan_goes_on_in_a_table_without_head(tmp_path: Path) -> None:
    made = Word().p("Силлабус", "Дисциплина: Право").b("Календарно-тематический план")
    made.table([["Неделя", "Тема", "Л", "ПЗ", "СРО"], ["1", "Право 1", "2", "1", "4"]]).p("")
    made.table([["2", "Право 2", "2", "-", "4"], ["РК 1", "", "", "", ""], ["3", "Право 3", "2", "1", "4"]])
    found = read(made.save(tmp_path / "x.docx"))
    assert found["lectures"] == [(n, n, f"Право {n}") for n in (1, 2, 3)]
    assert [week for week, _, _ in found["practicals"]] == [1, 3]
    assert found["about"].grading.interim == (Interim(after_week=2, name="РК 1"),)
    assert found["work"] == []


def test_a_plan_of_classes_shortened_to_letters(tmp_path: Path) -> None:
    made = Word().p("СИЛЛАБУС", "2023-2024 оқу жылының көктемгі семестрі").b("Календарь (график) реализации")
    rows = [["Неделя", "Название темы", "Кол-во часов", "Макс. балл"], ["Модуль 1. Введение", "", "", ""]]
    rows += [["1", "Л 1. Понятие", "1", ""], ["", "СЗ 1. Обсуждение", "2", "8"], ["", "СРО 1. Эссе", "", "20"]]
    found = read(made.table(rows, (1, 0, 1, 3)).save(tmp_path / "x.docx"))
    assert found["lectures"] == [(1, 1, "Понятие")]
    assert found["units"] == ["Модуль 1. Введение"]
    assert (found["seminars"], found["seminar points"]) == ([(1, 1, "Обсуждение")], [8.0])
    assert found["work"] == [(1, "СРО", "Эссе", 20.0, None)]


def test_a_textbook_with_automatic_numbers(tmp_path: Path) -> None:
    made = Word().p("САЯСАТТАНУ", "Дәрістер жинағы", bold=True)
    for n in (1, 2, 3):
        made.h(f"{n}-дәріс. Саясат {n}").p("Жоспары:").p("Билік ұғымы", "Билік түрлері", num=made.numbering())
        made.h("Билік ұғымы", 2).p(KK).p("Белгілері:").p("күш;", "заң.", num=made.numbering())
        made.h("Билік түрлері", 2).p(KK).b("Бақылау сұрақтары:")
        made.p("Билік деген не?", "Түрлері қандай?", num=made.numbering(("decimal", "%1)")))
    found = read(made.save(tmp_path / "оқулық.docx"))
    assert found["lectures"] == [(n, n, f"Саясат {n}") for n in (1, 2, 3)]
    assert found["outlines"] == [["Билік ұғымы", "Билік түрлері"]] * 3
    text = ["H: Билік ұғымы", f"P: {KK}", "P: Белгілері:", "L: күш; | заң.", "H: Билік түрлері", f"P: {KK}"]
    assert found["texts"] == [text] * 3
    assert found["reviews"] == [["Билік деген не?", "Түрлері қандай?"]] * 3


@pytest.mark.parametrize(
    ("name", "lines", "number", "title"),
    [
        ("lecture_03.docx", ["**Тема: Понятие власти**"], 3, "Понятие власти"),
        ("x.docx", ["**Лекция 2**", "**ПОЛИТИЧЕСКИЕ РЕЖИМЫ**"], 2, "ПОЛИТИЧЕСКИЕ РЕЖИМЫ"),
        ("x.docx", ["12.09.2023 г. Лекция 4. Партии и движения"], 4, "Партии и движения"),
        ("x.docx", ["Раздел I. Введение. Лекция 1. Предмет"], 1, "Предмет"),
        ("Лекция 5.docx", ["**Власть и общество**"], 5, "Власть и общество"),
    ],
)
def test_one_lecture_a_file(tmp_path: Path, name: str, lines: list[str], number: int, title: str) -> None:
    made = Word().p(*lines).p("Цель лекции: дать понятие.").p(RU, RU)
    found = read(made.save(tmp_path / name))
    assert found["lectures"] == [(number, number, title)]
    assert found["lecture aims"] == ["дать понятие."]
    assert found["texts"] == [[f"P: {RU}"] * 2]


def test_the_title_page_of_a_lecture_s_own_file_and_a_frame_around_its_text(tmp_path: Path) -> None:
    made = Word().p("МИНИСТЕРСТВО ОБРАЗОВАНИЯ", "ОШСКИЙ УНИВЕРСИТЕТ", "ПЦК Программирование", "Разработка лекции №4")
    made.p("Тема: Отношения").table([[f"{RU} {RU}"], ["Вывод"], [RU]])
    found = read(made.save(tmp_path / "лек4.docx"))
    assert found["roles"] == ["lecture"]
    assert found["lectures"] == [(4, 4, "Отношения")]
    assert found["texts"][0][-1] == f"P: {RU}"
    assert f"P: {RU} {RU}" in found["texts"][0]


def test_a_program_in_a_class_is_no_english_edition(tmp_path: Path) -> None:
    program = [line for n in range(20) for line in (f"public class Point{n}", "{", "public double X { get; }", "}")]
    made = (
        Word().p("Практическая работа 1. Тестирование", RU, RU, RU, RU, RU, RU).p("Tests", *program).p("Вывод. " + RU)
    )
    found = read(made.save(tmp_path / "x.docx"))
    assert found["practicals"] == [(1, 1, "Тестирование")]
    assert found["exam"] == []


def test_english_books_in_a_kazakh_lecture_stay(tmp_path: Path) -> None:
    books = [f"Rosen K. Discrete Mathematics and Its Applications, volume {n}. New York: Wiley" for n in range(1, 10)]
    made = Word().p("**1-дәріс. Билік**", *[KK] * 6).p("Әдебиеттер:", *books)
    found = read(made.save(tmp_path / "x.docx"))
    assert found["literature"] == [books]


def test_typed_contents_of_a_course_in_one_file(tmp_path: Path) -> None:
    made = Word().p("УЧЕБНО-МЕТОДИЧЕСКИЙ КОМПЛЕКС", "по дисциплине «Политология»").b("СОДЕРЖАНИЕ")
    made.p("Лекция 1. Власть\t3", "Лекция 2. Партии\t7", "Вопросы к экзамену\t12").h("Курс лекций")
    for n, title in ((1, "Власть"), (2, "Партии")):
        made.h(f"Лекция {n}. {title}", 2).p(RU)
    made.h("Планы семинарских занятий")
    for n, title in ((1, "Власть"), (2, "Партии")):
        made.h(f"Семинар {n}. {title}", 2).p("1. Понятие", "2. Виды")
    made.h("Задания для СРС").p("1. Реферат", "2. Эссе").h("Вопросы к экзамену")
    made.p(*ASKED, num=made.numbering()).h("Глоссарий").p("Власть – влияние.", "Партия – союз.")
    found = read(made.save(tmp_path / "УМК.docx"))
    assert found["title"] == "Политология"
    assert found["lectures"] == [(1, 1, "Власть"), (2, 2, "Партии")]
    assert found["texts"] == [[f"P: {RU}"]] * 2
    assert found["seminar topics"] == [["Понятие", "Виды"]] * 2
    assert [(week, text) for week, _, text, _, _ in found["work"]] == [(1, "Реферат"), (2, "Эссе")]
    assert found["exam"] == ASKED
    assert found["glossary"] == [("Власть", "влияние.", {}), ("Партия", "союз.", {})]


def automatic() -> Word:
    made = Word().p("Утверждаю", "Зав. кафедрой ______ Петров", "Протокол № 5").b("Вопросы к экзамену по курсу «Право»")
    number = made.numbering()
    return made.p(*ASKED[:2], "", *ASKED[2:], num=number).p("Составитель: Иванов И.И. ____")


def unnumbered() -> Word:
    made = Word().b("Перечень экзаменационных вопросов").p("по дисциплине «Политология»")
    return made.p("для студентов специальности 6В07201 – «Геология»", *ASKED, "2024 г.")


@pytest.mark.parametrize(
    "made",
    [
        automatic(),
        unnumbered(),
        Word().p("Вопросы для подготовки к экзамену").p("\n".join(f"{n}. {q}" for n, q in enumerate(ASKED, 1))),
        Word().b("Экзаменационные вопросы").table([["№", "Вопрос"], *([str(n), q] for n, q in enumerate(ASKED, 1))]),
        Word().b("Материалы итогового контроля").p(*(x for n, q in enumerate(ASKED, 1) for x in (f"Вопрос {n}", q))),
        Word().table([["РАССМОТРЕНО\nПротокол № 5", "УТВЕРЖДАЮ\nДекан ____"]]).b("Вопросы к экзамену").p(*ASKED),
    ],
    ids=["automatic", "unnumbered", "breaks", "table", "question-n", "approval-table"],
)
def test_exam_lists(tmp_path: Path, made: Word) -> None:
    found = read(made.save(tmp_path / "voprosy.docx"))
    assert found["roles"] == ["questions"]
    assert found["exam"] == ASKED
    assert found["blocks of the exam"] == ["Paragraph"]


def test_parts_of_an_exam_list_and_points_below_a_question(tmp_path: Path) -> None:
    made = Word().b("Қорытынды емтихан сұрақтары", "Теориялық сұрақтар")
    number = made.numbering()
    made.p("Анықтама беріңіз:", num=number).p("билік", "құқық", num=number, level=1).p("Саяси жүйе", num=number)
    made.b("Практикалық сұрақтар").p("Кесте құрыңыз", num=made.numbering())
    found = read(made.save(tmp_path / "emt.docx"))
    assert found["exam"] == ["Анықтама беріңіз:\nбилік\nқұқық", "Саяси жүйе", "Кесте құрыңыз"]
    assert found["categories"] == ["Теориялық сұрақтар"] * 2 + ["Практикалық сұрақтар"]


def head_table() -> Word:
    made = Word()
    for n in (1, 2):
        head = [
            "Кафедра «Право», 2-й семестр",
            f"ЭКЗАМЕНАЦИОННЫЙ БИЛЕТ № {n}\nпо дисциплине «Право»",
            "«Утверждаю»\nЗав. ____",
        ]
        made.p("Университет").table([head]).p(f"1. Теория {n}", f"2. Задача {n}")
    return made


def nameless() -> Word:
    made = Word()
    for n in (1, 2):
        made.b("Емтихандық билет").p("«Право» пәні бойынша").p(f"Теория {n}", f"Задача {n}", num=made.numbering())
    return made


@pytest.mark.parametrize(
    "made",
    [
        head_table(),
        nameless(),
        Word().table([[f"Университет\nЭКЗАМЕНАЦИОННЫЙ БИЛЕТ № {n}\n1. Теория {n}\n2. Задача {n}"] for n in (1, 2)]),
        Word().table([["№ билета", "Вопрос 1", "Вопрос 2"], *([str(n), f"Теория {n}", f"Задача {n}"] for n in (1, 2))]),
        Word().b("Билеты").p(*(x for n in (1, 2) for x in (f"Билет №{n}", f"{n}.1. Теория {n}", f"{n}.2. Задача {n}"))),
    ],
    ids=["head-table", "nameless", "row-a-ticket", "columns", "n.1"],
)
def test_tickets(tmp_path: Path, made: Word) -> None:
    found = read(made.save(tmp_path / "x.docx"))
    assert found["roles"] == ["tickets"]
    assert found["tickets"] == [(n, [f"Теория {n}", f"Задача {n}"]) for n in (1, 2)]


def lettered() -> Word:
    made = Word().b("Тесты по политологии")
    number = made.numbering()
    for n in (1, 2):
        made.p(f"Что есть власть {n}?", num=number).p("сила", "влияние", "закон", num=number, level=1)
    return made.p("Ключ").table([["1", "2"], ["b", "b"]])


def bold_keys() -> Word:
    made = Word().b("Тест тапсырмалары")
    for n in (1, 2):
        made.p(f"{n}. Что есть власть {n}?", "A) сила", "**B) влияние**", "C) закон")
    return made


def in_variants() -> Word:
    made = Word()
    for n in (1, 2):
        made.b(f"ВАРИАНТ {n}").p("Инструкция: выберите один ответ.")
        made.p(
            *(x for k in range(1, 5) for x in (f"{k}. Что есть власть {n}-{k}?", "А) сила", "В) влияние", "С) закон"))
        )
        made.p("1-B, 2-B, 3-B, 4-B")
    return made


ROWS = [[str(n), f"Что есть власть {n}?", "сила", "влияние", "закон", "B"] for n in (1, 2)]


@pytest.mark.parametrize(
    "made",
    [
        lettered(),
        bold_keys(),
        in_variants(),
        Word().table([["№", "Вопрос", "A", "B", "C", "Ответ"], *ROWS]),
        Word().table(
            [["№", "Вопрос", "Варианты ответов", "Ключ"], ["1", "Что есть?", "A) сила\nB) влияние\nC) закон", "B"]]
        ),
        Word().p(*(f"{n}. Что есть {n}?\nА) сила\nВ) влияние\nС) закон\nДұрыс жауабы: В" for n in (1, 2, 3))),
    ],
    ids=["automatic-letters", "bold", "variants", "columns", "one-column", "answer-line"],
)
def test_tests_with_keys_of_all_kinds(tmp_path: Path, made: Word) -> None:
    found = read(made.save(tmp_path / "x.docx"))
    assert found["roles"] == ["tests"]
    assert len(found["exam"]) == len(found["options"]) > 0
    assert all(options == ["сила", "влияние", "закон"] for options in found["options"])
    assert all(key == [1] for key in found["keys"])


def test_terms_by_the_heads_of_columns(tmp_path: Path) -> None:
    head = ["Қазақша", "Орысша", "Ағылшынша", "Анықтамасы"]
    made = Word().b("ГЛОССАРИЙ").table([head, ["билік", "власть", "power", "ықпал ету қабілеті"]])
    found = read(made.save(tmp_path / "gloss.docx"))
    assert found["glossary"] == [("билік", "ықпал ету қабілеті", {"ru": "власть", "en": "power"})]


def test_plans_of_classes_in_a_table(tmp_path: Path) -> None:
    made = Word().b("Тематика семинарских занятий")
    made.table([["№", "Тема", "Вопросы для обсуждения", "Часы"], ["1", "Власть", "1. Понятие\n2. Виды", "2"]])
    found = read(made.save(tmp_path / "x.docx"))
    assert found["seminars"] == [(1, 1, "Власть")]
    assert (found["seminar topics"], found["seminar hours"]) == ([["Понятие", "Виды"]], [2.0])


def test_lists_of_work_and_of_lectures_in_tables(tmp_path: Path) -> None:
    head = ["СӨЖ №", "Тақырыбы", "Тапсыру формасы", "Апта", "Балл"]
    made = Word().b("СӨЖ орындау кестесі").table([head, ["СӨЖ 1", "Билік туралы эссе", "эссе", "3", "10"]])
    found = read(made.save(tmp_path / "сөж.docx"))
    assert found["work"] == [(3, "СӨЖ", "Билік туралы эссе", 10.0, None)]
    made = Word().b("Дәріс тақырыптары").table([["№", "Тақырып", "Сағат"], ["1", "Билік", "1"], ["2", "Партия", "2"]])
    found = read(made.save(tmp_path / "дәріс тақырыптары.docx"))
    assert (found["lectures"], found["lecture hours"]) == ([(1, 1, "Билік"), (2, 2, "Партия")], [1.0, 2.0])


def test_a_folder_is_one_course_and_disagreements_are_told(tmp_path: Path) -> None:
    made = Word().p("Силлабус").p("Пән: Саясаттану").b("Пәннің құрылымы")
    made.table([["Апта", "Тақырып", "Дәріс", "Семинар"], *([str(n), f"Саясат {n}", "1", "2"] for n in (1, 2))])
    made.save(tmp_path / "силлабус.docx")
    Word().p("**1-дәріс. Саясат 1**").p(KK, KK).save(tmp_path / "дәріс 1.docx")
    Word().p("**Тақырыбы: Мүлде басқа нәрсе**").p(KK, KK).save(tmp_path / "дәріс 2.docx")
    (tmp_path / "grades.csv").write_text("Аты,Балл\nАсан,5\n", encoding="utf-8")
    found = read(tmp_path)
    assert found["title"] == "Саясаттану"
    assert found["lectures"] == [(1, 1, "Саясат 1"), (2, 2, "Мүлде басқа нәрсе"), (2, 2, "Саясат 2")]
    assert found["texts"] == [[f"P: {KK}"] * 2, [f"P: {KK}"] * 2, []]
    (loaded,) = discovery.find_projects([tmp_path])
    codes = {finding.code for finding in build.understand(loaded).findings}
    assert {"outline-number-twice", "project-file-other"} <= codes
