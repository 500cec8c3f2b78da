"""WordprocessingML elements, made with lxml and always in the order that the schema asks for.

Measures are in twentieths of a point («twips», 567 to the centimetre) as the standard has them. Source: ECMA-376
Part 1, section 17 (transitional namespaces, Part 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from lxml import etree

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MAIN = {"w": W}
NSMAP = _MAIN | {"r": R, "wp": WP, "a": A, "pic": PIC, "m": M}

CM = 567
"""Twips in a centimetre."""
TEXT_WIDTH = round(16.5 * CM)
"""A4 without the margins of 30 mm left and 15 mm right."""

Align = Literal["left", "center", "right", "both"]


def w(name: str) -> str:
    """The name in the main namespace, as lxml writes it."""
    return f"{{{W}}}{name}"


def clean(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold (section 2.2); they are in no printed page either."""
    if text.isprintable():
        return text
    return "".join(
        c for c in text if c in "\t\n" or not (ord(c) < 32 or 0xD800 <= ord(c) <= 0xDFFF or c in "\ufffe\uffff")
    )


def make(name: str, children: Iterable[Element] = (), /, **attributes: object) -> Element:
    """An element of the main namespace; attributes too are in it (``val`` is ``w:val``).

    It declares that namespace alone: a paper has twenty thousand of them, and its root declares the others.
    """
    element = etree.Element(w(name), nsmap=_MAIN)
    for key, value in attributes.items():
        element.set(w(key), str(value))
    element.extend(children)
    return element


def root(name: str, children: Iterable[Element] = ()) -> Element:
    """The root of a part that may hold anything: it declares every namespace, so that nothing below must."""
    element = etree.Element(w(name), nsmap=NSMAP)
    element.extend(children)
    return element


# --- runs ---------------------------------------------------------------------------------------------------------


def run_properties(
    *,
    style: str | None = None,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    mono: bool = False,
    script: Literal["sub", "super"] | None = None,
    language: str | None = None,
    size: int | None = None,
    color: str | None = None,
    strike: bool = False,
    fill: str | None = None,
    direction: Literal["ltr", "rtl"] | None = None,
) -> Element | None:
    """``w:rPr`` (17.3.2.28) or None; ``size`` in half-points, ``color`` and ``fill`` (behind the letters) RRGGBB."""
    parts: list[Element] = []
    if style:
        parts.append(make("rStyle", val=style))
    if mono:
        parts.append(make("rFonts", ascii="Courier New", hAnsi="Courier New", cs="Courier New"))
    if bold:
        parts.extend((make("b"), make("bCs")))
    if italic:
        parts.extend((make("i"), make("iCs")))
    if strike:
        parts.append(make("strike"))
    if color:
        parts.append(make("color", val=color))
    if size:
        parts.extend((make("sz", val=size), make("szCs", val=size)))
    if underline:
        parts.append(make("u", val="single"))
    if fill:
        parts.append(make("shd", val="clear", color="auto", fill=fill))
    if script:
        parts.append(make("vertAlign", val="superscript" if script == "super" else "subscript"))
    if direction:
        parts.append(make("rtl", val=int(direction == "rtl")))
    if language:
        parts.append(make("lang", val=language))
    return make("rPr", parts) if parts else None


def run(text: str, properties: Element | None = None) -> Element:
    """A run; tabs and line breaks in ``text`` become ``w:tab`` and ``w:br``."""
    element = make("r")
    if properties is not None:
        element.append(properties)
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            element.append(make("br"))
        for index, part in enumerate(line.split("\t")):
            if index:
                element.append(make("tab"))
            if part:
                piece = etree.SubElement(element, w("t"))
                piece.text = part
                if part != part.strip() or "  " in part:
                    piece.set(XML_SPACE, "preserve")
    return element


def field(instruction: str, shown: Iterable[Element] = ()) -> list[Element]:
    """The runs of a complex field (17.16.18): ``shown`` is its result until the reader's program computes it."""

    def mark(kind: str) -> Element:
        return make("r", [make("fldChar", fldCharType=kind)])

    code = make("r")
    text = etree.SubElement(code, w("instrText"))
    text.text = f" {instruction} "
    text.set(XML_SPACE, "preserve")
    return [mark("begin"), code, mark("separate"), *shown, mark("end")]


