"""Artifacts → disk: reproducible archives, written aside and moved into place.

The folder of a course holds exactly what one build made. It is written beside its place and moved there at the end;
a run that fails, is killed or runs out of disk leaves the last good one, and the next run tidies up.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import filelock

from coursepack.artifact import Artifact
from coursepack.place import CoursepackError, Place
from coursepack.zipped import zip_chunks

SUMS = "SHA256SUMS"
REPORT = "build-report.json"
COURSE = "course.json"
ASSETS = "assets"
"""The pictures of course.json, each named by its SHA-256, so that the course can be built again from it alone."""
_LOCK = ".coursepack.lock"
_NEW = ".new-"
_OLD = ".old-"
# What desktops leave in any folder; not worth refusing a build for.
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}


def artifact_chunks(artifact: Artifact) -> Iterator[bytes]:
    """The bytes of a product's file."""
    if artifact.container == "zip":
        return zip_chunks(artifact.members)
    (member,) = artifact.members
    return member.chunks()


def write_file(path: Path, chunks: Iterator[bytes]) -> tuple[int, str]:
    """Write a file; its size in bytes and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


@contextmanager
def folder(output: Path, name: str) -> Iterator[Path]:
    """A new folder beside ``output/name``; when the block ends well it takes that place whole, else it goes away.

    Raises ``CoursepackError`` when the place cannot be written, is held by another build, or holds files that no
    build made.
    """
    place = Place(str(output / name))
    try:
        output.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(output / _LOCK, timeout=60):
            _tidy(output)
            target, new, old = output / name, output / f"{_NEW}{name}", output / f"{_OLD}{name}"
            _refuse_foreign(target)
            new.mkdir()
            try:
                yield new
                _sync(new)
                if target.exists():
                    target.rename(old)
                new.rename(target)
            finally:
                _tidy(output)
    except filelock.Timeout:
        raise CoursepackError("another build is writing here", place, "wait for it to end") from None
    except OSError as problem:
        reason = problem.strerror or str(problem)
        raise CoursepackError(f"cannot be written: {reason}", place, "choose another folder with -o") from None


def _tidy(output: Path) -> None:
    """Bring back a folder that a killed run had moved aside, and remove what was left half-written."""
    for old in output.glob(f"{_OLD}*"):
        target = output / old.name.removeprefix(_OLD)
        if old.is_symlink():
            old.unlink()  # the place was a link: what it leads to is not ours
        elif target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
    for new in output.glob(f"{_NEW}*"):
        shutil.rmtree(new, ignore_errors=True)


def _refuse_foreign(target: Path) -> None:
    """A folder that holds anything no build made is not ours to replace."""
    if not target.exists():
        return
    if not target.is_dir():
        raise CoursepackError("is a file, expected a folder of an earlier build", Place(str(target)))
    sums = target / SUMS
    lines = sums.read_text("utf-8", errors="replace").splitlines() if sums.is_file() else []
    known = {line.partition("  ")[2] for line in lines}
    found = {path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file()}
    foreign = sorted(name for name in found - known - {SUMS} if Path(name).name not in _LITTER)
    if foreign:
        raise CoursepackError(
            f"holds {foreign[0]!r}, which no build made", Place(str(target)), "move it away or choose another -o folder"
        )


def _sync(new: Path) -> None:
    """Have the bytes on disk before the folder takes its place."""
    for path in new.rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def write_sums(new: Path, sums: Mapping[str, str]) -> None:
    """SHA256SUMS, as ``sha256sum -c`` reads it."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    (new / SUMS).write_bytes(lines.encode())
