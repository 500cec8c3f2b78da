"""Rules for anybody's Word document: strangers among its elements and attributes, and what attributes may say.

ECMA-376 Part 1 (attributes of WordprocessingML), Part 3 (which namespaces a reader may pass over).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursepack.checks.ooxml.opc import line_of
from coursepack.checks.ooxml.words import GROUPS
from coursepack.files.package import Package
from coursepack.place import Finding, error

Element = etree._Element

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_XML = "http://www.w3.org/XML/1998/namespace"
# Namespaces of the standard and of the programs that extend it; others must be named in mc:Ignorable.
_KNOWN = (
    "http://schemas.openxmlformats.org/",
    "http://purl.oclc.org/ooxml/",
    "http://schemas.microsoft.com/",
    "urn:schemas-microsoft-com:",
    "http://www.w3.org/",
)

# Properties that hold elements; every other property is empty.
_HOLDERS = frozenset(
    {
        *GROUPS,
        *("pBdr", "tblBorders", "tcBorders", "tblCellMar", "tcMar", "headers", "footnotePr", "endnotePr", "pgBorders"),
        *(
            "cols",
            "latentStyles",
            "tblStylePr",
            "footnote",
            "endnote",
            "numPicBullet",
            "ins",
            "del",
            "moveFrom",
            "moveTo",
        ),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblGridChange"),
        *("numberingChange", "cellIns", "cellDel", "cellMerge"),
    }
)
_ALSO_LEAVES = {"t", "instrText", "br", "cr", "bookmarkStart", "bookmarkEnd", "footnoteReference"}
_LEAVES = frozenset({name for group in GROUPS.values() for name in group.names} - _HOLDERS | _ALSO_LEAVES)

_INTEGER = re.compile(r"-?\d+")
_LENGTH = re.compile(r"-?\d+(\.\d+)?(mm|cm|in|pt|pc|pi)?")
_ON_OFF = re.compile(r"0|1|true|false|on|off")
_WIDTH = re.compile(r"-?\d+(\.\d+)?(%|mm|cm|in|pt|pc|pi)?")
_COLOR = re.compile(r"auto|[0-9A-Fa-f]{6}")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*")

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_SWITCHES = (
    *("b", "bCs", "i", "iCs", "strike", "rtl", "bidi", "keepNext", "keepLines", "pageBreakBefore", "cantSplit"),
    *("tblHeader", "titlePg"),
)
_LOOK = ("firstRow", "lastRow", "firstColumn", "lastColumn", "noHBand", "noVBand")

# (element, attribute) → what it may say.
_VALUES: dict[tuple[str, str], re.Pattern[str]] = {
    **{(name, "id"): _INTEGER for name in ("bookmarkStart", "bookmarkEnd", "footnote", "footnoteReference", "endnote")},
    ("num", "numId"): _INTEGER,
    ("abstractNum", "abstractNumId"): _INTEGER,
    ("lvl", "ilvl"): _INTEGER,
    ("lvlOverride", "ilvl"): _INTEGER,
    ("gridCol", "w"): _LENGTH,
    ("tab", "pos"): _LENGTH,
    **{("ind", name): _LENGTH for name in ("left", "right", "start", "end", "hanging", "firstLine")},
    **{("spacing", name): _LENGTH for name in ("before", "after", "line")},
    ("spacing", "lineRule"): re.compile("auto|exact|atLeast"),
    **{(name, "w"): _WIDTH for name in ("tcW", "tblW", "tblInd", "top", "left", "start", "bottom", "right", "end")},
    **{(name, "type"): re.compile("auto|dxa|nil|pct") for name in ("tcW", "tblW", "tblInd")},
    **{
        (name, side): _INTEGER
        for name in ("top", "left", "bottom", "right", "insideH", "insideV")
        for side in ("sz", "space")
    },
    **{(name, "color"): _COLOR for name in (*_SIDES, "shd")},
    **{(name, "val"): _WORD for name in ("insideH", "insideV", "multiLevelType", "lvlJc", "numFmt", "shd")},
    **{("tblLook", name): _ON_OFF for name in _LOOK},
    **{("pgSz", name): _LENGTH for name in ("w", "h")},
    **{("pgMar", name): _LENGTH for name in ("top", "right", "bottom", "left", "header", "footer", "gutter")},
    ("shd", "fill"): _COLOR,
    ("color", "val"): _COLOR,
    ("hyperlink", "history"): _ON_OFF,
    ("style", "default"): _ON_OFF,
    ("style", "type"): re.compile("paragraph|character|table|numbering"),
    ("tab", "leader"): re.compile("none|dot|hyphen|underscore|heavy|middleDot"),
    ("tab", "val"): re.compile("clear|start|center|end|decimal|bar|num|left|right"),
    **{(name, "type"): re.compile("even|default|first") for name in ("headerReference", "footerReference")},
    ("multiLevelType", "val"): re.compile("singleLevel|multilevel|hybridMultilevel"),
    ("lvlJc", "val"): re.compile("left|start|center|right|end|both"),
    **{(name, "val"): _ON_OFF for name in _SWITCHES},
}


def attribute_findings(package: Package, part: str, root: Element, space: str) -> Iterator[Finding]:
    """What these rules say about a part whose main namespace is ``space``."""
    prefix = f"{{{space}}}"
    ignorable = _ignorable(root)
    for element in root.iter(etree.Element):
        for code, message in _messages(element, prefix, ignorable):
            yield error(code, message, package.place(part, line_of(element)))


def _messages(element: Element, prefix: str, ignorable: frozenset[str]) -> Iterator[tuple[str, str]]:
    tag = str(element.tag)
    space, _, name = tag.rpartition("}")
    if not _allowed(space[1:], ignorable):
        yield "ooxml-stranger", f"an element {name!r} of a namespace that no reader knows"
    if not tag.startswith(prefix):
        return
    if name in _LEAVES and any(str(child.tag).startswith(prefix) for child in element):
        yield "ooxml-nesting", f"w:{name} holds elements, expected none"
    for message in _attribute_messages(element, name, prefix, ignorable):
        yield "ooxml-attribute", message


def _ignorable(root: Element) -> frozenset[str]:
    prefixes = (root.get(f"{{{_MC}}}Ignorable") or "").split()
    return frozenset(root.nsmap[prefix] for prefix in prefixes if prefix in root.nsmap)


def _allowed(namespace: str, ignorable: frozenset[str]) -> bool:
    return namespace.startswith(_KNOWN) or namespace in ignorable


def _attribute_messages(element: Element, name: str, prefix: str, ignorable: frozenset[str]) -> Iterator[str]:
    for key, value in element.attrib.items():
        label = etree.QName(str(key))
        said = str(value)
        if not str(key).startswith("{"):
            yield f"w:{name} has an attribute {label.localname!r} of no namespace"
        elif not _allowed(label.namespace, ignorable):
            yield f"w:{name} has an attribute {label.localname!r} of a namespace that no reader knows"
        elif label.namespace == _XML and label.localname == "space" and said not in {"preserve", "default"}:
            yield f"w:{name} has xml:space={said!r}"
        elif f"{{{label.namespace}}}" == prefix:
            pattern = _VALUES.get((name, label.localname))
            if pattern is not None and not pattern.fullmatch(said):
                yield f"w:{name} has w:{label.localname}={said!r}"
