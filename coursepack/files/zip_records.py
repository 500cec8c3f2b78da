"""The records of a ZIP file, looked at one by one.

``zipfile`` believes the central directory alone; another reader may believe the local headers. A package that the two
read differently, that hides bytes before or behind its records, or whose members share bytes is not one package but
several (PKWARE APPNOTE 6.3.10, 4.3 and 4.4).
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from coursepack import limits

# APPNOTE 4.3.16 and 4.3.7; sizes of the fixed parts in bytes.
_END = struct.Struct("<4s4H2LH")
END_SIGNATURE = b"PK\x05\x06"
_LOCAL = struct.Struct("<4s5H3L2H")
LOCAL_SIGNATURE = b"PK\x03\x04"
_LONGEST_COMMENT = 0xFFFF
_ZIP64 = 0xFFFF_FFFF
_SIZES_FOLLOW = 0x0008
_UTF8 = 0x0800
_CENTRAL = struct.Struct("<28x3H12x")  # lengths of name, extra field and comment
_CENTRAL_SIGNATURE = b"PK\x01\x02"
# APPNOTE 4.3.15 and 4.3.14: the locator stands right before the end record, its record before that.
_LOCATOR = struct.Struct("<4sLQL")
_LOCATOR_SIGNATURE = b"PK\x06\x07"
_END64 = struct.Struct("<4sQ2H2L4Q")
_END64_SIGNATURE = b"PK\x06\x06"

Problem = tuple[str, str, str | None]
"""Code, message, and the member's name when it is about one."""


def end_record(file: BinaryIO) -> tuple[int, int] | None:
    """Members and bytes of the central directory as the end record states them, or None when there is no such record.

    Cheap: nothing but the last 64 KiB is read, so that a directory too large to load is known before it is loaded.
    """
    found = _find_end(file)
    if found is None:
        return None
    record = _END.unpack(found[1][: _END.size])
    return int(record[4]), int(record[5])


def too_large(file: BinaryIO) -> tuple[str, str] | None:
    """Why the directory of an archive is not to be loaded, and the limit that says so; or None.

    Its headers are counted one by one: an end record may state any number of them.
    """
    for end, record in _ends_told(file):
        if reason := _too_large(file, *_directory(file, end, record)):
            return reason
    return None


