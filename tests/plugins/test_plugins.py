"""Readers, writers and checks of another distribution: what works is used, what fails is named and stops nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LECTURE = "1-дәріс. Билік\n\nБилік туралы мәтін осы жерде басталады.\n\nБақылау сұрақтары\n1. Билік деген не?\n"
SOUND = """
from coursepack.model.artifact import Artifact, Written
from coursepack.files.member import Member
from coursepack.model.document import Document, Line
from coursepack.files.hashes import sha256
from coursepack.place import error
from coursepack.writers import Writer


def _write(course, context):
    text = "\\n".join(session.title for _, session in course.sessions())
    return Written((Artifact("titles.txt", "titles", (Member("titles.txt", text.encode()),), ("titles",), "file"),))


writer = Writer("titles", "The titles of the lectures", _write)


def check(package, grammar):
    for name in package.names():
        if b"bad" in package.read(name):
            yield error("titles-bad", "a bad title", package.place(name))


def read(name, data, *, encoding=None):
    text = data.decode().replace("|", "\\n")
    return Document(
        file=name, sha256=sha256(data), medium="text",
        units=tuple(Line(text=line, number=n) for n, line in enumerate(text.split("\\n"), 1)),
    )
"""


class Distribution:
    """A distribution in a folder: modules, and the entry points in its metadata."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.points: dict[str, list[str]] = {}

    def add(self, name: str, source: str, **points: str) -> None:
        """A module, and its entry points: group → «name = object»."""
        (self.folder / f"{name}.py").write_text(source, "utf-8")
        for group, point in points.items():
            called, _, attribute = point.partition("=")
            value = f"{name}:{attribute}" if attribute else name
            self.points.setdefault(f"coursepack.{group}", []).append(f"{called} = {value}")
        info = self.folder / "sample_plugin-1.0.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: sample-plugin\nVersion: 1.0\n")
        lines = [line for group, points in self.points.items() for line in (f"[{group}]", *points)]
        (info / "entry_points.txt").write_text("\n".join(lines) + "\n")

    def run(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "coursepack", *map(str, arguments)],
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": str(self.folder)},
            check=False,
        )


@pytest.fixture
def other(tmp_path: Path) -> Distribution:
    (tmp_path / "site").mkdir()
    return Distribution(tmp_path / "site")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "course"
    folder.mkdir()
    (folder / "a.txt").write_text(LECTURE, "utf-8")
    return folder


def _products(tmp_path: Path) -> set[str]:
    (report,) = (tmp_path / "out").glob("*/build-report.json")
    return {product["format"] for product in json.loads(report.read_text("utf-8"))["products"]}


def test_a_writer_with_a_check_of_its_own_and_a_reader(other: Distribution, course: Path, tmp_path: Path) -> None:
    other.add("sound", SOUND, writers="titles=writer", checks="titles=check", readers="bars=")
    (course / "a.txt").rename(course / "a.bars")
    (course / "a.bars").write_text(LECTURE.replace("\n", "|"), "utf-8")
    done = other.run("build", course / "a.bars", "-o", tmp_path / "out", "-f", "titles,gift")
    assert done.returncode == 0, done.stderr
    assert _products(tmp_path) == {"titles", "gift"}
    (made,) = (tmp_path / "out").glob("*/titles.txt")
    assert made.read_text("utf-8") == "Билік"


def test_what_its_check_finds_leaves_out_its_product_alone(other: Distribution, course: Path, tmp_path: Path) -> None:
    other.add("sound", SOUND, writers="titles=writer", checks="titles=check")
    (course / "a.txt").write_text(LECTURE.replace("1-дәріс. Билік", "1-дәріс. bad"), "utf-8")
    done = other.run("build", course, "-o", tmp_path / "out", "-f", "titles,gift")
    assert done.returncode == 1
    assert "error: a bad title [titles-bad]" in done.stderr
    assert _products(tmp_path) == {"gift"}
    assert not list((tmp_path / "out").glob("*/titles.txt"))


