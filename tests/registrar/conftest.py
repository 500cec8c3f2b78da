"""A bag made once, copied for each test that harms it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from coursepack.registrar.archive import archive
from coursepack.registrar.edition import Registered
from tests.registrar.builds import build, project
from tests.samples import everything

REGISTERED = Registered(date="2026-11-20", retention="5 жыл ЭПК")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``src/sample``, ``out/sample`` and ``bags/<one bag>``."""
    folder = tmp_path_factory.mktemp("made")
    course = everything()
    build(folder / "out" / "sample", project(folder / "src" / "sample", course), course)
    archive(folder / "out" / "sample", folder / "bags", REGISTERED, [folder / "src"])
    return folder


@pytest.fixture
def bag(made: Path, tmp_path: Path) -> Path:
    """A copy of the bag."""
    (found,) = (made / "bags").glob("sample-*")
    return Path(shutil.copytree(found, tmp_path / "bag"))
