"""Lectures that nothing but a number counts, each with the same questions at its end, below the last heading inside."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery

TALKS = {
    "ru": ("Микроклимат города", "Тексты бесед для слушателей 4 курса", "Вопросы для разговора"),
    "kk": ("Қала микроклиматы", "4 курс тыңдаушыларына арналған әңгімелер", "Талқылау сұрақтары"),
    "en": ("Climate of cities", "Texts of talks for students of the fourth year", "Questions to talk over"),
}
TEXT = "Камень и асфальт днём запасают тепло и отдают его после заката, а стены ловят отражённый свет и держат его."


@pytest.mark.parametrize("language", TALKS)
def test_each_numbered_part_with_the_same_questions_is_a_class(language: str, tmp_path: Path) -> None:
    title, paper, questions = TALKS[language]
    lines = [f"# {title}", paper]
    for number, name in enumerate(("Остров тепла", "Ветер среди домов", "Тень и деревья", "Шум"), 1):
        lines += [f"## {number}. {name}", TEXT]
        lines += ["### Три приёма", TEXT] * (number % 2)
        level = "####" if number % 2 else "###"
        lines += [f"{level} {questions}", f"- Почему {name.lower()} заметнее ночью?", "- Чем это измеряют?"]
    (tmp_path / "talks.md").write_text("\n\n".join(lines), encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "talks.md"])
    course = build.understand(loaded).course
    found = [(one.number, one.title, len(one.review)) for week in course.weeks for one in week.sessions]
    assert found == [
        (1, "Остров тепла", 2),
        (2, "Ветер среди домов", 2),
        (3, "Тень и деревья", 2),
        (4, "Шум", 2),
    ]


def test_areas_that_hold_such_questions_deep_inside_are_no_classes(tmp_path: Path) -> None:
    """Two headings are too few, and none of them is counted."""
    lines = ["# Рынок", "## Теория", TEXT, "### Спрос", TEXT, "#### Вопросы", "- Что такое спрос?", "- А цена?"]
    lines += ["## Практика", TEXT, "### Задача", TEXT, "#### Вопросы", "- Что дано?", "- Что найти?"]
    (tmp_path / "lecture.md").write_text("\n\n".join(lines), encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "lecture.md"])
    course = build.understand(loaded).course
    assert len([one for week in course.weeks for one in week.sessions]) == 1
