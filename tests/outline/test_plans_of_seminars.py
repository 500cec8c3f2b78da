"""Plans of seminars as lecturers lay them out: numbers alone, labels and lists of any wording, kinds of classes."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Session
from tests.outline import documents


def _read(folder: Path, text: str, name: str = "plans.txt") -> list[Session]:
    (folder / name).write_text(text, "utf-8")
    return [session for _, session in documents.read(folder)["course"].sessions()]


def _titles(sessions: list[Session]) -> list[tuple[str, int | None, str | None]]:
    return [(one.kind, one.number, one.title) for one in sessions]


def _topics(session: Session) -> list[str]:
    return [inline_text(one.content).rstrip(".;") for one in session.topics]


def _tasks(session: Session) -> list[str]:
    return [block_text(one.blocks) for one in session.tasks]


_TITLES = ("МИФ И ЛОГОС", "СОКРАТ И УЧЕНИКИ", "ПЛАТОН")


def test_numbers_alone_below_a_line_that_names_seminars_count_seminars(tmp_path: Path) -> None:
    parts = [
        f"№ {at}\n{title}\nПункты беседы: 1) истоки; 2) спор о началах; 3) наследие.\nК занятию: нарисовать схему {at}."
        for at, title in enumerate(_TITLES, 1)
    ]
    text = "\n\n".join(["УРАЛЬСКИЙ ГУМАНИТАРНЫЙ УНИВЕРСИТЕТ\nСЕМИНАРСКИЕ ЗАНЯТИЯ ПО ФИЛОСОФИИ", *parts])
    sessions = _read(tmp_path, text)
    assert _titles(sessions) == [("seminar", at, title) for at, title in enumerate(_TITLES, 1)]
    assert [_topics(one) for one in sessions] == [["истоки", "спор о началах", "наследие"]] * 3
    assert [_tasks(one) for one in sessions] == [[f"нарисовать схему {at}."] for at in (1, 2, 3)]


def test_practical_classes_that_are_called_seminars_in_brackets(tmp_path: Path) -> None:
    parts = [
        f"Занятие {at}. {title}\n\nПлан занятия\n1. Истоки.\n2. Наследие.\n\nПрактические задания\n1. Составьте схему."
        for at, title in enumerate(_TITLES, 1)
    ]
    text = "\n\n".join(["ПРАКТИЧЕСКИЕ (СЕМИНАРСКИЕ) ЗАНЯТИЯ\nпо дисциплине «Философия»", *parts])
    sessions = _read(tmp_path, text)
    assert _titles(sessions) == [("seminar", at, title) for at, title in enumerate(_TITLES, 1)]
    assert [_topics(one) for one in sessions] == [["Истоки", "Наследие"]] * 3


def test_a_short_ending_behind_the_number_of_a_class(tmp_path: Path) -> None:
    parts = [
        f"{at}-е занятие: {title}\nВопросы:\n  1. Истоки.\n  2. Наследие.\nРабота на занятии:\n  1. Составить схему."
        for at, title in enumerate(_TITLES, 1)
    ]
    sessions = _read(tmp_path, "\n\n".join(["Кафедра философии\nПланы занятий (семинары), 1 семестр", *parts]))
    assert _titles(sessions) == [("seminar", at, title) for at, title in enumerate(_TITLES, 1)]
    assert [_tasks(one) for one in sessions] == [["Составить схему."]] * 3


@pytest.mark.parametrize(
    ("when", "week"), [("(week {0})", True), ("({0} October)", False), ("[October {0}, 2025]", False)]
)
def test_when_a_seminar_is_held_is_no_part_of_its_title(tmp_path: Path, when: str, week: bool) -> None:
    names = ["Monks and money", "Towns (and guilds)", "Plague"]
    parts = [
        f"## Meeting {at}. {name} {when.format(2 * at)}\n\n*Key points*\n\n- the rule\n- the land\n"
        for at, name in enumerate(names, 1)
    ]
    (tmp_path / "plans.md").write_text("\n".join(["# Medieval Worlds: Seminars\n", *parts]), "utf-8")
    held = [*documents.read(tmp_path)["course"].sessions()]
    assert [one.title for _, one in held] == names
    if week:
        assert [in_week.number for in_week, _ in held] == [2, 4, 6]


def test_a_list_below_a_label_that_comes_back_before_an_exercise(tmp_path: Path) -> None:
    parts = [
        f"## Встреча {word}. {title}\n\nК разговору:\n\n* истоки;\n* наследие.\n\nУпражнение. Нарисуйте схему.\n"
        for word, title in zip(("первая", "вторая", "третья"), _TITLES, strict=True)
    ]
    sessions = _read(tmp_path, "\n".join(["# Семинары по философии\n", *parts]), "plans.md")
    assert [_topics(one) for one in sessions] == [["истоки", "наследие"]] * 3
    assert [_tasks(one) for one in sessions] == [["Нарисуйте схему."]] * 3
