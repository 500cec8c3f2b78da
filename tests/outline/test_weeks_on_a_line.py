"""A week that is one line names its classes behind their kinds, under the headings of modules too."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery

HEADS = {
    "en": ("Modules and topics", "Module A. Plants", "Module B. Trees", "Week {n}", "Lecture", "Lab"),
    "ru": ("Темы курса", "Раздел А. Травы", "Раздел Б. Деревья", "Неделя {n}", "лекция", "лабораторная"),
    "kk": ("Модульдер мен тақырыптар", "А модулі. Шөптер", "Ә модулі. Ағаштар", "{n} апта", "дәріс", "зертхана"),
}
TITLES = [("Leaves of plants", "Drawing a leaf"), ("Roots of plants", "Measuring a root"), ("Stems", "Cutting a stem")]


@pytest.mark.parametrize(
    "form", ["{week} · {a}: {one} · {b}: {two}", "{week}: {a}: {one}; {b}: {two}", "{week} | {a}: {one} | {b}: {two}"]
)
@pytest.mark.parametrize("units", [True, False])
@pytest.mark.parametrize("language", HEADS)
def test_every_class_of_the_line_is_one(language: str, form: str, units: bool, tmp_path: Path) -> None:
    plan, first, second, week, a, b = HEADS[language]
    lines = [
        "- " + form.format(week=week.format(n=n), a=a, b=b, one=one, two=two) for n, (one, two) in enumerate(TITLES, 1)
    ]
    text = f"# Botany\n\n## {plan}\n\n"
    text += f"### {first}\n\n" * units + "\n".join(lines[:2]) + "\n\n" * units + f"### {second}\n" * units + "\n"
    (tmp_path / "plan.md").write_text(text + lines[2] + "\n", encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "plan.md"])
    understood = build.understand(loaded)
    assert [one.code for one in understood.findings if one.code.startswith("ledger")] == []
    found = [(week.number, one.kind, one.title) for week in understood.course.weeks for one in week.sessions]
    assert found == [
        (number, kind, title)
        for number, pair in enumerate(TITLES, 1)
        for kind, title in zip(("lecture", "laboratory"), pair, strict=True)
    ]
