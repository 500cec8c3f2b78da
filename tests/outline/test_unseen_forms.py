"""Forms of course documents that came up in papers of others: what each part of a small paper becomes."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.blocks import block_text, inline_text
from coursepack.model.course import Course, Session


def read(folder: Path, name: str, text: str) -> Course:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    (loaded,) = find_projects([path])
    return build.understand(loaded).course


def sessions(course: Course) -> list[Session]:
    return [one for week in course.weeks for one in week.sessions]


def work(course: Course) -> list[tuple[int, str]]:
    return [(week.number, block_text(one.blocks)) for week in course.weeks for one in week.assignments]


WEEKS = {
    "en": ("Week", ("Topics", "Readings", "What’s Due"), "Nothing"),
    "ru": ("Неделя", ("Темы", "Что читать", "Что сдать"), "нет"),
    "kk": ("Апта", ("Тақырыптар", "Оқуға", "Тапсыру мерзімі"), "жоқ"),
}


@pytest.mark.parametrize("language", WEEKS)
def test_headings_below_weeks_are_the_labels_of_their_entries(tmp_path: Path, language: str) -> None:
    week, (topics, read_, due), nothing = WEEKS[language]
    titles = {
        "en": ("Lichens", "Mosses", "Ferns"),
        "ru": ("Лишайники", "Мхи", "Папоротники"),
        "kk": ("Қыналар", "Мүктер", "Қырықжапырақтар"),
    }[language]
    text = "# BOT 100: Botany\n\n"
    for number, title in enumerate(titles, 1):
        handed = f"Herbarium {number}" if number == 2 else nothing
        text += (
            f"## {week} {number}: {title}\n\n### {topics}\n- {title} A\n- {title} B\n\n"
            f"### {read_}\n- Lund (2021), {number}\n\n### {due}\n- {handed}\n\n"
        )
    course = read(tmp_path, "schedule.md", text)
    assert [one.title for one in sessions(course)] == list(titles)
    assert [[inline_text(point.content) for point in one.topics] for one in sessions(course)] == [
        [f"{one} A", f"{one} B"] for one in titles
    ]
    assert [len(one.literature) for one in sessions(course)] == [1, 1, 1]
    assert work(course) == [(2, "Herbarium 2")]


LAB = """# Introduction

In this lab you make the list of films.

# Setting up

Copy the folder of the last lab into a new one.

# Members

## Add

Adds a film to the list.

### Parameters

- The film to add.

### Returns

The new film.

## Remove

Removes a film from the list.

### Parameters

- The number of the film.

### Returns

Whether there was such a film.
"""


@pytest.mark.parametrize(
    ("name", "kind", "number"),
    [
        ("Lab 3.md", "laboratory", 3),
        ("Лабораторная работа 3.md", "laboratory", 3),
        ("3-зертханалық жұмыс.md", "laboratory", 3),
        ("Practical 2.md", "practical", 2),
        ("Lecture 5.md", "lecture", 5),
    ],
)
def test_a_file_whose_name_counts_a_class_is_one_class(tmp_path: Path, name: str, kind: str, number: int) -> None:
    course = read(tmp_path, name, LAB)
    assert [(one.kind, one.number) for one in sessions(course)] == [(kind, number)]
    assert not course.about.policies


def test_a_sign_behind_a_title_in_bold_type_is_none_of_its_text(tmp_path: Path) -> None:
    text = "# Botany\n\nSyllabus\n\n## Rules\n\n"
    text += "**Late work**: five marks a day.\n\n**Academic honesty**: say what you took.\n"
    (late, honesty) = read(tmp_path, "rules.md", text).about.policies
    assert [late.title, honesty.title] == ["Late work", "Academic honesty"]
    assert [block_text(part.blocks) for part in (late, honesty)] == [
        "five marks a day.",
        "say what you took.",
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "WHEN YOU WALK OUT YOU CAN",
        "If you pass, we can trust you to",
        "By the bell they can…",
        "What the evidence must show",
    ],
)
def test_words_that_a_list_of_outcomes_completes(tmp_path: Path, lead: str) -> None:
    text = f"# Welding\n\nSyllabus\n\n## {lead}\n\n"
    text += "* set the wire speed\n* bend a coupon\n\n## Late work\n\nNone is taken.\n"
    assert list(read(tmp_path, "syllabus.md", text).about.outcomes) == ["set the wire speed", "bend a coupon"]
