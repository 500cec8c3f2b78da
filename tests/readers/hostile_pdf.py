"""Small PDFs that ask for much: a form that draws itself, repeated text behind a compression, loops of every kind."""

# ruff: noqa: E501 - the formats are written as programs write them

from __future__ import annotations

import zlib
from collections.abc import Callable

_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def file(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start, size = len(out), len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"", *, packed: int = 0) -> bytes:
    """A stream object; ``packed`` times behind FlateDecode."""
    for _ in range(packed):
        data = zlib.compress(data, 9)
    if packed:
        entries += b" /Filter [%s]" % b" ".join([b"/FlateDecode"] * packed)
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def one_page(content: bytes, resources: bytes, *more: bytes, page: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of one page: object 4 is its content, 5 a font named F, further objects follow from 6."""
    return file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s /Resources << /Font << /F 5 0 R >> %s"
            b" >> >>" % (page, resources),
            content,
            _FONT,
            *more,
        ],
        trailer,
    )


def form_in_itself() -> bytes:
    """A form that draws itself twice (787 bytes as others write it)."""
    form = stream(
        b"BT /F 9 Tf 9 9 Td (x) Tj ET /X Do /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >>",
    )
    return one_page(stream(b"/X Do"), b"/XObject << /X 6 0 R >>", form)


def forms_in_forms(depth: int = 30) -> bytes:
    """Each form draws the next one twice: 2**depth letters without any loop."""
    forms = []
    for number in range(6, 6 + depth):
        last = number == 5 + depth
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F 5 0 R >>"
        entries += b" >>" if last else b" /XObject << /X %d 0 R >> >>" % (number + 1)
        forms.append(stream(b"BT /F 9 Tf 9 9 Td (x) Tj ET" if last else b"/X Do /X Do", entries))
    return one_page(stream(b"/X Do"), b"/XObject << /X 6 0 R >>", *forms)


def many_letters(count: int = 3_000_000) -> bytes:
    """Text operators that repeat, behind one compression."""
    return one_page(stream(b"BT /F 9 Tf 9 9 Td " + b"(abcdefghij) Tj " * (count // 10) + b"ET", packed=1), b"")


def one_string(count: int = 30_000_000) -> bytes:
    """One text operator with one long string."""
    return one_page(stream(b"BT /F 9 Tf 9 9 Td (" + b"a" * count + b") Tj ET", packed=1), b"")


def flate_bomb(size: int = 2 << 30) -> bytes:
    """Blanks behind two compressions."""
    packer = zlib.compressobj(9)
    block = b" " * (1 << 20)
    data = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    return one_page(stream(zlib.compress(data, 9), b"/Filter [/FlateDecode /FlateDecode]"), b"")


def type3_in_itself() -> bytes:
    """A Type 3 font whose letter draws its letter."""
    glyph = stream(b"500 0 d0 BT /T 1 Tf (aa) Tj ET")
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << /a 7 0 R >>"
        b" /Encoding << /Type /Encoding /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [500]"
        b" /Resources << /Font << /T 6 0 R >> >> >>"
    )
    return one_page(
        stream(b"BT /T 9 Tf 9 9 Td (aaaa) Tj /F 9 Tf (x) Tj ET"), b"/Font << /T 6 0 R /F 5 0 R >>", font, glyph
    )


def pattern_in_itself() -> bytes:
    """A tiling pattern that is painted with itself."""
    pattern = stream(
        b"/Pattern cs /P scn 0 0 9 9 re f 1 1 9 9 re f",
        b"/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 9 9] /XStep 0.0001 /YStep 0.0001"
        b" /Resources << /Pattern << /P 6 0 R >> >>",
    )
    page = b"/Pattern cs /P scn 0 0 500 500 re f BT /F 9 Tf 9 9 Td (x) Tj ET"
    return one_page(stream(page), b"/Pattern << /P 6 0 R >>", pattern)


def huge_page() -> bytes:
    """A page of 10**38 points with pictures of 2**31 pixels."""
    picture = stream(
        b"\0" * 9,
        b"/Type /XObject /Subtype /Image /Width 2147483647 /Height 2147483647 /ColorSpace /DeviceRGB /BitsPerComponent 16",
    )
    data = one_page(stream(b"q /I Do Q BT /F 9 Tf 9 9 Td (x) Tj ET"), b"/XObject << /I 6 0 R >>", picture)
    return data.replace(b"[0 0 595 842]", b"[-1e38 -1e38 1e38 1e38]")


def pictures(filter_: bytes) -> bytes:
    """A picture of a claimed size whose bytes are none (JBIG2Decode, JPXDecode, DCTDecode, CCITTFaxDecode)."""
    picture = stream(
        bytes(range(256)) * 40,
        b"/Type /XObject /Subtype /Image /Width 65500 /Height 65500 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /%s"
        % filter_,
    )
    return one_page(stream(b"q /I Do Q " * 50 + b"BT /F 9 Tf 9 9 Td (x) Tj ET"), b"/XObject << /I 6 0 R >>", picture)


def page_tree_loop() -> bytes:
    """Nodes of the page tree that hold each other."""
    return file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 1000000 >>",
            b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 2 0 R] /Count 1000000 >>",
        ]
    )


def claimed_pages(count: int = 1_000_000, *, real: bool = False) -> bytes:
    """A page tree that claims a million pages and has one; ``real``: one page named a million times."""
    kids = b"3 0 R " * (count if real else 1)
    return file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
            stream(b"BT /F 9 Tf 1 1 Td (xyz) Tj ET"),
            _FONT,
        ]
    )


def xref_loop() -> bytes:
    """A cross-reference table whose predecessor is itself."""
    data = one_page(stream(b"BT /F 9 Tf 9 9 Td (x) Tj ET"), b"")
    start = int(data.rpartition(b"startxref\n")[2].split()[0])
    return data.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d " % start)


def object_streams(depth: int = 40) -> bytes:
    """Object streams that say they extend one another, and lie inside one another."""
    streams = [
        stream(
            b"%d 0 << /A %d 0 R >>" % (90 + n, 6 + (n + 1) % depth),
            b"/Type /ObjStm /N 1000000 /First 5 /Extends %d 0 R" % (6 + (n + 1) % depth),
            packed=1,
        )
        for n in range(depth)
    ]
    return one_page(stream(b"BT /F 9 Tf 9 9 Td (x) Tj ET"), b"/ExtGState << /G 90 0 R >>", *streams)


def metadata(size: int = 100 << 20) -> bytes:
    """A title of many megabytes."""
    return one_page(
        stream(b"BT /F 9 Tf 9 9 Td (x) Tj ET"), b"", b"<< /Title (" + b"t" * size + b") >>", trailer=b"/Info 6 0 R"
    )


def deep_arrays(depth: int = 1_000_000) -> bytes:
    """Arrays within arrays, in an object and in the content."""
    deep = b"[" * depth + b"]" * depth
    return one_page(
        stream(deep + b" TJ " + b"q " * depth + b"BT /F 9 Tf 9 9 Td (x) Tj ET", packed=1), b"/A 6 0 R", deep
    )


def full_pages(count: int, lines: int = 50, letters: int = 80) -> bytes:
    """Pages full of text, each with its own content."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT]
    kids = []
    for number in range(count):
        text = b"".join(
            b"1 0 0 1 50 %d Tm (%s) Tj "
            % (800 - 15 * line, (b"Page %d line %d " % (number, line) + b"word text " * letters)[:letters])
            for line in range(lines)
        )
        objects.append(stream(b"BT /F 10 Tf " + text + b"ET", packed=1))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), count)
    return file(objects)


SMALL: dict[str, Callable[[], bytes]] = {
    "form-in-itself": form_in_itself,
    "forms-in-forms": forms_in_forms,
    "many-letters": many_letters,
    "one-string": one_string,
    "flate-bomb": flate_bomb,
    "type3-in-itself": type3_in_itself,
    "pattern-in-itself": pattern_in_itself,
    "huge-page": huge_page,
    "jbig2": lambda: pictures(b"JBIG2Decode"),
    "jpx": lambda: pictures(b"JPXDecode"),
    "dct": lambda: pictures(b"DCTDecode"),
    "ccitt": lambda: pictures(b"CCITTFaxDecode"),
    "page-tree-loop": page_tree_loop,
    "claimed-pages": claimed_pages,
    "named-pages": lambda: claimed_pages(real=True),
    "xref-loop": xref_loop,
    "object-streams": object_streams,
    "metadata": metadata,
    "deep-arrays": deep_arrays,
}
