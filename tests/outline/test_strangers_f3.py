"""Classes that a plan and a file of another hand name alike, and answers behind a minus of any shape."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text
from coursepack.model.questions import MultipleChoice

PLANS = {
    "en": ("Week", "Topic", "Tides and Winds", "Currents", "TIDES AND WINDS", "The moon pulls the water of the sea."),
    "ru": ("Неделя", "Лекция", "Приливы и ветры", "Течения", "ПРИЛИВЫ И ВЕТРЫ", "Луна притягивает воду моря."),
    "kk": ("Апта", "Дәріс", "Толысу мен жел", "Ағындар", "ТОЛЫСУ МЕН ЖЕЛ", "Ай теңіз суын өзіне тартады."),
}


def _folder(at: Path, language: str, name: str, head: str) -> Path:
    week, topic, first, second, _, said = PLANS[language]
    rows = "".join(f"| {n} | {title} |\n" for n, title in enumerate((second, first, f"{second} 2"), 1))
    (at / "syllabus.md").write_text(f"# Sea\n\n| {week} | {topic} |\n|---|---|\n{rows}", "utf-8")
    (at / name).write_text(f"# {head}\n\n{said}\n\n{said} 2\n", "utf-8")
    return at


@pytest.mark.parametrize("language", sorted(PLANS))
@pytest.mark.parametrize("capitals", [False, True])
def test_a_file_without_a_number_is_the_class_of_its_title(tmp_path: Path, language: str, *, capitals: bool) -> None:
    head = PLANS[language][4 if capitals else 2]
    name = {"en": "lecture notes.md", "ru": "лекция.md", "kk": "дәріс.md"}[language]
    (loaded,) = find_projects([_folder(tmp_path, language, name, head)])
    read = build.understand(loaded)
    said = PLANS[language][5]
    found = [
        (week.number, one.number, one.title, block_text(one.blocks))
        for week in read.course.weeks
        for one in week.sessions
    ]
    assert found == [
        (1, 1, PLANS[language][3], ""),
        (2, 2, PLANS[language][2], f"{said}\n{said} 2"),
        (3, 3, PLANS[language][3] + " 2", ""),
    ]


@pytest.mark.parametrize("minus", ["-", "–", "—", "−", "‒", "‐"])
def test_a_minus_before_a_wrong_answer_is_a_sign_of_any_shape(tmp_path: Path, minus: str) -> None:
    asked = [("What is salt?", ("a metal", "a mineral", "a gas")), ("What is ice?", ("water", "glass", "steam"))]
    lines = [
        line
        for n, (stem, answers) in enumerate(asked)
        for line in (stem, *(f"{'+' if at == (n + 1) % 2 else minus} {one}" for at, one in enumerate(answers)), "")
    ]
    (tmp_path / "test.txt").write_text("\n".join(lines), "utf-8")
    (loaded,) = find_projects([tmp_path])
    exam = build.understand(loaded).course.exam
    assert exam is not None
    found = [
        (block_text(one.text), [(block_text(answer.content), answer.fraction) for answer in one.choices])
        for one in exam.questions
        if isinstance(one, MultipleChoice)
    ]
    assert found == [
        (stem, [(answer, float(at == (n + 1) % 2)) for at, answer in enumerate(answers)])
        for n, (stem, answers) in enumerate(asked)
    ]
