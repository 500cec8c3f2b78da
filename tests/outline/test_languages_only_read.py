"""German, Spanish and Turkish papers are read by words of their own, though nothing is written in these languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import build, discovery, languages
from coursepack.outline import Understood
from coursepack.outline.markers import standard
from coursepack.outline.tree.class_dates import class_date
from coursepack.outline.tree.grading import of_lines, of_rows
from coursepack.outline.tree.ordinals import counted
from coursepack.outline.tree.people import hours_of
from coursepack.outline.tree.values import semester
from coursepack.outline.tree.words import words

GERMAN = """# Seminarplan: Grundwasser und Landschaft

Hochschule Nordheide, Fachbereich Umweltwissenschaften
Wintersemester 2025/26
Dozentin: Dr. Anke Möllering, Raum B 214, moellering@hs-nordheide.example
Sprechstunde: mittwochs 14–15 Uhr

## Inhalt

Das Seminar fragt, wie Wasser unter der Oberfläche wandert und was es mitnimmt.

## Lernziele

Die Studierenden können

- einen Plan lesen,
- ein Schutzgebiet begründen.

## Voraussetzungen

Einführung in die Hydrologie

## Termine

| Woche | Thema | Lektüre |
|---|---|---|
| 1 | Was ist ein Aquifer? | Kap. 1 |
| 2 | Darcy und die Folgen | Kap. 3 |
| 3 | keine Sitzung (Feiertag) | |
| 4 | Schutzgebiete | |

## Regeln

**Anwesenheit.** Zwei Fehltermine sind erlaubt.
"""
SPANISH = """ESCUELA SUPERIOR DE MÚSICA DEL SUR
Departamento de Teoría

GUÍA DOCENTE
Armonía II

Curso académico: 2025-2026
Titulación: Grado en Interpretación
Créditos ECTS: 6
Docente: Lucía Ibáñez Roca
Correo: libanez@esms.example
Tutorías: miércoles de 12 a 14

Requisitos previos: Armonía I

Cronograma
Semana 1. Acordes de séptima
Semana 2. Dominantes secundarias
Semana 3. Modulación

Evaluación
Examen final: 60 %
Trabajos: 40 %

Normas
Asistencia. Se permite faltar a tres clases.
Plagio. Supone un cero.

Bibliografía
Piston, W. Armonía. SpanPress, 1998.
"""
TURKISH = """Anadolu Teknik Üniversitesi
İnşaat Mühendisliği Bölümü

YAPI MALZEMESİ

Öğretim üyesi: Dr. Öğr. Üyesi Kemal Aydın
E-posta: kaydin@atu.example
Dönem: Bahar
Kredi: 3

Ders hakkında
Bu derste beton, çelik ve ahşabın davranışı deneylerle incelenir.

Önkoşul: Malzeme Bilimi

1. hafta: Giriş ve çimento
2. hafta: Agrega
3. hafta: Beton karışımı

