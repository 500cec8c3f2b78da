"""Archives of documents as folders: ``lectures.zip/Week 1/a.docx`` is a file like any other.

An archive is unpacked once a run, into a temporary folder that ends with the run, by the opener of its ending (entry
points ``coursepack.archives``). Nothing is written there but regular files under names that every system holds; links,
paths that lead out, bombs and damage are refused before (``files.archives``), and an archive in an archive keeps to the
budget of the outermost one.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

from coursepack import limits, names, plugins
from coursepack.files import sources
from coursepack.files.member import Member
from coursepack.files.package import Package
from coursepack.place import CoursepackError, Place

_DEEP = 3
"""Archives within one another."""
_DECEIT = frozenset({"container-overlap", "container-bomb"})
"""Problems of members by which the whole archive is not believed."""


class NoDocumentsError(CoursepackError):
    """An archive in which nothing is a document."""


@dataclass(frozen=True)
class OmittedMember:
    """What of an archive does not come into the folder: its name there, what it is or why, what to do, and whether it
    cannot be read, is of a kind that is not read, or is nothing that anybody misses."""

    name: str
    why: str
    advice: str = ""
    fate: Literal["left-out", "unread", "other"] = "left-out"


@dataclass(frozen=True)
class Titled:
    """What an archive says that its course is called."""

    title: str


Contents = Iterable[Member | OmittedMember | Titled]
Opener = Callable[[Package], Contents]
"""What an archive holds, as files of a folder. Raises ``CoursepackError`` for what it cannot open."""


@dataclass(frozen=True)
class Opened:
    """The ``folder`` that an archive became, what is not in it, and the title of its course."""

    folder: Path
    left: tuple[OmittedMember, ...] = ()
    title: str = ""


# --- names --------------------------------------------------------------------------------------------------------


def is_archive(name: str) -> bool:
    """True for the name of an archive of a kind that is opened."""
    return _ending(name) in plugins.points(plugins.ARCHIVES)


def is_inside(name: str) -> bool:
    """True for the name (POSIX) of a file in an archive, going by names alone."""
    return bool(outer(name))


def outer(name: str) -> str:
    """The innermost archive that a file of this name (POSIX) lies in, going by names alone; empty without one."""
    parts = name.split("/")
    ends = [end for end in range(1, len(parts)) if is_archive(parts[end - 1])]
    return "/".join(parts[: ends[-1]]) if ends else ""


def outermost(folder: Path, name: str) -> str:
    """The file below ``folder`` that holds what is called so: the first archive on the way, or the file itself."""
    inside = _inside(folder, name)
    return name if inside is None else inside[0]


def at(folder: Path, name: str) -> Path:
    """Where ``name`` (POSIX, relative) below ``folder`` lies on disk. Raises ``CoursepackError`` for an archive on the
    way that cannot be opened."""
    inside = _inside(folder, name)
    return folder / name if inside is None else at(opened(folder / inside[0]).folder, inside[1])


def why_not(folder: Path, name: str, *, follow_links: bool = False) -> str | None:
    """As ``sources.why_not``, of a file that may lie in an archive."""
    inside = _inside(folder, name)
    if inside is None:
        return sources.why_not(folder, name, follow_links=follow_links)
    if reason := sources.why_not(folder, inside[0], follow_links=follow_links):
        return reason
    try:
        return why_not(opened(folder / inside[0]).folder, inside[1])
    except CoursepackError as problem:
        return problem.message


def check(folder: Path, name: str, *, follow_links: bool = False) -> Path:
    """As ``sources.check``, of a file that may lie in an archive. Raises ``CoursepackError``."""
    if reason := why_not(folder, name, follow_links=follow_links):
        advice = sources.FOLLOW if "link" in reason else ""
        raise CoursepackError(f"not read: {reason}", sources.place(folder / name), advice)
    return at(folder, name)


def named_beside(folder: Path, document: str, *, follow_links: bool = False) -> dict[str, Path]:
    """As ``sources.named_beside``, of a document that may lie in an archive."""
    inside = _inside(folder, document)
    if inside is None:
        return sources.named_beside(folder, document, follow_links=follow_links)
    archive, name = inside
    found = named_beside(opened(folder / archive).folder, name, follow_links=follow_links)
    return {f"{archive}/{name}": file for name, file in found.items()}


def titles(folder: Path, files: Iterable[str]) -> list[str]:
    """The titles of courses that the archives say in which some of these files lie."""
    wholes = dict.fromkeys(inside[0] for name in files if (inside := _inside(folder, name)))
    return [title for whole in wholes if (title := opened(folder / whole).title)]


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


def _inside(folder: Path, name: str) -> tuple[str, str] | None:
    """The archive that a name leads into, and the name in it; a folder may be called as an archive is."""
    parts = name.split("/")
    for end in range(1, len(parts)):
        outer = "/".join(parts[:end])
        if is_archive(parts[end - 1]) and not os.path.isdir(folder / outer):  # noqa: PTH112 - no name is an error here
            return outer, "/".join(parts[end:])
    return None


# --- opening ------------------------------------------------------------------------------------------------------


@dataclass
class _UnpackBudget:
    """What may still be unpacked of an outermost archive: bytes, of those in it too."""

    left: int


@dataclass
class _OpenedArchives:
    """What was opened in this run."""

    opened: dict[tuple[str, int, int, Opener | None], Opened | CoursepackError] = field(default_factory=dict)
    rooms: dict[Path, tuple[_UnpackBudget, int]] = field(default_factory=dict)

    def room(self, path: Path) -> tuple[_UnpackBudget, int]:
        """That of the archive that a file lies in, or a new one; and how many archives are around it."""
        around = next((found for folder, found in self.rooms.items() if path.is_relative_to(folder)), None)
        return around or (_UnpackBudget(limits.of("unpacked-bytes")), 0)


_RUN = _OpenedArchives()


def opened(path: Path, opener: Opener | None = None) -> Opened:
    """An archive as a folder; the second time it is there already. ``opener`` for a part of what it holds. Raises
    ``CoursepackError``."""
    try:
        state = path.stat()
    except OSError as problem:
        raise CoursepackError(f"cannot be read: {problem.strerror}", sources.place(path)) from None
    key = (os.path.realpath(path), state.st_mtime_ns, state.st_size, opener)
    if key not in _RUN.opened:
        try:
            _RUN.opened[key] = _open(path, opener)
        except CoursepackError as problem:
            _RUN.opened[key] = problem
    found = _RUN.opened[key]
    if isinstance(found, CoursepackError):
        raise type(found)(found.message, found.place, found.advice)
    return found


def _open(path: Path, opener: Opener | None) -> Opened:
    package = Package.of_path(path)
    for problem in package.problems:
        if not package.entries or problem.code in _DECEIT:
            raise CoursepackError(problem.message, Place(path.name), problem.advice)
    if package.container not in {"zip", "tar"}:
        raise CoursepackError("no archive", Place(path.name), "check what the file really is")
    unpacking = _Unpacking(package, *_RUN.room(path))
    if opener is not None:
        return unpacking.run(opener)
    point = plugins.points(plugins.ARCHIVES)[_ending(path.name)]
    of_ending: Opener = plugins.load(point, callable, "a function: package → members")
    with point.guard():
        return unpacking.run(of_ending)


class _Unpacking:
    """An archive on its way into a folder of its own."""

    def __init__(self, package: Package, room: _UnpackBudget, deep: int) -> None:
        self.package = package
        self.room = room
        self.deep = deep
        self.left = [
            OmittedMember(problem.place.member, problem.message, problem.advice)
            for problem in package.problems
            if problem.place and problem.place.member and problem.place.member not in package
        ]
        self.title = ""
        self.taken: dict[str, str] = {}

    def run(self, opener: Opener) -> Opened:
        """Raises ``CoursepackError``; then nothing of it stays on disk."""
        if self.deep == _DEEP:
            raise CoursepackError(f"lies in {_DEEP} archives already", Place(self.package.name), "unpack it")
        folder = Path(tempfile.mkdtemp(prefix="coursepack-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        try:
            for found in opener(self.package):
                self._take(folder, found)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _RUN.rooms[folder] = self.room, self.deep + 1
        return Opened(folder, tuple(self.left), self.title)

    def _take(self, folder: Path, found: Member | OmittedMember | Titled) -> None:
        if isinstance(found, OmittedMember):
            self.left.append(found)
        elif isinstance(found, Titled):
            self.title = found.title
        elif reason := names.problem(found.path):
            self.left.append(
                OmittedMember(found.path, f"this file name cannot be used in a course: {reason}", names.RENAME)
            )
        elif other := self._alike(found.path):
            reason = f"on some systems {found.path!r} and {other!r} are one file"
            self.left.append(OmittedMember(found.path, reason, names.RENAME))
        else:
            self._write(folder / found.path, found)

    def _alike(self, path: str) -> str | None:
        """A file that some system takes for this one, or that stands where this one has a folder."""
        parts = path.split("/")
        ways = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
        known = next((self.taken[key] for key in map(names.key, ways) if key in self.taken), None)
        if known is None:
            self.taken[names.key(path)] = path
        return known

    def _write(self, target: Path, member: Member) -> None:
        most = limits.of("file-bytes")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                for chunk in member.chunks():
                    self._spend(len(chunk))
                    if file.tell() + len(chunk) > most:
                        raise CoursepackError(f"more than {most} bytes", advice=limits.raised("file-bytes"))
                    file.write(chunk)
        except (_TooLargeError, MemoryError):
            raise
        except CoursepackError as problem:
            target.unlink(missing_ok=True)
            self.left.append(OmittedMember(member.path, problem.message, problem.advice))
        except OSError as problem:
            self.left.append(OmittedMember(member.path, f"cannot be unpacked: {problem.strerror}"))

    def _spend(self, size: int) -> None:
        self.room.left -= size
        if self.room.left < 0:
            message = f"unpacks to more than {limits.of('unpacked-bytes')} bytes"
            raise _TooLargeError(message, Place(self.package.name), f"unpack it; {limits.raised('unpacked-bytes')}")


class _TooLargeError(CoursepackError):
    pass


def members(package: Package) -> Iterator[Member]:
    """Every member as it is."""
    for name in package.names():
        yield Member(name, partial(package.chunks, name))
