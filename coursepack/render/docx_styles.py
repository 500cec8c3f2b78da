"""The styles and list formats that our papers use, by Word's own names.

They make the shipped templates, and are lent to a department's template that lacks one of them. Sizes in half-points,
measures in twips. Source: ECMA-376 Part 1, 17.7 (styles) and 17.9 (numbering).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from coursepack import languages
from coursepack.render.wml import CM, TEXT_WIDTH, Align, Element, make, paragraph_properties, run_properties, w

FONT = "Times New Roman"
LIST_STEP = 425
"""A list level is indented by so much more than the one above it (7.5 mm)."""


@dataclass(frozen=True)
class Style:
    """A style: ``name`` is Word's, ``based`` and ``after`` (the style of the next paragraph) are names too."""

    name: str
    kind: Literal["paragraph", "character", "table"] = "paragraph"
    based: str | None = "Normal"
    after: str | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: int | None = None
    color: str | None = None
    raised: bool = False
    align: Align | None = None
    before: int | None = None
    space: int | None = None
    line: int | None = None
    left: int | None = None
    first: int | None = None
    keep_next: bool = False
    outline: int | None = None
    tabs: tuple[tuple[str, int, str], ...] = ()
    quick: bool = True
    custom: bool = False
    list: int | None = None
    mono: bool = False
    lent: bool = False
    """True for a style that only a paper bears which needs it: no template comes with it."""

    @property
    def id(self) -> str:
        """The id that we give it, Word's own: the name's words, run together («Heading1», «TOC1»)."""
        return "".join(word[:1].upper() + word[1:] for word in self.name.replace("toc ", "TOC ").split())


def _heading(
    level: int, size: int, before: int, space: int, *, italic: bool = False, align: Align | None = None
) -> Style:
    return Style(
        f"heading {level}",
        after="Body Text",
        bold=True,
        italic=italic,
        size=size,
        before=before,
        space=space,
        align=align,
        keep_next=True,
        outline=level - 1,
    )


def _toc(level: int) -> Style:
    return Style(
        f"toc {level}",
        left=(level - 1) * 284,
        space=40,
        tabs=(("right", TEXT_WIDTH, "dot"),),
        quick=False,
    )


STYLES: Mapping[str, Style] = {
    style.name: style
    for style in (
        Style("Normal", based=None),
        Style("Default Paragraph Font", kind="character", based=None, quick=False),
        Style("Normal Table", kind="table", based=None, quick=False),
        Style("Table Grid", kind="table", based="Normal Table", quick=False),
        Style("Body Text", align="both", first=709, space=60, line=259),
        Style("Title", bold=True, size=32, align="center", before=120, space=120),
        Style("Subtitle", size=28, align="center", space=120),
        _heading(1, 30, 360, 160, align="center"),
        _heading(2, 28, 280, 120),
        _heading(3, 26, 220, 100),
        _heading(4, 24, 180, 80),
        _heading(5, 24, 160, 60, italic=True),
        _heading(6, 24, 140, 60, italic=True),
        Style("TOC Heading", bold=True, size=30, align="center", before=0, space=160, keep_next=True),
        _toc(1),
        _toc(2),
        _toc(3),
        Style("List Bullet", list=1, space=40, line=259),
        Style("List Number", list=2, space=40, line=259),
        Style("List Continue", left=284 + LIST_STEP, space=40, line=259),
        Style("caption", italic=True, size=22, align="center", before=60, space=120),
        Style("Quote", italic=True, align="both", left=709, before=80, space=80),
        Style("HTML Preformatted", size=20, align="left", before=80, space=80, mono=True, lent=True),
        Style(
            "Signature",
            before=240,
            space=0,
            tabs=(("left", 8 * CM, "none"), ("left", 12 * CM, "underscore"), ("right", TEXT_WIDTH - 200, "underscore")),
        ),
        Style("Table Text", custom=True, size=22),
        Style("Table Number", custom=True, based="Table Text", align="center"),
        Style("Table Heading", custom=True, based="Table Text", bold=True, align="center"),
        Style("Table Label", custom=True, based="Table Text", bold=True, before=40),
        Style("Blank Line", custom=True, before=80, tabs=(("right", TEXT_WIDTH, "underscore"),)),
        Style("header", size=20, align="center", quick=False),
        Style("footer", size=20, align="center", quick=False),
        Style("footnote text", size=20, align="both", quick=False),
        Style("footnote reference", kind="character", based="Default Paragraph Font", raised=True, quick=False),
        Style(
            "Hyperlink", kind="character", based="Default Paragraph Font", underline=True, color="0563C1", quick=False
        ),
    )
}


def style_element(style: Style, ids: Mapping[str, str], identifier: str, *, lists: bool = False) -> Element:
    """``w:style``; ``ids`` gives the ids of the other styles by name. With ``lists`` a list style bears its list, as in
    the templates that have them (``list_parts``)."""
    parts: list[Element] = [make("name", val=style.name)]
    if style.based:
        parts.append(make("basedOn", val=ids[style.based]))
    if style.after and style.after in ids:
        parts.append(make("next", val=ids[style.after]))
    parts.append(make("uiPriority", val=99 if not style.quick else 1))
    if style.quick:
        parts.append(make("qFormat"))
    paragraph = _paragraph(style, style.list if lists else None) if style.kind == "paragraph" else None
    run_properties = _letters(style)
    parts.extend(part for part in (paragraph, run_properties) if part is not None)
    if style.kind == "table":
        parts.append(_table(bordered=style.name == "Table Grid"))
    element = make("style", type=style.kind)
    default = style.name in {"Normal", "Default Paragraph Font", "Normal Table"}
    if default:
        element.set(w("default"), "1")
    if style.custom:
        element.set(w("customStyle"), "1")
    element.set(w("styleId"), identifier)
    element.extend(parts)
    return element