_MIRRORED: Mapping[Align, Align] = {"left": "right", "right": "left"}

# --- paragraphs ---------------------------------------------------------------------------------------------------


def paragraph_properties(
    *,
    style: str | None = None,
    keep_next: bool = False,
    page_break: bool = False,
    numbering: tuple[int, int] | None = None,
    tabs: Iterable[tuple[str, int, str]] = (),
    before: int | None = None,
    after: int | None = None,
    indent: tuple[int, int] | None = None,
    align: Align | None = None,
    outline: int | None = None,
    direction: Literal["ltr", "rtl"] | None = None,
) -> Element | None:
    """``w:pPr`` (17.3.1.26) or None.

    ``numbering`` is (list id, level); ``tabs`` are (kind, position, leader); ``indent`` is (left, hanging), in twips.
    """
    parts: list[Element] = []
    if style:
        parts.append(make("pStyle", val=style))
    if keep_next:
        parts.append(make("keepNext"))
    if page_break:
        parts.append(make("pageBreakBefore"))
    if numbering:
        number, level = numbering
        parts.append(make("numPr", [make("ilvl", val=level), make("numId", val=number)]))
    stops = [make("tab", val=kind, leader=leader, pos=position) for kind, position, leader in tabs]
    if stops:
        parts.append(make("tabs", stops))
    if direction:
        parts.append(make("bidi", val=int(direction == "rtl")))
        if direction == "rtl":
            # Both sides are distinguished by where a line begins (17.3.1.13).
            align = _MIRRORED.get(align, align) if align else None
    spacing = {key: value for key, value in (("before", before), ("after", after)) if value is not None}
    if spacing:
        parts.append(make("spacing", **spacing))
    if indent:
        left, hanging = indent
        parts.append(make("ind", left=left, hanging=hanging) if hanging else make("ind", left=left, firstLine=0))
    if align:
        parts.append(make("jc", val=align))
    if outline is not None:
        parts.append(make("outlineLvl", val=outline))
    return make("pPr", parts) if parts else None


def paragraph(content: str | Iterable[Element] = "", properties: Element | None = None) -> Element:
    """A paragraph of plain text or of runs."""
    element = make("p")
    if properties is not None:
        element.append(properties)
    if isinstance(content, str):
        if content:
            element.append(run(content))
    else:
        element.extend(content)
    return element


def space_before(line: Element, twips: int) -> None:
    """Put room above a paragraph that has properties and no spacing of its own."""
    properties = line.find(w("pPr"))
    if properties is None or properties.find(w("spacing")) is not None:
        return
    followers = {w("ind"), w("jc"), w("outlineLvl")}
    position = next((index for index, child in enumerate(properties) if child.tag in followers), len(properties))
    properties.insert(position, make("spacing", before=twips))


def bookmark(content: Iterable[Element], name: str, number: int) -> list[Element]:
    """The content between the two ends of a bookmark (17.13.6); ``number`` is unique in the document."""
    return [make("bookmarkStart", id=number, name=name), *content, make("bookmarkEnd", id=number)]


# --- tables -------------------------------------------------------------------------------------------------------


def table(
    rows: Iterable[Element],
    widths: Iterable[int],
    *,
    style: str | None,
    borders: bool = True,
    title: str = "",
    description: str = "",
) -> Element:
    """A table (17.4.38) of fixed column widths; ``title`` and ``description`` are its alternative text."""
    columns = list(widths)
    properties: list[Element] = []
    if style:
        properties.append(make("tblStyle", val=style))
    properties.append(make("tblW", w=sum(columns), type="dxa"))
    if not borders:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        properties.append(make("tblBorders", [make(side, val="nil") for side in sides]))
    properties.append(make("tblLayout", type="fixed"))
    properties.append(make("tblLook", val="0020" if borders else "0000", firstRow=int(borders), noHBand=1, noVBand=1))
    if title:
        properties.append(make("tblCaption", val=clean(title)))
    if description:
        properties.append(make("tblDescription", val=clean(description)))
    grid = make("tblGrid", [make("gridCol", w=width) for width in columns])
    return make("tbl", [make("tblPr", properties), grid, *rows])


