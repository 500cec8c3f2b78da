"""The properties of a document: who made it and when (core), by which program (extended).

Sources: ECMA-376 Part 2, 11 (core properties: each once, no others, dates as W3CDTF); Part 1, 22.2 (extended
properties). A reader that meets what it does not know leaves out the whole, or takes today for the day it was made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from lxml import etree

from coursepack.checks.ooxml.opc import Opc, line_of
from coursepack.files.package import Package
from coursepack.place import Finding, warning

Element = etree._Element

_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_EXTENDED = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}",
    "{http://purl.oclc.org/ooxml/officeDocument/extendedProperties}",
)

_CP_NAMES = "category contentStatus contentType keywords lastModifiedBy lastPrinted revision version"
_DC_NAMES = "creator description identifier language subject title"
_CORE = frozenset(
    {
        *(_CP + name for name in _CP_NAMES.split()),
        *(_DC + name for name in _DC_NAMES.split()),
        *(_DCTERMS + name for name in ("created", "modified")),
    }
)
_DATES = {_DCTERMS + "created", _DCTERMS + "modified", _CP + "lastPrinted"}
_TEXTS = "Template Manager Company PresentationFormat HyperlinkBase AppVersion Application"
_NUMBERS = "Pages Words Characters Lines Paragraphs Slides Notes TotalTime HiddenSlides MMClips CharactersWithSpaces"
_SWITCHES = "ScaleCrop LinksUpToDate SharedDoc HyperlinksChanged"
_OTHERS = "HeadingPairs TitlesOfParts HLinks DigSig DocSecurity Properties"
_EXTENDED_NAMES = frozenset(f"{_TEXTS} {_NUMBERS} {_SWITCHES} {_OTHERS}".split())
_NUMBER = re.compile(r"\s*-?\d+\s*")
_SWITCH = re.compile(r"\s*(0|1|true|false)\s*")
_FORMS = {**dict.fromkeys(_NUMBERS.split(), _NUMBER), **dict.fromkeys(_SWITCHES.split(), _SWITCH)}

# W3CDTF: a year, a month, a day, or a time with its zone; many programs leave the zone out.
_W3CDTF = re.compile(
    r"(?P<date>\d{4}(-\d\d(-\d\d)?)?)(?P<time>T\d\d:\d\d(:\d\d(\.\d+)?)?)?(?P<zone>Z|[+-]\d\d:\d\d)?", re.ASCII
)


def property_findings(package: Package, found: Opc) -> Iterator[Finding]:
    """What is wrong with the properties; nothing of it keeps a document from being read, so all are warnings."""
    kinds: dict[str, Callable[[Element], Iterator[tuple[Element, str]]]] = {
        "core-properties": _core,
        "extended-properties": _extended,
    }
    for kind, look in kinds.items():
        for part in found.related("", kind):
            root = found.trees.get(part)
            for element, message in look(root) if root is not None else ():
                yield warning("ooxml-properties", message, package.place(part, line_of(element)))


def _core(root: Element) -> Iterator[tuple[Element, str]]:
    children = [child for child in root if isinstance(child.tag, str)]
    counted = Counter(str(child.tag) for child in children)
    for child in children:
        name = etree.QName(child).localname
        text = (child.text or "").strip()
        if str(child.tag) not in _CORE:
            yield child, f"the core properties know no {name!r}"
        elif counted.pop(str(child.tag), 1) > 1:
            yield child, f"the core property {name!r} is there more than once"
        if str(child.tag) in _DATES and text and not is_date(text):
            yield child, f"{name} is {text[:40]!r}, expected a date as 2026-09-01T08:00:00Z"
        stated = (child.get(_TYPE) or "").rpartition(":")[2]
        if str(child.tag).startswith(_DCTERMS) and stated != "W3CDTF":
            yield child, f"{name} does not say xsi:type='dcterms:W3CDTF'"


def _extended(root: Element) -> Iterator[tuple[Element, str]]:
    children = [child for child in root if isinstance(child.tag, str)]
    counted = Counter(str(child.tag) for child in children)
    for child in children:
        name = etree.QName(child).localname
        if not str(child.tag).startswith(_EXTENDED) or name not in _EXTENDED_NAMES:
            yield child, f"the properties of a program know no {name!r}"
            continue
        if counted.pop(str(child.tag), 1) > 1:
            yield child, f"the property {name!r} is there more than once"
        form = _FORMS.get(name)
        if form is not None and child.text and not form.fullmatch(child.text):
            expected = "a whole number" if form is _NUMBER else "true or false"
            yield child, f"{name} is {child.text[:40]!r}, expected {expected}"


def is_date(text: str) -> bool:
    """True for a date of the calendar as W3CDTF writes it."""
    said = _W3CDTF.fullmatch(text)
    if said is None or (said["zone"] and not said["time"]):
        return False
    date = said["date"] + "-01-01"[len(said["date"]) - 4 :] if len(said["date"]) < 10 else said["date"]
    try:
        datetime.fromisoformat(date + (said["time"] or "").partition(".")[0])
    except ValueError:
        return False
    return True
