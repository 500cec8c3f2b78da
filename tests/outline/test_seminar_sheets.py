"""Sheets that a word of work counts and that are seminars by what they hold: questions, a problem, what to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outline import documents

# The word that counts, the labels, the titles, what is asked, the problem and what is read.
SHEETS = {
    "en": (
        "Sheet",
        ("Prepare", "Problem", "Sources"),
        ("Who owns the river?", "Wells and pumps", "When the dam breaks"),
        ("What is a common good?", "Who may fence a spring?"),
        "A farmer digs a well beside his neighbour's and her well runs dry. Advise both of them.",
        ("Ostrom, E. Governing the Commons. Cambridge, 1990.", "Hardin v Ostrom"),
    ),
    "ru": (
        "Лист",
        ("К обсуждению", "Задача", "Литература"),
        ("Чья это река?", "Колодцы и насосы", "Когда рвется плотина"),
        ("Что такое общее благо?", "Кто вправе огородить родник?"),
        "Фермер вырыл колодец рядом с соседским, и соседский высох. Решите спор обеих сторон.",
        ("Остром Э. Управляя общим. М., 2010.", "Хардин Г. Трагедия общин. М., 2008."),
    ),
    "kk": (
        "Парақ",
        ("Талқылауға", "Есеп", "Әдебиет"),
        ("Өзен кімдікі?", "Құдық пен сорғы", "Бөгет бұзылғанда"),
        ("Ортақ игілік деген не?", "Бұлақты кім қоршай алады?"),
        "Фермер құдығын көршісінің қасынан қазды, көршінің құдығы кеуіп қалды. Екеуіне де кеңес беріңіз.",
        ("Остром Э. Ортақты басқару. Алматы, 2010.", "Хардин Г. Ортақ қайғы. Алматы, 2008."),
    ),
}


def _text(language: str, form: str) -> str:
    word, (ask, solve, read), titles, asked, problem, books = SHEETS[language]
    made = []
    for number, title in enumerate(titles, 1):
        if form == "md":
            made += [f"## {word} {number}. {title}", "", f"**{ask}:**", ""]
            made += [*(f"{n}. {one}" for n, one in enumerate(asked, 1)), "", f"**{solve}:**", "", problem, ""]
            made += [f"**{read}:**", "", *(f"- {one}" for one in books), ""]
        else:
            made += [f"{word} {number} / {title}", "-" * 70, f"{ask}:"]
            made += [f"   ({n}) {one}" for n, one in enumerate(asked, 1)]
            made += [f"{solve}:", f"   {problem}", f"{read}:", *(f"   {one}" for one in books), ""]
    return "\n".join(made)


@pytest.mark.parametrize("form", ["txt", "md"])
@pytest.mark.parametrize("language", sorted(SHEETS))
def test_sheets_of_questions_a_problem_and_books_are_seminars(tmp_path: Path, language: str, form: str) -> None:
    (tmp_path / f"sheets.{form}").write_text(_text(language, form), "utf-8")
    read = documents.read(tmp_path)
    _, _, titles, asked, problem, _ = SHEETS[language]
    assert [(number, title) for _, number, title in read["seminars"]] == list(enumerate(titles, 1))
    assert read["seminar topics"] == [list(asked)] * len(titles)
    assert read["seminar tasks"] == [[problem]] * len(titles)
    assert read["work"] == []
