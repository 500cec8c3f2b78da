"""What a picture's bytes are, told from the bytes themselves: media type and size in pixels."""

from __future__ import annotations

import struct
from typing import NamedTuple

from coursepack.markup.pictures import is_svg

SHOWN_EVERYWHERE = frozenset({"image/png", "image/jpeg", "image/gif", "image/svg+xml", "image/webp", "image/bmp"})
"""What browsers and players show; Windows metafiles and TIFF are not among them."""

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (b"\x01\x00\x00\x00", "image/emf"),
    (b"\x01\x00\x09\x00", "image/wmf"),
)


class Kind(NamedTuple):
    """A picture's media type, and its size in pixels where the bytes say it."""

    media_type: str
    width: int | None = None
    height: int | None = None


def sniff(data: bytes) -> Kind | None:
    """The kind of a picture, or None when the bytes are no picture that is known here."""
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return Kind(media_type, *_size(media_type, data))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind("image/webp")
    return Kind("image/svg+xml") if is_svg(data) else None


def _size(media_type: str, data: bytes) -> tuple[int | None, int | None]:
    try:
        if media_type == "image/png" and data[12:16] == b"IHDR":
            return struct.unpack_from(">II", data, 16)
        if media_type == "image/gif":
            return struct.unpack_from("<HH", data, 6)
        if media_type == "image/bmp":
            width, height = struct.unpack_from("<ii", data, 18)
            return abs(width), abs(height)
        if media_type == "image/jpeg":
            return _jpeg_size(data)
    except struct.error:
        pass
    return None, None


def _jpeg_size(data: bytes) -> tuple[int | None, int | None]:
    # ITU-T T.81, B.1: markers follow one another, each with its length; SOF0..SOF15 hold the size.
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None, None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return None, None
