"""A picture in a line of text: DrawingML (ECMA-376 Part 1, 20.1, 20.2 and 20.4)."""

from __future__ import annotations

from lxml import etree

from coursepack.render.picture_size import pixels, stated
from coursepack.render.wml import PIC, WP, A, Element, R

EMU_PER_PIXEL = 9525
EMU_PER_TWIP = 635
MAX_HEIGHT = 22 * 360_000
"""No picture is taller than the text of a page (in EMU, 360,000 to the centimetre)."""
UNKNOWN = (300, 200)
"""Pixels of a picture that says nothing about its size."""


def picture_size(declared: tuple[int | None, int | None], data: bytes, room: int) -> tuple[int, int]:
    """Width and height in EMU: as declared or as the picture has them, scaled down to ``room`` twips, never up."""
    known = pixels(data)
    wide = stated(declared[0]) or (known[0] if known else UNKNOWN[0])
    high = stated(declared[1]) or (round(wide * known[1] / known[0]) if known else UNKNOWN[1])
    high = max(high, 1)
    scale = min(1.0, room * EMU_PER_TWIP / (wide * EMU_PER_PIXEL), MAX_HEIGHT / (high * EMU_PER_PIXEL))
    return max(1, round(wide * EMU_PER_PIXEL * scale)), max(1, round(high * EMU_PER_PIXEL * scale))


def inline_picture(identifier: int, relation: str, words: str, size: tuple[int, int], title: str = "") -> Element:
    """``wp:inline`` (20.4.2.8); ``words`` is the alternative text, ``identifier`` a number once in the document."""
    number, extent = str(identifier), {"cx": str(size[0]), "cy": str(size[1])}
    name = f"Picture {number}"
    inline = etree.Element(f"{{{WP}}}inline", distT="0", distB="0", distL="0", distR="0")
    etree.SubElement(inline, f"{{{WP}}}extent", extent)
    described = etree.SubElement(inline, f"{{{WP}}}docPr", id=number, name=name, descr=words)
    if title:
        described.set("title", title)
    locks = etree.SubElement(inline, f"{{{WP}}}cNvGraphicFramePr")
    etree.SubElement(locks, f"{{{A}}}graphicFrameLocks", noChangeAspect="1")
    graphic = etree.SubElement(inline, f"{{{A}}}graphic")
    content = etree.SubElement(graphic, f"{{{A}}}graphicData", uri=PIC)
    picture = etree.SubElement(content, f"{{{PIC}}}pic")
    about = etree.SubElement(picture, f"{{{PIC}}}nvPicPr")
    etree.SubElement(about, f"{{{PIC}}}cNvPr", id=number, name=name, descr=words)
    etree.SubElement(about, f"{{{PIC}}}cNvPicPr")
    fill = etree.SubElement(picture, f"{{{PIC}}}blipFill")
    etree.SubElement(fill, f"{{{A}}}blip").set(f"{{{R}}}embed", relation)
    etree.SubElement(etree.SubElement(fill, f"{{{A}}}stretch"), f"{{{A}}}fillRect")
    shape = etree.SubElement(picture, f"{{{PIC}}}spPr")
    frame = etree.SubElement(shape, f"{{{A}}}xfrm")
    etree.SubElement(frame, f"{{{A}}}off", x="0", y="0")
    etree.SubElement(frame, f"{{{A}}}ext", extent)
    form = etree.SubElement(shape, f"{{{A}}}prstGeom", prst="rect")
    etree.SubElement(form, f"{{{A}}}avLst")
    return inline
