"""Forecasts held against what arrives: of our products, and of the foreign packages in the folder FOREIGN, if any."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coursepack.files.zipped import zip_bytes
from coursepack.forecast import forecast
from coursepack.model.artifact import Assets
from coursepack.place import CoursepackError
from coursepack.writers import Context, load
from coursepack.writers.mbz.options import BackupOptions
from tests import samples
from tests.clients.moodle import test_course
from tests.clients.moodle.held import false
from tests.clients.moodle.site import Site

FORMATS = ("moodle-backup", "moodle-xml", "cc11", "cc13", "scorm12", "scorm2004", "scorm2004-3rd", "gift", "aiken")
ASSETS = Assets({samples.PNG_ID: samples.PNG})
COURSES = {"everything": samples.everything, "marked": test_course.course}
FOREIGN = Path(os.environ["FOREIGN"]) if "FOREIGN" in os.environ else None


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(Path(os.environ["TREE"]))


def products(folder: Path, course: str, name: str) -> Iterator[Path]:
    writer = load(name)
    options = BackupOptions(papers=False) if name == "moodle-backup" else writer.options()
    context = Context(timezone="Asia/Almaty", options=options, assets=ASSETS, version="test")
    for artifact in writer.write(COURSES[course](), context).artifacts:
        path = folder / artifact.name
        data = artifact.members[0].read() if artifact.container == "file" else zip_bytes(artifact.members)
        path.write_bytes(data)
        yield path


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("course", sorted(COURSES))
def test_our_products(site: Site, tmp_path: Path, course: str, name: str) -> None:
    made = [path for path in products(tmp_path, course, name) if path.suffix != ".json"]
    assert made or name == "aiken"
    for path in made:
        assert false(forecast(path, site.lms), site.arrive(path)) == [], path.name


def test_foreign_packages(site: Site) -> None:
    """They are nobody's to hand on: whoever runs this has some."""
    if FOREIGN is None:
        pytest.fail("FOREIGN=FOLDER must name a folder with ten packages or more that others made")
    held, wrong = 0, {}
    for path in sorted(FOREIGN.iterdir()):
        try:
            told = forecast(path, site.lms)
        except CoursepackError:
            continue  # nothing was said of it
        held += 1
        if found := false(told, site.arrive(path)):
            wrong[path.name] = found
    assert wrong == {}
    assert held >= 10
