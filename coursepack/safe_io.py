"""The one XML parser and the one archive reader, both with limits.

No DTD, no entity, no network when reading XML; paths, sizes, ratios and counts are looked at before a byte of an
archive is unpacked, and nothing is ever extracted under a name on disk.
"""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

from lxml import etree

from coursepack import archives, limits, names, sources, zip_records
from coursepack.archives import Opener
from coursepack.place import CoursepackError, Finding, LimitError, Place, error

MAX_PROBLEMS = 100
"""Findings about one container; who has that many need not know the rest."""

_AFRESH = "pack the files again with an ordinary ZIP program"


# What no XML document may hold (XML 1.0, production 2).
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Text without the characters that XML cannot hold; a single one would stop a whole import."""
    return text if text.isprintable() else _ILLEGAL.sub("", text)


def xml_parser(*, huge: bool = False) -> etree.XMLParser:
    """The parser for every XML document that comes from outside (and for our own when checked)."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=huge, remove_pis=False
    )


class XmlError(ValueError):
    """Not well-formed, or with a DOCTYPE. ``line`` counts from 1 (0 when unknown)."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def xml_marks(data: bytes) -> int:
    """Tags and attributes of a document, at most."""
    return data.count(b"<") + data.count(b"=")


def parse_xml(data: bytes, *, own: bool = False) -> etree._Element:
    """The root element of a document. Raises ``XmlError``; a DOCTYPE is refused before anything is expanded.

    ``own``: what this run made itself, which may be as large as it is.
    """
    most = limits.now()
    if len(data) > most.xml_bytes and not own:
        raise XmlError(f"XML of {len(data)} bytes; at most {most.xml_bytes} are read ({limits.raised('xml-bytes')})")
    if not own and xml_marks(data) > most.xml_marks:
        raise XmlError(f"XML of more than {most.xml_marks} tags and attributes ({limits.raised('xml-marks')})")
    _refuse_doctype(data)
    try:
        root = etree.fromstring(data, xml_parser(huge=len(data) > 8 * 2**20))
    except etree.XMLSyntaxError as problem:
        raise XmlError(problem.msg or "not well-formed", problem.lineno or 0) from None
    if root is None:
        raise XmlError("empty document")
    if root.getroottree().docinfo.internalDTD is not None:
        raise XmlError("a DOCTYPE is not accepted (no DTD, no entities)")
    return root


def _refuse_doctype(data: bytes) -> None:
    # A DOCTYPE may only stand in the prolog, before the first element: expat finds it without expanding anything.
    from xml.parsers import expat

    class _Stop(Exception):  # noqa: N818 - not an error
        pass

    def doctype(*_: object) -> None:
        raise XmlError("a DOCTYPE is not accepted (no DTD, no entities)", parser.CurrentLineNumber)

    def start(*_: object) -> None:
        raise _Stop

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    try:
        parser.Parse(data[: 1 << 20], len(data) <= 1 << 20)
    except XmlError:
        raise
    except (_Stop, expat.ExpatError, LookupError, ValueError):
        # Not well-formed, or in an encoding that expat does not know: lxml will say so with its own words.
        return


_STREAMED = 1 << 22
"""Bytes of a document from which on the parts that nobody needs are let go while it is read."""

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, tarfile.TarError)
"""What the libraries raise where the bytes of a member are not as they were."""

_TAG = re.compile(r"""<[A-Za-z](?>[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_PARTS = re.compile(r"""[\s/"']+""")
_ATTRIBUTES = 256


def crowded(html: str) -> bool:
    """True when a tag holds more attributes than anybody writes: the HTML parser takes a time for them that grows with
    the square."""
    return any(
        len(_PARTS.findall(_QUOTED.sub('""', found[0]))) > _ATTRIBUTES
        for found in _TAG.finditer(html)
        if len(found[0]) > 2 * _ATTRIBUTES
    )


class Metered:
    """A stream of XML that is parsed piece by piece: ``marks`` counts tags and attributes since it was last set to 0,
    which who forgets a piece does. Raises ``XmlError`` for a piece that would fill the memory."""

    def __init__(
        self,
        file: BinaryIO,
        *,
        own: bool = False,
        piece: str = "question",
        limit: Literal["question-marks", "xml-marks"] = "question-marks",
    ) -> None:
        self._file = file
        self._most = None if own else limits.now()
        self._piece, self._limit = piece, limit
        self.marks = 0
        self.bytes = 0

    def forget(self) -> None:
        """A piece was read and let go."""
        self.marks = self.bytes = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        if self._most is not None:
            self.marks += xml_marks(data)
            self.bytes += len(data)
            most = limits.of(self._limit)
            if self.marks > most:
                message = f"more than {most} tags and attributes in one {self._piece}"
                raise XmlError(f"{message} ({limits.raised(self._limit)})")
            if self.bytes > self._most.xml_bytes:
                message = f"more than {self._most.xml_bytes} bytes of XML in one {self._piece}"
                raise XmlError(f"{message} ({limits.raised('xml-bytes')})")
        return data


def is_folder(path: str, ordered: Sequence[str]) -> bool:
    """True when one of these sorted paths lies in a folder called ``path``: what lies there stands together. No set of
    all folders is made, for a name of 100 folders would bring 100."""
    after = bisect_left(ordered, f"{path}/")
    return after < len(ordered) and ordered[after].startswith(f"{path}/")


@dataclass(frozen=True)
class Entry:
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
    entries: dict[str, Entry] = field(default_factory=dict)
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
    ) -> etree._Element:
        """The root of an XML member; ``keep``: it stays in memory beside others, and all together keep to this limit;
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
        return parse_xml(data if change is None else change(data), own=self.own)

    def _keep(self, path: str, marks: int, limit: Literal["xml-marks", "word-marks"] | None) -> None:
        if limit and not self.own:
            self.marks += marks
            allowed = limits.of(limit)
            if self.marks > allowed:
                message = f"with it {self.marks} tags and attributes are kept; at most {allowed} are read"
                raise LimitError(message, self.place(path), limits.raised(limit))

    def _emptied(self, path: str, emptied: Sequence[str]) -> etree._Element:
        with self.open(path) as head:
            _refuse_doctype(head.read(1 << 20))
        with self.open(path) as stream:
            metered: Any = Metered(stream, piece="element", limit="xml-marks")
            steps = etree.iterparse(
                metered, tag=tuple(emptied), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
            )
            try:
                for _, element in steps:
                    element.clear()
                    metered.forget()
            except etree.XMLSyntaxError as problem:
                raise XmlError(problem.msg or "not well-formed", problem.lineno or 0) from None
            except (*DAMAGE, NotImplementedError) as problem:
                raise CoursepackError(f"damaged member: {problem}", self.place(path)) from None
        root: etree._Element | None = steps.root
        if root is None:
            raise XmlError("empty document")
        if root.getroottree().docinfo.internalDTD is not None:
            raise XmlError("a DOCTYPE is not accepted (no DTD, no entities)")
        return root

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
            self.entries[path] = Entry(path, size, opener)

    @classmethod
    def of_members(cls, name: str, members: Iterable[tuple[str, bytes | Callable[[], Iterator[bytes]]]]) -> Package:
        """A package still in memory. A stream is drawn into memory when it is opened."""
        package = cls(name, "memory", own=True)
        for path, content in members:
            if isinstance(content, bytes):
                package.entries[path] = Entry(path, len(content), partial(io.BytesIO, content))
            else:
                size = sum(len(chunk) for chunk in content())
                package.entries[path] = Entry(path, size, partial(_chunks, content))
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
        return cls(name, "file", {name: Entry(name, len(data), lambda: io.BytesIO(data))})

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
                package.entries[path.name] = Entry(path.name, path.stat().st_size, partial(_file, path))
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
            package.refuse("container-link", "a symbolic link", name, "put the file itself in its place")
        elif path.is_file():
            package.admit(name, path.stat().st_size, partial(_file, path))
        elif not path.is_dir():
            package.refuse("container-link", "a pipe, a socket or a device", name, "put a file in its place")


def sha256(data: bytes) -> str:
    """The SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()
