"""The form of what is declared: every field with where it comes from, tables of rows, a whole department, dates."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from coursepack.model.course import About
from coursepack.review import declared, origins
from tests.review.pages import TOML, Visit, text_of, visit

SYLLABUS = """# Syllabus

Course code: SL 101

Credits: 5

Instructor: Aigerim Sadykova, e-mail: a.sadykova@example.org

Department: Soil Science

## Grading

| Part of the mark | Per cent |
|---|---|
| Term | 60 |
| Exam | 40 |

## Literature

1. Brady N. The nature and properties of soils. – London: Pearson, 2016. – 1104 p.
2. White R. Principles of soil science. – Oxford: Blackwell, 2005. – 363 p.

## Tasks for independent work

1. Draw a section through a hill.
2. Weigh a litre of dry sand.
"""
NAMED = TOML.replace("soil.md", "syllabus.md").replace("textbook", "syllabus")


@pytest.fixture
def course(tmp_path: Path) -> Visit:
    folder = tmp_path / "faculty" / "soil"
    folder.mkdir(parents=True)
    return visit(folder, {"syllabus.md": SYLLABUS}, NAMED)


def shown(seen: Visit, path: str, act: str) -> dict[str, str]:
    """The fields of the form of an act."""
    forms: Any = html.fromstring(seen.get(path)).xpath("//form")
    (form,) = [form for form in forms if form.fields.get("act") == act and "file" not in form.fields]
    return {name: value or "" for name, value in form.form_values()}


def sent(seen: Visit, path: str, act: str, **changed: str) -> None:
    """The form of an act as the page shows it, with some fields filled in otherwise."""
    fields = shown(seen, path, act)
    assert set(changed) <= set(fields) | {"place"}
    answer = seen.send("/act", **{**fields, **changed})
    assert answer.status_code == 200, text_of(answer.text)


def about(seen: Visit) -> About:
    return seen.pages.review.now().understood.course.about


def test_where_each_value_comes_from(course: Visit) -> None:
    (course.folder.parent / "department.toml").write_text('[about]\nuniversity = "Abai"\n', "utf-8")
    (course.folder / "course.toml").write_text(NAMED + '\n[about]\ncity = "Almaty"\n', "utf-8")
    now = course.pages.review.now()
    found = {field.name: origins.origin(now, field) for field in declared.FIELDS}
    lines = now.understood.ledgers[0].units
    read = {name: lines[one.place.first] for name, one in found.items() if one.kind == "read" and one.place}
    assert read["code"] == "Course code: SL 101"
    assert read["credits"] == "Credits: 5"
    assert read["teachers"].startswith("Instructor: Aigerim")
    assert read["department"] == "Department: Soil Science"
    assert read["grading.weights"] == "Term"
    assert read["literature.basic"].endswith("1104 p.")
    assert (found["city"].kind, str(found["city"].place)) == ("course", "course.toml:11")
    assert (found["university"].kind, str(found["university"].place)) == ("department", "../department.toml:2")
    assert found["faculty"].kind == ""
    page = text_of(course.get("/about"))
    assert "../department.toml:2" in page
    assert "nobody said it" in page


def test_a_form_that_nobody_changed_writes_nothing(course: Visit) -> None:
    answer = course.send("/act", **shown(course, "/about", "about"))
    assert answer.status_code == 409
    assert course.toml == NAMED


def test_a_second_teacher(course: Visit) -> None:
    sent(
        course,
        "/about",
        "about",
        **{"teachers.1.name": "Dana Omarova", "teachers.1.degree": "PhD", "teachers.2.name": "Ivan Petrov"},
    )
    assert [(one.name, one.email, one.degree) for one in about(course).teachers] == [
        ("Aigerim Sadykova", "a.sadykova@example.org", None),
        ("Dana Omarova", None, "PhD"),
        ("Ivan Petrov", None, None),
    ]
    sent(course, "/about", "about", **{"teachers.0.name": "", "teachers.0.email": ""})
    assert [one.name for one in about(course).teachers] == ["Dana Omarova", "Ivan Petrov"]


def test_a_field_of_a_table_keeps_the_others(course: Visit) -> None:
    """Documents add nothing to a table that is declared: what they said of it is declared with it."""
    before = about(course)
    assert before.grading is not None
    sent(course, "/about", "about", **{"literature.internet": "soils.example.org", "grading.preset": "60/40"})
    made = about(course)
    assert made.literature.basic == before.literature.basic
    assert made.literature.internet == ("soils.example.org",)
    assert made.grading is not None
    assert made.grading.preset == "60/40"
    assert before.grading.blocks
    assert made.grading.blocks == before.grading.blocks
    assert made.grading.weights == before.grading.weights
    assert [one for one in course.pages.review.now().understood.findings if one.severity == "error"] == []


def test_policies_signatures_and_interim_controls(course: Visit) -> None:
    sent(
        course,
        "/about",
        "about",
        **{
            "policies.0.title": "Late work",
            "policies.0.text": "A day costs five points.\n\nA week costs all.",
            "signatures.0.role": "Head of department",
            "signatures.1.role": "Dean",
            "signatures.1.name": "A. B.",
            "grading.interim.0.after_week": "7",
            "grading.interim.0.name": "First control",
            "grading.interim.0.points": "30,5",
        },
    )
    made = about(course)
    assert [(one.title, len(one.blocks)) for one in made.policies] == [("Late work", 2)]
    assert [(one.role, one.name) for one in made.signatures] == [("Head of department", None), ("Dean", "A. B.")]
    assert made.grading is not None
    assert [(one.after_week, one.name, one.points) for one in made.grading.interim] == [(7, "First control", 30.5)]
    sent(course, "/about", "about", **{"policies.0.title": "Late works"})
    assert [(one.title, len(one.blocks)) for one in about(course).policies] == [("Late works", 2)]


def test_a_wrong_number_is_refused(course: Visit) -> None:
    answer = course.send("/act", act="about", credits="five")
    assert answer.status_code == 409
    assert "'five' is no number" in text_of(answer.text)
    assert course.toml == NAMED


def test_points_and_dates_of_all_tasks_at_once(course: Visit) -> None:
    ids = [one.id for week in course.pages.review.now().understood.course.weeks for one in week.assignments]
    assert len(ids) == 2
    sent(
        course, "/about", "tasks", **{f"{ids[0]}.points": "10", f"{ids[1]}.due": "2026-11-20", f"{ids[1]}.hours": "1,5"}
    )
    assert tomllib.loads(course.toml)["assignment"] == [
        {"assignment": ids[0], "points": 10},
        {"assignment": ids[1], "hours": 1.5, "due": "2026-11-20"},
    ]
    sent(course, "/about", "tasks", **{f"{ids[0]}.points": "20"})
    assert tomllib.loads(course.toml)["assignment"][0] == {"assignment": ids[0], "points": 20}


def test_dates_and_the_exam(course: Visit) -> None:
    sent(
        course,
        "/about",
        "settings",
        **{"moodle-backup.start": "2026-09-01", "exam.release": "practice", "timezone": ""},
    )
    made = tomllib.loads(course.toml)
    assert (made["moodle-backup"], made["exam"]) == ({"start": "2026-09-01"}, {"release": "practice"})
    answer = course.send("/act", act="settings", **{"moodle-backup.end": "some day", "was.moodle-backup.end": ""})
    assert answer.status_code in {200, 409}


def test_the_language_of_a_file(course: Visit) -> None:
    course.act("language", file="syllabus.md", language="en")
    assert tomllib.loads(course.toml)["source"][0]["language"] == "en"
    course.act("language", file="syllabus.md", language="")
    assert "language" not in tomllib.loads(course.toml)["source"][0]


def test_a_whole_department(course: Visit) -> None:
    """One form for all courses of a folder; it is undone as any act, and told from what a course says itself."""
    other = course.folder.parent / "water"
    visit(other, {"syllabus.md": SYLLABUS}, NAMED.replace('"soil"', '"water"'))
    file = course.folder.parent / "department.toml"
    sent(course, "/department", "department", university="Abai University", **{"signatures.0.role": "Dean"})
    assert tomllib.loads(file.read_text("utf-8"))["about"] == {
        "university": "Abai University",
        "signatures": [{"role": "Dean"}],
    }
    assert course.toml == NAMED
    assert about(course).university == "Abai University"
    assert about(visit(other, {}, None)).university == "Abai University"
    sent(course, "/department", "department", city="Almaty")
    assert re.search(r'value="Abai University"', course.get("/department"))
    stale = course.send("/undo")
    assert stale.status_code == 200
    assert "city" not in tomllib.loads(file.read_text("utf-8"))["about"]
    course.send("/undo")
    assert not file.exists()


def test_a_department_that_was_changed_meanwhile_is_not_overwritten(course: Visit) -> None:
    file = course.folder.parent / "department.toml"
    file.write_text('[about]\ncity = "Almaty"\n', "utf-8")
    stale = course.pages.review.now().revision
    file.write_text('[about]\ncity = "Astana"\n', "utf-8")
    answer = course.send("/act", act="department", university="Abai", revision=stale)
    assert answer.status_code == 409
    assert file.read_text("utf-8") == '[about]\ncity = "Astana"\n'


def test_a_field_is_written_to_the_edition_that_is_shown(tmp_path: Path) -> None:
    both = 'languages = ["en", "ru"]\n'
    more = (
        '\n[about]\ncode = "SL 101" # of both\ncredits = 5\n\n'
        '[about.en]\nfaculty = "Geology"\n\n[about.ru]\nfaculty = "Геологический"\naim = "Читать почву"\n'
    )
    there = NAMED.replace("\n[[source]]", f"\n{both}\n[[source]]", 1) + more
    seen = visit(tmp_path, {"syllabus.md": SYLLABUS, "ru.md": "Лекция 1. Почва\n\nПочва есть слой земли.\n"}, there)
    fields = shown(seen, "/about", "about")
    assert fields["faculty"] == "Geology"
    assert fields["aim"] == ""
    before = seen.toml
    seen.send("/act", **{**fields, "faculty": "Geography", "aim": "To read soils.", "credits": "6"})
    said = tomllib.loads(seen.toml)["about"]
    assert said == {
        "code": "SL 101",
        "credits": 6,
        "en": {"faculty": "Geography", "aim": "To read soils."},
        "ru": {"faculty": "Геологический", "aim": "Читать почву"},
    }
    assert 'code = "SL 101" # of both' in seen.toml
    assert "course.toml:" in seen.get("/about")
    seen.send("/undo")
    assert seen.toml == before


def test_a_course_of_one_edition_keeps_its_only_table(tmp_path: Path) -> None:
    there = NAMED + '\n[about.en]\nfaculty = "Geology"\n'
    seen = visit(tmp_path, {"syllabus.md": SYLLABUS}, there)
    seen.send("/act", **{**shown(seen, "/about", "about"), "faculty": "Geography"})
    assert tomllib.loads(seen.toml)["about"] == {"en": {"faculty": "Geography"}}
