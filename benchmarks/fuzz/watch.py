"""The fuzzing process: runs a target on inputs and keeps those that make it fail.

A failure is an exception other than ``CoursepackError``, more than ``SECONDS``, more than ``MEGABYTES``, a file
changed outside the folder of the run, a program or a connection. One input is kept for each (kind, place in the code).
"""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import re
import resource
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

SECONDS = 5.0
MEGABYTES = 500
_CHANGES = {
    *("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown"),
    *("os.utime", "os.mkfifo", "os.mknod", "os.setxattr"),
}
_NEVER = {"os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "pty.spawn"}
_NEVER |= {"subprocess.Popen", "socket.connect", "socket.bind", "socket.getaddrinfo", "ctypes.dlopen"}


class TooLongError(BaseException):
    """The input took more than ``SECONDS`` of processor time."""


class ForbiddenError(BaseException):
    """The input made the target change what is not its own."""


class Watch:
    """Keeps inputs that fail below ``findings``; ``work`` is where the target may write."""

    def __init__(self, work: Path, findings: Path) -> None:
        self.work, self.findings = work, findings
        self.seen: set[str] = {path.name.partition(".")[0] for path in findings.iterdir()}
        self.active = False
        sys.addaudithook(self._audit)
        signal.signal(signal.SIGPROF, self._alarm)

    def _alarm(self, _: int, __: FrameType | None) -> None:
        if self.active:
            raise TooLongError

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.active:
            return
        if event == "open":
            path, mode, flags = args
            writes = any(letter in mode for letter in "wax+") if mode else bool(int(flags or 0) & 0o3)
            if writes and not self._ours(path):
                raise ForbiddenError(f"open {path!r}")
        elif event in _NEVER or (event in _CHANGES and not self._ours(args[0])):
            raise ForbiddenError(f"{event} {args[:1]!r}")

    def _ours(self, path: object) -> bool:
        if isinstance(path, int):
            return True
        text = path.decode(errors="replace") if isinstance(path, bytes) else str(path)
        return text.startswith((str(self.work), "/dev/null"))

    @contextlib.contextmanager
    def __call__(self, data: bytes) -> Iterator[None]:
        """One run of the target on ``data``."""
        from coursepack.place import CoursepackError

        before, start = _peak(), time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        self.active = True
        try:
            yield
        except CoursepackError:
            pass
        except (Exception, TooLongError, ForbiddenError) as problem:
            self.active = False
            self._keep(data, f"{type(problem).__name__}-{_where(problem)}", traceback.format_exc())
        finally:
            self.active = False
            signal.setitimer(signal.ITIMER_PROF, 0)
        grown = _peak() - before
        if grown > MEGABYTES:
            self._keep(data, "memory", f"{grown} MiB more at the peak, {time.process_time() - start:.1f} s")

    def _keep(self, data: bytes, name: str, text: str) -> None:
        if name not in self.seen:
            self.seen.add(name)
            (self.findings / f"{name}.input").write_bytes(data)
            (self.findings / f"{name}.txt").write_text(text, encoding="utf-8", errors="backslashreplace")


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _where(problem: BaseException) -> str:
    told = re.match(r"the layer '([\w-]+)' could not finish: (\w+)", str(problem))
    if told:  # the layer's own place is not known any more
        return f"{told[1]}-{told[2]}"
    frames = [f for f in traceback.extract_tb(problem.__traceback__) if "coursepack" in f.filename]
    last = frames[-1] if frames else traceback.extract_tb(problem.__traceback__)[-1]
    return f"{Path(last.filename).stem}-{last.lineno}"


def fuzz(name: str, seconds: int, folder: Path) -> None:
    """Fuzz for ``seconds``; ``folder`` holds ``corpus``, ``findings`` and ``work``. Does not return."""
    import atheris

    warnings.simplefilter("ignore")
    sys.dont_write_bytecode = True
    with atheris.instrument_imports(include=["coursepack"]):
        for found in pkgutil.walk_packages(importlib.import_module("coursepack").__path__, "coursepack."):
            if not found.name.startswith(("coursepack.cli", "coursepack.__main__")):
                importlib.import_module(found.name)
    from benchmarks.fuzz import shapes
    from benchmarks.fuzz.targets import TARGETS

    target = TARGETS[name]
    watch = Watch(folder / "work", folder / "findings")
    path = folder / "work" / f"a{target.ending}"

    def one(data: bytes) -> None:
        path.write_bytes(data)
        with watch(data):
            target.run(path)

    def mutator(data: bytes, longest: int, seed: int) -> bytes:
        return shapes.mutate(target.shape, data, longest, seed, atheris.Mutate)[:longest]

    arguments = [
        *(sys.argv[0], str(folder / "corpus"), str(folder / "seeds"), f"-max_total_time={seconds}"),
        *(f"-max_len={target.longest}", "-timeout=60", "-rss_limit_mb=2000", "-print_final_stats=1", "-verbosity=1"),
        f"-artifact_prefix={folder}/findings/process-",
    ]
    atheris.Setup(arguments, one, custom_mutator=mutator)
    atheris.Fuzz()
