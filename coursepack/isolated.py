"""Work on a stranger's file in a process of its own: limits of memory, time and written bytes, no network, no writing
elsewhere. What goes wrong there is an error with the file's name, never the end of the run.

What holds, and where: a time limit everywhere; memory, processor time and written bytes where POSIX has
``setrlimit`` (setrlimit(2); macOS does not hold memory); no network by seccomp(2) on Linux, x86-64 and ARM64; no
writing beyond the given folders, and for programs no reading either, by landlock(7) on Linux from 5.13. ``held`` says
which of them this machine gives.

The answer of a child comes back as data of a stated type (MessagePack), never as code or pickled objects.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import IO, Any, Literal, NoReturn, TypeVar

import msgspec

from coursepack import kernel_guards, limits
from coursepack.place import CoursepackError, Place

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None

T = TypeVar("T")
Guard = Literal["memory", "network", "writing"]
GUARDS: tuple[Guard, ...] = ("memory", "network", "writing")

# The child is given the very folders that this process imports from, and not the current one.
_START = "import sys; sys.path[:] = sys.argv[3:]; from coursepack import isolated; isolated.child(sys.argv[1:3])"
_MEMORY_GONE, _TOO_MUCH_WRITTEN = 86, 87
"""Exit codes of a child that asked for more memory, and of one whose program wrote more, than its limit."""


class Budget(msgspec.Struct, frozen=True):
    """What a child may use: seconds, bytes of memory, bytes written; ``local_sockets`` for a program that does not
    start without a socket of its own (AF_UNIX), though nobody reaches it there and it connects to nothing."""

    seconds: int
    memory: int
    written: int
    local_sockets: bool = False


class _Job(msgspec.Struct, frozen=True, omit_defaults=True):
    budget: Budget
    writable: tuple[str, ...] = ()
    readable: tuple[str, ...] | None = None
    program: tuple[str, ...] = ()
    environment: dict[str, str] | None = None
    scratch: str = ""


class _Request(msgspec.Struct, frozen=True, array_like=True):
    task: str
    payload: bytes
    options: dict[str, str | int | None]


class _Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    result: msgspec.Raw = msgspec.Raw(b"")
    message: str = ""
    place: Place | None = None
    advice: str = ""
    fault: str = ""


def budget() -> Budget:
    """The limits of this run for one file."""
    now = limits.now()
    return Budget(now.child_seconds, now.child_memory, now.child_written)


def call(
    task: str,
    payload: bytes,
    kind: type[T],
    *,
    place: Place,
    budget: Budget,
    options: dict[str, str | int | None] | None = None,
    writable: Sequence[Path] = (),
) -> T:
    """``module:function``, called in a child of its own as ``function(payload, **options)``; its result as a ``kind``.

    Raises ``CoursepackError`` with ``place``: what the function raised, or that it crashed or needed more than its
    budget.
    """
    with Worker(budget, writable) as worker:
        return worker.ask(task, payload, kind, place=place, options=options)


class Worker:
    """A child that does one task after another, each within the budget's seconds.

    It is started by the first task, and anew by the task after one that went wrong.
    """

    def __init__(self, budget: Budget, writable: Sequence[Path] = ()) -> None:
        self._job = _Job(budget, _real(writable))
        self._process: subprocess.Popen[bytes] | None = None
        self._late = False

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child and all that it started."""
        if self._process is not None:
            _end(self._process)
            self._process = None

    def ask(
        self,
        task: str,
        payload: bytes,
        kind: type[T],
        *,
        place: Place,
        options: dict[str, str | int | None] | None = None,
    ) -> T:
        """As ``call``, in this child."""
        if self._process is not None and self._process.poll() is not None:  # it was ended from outside
            self.close()
        self._process = process = self._process or _start(self._job, subprocess.PIPE, subprocess.PIPE, place)
        self._late = False
        timer = threading.Timer(self._job.budget.seconds, self._expire, [process])
        timer.start()
        try:
            with contextlib.suppress(BrokenPipeError):  # it ended before it had heard all: the answer is missing too
                _send(_pipe(process.stdin), _Request(task, payload, options or {}))
            answer = _decoded(_received(_pipe(process.stdout), self._job.budget.written))
        finally:
            timer.cancel()
        if answer is None:
            raise self._failed(process, place)
        if answer.fault:
            raise CoursepackError(f"coursepack itself failed on it: {answer.fault}", place, "please report it")
        if answer.message:
            raise CoursepackError(answer.message, answer.place or place, answer.advice)
        return msgspec.msgpack.decode(answer.result, type=kind)

    def _expire(self, process: subprocess.Popen[bytes]) -> None:
        self._late = True
        process.kill()

    def _failed(self, process: subprocess.Popen[bytes], place: Place) -> CoursepackError:
        """Why no answer came, and the end of that child."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)
        status = process.poll()
        self.close()
        given = self._job.budget
        if self._late:
            return CoursepackError(f"not done within {given.seconds} seconds", place, _MORE.format("seconds"))
        if status == _MEMORY_GONE:
            return CoursepackError(f"needs more than {_mega(given.memory)} of memory", place, _MORE.format("memory"))
        if status is None:
            return CoursepackError(f"gives more than {_mega(given.written)}", place, _MORE.format("written"))
        # A library that gets no memory often ends the process itself, without saying why.
        what = f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
        message = f"damaged or hostile: the process that read it crashed ({what}), or {_mega(given.memory)} of memory"
        return CoursepackError(f"{message} were not enough", place, f"make it anew; {_MORE.format('memory')}")


def program(
    command: Sequence[str],
    *,
    place: Place,
    budget: Budget,
    writable: Sequence[Path],
    readable: Sequence[Path] | None = None,
    environment: dict[str, str] | None = None,
    scratch: Path | None = None,
) -> tuple[int, str]:
    """Run another program under the same limits; its exit code (128 + n: ended by signal n) and its last line.

    ``readable`` (None: everything) are the folders and files that it may read beside ``writable``; what does not exist
    is passed over. ``environment`` is its whole environment (None: ours). ``scratch`` is the folder where it writes:
    no more in all than the budget has, and removed when this process is killed before it could do so.

    Raises ``CoursepackError`` when it takes longer or writes more than its budget, or cannot be run.
    """
    job = _Job(
        budget,
        _real(writable),
        None if readable is None else _real(readable),
        tuple(command),
        environment,
        str(scratch.resolve()) if scratch else "",
    )
    with tempfile.TemporaryFile() as said:
        process = _start(job, subprocess.DEVNULL, said, place)
        try:
            status = process.wait(budget.seconds)
        except subprocess.TimeoutExpired:
            raise CoursepackError(f"not done within {budget.seconds} seconds", place, _MORE.format("seconds")) from None
        finally:
            _end(process)
        if status == _TOO_MUCH_WRITTEN and scratch is not None:
            message = f"writes more than {_mega(budget.written)}"
            raise CoursepackError(message, place, _MORE.format("written"))
        said.seek(0)
        lines = said.read(1 << 16).decode(errors="replace").strip().splitlines()
    return status, lines[-1] if lines else ""


_MORE = "coursepack --limit …-{}=… allows more"


def _mega(number: int) -> str:
    return f"{number >> 20} MiB"


def _real(folders: Sequence[Path]) -> tuple[str, ...]:
    return tuple(str(folder.resolve()) for folder in folders)


def _start(job: _Job, given: int, said: int | IO[bytes], place: Place) -> subprocess.Popen[bytes]:
    path = [folder or str(Path.cwd()) for folder in sys.path]
    header = msgspec.json.encode(job).decode()
    command = [sys.executable, "-P", "-c", _START, header, str(os.getpid()), *path]
    errors = subprocess.STDOUT if job.program else subprocess.DEVNULL
    try:
        return subprocess.Popen(  # noqa: S603 - our own interpreter, a list, no shell
            command, stdin=given, stdout=said, stderr=errors, start_new_session=True
        )
    except OSError as problem:
        raise CoursepackError(f"cannot be read in a process of its own: {problem.strerror}", place) from None


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing that the child started outlives it."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise TypeError("a worker talks through pipes")
    return pipe


_LENGTH = struct.Struct(">Q")


def _send(pipe: IO[bytes], message: msgspec.Struct) -> None:
    data = msgspec.msgpack.encode(message)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def _received(pipe: IO[bytes], most: int | None = None) -> bytes | None:
    """The next message, or None: the other side is gone, or the message is longer than ``most`` bytes."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if most is not None and length > most:
        return None
    data = pipe.read(length)
    return data if len(data) == length else None


