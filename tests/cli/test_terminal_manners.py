"""Manners of a command line: colours, near misses, failures as JSON, completion, manual pages, what is installed."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete, get_completion_class

from coursepack import __version__, cli
from coursepack.cli import COMMANDS, colours, doctor, show, terminal
from tests.cli.test_build import run
from tools import manual

LECTURE = "# Лекция 1. Вода\n\nВода течёт.\n"


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "on_terminal", "elsewhere"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ({"CLICOLOR": "0"}, False, False),
        ({"CLICOLOR": "1"}, True, False),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, True, False),
        ({"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True, True),
        ({"FORCE_COLOR": "3"}, True, True),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"TERM": "dumb"}, False, False),
    ],
)
def test_when_colours_are_wanted(environment: dict[str, str], on_terminal: bool, elsewhere: bool) -> None:
    assert colours.wanted(Screen(), environment) is on_terminal
    assert colours.wanted(io.StringIO(), environment) is elsewhere


@pytest.mark.parametrize("name", ["NO_COLOR", "CLICOLOR_FORCE"])
def test_findings_and_tables_keep_to_it(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for other in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(name, "1")
    terminal.plain("told", err=True, colour="red")
    show.table(["file"], [["a.md"]])
    out, err = capsys.readouterr()
    coloured = name != "NO_COLOR"
    assert ("\x1b[31mtold\x1b[0m" in err, "\x1b[1mfile" in out) == (coloured, coloured)
    assert re.sub(r"\x1b\[\d*m", "", out + err).split() == ["file", "a.md", "told"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "No such command 'biuld'. Did you mean 'build'?"),
        ("ru", "Нет команды 'biuld'. Может быть, 'build'?"),
    ],
)
def test_a_near_miss_is_answered_with_what_was_meant(language: str, said: str) -> None:
    done = run("--messages", language, "biuld", "x")
    assert done.returncode == 2
    assert said in done.stderr, done.stderr


def test_a_command_that_is_near_none_is_only_named() -> None:
    assert run("qqqq").stderr.endswith("Error: No such command 'qqqq'.\n")


def test_failures_are_json_where_json_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text('id = "X"\ntitel = "a"\n', "utf-8")
    done = run("inspect", tmp_path, "--json")
    errors = json.loads(done.stdout)["errors"]
    assert done.returncode == 2
    assert [(one["place"]["first"], one["message"].split(",")[0]) for one in errors] == [
        (1, "'language' is missing"),
        (1, "id = 'X'"),
        (2, "unknown key 'titel'"),
    ]
    assert done.stderr.count("error: ") == 3
    missing = run("validate", "--json", "--nothing")
    assert json.loads(missing.stdout)["errors"][0]["message"].startswith("No such option")
    assert json.loads(run("inspect", "/nowhere", "--json").stdout) == {
        "errors": [{"message": "no such file or folder", "place": {"file": "/nowhere"}}]
    }
    assert run("inspect", "/nowhere").stdout == ""


def test_init_tells_its_draft_as_json(tmp_path: Path) -> None:
    (tmp_path / "Лекция 1.md").write_text(LECTURE, "utf-8")
    (tmp_path / "film.xyz").write_bytes(b"1")
    done = run("init", tmp_path, "--json")
    told = json.loads(done.stdout)
    assert told["course_toml"] == str(tmp_path / "course.toml")
    assert [(one["file"], one["role"]) for one in told["sources"]] == [("Лекция 1.md", "lecture")]
    assert told["sources"][0]["because"]
    assert [(one["file"], one["fate"]) for one in told["others"]] == [("film.xyz", "other")]
    (tmp_path / "Лекция 2.md").write_text(LECTURE.replace("1", "2"), "utf-8")
    again = json.loads(run("init", tmp_path, "--update", "--json").stdout)
    assert [one["file"] for one in again["sources"]] == ["Лекция 2.md"]


def test_one_of_a_kind_is_no_plural(tmp_path: Path) -> None:
    (tmp_path / "Лекция 1.md").write_text(LECTURE, "utf-8")
    assert "1 week, 1 lecture\n" in run("build", tmp_path, "-f", "moodle-xml", "-o", tmp_path / "out").stdout
    assert "1 block" in run("inspect", tmp_path).stdout


# --- completion ------------------------------------------------------------------------------------------------------


def completed(*words: str) -> list[str]:
    maker: type[ShellComplete] | None = get_completion_class("bash")
    assert maker is not None
    shell = maker(cli.cli, {}, "coursepack", "_COURSEPACK_COMPLETE")
    return [one.value for one in shell.get_completions(list(words[:-1]), words[-1])]


def test_what_a_shell_completes() -> None:
    assert completed("in") == ["inspect", "init"]
    assert completed("build", "--sch") == ["--schemas", "--scheduler"]
    assert completed("completion", "z") == ["zsh"]


def test_a_shell_gets_the_answer(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    asked = {"_COURSEPACK_COMPLETE": "bash_complete", "COMP_WORDS": "coursepack va", "COMP_CWORD": "1"}
    for name, value in asked.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        cli.cli.main([], prog_name="coursepack")
    assert (ended.value.code, capsys.readouterr().out) == (0, "plain,validate\n")


@pytest.mark.parametrize(
    ("shell", "place"),
    [
        ("bash", "data/bash-completion/completions/coursepack"),
        ("zsh", "data/zsh/site-functions/_coursepack"),
        ("fish", "settings/fish/completions/coursepack.fish"),
    ],
)
def test_completion_is_printed_and_installed(shell: str, place: str, tmp_path: Path) -> None:
    script = run("completion", shell)
    assert "_COURSEPACK_COMPLETE" in script.stdout
    homes = {"XDG_DATA_HOME": str(tmp_path / "data"), "XDG_CONFIG_HOME": str(tmp_path / "settings")}
    done = run("completion", shell, "--install", env=homes)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / place).read_text("utf-8") == script.stdout
    assert str(tmp_path / place) in done.stdout


# --- what is installed -----------------------------------------------------------------------------------------------


def test_doctor_says_what_is_there_and_what_it_means() -> None:
    done = run("doctor", "--json")
    parts = {part["name"]: part for part in json.loads(done.stdout)}
    assert done.returncode == 0
    assert parts["coursepack"]["what"] == __version__
    assert parts["coursepack[print]"]["meaning"] == "build --pdf prints papers as PDF/A-3a and PDF/UA-1"
    assert set(parts) >= {"Python", "messages", "LibreOffice", "ledger", "coursepack[review]"}


def test_doctor_says_what_a_missing_extra_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    extras = [part for part in doctor._parts() if part.name.startswith("coursepack[")]
    assert {part.state for part in extras} == {"missing"}
    assert "build --pdf needs LibreOffice, and its PDF is neither PDF/A nor PDF/UA" in [one.meaning for one in extras]


def test_a_broken_plugin_ends_doctor_with_1(monkeypatch: pytest.MonkeyPatch) -> None:
    from coursepack import plugins, writers

    monkeypatch.setattr(writers, "broken", lambda: iter([plugins.PluginError("the writer 'x' cannot be loaded")]))
    with pytest.raises(click.exceptions.Exit) as left:
        doctor.command.callback(as_json=True)  # type: ignore[misc]
    assert left.value.exit_code == 1


def test_manual_pages_are_as_the_help_is() -> None:
    made = manual.pages()
    assert made == {path.name: path.read_text("utf-8") for path in manual.FOLDER.iterdir()}, "python -m tools.manual"
    assert {f"coursepack-{name}.1" for name in COMMANDS} <= made.keys()


# --- watching --------------------------------------------------------------------------------------------------------


def said(process: subprocess.Popen[str], text: str) -> str:
    """What the process writes up to ``text``."""
    assert process.stdout is not None
    lines = ""
    while text not in lines:
        line = process.stdout.readline()
        assert line, lines
        lines += line
    return lines


@pytest.mark.skipif(sys.platform == "win32", reason="an interrupt of one process")
def test_build_watches_its_sources_until_it_is_interrupted(tmp_path: Path) -> None:
    lecture = tmp_path / "course" / "Лекция 1.md"
    lecture.parent.mkdir()
    lecture.write_text(LECTURE, "utf-8")
    call = [sys.executable, "-m", "coursepack", "build", "course", "-f", "moodle-xml", "-o", "course/out", "--watch"]
    # Whoever runs the tests in the background may have interrupts ignored, which a child would inherit.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen(
            call, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=os.environ
        )
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        assert "1 week, 1 lecture" in said(process, "waiting for changes")
        lecture.with_name("Лекция 2.md").write_text(LECTURE.replace("1", "2"), "utf-8")
        assert "2 weeks, 2 lectures" in said(process, "waiting for changes")
        (lecture.parent / "course.toml").write_text("id = 1\n", "utf-8")
        assert "error: " in said(process, "waiting for changes")
        time.sleep(1)  # its own output is no change
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=30)[0]
        assert (process.returncode, rest) == (0, "")
    finally:
        process.kill()
        process.wait()
