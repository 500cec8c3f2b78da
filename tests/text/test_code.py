"""Letters of programs, told from prose and lists that are indented."""

from __future__ import annotations

import pytest

from coursepack.text.code import is_listing


@pytest.mark.parametrize(
    "text",
    [
        "for i in range(3):\n    print(i)\n\nx = 2",
        "отступ = код\n  ещё = 1",
        "#include <stdio.h>\nint main(void)\n{\n    return 0;\n}",
        "SELECT id\n  FROM t\n WHERE a = 1;",
        "$ git status",
        "if (a && b) {\n  c++;\n}",
        "<p>\n  text\n</p>",
    ],
)
def test_programs(text: str) -> None:
    assert is_listing(text)


@pytest.mark.parametrize(
    "text",
    [
        "Этот абзац начинается с четырёх пробелов, как пишут красную строку, и есть простой текст.",
        "Лекция 1. Базы данных",
        "1. Что вернёт f(x)?\na) 1;\nb) 2;",
        "– первое;\n– второе;",
        "Сеть (network) есть набор узлов; узел – точка сети:",
        "Дәріс мақсаты: деректер қоры туралы түсінік беру;",
        "The first of them is the oldest one; the second came later.",
        "",
    ],
)
def test_prose_and_lists(text: str) -> None:
    assert not is_listing(text)
