"""What is guessed of documents never refuses a course: a test that asks nothing, a text in a language that is not read."""

# ruff: noqa: E501 - texts

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import block_text
from coursepack.outline import Understood
from tests.cli.test_build import run

SAID = {
    "en": ("Test", "The test is open in the portal until the end of the week."),
    "kk": ("Тест", "Тест порталда аптаның соңына дейін ашық тұрады."),
    "ru": ("Тест", "Тест размещён в системе и открыт до конца недели."),
}
LECTURES = {
    "en": "# Soils\n\n## Lecture 1. Sand\n\nSand lets water through quickly.\n\n## Lecture 2. Clay\n\nClay holds water.\n",
    "kk": "# Топырақтану\n\n## 1-дәріс. Құм\n\nҚұм суды тез өткізеді.\n\n## 2-дәріс. Саз\n\nСаз суды ұстап тұрады.\n",
    "ru": "# Почвы\n\n## Лекция 1. Песок\n\nПесок быстро пропускает воду.\n\n## Лекция 2. Глина\n\nГлина держит воду.\n",
}
HEADINGS = {"en": "Test questions", "kk": "Тест тапсырмалары", "ru": "Тестовые задания"}
SPANISH = (
    "La célula es la unidad básica de los seres vivos y en ella ocurren todas las reacciones que permiten la vida. "
    "Los organismos que tienen una sola célula se llaman unicelulares, y la membrana separa el interior del medio."
)


def understood(folder: Path) -> Understood:
    (loaded,) = discovery.find_projects([folder])
    return build.understand(loaded)


def severe(found: Understood) -> list[tuple[str, str]]:
    return [(one.severity, one.code) for one in found.findings if one.severity != "note"]


@pytest.mark.parametrize("language", SAID)
def test_a_file_called_test_that_asks_nothing_is_a_text(tmp_path: Path, language: str) -> None:
    title, text = SAID[language]
    (tmp_path / "a.md").write_text(LECTURES[language], "utf-8")
    (tmp_path / f"{title}.md").write_text(f"# {title} 1\n\n{text}\n", "utf-8")
    found = understood(tmp_path)
    assert [one.code for one in found.findings if one.severity == "error"] == []
    assert ("warning", "project-role-refused") in severe(found)
    assert found.course.exam is None
    said = [block_text(one.blocks) for one in found.course.readings]
    said += [block_text(one.blocks) for _, one in found.course.sessions()]
    assert text in said


@pytest.mark.parametrize("language", SAID)
def test_init_claims_no_role_that_reads_nothing(tmp_path: Path, language: str) -> None:
    title, text = SAID[language]
    (tmp_path / f"{title}.txt").write_text(f"{text}\n", "utf-8")
    assert run("init", tmp_path).returncode == 0
    (source,) = tomllib.loads((tmp_path / "course.toml").read_text("utf-8"))["source"]
    assert source["role"] not in {"tests", "questions"}
    assert "no question was found in it" in (tmp_path / "course.toml").read_text("utf-8")
    assert [one.code for one in understood(tmp_path).findings if one.severity == "error"] == []


@pytest.mark.parametrize("language", SAID)
def test_a_test_by_hand_that_asks_nothing_is_an_error(tmp_path: Path, language: str) -> None:
    (tmp_path / "a.txt").write_text("12345\n", "utf-8")
    said = f'id = "x"\ntitle = "X"\nlanguage = "{language}"\n[[source]]\nfile = "a.txt"\nrole = "tests"\n'
    (tmp_path / "course.toml").write_text(said, "utf-8")
    assert ("error", "bank-empty") in severe(understood(tmp_path))


@pytest.mark.parametrize("language", SAID)
def test_a_heading_of_tests_over_a_sentence_makes_no_question(tmp_path: Path, language: str) -> None:
    text = SAID[language][1]
    (tmp_path / "a.md").write_text(f"{LECTURES[language]}\n## {HEADINGS[language]}\n\n{text}\n", "utf-8")
    found = understood(tmp_path)
    assert found.course.exam is None
    assert [(one.title, block_text(one.blocks)) for one in found.course.readings] == [(HEADINGS[language], text)]
    assert ("warning", "bank-empty") in severe(found)
    assert len([*found.course.sessions()]) == 2


def test_questions_below_such_a_heading_stay_questions(tmp_path: Path) -> None:
    asked = "1. What is sand?\n2. What is clay?\n3. Which holds water?\n"
    (tmp_path / "a.md").write_text(f"{LECTURES['en']}\n## Test questions\n\n{asked}", "utf-8")
    found = understood(tmp_path)
    assert found.course.exam is not None
    assert len(found.course.exam.questions) == 3
    assert "bank-empty" not in {one.code for one in found.findings}


def test_a_language_in_which_nothing_is_written_is_called_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# Tema 1. La célula\n\n{SPANISH}\n", "utf-8")
    (tmp_path / "b.md").write_text("# Enlaces\n\nvideo\n", "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    assert (loaded.project.language, loaded.project.languages) == ("en", ())
    (told,) = [one for one in build.understand(loaded).findings if one.code == "outline-edition-language"]
    assert told.severity == "warning"
    assert told.message.startswith("the sources are in Spanish, a language in which coursepack writes nothing")
    assert run("init", tmp_path).returncode == 0
    assert "the texts are written in Spanish" in (tmp_path / "course.toml").read_text("utf-8").splitlines()[3]


def test_a_file_whose_language_no_text_tells_makes_no_edition(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(LECTURES["en"].split("## Lecture 2")[0], "utf-8")
    links = "\n\n".join(f"video{n}xqz jklm{n}vbn wqrt{n}zxc" for n in range(12))
    (tmp_path / "b.md").write_text(f"# Lecture 2. Zqx\n\n{links}\n", "utf-8")
    (loaded,) = discovery.find_projects([tmp_path])
    assert (loaded.project.language, loaded.project.languages) == ("en", ())
