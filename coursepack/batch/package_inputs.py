"""The packages that a command refers to: files and folders that it names, and lists of them of any length."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from coursepack.files import media

# A folder with one of these files is an unpacked package, whatever else it holds.
_PACKAGES = ("imsmanifest.xml", "moodle_backup.xml", "META-INF/container.xml", "[Content_Types].xml", "shared/site.js")
_BAG = "bagit.txt"
_TEXTS = (b"<quiz", b"<questestinterop", b'"coursepack-course/', b"<question>", b"<question ")
_ARCHIVES = {"zip", "gzip", "tar"}
_HEAD = 4096
_LONGEST = 1 << 16
"""The most bytes of a line in a list: more than any path has."""


@dataclass(frozen=True)
class PackageInput:
    """A package to be judged. ``named``: the command names it; otherwise it was found in a folder, where files of other
    kinds may be among the packages."""

    path: Path
    named: bool = True


def package_inputs_of(*paths: Iterable[Path]) -> Iterator[PackageInput]:
    """The packages of these paths: a file or an unpacked package is one; of any other folder, every package in it, in
    the order of names."""
    for path in itertools.chain(*paths):
        if of_folders((path,)):
            yield from (PackageInput(found, named=False) for found in below(path))
        else:
            yield PackageInput(path)


def of_folders(paths: Iterable[Path]) -> bool:
    """True when one of these paths is a folder of packages."""
    return any(_is_folder(path) and not is_package(path) for path in paths)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # an invalid name on this system: judging it reports why
        return False


def is_package(folder: Path) -> bool:
    """True for the folder of an unpacked package, for a bag and for a build that is to be judged as a whole."""
    return any((folder / mark).is_file() for mark in (*_PACKAGES, _BAG))


def below(folder: Path) -> Iterator[Path]:
    """Packages in a folder and its subfolders, by their first bytes; links are not followed, bags are skipped (see
    ``coursepack verify``). A folder that cannot be read is yielded too, so that judging it reports why."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            yield here
            continue
        folders: list[Path] = []
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if (path / _BAG).is_file():
                    continue
                if is_package(path):
                    yield path
                else:
                    folders.append(path)
            elif entry.is_file(follow_symlinks=False) and _may_be(path):
                yield path
        waiting.extend(reversed(folders))


def _may_be(path: Path) -> bool:
    """True for a file that begins like a package: an archive, or a text with the elements of questions."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return True
    found = media.of(head)
    if found is not None and found.name in _ARCHIVES:
        return True
    text = head.decode("utf-16", "ignore").encode() if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    return any(mark in text for mark in _TEXTS)


def listed(file: BinaryIO) -> Iterator[Path]:
    """The paths of a list, one a line (or, where it holds any, between NUL bytes as ``find -print0`` writes them); read
    as they come. A line that is too long for a path is cut: judging it reports that there is no such file."""
    rest, between = b"", b""
    while chunk := getattr(file, "read1", file.read)(_LONGEST):
        between = between or (b"\0" if b"\0" in chunk else b"")
        *whole, rest = (rest + chunk).split(between or b"\n")
        yield from _paths(whole)
        rest = rest[:_LONGEST]
    yield from _paths([rest])


def _paths(lines: Iterable[bytes]) -> Iterator[Path]:
    for line in lines:
        if name := line.rstrip(b"\r"):
            yield Path(os.fsdecode(name[:_LONGEST]))
