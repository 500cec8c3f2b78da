"""Common Cartridge 1.0 to 1.3: manifest, resources and what they name.

Sources: IMS Common Cartridge Profile 1.0–1.3, «Content Packaging», «Resource types», and the rules printed in its
schemas. Where platforms' own exports differ from the letter (Canvas writes the types of 1.1 into 1.3), the letter is
a warning to the author and no reason to refuse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from coursepack.checks import Grammar, html, ims, xml
from coursepack.checks.cartridge import qti
from coursepack.checks.cartridge.files import DOCUMENTS
from coursepack.checks.ims import ImsManifest, ManifestResource, local
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.ims.profiles import ASSIGNMENT_TYPE, BY_NAMESPACE, PROFILES, WEBCONTENT, Profile
from coursepack.place import Finding, error, warning

Element = etree._Element

_AUTH = "http://www.imsglobal.org/xsd/imsccv1p{}/imsccauth_v1p{}"
# Parts of LOM that stand once (the order is free, so the schema cannot say it).
_ONCE = {
    "lom": ("general", "lifeCycle", "metaMetadata", "technical", "rights"),
    "general": ("title", "structure", "aggregationLevel"),
    "rights": ("cost", "copyrightAndOtherRestrictions", "description"),
    "contribute": ("role", "date"),
    "relation": ("kind", "resource"),
}

Kind = str
_TYPES: dict[str, Kind] = {}
for _profile in PROFILES:
    _TYPES |= {
        _profile.assessment: "assessment",
        _profile.bank: "bank",
        _profile.associated: "associated",
        _profile.topic: "topic",
        _profile.weblink: "weblink",
        **dict.fromkeys(_profile.lti, "lti"),
    }
_TYPES |= {WEBCONTENT: "webcontent", ASSIGNMENT_TYPE: "assignment"}
# Kinds that a resource may depend on; a kind that is not here may depend on anything.
_MAY_NEED: dict[Kind, frozenset[Kind]] = {
    "topic": frozenset({"webcontent", "associated"}),
    "assessment": frozenset({"webcontent", "associated"}),
    "bank": frozenset({"webcontent", "associated"}),
    "webcontent": frozenset({"webcontent"}),
    "associated": frozenset({"webcontent"}),
    "weblink": frozenset(),
}
_GUID = re.compile(
    r"attribute 'identifier(?:ref)?': '\d[\w.\-]*' is not a valid value of the atomic type 'xs:(?:ID|IDREF)'"
)
_LTI = re.compile(r"imsbasiclti_xmlv\d+p\d+")
"""Canvas writes LTI 1.3 links into cartridges of every version."""
_ONE_FILE = {"topic", "weblink", "assessment", "bank"}


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """The whole cartridge."""
    manifest, findings = ims.read(package)
    yield from findings
    if manifest is None:
        return
    profile = BY_NAMESPACE.get(manifest.namespace)
    if profile is None:
        known = ", ".join(BY_NAMESPACE)
        message = f"the manifest's namespace is {manifest.namespace!r}, expected one of {known}"
        yield error("cc-namespace", message, manifest.place(manifest.root))
        return
    yield from _schema(manifest, profile, grammar)
    # Canvas names some module items only in its own files.
    yield from ims.rules(manifest, closed=grammar.closed, loose=_exported(package))
    yield from _metadata(manifest, profile)
    yield from _items(manifest)
    known_types = _known_types(profile)
    for resource in manifest.resources:
        yield from _resource(manifest, profile, resource, known_types, closed=grammar.closed)
    yield from _other_types(manifest, profile)
    yield from _contents(manifest, profile, grammar)


def _schema(manifest: ImsManifest, profile: Profile, grammar: Grammar) -> Iterator[Finding]:
    name = f"cc/cc{profile.version.replace('.', '')}-{'closed' if grammar.closed else 'open'}.xsd"
    for finding in xml.violations(manifest.package, manifest.member, manifest.root, name, "cc-manifest-schema"):
        if grammar.closed or not _GUID.search(finding.message):
            yield finding
    if not grammar.closed:
        yield from _names(manifest)


def _names(manifest: ImsManifest) -> Iterator[Finding]:
    """Identifiers that begin with a digit: Canvas and others write GUIDs, which no system minds."""
    found = [element for element in manifest.root.iter() if (element.get("identifier") or "")[:1].isdigit()]
    if found:
        message = (
            f"{len(found)} identifiers begin with a digit, as {found[0].get('identifier')!r}: they are no XML names"
        )
        yield warning("cc-identifier-name", message, manifest.place(found[0]))


# --- manifest -----------------------------------------------------------------------------------------------------


def _metadata(manifest: ImsManifest, profile: Profile) -> Iterator[Finding]:
    for element in manifest.root.iter():
        name = local(element)
        if name not in _ONCE or etree.QName(element).namespace not in {profile.lom_manifest, profile.lom_resource}:
            continue
        for child in _ONCE[name]:
            times = sum(1 for found in element if local(found) == child)
            if times > 1:
                message = f"{times} {child!r} in {name!r}, expected at most one"
                yield error("cc-lom-twice", message, manifest.place(element))
    title = f"{{{profile.lom_manifest}}}"
    if not (manifest.root.findtext(f".//{title}general/{title}title/{title}string") or "").strip():
        yield warning("cc-title-missing", "the metadata gives the course no title", manifest.place(manifest.root))
    tag = profile.version[-1]
    if manifest.root.find(f"{{{_AUTH.format(tag, tag)}}}authorizations") is not None:
        message = "the cartridge asks for authorization; many LMSs refuse it (Moodle does)"
        yield warning("cc-authorizations", message, manifest.place(manifest.root))


def _items(manifest: ImsManifest) -> Iterator[Finding]:
    known = manifest.by_id()
    cp = f"{{{manifest.namespace}}}"
    for item in manifest.items:
        target = item.get("identifierref")
        place = manifest.place(item)
        title = item.find(f"{cp}title")
        if title is not None and not (title.text or "").strip():
            yield warning("cc-item-title", "the item's title is empty", place, "LMSs show it without a name")
        if target is None:
            continue
        if item.find(f"{cp}item") is not None:
            message = "the item has both children and a resource, expected one of them"
            yield error("cc-item-both", message, place)
        resource = known.get(str(target))
        if resource is None:
            continue
        kind = _TYPES.get(resource.type)
        if kind == "bank":
            yield error("cc-item-bank", f"the item points to the question bank {target!r}", place)
        if kind in {"webcontent", "associated"} and resource.href is None:
            message = f"the item points to {target!r}, which has no href to open"
            yield error("cc-item-no-href", message, manifest.place(resource.element))


def _known_types(profile: Profile) -> frozenset[str]:
    """Types of the version and, from 1.2 on, of those before it: that is what platforms export."""
    before = [other for other in PROFILES if other.version <= profile.version and profile.version >= "1.2"]
    known = set(profile.types)
    for other in before:
        known |= other.types
    return frozenset(known)


def _other_types(manifest: ImsManifest, profile: Profile) -> Iterator[Finding]:
    """Types of another version than the manifest's, which a system may pass over; each way told once."""
    earlier = {kind for other in PROFILES if other.version < profile.version for kind in other.types} - profile.types
    found = [resource for resource in manifest.resources if resource.type in earlier]
    if found:
        message = f"{len(found)} resources have types of a version before {profile.version}: {_named(found)}"
        advice = "write the types of the manifest's version; strict systems skip others"
        yield warning("cc-type-older", message, manifest.place(found[0].element), advice)
    known = _known_types(profile)
    later = [one for one in manifest.resources if one.type not in known and _LTI.fullmatch(one.type)]
    if later:
        message = (
            f"{len(later)} resources have types that came after Common Cartridge {profile.version}: {_named(later)}"
        )
        advice = "a system that does not know them leaves out the tool links"
        yield warning("cc-type-later", message, manifest.place(later[0].element), advice)


