"""Weeks of a schedule that list what is read and done, an item each, as most English syllabi do."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Course

HEAD = """# Digital Archives

Instructor: Dr. Ann Reed, reed@example.edu

## Weekly Schedule

"""
TITLES = ("Introduction", "Preservation", "Storage", "Formats")


def _course(folder: Path, week: str) -> Course:
    weeks = "\n".join(week.format(n=nth, t=title) for nth, title in enumerate(TITLES, 1))
    (folder / "syllabus.md").write_text(HEAD + weeks, "utf-8")
    (loaded,) = find_projects([folder])
    return build.understand(loaded).course


def _held(course: Course) -> list[tuple[int, str, str | None, str, tuple[str, ...]]]:
    return [
        (
            week.number,
            one.kind,
            one.title,
            "; ".join([block_text(one.blocks), *(inline_text(topic.content) for topic in one.topics)]).strip("; "),
            one.literature,
        )
        for week, one in course.sessions()
    ]


READ = {
    "chapter behind a name": ("- Read: Owens, Chapter {n}\n", "Owens, Chapter {n}"),
    "chapter alone": ("- Reading: Chapter {n}\n", "Chapter {n}"),
    "without a list": ("Read: Owens, Chapter {n}\n", "Owens, Chapter {n}"),
    "without a label": ("- Owens, Chapter {n}\n- Smith, chapter {n}2\n", "Owens, Chapter {n}"),
}


@pytest.mark.parametrize(("line", "book"), READ.values(), ids=READ.keys())
def test_a_chapter_that_is_read_is_no_class(tmp_path: Path, line: str, book: str) -> None:
    found = _held(_course(tmp_path, "### Week {n}: {t}\n\n" + line))
    assert [one[:3] for one in found] == [(nth, "lecture", title) for nth, title in enumerate(TITLES, 1)]
    assert [one[4][0] for one in found] == [book.format(n=nth) for nth in (1, 2, 3, 4)]


def test_an_item_that_says_what_is_read_ends_with_itself(tmp_path: Path) -> None:
    found = _held(
        _course(tmp_path, "### Week {n}: {t}\n\n- Read: Owens, part {n}\n- Explore: the map of {t}\n- A walk\n")
    )
    assert [(one[3], one[4]) for one in found] == [
        (f"Explore: the map of {title}; A walk", (f"Owens, part {nth}",)) for nth, title in enumerate(TITLES, 1)
    ]


def test_a_week_over_items_of_another_kind_is_a_class_too(tmp_path: Path) -> None:
    week = "### Week {n}: {t}\n\n- Read: Owens, Chapter {n}\n- Make: a map\n- **Discussion {n}: Old {t}**\n\n"
    found = _held(_course(tmp_path, week))
    assert found == [
        one
        for nth, title in enumerate(TITLES, 1)
        for one in (
            (nth, "lecture", title, "Make: a map", (f"Owens, Chapter {nth}",)),
            (nth, "seminar", f"Old {title}", "", ()),
        )
    ]


def test_a_week_over_a_lecture_among_its_items_is_none(tmp_path: Path) -> None:
    week = "### Week {n}: {t}\n\n- Bring a pen.\n- Lecture {n}: On {t}\n- Lab {n}: Try {t}\n\n"
    course = _course(tmp_path, week)
    assert [week.title for week in course.weeks] == list(TITLES)
    assert _held(course) == [
        one
        for nth, title in enumerate(TITLES, 1)
        for one in (
            (nth, "lecture", f"On {title}", "Bring a pen.", ()),
            (nth, "laboratory", f"Try {title}", "", ()),
        )
    ]


LANGUAGES = {
    "en": ("Week {n}: {t}", ("Read chapter {n}.", "Reading: chapter {n}", "Textbook, Chapter {n}")),
    "ru": ("Неделя {n}. {t}", ("Прочитать главу {n}.", "Чтение: глава {n}", "Учебник, глава {n}")),
    "kk": ("{n}-апта. {t}", ("Оқулық: {n}-тарау", "Оқулық, {n}-тарау")),
}
IN_LANGUAGES = {
    "en": TITLES,
    "ru": ("Введение", "Хранение", "Форматы", "Поиск"),
    "kk": ("Кіріспе сабақ", "Сақтау", "Пішімдер", "Іздеу"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("nth", [0, 1, -1])
def test_what_is_read_counts_no_class_in_any_language(tmp_path: Path, language: str, nth: int) -> None:
    head, lines = LANGUAGES[language]
    titles = IN_LANGUAGES[language]
    weeks = [f"### {head.format(n=n, t=t)}\n\n{lines[nth].format(n=n)}\n" for n, t in enumerate(titles, 1)]
    (tmp_path / "plan.md").write_text("# Syllabus\n\n" + "\n".join(weeks), "utf-8")
    (loaded,) = find_projects([tmp_path])
    course = build.understand(loaded).course
    assert [(week.number, one.title) for week, one in course.sessions()] == [*enumerate(titles, 1)]
