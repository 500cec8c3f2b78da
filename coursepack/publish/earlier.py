"""The folder of an earlier build: what the build made, what a person has changed since, what is nobody's."""

from __future__ import annotations

import filecmp
import hashlib
import io
import itertools
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from coursepack import names
from coursepack.place import CoursepackError, Finding, Place, warning
from coursepack.publish.files import write_file

SUMS = "SHA256SUMS"
REPORT = "build-report.json"
COURSE = "course.json"
ASSETS = "assets"
"""The pictures of course.json, each named by its SHA-256, so that the course can be built again from it alone."""
OURS = (SUMS, REPORT, COURSE, ASSETS)
"""What lies in the folder of a course beside its products."""
EDITED = ".edited"
_EDITED = re.compile(r"\.edited(-\d+)?$")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
# What desktops leave in any folder; not worth refusing a build for.
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
_CHUNK = 1 << 20

Mark = tuple[int, int, int]
"""Size, time of change in nanoseconds and inode: they tell that a file was written to, or another put in its place."""


@dataclass(frozen=True)
class EarlierBuild:
    """What lies in the place of a course (nothing, before its first build).

    ``sums``: name → SHA-256 of every file that the build made and that is there as it was made. ``edited``: files of
    the build that a person changed. ``kept``: earlier copies of such files. ``findings`` say what was kept now.
    """

    folder: Path
    sums: dict[str, str] = field(default_factory=dict)
    edited: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    marks: dict[str, Mark] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def changed_since(self) -> bool:
        """True when a file was written to, came or went since this was looked at."""
        return self.marks != dict(_files(self.folder))

    def keep(self, new: Path) -> EarlierBuild:
        """Copy into ``new`` what people wrote: copies kept before, and files changed since, as ``NAME.edited``."""
        for name in self.kept:
            self._keep(name, new, name)
        reported = [_reported(name, self._keep(name, new, name + EDITED)) for name in self.edited]
        return replace(self, findings=tuple(reported))

    def _keep(self, name: str, new: Path, kept: str) -> str:
        """The name under which ``new`` holds what ``name`` holds: ``kept``, or the next that is free."""
        source = self.folder / name
        names_ = itertools.chain([kept], (f"{kept}-{number}" for number in itertools.count(2)))
        for free in names_:
            if not os.path.lexists(new / free):
                _copy(source, new, free)
                break
            if filecmp.cmp(new / free, source, shallow=False):
                break
        return free

    def carry(self, name: str, new: Path) -> bool:
        """Copy a file of the build as it is; False when it is gone, or is not what the build made."""
        if name not in self.sums:
            return False
        if _copy(self.folder / name, new, name) != self.sums[name]:
            (new / name).unlink()
            return False
        return True


def look(folder: Path) -> EarlierBuild:
    """What lies in the place of a course. A link there is nothing of ours. Raises ``CoursepackError`` for files that no
    build made: they are not ours to replace."""
    place = Place(str(folder))
    if folder.is_symlink() or not folder.exists():
        return EarlierBuild(folder)
    if not folder.is_dir():
        raise CoursepackError("is a file, expected a folder of an earlier build", place)
    marks = dict(_files(folder))
    sums = stated(folder) if SUMS in marks else {}
    kept = tuple(name for name in sorted(marks) if name not in sums and _EDITED.search(name))
    foreign = sorted(name for name in marks if name not in sums and name not in {SUMS, *kept})
    if foreign:
        advice = "move it away or choose another -o folder"
        raise CoursepackError(f"holds {foreign[0]!r}, which no build made", place, advice)
    found = {name: _sha256(folder / name) for name in sums if name in marks}
    edited = tuple(name for name, digest in sorted(found.items()) if digest != sums[name])
    same = {name: digest for name, digest in found.items() if digest == sums[name]}
    return EarlierBuild(folder, same, edited, kept, marks)


def _files(folder: Path) -> Iterator[tuple[str, Mark]]:
    """Every file, and every link, pipe or device, which is then nobody's name of a file."""
    for root, folders, files in os.walk(folder):
        links = [name for name in folders if Path(root, name).is_symlink()]
        for path in (Path(root, name) for name in (*links, *files) if name not in _LITTER):
            found = path.lstat()
            name = path.relative_to(folder).as_posix()
            if not stat.S_ISREG(found.st_mode):
                name += " (no file)"
            yield name, mark(found)


def mark(found: os.stat_result) -> Mark:
    """The mark of a file."""
    return found.st_size, found.st_mtime_ns, found.st_ino


def marks(folder: Path) -> dict[str, Mark]:
    """The marks of all files of a build; none where there is no folder."""
    return dict(_files(folder))


def stated(folder: Path) -> dict[str, str]:
    """Name → SHA-256 of the files of a build, as its list of checksums says; none without one."""
    if not (folder / SUMS).is_file():
        return {}
    lines = (folder / SUMS).read_text("utf-8", errors="replace").splitlines()
    found = (_LINE.fullmatch(line) for line in lines)
    return {line[2]: line[1] for line in found if line and not names.unsafe(line[2])}


def _sha256(path: Path) -> str:
    with _open(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _copy(source: Path, new: Path, name: str) -> str:
    (new / name).parent.mkdir(parents=True, exist_ok=True)
    with _open(source) as file:
        _, digest = write_file(new / name, iter(lambda: file.read(_CHUNK), b""))
    found = source.stat()
    os.utime(new / name, ns=(found.st_atime_ns, found.st_mtime_ns))
    return digest


def _open(path: Path) -> io.BufferedReader:
    """Open a file of the folder; not a link that took its place meanwhile."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags), "rb")


def _reported(name: str, kept: str) -> Finding:
    message = f"{name} was changed by hand since it was built: the changed file is kept as {kept}"
    return warning("product-edited", message, Place(name), "look at it, and delete it if you do not need it")
