"""Papers of departments in words of their own: what says a part is its shape and its place beside others."""

from __future__ import annotations

from pathlib import Path

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
