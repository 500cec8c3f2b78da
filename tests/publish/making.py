"""Small published folders, made and made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from coursepack import publish
from coursepack.files.hashes import sha256


def write(output: Path, **files: str) -> None:
    """Publish the folder ``course`` with these files."""
    with publish.folder(output, "course") as new:
        sums = {name: publish.write_file(new / name, [text.encode()])[1] for name, text in files.items()}
        publish.write_sums(new, sums)


def fail_half_way(output: Path) -> None:
    """A build that stops after it wrote half of a file."""

    def failing() -> None:
        with publish.folder(output, "course") as new:
            (new / "a").write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()


def whole(folder: Path) -> dict[str, str]:
    """The files that SHA256SUMS names, each as it states."""
    stated = {line[66:]: line[:64] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    assert {name: sha256((folder / name).read_bytes()) for name in stated} == stated
    return {name: (folder / name).read_text() for name in stated}
