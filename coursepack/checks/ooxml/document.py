"""The layer ``ooxml``: a Word document, ours or another's.

Every DOCX: the container (``opc``), the main part, what refers to what (relationships, styles, lists, footnotes,
bookmarks, fields), and the order of elements that Word insists on. Ours (closed): every part also against our own
profile schemas, the text of a picture and the properties of the document. A paper made from a department's own template
is judged openly (``ooxml-open``): its letterhead may hold what our profile does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from lxml import etree

from coursepack.checks import Grammar, official
from coursepack.checks.ooxml import opc
from coursepack.checks.ooxml.attributes import attribute_findings
from coursepack.checks.ooxml.enumerations import enumeration_findings
from coursepack.checks.ooxml.layout import layout_findings
from coursepack.checks.ooxml.opc import Opc
from coursepack.checks.ooxml.properties import property_findings
from coursepack.checks.ooxml.story import OoxmlStory, story_findings
from coursepack.checks.ooxml.stray import stray_text
from coursepack.checks.ooxml.words import word_findings
from coursepack.checks.xml import MOST, judged, short, violations
from coursepack.files import media
from coursepack.files.package import Package
from coursepack.place import Finding, Severity, error, warning

Element = etree._Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

_MAIN = "wordprocessingml.document.main+xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PROFILES = {
    f"{_WORD}document.main+xml": "wml",
    f"{_WORD}styles+xml": "wml",
    f"{_WORD}numbering+xml": "wml",
    f"{_WORD}settings+xml": "wml",
    f"{_WORD}footnotes+xml": "wml",
    f"{_WORD}header+xml": "wml",
    f"{_WORD}footer+xml": "wml",
    "application/vnd.openxmlformats-package.core-properties+xml": "core-properties",
    "application/vnd.openxmlformats-officedocument.extended-properties+xml": "extended-properties",
}
_PICTURES = frozenset(media.WORD.values())


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Findings on a DOCX; by the closed grammar every part must also fit our profile."""
    found = Opc()
    yield from opc.read(package, found, closed=grammar.closed)
    closed = grammar.closed or _is_ours(found)
    yield from _main_part(package, found)
    yield from property_findings(package, found)
    words = _words(package, found, closed=closed)
    if closed:
        yield from words
        yield from _closed(package, found)
    else:
        yield from _tolerated(words)
    if grammar.schemas:
        yield from _official(package, found, grammar.schemas)


# What the standard forbids and every word processor opens all the same: other programs write it daily.
_TOLERATED = frozenset({"ooxml-field", "ooxml-grid", "ooxml-merge", "ooxml-order", "ooxml-table"})


