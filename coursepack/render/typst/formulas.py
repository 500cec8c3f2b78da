"""Office Math (ECMA-376 Part 1, 22.1) as nodes that ``paper.typ`` sets, and as a line of text that a reader speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from coursepack.render.typst.known import refuse
from coursepack.render.wml import Element, M

Node = dict[str, Any]


def formula(element: Element) -> tuple[list[Node], str]:
    """The nodes of ``m:oMath`` and its alternative text. Raises ``UnknownElementError``."""
    nodes = list(_all(element))
    return nodes, alternative_text(nodes)


def _m(name: str) -> str:
    return f"{{{M}}}{name}"


def _value(element: Element | None, path: str, default: str = "") -> str:
    found = element.find("/".join(_m(name) for name in path.split("/"))) if element is not None else None
    return default if found is None else found.get(_m("val"), default)


def _all(element: Element | None) -> Iterator[Node]:
    for child in element if element is not None else ():
        if not isinstance(child.tag, str) or etree.QName(child).localname.endswith("Pr"):
            continue
        if child.tag not in _KINDS:
            raise refuse(child)
        yield _KINDS[child.tag](child)


def _part(element: Element, name: str) -> list[Node]:
    return list(_all(element.find(_m(name))))


def _run(element: Element) -> Node:
    text = "".join(piece.text or "" for piece in element.iter(_m("t")))
    upright = element.find(f"{_m('rPr')}/{_m('nor')}") is not None
    plain = _value(element, "rPr/sty") == "p"
    return {"k": "text" if upright else "upright" if plain and len(text) > 1 else "letters", "t": text}


def _of(kind: str, *names: str) -> Callable[[Element], Node]:
    return lambda element: {"k": kind} | {name: _part(element, name) for name in names}


def _fraction(element: Element) -> Node:
    bar = _value(element, "fPr/type") != "noBar"
    return {"k": "fraction", "num": _part(element, "num"), "den": _part(element, "den"), "bar": bar}


def _fence(element: Element) -> Node:
    properties = element.find(_m("dPr"))
    parts = [list(_all(part)) for part in element.findall(_m("e"))]
    begin, end = (_value(properties, name, mark) for name, mark in (("begChr", "("), ("endChr", ")")))
    return {"k": "fence", "begin": begin, "end": end, "sign": _value(properties, "sepChr", "|"), "parts": parts}


def _accent(element: Element) -> Node:
    return {"k": "accent", "e": _part(element, "e"), "sign": _value(element, "accPr/chr", "\u0302")}


def _bar(element: Element) -> Node:
    return {"k": "bar", "e": _part(element, "e"), "top": _value(element, "barPr/pos") == "top"}


def _large(element: Element) -> Node:
    return {
        "k": "large",
        "sign": _value(element, "naryPr/chr", "∫"),
        "around": _value(element, "naryPr/limLoc") == "undOvr",
        **{name: _part(element, name) for name in ("sub", "sup", "e")},
    }


def _matrix(element: Element) -> Node:
    return {"k": "matrix", "rows": [[list(_all(e)) for e in row.findall(_m("e"))] for row in element.findall(_m("mr"))]}


_KINDS: dict[str, Callable[[Element], Node]] = {
    _m("r"): _run,
    _m("f"): _fraction,
    _m("rad"): _of("root", "deg", "e"),
    _m("sSup"): _of("scripts", "e", "sup"),
    _m("sSub"): _of("scripts", "e", "sub"),
    _m("sSubSup"): _of("scripts", "e", "sub", "sup"),
    _m("limLow"): _of("below", "e", "lim"),
    _m("limUpp"): _of("above", "e", "lim"),
    _m("bar"): _bar,
    _m("acc"): _accent,
    _m("d"): _fence,
    _m("nary"): _large,
    _m("m"): _matrix,
}


# --- what is spoken -----------------------------------------------------------------------------------------------


def alternative_text(nodes: list[Node]) -> str:
    """A formula as a line: «x = (−b ± √(b^2 − 4ac))/(2a)»."""
    return "".join(_SPOKEN[node["k"]](node) for node in nodes)


def _group(nodes: list[Node]) -> str:
    text = alternative_text(nodes)
    return text if len(text) < 2 or text.isdigit() else f"({text})"


def _raised(sign: str, nodes: list[Node] | None) -> str:
    return f"{sign}{_group(nodes)}" if nodes else ""


def _root_line(node: Node) -> str:
    degree = alternative_text(node["deg"])
    return f"{degree}√{_group(node['e'])}"


def _fence_line(node: Node) -> str:
    inside = str(node["sign"]).join(map(alternative_text, node["parts"]))
    return f"{node['begin']}{inside}{node['end']}"


def _large_line(node: Node) -> str:
    return f"{node['sign']}{_raised('_', node['sub'])}{_raised('^', node['sup'])} {alternative_text(node['e'])}"


def _matrix_line(node: Node) -> str:
    return "[" + "; ".join(", ".join(map(alternative_text, row)) for row in node["rows"]) + "]"


_SPOKEN: dict[str, Callable[[Node], str]] = {
    "text": lambda node: str(node["t"]),
    "upright": lambda node: str(node["t"]),
    "letters": lambda node: str(node["t"]),
    "fraction": lambda node: f"{_group(node['num'])}/{_group(node['den'])}",
    "root": _root_line,
    "scripts": lambda node: _group(node["e"]) + _raised("_", node.get("sub")) + _raised("^", node.get("sup")),
    "below": lambda node: _group(node["e"]) + _raised("_", node["lim"]),
    "above": lambda node: _group(node["e"]) + _raised("^", node["lim"]),
    "bar": lambda node: _group(node["e"]) + ("\u0305" if node["top"] else "\u0332"),
    "accent": lambda node: _group(node["e"]) + str(node["sign"]),
    "fence": _fence_line,
    "large": _large_line,
    "matrix": _matrix_line,
}