def _decoded(data: bytes | None) -> _Answer | None:
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=_Answer)
    except msgspec.DecodeError:
        return None


# ---- inside the child ------------------------------------------------------------------------------------------------


def child(arguments: list[str]) -> None:
    """The child's whole life: give up rights, then run the program, or do what is asked until nobody asks."""
    job = msgspec.json.decode(arguments[0], type=_Job)
    if job.program:
        _watch(job, int(arguments[1]))
    die_with(int(arguments[1]))
    if job.writable:
        os.environ["TMPDIR"] = os.environ["TEMP"] = tempfile.tempdir = job.writable[0]
    confine(job.budget, job.writable)
    asked, told = (os.fdopen(os.dup(number), mode) for number, mode in ((0, "rb"), (1, "wb")))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(0, 1)  # what a library prints is not part of the answer
    try:
        while (data := _received(asked)) is not None:
            request = msgspec.msgpack.decode(data, type=_Request)
            _more_time(job.budget.seconds)
            _send(told, _answer(request))
    except MemoryError:
        os._exit(_MEMORY_GONE)
    os._exit(0)


def _watch(job: _Job, parent: int) -> NoReturn:
    """Run the program of a job and end as it ends; when ``parent`` ends before, end all of it."""

    def confined() -> None:
        confine(job.budget, job.writable, job.readable)

    posix = os.name == "posix"
    try:
        process = subprocess.Popen(  # noqa: S603 - a list, no shell
            job.program,
            env=job.environment,
            preexec_fn=confined if posix else None,  # noqa: PLW1509 - this process has one thread
        )
    except OSError as problem:
        sys.stdout.write(f"cannot be run: {problem.strerror}")
        sys.stdout.flush()
        os._exit(127)
    while True:
        try:
            status = process.wait(0.25)
        except subprocess.TimeoutExpired:
            if posix and os.getppid() != parent:
                _clear(job.scratch)
            if job.scratch and _size(job.scratch) > job.budget.written:
                os._exit(_TOO_MUCH_WRITTEN)  # the one that started us ends the rest
        else:
            os._exit(status & 0xFF if status >= 0 else 128 - status)


