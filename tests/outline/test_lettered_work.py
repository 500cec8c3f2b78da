"""Work that letters count, and work that is due at an edge of the term."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.outline.tree import due
from tests.outline import documents

SHEETS = {
    "en": ("Sheet", "Take-home sheets", "(week {n}, 20 marks, in by Friday {n} May)"),
    "ru": ("Задание", "Домашние задания", "({n} неделя, 20 баллов, сдать до {n} мая)"),
}
TITLES = {"en": ("Circles", "Chance", "Roots"), "ru": ("Круги", "Случай", "Корни")}
TASKS = {"en": "Solve it in two ways.", "ru": "Решите двумя способами."}


@pytest.mark.parametrize("language", sorted(SHEETS))
def test_a_letter_before_the_title_of_work_is_no_part_of_it(tmp_path: Path, language: str) -> None:
    word, name, terms = SHEETS[language]
    made = [f"# {name}", ""]
    for letter, n, title in zip("ABC" if language == "en" else "АБВ", (2, 4, 6), TITLES[language], strict=True):
        made += [f"{word} {letter} {title} {terms.format(n=n)}", "", f"1. {TASKS[language]}", f"2. {title}?", ""]
    (tmp_path / "work.md").write_text("\n".join(made), "utf-8")
    loaded = documents.read(tmp_path)
    assert [points for _, _, _, points, _ in loaded["work"]] == [20, 20, 20]
    assert [text.split("\n")[-1] for _, _, text, _, _ in loaded["work"]] == [f"{one}?" for one in TITLES[language]]


@pytest.mark.parametrize(
    "text",
    [
        "Essay (due at the end of the semester)",
        "A survey (hand over on the last day of term)",
        "Реферат (сдать к концу семестра)",
        "Реферат. Сдать на последнем занятии.",
        "Реферат (тапсыру мерзімі: семестр соңы)",
    ],
)
def test_an_edge_of_the_term_is_a_day(text: str) -> None:
    found = due.inside(text)
    assert found is not None
    assert due.without(text) in {text.split(" (", maxsplit=1)[0], text.split(".", maxsplit=1)[0]}


@pytest.mark.parametrize("text", ["the end", "the last chapter", "конец главы", "соңы"])
def test_other_ends_are_no_days(text: str) -> None:
    assert not due.is_day(text)
