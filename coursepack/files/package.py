"""The one archive reader: a package as its checks and readers see it.

Paths, sizes, ratios and counts are looked at before a byte of an archive is unpacked, and nothing is ever extracted
under a name on disk.
"""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal, cast

from lxml import etree

from coursepack import limits, names
from coursepack.files import archives, sources, zip_records
from coursepack.files.archives import Opener
from coursepack.files.xml import parse_emptied, parse_xml, xml_marks
from coursepack.place import CoursepackError, Finding, LimitError, Place, error

MAX_PROBLEMS = 100
"""Findings about one container; who has that many need not know the rest."""

_AFRESH = "pack the files again with an ordinary ZIP program"

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, tarfile.TarError)
"""What the libraries raise where the bytes of a member are not as they were."""

_STREAMED = 1 << 22
"""Bytes of a document from which on the parts that nobody needs are let go while it is read."""


def is_folder(path: str, ordered: Sequence[str]) -> bool:
    """True when one of these sorted paths lies in a folder called ``path``: what lies there stands together. No set of
    all folders is made, for a name of 100 folders would bring 100."""
    after = bisect_left(ordered, f"{path}/")
    return after < len(ordered) and ordered[after].startswith(f"{path}/")


@dataclass(frozen=True)
class PackageMember:
    """A member as a check sees it: unpacked size in bytes and a way to read it."""

    path: str
    size: int
    open: Opener


