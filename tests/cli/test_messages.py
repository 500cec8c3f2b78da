"""The command line speaks Kazakh, Russian and English: ``--messages``, else the locale's language."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

LECTURE = """Lecture 1. Rivers

Plan:
1. Sources of rivers.

A river begins where water gathers; it flows down to a lake or to the sea, and other rivers join it on its way.

Review questions:
1. Where does a river begin?
2. What joins it on its way?
"""


def run(*arguments: str, folder: Path, code: int = 0, **variables: str) -> str:
    """What a call prints, on stdout and stderr, in a locale of no language."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, "-m", "coursepack", *arguments],
        cwd=folder,
        capture_output=True,
        env=environment | {"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"} | variables,
    )
    assert done.returncode == code, done.stderr.decode()
    return (done.stdout + done.stderr).decode()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "rivers"
    folder.mkdir()
    (folder / "lecture.txt").write_text(LECTURE, "utf-8")
    return tmp_path


MISSING = {
    "en": "error: nowhere: no such file or folder\n",
    "kk": "қате: nowhere: мұндай файл не қалта жоқ\n",
    "ru": "ошибка: nowhere: нет такого файла или папки\n",
}


@pytest.mark.parametrize("language", MISSING)
def test_an_error_of_a_missing_file(tmp_path: Path, language: str) -> None:
    assert run("--messages", language, "inspect", "nowhere", folder=tmp_path, code=2) == MISSING[language]


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "kk_KZ.UTF-8"}, "kk"),
        ({"LANG": "kk_KZ.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8"}, "ru"),
        ({"LC_ALL": "kk_KZ", "LC_MESSAGES": "ru_RU.UTF-8"}, "kk"),
        ({"LC_ALL": "C", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_locale_says_the_language(tmp_path: Path, variables: dict[str, str], language: str) -> None:
    assert run("inspect", "nowhere", folder=tmp_path, code=2, **variables) == MISSING[language]


def test_the_option_goes_before_the_locale(tmp_path: Path) -> None:
    told = run("--messages=en", "inspect", "nowhere", folder=tmp_path, code=2, LANG="ru_RU.UTF-8")
    assert told == MISSING["en"]


def test_help_in_kazakh(tmp_path: Path) -> None:
    told = run("--messages", "kk", "build", "--help", folder=tmp_path)
    assert told.startswith("Қолданылуы: python -m coursepack build [ОПЦИЯЛАР] PATH...\n")
    assert "\nОпциялар:\n" in told
    assert "  -q, --quiet                     Тек қателерді шығару.\n" in told
    assert "  -h, --help                      Осы анықтаманы көрсетіп, шығу.\n" in told
    assert "[әдепкі: output]" in told


def test_help_in_russian(tmp_path: Path) -> None:
    told = run("--messages", "ru", "--help", folder=tmp_path)
    assert told.startswith("Использование: python -m coursepack [ПАРАМЕТРЫ] КОМАНДА [АРГУМЕНТЫ]...\n")
    assert "\nКоманды:\n" in told
    assert re.search(r"^  validate +Проверить пакеты, файлы вопросов и документы Word \(DOCX\)\.$", told, re.MULTILINE)


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("kk", ["Анықтама: 'python -m coursepack -h'.", "", "Қате: 'bild' деген команда жоқ."]),
        ("ru", ["Справка: 'python -m coursepack -h'.", "", "Ошибка: Нет команды 'bild'."]),
    ],
)
def test_a_wrong_call(tmp_path: Path, language: str, lines: list[str]) -> None:
    told = run("--messages", language, "bild", folder=tmp_path, code=2).splitlines()
    assert told[1:3] == lines[:2]
    assert told[3].startswith(lines[2].removesuffix("."))


def test_inspect_in_russian(course: Path) -> None:
    told = run("--messages", "ru", "inspect", "-v", "rivers", folder=course)
    assert "пунктов плана" in told or "1 пункт плана" in told
    assert "2 контрольных вопроса" in told
    assert "замечания: " in told
    assert "нет course.toml" in told.lower() or "course.toml нет" in told


def test_build_in_kazakh_makes_the_same_products(course: Path) -> None:
    told = run("--messages", "kk", "build", "rivers", "-o", "kk", folder=course)
    run("build", "rivers", "-o", "en", folder=course)
    assert "2 бақылау сұрағы" in told
    assert "анықталғаны: " in told
    assert "өнім" in told
    made = sorted(path.relative_to(course / "kk") for path in (course / "kk").rglob("*") if path.is_file())
    assert made
    assert made == sorted(path.relative_to(course / "en") for path in (course / "en").rglob("*") if path.is_file())
    assert all((course / "kk" / path).read_bytes() == (course / "en" / path).read_bytes() for path in made)


def test_validate_in_russian_and_json_in_english(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("<question>What is it?\n<variant>this\n<variant>this\n", "utf-8")
    told = run("--messages", "ru", "validate", "a.txt", folder=tmp_path, code=1)
    assert (
        "a.txt:3: ошибка: два варианта одинаковы: 'this' [platonus-option-twice]" in told
        or "ошибка: два варианта" in told
    )
    assert "с ошибками" in told
    verdict = json.loads(run("--messages", "ru", "validate", "--json", "a.txt", folder=tmp_path, code=1))
    assert any("two options are alike" in finding["message"] for finding in verdict[0]["findings"])


def test_the_page_of_inspect_is_in_the_language(course: Path) -> None:
    run("--messages", "kk", "inspect", "rivers", "--page", "page.html", folder=course)
    page = (course / "page.html").read_text("utf-8")
    assert "<h2>Анықталған жайттар</h2>" in page
    assert "Курс апталар бойынша; жолақты ұяшық — олқылық" in page
