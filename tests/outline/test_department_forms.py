"""Papers of departments in Kazakh and Russian: titles beside the word for a course, funds, packs, lesson plans."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.outline.documents import Word, read

_QUESTIONS = "\n\n1. Что изучает предмет?\n2. Какие методы вы знаете?\n3. Назовите понятия.\n4. Қандай түрлері бар?\n"


def _read(tmp_path: Path, text: str) -> dict[str, Any]:
    file = tmp_path / "a.txt"
    file.write_text(text, "utf-8")
    return read(file)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Вопросы по дисциплине Анатомия человека\nдля специальности «Сестринское дело»", "Анатомия человека"),
        ("Вопросы к зачёту по курсу Высшая математика", "Высшая математика"),
        ("Физика пәні бойынша емтихан сұрақтары", "Физика"),
        ("Органикалық химия пәнінен емтихан сұрақтары", "Органикалық химия"),
        ("Экзаменационные вопросы по «Истории педагогики»", "Истории педагогики"),
        ("Емтихан сұрақтары\n\nПедагогика пәні бойынша", "Педагогика"),
    ],
)
def test_title_beside_the_word_for_a_course(tmp_path: Path, line: str, title: str) -> None:
    found = _read(tmp_path, line + _QUESTIONS)
    assert found["title"] == title
    assert len(found["exam"]) == 4


def test_numbered_sections_of_a_pack_count_no_lecture(tmp_path: Path) -> None:
    word = Word().b("УЧЕБНО-МЕТОДИЧЕСКИЙ КОМПЛЕКС", "«Технология молока»").h("1 Глоссарий")
    word.p("Казеин – белок молока.", "Лактоза – молочный сахар.").h("2 Лекции")
    for number, title in ((1, "Состав молока"), (2, "Пастеризация")):
        word.h(f"Лекция {number}. {title}", 2).p("План", "1. Вода", "2. Белки")
        word.p(f"{title}: молоко состоит из воды и сухих веществ. Сухой остаток содержит жир, белки, лактозу и соли.")
    found = read(word.h("3 Практические занятия").h("Практическое занятие 1. Жирность", 2).save(tmp_path / "a.docx"))
    assert found["lectures"] == [(1, 1, "Состав молока"), (2, 2, "Пастеризация")]
    assert found["practicals"] == [(1, 1, "Жирность")]
    assert found["outlines"] == [["Вода", "Белки"], ["Вода", "Белки"]]


def test_parts_of_a_fund_are_their_own(tmp_path: Path) -> None:
    word = Word().b("ФОНД ОЦЕНОЧНЫХ СРЕДСТВ").p("по дисциплине ОП.04 Электротехника").h("1. Паспорт фонда")
    word.p("В результате освоения дисциплины обучающийся должен уметь:", "- читать схемы;", "- собирать цепи;")
    word.p("знать:", "- законы Ома;", "- правила безопасности.")
    word.h("2. Оценочные средства").h("2.1. Тест по теме «Постоянный ток»", 2)
    word.p("1. Единица силы тока:", "а) вольт", "б) ампер", "2. Закон Ома:", "а) I = U/R", "б) U = I/R")
    word.p("Ключ: 1 – б, 2 – а").h("2.2. Вопросы для устного опроса", 2).p("1. Что такое ток?", "2. Что такое период?")
    word.h("2.3. Вопросы к экзамену", 2).p("1. Электрическое поле.", "2. Трансформаторы.")
    found = read(word.save(tmp_path / "a.docx"))
    assert (found["title"], found["about"].code) == ("Электротехника", "ОП.04")
    assert found["about"].outcomes == ("читать схемы;", "собирать цепи;", "законы Ома;", "правила безопасности.")
    assert found["exam"] == [
        "Единица силы тока:", "Закон Ома:", "Что такое ток?", "Что такое период?",
        "Электрическое поле.", "Трансформаторы.",
    ]  # fmt: skip
    assert found["keys"] == [[1], [0]]


@pytest.mark.parametrize(
    ("paper", "topic", "number", "title"),
    [
        ("Поурочный план № 14", "Тема: Замес теста", 14, "Замес теста"),
        ("Технологическая карта занятия", "Тема занятия: Бытие и материя", None, "Бытие и материя"),
        ("Сабақ жоспары № 3", "Тақырыбы: Судың айналымы", 3, "Судың айналымы"),
    ],
)
def test_topic_behind_its_label_titles_a_lesson(
    tmp_path: Path, paper: str, topic: str, number: int | None, title: str
) -> None:
    text = f"{paper}\n\nГруппа: МД-21\n\n{topic}\n\nЦель: раскрыть понятие темы\n\nОборудование: проектор\n\n"
    found = _read(tmp_path, text + "Природа изменяется постоянно. " * 8 + "\n")
    assert [one[1:] for one in found["lectures"]] == [(number, title)]


def test_headings_of_a_paper_without_any_format(tmp_path: Path) -> None:
    word = Word().p("Силлабус курса «Экология города»", "О курсе")
    word.p("Курс знакомит с тем, как устроена городская среда.", "Чему вы научитесь", "измерять шум", "читать нормы")
    word.p("Правила", "Опоздания. Дверь закрывается через пять минут после звонка, стучать не нужно.")
    word.p("Телефоны. Держите их выключенными, пока идёт занятие или экскурсия.")
    about = read(word.save(tmp_path / "a.docx"))["about"]
    assert about.outcomes == ("измерять шум", "читать нормы")
    assert [one.title for one in about.policies] == ["Опоздания", "Телефоны"]
    assert about.description
