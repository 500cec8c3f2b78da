"""What the first lines of papers say beside the title: institutions, people, the course behind the kind of paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.course import Course
from coursepack.outline.tree import masthead
from coursepack.outline.tree.values import institutions, of_form

TEXT = (
    "What begins goes on for a while, and those who look at it long enough see that it goes on as it did not begin.",
    "That is why it is told here twice, once from the beginning and once from the end, with the middle left out of it.",
)


def course_of(folder: Path) -> Course:
    (loaded,) = find_projects([folder])
    return build.understand(loaded).course


def read(folder: Path, head: str, word: str = "Lecture") -> Course:
    lines = [head, ""]
    for n, title in enumerate(("The first steps", "The second steps", "The end"), 1):
        lines += [f"{word} {n}. {title}", "", *(f"{one}\n" for one in TEXT)]
    (folder / "paper.txt").write_text("\n".join(lines), encoding="utf-8")
    return course_of(folder)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Notes given by Professor Ines Varga at the Agricultural University of Debrec", ["Professor Ines Varga"]),
        ("Lecture notes by Tobias Hagen · Nordhavn Folk University · 2019", ["Tobias Hagen"]),
        ("Written by Ada Finch and Omar Said for first-year students", ["Ada Finch", "Omar Said"]),
        ("Lecturer in charge: Fiona Grant", ["Fiona Grant"]),
        ("Руководители практики: Совин Д.А., Чижова М.М.", ["Совин Д.А.", "Чижова М.М."]),
        ("Жетекшісі — Ақжолова Гүлнәр", ["Ақжолова Гүлнәр"]),
        ("decided by the whole of the class", []),
    ],
)
def test_who_teaches(line: str, found: list[str]) -> None:
    assert masthead.teachers(line) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "Рябиновский педагогический университет, кафедра биологии. Руководители: Совин Д.А.",
            [("university", "Рябиновский педагогический университет"), ("department", "кафедра биологии")],
        ),
        ("Given by Ines Varga at the University of Debrec", [("university", "University of Debrec")]),
        ("the University of Texas at Austin", [("university", "University of Texas at Austin")]),
        ("Ақжар теңіз академиясы, 2-курс", [("university", "Ақжар теңіз академиясы")]),
        ("Кафедра отырысы туралы бірер сөз айтылды ма екен бүгін", []),
    ],
)
def test_institutions(line: str, found: list[tuple[str, str]]) -> None:
    assert [*masthead.institutions(line)] == found


def test_a_line_with_a_person_is_no_institution() -> None:
    assert not [*institutions("доцент кафедры дизайна И. Л. Парчина")]
    assert [(one.name, one.value) for one in institutions("Кафедра дизайна")] == [("department", "Кафедра дизайна")]


def test_a_programme_behind_other_words() -> None:
    found = [(one.name, one.value) for one in of_form("для студентов 3 курса направления «Агрономия»")]
    assert ("programme", "Агрономия") in found


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Notes for the oral exam in Petrology\nInstitute of Earth Sciences, Karlovy Most University", "Petrology"),
        ("Lecture notes on Roman Roads\nSouthmoor University", "Roman Roads"),
        ("Lecture notes for the Summer School", None),
        ("University of West Haven\nTHE GREEN LABORATORY\nlecture notes", "THE GREEN LABORATORY"),
        ("Приозерский аграрный институт\nКонспект лекций по дисциплине\nПЛОДОВОДСТВО", "ПЛОДОВОДСТВО"),
        ("Welcome to Nutrition for Athletes!\nPrairie Community College", "Nutrition for Athletes"),
    ],
)
def test_the_course_behind_the_kind_of_paper(tmp_path: Path, head: str, title: str | None) -> None:
    found = read(tmp_path, head.replace("\n", "\n\n")).title
    assert found == title if title else found != "the Summer School"


def test_an_institute_of_a_university_is_a_department(tmp_path: Path) -> None:
    about = read(tmp_path, "# Rocks\n\nInstitute of Earth Sciences, Karlovy Most University").about
    assert (about.university, about.department, about.faculty) == (
        "Karlovy Most University",
        "Institute of Earth Sciences",
        None,
    )


def test_shares_of_a_table_make_a_course(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text(
        "# Gums\n\n## Nutshell\n\nGums bleed and teeth loosen, and all are told to brush harder.\n\n"
        "## Judging\n\n| Piece | Weight |\n|---|---|\n| Logbook | 40% |\n| Paper | 60% |\n\n"
        "## Things people ask\n\nTwo missed clinics without notice and the logbook is not accepted.\n",
        encoding="utf-8",
    )
    course = course_of(tmp_path)
    assert not [*course.sessions()]
    assert course.about.grading is not None
    assert [(one.name, one.percent) for one in course.about.grading.weights] == [("Logbook", 40.0), ("Paper", 60.0)]


def test_rules_behind_a_list_of_questions(tmp_path: Path) -> None:
    asked = "\n".join(f"{n}. What is the name of bone {n}?" for n in range(1, 9))
    (tmp_path / "oral.md").write_text(
        f"## Bones\n\n{asked}\n\n## The marks\n\nTen is for those who speak without help and show it.\n",
        encoding="utf-8",
    )
    course = course_of(tmp_path)
    assert course.exam is not None
    assert len(course.exam.questions) == 8
    assert [one.title for one in course.about.policies] == ["The marks"]
