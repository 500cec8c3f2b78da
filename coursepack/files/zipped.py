"""ZIP archives as we write them: the same bytes on every machine, for a package and for a paper inside a package."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

import deflate

from coursepack.files import media
from coursepack.files.member import Member
from coursepack.place import CoursepackError

# ZIP (PKWARE APPNOTE 6.3.10): local header 4.3.7, central header 4.3.12, end record 4.3.16.
_LOCAL = struct.Struct("<IHHHHHIIIHH")
_CENTRAL = struct.Struct("<IHHHHHHIIIHHHHHII")
_END = struct.Struct("<IHHHHIIH")
_DOS_DATE = (1980 - 1980) << 9 | 1 << 5 | 1
_LEVEL = 6


def zip_chunks(members: Iterable[Member]) -> Iterator[bytes]:
    """A ZIP archive of the members in their order, the same bytes on every machine.

    Deflated by libdeflate, which ships with the package, never by the machine's zlib; dates are 1980-01-01, no extra
    fields. Raises ``CoursepackError`` for more than 65,535 members or 4 GiB (ZIP64 is not written: some LMSs cannot
    read it).
    """
    central: list[bytes] = []
    offset = 0
    for member in members:
        data = member.read()
        name = member.path.encode("utf-8")
        stored = media.named(member.path).stored
        packed = data if stored else bytes(deflate.deflate_compress(data, _LEVEL))
        if len(packed) >= len(data):
            packed, stored = data, True
        flags = 0 if member.path.isascii() else 0x800
        method = 0 if stored else 8
        common = (flags, method, 0, _DOS_DATE, deflate.crc32(data), len(packed), len(data), len(name), 0)
        if offset + len(packed) > 0xFFFF_0000 or len(data) > 0xFFFF_0000 or len(central) >= 0xFFFF:
            raise CoursepackError("the package is larger than a ZIP without extensions can be (4 GiB, 65,535 files)")
        header = _LOCAL.pack(0x04034B50, 20, *common) + name
        # Made on Unix (3), regular file rw-r--r--.
        central.append(_CENTRAL.pack(0x02014B50, 3 << 8 | 20, 20, *common, 0, 0, 0, 0o100644 << 16, offset) + name)
        yield header
        yield packed
        offset += len(header) + len(packed)
    directory = b"".join(central)
    yield directory
    yield _END.pack(0x06054B50, 0, 0, len(central), len(central), len(directory), offset, 0)


def zip_bytes(members: Iterable[Member]) -> bytes:
    """The whole archive: a DOCX that lies inside a cartridge or a backup."""
    return b"".join(zip_chunks(members))
