"""One file, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from coursepack.files.zipped import zip_chunks
from coursepack.model.artifact import Artifact
from coursepack.place import CoursepackError, Place
from coursepack.publish import exchange
from coursepack.publish.staging import staging


def artifact_chunks(artifact: Artifact) -> Iterator[bytes]:
    """The bytes of a product's file."""
    if artifact.container == "zip":
        return zip_chunks(artifact.members)
    (member,) = artifact.members
    return member.chunks()


def write_file(path: Path, chunks: Iterable[bytes]) -> tuple[int, str]:
    """Write a new file; its size in bytes and SHA-256. Raises FileExistsError where anything is, a link too."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        for chunk in chunks:
            file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def file(path: Path, chunks: Iterable[bytes], advice: str = "choose another place") -> int:
    """Write ``path``, or leave what was there; its size in bytes.

    A link in its place is neither followed nor replaced, nor is a folder, a pipe or a device. Raises
    ``CoursepackError``.
    """
    with staging(path, advice) as aside:
        _refuse_special(path)
        new = aside.free()
        size, _ = write_file(new, chunks)
        synchronise_file(new)
        new.replace(path)
        exchange.synchronise(path.parent)
    return size


def _refuse_special(path: Path) -> None:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISREG(mode):
        what = "a link" if stat.S_ISLNK(mode) else "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise CoursepackError(f"is {what}, expected a file or a free name", Place(str(path)), "choose another place")


def synchronise_file(path: Path) -> None:
    """Have the bytes of a file on disk."""
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
