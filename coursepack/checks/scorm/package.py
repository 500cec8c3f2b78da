"""SCORM packages: the manifest's own rules, beside what the schemas in ``schemas/scorm`` say.

Sources: SCORM 1.2 Content Aggregation Model, section 2.3; SCORM 2004 3rd and 4th Edition Content Aggregation Model,
sections 3.4 and 5. What only some LMSs mind is a warning in the open grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec
from lxml import etree

from coursepack.checks import Grammar
from coursepack.checks.scorm import data, files, lom, sequencing
from coursepack.checks.scorm.parts import ScormManifest, line_of, local, said
from coursepack.checks.xml import violations
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.ims.scorm_manifest import SCORM12, SCORM2004, SCORM2004_3RD, Edition
from coursepack.place import Finding, LimitError, Severity, error, warning

MANIFEST = "imsmanifest.xml"

# What schemaversion says → the edition whose rules hold. «CAM 1.3» is 2004 2nd Edition.
EDITIONS = {
    "1.2": SCORM12,
    "2004 4th Edition": SCORM2004,
    "2004 3rd Edition": SCORM2004_3RD,
    "CAM 1.3": SCORM2004_3RD,
}


@dataclass(frozen=True)
class _Schemas:
    open: str
    closed: str


SCHEMAS = {
    SCORM12.cp: _Schemas("scorm/scorm12-open.xsd", "scorm/scorm12-closed.xsd"),
    SCORM2004.cp: _Schemas("scorm/scorm2004-open.xsd", "scorm/scorm2004-closed.xsd"),
}


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Everything that is wrong with a SCORM package."""
    root, problems = _root(package)
    yield from problems
    if root is None:
        return
    edition, edition_findings = _edition(package, root)
    yield from edition_findings
    if edition is None:
        return
    schemas = SCHEMAS[edition.cp]
    if etree.QName(root).namespace == edition.cp:
        name = schemas.closed if grammar.closed else schemas.open
        for finding in violations(package, MANIFEST, root, name, "scorm-schema"):
            yield finding if grammar.closed else _tolerated(finding)
    manifest = ScormManifest(package, MANIFEST, root, edition, grammar.closed)
    yield from _identifiers(manifest)
    yield from _organizations(manifest)
    yield from files.check(manifest)
    yield from data.check(manifest)
    yield from lom.check(manifest)
    if edition.sequenced:
        yield from sequencing.check(manifest)


_TOLERATED = {
    "Element 'metadata': This element is not expected.",
    "Element 'metadata': This element is not expected. Expected is one of ( resource, ##other* ).",
}


def _tolerated(finding: Finding) -> Finding:
    """Metadata of an item behind its extensions, and metadata of all resources, where the standard has none: exporters
    write them so, and LMSs pass them over."""
    if finding.message not in _TOLERATED:
        return finding
    return msgspec.structs.replace(finding, severity=Severity.WARNING)


def _root(package: Package) -> tuple[etree._Element | None, list[Finding]]:
    if MANIFEST not in package:
        near = sorted(name for name in package.names() if name.lower().rpartition("/")[2] == MANIFEST)
        found = f"found {near[0]}" if near else "found none"
        return None, [
            error(
                "scorm-manifest-missing",
                f"no imsmanifest.xml in the root of the package ({found})",
                package.place(near[0] if near else None),
                "zip the content of the folder, not the folder, and keep the name in lower case",
            )
        ]
    try:
        root = package.xml(MANIFEST, limit="manifest-marks")
    except XmlError as problem:
        return None, [error("scorm-manifest-xml", str(problem), package.place(MANIFEST, problem.line))]
    except LimitError as problem:
        return None, [error("scorm-manifest-large", problem.message, problem.place, problem.advice)]
    if local(root) != "manifest":
        return None, [
            error("scorm-manifest-root", f"the root is <{local(root)}>, expected <manifest>", package.place(MANIFEST))
        ]
    return root, []


def _edition(package: Package, root: etree._Element) -> tuple[Edition | None, list[Finding]]:
    """The edition by schemaversion, else by namespace, with what is wrong about either."""
    findings: list[Finding] = []
    namespace = etree.QName(root).namespace or ""
    metadata = next((child for child in root if local(child) == "metadata"), None)
    said = {local(child): (child.text or "").strip() for child in metadata} if metadata is not None else {}
    line = line_of(metadata) if metadata is not None else 0
    place = package.place(MANIFEST, line)
    by_namespace = next((e for e in (SCORM12, SCORM2004) if e.cp == namespace), None)
    version = said.get("schemaversion")
    edition = EDITIONS.get(version or "") or by_namespace
    if edition is None:
        found = error(
            "scorm-namespace",
            f"the manifest's namespace is {namespace or 'none'!r}, expected that of SCORM 1.2 or 2004",
            package.place(MANIFEST, line_of(root)),
            "is it another kind of IMS package?",
        )
        return None, [found]
    if version is None or "schema" not in said:
        missing = "schemaversion" if version is None else "schema"
        make = error if edition.sequenced else warning
        findings.append(make("scorm-version-missing", f"metadata has no <{missing}>", place))
    elif version not in EDITIONS:
        expected = ", ".join(EDITIONS)
        findings.append(error("scorm-version", f"schemaversion is {version!r}, expected one of {expected}", place))
    if "schema" in said and said["schema"] != "ADL SCORM":
        findings.append(error("scorm-schema-name", f"schema is {said['schema']!r}, expected 'ADL SCORM'", place))
    if namespace != edition.cp:
        findings.append(
            error(
                "scorm-namespace",
                f"the manifest says {edition.schemaversion}, its namespace is {namespace!r}, expected {edition.cp!r}",
                package.place(MANIFEST, line_of(root)),
            )
        )
    return edition, findings


