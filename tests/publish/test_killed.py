"""A run that is killed, that fails, or that finds the disk full: the last good build is never away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from coursepack.place import CoursepackError
from coursepack.publish import exchange
from tests.publish.making import fail_half_way, whole, write

EXCHANGES = sys.platform in {"linux", "darwin"}

# Dies at the n-th call that changes anything on disk: opens a file to write, makes, renames, exchanges, removes.
KILLED = """
import os, sys
from pathlib import Path
from coursepack import publish
from coursepack.publish import exchange
left = int(sys.argv[2])
def step():
    global left
    left -= 1
    if left == 0:
        os._exit(137)
def hook(event, args):
    writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
    if writes or event in ("os.mkdir", "os.rename", "os.rmdir", "os.remove", "os.utime"):
        step()
real = exchange._exchange
def exchanging(one, other):
    step()
    done = sys.argv[3] == "yes" and real(one, other)
    step()
    return done
exchange._exchange = exchanging
sys.addaudithook(hook)
with publish.folder(Path(sys.argv[1]), "course") as new:
    publish.write_sums(new, {"a": publish.write_file(new / "a", [b"2"])[1]})
"""


def _killed_everywhere(folder: Path, exchange: str) -> list[str | None]:
    """What lay in the course's place after the kill at each step, until a run that was not killed."""
    found: list[str | None] = []
    for point in range(1, 80):
        output = folder / str(point)
        place = output / "course"
        write(output, a="1", b="x")
        (place / "b").write_text("edited")
        done = subprocess.run([sys.executable, "-c", KILLED, str(output), str(point), exchange], check=False)
        found.append((place / "a").read_text() if place.exists() else None)
        if done.returncode == 0:
            return found
        assert done.returncode == 137
        fail_half_way(output)  # the next run tidies up, and publishes nothing
        assert (place / "a").read_text() == (found[-1] or "1")
        assert "edited" in {path.read_text() for path in place.iterdir()}
        assert [path.name for path in output.iterdir()] == ["course"]
    raise AssertionError("never came to an end")


@pytest.mark.skipif(not EXCHANGES, reason="names cannot be exchanged here")
def test_killed_at_any_step_there_is_a_good_build_at_once(tmp_path: Path) -> None:
    """It is not the next run that brings it back: it is never away."""
    found = _killed_everywhere(tmp_path, "yes")
    assert None not in found
    assert found == sorted(found, key=str)
    assert (found[0], found[-1]) == ("1", "2")
    assert len(found) > 12


def test_without_an_exchange_the_next_run_brings_the_good_build_back(tmp_path: Path) -> None:
    found = _killed_everywhere(tmp_path, "no")
    assert found.count(None) == 1  # between the two renames
    assert (found[0], found[-1]) == ("1", "2")


@pytest.mark.skipif(not EXCHANGES, reason="names cannot be exchanged here")
def test_two_names_are_exchanged_in_one_step(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert exchange._exchange(tmp_path / "one", tmp_path / "other")
    assert ((tmp_path / "one" / "other").exists(), (tmp_path / "other" / "one").exists()) == (True, True)
    assert not exchange._exchange(tmp_path / "one", tmp_path / "nowhere")


def test_a_rename_that_fails_leaves_the_old_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a="1")
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if ".new-" in self.name:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(exchange, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(CoursepackError, match="cannot be written: No space left on device"):
        write(tmp_path, a="2")
    assert whole(tmp_path / "course") == {"a": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


@pytest.mark.parametrize("at", range(1, 5))
def test_a_disk_that_is_full_at_any_synchronising_leaves_the_old_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    write(tmp_path, a="1", b="x")
    count = 0

    def full(_: int) -> None:
        nonlocal count
        count += 1
        if count == at:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CoursepackError, match="cannot be written: No space left on device"):
        write(tmp_path, a="2", b="y")
    assert whole(tmp_path / "course") == {"a": "1", "b": "x"}
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are POSIX")
def test_a_disk_that_is_full_at_any_byte_leaves_the_old_build(tmp_path: Path) -> None:
    """The system itself refuses to write: a file may not grow beyond so many bytes."""
    program = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom tests.publish.making import write\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)\n"
        "write(Path(sys.argv[1]), a='2' * 50_000, b='3' * 90_000)\n"
    )
    write(tmp_path, a="1")
    for most in (0, 30_000, 70_000):
        call = [sys.executable, "-c", program, str(tmp_path), str(most)]
        done = subprocess.run(call, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
        assert "cannot be written: File too large" in done.stderr, most
        assert whole(tmp_path / "course") == {"a": "1"}
        assert [path.name for path in tmp_path.iterdir()] == ["course"]