def _size(folder: str) -> int:
    """Bytes of all files below a folder that something else is changing."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(path, name)).st_size  # noqa: PTH118 - many names, often
    return total


def _clear(scratch: str) -> NoReturn:
    """End this process's group, and remove its folder from outside the group."""
    group = os.getpgrp()
    if os.fork() == 0:
        os.setsid()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)
    os._exit(1)


def _answer(request: _Request) -> _Answer:
    try:
        module, _, name = request.task.partition(":")
        function: Callable[..., Any] = getattr(importlib.import_module(module), name)
        result = function(request.payload, **request.options)
        return _Answer(result=msgspec.Raw(msgspec.msgpack.encode(result)))
    except CoursepackError as problem:
        return _Answer(message=problem.message, place=problem.place, advice=problem.advice)
    except MemoryError:
        raise
    except Exception as problem:
        return _Answer(fault=f"{type(problem).__name__}: {problem}"[:500])


def _more_time(seconds: int) -> None:
    """Processor time for one more task: the parent's clock ends it first, unless the parent is gone."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        _lower(resource, resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds + 1, hard=False)


def die_with(parent: int) -> None:
    """End when the process that started this one ends, however it ends (Linux: prctl(2), PR_SET_PDEATHSIG)."""
    if kernel_guards.end_with_parent() and os.getppid() != parent:  # it was gone already
        os._exit(1)


def confine(budget: Budget, writable: Sequence[str] = (), readable: Sequence[str] | None = None) -> None:
    """Give up, for good and for all that this process starts, what ``budget`` and the folders do not allow."""
    if resource is not None:
        for name, most in (
            ("RLIMIT_AS", budget.memory),
            ("RLIMIT_FSIZE", budget.written),
            ("RLIMIT_CORE", 0),
        ):
            _lower(resource, getattr(resource, name), most)
        _more_time(budget.seconds)
    if kernel_guards.no_new_rights():
        kernel_guards.only_in(writable, readable)
        kernel_guards.no_network(local_sockets=budget.local_sockets)


def _lower(module: ModuleType, limit: int, most: int, *, hard: bool = True) -> None:
    _, highest = module.getrlimit(limit)
    most = most if highest == module.RLIM_INFINITY else min(most, highest)
    with contextlib.suppress(ValueError, OSError):  # macOS refuses some
        module.setrlimit(limit, (most, most if hard else highest))


@cache
def held() -> frozenset[Guard]:
    """Which guards this machine gives beside the time limit: asked of a child that tries each."""
    try:
        found = call("coursepack.isolated:tried", b"", list[Guard], place=Place("isolated"), budget=budget())
    except CoursepackError:
        return frozenset()
    return frozenset(found)


def tried(_: bytes) -> list[Guard]:
    """In a child: the guards that hold."""
    found: list[Guard] = []
    try:
        bytearray(budget().memory)
    except MemoryError:
        found.append("memory")
    import socket

    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()
    except PermissionError:
        found.append("network")
    try:
        with tempfile.TemporaryFile():
            pass
    except OSError:
        found.append("writing")
    return found