def _named(resources: Sequence[ManifestResource]) -> str:
    counted = Counter(resource.type for resource in resources)
    return ", ".join(f"{kind} ({times})" for kind, times in sorted(counted.items()))


def _resource(
    manifest: ImsManifest, profile: Profile, resource: ManifestResource, known: frozenset[str], *, closed: bool
) -> Iterator[Finding]:
    place = manifest.place(resource.element)
    who = f"resource {resource.label}"
    if resource.type not in known and _LTI.fullmatch(resource.type):
        return  # told once for all
    if resource.type not in known:
        message = f"{who} is of type {resource.type!r}, which Common Cartridge {profile.version} does not have"
        yield error("cc-type", message, place)
        return
    kind = _TYPES.get(resource.type, "")
    if kind in _ONE_FILE:
        if len(resource.files) != 1:
            yield error("cc-one-file", f"{who} ({kind}) has {len(resource.files)} files, expected one", place)
        if resource.href is not None:
            # Sakai writes it for topics, and all take the file.
            make = warning if kind == "topic" and not closed else error
            yield make("cc-href", f"{who} ({kind}) has an href, expected its file alone", place)
    if kind in {"lti", "assignment"} and not resource.files:
        yield error("cc-one-file", f"{who} ({kind}) has no file", place)
    if kind in {"webcontent", "associated"} and resource.href is None and not resource.files:
        yield warning("cc-no-file", f"{who} has neither an href nor a file", place)
    others = manifest.by_id()
    for target in dict.fromkeys(resource.dependencies):
        other = _TYPES.get(others[target].type, "") if target in others else ""
        if other and kind in _MAY_NEED and other not in _MAY_NEED[kind]:
            message = f"{who} ({kind}) depends on {target!r} ({other}), which the profile forbids"
            yield error("cc-dependency-kind", message, place)


