"""Trees of HTML as XHTML, the syntax of EPUB content documents (EPUB 3.3, 6.1): namespaces, roles, sound addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlsplit

from lxml import etree

from coursepack.files import media
from coursepack.files.xml import legal

Element = etree._Element

XHTML = "http://www.w3.org/1999/xhtml"
MATHML = "http://www.w3.org/1998/Math/MathML"
OPS = "http://www.idpf.org/2007/ops"
_XML = "http://www.w3.org/XML/1998/namespace"
_TYPE = f"{{{OPS}}}type"

NOTE, MARK, BREAK = "footnote", "noteref", "pagebreak"
"""Classes that the renderer gives, and that become what EPUB calls them."""
_KINDS: Mapping[str, tuple[str, str, str]] = {
    NOTE: ("aside", "footnote", "doc-footnote"),
    MARK: ("a", "noteref", "doc-noteref"),
    BREAK: ("span", "pagebreak", "doc-pagebreak"),
}
"""Class → element, ``epub:type`` (EPUB 3 Structural Semantics Vocabulary 1.1), role (DPUB-ARIA 1.1)."""

# What a book does not need of a web page: who scrolls a box or opens a window is the reading system.
_DROPPED = ("target", "rel", "tabindex", "download", "preload", "xmlns")


def typed(element: Element, kind: str, role: str | None = None) -> Element:
    """The element with its ``epub:type`` and role."""
    element.set(_TYPE, kind)
    if role:
        element.set("role", role)
    return element


def converted(root: Element) -> Element:
    """The tree in its namespaces, changed in place: XHTML, and MathML inside ``math``."""
    formulas: list[Element] = []
    for element in list(root.iter()):
        _attributes(element)
        if element.tag == "math":
            formulas.append(element)
        if any(above.tag == "math" for above in (element, *element.iterancestors())):
            continue
        for name in element.get("class", "").split():
            if name in _KINDS:
                tag, kind, role = _KINDS[name]
                element.tag = tag
                typed(element, kind, role)
        if element.get("role") == "region":  # a box that scrolls on a page
            del element.attrib["role"]
            element.attrib.pop("aria-label", "")
        element.tag = f"{{{XHTML}}}{element.tag}"
    for formula in formulas:
        if (above := formula.getparent()) is not None:
            above.replace(formula, _formula(formula, None))
    return root


def _formula(found: Element, parent: Element | None) -> Element:
    """A formula anew, its namespace the one without a prefix: so it is known again by who reads letters."""
    tag = f"{{{MATHML}}}{found.tag}"
    plain: dict[str, str] = {None: MATHML}  # type: ignore[dict-item]  # the stubs know no default prefix
    result = etree.Element(tag, nsmap=plain) if parent is None else etree.SubElement(parent, tag)
    result.attrib.update(found.attrib)
    result.text, result.tail = found.text, found.tail
    for child in found:
        _formula(child, result)
    return result


def _attributes(element: Element) -> None:
    for name in _DROPPED:
        element.attrib.pop(name, "")
    if language := element.get("lang"):
        element.set(f"{{{_XML}}}lang", language)
    if (address := element.get("href")) is not None and not address.startswith("#"):
        sound = outside(address)
        if sound is None and element.tag == "a":
            del element.attrib["href"]
        elif sound is not None:
            element.set("href", sound)


def outside(address: str) -> str | None:
    """An address as the URL Standard writes it, or None for one that no browser can follow."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme in {"http", "https", "ftp"}:
        try:
            named = (host or "").encode("idna").decode() if host and not host.isascii() else host
        except UnicodeError:
            return None
        if not named or any(c in named for c in ' <>"{}|\\^`%#/?@'):
            return None
        if not (host or "").isascii():
            address = address.replace(parts.netloc, parts.netloc.lower().replace(host or "", named), 1)
    return quote(address, safe="%:/?#[]@!$&'()*+,;=~-._")


def out_of_nowhere(root: Element, ids: Mapping[str, frozenset[str]], here: str) -> None:
    """Links inside the book that lead to nothing lose their address; their letters stay."""
    for link in root.iter(f"{{{XHTML}}}a"):
        address = link.get("href", "")
        path, _, target = address.partition("#")
        if not urlsplit(address).scheme and target and target not in ids.get(path or here, frozenset()):
            del link.attrib["href"]
            link.attrib.pop(_TYPE, "")
            link.attrib.pop("role", "")


def ids(root: Element) -> frozenset[str]:
    """Every id of a tree."""
    return frozenset(str(each.get("id")) for each in root.iter() if each.get("id"))


def document(title: str, language: str, body: Iterable[Element], *, style: str, kind: str = "bodymatter") -> Element:
    """A content document; ``style`` is the address of its style sheet, ``kind`` what part of a book it is."""
    names: dict[str, str] = {None: XHTML, "epub": OPS}  # type: ignore[dict-item]  # the stubs know no default prefix
    root = etree.Element(f"{{{XHTML}}}html", nsmap=names)
    root.set("lang", language)
    root.set(f"{{{_XML}}}lang", language)
    head = etree.SubElement(root, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}title").text = legal(title)
    etree.SubElement(head, f"{{{XHTML}}}link", rel="stylesheet", type=media.KINDS["css"].type, href=style)
    inner = typed(etree.SubElement(root, f"{{{XHTML}}}body"), kind)
    inner.extend(body)
    return root


def written(root: Element) -> bytes:
    """The bytes of a document."""
    text = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def element(tag: str, *inner: Element | str, **attributes: str) -> Element:
    """An XHTML element with what is in it. ``class_`` is written ``class``."""
    result = etree.Element(
        f"{{{XHTML}}}{tag}", {name.rstrip("_").replace("_", "-"): v for name, v in attributes.items()}
    )
    for part in inner:
        if not isinstance(part, str):
            result.append(part)
        elif len(result):
            result[-1].tail = (result[-1].tail or "") + legal(part)
        else:
            result.text = (result.text or "") + legal(part)
    return result
