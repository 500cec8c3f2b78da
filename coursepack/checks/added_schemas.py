"""The layer ``official``: what the official schemas in the user's folder (``--schemas``) say against a package.

Files are found by their published names anywhere below the folder: every document of a cartridge, and SCORM manifests.
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
from coursepack.place import Finding, error, note

Element = etree._Element

_CARTRIDGE = re.compile(r"http://www\.imsglobal\.org/xsd/imsccv1p(\d)/(imscp|imsdt|imswl)_v1p\d")
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
# Namespace of a SCORM manifest → the parts of its set; the first one's folder holds the others.
_SETS = {next(iter(parts)): parts for parts in (_SCORM12, _SCORM2004)}


def check(package: Package, grammar: Grammar) -> Iterator[Finding]:
    """Nothing without ``grammar.schemas``; a note for a document whose official schema is not in the folder."""
    folder = grammar.schemas
    if folder is None:
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


def _judged(package: Package, member: str, root: Element, compiled: Any) -> Iterator[Finding]:
    log, whole = judged(compiled, root, MOST)
    for line, message in log[:MOST]:
        yield error("official-schema", short(message), package.place(member, line))
    if len(log) > MOST:
        more = f"{len(log) - MOST} more" if whole else "more"
        yield error("official-schema", f"{more} violations", package.place(member))
