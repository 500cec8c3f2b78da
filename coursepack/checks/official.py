"""Official schema sets as extra judges: read through their OASIS catalogues, never from the network.

A user points the tool at a folder (``--schemas``); our tests use the same. Four published files do not compile with
libxml2 as they stand; they are repaired in memory, for the run only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from lxml import etree

from coursepack.files.xml import xml_parser
from coursepack.place import CoursepackError

Element = etree._Element

_CATALOG = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}"
_SCHEMATRON = "http://purl.oclc.org/dsdl/schematron"
_XML = "http://www.w3.org/XML/1998/namespace"
_XS = "http://www.w3.org/2001/XMLSchema"


def _default_xml_namespace(text: str) -> str:
    return text.replace(f' xmlns="{_XML}"', "")


def _any_to_other(text: str) -> str:
    return text.replace('namespace="##any"', 'namespace="##other"')


def _prefix_x(text: str) -> str:
    return text.replace(f'xmlns:x="{_XML}"', "").replace('"x:', '"xml:')


def _where_xml_is(text: str) -> str:
    # ECMA-376 imports the XML namespace without saying where its schema lies.
    return text.replace(
        f'namespace="{_XML}"/>', f'namespace="{_XML}" schemaLocation="http://www.w3.org/2001/xml.xsd"/>'
    )


REPAIRS: dict[str, Callable[[str], str]] = {
    "wml.xsd": _where_xml_is,
    "shared-math.xsd": _where_xml_is,
    "ims_xml.xsd": _default_xml_namespace,
    "imsmd_rootv1p2p1.xsd": _any_to_other,
    "ims_qtiasiv1p2.xsd": _prefix_x,
}


def catalogue(file: Path) -> dict[str, Path]:
    """Address → local file, of a catalogue and those it names; the first entry for an address counts."""
    found: dict[str, Path] = {}
    for entry in etree.parse(str(file), xml_parser()).getroot():
        address = entry.get("systemId") or entry.get("name")
        if entry.tag == f"{_CATALOG}nextCatalog":
            for name, path in catalogue(file.parent / str(entry.get("catalog"))).items():
                found.setdefault(name, path)
        elif address:
            found.setdefault(address, (file.parent / str(entry.get("uri"))).resolve())
    return found


class _Catalogued(etree.Resolver):
    def __init__(self, known: dict[str, Path]) -> None:
        self.known = known

    def resolve(self, system_url: str, public_id: str, context: Any = None) -> Any:
        path = self.known.get(system_url)
        if path is None:
            local = Path(system_url.removeprefix("file://"))
            path = local if local.is_file() else None
        answer: Any = self
        if path is None:
            # An address that no catalogue knows: an empty schema, never the network.
            return answer.resolve_string('<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>', context)
        return answer.resolve_string(_read(path), context, base_url=str(path))


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    repair = REPAIRS.get(path.name)
    if repair is None:
        return data
    return repair(data.decode("utf-8-sig")).encode()


def _parser(known: dict[str, Path]) -> etree.XMLParser:
    parser = xml_parser()
    parser.resolvers.add(_Catalogued(known))
    return parser


@cache
def schema(file: Path) -> etree.XMLSchema:
    """The compiled schema in ``file``, with the ``catalog.xml`` beside it (or in a folder above).

    Raises ``CoursepackError`` when it cannot be compiled.
    """
    beside = next((folder / "catalog.xml" for folder in file.parents if (folder / "catalog.xml").is_file()), None)
    known = catalogue(beside) if beside else {}
    try:
        document = etree.fromstring(_read(file), _parser(known), base_url=str(file))
        return etree.XMLSchema(etree.ElementTree(document))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError) as problem:
        raise CoursepackError(f"the official schema {file} cannot be used: {problem}") from None


@cache
def schema_set(parts: tuple[tuple[str, Path], ...]) -> etree.XMLSchema:
    """One schema that imports several files of a folder, (namespace, file) each: a document that mixes them is judged
    as a whole. Raises ``CoursepackError`` when they cannot be compiled."""
    root = etree.Element(f"{{{_XS}}}schema", nsmap={"xs": _XS})
    for namespace, file in parts:
        etree.SubElement(root, f"{{{_XS}}}import", {"namespace": namespace, "schemaLocation": str(file)})
    folder = parts[0][1].parent
    beside = next((above for above in (folder, *folder.parents) if (above / "catalog.xml").is_file()), None)
    known = catalogue(beside / "catalog.xml") if beside else {}
    try:
        document = etree.fromstring(etree.tostring(root), _parser(known), base_url=str(folder / "set.xsd"))
        return etree.XMLSchema(etree.ElementTree(document))
    except (etree.XMLSchemaParseError, etree.XMLSyntaxError, OSError) as problem:
        raise CoursepackError(f"the official schemas in {folder} cannot be used: {problem}") from None


@cache
def schematron(file: Path, *edits: tuple[str, str]) -> Any:
    """The Schematron rules embedded in a schema, or None when it has none.

    ``edits`` are (found, put) pairs of text: editions whose rules name the resource types of an older one are read
    as they were meant.
    """
    text = file.read_text(encoding="utf-8-sig")
    for found, put in edits:
        text = text.replace(found, put)
    root = etree.fromstring(text.encode(), xml_parser())
    rules = etree.Element(f"{{{_SCHEMATRON}}}schema", nsmap={"sch": _SCHEMATRON})
    for tag in ("ns", "pattern"):
        rules.extend(root.iter(f"{{{_SCHEMATRON}}}{tag}"))
    patterns = rules.findall(f"{{{_SCHEMATRON}}}pattern")
    if not patterns:
        return None
    for number, pattern in enumerate(patterns):
        name = str(pattern.attrib.pop("name", ""))
        pattern.set("id", re.sub(r"\W", "_", f"p{number}_{name}"))
        for rule in pattern.findall(f"{{{_SCHEMATRON}}}rule"):
            if len(rule) == 0:
                pattern.remove(rule)
    isoschematron: Any = import_module("lxml.isoschematron")  # not in the stubs
    return isoschematron.Schematron(rules, validate_schema=False, store_report=True)


def failures(rules: Any, root: Element) -> Iterator[str]:
    """The texts of the assertions that fail on a document."""
    rules.validate(root)
    report = rules.validation_report
    for failed in report.iter("{http://purl.oclc.org/dsdl/svrl}failed-assert"):
        yield " ".join("".join(str(text) for text in failed.itertext()).split())
