"""``coursepack build --update-since``: which folders are taken for the build that Moodle holds."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import msgspec
import pytest

from coursepack.files.hashes import sha256
from tests.cli.test_build import run as called

TEXT = """1-дәріс. Билік

Билік туралы мәтін.

Бақылау сұрақтары

1. Билік дегеніміз не?
2. Билік тармақтарын атаңыз.

2-дәріс. Мемлекет

Мемлекет туралы мәтін.

Бақылау сұрақтары

1. Мемлекет дегеніміз не?
"""
TOML = 'id = "living"\ntitle = "Саяси билік"\nlanguage = "kk"\n[[source]]\nfile = "course.txt"\nrole = "textbook"\n'
TOML += "[moodle-backup]\npapers = false\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    course = tmp_path / "course"
    course.mkdir()
    (course / "course.txt").write_text(TEXT, "utf-8")
    (course / "course.toml").write_text(TOML, "utf-8")
    assert run(course, tmp_path / "old").exit_code == 0
    return course


class Done:
    def __init__(self, *words: object) -> None:
        done = called(*map(str, words))
        self.exit_code, self.output = done.returncode, done.stdout + done.stderr


def run(course: Path, output: Path, *more: object) -> Done:
    return Done("build", course, "-o", output, "-f", "moodle-backup", *more)


def changed(course: Path) -> Path:
    text = TEXT.replace("Мемлекет туралы мәтін.", "Мемлекет туралы жаңа мәтін.").replace("атаңыз", "атап шығыңыз")
    (course / "course.txt").write_text(text, "utf-8")
    return course


def test_an_update_is_written_beside_the_whole_backup(folder: Path, tmp_path: Path) -> None:
    found = run(changed(folder), tmp_path / "new", "--update-since", tmp_path / "old" / "living")
    assert found.exit_code == 0, found.output
    files = sorted(path.name for path in (tmp_path / "new" / "living").glob("*.mbz"))
    assert files == ["living-update.mbz", "living.mbz"]
    with zipfile.ZipFile(tmp_path / "new" / "living" / "living-update.mbz") as archive:
        modules = [archive.read(name).decode() for name in archive.namelist() if name.endswith("module.xml")]
    keys = sorted(text.partition("<idnumber>")[2].partition("<")[0] for text in modules)
    assert keys == ["update-1", "w02-lecture-update-1"]
    report = json.loads((tmp_path / "new" / "living" / "build-report.json").read_text("utf-8"))
    assert report["asked"]["update"] == "1"
    assert set(report["asked"]) == {"update", "update-since"}


def test_updates_are_counted(folder: Path, tmp_path: Path) -> None:
    """Also where the build that is compared with lies in the place of the new one."""
    old = tmp_path / "old" / "living"
    for number in ("1", "2"):
        (folder / "course.txt").write_text(TEXT.replace("туралы мәтін", f"туралы {number} мәтін"), "utf-8")
        assert run(folder, tmp_path / "old", "--update-since", old).exit_code == 0
        assert json.loads((old / "build-report.json").read_text("utf-8"))["asked"]["update"] == number


def test_an_unchanged_course_says_so(folder: Path, tmp_path: Path) -> None:
    found = run(folder, tmp_path / "new", "--update-since", tmp_path / "old" / "living")
    assert found.exit_code == 0
    assert "nothing is new or changed since the earlier build" in found.output
    assert sorted(path.name for path in (tmp_path / "new" / "living").glob("*.mbz")) == ["living.mbz"]


def refused(course: Path, tmp_path: Path, old: Path, *more: str) -> str:
    found = run(course, tmp_path / "new", "--update-since", old, *more)
    assert found.exit_code == 2
    assert not (tmp_path / "new" / "living" / "living.mbz").exists()
    return found.output


def test_a_folder_that_is_no_build(folder: Path, tmp_path: Path) -> None:
    assert "no course.json, expected the folder of an earlier build" in refused(folder, tmp_path, tmp_path / "nowhere")
    assert "no course.json" in refused(folder, tmp_path, tmp_path / "old")
    (tmp_path / "old" / "living" / "build-report.json").unlink()
    assert "no build-report.json" in refused(folder, tmp_path, tmp_path / "old" / "living")


def test_a_build_of_another_course(folder: Path, tmp_path: Path) -> None:
    (folder / "course.toml").write_text(TOML.replace('"living"', '"other"'), "utf-8")
    found = run(folder, tmp_path / "new", "--update-since", tmp_path / "old" / "living")
    assert found.exit_code == 2
    assert "a build of 'living' (kk), expected one of 'other' (kk)" in found.output


@pytest.mark.parametrize("name", ["course.json", "build-report.json"])
@pytest.mark.parametrize("listed", [True, False])
def test_a_build_that_was_cut(folder: Path, tmp_path: Path, name: str, listed: bool) -> None:
    path = tmp_path / "old" / "living" / name
    path.write_bytes(path.read_bytes()[:-200])
    if not listed:
        (path.parent / "SHA256SUMS").unlink()
    said = refused(folder, tmp_path, path.parent)
    assert ("was changed or cut off since it was built" if listed else "not a ") in said


def test_a_backup_that_was_cut_is_not_needed(folder: Path, tmp_path: Path) -> None:
    """The words of both states are in course.json; the file only tells how an earlier release wrote them."""
    old = tmp_path / "old" / "living"
    (old / "living.mbz").write_bytes((old / "living.mbz").read_bytes()[:900])
    found = run(changed(folder), tmp_path / "new", "--update-since", old)
    assert found.exit_code == 0, found.output
    assert (tmp_path / "new" / "living" / "living-update.mbz").exists()


def test_a_build_of_an_earlier_release(folder: Path, tmp_path: Path) -> None:
    """Its report knows less than ours, its course.json lacks what came later."""
    old = tmp_path / "old" / "living"
    report = msgspec.json.decode((old / "build-report.json").read_bytes())
    keep = {"course", "language", "products"}
    data = msgspec.json.encode(
        {name: value for name, value in report.items() if name in keep} | {"coursepack": "0.0.9"}
    )
    (old / "build-report.json").write_bytes(data)
    sums = (old / "SHA256SUMS").read_text("utf-8").splitlines()
    sums = [f"{sha256(data)}  build-report.json" if line.endswith("  build-report.json") else line for line in sums]
    (old / "SHA256SUMS").write_text("\n".join(sums) + "\n", "utf-8")
    found = run(changed(folder), tmp_path / "new", "--update-since", old)
    assert found.exit_code == 0, found.output
    assert (tmp_path / "new" / "living" / "living-update.mbz").exists()


def test_only_of_the_backup(folder: Path, tmp_path: Path) -> None:
    call = [
        "build",
        str(folder),
        "-o",
        str(tmp_path / "new"),
        "-f",
        "gift",
        "--update-since",
        str(tmp_path / "old" / "living"),
    ]
    found = Done(*call)
    assert found.exit_code == 2
    assert "an update is possible only for moodle-backup" in found.output


def test_such_a_build_is_not_archived(folder: Path, tmp_path: Path) -> None:
    assert run(changed(folder), tmp_path / "new", "--update-since", tmp_path / "old" / "living").exit_code == 0
    call = ["archive", str(tmp_path / "new" / "living"), "--to", str(tmp_path / "bags"), "--sources", str(folder)]
    found = Done(*call)
    assert found.exit_code == 2
    assert "was built with --update-since" in found.output
    shutil.rmtree(tmp_path / "new")