def _ends_told(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The end record that we hold for the right one, and the one that ``zipfile`` takes: the last."""
    found = _find_end(file)
    if found is None:
        return
    yield found
    last = found[1].rfind(END_SIGNATURE)
    if last > 0 and len(found[1]) - last >= _END.size:
        yield found[0] + last, found[1][last:]


def _too_large(file: BinaryIO, start: int, size: int) -> tuple[str, str] | None:
    most = limits.now()
    if size > most.archive_directory_bytes:
        reason = f"a directory of {size} bytes; at most {most.archive_directory_bytes} are read"
        return reason, "archive-directory-bytes"
    file.seek(max(0, start))
    data = file.read(size)
    at = members = extras = 0
    while at + _CENTRAL.size <= len(data) and data.startswith(_CENTRAL_SIGNATURE, at):
        name, extra, comment = _CENTRAL.unpack_from(data, at)
        at += _CENTRAL.size + name + extra + comment
        members += 1
        extras += extra
        if members > most.archive_members:
            return f"more than {most.archive_members} members", "archive-members"
        if extras > most.archive_extra_bytes:
            return f"more than {most.archive_extra_bytes} bytes of extra fields", "archive-extra-bytes"
    return None


def _directory(file: BinaryIO, end: int, tail: bytes) -> tuple[int, int]:
    """Where the directory starts and how long it is, as ``zipfile`` reads it: before the end records, as long as the
    last of them says, that of ZIP64 before the other."""
    size = int(_END.unpack(tail[: _END.size])[5])
    before = _LOCATOR.size + _END64.size
    if end >= before:
        file.seek(end - before)
        head = file.read(before)
        if head.startswith(_END64_SIGNATURE) and head.startswith(_LOCATOR_SIGNATURE, _END64.size):
            size = int(_END64.unpack(head[: _END64.size])[8])
            end -= before
    return end - size, size


def problems(file: BinaryIO, infos: Sequence[zipfile.ZipInfo], directory: int) -> Iterator[Problem]:
    """What the records of an opened archive contradict. ``directory`` is where the central directory starts."""
    yield from _ends(file, len(infos))
    starts = sorted(infos, key=lambda info: info.header_offset)
    if starts and starts[0].header_offset > 0:
        yield "container-prefix", f"{starts[0].header_offset} bytes precede the first member", None
    last, previous = 0, ""
    for info in starts:
        end, reason = _local(file, info)
        if reason:
            yield "container-header", reason, info.filename
        if info.header_offset < last:
            yield "container-overlap", f"shares bytes with {previous!r}", info.filename
        if end > directory:
            yield "container-overlap", "reaches into the directory of the archive", info.filename
        last, previous = max(last, end), info.filename


def _find_end(file: BinaryIO) -> tuple[int, bytes] | None:
    """Offset and bytes from the end record on: the one that ends where the file ends, else the last one."""
    file.seek(0, 2)
    size = file.tell()
    start = max(0, size - _LONGEST_COMMENT - _END.size)
    file.seek(start)
    tail = file.read()
    best: int | None = None
    position = tail.rfind(END_SIGNATURE)
    while position >= 0:
        if len(tail) - position >= _END.size:
            best = position if best is None else best
            comment = _END.unpack_from(tail, position)[7]
            if position + _END.size + comment == len(tail):
                return start + position, tail[position:]
        position = tail.rfind(END_SIGNATURE, 0, position)
    return None if best is None else (start + best, tail[best:])


def _ends(file: BinaryIO, members: int) -> Iterator[Problem]:
    found = _find_end(file)
    if found is None:
        return
    record = _END.unpack(found[1][: _END.size])
    stated, comment = record[4], record[7]
    rest = len(found[1]) - _END.size - comment
    if rest > 0:
        yield "container-trailing", f"{rest} bytes follow the end of the archive", None
    elif rest < 0:
        yield "container-damaged", f"{-rest} bytes are missing at the end", None
    if stated not in {0xFFFF, members & 0xFFFF}:
        yield "container-damaged", f"the end record counts {stated} members, the directory lists {members}", None


def _local(file: BinaryIO, info: zipfile.ZipInfo) -> tuple[int, str | None]:
    """Where the member's data end, and what its local header says otherwise than the directory."""
    if info.header_offset < 0:
        return 0, "begins before the file does: bytes are missing"
    file.seek(info.header_offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or header[:4] != LOCAL_SIGNATURE:
        return info.header_offset + info.compress_size, "no local header at the place stated in the directory"
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _LOCAL.unpack(header)
    end = info.header_offset + _LOCAL.size + name_length + extra_length + info.compress_size
    own = _raw_name(info)
    name = file.read(min(name_length, len(own) + 1))  # many members may name one long header
    if name != own or name_length != len(own):
        return end, f"its local header names {name[:200].decode('utf-8', 'replace')!r}"
    if method != info.compress_type:
        return end, "packed with another method than the directory states"
    if (flags ^ info.flag_bits) & 0x1:
        return end, "encrypted in one header, plain in the other"
    if flags & _SIZES_FOLLOW:
        return end, None
    stated = {"checksum": (crc, info.CRC), "packed size": (packed, info.compress_size), "size": (size, info.file_size)}
    for what, (local, central) in stated.items():
        if local != central and not (local == _ZIP64 and what != "checksum"):
            return end, f"{what} {local} in its local header, {central} in the directory"
    return end, None


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437", "surrogateescape")


def member_name(info: zipfile.ZipInfo) -> str:
    """The member's name. Without the UTF-8 flag a name is CP437 (APPNOTE D.1); many packers write UTF-8 all the same,
    and those of Cyrillic Windows CP866."""
    name = info.orig_filename
    if info.flag_bits & _UTF8 or name.isascii():
        return name
    raw = _raw_name(info)
    for encoding in ("utf-8", "cp866"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name
