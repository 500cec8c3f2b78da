"""Many packages, judged side by side: each by a child process that may use so much time and memory and no more."""

from __future__ import annotations

import os
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from coursepack import isolated, limits
from coursepack.checks.products import Verdict, renamed
from coursepack.place import CoursepackError, Place

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 8
"""Pieces of work for each of those who do it that are taken before their turn: so none waits, and a list of millions
is not held."""


def in_order(work: Callable[[T], R], pieces: Iterable[T], jobs: int) -> Iterator[R]:
    """What ``work`` gives for each piece, in their order, ``jobs`` at once in threads: for work that is done in other
    processes, or is waiting for a disk. What it raises is raised when its turn comes."""
    if jobs < 2:
        yield from map(work, pieces)
        return
    with ThreadPoolExecutor(jobs) as pool:
        running: deque[Future[R]] = deque()
        try:
            for piece in pieces:
                running.append(pool.submit(work, piece))
                if len(running) > _AHEAD * jobs:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        finally:
            for each in running:
                each.cancel()


def verdicts(
    paths: Iterable[Path], schemas: Path | None, lms: str | None, jobs: int
) -> Iterator[tuple[Path, Verdict | CoursepackError]]:
    """What is said of each file or unpacked folder, in the order of ``paths``; why one cannot be judged is an answer
    too. A child judges one after another, and is started anew after one that harmed it."""
    now = limits.now()
    budget = isolated.Budget(now.child_seconds, now.child_memory, now.archive_bytes)
    options: dict[str, str | int | None] = {"schemas": str(schemas.absolute()) if schemas else None, "lms": lms}
    here = threading.local()
    with ExitStack() as open_:
        lock = threading.Lock()

        def child() -> isolated.Worker:
            """The child of this thread."""
            found: isolated.Worker | None = getattr(here, "child", None)
            if found is None:
                with lock:  # a packed TAR is unpacked in a folder of its own
                    folder = Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="coursepack-")))
                    found = here.child = open_.enter_context(isolated.Worker(budget, [folder]))
            return found

        def judged(path: Path) -> tuple[Path, Verdict | CoursepackError]:
            absolute = os.fsencode(path.absolute())  # options travel as text, and a file's name may be none
            try:
                verdict = child().ask(
                    "coursepack.checks.products:judged", absolute, Verdict, place=Place(str(path)), options=options
                )
            except CoursepackError as problem:
                return path, problem
            return path, renamed(verdict, "", str(path))

        yield from in_order(judged, paths, jobs)