def _paragraph(style: Style, number: int | None) -> Element | None:
    properties = paragraph_properties(
        keep_next=style.keep_next,
        numbering=(number, 0) if number else None,
        tabs=style.tabs,
        before=style.before,
        after=style.space,
        align=style.align,
        outline=style.outline,
    )
    if style.line is None and style.left is None and style.first is None:
        return properties
    properties = make("pPr") if properties is None else properties
    spacing = next((child for child in properties if child.tag == w("spacing")), None)
    if style.line is not None:
        if spacing is None:
            spacing = make("spacing")
            properties.append(spacing)
        spacing.set(w("line"), str(style.line))
        spacing.set(w("lineRule"), "auto")
    indent = {"left": style.left} if style.left is not None else {}
    if style.first is not None:
        indent["firstLine"] = style.first
    if indent:
        before = next((index for index, child in enumerate(properties) if child.tag in _AFTER_INDENT), len(properties))
        properties.insert(before, make("ind", **indent))
    return properties


_AFTER_INDENT = {w("jc"), w("outlineLvl")}


def _letters(style: Style) -> Element | None:
    return run_properties(
        bold=style.bold,
        italic=style.italic,
        mono=style.mono,
        size=style.size,
        underline=style.underline,
        color=style.color,
        script="super" if style.raised else None,
    )


def _table(*, bordered: bool) -> Element:
    parts = [make("tblInd", w=0, type="dxa")]
    if bordered:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        parts.append(make("tblBorders", [make(side, val="single", sz=4, space=0, color="auto") for side in sides]))
    margins = (("top", 28), ("left", 85), ("bottom", 28), ("right", 85))
    parts.append(make("tblCellMar", [make(side, w=width, type="dxa") for side, width in margins]))
    return make("tblPr", parts)


def styles_part() -> Element:
    """``w:styles`` with all of them; body letters of 12 pt, the language is set when a paper is made."""
    fonts = make("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    run_properties = make("rPr", [fonts, make("sz", val=24), make("szCs", val=24), make("lang", val="kk-KZ")])
    spacing = make("pPr", [make("spacing", after=0, line=240, lineRule="auto")])
    defaults = make("docDefaults", [make("rPrDefault", [run_properties]), make("pPrDefault", [spacing])])
    ids = {name: style.id for name, style in STYLES.items()}
    own = (style for style in STYLES.values() if not style.lent)
    return make("styles", [defaults, *(style_element(style, ids, style.id, lists=True) for style in own)])


# --- lists --------------------------------------------------------------------------------------------------------

Marker = Literal["disc", "dash", "decimal", "paren", "lower-alpha", "lower-roman"]

_FORMATS: Mapping[Marker, tuple[str, str]] = {
    "disc": ("bullet", "•"),
    "dash": ("bullet", "–"),
    "decimal": ("decimal", "%{level}."),
    "paren": ("decimal", "%{level})"),
    "lower-alpha": ("lowerLetter", "%{level})"),
    "lower-roman": ("lowerRoman", "%{level}."),
}
LEVELS = 9
_DIGIT = 130
"""A digit more, in twips."""


def list_hanging(last: int) -> int:
    """How far left of its text a number stands, in a list that goes on to ``last``."""
    return LIST_STEP + _DIGIT * max(len(str(last)) - 2, 0)


def abstract_list(marker: Marker, number: int, language: str, hanging: int = LIST_STEP) -> Element:
    """``w:abstractNum``: nine levels of one kind; letters are those of the language («а)» in Kazakh and Russian).

    ``hanging`` is how far left of its text a mark stands.
    """
    kind, text = _FORMATS[marker]
    if marker == "lower-alpha" and language in languages.known():
        kind = languages.lexicon(language).word_list
    levels = [make("multiLevelType", val="hybridMultilevel")]
    for level in range(LEVELS):
        left = 284 + LIST_STEP * (level + 1)
        levels.append(
            make(
                "lvl",
                [
                    make("start", val=1),
                    make("numFmt", val=kind),
                    make("lvlText", val=text.format(level=level + 1)),
                    make("lvlJc", val="left"),
                    make("pPr", [make("ind", left=left, hanging=min(hanging, left))]),
                ],
                ilvl=level,
            )
        )
    return make("abstractNum", levels, abstractNumId=number)


def numbered_list(number: int, abstract: int, start: int | None) -> Element:
    """``w:num``; an ordered list begins anew at ``start``."""
    parts = [make("abstractNumId", val=abstract)]
    if start is not None:
        parts.extend(make("lvlOverride", [make("startOverride", val=start)], ilvl=level) for level in range(LEVELS))
    return make("num", parts, numId=number)


def list_parts() -> list[Element]:
    """What a template's numbering holds: the bullets of «List Bullet» and the numbers of «List Number», so that what a
    department types in these styles is a list too."""
    kinds: tuple[Marker, ...] = ("disc", "decimal")
    return [
        *(abstract_list(marker, number, languages.assumed()) for number, marker in enumerate(kinds, 1)),
        *(numbered_list(number, number, None) for number in range(1, len(kinds) + 1)),
    ]
