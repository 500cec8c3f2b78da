"""The letters of a PDF page with their places, as pdfium knows them.

pdfium's own order and its own blanks are not used: a word whose letters come from two fonts (Kazakh letters from a
substitute) reaches it in pieces. What is kept is each drawn letter, where it stands and how it looks.
"""

from __future__ import annotations

import ctypes
import math
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_HYPHENS = frozenset({0x02, 0xFFFE})
"""pdfium's own signs for a hyphen at the end of a line."""


class Letter(NamedTuple):
    """One drawn letter in points from the page's lower left corner: ``x``..``right`` on the baseline ``y``.

    ``order`` is its place in the page's content; ``look`` names size, weight and slope.
    """

    text: str
    x: float
    right: float
    y: float
    order: int
    look: Look


class Look(NamedTuple):
    """How letters look: ``size`` in points, ``tilted`` for text that does not run from left to right."""

    size: float
    bold: bool
    italic: bool
    tilted: bool


class PageLetters(NamedTuple):
    """The letters of a page, its size in points, and how many letters have no Unicode or run askew."""

    letters: list[Letter]
    width: float
    height: float
    unknown: int
    tilted: int


def read_page(page: Any) -> PageLetters:
    """The letters of a pypdfium2 page, turned the way the page is shown."""
    text_page = page.get_textpage()
    try:
        return _read(page, text_page)
    finally:
        text_page.close()


def _read(page: Any, text_page: Any) -> PageLetters:
    rotation = page.get_rotation()
    width, height = page.get_size()
    raw = text_page.raw
    looks: dict[int, Look] = {}
    letters: list[Letter] = []
    unknown = tilted = 0
    x, y = ctypes.c_double(), ctypes.c_double()
    # The loose box is as wide as the letter's advance: between letters of one word it leaves no gap.
    loose = pdfium.FS_RECTF()
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        text_object = pdfium.FPDFText_GetTextObject(raw, index)
        if not text_object:
            # Made up by pdfium: a blank or an end of line that nobody drew.
            continue
        key = ctypes.cast(text_object, ctypes.c_void_p).value or 0
        look = looks.get(key)
        if look is None:
            look = looks[key] = _look(raw, index, text_object, rotation)
        if look.tilted:
            tilted += code > 32
            continue
        text = (
            "-" if code in _HYPHENS else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        )
        unknown += text == "\ufffd" or 0xE000 <= code < 0xF000
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(raw, index, loose)
        box = _Box(x.value, y.value, loose.left, loose.right, loose.bottom, loose.top)
        start, end, base = _turned(rotation, box, width, height)
        letters.append(Letter(LIGATURES.get(text, text), start, max(end, start), base, index, look))
    return PageLetters(letters, width, height, unknown, tilted)


def _text(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


class _Box(NamedTuple):
    x: float
    y: float
    left: float
    right: float
    bottom: float
    top: float


def _turned(rotation: int, box: _Box, width: float, height: float) -> tuple[float, float, float]:
    """Start, end and baseline of a letter on the page as it is shown (``/Rotate``, clockwise)."""
    if rotation == 90:
        return box.y, box.top, height - box.x
    if rotation == 180:
        return width - box.x, width - box.left, height - box.y
    if rotation == 270:
        return width - box.y, width - box.bottom, box.x
    return box.x, box.right, box.y


def _look(raw: Any, index: int, text_object: Any, rotation: int) -> Look:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    scale = math.hypot(matrix.b, matrix.d) or 1.0
    size = abs(pdfium.FPDFText_GetFontSize(raw, index)) * scale
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) - rotation
    tilted = abs((angle + 180) % 360 - 180) > 5
    name = _font_name(text_object)
    bold = "bold" in name or "black" in name or "heavy" in name or pdfium.FPDFText_GetFontWeight(raw, index) >= 600
    italic = "italic" in name or "oblique" in name
    return Look(round(size, 1) or 1.0, bold, italic, tilted)


def _font_name(text_object: Any) -> str:
    font = pdfium.FPDFTextObj_GetFont(text_object)
    if not font:
        return ""
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    if not 0 < length < 1024:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFFont_GetBaseFontName(font, buffer, length)
    return buffer.value.decode("utf-8", "replace").lower()
