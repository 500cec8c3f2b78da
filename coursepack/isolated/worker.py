"""Functions of ours, called in a child."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from coursepack.isolated.job import (
    MEMORY_GONE,
    MORE,
    ChildBudget,
    Job,
    Request,
    decoded,
    end,
    mega,
    pipe_of,
    real,
    received,
    send,
    start,
)
from coursepack.place import CoursepackError, Place

T = TypeVar("T")


def call(
    task: str,
    payload: bytes,
    kind: type[T],
    *,
    place: Place,
    budget: ChildBudget,
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

    def __init__(self, budget: ChildBudget, writable: Sequence[Path] = ()) -> None:
        self._job = Job(budget, real(writable))
        self._process: subprocess.Popen[bytes] | None = None
        self._late = False

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the child and all that it started."""
        if self._process is not None:
            end(self._process)
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
        self._process = process = self._process or start(self._job, subprocess.PIPE, subprocess.PIPE, place)
        self._late = False
        timer = threading.Timer(self._job.budget.seconds, self._expire, [process])
        timer.start()
        try:
            with contextlib.suppress(BrokenPipeError):  # it ended before it had heard all: the answer is missing too
                send(pipe_of(process.stdin), Request(task, payload, options or {}))
            answer = decoded(received(pipe_of(process.stdout), self._job.budget.written))
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
            return CoursepackError(f"not done within {given.seconds} seconds", place, MORE.format("seconds"))
        if status == MEMORY_GONE:
            return CoursepackError(f"needs more than {mega(given.memory)} of memory", place, MORE.format("memory"))
        if status is None:
            return CoursepackError(f"gives more than {mega(given.written)}", place, MORE.format("written"))
        # A library that gets no memory often ends the process itself, without saying why.
        what = f"signal {signal.Signals(-status).name}" if status < 0 else f"status {status}"
        message = f"damaged or hostile: the process that read it crashed ({what}), or {mega(given.memory)} of memory"
        return CoursepackError(f"{message} were not enough", place, f"create it again; {MORE.format('memory')}")
