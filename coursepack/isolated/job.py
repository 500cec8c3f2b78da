"""What a child is asked to do and what it answers; how it is started and ended.

Parent and child talk through pipes in messages of a stated length (eight bytes, big-endian) and MessagePack.
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import msgspec

from coursepack import limits, visible
from coursepack.place import CoursepackError, Place

# The child is given the very folders that this process imports from, and not the current one.
START = "import sys; sys.path[:] = sys.argv[3:]; from coursepack.isolated.child import child; child(sys.argv[1:3])"
MEMORY_GONE, TOO_MUCH_WRITTEN = 86, 87
"""Exit codes of a child that asked for more memory, and of one whose program wrote more, than its limit."""


class ChildBudget(msgspec.Struct, frozen=True):
    """What a child may use: seconds, bytes of memory, bytes written; ``local_sockets`` for a program that does not
    start without a socket of its own (AF_UNIX), though nobody reaches it there and it connects to nothing."""

    seconds: int
    memory: int
    written: int
    local_sockets: bool = False


class Job(msgspec.Struct, frozen=True, omit_defaults=True):
    budget: ChildBudget
    writable: tuple[str, ...] = ()
    readable: tuple[str, ...] | None = None
    program: tuple[str, ...] = ()
    environment: dict[str, str] | None = None
    scratch: str = ""


class Request(msgspec.Struct, frozen=True, array_like=True):
    task: str
    payload: bytes
    options: dict[str, str | int | None]


class JobResult(msgspec.Struct, frozen=True, omit_defaults=True):
    result: msgspec.Raw = msgspec.Raw(b"")
    message: str = ""
    place: Place | None = None
    advice: str = ""
    fault: str = ""


def budget() -> ChildBudget:
    """The limits of this run for one file."""
    now = limits.now()
    return ChildBudget(now.child_seconds, now.child_memory, now.child_written)


MORE = "coursepack --limit …-{}=… allows more"


def mega(number: int) -> str:
    return f"{number >> 20} MiB"


def real(folders: Sequence[Path]) -> tuple[str, ...]:
    return tuple(str(folder.resolve()) for folder in folders)


def start(job: Job, given: int, stated: int | IO[bytes], place: Place) -> subprocess.Popen[bytes]:
    path = [folder or str(Path.cwd()) for folder in sys.path]
    header = msgspec.json.encode(job).decode()
    command = [sys.executable, "-P", "-c", START, header, str(os.getpid()), *path]
    errors = subprocess.STDOUT if job.program else subprocess.DEVNULL
    try:
        return subprocess.Popen(  # noqa: S603 - our own interpreter, a list, no shell
            command, stdin=given, stdout=stated, stderr=errors, start_new_session=True
        )
    except OSError as problem:
        raise CoursepackError(f"cannot be read in a separate process: {problem.strerror}", place) from None


def end(process: subprocess.Popen[bytes]) -> None:
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


def pipe_of(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise TypeError("a worker talks through pipes")
    return pipe


_LENGTH = struct.Struct(">Q")


def encoded(value: object) -> bytes:
    """``value`` as MessagePack; what no text can hold (an undecodable name) is escaped as it would be printed."""
    try:
        return msgspec.msgpack.encode(value)
    except UnicodeEncodeError:
        return msgspec.msgpack.encode(visible.without_surrogates(msgspec.to_builtins(value)))


def send(pipe: IO[bytes], message: msgspec.Struct) -> None:
    data = encoded(message)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)
    pipe.flush()


def received(pipe: IO[bytes], most: int | None = None) -> bytes | None:
    """The next message, or None: the other side is gone, or the message is longer than ``most`` bytes."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if most is not None and length > most:
        return None
    data = pipe.read(length)
    return data if len(data) == length else None


def decoded(data: bytes | None) -> JobResult | None:
    try:
        return None if data is None else msgspec.msgpack.decode(data, type=JobResult)
    except msgspec.DecodeError:
        return None
