"""A PDF written by hand: words at given places, in any script, without embedding a font."""

# ruff: noqa: E501 - the formats are written as programs write them

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """Text drawn at ``x``, ``y`` (points from the lower left corner); each letter is half its size wide. ``turn``: the way it runs."""

    text: str
    x: float
    y: float
    size: float = 12
    bold: bool = False
    turn: int = 0


@dataclass(frozen=True)
class Stroke:
    """A rule drawn from ``x``, ``y`` to ``u``, ``v``; ``filled``: as the thin box that some programs draw."""

    x: float
    y: float
    u: float
    v: float
    filled: bool = False


@dataclass(frozen=True)
class Grey:
    """A grey picture of one pixel, drawn as wide and as high as it says from its lower left corner."""

    x: float
    y: float
    width: float
    height: float


def ruled(xs: Sequence[float], ys: Sequence[float], *, filled: bool = False) -> list[Stroke]:
    """All rules of a table with these edges."""
    level = [Stroke(min(xs), y, max(xs), y, filled) for y in ys]
    return level + [Stroke(x, min(ys), x, max(ys), filled) for x in xs]


_CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange
%d beginbfrange
%s
endbfrange
endcmap CMapName currentdict /CMap defineresource pop end end"""


def make(
    pages: Sequence[Sequence[Word | Stroke | Grey]],
    *,
    size: tuple[int, int] = (595, 842),
    rotate: int = 0,
    info: dict[str, str] | None = None,
    picture: bool = False,
) -> bytes:
    """The bytes of a PDF. ``picture`` draws a grey square on each page (for scans)."""
    ranges = b"\n".join(b"<%02X00> <%02XFF> <%02X00>" % (high, high, high) for high in range(0x60))
    cmap = _CMAP % (96, ranges)
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        _stream(cmap),
        *_font("Helvetica"),
        *_font("Helvetica-Bold"),
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream",
        b"<< " + b" ".join(b"/%s %s" % (k.encode(), _text(v)) for k, v in (info or {}).items()) + b" >>",
    ]
    picture_number, info_number = len(objects) - 1, len(objects)
    kids = []
    for words in pages:
        content = b"".join(map(_drawn, words))
        if picture:
            content += b"q 100 0 0 100 100 100 cm /I Do Q\n"
        objects.append(_stream(content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R /Resources << /Font << "
            b"/F 4 0 R /B 7 0 R >> /XObject << /I %d 0 R >> >> >>" % (*size, rotate, len(objects), picture_number)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _file(objects, info_number)


def _font(name: str) -> tuple[bytes, bytes, bytes]:
    """Three objects: the font, its descendant, its descriptor. They follow one another from 4 (plain) and 7 (bold)."""
    first = 7 if "Bold" in name else 4
    base = name.encode()
    return (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode 3 0 R >>"
        % (base, first + 1),
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
        b"/Supplement 0 >> /DW 500 /FontDescriptor %d 0 R >>" % (base, first + 2),
        b"<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [0 -200 500 800] /ItalicAngle 0 /Ascent 800 "
        b"/Descent -200 /CapHeight 700 /StemV %d >>" % (base, 160 if "Bold" in name else 80),
    )


def _word(word: Word) -> bytes:
    code = word.text.encode("utf-16-be").hex().upper().encode()
    font = b"B" if word.bold else b"F"
    angle = math.radians(word.turn)
    turn = (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle))
    return b"BT /%s %g Tf %.4f %.4f %.4f %.4f %g %g Tm <%s> Tj ET\n" % (font, word.size, *turn, word.x, word.y, code)


def _drawn(what: Word | Stroke | Grey) -> bytes:
    match what:
        case Word():
            return _word(what)
        case Stroke():
            return _stroke(what)
        case Grey():
            return b"q %g 0 0 %g %g %g cm /I Do Q\n" % (what.width, what.height, what.x, what.y)


def _stroke(rule: Stroke) -> bytes:
    if rule.filled:
        width, height = max(rule.u - rule.x, 0.5), max(rule.v - rule.y, 0.5)
        return b"%g %g %g %g re f\n" % (rule.x, rule.y, width, height)
    return b"%g %g m %g %g l S\n" % (rule.x, rule.y, rule.u, rule.v)


def _text(text: str) -> bytes:
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects: list[bytes], info: int) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        info,
        start,
    )
    return bytes(out)
