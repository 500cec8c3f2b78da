"""Readers, writers and checks of other distributions: found, named when they fail, and harmless to everything else."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from coursepack import checks, plugins, readers
from coursepack.place import CoursepackError
from tests.plugins import install, run

PAGE = Path(__file__).parents[1] / "docs" / "plugins.md"
LECTURE = "Лекция 1. Власть\n\n1. Понятие власти\n2. Виды власти\n\nЛекция 2. Право\n\n1. Понятие права\n"
ORG = "".join(f"* {line}\n" if line.startswith("Лекция") else f"{line}\n" for line in LECTURE.splitlines())
TOML = 'id = "kurs"\ntitle = "Курс"\nlanguage = "ru"\n\n[[source]]\nfile = "a.txt"\nrole = "textbook"\n'

WRITER = """
import sys
from coursepack.files.member import Member
from coursepack.model.artifact import Artifact, Written
from coursepack.place import CoursepackError, Finding, Place, error
from coursepack.writers import Writer

def write(course, context):
    name = f"{course.id}-mine.txt"
    content, layers = b"mine", ()
    BODY
    return Written((Artifact(name, "mine", (Member("a.txt", content),), layers, container="file"),))

writer = Writer("mine", "Mine.", write)
def check(package, grammar):
    raise ValueError("check boom")
