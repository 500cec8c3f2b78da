"""A course with attached files on the whole road: built, exported and built again, archived and rebuilt."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from coursepack.cli import cli
from coursepack.files.hashes import sha256

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="self.name=1"/>'
FILES = {"files/data.csv": b"x;y\n", "files/a.svg": SVG, "files/t.py": b"print(1)", "talk.mp3": b"ID3"}
TEXT = """# Lecture 1. Data

Take [the table](files/data.csv) and <a href="files/t.py">the program</a>; [the next lecture](b.md).

[The drawing](files/a.svg)

![The talk](talk.mp3)
"""


def run(*words: str) -> str:
    done = CliRunner().invoke(cli, words)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kurs")
    for name, data in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "a.md").write_text(TEXT, "utf-8")
    (folder / "b.md").write_text("# Lecture 2. More\n\nText.\n", "utf-8")
    toml = 'id = "kurs"\ntitle = "Kurs"\nlanguage = "en"\n[[source]]\nfile = "a.md"\nrole = "lecture"\n'
    (folder / "course.toml").write_text(toml, "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(course: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    out = tmp_path_factory.mktemp("out")
    told = run("build", str(course), "-o", str(out), "-f", "cc11", "-f", "scorm12", "-f", "moodle-backup")
    return out / "kurs", told


def test_a_build_keeps_files_to_the_byte(built: tuple[Path, str]) -> None:
    folder, told = built
    assert {path.name: path.read_bytes() for path in (folder / "assets").iterdir()} == {
        sha256(data): data for data in FILES.values()
    }
    # The text of the next lecture is no file of this one: it is told that nobody read it.
    assert "b.md: warning: not read" in told


@pytest.mark.parametrize(("name", "file"), [("json", "kurs.json"), ("markdown", "kurs.md")])
def test_an_export_gives_the_same_products(
    course: Path, built: tuple[Path, str], tmp_path: Path, name: str, file: str
) -> None:
    run("export", str(course), "-o", str(tmp_path), "-f", name)
    assert {path.read_bytes() for path in (tmp_path / "assets").iterdir()} == set(FILES.values())
    run("build", str(tmp_path / file), "-o", str(tmp_path / "out"), "-f", "cc11", "-f", "scorm12")
    for product in ("kurs-cc11.imscc", "kurs-scorm12.zip"):
        assert (tmp_path / "out" / "kurs" / product).read_bytes() == (built[0] / product).read_bytes()


def test_an_archive_holds_the_files_and_gives_the_products_again(
    course: Path, built: tuple[Path, str], tmp_path: Path
) -> None:
    run("archive", str(built[0]), "--to", str(tmp_path), "--sources", str(course))
    (bag,) = tmp_path.iterdir()
    sources = bag / "data" / "sources"
    assert {name: (sources / name).read_bytes() for name in FILES} == FILES
    assert not (sources / "b.md").exists()
    assert "its sources give its products" in run("verify", str(bag), "--rebuild")
