"""What heads of Kazakh and Russian papers say beside the title, and wordings of parts that departments choose."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.course import Course
from coursepack.outline.tree.beside_title import values
from coursepack.outline.tree.course_title import only_paper, without_paper
from coursepack.outline.tree.values import beside_institution, institutions


def _read(at: Path, text: str) -> Course:
    (at / "paper.md").write_text(text, "utf-8")
    (loaded,) = find_projects([at / "paper.md"])
    return build.understand(loaded).course


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Уход за больными вопросы для экзамена", "Уход за больными"),
        ("Основы кормления конспект лекций", "Основы кормления"),
        ("Сорта яблонь программа курса для студентов", "Сорта яблонь"),
    ],
)
def test_the_name_of_a_paper_goes_on_behind_a_title(line: str, title: str) -> None:
    assert without_paper(line) == title


@pytest.mark.parametrize("line", ["Методика проверки контрольных работ", "Учебный план занятий"])
def test_a_title_that_speaks_of_papers_is_whole(line: str) -> None:
    assert without_paper(line) == ""


@pytest.mark.parametrize("line", ["ОҚЫТУ БАҒДАРЛАМАСЫ (СИЛЛАБУС)", "Модульдік бағдарлама", "Пән бағдарламасы"])
def test_programmes_are_papers_and_no_courses(line: str) -> None:
    assert only_paper(line)


@pytest.mark.parametrize(
    ("line", "name", "city"),
    [
        ("Степной аграрный колледж, г. Балхаш", "Степной аграрный колледж", "Балхаш"),
        ("Арал теңіз колледжі, Аралқұм қ.", "Арал теңіз колледжі", "Аралқұм"),
    ],
)
def test_a_marked_city_is_no_part_of_an_institution(line: str, name: str, city: str) -> None:
    assert [one.value for one in institutions(line)] == [name]
    assert [*beside_institution(line)] == [("city", city)]


def test_brackets_and_quotes_are_followed_by_the_programme() -> None:
    said = {one.name: one.value for one in values("ПЛАНЫ ВСТРЕЧ «Почвы» (программа 6B05203 «Почвоведение», 2 курс)")}
    assert said == {"programme": "6B05203 «Почвоведение»", "study_year": 2}
    assert [one.value for one in values("«Уход за садом» 6В08104 Плодоводство")] == ["6В08104 Плодоводство"]
    assert not [*values("О курсе «Почвы» и о другом, 2 курс")]


def test_a_syllabus_worded_as_a_department_words_it(tmp_path: Path) -> None:
    course = _read(
        tmp_path,
        "# Бау күтімі\n\n## Не үшін оқимыз\n\nЖеміс бағын күтуді үйрену.\n\n"
        "## Бұл курсқа дейін меңгерілуі тиіс пәндер\n\n- Ботаника\n- Топырақтану\n\n"
        "## Осы білім керек болатын пәндер\n\n- Көкөніс шаруашылығы\n\n"
        "## Оқитын кітаптар\n\nМіндетті:\n\n1. Асанов Қ. Бақ. – Алматы: Дән, 2018. – 90 б.\n\n"
        "Қалауынша:\n\n1. Сериков Б. Алма. – Шымкент: Дән, 2020. – 40 б.\n",
    )
    about = course.about
    assert about.literature is not None
    assert about.prerequisites == ("Ботаника", "Топырақтану")
    assert about.postrequisites == ("Көкөніс шаруашылығы",)
    assert len(about.literature.basic) == len(about.literature.additional) == 1
    assert "Алма" in str(about.literature.additional)


def test_hours_in_brackets_below_a_title_are_no_text(tmp_path: Path) -> None:
    course = _read(
        tmp_path,
        "# Арбор\n\n"
        + "".join(
            f"### {n}-сабақ. {t}\n\n*({h} сағат)*\n\n**Орындаймыз**\n\n1. Сызба сызыңдар.\n\n" for n, t, h in ROOMS
        ),
    )
    found = [one for week in course.weeks for one in week.sessions]
    assert [(one.title, one.hours, len(one.blocks)) for one in found] == [(t, h, 0) for _, t, h in ROOMS]


ROOMS = ((1, "Қамыс үй", 3), (2, "Тас үй", 2))
