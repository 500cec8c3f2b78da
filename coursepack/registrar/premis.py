"""PREMIS 3 metadata of a bag: its files, who did what with them, and when (Data Dictionary for Preservation Metadata
3.0, its XML schema).

An event whose day nobody stated has an unknown one: no clock is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from coursepack import visible
from coursepack.registrar import bag
from coursepack.registrar.edition import BuildFolder, Registered
from coursepack.registrar.pronom import Format

NAMESPACE = "http://www.loc.gov/premis/v3"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_UNKNOWN = "UNKNOWN/UNKNOWN"
"""A day that nobody stated, as the schema's date type writes it."""

Fields = Sequence[tuple[str, "str | Fields"]]


@dataclass(frozen=True)
class PremisFile:
    """What is told of a file: its path in the bag, bytes, SHA-512 and format."""

    path: str
    size: int
    digest: str
    media_type: str
    format: Format | None


def document(build: BuildFolder, registered: Registered, name: str, files: Sequence[PremisFile]) -> bytes:
    """premis.xml of the bag ``name``."""
    root = etree.Element(f"{{{NAMESPACE}}}premis", nsmap={None: NAMESPACE, "xsi": _XSI})  # type: ignore[dict-item] # the stubs know no default namespace
    root.set("version", "3.0")
    _object(root, "representation", [("objectIdentifier", _identifier("object", "local", name))])
    for file in files:
        _object(root, "file", list(_file(file)))
    agent = f"coursepack {build.report.coursepack}"
    for number, event in enumerate(_events(build, registered, name, files, agent), 1):
        _fill(_child(root, "event"), [("eventIdentifier", _identifier("event", "local", f"event-{number}")), *event])
    _fill(
        _child(root, "agent"),
        [("agentIdentifier", _identifier("agent", "local", agent)), ("agentName", agent), ("agentType", "software")],
    )
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _events(
    build: BuildFolder, registered: Registered, name: str, files: Sequence[PremisFile], agent: str
) -> Iterator[list[tuple[str, str | Fields]]]:
    products = [file.path for file in files if file.path.startswith(bag.PRODUCTS) and not bag.is_signature(file.path)]
    day = registered.date or _UNKNOWN
    yield _event("creation", _UNKNOWN, "products were built from the sources", "success", agent, products)
    # What had errors was not published, so a product in a build passed.
    yield _event("validation", _UNKNOWN, "products passed the checks of the build", "pass", agent, products)
    reported = "the bag passed the bagit library: every file has its checksum"
    yield _event("fixity check", day, reported, "pass", agent, [name])
    for file in files:
        if bag.is_signature(file.path):
            signed = file.path[: file.path.rindex(".")]
            reported = f"signed or stamped by others: {file.path}"
            yield _event("digital signature generation", _UNKNOWN, reported, "", "", [signed, file.path])


def _event(
    kind: str, day: str, detail: str, outcome: str, agent: str, objects: Sequence[str]
) -> list[tuple[str, str | Fields]]:
    reported: list[tuple[str, str | Fields]] = [("eventOutcome", outcome)] if outcome else []
    reported.append(("eventOutcomeDetail", [("eventOutcomeDetailNote", detail)]))
    fields: list[tuple[str, str | Fields]] = [
        ("eventType", kind),
        ("eventDateTime", day),
        ("eventOutcomeInformation", reported),
    ]
    if agent:
        fields.append(("linkingAgentIdentifier", _identifier("linkingAgent", "local", agent)))
    fields += [("linkingObjectIdentifier", _identifier("linkingObject", "local", path)) for path in objects]
    return fields


def _file(file: PremisFile) -> Iterator[tuple[str, str | Fields]]:
    yield "objectIdentifier", _identifier("object", "local", file.path)
    designation: list[tuple[str, str | Fields]] = [("formatName", file.media_type)]
    form: list[tuple[str, str | Fields]] = [("formatDesignation", designation)]
    if file.format:
        designation[0] = ("formatName", file.format.name)
        if file.format.version:
            designation.append(("formatVersion", file.format.version))
        registry = [("formatRegistryName", "PRONOM"), ("formatRegistryKey", file.format.puid)]
        form.append(("formatRegistry", registry))
    fixity = [("messageDigestAlgorithm", "SHA-512"), ("messageDigest", file.digest)]
    yield (
        "objectCharacteristics",
        [("compositionLevel", "0"), ("fixity", fixity), ("size", str(file.size)), ("format", form)],
    )


def _identifier(what: str, kind: str, value: str) -> Fields:
    return [(f"{what}IdentifierType", kind), (f"{what}IdentifierValue", value)]


def _object(root: etree._Element, kind: str, fields: Fields) -> None:
    result = _child(root, "object")
    result.set(f"{{{_XSI}}}type", kind)
    _fill(result, fields)


def _child(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")


def _fill(element: etree._Element, fields: Fields) -> None:
    for name, value in fields:
        result = _child(element, name)
        if isinstance(value, str):
            result.text = visible.line(value)
        else:
            _fill(result, value)
