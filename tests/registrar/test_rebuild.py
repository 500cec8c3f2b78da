"""A bag of «Саяси билік»: the library's own check, and its products built again from the sources inside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from coursepack import build, projects
from coursepack.cli.verify import _build
from coursepack.course import Course
from coursepack.place import CoursepackError
from coursepack.registrar import rebuild
from coursepack.registrar.archive import archive
from coursepack.registrar.edition import Registered
from coursepack.registrar.rebuild import Inside
from tests.shared import SEEDS

FORMATS = ("moodle-xml", "scorm12", "cc11")


@pytest.fixture(scope="module")
def sayasi_bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sayasi")
    (loaded,) = projects.find_projects([SEEDS / "sayasi-bilik"])
    built = build.build(loaded, folder / "out", build.Settings(formats=FORMATS))
    assert built.folder
    return archive(built.folder, folder / "bags", Registered(date="2026-11-20"), [SEEDS]).path


def test_the_library_accepts_it(sayasi_bag: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bagit", "--validate", str(sayasi_bag)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_it_is_built_again_byte_for_byte_elsewhere(sayasi_bag: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(sayasi_bag, tmp_path / "көшірме" / "bag")
    environment = os.environ | {"TZ": "America/New_York", "LC_ALL": "C", "PYTHONHASHSEED": "5", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", "from coursepack.cli import main; main()", "verify", "--rebuild", str(copy)],
        capture_output=True,
        cwd=tmp_path,
        env=environment,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    assert "complete and unchanged, and its sources give its products" in done.stdout.decode()


def test_products_that_the_sources_do_not_give_are_named(sayasi_bag: Path) -> None:
    def other(inside: Inside, output: Path) -> Path:
        toml = inside.sources / "course.toml"
        toml.write_text(toml.read_text("utf-8").replace('title = "Саяси билік"', 'title = "Билік"'), "utf-8")
        return _build(inside, output)

    found = rebuild.check(sayasi_bag, other)
    told = {
        (finding.code, (finding.place.member or "").rpartition("/")[2] if finding.place else "") for finding in found
    }
    assert ("rebuild-product", "sayasi-bilik-questions.xml") in told
    assert ("rebuild-product", "sayasi-bilik-scorm12.zip") in told
    assert any(finding.message.startswith("imsmanifest.xml is not") for finding in found)
    assert ("rebuild-model", "course.json") in told


def test_another_version_says_so_and_compares_what_is_read(sayasi_bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild, "__version__", "99.0")
    calls = []

    def again(inside: Inside, output: Path) -> Path:
        calls.append(sorted(path.name for path in inside.sources.iterdir()))
        return _build(inside, output)

    assert [(finding.code, finding.severity) for finding in rebuild.check(sayasi_bag, again)] == [
        ("rebuild-version", "note")
    ]
    assert calls == [["004_7bb1e2f804af1cf3.txt", "course.toml"]]


def test_sources_that_no_longer_build_are_told(sayasi_bag: Path) -> None:
    def fails(*_: object) -> Path:
        raise CoursepackError("the source cannot be read")

    (finding,) = rebuild.check(sayasi_bag, fails)
    assert (finding.code, finding.message) == ("rebuild-failed", "the source cannot be read")


def test_what_the_call_chose_is_chosen_again(sayasi_bag: Path, tmp_path: Path) -> None:
    (loaded,) = projects.find_projects([SEEDS / "sayasi-bilik"])
    chosen = build.Settings(formats=("moodle-xml",), split=50, previous=sayasi_bag / "data/course.json")
    built = build.build(loaded, tmp_path / "out", chosen)
    assert built.folder
    assert len(built.report.products) > 2
    bag = archive(built.folder, tmp_path / "bags", Registered(date="2026-11-20"), [SEEDS]).path
    assert rebuild.check(bag, _build) == []


def test_a_build_of_what_is_new_is_not_archived(sayasi_bag: Path, tmp_path: Path) -> None:
    (loaded,) = projects.find_projects([SEEDS / "sayasi-bilik"])
    since = sayasi_bag / "data/products/sayasi-bilik-questions.xml"
    built = build.build(loaded, tmp_path / "out", build.Settings(formats=("moodle-xml",), since=since))
    assert built.folder
    with pytest.raises(CoursepackError, match="only what is new"):
        archive(built.folder, tmp_path / "bags", Registered(date="2026-11-20"), [SEEDS])


def test_the_model_in_the_bag_is_a_course(sayasi_bag: Path) -> None:
    course = msgspec.json.decode((sayasi_bag / "data/course.json").read_bytes(), type=Course)
    assert (len(course.weeks), len(course.exam.questions if course.exam else ())) == (15, 107)
