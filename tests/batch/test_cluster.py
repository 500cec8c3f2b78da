"""The same calls on a cluster of this machine: deaths, a poison, a scheduler that goes away, other versions."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from coursepack.batch import cluster
from coursepack.batch.cluster import Cluster
from coursepack.batch.engines import CallResult
from coursepack.place import CoursepackError
from tests.batch.test_courses import FORMATS, digest, many, rows  # noqa: F401 - the fixture
from tests.batch.test_processes import by_number, call
from tests.shared import small

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]


@contextmanager
def program(*arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program of dask, killed in the end with all that it started."""
    command = [
        sys.executable,
        "-m",
        "distributed.cli.dask_scheduler" if arguments[0] == "scheduler" else "distributed.cli.dask_worker",
    ]
    started = subprocess.Popen(
        [*command, *arguments[1:]],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield started
    finally:
        with suppress(ProcessLookupError):  # the test killed it
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def scheduler(port: int) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return program("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-jupyter")


def worker(port: int) -> AbstractContextManager[subprocess.Popen[bytes]]:
    return program("worker", f"tcp://127.0.0.1:{port}", "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    port = free_port()
    with ExitStack() as started:
        for each in (scheduler(port), worker(port), worker(port)):
            started.enter_context(each)
        yield f"tcp://127.0.0.1:{port}"


def test_every_call_is_answered_and_a_poison_is_named(address: str, tmp_path: Path) -> None:
    tried = tmp_path / "tried"
    calls = [call(number, "doubled", bytes([number])) for number in range(30)]
    calls += [
        call(30, "dies", str(tried).encode()),
        call(31, "unusable"),
        call(32, "dies_once", str(tmp_path / "o").encode()),
    ]
    with Cluster(address) as found:
        answers = by_number(found.run(calls))
    assert [answers[number].data for number in range(30)] == [bytes([n, n]) for n in range(30)]
    assert answers[30].problem == "the process crashed each time (on a worker of the cluster)"
    assert len(tried.read_text("utf-8")) >= 2  # how often more, a scheduler decides that loses workers meanwhile
    assert (answers[31].problem, answers[31].lost) == ("no course", False)
    assert answers[32].data == b"alive"


def test_courses_are_the_same_bytes(address: str, many: Path) -> None:  # noqa: F811
    from coursepack import build, discovery
    from coursepack.batch.courses import Courses

    alone = rows(many)
    first = digest(many.parent / "output")
    with Cluster(address) as engine:
        courses = Courses(
            list(discovery.sites([many])),
            many.parent / "other",
            build.Settings(formats=FORMATS),
            engine,
            remembered=False,
        )
        done = list(courses.run())
    assert digest(many.parent / "other") == first
    assert sorted(each.row.course for each in done) == [row.course for row in alone]


def test_a_scheduler_that_is_killed_and_comes_again_loses_nothing(tmp_path: Path) -> None:
    port = free_port()
    with ExitStack() as started:
        first = started.enter_context(scheduler(port))
        started.enter_context(worker(port))
        with Cluster(f"tcp://127.0.0.1:{port}") as found:
            answers: list[CallResult] = []
            for answer in found.run(call(number, "process") for number in range(40)):
                answers.append(answer)
                if len(answers) == 5:
                    os.killpg(first.pid, signal.SIGKILL)
                    first.wait(timeout=20)
                    started.enter_context(scheduler(port))
                    started.enter_context(worker(port))
    assert sorted(answer.number for answer in answers) == list(range(40))
    assert all(answer.data for answer in answers)


def test_a_worker_with_other_versions_builds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    version, versions = cluster.identity()
    asked = call(1, "doubled")
    assert cluster._done(asked, (version, versions)).data == b"aa"
    other = tuple((name, "0.1" if name == "lxml" else found) for name, found in versions)
    answer = cluster._done(asked, (version, other))
    assert answer.data is None
    assert answer.lost
    assert answer.problem.startswith("a worker has other versions than this machine: lxml ")
    assert "coursepack" in cluster._done(asked, ("0.0", versions)).problem


def test_nobody_at_the_address_is_an_error_in_its_time() -> None:
    began = time.monotonic()
    with (
        pytest.raises(CoursepackError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9: "),
        Cluster("tcp://127.0.0.1:9", patience=1),
    ):
        pass
    assert time.monotonic() - began < 60
    with pytest.raises(CoursepackError, match="no scheduler answers at nowhere"), Cluster("nowhere", patience=1):
        pass


def test_a_cluster_of_this_machine(tmp_path: Path) -> None:
    small(tmp_path)
    with Cluster("local", 2) as found:
        pids = {answer.data for answer in found.run(call(number, "process") for number in range(8))}
    assert len(pids) == 2
