"""The letters of a PDF page with their places, as pdfium knows them.

pdfium's own order and its own blanks are not used: a word whose letters come from two fonts (Kazakh letters from a
substitute) reaches it in pieces. What is kept is each drawn letter, where it stands and how it looks.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from coursepack.readers.pdf.page_graphics import PageGraphics, read_drawn

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# pdfium is asked three times for each letter: as addresses, without an object of Python for every answer.
_Handle, _Index, _Address = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
_text_object = ctypes.CFUNCTYPE(_Address, _Handle, _Index)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
_origin = ctypes.CFUNCTYPE(ctypes.c_int, _Handle, _Index, _Address, _Address)(
    ctypes.cast(pdfium.FPDFText_GetCharOrigin, ctypes.c_void_p).value or 0
)
_loose_box = ctypes.CFUNCTYPE(ctypes.c_int, _Handle, _Index, _Address)(
    ctypes.cast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)
_HYPHENS = frozenset({0x02, 0xFFFE})
"""pdfium's own signs for a hyphen at the end of a line."""


class PageCharacter(NamedTuple):
    """One drawn letter in points from the page's lower left corner: ``x``..``right`` on the baseline ``y``.

    ``order`` is its place in the page's content; ``look`` names size, weight and slope; ``spaced`` says that a blank
    was drawn right before it.
    """

    text: str
    x: float
    right: float
    y: float
    order: int
    look: FontStyle
    spaced: bool = False


class FontStyle(NamedTuple):
    """How letters look: ``size`` in points; ``turn``: the way they run in degrees (0, 90, 180, 270; -1 askew);
    ``coloured``: in a colour that is neither black nor grey."""

    size: float
    bold: bool
    italic: bool
    turn: int
    coloured: bool = False


class PageCharacters(NamedTuple):
    """The letters of a page, its size in points, how many have no Unicode or run askew, and what else it draws."""

    letters: list[PageCharacter]
    width: float
    height: float
    unknown: int
    tilted: int
    drawn: PageGraphics = PageGraphics([], [])


def read_page(page: Any, text_page: Any) -> PageCharacters:
    """The letters of a pypdfium2 page (and its text page), turned the way the page is shown."""
    raw = text_page.raw
    handle = ctypes.cast(raw, ctypes.c_void_p)
    looks: dict[int, FontStyle] = {}
    drawn: list[tuple[int, int, FontStyle]] = []
    turns = Counter[int]()
    for index in range(text_page.count_chars()):
        text_object = _text_object(handle, index)
        if not text_object:
            # Made up by pdfium: a blank or an end of line that nobody drew.
            continue
        look = looks.get(text_object)
        if look is None:
            look = looks[text_object] = _look(raw, index)
        code = pdfium.FPDFText_GetUnicode(raw, index)
        drawn.append((index, code, look))
        turns[look.turn] += code > 32
    # A page is read the way most of its text runs, whichever way a viewer turns it.
    turn = max((0, 90, 180, 270), key=lambda each: (turns[each], each == 0))
    frame = _Frame.of(page, turn)
    found = _letters(raw, drawn, frame, tilted=sum(turns.values()) - turns[turn])
    return PageCharacters(*found[:-1], read_drawn(page, frame.point))


def _letters(raw: Any, drawn: list[tuple[int, int, FontStyle]], frame: _Frame, *, tilted: int) -> PageCharacters:
    characters: list[PageCharacter] = []
    unknown = 0
    x, y = ctypes.c_double(), ctypes.c_double()
    # The loose box is as wide as the letter's advance: between letters of one word it leaves no gap.
    loose = pdfium.FS_RECTF()
    handle = ctypes.cast(raw, ctypes.c_void_p)
    x_at, y_at, loose_at = (ctypes.addressof(each) for each in (x, y, loose))
    blank = False
    for index, code, look in drawn:
        if look.turn != frame.turn:
            continue
        text = _text(code)
        if not text.strip():
            blank = True
            continue
        unknown += text == "\ufffd" or 0xE000 <= code < 0xF000
        _origin(handle, index, x_at, y_at)
        _loose_box(handle, index, loose_at)
        start, end, base = frame.place(x.value, y.value, loose)
        if not (math.isfinite(start) and math.isfinite(end) and math.isfinite(base)):
            tilted += 1
            continue
        characters.append(PageCharacter(LIGATURES.get(text, text), start, max(end, start), base, index, look, blank))
        blank = False
    return PageCharacters(characters, frame.width, frame.height, unknown, tilted)


class _Frame(NamedTuple):
    """The page as its text runs: ``turn`` is the way of the text in degrees, ``x0``/``y0`` the page's own corner."""

    turn: int
    x0: float
    y0: float
    width: float
    height: float

    @classmethod
    def of(cls, page: Any, turn: int) -> _Frame:
        left, bottom, right, top = page.get_cropbox()
        left, bottom, right, top = (side if math.isfinite(side) else 0.0 for side in (left, bottom, right, top))
        width, height = right - left, top - bottom
        return cls(turn, left, bottom, *((height, width) if turn in {90, 270} else (width, height)))

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page from the lower left corner of the page as it is read."""
        x, y = x - self.x0, y - self.y0
        match self.turn:
            case 90:
                return y, self.height - x
            case 180:
                return self.width - x, self.height - y
            case 270:
                return self.width - y, x
            case _:
                return x, y

    def place(self, x: float, y: float, box: Any) -> tuple[float, float, float]:
        """Start, end and baseline of a letter."""
        x, y = x - self.x0, y - self.y0
        match self.turn:
            case 90:
                return y, box.top - self.y0, self.height - x
            case 180:
                return self.width - x, self.width - box.left + self.x0, self.height - y
            case 270:
                return self.width - y, self.width - box.bottom + self.y0, x
            case _:
                return x, box.right - self.x0, y


def _text(code: int) -> str:
    if code in _HYPHENS:
        return "-"
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _look(raw: Any, index: int) -> FontStyle:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    scale = math.hypot(matrix.b, matrix.d) or 1.0
    size = abs(pdfium.FPDFText_GetFontSize(raw, index)) * scale
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) % 360
    # A matrix may hold what is no number: such a letter stands nowhere, as one that runs askew.
    turn = round(angle / 90) * 90 if math.isfinite(angle) else -1
    turn = turn % 360 if abs(angle - turn) <= 5 else -1
    size = size if math.isfinite(size) else 1.0
    text_object = pdfium.FPDFText_GetTextObject(raw, index)
    name = _font_name(text_object)
    bold = "bold" in name or "black" in name or "heavy" in name or pdfium.FPDFText_GetFontWeight(raw, index) >= 600
    italic = "italic" in name or "oblique" in name
    return FontStyle(round(size, 1) or 1.0, bold, italic, turn, _is_coloured(text_object))


_COLOUR = 0x40
"""How far the parts of a colour lie apart at least, of 255."""


def _is_coloured(text_object: Any) -> bool:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(text_object, *parts):
        return False
    red_green_blue = [part.value for part in parts[:3]]
    return max(red_green_blue) - min(red_green_blue) >= _COLOUR


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
