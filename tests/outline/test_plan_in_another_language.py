"""A plan in one language and lectures in another; a sheet of independent work whose tasks list cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.outline import Understood

PLAN = """# Бейнелерді тану теориясы

Пән коды: ВТ 3308

| Апта | Дәріс тақырыбы | Сағат | Әдебиет |
| --- | --- | --- | --- |
| 1 | Бейнелерді тану теориясына кіріспе және негізгі ұғымдар | 2 | Амиргалиев Е. Н. Тану теориясы. – Алматы, 2002. |
| 2 | Танудың алгоритмдері мен әдістері, олардың түрлері | 2 | Васильев В. Н. Тану жүйелері. – Киев, 1983. |
| 3 | Нейрондық желілерді оқыту және олардың құрылымы | 2 | Журавлев Ю. И. Тану есептері. – Мәскеу, 1978. |
"""
TEXT = "Задача распознавания состоит в том, чтобы отнести объект к одному из классов по его признакам и описаниям. " * 6


def read(folder: Path, *lectures: tuple[int, str]) -> Understood:
    (folder / "силлабус.md").write_text(PLAN, encoding="utf-8")
    for number, title in lectures:
        text = f"# Лекция {number}. {title}\n\n{TEXT}\n\nПризнаки бывают разные, и выбирают их до начала работы.\n"
        (folder / f"Лекция {number}.md").write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([folder])
    return build.understand(loaded)


def test_a_lecture_in_russian_is_that_of_its_number_in_a_kazakh_plan(tmp_path: Path) -> None:
    found = read(tmp_path, (1, "Постановка задачи распознавания"), (2, "Детерминистские методы"))
    sessions = [(one.number, bool(one.blocks)) for week in found.course.weeks for one in week.sessions]
    assert sessions == [(1, True), (2, True), (3, False)]
    codes = [one.code for one in found.findings]
    assert "outline-number-twice" not in codes
    assert codes.count("outline-titles-differ") == 2


def test_two_titles_in_one_language_stay_two_classes(tmp_path: Path) -> None:
    (tmp_path / "Дәріс 1.md").write_text(
        "# 1-дәріс. Мал шаруашылығының негіздері\n\n"
        + "Мал шаруашылығы ауыл шаруашылығының саласы, ол елді азық-түлікпен қамтамасыз етеді. " * 6,
        encoding="utf-8",
    )
    found = read(tmp_path)
    assert "outline-number-twice" in [one.code for one in found.findings]


@pytest.mark.parametrize("head", ["СРС/СРМП", "СРСП", "Самостоятельная работа"])
def test_cases_of_tasks_are_no_answers_to_choose_from(head: str, tmp_path: Path) -> None:
    task = "Отрезок может быть: а) вертикальный, б) горизонтальный, в) наклонный. На выходе программы число линий."
    lines = [head, *(f"{n}. Массив содержит фигуры {n}-го вида.\n\n{task}" for n in range(1, 6))]
    (tmp_path / "sheet.md").write_text("\n\n".join(lines), encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "sheet.md"])
    course = build.understand(loaded).course
    assert course.exam is None
    assert len([task for week in course.weeks for task in week.assignments]) == 5
