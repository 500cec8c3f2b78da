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
from coursepack.batch.package_inputs import PackageInput
from coursepack.batch.package_report import PackageRow, row
from coursepack.batch.verdicts import Verdicts
from coursepack.checks.products import Verdict, renamed, renamed_problem
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
    paths: Iterable[Path], schemas: Path | None, lms: str | None, jobs: int, kept: Verdicts | None = None
) -> Iterator[tuple[Path, Verdict | CoursepackError]]:
    """What is said of each file or unpacked folder, in the order of ``paths``; why one cannot be checked is an answer
    too. A child judges one after another, and is started anew after one that harmed it. Of the same bytes ``kept``
    knows what was said before."""
    now = limits.now()
    budget = isolated.ChildBudget(now.child_seconds, now.child_memory, now.archive_bytes)
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
            seen = kept.seen(path) if kept else None
            known = kept.known(seen) if kept and seen else None
            if known is not None:
                return path, renamed(known, "", str(path))
            verdict = anew(path)
            if isinstance(verdict, CoursepackError):
                return path, verdict
            if kept and seen:
                kept.keep(path, seen, verdict)
            return path, renamed(verdict, "", str(path))

        def anew(path: Path) -> Verdict | CoursepackError:
            absolute = os.fsencode(path.absolute())  # options travel as text, and a file's name may be none
            try:
                return child().ask(
                    "coursepack.checks.products:judged", absolute, Verdict, place=Place(str(path)), options=options
                )
            except CoursepackError as problem:
                return renamed_problem(problem, "", str(path))
            except (OSError, ValueError) as problem:  # the machine's fault, or a path that no system takes
                return CoursepackError(f"cannot be checked: {problem}", Place(str(path)))

        yield from in_order(judged, paths, jobs)


def rows(
    pieces: Iterable[PackageInput], schemas: Path | None, lms: str | None, jobs: int, kept: Verdicts | None
) -> Iterator[PackageRow | None]:
    """What is said of each package, in order; None for a file that was only found beside packages, and is none."""
    named: deque[bool] = deque()

    def paths() -> Iterator[Path]:
        for piece in pieces:
            named.append(piece.named)
            yield piece.path

    for path, stated in verdicts(paths(), schemas, lms, jobs, kept):
        found = row(path, stated)
        yield None if not named.popleft() and isinstance(stated, Verdict) and stated.other else found
