"""Pictures that a PDF page draws → bytes that every product can show."""

from __future__ import annotations

import ctypes
import struct
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import deflate
import pypdfium2
import pypdfium2.raw as pdfium

from coursepack.files import media
from coursepack.readers.pdf.page_graphics import BoundingBox, DrawnImage
from coursepack.readers.pictures import sniff

_LEAST_SIDE = 24.0
"""Points; what is smaller is a bullet or an ornament."""
_WHOLE_PAGE = 0.85
"""A picture that covers so much of a page is its background, or a scan below recognised text."""
_MOST_ON_A_PAGE = 40
"""A page with more is drawn of pieces."""
_MOST_PIXELS = 16_000_000
_JPEG_COMPONENTS = (1, 3)
"""Grey and colour; browsers show four components in wrong colours."""


class PagePicture(NamedTuple):
    """A picture of a page: PNG or JPEG, where it stands."""

    data: bytes
    box: BoundingBox


def read_pictures(file: Any, page: Any, images: list[DrawnImage], width: float, height: float) -> list[PagePicture]:
    """The pictures of a page that are content by their size, in the order that they are drawn in."""
    sized = [image for image in images if _is_content(image.box, width, height)]
    return list(_read(file, page, sized)) if len(sized) <= _MOST_ON_A_PAGE else []


def _is_content(box: BoundingBox, width: float, height: float) -> bool:
    across, down = min(box.right, width) - max(box.left, 0), min(box.top, height) - max(box.bottom, 0)
    return min(across, down) >= _LEAST_SIDE and across * down < _WHOLE_PAGE * width * height


def _read(file: Any, page: Any, images: list[DrawnImage]) -> Iterator[PagePicture]:
    for image in images:
        data = _jpeg(image.handle) or _rendered(file, page, image.handle)
        if data:
            yield PagePicture(data, image.box)


def _jpeg(handle: Any) -> bytes:
    """The file itself where the picture is one, upright and not masked in any way that its own bytes do not show."""
    if pdfium.FPDFImageObj_GetImageFilterCount(handle) != 1 or not _is_upright(handle):
        return b""
    name = ctypes.create_string_buffer(32)
    pdfium.FPDFImageObj_GetImageFilter(handle, 0, name, len(name))
    if name.value != b"DCTDecode":
        return b""
    size = pdfium.FPDFImageObj_GetImageDataRaw(handle, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFImageObj_GetImageDataRaw(handle, buffer, size)
    kind = sniff(buffer.raw)
    plain = (
        kind is not None and kind.media_type == media.KINDS["jpeg"].type and _components(buffer.raw) in _JPEG_COMPONENTS
    )
    return buffer.raw if plain else b""


def _is_upright(handle: Any) -> bool:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    return bool(min(matrix.a, matrix.d) > 0 and abs(matrix.b) + abs(matrix.c) < 0.01 * (matrix.a + matrix.d))


def _components(data: bytes) -> int:
    """How many colours a JPEG has (ITU-T T.81, B.2.2), 0 where it does not say."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            return data[at + 9]
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return 0


def _rendered(file: Any, page: Any, handle: Any) -> bytes:
    """The picture as pdfium draws it, masks and turns applied, as a PNG; nothing for one beyond all measure."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    pdfium.FPDFImageObj_GetImagePixelSize(handle, width, height)
    if not 0 < width.value * height.value <= _MOST_PIXELS:
        return b""
    try:
        bitmap = pypdfium2.PdfImage(handle, page=page, pdf=file).get_bitmap(render=True)
    except (pypdfium2.PdfiumError, ZeroDivisionError):
        return b""
    try:
        if bitmap.width * bitmap.height > _MOST_PIXELS or bitmap.n_channels != len("BGRA"):
            return b""
        return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    finally:
        bitmap.close()


def _png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """Rows of blue, green, red and opacity → PNG (ISO/IEC 15948), without opacity where all of it is full."""
    rows = bytearray()
    opaque = all(pixels[row * stride + 3 : row * stride + width * 4 : 4] == b"\xff" * width for row in range(height))
    channels = 3 if opaque else 4
    for row in range(height):
        start, end = row * stride, row * stride + width * 4
        result = bytearray(width * channels)
        for channel, source in enumerate((2, 1, 0, 3)[:channels]):
            result[channel::channels] = pixels[start + source : end : 4]
        rows += b"\0" + result
    head = struct.pack(">IIBBBBB", width, height, 8, 2 if opaque else 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", bytes(deflate.zlib_compress(bytes(rows)))), (b"IEND", b""))
    return bytes.fromhex(media.KINDS["png"].signatures[0]) + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
