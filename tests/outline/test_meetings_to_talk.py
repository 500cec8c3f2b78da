"""Meetings of no stated kind that are seminars by what they hold: points to talk about, something to do, books."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from coursepack.model.blocks import block_text
from coursepack.outline.tree import masthead
from tests.outline import documents


class Plan(NamedTuple):
    """The words of a plan: institution and its department, course, who, what is said of all, the label of a meeting
    with its numbers, the labels of its parts, and the meetings."""

    institution: tuple[str, str]
    course: str
    who: str
    foreword: str
    counts: tuple[str, str, str]
    labels: tuple[str, str, str]
    titles: tuple[str, str, str]
    points: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    task: str
    book: str


PLANS = {
    "en": Plan(
        ("Marsh End College", "Department of Old Trades"),
        "Ropes and Knots",
        "Taught by Nell Porter",
        "Everybody brings a piece of rope to each meeting. Those who come late sit by the door.",
        ("MEETING ONE\t", "MEETING TWO\t", "MEETING THREE\t"),
        ("We shall quarrel over", "With your hands", "On the shelf"),
        ("Hemp and its rivals", "The clove hitch", "Splices"),
        (
            ("why hemp rots", "what a sailor pays for nylon", "who grows hemp today"),
            ("where the hitch slips", "how a knot is named"),
            ("when a splice is stronger than the rope", "which tools a rigger carries"),
        ),
        "Make the knot of the day behind your back and let a neighbour judge it.",
        "Ashby, T. The Long Rope. Hull: Plumb, 1998, chapter 2.",
    ),
    "ru": Plan(
        ("Заозёрный университет", "Сектор ремёсел"),
        "Верёвки и узлы",
        "Ведёт: Портнова Нелли Ильинична",
        "На каждую встречу приносят кусок верёвки. Опоздавшие садятся у двери.",
        ("Встреча первая. ", "Встреча вторая. ", "Встреча третья. "),
        ("Спорим", "Вяжем руками", "На полке"),
        ("Пенька и соперники", "Выбленочный узел", "Сплесень"),
        (
            ("Почему пенька гниёт?", "Сколько стоит капрон?", "Кто растит коноплю?"),
            ("Где скользит узел?", "Как узлу дают имя?"),
            ("Когда сплесень прочнее верёвки?", "Что носит с собой такелажник?"),
        ),
        "Завяжите узел дня за спиной и дайте соседу его оценить.",
        "Ашмарин Т. Длинная верёвка. — Псков: Отвес, 1998. — Гл. 2.",
    ),
    "kk": Plan(
        ("Көлтабан институты", "Қолөнер секторы"),
        "Арқан және түйін",
        "Сабақты жүргізетін: Нұргүл Порталқызы",
        "Әр кездесуге бір бөлік арқан әкелінеді. Кешіккен адам есік жанына отырады.",
        ("Бірінші кездесу. ", "Екінші кездесу. ", "Үшінші кездесу. "),
        ("Талқыланатын мәселелер", "Қолмен байлаймыз", "Кітап сөресі"),
        ("Қыл арқан", "Кермен түйін", "Өрім"),
        (
            ("Қыл арқан неге шіриді?", "Капрон қанша тұрады?", "Арқанды кім еседі?"),
            ("Түйін қай жерден босайды?", "Түйінге ат қалай қойылады?"),
            ("Өрім қашан арқаннан мықты?", "Ұста қандай құрал алып жүреді?"),
        ),
        "Бүгінгі түйінді арқаңыздың артынан байлап, көршіңізге бағалатыңыз.",
        "Ашбаев Т. Ұзын арқан. – Орал: Шам, 1998. – 40 б.",
    ),
}


def _lines(plan: Plan, form: str) -> list[str]:
    head, title, mark = ("## ", "# ", "- ") if form == "md" else ("", "", "* ")
    lines = [*plan.institution, f"{title}{plan.course}", plan.who, plan.foreword]
    for count, name, points in zip(plan.counts, plan.titles, plan.points, strict=True):
        lines += [f"{head}{count}{name}", plan.labels[0], *(mark + point for point in points)]
        lines += [plan.labels[1], plan.task, plan.labels[2], plan.book]
    return lines


def _write(folder: Path, plan: Plan, form: str) -> None:
    text = "\n\n".join(_lines(plan, form)).replace("\n\n* ", "\n* ").replace("\n\n- ", "\n- ")
    (folder / f"plan.{form}").write_text(text + "\n", "utf-8")


@pytest.mark.parametrize("form", ["md", "txt"])
@pytest.mark.parametrize("language", sorted(PLANS))
def test_meetings_of_points_a_task_and_books_are_seminars(tmp_path: Path, language: str, form: str) -> None:
    plan = PLANS[language]
    _write(tmp_path, plan, form)
    read = documents.read(tmp_path)
    assert [title for _, _, title in read["seminars"]] == list(plan.titles)
    assert [number for _, number, _ in read["seminars"]] == [1, 2, 3]
    assert read["lectures"] == []
    assert read["seminar topics"] == [list(points) for points in plan.points]
    assert read["seminar tasks"] == [[plan.task]] * 3
    books = [list(each.literature) for _, each in read["course"].sessions()]
    assert books == [[plan.book]] * 3


@pytest.mark.parametrize("form", ["md", "txt"])
@pytest.mark.parametrize("language", sorted(PLANS))
def test_what_is_said_of_all_meetings_opens_the_course(tmp_path: Path, language: str, form: str) -> None:
    plan = PLANS[language]
    _write(tmp_path, plan, form)
    course = documents.read(tmp_path)["course"]
    assert course.title == plan.course
    assert course.about.department == plan.institution[1]
    assert course.introduction is not None
    assert block_text(course.introduction.blocks) == plan.foreword


def test_a_sentence_that_ends_in_the_word_for_a_department_names_none() -> None:
    told = "Тексты лежат в папке кафедры. Распечатки приносить не нужно, карандаш нужен."
    assert list(masthead.institutions(told)) == []
    assert list(masthead.institutions("Учебные тексты кафедры")) == [("department", "Учебные тексты кафедры")]
