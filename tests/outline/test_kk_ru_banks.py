"""Tests of Kazakh and Russian teachers: numbers alone over questions, the sign «#» before the right answer, places to
write on, tables of marks behind the questions, lists of questions in two languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from coursepack.model.questions import Cloze, Essay, MultipleChoice
from tests.outline.documents import Word


def _course(path: Path) -> Course:
    (loaded,) = find_projects([path])
    return build.understand(loaded).course


def _choices(course: Course) -> list[tuple[str, list[str], list[str]]]:
    assert course.exam is not None
    return [
        (
            block_text(one.text),
            [block_text(each.content) for each in one.choices],
            [block_text(each.content) for each in one.choices if each.fraction],
        )
        for one in course.exam.questions
        if isinstance(one, MultipleChoice)
    ]


SIGNED = {
    "ru": (
        "Тест по ботанике\nПравильный ответ отмечен знаком #",
        [
            ("Сколько семядолей у злаков", ["2", "# 1", "4", "5"]),
            ("Ткань, которая проводит воду", ["# ксилема", "флоэма", "пробка", "камбий"]),
            ("Число хромосом лука", ["10–12", "# 16", "20–24", "32"]),
        ],
    ),
    "kk": (
        "Ботаника тесті (1 нұсқа)\nДұрыс жауаптың алдында # белгісі тұр",
        [
            ("Жапырақтың тыныс мүшелерінің саны", ["2", "# 3", "4", "5"]),
            ("Су өткізетін ұлпа", ["флоэма", "тығын", "# ксилема", "камбий"]),
            ("Өсімдікті ұстайды", ["жапырақ", "гүл", "жеміс", "# тамыр"]),
        ],
    ),
}


@pytest.mark.parametrize("language", SIGNED)
def test_numbers_alone_and_a_sign(tmp_path: Path, language: str) -> None:
    head, items = SIGNED[language]
    lines = [head, ""]
    for nth, (asked, answers) in enumerate(items, 1):
        lines += [f"№{nth}", asked, *(one if one[0] == "#" else f"  {one}" for one in answers), ""]
    path = tmp_path / "test.txt"
    path.write_text("\n".join(lines), "utf-8")
    bare = [one.removeprefix("# ") for _, answers in items for one in answers if one[0] == "#"]
    assert _choices(_course(path)) == [
        (asked, [one.removeprefix("# ") for one in answers], [right])
        for (asked, answers), right in zip(items, bare, strict=True)
    ]


def test_bare_numbers_of_tickets_stay_tickets(tmp_path: Path) -> None:
    path = tmp_path / "tickets.txt"
    path.write_text(
        "Билеты\n\n№1\nСтроение листа.\nТкани корня.\n\n№2\nСтроение стебля.\nВиды почек.\n\n№3\nЦветок.\nПлод.\n",
        "utf-8",
    )
    exam = _course(path).exam
    assert exam is not None
    assert [len(one.questions) for one in exam.tickets] == [2, 2, 2]


def test_a_table_of_marks_behind_the_questions(tmp_path: Path) -> None:
    word = Word().b("«Жасуша» бөлімі бойынша жиынтық бағалау").p("1. Судың қасиетін таңдаңыз. [1]")
    word.p("A) түссіз", "B) жақсы еріткіш", "C) мөлдір")
    word.p("2. Жасыл пигменті бар органоид: [1]", "A) вакуоль", "B) ядро", "C) хлоропласт")
    word.p("3. Бөліктерді атаңыз: а) ______ ә) ______ б) ______ [3]")
    word.p("4. Мұз неге суда қалқиды, түсіндіріңіз.").b("Балл қою кестесі")
    word.table(
        [["№", "Жауабы", "Балл"], ["1", "B", "1"], ["2", "C", "1"], ["3", "а – ядро; ә – қабық; б – цитоплазма", "3"]]
    )
    word.p("Дескриптор: жоғары 3–4, төмен 0–2.")
    course = _course(word.save(tmp_path / "bzhb.docx"))
    assert course.about.department is None
    assert _choices(course) == [
        ("Судың қасиетін таңдаңыз.", ["түссіз", "жақсы еріткіш", "мөлдір"], ["жақсы еріткіш"]),
        ("Жасыл пигменті бар органоид:", ["вакуоль", "ядро", "хлоропласт"], ["хлоропласт"]),
    ]
    assert course.exam is not None
    second, third = course.exam.questions[2:]
    assert isinstance(second, Cloze)
    assert isinstance(third, Essay)
    assert block_text(third.text) == "Мұз неге суда қалқиды, түсіндіріңіз."


def test_a_counted_list_in_two_languages(tmp_path: Path) -> None:
    kk = ["Нарық ұғымы және оның мәні", "Тұтынушының мінез-құлқы туралы ілім", "Баға белгілеу жолдары мен әдістері"]
    ru = ["Понятие рынка и его сущность", "Учение о поведении потребителя", "Способы и методы назначения цены"]
    rows = [[str(nth), *pair] for nth, pair in enumerate(zip(kk, ru, strict=True), 1)]
    word = Word().b("Емтихан сұрақтары / Экзаменационные вопросы").table(rows)
    course = _course(word.save(tmp_path / "exam.docx"))
    assert course.exam is not None
    assert [block_text(one.text) for one in course.exam.questions] in (kk, ru)
