"""What stands inside a paragraph of HTML: blanks as a browser shows them, TeX between brackets, MathML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from lxml import etree

from coursepack.course import Inline, Run
from coursepack.readers import mathml
from coursepack.readers.html_tree import Element
from coursepack.readers.inline import with_text

_BLANKS = re.compile(r"[ \t\r\n\f]+")
BREAK = "\u2028"
_CLOSINGS = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_OPENING = re.compile(r"\\\(|\\\[|\$\$")


def with_formulas(text: str, make: Callable[[str], Run]) -> list[Inline]:
    """Text with TeX between ``\\( \\)``, ``\\[ \\]`` or ``$$ $$`` as runs and formulas."""
    items: list[Inline] = []
    at = 0
    for start, end, opening in _formulas(text):
        formula = mathml.of_tex(text[start + 2 : end - 2], display=opening != "\\(")
        if formula is None:
            continue
        if start > at:
            items.append(make(text[at:start]))
        items.append(formula)
        at = end
    if at < len(text):
        items.append(make(text[at:]))
    return items


def _formulas(text: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each formula with its signs, and the first of them; one that is not closed is none."""
    at = 0
    open_ended: set[str] = set()
    while found := _OPENING.search(text, at):
        opening = found[0]
        end = -1 if opening in open_ended else text.find(_CLOSINGS[opening], found.end() + 1)
        if end < 0:
            open_ended.add(opening)  # nor is any after it
            at = found.start() + 1
        else:
            yield found.start(), end + 2, opening
            at = end + 2


_MATH_ATTRIBUTES = frozenset(
    """
    accent accentunder bevelled class close columnalign columnspan displaystyle encoding fence linethickness lspace
    mathsize mathvariant notation open rowalign rowspan rspace scriptlevel separator separators stretchy width
    """.split()  # noqa: SIM905 - words read better than a list of strings
)


def copy_math(source: Element, target: Element) -> None:
    target.text = source.text
    for key, value in source.attrib.items():
        if key in _MATH_ATTRIBUTES:
            target.set(key, value)
    for child in source.iterchildren("*"):
        name = str(child.tag)
        made = etree.SubElement(target, f"{{{mathml.NS}}}{name if name.isalnum() else 'mrow'}")
        copy_math(child, made)
        made.tail = child.tail


def collapse(items: Iterable[Inline], *, tex: bool) -> list[Inline]:
    """Blanks as a browser shows them: one for many, none at the edge of a line."""
    out: list[Inline] = []
    at_edge = True
    for item in items:
        if not isinstance(item, Run):
            out.append(item)
            at_edge = False
            continue
        text = _BLANKS.sub(" ", item.text)
        text = re.sub(rf" ?{BREAK} ?", "\n", text)
        if at_edge and text.startswith(" "):
            text = text[1:]
        if not text:
            continue
        if text.startswith("\n"):
            _cut_blank(out)
        at_edge = text[-1] in " \n"
        out.extend(
            with_formulas(text, partial(with_text, item)) if tex and _has_tex(text, item) else [with_text(item, text)]
        )
    return out


def _has_tex(text: str, run: Run) -> bool:
    return not run.code and ("\\(" in text or "$$" in text or "\\[" in text)


def _cut_blank(items: list[Inline]) -> None:
    last = items[-1] if items else None
    if isinstance(last, Run) and last.text.endswith(" "):
        items[-1] = with_text(last, last.text[:-1])
