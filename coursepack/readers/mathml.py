"""Presentation MathML: how formulas of every source travel, and how one is read aloud in plain letters."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from lxml import etree

from coursepack.files.xml import parse_xml
from coursepack.markup import formulas
from coursepack.markup.tex import safe as safe_tex
from coursepack.model.blocks import Math
from coursepack.readers.inline import local

NS = "http://www.w3.org/1998/Math/MathML"
Element = etree._Element

_SUPER = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUB = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_LARGE = frozenset("∑∏∫∬∭∮⋃⋂∐")
_ACCENTS = {"^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "¯": "\u0304", "―": "\u0304", "→": "\u20d7"}


_NSMAP: Any = {None: NS}


def root_element(*, display: bool) -> Element:
    """An empty ``<math>`` to build in."""
    root = etree.Element(f"{{{NS}}}math", nsmap=_NSMAP)
    if display:
        root.set("display", "block")
    return root


def math(root: Element, *, tex: str | None = None, reported: Counter[str] | None = None) -> Math:
    """A formula of the model from a ``<math>`` element (any prefix), cleaned; ``text`` is its plain reading.

    ``reported`` counts what was taken out.
    """
    formulas.clean(root, reported)
    source = etree.tostring(root, encoding="unicode", with_tail=False)
    return Math(mathml=source, tex=safe_tex(tex, reported), text=text_of(root))


def of_tex(tex: str, *, display: bool = False, reported: Counter[str] | None = None) -> Math | None:
    """A formula typed in TeX, or None when the converter does not understand it."""
    from latex2mathml.converter import convert

    try:
        root = parse_xml(convert(tex, display="block" if display else "inline").encode())
    except Exception:  # the converter answers odd TeX with whatever its code stumbles over
        return None
    for part in root.iter():
        if "stretchy" in part.attrib:
            del part.attrib["stretchy"]
    return math(root, tex=tex.strip(), reported=reported)


_DISPLAY = re.compile(r'^(<math[^>]*?) display="(\w+)"')


def is_display(formula: Math) -> bool:
    """True for a formula that was written to stand on a line of its own."""
    found = _DISPLAY.match(formula.mathml)
    return found is not None and found[2] == "block"


def placed(formula: Math) -> Math:
    """The formula without the word that says where it stands: in the model the block says so."""
    plain = _DISPLAY.sub(r"\1", formula.mathml)
    return formula if plain == formula.mathml else Math(mathml=plain, tex=formula.tex, text=formula.text)


def text_of(element: Element) -> str:
    """The formula on one line: «x²+1», «(a+b)/c», «√(x)», «∑_(i=1)^n»."""
    name = local(element.tag) if isinstance(element.tag, str) else ""
    if name in {"mi", "mn", "mo", "mtext", "ms"}:
        return _token(name, element.text or "")
    if name in {"annotation", "annotation-xml"}:
        return ""
    if name == "mspace":
        return " "
    parts = [text_of(child) for child in element.iterchildren("*")]
    make = _SHAPES.get(name)
    if make is not None and parts:
        return make([*parts, "", "", ""])
    if name == "mtable":
        return "[" + "; ".join(parts) + "]"
    if name == "mtr":
        return ", ".join(parts)
    if name == "mfenced":
        return element.get("open", "(") + ", ".join(parts) + element.get("close", ")")
    if name == "mmultiscripts":
        return parts[0] if parts else ""
    return "".join(parts)


def _token(name: str, text: str) -> str:
    text = " ".join(text.split()) if name != "mtext" else text
    return "" if text in {"\u2061", "\u2062", "\u2063", "\u2064"} else text


def _group(text: str) -> str:
    whole = len(text) <= 1 or text.isalnum() or (text[0] in "(√" and text[-1] == ")" and text.count("(") == 1)
    return text if whole else f"({text})"


def _script(text: str, table: dict[int, int], sign: str) -> str:
    if text and all(ord(c) in table for c in text):
        return text.translate(table)
    return f"{sign}{_group(text)}" if text else ""


def _base(text: str) -> str:
    return text if text in _LARGE else _group(text)


def _root(parts: list[str]) -> str:
    return (parts[1].translate(_SUPER) if parts[1] else "") + f"√({parts[0]})"


def _over(parts: list[str]) -> str:
    if len(parts[0]) == 1 and parts[1] in _ACCENTS:
        return parts[0] + _ACCENTS[parts[1]]
    if parts[1] in {"‾", "_", "⏞", "⏟", "¯", *_ACCENTS}:
        return parts[0]
    return _base(parts[0]) + _script(parts[1], _SUPER, "^")


_SHAPES = {
    "mfrac": lambda p: f"{_group(p[0])}/{_group(p[1])}",
    "msup": lambda p: _base(p[0]) + _script(p[1], _SUPER, "^"),
    "msub": lambda p: _base(p[0]) + _script(p[1], _SUB, "_"),
    "msubsup": lambda p: _base(p[0]) + _script(p[1], _SUB, "_") + _script(p[2], _SUPER, "^"),
    "munder": lambda p: _base(p[0]) + _script(p[1], _SUB, "_"),
    "mover": _over,
    "munderover": lambda p: _base(p[0]) + _script(p[1], _SUB, "_") + _script(p[2], _SUPER, "^"),
    "msqrt": lambda p: f"√({''.join(p)})",
    "mroot": _root,
}
