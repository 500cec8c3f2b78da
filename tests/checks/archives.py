"""Archives that nobody should trust, made byte by byte."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable


def zipped(*members: tuple[str, bytes], **options: int) -> bytes:
    """A sound zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            info.compress_type = options.get("method", zipfile.ZIP_DEFLATED)
            info.external_attr = options.get("mode", 0o100644) << 16
            info.create_system = 3
            archive.writestr(info, data)
    return out.getvalue()


SOUND = zipped(("a.txt", b"a" * 100), ("b/c.txt", b"hello"))


def patched(data: bytes, old: bytes, new: bytes, *, which: int = 0) -> bytes:
    """``data`` with the n-th occurrence (-1: the last) of ``old`` replaced by bytes of the same length."""
    assert len(old) == len(new)
    at = data.rfind(old) if which < 0 else -1
    for _ in range(which + 1):
        at = data.index(old, at + 1)
    return data[:at] + new + data[at + len(old) :]


def damaged() -> bytes:
    """A stored member whose bytes do not fit its checksum."""
    return patched(zipped(("a.txt", b"precious"), method=zipfile.ZIP_STORED), b"precious", b"previous")


def encrypted() -> bytes:
    return _flags(SOUND, 0x1)


def _flags(data: bytes, bits: int) -> bytes:
    out = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(signature)
        while at >= 0:
            out[at + offset] |= bits
            at = out.find(signature, at + 1)
    return bytes(out)


def bomb(size: int = 300 * 2**20) -> bytes:
    """One member of zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("zeros.html", "w") as file:
        for _ in range(size // 2**20):
            file.write(bytes(2**20))
    return out.getvalue()


def hidden_bomb() -> bytes:
    """A bomb among members that do not shrink, so that the whole looks harmless."""
    import hashlib

    noise = b"".join(hashlib.sha512(n.to_bytes(4, "big")).digest() for n in range(40_000))
    out = io.BytesIO(zipped(("noise.bin", noise)))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros.html", bytes(50 * 2**20))
    return out.getvalue()


def overlapping(count: int = 200, size: int = 2**20) -> bytes:
    """Many names of one member's bytes (the way of Fifield's better zip bomb)."""
    data = bytes(size)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    common = (20, 0, 8, 0, 33, zlib.crc32(data), len(packed), len(data), 5, 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *common) + b"a.txt" + packed
    central = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *common, 0, 0, 0, 0, 0) + b"a%03dt" % n for n in range(count)
    )
    return local + central + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(central), len(local), 0)


def crowd(count: int = 100_000) -> bytes:
    """So many empty members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"{number:06d}.html"), b"")
    return out.getvalue()


def tarred(*members: tuple[str, bytes], change: Callable[[tarfile.TarInfo], None] | None = None) -> bytes:
    """A gzipped tar; ``change`` may spoil each header."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            if change:
                change(info)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0)


def link(info: tarfile.TarInfo) -> None:
    info.type, info.linkname, info.size = tarfile.SYMTYPE, "/etc/passwd", 0


LAUGHS = (
    b'<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(12))
    + b"]>\n<l>&m;</l>"
)
OUTSIDE = b'<?xml version="1.0"?>\n<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<l>&x;</l>'
