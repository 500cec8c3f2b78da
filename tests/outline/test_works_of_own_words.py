"""Works of a laboratory that are told by what they hold: steps and questions, under labels of a teacher's own words."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from coursepack.model.blocks import block_text
from tests.outline import documents


class Manual(NamedTuple):
    """How a work is counted, the labels of its parts, what the manual ends with, titles, aim, needs, steps, questions,
    books."""

    work: str
    labels: tuple[str, str, str, str]
    end: str
    titles: tuple[str, ...]
    aim: str
    needs: str
    steps: tuple[str, ...]
    asked: tuple[str, ...]
    books: tuple[str, ...]


MANUALS = {
    "en": Manual(
        "Work {}",
        ("What we want to find out", "On the bench", "Step by step", "At the door"),
        "Take these home",
        ("Friction of a sledge", "Springs: the law of Hooke", "A pendulum on a thread"),
        "How the force depends on the load of the day.",
        "a sledge, two springs, a ruler.",
        ("Load the sledge with one brick.", "Pull slowly and read the spring.", "Repeat with two bricks."),
        ("Why must the pull be slow?", "What would ice change?"),
        ("Ashby, T. Slow Pulls. Hull: Plumb, 1998.", "Ruiz, P. (2015) Forces at Home. London: Kerb."),
    ),
    "ru": Manual(
        "Работа {}",
        ("Что хотим узнать", "Понадобится", "Как работаем", "К допуску"),
        "Что взять в библиотеке",
        ("Трение саней", "Пружины: опыт Гука", "Маятник на нитке"),
        "Как сила зависит от груза на санях.",
        "сани, две пружины, линейка.",
        ("Положите на сани один кирпич.", "Тяните медленно и читайте шкалу.", "Повторите с двумя кирпичами."),
        ("Почему тянут медленно?", "Что изменит лёд?"),
        ("Ашмарин Т. Тянем медленно. — Псков: Отвес, 1998. — 90 с.", "Руднев П. Силы. — М., 2015. — 40 с."),
    ),
    "kk": Manual(
        "№ {} жұмыс",
        ("Не үшін жасаймыз", "Үстелде болуы керек", "Қалай жүреді", "Қорғауға арналған сұрақтар"),
        "Кітапханадан алыңыз",
        ("Шананың үйкелісі", "Серіппе: Гук тәжірибесі", "Жіптегі маятник"),
        "күштің жүкке қалай тәуелді екенін көру.",
        "шана, екі серіппе, сызғыш.",
        ("Шанаға бір кірпіш салыңыз.", "Баяу тартып, шкаланы оқыңыз.", "Екі кірпішпен қайталаңыз."),
        ("Неге баяу тартамыз?", "Мұз нені өзгертеді?"),
        ("Ашбаев Т. Баяу тарту. – Орал: Шам, 1998. – 90 б.", "Рудаев П. Күш. – Алматы, 2015. – 40 б."),
    ),
}


def _text(manual: Manual, form: str) -> str:
    head, part = ("## ", "**{}**") if form == "md" else ("", "{}")
    lines: list[str] = []
    for number, title in enumerate(manual.titles, 1):
        lines += [f"{head}{manual.work.format(number)}", "", title, ""]
        lines += [f"{manual.labels[0]}: {manual.aim}", "", f"{manual.labels[1]}: {manual.needs}", ""]
        for label, items in ((manual.labels[2], manual.steps), (manual.labels[3], manual.asked)):
            lines += [part.format(label), "", *(f"{nth}. {one}" for nth, one in enumerate(items, 1)), ""]
    lines += [f"{head}{manual.end}", "", *(f"{nth}. {one}" for nth, one in enumerate(manual.books, 1)), ""]
    return "\n".join(lines)


@pytest.mark.parametrize("form", ["md", "txt"])
@pytest.mark.parametrize("language", sorted(MANUALS))
def test_works_of_steps_and_questions_are_a_laboratorys(tmp_path: Path, language: str, form: str) -> None:
    manual = MANUALS[language]
    (tmp_path / f"manual.{form}").write_text(_text(manual, form), "utf-8")
    read = documents.read(tmp_path)
    assert [(number, title) for _, number, title in read["laboratorys"]] == list(enumerate(manual.titles, 1))
    assert read["work"] == []
    assert read["laboratory tasks"] == [list(manual.steps)] * 3
    assert read["laboratory aims"] == [manual.aim] * 3
    sessions = [session for _, session in read["course"].sessions()]
    assert [block_text(one.equipment) for one in sessions] == [manual.needs] * 3
    assert [[block_text(q.text) for q in one.review] for one in sessions] == [list(manual.asked)] * 3
    assert read["course"].about.literature.basic == manual.books
    assert [one.literature for one in sessions] == [()] * 3
