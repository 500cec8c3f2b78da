"""Items that are typed line below line in a paragraph, or counted with Roman numbers, are lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import List, block_text

HEAD = {"md": "# Ботаника\n\n## Лекция 1. Лист\n\n", "txt": "Ботаника\n\nЛекция 1. Лист\n\n"}
END = "\n\nЛист дышит. Он растёт весной.\n"


def lists(path: Path, text: str) -> list[tuple[str, list[str]]]:
    """The lists of the lecture, each with the kind of its marks."""
    path.write_text(HEAD[path.suffix[1:]] + text + END, encoding="utf-8")
    (loaded,) = discovery.find_projects([path])
    ((session,),) = [week.sessions for week in build.understand(loaded).course.weeks]
    return [
        (block.marker, [block_text(item.blocks) for item in block.items])
        for block in session.blocks
        if isinstance(block, List)
    ]


@pytest.mark.parametrize(
    ("text", "marker", "items"),
    [
        ("а) пластинка листа;\nб) черешок;", "lower-alpha", ["пластинка листа;", "черешок;"]),
        ("а) лист, который\nбывает простым;\nб) черешок", "lower-alpha", ["лист, который бывает простым;", "черешок"]),
        ("a) the blade\nb) the stalk\nc) the veins", "lower-alpha", ["the blade", "the stalk", "the veins"]),
        ("(1) первое свойство\n(2) второе свойство", "paren", ["первое свойство", "второе свойство"]),
        ("– форма края\n– жилкование", "dash", ["форма края", "жилкование"]),
        ("• форма края\n• жилкование", "disc", ["форма края", "жилкование"]),
        ("Различают:\n(1) простые листья\n(2) сложные листья", "paren", ["простые листья", "сложные листья"]),
        ("(i) the blade\n(ii) the stalk", "lower-roman", ["the blade", "the stalk"]),
    ],
)  # fmt: skip
def test_lines_of_a_markdown_paragraph(text: str, marker: str, items: list[str], tmp_path: Path) -> None:
    assert lists(tmp_path / "a.md", text) == [(marker, items)]


@pytest.mark.parametrize(
    "text",
    [
        "Доктор А. Ли пишет\nо листьях и\nо корнях растений.",
        "Лист – это орган,\n– и он дышит.",
        "А. Пушкин писал стихи\nА. Блок писал поэмы",
        "В) третье свойство листа\nи ещё одно,\nД) пятое.",
    ],
)
def test_lines_that_are_wrapped(text: str, tmp_path: Path) -> None:
    assert [found for found in lists(tmp_path / "a.md", text) if len(found[1]) > 1] == []


@pytest.mark.parametrize("form", ["{})", "({})"])
@pytest.mark.parametrize("ending", ["md", "txt"])
def test_roman_numbers(form: str, ending: str, tmp_path: Path) -> None:
    counts = ["i", "ii", "iii", "iv", "v", "vi"]
    text = "\n".join(f"{form.format(count)} свойство {at}" for at, count in enumerate(counts))
    assert lists(tmp_path / f"a.{ending}", text) == [("lower-roman", [f"свойство {at}" for at in range(6)])]


def test_letters_that_are_no_numbers(tmp_path: Path) -> None:
    text = "\n\n".join(f"{letter}) property {letter}" for letter in "ghijk")
    ((marker, items),) = lists(tmp_path / "a.txt", text)
    assert (marker, len(items)) == ("lower-alpha", 5)
