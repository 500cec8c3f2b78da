"""What a course is made of, as one hash: the program, what the call asks for, and every file of its folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from coursepack import __version__, build, publish
from coursepack.discovery import Site
from coursepack.files import office
from coursepack.files.hashes import sha256
from coursepack.files.resources import templates_digest, templates_dir
from coursepack.limits import VARIABLE
from coursepack.project import course_toml as project
from coursepack.project import department
from coursepack.publish import libraries
from coursepack.stages import key

_PACKAGE = Path(__file__).parent.parent
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that was written to has another time: no file system in use is coarser (FAT: 2 s)."""


class FileState(msgspec.Struct, frozen=True, array_like=True):
    """A file as it was: its mark (size, time of change, inode), when it was read (nanoseconds), and its SHA-256."""

    mark: tuple[int, int, int]
    read: int
    sha256: str

    def is_still(self, mark: tuple[int, int, int]) -> bool:
        """Whether a file of that mark holds the same: one that was changed just before it was read may have been
        changed again at the same time."""
        return self.mark == mark and self.read - self.mark[1] > _SETTLED


Index = dict[str, FileState]


def program() -> str:
    """A hash of what runs: coursepack with its data and templates, the libraries that can change a byte, and the
    limits and programs that decide what is read."""
    versions = libraries.versions(build.of_plugins())
    ours = [sha256(path.read_bytes()) for path in _of_program()]
    return key(__version__, ours, versions, os.environ.get(VARIABLE, ""), office.program())


def _of_program() -> Iterator[Path]:
    for folder in (_PACKAGE, templates_dir()):
        yield from (folder / name for name, _ in _walked(folder, apart=False) if not name.endswith(".pyc"))


def asked(settings: build.Settings, *, follow_links: bool) -> str:
    """A hash of what a call asks for, the same for all courses."""
    schemas = _digest(settings.schemas) if settings.schemas else None
    chosen = (settings.formats, settings.language, settings.pdf, follow_links)
    return key(*chosen, schemas, sorted(build.asked(settings).items()))


def _digest(folder: Path) -> str:
    return key([(name, sha256((folder / name).read_bytes())) for name, _ in _walked(folder, apart=False)])


def of(site: Site, before: Index) -> Index:
    """The files of a course: those of its folder, and each department.toml above it with the templates that it names.
    What is as ``before`` is not read again. Raises OSError."""
    return dict(_seen(_named(site.at), before))


def _named(at: Path) -> Iterator[tuple[str, Path, publish.Mark]]:
    """Name, path and mark of each file. Names of files above begin with the name of their folder."""
    for name, mark in _walked(at):
        yield name, at / name, mark
    for above in department.places(at)[1:]:
        path = above / department.FILE_NAME
        if path.is_file():
            yield str(path), path, publish.mark(path.stat())


def _seen(files: Iterable[tuple[str, Path, publish.Mark]], before: Index) -> Iterator[tuple[str, FileState]]:
    for name, path, mark in files:
        known = before.get(name)
        if known is None or not known.is_still(mark):
            now = time.time_ns()
            known = FileState(mark, now, sha256(path.read_bytes()))
        yield name, known


def name_of(index: Index, program: str, asked: str, templates: Path | None) -> str:
    """The one hash: courses of one such name give the same bytes."""
    files = sorted((name, seen.sha256) for name, seen in index.items())
    return key(program, asked, files, templates_digest(templates) if templates else None)


def same(one: Mapping[str, FileState], other: Mapping[str, FileState]) -> bool:
    """Whether the same files were there, and none was written to in between."""
    return {name: seen.mark for name, seen in one.items()} == {name: seen.mark for name, seen in other.items()}


def _walked(folder: Path, *, apart: bool = True) -> Iterator[tuple[str, publish.Mark]]:
    """Every regular file, links among them as what they lead to; with ``apart`` not those of other courses and of
    builds in it, of which only the names of their folders count."""
    waiting = [""]
    while waiting:
        at = waiting.pop()
        with os.scandir(folder / at) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            name = f"{at}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if not (apart and _is_apart(Path(entry.path), entry.name)):
                    waiting.append(f"{name}/")
            elif entry.is_file():
                yield name, publish.mark(entry.stat())


_MARKS_OF_OTHERS = (project.FILE_NAME, publish.REPORT)


def _is_apart(folder: Path, name: str) -> bool:
    return name.startswith(publish.PREFIX) or any((folder / mark).is_file() for mark in _MARKS_OF_OTHERS)
