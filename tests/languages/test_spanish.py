"""A fourth language is added by a folder alone: a Spanish course is recognised, read, and written in every product."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from coursepack import languages, writers
from coursepack.checks import products

HERE = Path(__file__).parent
CODE, COURSE = "es", "historia-del-pensamiento-politico"


def coursepack(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coursepack", *arguments],
        capture_output=True,
        text=True,
        env=os.environ | {languages.VARIABLE: str(HERE)},
        check=False,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("es")
    formats = [part for name in writers.names() for part in ("-f", name)]
    done = coursepack("build", str(HERE / "curso"), "-o", str(out), *formats)
    assert done.returncode == 0, done.stderr
    return out / COURSE


@pytest.fixture(scope="module")
def course(built: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((built / "course.json").read_text("utf-8"))
    return found


def test_it_is_recognised_and_read(course: dict[str, Any]) -> None:
    assert (course["language"], course["title"]) == (CODE, "Historia del pensamiento político")
    about = course["about"]
    assert {key: about[key] for key in ("code", "credits", "faculty", "department", "year", "semester")} == {
        "code": "HPP-204",
        "credits": 5.0,
        "faculty": "Derecho",
        "department": "Historia del Derecho",
        "year": "2026-2027",
        "semester": "1",
    }
    assert about["teachers"] == [{"name": "María García López", "email": "mgarcia@example.org"}]
    assert len(about["outcomes"]) == 3
    assert len(about["literature"]["basic"]) == 2
    sessions = [session for week in course["weeks"] for session in week["sessions"]]
    assert [(one["kind"], one["number"], one["title"]) for one in sessions] == [
        ("lecture", 1, "El pensamiento político en Grecia"),
        ("lecture", 2, "Las teorías del contrato social"),
    ]
    assert [len(one["outline"]) for one in sessions] == [3, 3]
    assert [len(one["review"]) for one in sessions] == [3, 2]


def test_the_exam_has_the_list_and_the_test_with_its_keys(course: dict[str, Any]) -> None:
    questions = course["exam"]["questions"]
    assert [one["type"] for one in questions] == ["essay"] * 5 + ["multiple-choice"] * 3
    right = [
        [n for n, choice in enumerate(one["choices"]) if choice.get("fraction", 0.0) == 1.0] for one in questions[5:]
    ]
    assert right == [[1], [0], [2]]


def test_every_product_passes_its_check(built: Path) -> None:
    checked = sorted(path for path in built.iterdir() if path.suffix in {".imscc", ".mbz", ".docx", ".xml"})
    checked += sorted(built.glob("*scorm*.zip"))
    assert len(checked) == 14
    for path in checked:
        assert products.validate(path).sound, path.name


@pytest.mark.parametrize(
    ("product", "member", "words"),
    [
        ("scorm12.zip", "html", ["Preguntas de repaso", "Página", "Clase magistral 1", 'lang="es"']),
        ("cc11.imscc", "html", ["Esquema", "Resultados de aprendizaje"]),
        ("syllabus.docx", "word/document.xml", ["Código de la asignatura", "Docente", "Fórmula de la nota final"]),
        ("exam-tickets.docx", "word/document.xml", ["TARJETA DE EXAMEN N.º"]),
        ("course-set.docx", "word/document.xml", ["Clases magistrales", "Preguntas de repaso"]),
    ],
)
def test_products_speak_spanish(built: Path, product: str, member: str, words: list[str]) -> None:
    with zipfile.ZipFile(built / f"{COURSE}-{product}") as archive:
        text = "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(member))
    assert [word for word in words if word.lower() not in text.lower()] == []


def test_every_message_is_translated() -> None:
    for path in sorted(languages.file(languages.assumed(), "lexicon.toml").parent.parent.glob("ru/*.po")):
        if path.name in {"review.po", "messages.po"}:
            continue  # the page of a review and messages are in English where a language has no words for them
        with path.open("rb") as theirs, (HERE / CODE / path.name).open("rb") as ours:
            wanted, found = read_po(theirs), read_po(ours)
        assert {message.id for message in wanted} <= {message.id for message in found}, path.name
        assert all(message.string for message in found), path.name


def test_without_the_folder_the_texts_are_in_no_language_that_is_known() -> None:
    from coursepack.text.language import language

    lecture = (HERE / "curso" / "clase 1.md").read_text("utf-8")
    assert language(lecture) == ""
    code = "from pathlib import Path; from coursepack.text.language import language; import sys\n"
    code += "print(language(Path(sys.argv[1]).read_text('utf-8')))"
    environment = os.environ | {languages.VARIABLE: str(HERE)}
    command = [sys.executable, "-c", code, str(HERE / "curso" / "clase 1.md")]
    assert subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout == "es\n"


def test_a_broken_lexicon_is_an_error_that_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "lexicon.toml").write_text('name = "X"\ntga = "x"\n', "utf-8")
    environment = os.environ | {languages.VARIABLE: str(tmp_path)}
    command = [sys.executable, "-m", "coursepack", "build", str(HERE / "curso"), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert "lexicon.toml: not a lexicon: " in done.stderr
    assert "coursepack itself failed" not in done.stderr
