"""Papers of departments in words of their own: what says a part is its shape and its place beside others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from coursepack.outline.tree.values import parted
from tests.outline.documents import Word, read


def test_numbered_questions_of_a_programme_are_no_rule(tmp_path: Path) -> None:
    word = Word().b("СИЛЛАБУС").p("Дисциплина: Мосты").h("5. Правила").p("Пропуски отрабатываются в течение недели.")
    word.h("6. Оценочные материалы").p("1. Что такое флаттер?", "2. Перечислите схемы.", "3. Чем парабола отличается?")
    found = read(
        word.h("7. Обеспечение занятий").p("Проектор и макет моста стоят в аудитории.").save(tmp_path / "a.docx")
    )
    assert found["exam"] == ["Что такое флаттер?", "Перечислите схемы.", "Чем парабола отличается?"]
    assert [one.title for one in found["about"].policies] == ["Правила", "Обеспечение занятий"]


def test_parts_of_literature_under_any_words(tmp_path: Path) -> None:
    word = Word().b("СИЛЛАБУС").p("Пән: Былғары").h("6. Әдебиеттер").p("Басты:")
    word.p("1) Раимбекова Б. Былғары технологиясы. Тараз, 2016.", "2) Страхов И. Химия кожи. Москва, 2010.")
    word.p("Қосалқы:", "3) Шоқпарұлы Д. Қолөнер. Алматы, 2008.")
    books = read(word.save(tmp_path / "a.docx"))["about"].literature
    assert books.basic == ("Раимбекова Б. Былғары технологиясы. Тараз, 2016.", "Страхов И. Химия кожи. Москва, 2010.")
    assert books.additional == ("Шоқпарұлы Д. Қолөнер. Алматы, 2008.",)


def test_lettered_heads_of_literature_are_no_answers(tmp_path: Path) -> None:
    word = Word().b("РАБОЧАЯ ПРОГРАММА").p("Дисциплина: Мосты").h("6. Вопросы к зачёту")
    word.p("1. Что такое флаттер?", "2. Что такое ванта?").h("7. Информационное обеспечение")
    word.p("а) основная литература:", "1. Качурин В. К. Висячие системы. – Л., 1962.")
    word.p("б) дополнительная литература:", "1. Смирнов В. А. Висячие мосты. – М., 1970.")
    found = read(word.save(tmp_path / "a.docx"))
    assert found["exam"] == ["Что такое флаттер?", "Что такое ванта?"]
    assert found["about"].literature.basic == ("Качурин В. К. Висячие системы. – Л., 1962.",)
    assert found["about"].literature.additional == ("Смирнов В. А. Висячие мосты. – М., 1970.",)


@pytest.mark.parametrize(
    ("text", "value", "behind"),
    [
        ("GID 3207, 5 кредит", "GID 3207", {"credits": 5.0}),
        ("Химический факультет, 2 курс, 4 семестр, очно", "Химический факультет",
         {"study_year": 2, "semester": "4", "study_form": "очно"}),
        ("Экономика и финансы, учёт", "Экономика и финансы, учёт", {}),
    ],
)  # fmt: skip
def test_values_behind_a_value(text: str, value: str, behind: dict[str, object]) -> None:
    found, said = parted(text)
    assert found == value
    assert {one.name: one.value for one in said} == behind


def test_topics_of_a_fund_that_hold_questions_are_seminars(tmp_path: Path) -> None:
    word = Word().b("БАҒАЛАУ ҚҰРАЛДАРЫНЫҢ ҚОРЫ").p("«Криминология» пәні бойынша")
    word.h("1 Оқыту нәтижелері").p("1. деректі түсіндіреді", "2. кестені оқиды").h("2 Ауызша сауал")
    word.h("2.1 Қылмыс", 2).p("1. Жасырын қылмыс дегеніміз не?", "2. Аномия теориясының мәні неде?")
    word.h("2.2 Жәбірленуші", 2).p("1. Виктимология нені зерттейді?", "2. Жазаға не әсер етеді?")
    word.h("Бағалау саясаты").p("Ауызша сауал – 40 %", "Емтихан – 60 %").h("3 Емтихан сұрақтары").p(
        "1. Криминологияның пәні.", "2. Қылмысты болжау."
    )
    found = read(word.save(tmp_path / "a.docx"))
    assert [one[2] for one in found["seminars"]] == ["Қылмыс", "Жәбірленуші"]
    assert found["exam"] == ["Криминологияның пәні.", "Қылмысты болжау."]


def test_sentences_behind_the_titles_of_topics_are_their_text(tmp_path: Path) -> None:
    word = Word().b("ЖҰМЫС БАҒДАРЛАМАСЫ").b("Былғары бұйымдарын өңдеу").h("3. Тақырыптар")
    word.p("1-тақырып. Терінің құрылымы. Эпидермис, дерма. Коллаген талшығы.")
    word.p("2-тақырып. Консервілеу. Тұздау, кептіру. Ақаулар.", "3-тақырып. Хроммен илеу. Негіздік. Пісу сынағы.")
    found = read(word.save(tmp_path / "a.docx"))
    assert found["title"] == "Былғары бұйымдарын өңдеу"
    assert [one[2] for one in found["lectures"]] == ["Терінің құрылымы", "Консервілеу", "Хроммен илеу"]


def test_imprint_is_no_title_and_gives_city_and_year(tmp_path: Path) -> None:
    word = Word().p("И. Ю. Вербина").b("Живое слово").p("Учебное пособие", "Алматы: Слово, 2021")
    for number, title in ((1, "Голос"), (2, "Речь")):
        word.h(f"Глава {number}. {title}").p("Голос начинается не в горле, а в спине, и об этом часто забывают. " * 4)
    found = read(word.save(tmp_path / "a.docx"))
    assert (found["title"], found["about"].city, found["about"].year) == ("Живое слово", "Алматы", "2021")


def _text(tmp_path: Path, text: str) -> dict[str, Any]:
    file = tmp_path / "a.txt"
    file.write_text(text, "utf-8")
    return read(file)


def test_answers_behind_strokes_and_keys_behind_any_label(tmp_path: Path) -> None:
    asked = (
        "№{n}. Тұқымның {n}-қасиеті қалай аталады?\n   а/ ылғалдық\n   ә/ тыныштық\n   б/ өнгіштік\n   в/ тазалық\n\n"
    )
    found = _text(tmp_path, "".join(asked.format(n=n) for n in range(1, 6)) + "Тексерушіге: 1ә 2а 3в 4б 5ә\n")
    assert found["options"] == [["ылғалдық", "тыныштық", "өнгіштік", "тазалық"]] * 5
    assert found["keys"] == [[1], [0], [3], [2], [1]]


def test_answers_in_boxes_are_a_test(tmp_path: Path) -> None:
    word = Word().b("Гематология. Промежуточный тест")
    for number in (1, 2, 3):
        word.b(f"Задание {number}").p(f"Показатель номер {number} повышен при", "□ гемолизе (верно)")
        word.p("□ гипоплазии мозга", "□ дефиците железа", "□ миелофиброзе")
    found = read(word.save(tmp_path / "a.docx"))
    assert found["options"] == [["гемолизе", "гипоплазии мозга", "дефиците железа", "миелофиброзе"]] * 3
    assert found["keys"] == [[0]] * 3


def test_semicolons_between_answers_on_a_line_are_signs(tmp_path: Path) -> None:
    lines = ("1. Двухвойная сосна:  а) сибирская;  б) обыкновенная;  в) корейская.",
             "2. Лубяные волокна дают:  а) дуб;  б) липа;  в) ольха.")  # fmt: skip
    found = _text(tmp_path, "ТЕСТ\n\n" + "\n\n".join(lines) + "\n\nКлюч: 1 – б; 2 – б\n")
    assert found["options"] == [["сибирская", "обыкновенная", "корейская"], ["дуб", "липа", "ольха"]]


def test_tickets_in_cells_that_numbers_alone_head(tmp_path: Path) -> None:
    cells = [f"№ {n}\n1. Қойма түрлері ({n}).\n2. Жүк құжаттары ({n}).\nЕмтихан алушы: ________" for n in (1, 2, 3, 4)]
    word = Word().b("Көлік логистикасы").p("Емтиханға арналған карталар").table([cells[:2], cells[2:]])
    assert read(word.save(tmp_path / "a.docx"))["tickets"] == [
        (n, [f"Қойма түрлері ({n}).", f"Жүк құжаттары ({n})."]) for n in (1, 2, 3, 4)
    ]


def test_rules_with_blanks_and_lines_to_sign_end_a_ticket(tmp_path: Path) -> None:
    rule, signed = "= " * 24 + "=\n", "Зав. кафедрой __________ /А. Мусин/\n"
    tickets = (
        f"          Карточка {n}\n1. Монета как источник {n}.\n2. Клады и их судьба {n}.\n{signed}{rule}"
        for n in (1, 2, 3)
    )
    found = _text(tmp_path, "Кафедра источниковедения\nНУМИЗМАТИКА\n\n" + rule + "".join(tickets))
    assert found["tickets"] == [(n, [f"Монета как источник {n}.", f"Клады и их судьба {n}."]) for n in (1, 2, 3)]


def test_labels_that_come_back_open_the_parts_of_works(tmp_path: Path) -> None:
    work = (
        "Работа № {n}\nПокрытие стали {n}\n------------------\nДля чего делаем: получить слой меди {n}.\n"
        "Понадобится: ванна, выпрямитель.\n\nПо шагам\n  1. Обезжирить пластину.\n  2. Собрать цепь.\n\n"
        "Спросим при сдаче\n  1. Почему сталь ржавеет?\n  2. Что даёт ток?\n\n"
        "Отметка о допуске ________ Отметка о защите ________\n\n\n"
    )
    found = _text(tmp_path, "Гальванические покрытия\nПрактикум\n\n" + "".join(work.format(n=n) for n in (1, 2, 3)))
    assert [one[1:] for one in found["laboratorys"]] == [(n, f"Покрытие стали {n}") for n in (1, 2, 3)]
    assert found["laboratory aims"] == [f"получить слой меди {n}." for n in (1, 2, 3)]
    assert found["laboratory tasks"] == [["Обезжирить пластину.", "Собрать цепь."]] * 3


def test_lists_that_come_back_in_seminars_under_unknown_words(tmp_path: Path) -> None:
    word = Word().b("Планы коллективных обсуждений")
    for roman, title in (("I", "Кукла до театра"), ("II", "Петрушка"), ("III", "Экран")):
        word.b(f"Обсуждение {roman}\n{title}").p("Говорим о:", "1. Кукла и обряд.", "2. Вертеп и ярусы.")
        word.p("Можно выступить с сообщением:", "– «Кукла в семье»", "– «Маски»")
    found = read(word.save(tmp_path / "a.docx"))
    assert [one[1:] for one in found["seminars"]] == [(1, "Кукла до театра"), (2, "Петрушка"), (3, "Экран")]
    assert found["seminar topics"] == [["Кукла и обряд.", "Вертеп и ярусы."]] * 3
    assert found["seminar tasks"] == [["«Кукла в семье»", "«Маски»"]] * 3


def test_what_is_learned_under_any_words_and_rules_in_bold(tmp_path: Path) -> None:
    word = Word().b("Силлабус дисциплины «Основы парфюмерии»").h("Что останется с вами")
    word.p("– отличать верхние и базовые ноты;", "– составлять композицию;", "– читать паспорт сырья.")
    word.h("Договорённости").p("**Опоздания. **Дверь закрывается.", "**Аллергия. **Предупредите преподавателя.")
    about = read(word.p("**Рецептуры. **Автора надо назвать.").save(tmp_path / "a.docx"))["about"]
    assert about.outcomes == ("отличать верхние и базовые ноты;", "составлять композицию;", "читать паспорт сырья.")
    assert [one.title for one in about.policies] == ["Опоздания", "Аллергия", "Рецептуры"]


def test_columns_of_other_languages_in_a_glossary(tmp_path: Path) -> None:
    rows = [["Р/с", "Термин", "Орысшасы", "Мәні"], ["1", "Сыну", "преломление", "бағыттың өзгеруі"],
            ["2", "Дифракция", "дифракция", "кедергіні айналып өту"]]  # fmt: skip
    found = read(Word().b("Оптика. Терминдер кестесі").table(rows).save(tmp_path / "a.docx"))
    assert [one[:2] for one in found["glossary"]] == [
        ("Сыну", "бағыттың өзгеруі"), ("Дифракция", "кедергіні айналып өту"),
    ]  # fmt: skip


def test_grid_that_is_a_whole_syllabus(tmp_path: Path) -> None:
    rows = [
        ["Пән коды: GID 3207, 5 кредит", "Пән: Гидрология негіздері", "", "2024-2025 оқу жылы"],
        ["Курс не туралы", "Курста өзен алабы мен су өлшеу тәсілдері қарастырылады.", "", ""],
        ["Студент нені меңгереді", "1. өтімді өлшейді\n2. қауіпті бағалайды", "", ""],
        ["Апта", "Дәріс", "Практика", "Балл"],
        ["1", "Су айналымы", "Теңдеуді қолдану", "5"],
        ["2", "Өзен алабы", "–", "5"],
        ["3", "Су деңгейі", "Өтімді өлшеу", "10"],
        ["Бағалау қалай жүреді", "Апта сайынғы жұмыс – 60 %\nЕмтихан – 40 %", "", ""],
        ["Ескеретін жайт", "Көшіріп жазылған жұмыс нөл балл алады.", "", ""],
        ["Кітаптар", "Достай Ж. Су ресурстары. Алматы, 2012", "", ""],
    ]
    merged = ((0, 1, 0, 2), *((at, 1, at, 3) for at in (1, 2, 7, 8, 9)))
    found = read(Word().table(rows, *merged).save(tmp_path / "a.docx"))
    assert (found["title"], found["about"].code, found["about"].credits) == ("Гидрология негіздері", "GID 3207", 5)
    assert found["about"].outcomes == ("өтімді өлшейді", "қауіпті бағалайды")
    assert found["lectures"] == [(1, 1, "Су айналымы"), (2, 2, "Өзен алабы"), (3, 3, "Су деңгейі")]
    assert [one[2] for one in found["practicals"]] == ["Теңдеуді қолдану", "Өтімді өлшеу"]
    assert [one.title for one in found["about"].policies] == ["Ескеретін жайт"]


def test_tasks_under_the_look_of_an_introduction_are_no_part_of_it(tmp_path: Path) -> None:
    word = Word().b("Методические указания").p("к самостоятельной работе по дисциплине «Картография»").h("Введение")
    word.p("Указания помогают пройти путь от набора данных до готовой карты.")
    for number, title in ((1, "Картограмма"), (2, "Карта значков"), (3, "Изолинии")):
        word.h(f"Задание {number}. {title}", 2).p(f"Соберите данные для листа {number}.", "Оформите лист с легендой.")
    found = read(word.save(tmp_path / "a.docx"))
    told = [one[2] for one in found["work"]]
    assert [f"листа {number}." in " ".join(told) for number in (1, 2, 3)] == [True] * 3
    assert len(told) == 3
