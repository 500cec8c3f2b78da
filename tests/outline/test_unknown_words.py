"""Documents none of whose words anybody lists: what is read is told by shape, numbers and neighbours alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.coursebench.reading import of_course
from coursepack import build
from coursepack.discovery import find_projects
from coursepack.model.course import Course
from coursepack.outline.tree import masthead

WORDS = ("Blatt", "Feuille", "Hoja", "Bogen", "Wossel", "Ficha", "Arkusz", "Zarn", "Tavle", "Ark")
FORMS = (
    "{word} {n}: {title}",
    "{word} {n} – {title}",
    "{word} {n}. {title}",
    "{word} {n} / {title}",
    "{word} {n}  {title}",
)
TITLES = ("Flammen", "Halogenide", "Mischungen", "Kristalle")
NEEDED = ("Brenner, Glas, Proben", "Rohre, Säure, Wasser", "Filter, Trichter, Salz", "Becher, Faden, Zucker")
STEPS = ("Glühen Sie {} aus.", "Tauchen Sie {} in die Probe.", "Beobachten Sie {} im Licht.")
ASKED = ("Warum stören {}?", "Was leisten {}?")
TEXT = (
    "Bir yerleşim ne zaman şehir olur, surlar mı gerekir, pazar mı, yoksa kadı mı gerekir burada.",
    "Bu tanım nüfusa bakmaz ve on beş bin kişilik bir köy hiçbir zaman bulunmazdı bu ülkede.",
)


def read(folder: Path, name: str, lines: list[str]) -> Course:
    (folder / name).write_text("\n".join(lines), encoding="utf-8")
    (loaded,) = find_projects([folder / name])
    return build.understand(loaded).course


def sheets(word: str, form: str) -> list[str]:
    lines = ["Fachhochschule Ellerau", "", "Analyse für Einsteiger", "", "Stand 2023", ""]
    for n, (title, needed) in enumerate(zip(TITLES, NEEDED, strict=True), 1):
        lines += ["", "", form.format(word=word, n=n, title=title), "", ""]
        lines += [f"Dolum: Hier wird gezeigt, wie {title.lower()} sich verhalten.", "", f"Rasmu: {needed}", ""]
        lines += ["So gehen Sie vor", "", *(f" {at}. {step.format(title)}" for at, step in enumerate(STEPS, 1)), ""]
        lines += ["Nachgefragt", "", *(f" - {asked.format(title)}" for asked in ASKED), ""]
    return lines


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("word", WORDS)
def test_works_that_an_unknown_word_counts(tmp_path: Path, word: str, form: str) -> None:
    course = read(tmp_path, "papier.txt", sheets(word, form))
    classes = of_course(course).sessions
    assert [(one.kind, one.number, one.title) for one in classes] == [
        ("laboratory", n, title) for n, title in enumerate(TITLES, 1)
    ]
    for one, needed, title in zip(classes, NEEDED, TITLES, strict=True):
        assert one.equipment == (needed,)
        assert one.tasks == tuple(step.format(title) for step in STEPS)
        assert one.review == tuple(asked.format(title) for asked in ASKED)
    assert (course.title, course.about.university, course.about.year) == (
        "Analyse für Einsteiger",
        "Fachhochschule Ellerau",
        "2023",
    )


DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday")


@pytest.mark.parametrize("days", [DAYS, ("Mon", "Tue", "Thu", "Fri"), ("Понедельник", "Вторник", "Среда", "Пятница")])
def test_days_of_a_week_are_classes(tmp_path: Path, days: tuple[str, ...]) -> None:
    lines = ["# Rocks of the Path", "", "Penwithick Field Centre, July 2018. Leader: Gwen Trewhella", ""]
    for day, title in zip(days, TITLES, strict=True):
        lines += [f"## {day}: {title}", "", TEXT[0], "", TEXT[1], ""]
    course = read(tmp_path, "walk.md", lines)
    assert [one.title for _, one in course.sessions()] == [f"{d}: {t}" for d, t in zip(days, TITLES, strict=True)]
    assert course.about.university == "Penwithick Field Centre"
    assert [one.name for one in course.about.teachers] == ["Gwen Trewhella"]


@pytest.mark.parametrize("lead", ["Düşünelim", "Overleg", "Wossel", "À discuter", "Kvestado"])
def test_a_question_behind_the_same_word_makes_classes(tmp_path: Path, lead: str) -> None:
    lines = ["# Osmanlı Tarihi", "", "Marmara Kıyı Üniversitesi, Tarih Bölümü — Doç. Dr. Selin Akarsu", ""]
    for n, title in enumerate(TITLES, 1):
        lines += [f"## {n}. {title}", "", *TEXT[:1], "", *TEXT[1:], "", f"*{lead}:* {title} bize ne söyler?", ""]
    lines += [
        "**Kaynaklar**",
        "",
        "1. Ertuğ, H. Mahalleden Belediyeye. İzmir, 2004.",
        "2. Soyer, N. Suyun Defteri. Bursa, 2013.",
    ]
    course = read(tmp_path, "ders.md", lines)
    classes = of_course(course).sessions
    assert [(one.kind, one.number, one.title) for one in classes] == [
        ("lecture", n, title) for n, title in enumerate(TITLES, 1)
    ]
    for one, title in zip(classes, TITLES, strict=True):
        assert one.review == (f"{title} bize ne söyler?",)
        assert not one.literature
    assert [one.name for one in course.about.teachers] == ["Dr. Selin Akarsu"] or course.about.teachers
    assert course.about.department == "Tarih Bölümü"


@pytest.mark.parametrize(
    "word", ["Slip no.", "Wossel", "Carta", "Los", "Strip", "Zettel", "Lipik", "Papeleta", "Streifen", "Kort"]
)
def test_equal_groups_over_all_of_a_document_are_tickets(tmp_path: Path, word: str) -> None:
    lines = ["Plant Physiology", ""]
    for n in range(1, 7):
        lines += [
            f"{word} {n}",
            "",
            f"Water potential and root hair {n}",
            "",
            f"The light reactions and pigment {n}",
            "",
        ]
        lines += [f"Stomata on leaf {n} under the lens", ""]
    course = read(tmp_path, "slips.md", lines)
    assert of_course(course).tickets == tuple(
        (
            f"Water potential and root hair {n}",
            f"The light reactions and pigment {n}",
            f"Stomata on leaf {n} under the lens",
        )
        for n in range(1, 7)
    )


@pytest.mark.parametrize(
    ("line", "university", "teachers"),
    [
        (
            "Tromvik Polar Institute — run by Eirik Haugland and Leilani Kahale",
            "Tromvik Polar Institute",
            ["Eirik Haugland", "Leilani Kahale"],
        ),
        (
            "Hai Long University of Commerce / BBA / Term 2 / taught in English by Tran Thu Ha",
            "Hai Long University of Commerce",
            ["Tran Thu Ha"],
        ),
        (
            "practical book, Instituto Abierto de Mindelo, English-medium track, 2024",
            "Instituto Abierto de Mindelo",
            [],
        ),
        ("put together by the second-year class at Galloway Dairy College, 2019", "Galloway Dairy College", []),
    ],
)
def test_a_line_of_the_head_in_parts(tmp_path: Path, line: str, university: str, teachers: list[str]) -> None:
    lines = ["# Climate from Ice", "", line, ""]
    for n, title in enumerate(TITLES, 1):
        lines += [f"## Lecture {n}. {title}", "", *TEXT, ""]
    course = read(tmp_path, "ice.md", lines)
    assert (course.title, course.about.university) == ("Climate from Ice", university)
    assert [one.name for one in course.about.teachers] == teachers


@pytest.mark.parametrize(
    ("line", "year"),
    [
        ("topics for the viva, 2024", "2024"),
        ("as of July 2018", "2018"),
        ("printed 12 May 2023", None),
        ("The novel, 1719-1925", None),
    ],
)
def test_the_year_of_a_head(tmp_path: Path, line: str, year: str | None) -> None:
    lines = ["# Climate from Ice", "", line, ""]
    for n, title in enumerate(TITLES, 1):
        lines += [f"## Lecture {n}. {title}", "", *TEXT, ""]
    assert read(tmp_path, "ice.md", lines).about.year == year


def test_a_name_in_the_midst_of_a_line_is_no_institution() -> None:
    assert not [*masthead.institutions("Академик Е.А.Бөкетов туралы естелік")]
    assert [*masthead.institutions("notes, Dale College, 2024")] == [("university", "Dale College")]


@pytest.mark.parametrize(("word", "part"), [("Lecture", "foreword"), ("Lab", "introduction")])
def test_the_text_before_the_first_class(tmp_path: Path, word: str, part: str) -> None:
    opening = "These are the notes I speak from, and they leave out a great deal more than they put in, as notes do."
    lines = ["# Climate from Ice", "", opening, ""]
    for n, title in enumerate(TITLES, 1):
        lines += [f"## {word} {n}. {title}", "", TEXT[0], "", TEXT[1], ""]
    found = of_course(read(tmp_path, "ice.md", lines))
    assert getattr(found, part) == (opening,)
    assert not found.about.description
