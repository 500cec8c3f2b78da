"""What stands inside a paragraph of HTML: blanks as a browser shows them, TeX between brackets, MathML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import partial

from lxml import etree

from coursepack.model.blocks import Inline, Run, with_text
from coursepack.readers import mathml
from coursepack.readers.html.tree import Element
from coursepack.readers.typed import has_tex, with_formulas

BLANKS = re.compile(r"[ \t\r\n\f]+")
BREAK = "\u2028"

# What the root says of its place, its plain reading and its TeX is the model's to say.
_OF_THE_ROOT = frozenset({"display", "xmlns", "alttext", "data-tex"})
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def copy_math(source: Element, target: Element) -> None:
    """The inside of a formula as MathML, name by name; what it may hold is the cleaner's to say."""
    target.text = source.text
    for key, value in source.attrib.items():
        name = "href" if key == "xlink:href" else str(key)
        if name not in _OF_THE_ROOT and _NAME.fullmatch(name):
            target.set(name, value)
    for child in source.iterchildren("*"):
        name = str(child.tag)
        result = etree.SubElement(target, f"{{{mathml.NS}}}{name if _NAME.fullmatch(name) else 'mrow'}")
        copy_math(child, result)
        result.tail = child.tail


def collapse(items: Iterable[Inline], *, tex: bool, reported: Counter[str] | None = None) -> list[Inline]:
    """Blanks as a browser shows them: one for many, none at the edge of a line."""
    out: list[Inline] = []
    at_edge = True
    for item in items:
        if not isinstance(item, Run):
            out.append(item)
            at_edge = False
            continue
        text = BLANKS.sub(" ", item.text)
        text = re.sub(rf" ?{BREAK} ?", "\n", text)
        if at_edge and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        if text.startswith("\n"):
            _cut_blank(out)
        at_edge = text[-1] in " \n"
        out.extend(
            with_formulas(text, partial(with_text, item), reported)
            if tex and has_tex(text, item)
            else [with_text(item, text)]
        )
    return out


def _cut_blank(items: list[Inline]) -> None:
    last = items[-1] if items else None
    if isinstance(last, Run) and last.text.endswith(" "):
        items[-1] = with_text(last, last.text[:-1])
