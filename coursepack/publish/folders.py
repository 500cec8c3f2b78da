"""The folder of a course, exchanged whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from coursepack.publish import exchange
from coursepack.publish.earlier import SUMS, EarlierBuild, look
from coursepack.publish.files import synchronise_file, write_file
from coursepack.publish.staging import staging


def _ignore(_: EarlierBuild) -> None:
    pass


@contextmanager
def folder(output: Path, name: str, seen: Callable[[EarlierBuild], None] = _ignore) -> Iterator[Path]:
    """A new folder beside ``output/name``; when the block ends well it takes that place in one step, else it goes away.

    ``seen`` is told what lies there before the block begins, and once more if it has changed when the block ends. What
    people changed in it is copied over as ``NAME.edited``. Raises ``CoursepackError`` when the place cannot be written,
    is held by another build, or holds files that no build made.
    """
    with staging(output / name, "choose another folder with -o") as aside:
        earlier = look(aside.target)
        new = aside.free()
        new.mkdir()
        seen(earlier.keep(new))
        yield new
        if earlier.changed_since():  # somebody saved a paper while the build ran
            seen(look(aside.target).keep(new))
        synchronise(new)
        aside.take_place(new)


def synchronise(new: Path) -> None:
    """Have a folder on disk, files and names, before it takes its place."""
    for path in new.rglob("*"):
        if path.is_file():
            synchronise_file(path)
        elif path.is_dir():
            exchange.synchronise(path)
    exchange.synchronise(new)


def write_sums(new: Path, sums: Mapping[str, str]) -> None:
    """SHA256SUMS, as ``sha256sum -c`` reads it."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    write_file(new / SUMS, [lines.encode()])
