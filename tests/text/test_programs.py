"""Programs among the lines of a text, told by their letters and their indentation."""

from __future__ import annotations

import pytest

from coursepack.text.programs import is_listing, programs

WHOLE = [
    'total = 0\nfor i in range(1, 11):\n    total += i\n    print("барлығы:", total)',
    '#include <stdio.h>\nint main(void) {\n    printf("Привет");  // сәлем\n    return 0;\n}',
    "SELECT name FROM students\nWHERE age > 18\nORDER BY name;",
    "CREATE TABLE t (\n    id INTEGER,\n    name TEXT\n);",
    "program Sum;\nvar a, b: integer;\nbegin\n  readln(a, b);\n  writeln(a + b);\nend.",
    "<ul>\n  <li>бір</li>\n  <li>екі</li>\n</ul>",
    'try\n{\n    Open();\n}\ncatch (IOException e)\n{\n    Console.WriteLine("Қате");\n}',
    ">>> a = 4\n>>> print(a)\n4",
    "$ sudo apt update\n$ ls -la",
    "public static void main(String[] args) {\n    System.out.println(args);\n}",
    "x <- c(1, 2, 3)\nmean(x)",
    "begin\n  readln(a, b); { екі сан }\n  writeln(a + b);\nend.",
    '#!/bin/bash\nfor f in *.txt; do\n  echo "$f файлы"\ndone',
    "def area(r):\n    # ауданы\n\n    return 3.14 * r ** 2\n\nprint(area(2))",
    "int[] а = new int[10];\nint[] b = а;",  # a Cyrillic «а» alone
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_program_is_one(text: str) -> None:
    lines = ["Мысал келтірейік:", "", *text.split("\n"), "", "Бағдарлама нәтижені экранға шығарады."]
    assert programs(lines) == [range(2, len(lines) - 2)]


NONE = [
    "compare the drivers of three habitats;\ncollect and analyse quadrat data;\ncritically appraise an assessment;",
    "Windows 7 Pro;\nGimp;\nASP.NET MVC;\nOpenProj;",
    "F = ma\nE = mc^2\ny = 2x + 3",
    "The function f(x) is defined for all x.\nIts derivative g(x) is not (see above).",
    "LO1  trace the principal shifts since 1919;\nLO2  apply two theories of inequality to evidence;",
    "1. int x = 5;\n2. int y = 6;",
    "a) print(x)\nb) println(x);",
    "- Start();\n- Stop();",
    "for the following reasons:\nthe first of them is the oldest one",
    "Дәріс мақсаты: деректер қоры туралы түсінік беру;\nбілім алушылар SQL тілін біледі;",
    "Apples (red);\nPears (green);",
    "x = 5;",
    "Monday: 10:00 - 11:00\nTuesday: 12:00 - 13:00",
    "# Heading\n## Another",
    "",
]


@pytest.mark.parametrize("text", NONE)
def test_prose_lists_and_formulas_are_none(text: str) -> None:
    assert programs(text.split("\n")) == []


def test_two_programs_stay_apart_and_prose_between_them_is_none() -> None:
    lines = ["a = 1;", "b(a);", "Мұнда a айнымалысы жарияланды.", "c = 2;", "d(c);"]
    assert programs(lines) == [range(2), range(3, 5)]


# --- lines that are indented


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
def test_indented_programs(text: str) -> None:
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
def test_indented_prose_and_lists(text: str) -> None:
    assert not is_listing(text)
