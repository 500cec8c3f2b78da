"""The layer ``official``: what the official schemas in the user's folder (``--schemas``) say against a package.

Files are found by their published names anywhere below the folder: every document of a cartridge, manifests of SCORM
and QTI, items and tests of QTI 2 and 3.
The parts of a DOCX are held against theirs by their own layer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from coursepack.checks import Grammar, official
from coursepack.checks.detect import MANIFEST
from coursepack.checks.xml import MOST, XML_SUFFIXES, judged, short
from coursepack.files.package import Package
from coursepack.files.xml import XmlError
from coursepack.ims.asi import BY_NAMESPACE
from coursepack.place import Finding, error, note

Element = etree._Element

_CARTRIDGE = re.compile(r"http://www\.imsglobal\.org/xsd/imsccv1p(\d)/(imscp|imsdt|imswl)_v1p\d")
_RESOURCE = re.compile(r"imsqti_(?:item|test|section)_xmlv(\d)p(\d)")
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
# Documents whose schema is a profile of another standard's, named by that standard's version.
_PROFILED = {"imscp": "imscp_v1p2_v1p0", "qti": "qtiasiv1p2p1_v1p0"}
_SCORM12 = {
    "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
    "http://www.adlnet.org/xsd/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
    "http://www.imsglobal.org/xsd/imsmd_rootv1p2p1": "imsmd_rootv1p2p1.xsd",
}
_SCORM2004 = {
    "http://www.imsglobal.org/xsd/imscp_v1p1": "imscp_v1p1.xsd",
    "http://www.adlnet.org/xsd/adlcp_v1p3": "adlcp_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlseq_v1p3": "adlseq_v1p3.xsd",
    "http://www.adlnet.org/xsd/adlnav_v1p3": "adlnav_v1p3.xsd",
    "http://www.imsglobal.org/xsd/imsss": "imsss_v1p0.xsd",
    "http://ltsc.ieee.org/xsd/LOM": "lom.xsd",
}
_QTI_ITEMS = {
    "2.1": ("imsqti_v2p1p2.xsd", "imsqti_v2p1p1.xsd", "imsqti_v2p1.xsd"),
    "2.2": tuple(f"imsqti_v2p2{patch}.xsd" for patch in ("p4", "p3", "p2", "p1", "")),
    "3.0": ("imsqti_asiv3p0p1_v1p0.xsd", "imsqti_asiv3p0_v1p0.xsd"),
}
_QTI_MANIFESTS = {
    "2.1": ("qtiv2p1_imscpv1p2_v1p0.xsd",),
    "2.2": ("qtiv2p2_imscpv1p2_v1p0.xsd",),
    "3.0": ("imsqtiv3p0_imscpv1p2_v1p0.xsd",),
}
"""Published names by version, the latest first."""
# Namespace of a SCORM manifest → the parts of its set; the first one's folder holds the others.
_SETS = {next(iter(parts)): parts for parts in (_SCORM12, _SCORM2004)}


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Nothing without ``grammar.schemas``; a note for a document whose official schema is not in the folder."""
    folder = grammar.schemas
    if folder is None:
        return
    if package.container == "file" or _qti_version(package):
        yield from _qti(package, folder)
        return
    manifest = _root(package, MANIFEST)
    namespace = _namespace(manifest)
    if manifest is not None and namespace in _SETS:
        yield from _scorm(package, manifest, _SETS[namespace], folder)
        return
    found = _CARTRIDGE.fullmatch(namespace)
    if found:
        for member in package.names():
            if member.lower().endswith(XML_SUFFIXES):
                yield from _document(package, member, found[1], folder)


def _root(package: Package, member: str) -> Element | None:
    if member not in package:
        return None
    try:
        return package.xml(member)
    except XmlError:
        return None  # another layer tells


def _namespace(root: Element | None) -> str:
    return (etree.QName(root).namespace or "") if root is not None else ""


@cache
def _named(folder: Path, name: str) -> tuple[Path, ...]:
    return tuple(sorted(path.resolve() for path in folder.rglob(name) if path.is_file()))


def _scorm(package: Package, manifest: Element, parts: dict[str, str], folder: Path) -> Iterator[Finding]:
    version = next((element.text or "" for element in manifest.iter("{*}schemaversion")), "")
    folders = [path.parent for path in _named(folder, next(iter(parts.values()))) if _whole(path.parent, parts)]
    edition = re.search(r"(\d)(?:rd|th)", version)
    folders.sort(key=lambda path: (edition is None or edition[0] not in path.name, path))
    if not folders:
        yield note("official-missing", f"no official schemas of SCORM {version} in {folder}", package.place(MANIFEST))
        return
    compiled = official.schema_set(tuple((namespace, folders[0] / name) for namespace, name in parts.items()))
    yield from _judged(package, MANIFEST, manifest, compiled)


def _whole(folder: Path, parts: dict[str, str]) -> bool:
    return all((folder / name).is_file() for name in parts.values())


def _document(package: Package, member: str, digit: str, folder: Path) -> Iterator[Finding]:
    root = _root(package, member)
    namespace = _namespace(root)
    found = _CARTRIDGE.fullmatch(namespace)
    if root is None or not (found or namespace == _QTI):
        return
    version, kind = (found[1], found[2]) if found else (digit, "qti")
    name = f"ccv1p{version}_{_PROFILED.get(kind, f'{kind}_v1p{version}')}.xsd"
    files = _named(folder, name)
    if files:
        yield from _judged(package, member, root, official.schema(files[0]))
    else:
        yield note("official-missing", f"no {name} in {folder}", package.place(member))


def _qti_version(package: Package) -> str:
    """The version of QTI that a manifest lists items or tests of; none where it lists none, or those of 1.2."""
    manifest = _root(package, MANIFEST)
    kinds = (each.get("type", "") for each in (() if manifest is None else manifest.iter("{*}resource")))
    found = next(filter(None, map(_RESOURCE.fullmatch, kinds)), None)
    return f"{found[1]}.{found[2]}" if found else ""


def _qti(package: Package, folder: Path) -> Iterator[Finding]:
    version = _qti_version(package)
    for member in package.names():
        if not member.lower().endswith(XML_SUFFIXES):
            continue
        root = _root(package, member)
        space = BY_NAMESPACE.get(_namespace(root))
        if root is None or not (space or member == MANIFEST):
            continue
        names = (
            _QTI_MANIFESTS.get(version, ()) if member == MANIFEST else _QTI_ITEMS.get(space.name if space else "", ())
        )
        files = [file for name in names for file in _named(folder, name)]
        if files:
            yield from _judged(package, member, root, official.schema(files[0]))
        for name in names[:1] if not files else ():
            yield note("official-missing", f"no {name} in {folder}", package.place(member))


def _judged(package: Package, member: str, root: Element, compiled: Any) -> Iterator[Finding]:
    log, whole = judged(compiled, root, MOST)
    for line, message in log[:MOST]:
        yield error("official-schema", short(message), package.place(member, line))
    if len(log) > MOST:
        more = f"{len(log) - MOST} more" if whole else "more"
        yield error("official-schema", f"{more} violations", package.place(member))
