"""Reading archives that somebody else made: a zip or a tar, looked over before a byte is unpacked.

Paths, links, encryption, sizes, ratios and counts are judged first; what cannot be trusted is told to the ``Sink``
and never becomes a member.
"""

from __future__ import annotations

import gzip
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, cast

from coursepack import limits, names
from coursepack.files import zip_records
from coursepack.files.media import KINDS

HARMLESS_BYTES = 2**20
"""Whatever the ratio, so much unpacked harms nobody."""

Opener = Callable[[], BinaryIO]

_UNIX = {3, 19}
_ENCRYPTED = 0x0001 | 0x0040 | 0x2000
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2}
_TAR_NAMES = {
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
}

_HEADERS_IN_A_ROW = 8
"""Further headers of one member of a TAR: a long name, a long link, PAX records of its own and for all."""

AGAIN = "get the file again"


def _stop(limit: str) -> str:
    return f"do not open it; if you know who made it, {limits.raised(limit)}"


class Sink(Protocol):
    """Where members and problems go."""

    def admit(self, path: str, size: int, opener: Opener) -> None:
        """A member that may be read: its path, unpacked bytes, and how to open it."""

    def refuse(self, code: str, message: str, member: str | None = None, advice: str = "") -> None:
        """A problem of the archive, or of one member."""


def container(head: bytes) -> Literal["zip", "tar", "file"]:
    """What the first 512 bytes of a file look like."""
    if KINDS["zip"].begins(head):
        return "zip"
    return "tar" if KINDS["gzip"].begins(head) or KINDS["tar"].begins(head) else "file"


def _bomb(packed: int, unpacked: int) -> str | None:
    """The limit that so many unpacked bytes go beyond."""
    most = limits.now()
    if unpacked <= HARMLESS_BYTES:
        return None
    if unpacked > most.archive_bytes:
        return "archive-bytes"
    if unpacked > most.archive_ratio * packed:
        return "archive-ratio"
    return "archive-large-ratio" if unpacked > most.archive_large_bytes + most.archive_large_ratio * packed else None


def read_zip(sink: Sink, source: Path | BinaryIO) -> None:
    """Every member that can be trusted, and what is wrong with the others."""
    if isinstance(source, Path):
        with source.open("rb") as file:
            reason, size = zip_records.too_large(file), file.seek(0, 2)
    else:
        reason, size = zip_records.too_large(source), source.seek(0, 2)
    if reason:
        sink.refuse("container-bomb", reason[0], advice=_stop(reason[1]))
        return
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, struct.error) as problem:
        sink.refuse("container-damaged", f"not a readable zip: {problem}", advice=AGAIN)
        return
    infos = archive.infolist()
    # Members may share their bytes: no more were packed than the file holds.
    packed, unpacked = min(size, sum(i.compress_size for i in infos)), sum(i.file_size for i in infos)
    if limit := _bomb(packed, unpacked):
        sink.refuse("container-bomb", f"{packed} bytes that unpack to {unpacked}", advice=_stop(limit))
    else:
        for code, message, member in zip_records.problems(cast("BinaryIO", archive.fp), infos, archive.start_dir):
            sink.refuse(code, message, member)
        for info in infos:
            _admit_zip(sink, archive, info)