FAILS = {
    "raises": ("def _write(c, x): raise ZeroDivisionError('by zero')", "ZeroDivisionError: by zero"),
    "leaves": ("def _write(c, x): raise SystemExit(3)", "SystemExit: 3"),
    "rubbish": ("def _write(c, x): return 'a text'", "handed over a str, expected Written"),
    "no check of that name": (
        "def _write(c, x):\n return Written((Artifact('a.txt', 'odd', (Member('a.txt', b'x'),), ('nowhere',), 'file'),))",
        "unknown check layer 'nowhere', expected one of ",
    ),
    "a name out of the folder": (
        "def _write(c, x):\n return Written((Artifact('../a.txt', 'odd', (Member('a', b'x'),), ('container',), 'file'),))",
        "a.txt",
    ),
    "a member that fails when it is read": (
        "def _bytes():\n raise OSError('gone')\n yield b''\n"
        "def _write(c, x):\n return Written((Artifact('a.txt', 'odd', (Member('a.txt', _bytes),), (), 'file'),))",
        "gone",
    ),
}
HEAD = (
    "from coursepack.writers import Writer\nfrom coursepack.files.member import Member\n"
    "from coursepack.model.artifact import Artifact, Written\n"
)


@pytest.mark.parametrize("name", FAILS)
def test_a_writer_that_fails_is_named_and_the_others_are_made(
    name: str, other: Distribution, course: Path, tmp_path: Path
) -> None:
    source, told = FAILS[name]
    other.add("odd", f"{HEAD}{source}\nwriter = Writer('odd', 'Odd', _write)\n", writers="odd=writer")
    done = other.run("build", course, "-o", tmp_path / "out", "-f", "gift,odd,cc11")
    assert done.returncode == 1, done.stderr
    assert told in done.stderr
    assert "[format-failed]" in done.stderr
    assert "coursepack itself failed" not in done.stderr
    assert _products(tmp_path) == {"gift", "cc11"}
    assert not list((tmp_path / "out").rglob("a.txt"))


BROKEN = {
    "a syntax error": ("def (", "SyntaxError"),
    "a missing module": ("import nowhere_to_be_found", "ModuleNotFoundError"),
    "an exit": ("raise SystemExit(1)", "SystemExit"),
    "an error": ("1 / 0", "ZeroDivisionError"),
    "no such object": ("x = 1", "AttributeError"),
    "no writer": ("writer = 3", "is not a coursepack.writers.Writer"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_writer_that_cannot_be_imported_is_named(
    name: str, other: Distribution, course: Path, tmp_path: Path
) -> None:
    source, told = BROKEN[name]
    other.add("broken", source, writers="broken=writer")
    done = other.run("formats")
    assert done.returncode == 0
    assert "moodle-xml" in done.stdout
    assert f"{told}" in done.stderr
    assert "'broken' (broken:writer of sample-plugin)" in done.stderr
    done = other.run("build", course, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "[format-broken]" in done.stderr
    assert "cc11" in _products(tmp_path)
    done = other.run("build", course, "-o", tmp_path / "out", "-f", "broken")
    assert done.returncode == 2
    assert "'broken' (broken:writer of sample-plugin)" in done.stderr


def test_an_unknown_format_lists_those_of_others_too(other: Distribution, course: Path, tmp_path: Path) -> None:
    other.add("sound", SOUND, writers="titles=writer")
    done = other.run("build", course, "-o", tmp_path / "out", "-f", "titels")
    assert done.returncode == 2
    assert "unknown format 'titels', expected one of aiken, cc11" in done.stderr
    assert "did you mean titles?" in done.stderr


def test_ours_goes_first_where_two_claim_a_name(other: Distribution, course: Path, tmp_path: Path) -> None:
    other.add("sound", SOUND, writers="gift=writer", readers="txt=")
    done = other.run("formats")
    assert "warning: left out: gift of sample-plugin, for coursepack has one too" in done.stderr
    assert other.run("build", course, "-o", tmp_path / "out", "-f", "gift").returncode == 0
    assert len(list((tmp_path / "out").glob("*/*-questions.gift"))) == 1


def test_a_reader_that_fails_is_named(other: Distribution, course: Path, tmp_path: Path) -> None:
    other.add("odd", "def read(name, data, *, encoding=None):\n    raise KeyError('x')\n", readers="odd=")
    (course / "b.odd").write_text("x", "utf-8")
    done = other.run("build", course, "-o", tmp_path / "out", "-f", "gift")
    assert "the reader 'odd' (odd of sample-plugin) failed: KeyError: 'x'" in done.stderr
    assert "coursepack itself failed" not in done.stderr
    assert _products(tmp_path) == {"gift"}