# --- what resources name ------------------------------------------------------------------------------------------


def _contents(manifest: ImsManifest, profile: Profile, grammar: Grammar) -> Iterator[Finding]:
    banks = [resource for resource in manifest.resources if _TYPES.get(resource.type) == "bank"]
    if len(banks) > 1 and profile.version <= "1.1":
        message = f"{len(banks)} question banks, expected at most one"
        yield error("cc-banks", message, manifest.place(banks[1].element))
    looked: set[str] = set()
    for resource in manifest.resources:
        kind = _TYPES.get(resource.type, "")
        for href in dict.fromkeys((*resource.files, *((resource.href,) if resource.href else ()))):
            member = manifest.find(resource.element, href)
            if member is None or member in looked:
                continue
            looked.add(member)
            yield from _file(manifest, resource, kind, member, grammar)
    for member in manifest.package.names():
        if member not in looked and member != manifest.member and member.lower().endswith(xml.XML_SUFFIXES):
            yield from _well_formed(manifest.package, member, grammar)


def _well_formed(package: Package, member: str, grammar: Grammar) -> Iterator[Finding]:
    try:
        package.xml(member)
    except XmlError as problem:
        make = error if grammar.closed else warning
        yield make("xml-malformed", str(problem), package.place(member, problem.line))


def _file(
    manifest: ImsManifest, resource: ManifestResource, kind: Kind, member: str, grammar: Grammar
) -> Iterator[Finding]:
    package = manifest.package
    if kind in {"assessment", "bank"}:
        document = qti.QtiDocument(package, member, grammar, bank=kind == "bank", exported=_exported(package))
        yield from qti.check(document)
        return
    if kind in DOCUMENTS:
        try:
            root = package.xml(member)
        except XmlError as problem:
            yield error("xml-malformed", str(problem), package.place(member, problem.line))
            return
        yield from DOCUMENTS[kind](package, member, root, resource.type, grammar)
        return
    if member.lower().endswith(html.SUFFIXES):
        yield from html.page(package, member, grammar)
    elif member.lower().endswith(xml.XML_SUFFIXES) and kind != "associated":
        yield from _well_formed(package, member, grammar)
    if package.size(member) == 0 and not member.lower().endswith(html.SUFFIXES):
        yield warning("cc-file-empty", "the file is empty", package.place(member))


def _exported(package: Package) -> bool:
    """True for Canvas's own course exports, which carry quizzes without questions."""
    return any(name.startswith(("course_settings/", "non_cc_assessments/")) for name in package.entries)
