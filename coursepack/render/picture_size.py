"""How many pixels wide and high a picture is, read from its first bytes. No picture is decoded here or elsewhere: what
its header claims costs nothing, and is believed within bounds only.
"""

from __future__ import annotations

import struct

from coursepack.files import media

MOST_PIXELS = 32_767
"""A side that a page may state. Nobody drew a picture as wide as what a few bytes can claim (2**32)."""


def stated(side: int | None) -> int | None:
    """A side in pixels as a page may state it; None for one that is not known, not there or out of bounds."""
    return side if side is not None and 0 < side <= MOST_PIXELS else None


def pixels(data: bytes) -> tuple[int, int] | None:
    """(width, height) of a PNG, GIF, BMP or JPEG; None for what is not one of them or is cut short."""
    kind = media.picture(data)
    try:
        match kind and kind.name:
            case "png":
                wide, high = struct.unpack(">II", data[16:24])
            case "gif":
                wide, high = struct.unpack("<HH", data[6:10])
            case "bmp":
                wide, high = struct.unpack("<ii", data[18:26])
            case "jpeg":
                return _jpeg(data)
            case _:
                return None
    except struct.error:
        return None
    return (wide, abs(high)) if wide > 0 and high else None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    """The frame header's size (ITU-T T.81, B.2.2), found by walking the segments before it."""
    position = 2
    while position + 9 < len(data):
        if data[position] != 0xFF:
            return None
        kind = data[position + 1]
        if kind == 0xFF or 0xD0 <= kind <= 0xD9:
            position += 1 if kind == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", data[position + 2 : position + 4])
        if 0xC0 <= kind <= 0xCF and kind not in {0xC4, 0xC8, 0xCC}:
            high, wide = struct.unpack(">HH", data[position + 5 : position + 9])
            return (wide, high) if wide and high else None
        position += 2 + length
    return None
