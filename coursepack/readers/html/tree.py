"""HTML of others as a tree: only what is a tag becomes one, every other sign stays a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from lxml import etree

from coursepack.files.xml import crowded

Element = etree._Element

BLOCK = frozenset(
    """
    address article aside blockquote body center details dd div dl dt fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul caption
    """.split()  # noqa: SIM905 - words read better than a list of strings
)
INLINE = frozenset(
    """
    a abbr acronym audio b bdi bdo big br button cite code del dfn em embed font i iframe img input ins kbd label
    mark math object q s samp script select small source span strike strong style sub sup svg textarea tt u var
    track video wbr annotation semantics maction menclose merror mfenced mfrac mi mmultiscripts mn mo mover mpadded
    mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
    none col colgroup meta link title head noscript o:p
    """.split()  # noqa: SIM905 - words read better than a list of strings
)
_NOT_A_TAG = re.compile(r"<(?!/?([A-Za-z][A-Za-z0-9:]*)(?=[\s/>])|!--)")
_UNKNOWN_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9:]*)(?=[\s/>])")
_DRAWING = re.compile(r"<svg\b[^<>]*>", re.IGNORECASE)
_DRAWN = re.compile(r"</svg\s*>", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DEEP = 200
_MARKUP = re.compile(r"</?[A-Za-z][A-Za-z0-9:]*(?:\s[^<>]*)?/?>|&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[0-9A-Fa-f]{2,5});")


def has_markup(text: str) -> bool:
    """True when a text holds an HTML tag that is known here, or an entity."""
    for found in _MARKUP.finditer(text):
        name = _UNKNOWN_TAG.match(found[0])
        if name is None or name[1].lower() in BLOCK or name[1].lower() in INLINE:
            return True
    return False


def parse(html: str) -> Element | None:
    text = _CONTROL.sub("", html)
    text = _NOT_A_TAG.sub("&lt;", text)
    text = "".join(_known_tags(text))
    if not text.strip() or crowded(text):
        return None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = etree.fromstring(f"<html><body>{text}</body></html>".encode(), parser)
    return None if root is None else root.find("body")


def cut_short(html: str, root: Element) -> bool:
    """True when the parser gave up inside (libxml2 follows some 250 tags inside one another)."""
    if html.count("<") < _DEEP:
        return False
    depth = max((sum(1 for _ in e.iterancestors()) for e in root.iter() if not len(e)), default=0)
    return depth >= _DEEP or not all_text(root).strip()


def _known_tags(text: str) -> Iterator[str]:
    """The text with letters for unknown tags; a drawing has names of its own."""
    at = 0
    while (begins := _DRAWING.search(text, at)) and (ends := _DRAWN.search(text, begins.end())):
        yield _UNKNOWN_TAG.sub(_letters_of_unknown, text[at : begins.start()])
        yield text[begins.start() : ends.end()]
        at = ends.end()
    yield _UNKNOWN_TAG.sub(_letters_of_unknown, text[at:])


def _letters_of_unknown(tag: re.Match[str]) -> str:
    return tag[0] if _known(tag[1]) else "&lt;" + tag[0][1:]


def _known(name: str) -> bool:
    return name.lower() in BLOCK or name.lower() in INLINE


def all_text(element: Element) -> str:
    return "".join(str(text) for text in element.itertext())


def empty(element: Element) -> None:
    """Take out what is inside an element; what follows it stays."""
    tail = element.tail
    element.clear()
    element.tail = tail


def number(text: str | None) -> int | None:
    found = re.match(r"\s*(\d{1,6})(?:\.\d+)?\s*(?:px\s*)?$", text or "")
    return int(found[1]) or None if found else None


def letters(html: str) -> str:
    """The letters of a text alone, its tags left out."""
    return " ".join(unescape(_MARKUP.sub(" ", html)).split())
