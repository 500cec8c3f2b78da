"""What it costs to refuse or to judge a file made to exhaust the machine: seconds of processor and memory of the
command, its children included. Every one must stay under 2 seconds and 300 MB.

python -m benchmarks.hostile            all, and what large sound files cost
python -m benchmarks.hostile deep zip   those whose name holds one of these words
python -m benchmarks.hostile --grow     with a quarter and a half of it: what grows faster than its input is marked
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.hostile import sound
from tests.hostile.corpus import Attack, attacks

SECONDS, MEMORY = 2.0, 300
_CALLS = {
    "validate": lambda path, out: ["validate", str(path)],
    "inspect": lambda path, out: ["inspect", str(path)],
    "convert": lambda path, out: ["convert", str(path), "-f", "gift", "-o", str(out)],
}
_RUN = "from coursepack.cli import main; main()"


def cost(command: str, path: Path, out: Path) -> tuple[float, int, int]:
    """Seconds of processor, MiB at most, exit code of one call."""
    pid = os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", _RUN, *_CALLS[command](path, out)],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)],
    )
    _, status, used = os.wait4(pid, 0)
    return used.ru_utime + used.ru_stime, used.ru_maxrss >> 10, os.waitstatus_to_exitcode(status)


def _apart(work: Callable[[], object]) -> None:
    """Do it in a process of its own: the memory that a file takes to be made would count as that of who is started
    afterwards (Linux keeps the peak over exec)."""
    pid = os.fork()
    if pid == 0:
        work()
        os._exit(0)
    os.waitpid(pid, 0)


def _make(attack: Attack, number: int, path: Path) -> None:
    path.write_bytes(attack.make(number))


def _try(attack: Attack, folder: Path, *, grow: bool) -> str:
    path = folder / attack.file
    growth: list[float] = []
    for part in (4, 2, 1) if grow else (1,):
        _apart(partial(_make, attack, max(1, attack.number // part), path))
        seconds, memory, status = cost(attack.command, path, folder / "out")
        growth.append(seconds)
    size = path.stat().st_size
    path.unlink()
    marks = "" if seconds < SECONDS and memory < MEMORY else " TOO MUCH"
    if grow and growth[2] > 0.6 and growth[2] - growth[0] > 4 * (growth[1] - growth[0]):
        marks += " GROWS"
    return f"{attack.name} | {size / 1000:.1f} | {seconds:.2f} | {memory} | {status}{marks}"


def _large(name: str, command: str, make: Callable[[Path], Path], folder: Path) -> str:
    _apart(lambda: make(folder))
    (path,) = (found for found in folder.iterdir() if found.is_file())
    seconds, memory, status = cost(command, path, folder / "out")
    size = path.stat().st_size
    path.unlink()
    return f"sound: {name} | {size / 1000:.1f} | {seconds:.2f} | {memory} | {status}{' REFUSED' if status else ''}"


def main() -> None:
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    grow = "--grow" in sys.argv
    print("what | file, kB | processor, s | memory at most, MiB | exit code")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "out").mkdir()
        for attack in attacks():
            if not words or any(word in attack.name for word in words):
                print(_try(attack, folder, grow=grow), flush=True)
        for title, (command, make) in sound.LARGE.items():
            if not words or any(word in f"sound: {title}" for word in words):
                print(_large(title, command, make, folder), flush=True)


if __name__ == "__main__":
    main()