def _identifiers(manifest: ScormManifest) -> Iterator[Finding]:
    """Every identifier once in the document; an XML name, as the standard types it (LMSs take others too)."""
    seen: dict[str, int] = {}
    for element in manifest.root.iter():
        name = said(element, "identifier") if isinstance(element.tag, str) else None
        if name is None or local(element) not in {"manifest", "organization", "item", "resource"}:
            continue
        line = line_of(element)
        if name in seen:
            yield error(
                "scorm-identifier-twice",
                f"identifier {name!r} is on line {seen[name]} already",
                manifest.place(element),
            )
        seen.setdefault(name, line)
        if not manifest.is_name(name):
            # GUIDs that begin with a digit are common and harmless; blanks and nothing at all are not.
            make = error if manifest.closed or not name or re.search(r"\s", name) else warning
            yield make("scorm-identifier-name", f"identifier {name!r} is not an XML name", manifest.place(element))


def _organizations(manifest: ScormManifest) -> Iterator[Finding]:
    holders = [child for child in manifest.root if local(child) == "organizations"]
    if len(holders) != 1 or len([child for child in manifest.root if local(child) == "resources"]) != 1:
        yield error(
            "scorm-parts", "a manifest has one <organizations> and one <resources>", manifest.place(manifest.root)
        )
        return
    (holder,) = holders
    organizations = manifest.children(holder, "organization")
    names = [said(organization, "identifier") for organization in organizations]
    default = said(holder, "default")
    if default is None and organizations:
        make = error if manifest.edition.sequenced else warning
        yield make("scorm-default-missing", "<organizations> names no default", manifest.place(holder))
    elif default is not None and default not in names:
        yield error(
            "scorm-default",
            f"the default organization {default!r} does not exist, expected one of {names}",
            manifest.place(holder),
        )
    if not organizations:
        yield warning("scorm-no-organization", "no organization: an LMS has nothing to play", manifest.place(holder))
    for organization in organizations:
        yield from _organization(manifest, organization)


def _organization(manifest: ScormManifest, organization: etree._Element) -> Iterator[Finding]:
    launched = 0
    make = error if manifest.edition.sequenced else warning
    if not manifest.title(organization):
        yield make("scorm-title", "an organization without a title", manifest.place(organization))
    for item in organization.iter(organization.tag.replace("organization", "item")):
        if not manifest.title(item):
            # An empty title is common (and shown as nothing); 2004 asks for the element.
            needed = manifest.edition.sequenced and not manifest.children(item, "title")
            judge = error if needed or manifest.closed else warning
            yield judge("scorm-title", f"item {item.get('identifier')!r} has no title", manifest.place(item))
        name = said(item, "identifierref")
        if name is None:
            if not manifest.children(item, "item"):
                yield make("scorm-item-empty", f"item {item.get('identifier')!r} leads nowhere", manifest.place(item))
            continue
        launched += 1
        yield from _item(manifest, item, name)
    if not launched:
        yield error(
            "scorm-nothing-to-play", "no item of the organization leads to a resource", manifest.place(organization)
        )


def _item(manifest: ScormManifest, item: etree._Element, name: str) -> Iterator[Finding]:
    edition = manifest.edition
    resource = manifest.resources.get(name)
    if resource is None:
        if name in manifest.submanifests:
            return
        yield error(
            "scorm-identifierref",
            f"item {item.get('identifier')!r} leads to {name!r}, and there is no such resource",
            manifest.place(item),
        )
        return
    if edition.sequenced and manifest.children(item, "item"):
        yield warning("scorm-item-branch", "only a leaf item may lead to a resource (2004)", manifest.place(item))
    if not (resource.get("href") or "").strip():
        yield error("scorm-href", f"resource {name!r} is launched and has no href", manifest.place(resource))
    if manifest.scorm_type(resource) is None:
        yield error(
            "scorm-type-missing",
            f"resource {name!r} is launched and has no adlcp:{edition.scorm_type}",
            manifest.place(resource),
        )
