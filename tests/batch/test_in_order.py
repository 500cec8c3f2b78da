"""Results in the order of the pieces, whoever is done first; packages and bags by several at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.batch import bags, in_order, packages
from coursepack.batch.engines import Engine
from coursepack.batch.processes import Processes
from coursepack.checks.products import Verdict
from coursepack.place import CoursepackError
from coursepack.registrar.edition import Registered
from coursepack.registrar.rebuild import Templates
from coursepack.registrar.verify import Verified
from tests.shared import small


@pytest.fixture(params=["here", "processes"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine | None]:
    if request.param == "here":
        yield None
        return
    with Processes(2) as found:
        yield found


def waited(seconds: float, name: str) -> str:
    time.sleep(seconds)
    if name == "bad":
        raise CoursepackError("is bad")
    return name.upper()


def test_the_order_is_that_of_the_pieces(engine: Engine | None) -> None:
    pieces = [(0.3, "slow"), (0.0, "bad"), (0.0, "fast"), (0.1, "last")]
    found = list(in_order.done(waited, pieces, engine))
    assert [each if isinstance(each, str) else each.message for each in found] == ["SLOW", "is bad", "FAST", "LAST"]


def test_no_more_is_taken_than_is_worked_on_soon() -> None:
    taken: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    gate = threading.Event()
    found = packages.in_order(lambda number: gate.wait() and number, numbers(), 2)
    threading.Timer(0.2, gate.set).start()
    assert next(found) == 0
    assert len(taken) < 50
    assert list(found) == list(range(1, 1000))


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("builds")
    made = []
    for name in ("a", "b", "c"):
        (loaded,) = discovery.find_projects([small(folder / "sources", name)])
        built = build.build(loaded, folder / "output", build.Settings(formats=("moodle-xml", "syllabus")))
        assert built.folder
        made.append(built.folder)
    return made


def test_packages_are_judged_as_one_by_one(builds: list[Path], tmp_path: Path) -> None:
    text = tmp_path / "none.xml"
    paths = [*(each / f"{each.name}-questions.xml" for each in builds), text, builds[0] / "a-syllabus.docx"]
    alone, together = (list(packages.verdicts(paths, None, None, jobs)) for jobs in (1, 3))
    assert [path for path, _ in together] == paths
    assert [_said(each) for _, each in together] == [_said(each) for _, each in alone]
    assert [_said(each)[0] for _, each in together] == ["moodle-xml", "moodle-xml", "moodle-xml", "unusable", "docx"]


def _said(found: Verdict | CoursepackError) -> tuple[str, str, object]:
    if isinstance(found, CoursepackError):
        return "unusable", str(found), ()
    return found.kind, found.file, (found.sound, found.findings)


def test_bags_are_made_and_verified_side_by_side(builds: list[Path], tmp_path: Path, engine: Engine | None) -> None:
    roots = [builds[0].parent.parent / "sources"]
    wanted = [*builds, tmp_path]
    made = list(bags.archived(wanted, tmp_path / "bags", Registered(), roots, None, engine, follow_links=False))
    done = [each for found in made[:3] if isinstance(found, list) for each in found]
    assert len({each.path for each in done}) == 3
    assert isinstance(made[3], CoursepackError)
    (done[1].path / "data/products/b-questions.xml").write_bytes(b"<quiz/>")
    found = list(bags.verified([*(each.path for each in done), tmp_path], Templates(), engine))
    assert [_word(each) for each in found] == ["sound", "changed", "sound", "none"]


def _word(found: Verified | CoursepackError) -> str:
    if isinstance(found, CoursepackError):
        return "none"
    return "changed" if any(one.severity == "error" for one in found.findings) else "sound"