"""


def course(folder: Path, more: str = "") -> Path:
    folder.mkdir()
    (folder / "a.txt").write_text(LECTURE, "utf-8")
    (folder / "course.toml").write_text(TOML + more, "utf-8")
    return folder


def made(out: Path) -> list[str]:
    ours = {"SHA256SUMS", "build-report.json", "course.json", "assets"}
    return sorted(path.name for path in (out / "kurs").iterdir() if path.name not in ours)


def report(out: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((out / "kurs" / "build-report.json").read_text("utf-8"))
    return found


def test_built_in_ones_are_found_like_anybody_elses() -> None:
    assert readers.endings() == {
        ".txt", ".docx", ".pdf", ".md", ".markdown", ".doc", ".rtf", ".odt", ".gift", ".aiken", ".xml", ".csv",
        ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods",
        ".platonus", ".ast", ".blackboard", ".text2qti", ".liascript", ".tasklist", ".zip", ".imscc", ".mbz",
        ".pptx", ".pptm", ".ppsx", ".ppt", ".odp", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".epub",
        ".text", ".mdown", ".mkd", ".rmd", ".qmd", ".docm", ".dot", ".dotx", ".dotm", ".ott", ".otp",
        ".pot", ".potx", ".potm", ".pps", ".ppsm", ".shtml", ".xht",
    }  # fmt: skip
    with pytest.raises(CoursepackError, match=r"unknown check 'scrom', expected .*scorm.*; did you mean scorm\?"):
        checks.layer("scrom")
    for group in (plugins.READERS, plugins.WRITERS, plugins.CHECKS, plugins.ARCHIVES):
        assert all(point.built_in for point in plugins.points(group).values())


def test_the_distribution_of_the_page_for_authors_works(tmp_path: Path) -> None:
    declared, source = re.findall(r"```(?:toml|python)\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    groups = tomllib.loads(declared)["project"]["entry-points"]
    points = {
        group.removeprefix("coursepack."): {key: value.partition(":")[2] for key, value in entries.items()}
        for group, entries in groups.items()
    }
    install(tmp_path / "site", "acme_coursepack", source, points, "acme-coursepack")
    folder = course(tmp_path / "c", '\n[agenda]\nbullet = "*"\n')
    (folder / "a.txt").unlink()
    (folder / "a.org").write_text(ORG, "utf-8")
    (folder / "course.toml").write_text((folder / "course.toml").read_text("utf-8").replace("a.txt", "a.org"), "utf-8")
    assert "agenda *" in run(tmp_path / "site", "formats").stdout
    done = run(tmp_path / "site", "build", folder, "-o", tmp_path / "out", "-f", "agenda,gift")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/kurs/kurs-agenda.txt").read_text("utf-8") == "* Власть\n* Право\n"
    (product,) = [each for each in report(tmp_path / "out")["products"] if each["format"] == "agenda"]
    assert product["checks"] == ["agenda"]
    assert report(tmp_path / "out")["libraries"]["acme-coursepack"] == "1.0"
    done = run(tmp_path / "site", "build", folder, "-o", tmp_path / "out", "-f", "gift")
    codes = {finding["code"] for finding in report(tmp_path / "out")["findings"]}
    assert "product-carried" in codes  # a note: of the same revision
    assert "product-older" not in codes


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ValueError('boom')", "failed: ValueError: boom"),
        ("sys.exit(0)", "failed: SystemExit: 0"),
        ("raise type('Odd', (BaseException,), {})('odd')", "failed: Odd: odd"),
        ("raise CoursepackError('no title', Place('a.txt', 3))", "says: no title"),
        ("return 5", "gave int, expected Written"),
        ("return Written(('x',))", "gave str among its artifacts, expected Artifact"),
        ("return Written((), (Finding('bad', 'x', 'y'),))", "gave a finding that is none: ValidationError"),
        ("content = lambda: iter(['text'])", "failed: TypeError"),
        ("content = lambda: 1 / 0", "failed: ZeroDivisionError"),
        ("name = '../evil.txt'", "says: no product is written under the name '../evil.txt'"),
        ("name = 'build-report.json'", "says: two files of the build are called"),
        ("name = f'{course.id}-questions.gift'", "says: two files of the build are called"),
        ("layers = ('nowhere',)", "says: unknown check 'nowhere', expected one of aiken,"),
        ("layers = ('mine',)", "the check 'mine' (mine:check) of mine-coursepack 1.0 failed: ValueError: check boom"),
        ("return Written((), (error('mine-bad', 'mine is bad'),))", "mine is bad [mine-bad]"),
    ],
)
def test_a_writer_that_fails_is_named_and_others_are_published(tmp_path: Path, body: str, said: str) -> None:
    points = {"writers": {"mine": "writer"}, "checks": {"mine": "check"}}
    install(tmp_path / "site", "mine", WRITER.replace("BODY", body), points)
    folder, out = course(tmp_path / "c"), tmp_path / "out"
    (folder / "b.gift").write_text("::q:: Сколько? {=1 ~2}\n", "utf-8")
    with (folder / "course.toml").open("a", encoding="utf-8") as toml:
        toml.write('\n[[source]]\nfile = "b.gift"\nrole = "tests"\n')
    done = run(tmp_path / "site", "build", folder, "-o", out, "-f", "mine,gift,markdown")
    assert said in done.stderr + done.stdout, done.stderr
    assert done.returncode == 1
    if "mine-bad" not in body:
        assert "mine-coursepack 1.0" in done.stderr + done.stdout
    assert "coursepack itself failed" not in done.stderr
    assert {each["format"] for each in report(out)["products"]} == {"gift", "markdown"}
    assert not [name for name in made(out) if "mine" in name or "evil" in name]
    assert not (tmp_path / "evil.txt").exists()
    if "questions.gift" in body:
        return  # alone, it has the name
    alone = run(tmp_path / "site", "build", folder, "-o", tmp_path / "alone", "-f", "mine")
    assert alone.returncode == 1
    assert not (tmp_path / "alone" / "kurs").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def write(:", "cannot be loaded: SyntaxError"),
        ("raise SystemExit(3)", "cannot be loaded: SystemExit: 3"),
        ("import nowhere_at_all", "cannot be loaded: ModuleNotFoundError: No module named 'nowhere_at_all'"),
        ("other = 1", "cannot be loaded: AttributeError"),
        ("writer = 7", "is not a valid coursepack.writers.Writer"),
    ],
)
def test_one_that_cannot_be_loaded_stops_neither_formats_nor_builds(tmp_path: Path, source: str, said: str) -> None:
    install(tmp_path / "site", "mine", source, {"writers": {"mine": "writer"}})
    listed = run(tmp_path / "site", "formats")
    assert listed.returncode == 0
    assert "scorm12 *" in listed.stdout
    assert f"the writer 'mine' (mine:writer) of mine-coursepack 1.0 {said}" in listed.stderr
    folder = course(tmp_path / "c", "\n[mine]\nx = 1\n")
    done = run(tmp_path / "site", "build", folder, "-o", tmp_path / "out", "-f", "mine,markdown")
    assert done.returncode == 1
    assert said in done.stderr + done.stdout
    assert "course.toml:9: warning: unknown table [mine], perhaps of a writer" in done.stderr + done.stdout
    assert [each["format"] for each in report(tmp_path / "out")["products"]] == ["markdown"]


def test_a_reader_that_fails_leaves_the_other_files_to_be_read(tmp_path: Path) -> None:
    source = "from coursepack.readers import Reader\nreader = Reader(read=lambda file: 1 / 0)\njunk = Reader(read=id)\n"
    points = {"readers": {"org": "reader", "junk": "junk", "docx": "reader", "lost": "nothing"}}
    install(tmp_path / "site", "mine", source, points)
    folder = tmp_path / "kurs"
    folder.mkdir()
    (folder / "a.txt").write_text(LECTURE, "utf-8")
    for ending in ("org", "junk", "lost"):
        (folder / f"b.{ending}").write_text("x", "utf-8")
    done = run(tmp_path / "site", "build", folder, "-o", tmp_path / "out", "-f", "markdown")
    told = done.stderr + done.stdout
    assert done.returncode == 0, told
    begin = "warning: left out: the reader"
    assert f"b.org: {begin} 'org' (mine:reader) of mine-coursepack 1.0 failed: ZeroDivisionError" in told
    assert f"b.junk: {begin} 'junk' (mine:junk) of mine-coursepack 1.0 gave int, expected a Document" in told
    assert f"b.lost: {begin} 'lost' (mine:nothing) of mine-coursepack 1.0 cannot be loaded" in told
    assert "the reader 'docx' (mine:reader) of mine-coursepack 1.0 is not used: the reader 'docx'" in told


def test_a_bank_of_a_plugin_that_fails_while_it_is_read_is_named(tmp_path: Path) -> None:
    source = """
