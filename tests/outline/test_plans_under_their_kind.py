"""Plans under headings that say of which kind their classes are; terms of a year that are data and no part."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outline import documents
from tests.outline.documents import Word

HEADS = {
    "en": ("Five practical weeks", ["Week", "Focus", "What you will do"], "practical"),
    "ru": ("Пять лабораторных недель", ["Неделя", "Фокус", "Что делаем"], "laboratory"),
    "kk": ("Бес семинар аптасы", ["Апта", "Басты назар", "Не істейміз"], "seminar"),
}


@pytest.mark.parametrize("language", HEADS)
def test_a_heading_tells_the_kind_of_the_classes_below_it(tmp_path: Path, language: str) -> None:
    head, columns, kind = HEADS[language]
    titles = ["Ward and people", "Charts", "Moving", "Food", "Handover"]
    rows = [[str(at), title, f"Do the {title.lower()} of the day."] for at, title in enumerate(titles, 1)]
    word = Word().b("WARD PRACTICE").p("Autumn Term 2026").h("Outcomes", 1).p("to chart", "to move a patient")
    word.h(head, 1).table([columns, *rows])
    word.save(tmp_path / "guide.docx")
    course = documents.read(tmp_path)["course"]
    assert [(one.kind, one.title) for _, one in course.sessions()] == [(kind, title) for title in titles]


@pytest.mark.parametrize(
    ("line", "semester", "year"),
    [
        ("Autumn Term 2026", "Autumn Term", "2026"),
        ("Fall 2026", "Fall 2026", None),
        ("Spring quarter", "Spring quarter", None),
    ],
)
def test_a_term_of_a_year_is_no_list_of_terms(tmp_path: Path, line: str, semester: str, year: str | None) -> None:
    head = [
        "CEDAR COLLEGE OF NURSING",
        "WARD PRACTICE",
        "Course guide",
        line,
        "",
        "Aim",
        "To learn the ward by day.",
        "",
    ]
    lines = [*head, "Lecture 1. Charts", "", "A chart shows how a patient fares from hour to hour.", ""]
    (tmp_path / "guide.txt").write_text("\n".join([*lines, "Lecture 2. Food", "", "Food is given at noon."]), "utf-8")
    about = documents.read(tmp_path)["course"].about
    assert (about.semester, about.year) == (semester, year)