def row(cells: Iterable[Element], *, header: bool = False, whole: bool = True) -> Element:
    """A row; ``header`` rows repeat on each page, a ``whole`` row is not broken over two."""
    parts = ([make("cantSplit")] if whole else []) + ([make("tblHeader")] if header else [])
    return make("tr", ([make("trPr", parts)] if parts else []) + list(cells))


def cell(
    content: Iterable[Element],
    width: int,
    *,
    span: int = 1,
    merge: Literal["restart", "continue"] | None = None,
    shade: str | None = None,
    middle: bool = False,
) -> Element:
    """A cell (17.4.65): it always ends with a paragraph, as Word demands."""
    parts = [make("tcW", w=width, type="dxa")]
    if span > 1:
        parts.append(make("gridSpan", val=span))
    if merge:
        parts.append(make("vMerge", val=merge))
    if shade:
        parts.append(make("shd", val="clear", color="auto", fill=shade))
    if middle:
        parts.append(make("vAlign", val="center"))
    element = make("tc", [make("tcPr", parts), *content])
    close_cell(element)
    return element


def number_of(element: Element | None, default: int) -> int:
    """The number that an element says (``w:gridSpan``), or what it is where there is none."""
    return default if element is None else int(element.get(w("val"), str(default)))


def keep_next(line: Element) -> None:
    """Let a paragraph stand on one page with what follows it."""
    properties = line.find(w("pPr"))
    if properties is None:
        properties = make("pPr")
        line.insert(0, properties)
    if properties.find(w("keepNext")) is None:
        properties.insert(int(properties.find(w("pStyle")) is not None), make("keepNext"))


def keep_lines(line: Element) -> None:
    """Let all lines of a paragraph stand on one page."""
    properties = line.find(w("pPr"))
    if properties is None:
        properties = make("pPr")
        line.insert(0, properties)
    if properties.find(w("keepLines")) is None:
        first = (properties.find(w(name)) is not None for name in ("pStyle", "keepNext"))
        properties.insert(sum(first), make("keepLines"))


def keep_rows(rows: Sequence[Element]) -> None:
    """Let rows stand on one page with the row after each."""
    for row_ in rows:
        for line in row_.iterfind(f"{w('tc')}/{w('p')}"):
            keep_next(line)


def keep_whole(row_: Element) -> None:
    """Let a row stand on one page (17.4.6)."""
    properties = row_.find(w("trPr"))
    if properties is None:
        properties = make("trPr")
        above = row_.find(w("tblPrEx"))
        row_.insert(0 if above is None else 1, properties)
    if properties.find(w("cantSplit")) is None:
        # In any order (17.4.82): it is a choice that repeats.
        properties.insert(0, make("cantSplit"))


def close_cell(element: Element) -> None:
    """Give a cell the last paragraph that it must have."""
    if element[-1].tag != w("p"):
        element.append(paragraph())


def section(
    *,
    header: str | None = None,
    footer: str | None = None,
    first_header: str | None = None,
    first_footer: str | None = None,
    margins: Mapping[str, int] | None = None,
    title_page: bool = True,
    landscape: bool = False,
) -> Element:
    """``w:sectPr`` (17.6.17): A4, 30/15/20/20 mm, relationship ids of headers and footers."""
    parts: list[Element] = []
    for kind, which, relation in (
        ("header", "default", header),
        ("header", "first", first_header),
        ("footer", "default", footer),
        ("footer", "first", first_footer),
    ):
        if relation:
            reference = make(f"{kind}Reference", type=which)
            reference.set(f"{{{R}}}id", relation)
            parts.append(reference)
    page = {"top": 1134, "right": 850, "bottom": 1134, "left": 1701, "header": 567, "footer": 567, "gutter": 0}
    parts.append(make("pgSz", w=16838, h=11906, orient="landscape") if landscape else make("pgSz", w=11906, h=16838))
    parts.append(make("pgMar", **(page | dict(margins or {}))))
    if title_page:
        parts.append(make("titlePg"))
    return make("sectPr", parts)


def text_of(element: Element) -> str:
    """The text of a paragraph or a cell with its tabs and line breaks, without what a change struck out."""
    signs = {w("tab"): "\t", w("br"): "\n"}
    found = []
    for piece in element.iter(w("t"), w("tab"), w("br")):
        parent = piece.getparent()
        if parent is not None and parent.tag == w("r"):
            found.append(signs.get(str(piece.tag), piece.text or ""))
    return "".join(found)