from coursepack.model.artifact import Bank
from coursepack.readers import QuestionFile, Reader
def read(path):
    def questions():
        yield 1 / 0
    return QuestionFile(Bank("b", "B", "en", questions))
reader = Reader(read_questions=read)
"""
    install(tmp_path / "site", "mine", source, {"readers": {"qa": "reader"}})
    (tmp_path / "b.qa").write_text("x", "utf-8")
    done = run(tmp_path / "site", "convert", tmp_path / "b.qa", "-f", "gift", "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "b.qa: the reader 'qa' (mine:reader) of mine-coursepack 1.0 failed: ZeroDivisionError" in done.stderr
    assert not (tmp_path / "out").exists()


def test_of_two_with_one_name_the_first_distribution_has_it(tmp_path: Path) -> None:
    for module in ("zeta", "alfa"):
        source = WRITER.replace("BODY", f"content = b'{module}'")
        install(tmp_path / "site", module, source, {"writers": {"mine": "writer", "gift": "writer"}})
    done = run(tmp_path / "site", "build", course(tmp_path / "c"), "-o", tmp_path / "out", "-f", "mine")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/kurs/kurs-mine.txt").read_bytes() == b"alfa"
    told = done.stderr + done.stdout
    assert "'mine' (zeta:writer) of zeta-coursepack 1.0 is not used: the writer 'mine' (alfa:writer) of alfa" in told
    assert told.count("is not used: the writer 'gift' (coursepack.writers.plain.gift:writer)") == 2


def test_metadata_that_cannot_be_read_hide_no_others(tmp_path: Path) -> None:
    install(tmp_path / "site", "mine", "", {"writers": {}})
    (tmp_path / "site/mine_coursepack-1.0.dist-info/entry_points.txt").write_text("[coursepack.writers]\njunk\n")
    done = run(tmp_path / "site", "formats")
    assert done.returncode == 0, done.stderr
    assert "scorm12 *" in done.stdout
    assert "plugin-metadata" in done.stderr
