"""Beside the place of a file or folder: its lock, and where its next version is made.

All names there begin with ``.coursepack-`` and twelve digits that stand for the name of the place, so that two courses
are built into one folder at once, and a run tidies up only what an earlier run of the same place left. Nothing of it
stays when a run ends; after a kill the next run of the same place removes it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from coursepack import names
from coursepack.place import CoursepackError, Place
from coursepack.publish import exchange

PREFIX = ".coursepack-"
_WAIT = 600
"""Seconds that a run waits for another one that writes in the same place."""


@dataclass(frozen=True)
class StagingArea:
    """What lies beside ``target`` while it is written; only whoever holds its lock has one."""

    target: Path

    @property
    def _mark(self) -> str:
        return PREFIX + hashlib.sha256(self.target.name.encode()).hexdigest()[:12]

    @property
    def lock(self) -> Path:
        return self.target.with_name(f"{self._mark}.lock")

    @property
    def _old(self) -> Path:
        return self.target.with_name(f"{self._mark}.old")

    def free(self) -> Path:
        """A name that nobody has and nobody can foresee."""
        return self.target.with_name(f"{self._mark}.new-{secrets.token_hex(8)}")

    def take_place(self, new: Path) -> None:
        """``new`` (a folder) becomes ``target``, and the earlier one goes away. Raises OSError."""
        earlier = exchange.take_place(new, self.target, self._old)
        exchange.synchronise(self.target.parent)
        if earlier:
            _remove(earlier)

    def tidy(self) -> None:
        """Bring back what a killed run had moved aside, and remove what was left half-written."""
        if os.path.lexists(self._old):
            if os.path.lexists(self.target):
                _remove(self._old)
            else:
                self._old.rename(self.target)
        for left in self.target.parent.glob(f"{self._mark}.new-*"):
            _remove(left)


@contextmanager
def staging(target: Path, advice: str) -> Iterator[StagingArea]:
    """The place beside ``target``, locked: a second run of the same target waits, other targets do not.

    Raises ``CoursepackError`` for a name that no file should have, a place that cannot be written (also when the block
    raises OSError), or one that another run holds for too long.
    """
    import filelock

    place, aside = Place(str(target)), StagingArea(target)
    if reason := names.problem(target.name):
        raise CoursepackError(f"cannot be written: {reason}", place, advice)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(aside.lock):
            try:
                aside.tidy()
                yield aside
            finally:
                aside.tidy()
    except filelock.Timeout:
        raise CoursepackError("another run is writing to this folder", place, "wait for it to end") from None
    except OSError as problem:
        raise CoursepackError(f"cannot be written: {problem.strerror or problem}", place, advice) from None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    import filelock

    if os.path.lexists(path) and (path.is_symlink() or not path.is_file()):
        raise CoursepackError(
            "is no lock file of coursepack", Place(str(path)), "remove it: coursepack did not create it"
        )
    lock = filelock.FileLock(path, timeout=_WAIT)  # opened without following a link (O_NOFOLLOW)
    with lock:
        try:
            yield
        finally:
            # While it is held: who waits for it sees that this file has no name any more, and makes a new one.
            with suppress(OSError):  # Windows removes no open file; an empty one stays there
                path.unlink()


def _remove(path: Path) -> None:
    """A link goes, what it leads to is not ours."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)