def _tolerated(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings on another program's document: only what keeps it from opening is an error."""
    for finding in findings:
        if finding.code in _TOLERATED and finding.severity is Severity.ERROR:
            yield msgspec.structs.replace(finding, severity=Severity.WARNING)
        else:
            yield finding


def _is_ours(found: Opc) -> bool:
    """True for a paper that says to come from one of our own templates, untouched by another program."""
    for part in found.related("", "extended-properties"):
        root = found.trees.get(part)
        stated = (
            {etree.QName(e).localname: e.text or "" for e in root if isinstance(e.tag, str)} if root is not None else {}
        )
        if stated.get("Application") == "coursepack" and stated.get("Template", "").startswith("coursepack/"):
            return True
    return False


def check_open(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The same for a paper made from a department's own template: open, whoever made it."""
    yield from check(package, Grammar(closed=False, schemas=grammar.schemas))


def _main_part(package: Package, found: Opc) -> Iterator[Finding]:
    mains = [r for r in found.relationships.get("", ()) if r.kind == "officeDocument"]
    if "" in found.relationships and not mains:
        yield error("ooxml-main", "no relationship to a main document", package.place("_rels/.rels"))
    if len(mains) > 1:
        yield error("ooxml-main", f"{len(mains)} main documents, expected one", package.place("_rels/.rels"))
    for relation in mains[:1]:
        kind = found.types.get(relation.target, "")
        word = "wordprocessingml." in kind or "ms-word." in kind
        if relation.target in package and not (word and kind.endswith("main+xml")):
            yield error(
                "ooxml-main-type",
                f"the main document has the content type {kind!r}, expected one that ends with {_MAIN!r}",
                package.place(relation.target),
            )
        if any(kind.endswith("vbaProject") for kind in found.types.values()):
            yield warning("ooxml-macros", "the document holds macros", package.place(), "save it as .docx")


# --- words --------------------------------------------------------------------------------------------------------

# The roots that the parts beside the main one must have, by the end of their content type.
_ROOTS = {
    "styles+xml": "styles",
    "numbering+xml": "numbering",
    "settings+xml": "settings",
    "footnotes+xml": "footnotes",
    "endnotes+xml": "endnotes",
    "header+xml": "hdr",
    "footer+xml": "ftr",
}


def _words(package: Package, found: Opc, *, closed: bool) -> Iterator[Finding]:
    main = found.main()
    if main is None or main.target not in found.trees:
        return
    root = found.trees[main.target]
    if etree.QName(root).namespace not in {W, STRICT} or etree.QName(root).localname != "document":
        yield error(
            "ooxml-root", f"the root is {short(str(root.tag))!r}, expected w:document", package.place(main.target)
        )
        return
    space = str(etree.QName(root).namespace)
    if root.find(f"{{{space}}}body") is None:
        yield error("ooxml-body", "w:document has no w:body", package.place(main.target))
        return
    yield from _roots(package, found, space)
    story = OoxmlStory(package=package, opc=found, main=main.target, space=space, closed=closed)
    parts = [main.target]
    for kind in ("header", "footer", "footnotes", "endnotes"):
        parts.extend(part for part in found.related(main.target, kind) if part in found.trees)
    yield from story_findings(story, dict.fromkeys(parts))
    yield from layout_findings(package, found, main.target, space)
    for kind in ("styles", "numbering"):
        parts.extend(part for part in found.related(main.target, kind) if part in found.trees)
    for part in dict.fromkeys(parts):
        yield from word_findings(package, part, found.trees[part], space)
        yield from attribute_findings(package, part, found.trees[part], space)
        yield from enumeration_findings(package, part, found.trees[part], space)
        yield from stray_text(package, part, found.trees[part], space)


def _roots(package: Package, found: Opc, space: str) -> Iterator[Finding]:
    for name, kind in found.types.items():
        root = found.trees.get(name)
        expected = _ROOTS.get(kind.removeprefix(_WORD))
        if root is not None and expected and root.tag != f"{{{space}}}{expected}":
            yield error(
                "ooxml-root", f"the root is {short(str(root.tag))!r}, expected w:{expected}", package.place(name)
            )


# --- our own ------------------------------------------------------------------------------------------------------


def _closed(package: Package, found: Opc) -> Iterator[Finding]:
    names = package.names()
    if names[:1] != ["[Content_Types].xml"]:
        yield error("ooxml-order", "the first member is not [Content_Types].xml", package.place())
    for name, kind in found.types.items():
        if name.endswith(".rels"):
            continue
        profile = _PROFILES.get(kind)
        if profile and name in found.trees:
            yield from violations(package, name, found.trees[name], f"ooxml/{profile}.xsd", "ooxml-profile")
        elif not (kind.startswith("image/") and kind.removeprefix("image/").removeprefix("x-") in _PICTURES):
            yield error("ooxml-part", f"a part of type {kind!r} is not one that coursepack writes", package.place(name))
    for kind in ("core-properties", "extended-properties"):
        if not found.related("", kind):
            yield error("ooxml-properties", f"the document has no {kind}", package.place())


# --- official schemas that the user added -------------------------------------------------------------------------


def _official(package: Package, found: Opc, schemas: Path) -> Iterator[Finding]:
    """Against ``ooxml/wml.xsd`` of the user's set: transitional parts, with the extensions that a reader may ignore
    taken out as Part 3 of the standard describes."""
    file = schemas / "ooxml" / "wml.xsd"
    if not file.is_file():
        return
    schema: Any = official.schema(file.resolve())
    for name, kind in found.types.items():
        root = found.trees.get(name)
        if root is None or not kind.startswith(_WORD) or etree.QName(root).namespace != W:
            continue
        plain = without_extensions(root)
        for line, message in judged(schema, plain, MOST)[0][:MOST]:
            yield error("ooxml-official", short(message), package.place(name, line))


def without_extensions(root: Element) -> Element:
    """A copy as a reader sees it that knows no extension: what ``mc:Ignorable`` names is gone, of
    ``mc:AlternateContent`` the fallback stays (ECMA-376 Part 3)."""
    copy = etree.fromstring(etree.tostring(root))
    ignorable = {copy.nsmap.get(prefix) for prefix in (copy.get(f"{{{MC}}}Ignorable") or "").split()}
    for element in list(copy.iter(f"{{{MC}}}AlternateContent")):
        parent = element.getparent()
        if parent is None:
            continue
        fallback = element.find(f"{{{MC}}}Fallback")
        index = parent.index(element)
        parent[index : index + 1] = list(fallback) if fallback is not None else []
    for element in list(copy.iter(etree.Element)):
        if etree.QName(element).namespace in ignorable:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        for name in list(element.attrib):
            if etree.QName(str(name)).namespace in ignorable | {MC}:
                del element.attrib[name]
    return etree.fromstring(etree.tostring(copy))
