"""Inside the child: rights are given up, then a program is run, or what is asked is done until nobody asks."""

from __future__ import annotations

import contextlib
import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from typing import Any, NoReturn

import msgspec

from coursepack import prepared
from coursepack.isolated.confinement import confine, die_with, more_time
from coursepack.isolated.job import MEMORY_GONE, TOO_MUCH_WRITTEN, Job, JobResult, Request, encoded, received, send
from coursepack.place import CoursepackError


def child(arguments: list[str]) -> None:
    """The child's whole life: give up rights, then run the program, or do what is asked until nobody asks."""
    job = msgspec.json.decode(arguments[0], type=Job)
    if job.program:
        _watch(job, int(arguments[1]))
    prepared.use()  # while it may still be read; only a command writes it
    die_with(int(arguments[1]))
    if job.writable:
        os.environ["TMPDIR"] = os.environ["TEMP"] = tempfile.tempdir = job.writable[0]
    confine(job.budget, job.writable)
    requested, reported = (os.fdopen(os.dup(number), mode) for number, mode in ((0, "rb"), (1, "wb")))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(0, 1)  # what a library prints is not part of the answer
    try:
        while (data := received(requested)) is not None:
            request = msgspec.msgpack.decode(data, type=Request)
            more_time(job.budget.seconds)
            send(reported, _answer(request))
    except MemoryError:
        os._exit(MEMORY_GONE)
    os._exit(0)


def _watch(job: Job, parent: int) -> NoReturn:
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
                os._exit(TOO_MUCH_WRITTEN)  # the one that started us ends the rest
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


def _answer(request: Request) -> JobResult:
    try:
        module, _, name = request.task.partition(":")
        function: Callable[..., Any] = getattr(importlib.import_module(module), name)
        result = function(request.payload, **request.options)
        return JobResult(result=msgspec.Raw(encoded(result)))
    except CoursepackError as problem:
        return JobResult(message=problem.message, place=problem.place, advice=problem.advice)
    except MemoryError:
        raise
    except Exception as problem:
        return JobResult(fault=f"{type(problem).__name__}: {problem}"[:500])
