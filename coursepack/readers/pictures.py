"""What a picture's bytes are, reported from the bytes themselves: media type and size in pixels."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from coursepack import limits
from coursepack.files import media

_DATA = re.compile(r"data:[^,;]*((?:;[^,;]*)*),", re.IGNORECASE)


class PictureKind(NamedTuple):
    """A picture's media type, and its size in pixels where the bytes say it."""

    media_type: str
    width: int | None = None
    height: int | None = None


def inline(address: str) -> tuple[bytes | None, str] | None:
    """The bytes of a ``data:`` address (RFC 2397), or why there are none; None for any other address."""
    found = _DATA.match(address)
    if found is None:
        return None
    text, most = address[found.end() :], limits.of("picture-bytes")
    if len(text) > 2 * most:
        return None, f"is larger than {most} bytes; {limits.raised('picture-bytes')}"
    if ";base64" not in found[1].lower():
        return unquote_to_bytes(text), ""
    try:
        return base64.b64decode(unquote_to_bytes(text)), ""
    except (binascii.Error, ValueError):
        return None, "cannot be decoded"


def sniff(data: bytes) -> PictureKind | None:
    """The kind of a picture, or None when the bytes are no picture that is known here."""
    kind = media.picture(data)
    return PictureKind(kind.type, *_size(kind.name, data)) if kind else None


def _size(name: str, data: bytes) -> tuple[int | None, int | None]:
    try:
        if name == "png" and data[12:16] == b"IHDR":
            return struct.unpack_from(">II", data, 16)
        if name == "gif":
            return struct.unpack_from("<HH", data, 6)
        if name == "bmp":
            width, height = struct.unpack_from("<ii", data, 18)
            return abs(width), abs(height)
        if name == "jpeg":
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