@dataclass
class Package:
    """A read-only view over a zip, a tar, a folder, a single file or members in memory.

    ``problems`` are findings about the container itself (paths, duplicates, encryption, bombs, damage); members that
    cannot be trusted are not in ``entries``. ``names`` keeps the archive's order.
    """

    name: str
    container: Literal["zip", "tar", "folder", "file", "memory"]
    entries: dict[str, PackageMember] = field(default_factory=dict)
    problems: list[Finding] = field(default_factory=list)
    path: Path | None = None
    own: bool = False
    """Made by this run: no budget for its XML."""
    marks: int = 0
    """Tags and attributes of the XML that is kept."""
    _ordered: list[str] = field(default_factory=list, init=False, repr=False)
    _alike: dict[str, str] = field(default_factory=dict, init=False, repr=False)

    def names(self) -> list[str]:
        return list(self.entries)

    def __contains__(self, path: str) -> bool:
        return path in self.entries

    def is_folder(self, path: str) -> bool:
        """True when members lie in a folder of that name."""
        if len(self._ordered) != len(self.entries):
            self._ordered = sorted(self.entries)
        return is_folder(path, self._ordered)

    def alike(self, path: str) -> str | None:
        """The first member of that name, its letters' case aside."""
        if not self._alike:
            for name in self.entries:
                self._alike.setdefault(name.lower(), name)
        return self._alike.get(path.lower())

    def size(self, path: str) -> int:
        return self.entries[path].size

    def open(self, path: str) -> BinaryIO:
        return self.entries[path].open()

    def read(self, path: str) -> bytes:
        """All bytes of a member. Raises KeyError, or ``CoursepackError`` for damage or more bytes than declared."""
        return b"".join(self.chunks(path, self.entries[path].size + 1))

    def chunks(self, path: str, at_once: int = 1 << 20) -> Iterator[bytes]:
        """The same, ``at_once`` bytes at a time."""
        entry = self.entries[path]
        total = 0
        try:
            with entry.open() as file:
                while total <= entry.size and (data := file.read(min(at_once, entry.size - total + 1))):
                    total += len(data)
                    yield data
        except (*DAMAGE, ValueError, NotImplementedError) as problem:
            raise CoursepackError(f"damaged member: {problem}", self.place(path)) from None
        if total > entry.size:
            raise CoursepackError("unpacks to more bytes than it declares", self.place(path))

    def xml(
        self,
        path: str,
        *,
        keep: Literal["xml-marks", "word-marks"] | None = None,
        change: Callable[[bytes], bytes] | None = None,
        emptied: Sequence[str] = (),
        limit: Literal["manifest-marks"] | None = None,
    ) -> etree._Element:
        """The root of an XML member; ``keep``: it stays in memory beside others, and all together keep to this limit;
        ``limit`` is for this one alone;
        ``change`` is done to its bytes first; elements called as in ``emptied`` keep nothing of what is in them.

        Raises ``XmlError``, KeyError, ``CoursepackError``."""
        most = limits.now()
        if emptied and not self.own and self.size(path) > _STREAMED:
            root = self._emptied(path, emptied)
            self._keep(path, sum(1 + len(element.attrib) for element in root.iter()), keep)
            return root
        if self.size(path) > most.xml_bytes and not self.own:
            message = f"XML of {self.size(path)} bytes; at most {most.xml_bytes} are read"
            raise LimitError(message, self.place(path), limits.raised("xml-bytes"))
        data = self.read(path)
        self._keep(path, xml_marks(data), keep)
        if limit and not self.own and (marks := xml_marks(data)) > limits.of(limit):
            message = f"{marks} tags and attributes; at most {limits.of(limit)} are read"
            raise LimitError(message, self.place(path), limits.raised(limit))
        return parse_xml(data if change is None else change(data), own=self.own)

    def _keep(self, path: str, marks: int, limit: Literal["xml-marks", "word-marks"] | None) -> None:
        if limit and not self.own:
            self.marks += marks
            allowed = limits.of(limit)
            if self.marks > allowed:
                message = f"with it {self.marks} tags and attributes are kept; at most {allowed} are read"
                raise LimitError(message, self.place(path), limits.raised(limit))

    def _emptied(self, path: str, emptied: Sequence[str]) -> etree._Element:
        try:
            with self.open(path) as head, self.open(path) as stream:
                return parse_emptied(head.read(1 << 20), stream, emptied)
        except (*DAMAGE, NotImplementedError) as problem:
            raise CoursepackError(f"damaged member: {problem}", self.place(path)) from None

    def place(self, path: str | None = None, line: int = 0) -> Place:
        return Place(self.name, line, line, "line", member=path if self.container != "file" else None)

    def refuse(self, code: str, message: str, member: str | None = None, advice: str = "") -> None:
        """Note a problem of the container (at most ``MAX_PROBLEMS`` of them)."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(error(code, message, self.place(member), advice or _AFRESH))

    def admit(self, path: str, size: int, opener: Opener) -> None:
        """Take a member, or note why not."""
        path = path.removeprefix("./")
        reason = names.unsafe(path)
        most = limits.now()
        length, folders = len(path.encode("utf-8", "surrogatepass")), path.count("/")
        if length > most.name_bytes:
            message = f"a name of {length} bytes; at most {most.name_bytes} are read"
            self.refuse("container-name-long", message, path, limits.raised("name-bytes"))
        elif folders > most.name_folders:
            message = f"{folders} folders in a name; at most {most.name_folders} are read"
            self.refuse("container-name-deep", message, path, limits.raised("name-folders"))
        elif reason:
            self.refuse("container-path", f"member path is not safe: {reason}", path)
        elif path in self.entries:
            self.refuse("container-duplicate", "the name is in the archive twice", path)
        elif size > most.archive_member_bytes:
            message = f"unpacks to {size} bytes; at most {most.archive_member_bytes}"
            self.refuse("container-bomb", message, path, limits.raised("archive-member-bytes"))
        else:
            self.entries[path] = PackageMember(path, size, opener)

    @classmethod
    def of_members(cls, name: str, members: Iterable[tuple[str, bytes | Callable[[], Iterator[bytes]]]]) -> Package:
        """A package still in memory. A stream is drawn into memory when it is opened."""
        package = cls(name, "memory", own=True)
        for path, content in members:
            if isinstance(content, bytes):
                package.entries[path] = PackageMember(path, len(content), partial(io.BytesIO, content))
            else:
                size = sum(len(chunk) for chunk in content())
                package.entries[path] = PackageMember(path, size, partial(_chunks, content))
        return package

    @classmethod
    def of_bytes(cls, name: str, data: bytes) -> Package:
        """A single file's bytes: an archive when they look like one, else one member called ``name``."""
        container = archives.container(data)
        if container == "zip":
            package = cls(name, "zip")
            archives.read_zip(package, io.BytesIO(data))
            return package
        if container == "tar":
            package = cls(name, "tar")
            archives.read_tar(package, io.BytesIO(data))
            return package
        return cls(name, "file", {name: PackageMember(name, len(data), lambda: io.BytesIO(data))})

    @classmethod
    def of_path(cls, path: Path) -> Package:
        """A file or folder on disk. Raises ``CoursepackError`` when it cannot be read at all."""
        if not path.exists():
            raise CoursepackError("no such file", Place(str(path)))
        package = cls(path.name, "folder", path=path)
        try:
            if path.is_dir():
                _read_folder(package, path)
                return package
            with sources.check_file(path).open("rb") as file:
                head = file.read(512)
                container = archives.container(head)
                # An archive may have other bytes before it (a self-extracting one): its end tells.
                if container == "file" and zip_records.end_record(file):
                    container = "zip"
            package.container = container
            if container == "zip":
                archives.read_zip(package, path)
            elif container == "tar":
                archives.read_tar(package, path)
            else:
                package.entries[path.name] = PackageMember(path.name, path.stat().st_size, partial(_file, path))
        except OSError as problem:
            raise CoursepackError(f"cannot be read: {problem.strerror or problem}", Place(str(path))) from None
        return package


class _ChunkReader(io.RawIOBase):
    """A stream of chunks as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts, need = [self._rest], size - len(self._rest)
        while size < 0 or need > 0:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            parts.append(chunk)
            need -= len(chunk)
        data = b"".join(parts)
        if size < 0:
            self._rest = b""
            return data
        self._rest = data[size:]
        return data[:size]


def _file(path: Path) -> BinaryIO:
    return path.open("rb")


def _chunks(make: Callable[[], Iterator[bytes]]) -> BinaryIO:
    return cast("BinaryIO", _ChunkReader(make()))


def _read_folder(package: Package, root: Path) -> None:
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            package.refuse("container-link", "a symbolic link", name, "replace it with the file itself")
        elif path.is_file():
            package.admit(name, path.stat().st_size, partial(_file, path))
        elif not path.is_dir():
            package.refuse("container-link", "a pipe, a socket or a device", name, "replace it with a file")
