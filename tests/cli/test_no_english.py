"""What the command line says in Kazakh and in Russian has no English sentence in it: help, tables, mistakes of a call,
of a course.toml and of files.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coursepack.cli import COMMANDS
from tests.program import run

_NAMED = re.compile(r"«[^»]*»|'[^']*'|\[[^\]]*\]|\S*[/\\.=_:<>{}-]\S*|\S*\d\S*|\b[A-Z]{2,}\b|coursepack [a-z]+")
"""Names of files, keys and values, which are the same in every language."""
_LISTED = re.compile(r"(?:[a-z][a-z-]*, )+[a-z][a-z-]*")
"""Values to choose from: «article, course, lecture»."""
_ENGLISH = re.compile(r"(?:\b[A-Za-z]{2,}\b[ ,;]*){2,}")
_NAMES = {"Common", "Cartridge", "Moodle", "Canvas", "Blackboard", "Open", "Schema", "LibreOffice", "Edition", "Excel"}
_NAMES |= {"pip", "install", "Markdown", "Platonus", "Aiken"}


def english(text: str) -> list[str]:
    """Where two English words follow one another."""
    lines = [_NAMED.sub(" ¦ ", _LISTED.sub(" ", line)) for line in text.split("\n")]
    found = [one[0].strip() for line in lines for one in _ENGLISH.finditer(line)]
    return [one for one in found if not set(re.findall("[A-Za-z]+", one)) <= _NAMES]


LANGUAGES = ("kk", "ru")


def english_of(language: str, *arguments: str | Path, gone: Path | str = "") -> list[str]:
    """The English of what a command says in a language, whatever the folder ``gone`` is called."""
    done = run(["--messages", language, *arguments])
    said = done.stdout + done.stderr
    assert "Error" not in said
    return english(said.replace(str(gone), "") if gone else said)


def test_english_is_seen() -> None:
    assert english("қате: course.toml:3: invalid enum value 'xx'") == ["invalid enum value"]
    assert english("қате: күтілгені: article, course, lecture") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_of_every_command(language: str) -> None:
    for command in COMMANDS:
        assert english_of(language, command, "--help") == [], command


@pytest.mark.parametrize(
    "call", ["build --split 0 .", "build --nope", "nope", "build -f nope .", "build", "inspect --why x .", "build gone"]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_mistakes_of_a_call(call: str, language: str) -> None:
    assert english_of(language, *call.split()) == []


BROKEN = {
    "values": 'id = "Bad id"\ntitle = 3\nlanguage = "xx"\nfoo = 1\n[[source]]\nfile = "no.txt"\nrole = "bogus"\n',
    "value": 'id = "a"\ntitle = \n',
    "line": 'id = "a"\nwhat is this\n',
    "twice": 'id = "a"\nid = "b"\n',
    "open": 'id = "a\n',
    "table": 'id = "a"\n[about\n',
}


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_broken_course_toml(tmp_path: Path, broken: str, language: str) -> None:
    (tmp_path / "course.toml").write_text(BROKEN[broken], "utf-8")
    assert english_of(language, "build", tmp_path, "-o", tmp_path / "out", gone=tmp_path) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_that_cannot_be_read(tmp_path: Path, language: str) -> None:
    (tmp_path / "a.txt").write_text("Лекция 3. Почва\n\nПочва есть слой земли.\n\nЛекция 5. Соли\n\nСоли идут вниз.\n")
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04xx")
    (tmp_path / "c.xyz").write_bytes(b"x")
    (tmp_path / "d.pdf").write_bytes(b"\0\1")
    for command in ("init", "inspect", "validate", "convert"):
        given = [tmp_path] if command in {"init", "inspect"} else [tmp_path / "b.docx"]
        more = [tmp_path / "x.gift"] if command == "convert" else []
        assert english_of(language, command, *given, *more, gone=tmp_path) == [], command