def _admit_zip(sink: Sink, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
    name = zip_records.member_name(info)
    kind = stat.S_IFMT(info.external_attr >> 16) if info.create_system in _UNIX else 0
    if info.flag_bits & _ENCRYPTED:
        sink.refuse("container-encrypted", "encrypted", name, "pack it again without a password")
    elif kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        sink.refuse("container-link", "a link or a special file", name, "replace it with the file itself")
    elif info.compress_type not in _METHODS:
        sink.refuse("container-method", f"packed by method {info.compress_type}, expected stored or deflate", name)
    elif name.endswith("/"):
        reason = names.unsafe(name.removeprefix("./") or "x")
        if reason:
            sink.refuse("container-path", f"folder path is not safe: {reason}", name)
    elif info.file_size > 8 * HARMLESS_BYTES and (limit := _bomb(info.compress_size, info.file_size)):
        message = f"{info.compress_size} bytes that unpack to {info.file_size}"
        sink.refuse("container-bomb", message, name, _stop(limit))
    else:
        sink.admit(name, info.file_size, partial(_zip_member, archive, info))


def read_tar(sink: Sink, source: Path | BinaryIO) -> None:
    """A tar, gzipped or not. A gzipped one is unpacked into an unnamed spool first: its members are read in any
    order, and every step back in a gzip stream would unpack it anew."""
    try:
        file = source.open("rb") if isinstance(source, Path) else source
        spool = _gunzip(sink, file) if KINDS["gzip"].begins(file.read(2)) else file
        if spool is None or not _sound_tar_headers(sink, spool):
            return
        spool.seek(0)
        archive = tarfile.open(fileobj=spool, mode="r:")  # noqa: SIM115 - kept open for the members
        infos = archive.getmembers()
    except (tarfile.TarError, OSError, EOFError, ValueError, zlib.error) as problem:
        sink.refuse("container-damaged", f"not a readable tar: {problem}", advice=AGAIN)
        return
    most, unpacked = limits.now(), sum(info.size for info in infos)
    if len(infos) > most.archive_members:
        message = f"{len(infos)} members; at most {most.archive_members} are read"
        sink.refuse("container-bomb", message, advice=_stop("archive-members"))
        return
    if unpacked > most.archive_bytes:
        message = f"unpacks to {unpacked} bytes; at most {most.archive_bytes} are read"
        sink.refuse("container-bomb", message, advice=_stop("archive-bytes"))
        return
    for info in infos:
        name = info.name.removeprefix("./")
        if info.isdir():
            if name != "." and (reason := names.unsafe(name)):
                sink.refuse("container-path", f"folder path is not safe: {reason}", name)
        elif info.islnk() and info.linkname.removeprefix("./") == name:
            continue  # GNU tar's way of saying that it met the same file a second time
        elif not info.isreg() or info.issparse():
            sink.refuse("container-link", "a link or a special file", name, "replace it with the file itself")
        else:
            sink.admit(name, info.size, partial(_tar_member, archive, info))


def _gunzip(sink: Sink, file: BinaryIO) -> BinaryIO | None:
    file.seek(0, 2)
    packed = file.tell()
    file.seek(0)
    spool = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=64 * 2**20))  # noqa: SIM115 - as long as the tar
    total = 0
    with gzip.GzipFile(fileobj=file) as stream:
        while chunk := stream.read(1 << 20):
            total += len(chunk)
            if limit := _bomb(packed, total):
                message = f"{packed} bytes that unpack to {total} and more"
                sink.refuse("container-bomb", message, advice=_stop(limit))
                return None
            spool.write(chunk)
    return spool


def _sound_tar_headers(sink: Sink, file: BinaryIO) -> bool:
    """False when a header asks for more memory than it should, or there are too many: looked at before ``tarfile``
    loads anything."""
    file.seek(0, 2)
    most = limits.now()
    size, offset, members, further, row = file.tell(), 0, 0, 0, 0
    while offset + tarfile.BLOCKSIZE <= size:
        file.seek(offset)
        block = file.read(tarfile.BLOCKSIZE)
        if not block.strip(b"\0"):
            return True
        try:
            header = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError as problem:
            sink.refuse("container-damaged", f"not a readable tar: {problem}", advice=AGAIN)
            return False
        if header.type in _TAR_NAMES:
            further, row = further + max(header.size, tarfile.BLOCKSIZE), row + 1
        else:
            members, row = members + 1, 0
        if limit := _headers(members, further, row, most):
            sink.refuse("container-bomb", *limit)
            return False
        blocks = -(-header.size // tarfile.BLOCKSIZE) if header.isreg() or header.type in _TAR_NAMES else 0
        offset += tarfile.BLOCKSIZE * (1 + blocks)
    if offset > size:
        sink.refuse("container-damaged", f"{offset - size} bytes are missing at the end", advice=AGAIN)
        return False
    return True


def _headers(members: int, further: int, row: int, most: limits.Limits) -> tuple[str, None, str] | None:
    """Message, no member, and advice, when a TAR's headers are too many."""
    if members > most.archive_members:
        return f"more than {most.archive_members} members", None, _stop("archive-members")
    if further > most.archive_directory_bytes:
        message = f"more than {most.archive_directory_bytes} bytes of long names and PAX records"
        return message, None, _stop("archive-directory-bytes")
    if row > _HEADERS_IN_A_ROW:  # tarfile calls itself for each
        return f"more than {_HEADERS_IN_A_ROW} headers before one member", None, "do not open it"
    return None


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    return cast("BinaryIO", archive.open(info))


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo) -> BinaryIO:
    file = archive.extractfile(info)
    if file is None:
        raise tarfile.ReadError(f"{info.name} is not a file")
    return cast("BinaryIO", file)
