"""What every command keeps to: no traceback, one JSON text, a quiet end when the reader of the output goes away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack import cli
from tests.cli.test_build import run
from tests.shared import SEEDS, small

LONG = "a" * 400
HISTORY = SEEDS / "qazaqstan-tarihy"


@pytest.mark.parametrize(
    "call",
    [
        ("build", LONG),
        ("inspect", LONG),
        ("validate", LONG),
        ("verify", LONG),
        ("diff", LONG, LONG),
        ("catalogue", LONG),
        ("convert", LONG, "-f", "gift"),
    ],
)
def test_a_path_that_no_file_system_takes_is_answered_in_a_line(call: tuple[str, ...]) -> None:
    done = run(*call)
    assert done.returncode == 2
    assert "rror: " in done.stderr


def test_documents_named_together_are_one_course(tmp_path: Path) -> None:
    files = sorted(HISTORY.glob("00[01]_*.txt"))
    done = run("build", *files, "-f", "scorm12", "-o", tmp_path)
    assert done.returncode == 0, done.stderr
    report = json.loads((tmp_path / "qazaqstan-tarihy" / "build-report.json").read_bytes())
    assert [source["file"] for source in report["sources"]] == [file.name for file in files]
    assert "there is no course.toml; roles were assumed from the documents: 000_" in done.stderr


def test_several_courses_are_one_list_of_json_and_a_page_each(tmp_path: Path) -> None:
    done = run("inspect", SEEDS, "--json", "--page", tmp_path / "look.html")
    assert [course["id"] for course in json.loads(done.stdout)] == ["qazaqstan-tarihy", "sayasi-bilik"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["look-qazaqstan-tarihy.html", "look-sayasi-bilik.html"]


def test_an_edition_that_is_not_declared_cannot_be_inspected() -> None:
    done = run("inspect", HISTORY, "--language", "ru")
    assert done.returncode == 2
    assert "no edition in 'ru', expected one of kk" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
@pytest.mark.parametrize("call", ["formats", f"inspect {HISTORY}", f"inspect {HISTORY} --json"])
def test_a_reader_that_goes_away_is_no_error(call: str) -> None:
    code = f"{sys.executable} -m coursepack {call} | head -c 1 >/dev/null; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", code], capture_output=True, encoding="utf-8")
    assert (done.stdout.strip(), "Traceback" in done.stderr) == ("0", False), done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_stdout_is_answered_in_a_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "coursepack", "formats"], stdout=full, stderr=subprocess.PIPE, encoding="utf-8"
        )
    assert done.returncode == 2
    assert done.stderr == "error: No space left on device\n"


def test_a_fault_of_ours_is_one_line_with_its_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(cli.cli, "main", broken)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith("error: coursepack itself failed: KeyError: 'x' (test_manners.py:")
    assert said.count("\n") == 1


def test_the_help_names_every_command() -> None:
    said = CliRunner().invoke(cli.cli, ["--help"]).output
    assert all(name in said for name in cli.COMMANDS)
    for name in cli.COMMANDS:
        assert CliRunner().invoke(cli.cli, [name, "--help"]).exit_code == 0


def test_what_an_export_could_not_write_is_not_left_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from coursepack import export
    from coursepack.place import CoursepackError
    from coursepack.publish import files

    def full(path: Path, chunks: object) -> None:
        path.write_bytes(b"half")
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(files, "write_file", full)
    with pytest.raises(CoursepackError, match="cannot be written: No space left on device"):
        export.export([HISTORY], "json", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_course_folder_is_one_side_of_a_diff(tmp_path: Path) -> None:
    course = small(tmp_path)
    done = run("build", course, "-f", "scorm12", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    done = run("diff", tmp_path / "out" / "kurs", course)
    assert (done.returncode, done.stdout) == (0, "nothing changed for a reader\n"), done.stderr


def test_lines_that_a_program_reads_are_not_broken() -> None:
    line = next(line for line in run("inspect", HISTORY).stdout.splitlines() if line.startswith("002_"))
    assert line.endswith(" unclaimed")


LECTURE = "1-дәріс. Мемлекет\n\nМемлекет қоғамның саяси ұйымы болып табылады.\n"


def test_what_cannot_be_read_in_a_folder_is_left_out_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    (folder / "a.txt").write_text(LECTURE, encoding="utf-8")
    (folder / "b.docx").write_bytes(b"\0\1\2")
    (folder / "package.json").write_text("{}", encoding="utf-8")
    done = run("build", folder, "-f", "scorm12", "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "b.docx: warning: left out: " in done.stderr
    assert "package.json" not in done.stderr  # a file of a program, told with --files
    listed = json.loads(run("inspect", folder, "--files", "--json").stdout)["files"]
    assert "package.json" in {one["file"] for one in listed}
    (folder / "a.txt").unlink()
    assert run("build", folder, "-o", tmp_path / "out").returncode == 2
    done = run("init", folder)
    assert (done.returncode, (folder / "course.toml").exists()) == (2, False)
    assert "none of its documents can be read, nothing was written" in done.stderr


def test_a_text_of_a_hundred_megabytes_is_refused_at_once(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.write(LECTURE.encode())
        file.truncate(100 << 20)
    done = run("build", tmp_path / "a.txt", "-o", tmp_path / "out")
    said = "a text of 100 MiB, expected at most 16; split it; --limit text-bytes=… allows more"
    assert (done.returncode, done.stderr) == (2, f"error: a.txt: {said}\n")


def test_a_build_is_built_again_from_its_model(tmp_path: Path) -> None:
    assert run("build", small(tmp_path), "-f", "cc11", "-o", tmp_path / "a").returncode == 0
    done = run("build", tmp_path / "a" / "kurs", "-f", "cc11", "-o", tmp_path / "b")
    assert done.returncode == 0, done.stderr
    name = "kurs/kurs-cc11.imscc"
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize("sums", [b"x\n\n", b"\xff\xfe\0"])
def test_spoilt_checksums_of_a_build_are_no_fault_of_the_next(tmp_path: Path, sums: bytes) -> None:
    course, out = small(tmp_path), tmp_path / "out"
    assert run("build", course, "-f", "cc11", "-o", out).returncode == 0
    (out / "kurs" / "SHA256SUMS").write_bytes(sums)
    done = run("build", course, "-f", "cc11", "-o", out)
    assert done.returncode == 2
    assert "which no build made" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_in_the_place_of_a_course_gives_way(tmp_path: Path) -> None:
    course, real = small(tmp_path), tmp_path / "real"
    real.mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "kurs").symlink_to(real)
    for _ in range(2):
        assert run("build", course, "-f", "cc11", "-o", tmp_path / "out").returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["kurs"]
    assert list(real.iterdir()) == []


def test_a_folder_without_official_schemas_is_told(tmp_path: Path) -> None:
    course = small(tmp_path)
    for name in ("cc11", "scorm12"):
        done = run("build", course, "-f", name, "-o", tmp_path / "out", "--schemas", tmp_path)
        assert done.returncode == 0
        assert f"{tmp_path}: holds no official schema for " in done.stderr, name
    assert run("build", course, "-f", "cc11", "-o", tmp_path / "out").returncode == 0
    (package,) = (tmp_path / "out" / "kurs").glob("*.imscc")
    assert "holds no official schema for " in run("validate", package, "--schemas", tmp_path).stderr
