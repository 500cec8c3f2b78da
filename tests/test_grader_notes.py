"""What a question file says to graders reaches graders alone; a model answer that a document prints is shown."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.cli.test_build import run

BANK = """<quiz><question type="category"><category><text>$course$/top/Лекция 1</text></category></question>
<question type="essay"><name><text>e</text></name>
<questiontext format="html"><text>&lt;p&gt;Почему лёд плавает?&lt;/p&gt;</text></questiontext>
<graderinfo format="html"><text>&lt;p&gt;GRADER 5 б.&lt;/p&gt;</text></graderinfo></question></quiz>"""
LECTURE = """# Лекция 1. Вода

Вода течёт, пока не замёрзнет.

## Контрольные вопросы

1. Что такое лёд?
Ответ: MODEL ANSWER, твёрдая вода.
"""
TOML = """id = "voda"
title = "Вода"
language = "ru"
[[source]]
file = "l.md"
role = "lecture"
[[source]]
file = "bank.xml"
role = "tests"
"""
LEARNERS = ("site", "scorm12", "scorm2004", "cc13", "cc11")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("voda")
    for name, text in {"l.md": LECTURE, "bank.xml": BANK, "course.toml": TOML}.items():
        (folder / name).write_text(text, "utf-8")
    formats = [word for name in (*LEARNERS, "epub", "moodle-xml") for word in ("-f", name)]
    done = run("build", folder, "-o", folder / "out", *formats)
    assert done.returncode == 0, done.stderr
    return folder / "out" / "voda"


def letters(path: Path) -> str:
    if path.suffix == ".xml":
        return path.read_text("utf-8")
    with zipfile.ZipFile(path) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_no_learner_sees_what_graders_are_told(built: Path) -> None:
    packages = [path for path in built.iterdir() if path.suffix in {".zip", ".imscc", ".epub"}]
    assert len(packages) == len(LEARNERS) + 1
    said = {path.name: letters(path) for path in packages}
    assert {name for name, text in said.items() if "Почему лёд плавает?" not in text} == set()
    assert {name for name, text in said.items() if "GRADER" in text} == set()


def test_graders_are_told_and_a_model_answer_is_shown(built: Path) -> None:
    assert "GRADER 5 б." in letters(built / "voda-questions.xml")
    shown = {
        path.name for path in built.iterdir() if path.suffix in {".zip", ".epub"} and "MODEL ANSWER" in letters(path)
    }
    assert shown == {"voda-site.zip", "voda-scorm12.zip", "voda-scorm2004.zip", "voda.epub"}
