"""Persons that a line names with their posts, wherever on it, and lines below a paper that say who made it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.course import Teacher
from coursepack.outline.tree.named import persons
from coursepack.outline.tree.people import Person
from tests.outline.documents import Word, read


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Дайындаған: PhD, қауымд. проф. Төлебаева Ж. С.", ["PhD, қауымд. проф. Төлебаева Ж. С."]),
        ("лекция для студентов 3 курса, читает доц. Рябушкин Е. В.", ["доц. Рябушкин Е. В."]),
        (
            "Конспекты, весенний семестр. Ведёт Г. Л. Осокин, консультации по вторникам в 16:10",
            ["Г. Л. Осокин, консультации по вторникам в 16:10"],
        ),
        ("гр. 2-ГФ   ауд. 118   преп. Ильмурзин Д.С.", ["преп. Ильмурзин Д.С."]),
        (
            "О. М. Берсенева, канд. вет. наук, доцент; Т. Ш. Юлаева, ассистент",
            ["О. М. Берсенева, канд. вет. наук, доцент", "Т. Ш. Юлаева, ассистент"],
        ),
        ("доцент Молдабеков Қ. Ж., оқытушы Сәрсенова А. Б.", ["доцент Молдабеков Қ. Ж.", "оқытушы Сәрсенова А. Б."]),
        ("Авторы: Н. Ким, А. Ли", ["Н. Ким", "А. Ли"]),
        ("Тьютор Әлімхан Рауан, 305-бөлме", ["Тьютор Әлімхан Рауан, 305-бөлме"]),
        ("Преподаватель спецдисциплин ______ Жунусова Р.Б.", ["Жунусова Р.Б., Преподаватель спецдисциплин"]),
        ("Университет имени академика К. И. Сатпаева", []),
        ("Ш. Есенов атындағы Каспий университеті", []),
        ("Академик И. П. Павлов открыл рефлексы", []),
        ("Кафедра меңгерушісі ____ С. Ж. Ахметова", []),
        ("Котлер Ф. Основы маркетинга. М., 2010.", []),
        ("Выполнил: студент гр. 21 Иванов И. И.", []),
    ],
)
def test_persons_of_a_line(line: str, found: list[str]) -> None:
    assert persons(line) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("к.и.н., доцент Смагулов Б. К.", {"degree": "к.и.н.", "post": "доцент", "name": "Смагулов Б. К."}),
        ("канд. геогр. наук, доц. Лужин П.Е.", {"degree": "канд. геогр. наук", "post": "доц.", "name": "Лужин П.Е."}),
        ("п.ғ.к., доцент м.а. Ж.Қ. Сейтқали", {"degree": "п.ғ.к.", "post": "доцент м.а.", "name": "Ж.Қ. Сейтқали"}),
        (
            "профессор, д.т.н. Иванов Пётр Сергеевич (каб. 214, вт 15:00)",
            {
                "post": "профессор",
                "degree": "д.т.н.",
                "name": "Иванов Пётр Сергеевич",
                "room": "214",
                "office_hours": "вт 15:00",
            },
        ),
    ],
)
def test_titles_before_a_name(text: str, found: dict[str, str]) -> None:
    assert Person(text).said == found


def test_who_made_a_list_of_questions(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "«Педагогика» пәнінен емтихан сұрақтары\n\n1. Педагогика пәні нені зерттейді?\n2. Тәрбие ұғымы.\n"
        "3. Дидактика принциптері.\n4. Сабақ түрлері.\n\nДайындаған: аға оқытушы Г. Н. Оспанова\n",
        "utf-8",
    )
    course = read(file)
    assert len(course["exam"]) == 4
    assert course["about"].teachers == (Teacher(name="Г. Н. Оспанова", post="аға оқытушы"),)


def test_several_who_made_a_manual(tmp_path: Path) -> None:
    word = Word()
    for text in ("«Топырақтану»", "Құрастырғандар: доцент Молдабеков Қ. Ж., оқытушы Сәрсенова А. Б."):
        word.p(text)
    for number in (1, 2):
        word.p(f"№{number} зертханалық сабақ. Ылғалдылық {number}")
        word.p("Бақылау сұрақтары:")
        word.p("1. Ылғалдылық деген не?")
    course = read(word.save(tmp_path / "a.docx"))
    assert [(one.name, one.post) for one in course["about"].teachers] == [
        ("Молдабеков Қ. Ж.", "доцент"),
        ("Сәрсенова А. Б.", "оқытушы"),
    ]
