"""Texts of QTI 1.2 (``material``) as HTML, in every way that programs write them.

Sources: IMS QTI 1.2, ASI Information Model, 3.4; Blackboard keeps its own in ``mat_formattedtext``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html import escape

from lxml import etree

from coursepack.files.media import KINDS
from coursepack.readers.html.tree import has_markup

Element = etree._Element
_WHOLE_MARKUP = re.compile(
    r"\s*<(p|div|span|table|ul|ol|img|h[1-6]|b|strong|em|i|font|pre|br)\b.*>\s*", re.DOTALL | re.IGNORECASE
)
_HTML = frozenset({"text/html", "text/xhtml", KINDS["xhtml"].type, "html"})
_SMART = frozenset({"HTML", "SMART_TEXT"})


def html(element: Element, lost: Counter[str]) -> str:
    """The HTML of all materials in an element, in their order."""
    parts = [_one(each, lost) for each in element.iter("material", "mattext") if _is_outermost(each)]
    return "".join(part if _is_block(part) else f"<div>{part}</div>" for part in parts if part.strip())


def line(element: Element, lost: Counter[str]) -> str:
    """The same, to stand in a line."""
    parts = [_one(each, lost) for each in element.iter("material", "mattext") if _is_outermost(each)]
    return " ".join(part for part in parts if part.strip())


def _is_outermost(element: Element) -> bool:
    return element.tag == "material" or not any(up.tag == "material" for up in element.iterancestors())


def _is_block(part: str) -> bool:
    return re.match(r"\s*<(?:p|div|table|ul|ol|h[1-6]|pre|blockquote)\b", part, re.IGNORECASE) is not None


def _one(material: Element, lost: Counter[str]) -> str:
    if material.tag == "mattext":
        return _text(material, lost)
    parts = []
    for each in material.iter("*"):
        make = _MAKERS.get(str(each.tag))
        if make is not None:
            parts.append(make(each, lost))
    return " ".join(part for part in parts if part)


def _text(element: Element, lost: Counter[str]) -> str:
    if element.get("uri") and not (element.text or "").strip() and not len(element):
        lost["a text in a file of its own (mattext uri)"] += 1
        return ""
    if len(element):
        inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
        return escape(element.text or "", quote=False) + inner
    text = element.text or ""
    if element.get("texttype", "").lower() in _HTML or is_markup(text):
        return text
    return as_html(text)


def is_markup(text: str) -> bool:
    """Whether a text that nobody calls HTML is nothing else from its first letter to its last."""
    return _WHOLE_MARKUP.fullmatch(text) is not None and has_markup(text)


def as_html(text: str) -> str:
    """Plain text with its lines."""
    parts = [escape(part.strip(), quote=False) for part in re.split(r"\n[ \t]*\r?\n", text.replace("\r\n", "\n"))]
    lined = [part.replace("\n", "<br>") for part in parts if part]
    return lined[0] if len(lined) == 1 else "".join(f"<p>{part}</p>" for part in lined)


def _formatted(element: Element, lost: Counter[str]) -> str:
    text = "".join(map(str, element.itertext()))
    return text if element.get("type", "HTML") in _SMART else as_html(text)


def _image(element: Element, _: Counter[str]) -> str:
    address = element.get("uri", "")
    if element.get("embedded", "").lower() == "base64":
        kind = element.get("imagtype", "") or KINDS["png"].type
        address = f"data:{kind};base64,{''.join((element.text or '').split())}"
    size = "".join(f' {name}="{escape(element.get(name, ""))}"' for name in ("width", "height") if element.get(name))
    return f'<img src="{escape(address)}" alt="{escape(element.get("label", ""))}"{size}>' if address else ""


def _player(tag: str) -> Callable[[Element, Counter[str]], str]:
    def result(element: Element, _: Counter[str]) -> str:
        address = element.get("uri", "")
        return f'<{tag} src="{escape(address)}"></{tag}>' if address else ""

    return result


def _file(element: Element, _: Counter[str]) -> str:
    address = element.get("uri", "")
    name = element.get("label", "") or address.rpartition("/")[2]
    return f'<a href="{escape(address)}">{escape(name)}</a>' if address else ""


def _reference(element: Element, lost: Counter[str]) -> str:
    lost["a text stored elsewhere (matref)"] += 1
    return ""


_MAKERS: dict[str, Callable[[Element, Counter[str]], str]] = {
    "mattext": _text,
    "matemtext": lambda element, lost: f"<em>{_text(element, lost)}</em>",
    "mat_formattedtext": _formatted,
    "matimage": _image,
    "mataudio": _player("audio"),
    "matvideo": _player("video"),
    "matapplication": _file,
    "matapplet": _file,
    "matbreak": lambda *_: "<br>",
    "matref": _reference,
    "mat_extension": lambda *_: "",
}
