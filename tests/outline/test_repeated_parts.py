"""Plain lines that come back once in each class head a part of it; what a document calls its classes is their kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack.model.blocks import block_text, inline_text
from tests.outline import documents

# The title that names the kind, the word that counts with its numbers, what is asked, what is read, what is written.
PAPERS = {
    "en": (
        "SEMINARS ON THE CITY",
        ("Topic one", "Topic two", "Topic three"),
        ("We argue", "What we read", "For next time"),
        ("What makes a street?", "Who owns a square?"),
        "Jacobs J. The Death and Life of Great American Cities.",
        "Describe one corner of your town in half a page.",
    ),
    "ru": (
        "СЕМИНАРЫ ПО УРБАНИСТИКЕ",
        ("Тема первая", "Тема вторая", "Тема третья"),
        ("Обсуждаем", "Читаем к занятию", "Письменно"),
        ("Что делает улицу улицей?", "Кому принадлежит площадь?"),
        "Джекобс Дж. Смерть и жизнь больших американских городов.",
        "Опишите один угол своего города на полстраницы.",
    ),
    "kk": (
        "ҚАЛАТАНУ СЕМИНАРЛАРЫ",
        ("1-тақырып", "2-тақырып", "3-тақырып"),
        ("Талқылаймыз", "Әдебиет", "Жазбаша"),
        ("Көшені не көше етеді?", "Алаң кімдікі?"),
        "Джекобс Дж. Үлкен қалалардың өмірі мен өлімі.",
        "Қалаңыздың бір бұрышын жарты бетте сипаттаңыз.",
    ),
}
TITLES = {
    "en": ("Streets", "Squares", "Yards"),
    "ru": ("Улицы", "Площади", "Дворы"),
    "kk": ("Көшелер", "Алаңдар", "Аулалар"),
}


def _text(language: str) -> str:
    title, counts, (ask, read, write), asked, book, work = PAPERS[language]
    made = [title, ""]
    for count, name in zip(counts, TITLES[language], strict=True):
        made += [f"{count}. {name}", "", ask, *(f"    — {one}" for one in asked)]
        made += [read, f"    {book}", write, f"    {work}", ""]
    return "\n".join(made)


@pytest.mark.parametrize("language", sorted(PAPERS))
def test_plain_lines_that_stand_once_in_each_class_head_its_parts(tmp_path: Path, language: str) -> None:
    (tmp_path / "plans.txt").write_text(_text(language), "utf-8")
    course = documents.read(tmp_path)["course"]
    _, _, _, asked, book, work = PAPERS[language]
    sessions = [one for _, one in course.sessions()]
    assert [(one.kind, one.number, one.title) for one in sessions] == [
        ("seminar", nth, name) for nth, name in enumerate(TITLES[language], 1)
    ]
    for one in sessions:
        assert [inline_text(topic.content) for topic in one.topics] == list(asked)
        assert list(one.literature) == [book]
        assert not one.blocks
    assert [block_text(a.blocks) for week in course.weeks for a in week.assignments] == [work] * 3


def test_a_foot_that_stands_in_each_class_heads_nothing(tmp_path: Path) -> None:
    lines = ["River notes", ""]
    for nth, name in enumerate(("Source", "Course", "Mouth"), 1):
        lines += [f"Lecture {nth}. {name}", "", f"Water falls at place {nth}, and it carries what it takes with it."]
        lines += [f"Nobody has seen all of it, as traveller {nth} wrote.", "Field station", "Southern branch", ""]
    (tmp_path / "notes.txt").write_text("\n".join(lines), "utf-8")
    sessions = [one for _, one in documents.read(tmp_path)["course"].sessions()]
    assert [one.title for one in sessions] == ["Source", "Course", "Mouth"]
    assert all(not one.review and not one.tasks and not one.literature for one in sessions)


def test_dated_seminars_keep_their_sources_and_what_they_ask(tmp_path: Path) -> None:
    days = ("12 January", "19 January", "26 January")
    books = ("Gillingham 1999", "Horrox 1994, chs 1-2", "Justice 1994")
    titles = ("RANSOM", "PLAGUE", "REVOLT")
    lines = ["Medieval Worlds: seminar programme", ""]
    for day, book, title in zip(days, books, titles, strict=True):
        lines += [day, title, f"Article: {book}", f"Why does a {title.lower()} need a letter?", ""]
    lines += ["2 February", "No meeting (reading week)", ""]
    (tmp_path / "plan.txt").write_text("\n".join(lines), "utf-8")
    course = documents.read(tmp_path)["course"]
    sessions = [one for _, one in course.sessions()]
    assert [(one.kind, one.title) for one in sessions] == [("seminar", title) for title in titles]
    assert [list(one.literature) for one in sessions] == [[book] for book in books]
    assert [len(one.topics) for one in sessions] == [1, 1, 1]
    assert course.about.year is None


def test_topics_with_text_stay_lectures_whatever_the_title_says(tmp_path: Path) -> None:
    text = "A river does not know its name, and the map does not know the river. " * 6
    lines = ["Seminar of hydrology", ""]
    for nth in (1, 2, 3):
        lines += [f"Topic {nth}. Water {nth}", "", text, ""]
    (tmp_path / "texts.txt").write_text("\n".join(lines), "utf-8")
    assert {one.kind for _, one in documents.read(tmp_path)["course"].sessions()} == {"lecture"}


def test_titles_of_a_reader_are_those_of_the_look_that_comes_first(tmp_path: Path) -> None:
    told = "My aunt kept the shop for thirty years, and what she could not sell she gave to the school next door. " * 2
    word = documents.Word()
    word.b("Staying: a reader").p("Prof. N. Adeyemi, Coast College")
    for title in ("The Shop", "What the Count Does Not Ask", "The Ferry"):
        word.b(title).p(told, "N. Ode, Letters from the Pier, 2011, pp. 8–9")
    word.p("For two meetings").p(told).p("Hand in").p("Write two pages on one person who stayed. " + told)
    word.save(tmp_path / "reader.docx")
    found = {one.title: len(one.blocks) for one in documents.read(tmp_path)["course"].readings}
    assert list(found) == ["The Shop", "What the Count Does Not Ask", "The Ferry", "For two meetings"]
