"""Word's formulas (Office Math, ECMA-376 part 1, section 22.1) → presentation MathML.

One short method an element; what is not known is read through, so that no letter is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from coursepack import languages
from coursepack.model.blocks import Math
from coursepack.readers import mathml
from coursepack.readers.inline import local

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = etree._Element
Maker = Callable[[Element, Element], None]

# A number, a word of letters other than Latin (a name), one letter, blanks, or one sign.
_TOKENS = re.compile(
    rf"\d+(?:[.,]\d+)*|(?:(?![A-Za-z])[{languages.upper()}{languages.lower()}]){{2,}}|[^\W\d_]|\s+|.", re.DOTALL
)
_VARIANTS = {"b": "bold", "bi": "bold-italic", "p": "normal"}
_SCRIPTS = {
    "double-struck": "double-struck",
    "fraktur": "fraktur",
    "script": "script",
    "sans-serif": "sans-serif",
    "monospace": "monospace",
}
_SKIPPED = frozenset({"ctrlPr", "rPr", "del", "moveFrom"})


def convert(element: Element) -> Math:
    """A formula from ``m:oMath`` (or ``m:oMathPara``: its formulas one under another)."""
    root = mathml.root_element(display=False)
    formulas = [element] if element.tag == f"{M}oMath" else list(element.iterchildren(f"{M}oMath"))
    if len(formulas) == 1:
        _children(_sub(root, "mrow"), formulas[0])
    else:
        table = _sub(root, "mtable")
        for formula in formulas:
            _children(_sub(_sub(_sub(table, "mtr"), "mtd"), "mrow"), formula)
    return mathml.math(root)


def _sub(parent: Element, name: str, text: str | None = None) -> Element:
    result = etree.SubElement(parent, f"{{{mathml.NS}}}{name}")
    result.text = text
    return result


def _value(element: Element, path: str, default: str = "") -> str:
    """The ``m:val`` of a property, ``default`` when the property is absent."""
    found = element.find("/".join(M + part for part in path.split("/")))
    if found is None:
        return default
    return found.get(f"{M}val", "")


def _on(element: Element, path: str) -> bool:
    found = element.find("/".join(M + part for part in path.split("/")))
    return found is not None and found.get(f"{M}val", "1") not in {"0", "off", "false"}


def _children(parent: Element, element: Element) -> None:
    for child in element.iterchildren("*"):
        name = local(child.tag)
        make = _MAKERS.get(name) if child.tag.startswith(M) else None
        if make is not None:
            make(parent, child)
        elif name not in _SKIPPED and not name.endswith("Pr"):
            _children(parent, child)


def _arg(parent: Element, element: Element, name: str) -> None:
    """One argument (``m:e``, ``m:num`` …) as exactly one MathML child."""
    row = _sub(parent, "mrow")
    found = element.find(M + name)
    if found is not None:
        _children(row, found)
    if len(row) == 1:
        parent.replace(row, row[0])


def _run(parent: Element, element: Element) -> None:
    text = "".join(part.text or "" for part in element.iter(f"{M}t", f"{W}t"))
    properties = element.find(f"{M}rPr")
    style = "" if properties is None else _value(properties, "sty")
    script = "" if properties is None else _SCRIPTS.get(_value(properties, "scr"), "")
    if properties is not None and _on(properties, "nor"):
        _sub(parent, "mtext", text)
        return
    if style == "p" and text.isalpha():
        _sub(parent, "mi", text).set("mathvariant", "normal")
        return
    for token in _TOKENS.findall(text.replace("\u00a0", " ")):
        if token.isspace():
            _sub(parent, "mspace").set("width", "0.33em")
            continue
        kind = "mn" if token[0].isdigit() else "mi" if token[0].isalpha() else "mo"
        result = _sub(parent, kind, token)
        variant = script or _VARIANTS.get(style, "")
        if variant and kind != "mo" and not (variant == "normal" and kind == "mn"):
            result.set("mathvariant", variant)


def _fraction(parent: Element, element: Element) -> None:
    kind = _value(element, "fPr/type")
    if kind == "lin":
        row = _sub(parent, "mrow")
        _arg(row, element, "num")
        _sub(row, "mo", "/")
        _arg(row, element, "den")
        return
    result = _sub(parent, "mfrac")
    if kind == "noBar":
        result.set("linethickness", "0")
    elif kind == "skw":
        result.set("bevelled", "true")
    _arg(result, element, "num")
    _arg(result, element, "den")


def _scripts(name: str, *parts: str) -> Maker:
    def make(parent: Element, element: Element) -> None:
        result = _sub(parent, name)
        for part in parts:
            _arg(result, element, part)

    return make


def _pre_scripts(parent: Element, element: Element) -> None:
    result = _sub(parent, "mmultiscripts")
    _arg(result, element, "e")
    _sub(result, "mprescripts")
    _arg(result, element, "sub")
    _arg(result, element, "sup")


def _radical(parent: Element, element: Element) -> None:
    degree = element.find(f"{M}deg")
    if degree is None or _on(element, "radPr/degHide") or not len(degree):
        _arg(_sub(parent, "msqrt"), element, "e")
        return
    result = _sub(parent, "mroot")
    _arg(result, element, "e")
    _arg(result, element, "deg")


# (lower limit, upper limit) → element beside the sign, element under and over it.
_LIMITS = {
    (True, True): ("msubsup", "munderover"),
    (True, False): ("msub", "munder"),
    (False, True): ("msup", "mover"),
}


def _nary(parent: Element, element: Element) -> None:
    sign = _value(element, "naryPr/chr", "∫") or "∫"
    below = _value(element, "naryPr/limLoc", "subSup" if sign in "∫∬∭∮" else "undOvr") == "undOvr"
    low, high = not _on(element, "naryPr/subHide"), not _on(element, "naryPr/supHide")
    row = _sub(parent, "mrow")
    names = {
        (True, True): ("msubsup", "munderover"),
        (True, False): ("msub", "munder"),
        (False, True): ("msup", "mover"),
    }
    if (low, high) in names:
        result = _sub(row, names[low, high][below])
        _sub(result, "mo", sign)
        if low:
            _arg(result, element, "sub")
        if high:
            _arg(result, element, "sup")
    else:
        _sub(row, "mo", sign)
    _arg(row, element, "e")


def _delimiters(parent: Element, element: Element) -> None:
    row = _sub(parent, "mrow")
    opening, closing = _value(element, "dPr/begChr", "("), _value(element, "dPr/endChr", ")")
    if opening:
        _sub(row, "mo", opening).set("fence", "true")
    for index, part in enumerate(element.iterchildren(f"{M}e")):
        if index:
            _sub(row, "mo", _value(element, "dPr/sepChr", "|") or "|")
        _children(_sub(row, "mrow"), part)
    if closing:
        _sub(row, "mo", closing).set("fence", "true")


def _function(parent: Element, element: Element) -> None:
    row = _sub(parent, "mrow")
    _arg(row, element, "fName")
    _sub(row, "mo", "\u2061")
    _arg(row, element, "e")


def _accent(parent: Element, element: Element) -> None:
    result = _sub(parent, "mover")
    result.set("accent", "true")
    _arg(result, element, "e")
    sign = _value(element, "accPr/chr", "\u0302") or "\u0302"
    _sub(result, "mo", {"\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0305": "¯", "\u20d7": "→"}.get(sign, sign))


def _bar(parent: Element, element: Element) -> None:
    result = _sub(parent, "mover" if _value(element, "barPr/pos") == "top" else "munder")
    _arg(result, element, "e")
    _sub(result, "mo", "¯" if _value(element, "barPr/pos") == "top" else "_")


def _group_sign(parent: Element, element: Element) -> None:
    top = _value(element, "groupChrPr/pos") == "top"
    result = _sub(parent, "mover" if top else "munder")
    _arg(result, element, "e")
    _sub(result, "mo", _value(element, "groupChrPr/chr", "⏟") or "⏟")


def _matrix(parent: Element, element: Element) -> None:
    table = _sub(parent, "mtable")
    for row in element.iterchildren(f"{M}mr"):
        line = _sub(table, "mtr")
        for cell in row.iterchildren(f"{M}e"):
            _children(_sub(line, "mtd"), cell)


def _equations(parent: Element, element: Element) -> None:
    table = _sub(parent, "mtable")
    for part in element.iterchildren(f"{M}e"):
        _children(_sub(_sub(table, "mtr"), "mtd"), part)


def _boxed(parent: Element, element: Element) -> None:
    result = _sub(parent, "menclose")
    result.set("notation", "box")
    _arg(result, element, "e")


_MAKERS: dict[str, Maker] = {
    "r": _run,
    "f": _fraction,
    "sSup": _scripts("msup", "e", "sup"),
    "sSub": _scripts("msub", "e", "sub"),
    "sSubSup": _scripts("msubsup", "e", "sub", "sup"),
    "sPre": _pre_scripts,
    "rad": _radical,
    "nary": _nary,
    "d": _delimiters,
    "func": _function,
    "limLow": _scripts("munder", "e", "lim"),
    "limUpp": _scripts("mover", "e", "lim"),
    "acc": _accent,
    "bar": _bar,
    "groupChr": _group_sign,
    "m": _matrix,
    "eqArr": _equations,
    "borderBox": _boxed,
}
