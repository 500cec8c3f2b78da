"""Presentation MathML → Office Math (OMML), ECMA-376 Part 1 section 22.1.

Small on purpose: what course documents hold (rows, fractions, roots, scripts, limits, fences, matrices, text). What it
does not know it passes through by its children, so that no letter of a formula is lost.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from coursepack.markup import formulas
from coursepack.render.wml import NSMAP, XML_SPACE, M, clean

Element = etree._Element

_NARY = frozenset("∑∏∐∫∬∭∮∯∰⋀⋁⋂⋃")
_OPEN, _CLOSE = frozenset("([{⟨⌈⌊|‖"), frozenset(")]}⟩⌉⌋|‖")


def omml(mathml: str) -> Element | None:
    """``m:oMath`` for a ``<math>`` element, or None when it is not well-formed or empty."""
    source = formulas.parse(clean(mathml))
    if source is None:
        return None
    root = etree.Element(_m("oMath"), nsmap=NSMAP)
    _children(source, root)
    return root if len(root) else None


def _m(name: str) -> str:
    return f"{{{M}}}{name}"


def _name(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: Element) -> str:
    return "".join(str(part) for part in element.itertext())


def _kids(element: Element) -> list[Element]:
    return [child for child in element if isinstance(child.tag, str)]


def _children(source: Element, target: Element) -> None:
    parts = _kids(source)
    position = 0
    while position < len(parts):
        position = _nary(parts, position, target) or _one(parts, position, target)


def _one(parts: list[Element], position: int, target: Element) -> int:
    _convert(parts[position], target)
    return position + 1


def _convert(source: Element, target: Element) -> None:
    _ELEMENTS.get(_name(source), _children)(source, target)


def _argument(target: Element, name: str, source: Element | None) -> None:
    argument = etree.SubElement(target, _m(name))
    if source is not None:
        _convert(source, argument)


def _property(target: Element, group: str, **values: str) -> None:
    properties = etree.SubElement(target, _m(group))
    for name, value in values.items():
        etree.SubElement(properties, _m(name)).set(_m("val"), value)


def _nth(source: Element, index: int) -> Element | None:
    parts = _kids(source)
    return parts[index] if index < len(parts) else None


# --- a function a kind of element


def _token(source: Element, target: Element) -> None:
    text = clean(_text(source)).strip(" \t\n") or ""
    if not text:
        return
    run = etree.SubElement(target, _m("r"))
    upright = _name(source) == "mtext" or source.get("mathvariant") == "normal"
    if upright or (_name(source) == "mi" and len(text) > 1):
        _property(run, "rPr", **({"nor": "1"} if _name(source) == "mtext" else {"sty": "p"}))
    text_element = etree.SubElement(run, _m("t"))
    text_element.text = text
    text_element.set(XML_SPACE, "preserve")


def _fraction(source: Element, target: Element) -> None:
    fraction = etree.SubElement(target, _m("f"))
    if source.get("linethickness") in {"0", "0px", "0pt", "0em"}:
        _property(fraction, "fPr", type="noBar")
    _argument(fraction, "num", _nth(source, 0))
    _argument(fraction, "den", _nth(source, 1))


def _square_root(source: Element, target: Element) -> None:
    root = etree.SubElement(target, _m("rad"))
    _property(root, "radPr", degHide="1")
    etree.SubElement(root, _m("deg"))
    _children(source, etree.SubElement(root, _m("e")))


def _root(source: Element, target: Element) -> None:
    root = etree.SubElement(target, _m("rad"))
    _argument(root, "deg", _nth(source, 1))
    _argument(root, "e", _nth(source, 0))


def _scripts(name: str, *arguments: str) -> Callable[[Element, Element], None]:
    def convert(source: Element, target: Element) -> None:
        element = etree.SubElement(target, _m(name))
        for index, argument in enumerate(arguments):
            _argument(element, argument, _nth(source, index))

    return convert


def _over(source: Element, target: Element) -> None:
    above = _nth(source, 1)
    mark = _text(above).strip() if above is not None else ""
    if mark in {"¯", "‾", "―", "_"}:
        bar = etree.SubElement(target, _m("bar"))
        _property(bar, "barPr", pos="top")
        _argument(bar, "e", _nth(source, 0))
    elif source.get("accent") == "true" or mark in {"^", "ˆ", "~", "˜", "→", "˙", "¨", "ˇ"}:
        accents = {"^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "→": "\u20d7", "˙": "\u0307"}
        accent = etree.SubElement(target, _m("acc"))
        _property(accent, "accPr", chr=accents.get(mark, {"¨": "\u0308", "ˇ": "\u030c"}.get(mark, mark or "\u0302")))
        _argument(accent, "e", _nth(source, 0))
    else:
        _scripts("limUpp", "e", "lim")(source, target)


def _under_over(source: Element, target: Element) -> None:
    upper = etree.SubElement(target, _m("limUpp"))
    lower = etree.SubElement(etree.SubElement(upper, _m("e")), _m("limLow"))
    _argument(lower, "e", _nth(source, 0))
    _argument(lower, "lim", _nth(source, 1))
    _argument(upper, "lim", _nth(source, 2))


def _fenced(source: Element, target: Element) -> None:
    fence = etree.SubElement(target, _m("d"))
    begin, end = source.get("open", "("), source.get("close", ")")
    _property(fence, "dPr", begChr=begin, sepChr=source.get("separators", ",")[:1] or ",", endChr=end)
    for part in _kids(source):
        _convert(part, etree.SubElement(fence, _m("e")))
    if not _kids(source):
        etree.SubElement(fence, _m("e"))


def _row(source: Element, target: Element) -> None:
    """A row whose first and last operators are brackets is one fence, so that Word lets them grow."""
    parts = _kids(source)
    first, last = (_operator(parts[0]), _operator(parts[-1])) if len(parts) > 2 else ("", "")
    inner = [_operator(part) for part in parts[1:-1]]
    if first in _OPEN and last in _CLOSE and first and not any(mark in _OPEN | _CLOSE for mark in inner if mark):
        fence = etree.SubElement(target, _m("d"))
        _property(fence, "dPr", begChr=first, endChr=last)
        content = etree.SubElement(fence, _m("e"))
        for part in parts[1:-1]:
            _convert(part, content)
        return
    _children(source, target)


def _operator(element: Element) -> str:
    return _text(element).strip() if _name(element) == "mo" else ""


def _matrix(source: Element, target: Element) -> None:
    matrix = etree.SubElement(target, _m("m"))
    for line in _kids(source):
        row = etree.SubElement(matrix, _m("mr"))
        for place in _kids(line):
            _children(place, etree.SubElement(row, _m("e")))


def _nary(parts: list[Element], position: int, target: Element) -> int:
    """A sum or integral sign with its limits and what follows it in the row; 0 when there is none here."""
    source = parts[position]
    kind = _name(source)
    base = _nth(source, 0)
    if kind not in {"munderover", "msubsup", "munder", "msub"} or base is None or _operator(base) not in _NARY:
        return 0
    if not _operator(base):
        return 0
    element = etree.SubElement(target, _m("nary"))
    both = kind in {"munderover", "msubsup"}
    place = "undOvr" if kind.startswith("munder") else "subSup"
    hidden = {} if both else {"supHide": "1"}
    _property(element, "naryPr", chr=_operator(base), limLoc=place, **hidden)
    _argument(element, "sub", _nth(source, 1))
    _argument(element, "sup", _nth(source, 2) if both else None)
    body = etree.SubElement(element, _m("e"))
    if position + 1 < len(parts):
        _convert(parts[position + 1], body)
        return position + 2
    return position + 1


def _semantics(source: Element, target: Element) -> None:
    """``semantics``: the presentation is its first child, the rest are annotations."""
    first = _nth(source, 0)
    if first is not None:
        _convert(first, target)


def _nothing(source: Element, target: Element) -> None:
    """Space and phantoms print nothing."""


_ELEMENTS: dict[str, Callable[[Element, Element], None]] = {
    "mi": _token,
    "mn": _token,
    "mo": _token,
    "mtext": _token,
    "ms": _token,
    "mrow": _row,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "msup": _scripts("sSup", "e", "sup"),
    "msub": _scripts("sSub", "e", "sub"),
    "msubsup": _scripts("sSubSup", "e", "sub", "sup"),
    "munder": _scripts("limLow", "e", "lim"),
    "mover": _over,
    "munderover": _under_over,
    "mfenced": _fenced,
    "mtable": _matrix,
    "semantics": _semantics,
    "mspace": _nothing,
    "mphantom": _nothing,
    "annotation": _nothing,
    "annotation-xml": _nothing,
}