Değerlendirme
Ara sınav %40, final %60
"""


def understood(folder: Path, name: str, text: str) -> Understood:
    (folder / name).write_text(text, encoding="utf-8")
    (loaded,) = discovery.find_projects([folder / name])
    return build.understand(loaded)


def classes(found: Understood) -> list[tuple[int | None, str | None]]:
    return [(one.number, one.title) for week in found.course.weeks for one in week.sessions]


def test_a_german_plan(tmp_path: Path) -> None:
    found = understood(tmp_path, "plan.md", GERMAN)
    about = found.course.about
    assert found.course.title == "Grundwasser und Landschaft"
    assert (about.university, about.faculty) == ("Hochschule Nordheide", "Fachbereich Umweltwissenschaften")
    assert (about.semester, about.year) == ("Wintersemester", "2025/26")
    (teacher,) = about.teachers
    assert (teacher.name, teacher.room, teacher.office_hours) == (
        "Dr. Anke Möllering",
        "Raum B 214",
        "mittwochs 14–15 Uhr",
    )
    assert about.prerequisites == ("Einführung in die Hydrologie",)
    assert [*about.outcomes] == ["einen Plan lesen,", "ein Schutzgebiet begründen."]
    assert [one.title for one in about.policies] == ["Anwesenheit"]
    assert classes(found) == [(1, "Was ist ein Aquifer?"), (2, "Darcy und die Folgen"), (4, "Schutzgebiete")]


def test_a_spanish_course_guide(tmp_path: Path) -> None:
    found = understood(tmp_path, "plan.txt", SPANISH)
    about = found.course.about
    assert (found.course.title, about.year, about.credits) == ("Armonía II", "2025-2026", 6)
    assert about.programme == "Grado en Interpretación"
    (teacher,) = about.teachers
    assert (teacher.name, teacher.office_hours) == ("Lucía Ibáñez Roca", "miércoles de 12 a 14")
    assert about.grading is not None
    assert [(one.name, one.percent) for one in about.grading.weights] == [("Examen final", 60), ("Trabajos", 40)]
    assert [one.title for one in about.policies] == ["Asistencia", "Plagio"]
    assert classes(found) == [(1, "Acordes de séptima"), (2, "Dominantes secundarias"), (3, "Modulación")]
    assert about.literature.basic == ("Piston, W. Armonía. SpanPress, 1998.",)


def test_a_turkish_plan_counts_weeks_with_a_full_stop(tmp_path: Path) -> None:
    found = understood(tmp_path, "ders.txt", TURKISH)
    about = found.course.about
    assert (about.university, about.department) == ("Anadolu Teknik Üniversitesi", "İnşaat Mühendisliği Bölümü")
    assert (about.semester, about.credits, about.prerequisites) == ("Bahar", 3, ("Malzeme Bilimi",))
    assert [one.name for one in about.teachers] == ["Dr. Öğr. Üyesi Kemal Aydın"]
    assert classes(found) == [(1, "Giriş ve çimento"), (2, "Agrega"), (3, "Beton karışımı")]
    assert about.grading is not None
    assert [(one.name, one.percent) for one in about.grading.weights] == [("Ara sınav", 40), ("final", 60)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("German", "Das Wasser ist in der Erde und die Erde ist nicht leer, denn mit dem Regen kommt es für ein Jahr."),
        ("Turkish", "Bu ders için bir plan ve bir liste hazırlanır; ağaç ile taş olarak ayrılan malzeme de incelenir."),
    ],
)
def test_the_reader_is_told_that_nothing_is_written_in_the_language(language: str, text: str, tmp_path: Path) -> None:
    found = understood(tmp_path, "a.txt", f"{text}\n\n{text}\n")
    told = [one for one in found.findings if one.code == "outline-edition-language"]
    (one,) = told
    assert one.message == (
        f"the sources are in {language}, a language in which coursepack writes nothing: "
        "the words that coursepack adds are in English"
    )


def test_a_language_with_a_folder_is_not_read_twice() -> None:
    assert {table["name"] for table in languages.only_read()} == {"German", "Spanish", "Turkish"}
    assert not {table["tag"][:2] for table in languages.only_read()} & {*languages.known()}


@pytest.mark.parametrize(("line", "number"), [("3. Woche: Dämpfung", 3), ("2. hafta: Agrega", 2)])
def test_a_full_stop_orders_what_such_languages_count(line: str, number: int) -> None:
    (first, *_) = counted(line)
    assert (first.value, first.kind, line[first.end :]) == (number, "week", line.partition(": ")[2])


def test_a_full_stop_before_other_words_counts_alone() -> None:
    assert counted("3. Lecture: Damping")[0].words in {"", "lecture"}
    assert [one.words for one in counted("3. Dampers of bridges")] == [""]


def test_signs_of_percents_stand_before_numbers_too() -> None:
    assert [(one.name, one.percent) for one in of_lines(["Vize %30, ödev %20, final %50"])] == [
        ("Vize", 30),
        ("ödev", 20),
        ("final", 50),
    ]
    assert [one.percent for one in of_rows([["Vize", "%40"], ["Final", "%60"]])] == [40, 60]


def test_names_with_letters_of_other_languages(tmp_path: Path) -> None:
    found = understood(tmp_path, "a.md", "# Botany\n\nLecturer: Élodie Öztürk\n\nWeek 1: Leaves\n\nWeek 2: Roots\n")
    assert [one.name for one in found.course.about.teachers] == ["Élodie Öztürk"]


@pytest.mark.parametrize(
    ("line", "department", "teacher"),
    [
        ("Marmara Kıyı Üniversitesi, Tarih Bölümü — Doç. Dr. Selin Akarsu", "Tarih Bölümü", "Doç. Dr. Selin Akarsu"),
        ("Fjord University, Department of History — Dr. Ann Lee", "Department of History", "Dr. Ann Lee"),
    ],
)
def test_a_person_behind_a_department_is_no_department(
    line: str, department: str, teacher: str, tmp_path: Path
) -> None:
    text = f"# Kentler\n\n{line}\n\n## 1. Mahalle\n\nMahalle kırk hanedir.\n\n## 2. Pazar\n\nPazar cuma kurulur.\n"
    about = understood(tmp_path, "a.md", text).course.about
    assert (about.department, [one.name for one in about.teachers]) == (department, [teacher])


@pytest.mark.parametrize(
    ("line", "year", "semester"),
    [
        ("Curso: 2023-2024, segundo cuatrimestre", "2023-2024", "segundo cuatrimestre"),
        ("Academic year: 2024/25, autumn term", "2024/25", "autumn term"),
        ("Оқу жылы: 2024-2025; 3 семестр", "2024-2025", "3"),
    ],
)
def test_a_semester_beside_the_year(line: str, year: str, semester: str, tmp_path: Path) -> None:
    text = f"# Botany\n\n{line}\n\nWeek 1. Leaves\n\nWeek 2. Roots\n\nWeek 3. Stems\n"
    about = understood(tmp_path, "a.md", text).course.about
    assert (about.year, about.semester) == (year, semester)


@pytest.mark.parametrize(
    "heading", ["Materials", "Notes", "Programming", "Fundamentals", "Terminology", "Endnotes", "Standards"]
)
def test_english_words_that_begin_as_theirs_name_nothing_more(heading: str) -> None:
    """Entries are beginnings of words: «materia» would be «Materials», «note» would be «Notes»."""
    known = words()
    ours = {"equipment", "text", "resources", "glossary", "keywords"}
    assert {name for name, value in known.labels(heading).items() if value > 5} <= ours
    assert known.about(heading) not in {"title", "grading", "other", "credits", "teacher"}


@pytest.mark.parametrize("line", ["Penny wise and pound foolish", "Seminar 3", "so we do", "Summer rivers", "orange 5"])
def test_english_lines_are_no_data_of_theirs(line: str) -> None:
    assert semester(line) in {None, "Summer"}
    assert class_date(line) is None
    assert hours_of(line) is None


def test_a_final_class_is_no_exam() -> None:
    assert not standard().is_exam("Final class")
    assert standard().is_exam("Ara sınav")
