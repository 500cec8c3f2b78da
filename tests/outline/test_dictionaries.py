"""Dictionaries in two columns, with letters between their terms, whatever their title says."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text
from coursepack.model.course import Course
from tests.outline import documents
from tests.outline.documents import Word

TERMS = {
    "en": [
        ("Batten", "a thin strip of wood that is nailed over a joint so that no draught comes in"),
        ("Dowel", "a round peg that holds two boards"),
        ("Gable", "the wall below the end of a roof with two slopes, often of boards"),
        ("Joist", "a beam that carries a floor from wall to wall and the ceiling below it"),
        ("Purlin", "a beam along the roof below the rafters"),
        ("Wall plate", "the timber on top of a wall"),
    ],
    "ru": [
        ("Балка", "брус, на который опирается перекрытие и всё, что на нём стоит и лежит"),
        ("Венец", "ряд брёвен по кругу сруба"),
        ("Матица", "главная балка потолка, поперёк которой кладут доски или плахи"),
        ("Нагель", "деревянный гвоздь, который держит венцы один на другом без железа"),
        ("Стропила", "опора кровли из двух брусьев"),
        ("Обвязка", "нижний венец под стеной дома"),
    ],
}
LETTERS = {"en": ["A to F", "G to Z"], "ru": ["– А … М –", "Н–Я"]}


def columns(terms: list[tuple[str, str]]) -> list[str]:
    """Terms with their meanings in a column of their own, over several lines."""
    lines: list[str] = []
    for term, meaning in terms:
        first, rest = meaning[:44], meaning[44:]
        while rest and not first.endswith(" "):
            first, rest = first[:-1], first[-1] + rest
        lines += [f"{term:<16}{first.strip()}", *([" " * 16 + rest] if rest else [])]
    return lines


def terms(course: Course) -> list[tuple[str, str]]:
    return [(one.term, block_text(one.definition)) for one in course.glossary]


@pytest.mark.parametrize("language", TERMS)
@pytest.mark.parametrize("title", ["CARPENTRY WORKSHOP 2", "БЕСЕДА 2. ПЛОТНИКАМ"])
def test_meanings_go_on_in_their_column(tmp_path: Path, language: str, title: str) -> None:
    first, second = LETTERS[language]
    lines = [title, "", first, "", *columns(TERMS[language][:3]), "", second, "", *columns(TERMS[language][3:])]
    (tmp_path / "words.txt").write_text("\n".join(lines), encoding="utf-8")
    course = documents.read(tmp_path)["course"]
    assert terms(course) == TERMS[language]
    assert not list(course.sessions())


@pytest.mark.parametrize("language", TERMS)
@pytest.mark.parametrize("heads", [True, False])
def test_letters_are_rows_of_a_table_of_terms(tmp_path: Path, language: str, *, heads: bool) -> None:
    told = [[f"{term}*" if at == 1 else term, meaning] for at, (term, meaning) in enumerate(TERMS[language])]
    top = {"en": ["Term", "Meaning"], "ru": ["Термин", "Значение"]}[language] if heads else None
    rows = [*([top] if top else []), ["B", ""], *told[:3], ["Н", ""], *told[3:]]
    word = Word().h({"en": "Glossary", "ru": "Словарик"}[language]).table(rows)
    book = {"en": "Hill J. Timber. – Leeds, 2001.", "ru": "Крейндлин Л. Н. Плотничные работы. – М., 1999."}[language]
    word.h({"en": "Where we took it", "ru": "Откуда мы это знаем"}[language], 2).p(book, style="List Bullet")
    word.save(tmp_path / "words.docx")
    course = documents.read(tmp_path)["course"]
    assert terms(course) == TERMS[language]
    assert course.about.literature is not None
    assert [block_text(one) if not isinstance(one, str) else one for one in course.about.literature.basic] == [book]
