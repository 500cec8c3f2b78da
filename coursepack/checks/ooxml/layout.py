"""What a Word document says and no page can show: pictures of no size or on another's disk, pages without room, styles
that rest on nothing, blanks that a reader drops.

Sources: ECMA-376 Part 1, 17.6.11–13 (pages), 17.7.4.3 (basedOn), 20.4.2.7 (extent); Part 3 and XML 1.0, 2.10 (blanks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from coursepack.checks.detect import head
from coursepack.checks.ooxml.opc import Opc, line_of
from coursepack.files import media
from coursepack.files.package import Package
from coursepack.place import Finding, warning

Element = etree._Element

_EXTENT = (
    "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent",
    "{http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing}extent",
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OWN_DISK = re.compile(r"file:|[a-z]:[\\/]|\\\\", re.IGNORECASE)
_LOADED = frozenset({"image", "attachedTemplate", "oleObject", "frame", "subDocument"})
"""Relationships whose target a word processor opens without being asked."""
_DEEP = 64
"""Styles that rest on one another; Word stops far below."""


def layout_findings(package: Package, opc: Opc, main: str, space: str) -> Iterator[Finding]:
    """All of it for the parts of a document."""
    yield from _outside(package, opc)
    yield from _pictures(package, opc)
    for part in dict.fromkeys([main, *(one for kind in ("header", "footer") for one in opc.related(main, kind))]):
        root = opc.trees.get(part)
        if root is not None:
            yield from _shown(package, part, root, space)
    for part in opc.related(main, "styles"):
        root = opc.trees.get(part)
        if root is not None:
            yield from _styles(package, part, root, space)


def _outside(package: Package, opc: Opc) -> Iterator[Finding]:
    for source, relationships in opc.relationships.items():
        for relation in relationships:
            if not relation.external or relation.kind not in _LOADED:
                continue
            target = relation.target[:100]
            if _OWN_DISK.match(relation.target):
                message = f"shows {target!r}, which is on the author's own machine ({relation.kind})"
                yield warning("ooxml-own-machine", message, package.place(source or None), "put it into the document")
            elif relation.kind != "image":
                message = f"opens {target!r} from a network without asking ({relation.kind})"
                yield warning("ooxml-outside", message, package.place(source or None), "take the reference out")


def _pictures(package: Package, opc: Opc) -> Iterator[Finding]:
    for name, kind in opc.types.items():
        if not kind.startswith("image/") or not package.size(name):
            continue
        begun = head(package, name, 1024)
        wanted = next((one for one in media.KINDS.values() if kind in one.types and one.signatures), None)
        if wanted is None or wanted.resembles(begun):
            continue
        found = next((one for one in media.KINDS.values() if one.pixels and one.signatures and one.begins(begun)), None)
        if found is not None:
            message = f"the picture is {found.name}, and the package calls it {wanted.name}"
            yield warning("ooxml-picture-kind", message, package.place(name), "some programs show nothing")


def _shown(package: Package, part: str, root: Element, space: str) -> Iterator[Finding]:
    def w(name: str) -> str:
        return f"{{{space}}}{name}"

    for extent in root.iter(*_EXTENT):
        if "0" in {extent.get("cx"), extent.get("cy")}:
            yield warning("ooxml-size", "a picture has no width or no height", package.place(part, line_of(extent)))
    for section in root.iter(w("sectPr")):
        page, margins = section.find(w("pgSz")), section.find(w("pgMar"))
        wide = None if page is None else _number(page.get(w("w")))
        if page is not None and (wide == 0 or _number(page.get(w("h"))) == 0):
            yield warning("ooxml-page", "a page has no width or no height", package.place(part, line_of(page)))
        elif wide is not None and margins is not None:
            sides = [_number(margins.get(w(side))) for side in ("left", "right")]
            if sum(side or 0 for side in sides) >= wide:
                message = "the margins leave no room for text"
                yield warning("ooxml-page", message, package.place(part, line_of(margins)))
    dropped = [text for text in root.iter(w("t")) if _drops(text)]
    if dropped:
        message = f"{len(dropped)} texts begin or end with a blank and do not keep it (xml:space): words run together"
        yield warning("ooxml-space", message, package.place(part, line_of(dropped[0])), 'write xml:space="preserve"')


def _drops(text: Element) -> bool:
    stated = text.text or ""
    return stated != stated.strip(" ") and bool(stated.strip()) and text.get(_SPACE) != "preserve"


def _number(text: str | None) -> int | None:
    return int(text) if text and text.lstrip("-").isdigit() else None


def _styles(package: Package, part: str, root: Element, space: str) -> Iterator[Finding]:
    def w(name: str) -> str:
        return f"{{{space}}}{name}"

    below: dict[str, str] = {}
    defaults: dict[str, int] = {}
    styles = list(root.iter(w("style")))
    for style in styles:
        base = style.find(w("basedOn"))
        below[style.get(w("styleId")) or ""] = "" if base is None else base.get(w("val")) or ""
        if style.get(w("default")) in {"1", "true", "on"}:
            kind = style.get(w("type")) or "paragraph"
            defaults[kind] = defaults.get(kind, 0) + 1
    for kind, times in defaults.items():
        if times > 1:
            yield warning("ooxml-style-default", f"{times} styles are the default of {kind}", package.place(part))
    for style in styles:
        name, here = style.get(w("styleId")) or "", below[style.get(w("styleId")) or ""]
        place = package.place(part, line_of(style))
        if here and here not in below:
            yield warning("ooxml-style-base", f"the style {name!r} rests on {here!r}, which is not there", place)
        seen = 0
        while here and here != name and seen < _DEEP:
            here, seen = below.get(here, ""), seen + 1
        if here == name and name:
            yield warning("ooxml-style-base", f"the style {name!r} rests on itself", place)
