"""Packages of QTI: manifest, items and tests together. The layers ``qti-package`` (2.x, 3.0) and ``qti12-package``.

Sources: IMS QTI 2.1 and 2.2, «Integration Guide» (content packaging); 1EdTech QTI 3.0, «Packaging»; IMS QTI 1.2.1 and
what systems pack it into (Canvas, Blackboard).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from coursepack.checks import Grammar, ims
from coursepack.checks.ims import ImsManifest, ManifestResource
from coursepack.checks.qti import asi12
from coursepack.checks.qti.document import addresses, document, is_document, resolved
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.ims.asi import BY_NAMESPACE, VERSIONS, named, said
from coursepack.place import Finding, error, warning

Element = etree._Element

_TYPE = re.compile(r"imsqti_(item|test|section|apipitem|apiptest)_xmlv(\d)p(\d)")
_EXPECTED = {"item": "assessmentItem", "test": "assessmentTest", "section": "assessmentSection"}
_SCHEMAS = {(version.schema_name, version.schema_version) for version in VERSIONS.values()}
QTI12 = "imsqti_xmlv1p2"


@dataclass
class _PackageCheck:
    """What was seen so far."""

    manifest: ImsManifest
    grammar: Grammar
    names: dict[str, str] = field(default_factory=dict)
    tests: list[tuple[str, Element]] = field(default_factory=list)
    items: set[str] = field(default_factory=set)
    twice: list[tuple[str, str]] = field(default_factory=list)


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The layer ``qti-package``."""
    manifest, findings = ims.read(package)
    yield from findings
    if manifest is None:
        return
    yield from ims.rules(manifest, closed=grammar.closed, remote=True)
    yield from _stated(manifest, grammar)
    look = _PackageCheck(manifest, grammar)
    for resource in manifest.resources:
        found = _TYPE.match(resource.type)
        if found and resource.href is not None:
            yield from _resource(look, resource, found)
    for identifier, member in look.twice:
        # Collections of examples have them; where a test names items one is shown for the other.
        make = error if grammar.closed or look.tests else warning
        message = f"the item is called {identifier!r} as {look.names[identifier]!r} is"
        yield make("qti-identifier-twice", message, package.place(member), "give each item its own identifier")
    if not grammar.closed:
        yield from _unlisted(look)
    if not look.items:
        yield error("qti-empty", "no resource of the package is an item", manifest.place())
    for member, root in look.tests:
        yield from _referenced(look, member, root)


def _stated(manifest: ImsManifest, grammar: Grammar) -> Iterator[Finding]:
    """Schema and version, as the standard words them."""
    texts = {
        name: next((" ".join((each.text or "").split()) for each in manifest.root.iter(f"{{*}}{name}")), "")
        for name in ("schema", "schemaversion")
    }
    if (texts["schema"], texts["schemaversion"]) in _SCHEMAS:
        return
    make = error if grammar.closed else warning
    message = f"schema {texts['schema']!r}, version {texts['schemaversion']!r}: no package of QTI states that"
    yield make("qti-schemaversion", message, manifest.place(), "for example 'QTIv2.1 Package', '1.0.0'")


def _resource(look: _PackageCheck, resource: ManifestResource, found: re.Match[str]) -> Iterator[Finding]:
    manifest, package = look.manifest, look.manifest.package
    member = manifest.find(resource.element, resource.href or "")
    if member is None:
        return  # told by ims.rules
    try:
        root = package.xml(member)
    except XmlError as problem:
        yield error("qti-malformed", str(problem), package.place(member, problem.line))
        return
    expected = _EXPECTED.get(found[1].removeprefix("apip"), "assessmentItem")
    if named(root) != expected or not is_document(root):
        message = f"resource {resource.label} is of type {resource.type!r}, its file begins with {named(root)!r}"
        yield error("qti-resource-root", message, package.place(member), f"expected {expected!r}")
        return
    version = BY_NAMESPACE.get(etree.QName(root).namespace or "")
    if version is not None and version.name != f"{found[2]}.{found[3]}":
        message = f"resource {resource.label} is of type {resource.type!r}, its file is QTI {version.name}"
        yield error("qti-version", message, package.place(member))
    yield from document(package, member, root, look.grammar)
    yield from _declared(look, resource, member, root)
    if expected == "assessmentTest":
        look.tests.append((member, root))
        return
    look.items.add(member)
    identifier = said(root, "identifier")
    if identifier in look.names:
        look.twice.append((identifier, member))
    look.names.setdefault(identifier, member)


def _declared(look: _PackageCheck, resource: ManifestResource, member: str, root: Element) -> Iterator[Finding]:
    """What a document shows is among the files of its resource, or of one that it depends on."""
    manifest = look.manifest
    known = manifest.by_id()
    parts = [resource, *(known[name] for name in resource.dependencies if name in known)]
    files = {manifest.find(part.element, href) for part in parts for href in (*part.files, part.href or "")}
    for _, path in addresses(member, root):
        if path in manifest.package and path not in files:
            make = error if look.grammar.closed else warning
            message = f"resource {resource.label} shows {path!r}, which neither it nor its dependencies list"
            yield make("qti-file-undeclared", message, manifest.place(resource.element), "add a <dependency>")


def _unlisted(look: _PackageCheck) -> Iterator[Finding]:
    """Items that a test names and no resource does: players open them, so they are judged as well."""
    package = look.manifest.package
    listed = {look.manifest.find(one.element, one.href) for one in look.manifest.resources if one.href is not None}
    for member, test in look.tests:
        for element in test.iter():
            path = resolved(member, said(element, "href")) if named(element) == "assessmentItemRef" else ""
            if path not in package or path in look.items or path in listed:
                continue
            try:
                root = package.xml(path)
            except XmlError as problem:
                yield error("qti-malformed", str(problem), package.place(path, problem.line))
                continue
            if is_document(root):
                message = f"the test names {path!r}, which is no item of the manifest"
                yield warning("qti-item-undeclared", message, package.place(member), "add its resource")
                look.items.add(path)
                yield from document(package, path, root, look.grammar)


def _referenced(look: _PackageCheck, member: str, root: Element) -> Iterator[Finding]:
    manifest = look.manifest
    # What a test names may be a tool (LTI), or an item whose resource says another type.
    listed = {manifest.find(one.element, one.href) for one in manifest.resources if one.href is not None}
    for element in root.iter():
        if named(element) == "assessmentItemRef":
            path = resolved(member, said(element, "href"))
            if path in manifest.package and path not in look.items and path not in listed:
                message = f"the test names {path!r}, which is no item of the manifest"
                yield error("qti-item-undeclared", message, manifest.package.place(member), "add its resource")


def check12(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The layer ``qti12-package``: QTI 1.2 as Canvas and others pack it."""
    manifest, findings = ims.read(package)
    yield from findings
    if manifest is None:
        return
    yield from ims.rules(manifest, closed=grammar.closed, remote=True, loose=True)
    seen = False
    for resource in manifest.resources:
        if not resource.type.startswith(QTI12):
            continue
        href = resource.href or next(iter(resource.files), "")
        member = manifest.find(resource.element, href) if href else None
        if member is not None:
            seen = True
            yield from asi12.document(package, member)
    if not seen:
        yield error("qti-empty", "no resource of the package is an assessment of QTI 1.2", manifest.place())
