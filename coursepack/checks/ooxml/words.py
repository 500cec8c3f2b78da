"""Rules for anybody's Word document: the properties of paragraphs, runs, tables, styles and lists.

What may stand in them, in which order, and what must be a number (ECMA-376 Part 1, 17.3, 17.4, 17.6, 17.7, 17.9). A
table, not a schema: elements of other namespaces (a later Word's extensions) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from coursepack.checks.ooxml.opc import line_of
from coursepack.files.package import Package
from coursepack.place import Finding, error

Element = etree._Element


@dataclass(frozen=True)
class ContentModel:
    """The children of an element: ``names`` in their order; ``ordered`` when the order and number are fixed, but for
    those that may ``repeat``."""

    names: tuple[str, ...]
    ordered: bool = True
    repeat: frozenset[str] = frozenset()


def _group(text: str, *, ordered: bool = True, repeat: str = "") -> ContentModel:
    return ContentModel(tuple(text.split()), ordered, frozenset(repeat.split()))


_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange"
)
GROUPS: dict[str, ContentModel] = {
    "pPr": _group(
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": _group("ins del moveFrom moveTo " + _RUN, ordered=False),
    "numPr": _group("ilvl numId numberingChange ins"),
    "tabs": _group("tab", ordered=False),
    "tblPr": _group(
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    "tblGrid": _group("gridCol tblGridChange", repeat="gridCol"),
    "trPr": _group(
        "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden ins "
        "del trPrChange",
        ordered=False,
    ),
    "tcPr": _group(
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
        "headers cellIns cellDel cellMerge tcPrChange"
    ),
    "sectPr": _group(
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
        repeat="headerReference footerReference",
    ),
    "styles": _group("docDefaults latentStyles style", repeat="style"),
    "docDefaults": _group("rPrDefault pPrDefault"),
    "rPrDefault": _group("rPr"),
    "pPrDefault": _group("pPr"),
    "style": _group(
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
        "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
        repeat="tblStylePr",
    ),
    "numbering": _group("numPicBullet abstractNum num numIdMacAtCleanup", repeat="numPicBullet abstractNum num"),
    "abstractNum": _group("nsid multiLevelType tmpl name styleLink numStyleLink lvl", repeat="lvl"),
    "lvl": _group("start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"),
    "num": _group("abstractNumId lvlOverride", repeat="lvlOverride"),
    "lvlOverride": _group("startOverride lvl"),
    "footnotes": _group("footnote", ordered=False),
    "endnotes": _group("endnote", ordered=False),
    # Form fields of Word's legacy forms: CT_FldChar and CT_FFData are choices.
    "fldChar": _group("fldData ffData numberingChange", ordered=False),
    "ffData": _group(
        "name label tabIndex enabled calcOnExit entryMacro exitMacro helpText statusText checkBox ddList textInput",
        ordered=False,
    ),
    "checkBox": _group("size sizeAuto default checked"),
    "ddList": _group("result default listEntry", repeat="listEntry"),
    "textInput": _group("type default maxLength format"),
}

_TEXT = "pStyle rStyle tblStyle basedOn next link name lvlJc numFmt multiLevelType vertAlign highlight color tab shd jc"
_NUMBERS = "abstractNumId ilvl numId gridSpan outlineLvl startOverride start uiPriority"
_NUMBER = re.compile(r"-?\d+")
# Elements whose w:val must be there, and what it must look like.
VALUES: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(_TEXT.split(), re.compile(r"(?s).+")),
    **dict.fromkeys(_NUMBERS.split(), _NUMBER),
    **dict.fromkeys(("sz", "szCs"), re.compile(r"\d+(\.\d+)?(mm|cm|in|pt|pc|pi)?")),
}
# Words that these may say; the first two for alignment are the transitional and the later name of one thing.
CHOICES: dict[str, frozenset[str]] = {
    "jc": frozenset(
        {
            *("left", "start", "center", "right", "end", "both", "distribute", "numTab", "thaiDistribute"),
            *("lowKashida", "mediumKashida", "highKashida"),
        }
    ),
    "vertAlign": frozenset({"baseline", "superscript", "subscript"}),
    "vMerge": frozenset({"restart", "continue"}),
    "fldCharType": frozenset({"begin", "separate", "end"}),
}
_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "bookmarkStart": ("id", "name"),
    "bookmarkEnd": ("id",),
    "footnoteReference": ("id",),
    "footnote": ("id",),
    "fldChar": ("fldCharType",),
    "abstractNum": ("abstractNumId",),
    "num": ("numId",),
    "lvl": ("ilvl",),
    "lvlOverride": ("ilvl",),
    "tab": ("pos",),
}
# Names that mean something else elsewhere: a border's start, the name of a form field.
_ONLY_IN = {"start": {"lvl"}, "name": {"style", "abstractNum"}, "link": {"style"}, "next": {"style"}}
_ALSO_A_RUN = {"tab"}
"""A tab in a run has no attributes; one in ``w:tabs`` has."""


def word_findings(package: Package, part: str, root: Element, space: str) -> Iterator[Finding]:
    """What these rules say about a part; ``space`` is the main namespace that its document uses."""
    prefix = f"{{{space}}}"
    for element in root.iter(*(prefix + name for name in {*GROUPS, *VALUES, *_ATTRIBUTES, "vMerge"})):
        name = etree.QName(element).localname
        parent = element.getparent()
        above = etree.QName(parent).localname if parent is not None else ""
        if name in GROUPS:
            for code, message in _group_messages(element, name, prefix):
                yield error(code, message, package.place(part, line_of(element)))
        if name in _ALSO_A_RUN and above != "tabs":
            continue
        for message in _value_messages(element, name, above, prefix):
            yield error("ooxml-value", message, package.place(part, line_of(element)))


def _group_messages(element: Element, name: str, prefix: str) -> Iterator[tuple[str, str]]:
    group = GROUPS[name]
    seen: list[str] = []
    for child in element:
        if not isinstance(child.tag, str) or not child.tag.startswith(prefix):
            continue
        label = etree.QName(child).localname
        if label not in group.names:
            yield "ooxml-nesting", f"w:{label} in w:{name}, where the standard has none"
        else:
            seen.append(label)
    if not group.ordered:
        return
    places = [group.names.index(label) for label in seen]
    if name == "sectPr":
        # References to headers and footers stand first, in any order.
        places = [max(place, 1) for place in places]
    for before, after, label in zip(places, places[1:], seen[1:], strict=False):
        if before > after:
            yield "ooxml-order", f"w:{label} in w:{name} comes too late"
        elif before == after and label not in group.repeat:
            yield "ooxml-order", f"w:{label} stands twice in w:{name}"


def _value_messages(element: Element, name: str, above: str, prefix: str) -> Iterator[str]:
    for attribute in _ATTRIBUTES.get(name, ()):
        if element.get(prefix + attribute) is None:
            yield f"w:{name} without w:{attribute}"
    # In a part of styles or settings some names are used for other things.
    value = element.get(prefix + "val")
    pattern = VALUES.get(name)
    if pattern is not None and above in _ONLY_IN.get(name, {above}):
        if value is None:
            if name != "shd" or element.get(prefix + "fill") is None:
                yield f"w:{name} without w:val"
        elif not pattern.fullmatch(value):
            yield f"w:{name} has w:val={value!r}"
    choice = "fldCharType" if name == "fldChar" else name
    said = element.get(prefix + ("fldCharType" if name == "fldChar" else "val"))
    if choice in CHOICES and said is not None and said not in CHOICES[choice]:
        known = ", ".join(sorted(CHOICES[choice]))
        yield f"w:{name} says {said!r}, expected one of {known}"
