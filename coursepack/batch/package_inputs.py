"""Which packages a call means: files and folders that it names, and lists of them of any length."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from coursepack.files import media

# What makes a folder an unpacked package, whatever else lies in it.
_PACKAGES = ("imsmanifest.xml", "moodle_backup.xml", "META-INF/container.xml", "[Content_Types].xml", "shared/site.js")
_BAG = "bagit.txt"
_TEXTS = (b"<quiz", b"<questestinterop", b'"coursepack-course/', b"<question>", b"<question ")
_ARCHIVES = {"zip", "gzip", "tar"}
_HEAD = 4096
_LONGEST = 1 << 16
"""Bytes of a line in a list: more than any path has."""


@dataclass(frozen=True)
class PackageInput:
    """A package to be judged. ``named``: the call names it itself; otherwise it was found in a folder, where files of
    other kinds may lie beside packages."""

    path: Path
    named: bool = True


def package_inputs_of(*paths: Iterable[Path]) -> Iterator[PackageInput]:
    """The packages that these paths mean: a file or an unpacked package is one, of any other folder every package in
    it, in the order of names."""
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
    except (OSError, ValueError):  # no name that this system takes: its turn tells why
        return False


def is_package(folder: Path) -> bool:
    """True for the folder of an unpacked package, for a bag and for a build that is to be judged as a whole."""
    return any((folder / mark).is_file() for mark in (*_PACKAGES, _BAG))


def below(folder: Path) -> Iterator[Path]:
    """Packages in a folder and those in it, by what they begin with; links are not followed, bags are left alone
    (``coursepack verify``). What cannot be looked into is named, and its turn tells why."""
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
    """True for what begins as a package does: an archive, or a text with the marks of questions."""
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
    as they come. A line that is too long for a path is cut: its turn tells that there is no such file."""
    rest, between = b"", b""
    while chunk := getattr(file, "read1", file.read)(_LONGEST):
        between = between or (b"\0" if b"\0" in chunk else b"")
        *whole, rest = (rest + chunk).split(between or b"\n")
        yield from _paths(whole)
        rest = rest[:_LONGEST]
    yield from _paths([rest])


def _paths(lines: Iterable[bytes]) -> Iterator[Path]:
    for line in lines:
        if stated := line.rstrip(b"\r"):
            yield Path(os.fsdecode(stated[:_LONGEST]))
