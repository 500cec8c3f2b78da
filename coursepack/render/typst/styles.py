"""Paragraph, character and table properties with the styles that they come from (ECMA-376 Part 1, 17.7.2)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from coursepack.render.typst.known import children, number, on, refuse, value
from coursepack.render.wml import Element, w


@dataclass(frozen=True)
class RunStyle:
    """How a run looks; ``size`` in points, colours RRGGBB."""

    font: str = "Times New Roman"
    size: float = 10
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    color: str = ""
    fill: str = ""
    script: str = ""
    language: str = ""
    direction: str = ""


@dataclass(frozen=True)
class ParagraphStyle:
    """How a paragraph is set; measures in points, ``line`` times the height of a line of its font. ``keep``: on one
    page with what follows; ``held``: all of it on one page."""

    before: float = 0
    after: float = 0
    line: float = 1
    left: float = 0
    right: float = 0
    first: float = 0
    align: str = "left"
    keep: bool = False
    held: bool = False
    page_break: bool = False
    outline: int = 0
    rtl: bool = False
    list: str = ""
    level: int = 0
    tabs: tuple[tuple[str, float, str], ...] = ()


@dataclass(frozen=True)
class Borders:
    """What is drawn around the cells of a table, in points («top», «insideH» …), and the room inside them."""

    sides: dict[str, float] = field(default_factory=dict)
    margins: dict[str, float] = field(default_factory=dict)
    indent: float = 0
    align: str = "left"


_RUN = (
    *("rStyle", "rFonts", "b", "i", "strike", "color", "sz", "u", "shd", "vertAlign", "rtl", "lang"),
    "kern",
)
_PARAGRAPH = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "tabs", "bidi", "spacing", "ind", "jc"),
    "outlineLvl",
    "rPr",  # of the mark at the end of the paragraph, which is not printed
)
_TABLE = ("tblStyle", "tblW", "tblBorders", "tblLayout", "tblCaption", "tblInd", "tblCellMar", "jc")
_ALIGN = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right", "both": "both"}
_MIRRORED = {"left": "right", "right": "left"}
_SCRIPTS = {"superscript": "super", "subscript": "sub", "baseline": ""}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


class StyleSheet:
    """The styles of a document by their ids. ``list_left`` tells the indents of a list's level."""

    def __init__(self, part: Element) -> None:
        self._styles = {value(style, "styleId") or "": style for style in part.iter(w("style"))}
        self._part = part
        self._lines: dict[str, ParagraphStyle] = {}
        self._letters: dict[str, RunStyle] = {}

    def name(self, identifier: str) -> str:
        """The style's own name, lower case («heading 1»)."""
        style = self._styles.get(identifier)
        return (value(style.find(w("name"))) or "").lower() if style is not None else ""

    @cached_property
    def default(self) -> str:
        """The style of a paragraph that names none."""
        found = (
            name
            for name, style in self._styles.items()
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}
        )
        return next(found, "")

    # --- paragraphs

    def lines(self, identifier: str) -> ParagraphStyle:
        """What the paragraph style says, with all that it is based on."""
        if identifier not in self._lines:
            style = self._styles.get(identifier)
            if style is None:
                found = ParagraphStyle()
                for defaults in self._part.iterfind(f"{w('docDefaults')}/{w('pPrDefault')}/{w('pPr')}"):
                    found = lines_of(defaults, found)
            else:
                found = self.lines(value(style.find(w("basedOn"))) or "")
                for properties in style.findall(w("pPr")):
                    found = lines_of(properties, found)
            self._lines[identifier] = found
        return self._lines[identifier]

    def letters(self, identifier: str) -> RunStyle:
        """What the style says of its letters."""
        if identifier not in self._letters:
            style = self._styles.get(identifier)
            if style is None:
                found = RunStyle()
                for defaults in self._part.iterfind(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"):
                    found = self.letters_of(defaults, found)
            else:
                found = self.letters(value(style.find(w("basedOn"))) or "")
                for properties in style.findall(w("rPr")):
                    found = self.letters_of(properties, found)
            self._letters[identifier] = found
        return self._letters[identifier]

    def letters_of(self, properties: Element, base: RunStyle) -> RunStyle:
        """``base`` with what a ``w:rPr`` changes."""
        named = value(properties.find(w("rStyle")))
        if named:
            base = self._character(named, base)
        changes: dict[str, Any] = {}
        for child in children(properties, *_RUN):
            _LETTERS.get(child.tag, _nothing)(child, changes)
        return replace(base, **changes)

    def _character(self, identifier: str, base: RunStyle) -> RunStyle:
        style = self._styles.get(identifier)
        if style is None:
            return base
        base = self._character(value(style.find(w("basedOn"))) or "", base)
        for properties in style.findall(w("rPr")):
            base = self.letters_of(properties, base)
        return base

    # --- tables

    def borders(self, properties: Element) -> Borders:
        """A table's own borders and margins over those of its style."""
        style = self._styles.get(value(properties.find(w("tblStyle"))) or "")
        base = self._of_style(style) if style is not None else Borders()
        return _borders_of(properties, base)

    def _of_style(self, style: Element) -> Borders:
        based = self._styles.get(value(style.find(w("basedOn"))) or "")
        found = self._of_style(based) if based is not None else Borders()
        for part in children(style, "name", "basedOn", "next", "uiPriority", "qFormat", "tblPr"):
            if part.tag == w("tblPr"):
                found = _borders_of(part, found)
        return found


def _borders_of(properties: Element, base: Borders) -> Borders:
    sides, margins, indent, align = dict(base.sides), dict(base.margins), base.indent, base.align
    for child in children(properties, *_TABLE):
        if child.tag == w("tblBorders"):
            sides |= dict(_side(side) for side in children(child, *_SIDES))
        elif child.tag == w("tblCellMar"):
            margins |= {_local(side): number(side, "w") or 0 for side in children(child, *_SIDES[:4])}
        elif child.tag == w("tblInd"):
            indent = number(child, "w") or 0
        elif child.tag == w("jc"):
            align = _ALIGN[value(child) or "left"]
    return Borders(sides, margins, indent, align)


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _side(side: Element) -> tuple[str, float]:
    """Name and thickness; a line of another kind than a single one is refused."""
    kind = value(side) or "nil"
    if kind not in {"single", "nil", "none"}:
        raise refuse(side)
    return _local(side), int(value(side, "sz") or "4") / 8 if kind == "single" else 0


def lines_of(properties: Element, base: ParagraphStyle) -> ParagraphStyle:
    """``base`` with what a ``w:pPr`` changes."""
    changes: dict[str, Any] = {"tabs": base.tabs, "rtl": base.rtl}
    for child in children(properties, *_PARAGRAPH):
        _LINES.get(child.tag, _nothing)(child, changes)
    if changes["rtl"] and properties.find(w("jc")) is not None:
        # Both sides are distinguished by where a line begins (17.3.1.13).
        changes["align"] = _MIRRORED.get(changes["align"], changes["align"])
    elif changes["rtl"] and base.align == "left":
        changes["align"] = "right"
    return replace(base, **changes)


def _nothing(_: Element, __: dict[str, Any]) -> None:
    """A property that is read elsewhere (the style) or prints nothing."""


def _spacing(child: Element, changes: dict[str, Any]) -> None:
    for name in ("before", "after"):
        if (found := number(child, name)) is not None:
            changes[name] = found
    if (line := value(child, "line")) is not None:
        if value(child, "lineRule") not in {None, "auto"}:
            raise refuse(child)
        changes["line"] = int(line) / 240


def _indents(child: Element, changes: dict[str, Any]) -> None:
    for name, key in (("left", "left"), ("start", "left"), ("right", "right"), ("end", "right")):
        if (found := number(child, name)) is not None:
            changes[key] = found
    if (hanging := number(child, "hanging")) is not None:
        changes["first"] = -hanging
    elif (first := number(child, "firstLine")) is not None:
        changes["first"] = first


def _list(child: Element, changes: dict[str, Any]) -> None:
    changes["list"] = value(child.find(w("numId"))) or ""
    changes["level"] = int(value(child.find(w("ilvl"))) or "0")


def _tabs(child: Element, changes: dict[str, Any]) -> None:
    stops = {place: (kind, place, leader) for kind, place, leader in changes["tabs"]}
    for stop in children(child, "tab"):
        place = number(stop, "pos") or 0
        kind = value(stop) or "left"
        if kind == "clear":
            stops.pop(place, None)
        else:
            stops[place] = (kind, place, value(stop, "leader") or "none")
    changes["tabs"] = tuple(stops[place] for place in sorted(stops))


def _set(key: str) -> Any:
    def keep(child: Element, changes: dict[str, Any]) -> None:
        changes[key] = on(child)

    return keep


def _align(child: Element, changes: dict[str, Any]) -> None:
    found = value(child) or "left"
    if found not in _ALIGN:
        raise refuse(child)
    changes["align"] = _ALIGN[found]


def _outline(child: Element, changes: dict[str, Any]) -> None:
    level = int(value(child) or "9")
    changes["outline"] = level + 1 if level < 9 else 0


_LINES = {
    w("keepNext"): _set("keep"),
    w("keepLines"): _set("held"),
    w("pageBreakBefore"): _set("page_break"),
    w("numPr"): _list,
    w("tabs"): _tabs,
    w("bidi"): _set("rtl"),
    w("spacing"): _spacing,
    w("ind"): _indents,
    w("jc"): _align,
    w("outlineLvl"): _outline,
}


def _font(child: Element, changes: dict[str, Any]) -> None:
    if found := value(child, "ascii") or value(child, "hAnsi"):
        changes["font"] = found


def _size(child: Element, changes: dict[str, Any]) -> None:
    changes["size"] = int(value(child) or "20") / 2


def _color(child: Element, changes: dict[str, Any]) -> None:
    found = value(child) or ""
    changes["color"] = "" if found == "auto" else found


def _shade(child: Element, changes: dict[str, Any]) -> None:
    found = value(child, "fill") or ""
    changes["fill"] = "" if found == "auto" else found


def _script(child: Element, changes: dict[str, Any]) -> None:
    changes["script"] = _SCRIPTS[value(child) or "baseline"]


def _language(child: Element, changes: dict[str, Any]) -> None:
    changes["language"] = value(child) or ""


def _direction(child: Element, changes: dict[str, Any]) -> None:
    changes["direction"] = "rtl" if on(child) else "ltr"


_LETTERS = {
    w("rFonts"): _font,
    w("b"): _set("bold"),
    w("i"): _set("italic"),
    w("strike"): _set("strike"),
    w("u"): _set("underline"),
    w("sz"): _size,
    w("color"): _color,
    w("shd"): _shade,
    w("vertAlign"): _script,
    w("lang"): _language,
    w("rtl"): _direction,
}
