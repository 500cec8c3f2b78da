"""A document of QTI 2.x or 3.0, an item, a section or a test: its profile schema, what is in it, the files it names.

Also the layer ``qti-document``: every such document of a file or folder.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree

from coursepack.checks import Grammar, xml
from coursepack.checks.addresses import LONGEST
from coursepack.checks.qti import rules
from coursepack.checks.qti.item import ItemCheck
from coursepack.checks.xml import XML_SUFFIXES, line_of
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.ims.asi import BY_NAMESPACE, named, said
from coursepack.place import Finding, error, warning

Element = etree._Element

ROOTS = frozenset({"assessmentItem", "assessmentTest", "assessmentSection", "assessmentStimulus"})
_QTI20 = "http://www.imsglobal.org/xsd/imsqti_v2p0"
_SCHEMAS = {"2.1": "qti21", "2.2": "qti22", "3.0": "qti3"}
_ADDRESSES = {
    "img": ("src",),
    "object": ("data",),
    "audio": ("src",),
    "video": ("src",),
    "source": ("src",),
    "track": ("src",),
    "stylesheet": ("href",),
    "assessmentStimulusRef": ("href",),
    "a": ("href",),
}


def is_document(root: Element) -> bool:
    """Whether a root begins a document of QTI 2.x or 3.0, right or wrong."""
    return named(root) in ROOTS


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The layer ``qti-document``."""
    for member in package.names():
        if member.lower().endswith(XML_SUFFIXES) or package.container == "file":
            try:
                root = package.xml(member)
            except XmlError:
                continue  # the layer «xml» tells
            if is_document(root):
                yield from document(package, member, root, grammar, files=package.container != "file")


def document(
    package: Package, member: str, root: Element, grammar: Grammar, *, files: bool = True
) -> Iterator[Finding]:
    """Everything about one document; ``files``: those it names lie in the package."""
    yield from _schema(package, member, root, grammar)
    if not grammar.closed:
        yield from rules.check(package, member, root)
    if named(root) == "assessmentItem":
        yield from ItemCheck(package, member, root, grammar).findings()
    elif named(root) == "assessmentTest":
        yield from _test(package, member, root, files=files)
    if files:
        for element, path in addresses(member, root):
            if path not in package:
                place = package.place(member, line_of(element))
                yield error("qti-file-missing", f"{named(element)} names {path!r}, no such file", place, "add the file")


def _schema(package: Package, member: str, root: Element, grammar: Grammar) -> Iterator[Finding]:
    namespace = etree.QName(root).namespace or ""
    version = BY_NAMESPACE.get(namespace)
    if version is not None:
        name = f"qti/{_SCHEMAS[version.name]}-{'closed' if grammar.closed else 'open'}.xsd"
        yield from xml.violations(package, member, root, name, "qti-schema")
    elif namespace == _QTI20:
        yield from xml.violations(package, member, root, "qti/qti20-open.xsd", "qti-schema")
    else:
        message = f"the namespace is {namespace!r}, expected that of QTI 2.1, 2.2 or 3.0"
        yield error("qti-namespace", message, package.place(member, line_of(root)))


def _test(package: Package, member: str, root: Element, *, files: bool) -> Iterator[Finding]:
    names: Counter[str] = Counter()
    for element in root.iter():
        name = named(element)
        if name not in {"assessmentItemRef", "assessmentSection", "testPart", "assessmentSectionRef"}:
            continue
        identifier = said(element, "identifier")
        names[identifier] += 1
        place = package.place(member, line_of(element))
        if names[identifier] == 2:
            yield error("qti-identifier-twice", f"two parts of the test are called {identifier!r}", place)
        if name.endswith("Ref") and files and (path := resolved(member, said(element, "href"))) not in package:
            yield error("qti-item-missing", f"the test names {path!r}, no such file", place, "add the item")
    if not any(named(element) in {"assessmentItemRef", "assessmentSectionRef"} for element in root.iter()):
        yield warning("qti-test-empty", "the test names no item", package.place(member))


def resolved(member: str, address: str) -> str:
    """Where a relative address of a document leads."""
    plain = unquote(address.partition("#")[0].partition("?")[0])
    if len(plain) > LONGEST:
        return plain
    return posixpath.normpath(posixpath.join(posixpath.dirname(member), plain))


def addresses(member: str, root: Element) -> Iterator[tuple[Element, str]]:
    """The files that a document names, with what names them."""
    for element in root.iter():
        for attribute in _ADDRESSES.get(named(element), ()):
            address = str(element.get(attribute) or "").strip()
            if address and "://" not in address and not address.startswith(("#", "data:", "mailto:", "tel:", "/")):
                yield element, resolved(member, address)
