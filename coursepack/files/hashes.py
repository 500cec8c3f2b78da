"""How content is named: by its SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece, in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_files(files: Iterable[tuple[str, bytes]]) -> str:
    """One SHA-256 of many files (path, content), in their order, in hex: another one when any of them changes."""
    digest = hashlib.sha256()
    for path, data in files:
        digest.update(f"{len(path)} {path} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()
