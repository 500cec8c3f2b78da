"""Where something is written: locks, single files, links and names."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coursepack import publish
from coursepack.place import CoursepackError
from tests.publish.making import write

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need POSIX")

_HOLDING = """
import sys
from pathlib import Path
from coursepack import publish
with publish.folder(Path(sys.argv[1]), sys.argv[2]) as new:
    publish.write_sums(new, {"a": publish.write_file(new / "a", [b"2"])[1]})
    print("in", flush=True)
    sys.stdin.read()
"""


def _holding(output: Path, name: str) -> subprocess.Popen[str]:
    call = [sys.executable, "-c", _HOLDING, str(output), name]
    return subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _in(process: subprocess.Popen[str], seconds: float = 30) -> str:
    """The line that says that a run is in; "" when it waits."""
    assert process.stdout is not None
    return process.stdout.readline() if select.select([process.stdout], [], [], seconds)[0] else ""


@contextmanager
def _runs(output: Path, *names: str) -> Iterator[list[subprocess.Popen[str]]]:
    """Runs that are in, or wait, until they are told to end."""
    runs = [_holding(output, name) for name in names]
    try:
        yield runs
    finally:
        for each in runs:
            each.kill()
            each.communicate()


@POSIX
def test_the_lock_is_the_courses(tmp_path: Path) -> None:
    with _runs(tmp_path, "a", "a-b") as (first, other):
        assert (_in(first), _in(other)) == ("in\n", "in\n")  # both at the same time
        with _runs(tmp_path, "a") as (second,):
            assert _in(second, 1) == ""
            first.communicate()
            assert _in(second) == "in\n"
            second.communicate()
        other.communicate()
    assert [each.returncode for each in (first, other, second)] == [0, 0, 0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "a-b"]


@POSIX
def test_a_run_tidies_up_after_a_killed_one_and_leaves_the_work_of_others_alone(tmp_path: Path) -> None:
    with _runs(tmp_path, "a", "a-b") as (killed, other):
        assert (_in(killed), _in(other)) == ("in\n", "in\n")
        killed.kill()
        killed.wait()
        assert sum(path.name.startswith(publish.PREFIX) for path in tmp_path.iterdir()) == 4
        with publish.folder(tmp_path, "a") as new:
            publish.write_sums(new, {})
        other.communicate()
    assert other.returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "a-b"]


@POSIX
def test_a_lock_that_is_a_link_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    publish.StagingArea(output / "course").lock.symlink_to(tmp_path / "victim")
    with pytest.raises(CoursepackError, match="is no lock file of coursepack; remove it: coursepack did not create it"):
        write(output, a="1")
    assert not (tmp_path / "victim").exists()


def test_a_file_is_written_whole_or_stays(tmp_path: Path) -> None:
    def half() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    path = tmp_path / "below" / "x.xml"
    assert publish.file(path, [b"1", b"2"]) == 2
    with pytest.raises(CoursepackError, match="cannot be written: No space left on device"):
        publish.file(path, half())
    assert path.read_bytes() == b"12"
    assert [each.name for each in path.parent.iterdir()] == ["x.xml"]


@POSIX
def test_a_file_is_never_written_through_a_link_or_into_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("keep")
    (tmp_path / "link").symlink_to("victim")
    (tmp_path / "nowhere").symlink_to("new")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name, what in (("link", "a link"), ("nowhere", "a link"), ("pipe", "a pipe or"), ("folder", "a folder")):
        with pytest.raises(CoursepackError, match=f"is {what}.*expected a file or a free name"):
            publish.file(tmp_path / name, [b"x"])
    assert ((tmp_path / "victim").read_text(), (tmp_path / "new").exists()) == ("keep", False)


@POSIX
def test_what_is_written_aside_has_a_name_that_nobody_foresees(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("keep")
    for name in (".new-out.xml", ".new-course", ".old-course"):  # could be foreseen once
        (tmp_path / name).symlink_to("victim")
    publish.file(tmp_path / "out.xml", [b"x"])
    write(tmp_path, a="1")
    assert (tmp_path / "victim").read_text() == "keep"
    made = [publish.StagingArea(tmp_path / "x").free() for _ in range(100)]
    assert len(set(made)) == 100
    made[0].symlink_to("victim")
    with pytest.raises(FileExistsError):
        publish.write_file(made[0], [b"x"])
    assert (tmp_path / "victim").read_text() == "keep"


@pytest.mark.parametrize("name", ["CON.xml", "a*b.xml", "x.xml."])
def test_no_file_is_called_what_some_system_cannot_hold(tmp_path: Path, name: str) -> None:
    with pytest.raises(CoursepackError, match="cannot be written: Windows"):
        publish.file(tmp_path / name, [b"x"])
    assert list(tmp_path.iterdir()) == []
