"""Tables of terms whose terms are called as columns, or as parts of a course, are."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import Table, block_text
from tests.outline.test_quotes_and_listings import markdown

RU = (
    "# Лекция 1. Слово\n\nСлово есть единица языка, которая называет предметы и явления.\n\n# Глоссарий\n\n",
    "Слово есть единица языка, которая называет предметы и явления.",
)
KK = (
    (
        "# 1-дәріс. Сөз\n\nТіл бірліктері заттар мен құбылыстарды атайды, олардың формасы мен мағынасы болады.\n\n"
        "# Глоссарий\n\n"
    ),
    "Тіл бірліктері заттар мен құбылыстарды атайды, олардың формасы мен мағынасы болады.",
)
EN = (
    "# Lecture 1. Words\n\nA word is a unit of language that names things and events.\n\n# Glossary\n\n",
    "A word is a unit of language that names things and events.",
)


def table(*rows: tuple[str, ...], head: int = 0) -> str:
    """A table in HTML, its first ``head`` rows marked as its head."""
    made = "".join(
        "<tr>" + "".join(f"<{tag}>{text}</{tag}>" for text in row) + "</tr>"
        for at, row in enumerate(rows)
        for tag in ("th" if at < head else "td",)
    )
    return f"<table>{made}</table>\n"


@pytest.mark.parametrize(
    ("text", "rows", "heads"),
    [
        (RU, (("Термин", "слово, которое точно называет понятие науки"), ("Лексема", "слово во всех формах")), 0),
        (RU, (("Термин", "имя понятия"), ("Лексема", "слово во всех формах")), 0),
        (RU, (("Термин", "Определение"), ("Лексема", "слово во всех формах"), ("Термин", "имя понятия")), 1),
        (RU, (("Термин", "Пояснение автора"), ("Лексема", "слово во всех формах"), ("Знак", "имя понятия")), 1),
        (
            RU,
            (
                ("Термин", "Определение"),
                ("Цель", "желаемый итог обучения"),
                ("Задача", "шаг к цели"),
                ("Лекция", "рассказ преподавателя"),
                ("Термин", "точное имя понятия"),
                ("Оценка", "мера того, что усвоено"),
            ),
            1,
        ),
        (KK, (("Термин", "ғылым ұғымын дәл атайтын сөз"), ("Лексема", "сөздің барлық формасы")), 0),
        (KK, (("Термин", "Анықтамасы"), ("Мақсат", "қалаған нәтиже"), ("Термин", "ұғымның дәл аты")), 1),
        (EN, (("Term", "a word that names exactly one notion"), ("Lexeme", "a word in all forms")), 0),
        (EN, (("Term", "Definition"), ("Aim", "what is to be reached"), ("Term", "the name of a notion")), 1),
    ],
)
def test_a_term_may_be_called_term(
    tmp_path: Path, text: tuple[str, str], rows: tuple[tuple[str, str], ...], heads: int
) -> None:
    for number, marked in enumerate(dict.fromkeys((0, heads))):
        folder = tmp_path / str(number)
        folder.mkdir()
        course = markdown(folder, text[0] + table(*rows, head=marked))
        assert [(one.term, block_text(one.definition)) for one in course.glossary] == list(rows[heads:])
        ((_, session),) = course.sessions()
        assert block_text(session.blocks) == text[1]


def test_a_table_of_markdown_has_a_head_by_its_form_alone(tmp_path: Path) -> None:
    rows = "| Term | a word that names exactly one notion |\n|---|---|\n| Lexeme | a word in all forms |\n"
    course = markdown(tmp_path, EN[0] + rows)
    assert [one.term for one in course.glossary] == ["Term", "Lexeme"]
    course = markdown(
        tmp_path, EN[0] + rows.replace("| Term | a word that names exactly one notion |", "| Word | Sense |")
    )
    assert [one.term for one in course.glossary] == ["Lexeme"]


@pytest.mark.parametrize(
    ("lecture", "glossary"),
    [("Lecture 1. Loops", "Glossary"), ("Лекция 1. Циклы", "Глоссарий"), ("1-дәріс. Циклдер", "Глоссарий")],
)
def test_terms_as_headings_behind_a_class_of_lists_are_not_the_whole_document(
    tmp_path: Path, lecture: str, glossary: str
) -> None:
    course = markdown(
        tmp_path,
        f"# Introduction to Programming\n\n## {lecture}\n\nText before the list.\n\n1. First item\n2. Second item\n\n"
        "   ```python\n   for i in range(3):\n       print(i)\n   ```\n\n3. Third item\n\nBetween.\n\n1. ```python\n"
        "   x = 1\n   ```\n2. ```python\n   y = 2\n   ```\n\n   after the listing\n3. Last\n\n"
        f"## {glossary}\n\n## Loop\n\nA statement that repeats.\n\n## Array\n\nA row of values of one kind.\n\n"
        "## Pointer\n\nA variable that holds an address.\n",
    )
    sessions = list(course.sessions())
    assert len(sessions) == 1
    said = block_text(sessions[0][1].blocks)
    assert [each in said for each in ("Text before the list.", "First item", "Between.", "Last")] == [True] * 4


WORDS = """# Words for the dairy

**Raw milk** – milk that nobody has heated above forty degrees.

**Rennet*** – an enzyme that makes milk set; a star marks what the oral test asks.

**Whey** – what is left of milk when the curd is taken away.

| Family | Weeks in store | Humidity, % |
| --- | --- | --- |
| Fresh | 0–1 | – |
| White bloom | 3–5 | 92 |
| Washed | 6–12 | 95 |
"""


def test_signs_behind_terms_and_tables_of_numbers_are_no_terms(tmp_path: Path) -> None:
    (tmp_path / "glossary.md").write_text(WORDS, encoding="utf-8")
    (loaded,) = discovery.find_projects([tmp_path / "glossary.md"])
    course = build.understand(loaded).course
    assert [one.term for one in course.glossary] == ["Raw milk", "Rennet", "Whey"]
    [table] = [block for block in course.glossary[-1].definition if isinstance(block, Table)]
    assert [[block_text(cell.blocks) for cell in row.cells] for row in table.rows][1] == ["Fresh", "0–1", "–"]
